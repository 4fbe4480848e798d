"""The band: which part of the plane of two texts is searched for beads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCK_ROWS: Final = 32  # fewer make overhead, more make blocks wide; both cost time
# A gap between two anchors is searched whole if it has no more cells than this, two
# texts of 1,000 segments; beyond that only around its diagonal.
LARGEST_GAP: Final = 1_000_000
WIDTH_IN_LARGE_GAPS: Final = 250


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of nodes.

    Node (i, j) lies behind *i* source segments and *j* target segments.
    """

    rows: range
    columns: range


def band_around(
    anchors: Sequence[tuple[int, int]], sources: int, targets: int, *, half: int
) -> tuple[Block, ...]:
    """Cover a path through the anchors with blocks, from node (0, 0) to the last.

    Args:
        anchors: Segments that belong together, both numbers rising.
        sources: Segments of the source.
        targets: Segments of the target.
        half: Nodes to the left and right of the path.
    """
    lowest = [targets] * (sources + 1)
    highest = [0] * (sources + 1)
    corners = [(0, 0), *anchors, (sources, targets)]
    for k, ((top, left), (bottom, right)) in enumerate(pairwise(corners)):
        top, left = (top, left) if k == 0 else (top + 1, left + 1)
        _cover_gap(lowest, highest, (top, left), (bottom, right), half)
    blocks = []
    for start in range(0, sources + 1, BLOCK_ROWS):
        rows = range(start, min(start + BLOCK_ROWS, sources + 1))
        first = max(min(lowest[i] for i in rows) - half, 0)
        last = min(max(highest[i] for i in rows) + half, targets)
        blocks.append(Block(rows, range(first, last + 1)))
    return tuple(blocks)


def _cover_gap(
    lowest: list[int],
    highest: list[int],
    start: tuple[int, int],
    stop: tuple[int, int],
    half: int,
) -> None:
    (top, left), (bottom, right) = start, stop
    height, width = bottom - top, right - left
    whole = height * width <= LARGEST_GAP
    around = max(WIDTH_IN_LARGE_GAPS, half)
    for i in range(top, bottom + 1):
        first, last = left, right
        if not whole:
            middle = left + width * (i - top) // max(height, 1)
            step = width // max(height, 1) + 1  # to the next row's middle
            first = max(middle - around - step, left)
            last = min(middle + around + step, right)
        lowest[i] = min(lowest[i], first)
        highest[i] = max(highest[i], last)


def touches_edge(
    nodes: Sequence[tuple[int, int]], blocks: Sequence[Block], targets: int
) -> bool:
    """Say whether a path runs along the side of its band, a text's end apart."""
    number = 0
    for i, j in nodes:
        while i >= blocks[number].rows.stop:
            number += 1
        columns = blocks[number].columns
        if (j == columns[0] and j > 0) or (j == columns[-1] and j < targets):
            return True
    return False
