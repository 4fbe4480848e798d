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
    unlike: float  # of sides that share hardly anything: 1 where they share nothing


# Found by maximum likelihood on the development sets: benchmarks/align_fit.py. With a
# translation the mean of what it finds with and without the last piece of evidence:
# what that gains on semi-synthetic texts it loses on real ones, whose translators
# paraphrase, and half of it keeps most of the one for little of the other. Without a
# translation right pairs are as unlike as wrong ones, and it is left out.
WITH_TRANSLATION: Final = Weights(-2.11, 13.93, -1.43, -6.72, -2.02, 2.32, -0.8)
WITHOUT_TRANSLATION: Final = Weights(-1.34, 16.86, 1.2, -7.15, -1.68, 2.23, 0.0)


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
