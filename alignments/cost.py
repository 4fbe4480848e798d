"""How alike two texts' segments are: the seam, and n-grams behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from satzpaar.alignments import calibration
from satzpaar.alignments.likeness import AddedVectors
from satzpaar.alignments.scoring import WITH_TRANSLATION, WITHOUT_TRANSLATION, Weights
from satzpaar.alignments.vectors import (
    added,
    character_ngrams,
    compared,
    hash_bits,
    inverse_frequencies,
    side_by_side,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.alignments.calibration import Calibration
    from satzpaar.alignments.likeness import Likeness
    from satzpaar.alignments.text import Text
    from satzpaar.alignments.vectors import Sparse


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and what is known of their translations, ready to be compared."""

    source: Text
    target: Text
    translation: Sequence[str] | None = None  # of each source segment
    back_translation: Sequence[str] | None = None  # of each target segment

    def __post_init__(self) -> None:
        for given, text, name in (
            (self.translation, self.source, "source"),
            (self.back_translation, self.target, "target"),
        ):
            if given is not None and len(given) != len(text):
                raise ValueError(
                    f"{len(given)} translations of {len(text)} {name} segments"
                )

    @property
    def is_translated(self) -> bool:
        """Whether there is a translation of either side."""
        return self.translation is not None or self.back_translation is not None

    def texts(self) -> tuple[list[str], list[str]]:
        """Return the segments of both texts."""
        return (
            [segment.text for segment in self.source.segments],
            [segment.text for segment in self.target.segments],
        )


class Cost(Protocol):
    """A way to tell how alike two texts' segments are."""

    name: str  # for an alignment's method: "character n-grams"

    def likeness(self, pair: Pair, *, max_side: int) -> Likeness:
        """Return the likeness of the runs of segments of two texts."""
        ...

    def weights(self, pair: Pair) -> Weights:
        """Return what this likeness counts beside the rest of the evidence."""
        ...

    def calibration(self, pair: Pair) -> Calibration:
        """Return how posteriors that rest on these weights become confidences."""
        ...


# What the text itself counts beside its translation: names, numbers and cognates that
# the translation may have lost. Found on the development sets: 0.2 is better than 0,
# and 0.5 no better.
OWN_SHARE: Final = 0.2


class NgramCost:
    """Character n-grams of the target and of the source's translation.

    A translation of the target is compared with the source beside it. Without any the
    source itself is compared: names, numbers and cognates.
    """

    name: str = "character n-grams"

    def likeness(self, pair: Pair, *, max_side: int) -> Likeness:
        """Return cosines of the n-grams, those of both directions together."""
        bits = hash_bits(sum(len(text) for side in pair.texts() for text in side))
        source, target = (
            character_ngrams([compared(text) for text in side], bits=bits)
            for side in pair.texts()
        )
        vectors = []
        if pair.translation is not None:
            texts = [compared(text) for text in pair.translation]
            translated = character_ngrams(texts, bits=bits)
            vectors.append(_vectors(translated, source, target))
        if pair.back_translation is not None:
            texts = [compared(text) for text in pair.back_translation]
            translated = character_ngrams(texts, bits=bits)
            vectors.append(_vectors(translated, target, source)[::-1])
        if not vectors:
            vectors.append(_vectors(source, None, target))
        return AddedVectors(*joined(vectors), max_side=max_side)

    def weights(self, pair: Pair) -> Weights:
        """Return those found with a translation, or without."""
        return WITH_TRANSLATION if pair.is_translated else WITHOUT_TRANSLATION

    def calibration(self, pair: Pair) -> Calibration:
        """Return the one found with a translation or the one found without."""
        if pair.is_translated:
            return calibration.WITH_TRANSLATION
        return calibration.WITHOUT_TRANSLATION


def _vectors(text: Sparse, own: Sparse | None, other: Sparse) -> tuple[Sparse, Sparse]:
    """Weight what is compared by how rare it is in both texts."""
    weights = inverse_frequencies(text, other)
    vector = weighted(text, weights)
    if own is not None:
        vector = added(vector, weighted(own, weights * np.float32(OWN_SHARE)))
    return vector, weighted(other, weights)


def joined(pairs: Sequence[tuple[Sparse, Sparse]]) -> tuple[Sparse, Sparse]:
    """Put the columns of several comparisons side by side.

    Products and squares of the rows then are the sums over the comparisons.
    """
    if len(pairs) == 1:
        return pairs[0]
    first, second = (side_by_side([pair[k] for pair in pairs]) for k in (0, 1))
    return first, second
