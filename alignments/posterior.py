"""How probable beads are: sums over all paths through a band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from satzpaar.alignments.search import IMPOSSIBLE, Lattice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from satzpaar.alignments.band import Block
    from satzpaar.alignments.search import Scores


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


class PathSums:
    """Sums over all paths of a band.

    A path's probability is proportional to the exponential of its sum of scores.
    """

    def __init__(self, scores: Scores, blocks: Sequence[Block]) -> None:
        self.scores, self.blocks = scores, tuple(blocks)
        lattice = Lattice(scores)
        self._forward = _forward(lattice, blocks)
        self._backward = _backward(lattice, blocks)
        # The logarithm of the sum over all paths. Its derivative by a weight is the sum
        # of what the weight is multiplied with, over the beads by their probability.
        self.total = float(self._forward[-1][-1, -1])

    def expected(self, number: int) -> Expected:
        """Return the probability of each bead of a block, given by its number."""
        lattice, side = Lattice(self.scores), self.scores.max_side
        before = None
        if number:
            lattice.block = self.blocks[number - 1]
            before = np.pad(
                self._forward[number - 1],
                ((side, 0), (side, 0)),
                constant_values=IMPOSSIBLE,
            )
        block = self.blocks[number]
        forward, backward = self._forward[number], self._backward[number]
        width = len(block.columns)
        values = lattice.carried(before, block)
        values[side:, side:] = forward
        entries = lattice.entries(block)
        for r in range(len(block.rows)):
            entries[r] += lattice.windows(values, side + r, width)
            entries[r] += backward[r][:, None] - self.total
        found = np.exp(entries)[:, ::-1, :, ::-1]
        skips = np.zeros((len(block.rows), width))
        worth = self.scores.target_skips[block.columns.start : block.columns.stop - 1]
        skips[:, 1:] = np.exp(forward[:, :-1] + worth + backward[:, 1:] - self.total)
        return Expected(block, found[:, :, :, 1:], found[:, 0, :, 0], skips)


class ChanceScores:
    """Beads scored by their probability: the best path has the most right ones.

    A segment is left out wherever the other text stands meanwhile: its probability is
    the sum over all places.
    """

    def __init__(self, sums: PathSums) -> None:
        self.max_side = sums.scores.max_side
        self.source_skips = np.zeros_like(sums.scores.source_skips)
        self.target_skips = np.zeros_like(sums.scores.target_skips)
        self._sums = sums
        self._numbers = {block: k for k, block in enumerate(sums.blocks)}
        for number, block in enumerate(sums.blocks):
            found = sums.expected(number)
            first = max(block.rows.start, 1)
            self.source_skips[first - 1 : block.rows.stop - 1] += (
                found.source_skips.sum(axis=1)[first - block.rows.start :]
            )
            self.target_skips[block.columns.start : block.columns.stop - 1] += (
                found.target_skips.sum(axis=0)[1:]
            )

    def left_out(self) -> float:
        """Return the share of both texts' segments that should have no counterpart."""
        both = np.concatenate([self.source_skips, self.target_skips])
        return float(both.mean()) if len(both) else 0.0

    def block(self, block: Block) -> NDArray[np.float64]:
        """Return the probabilities of the beads with two sides."""
        return self._sums.expected(self._numbers[block]).beads
