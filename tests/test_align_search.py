"""The search for the best path of beads, against trying all paths."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from satzpaar.alignments.band import Block, band_around, touches_edge
from satzpaar.alignments.posterior import ChanceScores, PathSums
from satzpaar.alignments.search import best_path, path_scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Node = tuple[int, int]


class RandomScores:
    """Scores of any value, the same for a bead wherever it is asked for."""

    def __init__(self, sources: int, targets: int, *, max_side: int, seed: int) -> None:
        draw = np.random.default_rng(seed)
        self.max_side = max_side
        self.source_skips = draw.normal(size=sources)
        self.target_skips = draw.normal(size=targets)
        shape = (sources + 1, max_side, targets + 1, max_side)
        self._all = draw.normal(size=shape)
        for n in range(1, max_side + 1):
            self._all[:n, n - 1] = -np.inf
            self._all[:, :, :n, n - 1] = -np.inf

    def block(self, block: Block) -> NDArray[np.float64]:
        """Return a part of the table."""
        rows, columns = block.rows, block.columns
        return self._all[rows.start : rows.stop, :, columns.start : columns.stop].copy()

    def of(self, start: Node, stop: Node) -> float:
        """Return the score of one bead."""
        (i, j), (end, last) = start, stop
        if end == i:
            return float(self.target_skips[j])
        if last == j:
            return float(self.source_skips[i])
        return float(self._all[end, end - i - 1, last, last - j - 1])


def all_paths(stop: Node, max_side: int) -> list[list[Node]]:
    """Return every path of beads to a node."""
    if stop == (0, 0):
        return [[stop]]
    i, j = stop
    steps = [
        (n, m)
        for n in range(max_side + 1)
        for m in range(max_side + 1)
        if n <= i and m <= j and ((n and m) or n + m == 1)
    ]
    return [
        [*path, stop] for n, m in steps for path in all_paths((i - n, j - m), max_side)
    ]


def total(scores: RandomScores, path: list[Node]) -> float:
    return sum(scores.of(a, b) for a, b in pairwise(path))


@pytest.fixture(params=[(4, 5, 2, 1), (5, 3, 3, 2), (0, 4, 2, 3), (4, 0, 2, 4)])
def small(request: pytest.FixtureRequest) -> tuple[RandomScores, Node]:
    sources, targets, max_side, seed = request.param
    scores = RandomScores(sources, targets, max_side=max_side, seed=seed)
    return scores, (sources, targets)


class TestBestPath:
    def test_is_the_best_of_all(self, small: tuple[RandomScores, Node]) -> None:
        """Of all paths of beads there are, none is worth more."""
        scores, stop = small
        best = max(
            all_paths(stop, scores.max_side), key=lambda path: total(scores, path)
        )

        found = best_path(scores, band_around([], *stop, half=1))

        # 1-0 and 0-1 in either order are worth the same.
        assert math.isclose(total(scores, list(found.nodes)), total(scores, best))
        assert math.isclose(sum(found.scores), total(scores, best))

    def test_is_the_same_over_many_blocks(self) -> None:
        """Where blocks begin is a matter of memory, not of the result."""
        scores = RandomScores(70, 65, max_side=3, seed=5)
        whole = (Block(range(71), range(66)),)
        cut = tuple(
            Block(range(first, min(first + 8, 71)), range(66))
            for first in range(0, 71, 8)
        )

        assert best_path(scores, cut) == best_path(scores, whole)

    def test_scores_beads_of_any_path(self, small: tuple[RandomScores, Node]) -> None:
        """Also of one that the search would not choose."""
        scores, stop = small
        path = all_paths(stop, scores.max_side)[-1]

        found = path_scores(scores, band_around([], *stop, half=1), path)

        assert np.allclose(found, [scores.of(a, b) for a, b in pairwise(path)])


class TestPosteriors:
    def test_are_shares_of_all_paths(self, small: tuple[RandomScores, Node]) -> None:
        """A bead is as probable as the paths that it is in, a gap in any place."""
        scores, stop = small
        paths = all_paths(stop, scores.max_side)
        shares = np.exp([total(scores, path) for path in paths])
        asked = paths[0]
        wanted = [
            sum(
                share
                for share, path in zip(shares, paths, strict=True)
                if bead in without_places(path)
            )
            / shares.sum()
            for bead in without_places(asked)
        ]
        blocks = band_around([], *stop, half=1)

        found = path_scores(ChanceScores(PathSums(scores, blocks)), blocks, asked)

        assert np.allclose(found, wanted)

    def test_cover_each_segment_once(self) -> None:
        """The probabilities of the beads that a segment may be in add up to 1."""
        scores = RandomScores(40, 37, max_side=3, seed=6)
        blocks = tuple(
            Block(range(first, min(first + 16, 41)), range(38)) for first in (0, 16, 32)
        )

        sums = PathSums(scores, blocks)

        covered = np.zeros(40)
        for part in map(sums.expected, range(len(blocks))):
            for r, i in enumerate(part.block.rows):
                for n in range(1, min(i, 3) + 1):
                    covered[i - n : i] += part.beads[r, n - 1].sum()
                if i:
                    covered[i - 1] += part.source_skips[r].sum()
        assert np.allclose(covered, 1)

    def test_total_is_of_all_paths(self, small: tuple[RandomScores, Node]) -> None:
        """What fitting the weights goes by."""
        scores, stop = small
        worth = [total(scores, path) for path in all_paths(stop, scores.max_side)]

        found = PathSums(scores, band_around([], *stop, half=1)).total

        assert math.isclose(found, math.log(sum(map(math.exp, worth))))


def without_places(path: Sequence[Node]) -> list[tuple[range, range]]:
    """Return beads; the empty side of a segment left out says nothing."""
    beads = [(range(i, end), range(j, last)) for (i, j), (end, last) in pairwise(path)]
    return [(source or range(0), target or range(0)) for source, target in beads]


class TestChanceScores:
    def test_path_has_the_most_expected_right_beads(
        self, small: tuple[RandomScores, Node]
    ) -> None:
        """Of all paths, none shares more beads with the others by their weight."""
        scores, stop = small
        paths = all_paths(stop, scores.max_side)
        shares = np.exp([total(scores, path) for path in paths])
        shares /= shares.sum()
        beads = [set(without_places(path)) for path in paths]

        def right(path: list[Node]) -> float:
            asked = set(without_places(path))
            overlaps = [len(asked & other) for other in beads]
            return float(shares @ overlaps)

        blocks = band_around([], *stop, half=1)
        by_chance = ChanceScores(PathSums(scores, blocks))
        found = best_path(by_chance, blocks)

        best = max(map(right, paths))
        assert math.isclose(right(list(found.nodes)), best)
        assert math.isclose(sum(found.scores), best)

    def test_tells_how_much_is_left_out(self, small: tuple[RandomScores, Node]) -> None:
        """The share of segments without a counterpart, expected over all paths."""
        scores, stop = small
        paths = all_paths(stop, scores.max_side)
        shares = np.exp([total(scores, path) for path in paths])
        alone = [
            sum(i == end or j == last for (i, j), (end, last) in pairwise(path))
            for path in paths
        ]

        by_chance = ChanceScores(PathSums(scores, band_around([], *stop, half=1)))

        wanted = float(shares @ alone / shares.sum()) / sum(stop)
        assert math.isclose(by_chance.left_out(), wanted)

    def test_is_the_same_over_many_blocks(self) -> None:
        """Also where a block's beads begin in the one before."""
        scores = RandomScores(70, 65, max_side=3, seed=5)
        whole = (Block(range(71), range(66)),)
        cut = tuple(
            Block(range(first, min(first + 8, 71)), range(66))
            for first in range(0, 71, 8)
        )

        one, other = (ChanceScores(PathSums(scores, b)) for b in (whole, cut))

        # Gaps on both sides may stand in either order.
        paths = best_path(one, whole).nodes, best_path(other, cut).nodes
        assert set(without_places(paths[0])) == set(without_places(paths[1]))
        assert math.isclose(one.left_out(), other.left_out())

    def test_of_empty_texts(self) -> None:
        """Nothing is left out of nothing."""
        scores = RandomScores(0, 0, max_side=2, seed=1)
        sums = PathSums(scores, (Block(range(1), range(1)),))

        assert ChanceScores(sums).left_out() == 0


