"""A whole translated article and a reference that is cut otherwise, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.alignments.aligner import Aligner, coverage
from satzpaar.alignments.sides import (
    LEAST_COVERAGE,
    Side,
    check_coverage,
    check_kinship,
)
from satzpaar.eval.resegment import resegmented
from satzpaar.eval.testset import Reference, SystemOutput, TestSet
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.alignments.text import Text


def article_testset(
    name: str,
    reference: Text,
    source: Text | None = None,
    *,
    place: str = "",
    source_place: str = "",
    languages: tuple[str, str] = ("de", "en"),
) -> TestSet:
    """Make a test set of one document: its segments are the reference's sentences.

    A source, which is aligned with the reference, changes nothing of that: each
    segment shows what was to be translated. Sentences without a counterpart stand with
    the segment before them.

    Args:
        name: Of the test set.
        reference: The human translation, in sentences.
        source: What was translated, in sentences, if it is at hand.
        place: The reference's file, for messages.
        source_place: The source's.
        languages: Of source and reference.

    Raises:
        InputError: The reference or the source has no text, or they do not seem to
            belong together.
    """
    texts = [segment.text for segment in reference.segments]
    if not any(texts):
        raise InputError(place or name, "the reference has no text")
    sources: tuple[str, ...] | None = None
    if source is not None:
        if not any(segment.text for segment in source.segments):
            raise InputError(source_place or name, "the source has no text")
        shown = _sources_of(
            Side(reference, languages[1], place or name),
            Side(source, languages[0], source_place or "the source"),
        )
        sources = tuple(
            text for text, wanted in zip(shown, texts, strict=True) if wanted
        )
    return TestSet(
        name=name,
        references=(Reference("reference", tuple(filter(None, texts)), place),),
        sources=sources,
        source_language=languages[0],
        target_language=languages[1],
    )


def _sources_of(reference: Side, source: Side) -> list[str]:
    """Find what was to be translated for each segment of a reference."""
    # No machine's translation helps: what a segment's source is must not depend on
    # what is scored. Of 2,774 sentences of newstest2015 and 2018, as running texts of 5
    # to 100 lines, 8 got a wrong source so, 7 with the help of a translation.
    alignment = Aligner().align(source.text, reference.text)
    check_coverage(coverage(alignment), source, reference, least=LEAST_COVERAGE)
    check_kinship(alignment, source, reference)
    shown = [""] * len(reference.text)
    waiting = ""  # nothing of the reference stands before it: shown with the first
    for bead, text, _ in alignment.pairs():
        if bead.target:
            for number in bead.target:
                shown[number] = f"{waiting} {text}".strip()
            waiting = ""
        elif bead.target.start:
            number = bead.target.start - 1
            shown[number] = f"{shown[number]} {text}".strip()
        else:
            waiting = f"{waiting} {text}".strip()
    return shown


def article_outputs(
    testset: TestSet, texts: Sequence[tuple[str, str, Text]]
) -> list[SystemOutput]:
    """Cut translations, each a name, a place and a text, as the reference is cut.

    Raises:
        InputError: A translation has no text.
    """
    return [
        resegmented(
            SystemOutput(
                name, tuple(segment.text for segment in text.segments), place=place
            ),
            testset,
        )
        for name, place, text in texts
    ]
