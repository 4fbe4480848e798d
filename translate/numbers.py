"""Numbers that stand alone, as in a table, as English writes them."""

from __future__ import annotations

import re

# Not within another number, a date or a version: 12.03.2024, 1.2.3, 192.168.100.200.
_NUMBER = re.compile(
    r"(?<![\w.,:/])(?:\d{1,3}(?:\.\d{3}){1,2}(?:,\d+)?|\d+,\d+)(?![.,]?\d|[\w:/])"
)
_SWAPPED = str.maketrans(".,", ",.")


def in_english(text: str) -> str:
    """Write German thousands and decimals as English ones; all else stays.

    >>> in_english("9.800 (+2,5 %), 12.03.2024, 2:1, 1.234.567,89")
    '9,800 (+2.5 %), 12.03.2024, 2:1, 1,234,567.89'
    """
    return _NUMBER.sub(lambda match: match[0].translate(_SWAPPED), text)
