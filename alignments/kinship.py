"""Whether the two sides of beads resemble each other more than any two texts would.

An aligner pairs the best it finds, and of texts that do not belong together it finds
something too: its confidence is that of a bead among other beads, not of the pair of
texts. What is compared here is each source with its own target and with all others'.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from satzpaar.alignments.vectors import (
    character_ngrams,
    compared,
    inverse_frequencies,
    products,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.alignments.alignment import Alignment

MOST_BEADS: Final = 200  # looked at, spread over the text
FEWEST_BEADS: Final = 4  # with fewer it is chance
# In the longer words of few beads' target. Of 998 lines of newstest2013, 2015 and 2016
# with 40 to 110 characters, 4 of the 52 with fewer in such words are less like their MT
# than `sides.LEAST_LIKENESS_OF_FEW`, 8 of the others.
FEWEST_CHARACTERS: Final = 30
WORD: Final = re.compile(r"\w+")
LONGEST_SHORT_WORD: Final = 3  # letters; two and four tell strangers less well
HASH_BITS: Final = 18  # of n-grams: 200 beads have some tens of thousands


def kinship(
    alignment: Alignment, translation: Sequence[str] | None = None
) -> float | None:
    """Return by how much the cosine of a bead's sides is above that of any two sides.

    Near 0 for texts that do not belong together.

    Args:
        alignment: Its beads with two sides count.
        translation: Of each source segment, if there is one.

    Returns:
        None if there is too little to tell: few beads, or languages of different
        scripts, which have nothing in common at all.
    """
    beads = [bead for bead in alignment.beads if bead.source and bead.target]
    beads = beads[:: max(1, len(beads) // MOST_BEADS)]
    if len(beads) < FEWEST_BEADS:
        return None
    texts = translation or [segment.text for segment in alignment.source.segments]
    sources = [" ".join(texts[i] for i in bead.source) for bead in beads]
    targets = [alignment.target.join(bead.target) for bead in beads]
    counts = [
        character_ngrams([compared(text) for text in side], bits=HASH_BITS)
        for side in (sources, targets)
    ]
    weights = inverse_frequencies(*counts)
    source, target = (weighted(side, weights) for side in counts)
    norms = np.sqrt(np.outer(source.squares(), target.squares()))
    found = products(source, target)
    if not found.any():
        return 0.0 if _share_letters(sources, targets) else None
    cosines = np.divide(found, norms, out=np.zeros_like(norms), where=norms > 0)
    own = cosines.diagonal().mean()
    others = cosines[~np.eye(len(beads), dtype=bool)].mean()
    return float(own - others)


def likeness_of_few(alignment: Alignment, translation: Sequence[str]) -> float | None:
    """Return the cosine of two texts that have too few beads for `kinship`.

    That of the target's n-grams with those of the translation or of the source itself,
    which has the names that a weak machine loses; whichever is higher. Short words do
    not count: there are too few texts to find that any two have "the".

    Returns:
        None if there are more beads, or none; or too little text to tell.
    """
    beads = [bead for bead in alignment.beads if bead.source and bead.target]
    target = " ".join(alignment.target.join(bead.target) for bead in beads)
    if not beads or len(beads) >= FEWEST_BEADS:
        return None
    if len(_long_words(target)) < FEWEST_CHARACTERS:
        return None
    texts = [segment.text for segment in alignment.source.segments]
    first, second = (
        " ".join(side[i] for bead in beads for i in bead.source)
        for side in (translation, texts)
    )
    if not _share_letters([first, second], [target]):
        return None
    counts = character_ngrams(
        [compared(_long_words(text)) for text in (target, first, second)],
        bits=HASH_BITS,
    )
    norms = np.sqrt(np.maximum(counts.squares(), 1e-12))
    found = products(counts.rows(0, 1), counts.rows(1, 3))[0]
    return float((found / (norms[0] * norms[1:])).max())


def _long_words(text: str) -> str:
    return " ".join(
        word
        for word in WORD.findall(text)
        if len(word) > LONGEST_SHORT_WORD or word.isdecimal()
    )


def _share_letters(sources: Sequence[str], targets: Sequence[str]) -> bool:
    source, target = (
        {letter for text in side for letter in compared(text) if letter.isalpha()}
        for side in (sources, targets)
    )
    return bool(source & target)
