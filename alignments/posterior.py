"""How probable beads are: sums over all paths through a band."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from satzpaar.alignments.search import IMPOSSIBLE, Lattice, path_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from satzpaar.alignments.band import Block
    from satzpaar.alignments.search import Scores


def posteriors(
    scores: Scores, blocks: Sequence[Block], nodes: Sequence[tuple[int, int]]
) -> list[float]:
    """Return the probability of each bead of a path among all paths of the band.

    A path's probability is proportional to the exponential of its sum of scores.
    """
    lattice = Lattice(scores)
    forward = _forward(lattice, blocks)
    backward = _backward(lattice, blocks)
    total = forward[-1][-1, -1]
    found = []
    worth = path_scores(scores, blocks, nodes)
    number = 0
    places: list[tuple[int, int]] = []  # of each node: its block and row
    for i, _ in nodes:
        while i >= blocks[number].rows.stop:
            number += 1
        places.append((number, i - blocks[number].rows.start))
    for k, ((_, j), (_, last)) in enumerate(pairwise(nodes)):
        (a, r), (b, q) = places[k], places[k + 1]
        value = (
            forward[a][r, j - blocks[a].columns.start]
            + worth[k]
            + backward[b][q, last - blocks[b].columns.start]
            - total
        )
        found.append(float(np.exp(min(value, 0.0))))
    return found


def _forward(lattice: Lattice, blocks: Sequence[Block]) -> list[NDArray[np.float64]]:
    side = lattice.side
    found = []
    values = None
    for block in blocks:
        entries = lattice.entries(block)
        values = lattice.carried(values, block)
        skips = lattice.skips_before(block)
        width = len(block.columns)
        for r in range(len(block.rows)):
            row = side + r
            windows = lattice.windows(values, row, width)
            candidates = (windows + entries[r]).transpose(1, 0, 2).reshape(width, -1)
            highest = np.maximum(candidates.max(axis=1), -1e300)
            with np.errstate(divide="ignore"):
                ending = highest + np.log(
                    np.exp(candidates - highest[:, None]).sum(axis=1)
                )
            if row == side and block.rows.start == 0 and block.columns.start == 0:
                ending[0] = 0.0
            values[row, side:] = np.logaddexp.accumulate(ending - skips) + skips
        found.append(values[side:, side:].copy())
    return found


def _backward(lattice: Lattice, blocks: Sequence[Block]) -> list[NDArray[np.float64]]:
    side = lattice.side
    found = []
    after: tuple[Block, NDArray[np.float64]] | None = None
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        entries = lattice.entries(block)
        skips = lattice.skips_before(block)
        width = len(block.columns)
        values = np.full((len(block.rows) + side, width + side), IMPOSSIBLE)
        if after is None:
            values[-1, -1] = 0.0
        else:
            _pour(after, (block, values), side)
        for r in range(len(block.rows) - 1, -1, -1):
            row = side + r
            leaving = values[row, side:] + skips
            leaving = np.logaddexp.accumulate(leaving[::-1])[::-1] - skips
            values[row, side:] = leaving
            for w in range(side + 1):
                place = values[row - side : row, w : w + width]
                np.logaddexp(place, leaving + entries[r][:, :, w], out=place)
        found.append(values[side:, side:].copy())
        after = (block, values)
    return found[::-1]


def _pour(
    later: tuple[Block, NDArray[np.float64]],
    earlier: tuple[Block, NDArray[np.float64]],
    side: int,
) -> None:
    """Add what a block owes to the last rows of the block before it."""
    (block, values), (before, into) = later, earlier
    rows = min(side, len(before.rows))
    first = max(block.columns.start - side, before.columns.start)
    last = min(block.columns.stop, before.columns.stop)
    source = values[
        side - rows : side,
        first - block.columns.start + side : last - block.columns.start + side,
    ]
    place = into[
        len(into) - rows :,
        first - before.columns.start + side : last - before.columns.start + side,
    ]
    np.logaddexp(place, source, out=place)


@dataclass(frozen=True, slots=True)
class Expected:
    """How probable the beads are that end at the nodes of a block."""

    block: Block
    beads: NDArray[np.float64]  # [row, n - 1, column, m - 1], as `Scores.block`
    source_skips: NDArray[np.float64]  # [row, column]
    target_skips: NDArray[np.float64]  # [row, column]; the first column is 0


def expected(scores: Scores, blocks: Sequence[Block]) -> tuple[float, list[Expected]]:
    """Return the logarithm of the sum over all paths, and each bead's probability.

    The derivative of that logarithm by a weight is the sum of what the weight is
    multiplied with, over the beads by their probability: what fitting needs.
    """
    lattice = Lattice(scores)
    forward, backward = _forward(lattice, blocks), _backward(lattice, blocks)
    total = float(forward[-1][-1, -1])
    return total, list(_expected(scores, blocks, forward, backward, total))


def _expected(
    scores: Scores,
    blocks: Sequence[Block],
    forward: Sequence[NDArray[np.float64]],
    backward: Sequence[NDArray[np.float64]],
    total: float,
) -> Iterator[Expected]:
    lattice, side, values = Lattice(scores), scores.max_side, None
    for number, block in enumerate(blocks):
        width = len(block.columns)
        values = lattice.carried(values, block)
        values[side:, side:] = forward[number]
        entries = lattice.entries(block)
        for r in range(len(block.rows)):
            entries[r] += lattice.windows(values, side + r, width)
            entries[r] += backward[number][r][:, None] - total
        found = np.exp(entries)[:, ::-1, :, ::-1]
        skips = np.zeros((len(block.rows), width))
        worth = scores.target_skips[block.columns.start : block.columns.stop - 1]
        skips[:, 1:] = np.exp(
            forward[number][:, :-1] + worth + backward[number][:, 1:] - total
        )
        yield Expected(block, found[:, :, :, 1:], found[:, 0, :, 0], skips)
