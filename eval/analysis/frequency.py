"""How well rare and frequent words are translated."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.eval.analysis.buckets import range_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from satzpaar.eval.testset import SystemOutput, TestSet

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# First counts of the buckets; the last one is open.
FREQUENCIES = (0, 1, 2, 5, 10, 100, 1000)


@dataclass(frozen=True, slots=True)
class WordBucket:
    """The words of one range of frequencies."""

    first: int  # occurrences
    last: int | None  # None: and more
    words: int  # occurrences in the reference
    precision: tuple[float, ...]  # one a system
    recall: tuple[float, ...]
    f1: tuple[float, ...]

    @property
    def label(self) -> str:
        """The range as people write it."""
        return range_label(self.first, self.last)


def words_of(text: str) -> list[str]:
    """Return the words of a text, small."""
    return WORD.findall(text.lower())


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the words of a bitext's target side, or of any English text."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words_of(text))
    return counts


def by_frequency(
    testset: TestSet,
    systems: Sequence[SystemOutput],
    frequencies: Mapping[str, int] | None = None,
) -> tuple[WordBucket, ...]:
    """Compare words with the first reference's, segment by segment.

    A word counts as right as often as the reference has it in the same segment.

    Args:
        testset: Its first reference is compared with.
        systems: What is compared.
        frequencies: How often words occur, best in the training text. None: in the
            reference itself, where a word cannot be rarer than 1.
    """
    reference = testset.references[0].segments
    known = count_words(reference) if frequencies is None else frequencies

    def bucket(word: str) -> int:
        return bisect_right(FREQUENCIES, known.get(word, 0)) - 1

    size = len(FREQUENCIES)
    wanted = [0] * size
    for text in reference:
        for word in words_of(text):
            wanted[bucket(word)] += 1
    said = [[0] * size for _ in systems]
    right = [[0] * size for _ in systems]
    for number, system in enumerate(systems):
        for theirs, ours in zip(reference, system.hypotheses, strict=True):
            asked = Counter(words_of(theirs))
            for word, times in Counter(words_of(ours)).items():
                said[number][bucket(word)] += times
                right[number][bucket(word)] += min(times, asked[word])
    return tuple(
        _bucket(
            place,
            wanted[place],
            [row[place] for row in said],
            [row[place] for row in right],
        )
        for place in range(size)
        if wanted[place]
    )


def _bucket(
    place: int, wanted: int, said: Sequence[int], right: Sequence[int]
) -> WordBucket:
    last = FREQUENCIES[place + 1] - 1 if place + 1 < len(FREQUENCIES) else None
    return WordBucket(
        first=FREQUENCIES[place],
        last=last,
        words=wanted,
        precision=tuple(
            hit / max(all_, 1) for hit, all_ in zip(right, said, strict=True)
        ),
        recall=tuple(hit / wanted for hit in right),
        f1=tuple(
            2 * hit / (all_ + wanted) for hit, all_ in zip(right, said, strict=True)
        ),
    )
