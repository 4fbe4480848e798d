"""The filter for text that nobody translated."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from satzpaar.alignments.filters.filter import Score
from satzpaar.alignments.language_id import LINK

if TYPE_CHECKING:
    from satzpaar.alignments.bitext import TranslationUnit

WORD: Final = re.compile(r"[^\W\d_]+")

# Fewer words may be a name, a title, a list of products: the same in both languages.
FEWEST_WORDS: Final = 4
# Of text the words that begin with a capital are at most so many, even in German; of
# names, they are more. Ours, by eye.
MOST_CAPITALS: Final = 0.8


@dataclass(slots=True)
class Copies:
    """The share of the words that both sides have, of the side with more of its own."""

    threshold: float = 0.8
    name: ClassVar[str] = "copy"
    at_most: ClassVar[bool] = True

    def score(self, unit: TranslationUnit) -> Score:
        """Compare the words, whatever their order and case."""
        sides = [
            WORD.findall(LINK.sub(" ", side.text))
            for side in (unit.source, unit.target)
        ]
        longer = max(sides, key=len)
        if len(longer) < FEWEST_WORDS:
            return Score(0.0)
        capitals = sum(word[0].isupper() for word in longer)
        if capitals > MOST_CAPITALS * len(longer) and not _is_shouted(longer):
            return Score(0.0)
        source, target = (Counter(map(str.casefold, side)) for side in sides)
        return Score((source & target).total() / len(longer))


def _is_shouted(words: list[str]) -> bool:
    return all(word.isupper() for word in words)
