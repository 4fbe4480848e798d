"""Twelve o'clock, and half hours."""

from __future__ import annotations

import pytest

from satzpaar.translate.noon import with_half_hours, with_midnight, with_noon


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
        ("Von 0:15 (Mainz) bis 12 Uhr", "From 12:15 a.m. (Mainz) to 12 p.m."),
    ],
)
def test_midnight_stays(source: str, target: str) -> None:
    """Where the source has it, with its Uhr or before another hour, or a night."""
    assert with_noon(source, target) == target


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (
            "Es fährt um 0.15 Uhr und um 00:40.",
            "It leaves at 0:15 a.m. and 00:40 am.",
            "It leaves at 12:15 a.m. and 12:40 am.",
        ),
        (
            "Ab 0 bis Freitag, 24 Uhr.",
            "From 0 a.m. to Friday, 24 p.m.",
            "From midnight to Friday, midnight.",
        ),
        ("Ende: 24.00 Uhr.", "It ends at 24:00 p.m.", "It ends at midnight."),
        ("„Bis 0 Uhr.“", '"Until 0 a.m."', '"Until midnight."'),
        ("24 Uhr, 10 Uhr", "At 24:00, at 10:00 a.m.", "At 24:00, at 10:00 a.m."),
        ("Haus 24 am See", "Haus 24 am See", "Haus 24 am See"),
    ],
)
def test_english_has_no_hour_of_none(source: str, target: str, expected: str) -> None:
    """Nor one that is the 24th and before or after noon."""
    assert with_midnight(source, target) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Sie kam um halb acht.", "She came at half past eight.",
         "She came at half past seven."),
        ("Ab halb eins.", "From half-past one.", "From half-past twelve."),
        ("Von halb zwei bis halb drei.", "From half past two to half past three.",
         "From half past one to half past two."),
        ("Um halb drei, nicht um halb zwei.", "Not at half past one, at half past two.",
         "Not at half past one, at half past two."),
        ("Um halb zwei und halb drei", "At half past two and 2:30",
         "At half past two and 2:30"),
        ("Um 8.30 Uhr", "At half past eight", "At half past eight"),
        ("Um halb acht", "At 7:30", "At 7:30"),
    ],
)  # fmt: skip
def test_halb_is_half_of_the_hour_before(
    source: str, target: str, expected: str
) -> None:
    """Halb acht is half past seven; which is which is told by their number."""
    assert with_half_hours(source, target) == expected
