"""What a segment became, and how much has been done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from satzpaar.translate.document import Segment
    from satzpaar.translate.glossary import Term
    from satzpaar.translate.rules import Issue


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment and what it became."""

    source: Segment
    target: Segment
    score: float  # mean log-probability per target token; 0 where copied
    issues: frozenset[Issue] = frozenset()
    # Known as a whole, and not the model's
    known_from: Literal["memory", "glossary", "standing phrases"] | None = None
    terms: int = 0  # of the glossary, in the source
    missed: tuple[Term, ...] = ()  # those of them that the target does not have
    read: Segment | None = None  # in the source's place, its idioms in plain German


@dataclass(slots=True)
class Tally:
    """What a run has done so far, counted as the translations pass."""

    segments: int = 0
    words: int = 0  # of the source, parted by white space
    remembered: int = 0  # segments that the user's memory has
    terms: int = 0  # of the user's glossary
    missed: int = 0  # of these

    def add(self, translation: Translation) -> None:
        """Count one more translation."""
        self.segments += 1
        self.words += len(translation.source.text.split())
        self.remembered += translation.known_from == "memory"
        self.terms += translation.terms
        self.missed += len(translation.missed)
