"""Numbers written in digits: what they may mean in German and in English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from satzpaar.translate.checks.numerals import (
    GERMAN_TENS,
    english_value,
    english_values,
    german_amount,
    german_ordinal,
    german_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from satzpaar.translate.checks.finding import Span

Language = Literal["de", "en"]

_SPACES = " \u00a0\u202f\u2009"

# Digits with what may stand between them, by language. White space and apostrophes
# only part groups of three.
_DIGITS = re.compile(
    # The letter's digit is its own: CO2. And "77. 000" is a slip of the keyboard.
    rf"""(?<![\d])(?<!\d[.,])(?<!\bCO)
    (?: (?:\d{{1,3}}[ ]?)?[½⅓⅔¼¾⅛]
      | \d{{1,3}}\.[ ]000(?!\d)
      | \d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+(?![\d]) (?:[.,]\d+)?
      | \d+(?:[.,]\d+)* )""",
    re.VERBOSE,
)

_FRACTIONS = {
    "½": "0.5", "⅓": "0.33", "⅔": "0.67", "¼": "0.25", "¾": "0.75", "⅛": "0.125",
}  # fmt: skip
# 3/4 and 3 1/2: each of its figures may be said by the whole.
_BROKEN = re.compile(
    r"(?<![\d/.,])(?:(?P<whole>\d{1,3})[ -])?(?P<upper>[1-7])/(?P<lower>[2-8])"
    r"(?![\d/]|[.,]\d)"
)

GERMAN_SCALES = {
    "tsd": 10**3, "tausend": 10**3, "mio": 10**6, "million": 10**6,
    "millionen": 10**6, "mrd": 10**9, "milliarde": 10**9, "milliarden": 10**9,
    "bio": 10**12, "billion": 10**12, "billionen": 10**12, "hundert": 100,
    "dutzend": 12,
}  # fmt: skip
ENGLISH_SCALE_WORDS = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "millions": 10**6,
    "mn": 10**6, "mln": 10**6, "mio": 10**6, "mil": 10**6, "billion": 10**9,
    "billions": 10**9, "bn": 10**9, "bln": 10**9, "trillion": 10**12, "tn": 10**12,
    "trn": 10**12, "dozen": 12, "mrd": 10**9,
}  # fmt: skip
# Glued to the digits only; "5 m" is a length. The bare reading stays possible.
ENGLISH_SCALE_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}

_SCALE_AFTER = {
    "de": re.compile(
        rf"(?:[{_SPACES}]?[$€£])?"
        rf"[-{_SPACES}]?({'|'.join(sorted(GERMAN_SCALES, key=len, reverse=True))})"
        r"(?=[^\w]|\Z)\.?",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"[-{_SPACES}]?("
        + "|".join(sorted(ENGLISH_SCALE_WORDS, key=len, reverse=True))
        + r")(?=[^\w]|\Z)",
        re.IGNORECASE,
    ),
}
_LETTER_AFTER = re.compile(r"([kKmMbB])\b")

# What stands between two numbers that share the scale after the second.
_SHARES_SCALE = re.compile(
    rf"[{_SPACES}]*(?:%|€|\$|£)?[{_SPACES}]*"
    r"(?:bis|zu|und|oder|auf|to|and|or|from|von|-|–|—|/|,)"
    rf"[{_SPACES}]*(?:zu|auf|to|rund|etwa|voraussichtlich|knapp|gut|fast|about|around|"
    rf"nearly|almost|an expected)?[{_SPACES}]*"
    r"(?:€|\$|£|EUR|USD|US\$)?[-–]?\s*"
)


# Blood alcohol is told by the thousand in German and by the hundred in English.
_PER_MILLE = re.compile(rf"-?[{_SPACES}]?(?:[Pp]romille|‰)")

_YEAR_BEFORE = re.compile(r"(?<!\d)(1[0-9]|20)\d\d[-–/]\Z")  # of 1510/11

# "seit 2023 Millionen": a year, and then how many.
_YEAR = re.compile(r"(?:19|20)\d\d")
_SINCE = {
    "de": re.compile(
        r"\b(?:seit|bis|Jahre?s?|Ende|Anfang|Mitte|Frühjahr|Sommer|Herbst|Winter|Januar|"
        r"Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|"
        r"Dezember) \Z",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\b(?:since|until|in|by|of) \Z", re.IGNORECASE),
}
LONGEST_SINCE = 12  # characters, a space before it and one behind it


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text and the values that it may have."""

    span: Span  # of the digits and the scale after them
    digits: Span
    values: frozenset[Decimal]
    scaled: bool = False  # a word such as "Mio." follows
    foreign: bool = False  # written as the other language writes it

    def of(self, text: str) -> str:
        """Return the number as it is written in *text*."""
        return text[slice(*self.span)]


