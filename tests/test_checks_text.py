"""Checks of the text itself: German left, repetition, omissions, capitals, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.translate.checks.letter_case import check_casing
from satzpaar.translate.checks.marks import check_marks
from satzpaar.translate.checks.missing import check_omission, check_truncation
from satzpaar.translate.checks.registry import (
    CHECKS,
    SUMMARIES,
    check_pair,
    choose_checks,
)
from satzpaar.translate.checks.repeated import check_repetition
from satzpaar.translate.checks.untranslated import check_compounds, check_untranslated
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from satzpaar.translate.checks.finding import Finding


def messages(findings: list[Finding]) -> list[str]:
    return [finding.message for finding in findings]


class TestUntranslated:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Das ist national und fair.", "That is national and fair."),
            ("Er las „Und morgen ist nicht heute“.", 'He read "Und morgen ist nicht".'),
            ("Die Band heißt Rock am Ring.", "The band is called Rock am Ring."),
            ("Ursula von der Leyen sprach.", "Ursula von der Leyen spoke."),
            ("Er kam aus Steinau an der Straße.", "He was from Steinau an der Straße."),
            ("Schreiben Sie an und@oder.de.", "Write to und@oder.de."),
            ("eine aggressive Art", "an aggressive kind"),
            ("Peter Müller", "Peter Müller"),
            ("In der beta gibt es print.", "In the beta there is print."),
            ("Setze foo.leise und wert=groß.", "Set foo.leise and value=groß."),
            ("Die Funktion groß() hilft.", "The function groß() helps."),
        ],
    )
    def test_takes_names_titles_and_shared_words(
        self, source: str, target: str
    ) -> None:
        """Some words are the same in both languages, and some stay on purpose."""
        assert messages(check_untranslated(source, target)) == []

    @pytest.mark.parametrize(
        ("source", "target", "message"),
        [
            ("Er kam nicht.", "He nicht came.", 'German: "nicht"'),
            (
                "Er ging deutlich früher.",
                "He left deutlich early.",
                'German: "deutlich"',
            ),
            ("Er lief heim.", "He and jedoch walked home.", 'German: "jedoch"'),
            (
                "Sie sagte, dass er nicht mehr kommt.",
                "She said dass er nicht mehr comes.",
                'German: "dass er nicht mehr"',
            ),
            ("Er fand ihn groß.", "He found him groß.", 'German: "groß"'),
        ],
    )
    def test_finds(self, source: str, target: str, message: str) -> None:
        """Words and stretches."""
        assert messages(check_untranslated(source, target)) == [message]

    @pytest.mark.parametrize(
        "text",
        [
            "Der Hund ist groß.",
            "Neue Regierung, alte Probleme",
            "Lärm, Schmutz, Ratten, Streit",
            "DER HUND IST NICHT GROSS",
        ],
    )
    def test_finds_a_text_left_as_it_is(self, text: str) -> None:
        """German is told by small words, or by a noun that English has another for."""
        assert messages(check_untranslated(text, text)) == ["not translated at all"]

    @pytest.mark.parametrize(
        "text",
        [
            "SC Freiburg – VfB Stuttgart 0:3",
            "FC Schalke 04 – Eintracht Frankfurt 2:1",
            "Siemens 178,34 € +1,2 %",
            "CDU 30,1 (-2,4)",
            "CDU SPD FDP GRÜNE",
            "22:00 ZDF heute-journal",
            "Norwegen (-1,4 Sek.)",
            "Anna Brandl, Linz, 3. Mai 2023",
            "Hauptstraße 12, 10115 Berlin",
            "npm install foo bar",
        ],
    )
    def test_takes_lines_that_are_the_same_in_english(self, text: str) -> None:
        """Names, figures and abbreviations."""
        assert messages(check_untranslated(text, text)) == []


class TestCompounds:
    @pytest.mark.parametrize(
        "word", ["Umweltverschmutzung", "Versicherungsbetrug", "Arbeitslosenquote"]
    )
    def test_finds(self, word: str) -> None:
        """Words that English has others for."""
        found = check_compounds(f"Die {word} steigt.", f"The {word} is rising.")

        assert messages(found) == [f'"{word}" is left as it is']

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Die Friedrichstraße ist zu.", "Friedrichstraße is closed."),
            ("Der Verfassungsschutz warnt.", "The Verfassungsschutz warns."),
            ("Die Umweltverschmutzung", 'the "Umweltverschmutzung"'),
            ("Die Umweltverschmutzung", "Umweltverschmutzung (pollution)"),
            ("Das Haus", "the Haus"),
            ("Frau Lena Engelbrecht singt.", "Ms Lena Engelbrecht sings."),
            ("Frau Siebrecht kam.", "Siebrecht came."),
            ("Er wohnt in Bad Salzungen.", "He lives in Bad Salzungen."),
        ],
    )
    def test_takes_names_and_what_is_explained(self, source: str, target: str) -> None:
        """Streets, institutions, quoted and glossed words."""
        assert messages(check_compounds(source, target)) == []


class TestRepetition:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Er kam sehr, sehr spät.", "He came very very late."),
            ("Sie wusste, dass das stimmt.", "She knew that that was right."),
            ("Er hatte es gehabt.", "He had had it."),
            ("Bla bla bla bla.", "Blah blah blah blah."),
            ("Ja", "Yes, of course, that is so"),
            (
                "Er sah das rote Haus am See, sie sah das rote Haus am See.",
                "He saw the red house at the lake, she saw the red house at the lake.",
            ),
        ],
    )
    def test_takes_what_the_source_does_too(self, source: str, target: str) -> None:
        """And what English says twice."""
        assert messages(check_repetition(source, target)) == []

    def test_finds_a_loop(self) -> None:
        """Once, and not again as something else."""
        target = "He said and he said and he said and he said and"

        assert messages(check_repetition("Er sagte es.", target)) == [
            "repeats itself 4 times"
        ]

    def test_finds_a_run_said_twice(self) -> None:
        """Where the source says nothing twice."""
        target = (
            "They met on the old bridge over the river, on the old bridge over the "
            "river."
        )

        (found,) = check_repetition("Sie trafen sich auf der Brücke.", target)

        assert found.message == 'said twice: "on the old bridge over the river"'
        assert found.target == (43, 75)

    def test_finds_doubled_words(self) -> None:
        """A slip, not a loop."""
        found = check_repetition("Das Haus ist alt.", "The house house is old.")

        assert messages(found) == ['doubled: "house house"']

    @pytest.mark.parametrize(
        "again",
        [
            "head of the head",
            "work and work",
            "republic of the republic",
            "thought, thought",
            "extremists, and extremists",
            "leader of the leader",
            "neck of the neck",
        ],
    )
    def test_finds_a_word_joined_with_itself(self, again: str) -> None:
        """As small models do that lack a second word."""
        found = check_repetition(
            "Später leitete sie die Behörde.", f"Later she was the {again} there."
        )

        assert messages(found) == [f'said again: "{again}"']

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            (
                "Immer mehr Leute kamen.",
                "More and more people came, for years and years.",
            ),
            ("Es wurde immer länger.", "It grew longer and longer, again and again."),
            (
                "Die Minister und Ministerinnen gingen.",
                "The ministers and ministers left.",
            ),
            (
                "Sie fuhr in den Süden.",
                "She went to Saxony, Saxony-Anhalt and south of South.",
            ),
            ("Kopf an Kopf liefen sie.", "They ran neck and neck."),
            ("Es wurde immer schlimmer.", "It got worse and worse, round and round."),
            ("Hunderte und Aberhunderte kamen.", "Hundreds and hundreds came."),
            ("Wort für Wort las er es.", "He read it word for word."),
            (
                "Der Vizepräsident und Präsident kam.",
                "The vice-president and president.",
            ),
            ("Sie hofften es.", "They hoped that with that it would end."),
        ],
    )
    def test_english_joins_words_with_themselves_too(
        self, source: str, target: str
    ) -> None:
        """Where something goes on, or where the source has two that are alike."""
        assert messages(check_repetition(source, target)) == []

    def test_finds_inventions(self) -> None:
        """Twice the source's length is too much."""
        target = (
            "He came home late that night, tired and wet, and told us about the trip"
        )

        found = check_repetition("Er kam heim.", target + " to the island in the north")

        assert len(found) == 1
        assert found[0].message.endswith("times as long as the source")


