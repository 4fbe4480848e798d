"""References from a translation memory, say the one that `satzpaar align` made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.alignments.formats import read_bitext
from satzpaar.alignments.units import SOURCE_DOCUMENT
from satzpaar.eval.testset import Reference, TestSet
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.eval.inputs import Languages


def read_bitext_testset(path: Path, languages: Languages) -> TestSet:
    """Read every unit that has both languages, in the order of the file.

    Where all units say which document they are of (``x-src-doc``), the test set has
    documents.

    Raises:
        InputError: It is no bitext, or no unit has both languages.
    """
    units = [
        unit
        for unit in read_bitext(
            path, source_language=languages[0], target_language=languages[1]
        )
        if unit.source.text.strip() and unit.target.text.strip()
    ]
    if not units:
        raise InputError(path, f"no unit in {languages[0]} and {languages[1]}")
    documents = [unit.get(SOURCE_DOCUMENT) or "" for unit in units]
    return TestSet(
        name=path.name.partition(".")[0],
        references=(
            Reference(
                "tmx", tuple(_line(unit.target.plain()) for unit in units), str(path)
            ),
        ),
        sources=tuple(_line(unit.source.plain()) for unit in units),
        documents=tuple(documents) if all(documents) else None,
        source_language=languages[0],
        target_language=languages[1],
    )


def _line(text: str) -> str:
    return " ".join(text.split())
