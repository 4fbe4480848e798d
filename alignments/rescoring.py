"""A second opinion on doubtful beads: what a translation model makes of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from satzpaar.alignments.band import Block
from satzpaar.translate.scoring import score_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.alignments.cost import Pair
    from satzpaar.alignments.search import Scores
    from satzpaar.translate.engine import Engine

Nodes = tuple[tuple[int, int], ...]
_Span = tuple[int, int, int, int]  # first source segment, its end, the target's


class Scorer(Protocol):
    """A model that tells how probable a translation is."""

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return the mean log-probability per target token of each (source, target).

        NaN stands for a pair that the model cannot take; it counts for nothing.
        """
        ...


class EngineScorer:
    """A translation engine as a scorer, by forced decoding."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return the mean log-probabilities, NaN for pairs that are too long."""
        return [
            math.nan if score is None else score.mean
            for score in score_pairs(pairs, self._engine)
        ]


@dataclass(frozen=True, slots=True)
class RescoringOptions:
    """Which beads are looked at again, and how much the model's word counts."""

    doubtful: float = 0.6  # posteriors below it
    longest: int = 6  # segments on a side of a neighbourhood
    candidates: int = 6  # segmentations of a neighbourhood that are compared
    # Of a bead's score for each natural log unit of the model per target word, times
    # the square root of the words: a model is as sure of its hundredth word as of its
    # first, but not a hundred times as right. Ours: with the bundled model 0.2 and 0.5
    # were tried, see docs/alignment.md.
    weight: float = 0.2


@dataclass(frozen=True, slots=True)
class Rescored:
    """A path, and the probability of each of its beads."""

    nodes: Nodes
    posteriors: tuple[float, ...]


def rescored(
    pair: Pair,
    scores: Scores,
    nodes: Sequence[tuple[int, int]],
    posteriors: Sequence[float],
    scorer: Scorer,
    options: RescoringOptions,
) -> Rescored:
    """Compare the segmentations of each doubtful neighbourhood once more.

    A bead gains by how much more probable its target is given its source than given
    one from elsewhere in the text; beads with one side gain nothing.
    """
    found = [
        (first, last, _candidates(scores, nodes[first], nodes[last], options))
        for first, last in neighbourhoods(nodes, posteriors, options)
    ]
    gains = _gains(pair, [path for *_, paths in found for _, path in paths], scorer)
    new_nodes, new_posteriors = list(nodes), list(posteriors)
    for first, last, paths in reversed(found):
        totals = [
            worth + options.weight * sum(gains.get(span, 0.0) for span in _spans(path))
            for worth, path in paths
        ]
        highest = max(totals)
        shares = [math.exp(total - highest) for total in totals]
        best = paths[totals.index(highest)][1]
        chances = [
            sum(
                share
                for share, (_, path) in zip(shares, paths, strict=True)
                if span in _spans(path)
            )
            / sum(shares)
            for span in _spans(best)
        ]
        new_nodes[first : last + 1] = best
        new_posteriors[first:last] = chances
    return Rescored(tuple(new_nodes), tuple(new_posteriors))


def neighbourhoods(
    nodes: Sequence[tuple[int, int]],
    posteriors: Sequence[float],
    options: RescoringOptions,
) -> Iterator[tuple[int, int]]:
    """Yield runs of doubtful beads as numbers of the nodes around them.

    A doubtful bead that stands alone is taken with its neighbours: they are its rivals.
    """
    count, k = len(posteriors), 0
    free = 0  # what lies before belongs to the neighbourhood before
    while k < count:
        if posteriors[k] >= options.doubtful:
            k += 1
            continue
        stop = k + 1
        while stop < count and posteriors[stop] < options.doubtful:
            stop += 1
        first, last = k, stop
        if stop - k == 1:
            first, last = max(k - 1, free), min(stop + 1, count)
        sides = (nodes[last][n] - nodes[first][n] for n in (0, 1))
        if max(sides) <= options.longest:
            yield first, last
            stop = free = last
        k = stop


def _candidates(
    scores: Scores,
    start: tuple[int, int],
    stop: tuple[int, int],
    options: RescoringOptions,
) -> list[tuple[float, Nodes]]:
    """Return the best paths of beads between two nodes, and what they are worth."""
    (top, left), (bottom, right) = start, stop
    block = Block(range(top, bottom + 1), range(left, right + 1))
    entries = scores.block(block)
    paths: dict[tuple[int, int], list[tuple[float, Nodes]]] = {start: [(0.0, (start,))]}
    for i in block.rows:
        for j in block.columns:
            found = paths.setdefault((i, j), [])
            steps = [
                (float(entries[i - top, n - 1, j - left, m - 1]), (i - n, j - m))
                for n in range(1, min(scores.max_side, i - top) + 1)
                for m in range(1, min(scores.max_side, j - left) + 1)
            ]
            if i > top:
                steps.append((float(scores.source_skips[i - 1]), (i - 1, j)))
            if j > left:
                steps.append((float(scores.target_skips[j - 1]), (i, j - 1)))
            found += [
                (before + worth, (*path, (i, j)))
                for worth, node in steps
                for before, path in paths[node]
            ]
            found.sort(key=lambda item: -item[0])
            del found[options.candidates :]
    return paths[stop]


def _spans(path: Nodes) -> list[_Span]:
    return [(i, end, j, last) for (i, j), (end, last) in pairwise(path)]


def _gains(pair: Pair, paths: Sequence[Nodes], scorer: Scorer) -> dict[_Span, float]:
    """Ask the model once for all beads with two sides; each also beside another's."""
    spans = sorted(
        {
            span
            for path in paths
            for span in _spans(path)
            if span[0] < span[1] and span[2] < span[3]
        }
    )
    if not spans:
        return {}
    texts = [
        (
            pair.source.join(range(i, end)),
            pair.target.join(range(j, last)),
            pair.source.join(_elsewhere(range(i, end), len(pair.source))),
        )
        for i, end, j, last in spans
    ]
    told = scorer.scores(
        [(source, target) for source, target, _ in texts]
        + [(other, target) for _, target, other in texts]
    )
    if len(told) != 2 * len(spans):
        raise ValueError(f"{len(told)} scores for {2 * len(spans)} pairs")
    return {
        span: _gain(given, unrelated, target)
        for span, given, unrelated, (_, target, _) in zip(
            spans, told[: len(spans)], told[len(spans) :], texts, strict=True
        )
    }


def _gain(given: float, unrelated: float, target: str) -> float:
    gain = (given - unrelated) * math.sqrt(max(len(target.split()), 1))
    return 0.0 if math.isnan(gain) else gain


FAR: Final = 20  # segments; nearer ones may speak of the same


def _elsewhere(side: range, count: int) -> range:
    """Return as many segments from another place of the text, if it is long enough."""
    start = (side.start + max(FAR, count // 2)) % max(count - len(side) + 1, 1)
    return range(start, start + len(side))
