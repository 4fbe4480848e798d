"""Noon, which a model takes for midnight: "12 Uhr" is not 12 a.m."""

from __future__ import annotations

import re

_NOON = re.compile(r"(?<![\d.,:])12(?:[.:][0-5]\d)?[ \u00a0]?Uhr")
# In a night twelve o'clock may be that of the night.
_MIDNIGHT = re.compile(
    r"(?<![\d.,:])(?:0?0|24)(?:[.:][0-5]\d)?"
    r"(?:[ \u00a0]?Uhr|, \d|[ \u00a0]?(?:bis|und|oder|[–-])[ \u00a0]?\d)"
    r"|[Nn]achts?\b|\bSilvester\b"
)
_WRONG = re.compile(r"(?<![\d.,:])12(?::[0-5]\d)?[ \u00a0]?a\.?m\b")


def with_noon(source: str, target: str) -> str:
    """Put twelve o'clock right where the source has noon alone.

    >>> with_noon("Schluss ist um 12 Uhr.", "It ends at 12 a.m.")
    'It ends at 12 p.m.'
    """
    if not _NOON.search(source) or _MIDNIGHT.search(source):
        return target
    return _WRONG.sub(lambda match: match[0].replace("a", "p"), target)
