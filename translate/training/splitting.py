"""Pieces of the source cut up by chance: no two looks at a sentence are the same.

Who has little text takes it several times, and a network soon knows the pieces of each
word by heart and little of what the word is made of. Seen now whole and now in parts, a
word teaches its parts, and of those the words are made that the text lacks.

Source: Kudo (2018), "Subword Regularization", https://arxiv.org/abs/1804.10959, and
Provilkov et al. (2020), "BPE-Dropout", https://arxiv.org/abs/1910.13267. Both cut the
text anew; pieces that were chosen once and are cut further need nothing but their ids,
and it does not matter of which kind they are.
"""

from __future__ import annotations

import heapq
import re
from typing import TYPE_CHECKING

import numpy as np

from satzpaar.translate.tokenizer import SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Ids = NDArray[np.int64]

# How far likelier ways are preferred: Kudo's alpha, who takes .1 to .5.
_ALPHA = 0.5
# The likeliest ways to cut a piece, of which one is drawn each time.
_WAYS = 4

_LETTERS = re.compile(rf"{SPACE}?[^\W\d_]{{4,}}")


class Splitter:
    """Cuts pieces into smaller ones, each by the same chance.

    Only letters are cut; the space before a word stays with the first of them.

    Args:
        vocabulary: The ids of the pieces, from 0, without gaps.
        scores: The logarithm of how likely each piece is, or its rank from 0 downwards.
        part: How many of the pieces that can be cut are cut.
    """

    def __init__(
        self, vocabulary: Mapping[str, int], scores: Mapping[str, float], part: float
    ) -> None:
        self._part = part
        self._can = np.zeros(len(vocabulary), bool)
        ends: list[float] = []
        self._ways: list[Ids] = []
        for piece, number in sorted(vocabulary.items(), key=lambda item: item[1]):
            ways = cuts(piece, scores) if _LETTERS.fullmatch(piece) else []
            if not ways:
                continue
            logs = np.array([score for score, _ in ways])
            weights = np.cumsum(np.exp(_ALPHA * (logs - logs.max())))
            ends += [*(number + weights[:-1] / weights[-1]), number + 1]
            self._ways += [
                np.array([vocabulary[part] for part in parts]) for _, parts in ways
            ]
            self._can[number] = True
        # The ways of piece n lie between n and n + 1, each as wide as it is likely.
        self._ends = np.array(ends)

    def split(
        self, rows: Iterable[Ids], random: np.random.Generator, longest: int
    ) -> list[Ids]:
        """Return the rows with some of their pieces cut.

        Args:
            rows: Ids, without end of sentence.
            random: Says which pieces.
            longest: Tokens, end included; a row that would be longer stays as it is.
        """
        split = ((row, self._row(row, random)) for row in rows)
        return [row if len(cut) >= longest else cut for row, cut in split]

    def _row(self, row: Ids, random: np.random.Generator) -> Ids:
        chosen = np.flatnonzero(self._can[row] & (random.random(len(row)) < self._part))
        drawn = row[chosen] + random.random(len(chosen))
        ways = np.searchsorted(self._ends, drawn, "right")
        kept = np.split(row, chosen)
        parts = [kept[0]]
        for way, after in zip(ways, kept[1:], strict=True):
            parts += [self._ways[way], after[1:]]
        return np.concatenate(parts)


def cuts(piece: str, scores: Mapping[str, float]) -> list[tuple[float, list[str]]]:
    """Return the likeliest ways to make a piece of others, with their scores.

    >>> cuts("▁aus", {"▁": -3, "▁a": -2, "us": -4, "u": -5, "s": -4, "▁aus": -1})
    [(-6, ['▁a', 'us']), (-11, ['▁a', 'u', 's'])]
    """
    ways: list[list[tuple[float, list[str]]]] = [[(0, [])]]
    for end in range(1, len(piece) + 1):
        found = [
            (score + scores[part], [*parts, part])
            for start in range(end)
            if (part := piece[start:end]) in scores and part not in (piece, SPACE)
            for score, parts in ways[start]
        ]
        ways.append(heapq.nlargest(_WAYS, found))
    return ways[-1]