@lru_cache(maxsize=1024)  # each text is read by several checks
def numbers(text: str, language: Language) -> tuple[Number, ...]:
    """Return the numbers that *text* writes in digits, in order.

    >>> [sorted(number.values) for number in numbers("1.000; 1,5 Mio.", "de")]
    [[Decimal('1000')], [Decimal('1500000.0')]]
    >>> [sorted(number.values) for number in numbers("1,000; 1.5bn", "en")]
    [[Decimal('1000')], [Decimal('1500000000.0')]]
    """
    scales = GERMAN_SCALES if language == "de" else ENGLISH_SCALE_WORDS
    found: list[Number] = []
    factors: list[int] = []
    broken = [(match.span(), _broken(match)) for match in _BROKEN.finditer(text)]
    for match in _DIGITS.finditer(text):
        written = match.group()
        values, foreign = readings(written, language)
        end, factor = match.end(), 1
        is_year = _YEAR.fullmatch(written) and _SINCE[language].search(
            text, max(0, match.start() - LONGEST_SINCE), match.start()
        )
        if not is_year and (after := _SCALE_AFTER[language].match(text, end)):
            end, factor = after.end(), scales[after[1].lower()]
            values = frozenset(value * factor for value in values)
        elif language == "en" and (letter := _LETTER_AFTER.match(text, end)):
            end = letter.end()
            small = ENGLISH_SCALE_LETTERS[letter[1].lower()]
            values |= frozenset(value * small for value in values)
        if language == "de" and _PER_MILLE.match(text, end):
            values |= frozenset(value / 10 for value in values)
        if part := _YEAR_BEFORE.search(text, max(0, match.start() - 5), match.start()):
            values |= {value + 100 * int(part[1]) for value in values if value < 100}
        for (start, last), value in broken:
            if start <= match.start() < last:
                values |= {value}
        found.append(
            Number((match.start(), end), match.span(), values, factor > 1, foreign)
        )
        factors.append(factor)
    return tuple(_with_shared_scales(text, found, factors))


def _broken(match: re.Match[str]) -> Decimal:
    part = Decimal(match["upper"]) / Decimal(match["lower"])
    return int(match["whole"] or 0) + round(part, 3 if match["lower"] == "8" else 2)


def _with_shared_scales(
    text: str, found: list[Number], factors: list[int]
) -> list[Number]:
    """Let "5" in "5 bis 7 Millionen" be five million too."""
    for index in reversed(range(len(found) - 1)):
        number, after = found[index], found[index + 1]
        factor = factors[index + 1]
        between = text[number.span[1] : after.span[0]]
        if factors[index] == 1 < factor and _SHARES_SCALE.fullmatch(between):
            more = frozenset(value * factor for value in number.values)
            found[index] = Number(number.span, number.digits, number.values | more)
            factors[index] = factor
    return found


def readings(written: str, language: Language) -> tuple[frozenset[Decimal], bool]:
    """Return what digits with points and commas may mean.

    The second answer says whether they are written as the other language writes
    them: "3,5" in English.
    """
    plain = re.sub(rf"[{_SPACES}'’]", "", written)
    if part := _FRACTIONS.get(plain[-1]):
        return frozenset({int(plain[:-1] or 0) + Decimal(part)}), False
    thousands, decimal = (".", ",") if language == "de" else (",", ".")
    groups = re.fullmatch(
        rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimal}\d+)?", plain
    )
    if groups:
        value = Decimal(plain.replace(thousands, "").replace(decimal, "."))
        # "1,125" in German may be a decimal, or the work of an English keyboard.
        return frozenset({value}), False
    if re.fullmatch(r"\d+", plain):
        return frozenset({Decimal(plain)}), False
    if re.fullmatch(rf"\d+\{decimal}\d+", plain):
        values = {Decimal(plain.replace(decimal, "."))}
        if language == "de" and re.fullmatch(r"[1-9]\d{0,2},\d{3}", plain):
            values.add(Decimal(plain.replace(",", "")))
        return frozenset(values), False
    if re.fullmatch(rf"\d+\{thousands}\d+", plain):
        # German 14.30 is a time, a date, or a Swiss price: its parts may come apart.
        first, second = plain.split(thousands)
        values = {Decimal(f"{first}.{second}")}
        if language == "de":
            values |= {Decimal(first), Decimal(second)}
        return frozenset(values), language == "en"
    parts = [part for part in re.split(r"[.,]", plain) if part]
    return frozenset(Decimal(part) for part in parts), language == "en"


_QUOTED_YEARS = re.compile(r"(?<!\d)(1[0-9]|20)(\d\d)\s?[-–/]\s?(\d\d)(?!\d)")

