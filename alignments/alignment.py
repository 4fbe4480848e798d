"""What an aligner gives: the beads of two texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.alignments.bead import Bead, check_alignment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.alignments.text import Text


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts and the beads that cover them both, nothing lost or doubled."""

    source: Text
    target: Text
    beads: tuple[Bead, ...]
    method: str  # what aligned them, for provenance: "satzpaar 0.1.0, MT bundled"

    def __post_init__(self) -> None:
        check_alignment(self.beads, len(self.source), len(self.target))

    def pairs(self) -> Iterator[tuple[Bead, str, str]]:
        """Yield each bead with its two texts."""
        for bead in self.beads:
            yield bead, self.source.join(bead.source), self.target.join(bead.target)
