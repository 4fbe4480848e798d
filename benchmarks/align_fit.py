"""Find the aligner's weights on the development sets.

    python benchmarks/align_fit.py [--shared DIR] [--no-mt] [--all-evidence]

Prints the weights that make the gold beads most probable among all the paths of beads
in the band (maximum likelihood, a slight pull towards 0), and how well weights found
without one half of Text+Berg align that half. What it prints stands in
``alignments/scoring.py``. The seeds are those of development; the accuracy that is
reported comes from other seeds and other texts.
"""

from __future__ import annotations

import argparse
import functools
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from align_data import (
    DEVELOPMENT,
    LEVELS,
    Counts,
    GoldDocument,
    consecutive,
    counts_of,
    semi_synthetic,
    textberg,
)

from satzpaar.alignments.aligner import Aligner, AlignerOptions
from satzpaar.alignments.anchors import chain
from satzpaar.alignments.band import Block, band_around
from satzpaar.alignments.cost import NgramCost, Pair
from satzpaar.alignments.evidence import BeadEvidence
from satzpaar.alignments.posterior import PathSums
from satzpaar.alignments.scoring import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

MAX_SIDE = AlignerOptions().max_side
HALF_BAND = 12  # wider than in use: the gold has to lie in it
PULL = 0.05  # of the squares of the weights, on the negative log-likelihood
# Text+Berg is one text of 468 segments, but real; the others are 70 times larger.
TEXTBERG_COUNTS, OTHERS_COUNT = 2.0, 0.5
ENDING = len(BeadEvidence.NAMES)
START = Weights(-2.0, 14.0, -2.0, -6.0, -2.0, 2.0, 0.0)


@dataclass(frozen=True, slots=True)
class Example:
    """A text made ready: its evidence by block, and that of its gold beads."""

    blocks: tuple[Block, ...]
    evidence: tuple[NDArray[np.float32], ...]
    missing: tuple[NDArray[np.bool_], ...]
    sides: tuple[int, int]
    gold: NDArray[np.float64]  # in the order of `Weights`
    counts: float


class CachedScores:
    """Scores of an example's beads by any weights."""

    max_side = MAX_SIDE

    def __init__(self, example: Example, weights: NDArray[np.float64]) -> None:
        self._scores = {}
        parts = zip(example.blocks, example.evidence, example.missing, strict=True)
        for block, evidence, missing in parts:
            scores = np.tensordot(weights[1:], evidence, axes=1)
            scores[missing] = -np.inf
            self._scores[block] = scores
        self.source_skips, self.target_skips = (
            np.full(count, weights[0]) for count in example.sides
        )

    def block(self, block: Block) -> NDArray[np.float64]:
        """Return what was computed."""
        return self._scores[block]


def example_of(document: GoldDocument, counts: float, *, mt: bool) -> Example | None:
    """Make a text ready; None if its gold leaves the band."""
    pair = Pair(*document.texts(), document.translation if mt else None)
    likeness = NgramCost().likeness(pair, max_side=MAX_SIDE)
    sides = len(document.source), len(document.target)
    blocks = band_around(chain(likeness.matches()), *sides, half=HALF_BAND)
    made = BeadEvidence(pair, likeness)
    evidence = tuple(made.block(block).astype(np.float32) for block in blocks)
    missing = tuple(made.missing(block) for block in blocks)
    gold = np.zeros(1 + ENDING)
    i = j = 0
    for source, target in document.gold:
        i, j = i + len(source), j + len(target)
        if not source or not target:
            gold[0] += 1
            continue
        number = next(k for k, block in enumerate(blocks) if i in block.rows)
        block = blocks[number]
        if j not in block.columns:
            return None
        gold[1:] += evidence[number][
            :,
            i - block.rows.start,
            len(source) - 1,
            j - block.columns.start,
            len(target) - 1,
        ]
    return Example(blocks, evidence, missing, sides, gold, counts)


def loss(
    weights: NDArray[np.float64], examples: Sequence[Example]
) -> tuple[float, NDArray[np.float64]]:
    """Return the negative log-likelihood of the gold, and its derivative."""
    value = PULL * float(weights @ weights)
    slope = 2 * PULL * weights
    for example in examples:
        sums = PathSums(CachedScores(example, weights), example.blocks)
        mean = np.zeros_like(weights)
        for k, evidence in enumerate(example.evidence):
            part = sums.expected(k)
            mean[0] += part.source_skips.sum() + part.target_skips.sum()
            mean[1:] += np.tensordot(evidence, part.beads, axes=4)
        value += example.counts * (sums.total - float(weights @ example.gold))
        slope = slope + example.counts * (mean - example.gold)
    return value, slope


