"""The filter for numbers that the two sides do not share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from satzpaar.alignments.filters.filter import Score
from satzpaar.alignments.filters.number_words import SCALES, spelled
from satzpaar.alignments.formats.options import primary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.alignments.bitext import TranslationUnit

# Digits with what parts their thousands or decimals; a space only before three digits.
NUMBER: Final = re.compile(
    r"(?P<clock>(?<![\d.,:])(?:[01]?\d|2[0-4])(?P<colon>[.:])[0-5]\d(?![.,:]?\d))"
    r"|\d+(?:[.,'’]\d+|[ \u00a0\u202f\u2009]\d{3}(?!\d))*"
)
DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
AFTER: Final = re.compile(r"[\s\u00a0-]{0,2}([^\W\d_]+|°[CF])")
# "10 bis 20 Millionen": the scale may be that of the first number too.
SECOND_OF_RANGE: Final = re.compile(
    r"\s?(?:-|–|to|bis|or|oder|and|und|/)\s?\d[\d.,]*[\s-]?([^\W\d_]+)"
)
DECADE: Final = frozenset({"er", "ern", "s", "iger"})
HALF_OF_DAY: Final = re.compile(r"\s?[ap]\.?m\b|\s?Uhr\b|\s?o['’]clock", re.IGNORECASE)
FIRST_YEAR: Final = re.compile(r"(\d{2})\d{2}\s?[-/–]\s?$")

# Where one side counts in these, the other may have converted.
METRIC: Final = frozenset(
    """
    meter metern meters metre metres m km kilometer kilometern kilometers kilometres cm
    zentimeter kilo kilos kilogramm kilograms kg gramm g tonnen liter litern hektar grad
    °c quadratmeter quadratkilometer stundenkilometer stundenkilometern
    """.split()
)
IMPERIAL: Final = frozenset(
    """
    ft feet foot in inch inches mile miles mph pound pounds lb lbs ounce ounces oz acre
    acres gallon gallons yard yards °f fahrenheit fuß zoll meilen pfund degrees
    """.split()
)

# Languages that write 1.234,5 as English writes 1,234.5.
POINT_LANGUAGES: Final = frozenset({"en", "zh", "ja", "ko", "he", "th"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits, and every value that it may be meant for."""

    text: str
    values: frozenset[float]
    unit: str = ""  # the word after it
    in_name: bool = False  # as in CO2, U21, A9: others may match it, it needs no match


@dataclass(slots=True)
class Numbers:
    """The share of both sides' numbers that have a match on the other side.

    Numbers in digits need a match, in digits or in words; numbers in words only give
    one, because "a", "one" and "both" are often no number at all. How often a number
    stands there does not count: the second time it may be a pronoun.
    """

    threshold: float = 0.75
    name: ClassVar[str] = "numbers"
    at_most: ClassVar[bool] = False

    def score(self, unit: TranslationUnit) -> Score:
        """Compare the values, as each side's language writes them."""
        source, target = unit.source, unit.target
        languages = primary(source.language), primary(target.language)
        numbers = (
            list(read_numbers(source.text, languages[0])),
            list(read_numbers(target.text, languages[1])),
        )
        total = sum(not number.in_name for side in numbers for number in side)
        if not total:
            return Score(1.0)
        missing = [
            *_missing(numbers[0], numbers[1], spelled(target.text, languages[1])),
            *_missing(numbers[1], numbers[0], spelled(source.text, languages[0])),
        ]
        because = f"no match for {', '.join(missing)}" if missing else ""
        return Score(1 - len(missing) / total, because)


def _missing(
    numbers: list[Number], others: list[Number], words: set[float]
) -> Iterator[str]:
    values = words.union(*(other.values for other in others))
    texts = {other.text for other in others}
    units = {other.unit for other in others}
    for number in numbers:
        # The same separators mean another value, but versions have them, and authors
        # err ("1.5 Prozent").
        if number.in_name or (number.text in texts and not number.text.isdigit()):
            continue
        if not number.values.isdisjoint(values):
            continue
        if number.unit in METRIC and not units.isdisjoint(IMPERIAL):
            continue
        if number.unit in IMPERIAL and not units.isdisjoint(METRIC):
            continue
        yield number.text