LONG = "Der alte Mann ging am Abend zum Hafen, um die Schiffe der Fischer zu sehen."


class TestOmission:
    def test_empty(self) -> None:
        """Nothing is an omission of everything, unless there was nothing."""
        assert messages(check_omission(LONG, " ")) == ["empty"]
        assert check_omission(" ", "") == []

    def test_far_too_short(self) -> None:
        """By length alone."""
        assert messages(check_omission(LONG, "The old man went out.")) == [
            "28% of the source's length"
        ]

    def test_short_and_something_is_gone(self) -> None:
        """A ratio that is possible, but a number went with the rest."""
        source = (
            "Im Jahr 1987 kaufte er für 400 Mark ein Boot, das ihm bis heute gehört."
        )
        with_number = "In 1987 he bought a boat for 400 marks he still has."
        without = "In 1987 he bought a boat that he still has today."

        assert check_omission(source, with_number) == []
        assert messages(check_omission(source, without)) == [
            "69% of the source's length"
        ]

    def test_a_sentence_is_gone(self) -> None:
        """Counted by the segmenter."""
        source = "Der Zug kam zu spät am Bahnhof an. Alle gingen wieder nach Hause."

        found = check_omission(source, "The train arrived late at the station.")

        assert messages(found) == ["58% of the source's length, 1 sentences fewer"]

    def test_the_same_in_short(self) -> None:
        """English may be terse."""
        target = "The old man went to the harbour that evening to see the boats."

        assert check_omission(LONG, target) == []