# English words that say a number without being one.
_ENGLISH_WORTH = {
    "half": ("0.5", "50", "30"), "halves": ("0.5", "50"), "halfway": ("0.5", "50"),
    "quarter": ("0.25", "25", "15", "4", "3", "45"), "quarters": ("75", "0.75", "4"),
    "dozen": ("12",), "dozens": ("12", "24", "36"), "noon": ("12",), "midday": ("12",),
    "midnight": ("12", "24", "0"), "once": ("1",), "twice": ("2",), "thrice": ("3",),
    "single": ("1",), "double": ("2",), "doubled": ("2", "100"), "triple": ("3",),
    "twofold": ("2",), "threefold": ("3",), "tripled": ("3",), "quadruple": ("4",),
    "pair": ("2",), "couple": ("2",), "both": ("2",), "two-thirds": ("66", "67"),
    "decade": ("10",), "decades": ("10", "20", "30"), "century": ("100",),
    "fortnight": ("2", "14"), "week": ("7",), "weeks": ("14",), "year": ("12", "52"),
    "day": ("24",), "hour": ("60",), "trio": ("3",), "duo": ("2",), "solo": ("1",),
    "quartet": ("4",), "quintet": ("5",), "no": ("0",), "none": ("0",), "nil": ("0",),
    "zero": ("0",), "millennium": ("1000",), "centenary": ("100",), "turn": ("2000",),
    "triplets": ("3",), "twins": ("2",), "millions": ("1000000",),
    "hundreds": ("100",), "thousands": ("1000",), "fifties": ("1950",),
    "bicentennial": ("200",), "six-pack": ("6",), "third": ("33", "0.33"),
    "thirds": ("0.67", "67", "66", "3"), "eighth": ("0.125",),
}  # fmt: skip


# One and a half years, one-and-a-half, a year and a half
_AND_A_HALF = re.compile(
    r"\b(?:(?P<whole>[a-z]+)[ -]and[ -]a[ -]half\b|an? [a-z]+ and a half\b)"
)


@lru_cache(maxsize=256)
def english_support(text: str) -> frozenset[Decimal]:
    """Return every value that an English text can be said to name."""
    values: set[Decimal] = set()
    for number in numbers(text, "en"):
        values |= number.values
    # "12 thousand and 500": the parts of a sum.
    for value, _, _ in english_values(text):
        values.add(Decimal(value))
    lower = text.lower()
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", lower):
        values.update(map(Decimal, _ENGLISH_WORTH.get(word, ())))
        for part in word.split("-"):
            values.update(map(Decimal, _ENGLISH_WORTH.get(part, ())))
            if part.endswith("ies") and (decade := english_value(part)) is not None:
                values |= {Decimal(1900 + decade), Decimal(1800 + decade)}
    for match in _AND_A_HALF.finditer(lower):
        whole = english_value(match["whole"] or "one")
        if whole is not None:
            values.add(whole + Decimal("0.5"))
    values |= _whole_years(text) | _decades(text)
    return frozenset(values)


def _whole_years(text: str) -> set[Decimal]:
    """Return the years and seasons that "2008/09" names, and 9 and 09 as well."""
    values = set()
    for match in _QUOTED_YEARS.finditer(text):
        values |= {Decimal(match[1] + match[3]), Decimal(match[3])}
    return values


_DECADE = re.compile(r"(?<!\d)(?:(1[0-9]|20)?(\d0))(?:['’]?s|er)\b")


def _decades(text: str) -> set[Decimal]:
    """Return what "90s", "1990s" and "90er" may be called by."""
    values = set()
    for match in _DECADE.finditer(text):
        for century in (match[1],) if match[1] else ("18", "19", "20"):
            values |= {Decimal(century + match[2]), Decimal(match[2])}
    return values


# German words, or what they begin with, that another language may say by a number.
_GERMAN_WORTH = {
    "hälfte": ("50", "0.5"), "halb": ("0.5", "30", "50", "6"), "viertel": (
        "25", "0.25", "15", "45", "4",
    ), "drittel": ("33", "0.33", "3"), "dutzend": ("12",), "jahrzehnt": ("10",),
    "jahrhundert": ("100",), "mittag": ("12",), "mitternacht": ("12", "24", "0"),
    "einmal": ("1",), "doppel": ("2",), "verdoppel": ("2", "100"), "beid": ("2",),
    "zwilling": ("2",), "paar": ("2",), "quartal": ("4", "3"),
    "anderthalb": ("1.5", "90", "18"), "eineinhalb": ("1.5", "90", "18"),
    "ganztag": ("24",), "rund um die uhr": ("24", "7"),
    "million": ("1000000", "1"), "milliard": ("1000000000", "1"),
    "billion": ("1000000000000", "1"), "jahr": ("12", "365", "1"), "tag": ("24", "1"),
    "woche": ("7", "1"), "monat": ("30", "4", "1"), "stunde": ("60", "1"),
    "halbjahr": ("6",), "semester": ("6",), "erst": ("1",), "prozent": ("1",),
    "jahrtausend": ("1000", "2000"), "volljährig": ("18",), "abitur": ("12", "13"),
    "oberst": ("1",), "spitzenreiter": ("1",), "platz eins": ("1",), "uno": ("1",),
    "silvester": ("31",), "neujahr": ("1",), "heiligabend": ("24",),
    "nikolaus": ("6",), "halbzeit": ("45", "2"), "sommermärchen": ("2006",),
    "achtelfinal": ("16",), "sechzehntelfinal": ("32",),
    "september": ("9", "11"), "erstlig": ("1",), "tausend": ("1000",),
    "hundert": ("100",), "dreh": ("360",), "letzt": ("1",), "null": ("0",),
}  # fmt: skip

