"""Anchors: single segments that belong together beyond much doubt."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from satzpaar.alignments.vectors import Sparse

# A column that more segments of a side have says little, and looking all of them up
# would make time grow with the square of the texts' length.
MOST_POSTINGS: Final = 32
# Of each segment its rarest columns are looked up. 40 find the match as surely as all.
MOST_LOOKED_UP: Final = 40
LEAST_LIKENESS: Final = 0.2  # cosine; below it mutual best matches are mostly chance
_SEGMENTS_AT_ONCE: Final = 1024


def mutual_best(left: Sparse, right: Sparse) -> list[tuple[int, int, float]]:
    """Return the pairs of rows that are each other's most alike, with their cosine.

    A row whose two best matches are equally alike has none.
    """
    n, m = len(left), len(right)
    if not n or not m:
        return []
    norms = [np.sqrt(np.maximum(side.squares(), 1e-30)) for side in (left, right)]
    frequency = np.bincount(right.columns, minlength=right.width)
    postings = _transposed(right)
    begins = np.concatenate([[0], np.cumsum(frequency)])
    best_row = np.full(n, -1)  # of each left row
    best_value = np.zeros(n)
    rival = np.full(m, -1)  # of each right row
    rival_value = np.zeros(m)
    for start in range(0, n, _SEGMENTS_AT_ONCE):
        part = left.rows(start, min(start + _SEGMENTS_AT_ONCE, n))
        pairs, values = _candidates(part, frequency, begins, postings, m)
        rows, columns = pairs // m, pairs % m
        cosines = values / norms[0][start + rows] / norms[1][columns]
        for keys, others, best, value in (
            (rows + start, columns, best_row, best_value),
            (columns, rows + start, rival, rival_value),
        ):
            order = np.lexsort((cosines, keys))
            sorted_keys = keys[order]
            last = np.flatnonzero(np.append(np.diff(sorted_keys) != 0, len(order) > 0))
            found, places = sorted_keys[last], order[last]
            tied = np.zeros(len(last), dtype=bool)
            inner = np.flatnonzero(last > 0)
            same = sorted_keys[last[inner] - 1] == found[inner]
            close = cosines[order[last[inner] - 1]] >= cosines[places[inner]] - 1e-9
            tied[inner] = same & close
            better = cosines[places] > value[found] + 1e-9
            equal = np.abs(cosines[places] - value[found]) <= 1e-9
            best[found[equal]] = -1
            best[found[better]] = np.where(tied[better], -1, others[places[better]])
            value[found[better]] = cosines[places[better]]
    return [
        (int(i), int(best_row[i]), float(best_value[i]))
        for i in range(n)
        if best_row[i] >= 0 and rival[best_row[i]] == i
    ]


def _transposed(rows: Sparse) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    order = np.argsort(rows.columns, kind="stable")
    return rows.row_of_entry()[order].astype(np.int32), rows.values[order]


def _candidates(
    part: Sparse,
    frequency: NDArray[np.int64],
    begins: NDArray[np.int64],
    postings: tuple[NDArray[np.int32], NDArray[np.float32]],
    width: int,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return pairs of rows that share rare columns, numbered, and their products."""
    counts = frequency[part.columns]
    rows = part.row_of_entry()
    places = np.flatnonzero((counts > 0) & (counts <= MOST_POSTINGS))
    # Rarest first within each row, then the first few of each.
    places = places[np.lexsort((counts[places], rows[places]))]
    sizes = np.bincount(rows[places], minlength=len(part))
    rank = np.arange(len(places)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places = places[rank < MOST_LOOKED_UP]
    repeats = counts[places]
    total = int(repeats.sum())
    shift = np.repeat(np.cumsum(repeats) - repeats, repeats)
    found = np.repeat(begins[part.columns[places]], repeats) + np.arange(total) - shift
    products = np.repeat(part.values[places], repeats).astype(np.float64)
    products *= postings[1][found]
    keys = np.repeat(rows[places], repeats) * width + postings[0][found]
    pairs, inverse = np.unique(keys, return_inverse=True)
    sums = np.bincount(inverse, products, minlength=len(pairs))
    return pairs, sums.astype(np.float64)


def chain(
    matches: Sequence[tuple[int, int, float]], *, least: float = LEAST_LIKENESS
) -> list[tuple[int, int]]:
    """Return the longest run of matches that rises on both sides, without outliers."""
    kept = [(i, j) for i, j, value in matches if value >= least]
    return _without_outliers(_longest_rising(kept))


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence whose second numbers rise too."""
    ends: list[int] = []  # of each length: the lowest last number
    places: list[int] = []
    before: list[int] = []
    for k, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(places[length - 1] if length else -1)
        if length == len(ends):
            ends.append(j)
            places.append(k)
        else:
            ends[length] = j
            places[length] = k
    found = []
    k = places[-1] if places else -1
    while k >= 0:
        found.append(pairs[k])
        k = before[k]
    return found[::-1]


NEIGHBOURS: Final = 5
FARTHEST: Final = 12  # segments off the path of the neighbours on both sides


def _without_outliers(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out anchors that agree neither with those before nor with those after.

    The band must go through each anchor, so that a wrong one costs its neighbours. A
    place where one text lacks a part is no outlier: the next ones agree with it.
    """
    offsets = np.array([j - i for i, j in pairs])
    kept = []
    for k, pair in enumerate(pairs):
        sides = (
            offsets[max(k - NEIGHBOURS, 0) : k],
            offsets[k + 1 : k + 1 + NEIGHBOURS],
        )
        near = [
            abs(float(np.median(side)) - offsets[k]) <= FARTHEST
            for side in sides
            if len(side)
        ]
        if not near or any(near):
            kept.append(pair)
    return kept
