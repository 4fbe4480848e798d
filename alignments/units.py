"""Beads to translation units, with what is known of each pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.bead import Bead
from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.codes import joined_codes
from satzpaar.alignments.formats.ids import stable_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from satzpaar.alignments.alignment import Alignment
    from satzpaar.translate.document import Segment
    from satzpaar.translate.translation import Translation

SCORE: Final = "x-align-score"
CONFIDENCE: Final = "x-confidence"
BEAD: Final = "x-bead"
SOURCE_DOCUMENT: Final = "x-src-doc"
TARGET_DOCUMENT: Final = "x-trg-doc"
SOURCE_IDS: Final = "x-src-ids"
TARGET_IDS: Final = "x-trg-ids"
ALIGNER: Final = "x-aligner"
MT_MODEL: Final = "x-mt-model"
MT_ENGINE: Final = "x-mt-engine"
MT_SCORE: Final = "x-mt-score"
MT_ISSUES: Final = "x-mt-issues"


# The document, the place of the segment in it from 0, what became of it.
Translated = tuple[str, int, "Translation"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the units of one pair of documents come from."""

    source_language: str  # as it is to be written: "de", "de-DE"
    target_language: str
    source: str  # what the documents are called: part of each unit's id
    target: str
    mt_model: str | None = None  # whose translation helped to align
    created: datetime | None = None


def units_of(alignment: Alignment, origin: Origin) -> Iterator[TranslationUnit]:
    """Yield the bead's units, in order; one-sided beads have none."""
    for bead in alignment.beads:
        unit = unit_of(alignment, bead, origin)
        if unit.source.text and unit.target.text:
            yield unit


def unit_of(alignment: Alignment, bead: Bead, origin: Origin) -> TranslationUnit:
    """Make one bead a unit, also one that lacks a side."""
    source = [alignment.source.segments[i] for i in bead.source]
    target = [alignment.target.segments[i] for i in bead.target]
    # Empty segments, lines of a file cut by hand, would leave two spaces in a row.
    source = [segment for segment in source if segment.text]
    target = [segment for segment in target if segment.text]
    source_codes, target_codes = joined_codes(source, target)
    properties = [(BEAD, bead.kind), (SCORE, f"{bead.score:.4f}")]
    if bead.confidence is not None:
        properties.append((CONFIDENCE, f"{bead.confidence:.4f}"))
    properties += [
        (SOURCE_DOCUMENT, origin.source),
        (TARGET_DOCUMENT, origin.target),
        (SOURCE_IDS, _numbers(bead.source)),
        (TARGET_IDS, _numbers(bead.target)),
        (ALIGNER, alignment.method),
    ]
    if origin.mt_model is not None:
        properties.append((MT_MODEL, origin.mt_model))
    return TranslationUnit(
        Variant(_joined(source), origin.source_language, source_codes),
        Variant(_joined(target), origin.target_language, target_codes),
        id=stable_id(origin.source, origin.target, bead),
        properties=tuple(properties),
        created=origin.created,
    )


@dataclass(frozen=True, slots=True)
class MachineOrigin:
    """What translated, and how the units' languages are to be written."""

    source_language: str
    target_language: str
    model: str
    engine: str
    created: datetime | None = None


def translated_unit(translated: Translated, origin: MachineOrigin) -> TranslationUnit:
    """Make a segment and its machine translation a unit, also an empty translation."""
    document, number, translation = translated
    itself = range(number, number + 1)
    codes = joined_codes([translation.source], [translation.target])
    properties = [
        (SOURCE_DOCUMENT, document),
        (SOURCE_IDS, str(number + 1)),
        (MT_MODEL, origin.model),
        (MT_ENGINE, origin.engine),
        (MT_SCORE, f"{translation.score:.4f}"),
    ]
    if translation.issues:
        properties.append((MT_ISSUES, " ".join(sorted(translation.issues))))
    return TranslationUnit(
        Variant(translation.source.text, origin.source_language, codes[0]),
        Variant(translation.target.text, origin.target_language, codes[1]),
        id=stable_id(document, origin.model, Bead(itself, itself)),
        properties=tuple(properties),
        created=origin.created,
    )


def _joined(segments: list[Segment]) -> str:
    return " ".join(segment.text for segment in segments)


def _numbers(side: range) -> str:
    return " ".join(str(i + 1) for i in side)  # as people count
