"""Checks of facts: numbers and units, dates and times, names, negation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.translate.checks.calendar import check_dates
from satzpaar.translate.checks.names import check_names
from satzpaar.translate.checks.negation import check_negation
from satzpaar.translate.checks.numbers import check_numbers
from satzpaar.translate.checks.numerals import (
    english_values,
    german_ordinal,
    german_value,
)
from satzpaar.translate.checks.quantities import numbers

if TYPE_CHECKING:
    from satzpaar.translate.checks.finding import Finding


def messages(findings: list[Finding]) -> list[str]:
    return [finding.message for finding in findings]


class TestNumerals:
    @pytest.mark.parametrize(
        ("word", "value"),
        [
            ("null", 0),
            ("zwölf", 12),
            ("siebzehn", 17),
            ("einundzwanzig", 21),
            ("hundertfünf", 105),
            ("zweihundertdreiunddreißig", 233),
            ("neunzehnhundertvierzehn", 1914),
            ("dreitausendundvier", 3004),
            ("Haus", None),
            ("hundertfach", None),
            ("undzwanzig", None),
        ],
    )
    def test_german(self, word: str, value: int | None) -> None:
        """Units stand before tens, and hundreds may count over a thousand."""
        assert german_value(word) == value

    @pytest.mark.parametrize(
        ("word", "value"),
        [
            ("ersten", 1),
            ("dritter", 3),
            ("siebte", 7),
            ("achtes", 8),
            ("zwanzigsten", 20),
            ("hundertster", 100),
            ("Berte", None),
        ],
    )
    def test_german_ordinals(self, word: str, value: int | None) -> None:
        """With every ending."""
        assert german_ordinal(word) == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("twenty-one men", 21),
            ("one hundred and fifty thousand", 150_000),
            ("two million three hundred", 2_000_300),
            ("the seventh day", 7),
            ("in the nineties", 90),
        ],
    )
    def test_english(self, text: str, value: int) -> None:
        """Over several words, with and without a hyphen."""
        assert value in [found for found, _, _ in english_values(text)]


class TestQuantities:
    @pytest.mark.parametrize(
        ("text", "values"),
        [
            ("1.000", {1000}),
            ("3,5", {Decimal("3.5")}),
            ("12 000", {12000}),
            ("1.250.000,75", {Decimal("1250000.75")}),
            ("2 Mio.", {2_000_000}),
            ("1,3 Mrd. Euro", {1_300_000_000}),
            ("4 Tsd.", {4000}),
            ("90-Millionen-Projekt", {90_000_000}),
            ("1½ Jahre", {Decimal("1.5")}),
            ("¾ aller Leute", {Decimal("0.75")}),
        ],
    )
    def test_german(self, text: str, values: set[Decimal]) -> None:
        """Points part thousands, the comma is decimal."""
        assert numbers(text, "de")[0].values == values

    @pytest.mark.parametrize(
        ("text", "values"),
        [
            ("1,000", {1000}),
            ("1.000", {1}),
            ("$1.3bn", {1_300_000_000}),
            ("£280m", {280, 280_000_000}),
            ("2 million", {2_000_000}),
        ],
    )
    def test_english(self, text: str, values: set[Decimal]) -> None:
        """The other way round; an m may be metres."""
        assert numbers(text, "en")[0].values == values

    def test_a_range_shares_its_scale(self) -> None:
        """The first of "5 bis 7 Millionen" is five million."""
        assert 5_000_000 in numbers("5 bis 7 Millionen", "de")[0].values
        rising = numbers("von 5 auf voraussichtlich 7 Millionen", "de")
        assert 5_000_000 in rising[0].values

    @given(st.integers(0, 10**12))
    def test_what_is_written_is_read(self, value: int) -> None:
        """Grouped as each language does it."""
        english = f"{value:,}"

        assert numbers(english.replace(",", "."), "de")[0].values == {value}
        assert numbers(english, "en")[0].values == {value}


class TestNumbers:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Es waren 1.000 Leute.", "There were 1,000 people."),
            ("Das kostet 1,3 Mrd. Euro.", "That costs €1.3bn."),
            ("rund 2,5 Millionen", "about two and a half million, or 2.5m"),
            ("acht Watt", "8 watts"),
            ("um dreieinhalb Prozent", "by 3.5 percent"),
            ("ein 18-Jähriger", "an eighteen-year-old"),
            ("in den 1990er-Jahren", "in the nineties"),
            ("in den 90er Jahren", "in the 1990s"),
            ("Das ist Nummer 7.", "This is #7."),
            ("die Saison 2008/2009", "the 2008/09 season"),
            ("am 18. und 19. Juli", "on the eighteenth and nineteenth of July"),
            ("50 Prozent der Leute", "half of the people"),
            ("um 14.30 Uhr", "at half past two"),
            ("auf der B 33", "on the B33"),
            ("Telefon 0800 123456", "telephone 0800/123456"),
            ("100 Meter tief", "328 feet deep"),
            ("Der CO2-Preis steigt.", "The carbon price rises."),
            ("Er gewann 3:1.", "He won 3-1."),
            ("12 Stück", "a dozen pieces"),
            ("Aus im Achtelfinale", "Out in the round of 16"),
            ("1,8 Promille", "a blood alcohol level of 0.18 percent"),
            ("mit 0,9 Promille", "with 0.9 per mille"),
            ("Die 77. 000 Toten", "The 77,000 dead"),
            ("anderthalb Milliarden Euro", "1.5 billion euros"),
            ("zweieinhalb Millionen Euro", "2.5 million euros"),
            ("in anderthalb Stunden", "in 90 minutes"),
            ("seit 2023 Milliarden Sterne", "billions of stars since 2023"),
            ("Seit 2023 Milliarden Sterne", "Since 2023 billions of stars"),
            ("im Januar 2023 Millionen", "millions in January 2023"),
            ("anderthalbtausend Leute", "1,500 people"),
            ("zweieinhalbtausend Leute", "2,500 people"),
            ("das zweieinhalbjährige Kind", "the child, aged 2.5"),
            ("2023 Millionen Euro", "2,023 million euros"),
            ("in den späten dreißiger Jahren", "in the late 2030s"),
            ("siehe https://example.de/a/42", "see the page"),
            (
                "Er kam am 5. 6. 2023, sie am 12. 6.",
                "He came on 5 June 2023, she on 12 June.",
            ),
            ("die 20-Uhr-Nachrichten", "the 8 p.m. news"),
            ("am 24. 12. 1799 und 3.5.1871", "on 24 December 1799 and 3 May 1871"),
            ("um Viertel vor neun", "at 8:45"),
            ("nach 1½ Jahren", "after one and a half years"),
            ("nach 1½ Jahren", "after a year and a half"),
            ("⅔ der Wähler, 2/3 der Orte", "two thirds of voters and of places"),
            ("⅛ Liter", "an eighth of a litre"),
            ("2¼ Liter, 3 1/2 Zimmer", "2 1/4 litres, three and a half rooms"),
            ("1/2 TL Salz, ¾ Liter", "half a teaspoon of salt, 3/4 of a litre"),
            ("12 Tausend Rubel", "12,000 rubles"),
            ("eine Fläche von 5 ha", "an area of 12 acres"),
        ],
    )
    def test_takes_what_says_the_same(self, source: str, target: str) -> None:
        """In digits or words, rounded to halves, and in feet."""
        assert messages(check_numbers(source, target)) == []

    @pytest.mark.parametrize(
        ("source", "target", "message"),
        [
            ("Es waren 90 Leute.", "There were 19 people.", "90 became 19"),
            ("Es waren 90 Leute.", "There were people.", "90 is missing"),
            ("Es waren Leute.", "There were 17 people.", "17 is not in the source"),
            ("1,3 Mrd. Euro", "1.3 million euros", "1,3 Mrd. became 1.3 million"),
            ("1.000 Leute", "1.000 people", "1.000 became 1.000"),
            ("3,5 Prozent", "3,5 percent", "3,5 is written the German way"),
            ("Er kam nach sieben Tagen.", "He came soon.", "sieben is missing"),
            ("5 Euro", "5 dollars", "5: euro became dollar"),
            ("7 Kilometer", "7 miles", "7: kilometre became mile"),
            ("4 Prozent mehr", "4 more", "4: percent is missing"),
            ("890 € Miete", "a rent of 890", "890: euro is missing"),
            ("110 kW", "110 hp", "110: kilowatt became horsepower"),
            ("1,5 GB", "1.5 MB", "1,5: gigabyte became megabyte"),
            ("5 l Wasser", "5 ml of water", "5: litre became millilitre"),
            ("2,5 ha", "2.5 km²", "2,5: hectare became square kilometre"),
            ("1½ Jahre", "1 year", "1½ is missing"),
            (
                "zwei Millionen",
                "It was 2.5 million.",
                "2.5 million is not in the source",
            ),
            ("dreißig Leute", "2030 people", "dreißig became 2030"),
        ],
    )
    def test_finds(self, source: str, target: str, message: str) -> None:
        """What is lost, new, or other than it was."""
        assert message in messages(check_numbers(source, target))

    @pytest.mark.parametrize(
        ("source", "target", "number"),
        [
            ("Volkswagen (-3,4 %)", "Volkswagen (3.4%)", "3.4"),
            ("Siemens (−3,4 Mio. Euro)", "Siemens (€3.4 million)", "3.4 million"),
            ("BMW (–3 Euro), VW (3 Euro)", "BMW (3 euros), VW (3 euros)", "3"),
            ("Es sind -12 Grad.", "It is 12 degrees.", "12"),
            ("bei minus 3 °C", "at 3 °C", "3"),
        ],
    )
    def test_finds_a_minus_that_is_gone(
        self, source: str, target: str, number: str
    ) -> None:
        """Without it a loss is a gain."""
        (found,) = check_numbers(source, target)

        assert found.message == f"minus of {number} is missing"
        assert found.severity == "major"

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Volkswagen (-3,4 %)", "Volkswagen (−3.4%)"),
            ("Volkswagen (-3,4 %)", "Volkswagen (minus 3.4%)"),
            ("Volkswagen (-3,4 %)", "Volkswagen was down (3.4%)"),
            ("Verluste: Volkswagen (-3,4 %)", "Losses: Volkswagen (3.4%)"),
            ("BMW (3 Euro), VW (-3 Euro)", "BMW (3 euros), VW (-3 euros)"),
            ("Es sind 3-4 Leute.", "There are 3 to 4 people."),
            ("Es sind -12 Grad.", "It is 12 degrees below zero."),
            ("von -5 bis -12 °C", "from −5 to −12 °C"),
            ("Heute 8-12 Grad", "Today 8 to 12 degrees"),
            ("Heute 8 - 12 Grad", "Today 8 to 12 degrees"),
        ],
    )
    def test_takes_a_loss_that_is_told_otherwise(
        self, source: str, target: str
    ) -> None:
        """By another sign, or by a word near it."""
        assert messages(check_numbers(source, target)) == []

    def test_says_where(self) -> None:
        """Spans are of the texts as they were given."""
        source, target = "Am See: 90 Tage", "For 19 days"

        (found,) = check_numbers(source, target)

        assert found.severity == "major"
        assert found.source is not None
        assert found.target is not None
        assert source[slice(*found.source)] == "90"
        assert target[slice(*found.target)] == "19"


class TestDates:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("am 3. Mai 2012", "on May 3, 2012"),
            ("am 03.05.2012", "on 3 May 2012"),
            ("am 3.5.12", "on 5/3/2012"),
            ("am 12. 6. und am 3. 7.", "on 12 June and on July 3"),
            ("um 14.30 Uhr", "at 2:30 p.m."),
            ("die 20-Uhr-Nachrichten", "the 8 o'clock news"),
            ("um 20 Uhr", "at eight in the evening"),
            ("gegen 12 Uhr", "around noon"),
            ("um 0.15 Uhr", "at a quarter past midnight"),
            ("um zwei Uhr nachts", "at 2 a.m."),
            ("um vier Uhr in der Nacht", "at 4 a.m."),
            ("um elf Uhr nachts", "at 11 p.m."),
            ("um halb vier", "at half past three"),
            ("um halb eins mittags", "at 12:30 p.m."),
            ("um halb vier", "at half three"),
            ("um Viertel vor neun", "at a quarter to nine"),
            ("um Viertel nach neun", "at 9:15"),
            ("um 8.45 Uhr am Abend", "at 8:45 p.m."),
            ("ab 2.30 Uhr am späten Nachmittag", "from 2:30 p.m."),
            ("um 8 Uhr", "at 8 p.m."),
            ("am 3.5.1871", "on 3 May 1871"),
            ("halb so viele, und eins", "half as many, and one"),
            ("von 9 bis 14 Uhr", "from 9 a.m. to 2 p.m."),
            ("von 9 bis 12 sowie von 14 bis 17 Uhr", "9 to noon and 2 p.m. to 5 p.m."),
            ("am Montagabend", "on Monday evening"),
            ("am Sonnabend", "on Saturday"),
            ("in der Nacht zum Sonntag", "on Saturday night"),
            ("in der Nacht auf Montag", "in the early hours of Monday"),
            ("August Müller kam.", "August Müller came."),
            ("der Bischof von Mainz", "the bishop of Mainz"),
            ("die Welt am Sonntag", "the newspaper"),
        ],
    )
    def test_takes_what_says_the_same(self, source: str, target: str) -> None:
        """Both clocks, both orders, names that are no months."""
        assert messages(check_dates(source, target)) == []

    @pytest.mark.parametrize(
        ("source", "target", "message"),
        [
            ("am 3. Mai", "on 5 May", "day 3 of 3. Mai is missing"),
            ("im März", "in May", "March became May"),
            ("am Dienstag", "on Thursday", "Tuesday became Thursday"),
            ("in der Nacht zum Freitag", "on Sunday night", "Friday became Sunday"),
            ("am Dienstag", "then", "Tuesday is missing"),
            ("um 20.30 Uhr", "at 8.30 a.m.", "20.30 Uhr became 8.30 a.m"),
            ("um 17 Uhr", "at 9 p.m.", "17 Uhr became 9 p.m"),
            ("um halb vier", "at 4:30 p.m.", "halb vier became 4:30 p.m"),
            ("um elf Uhr nachts", "at 11 a.m.", "elf Uhr became 11 a.m"),
            ("am 03.05.2012", "on 3 June 2012", "month 5 of 03.05.2012 is missing"),
            ("am 3. 5. um eins", "on 3 June at one", "month 5 of 3. 5. is missing"),
            ("der 8-Uhr-Zug", "the 9 a.m. train", "8-Uhr became 9 a.m"),
            ("um halb acht", "at half past four", "halb acht became half past four"),
            ("um halb acht", "at half past eight", "halb acht became half past eight"),
            (
                "um Viertel vor neun",
                "at a quarter past eight",
                "um Viertel vor neun became quarter past eight",
            ),
            ("um 5.47 Uhr", "at 5:47 p.m.", "5.47 Uhr became 5:47 p.m"),
            ("am 24.12.1799", "on 24 May 1799", "month 12 of 24.12.1799 is missing"),
        ],
    )
    def test_finds(self, source: str, target: str, message: str) -> None:
        """Another day, month, hour, or half of the day."""
        assert message in messages(check_dates(source, target))


class TestNames:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Frau Müller lachte.", "Mrs Mueller laughed."),
            ("Präsident Selenskyj sprach.", "President Zelensky spoke."),
            ("Er kam aus Köln.", "He came from Cologne."),
            ("Deutschlands Wälder", "Germany's forests"),
            ("Angela Merkels Rede", "the speech of Angela Merkel"),
            ("Die Straße und das Haus", "The road and the house"),
            ("Herr Ober kam.", "Mr Ober came."),
            ("Frau Dr. Weiß sprach.", "Dr Weiss spoke."),
            ("Peter der Große", "Peter the Great"),
            ("Präsident Frankreichs ist er nicht.", "He isn't France's president."),
            # Behind an office, but not who holds it
            ("Da gab der Projektleiter Entwarnung.", "The manager gave the all-clear."),
            ("Da hat der Minister Hilfen versprochen.", "He promised help."),
            ("Hat der Minister Hilfen Bayern versprochen?", "Did he promise help?"),
            ("Als Chefin Fehler zu machen, quält sie.", "Errors as a boss pain her."),
            ("Für Lehrer Anreize zu schaffen, hilft.", "Incentives for them help."),
            ("Die 40-jährige Lehrerin Angst ausredend, ging er.", "He went."),
            ("Die Firma, deren Chefin Geld nahm, schließt.", "The firm closes."),
            ("Sie ist Leiterin Vertrieb.", "She is head of sales."),
            (
                "Wladimir Putin traf Vladimir Sorin.",
                "Vladimir Putin met Vladimir Sorin.",
            ),
            ("Für zehn Mark Silber bekam er es.", "For ten marks of silver he got it."),
            ("Vitamin Quedel hilft, Medizin Qued nicht.", "One helps, one does not."),
        ],
    )
    def test_takes_other_spellings(self, source: str, target: str) -> None:
        """Sounds, accents, genitives, English names of places; nouns are no names."""
        assert messages(check_names(source, target)) == []

    @pytest.mark.parametrize(
        ("source", "target", "message"),
        [
            ("Frau Müller lachte.", "Mrs Fischer laughed.", "Müller became Fischer"),
            ("Richter Richter ging.", "The judge left.", "Richter is missing"),
            ("Das Ehepaar Koch zog um.", "The cooks moved.", "Koch is missing"),
            ("Angela Merkel kam.", "Angela Smith came.", "Merkel became Smith"),
            ("Er lebt in Frankreich.", "He lives there.", "Frankreich is missing"),
            ("Trainer Lindqvist ging.", "The coach left.", "Lindqvist is missing"),
            ("Kuratorin Quedel lacht.", "She laughs.", "Quedel is missing"),
            ("Das sagt der Minister Quedel.", "He says so.", "Quedel is missing"),
            (
                "Das sagt die Sängerin Ines Rabe.",
                "The singer Ines says so.",
                "Rabe is missing",
            ),
            ("Das sagt der Trainer Koch.", "He says so.", "Koch is missing"),
            (
                "Das sagt der Minister Wald Quedel.",
                "Quedel says so.",
                "Wald is missing",
            ),
            ("Ihn traf der Herr Wald.", "He met him.", "Wald is missing"),
            (
                "Dort sprach Tesla-Chef Quedel.",
                "Tesla's boss spoke.",
                "Quedel is missing",
            ),
            ("Die Leiterin Elon Quedel ging.", "Elon left.", "Quedel is missing"),
        ],
    )
    def test_finds(self, source: str, target: str, message: str) -> None:
        """After a title or a first name, and known places."""
        assert messages(check_names(source, target)) == [message]


class TestNegation:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Er kommt nicht.", "He is not coming."),
            ("Er kann nicht kommen.", "He is unable to come."),
            ("Ohne Geld geht es kaum.", "It hardly works without money."),
            ("Nicht nur er kam.", "He came as well."),
            ("Das war kein Wunder.", "That was to be expected."),
            ("Er weigert sich.", "He will not do it."),
            ("Das ist unmöglich.", "That is not possible."),
            ("Sie hat kein Haus und keinen Hof.", "She has no house or yard."),
            ("Er hat es vergessen.", "He did not think of it."),
            ("Kurzerhand fuhr er los.", "Without further ado he drove off."),
            ("Die Ministerin schweigt dazu.", "The minister is saying nothing."),
            ("An Schlaf war nicht zu denken.", "Sleep was out of the question."),
            ("Nicht wenige kamen.", "Quite a few came."),
            ("Sie öffnet frühestens im Mai.", "It will not open before May."),
            ("Er hütet sich, es zu sagen.", "He takes care not to say it."),
        ],
    )
    def test_takes_every_way_to_deny(self, source: str, target: str) -> None:
        """Affixes, verbs, phrases that deny nothing."""
        assert messages(check_negation(source, target)) == []

    @pytest.mark.parametrize(
        ("source", "target", "message"),
        [
            ("Er kommt nicht.", "He is coming.", '"nicht" has no counterpart'),
            ("Sie hat keine Zeit.", "She has time.", '"keine" has no counterpart'),
            ("Er kam ohne Hut.", "He came with a hat.", '"ohne" has no counterpart'),
            ("Er kommt.", "He is not coming.", '"not" is not in the source'),
            ("Er lacht.", "He doesn't laugh.", '"doesn\'t" is not in the source'),
        ],
    )
    def test_finds(self, source: str, target: str, message: str) -> None:
        """Lost and added."""
        assert messages(check_negation(source, target)) == [message]

    def test_one_of_two(self) -> None:
        """Two clauses deny, one translation is left: which is not claimed."""
        source = "Sie kam nicht, und er sah das Meer nie."

        found = check_negation(source, "She came, and he never saw the sea.")

        lost = '1 of 2 negations without a counterpart: "nicht", "nie"'
        assert messages(found) == [lost]


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_is_too_strange(source: str, target: str) -> None:
    """Whatever comes, spans lie within the texts."""
    for check in (check_numbers, check_dates, check_names, check_negation):
        for finding in check(source, target):
            for span, text in ((finding.source, source), (finding.target, target)):
                assert span is None or span[1] <= len(text)
