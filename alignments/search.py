"""The best path of beads through a band."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from satzpaar.alignments.band import Block

IMPOSSIBLE: Final = -np.inf


class Scores(Protocol):
    """What each bead of two texts is worth; the best path has the highest sum."""

    max_side: int  # most segments on a side
    source_skips: NDArray[np.float64]  # (sources), of each segment as a 1-0 bead
    target_skips: NDArray[np.float64]  # (targets), of each segment as a 0-1 bead

    def block(self, block: Block) -> NDArray[np.float64]:
        """Return the scores of the beads with two sides that end at the block's nodes.

        Entry [r, n - 1, c, m - 1] is of *n* source and *m* target segments before the
        node of row *r* and column *c* of the block; minus infinity where there are not
        as many.
        """
        ...


@dataclass(frozen=True, slots=True)
class Path:
    """Beads as the nodes between them, and what each is worth."""

    nodes: tuple[tuple[int, int], ...]  # from (0, 0); one more than the beads
    scores: tuple[float, ...]


def best_path(scores: Scores, blocks: Sequence[Block]) -> Path:
    """Return the path of beads with the highest sum."""
    side = scores.max_side
    lattice = Lattice(scores)
    choices: list[NDArray[np.int16]] = []
    values = None
    for block in blocks:
        entries = lattice.entries(block)
        values = lattice.carried(values, block)
        chosen = np.zeros((len(block.rows), len(block.columns)), dtype=np.int16)
        skips = lattice.skips_before(block)
        width = len(block.columns)
        for r in range(len(block.rows)):
            row = side + r
            windows = lattice.windows(values, row, width)
            candidates = (windows + entries[r]).transpose(1, 0, 2).reshape(width, -1)
            best = candidates.argmax(axis=1)
            ending = candidates[np.arange(width), best]
            if row == side and block.rows.start == 0 and block.columns.start == 0:
                ending[0] = 0.0
            with_skips = np.maximum.accumulate(ending - skips) + skips
            skipping = np.zeros(width, dtype=bool)
            skipping[1:] = with_skips[:-1] + np.diff(skips) > ending[1:]
            # Adding and taking away rounds; where nothing is skipped the sum is exact.
            values[row, side:] = np.where(skipping, with_skips, ending)
            chosen[r] = np.where(skipping, -1, best)
        choices.append(chosen)
    return _traced(scores, blocks, choices)


def _traced(
    scores: Scores, blocks: Sequence[Block], choices: Sequence[NDArray[np.int16]]
) -> Path:
    side = scores.max_side
    i, j = blocks[-1].rows[-1], blocks[-1].columns[-1]
    nodes = [(i, j)]
    number = len(blocks) - 1
    while (i, j) != (0, 0):
        while i < blocks[number].rows.start:
            number -= 1
        block = blocks[number]
        choice = int(choices[number][i - block.rows.start, j - block.columns.start])
        if choice < 0:
            j -= 1
        else:
            # Windows run from the farthest row and column to the nearest.
            n, m = side - choice // (side + 1), side - choice % (side + 1)
            i, j = i - n, j - m
        nodes.append((i, j))
    nodes.reverse()
    return Path(tuple(nodes), tuple(path_scores(scores, blocks, nodes)))


def path_scores(
    scores: Scores, blocks: Sequence[Block], nodes: Sequence[tuple[int, int]]
) -> list[float]:
    """Return the scores of a path's beads; its nodes lie in the band."""
    found: list[float] = []
    number, entries = -1, None
    for (i, j), (end, last) in pairwise(nodes):
        n, m = end - i, last - j
        if n == 0 or m == 0:
            skips = scores.source_skips[i:end].sum() + scores.target_skips[j:last].sum()
            found.append(float(skips))
            continue
        while number < 0 or end >= blocks[number].rows.stop:
            number, entries = number + 1, None
        if entries is None:
            entries = scores.block(blocks[number])
        rows, columns = blocks[number].rows, blocks[number].columns
        found.append(
            float(entries[end - rows.start, n - 1, last - columns.start, m - 1])
        )
    return found


class Lattice:
    """Scores and values by block, in windows of the nodes before each node."""

    def __init__(self, scores: Scores) -> None:
        self.scores = scores
        self.side = scores.max_side
        self.block: Block | None = None
        self._skips = np.concatenate([[0.0], np.cumsum(scores.target_skips)])

    def skips_before(self, block: Block) -> NDArray[np.float64]:
        """Return the worth of leaving out all target segments before each node."""
        return self._skips[block.columns.start : block.columns.stop]

    def entries(self, block: Block) -> NDArray[np.float64]:
        """Return [row, earlier row, column, earlier column] of a block, near ones last.

        As in `windows`; 1-0 beads are in it, 0-1 beads are not.
        """
        side = self.side
        two_sided = self.scores.block(block)
        shape = (len(block.rows), side, len(block.columns), side + 1)
        entries = np.full(shape, IMPOSSIBLE)
        entries[:, :, :, :side] = two_sided[:, ::-1, :, ::-1]
        first = max(block.rows.start, 1)
        skips = self.scores.source_skips[first - 1 : block.rows.stop - 1]
        entries[first - block.rows.start :, side - 1, :, side] = skips[:, None]
        return entries

    def windows(
        self, values: NDArray[np.float64], row: int, width: int
    ) -> NDArray[np.float64]:
        """Return [earlier row, column, earlier column] of the values before a row."""
        shape = (self.side, width, self.side + 1)
        part = values[row - self.side : row]
        rows, columns = part.strides
        return np.lib.stride_tricks.as_strided(part, shape, (rows, columns, columns))

    def carried(
        self, values: NDArray[np.float64] | None, block: Block
    ) -> NDArray[np.float64]:
        """Return room for a block's values, the last rows before it filled in."""
        side = self.side
        fresh = np.full((len(block.rows) + side, len(block.columns) + side), IMPOSSIBLE)
        before, self.block = self.block, block
        if values is None or before is None:
            return fresh
        first = max(block.columns.start - side, before.columns.start)
        last = min(block.columns.stop, before.columns.stop)
        rows = min(side, len(before.rows))
        fresh[
            side - rows : side,
            first - block.columns.start + side : last - block.columns.start + side,
        ] = values[
            len(values) - rows :,
            first - before.columns.start + side : last - before.columns.start + side,
        ]
        return fresh
