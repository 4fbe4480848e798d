"""How often each class of error occurs, in systems and in the reference itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate.checks.registry import CHECKS, check_pair
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from satzpaar.eval.testset import SystemOutput, TestSet
    from satzpaar.translate.checks.finding import Check, Finding

Findings = tuple[tuple["Finding", ...], ...]  # of each segment


@dataclass(frozen=True, slots=True)
class ClassRate:
    """How often one class of error was found in one text."""

    kind: str
    findings: int
    segments: int  # with at least one finding
    major: int  # segments with at least one major finding
    rate: float  # segments with a finding, of all
    reference_rate: float  # of the reference, by the same checks
    only_here: int  # segments with a finding where the reference has none
    only_reference: int  # and the other way round
    p: float  # that the two rates are the same: exact McNemar test, two-sided


@dataclass(frozen=True, slots=True)
class SystemErrors:
    """All that the checks found in one text; of the reference itself, too."""

    name: str
    rates: tuple[ClassRate, ...]  # in the order of the checks
    findings: Findings


def find_errors(
    testset: TestSet,
    systems: Sequence[SystemOutput],
    *,
    checks: Mapping[str, Check] = CHECKS,
) -> tuple[SystemErrors, tuple[SystemErrors, ...]]:
    """Return the errors of the first reference, and of each system.

    What the rules say of a system means something only beside what the same rules say
    of a human's translation.

    Raises:
        UsageError: The test set has no sources, or is of other languages.
    """
    languages = (testset.source_language or "de", testset.target_language or "en")
    if languages != ("de", "en"):
        raise UsageError(
            f"errors are told of translations from de to en, not {'-'.join(languages)}"
        )
    if testset.sources is None:
        raise UsageError("no sources, from which errors could be told; give --source")
    reference = _findings(testset.sources, testset.references[0].segments, checks)
    found = [
        reference,
        *(_findings(testset.sources, system.hypotheses, checks) for system in systems),
    ]
    names = [testset.references[0].name, *(system.name for system in systems)]
    errors = [
        SystemErrors(name, tuple(_rate(kind, each, reference) for kind in checks), each)
        for name, each in zip(names, found, strict=True)
    ]
    return errors[0], tuple(errors[1:])


def _findings(
    sources: Sequence[str], texts: Sequence[str], checks: Mapping[str, Check]
) -> Findings:
    return tuple(
        tuple(check_pair(source, text, checks=checks))
        for source, text in zip(sources, texts, strict=True)
    )


def _rate(kind: str, found: Findings, reference: Findings) -> ClassRate:
    ours = [[one for one in each if one.kind == kind] for each in found]
    theirs = [any(one.kind == kind for one in each) for each in reference]
    here = [bool(each) for each in ours]
    only_here = sum(one and not other for one, other in zip(here, theirs, strict=True))
    only_there = sum(other and not one for one, other in zip(here, theirs, strict=True))
    total = max(len(found), 1)
    return ClassRate(
        kind=kind,
        findings=sum(map(len, ours)),
        segments=sum(here),
        major=sum(any(one.severity == "major" for one in each) for each in ours),
        rate=sum(here) / total,
        reference_rate=sum(theirs) / total,
        only_here=only_here,
        only_reference=only_there,
        p=sign_test(only_here, only_there),
    )


def sign_test(first: int, second: int) -> float:
    """Return the two-sided p of so uneven a split of coin tosses.

    >>> sign_test(3, 3), round(sign_test(0, 8), 4)
    (1.0, 0.0078)
    """
    tosses, fewer = first + second, min(first, second)
    if not tosses or first == second:
        return 1.0
    if tosses > 1000:  # the normal distribution is as good, and does not overflow
        z = (abs(first - second) - 1) / math.sqrt(tosses)
        return math.erfc(z / math.sqrt(2))
    ways = sum(math.comb(tosses, number) for number in range(fewer + 1))
    return min(1.0, 2 * ways / (1 << tosses))
