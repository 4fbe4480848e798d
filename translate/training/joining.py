"""Pairs that follow one another in a text, joined: what a model learns context from."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from satzpaar.translate.clauses import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Row(NamedTuple):
    """A pair and where it stands."""

    number: int  # of all pairs
    origin: int  # the number of its bitext
    source: str
    target: str


class Joiner:
    """Joins runs of pairs that stand in a row.

    Each pair is in one run at most. No run goes on behind a source that ends no
    sentence, as a heading does.

    Args:
        before: How many pairs at most stand before the last of a run; runs of each
            length from two on are drawn alike.
        bitexts: The first so many are texts in order; the others are left out.
        seed: Of what is drawn.
    """

    def __init__(self, before: int, bitexts: int, seed: int) -> None:
        self._before = before
        self._bitexts = bitexts
        self._random = random.Random(seed)

    def runs(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Yield each run as one row, in order."""
        if not self._before:
            return
        rows = [row for row in rows if row.origin < self._bitexts]
        start = 0
        while start < len(rows):
            wanted = start + self._random.randint(2, self._before + 1)
            end = start + 1
            while end < min(wanted, len(rows)) and _goes_on(rows[end - 1], rows[end]):
                end += 1
            if end > start + 1:
                run = rows[start:end]
                yield run[0]._replace(
                    source=" ".join(row.source for row in run),
                    target=" ".join(row.target for row in run),
                )
            start = end


def _goes_on(one: Row, following: Row) -> bool:
    follows = (one.number + 1, one.origin) == (following.number, following.origin)
    return follows and ends_sentence(one.source)
