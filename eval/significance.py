"""Could the difference between two systems be chance? Two tests, for all pairs at once.

Both see a system as a matrix of sufficient statistics, (blocks, columns), a block being
a segment or a document. What a resample draws is the same for all systems, so that one
matrix product gives the sums of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from satzpaar.eval.metrics import Array

EXACT_IN_FLOAT32: Final = 1 << 24  # whole numbers up to here
CELLS_AT_A_TIME: Final = 1 << 21  # of a drawn matrix; the pages are used again
RESAMPLES_AT_A_TIME: Final = 1000  # what stays in a cache with all its columns

# Scores are sums of some thousand terms: differences below this are rounding.
ROUNDING: Final = 1e-9


class Scores(Protocol):
    """A metric's function from sums to scores, (columns, ...) to (...)."""

    def __call__(self, sums: Array, /) -> Array:
        """Return one score for each sum."""
        ...


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """Scores of all systems over resamples, (systems, resamples)."""

    observed: npt.NDArray[np.float64]  # (systems,)
    resampled: npt.NDArray[np.float64]

    def interval(self, first: int, second: int) -> tuple[float, float]:
        """Bound the middle 95 % of the differences, first minus second."""
        low, high = np.percentile(
            self.resampled[first] - self.resampled[second], [2.5, 97.5]
        )
        return float(low), float(high)

    def p_value(self, first: int, second: int) -> float:
        """Say how often centred differences are as large as the one observed.

        The differences are moved to a mean of zero, as they would be if the systems
        were alike, and only then made absolute: sacreBLEU does it the other way round
        and reports two systems 0.004 BLEU apart with p = 0.42 where 0.99 is right.
        """
        observed = abs(self.observed[first] - self.observed[second])
        differences = self.resampled[first] - self.resampled[second]
        centred = np.abs(differences - differences.mean())
        return _share(centred >= observed - ROUNDING)

    def compatible_p_value(self, first: int, second: int) -> float:
        """Compute the p-value as sacreBLEU does; it is too small."""
        observed = abs(self.observed[first] - self.observed[second])
        sizes = np.abs(self.resampled[first] - self.resampled[second])
        return _share(sizes - sizes.mean() > observed)


def _share(hits: npt.NDArray[np.bool_]) -> float:
    # The observed outcome is one of those that chance gives, hence both ones.
    return (int(hits.sum()) + 1) / (len(hits) + 1)


def bootstrap(
    statistics: Array, scores: Scores, *, resamples: int, seed: int
) -> Bootstrapped:
    """Draw blocks with replacement, as many as there are, and score what was drawn.

    Source: Koehn (2004), "Statistical Significance Tests for Machine Translation
    Evaluation", EMNLP.

    Args:
        statistics: (systems, blocks, columns).
        scores: The metric.
        resamples: How often blocks are drawn.
        seed: Makes the drawing repeatable.
    """
    generator = np.random.default_rng(seed)
    blocks = statistics.shape[1]

    def drawn() -> Iterator[npt.NDArray[np.int64]]:
        for size in _sizes(resamples, blocks):
            yield generator.integers(blocks, size=(size, blocks))

    return _bootstrapped(statistics, scores, drawn())


def compatible_bootstrap(
    statistics: Array, scores: Scores, *, resamples: int, seed: int
) -> Bootstrapped:
    """Draw the very samples that sacreBLEU draws with this seed."""
    blocks = statistics.shape[1]
    drawn = np.random.default_rng(seed).choice(
        blocks, size=(resamples, blocks), replace=True
    )
    return _bootstrapped(statistics, scores, iter([drawn]))


def _bootstrapped(
    statistics: Array, scores: Scores, drawn: Iterator[npt.NDArray[np.int64]]
) -> Bootstrapped:
    systems, blocks, columns = statistics.shape
    flat = _flat(statistics)
    found = []
    for numbers in drawn:
        size = len(numbers)
        numbers += np.arange(size)[:, None] * blocks
        times = np.bincount(numbers.ravel(), minlength=size * blocks)
        weights = times.reshape(size, blocks).astype(flat.dtype)
        sums = (flat @ weights.T).reshape(systems, columns, size)
        found.append(scores(sums.astype(np.float64).transpose(1, 0, 2)))
    return Bootstrapped(
        np.asarray(scores(statistics.sum(axis=1).T), dtype=np.float64),
        np.concatenate(found, axis=1),
    )


