"""Alignments as lists of beads, whose numbers are those of the segments themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from satzpaar.alignments.formats.beads import bead_lines
from satzpaar.alignments.formats.ladder import LadderLister
from satzpaar.alignments.formats.streams import Stage
from satzpaar.alignments.formats.vecalign import VecalignLister

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from satzpaar.alignments.alignment import Alignment
    from satzpaar.alignments.formats.beads import Lister

LISTERS: Final[Mapping[str, type[Lister]]] = {
    "ladder": LadderLister,
    "vecalign": VecalignLister,
}


def write_beads(
    path: Path | str,
    alignment: Alignment,
    format: str,
    *,
    texts: tuple[Path, Path] | None = None,
) -> None:
    """Write all beads, one-sided ones too: such a list covers both texts.

    A bitext of this format, which is made of units, knows the segments no more.

    Args:
        path: ``-`` is standard output.
        alignment: What to list.
        format: One of LISTERS.
        texts: Files that get the segments, one a line. None: there are such already.
    """
    with Stage() as stage:
        listing = stage.open(path)
        for line in bead_lines(alignment.beads, LISTERS[format]()):
            listing.write(line.encode() + b"\n")
        if texts is None:
            return
        sides = (alignment.source, alignment.target)
        for name, text in zip(texts, sides, strict=True):
            file = stage.open(name)
            for segment in text.segments:
                file.write(segment.text.encode() + b"\n")
