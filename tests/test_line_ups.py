"""Names in lists of players, goals, results and credits stay names."""

from __future__ import annotations

import time

import pytest

from satzpaar.translate.document import Segment
from satzpaar.translate.known_names import known_names
from satzpaar.translate.line_ups import is_listed, line_ups
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import EchoEngine


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in line_ups(text)]


@pytest.mark.parametrize(
    ("before", "names", "behind"),
    [
        ("Aufstellung: ", "Wild - Stark, Klein (64. Wolf), Sand", ""),
        ("", "Sommer – Stark, Schwarz – Weiß, Braun, Lang (70. Jung)", ""),
        ("SV Thal: ", "Winter; Herbst, Sommer, Frost; König, Graf", "."),
        ("HSG Thal: ", "Fromm; Klein (5/2), Groß (4), Lang (3), Kurz, Jung", ""),
        ("Gelbe Karten: ", "Schwarz, Lang / König", ""),
        ("Gelbe Karte: ", "Klein", ""),
        ("Torschützen: ", "Klein (12., 34.), Groß, Wild", " (88., Elfmeter)"),
        ("Tore: ", "Wild (2), Stark, Süß", ""),
        ("Beste Spieler: ", "Wolf, Jung", " und Bauer"),
        ("Trainer: ", "Schwarz", ""),
        ("Schiedsrichter: ", "Wolf", " (Köln)"),
        ("(Foto: ", "Schwarz", ")"),
        ("Fotos: ", "Klein/Lang", ""),
    ],
)
def test_a_list_of_names(before: str, names: str, behind: str) -> None:
    """By the label, or by dashes, minutes and groups and some that are known."""
    assert found(before + names + behind) == [names]


@pytest.mark.parametrize(
    "text",
    [
        "Zutaten: Mehl, Zucker, Butter – Eier, Milch – Salz, Pfeffer",
        "Deutschland – Frankreich, Spanien – Italien, England – Schweden",
        "Montag – Freitag, Samstag – Sonntag, Feiertag – Werktag",
        "Tore: Holz, Metall, Kunststoff",
        "Gelbe Karten: Fehlanzeige",
        "Foto: Archiv",
        "Koch: Gut, danke.",
        "Er lobte Wolf, Klein, Schwarz und Lang.",
        "Zeugen: Müller, Schmidt, Koch",
        "Sie spielten: Schach, Dame, Mühle",
        "Es spielten: Kinder, Eltern, Lehrer",
        "Gegen die Aufstellung: Bürger, Anwohner",
        "Die Mannschaftsaufstellung: Drei Stürmer, zwei Verteidiger",
        "Ersatz: Diesel, Strom",
    ],
)
def test_other_lists(text: str) -> None:
    """They are the model's."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("before", "name", "behind", "listed"),
    [
        ("Tore: 1:0 ", "Süß", " (40.), 2:0", True),
        ("100 m: 1. Klein 10,8, 2. ", "Sauer", " 10,9", True),
        ("", "Sauer", " 10,9", False),
        ("1. ", "Schwarz", " (TSV Thal) 12,3", True),
        ("2. ", "Preis", " 100 Euro", False),
        ("1:0 ", "Pausenstand", " (45.)", False),
        ("Beginn: 20:15 ", "Uhr", " (3 Euro)", False),
        ("der 3:1 ", "Sieg", " (2:1)", False),
        ("Es stand 1:0 ", "Süß", " und sauer", False),
    ],
)
def test_a_name_in_a_list(before: str, name: str, behind: str, listed: bool) -> None:
    """Behind a score, or a place in front of a result."""
    assert is_listed(name, before, behind) is listed


def test_a_line_up_does_not_reach_the_model() -> None:
    """What it says of colours is nothing to put right afterwards."""
    engine = EchoEngine()
    segment = Segment("Aufstellung: Schwarz - Weiß, Sommer")

    (translation,) = translate_segments([segment], engine)

    assert translation.target == segment
    assert not any("Schwarz" in text for text in engine.asked)


def test_the_players_are_names_of_the_document() -> None:
    """Elsewhere in the report one alone is known for a name."""
    assert {"Stark", "Wild"} <= known_names(["Aufstellung: Wild - Stark, Klein"])


def test_a_long_list_is_quick() -> None:
    """It is read once."""
    started = time.perf_counter()

    line_ups("Aufstellung: " + "Wolf, Klein (64. Stark) - " * 5_000)
    line_ups("Foto: Lang, " * 5_000)

    assert time.perf_counter() - started < 2
