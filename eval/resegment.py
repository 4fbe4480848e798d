"""A translation cut into the segments of its reference, by minimum edit distance.

The whole texts are aligned word by word with as few insertions, deletions and
substitutions as can be, and the translation is cut where the reference is. The idea is
that of Matusov, Leusch, Bender, Ney (2005), "Evaluating Machine Translation Output with
Automatic Sentence Segmentation", IWSLT.

The distance is exact. One row of its matrix is two long integers, of one bit a word of
the reference, and follows from the row before by a dozen operations on them: Hyyrö
(2003), "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances",
Nordic Journal of Computing 10. Some rows are kept and those between made again when
the path is traced back, so that memory stays small.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.eval.testset import SystemOutput, TestSet

    Row = tuple[int, int]  # where the distance rises by one from word to word, or falls

METHOD: Final = "edit-distance"  # what signatures say

ROWS_KEPT: Final = 256  # of which one is kept, and made again at a time

# How often a token has to occur in the reference for its places to be kept as bits. A
# kept integer is as long as the reference: those of all words would be too many.
FREQUENT: Final = 32

# Words and punctuation marks apart, so that "end." aligns with "end" and ".".
TOKEN: Final = re.compile(r"\w+|[^\w\s]")
ENDS_SENTENCE: Final = re.compile(r"[.!?…:;][\"'”’»)\]]*$")


def resegmented(system: SystemOutput, testset: TestSet) -> SystemOutput:
    """Cut a system's text as the test set's references are cut.

    Of several references the one that the text is closest to says where.

    Raises:
        InputError: The system has no text.
    """
    text = " ".join(system.hypotheses)
    if not text.strip():
        raise InputError(system.place or system.name, "has no text")
    best = min(
        (resegment(text, ref.segments) for ref in testset.references),
        key=lambda found: found[1],
    )
    return replace(system, hypotheses=tuple(best[0]), segmentation=METHOD)


def resegment(text: str, reference: Sequence[str]) -> tuple[list[str], int]:
    """Cut a text into as many pieces as the reference has segments.

    All of its words are kept, in their order; a piece may be empty.

    Returns:
        The pieces, and the edit distance in words and punctuation marks.

    >>> resegment("He came. Then he saw it.", ["He came.", "And then saw."])[0]
    ['He came.', 'Then he saw it.']
    """
    words = text.split()
    tokens: list[str] = []
    word_of_token: list[int] = []
    for number, word in enumerate(words):
        for token in TOKEN.findall(word.lower()) or [word.lower()]:
            tokens.append(token)
            word_of_token.append(number)
    wanted: list[str] = []
    borders: list[int] = []  # in tokens of the reference, after each segment
    for segment in reference:
        wanted += TOKEN.findall(segment.lower())
        borders.append(len(wanted))
    spans, distance = _spans(tokens, wanted, borders[:-1])
    pieces: list[str] = []
    start = 0
    for low, high in spans:
        cut = _cut(words, word_of_token, low, high, start)
        pieces.append(" ".join(words[start:cut]))
        start = cut
    pieces.append(" ".join(words[start:]))
    return pieces, distance


def _cut(
    words: Sequence[str], word_of_token: Sequence[int], low: int, high: int, start: int
) -> int:
    """Choose the word before which to cut.

    All tokens from *low* to *high* are insertions at the border: they may stand on
    either side. Sentences end after their full stop; else inserted words stay with
    what they follow.
    """

    def word_at(token: int) -> int:
        if token == len(word_of_token):
            return len(words)
        number = word_of_token[token]
        # Within a word the cut is after it: "end" and "." are one word.
        inside = token > 0 and word_of_token[token - 1] == number
        return number + 1 if inside else number

    first, last = max(start, word_at(low)), max(start, word_at(high))
    for cut in range(last, first - 1, -1):
        if cut and ENDS_SENTENCE.search(words[cut - 1]):
            return cut
    return last


def _spans(
    tokens: Sequence[str], wanted: Sequence[str], borders: Sequence[int]
) -> tuple[list[tuple[int, int]], int]:
    """Find, for each border of the reference, where the best path crosses it.

    Returns:
        The first and the last number of tokens that stand before it, and the distance.
    """
    size = len(wanted)
    everything = (1 << size) - 1
    places = _Places(wanted)
    kept: list[Row] = []
    row: Row = (everything, 0)
    for number, token in enumerate(tokens):
        if number % ROWS_KEPT == 0:
            kept.append(row)
        row = _next_row(places.of(token), row, everything)
    distance = len(tokens) + row[0].bit_count() - row[1].bit_count()

    low = [-1] * (size + 1)
    high = [-1] * (size + 1)
    i, j = size, len(tokens)
    high[i] = j
    above: list[tuple[bytes, bytes]] = []
    first = len(tokens) + 1  # the number of the row that stands at above[0]
    while i and j:
        if j - 1 < first:
            at = (j - 1) // ROWS_KEPT
            first = at * ROWS_KEPT
            above = list(_rows(kept[at], tokens[first:j], places, everything))
        byte, bit = (i - 1) >> 3, 1 << ((i - 1) & 7)
        if above[j - first][0][byte] & bit:  # a word of the reference is missing
            low[i] = j
            i -= 1
            high[i] = j
        elif above[j - 1 - first][1][byte] & bit:  # a word too many
            j -= 1
        else:  # the same word, or another in its place
            low[i] = j
            i -= 1
            j -= 1
            high[i] = j
    low[i] = 0 if i == 0 else j
    while i:
        low[i] = 0
        i -= 1
        high[i] = 0
    low[0] = 0
    return [(low[border], high[border]) for border in borders], distance


class _Places:
    """Where each token stands in the reference, as the bits of an integer."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self.width = (len(wanted) + 8) // 8  # bytes
        self._numbers: dict[str, list[int]] = {}
        for number, token in enumerate(wanted):
            self._numbers.setdefault(token, []).append(number)
        self._frequent: dict[str, int] = {}

    def of(self, token: str) -> int:
        known = self._frequent.get(token)
        if known is not None:
            return known
        numbers = self._numbers.get(token)
        if numbers is None:
            return 0
        places = bytearray(self.width)
        for number in numbers:
            places[number >> 3] |= 1 << (number & 7)
        bits = int.from_bytes(places, "little")
        if len(numbers) >= FREQUENT:
            self._frequent[token] = bits
        return bits


def _rows(
    row: Row, tokens: Sequence[str], places: _Places, everything: int
) -> Iterator[tuple[bytes, bytes]]:
    """Yield a row and those that follow from it, as bytes: bits are quick to see."""
    width = places.width
    yield row[0].to_bytes(width, "little"), row[1].to_bytes(width, "little")
    for token in tokens:
        row = _next_row(places.of(token), row, everything)
        yield row[0].to_bytes(width, "little"), row[1].to_bytes(width, "little")


def _next_row(match: int, row: Row, everything: int) -> Row:
    rises, falls = row
    diagonal = (((match & rises) + rises) ^ rises) | match | falls
    up = falls | (everything & ~(diagonal | rises))
    down = rises & diagonal
    up = up << 1 | 1  # the distance to no reference at all rises with each word
    down <<= 1
    return (down | ~(diagonal | up)) & everything, up & diagonal & everything