def minimised(
    function: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]],
    start: NDArray[np.float64],
    *,
    steps: int = 30,
) -> NDArray[np.float64]:
    """Go down by BFGS: Nocedal and Wright (2006), "Numerical Optimization", ch. 6."""
    place, inverse = start, np.eye(len(start))
    value, slope = function(place)
    inverse /= float(np.linalg.norm(slope))
    for _ in range(steps):
        direction = -inverse @ slope
        size = 1.0
        while True:
            new = place + size * direction
            new_value, new_slope = function(new)
            if new_value <= value + 1e-4 * size * float(slope @ direction):
                break
            size *= 0.4
            if size < 1e-6:
                return place
        step, change = new - place, new_slope - slope
        if (curvature := float(step @ change)) > 0:
            left = np.eye(len(start)) - np.outer(step, change) / curvature
            inverse = left @ inverse @ left.T + np.outer(step, step) / curvature
        gain = value - new_value
        place, value, slope = new, new_value, new_slope
        if gain < 1e-5 * abs(value):
            break
    return place


class FixedCost(NgramCost):
    """Character n-grams with weights that are on trial."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def weights(self, pair: Pair) -> Weights:  # noqa: ARG002
        """Return those on trial."""
        return self._weights


def halves(document: GoldDocument) -> list[GoldDocument]:
    """Cut Text+Berg in two before the bead nearest to the middle."""
    middle = len(document.source) // 2
    source, target = next(
        (s, t) for s, t in document.gold if s and t and s[0] >= middle
    )
    i, j = source[0], target[0]
    back = document.back_translation or ()
    return [
        replace(
            document,
            source=document.source[:i],
            target=document.target[:j],
            translation=document.translation[:i],
            back_translation=back[:j],
            gold=[
                (s, t)
                for s, t in document.gold
                if max((-1, *s)) < i and max((-1, *t)) < j
            ],
        ),
        replace(
            document,
            source=document.source[i:],
            target=document.target[j:],
            translation=document.translation[i:],
            back_translation=back[j:],
            gold=[
                (tuple(k - i for k in s), tuple(k - j for k in t))
                for s, t in document.gold
                if (s and s[0] >= i) or (not s and t[0] >= j)
            ],
        ),
    ]


def main() -> None:
    """Fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--documents", type=int, default=4, help="of each set")
    parser.add_argument(
        "--all-evidence",
        action="store_true",
        help="fit the weight of what is unlike too; else it stays 0",
    )
    parser.add_argument("--no-mt", action="store_true", help="fit without translation")
    arguments = parser.parse_args()
    mt = not arguments.no_mt

    others = []
    systems = ("bergamot-tiny", "google", "microsoft")
    for k, (year, level) in enumerate(
        (y, level) for y in DEVELOPMENT for level in LEVELS
    ):
        documents = semi_synthetic(
            arguments.shared, year, level, seed=year + k, translation=systems[k % 3]
        )
        others += documents[k :: 24 // arguments.documents][: arguments.documents]
    ready = functools.partial(example_of, mt=mt)
    examples = [e for d in others if (e := ready(d, OTHERS_COUNT)) is not None]
    print(f"{len(examples)} of {len(others)} semi-synthetic texts can be used")

    texts = [
        textberg(arguments.shared, f"dev.{name}.fr")
        for name in ("google", "europarlfull")
    ]
    start = np.array(astuple(START))

    def fitted(parts: Sequence[GoldDocument]) -> Weights:
        cut = [c for part in parts for c in consecutive(part, MAX_SIDE)]
        berg = [e for c in cut if (e := ready(c, TEXTBERG_COUNTS)) is not None]
        free = np.ones_like(start)
        free[-1] = arguments.all_evidence

        def losses(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            value, slope = loss(weights, [*examples, *berg])
            return value, slope * free

        found = minimised(losses, start)
        return Weights(*(round(float(w), 2) for w in found))

    print(fitted(texts if mt else texts[:1]), flush=True)
    counts = Counts()
    for k in (0, 1):
        weights = fitted([halves(text)[1 - k] for text in (texts if mt else texts[:1])])
        held_out = halves(texts[0])[k]
        aligned = Aligner(FixedCost(weights)).align(
            *held_out.texts(), translation=held_out.translation if mt else None
        )
        found = [(tuple(bead.source), tuple(bead.target)) for bead in aligned.beads]
        counts += counts_of(held_out.gold, found)
        print(f"without half {k + 1}: {weights}", flush=True)
    print(
        "Text+Berg, each half by weights of the other: strict {:.3f}/{:.3f}/{:.3f}, "
        "lax F1 {:.3f}".format(*counts.strict(), counts.lax()[2])
    )


if __name__ == "__main__":
    main()
