"""Text in capitals: what counts as such, and how it is written for the model."""

from __future__ import annotations

import time

import pytest

from satzpaar.translate.casing import (
    Casing,
    begun_like,
    dateline,
    is_shouted,
    shout,
    town_before,
    with_place_in_capitals,
    with_town_in_capitals,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WAFFEN FÜR DIE FRONT", True),
        ("EILMELDUNG", True),
        ("GROßE FREUDE IN KÖLN", True),
        ("USA", False),
        ("JA ZUM EURO", True),
        ("NATO UND EU", True),
        ("UNICEF", False),
        ("AN/AUS", True),
        ("DIE EU", True),
        ("DER BUS", True),
        ("HSV ZU GAST", True),
        ("SO GEHT’S", True),
        ("AM/FM", False),
        ("MAN SE", False),
        ("MAN TGX", False),
        ("KÖLN", True),
        ("ROM.", True),
        ("SO-DIMM", False),
        ("CD-ROM", False),
        ("DAS/NAS", False),
        ("Waffen für die Front", False),
        ("EILMELDUNG: Kanzler tritt zurück", False),
        ("12:30", False),
        ("", False),
    ],
)
def test_is_shouted(text: str, expected: bool) -> None:
    """A heading in capitals is; abbreviations and mixed text are not."""
    assert is_shouted(text) is expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("2014 wurde er Meister.", "In 2014 he became champion."),
        ("50 kg wiegt der Hund", "The dog weighs 50 kg"),
        ("iPhone-Nutzer klagen", "The users complain"),
        ("roter Platz", "Red Square"),
        ("das ist so.", "This is so."),
    ],
)
def test_a_capital_stays_that_is_no_items(source: str, text: str) -> None:
    """Of a sentence, behind a figure, of a name."""
    assert begun_like(source, text) == text


class TestCalm:
    def test_writes_nouns_large_and_small_words_small(self) -> None:
        """German case carries meaning; the model expects it."""
        assert Casing().calm("STREIT UM DEN NEUEN BAHNHOF") == (
            "Streit um den neuen Bahnhof"
        )

    def test_begins_with_a_capital(self) -> None:
        """A heading is a sentence for the model."""
        assert Casing().calm("»DIE WAHL«") == "»Die Wahl«"

    def test_knows_abbreviations_and_roman_numbers(self) -> None:
        """They stay in capitals, or as they are written otherwise."""
        assert Casing().calm("AFD UND GMBH UNTER KARL XII.") == (
            "AfD und GmbH unter Karl XII."
        )

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("KANZLER WARNT VOR NEUEN ZÖLLEN", "Kanzler warnt vor neuen Zöllen"),
            ("ER MAG DEN LANGEN STREIT", "Er mag den langen Streit"),
            ("STADT WILL HÄUSER BAUEN", "Stadt will Häuser bauen"),
            ("ES IST SCHWER ZU GLAUBEN", "Es ist schwer zu glauben"),
            ("GROSSE FREUDE IM STADION", "Große Freude im Stadion"),
            ("PROZESS UM DIE MASSE", "Prozess um die Masse"),
            ("SCHLIESSUNG DER HOLMSTRASSE", "Schließung der Holmstraße"),
            ("DIE MACHT DER EU-ELF", "Die Macht der EU-Elf"),
            ("DAS RECHT AUF ARBEIT", "Das Recht auf Arbeit"),
            ("DAS MACHT DEN LEUTEN MUT", "Das macht den Leuten Mut"),
            ("SEBASTIAN KURZ TRITT ZURÜCK", "Sebastian Kurz tritt zurück"),
            ("SPD WILL HÖHERE STEUERN", "SPD will höhere Steuern"),
            ("DEUTSCH-FRANZÖSISCHER MIX", "Deutsch-französischer Mix"),
            ("BIS ENDE MÄRZ IM RATHAUSSAAL", "Bis Ende März im Rathaussaal"),
            ("HERR KLEIN UND FRAU LANG", "Herr Klein und Frau Lang"),
            ("MINISTER SCHWARZ TRITT ZURÜCK", "Minister Schwarz tritt zurück"),
            ("ICH TRETE ZURÜCK", "Ich trete zurück"),
            ("WARUM ER GELD SPART", "Warum er Geld spart"),
            ("DAS AUS FÜR DEN MOTOR", "Das Aus für den Motor"),
            ("DRK UND THW HELFEN", "DRK und THW helfen"),
            ("GEWINNE IM XXL-FORMAT, TEIL XIV", "Gewinne im XXL-Format, Teil XIV"),
            ("NEU: HANDY 15 PRO MAX", "Neu: Handy 15 Pro Max"),
            ("LAPTOP PRO (2023)", "Laptop Pro (2023)"),
            ("100 EURO PRO KOPF", "100 Euro pro Kopf"),
            ("FOTO: SCHWARZ", "Foto: Schwarz"),
        ],
    )
    def test_writes_words_as_text_has_them(self, text: str, expected: str) -> None:
        """Verbs and adjectives small, ß where it belongs, and no words as numbers."""
        assert Casing().calm(text) == expected

    def test_knows_german_alone(self) -> None:
        """Other languages are told by the document."""
        casing = Casing(["Le maire parle du pont."], german=False)

        assert casing.calm("LE MAIRE ET SON PONT") == "Le maire Et Son pont"

    def test_learns_from_the_document(self) -> None:
        """What the article writes small or with inner capitals is written so."""
        casing = Casing(["Die Firma DemoTec will bald liefern.", "STREIT"])

        assert casing.calm("DEMOTEC WILL LIEFERN") == "DemoTec will liefern"

    def test_learns_nothing_from_first_words(self) -> None:
        """Every sentence begins with a capital; that says nothing."""
        assert Casing(["Gestern kam er."]).calm("AB GESTERN UND VON") == (
            "Ab gestern und von"
        )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("BRÜSSEL, 12. Juni –", "BRÜSSEL"),
        ("MÜNCHEN/NEW YORK, 3. April 2024 (APA) – Der Zug", "MÜNCHEN/NEW YORK"),
        ("KÖLN-DEUTZ (dpa) - Die Polizei", "KÖLN-DEUTZ"),
        ("GENF/NEW YORK – Die Uno", "GENF/NEW YORK"),
        ("Köln (dpa) – Die Polizei", None),
        ("EU will Regeln – endlich", None),
        ("ACHTUNG – Lebensgefahr", None),
        ("WLAN - so geht es", None),
    ],
)
def test_the_place_that_a_report_begins_with(text: str, place: str | None) -> None:
    """In capitals, before a date or an agency, or one that is known."""
    assert dateline(text) == place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Munich/New York, April 3, 2024 (APA) – The", ("MUNICH/NEW YORK, April 3, 2024"
         " (APA) – The")),
        ("Brussels, 12 June –", "BRUSSELS, 12 June –"),
        ("Frankfurt-am-Main/New York (AP) – A", "FRANKFURT-AM-MAIN/NEW YORK (AP) – A"),
        ("N'Djamena – The", "N'DJAMENA – The"),
        ("Washington: he leaves by May 2021", "Washington: he leaves by May 2021"),
    ],
)  # fmt: skip
def test_its_capitals_come_back(text: str, expected: str) -> None:
    """If the translation begins with a place, too."""
    assert with_place_in_capitals(text) == expected