def read_numbers(text: str, language: str) -> Iterator[Number]:
    """Yield the numbers that *text* has in digits.

    >>> [sorted(n.values) for n in read_numbers("1.234,5 Mio. am 3.5.2023", "de")]
    [[1234500000.0], [3.0], [5.0], [23.0, 2023.0]]
    >>> [sorted(n.values) for n in read_numbers("1,234.5 million, the 1990s", "en")]
    [[1234500000.0], [90.0, 1990.0]]
    """
    for match in NUMBER.finditer(text):
        if date := DATE.fullmatch(match[0]):
            for part in date.groups()[:2]:
                yield Number(part, frozenset({float(part)}))
            year = float(date[3])
            others = {year % 100} if year > 99 else {year + 1900, year + 2000}
            yield Number(date[3], frozenset({year, *others}))
            continue
        word = AFTER.match(text, match.end())
        after = word[1].lower() if word else ""
        before = text[match.start() - 1 : match.start()]
        values = _all_values(match, language, after)
        yield Number(
            match[0],
            frozenset(round(value, 6) for value in values),
            after,
            before.isalpha(),
        )


def _all_values(match: re.Match[str], language: str, after: str) -> set[float]:
    """Return what a number may be meant for, by itself and by what stands around it."""
    text, (start, end) = match.string, match.span()
    scales = SCALES.get(language, {})
    if match["clock"]:
        hour, minute = map(int, re.split("[.:]", match[0]))
        values = {_clock(hour, minute)}
        if match["colon"] == ":":
            values |= {hour, hour % 12}  # or a score, 21:15
            return values
        if HALF_OF_DAY.match(text, end):
            return values if minute else values | {hour, hour % 12}
        values |= _values(match[0], language)
        return {
            value * scales.get(after, 1) if value > 0 else value for value in values
        }
    values = _values(match[0], language)
    if HALF_OF_DAY.match(text, end):
        hour = int(max(values))
        return {*values, hour % 12, hour % 12 + 12, _clock(hour, 0)}
    if after in DECADE and text[end : end + 1].isalpha():
        return values | {value % 100 for value in values}
    if (scale := scales.get(after)) is not None:
        scaled = {value * scale for value in values}
        return scaled | values if len(after) == 1 else scaled  # 5 m may be metres
    if second := SECOND_OF_RANGE.match(text, end):
        scale = scales.get(second[1].lower(), 1)
        return values | {value * scale for value in values}
    if len(match[0]) == 2 and (first := FIRST_YEAR.search(text, 0, start)):
        return values | {float(first[1] + match[0])}  # 2016/17
    return values


def _clock(hour: int, minute: int) -> float:
    """Return a value for a time of the day that no other number has.

    Half of the day does not count: English often leaves it to the sentence.
    """
    return -float(1 + hour % 12 * 60 + minute)


def _values(text: str, language: str) -> set[float]:
    """Read a number's separators as the language has them, or as they must be."""
    parts = re.split(r"\D", text)
    if len(parts) == 1:
        return {float(text)}
    separators = re.findall(r"\D", text)
    decimal = "." if language in POINT_LANGUAGES else ","
    grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    if grouped and len(set(separators)) == 1 and decimal not in separators:
        return {float("".join(parts))}
    last = separators[-1]
    if last in ".," and last not in separators[:-1]:
        if all(len(part) == 3 for part in parts[1:-1]):
            return {float("".join(parts[:-1]) + "." + parts[-1])}
    elif grouped:
        return {float("".join(parts))}
    # No number but several with points between, such as a version: 1.2.10
    return {float("".join(parts))}
