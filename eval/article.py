"""A whole translated article and a reference that is cut otherwise, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.alignments.aligner import Aligner
from satzpaar.eval.resegment import resegmented
from satzpaar.eval.testset import Reference, SystemOutput, TestSet
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.alignments.text import Text


def article_testset(
    name: str,
    reference: Text,
    source: Text | None,
    translation: Text,
    *,
    place: str = "",
    source_place: str = "",
    languages: tuple[str, str] = ("de", "en"),
) -> TestSet:
    """Make a test set of one document: its segments are the reference's sentences.

    With a source they are aligned pairs of source and reference, so that each segment
    shows what was to be translated.

    Args:
        name: Of the test set.
        reference: The human translation, in sentences.
        source: What was translated, in sentences, if it is at hand.
        translation: A machine's; it helps to align source and reference.
        place: The reference's file, for messages.
        source_place: The source's.
        languages: Of source and reference.

    Raises:
        InputError: The reference or the source has no text.
    """
    segments = [segment.text for segment in reference.segments if segment.text]
    sources: list[str] | None = None
    if not segments:
        raise InputError(place or name, "the reference has no text")
    if source is not None:
        if not any(segment.text for segment in source.segments):
            raise InputError(source_place or name, "the source has no text")
        sources, segments = _aligned(source, reference, translation)
    return TestSet(
        name=name,
        references=(Reference("reference", tuple(segments), place),),
        sources=None if sources is None else tuple(sources),
        source_language=languages[0],
        target_language=languages[1],
    )


def _aligned(
    source: Text, reference: Text, translation: Text
) -> tuple[list[str], list[str]]:
    """Pair source and reference with the help of a translation."""
    aligner = Aligner()
    evidence = [""] * len(source)
    for bead in aligner.align(source, translation).beads:
        if len(bead.source):
            evidence[bead.source.start] = translation.join(bead.target)
    sources: list[str] = []
    references: list[str] = []
    waiting = ""  # source text without a counterpart: shown with what follows
    for _, text, wanted in aligner.align(
        source, reference, translation=evidence
    ).pairs():
        if wanted:
            sources.append(" ".join(filter(None, [waiting, text])))
            references.append(wanted)
            waiting = ""
        elif sources:
            sources[-1] = f"{sources[-1]} {text}".strip()
        else:
            waiting = f"{waiting} {text}".strip()
    return sources, references


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
