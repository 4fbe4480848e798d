"""Districts of towns that English calls otherwise."""

from __future__ import annotations

import pytest

from satzpaar.translate.districts import with_districts, without_districts
from satzpaar.translate.document import Segment
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import EchoEngine


@pytest.mark.parametrize(
    ("text", "town", "districts"),
    [
        ("Feuer in Köln-Deutz", "Feuer in Köln", [("Cologne", "Deutz")]),
        ("Genf-Cornavin, Köln", "Genf, Köln", [("Geneva", "Cornavin")]),
        ("Sein Moskau-Besuch", "Sein Moskau-Besuch", []),
        ("Köln siegt in Köln-Deutz", "Köln siegt in Köln-Deutz", []),
        ("Bayern-Hertha endet 1:1", "Bayern-Hertha endet 1:1", []),
        ("In Berlin-Mitte", "In Berlin-Mitte", []),
    ],
)
def test_the_model_reads_the_town(
    text: str, town: str, districts: list[tuple[str, str]]
) -> None:
    """If what stands behind it is no word."""
    assert without_districts(text) == (town, districts)


def test_a_town_that_is_lost_or_doubled_takes_none() -> None:
    """Nobody knows where it belongs."""
    assert with_districts("Fire", [("Cologne", "Deutz")]) is None
    assert with_districts("Cologne, Cologne", [("Cologne", "Deutz")]) is None


def test_a_sentence_that_loses_the_town_is_read_as_it_is() -> None:
    """Nothing gets lost."""
    said = {"Feuer in Köln": "Fire", "Feuer in Köln-Deutz": "Fire in Koln-Deutz"}
    engine = EchoEngine(lambda text, _: said[text])

    (found,) = translate_segments([Segment("Feuer in Köln-Deutz")], engine)

    assert found.target.text == "Fire in Koln-Deutz"