class TestTruncation:
    @pytest.mark.parametrize(
        ("target", "severity"),
        [
            ("The old man went to the", "major"),
            ("The old man went,", "major"),
            ("The old man went home", "minor"),
        ],
    )
    def test_finds(self, target: str, severity: str) -> None:
        """An open end is worse than a missing full stop."""
        (found,) = check_truncation(LONG, target)

        assert found.severity == severity

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Streit um Brücke", "Dispute over bridge"),
            ("Er kam.", "He came."),
            ("Er rief: „Halt!“", "He shouted, “Stop!”"),
            ("Er sagte nichts …", "He said nothing …"),
            ("", ""),
            ("0:30 Nachtmagazin (Wh.)", "0:30 Nachtmagazin (repeat)"),
            ("Zweiter: Norwegen (-1,4 Sek.)", "Second: Norway (-1.4 secs)"),
        ],
    )
    def test_takes(self, source: str, target: str) -> None:
        """Headings have no end, quotes close after it, abbreviations are none."""
        assert check_truncation(source, target) == []

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("(Er kam heim.)", "(He came home)"),
            ("Er kam heim. (Sie blieb.)", "He came home. (She stayed)"),
            ("Er kam heim (mit dem Zug.)", "He came home (by the"),
        ],
    )
    def test_brackets_hold_sentences_too(self, source: str, target: str) -> None:
        """Alone or behind another; and a text that breaks off does so anywhere."""
        assert len(check_truncation(source, target)) == 1


