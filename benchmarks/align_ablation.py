"""What each part of the aligner is worth: strict F1 without it.

    python benchmarks/align_ablation.py [--shared DIR] [--seed 13]

Weights are set to 0 and not fitted anew, so that a part that others could stand in for
looks dearer than it is. On Text+Berg (Google's translation) and on 12 documents each of
the hard and the noisy set of 2017 with Bergamot tiny's.
"""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from align_data import Counts, counts_of, semi_synthetic, textberg

from satzpaar.alignments import cost, likeness, vectors
from satzpaar.alignments.aligner import Aligner, AlignerOptions
from satzpaar.alignments.cost import NgramCost, Pair
from satzpaar.alignments.scoring import WITH_TRANSLATION, Weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align_data import GoldDocument

    from satzpaar.alignments.vectors import Sparse


class WeightedCost(NgramCost):
    """N-grams with other weights."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def weights(self, pair: Pair) -> Weights:  # noqa: ARG002
        """Return those that were given."""
        return self._weights


def strict(documents: Sequence[GoldDocument], aligner: Aligner) -> float:
    """Return the strict F1 of documents."""
    counts = Counts()
    for document in documents:
        found = aligner.align(*document.texts(), translation=document.translation)
        beads = [(tuple(bead.source), tuple(bead.target)) for bead in found.beads]
        counts += counts_of(document.gold, beads)
    return counts.strict()[2]


def whole_words(texts: Sequence[str], *, bits: int) -> Sparse:
    """Count words: each is one n-gram of a length of its own."""
    return vectors.character_ngrams(
        [
            " ".join(f" {hash_of(word):05x}"[:6] + " " for word in text.split())
            for text in texts
        ],
        bits=bits,
    )


def hash_of(word: str) -> int:
    """Return a number of three hexadecimal digits, so that a word is one n-gram."""
    value = 0
    for character in word:
        value = (value * 131 + ord(character)) % 0xFFFFF
    return value


def main() -> None:
    """Print a line for each part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--seed", type=int, default=13)
    arguments = parser.parse_args()
    sets = [[textberg(arguments.shared)]] + [
        semi_synthetic(arguments.shared, 2017, level, seed=arguments.seed)[:12]
        for level in ("hard", "noisy")
    ]

    def line(name: str, aligner: Aligner) -> None:
        scores = "  ".join(f"{strict(documents, aligner):.3f}" for documents in sets)
        print(f"{name:<34} {scores}", flush=True)

    print(f"{'':<34} Berg   hard   noisy")
    line("all", Aligner())
    for part in fields(Weights):
        if part.name not in {"likeness", "skip"}:
            weights = replace(WITH_TRANSLATION, **{part.name: 0.0})
            line(f"without {part.name}", Aligner(WeightedCost(weights)))
    for side in (3, 4, 6):
        options = AlignerOptions(max_side=side)
        line(f"at most {side} segments a side", Aligner(options=options))
    with patch.object(cost, "OWN_SHARE", 0.0):
        line("without the source's own n-grams", Aligner())
    with patch.object(cost, "compared", vectors.folded):
        line("without numbers counted apart", Aligner())
    with patch.object(cost, "character_ngrams", whole_words):
        line("words for n-grams", Aligner())
    with patch.object(likeness, "mutual_best", lambda *_: []):
        line("without anchors (all is searched)", Aligner())


if __name__ == "__main__":
    main()
