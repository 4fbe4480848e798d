"""Beads: which segments of a source and of a target belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Bead:
    """Consecutive source segments and the consecutive target segments that render them.

    A side may be empty (a 1-0 or 0-1 bead): nothing in the other text renders it. Its
    range then still says where between the neighbours it stands: ``range(3, 3)``.
    """

    source: range  # of segments, from 0
    target: range
    score: float = 0.0  # what the search maximised; its scale is the aligner's own
    confidence: float | None = (
        None  # probability that the bead is right; None: not told
    )

    def __post_init__(self) -> None:
        for side in (self.source, self.target):
            if side.step != 1 or not 0 <= side.start <= side.stop:
                raise ValueError(f"{side} is not a run of segments")
        if not self.source and not self.target:
            raise ValueError("a bead without a segment on either side")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise ValueError(f"a confidence of {self.confidence}; 0 to 1 is expected")

    @property
    def kind(self) -> str:
        """The numbers of segments, as the field writes them: ``1-1``, ``2-1``, ``0-1``.

        >>> Bead(range(4, 6), range(3, 4)).kind
        '2-1'
        """
        return f"{len(self.source)}-{len(self.target)}"


def check_alignment(beads: Iterable[Bead], sources: int, targets: int) -> None:
    """See to it that beads cover both texts, in order, nothing lost or doubled.

    Args:
        beads: In the order of the text.
        sources: Segments of the source.
        targets: Segments of the target.

    Raises:
        ValueError: A segment is left out or comes twice; the message says which.
    """
    source = target = 0
    for bead in beads:
        for side, found, expected in (
            ("source", bead.source.start, source),
            ("target", bead.target.start, target),
        ):
            if found != expected:
                raise ValueError(
                    f"{bead} begins at {side} segment {found}, {expected} is expected"
                )
        source, target = bead.source.stop, bead.target.stop
    if (source, target) != (sources, targets):
        raise ValueError(
            f"beads end at segments {source} and {target} of {sources} and {targets}"
        )
