"""Numbers that stand alone, and those that a translation has the German way."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from satzpaar.translate.document import Segment
from satzpaar.translate.numbers import left_in_english, with_ordinals
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.protection import protected_spans
from tests.doubles import EchoEngine


def translated(engine: EchoEngine, text: str) -> str:
    (translation,) = translate_segments([Segment(text)], engine)
    return translation.target.text


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("9.800", "9,800"),
        ("1.234.567,89", "1,234,567.89"),
        ("3,5 km", "3.5 km"),
        ("+0,4 % (-1,2 %)", "+0.4 % (-1.2 %)"),
        ("8.000–9.000", "8,000–9,000"),
        ("12.03.2024, 10.30", "12.03.2024, 10.30"),
        ("192.168.100.200", "192.168.100.200"),
        ("0.500, 089.123.456", "0.500, 089.123.456"),
        ("1.234.567.890", "1,234,567,890"),
        ("1:23,45 min, 5,5kg", "1:23.45 min, 5.5kg"),
        ("1, 2, 3", "1, 2, 3"),
        ("1.500/2.000/2.500", "1,500/2,000/2,500"),
        ("2,5/3,5 km", "2.5/3.5 km"),
        ("2,5 / 3", "2.5 / 3"),
        ("1.920x1.080, 1.920×1.080", "1,920x1,080, 1,920×1,080"),
        ("2.000:1, 3,5:1, 1:2,5", "2,000:1, 3.5:1, 1:2.5"),
        ("2.345:1.234", "2,345:1,234"),
        ("0221/123.456", "0221/123.456"),
        ("1.234:56", "1.234:56"),
        ("192.168.100.200/24, 192.168.100.200:8080",
         "192.168.100.200/24, 192.168.100.200:8080"),
        ("2:1", "2:1"),
        ("https://example.de/9.800/3,5", "https://example.de/9.800/3,5"),
        ("3,5 https://example.de/3,5", "3.5 https://example.de/3,5"),
        ("±0,5 mm", "±0.5 mm"),
        ("4,2×10^5", "4.2×10^5"),
    ],
)  # fmt: skip
def test_numbers_alone_are_written_as_in_english(text: str, english: str) -> None:
    """In an English table 9.800 is less than ten."""
    assert translated(EchoEngine(), text) == english


def test_another_pair_of_languages_keeps_its_numbers() -> None:
    """French writes them as German does."""
    engine = EchoEngine()
    engine.model = replace(engine.model, target_language="fr")

    assert translated(engine, "3,5") == "3,5"


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Es sind ±0,5 °C.", "It is ±0,5 °C.", "It is ±0.5 °C."),
        ("Bei ≥1.500 Umdrehungen", "At ≥1.500 revolutions", "At ≥1,500 revolutions"),
        ("Er zahlt 1.234,50 Euro.", "He pays 1.234,50 euros.",
         "He pays 1,234.50 euros."),
        # A thousand of English, or of an English keyboard
        ("Es kamen 1.250.", "1,250 came.", "1,250 came."),
        ("Es kamen 1,250.", "1,250 came.", "1,250 came."),
        ("Setze `x=0,5`.", "Set `x=0,5`.", "Set `x=0,5`."),
        ("In 0,5 von `x=0,5`", "In 0,5 of `x=0,5`", "In 0.5 of `x=0,5`"),
        ("Version 2.0", "Version 2.0, 3,5", "Version 2.0, 3,5"),
    ],
)  # fmt: skip
def test_a_number_that_was_copied_is_written_as_in_english(
    source: str, target: str, expected: str
) -> None:
    """A word with a sign that the model does not know is copied as a whole."""
    kept = protected_spans(source)

    assert left_in_english(source, kept, target) == expected


def test_many_numbers_between_code_are_quick() -> None:
    """Code is looked for once, not for each number."""
    text = "`x=0,5` und 1,5 " * 1_000
    kept = protected_spans(text)
    started = time.perf_counter()

    english = left_in_english(text, kept, text)

    assert english == "`x=0,5` und 1.5 " * 1_000
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("auf Platz 3", "ranks 3th", "ranks 3rd"),
        ("Platz 22", "the 22st and 101th place", "the 22nd and 101st place"),
        ("11 und 112", "the 11st, the 112nd", "the 11th, the 112th"),
        ("3, 21, 13", "the 3rd, the 21st, the 13th", "the 3rd, the 21st, the 13th"),
        ("die Band 5st", "the band 5st", "the band 5st"),
    ],
)
def test_an_ordinal_ends_as_it_is_spoken(
    source: str, target: str, expected: str
) -> None:
    """Unless the German has it, too."""
    assert with_ordinals(source, target) == expected
