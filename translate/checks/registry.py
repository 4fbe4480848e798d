"""All error classes by name, and the ways to ask for several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.translate.checks.calendar import check_dates
from satzpaar.translate.checks.letter_case import check_casing
from satzpaar.translate.checks.marks import check_marks
from satzpaar.translate.checks.missing import check_omission, check_truncation
from satzpaar.translate.checks.names import check_names
from satzpaar.translate.checks.negation import check_negation
from satzpaar.translate.checks.numbers import check_numbers
from satzpaar.translate.checks.repeated import check_repetition
from satzpaar.translate.checks.spelling import check_spelling
from satzpaar.translate.checks.untranslated import check_compounds, check_untranslated
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from satzpaar.translate.checks.finding import Check, Finding

CHECKS: Mapping[str, Check] = {
    "numbers": check_numbers,
    "dates": check_dates,
    "names": check_names,
    "negation": check_negation,
    "untranslated": check_untranslated,
    "compounds": check_compounds,
    "spelling": check_spelling,
    "repetition": check_repetition,
    "omission": check_omission,
    "truncation": check_truncation,
    "casing": check_casing,
    "marks": check_marks,
}

SUMMARIES: Mapping[str, str] = {
    "numbers": "numbers and units lost, added or changed",
    "dates": "dates, weekdays and times lost or changed",
    "names": "names lost or changed",
    "negation": "negation lost or added",
    "untranslated": "German words and stretches left in the English",
    "compounds": "German compounds left as they are",
    "spelling": "words that English does not have",
    "repetition": "text repeated or invented",
    "omission": "text missing, by length",
    "truncation": "the end is missing",
    "casing": "capitals missing or too many",
    "marks": "quotes and brackets without a partner or gone",
}


def choose_checks(names: Iterable[str]) -> dict[str, Check]:
    """Return the named checks, in their usual order.

    Raises:
        UsageError: There is no such check.
    """
    wanted = set(names)
    for name in sorted(wanted):
        if name not in CHECKS:
            raise UsageError(
                f"no error class {name!r}; some of {', '.join(CHECKS)} are expected"
            )
    return {name: check for name, check in CHECKS.items() if name in wanted}


def check_pair(
    source: str,
    target: str,
    *,
    checks: Mapping[str, Check] = CHECKS,
) -> list[Finding]:
    """Return what all checks find in one translation, class by class."""
    return [finding for check in checks.values() for finding in check(source, target)]
