"""What a filter is, and what it says of a unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from satzpaar.alignments.bitext import TranslationUnit

REJECTED = "x-rejected"  # the property that tells why a unit was not kept


@dataclass(frozen=True, slots=True)
class Score:
    """How a unit does, on the filter's own scale."""

    value: float
    because: str = ""  # what a reader would want to know: "15 and 50 have no match"


class Filter(Protocol):
    """Anything that scores a translation unit.

    A unit is rejected if its score is past the threshold. Where a unit gives no ground
    to judge it, because it is too short or lacks what is looked at, it passes.
    """

    name: ClassVar[str]  # the key in FILTERS
    at_most: ClassVar[bool]  # whether good scores are at most, or at least, ...
    threshold: float

    def score(self, unit: TranslationUnit) -> Score:
        """Return the unit's score; the same for the same unit unless told otherwise."""
        ...


@runtime_checkable
class Learner(Protocol):
    """A filter that wants to see a corpus before it judges."""

    def learn(self, unit: TranslationUnit) -> None:
        """Take note of a unit that will be judged later."""
        ...


@runtime_checkable
class Rememberer(Protocol):
    """A filter that compares a unit with those that were kept before it."""

    def remember(self, unit: TranslationUnit) -> None:
        """Take note of a unit that was kept."""
        ...


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit was rejected."""

    filter: str
    score: Score
    threshold: float
    at_most: bool

    def __str__(self) -> str:
        """Say it in one line: ``numbers 0 < 0.5 (3 of the source is missing)``."""
        sign = ">" if self.at_most else "<"
        said = f"{self.filter} {self.score.value:.3g} {sign} {self.threshold:g}"
        return f"{said} ({self.score.because})" if self.score.because else said


@dataclass(frozen=True, slots=True)
class Verdict:
    """A unit and every reason against it."""

    unit: TranslationUnit
    reasons: tuple[Reason, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether nothing speaks against the unit."""
        return not self.reasons

    def marked(self) -> TranslationUnit:
        """Return the unit with the reasons as a property, for a file of rejects."""
        told = "; ".join(map(str, self.reasons))
        others = tuple(item for item in self.unit.properties if item[0] != REJECTED)
        return replace(self.unit, properties=(*others, (REJECTED, told)))
