"""Dates, weekdays and times of day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate.checks.finding import Finding
from satzpaar.translate.checks.numerals import ENGLISH_SMALL, german_value
from satzpaar.translate.checks.quantities import english_support

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.checks.finding import Span

KIND = "dates"

MONTHS = (
    ("January", r"Januars?|Jänner|Jan\.", r"January|Jan\b"),
    ("February", r"Februars?|Feber|Feb\.", r"February|Feb\b"),
    ("March", r"März|Mär\.|Mrz\.", r"March|Mar\b"),
    ("April", r"Aprils?|Apr\.", r"April|Apr\b"),
    ("May", r"Mai", r"May"),
    ("June", r"Junis?|Jun\.", r"June|Jun\b"),
    ("July", r"Julis?|Jul\.", r"July|Jul\b"),
    ("August", r"Augusts?|Aug\.", r"August|Aug\b"),
    ("September", r"Septembers?|Sept?\.", r"September|Sept?\b"),
    ("October", r"Oktobers?|Okt\.", r"October|Oct\b"),
    ("November", r"Novembers?|Nov\.", r"November|Nov\b"),
    ("December", r"Dezembers?|Dez\.", r"December|Dec\b"),
)
WEEKDAYS = (
    ("Monday", r"[Mm]ontag", r"Mon(?:day)?s?"),
    ("Tuesday", r"[Dd]ienstag", r"Tue(?:s|sday)?s?"),
    ("Wednesday", r"[Mm]ittwoch", r"Wed(?:nesday)?s?|midweek"),
    ("Thursday", r"[Dd]onnerstag", r"Thu(?:rs|rsday)?s?"),
    ("Friday", r"[Ff]reitag", r"Fri(?:day)?s?"),
    ("Saturday", r"[Ss]amstag|[Ss]onnabend", r"Sat(?:urday)?s?"),
    ("Sunday", r"[Ss]onntag", r"Sun(?:day)?s?"),
)

_GERMAN_MONTH = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{german})(?!\w))" for name, german, _ in MONTHS)
)
# A month is a noun: "Mai" in "Mai Linh" or "August" after a first name are not, but
# after a day, "im", "Anfang" … they are.
_BEFORE_MONTH = re.compile(
    r"(?:\d\.?|\b(?:im|Im|vom|zum|bis|seit|Seit|ab|Ab|Anfang|Mitte|Ende|des|diesen|"
    r"diesem|letzten|vergangenen|nächsten|kommenden|von|und|oder|Monat|zwischen|"
    r"[Ee]nde|[Aa]nfang|-|–|/))\s*\Z"
)
_ENGLISH_MONTH = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{english}))" for name, _, english in MONTHS)
)
_GERMAN_DAY = re.compile(
    r"(?<!am )(?<!\w)(?:"
    + "|".join(rf"(?P<{name}>{german})" for name, german, _ in WEEKDAYS)
    + r")(?P<rest>s|e|en|abends?|nachts?|morgens?|mittags?|vormittags?|nachmittags?)?"
    r"(?!\w)"
    + r"|(?<!Welt )(?<!Bild )(?<!\w)am (?:"
    + "|".join(
        rf"(?P<am_{name}>{german})(?:abend|nacht|morgen|mittag|vormittag|nachmittag)?"
        for name, german, _ in WEEKDAYS
    )
    + r")(?!\w)"
)
_ENGLISH_DAY = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{english})\b)" for name, _, english in WEEKDAYS),
    re.IGNORECASE,
)

# The night before that day: "in der Nacht zum Sonntag" is "on Saturday night" too.
_NIGHT_BEFORE = re.compile(r"\bNacht (?:zum|zu|auf|auf den) (?:\w+ )?\Z")

# 3. Mai, 3. Mai 2012, 03.05.2012, 3.5.12, and 3. 5. without a year; without a blank
# two numbers are a price.
_GERMAN_DATE = re.compile(
    r"(?<![\d.,])(?P<day>[0-3]?\d)\.\s?"
    r"(?:(?P<month>" + "|".join(german for _, german, _ in MONTHS) + r")(?!\w)"
    r"|(?P<number>[01]?\d)\.\s?(?P<year>(?:1[5-9]|20)?\d\d)(?!\d|[.,]\d)"
    r"|(?<=\s)(?P<month_alone>0?[1-9]|1[0-2])\.(?!\s?\d))"
)
_ENGLISH_NUMERIC_DATE = re.compile(
    r"(?<!\d)(\d{1,4})[./-](\d{1,2})(?:[./-](\d{2,4}))?(?!\d)"
)

_GERMAN_HOURS = "eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
_GERMAN_TIME = re.compile(
    # All of "9 bis 12 sowie von 14 bis 17 Uhr" are times, and 14:30 without a word.
    r"(?<![\d.,:])(?P<hour>[0-2]?\d)(?:[.:](?P<minute>[0-5]\d))?"
    r"(?:(?:\s?h\b|\s?-?Uhr\b)(?:\s(?P<late>[0-5]\d)(?!\d|[.,]\d))?"
    r"|(?=(?:(?:,|\s?(?:bis|und|oder|sowie|-|–))(?:\s(?:von|zwischen))?"
    r"\s?[0-2]?\d(?:[.:][0-5]\d)?){1,3}\s?-?Uhr\b))"
    r"|(?<![\d.,:])(?P<bare>[0-2]?\d):(?P<minutes>[0-5]\d)(?![\d:]|[.,]\d)"
    rf"|\bhalb (?P<half_to>{_GERMAN_HOURS})\b"
    # Das Viertel vor neun Jahren is none: um Viertel vor neun.
    r"|\b(?:[Uu]m|[Aa]b|[Bb]is|[Gg]egen|[Ss]eit|[Vv]or|[Nn]ach) "
    rf"[Vv]iertel (?:(?P<quarter_to>vor)|nach) (?P<quarter_of>{_GERMAN_HOURS})\b"
    r"|\b(?P<word>[a-zäöüß]+)\sUhr\b"
)
_ENGLISH_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ENGLISH_TIME = re.compile(
    r"(?<![\d.,:])(?P<hour>[0-2]?\d)(?:[.:](?P<minute>[0-5]\d))?"
    r"\s?-?(?P<part>[ap])\.?\s?m\b"
    r"|(?<![\d.,:])(?P<hour2>[0-2]?\d)[.:](?P<minute2>[0-5]\d)(?!\d|[.,]\d)"
    r"|(?<![\d.,:])(?P<hour3>[0-2]\d)[.:]?(?P<minute3>[0-5]\d)\s?(?:h|hrs?|hours|GMT|CES?T)\b"
    rf"|\bhalf(?:[- ]past (?P<half_past>{_ENGLISH_HOURS}|\d{{1,2}})"
    rf"| (?P<half>{_ENGLISH_HOURS}))\b"
    r"|\bquarter (?:past|after|(?P<quarter_to>to|of|before)) "
    rf"(?P<quarter_of>{_ENGLISH_HOURS}|\d{{1,2}})\b"
    r"|(?P<noon>\b(?:noon|midday)\b)|(?P<midnight>\bmidnight\b)",
    re.IGNORECASE,
)
_EVENING = re.compile(r"\b(?:abends?|nachmittags?)\b", re.IGNORECASE)
_NIGHT = re.compile(r"\b(?:nachts?|in der Nacht)\b", re.IGNORECASE)
_LATE = re.compile(r"abend|nach(?:t|mittag)|spät", re.IGNORECASE)  # within any word
_DAWN = 6  # "um vier Uhr nachts" is before it


@dataclass(frozen=True, slots=True)
class _Time:
    """A time of day; *half* is "a" or "p" where the text says which."""

    hour: int
    minute: int
    half: str
    span: Span
    spoken: bool = False  # half past three, a quarter to four


def time_and_date_spans(source: str) -> list[Span]:
    """Return where a German text has dates and times in digits."""
    return [
        match.span()
        for pattern in (_GERMAN_DATE, _GERMAN_TIME)
        for match in pattern.finditer(source)
    ]


def check_dates(source: str, target: str) -> list[Finding]:
    """Find days, months, weekdays and times that were lost or changed."""
    return [
        *_check_days_of_month(source, target),
        *_check_names(source, target, "month"),
        *_check_names(source, target, "weekday"),
        *_check_times(source, target),
    ]


def _check_days_of_month(source: str, target: str) -> Iterator[Finding]:
    support = english_support(target)
    for match in _GERMAN_DATE.finditer(source):
        if int(match["day"]) not in support:
            message = f"day {match['day']} of {match.group()} is missing"
            yield Finding(KIND, "major", message, match.span(), None)
        if number := match["number"] or match["month_alone"]:
            month = int(number)
            named = {_number_of(name) for name, _ in _english_months(target)}
            if month not in named and month not in support:
                message = f"month {month} of {match.group()} is missing"
                yield Finding(KIND, "major", message, match.span(), None)
        if (year := match["year"]) and int(year) not in support:
            century = {int(year) + 1900, int(year) + 2000, int(year) % 100}
            if support.isdisjoint(century):
                message = f"year {year} of {match.group()} is missing"
                yield Finding(KIND, "major", message, match.span(), None)


def _number_of(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month[0] == name)


def _german_months(source: str) -> Iterator[tuple[str, Span]]:
    for match in _GERMAN_MONTH.finditer(source):
        if _BEFORE_MONTH.search(source[: match.start()]) and match.lastgroup:
            yield match.lastgroup, match.span()


def _english_months(target: str) -> Iterator[tuple[str, Span]]:
    for match in _ENGLISH_MONTH.finditer(target):
        if match.lastgroup:
            yield match.lastgroup, match.span()
    for match in _ENGLISH_NUMERIC_DATE.finditer(target):
        for part in match.groups():
            if part and 1 <= int(part) <= 12:
                yield MONTHS[int(part) - 1][0], match.span()


def _german_days(source: str) -> Iterator[tuple[str, Span]]:
    for match in _GERMAN_DAY.finditer(source):
        name = next(name for name, found in match.groupdict().items() if found)
        yield name.removeprefix("am_"), match.span()


def _english_days(target: str) -> Iterator[tuple[str, Span]]:
    for match in _ENGLISH_DAY.finditer(target):
        if match.lastgroup:
            yield match.lastgroup, match.span()


def _check_names(source: str, target: str, what: str) -> Iterator[Finding]:
    if what == "month":
        asked, said = list(_german_months(source)), list(_english_months(target))
        eves: dict[Span, str] = {}
    else:
        asked, said = list(_german_days(source)), list(_english_days(target))
        eves = {at: _day_before(name) for name, at in asked if _is_eve(source, at)}
    names = {name for name, _ in said}
    known = {name for name, _ in asked} | set(eves.values())
    new = [(name, span) for name, span in said if name not in known]
    for name, span in asked:
        if name in names or eves.get(span) in names:
            continue
        if new:
            other, place = new.pop(0)
            yield Finding(KIND, "major", f"{name} became {other}", span, place)
        else:
            yield Finding(KIND, "minor", f"{name} is missing", span, None)


def _is_eve(source: str, day: Span) -> bool:
    return _NIGHT_BEFORE.search(source[: day[0]]) is not None


def _day_before(name: str) -> str:
    names = [each for each, *_ in WEEKDAYS]
    return names[names.index(name) - 1]


def _german_times(source: str) -> Iterator[_Time]:
    is_early = _LATE.search(source) is None
    for match in _GERMAN_TIME.finditer(source):
        word = match["word"] or match["half_to"] or match["quarter_of"]
        hour = german_value(word) if word else int(match["hour"] or match["bare"])
        if hour is None or not 0 <= hour <= 24:
            continue
        written = match["minute"] or match["minutes"] or match["late"]
        minute = int(written or 0)
        if match["half_to"]:
            hour, minute = hour - 1 or 12, 30  # "halb vier" is half past three
        elif match["quarter_of"]:
            hour, minute = (hour - 1 or 12, 45) if match["quarter_to"] else (hour, 15)
        near = source[max(0, match.start() - 15) : match.end() + 15]
        late = _EVENING.search(near) or (hour >= _DAWN and _NIGHT.search(near))
        half = "p" if hour > 12 or late else ""
        if not half and written and is_early:
            half = "a"  # with its minutes a time is written of 24 hours
        yield _Time(hour, minute, half, match.span())


def _english_times(target: str) -> Iterator[_Time]:
    for match in _ENGLISH_TIME.finditer(target):
        if match["noon"]:
            yield _Time(12, 0, "p", match.span())
        elif match["midnight"]:
            yield _Time(0, 0, "a", match.span())
        elif word := match["half_past"] or match["half"] or match["quarter_of"]:
            hour = int(word) if word.isdigit() else ENGLISH_SMALL[word.lower()]
            minute = 15 if match["quarter_of"] else 30
            if match["quarter_to"]:
                hour, minute = hour - 1 or 12, 45
            yield _Time(hour, minute, "", match.span(), spoken=True)
        else:
            hour = int(match["hour"] or match["hour2"] or match["hour3"])
            minute = int(match["minute"] or match["minute2"] or match["minute3"] or 0)
            half = (match["part"] or "").lower()
            yield _Time(hour, minute, half, match.span())


def _check_times(source: str, target: str) -> Iterator[Finding]:
    said = list(_english_times(target))
    words = {ENGLISH_SMALL.get(word) for word in re.findall(r"[a-z]+", target.lower())}
    support = english_support(target)
    spoken = any(other.spoken for other in said)
    for time in _german_times(source):
        written = source[slice(*time.span)]
        same = [
            other
            for other in said
            if other.hour % 12 == time.hour % 12 and other.minute == time.minute
        ]
        if same:
            wrong = [other for other in same if _other_half(time, other)]
            if len(wrong) == len(same):
                became = target[slice(*wrong[0].span)]
                yield Finding(
                    KIND,
                    "major",
                    f"{written} became {became}",
                    time.span,
                    wrong[0].span,
                )
            continue
        hours = {time.hour, time.hour % 12, time.hour % 12 + 12}
        named = bool(hours & words) or not support.isdisjoint(hours)
        # The quarter of another time would say 15 and 45 as well.
        unclear = spoken and time.minute in (15, 30, 45)
        if named and not unclear and (time.minute == 0 or time.minute in support):
            continue
        if said and (spoken or not named):
            became = target[slice(*said[0].span)]
            message = f"{written} became {became}"
            yield Finding(KIND, "major", message, time.span, said[0].span)
        else:
            yield Finding(KIND, "major", f"{written} is missing", time.span, None)


def _other_half(time: _Time, other: _Time) -> bool:
    """Say whether one is before noon and the other after it."""
    if not other.half:
        return False
    if time.hour in (0, 12, 24):
        return False  # noon and midnight are confused by the best
    # "um 8 Uhr" without a part of the day may be in the evening, in speech.
    return bool(time.half) and time.half != other.half
