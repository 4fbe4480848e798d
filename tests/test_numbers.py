"""Segments of nothing but numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from satzpaar.translate.document import Segment
from satzpaar.translate.pipeline import translate_segments
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
