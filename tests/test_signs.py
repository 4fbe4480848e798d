"""Minus signs, which a translation may not lose."""

from __future__ import annotations

import pytest

from satzpaar.translate.signs import with_minus


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("FDP 4,3 % (−7,1), SPD (+1,2)", "FDP 4.3% (7.1), SPD (+1.2)",
         "FDP 4.3% (−7.1), SPD (+1.2)"),
        ("A (-1.200) und B (-1.200)", "A (1,200) and B (-1,200)",
         "A (-1,200) and B (-1,200)"),
        ("A (-2,5 %), B (2,5 %)", "A (2.5%), B (2.5%)", "A (2.5%), B (2.5%)"),
        ("A (-2 %), B (21 %)", "A (-2%), B (21%)", "A (-2%), B (21%)"),
        ("A (-2 %)", "A, down 2%", "A, down 2%"),
        ("A (-3,4 %), B (+3,4 %)", "A (3.4%), B (3.4%)", "A (3.4%), B (3.4%)"),
        ("A (-2 %), B (+2,5 %)", "A (2%), B (2.5%)", "A (-2%), B (2.5%)"),
        ("Es ist kalt (-5 Grad)", "It is cold (5 degrees below zero)",
         "It is cold (5 degrees below zero)"),
        ("A (-2 %)", "A (2% less)", "A (2% less)"),
        ("A (-2 %) fiel unter 3", "A (2%) fell below 3", "A (-2%) fell below 3"),
    ],
)  # fmt: skip
def test_in_brackets(source: str, target: str, expected: str) -> None:
    """Where it is plain which number it belongs to."""
    assert with_minus(source, target) == expected
