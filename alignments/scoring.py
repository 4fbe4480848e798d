"""From evidence to the scores of beads."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from satzpaar.alignments.band import Block
    from satzpaar.alignments.evidence import BeadEvidence


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each piece of evidence counts: natural log-odds, so that sums are too.

    The names after the first are those of `BeadEvidence.NAMES`.
    """

    skip: float  # of a segment without a counterpart
    likeness: float  # times mass
    mass: float  # how alike texts have to be before it speaks for them, times mass
    length: float
    extra: float  # of each segment beyond two
    ending: float  # where both sides end with the same kind of mark


# Found by maximum likelihood on the development sets: benchmarks/align_fit.py.
WITH_TRANSLATION: Final = Weights(-2.07, 14.17, -1.62, -6.73, -1.96, 2.3)
WITHOUT_TRANSLATION: Final = Weights(-1.34, 16.86, 1.2, -7.15, -1.68, 2.23)


class BeadScores:
    """Scores of the beads of two texts, as `search.Scores` has them."""

    def __init__(self, evidence: BeadEvidence, weights: Weights) -> None:
        self.max_side = evidence.max_side
        self._evidence = evidence
        self._weights = np.array(astuple(weights)[1:])
        self.source_skips, self.target_skips = (
            np.full(count, weights.skip) for count in evidence.sides
        )

    def block(self, block: Block) -> NDArray[np.float64]:
        """Return the weighted sum of the evidence."""
        scores: NDArray[np.float64] = np.tensordot(
            self._weights, self._evidence.block(block), axes=1
        )
        layout = self._evidence.layout(block)
        if layout is not None:
            scores += layout
        scores[self._evidence.missing(block)] = -np.inf
        return scores
