"""The filter by the aligner's own confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from satzpaar.alignments.filters.filter import Score
from satzpaar.alignments.units import CONFIDENCE
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from satzpaar.alignments.bitext import TranslationUnit


@dataclass(slots=True)
class Confidence:
    """The probability that the two texts belong together, as the aligner told it."""

    threshold: float = 0.5
    name: ClassVar[str] = "confidence"
    at_most: ClassVar[bool] = False

    def score(self, unit: TranslationUnit) -> Score:
        """Read the unit's property; a unit without one passes.

        Raises:
            InputError: It is no number.
        """
        told = unit.get(CONFIDENCE)
        if told is None:
            return Score(1.0)
        try:
            return Score(float(told))
        except ValueError:
            raise InputError(
                unit.id or "<unit>", f"{CONFIDENCE} is {told!r}, expected a number"
            ) from None
