"""Numbers that are spelled out, in German and English, up to 999 and by scale."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORD: Final = re.compile(r"[^\W\d_]+")

_GERMAN_UNITS: Final = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn "
    "vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
).split()
_GERMAN_TENS: Final = (
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
).split()
_ENGLISH_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_ENGLISH_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}

# What a word may stand for: "half" is 50 % as well.
_MORE: Final[Mapping[str, Mapping[str, tuple[float, ...]]]] = {
    "de": {
        "ein": (1,), "eine": (1,), "einen": (1,), "einem": (1,), "einer": (1,),
        "eines": (1,), "einmal": (1,), "erst": (1,), "zwo": (2,), "beide": (2,),
        "beiden": (2,), "zweimal": (2,), "doppelt": (2,), "dreimal": (3,), "paar": (2,),
        "dutzend": (12,), "halb": (0.5, 30), "halbe": (0.5, 30, 50),
        "halben": (0.5, 30, 50), "halbes": (0.5, 50), "hälfte": (0.5, 50),
        "anderthalb": (1.5, 18), "eineinhalb": (1.5, 18), "zweieinhalb": (2.5,),
        "dreieinhalb": (3.5,), "viereinhalb": (4.5,), "viertel": (0.25, 25, 15),
        "drittel": (3,), "januar": (1,), "jänner": (1,), "februar": (2,), "märz": (3,),
        "april": (4,), "mai": (5,), "juni": (6,), "juli": (7,), "august": (8,),
        "september": (9,), "oktober": (10,), "november": (11,), "dezember": (12,),
        "mittag": (12,), "achtelfinale": (16, 8), "viertelfinale": (8, 4),
        "mitternacht": (0, 12, 24),
        "jahrhundert": (100,),
    },
    "en": {
        "a": (1,), "an": (1,), "once": (1,), "single": (1,), "both": (2,),
        "twice": (2,), "double": (2,), "couple": (2,), "pair": (2,), "dozen": (12,),
        "half": (0.5, 30, 50), "quarter": (0.25, 25, 15), "quarters": (75, 45),
        "fortnight": (14,), "january": (1,), "february": (2,), "march": (3,),
        "april": (4,), "may": (5,), "june": (6,), "july": (7,), "august": (8,),
        "september": (9,), "october": (10,), "november": (11,), "december": (12,),
        "jan": (1,), "feb": (2,), "mar": (3,), "apr": (4,), "jun": (6,), "jul": (7,),
        "aug": (8,), "sept": (9,), "sep": (9,), "oct": (10,), "nov": (11,),
        "dec": (12,), "noon": (12,), "midnight": (0, 12, 24), "century": (100,),
    },
}  # fmt: skip

# A German "Billion" is an English trillion.
# "Two weeks" are 14 days, "four decades" 40 years.
PERIODS: Final = {
    "woche": 7.0, "wochen": 7.0, "week": 7.0, "weeks": 7.0, "jahrzehnt": 10.0,
    "jahrzehnte": 10.0, "jahrzehnten": 10.0, "decade": 10.0, "decades": 10.0,
}  # fmt: skip
SCALES: Final[Mapping[str, Mapping[str, float]]] = {
    "de": {
        "hundert": 1e2, "tausend": 1e3, "tsd": 1e3, "million": 1e6, "millionen": 1e6,
        "mio": 1e6, "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9, "billion": 1e12,
        "billionen": 1e12,
    },
    "en": {
        "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3,
        "million": 1e6, "millions": 1e6, "mn": 1e6, "m": 1e6, "mil": 1e6,
        "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12,
        "trillions": 1e12, "tn": 1e12,
    },
}  # fmt: skip


@cache
def _words(language: str) -> Mapping[str, tuple[float, ...]]:
    if language not in _MORE:
        return {}
    counted = _german() if language == "de" else _english()
    found = {word: (float(value),) for word, value in counted}
    for word, values in _MORE[language].items():
        found[word] = (*found.get(word, ()), *values)
    return found


def _german() -> Iterator[tuple[str, int]]:
    """Yield cardinals and ordinals, and the words for decades, below 1000."""
    for value in range(1000):
        cardinal = _german_cardinal(value)
        yield cardinal, value
        below = value % 100
        if value == 0:
            continue
        stem = cardinal
        for unit, other in (("eins", "ers"), ("drei", "drit"), ("acht", "ach")):
            if below < 20 and cardinal.endswith(unit):
                stem = cardinal.removesuffix(unit) + other
        stem += "t" if 0 < below < 20 else "st"
        if below == 7:
            yield from _inflected(cardinal.removesuffix("en") + "t", value)
        yield from _inflected(stem, value)
        if value % 10 == 0:
            yield cardinal + "er", value  # "die neunziger Jahre"
            yield cardinal + "ern", value


def _inflected(stem: str, value: int) -> Iterator[tuple[str, int]]:
    for ending in ("e", "en", "er", "es", "em", "ens", "el"):
        yield stem + ending, value


def _german_cardinal(value: int) -> str:
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        before = "ein" if hundreds == 1 else _GERMAN_UNITS[hundreds]
        return f"{before}hundert" + (_german_cardinal(rest) if rest else "")
    if value < 20:
        return _GERMAN_UNITS[value]
    tens, unit = divmod(value, 10)
    if not unit:
        return _GERMAN_TENS[tens - 2]
    before = "ein" if unit == 1 else _GERMAN_UNITS[unit]
    return f"{before}und{_GERMAN_TENS[tens - 2]}"


def _english() -> Iterator[tuple[str, int]]:
    """Yield the words of which the English numbers below 100 are made."""
    for value, word in enumerate(_ENGLISH_UNITS):
        yield word, value
        yield _ENGLISH_ORDINALS.get(word, f"{word}th"), value
    for number, word in enumerate(_ENGLISH_TENS, start=2):
        yield word, 10 * number
        yield f"{word.removesuffix('y')}ieth", 10 * number
        yield f"{word.removesuffix('y')}ies", 10 * number  # "the nineties"


def spelled(text: str, language: str) -> set[float]:
    """Return every value that words of *text* may stand for; empty if unknown.

    >>> sorted(spelled("Zweiundzwanzig von drei Millionen", "de"))
    [3.0, 22.0, 1000000.0, 3000000.0]
    >>> sorted(spelled("twenty-two of two hundred", "en"))
    [2.0, 20.0, 22.0, 100.0, 200.0]
    """
    known, scales = _words(language), SCALES.get(language, {})
    found: set[float] = set()
    before: tuple[float, ...] = ()  # what the word before may stand for
    for match in WORD.finditer(text):
        word = match[0].lower()
        if (scale := scales.get(word)) is not None and len(word) > 1:
            values = (scale, *(value * scale for value in before))
        elif (period := PERIODS.get(word)) is not None:
            values = (period, *(value * period for value in before))
        elif values := known.get(word, ()):
            if language == "en" and before and max(values) < 10 and min(before) >= 20:
                values = (*values, *(ten + one for ten in before for one in values))
        elif word == "and" and before:
            continue
        found.update(values)
        before = values
    return found
