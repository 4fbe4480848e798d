"""Filters by length: too short, too long, lengths that do not go together, letters."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from satzpaar.alignments.filters.filter import Score
from satzpaar.alignments.formats.options import primary

if TYPE_CHECKING:
    from satzpaar.alignments.bitext import TranslationUnit

LETTER: Final = re.compile(r"[^\W\d_]")

# Characters of a translation per character of its source, for pairs that we know:
# newstest2013 to 2018, 17,188 segments.
USUAL_RATIOS: Final = {("de", "en"): 0.904, ("en", "de"): 1.106}

# The variance of the difference in length at a mean length m is a m + b m squared: Gale
# and Church's (1993) grows with m alone and finds twice as many outliers among long
# segments as among short ones. Fitted by eye on the same segments, in eight bands.
VARIANCE_PER_CHARACTER: Final = 1.25
VARIANCE_PER_SQUARE: Final = 0.0085

# A corpus says what ratio is usual once it has so many characters; before, the usual
# one is mixed in as if so many had been seen.
TRUSTED_CHARACTERS: Final = 20_000


@dataclass(slots=True)
class Short:
    """Characters of the shorter side; a side that is empty translates nothing."""

    threshold: float = 1
    name: ClassVar[str] = "short"
    at_most: ClassVar[bool] = False

    def score(self, unit: TranslationUnit) -> Score:
        """Count without outer white space."""
        sides = (unit.source.text.strip(), unit.target.text.strip())
        return Score(min(map(len, sides)))


@dataclass(slots=True)
class Long:
    """Characters of the longer side: beyond some thousand it is no sentence."""

    threshold: float = 2000
    name: ClassVar[str] = "long"
    at_most: ClassVar[bool] = True

    def score(self, unit: TranslationUnit) -> Score:
        """Count without outer white space."""
        sides = (unit.source.text.strip(), unit.target.text.strip())
        return Score(max(map(len, sides)))


@dataclass(slots=True)
class Letters:
    """The share of letters among what is no white space, of the side with fewer."""

    threshold: float = 0.4
    name: ClassVar[str] = "letters"
    at_most: ClassVar[bool] = False

    def score(self, unit: TranslationUnit) -> Score:
        """Take the worse side; an empty one is for another filter."""
        shares = []
        for side in (unit.source.text, unit.target.text):
            visible = len("".join(side.split()))
            if visible:
                shares.append(len(LETTER.findall(side)) / visible)
        return Score(min(shares, default=1.0))


class LengthRatio:
    """By how many standard deviations the lengths differ from a translation's.

    What is usual between the two languages is learnt from the corpus.

    Source: after Gale and Church (1993), "A Program for Aligning Sentences in Bilingual
    Corpora", Computational Linguistics 19(1).
    """

    name: ClassVar[str] = "length-ratio"
    at_most: ClassVar[bool] = True

    def __init__(self, threshold: float = 4) -> None:
        self.threshold = threshold
        self._seen: dict[tuple[str, str], tuple[int, int]] = {}

    def learn(self, unit: TranslationUnit) -> None:
        """Count the characters of both sides.

        Pairs that are far off would draw the ratio to them, and are left out.
        """
        source, target = len(unit.source.text), len(unit.target.text)
        if not 1 / 3 < (source + 5) / (target + 5) < 3:
            return
        pair = _languages(unit)
        seen = self._seen.get(pair, (0, 0))
        self._seen[pair] = (seen[0] + source, seen[1] + target)

    def score(self, unit: TranslationUnit) -> Score:
        """Return the size of the deviation, whichever side is too long."""
        ratio = self._ratio(_languages(unit))
        source, target = len(unit.source.text) * ratio, len(unit.target.text)
        mean = (source + target) / 2
        if mean == 0:
            return Score(0.0)
        variance = VARIANCE_PER_CHARACTER * mean + VARIANCE_PER_SQUARE * mean**2
        deviation = (target - source) / math.sqrt(variance)
        return Score(abs(deviation), f"{len(unit.source.text)} and {target} characters")

    def _ratio(self, pair: tuple[str, str]) -> float:
        usual = USUAL_RATIOS.get(pair, 1.0)
        source, target = self._seen.get(pair, (0, 0))
        return (target + usual * TRUSTED_CHARACTERS) / (source + TRUSTED_CHARACTERS)


def _languages(unit: TranslationUnit) -> tuple[str, str]:
    return primary(unit.source.language), primary(unit.target.language)
