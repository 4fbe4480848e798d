"""Numbers that stand alone, as in a table, as English writes them."""

from __future__ import annotations

import re

_ONE = r"(?:[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)"  # a thousand begins with no 0
# Not within another number, a date or a version: 12.03.2024, 1.2.3. A time may have
# parts of a second: 1:23,45. Behind a slash only what follows another such number, as a
# telephone number does not: 0221/123.456.
_NUMBER = re.compile(
    rf"(?:(?<![\w.,:/])|(?<=\d[:x])){_ONE}(?:/{_ONE})*(?![.,]?\d|:[0-5]\d(?![.,]?\d))"
)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")  # of the internet
_LARGEST_PART = 255
_SWAPPED = str.maketrans(".,", ",.")


def in_english(text: str) -> str:
    """Write German thousands and decimals as English ones; all else stays.

    >>> in_english("9.800 (+2,5 %), 12.03.2024, 2:1, 1.234.567,89")
    '9,800 (+2.5 %), 12.03.2024, 2:1, 1,234,567.89'
    """
    return _NUMBER.sub(lambda match: "/".join(map(_swapped, match[0].split("/"))), text)


def _swapped(number: str) -> str:
    if _ADDRESS.fullmatch(number) and max(map(int, number.split("."))) <= _LARGEST_PART:
        return number
    return number.translate(_SWAPPED)
