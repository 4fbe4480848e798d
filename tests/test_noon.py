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
        ("8-12 Uhr", "8 a.m. to 12 a.m.", "8 a.m. to 12 p.m."),
        ("Von 8.30 bis 12 Uhr", "From 8:30 a.m. to 12 a.m.",
         "From 8:30 a.m. to 12 p.m."),
        ("Am 24. und 25. Mai ab 12 Uhr", "On 24 and 25 May from 12 a.m.",
         "On 24 and 25 May from 12 p.m."),
        ("Weihnachten, 12 Uhr", "Christmas, 12 a.m.", "Christmas, 12 p.m."),
        ("Um 0 Uhr", "At 12 a.m.", "At 12 a.m."),
    ],
)  # fmt: skip
def test_noon_is_not_midnight(source: str, target: str, expected: str) -> None:
    """Where the source has noon and no midnight."""
    assert with_noon(source, target) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Kurz nach 12 Uhr in der Nacht", "Shortly after 12 a.m. in the night"),
        ("Nachts um 12 Uhr", "At 12 a.m."),
        ("Um Mitternacht und um 12 Uhr", "At 12 a.m. and at 12 p.m."),
        ("An Silvester um 12 Uhr", "On New Year's Eve at 12 a.m."),
        ("Es gilt von 0 bis 12 Uhr", "It is valid from 12 a.m. to 12 p.m."),
        ("Von 0–12 Uhr", "12 a.m. to 12 p.m."),
        ("Um 0, 6 und 12 Uhr", "At 12 a.m., 6 a.m. and 12 p.m."),
        ("0.30 und 12 Uhr", "12:30 a.m. and 12 p.m."),
    ],
)
def test_midnight_stays(source: str, target: str) -> None:
    """Where the source has it, with its Uhr or before another hour, or a night."""
    assert with_noon(source, target) == target
