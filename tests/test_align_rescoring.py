"""The translation model's word on doubtful beads."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest

from satzpaar.alignments.aligner import Aligner, AlignerOptions
from satzpaar.alignments.cost import Pair
from satzpaar.alignments.rescoring import (
    RescoringOptions,
    neighbourhoods,
    rescored,
)
from satzpaar.alignments.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from satzpaar.alignments.band import Block

SOURCE = Text.of_lines(["one two", "three", *(f"filler{k}" for k in range(60))])
TARGET = Text.of_lines(["ONE TWO THREE", "FOUR", *(f"FILLER{k}" for k in range(60))])


class CapitalsScorer:
    """A model that expects the source's words in capitals, and no others."""

    def __init__(self) -> None:
        self.calls: list[list[tuple[str, str]]] = []

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return the mean over the words of each target."""
        self.calls.append(list(pairs))
        return [self._mean(source.upper().split(), target) for source, target in pairs]

    def _mean(self, expected: list[str], target: str) -> float:
        words = target.split()
        told = [-0.1 if word in expected else -8.0 for word in words]
        return sum(told) / max(len(words), 1)


class ShortScorer:
    """A model that loses an answer."""

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return one answer too few."""
        return [0.0] * (len(pairs) - 1)


class FlatScores:
    """A search that cannot tell one bead from another; 1-0 and 0-1 cost a little."""

    max_side = 2

    def __init__(self) -> None:
        self.source_skips = np.full(len(SOURCE), -0.5)
        self.target_skips = np.full(len(TARGET), -0.5)

    def block(self, block: Block) -> NDArray[np.float64]:
        """Return 0 for every bead there may be."""
        found = np.zeros((len(block.rows), 2, len(block.columns), 2))
        for n in (1, 2):
            found[[i < n for i in block.rows], n - 1] = -np.inf
            found[:, :, [j < n for j in block.columns], n - 1] = -np.inf
        return found


NODES = [(0, 0), (1, 1), (2, 2), *((k, k) for k in range(3, 63))]
POSTERIORS = [0.4, 0.4, *[0.99] * 60]


class TestRescored:
    def test_takes_the_segmentation_that_the_model_finds_likelier(self) -> None:
        """The search sees no difference; the model knows that a word is missing."""
        scorer = CapitalsScorer()

        found = rescored(
            Pair(SOURCE, TARGET),
            FlatScores(),
            NODES,
            POSTERIORS,
            scorer,
            RescoringOptions(weight=1.0),
        )

        assert found.nodes[:3] == ((0, 0), (2, 1), (2, 2))
        assert found.posteriors[0] > 0.5
        assert found.nodes[3:] == tuple(NODES[3:])
        assert len(found.posteriors) == len(found.nodes) - 1

    def test_asks_once(self) -> None:
        """One call, so that the engine can make batches of its own."""
        scorer = CapitalsScorer()

        rescored(
            Pair(SOURCE, TARGET),
            FlatScores(),
            NODES,
            POSTERIORS,
            scorer,
            RescoringOptions(),
        )

        assert len(scorer.calls) == 1

    def test_leaves_sure_beads_alone(self) -> None:
        """The model is not even asked."""
        scorer = CapitalsScorer()

        found = rescored(
            Pair(SOURCE, TARGET),
            FlatScores(),
            NODES,
            [0.99] * 62,
            scorer,
            RescoringOptions(),
        )

        assert list(found.nodes) == NODES
        assert scorer.calls == []

    def test_refuses_a_model_that_loses_a_score(self) -> None:
        """A missing score is an error, never a shift of the rest."""
        with pytest.raises(ValueError, match="scores for"):
            rescored(
                Pair(SOURCE, TARGET),
                FlatScores(),
                NODES,
                POSTERIORS,
                ShortScorer(),
                RescoringOptions(),
            )


class TestNeighbourhoods:
    @pytest.mark.parametrize(
        ("posteriors", "wanted"),
        [
            pytest.param([0.9, 0.9, 0.9, 0.9], [], id="nothing is doubtful"),
            pytest.param([0.9, 0.2, 0.2, 0.9], [(1, 3)], id="a run"),
            pytest.param([0.9, 0.2, 0.9, 0.9], [(0, 3)], id="one with its neighbours"),
            pytest.param([0.2, 0.9, 0.9, 0.2], [(0, 2), (2, 4)], id="at the ends"),
        ],
    )
    def test_are_runs_of_doubtful_beads(
        self, posteriors: list[float], wanted: list[tuple[int, int]]
    ) -> None:
        """A doubtful bead alone has its neighbours as rivals."""
        nodes = [(k, k) for k in range(5)]

        assert list(neighbourhoods(nodes, posteriors, RescoringOptions())) == wanted

    def test_do_not_overlap(self) -> None:
        """Each bead is looked at once."""
        nodes = [(k, k) for k in range(8)]
        posteriors = [0.9, 0.2, 0.9, 0.2, 0.9, 0.9, 0.2]

        found = list(neighbourhoods(nodes, posteriors, RescoringOptions()))

        for (_, stop), (start, _) in itertools.pairwise(found):
            assert stop <= start

    def test_too_long_ones_are_left_alone(self) -> None:
        """The number of segmentations grows too fast."""
        nodes = [(k, k) for k in range(31)]

        assert not list(neighbourhoods(nodes, [0.1] * 30, RescoringOptions()))


def test_the_aligner_says_that_it_asked() -> None:
    found = Aligner(options=AlignerOptions(), scorer=CapitalsScorer()).align(
        SOURCE, TARGET
    )

    assert found.method.endswith("rescored")
