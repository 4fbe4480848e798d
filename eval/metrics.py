"""What a metric is: a function of sums over segments.

A metric gives every segment a row of numbers, its sufficient statistics; their sum over
any segments is all that the score of those segments depends on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from sacrebleu.metrics.base import Metric as SacrebleuMetric

    from satzpaar.eval.testset import SystemOutput, TestSet

    Array = npt.NDArray[np.floating]


class Metric(Protocol):
    """Anything that scores systems by sums over segments."""

    name: str  # as tables have it: "chrF2++"
    higher_is_better: bool
    needs_source: bool
    needs_reference: bool

    def signature(self, testset: TestSet) -> str:
        """Say all that scores depend on beside the texts."""
        ...

    def segment_signature(self, testset: TestSet) -> str:
        """Say the same of the scores of single segments."""
        ...

    def statistics(self, testset: TestSet, systems: Sequence[SystemOutput]) -> Array:
        """Return the sufficient statistics, (systems, segments, columns)."""
        ...

    def scores(self, sums: Array) -> Array:
        """Return the scores for sums of statistics: (columns, ...) to (...)."""
        ...

    def segment_scores(self, statistics: Array) -> Array:
        """Return the scores of single segments: (columns, ...) to (...)."""
        ...


def references_by_segment(testset: TestSet) -> list[list[str]]:
    """List the references that each segment has, at least one.

    Of several references an empty segment is one that is missing.
    """
    columns = [reference.segments for reference in testset.references]
    each = [list(segment) for segment in zip(*columns, strict=True)]
    if len(columns) == 1:
        return each
    return [[text for text in segment if text] or segment[:1] for segment in each]


def number_of_references(testset: TestSet) -> int:
    """Return how many references each segment has, or -1 where that varies."""
    numbers = {len(segment) for segment in references_by_segment(testset)}
    return numbers.pop() if len(numbers) == 1 else -1


def sacrebleu_signature(metric: SacrebleuMetric, testset: TestSet) -> str:
    """Return sacreBLEU's signature of one of its metrics for these references."""
    metric.num_refs = number_of_references(testset)
    return str(metric.get_signature())


def present_references(testset: TestSet) -> npt.NDArray[np.bool_]:
    """Say which reference has which segment, (references, segments)."""
    columns = [reference.segments for reference in testset.references]
    present = np.array([[bool(text) for text in column] for column in columns])
    if len(columns) == 1:
        return np.ones_like(present)
    present[0] |= ~present.any(axis=0)
    return present
