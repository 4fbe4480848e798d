"""The whole analysis of a test set and its systems."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from satzpaar.eval.analysis.buckets import ScoreBucket, by_length, by_position
from satzpaar.eval.analysis.errors import SystemErrors, find_errors
from satzpaar.eval.analysis.frequency import WordBucket, by_frequency
from satzpaar.eval.analysis.ngram_differences import (
    NgramDifference,
    compare_ngrams,
    matches,
    miss_and_add,
    occurrences,
)
from satzpaar.eval.analysis.traits import TraitBucket, by_trait
from satzpaar.eval.known_metrics import make_metric
from satzpaar.eval.testset import check_systems
from satzpaar.translate.checks.registry import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from satzpaar.eval.testset import SystemOutput, TestSet
    from satzpaar.translate.checks.finding import Check, Finding


@dataclass(frozen=True, slots=True)
class NgramPair:
    """The n-grams by which two systems differ."""

    first: str
    second: str
    first_better: tuple[NgramDifference, ...]
    second_better: tuple[NgramDifference, ...]


@dataclass(frozen=True, slots=True)
class NgramHabits:
    """What a system says too rarely and too often, beside the reference."""

    system: str
    too_rare: tuple[NgramDifference, ...]
    too_often: tuple[NgramDifference, ...]


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment with all that was found in it."""

    number: int  # from 1
    document: str  # its id, or ""
    source: str
    reference: str
    outputs: tuple[str, ...]  # one a system
    scores: tuple[float, ...]  # one a system
    findings: tuple[tuple[Finding, ...], ...]  # one a system
    reference_findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Where the systems go wrong on a test set."""

    testset: str
    segments: int
    systems: tuple[str, ...]
    metric: str  # of the buckets and of the segments
    signature: str
    reference: SystemErrors
    errors: tuple[SystemErrors, ...]  # one a system
    lengths: tuple[ScoreBucket, ...]
    positions: tuple[ScoreBucket, ...]  # empty without document ids
    traits: tuple[TraitBucket, ...]
    frequencies: tuple[WordBucket, ...]
    frequencies_of: str  # whose words were counted
    habits: tuple[NgramHabits, ...]  # one a system
    ngrams: tuple[NgramPair, ...]  # one a pair of systems
    rows: tuple[SegmentRow, ...]

    def to_json(self) -> str:
        """Write all of it as a JSON object."""
        content = asdict(self)
        # The rows have them already, segment by segment.
        for errors in (content["reference"], *content["errors"]):
            del errors["findings"]
        return json.dumps(content, ensure_ascii=False, indent=1)

    def examples(self, kind: str, system: int, most: int) -> Iterator[SegmentRow]:
        """Yield segments where a system errs and the reference does not.

        Those with a major finding come first, then in the order of the text.
        """

        def errs(found: Sequence[Finding]) -> int:
            severities = [one.severity for one in found if one.kind == kind]
            return 2 if "major" in severities else len(severities[:1])

        rows = [
            row
            for row in self.rows
            if errs(row.findings[system]) and not errs(row.reference_findings)
        ]
        rows.sort(key=lambda row: (-errs(row.findings[system]), row.number))
        yield from rows[:most]


def analyze(
    testset: TestSet,
    systems: Sequence[SystemOutput],
    *,
    checks: Mapping[str, Check] = CHECKS,
    metric: str = "chrf",
    frequencies: Mapping[str, int] | None = None,
    frequencies_of: str = "the reference",
) -> Analysis:
    """Find out where systems go wrong.

    Args:
        testset: With sources; its first reference is what is compared with.
        systems: At least one.
        checks: The error classes that are asked for.
        metric: Of the buckets; a name that ``make_metric`` takes.
        frequencies: How often words occur; None: in the reference.
        frequencies_of: Whose words *frequencies* counts, for readers.

    Raises:
        InputError: A system's number of segments differs from the reference's.
        UsageError: There is no source, no system, or no such metric.
    """
    check_systems(testset, systems)
    measure = make_metric(metric)
    reference, errors = find_errors(testset, systems, checks=checks)
    statistics = measure.statistics(testset, systems)  # (systems, segments, columns)
    scores = [
        [float(score) for score in measure.segment_scores(each.T)]
        for each in statistics
    ]
    first = testset.references[0].segments
    wanted = occurrences(first)
    right = {system.name: matches(system.hypotheses, first) for system in systems}
    return Analysis(
        testset=testset.name,
        segments=len(testset),
        systems=tuple(system.name for system in systems),
        metric=measure.name,
        signature=measure.signature(testset),
        reference=reference,
        errors=errors,
        lengths=by_length(testset, statistics, measure),
        positions=by_position(testset, statistics, measure),
        traits=by_trait(testset.sources or (), statistics, measure),
        frequencies=by_frequency(testset, systems, frequencies),
        frequencies_of=frequencies_of,
        habits=tuple(
            NgramHabits(system.name, *miss_and_add(system.hypotheses, first))
            for system in systems
        ),
        ngrams=tuple(
            NgramPair(
                one.name,
                other.name,
                *compare_ngrams(right[one.name], right[other.name], wanted),
            )
            for one, other in combinations(systems, 2)
        ),
        rows=tuple(_rows(testset, systems, scores, reference, errors)),
    )


def _rows(
    testset: TestSet,
    systems: Sequence[SystemOutput],
    scores: Sequence[Sequence[float]],
    reference: SystemErrors,
    errors: Sequence[SystemErrors],
) -> Iterator[SegmentRow]:
    sources = testset.sources or ()
    for at, source in enumerate(sources):
        yield SegmentRow(
            number=at + 1,
            document=testset.documents[at] if testset.documents else "",
            source=source,
            reference=testset.references[0].segments[at],
            outputs=tuple(system.hypotheses[at] for system in systems),
            scores=tuple(each[at] for each in scores),
            findings=tuple(each.findings[at] for each in errors),
            reference_findings=reference.findings[at],
        )
