"""Numbers written as words, German and English, to their values."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GERMAN_SMALL = {
    "null": 0, "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4,
    "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
GERMAN_TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50,
    "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
GERMAN_SCALES_INSIDE = {"hundert": 100, "tausend": 1000}
# Stems of the ordinals that are not cardinal + t.
GERMAN_ORDINALS = {"erst": 1, "dritt": 3, "siebt": 7, "acht": 8}
GERMAN_INFLECTION = re.compile(r"e[nrsm]?$")

ENGLISH_SMALL = {
    "zero": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ENGLISH_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9,
    "twelfth": 12,
}  # fmt: skip
ENGLISH_SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip

_ENGLISH_WORD = re.compile(r"[A-Za-z]+")


@lru_cache(maxsize=20_000)
def german_value(word: str) -> int | None:
    """Return what a German cardinal, written as one word in any case, says.

    >>> german_value("zweihundertfünfundzwanzig"), german_value("Haus")
    (225, None)
    """
    return _german_value(word.lower())


def _german_value(word: str) -> int | None:
    if word in GERMAN_SMALL:
        return GERMAN_SMALL[word]
    if word in GERMAN_TENS:
        return GERMAN_TENS[word]
    for name, factor, most in (("tausend", 1000, 999), ("hundert", 100, 99)):
        before, found, after = word.partition(name)
        if found:
            many = _german_value(before) if before else 1
            rest = _german_value(after.removeprefix("und")) if after else 0
            if many is None or rest is None or rest > most or not 0 < many < 1000:
                return None
            return many * factor + rest
    unit, found, tens = word.partition("und")
    if found and tens in GERMAN_TENS and 0 < GERMAN_SMALL.get(unit, 0) < 10:
        return GERMAN_TENS[tens] + GERMAN_SMALL[unit]
    return None


_HALVES = re.compile("(?P<whole>\\w+)einhalb(?P<scale>tausend|hundert)?")
_ONE_AND_A_HALF = re.compile("(?:andert|einein)halb(?P<scale>tausend|hundert)?")


@lru_cache(maxsize=20_000)
def german_amount(word: str) -> Decimal | None:
    """Return what a German word says of how many, halves too.

    >>> german_amount("zweieinhalb"), german_amount("anderthalbtausend")
    (Decimal('2.5'), Decimal('1500.0'))
    """
    word = word.lower()
    half = _ONE_AND_A_HALF.fullmatch(word) or _HALVES.fullmatch(word)
    if half is None:
        value = _german_value(word)
        return None if value is None else Decimal(value)
    whole = _german_value(half["whole"]) if "whole" in half.groupdict() else 1
    if whole is None:
        return None
    scale = GERMAN_SCALES_INSIDE.get(half["scale"], 1)
    return (Decimal(whole) + Decimal("0.5")) * scale


@lru_cache(maxsize=20_000)
def german_ordinal(word: str) -> int | None:
    """Return what a German ordinal says, whatever its ending.

    >>> german_ordinal("dritten"), german_ordinal("zwanzigster"), german_ordinal("Ort")
    (3, 20, None)
    """
    stem = GERMAN_INFLECTION.sub("", word.lower())
    if stem == word.lower():
        return None
    if stem in GERMAN_ORDINALS:
        return GERMAN_ORDINALS[stem]
    for ending in ("st", "t"):
        if stem.endswith(ending):
            value = _german_value(stem.removesuffix(ending))
            if value is not None and (value >= 20) == (ending == "st"):
                return value
    return None


def english_value(word: str) -> int | None:
    """Return what one English number word says, cardinal, ordinal or plural.

    >>> english_value("Twenty"), english_value("seventh"), english_value("nineties")
    (20, 7, 90)
    """
    word = word.lower()
    if word in ENGLISH_SMALL:
        return ENGLISH_SMALL[word]
    if word in ENGLISH_ORDINALS:
        return ENGLISH_ORDINALS[word]
    for ending, full in (("ieth", "y"), ("ties", "ty"), ("th", ""), ("s", "")):
        if word.endswith(ending):
            found = ENGLISH_SMALL.get(word.removesuffix(ending) + full)
            if found is not None:
                return found
    return None


def english_values(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (value, start, end) of every number in words, and of its parts.

    >>> [value for value, _, _ in english_values("two hundred and ten men")]
    [2, 200, 10, 210]
    """
    total, group, start, previous_end = 0, 0, -1, -1
    for match in _ENGLISH_WORD.finditer(text):
        word = match.group().lower()
        between = text[previous_end : match.start()] if start >= 0 else ""
        if start >= 0 and between.strip(" -‑"):  # a comma, say: a new number
            start = -1
        if word == "and" and start >= 0:
            previous_end = match.end()
            continue
        value = english_value(word)
        scale = ENGLISH_SCALES.get(word.removesuffix("s").removesuffix("th"))
        if value is None and scale is None:
            start = -1
            continue
        if start < 0:
            total, group, start = 0, 0, match.start()
        if value is not None:
            yield value, match.start(), match.end()
            fits = group % 100 == 0 or (group % 10 == 0 and 20 <= group % 100 > 0)
            if not fits or (group % 100 and value > 9):
                total, group, start = 0, 0, match.start()
            group += value
        elif scale == 100:
            group = max(group, 1) * 100
        elif scale is not None:
            total, group = total + max(group, 1) * scale, 0
        if total + group != value:
            yield total + group, start, match.end()
        previous_end = match.end()
