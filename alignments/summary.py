"""What there is to say of an alignment in a line: counts, confidence, doubt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from satzpaar.alignments.alignment import Alignment
    from satzpaar.alignments.bead import Bead

# A bead that is wrong once in four times is worth a look. Ours.
DOUBTFUL: Final = 0.75


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of one alignment."""

    sources: int  # segments
    targets: int
    kinds: Mapping[str, int]  # beads by their kind, the most frequent first
    confidence: float | None  # the mean over the beads that have one
    doubtful: int  # beads

    @property
    def beads(self) -> int:
        """All beads."""
        return sum(self.kinds.values())


def is_doubtful(bead: Bead, below: float = DOUBTFUL) -> bool:
    """Say whether the aligner itself is not sure of a bead."""
    return bead.confidence is not None and bead.confidence < below


def summary_of(alignment: Alignment) -> Summary:
    """Count."""
    kinds = Counter(bead.kind for bead in alignment.beads)
    told = [bead.confidence for bead in alignment.beads if bead.confidence is not None]
    return Summary(
        sources=len(alignment.source),
        targets=len(alignment.target),
        kinds=dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        confidence=sum(told) / len(told) if told else None,
        doubtful=sum(map(is_doubtful, alignment.beads)),
    )
