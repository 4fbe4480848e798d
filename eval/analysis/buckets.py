"""Scores of the short and the long, of the beginnings and the ends of documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.eval.metrics import Array, Metric
    from satzpaar.eval.testset import TestSet

# First numbers of the buckets; the last one is open.
LENGTHS = (0, 10, 20, 30, 40, 60)  # words of the source
POSITIONS = (1, 2, 6, 11, 21)  # of a segment in its document


@dataclass(frozen=True, slots=True)
class ScoreBucket:
    """The segments of one range, scored together as a corpus of their own."""

    first: int
    last: int | None  # None: and more
    segments: int
    scores: tuple[float, ...]  # one a system, by the metric's corpus score

    @property
    def label(self) -> str:
        """The range as people write it."""
        return range_label(self.first, self.last)


def range_label(first: int, last: int | None) -> str:
    """Write a range as people do.

    >>> range_label(1, 1), range_label(2, 5), range_label(21, None)
    ('1', '2-5', '21+')
    """
    if last is None:
        return f"{first}+"
    return f"{first}-{last}" if first < last else f"{first}"


def by_length(
    testset: TestSet, statistics: Array, metric: Metric
) -> tuple[ScoreBucket, ...]:
    """Score by the length of the source in words, or of the reference without one.

    Args:
        testset: What was translated.
        statistics: The metric's, (systems, segments, columns).
        metric: What scores.
    """
    texts = testset.sources or testset.references[0].segments
    lengths = [len(text.split()) for text in texts]
    return _buckets(lengths, LENGTHS, statistics, metric)


def by_position(
    testset: TestSet, statistics: Array, metric: Metric
) -> tuple[ScoreBucket, ...]:
    """Score by the segment's place in its document, from 1; empty without ids.

    The arguments are those of :func:`by_length`.
    """
    if testset.documents is None:
        return ()
    positions: list[int] = []
    before: str | None = None
    for document in testset.documents:
        positions.append(positions[-1] + 1 if document == before else 1)
        before = document
    return _buckets(positions, POSITIONS, statistics, metric)


def _buckets(
    values: Sequence[int],
    firsts: Sequence[int],
    statistics: Array,
    metric: Metric,
) -> tuple[ScoreBucket, ...]:
    of_value = np.searchsorted(np.array(firsts), np.array(values), side="right") - 1
    buckets = []
    for number, first in enumerate(firsts):
        members = of_value == number
        if not members.any():
            continue
        sums = statistics[:, members].sum(axis=1)  # (systems, columns)
        last = firsts[number + 1] - 1 if number + 1 < len(firsts) else None
        scores = metric.scores(sums.T)
        buckets.append(
            ScoreBucket(
                first, last, int(members.sum()), tuple(float(score) for score in scores)
            )
        )
    return tuple(buckets)