@pytest.mark.parametrize(
    ("text", "town", "english", "written"),
    [
        ("KÖLN: Mann tot", "KÖLN", "Cologne: man dead", "COLOGNE: man dead"),
        ("WIEN (mz). Der Rat", "WIEN", "Vienna (mz). The", "VIENNA (mz). The"),
        ("ROM/BERLIN | Der", "ROM/BERLIN", "Rome/Berlin | The", "ROME/BERLIN | The"),
        ("CDU: Merz gewählt", None, "CDU: Merz elected", "CDU: Merz elected"),
        ("Köln: Mann tot", None, "Just a sentence.", "Just a sentence."),
    ],
)
def test_the_town_that_stands_before_a_report(
    text: str, town: str | None, english: str, written: str
) -> None:
    """Of a city section; in capitals, and known."""
    assert town_before(text) == town
    assert with_town_in_capitals(english) == written


def test_many_hyphens_are_quick() -> None:
    """A place is read in one way only."""
    started = time.perf_counter()

    with_place_in_capitals("St-" * 5_000 + "x")

    assert time.perf_counter() - started < 2


def test_shout_gives_the_capitals_back() -> None:
    """In the target language's own letters."""
    assert shout("Weapons for the café") == "WEAPONS FOR THE CAFÉ"


class TestBegunLike:
    @pytest.mark.parametrize(
        ("source", "text", "expected"),
        [
            pytest.param("Streit um Brücke", "row over", "Row over", id="heading"),
            pytest.param("„Ein Haus“", "“a house”", "“A house”", id="quotes before it"),
            pytest.param("2 Meter", "2 metres", "2 metres", id="after a figure"),
            pytest.param("Das iPhone", "iPhone", "iPhone", id="written so"),
            pytest.param("ein Haus", "a house", "a house", id="small"),
            pytest.param("Ja!", "…", "…", id="no word"),
        ],
    )
    def test_a_capital_for_a_capital(
        self, source: str, text: str, expected: str
    ) -> None:
        """Also where no full stop makes it a sentence."""
        assert begun_like(source, text) == expected
