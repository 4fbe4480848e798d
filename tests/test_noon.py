"""Twelve o'clock."""

from __future__ import annotations

import pytest

from satzpaar.translate.noon import with_noon


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Schluss: 15. April, 12 Uhr", "Close: 15 April, 12 a.m.",
         "Close: 15 April, 12 p.m."),
        ("Um 12.30 Uhr", "At 12:30 am", "At 12:30 pm"),
        ("Um 12 Uhr", "At noon", "At noon"),
        ("Von 12 bis 24 Uhr, 12 Uhr", "From 12 p.m. to 12 a.m.",
         "From 12 p.m. to 12 a.m."),
        ("Um 0 Uhr", "At 12 a.m.", "At 12 a.m."),
    ],
)  # fmt: skip
def test_noon_is_not_midnight(source: str, target: str, expected: str) -> None:
    """Where the source has noon and no midnight."""
    assert with_noon(source, target) == expected