class TestBandAround:
    def test_covers_the_path_through_the_anchors(self) -> None:
        """Every row is searched once, around the anchors on both sides."""
        anchors = [(10, 14), (11, 15), (90, 70)]

        blocks = band_around(anchors, 120, 110, half=3)

        assert [i for block in blocks for i in block.rows] == list(range(121))
        for i, j in [(0, 0), *anchors, (120, 110)]:
            block = next(block for block in blocks if i in block.rows)
            assert max(j - 3, 0) in block.columns
            assert min(j + 3, 110) in block.columns

    def test_is_whole_in_a_gap(self) -> None:
        """Without anchors all of two short texts is searched."""
        (block,) = band_around([], 20, 30, half=2)

        assert block == Block(range(21), range(31))

    def test_is_narrow_in_a_large_gap(self) -> None:
        """Two long texts without an anchor still take linear time."""
        blocks = band_around([], 20_000, 30_000, half=2)

        assert sum(len(b.rows) * len(b.columns) for b in blocks) < 20_000 * 700
        assert best_ends(blocks) == ((0, 0), (20_000, 30_000))

    def test_says_whether_a_path_runs_along_its_edge(self) -> None:
        """The ends of the texts are no edge; a block's side is one."""
        blocks = (Block(range(3), range(4)), Block(range(3, 6), range(2, 9)))

        assert not touches_edge([(0, 0), (2, 2), (3, 3), (5, 8)], blocks, 8)
        assert touches_edge([(0, 0), (2, 3), (5, 8)], blocks, 8)
        assert touches_edge([(0, 0), (2, 2), (4, 2), (5, 8)], blocks, 8)


def best_ends(blocks: tuple[Block, ...]) -> tuple[Node, Node]:
    first, last = blocks[0], blocks[-1]
    return (
        (first.rows[0], first.columns[0]),
        (last.rows[-1], last.columns[-1]),
    )
