"""Segments as sparse vectors of character n-grams that may be added up.

The vector of several segments is the sum of theirs, so that the likeness of any two
runs of segments follows from the products of single segments.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# N-grams are told by a hash, and two that share one count as the same. Of all n-grams
# of a text about one in sixteen then does, until a book's 4 million hashes are full;
# texts still tell apart.
LEAST_BITS: Final = 14
MOST_BITS: Final = 22
HASHES_PER_CHARACTER: Final = 4
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 / golden ratio; Knuth, vol. 3
_SEGMENTS_AT_ONCE: Final = 2048

# Scripts that put no spaces between words: two characters are a word or most of one.
UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # ideographs
)
NO_WORD: Final = re.compile(r"[^\w]+")
DIGITS: Final = re.compile(r"\d+(?:[.,'\u2019\u00a0\u202f ]\d{3})*(?![\d])")
NO_DIGIT: Final = re.compile(r"\D+")
_SPACE: Final = ord(" ")


@dataclass(frozen=True, slots=True)
class Sparse:
    """Rows of non-negative numbers, most of them 0.

    Row *i* has ``values[starts[i]:starts[i + 1]]`` in the columns
    ``columns[starts[i]:starts[i + 1]]``, which rise.
    """

    starts: NDArray[np.int64]
    columns: NDArray[np.uint32]
    values: NDArray[np.float32]
    width: int  # columns that there may be

    def __len__(self) -> int:
        return len(self.starts) - 1

    def rows(self, start: int, stop: int) -> Sparse:
        """Return some rows, without a copy."""
        first, last = self.starts[start], self.starts[stop]
        return Sparse(
            self.starts[start : stop + 1] - first,
            self.columns[first:last],
            self.values[first:last],
            self.width,
        )

    def row_of_entry(self) -> NDArray[np.int64]:
        """Return the row that each value stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def squares(self) -> NDArray[np.float64]:
        """Return each row's product with itself."""
        squares = self.values.astype(np.float64) ** 2
        found = np.bincount(self.row_of_entry(), squares, minlength=len(self))
        return found.astype(np.float64)


def folded(text: str) -> str:
    """Return the words of a text without accents and capitals, single spaces around.

    >>> folded("Das Café, Ärger!")
    ' das cafe arger '
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    if not decomposed.isascii():
        decomposed = "".join(c for c in decomposed if not unicodedata.combining(c))
    return f" {NO_WORD.sub(' ', decomposed).strip()} "


def compared(text: str) -> str:
    """Return what of a text is compared: its folded words, and its numbers once more.

    Numbers are what translations share most surely, and languages mark thousands
    differently.
    """
    return folded(text) + numbers_of(text)[1:]


def numbers_of(text: str) -> str:
    """Return the numbers of a text as words, the marks between thousands left out.

    >>> numbers_of("Am 3. Mai 1956 waren es 1.200 oder 1 300.")
    ' 3 1956 1200 1300 '
    """
    found = (NO_DIGIT.sub("", number) for number in DIGITS.findall(text))
    return f" {' '.join(found)} "


def hash_bits(characters: int) -> int:
    """Return how many bits tell the n-grams of a text of that size."""
    needed = (HASHES_PER_CHARACTER * characters).bit_length()
    return min(max(needed, LEAST_BITS), MOST_BITS)


def character_ngrams(texts: Sequence[str], *, bits: int = MOST_BITS) -> Sparse:
    """Count the n-grams of folded texts: 4 and 5 characters within words.

    The spaces around a word belong to it; a word of one character is an n-gram too, and
    so are two characters of a script without spaces.
    """
    starts, columns, counts = [np.zeros(1, dtype=np.int64)], [], []
    for first in range(0, len(texts), _SEGMENTS_AT_ONCE):
        part = texts[first : first + _SEGMENTS_AT_ONCE]
        keys, found = np.unique(_keys_of_ngrams(part, bits), return_counts=True)
        sizes = np.bincount((keys >> bits).astype(np.int64), minlength=len(part))
        starts.append(starts[-1][-1] + np.cumsum(sizes))
        columns.append((keys & ((1 << bits) - 1)).astype(np.uint32))
        counts.append(found.astype(np.float32))
    empty = np.zeros(0)
    return Sparse(
        np.concatenate(starts),
        np.concatenate([*columns, empty.astype(np.uint32)]),
        np.concatenate([*counts, empty.astype(np.float32)]),
        1 << bits,
    )


def _keys_of_ngrams(texts: Sequence[str], bits: int) -> NDArray[np.int64]:
    """Return a number for each n-gram: its text's number, then its hash."""
    characters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    text_of = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    is_space = characters == _SPACE
    unspaced = np.zeros(len(characters), dtype=bool)
    if len(characters) and characters.max() >= UNSPACED[0][0]:
        for first, last in UNSPACED:
            unspaced |= (characters >= first) & (characters <= last)
    keys = []
    for size in (2, 3, 4, 5):
        count = max(len(characters) - size + 1, 0)
        parts = [slice(k, k + count) for k in range(size)]
        if size == 2:
            kept = unspaced[parts[0]] & unspaced[parts[1]]
        else:
            kept = ~np.logical_or.reduce([is_space[part] for part in parts[1:-1]])
            if size == 3:
                kept &= is_space[parts[0]] & is_space[parts[-1]]
        places = np.flatnonzero(kept)
        mixed = np.full(len(places), size, dtype=np.uint64)
        for k in range(size):
            mixed = (mixed + characters[places + k]) * _MIX
            mixed ^= mixed >> np.uint64(29)
        hashes = (mixed * _MIX) >> np.uint64(64 - bits)
        keys.append((text_of[places] << bits) | hashes.astype(np.int64))
    return np.concatenate(keys)


