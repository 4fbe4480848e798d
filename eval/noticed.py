"""What a careful reader would notice before believing a score."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.eval.testset import SystemOutput, TestSet

# Of all segments that are alike in two files, how many make the files one text. Names,
# dates and headlines are alike in source and reference; whole texts are not. Ours.
SAME_TEXT: Final = 0.5

# Words that German and English texts are full of, and the other's hardly have.
FUNCTION_WORDS: Final = {
    "de": frozenset("der und das nicht ist ein eine mit von den sich auf".split()),
    "en": frozenset("the and of to is that with for not on it be".split()),
}
JUDGED_BY: Final = 5_000  # words
LEAST_FUNCTION_WORDS: Final = 10
OUTNUMBERED: Final = 5  # times as many; newstest2013-2018 and its references: over 50

FIRST_NAMED: Final = 5  # line numbers that a note names


def empty_hypotheses(testset: TestSet, system: SystemOutput) -> tuple[int, ...]:
    """List the segments, from 0, for which a system lacks the text.

    Where no reference has any either, a line is blank in all files: nothing is lost.
    """
    columns = [reference.segments for reference in testset.references]
    return tuple(
        i
        for i, (text, *expected) in enumerate(
            zip(system.hypotheses, *columns, strict=True)
        )
        if not text.strip() and any(other.strip() for other in expected)
    )


def copies_of_source(testset: TestSet, system: SystemOutput) -> int:
    """Count the segments that are the source untouched."""
    return _alike(testset.sources or (), system.hypotheses)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(a.split() == b.split() != [] for a, b in pairs)


def check_roles(testset: TestSet) -> None:
    """Refuse texts that took each other's place.

    Raises:
        InputError: A reference is the source, or in its language.
    """
    source, target = testset.source_language, testset.target_language
    for reference in testset.references:
        if is_in(source, target, reference.segments):
            raise InputError(
                reference.place or reference.name,
                f"reads as {source}, {target} is expected of a reference; is it the "
                "source?",
            )
        alike = _alike(testset.sources or (), reference.segments)
        if alike > SAME_TEXT * len(testset):
            raise InputError(
                reference.place or reference.name,
                f"{alike} of {len(testset)} segments are the source's own; a "
                "translation is expected as the reference",
            )


def is_in(language: str | None, other: str | None, segments: Sequence[str]) -> bool:
    """Say whether a text is clearly in one language rather than in another."""
    if language not in FUNCTION_WORDS or other not in FUNCTION_WORDS:
        return False
    words = islice((word for text in segments for word in text.split()), JUDGED_BY)
    counts = Counter(words)
    own = sum(counts[word] for word in FUNCTION_WORDS[language])
    others = sum(counts[word] for word in FUNCTION_WORDS[other])
    return own >= LEAST_FUNCTION_WORDS and own > OUTNUMBERED * others


def noticed(testset: TestSet, systems: Sequence[SystemOutput]) -> list[str]:
    """Say in a line each what makes the scores of these texts doubtful."""
    notes = [*_of_references(testset, systems), *_alike_systems(systems)]
    for system in systems:
        empty = empty_hypotheses(testset, system)
        if empty:
            notes.append(
                f"{system.name}: {_segments(len(empty))} without text "
                f"({_lines(empty)}); they count as wrong"
            )
        copies = copies_of_source(testset, system)
        if copies > SAME_TEXT * len(testset):
            notes.append(
                f"{system.name}: {_segments(copies)} are the source untouched; is it a "
                "translation?"
            )
        elif is_in(testset.source_language, testset.target_language, system.hypotheses):
            notes.append(f"{system.name}: reads as {testset.source_language}")
        notes += [
            f"{system.name}: is the reference {reference.name} itself"
            for reference in testset.references
            if system.hypotheses == reference.segments
        ]
    notes += _swapped(testset, systems)
    return notes


def _alike_systems(systems: Sequence[SystemOutput]) -> Iterator[str]:
    """Notice systems that say the same: perhaps one file was copied to two names."""
    names: dict[tuple[str, ...], list[str]] = {}
    for system in systems:
        names.setdefault(system.hypotheses, []).append(system.name)
    for first, *others in names.values():
        if others:
            yield f"{', '.join(others)}: the same text as {first}, word for word"


def _of_references(testset: TestSet, systems: Sequence[SystemOutput]) -> list[str]:
    several = len(testset.references) > 1
    missing = [
        {i for i, text in enumerate(reference.segments) if not text.strip()}
        for reference in testset.references
    ]
    nowhere = sorted(set.intersection(*missing))
    # A line that is blank in all files parts others, and has no say in any score.
    others = [system.hypotheses for system in systems]
    others += [testset.sources] if testset.sources is not None else []
    told = [i for i in nowhere if any(texts[i].strip() for texts in others)]
    notes = [
        f"reference {reference.name}: {_segments(len(own))} missing ({_lines(own)}); "
        "the other references count there"
        for reference, absent in zip(testset.references, missing, strict=True)
        if (own := sorted(absent.difference(nowhere)))
    ]
    if told:
        name = (
            "every reference" if several else f"reference {testset.references[0].name}"
        )
        notes.append(
            f"{name}: {_segments(len(told))} empty ({_lines(told)}); what a "
            "system has there counts as wrong (for chrF not at all)"
        )
    return notes


def _swapped(testset: TestSet, systems: Sequence[SystemOutput]) -> list[str]:
    """Notice by the files' names that reference and hypothesis may be swapped."""
    references = [Path(ref.place).name for ref in testset.references if ref.place]
    if not any(_called(name, {"hyp", "hypothesis", "mt"}) for name in references):
        return []
    return [
        f"{system.place}: scored as a translation against {references[0]}; by their "
        "names the two are swapped"
        for system in systems
        if _called(Path(system.place).name, {"ref", "reference", "refa", "refb"})
    ]


def _called(name: str, words: set[str]) -> bool:
    parts = name.lower().replace("-", ".").replace("_", ".").split(".")
    return not words.isdisjoint(parts)


def _segments(number: int) -> str:
    return f"{number} segment" if number == 1 else f"{number} segments"


def _lines(numbers: Sequence[int]) -> str:
    """Name lines, from 1.

    >>> _lines((0, 4))
    'lines 1, 5'
    """
    named = ", ".join(str(i + 1) for i in numbers[:FIRST_NAMED])
    more = " …" if len(numbers) > FIRST_NAMED else ""
    return f"line{'s' if len(numbers) > 1 else ''} {named}{more}"
