"""How alike runs of source segments and runs of target segments are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from satzpaar.alignments.anchors import mutual_best
from satzpaar.alignments.vectors import products

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from satzpaar.alignments.vectors import Sparse


class Likeness(Protocol):
    """Cosines of runs of up to *max_side* segments of two texts."""

    max_side: int

    def matches(self) -> list[tuple[int, int, float]]:
        """Return single segments that are each other's most alike, and their cosine."""
        ...

    def cosines(self, rows: range, columns: range) -> NDArray[np.float64]:
        """Return how alike the runs are that end at some nodes.

        Entry [r, n - 1, c, m - 1] is of the *n* source segments before node rows[r] and
        the *m* target segments before node columns[c]; where there are not as many,
        any finite number.
        """
        ...


class AddedVectors:
    """Likeness of sparse vectors: a run's vector is the sum of its segments'.

    The cosine of two runs then needs the products of single segments only: the sum over
    a rectangle of them, divided by the norms, which are such sums themselves.
    """

    def __init__(self, source: Sparse, target: Sparse, *, max_side: int) -> None:
        self.max_side = max_side
        self._sides = (source, target)
        self._norms = tuple(_norms(side, max_side) for side in self._sides)

    def matches(self) -> list[tuple[int, int, float]]:
        """Return single segments that are each other's most alike."""
        return mutual_best(*self._sides)

    def _products(self, rows: range, columns: range) -> NDArray[np.float64]:
        source, target = self._sides
        step = 512
        parts = [
            products(
                source.rows(rows.start, rows.stop),
                target.rows(start, min(start + step, columns.stop)),
            )
            for start in range(
                columns.start, max(columns.stop, columns.start + 1), step
            )
        ]
        return np.concatenate(parts, axis=1).astype(np.float64)

    def cosines(self, rows: range, columns: range) -> NDArray[np.float64]:
        """Return sums over rectangles of products, divided by the norms."""
        side = self.max_side
        top, left = max(rows.start - side, 0), max(columns.start - side, 0)
        last_row, last_column = rows.stop - 1, columns.stop - 1
        sums = np.zeros((last_row - rows.start + 1 + side, len(columns) + side))
        inner = self._products(range(top, last_row), range(left, last_column))
        row, column = top - (rows.start - side) + 1, left - (columns.start - side) + 1
        sums[row:, column:] = inner.cumsum(axis=0).cumsum(axis=1)
        found = np.empty((len(rows), side, len(columns), side))
        whole = sums[side:, side:]
        for n in range(1, side + 1):
            above = sums[side - n : len(sums) - n, side:]
            for m in range(1, side + 1):
                stop = sums.shape[1] - m
                before = sums[side:, side - m : stop]
                corner = sums[side - n : len(sums) - n, side - m : stop]
                found[:, n - 1, :, m - 1] = whole - above - before + corner
        found /= self._norms[0][rows.start : rows.stop, :, None, None]
        found /= self._norms[1][None, None, columns.start : columns.stop, :]
        return found


def _norms(side: Sparse, max_side: int) -> NDArray[np.float64]:
    """Return the norm of the *n* rows before each node, [node, n - 1]; never 0."""
    count = len(side)
    lagged = np.zeros((max_side, count))  # products of each row with the k-th before it
    step = 256
    for start in range(0, count, step):
        stop = min(start + step, count)
        first = max(start - max_side + 1, 0)
        rows = side.rows(first, stop)
        block = products(side.rows(start, stop), rows)
        for k in range(max_side):
            i = np.arange(max(start, k), stop)
            lagged[k, i] = block[i - start, i - k - first]
    squares = np.zeros((count + 1, max_side))
    for n in range(1, max_side + 1):
        # The last row's square, twice its products with the others, and the others.
        added = lagged[0] + 2 * lagged[1:n].sum(axis=0)
        squares[1:, n - 1] = added
        if n > 1:
            squares[1:, n - 1] += squares[:-1, n - 2]
    return np.sqrt(np.maximum(squares, 1e-12))
