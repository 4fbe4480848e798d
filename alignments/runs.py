"""Sums over the segments that stand before a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from satzpaar.alignments.band import Block


def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of the values before each node, one more than there are values."""
    return np.concatenate([[0.0], np.cumsum(values)])


def run_sums(
    sums: NDArray[np.float64], nodes: range, max_side: int
) -> NDArray[np.float64]:
    """Return the sum over the *n* segments before each node, [node, n - 1].

    Where there are not as many, the sum over those there are.
    """
    ends = np.arange(nodes.start, nodes.stop)[:, None]
    starts = np.maximum(ends - np.arange(1, max_side + 1), 0)
    return np.asarray(sums[ends] - sums[starts], dtype=np.float64)


def missing(block: Block, max_side: int) -> NDArray[np.bool_]:
    """Say which beads of a block would begin before their text does."""
    counts = np.arange(1, max_side + 1)
    above, before = (
        np.arange(nodes.start, nodes.stop)[:, None] < counts
        for nodes in (block.rows, block.columns)
    )
    return above[:, :, None, None] | before[None, None]
