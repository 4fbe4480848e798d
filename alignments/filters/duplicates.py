"""The filter for units that are nearly those that were kept before."""

from __future__ import annotations

import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from satzpaar.alignments.filters.filter import Score
from satzpaar.alignments.filters.memory import fold, hash64

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from satzpaar.alignments.bitext import TranslationUnit

    _Reduced = tuple[np.uint64, NDArray[np.uint16], NDArray[np.int64]]

# MinHash: the share of equal minima estimates the Jaccard similarity of two sets.
# Source: Broder (1997), "On the Resemblance and Containment of Documents". With 16
# bands of 4, two units that share 0.8 are compared with a probability of .9998.
BANDS: Final = 16
ROWS: Final = 4
HASHES: Final = BANDS * ROWS

CAPACITY: Final = 1 << 20  # units that are remembered; some 200 MB when all are in use
PRIME: Final = (1 << 31) - 1


class Duplicates:
    """The similarity, from 0 to 1, to the most similar unit that was kept before.

    Both sides count together: the same sentence with another translation is none. A
    unit is the set of its words and pairs of words, case and punctuation left out,
    numbers left in. Units of few words have to be the same.

    The memory is bounded: each unit has its slot, which a later one may take over, so
    that in a corpus larger than *capacity* some duplicates pass.
    """

    name: ClassVar[str] = "duplicate"
    at_most: ClassVar[bool] = True

    def __init__(self, threshold: float = 0.8, *, capacity: int = CAPACITY) -> None:
        self.threshold = threshold
        self._capacity = capacity
        random = np.random.default_rng(20260101)
        self._factors = random.integers(1, PRIME, HASHES, dtype=np.int64)
        self._summands = random.integers(0, PRIME, HASHES, dtype=np.int64)
        # Zeros take no memory until they are written to.
        self._exact = np.zeros(4 * capacity, np.uint64)
        self._signatures = np.zeros((capacity, HASHES), np.uint16)
        self._slots = np.zeros((BANDS, capacity), np.uint32)  # 0: empty; else place + 1
        self._next = 0
        self._last: tuple[TranslationUnit, _Reduced] | None = None

    def score(self, unit: TranslationUnit) -> Score:
        """Compare with what was kept."""
        key, signature, bands = self._reduced(unit)
        if self._exact[key % len(self._exact)] == key:
            return Score(1.0)
        places = self._slots[np.arange(BANDS), bands]
        places = np.unique(places[places > 0]) - 1
        if not len(places):
            return Score(0.0)
        same = (self._signatures[places] == signature).mean(axis=1)
        return Score(float(same.max()))

    def remember(self, unit: TranslationUnit) -> None:
        """Note the unit, perhaps in the place of an old one."""
        key, signature, bands = self._reduced(unit)
        self._exact[key % len(self._exact)] = key
        place = self._next
        self._next = (place + 1) % self._capacity
        self._signatures[place] = signature
        self._slots[np.arange(BANDS), bands] = place + 1

    def _reduced(self, unit: TranslationUnit) -> _Reduced:
        """Return a key of the whole unit, its minima, and a slot for each band."""
        if self._last is not None and self._last[0] is unit:
            return self._last[1]  # what is scored is often remembered right after
        sides = fold(unit.source.text), fold(unit.target.text)
        key = np.uint64(hash64("\t".join(sides)) or 1)
        hashes = np.fromiter(
            (
                zlib.crc32(f"{number} {piece}".encode("utf-8", "surrogatepass"))
                for number, side in enumerate(sides)
                for piece in _pieces(side)
            ),
            np.int64,
        )
        if not len(hashes):  # nothing but punctuation, which fold() leaves out
            whole = f"{unit.source.text}\t{unit.target.text}"
            hashes = np.array([zlib.crc32(whole.encode("utf-8", "surrogatepass"))])
        mixed = (hashes[:, None] % PRIME * self._factors + self._summands) % PRIME
        minima = mixed.min(axis=0)  # (HASHES,)
        rows = minima.reshape(BANDS, ROWS)
        bands = (rows * [1, 31, 961, 29791] % PRIME).sum(axis=1) % self._capacity
        reduced = key, (minima & 0xFFFF).astype(np.uint16), bands
        self._last = unit, reduced
        return reduced


def _pieces(side: str) -> list[str]:
    words = side.split()
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return words + pairs