def weighted(counts: Sparse, weights: NDArray[np.float32]) -> Sparse:
    """Multiply each column by its weight; leave out what becomes 0, or nearly so."""
    values = counts.values * weights[counts.columns]
    kept = values > 0
    sizes = np.bincount(counts.row_of_entry()[kept], minlength=len(counts))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return Sparse(starts, counts.columns[kept], values[kept], counts.width)


def added(left: Sparse, right: Sparse) -> Sparse:
    """Return the sum of two matrices with as many rows and the same columns."""
    starts, columns, values = [np.zeros(1, dtype=np.int64)], [], []
    for first in range(0, len(left), _SEGMENTS_AT_ONCE):
        last = min(first + _SEGMENTS_AT_ONCE, len(left))
        parts = [side.rows(first, last) for side in (left, right)]
        keys = np.concatenate(
            [p.row_of_entry() * left.width + p.columns.astype(np.int64) for p in parts]
        )
        found, place = np.unique(keys, return_inverse=True)
        sums = np.bincount(place, np.concatenate([p.values for p in parts]))
        sizes = np.bincount(found // left.width, minlength=last - first)
        starts.append(starts[-1][-1] + np.cumsum(sizes))
        columns.append((found % left.width).astype(np.uint32))
        values.append(sums.astype(np.float32))
    return Sparse(
        np.concatenate(starts),
        np.concatenate([left.columns[:0], *columns]),
        np.concatenate([left.values[:0], *values]),
        left.width,
    )


def side_by_side(parts: Sequence[Sparse]) -> Sparse:
    """Put the columns of matrices with as many rows beside each other.

    The columns of all but the first are moved by a number of their own: hashes still,
    that fall onto one of another's no more often than by chance.
    """
    rows = np.concatenate([part.row_of_entry() for part in parts])
    moved = [
        (part.columns + np.uint32(k * 0x5F3759)) & np.uint32(part.width - 1)
        for k, part in enumerate(parts)
    ]
    columns = np.concatenate(moved)
    order = np.lexsort((columns, rows))
    starts = np.sum([part.starts for part in parts], axis=0)
    values = np.concatenate([part.values for part in parts])
    return Sparse(starts, columns[order], values[order], parts[0].width)


def inverse_frequencies(*sides: Sparse, power: float = 2.0) -> NDArray[np.float32]:
    """Return each column's weight: the logarithm of how rare it is, to a power.

    0 for columns that no row has.
    """
    size = sides[0].width
    rows = sum(len(side) for side in sides)
    frequency = np.zeros(size, dtype=np.int64)
    for side in sides:
        frequency += np.bincount(side.columns, minlength=size)
    weights = np.zeros(size, dtype=np.float32)
    found = frequency > 0
    weights[found] = np.log((rows + 1) / frequency[found]) ** power
    return weights


def products(left: Sparse, right: Sparse) -> NDArray[np.float64]:
    """Return the product of each row of *left* with each of *right*, densely.

    Segments share few n-grams: looking these up is less work than a product of
    matrices, and keeps to one thread.
    """
    order = np.argsort(right.columns, kind="stable")
    columns = right.columns[order]
    begins = np.searchsorted(columns, left.columns, side="left")
    counts = np.searchsorted(columns, left.columns, side="right") - begins
    shared = np.flatnonzero(counts)
    begins, counts = begins[shared], counts[shared]
    shift = np.cumsum(counts) - counts
    found = np.arange(int(counts.sum())) + np.repeat(begins - shift, counts)
    entries = order[found]
    rows = np.repeat(left.row_of_entry()[shared], counts)
    values = np.repeat(left.values[shared], counts) * right.values[entries]
    cells = rows * len(right) + right.row_of_entry()[entries]
    shape = (len(left), len(right))
    sums = np.bincount(cells, values, minlength=shape[0] * shape[1])
    return sums.astype(np.float64).reshape(shape)
