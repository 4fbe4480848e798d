"""Numbers and units: what the source counts, the translation must count too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate.checks.calendar import time_and_date_spans
from satzpaar.translate.checks.finding import Finding
from satzpaar.translate.checks.quantities import (
    Number,
    any_of,
    digits_of,
    english_support,
    german_support,
    german_words,
    numbers,
)
from satzpaar.translate.checks.units import MEASURES, clash, names_money, unit_of
from satzpaar.translate.checks.words import without_links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.checks.finding import Severity

KIND = "numbers"

# Fewer digits are found by chance in any other number.
SHORTEST_CODE = 5

# Readers at home with feet and pounds get them: the numbers are others then.
_IMPERIAL = re.compile(
    r"\d\s?-?(?:ft|feet|foot|inch\w*|ins?|miles?|mph|yards?|yds?|pounds?|lbs?|lb|"
    r"ounces?|oz|stone|gallons?|acres?|pints?|°\s?F|degrees|[″”\"′'](?!\w))(?!\w)"
    r"|\b(?:feet|foot|inches|miles|mph|yards|acres|gallons|pints|stone)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"%|per ?cent|pct|\bpc\b|\bpoints?\b|\b(?:half|third|quarter|proportion|out of|"
    r"proof|in (?:ten|five|four))\b|[\d ]p\.?c\.?\b",
    re.IGNORECASE,
)
_METRIC = re.compile(
    r"(?:\b|\d)(?:[kcm]?m|km/h|kg|g|t|Kilometern?s?|Metern?s?|Zentimetern?|"
    r"Millimetern?|Kilo|Kilogramm|Gramm|Tonnen?|Litern?|ha|Hektar\w*|Quadrat\w+|Grad|"
    r"Stundenkilometern?|km²|m²)(?!\w)|°|-?(?:m|[Kk]ilom)eter|-[Kk]ilo"
)

# Directly before a number; English may have its currency between.
_BRACKET = re.compile(r"\([+$€£]?\Z")
_MINUS_IN_BRACKET = re.compile(r"\([-−–]\Z")
_MINUS = re.compile(r"(?<![^\s(])(?:[-−–]|[Mm]inus )\Z")
_SIGN = re.compile(r"[-−–]\Z")
_DEGREES = re.compile(r"[ \u00a0]?(?:°|Grad\b)")
_LESS = re.compile(
    r"\b(?:minus|negative|down|below|under|less|lower\w*|f[ae]ll\w*|los[est]\w*|"
    r"losing|drop\w*|declin\w*|decreas\w*|slump\w*|slid\w*|slip\w*|shed|dip\w*|"
    r"shrank|shrunk|reduc\w*|off|behind|frost|sub-?zero)\b",
    re.IGNORECASE,
)
NEAR = 40  # characters


def check_numbers(source: str, target: str) -> list[Finding]:
    """Find numbers that were lost, added or changed, and units that were swapped.

    >>> [found.message for found in check_numbers("90 Tage", "For 19 days")]
    ['90 became 19']
    """
    masked_source, masked_target = without_links(source), without_links(target)
    lost = _lost(masked_source, masked_target)
    added = _added(masked_source, masked_target)
    findings = []
    for number in lost:
        # Of the new numbers take the one nearest in the order of the text.
        partner = added.pop(0) if added else None
        written = number.of(source)
        findings.append(
            Finding(
                KIND,
                "major" if any(map(str.isdigit, written)) else "minor",
                f"{written} became {partner.of(target)}"
                if partner
                else f"{written} is missing",
                number.span,
                partner.span if partner else None,
            )
        )
    findings += [
        Finding(
            KIND,
            "major",
            f"{number.of(target)} is not in the source",
            None,
            number.span,
        )
        for number in added
    ]
    findings += _swapped_units(masked_source, masked_target)
    findings += _foreign(masked_source, masked_target)
    findings += _lost_minuses(masked_source, masked_target)
    return findings


def _lost(source: str, target: str) -> list[Number]:
    support = english_support(target)
    taken = time_and_date_spans(source)
    codes = digits_of(target)
    imperial = _IMPERIAL.search(target)
    lost = []
    for number in sorted(
        [*numbers(source, "de"), *german_words(source)], key=lambda one: one.span
    ):
        start, end = number.digits
        if any(first < end and start < last for first, last in taken):
            continue  # the check of dates looks after these
        if any_of(number.values, support):
            continue
        if imperial and _METRIC.search(source, start, end + 25):
            continue
        code = re.sub(r"\D", "", source[start:end])
        plain = code == source[start:end] and not number.scaled
        if plain and len(code) >= SHORTEST_CODE and code in codes:
            continue
        if _is_decade(source, end) and any_of(
            {value + century for value in number.values for century in (1800, 1900)},
            support,
        ):
            continue
        lost.append(number)
    return lost


def _is_decade(text: str, end: int) -> bool:
    return text.startswith("er", end)


def _added(source: str, target: str) -> list[Number]:
    support = german_support(source)
    hours = {value + 12 for value in support} | {value - 12 for value in support}
    codes = digits_of(source)
    taken = time_and_date_spans(source)
    added = []
    metric = _METRIC.search(source)
    for number in numbers(target, "en"):
        if any_of(number.values, support):
            continue
        start, end = number.digits
        code = re.sub(r"\D", "", target[start:end])
        if len(code) >= SHORTEST_CODE and code in codes:
            continue
        if taken and (any_of(number.values, frozenset(hours)) or len(code) <= 4):
            continue  # a part of a date or a time in another style
        if number.foreign:
            continue
        if metric and _IMPERIAL.search(target, start, end + 25):
            continue
        added.append(number)
    return added


def _swapped_units(source: str, target: str) -> list[Finding]:
    findings = []
    translated = numbers(target, "en")
    for number in numbers(source, "de"):
        unit = unit_of(number, source, "de")
        if unit is None:
            continue
        partners = [one for one in translated if any_of(one.values, number.values)]
        units = {unit_of(one, target, "en") for one in partners}
        if partners and unit == "percent" and not _PERCENT.search(target):
            message = f"{number.of(source)}: percent is missing"
            span = partners[0].span
            findings.append(Finding(KIND, "minor", message, number.span, span))
            continue
        if partners and MEASURES[unit] == "money" and not names_money(target):
            message = f"{number.of(source)}: {unit} is missing"
            span = partners[0].span
            findings.append(Finding(KIND, "minor", message, number.span, span))
            continue
        if partners and all(clash(unit, other) for other in units):
            other = unit_of(partners[0], target, "en")
            findings.append(
                Finding(
                    KIND,
                    "major",
                    f"{number.of(source)}: {unit} became {other}".replace("_", " "),
                    number.span,
                    partners[0].span,
                )
            )
    return findings


def _foreign(source: str, target: str) -> list[Finding]:
    """Find decimal commas that English reads as something else."""
    findings: list[Finding] = []
    written = {source[slice(*number.digits)] for number in numbers(source, "de")}
    severity: Severity = "minor"
    for number in numbers(target, "en"):
        digits = target[slice(*number.digits)]
        if number.foreign and "," in digits and digits in written:
            message = f"{digits} is written the German way"
            findings.append(Finding(KIND, severity, message, None, number.span))
    return findings


def _lost_minuses(source: str, target: str) -> list[Finding]:
    """Find numbers in brackets, and degrees, that lost the sign that makes them less.

    Elsewhere a dash before a number may be of a range, or of an aside.
    """
    risen = [n for n in numbers(target, "en") if _follows(_BRACKET, target, n)]
    asked = numbers(source, "de")
    for number in asked:
        if _follows(_BRACKET, source, number) and (same := _same(number, risen)):
            risen.remove(same)
    findings = []
    for number in asked:
        if not _follows(_MINUS_IN_BRACKET, source, number):
            continue
        partner = _same(number, risen)
        if partner is None or _says_less(target, partner):
            continue
        risen.remove(partner)
        findings.append(_without_minus(target, number, partner))
    for number in asked:
        if not _follows(_MINUS, source, number) or not (
            _DEGREES.match(source, number.span[1])
        ):
            continue
        said = [one for one in numbers(target, "en") if _same(number, [one])]
        if said and not any(
            _follows(_SIGN, target, one) or _says_less(target, one) for one in said
        ):
            findings.append(_without_minus(target, number, said[0]))
    return findings


def _without_minus(target: str, number: Number, partner: Number) -> Finding:
    message = f"minus of {partner.of(target)} is missing"
    return Finding(KIND, "major", message, number.span, partner.span)


def _follows(pattern: re.Pattern[str], text: str, number: Number) -> bool:
    return pattern.search(text, 0, number.digits[0]) is not None


def _same(number: Number, others: Sequence[Number]) -> Number | None:
    return next((each for each in others if any_of(each.values, number.values)), None)


def _says_less(text: str, number: Number) -> bool:
    start, end = number.span
    return _LESS.search(text, max(0, start - NEAR), end + NEAR) is not None
