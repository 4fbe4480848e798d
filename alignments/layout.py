"""Paragraphs and headings as soft anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from satzpaar.alignments.runs import summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from satzpaar.alignments.band import Block
    from satzpaar.alignments.text import Text

# Ours, assumed: how many paragraph breaks and headings a translation keeps, and how
# many segments that one bead joins have a break between them.
KEPT: Final = 0.85
INSIDE: Final = 0.03
# Where nearly every segment is a paragraph of its own, breaks say nothing.
MOST_BREAKS: Final = 0.8
STRONGEST: Final = 2.5  # natural log; soft: no agreement outweighs what the words say


def agreement(
    source: NDArray[np.bool_], target: NDArray[np.bool_]
) -> NDArray[np.float64] | None:
    """Return what it is worth that two marks agree: [in source, in target].

    That is the logarithm of how much more often they meet in a translation than by
    chance. None: one text has no such marks, or has them everywhere.
    """
    shares = [float(side.mean()) if len(side) else 0.0 for side in (source, target)]
    if not all(0 < share <= MOST_BREAKS for share in shares):
        return None
    p, q = shares
    both = max(KEPT * min(p, q), p * q)
    joint = np.array([[1 - p - q + both, q - both], [p - both, both]])
    chance = np.array([[(1 - p) * (1 - q), (1 - p) * q], [p * (1 - q), p * q]])
    worth = np.log(np.maximum(joint, 1e-9) / chance)
    return np.asarray(np.clip(worth, -STRONGEST, STRONGEST), dtype=np.float64)


class Layout:
    """What paragraphs and headings say of beads."""

    def __init__(self, source: Text, target: Text) -> None:
        breaks = [_breaks(text) for text in (source, target)]
        headings = [
            np.array([kind == "heading" for kind in text.kinds], dtype=bool)
            for text in (source, target)
        ]
        self._breaks, self._headings = breaks, headings
        self._at_ends = agreement(breaks[0][1:-1], breaks[1][1:-1])
        self._at_starts = agreement(*headings)
        self._inside = (0.0, 0.0)
        if self._at_ends is not None:
            self._inside = tuple(
                min(np.log(INSIDE / side[1:-1].mean()), 0.0) for side in breaks
            )
        self._sums = [summed(side.astype(np.float64)) for side in breaks]

    def block(self, block: Block, max_side: int) -> NDArray[np.float64] | None:
        """Return [row, n - 1, column, m - 1] to be added to the beads' scores."""
        found = None
        rows, columns = block.rows, block.columns
        if self._at_ends is not None:
            ends = self._at_ends[
                self._breaks[0][rows.start : rows.stop, None].astype(int),
                self._breaks[1][None, columns.start : columns.stop].astype(int),
            ]
            inside = [
                _inner(sums, nodes, max_side) * worth
                for sums, nodes, worth in zip(
                    self._sums, (rows, columns), self._inside, strict=True
                )
            ]
            found = ends[:, None, :, None] + (
                inside[0][:, :, None, None] + inside[1][None, None]
            )
        if self._at_starts is not None:
            counts = np.arange(1, max_side + 1)
            firsts = [
                side[np.maximum(np.arange(run.start, run.stop)[:, None] - counts, 0)]
                for side, run in zip(self._headings, (rows, columns), strict=True)
            ]
            starts = self._at_starts[
                firsts[0][:, :, None, None].astype(int),
                firsts[1][None, None].astype(int),
            ]
            found = starts if found is None else found + starts
        return found


def _breaks(text: Text) -> NDArray[np.bool_]:
    """Say of each node whether a paragraph ends there; the text's ends are such."""
    numbers = np.array(text.paragraphs, dtype=np.int64)
    return np.concatenate([[True], np.diff(numbers) != 0, [True]])[: len(numbers) + 1]


def _inner(
    sums: NDArray[np.float64], nodes: range, max_side: int
) -> NDArray[np.float64]:
    """Return the breaks between the *n* segments before each node, [node, n - 1]."""
    ends = np.arange(nodes.start, nodes.stop)[:, None]
    starts = np.maximum(ends - np.arange(1, max_side + 1), 0)
    inner = sums[ends] - sums[np.minimum(starts + 1, ends)]
    return np.asarray(np.maximum(inner, 0.0), dtype=np.float64)