class TestCasing:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("iPhones sind teuer.", "iPhones are expensive."),
            ("eBay wächst.", "eBay is growing."),
            ("Er kam im Mai.", "He may march in May."),
            ("…und dann ging er.", "…and then he left."),
            ("USA: Nein", "USA: No"),
            ("GROSSER ERFOLG FÜR DIE STADT", "GREAT SUCCESS FOR THE TOWN"),
            ("z. B. (i) und (ii)", "e.g. (i) and (ii)"),
            ("Mail an x@monday.com", "Mail to x@monday.com"),
        ],
    )
    def test_takes(self, source: str, target: str) -> None:
        """Names that begin small, words that are names of months as well."""
        assert messages(check_casing(source, target)) == []

    @pytest.mark.parametrize(
        ("target", "message"),
        [
            ("he came home.", "begins with a small letter"),
            ("He came on monday.", 'small letter: "monday"'),
            ("He and i came.", 'small letter: "i"'),
            ("HE RETURNED HOME LATE.", "all in capitals"),
            (
                "The Old Man Went Home Late Yesterday Evening Again Without Any Money.",
                "every word has a capital",
            ),
        ],
    )
    def test_finds(self, target: str, message: str) -> None:
        """At the start, in names, and over the whole text."""
        assert message in messages(check_casing("Er kam am Montag spät heim.", target))


class TestMarks:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("Er sagte: „Nein.“", "He said, “No.”"),
            ("Er sagte: „Nein.“", "He said: 'No way.'"),
            ("„Ja, sagte er.", '"Yes, he said.'),
            ("Das ist (fast) gut.", "That is almost good."),
            ("Er ist 1,80 Meter groß", "He is 5'11\" tall"),
            ("1) Erstens 2) Zweitens", "1) First 2) Second"),
            ("Die Tagung (4.-6.9.) ist voll.", "The conference (4-6.9) is full."),
            ("Das Spiel (4:3) war gut.", "The game (4:3) was good."),
            ("Die Leute der Brauns", "The Browns' people"),
        ],
    )
    def test_takes(self, source: str, target: str) -> None:
        """Other marks, quotations over several segments, inches, lists."""
        assert messages(check_marks(source, target)) == []

    @pytest.mark.parametrize(
        ("source", "target", "message"),
        [
            ("Er sagte: „Nein.“", 'He said: "No.', "a quote has no partner"),
            ("Er sagte: „Nein.“", "He said no.", "the quotes are gone"),
            ("Er (Paul) kam.", "He (Paul came.", '"(" has no partner'),
            ("Er (Paul) kam.", "He Paul) came.", '")" has no partner'),
        ],
    )
    def test_finds(self, source: str, target: str, message: str) -> None:
        """Without a partner, or gone."""
        assert messages(check_marks(source, target)) == [message]


class TestRegistry:
    def test_every_class_is_described_and_named_by_its_findings(self) -> None:
        """Tables and reports go by these names."""
        assert list(SUMMARIES) == list(CHECKS)
        source = (
            "Am 3. Mai kam Frau Müller nicht: „90 Euro für die Umweltverschmutzung.“"
        )
        target = 'in june jedoch Umweltverschmutzung the the 19 dollars " to the'

        for name, check in CHECKS.items():
            for finding in check(source, target):
                assert finding.kind == name

    def test_asks_all_at_once(self) -> None:
        """Class by class."""
        found = check_pair("Er kam nicht vor 90 Tagen.", "he came 19 days ago")

        kinds = [finding.kind for finding in found]
        assert kinds == ["numbers", "negation", "truncation", "casing"]

    def test_choosing(self) -> None:
        """In the usual order, whatever the order asked for."""
        assert list(choose_checks(["marks", "numbers"])) == ["numbers", "marks"]

    def test_an_unknown_class(self) -> None:
        """Is told with those there are."""
        with pytest.raises(UsageError, match="no error class 'numbres'; some of numb"):
            choose_checks(["numbres"])

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_no_text_is_too_strange(self, source: str, target: str) -> None:
        """Whatever comes, spans lie within the texts."""
        for finding in check_pair(source, target):
            for span, text in ((finding.source, source), (finding.target, target)):
                assert span is None or span[1] <= len(text)