_WORTH_INSIDE = re.compile(f"(?=({'|'.join(_GERMAN_WORTH)}))")
_GERMAN_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+")
_UP_TO_HALF = re.compile(r"\w+?halb(?:tausend|hundert)?")
_NUMBER_INSIDE = re.compile(
    "(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und"
    "(?:zwanzig|drei(?:ß|ss)ig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)"
    "|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig"
    "|drei(?:ß|ss)ig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|zehn|elf|zwölf"
    "|hundert|tausend|eins?|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|null"
)


@lru_cache(maxsize=256)
def german_support(text: str) -> frozenset[Decimal]:
    """Return every value that a German text can be said to name.

    Generous: a number inside any word counts, for a check must not cry wolf.
    """
    values: set[Decimal] = set()
    for number in numbers(text, "de"):
        values |= number.values
    lower = text.lower()
    for match in _WORTH_INSIDE.finditer(lower):
        values.update(map(Decimal, _GERMAN_WORTH[match[1]]))
    words = [match.group() for match in _GERMAN_WORD.finditer(lower)]
    for word in words:
        values |= _named_in(word)
    for value, following in pairwise([*words, ""]):
        many, scale = german_amount(value), GERMAN_SCALES.get(following)
        if many is not None and scale is not None:
            values.add(many * scale)
    values |= _whole_years(text) | _decades(text)
    return frozenset(values)


@lru_cache(maxsize=20_000)
def _named_in(word: str) -> frozenset[Decimal]:
    """Return the numbers in a German word, lower-case: itself, or parts of it."""
    if not _NUMBER_INSIDE.search(word):
        ordinal = german_ordinal(word)
        return frozenset() if ordinal is None else frozenset({Decimal(ordinal)})
    found: set[int | Decimal | None] = {german_value(word), german_ordinal(word)}
    for match in _NUMBER_INSIDE.finditer(word):
        value = german_value(match.group())
        if value is not None:
            found |= {value, 1900 + value}
            if match.group() in GERMAN_TENS and word[match.end() :].startswith("er"):
                found.add(2000 + value)  # die späten Dreißiger: of which century
    if half := _UP_TO_HALF.match(word):  # zweieinhalbjährig
        found.add(german_amount(half.group()))
    # "zweihundertjährige": the longest beginning that is a number.
    beginnings = (german_value(word[:end]) for end in range(len(word), 3, -1))
    found.add(next((value for value in beginnings if value is not None), None))
    return frozenset(Decimal(value) for value in found if value is not None)


def german_words(text: str) -> Iterator[Number]:
    """Yield the numbers from three on that stand as words of their own.

    Ordinals and numbers in compounds are said in too many ways to be asked for.
    """
    for match in _GERMAN_WORD.finditer(text):
        word = match.group()
        value = german_value(word) if word.islower() else None
        if value is None or value in (0, 1, 2, 100, 1000):
            continue
        end, factor = match.end(), 1
        if after := _SCALE_AFTER["de"].match(text, end):
            end, factor = after.end(), GERMAN_SCALES[after[1].lower()]
        values = frozenset({Decimal(value * factor)})
        yield Number((match.start(), end), match.span(), values, factor > 1)


def digits_of(text: str) -> str:
    """Return the digits of *text* alone, groups apart by a space.

    A thousand with a point is left out: English reads it as one and a fraction.
    """
    text = re.sub(r"(?<![\d.])\d{1,3}\.\d{3}(?![\d.])", " ", text)
    return " ".join(re.findall(r"\d+", re.sub(r"(?<=\d)\D{1,2}(?=\d)", "", text)))


def any_of(values: Iterable[Decimal], support: frozenset[Decimal]) -> bool:
    """Say whether one of *values* is among *support*."""
    return not support.isdisjoint(values)
