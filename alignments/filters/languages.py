"""The filter for sides that are in another language than they should."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from satzpaar.alignments.filters.filter import Score
from satzpaar.alignments.formats.options import primary
from satzpaar.alignments.language_id import doubt

if TYPE_CHECKING:
    from satzpaar.alignments.bitext import TranslationUnit


@dataclass(slots=True)
class Languages:
    """How sure it is that a side is in another language, of the surer side."""

    threshold: float = 0.9
    name: ClassVar[str] = "language"
    at_most: ClassVar[bool] = True

    def score(self, unit: TranslationUnit) -> Score:
        """Identify both sides; what is too short to tell passes."""
        worst = Score(0.0)
        for side, word in ((unit.source, "source"), (unit.target, "target")):
            found = doubt(side.text, primary(side.language))
            if found.value > worst.value:
                worst = Score(
                    found.value,
                    f"the {word} looks {found.language}, expected {side.language}",
                )
        return worst
