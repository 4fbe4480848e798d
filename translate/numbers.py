"""Numbers that stand alone, as in a table, as English writes them."""

from __future__ import annotations

import re

# Not within another number, a date or a version: 12.03.2024, 1.2.3. A thousand begins
# with no 0; a time may have parts of a second: 1:23,45.
_NUMBER = re.compile(
    r"(?:(?<![\w.,:/])|(?<=\d:))(?:[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)"
    r"(?![.,]?\d|:)"
)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")  # of the internet
_LARGEST_PART = 255
_SWAPPED = str.maketrans(".,", ",.")


def in_english(text: str) -> str:
    """Write German thousands and decimals as English ones; all else stays.

    >>> in_english("9.800 (+2,5 %), 12.03.2024, 2:1, 1.234.567,89")
    '9,800 (+2.5 %), 12.03.2024, 2:1, 1,234,567.89'
    """
    return _NUMBER.sub(_swapped, text)


def _swapped(match: re.Match[str]) -> str:
    number = match[0]
    if _ADDRESS.fullmatch(number) and max(map(int, number.split("."))) <= _LARGEST_PART:
        return number
    return number.translate(_SWAPPED)
