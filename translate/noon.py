"""Noon, midnight and half hours, which a model mistakes.

"12 Uhr" is not 12 a.m., "0.15 Uhr" not 0:15 a.m., "halb acht" not half past eight.
"""

from __future__ import annotations

import re

_NOON = re.compile(r"(?<![\d.,:])12(?:[.:][0-5]\d)?[ \u00a0]?Uhr")
_WRONG = re.compile(r"(?<![\d.,:])12(?::[0-5]\d)?[ \u00a0]?a\.?m\b")
_HOUR_ZERO = re.compile(
    r"(?<![\d.,:])(?:0?0:[0-5]\d|(?:0?0|24)(?:[.:][0-5]\d)?"
    r"(?:[ \u00a0]?Uhr|, \d|[ \u00a0]?(?:bis|und|oder|[–-])[ \u00a0]?\d))"
)
# In a night twelve o'clock may be that of the night.
_MIDNIGHT = re.compile(rf"{_HOUR_ZERO.pattern}|[Nn]achts?\b|\bSilvester\b")
# The full stop of "a.m." at the end of a text is that of the sentence, too.
_HOUR_OF_NONE = re.compile(
    r"(?<![\d.,:])(?:00?|24)(?P<minutes>[:.][0-5]\d)?[ \u00a0]?[ap](?P<stop>\.?)m\b"
    r"(?P<last>\.(?![\"”'’)]*\Z))?"
)
_HOURS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_GERMAN_HOURS = (
    "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    "elf", "zwölf",
)  # fmt: skip
_HALF_TO = re.compile(rf"\b[Hh]alb (?P<hour>{'|'.join(_GERMAN_HOURS)})\b")
_HALF_PAST = re.compile(rf"\b(?P<half>[Hh]alf[- ]past )(?P<hour>{'|'.join(_HOURS)})\b")


def with_noon(source: str, target: str) -> str:
    """Put twelve o'clock right where the source has noon alone.

    >>> with_noon("Schluss ist um 12 Uhr.", "It ends at 12 a.m.")
    'It ends at 12 p.m.'
    """
    if not _NOON.search(source) or _MIDNIGHT.search(source):
        return target
    return _WRONG.sub(lambda match: match[0].replace("a", "p"), target)


def with_midnight(source: str, target: str) -> str:
    """Say midnight where a model counts the hour of none, or the 24th.

    >>> with_midnight("Ab 0 Uhr, um 0.15 Uhr.", "From 0 a.m., at 0:15 a.m.")
    'From midnight, at 12:15 a.m.'
    """
    if not _HOUR_ZERO.search(source):
        return target

    def said(match: re.Match[str]) -> str:
        minutes = match["minutes"] or ":00"
        if minutes[1:] == "00":
            return "midnight"
        return f"12:{minutes[1:]} a{match['stop']}m{match['last'] or ''}"

    return _HOUR_OF_NONE.sub(said, target)


def with_half_hours(source: str, target: str) -> str:
    """Say which hour "halb" is the half of.

    >>> with_half_hours("Sie kam um halb acht.", "She came at half past four.")
    'She came at half past seven.'
    """
    asked = [
        _HOURS[_GERMAN_HOURS.index(match["hour"]) - 1]  # halb eins: half past twelve
        for match in _HALF_TO.finditer(source)
    ]
    said = [match["hour"] for match in _HALF_PAST.finditer(target)]
    if len(asked) != len(said) or sorted(asked) == sorted(said):
        return target
    hours = iter(asked)
    return _HALF_PAST.sub(lambda match: match["half"] + next(hours), target)
