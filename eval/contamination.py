"""Text of a test set that stands in training data: what a system may know by heart.

The training data pass once, as a stream; what is kept in memory is the test set's.

Two signs are looked for: whole segments that are alike, letter case and punctuation
aside, and runs of words (13, as GPT-3's authors took them), which also find a segment
within a longer text. Source: Brown et al. (2020), "Language Models are Few-Shot
Learners", appendix C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, Literal

from satzpaar.eval.noticed import is_in
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.eval.testset import TestSet

SideName = Literal["source", "reference"]

DEFAULT_LENGTH: Final = 13  # words
WORD: Final = re.compile(r"\w+")

# Shorter segments ("Yes.", "Photo: AP") are alike by chance.
LEAST_WORDS: Final = 5

JUDGED_PAIRS: Final = 1_000  # of training data, by which their languages are told


@dataclass(frozen=True, slots=True)
class Found:
    """What of one segment was found in the training data."""

    segment: int  # from 0
    side: SideName
    whole: bool  # the whole segment is a segment there
    share: float  # of its runs of words
    place: int  # the pair, from 1, where it was found first


@dataclass(frozen=True, slots=True)
class Contamination:
    """What of a test set was found in training data."""

    testset: str
    segments: int
    pairs: int  # of the training data
    length: int  # of the runs, in words
    sides: tuple[SideName, ...]  # that the test set has: what was looked for
    found: tuple[Found, ...]  # by segment, only those of which something was found

    def count(self, side: SideName, *, whole: bool) -> int:
        """Count segments of a side: found whole, or by a run of words at least."""
        return sum(
            each.side == side and (each.whole if whole else True) for each in self.found
        )

    def clean_segments(self) -> list[int]:
        """List the segments, from 0, of which neither side was found."""
        touched = {each.segment for each in self.found}
        return [i for i in range(self.segments) if i not in touched]


class _Side:
    """One side of the test set, and what was found of it."""

    def __init__(self, name: SideName, texts: Iterable[str], length: int) -> None:
        self.name = name
        self.length = length
        self.whole: dict[str, list[int]] = {}
        self.runs: dict[str, list[int]] = {}
        self.sizes: dict[int, int] = {}
        self.places: dict[int, int] = {}
        self.matched: dict[int, set[str]] = {}
        self.matched_whole: set[int] = set()
        for number, text in enumerate(texts):
            words = _words(text)
            if len(words) >= LEAST_WORDS:
                self.whole.setdefault(" ".join(words), []).append(number)
            runs = set(_runs(words, length))
            self.sizes[number] = len(runs)
            for run in runs:
                self.runs.setdefault(run, []).append(number)

    def look_at(self, text: str, place: int) -> None:
        """Note what of the test set stands in a text of the training data."""
        words = _words(text)
        for number in self.whole.get(" ".join(words), ()):
            self.matched_whole.add(number)
            self.places.setdefault(number, place)
        for run in _runs(words, self.length):
            for number in self.runs.get(run, ()):
                self.matched.setdefault(number, set()).add(run)
                self.places.setdefault(number, place)

    def found(self) -> Iterator[Found]:
        for number, place in self.places.items():
            whole = number in self.matched_whole
            runs = len(self.matched.get(number, ()))
            share = runs / self.sizes[number] if self.sizes[number] else float(whole)
            yield Found(number, self.name, whole, share, place)


def find_contamination(
    testset: TestSet,
    training: Iterable[tuple[str, str]],
    *,
    length: int = DEFAULT_LENGTH,
) -> Contamination:
    """Look for a test set in training data.

    Args:
        testset: Its sources, where it has them, and its references are looked for.
        training: Pairs of source and target; read once.
        length: Of the runs of words.

    Raises:
        UsageError: The runs are too short to say anything.
    """
    if length < LEAST_WORDS:
        raise UsageError(
            f"runs of {length} words are everywhere; {LEAST_WORDS} or more"
        )
    sources = _Side("source", testset.sources or (), length)
    references = [
        _Side("reference", reference.segments, length)
        for reference in testset.references
    ]
    pairs = 0
    for source, target in training:
        pairs += 1
        sources.look_at(source, pairs)
        for side in references:
            side.look_at(target, pairs)
    found = [*sources.found()]
    best: dict[int, Found] = {}
    for side in references:
        for each in side.found():
            known = best.get(each.segment)
            if known is None or (each.whole, each.share) > (known.whole, known.share):
                best[each.segment] = each
    found += best.values()
    found.sort(key=lambda each: (each.segment, each.side))
    sides: tuple[SideName, ...] = ("source", "reference")
    return Contamination(
        testset.name,
        len(testset),
        pairs,
        length,
        sides if testset.sources is not None else sides[1:],
        tuple(found),
    )


def checked_sides(
    training: Iterable[tuple[str, str]], languages: tuple[str, str], *, place: str
) -> Iterator[tuple[str, str]]:
    """Yield the pairs as they are, reading ahead a thousand.

    In data whose sides are swapped nothing would be found, whatever they hold.

    Raises:
        InputError: A side is clearly in the other's language.
    """
    stream = iter(training)
    first = list(islice(stream, JUDGED_PAIRS))
    for number, name in enumerate(("sources", "targets")):
        own, other = languages[number], languages[1 - number]
        if is_in(other, own, [pair[number] for pair in first]):
            raise InputError(
                place,
                f"its {name} read as {other}, {own} is expected; are the sides "
                "swapped?",
            )
    yield from chain(first, stream)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _runs(words: Sequence[str], length: int) -> Iterator[str]:
    for at in range(len(words) - length + 1):
        yield " ".join(words[at : at + length])
