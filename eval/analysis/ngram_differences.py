"""N-grams of the reference that one system gets and another misses."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.eval.analysis.frequency import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 4  # words
MOST = 10  # shown in each direction

# What is weaker is not worth reading. It is no test: of many thousand n-grams, chance
# alone lifts some above it.
LEAST_Z = 2.0

Ngram = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NgramDifference:
    """An n-gram of the reference, and how often each of two texts has it right."""

    ngram: str
    first: int  # matches with the reference, segment by segment
    second: int
    reference: int  # occurrences in the reference
    z: float  # of the difference: (first - second) / sqrt(first + second)


def ngrams(text: str, longest: int = LONGEST) -> Counter[Ngram]:
    """Count the n-grams of words, small, up to *longest* words."""
    words = words_of(text)
    return Counter(
        tuple(words[start : start + size])
        for size in range(1, longest + 1)
        for start in range(len(words) - size + 1)
    )


def matches(
    hypotheses: Sequence[str], references: Sequence[str], longest: int = LONGEST
) -> Counter[Ngram]:
    """Count the n-grams that each segment shares with its reference."""
    found: Counter[Ngram] = Counter()
    for hypothesis, reference in zip(hypotheses, references, strict=True):
        found.update(ngrams(hypothesis, longest) & ngrams(reference, longest))
    return found


def occurrences(texts: Sequence[str]) -> Counter[Ngram]:
    """Count all n-grams of several texts."""
    found: Counter[Ngram] = Counter()
    for text in texts:
        found.update(ngrams(text))
    return found


def compare_ngrams(
    ours: Counter[Ngram], theirs: Counter[Ngram], wanted: Counter[Ngram]
) -> tuple[tuple[NgramDifference, ...], tuple[NgramDifference, ...]]:
    """Return what the first gets more often than the second, and the reverse.

    The strongest come first. An n-gram within a longer one of the same counts says
    nothing new and is left out.

    Args:
        ours: The first system's `matches` with the reference.
        theirs: The second system's.
        wanted: The `occurrences` in the reference.
    """
    return _both_ways(ours, theirs, wanted)


def miss_and_add(
    hypotheses: Sequence[str], references: Sequence[str]
) -> tuple[tuple[NgramDifference, ...], tuple[NgramDifference, ...]]:
    """Return the n-grams said too rarely and too often, beside the reference.

    ``first`` is the system's number of occurrences in either case, ``second`` the
    reference's; the order is by z.
    """
    said, wanted = occurrences(hypotheses), occurrences(references)
    often, rare = _both_ways(said, wanted, wanted)
    return rare, often


def _both_ways(
    ours: Counter[Ngram], theirs: Counter[Ngram], wanted: Counter[Ngram]
) -> tuple[tuple[NgramDifference, ...], tuple[NgramDifference, ...]]:
    strong = []
    for ngram in ours.keys() | theirs.keys():
        first, second = ours[ngram], theirs[ngram]
        z = (first - second) / math.sqrt(first + second)
        if abs(z) >= LEAST_Z:
            text = " ".join(ngram)
            strong.append(NgramDifference(text, first, second, wanted[ngram], z))
    strong.sort(key=lambda one: (-abs(one.z), -one.ngram.count(" "), one.ngram))
    return (
        _apart([one for one in strong if one.z > 0]),
        _apart([one for one in strong if one.z < 0]),
    )


def _apart(found: Sequence[NgramDifference]) -> tuple[NgramDifference, ...]:
    kept: list[NgramDifference] = []
    for one in found:
        padded = f" {one.ngram} "
        if not any(
            padded in f" {other.ngram} "
            and (one.first, one.second) == (other.first, other.second)
            for other in kept
        ):
            kept.append(one)
        if len(kept) == MOST:
            break
    return tuple(kept)