def randomisation(
    statistics: Array,
    scores: Scores,
    pairs: Sequence[tuple[int, int]],
    *,
    trials: int,
    seed: int,
) -> list[float]:
    """Test pairs of systems by approximate randomisation, two-sided.

    If two systems were alike, it would not matter which of them a block's translation
    is from: each trial swaps them with chance 1/2, block by block.

    Source: Riezler and Maxwell (2005), "On Some Pitfalls in Automatic Evaluation and
    Significance Testing for MT", ACL workshop on evaluation measures.

    Returns:
        A p-value for each pair. That of a system and its copy is 1.
    """
    generator = np.random.default_rng(seed)
    blocks = statistics.shape[1]

    def drawn() -> Iterator[npt.NDArray[np.bool_]]:
        for size in _sizes(trials, blocks):
            bits = generator.integers(
                256, size=(size, (blocks + 7) // 8), dtype=np.uint8
            )
            yield np.unpackbits(bits, axis=1, count=blocks).astype(bool)

    hits = np.zeros(len(pairs), dtype=np.int64)
    for sizes, observed in _swapped(statistics, scores, pairs, drawn()):
        hits += (sizes >= observed[:, None] - ROUNDING).sum(axis=1)
    return [(int(hit) + 1) / (trials + 1) for hit in hits]


def compatible_randomisation(
    statistics: Array,
    scores: Scores,
    pairs: Sequence[tuple[int, int]],
    *,
    trials: int,
    seed: int,
) -> list[float]:
    """Swap the very segments that sacreBLEU swaps with this seed, and count as it does.

    It counts only differences that are larger than the one observed: the p-value of
    a system and its copy is as small as can be.
    """
    mask = np.random.default_rng(seed).integers(
        2, size=(trials, statistics.shape[1]), dtype=bool
    )
    parts = (
        mask[at : at + RESAMPLES_AT_A_TIME]
        for at in range(0, trials, RESAMPLES_AT_A_TIME)
    )
    hits = np.zeros(len(pairs), dtype=np.int64)
    for sizes, observed in _swapped(statistics, scores, pairs, parts):
        hits += (sizes > observed[:, None]).sum(axis=1)
    return [(int(hit) + 1) / (trials + 1) for hit in hits]


def _swapped(
    statistics: Array,
    scores: Scores,
    pairs: Sequence[tuple[int, int]],
    drawn: Iterator[npt.NDArray[np.bool_]],
) -> Iterator[tuple[Array, Array]]:
    """Yield the sizes of the differences in trials, (pairs, trials), and observed."""
    systems, _, columns = statistics.shape
    flat = _flat(statistics)
    totals = statistics.sum(axis=1)
    whole = scores(totals.T)
    observed = np.array([abs(whole[i] - whole[j]) for i, j in pairs])
    for kept in drawn:
        size = len(kept)
        product = flat @ kept.astype(flat.dtype).T
        own = product.reshape(systems, columns, size).astype(np.float64)
        given = totals[:, :, None] - own  # what goes to the other system
        both = np.empty((columns, 2, size))
        sizes = np.empty((len(pairs), size))
        for row, (i, j) in zip(sizes, pairs, strict=True):
            np.add(own[i], given[j], out=both[:, 0])
            np.add(own[j], given[i], out=both[:, 1])
            first, second = scores(both)
            np.abs(np.subtract(first, second, out=row), out=row)
        yield sizes, observed


def _flat(statistics: Array) -> Array:
    """Lay the columns of all systems below each other, (systems x columns, blocks).

    In single precision, which is twice as fast, where that is exact.
    """
    systems, blocks, columns = statistics.shape
    flat = statistics.transpose(0, 2, 1).reshape(systems * columns, blocks)
    whole = bool((flat == np.floor(flat)).all())
    # A bootstrap draws a block some few times: the sums hardly double.
    exact = whole and 2 * np.abs(flat).sum(axis=1).max(initial=0) < EXACT_IN_FLOAT32
    return np.ascontiguousarray(flat, dtype=np.float32 if exact else np.float64)


def _sizes(resamples: int, blocks: int) -> Iterator[int]:
    size = min(RESAMPLES_AT_A_TIME, max(1, CELLS_AT_A_TIME // blocks))
    for at in range(0, resamples, size):
        yield min(size, resamples - at)


def all_pairs(systems: int) -> list[tuple[int, int]]:
    """List every pair of systems once."""
    return list(combinations(range(systems), 2))


def holm(p_values: Sequence[float]) -> list[float]:
    """Correct p-values for how many were computed.

    Source: Holm (1979), "A Simple Sequentially Rejective Multiple Test Procedure",
    Scandinavian Journal of Statistics 6(2).

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    corrected = [0.0] * len(p_values)
    largest = 0.0
    for rank, number in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[number]))
        corrected[number] = largest
    return corrected


def by_block(statistics: Array, block_of_segment: Sequence[int]) -> Array:
    """Sum segments to blocks: (systems, segments, columns) to (…, blocks, …)."""
    blocks = max(block_of_segment) + 1
    sums = np.zeros((statistics.shape[0], blocks, statistics.shape[2]))
    for total, rows in zip(sums, statistics, strict=True):
        np.add.at(total, np.array(block_of_segment), rows)
    return sums
