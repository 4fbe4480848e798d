"""What speaks for and against each bead, apart from how much it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from satzpaar.alignments.layout import Layout
from satzpaar.alignments.length import length_penalty, length_ratio
from satzpaar.alignments.runs import missing, run_sums, summed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from satzpaar.alignments.band import Block
    from satzpaar.alignments.cost import Pair
    from satzpaar.alignments.likeness import Likeness

# What a segment ends with, quotes and brackets apart. Translators keep questions,
# and where one text breaks a sentence at a comma the other has no end there either.
ENDINGS: Final = (".…。", "?？", "!！", ":：", ",;-–—，；、")
# Cosine below which two texts share hardly anything. Sides as unlike as that are far
# more often two segments that both lack a counterpart than likeness alone would tell.
UNLIKE: Final = 0.1
TRAILING: Final = re.compile(r"[\s\"'»«“”„‘’‹›)\]」』）]+$")


def ending(text: str) -> int:
    """Return the kind of mark that a segment ends with; 0: none.

    >>> ending("„Wann?“") == ending("When?")
    True
    """
    last = TRAILING.sub("", text)[-1:]
    found = (k for k, marks in enumerate(ENDINGS, start=1) if last and last in marks)
    return next(found, 0)


class BeadEvidence:
    """The evidence on the beads of two texts, block by block.

    A segment's mass is the square root of its length, in units of the mean bead's.
    """

    # In the order of `Weights`.
    NAMES: Final = ("likeness", "mass", "length", "extra", "ending", "unlike")

    def __init__(self, pair: Pair, likeness: Likeness) -> None:
        self.max_side = likeness.max_side
        self.sides = len(pair.source), len(pair.target)
        self._likeness = likeness
        source, target = (_lengths(side) for side in (pair.texts()))
        self._lengths = summed(source * length_ratio(source, target)), summed(target)
        masses = np.sqrt(source), np.sqrt(target)
        unit = sum(mass.mean() if len(mass) else 0.0 for mass in masses) or 1.0
        self._masses = summed(masses[0] / unit), summed(masses[1] / unit)
        self._endings = tuple(
            np.array([0, *map(ending, side)]) for side in pair.texts()
        )
        self._layout = Layout(pair.source, pair.target)

    def block(self, block: Block) -> NDArray[np.float64]:
        """Return [name, row, n - 1, column, m - 1] of the beads that end in a block."""
        side = self.max_side
        rows, columns = block.rows, block.columns
        shape = (len(rows), side, len(columns), side)
        found = np.zeros((len(self.NAMES), *shape))
        source, target = (
            run_sums(self._masses[k], nodes, side)
            for k, nodes in enumerate((rows, columns))
        )
        mass = source[:, :, None, None] + target[None, None]
        counts = np.arange(1, side + 1)
        cosines = self._likeness.cosines(rows, columns)
        found[0] = mass * cosines
        found[1] = mass
        found[2] = length_penalty(
            run_sums(self._lengths[0], rows, side)[:, :, None, None],
            run_sums(self._lengths[1], columns, side)[None, None],
        )
        found[3] = counts[:, None, None] + counts - 2
        found[4] = (
            self._endings[0][rows.start : rows.stop, None, None, None]
            == self._endings[1][columns.start : columns.stop, None]
        )
        found[5] = np.maximum(1 - cosines / UNLIKE, 0)
        return found

    def layout(self, block: Block) -> NDArray[np.float64] | None:
        """Return what paragraphs and headings add; None where they tell nothing."""
        return self._layout.block(block, self.max_side)

    def missing(self, block: Block) -> NDArray[np.bool_]:
        """Say which beads of a block would begin before their text does."""
        return missing(block, self.max_side)


def _lengths(texts: Iterable[str]) -> NDArray[np.float64]:
    return np.array([len(text) for text in texts], dtype=np.float64)
