"""Numbers as English writes them: those that stand alone, and those left in German."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.protection import Span

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
# 1,250 may be a thousand as well, from an English keyboard.
_CERTAIN = re.compile(r"(?![1-9]\d{0,2},\d{3}\Z)[\d.]*,\d+")
# Signs that a model may not know, so that the whole word is copied: ±1.500.
_COPIED_SIGN = re.compile(r"[±≈≥≤×·→⌀∅][ \u00a0]?\Z")
_ORDINAL = re.compile(r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)\b")
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


def in_english(text: str) -> str:
    """Write German thousands and decimals as English ones; all else stays.

    >>> in_english("9.800 (+2,5 %), 12.03.2024, 2:1, 1.234.567,89")
    '9,800 (+2.5 %), 12.03.2024, 2:1, 1,234,567.89'
    """
    return _NUMBER.sub(lambda match: "/".join(map(_swapped, match[0].split("/"))), text)


def left_in_english(source: str, kept: Sequence[Span], target: str) -> str:
    """Write numbers in English that a translation has as the German text wrote them.

    Args:
        source: A German text.
        kept: Its stretches that come out as they are, such as code.
        target: Its translation.

    >>> left_in_english("±0,5 mm bei ≥1.500 U", [], "±0,5 mm at ≥1.500 U")
    '±0.5 mm at ≥1,500 U'
    """
    inside = {place for span in kept for place in range(span.start, span.end)}
    written = {
        match[0] for match in _NUMBER.finditer(source) if match.start() not in inside
    }
    if not written:
        return target
    codes = sorted({span.of(source) for span in kept} - {""}, key=len, reverse=True)

    def in_its_place(match: re.Match[str]) -> str:
        number, start = match[0], match.start()
        if number not in written or match["number"] is None:
            return number
        if _CERTAIN.fullmatch(number) or _COPIED_SIGN.search(target[:start][-2:]):
            return _swapped(number)
        return number

    either = "|".join([*map(re.escape, codes), f"(?P<number>{_NUMBER.pattern})"])
    return re.sub(either, in_its_place, target)


def with_ordinals(source: str, target: str) -> str:
    """Give ordinal numbers the ending that they are spoken with.

    >>> with_ordinals("Platz 3 und 22", "3th and 22st place, the 113rd")
    '3rd and 22nd place, the 113th'
    """

    def ending(match: re.Match[str]) -> str:
        if match[0] in source:
            return match[0]
        number = match["number"]
        teen = number[-2:-1] == "1"
        return number + ("th" if teen else _ENDINGS.get(number[-1], "th"))

    return _ORDINAL.sub(ending, target)


def _swapped(number: str) -> str:
    if _ADDRESS.fullmatch(number) and max(map(int, number.split("."))) <= _LARGEST_PART:
        return number
    return number.translate(_SWAPPED)
