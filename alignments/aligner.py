"""Two texts in, their beads out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.alignment import Alignment
from satzpaar.alignments.anchors import chain
from satzpaar.alignments.band import band_around, touches_edge
from satzpaar.alignments.bead import Bead
from satzpaar.alignments.cost import NgramCost, Pair
from satzpaar.alignments.evidence import BeadEvidence
from satzpaar.alignments.posterior import ChanceScores, PathSums
from satzpaar.alignments.rescoring import RescoringOptions, rescored
from satzpaar.alignments.scoring import BeadScores
from satzpaar.alignments.search import best_path, path_scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.alignments.band import Block
    from satzpaar.alignments.cost import Cost
    from satzpaar.alignments.likeness import Likeness
    from satzpaar.alignments.rescoring import Scorer
    from satzpaar.alignments.search import Path
    from satzpaar.alignments.text import Text

# A path along the edge of the band may want to leave it: the band is widened and
# searched again, at most so often.
MOST_WIDENINGS: Final = 3

# Share of segments expected to have no counterpart from which the path with most
# expected right beads is taken, not the most probable one: where gaps are many, two
# strangers paired beat each single way to leave them out, but not all ways together.
# Where they are few it makes hard texts worse. On the development sets nearly all
# easy and hard texts and Text+Berg lie below, nearly all noisy ones above it:
# docs/alignment.md.
MANY_LEFT_OUT: Final = 0.09


@dataclass(frozen=True, slots=True)
class AlignerOptions:
    """What may be chosen."""

    # Most segments on one side of a bead. In gold alignments of literature one sentence
    # becomes up to five; more make the search slower and hardly ever occur.
    max_side: int = 5
    half_band: int = 6  # nodes on each side of the anchors' path
    rescoring: RescoringOptions = field(default_factory=RescoringOptions)

    def __post_init__(self) -> None:
        if not 1 <= self.max_side <= 10:
            raise ValueError(f"{self.max_side} segments a side; 1 to 10 are expected")
        if self.half_band < 1:
            raise ValueError(f"a half band of {self.half_band}; at least 1 is expected")


class Aligner:
    """Pairs the segments of texts with those of their translations."""

    def __init__(
        self,
        cost: Cost | None = None,
        options: AlignerOptions | None = None,
        *,
        scorer: Scorer | None = None,
    ) -> None:
        """Take what the aligner goes by.

        Args:
            cost: How segments are compared. None: by character n-grams.
            options: None: the usual ones.
            scorer: A translation model that is asked about doubtful beads.
        """
        self.cost: Cost = NgramCost() if cost is None else cost
        self.options = options or AlignerOptions()
        self.scorer = scorer

    def align(
        self,
        source: Text,
        target: Text,
        *,
        translation: Sequence[str] | None = None,
        back_translation: Sequence[str] | None = None,
    ) -> Alignment:
        """Pair two texts.

        Args:
            source: One text.
            target: The other.
            translation: A machine's translation of each source segment. None: there is
                only length, and what both languages write alike.
            back_translation: The same of the target, if there is one; it helps.

        Raises:
            ValueError: There are not as many translations as segments.
        """
        pair = Pair(source, target, translation, back_translation)
        likeness = self.cost.likeness(pair, max_side=self.options.max_side)
        evidence = BeadEvidence(pair, likeness)
        scores = BeadScores(evidence, self.cost.weights(pair))
        blocks, path = self._searched(pair, likeness, scores)
        nodes, worth = path.nodes, path.scores
        by_chance = ChanceScores(PathSums(scores, blocks))
        many = by_chance.left_out() >= MANY_LEFT_OUT
        if many:
            nodes = best_path(by_chance, blocks).nodes
            worth = tuple(path_scores(scores, blocks, nodes))
        chances = path_scores(by_chance, blocks, nodes)
        if self.scorer is not None:
            again = rescored(
                pair, scores, nodes, chances, self.scorer, self.options.rescoring
            )
            nodes, chances = again.nodes, list(again.posteriors)
            worth = tuple(path_scores(scores, blocks, nodes))
        calibration = self.cost.calibration(pair)
        beads = []
        steps = zip(pairwise(nodes), worth, chances, strict=True)
        for ((i, j), (end, last)), score, chance in steps:
            confidence = calibration.confidence(
                chance, one_sided=i == end or j == last, many=many
            )
            beads.append(Bead(range(i, end), range(j, last), score, confidence))
        return Alignment(source, target, tuple(beads), self._method(pair))

    def _searched(
        self, pair: Pair, likeness: Likeness, scores: BeadScores
    ) -> tuple[tuple[Block, ...], Path]:
        sides = len(pair.source), len(pair.target)
        anchors = chain(likeness.matches())
        half = self.options.half_band
        for attempt in range(MOST_WIDENINGS + 1):
            blocks = band_around(anchors, *sides, half=half)
            path = best_path(scores, blocks)
            if attempt == MOST_WIDENINGS or not touches_edge(
                path.nodes, blocks, sides[1]
            ):
                break
            half *= 2
        return blocks, path

    def _method(self, pair: Pair) -> str:
        translations = [
            name
            for name, given in (
                ("a translation", pair.translation),
                ("a back-translation", pair.back_translation),
            )
            if given is not None
        ]
        known = " and ".join(translations) or "no translation"
        method = f"satzpaar: {self.cost.name}, {known}, length"
        return f"{method}, rescored" if self.scorer is not None else method


def coverage(alignment: Alignment, *, least: float = 0.5) -> float:
    """Return which share of both texts, by characters, was surely paired.

    That is what lies in beads with two sides that are right with a probability of
    *least* or more. Of a good translation it is over 0.9; a low one says that texts do
    not belong together, a high one does not say that they do: that is what
    `kinship.kinship` looks at. 0 for two empty texts.
    """
    paired = total = 0
    for bead, source, target in alignment.pairs():
        size = len(source) + len(target)
        total += size
        if source and target and (bead.confidence or 0.0) >= least:
            paired += size
    return paired / total if total else 0.0
