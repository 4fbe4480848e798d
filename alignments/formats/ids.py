"""Ids of units that are the same each time the same texts are aligned."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from satzpaar.alignments.bead import Bead
    from satzpaar.alignments.bitext import TranslationUnit

# Hexadecimal digits: among a hundred million units two are alike once in 10**8 times.
DIGITS: Final = 20


def stable_id(source_document: str, target_document: str, bead: Bead) -> str:
    """Return the id of a bead's unit: a hash of the documents' names and its segments.

    The same bead of the same documents has the same id in each run and on each machine:
    bitexts that hold it can be merged without a double.
    """
    source, target = bead.source, bead.target
    return _digest(
        source_document,
        target_document,
        f"{source.start}-{source.stop}",
        f"{target.start}-{target.stop}",
    )


def content_id(unit: TranslationUnit) -> str:
    """Return what stands for the id of a unit without one: a hash of its texts."""
    source, target = unit.source, unit.target
    return _digest(source.language, source.text, target.language, target.text)


def _digest(*parts: str) -> str:
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()[:DIGITS]
