"""N-grams of two texts counted and matched, segment by segment, by sorting numbers.

Every n-gram becomes one 64-bit integer, exactly: the segment's number and the tokens'
are its digits, and where they no longer fit, the numbers are replaced by their ranks.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

# Tokens counted at a time, over all texts; ours: what sorts well within a cache.
CHUNK: Final = 1 << 18
LARGEST_KEY: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as numbers, its segments one after the other."""

    numbers: npt.NDArray[np.int32]
    lengths: Integers  # (segments,)


def tokens_of_characters(texts: Sequence[Sequence[str]]) -> tuple[list[Tokens], int]:
    """Give numbers to the characters of texts, alike in all.

    Returns:
        The texts, and a bound that all numbers are below.
    """
    joined = ["".join(text) for text in texts]
    points = np.frombuffer(
        "".join(joined).encode("utf-32-le", "surrogatepass"), dtype=np.uint32
    )
    seen = np.zeros(int(points.max(initial=0)) + 1, dtype=bool)
    seen[points] = True
    number_of = (np.cumsum(seen) - 1).astype(np.int32)
    numbers = number_of[points]
    ends = np.cumsum([len(text) for text in joined])[:-1]
    parts = np.split(numbers, ends)
    lengths = [np.array([len(segment) for segment in text], np.int64) for text in texts]
    return list(map(Tokens, parts, lengths)), max(1, int(seen.sum()))


def tokens_of_words(
    texts: Sequence[Sequence[Sequence[str]]],
) -> tuple[list[Tokens], int]:
    """Give numbers to the words of texts, alike in all.

    Returns:
        The texts, and a bound that all numbers are below.
    """
    number_of: dict[str, int] = {}
    tokens: list[Tokens] = []
    for text in texts:
        numbers = [
            number_of.setdefault(word, len(number_of))
            for segment in text
            for word in segment
        ]
        lengths = [len(segment) for segment in text]
        tokens.append(Tokens(np.array(numbers, np.int32), np.array(lengths, np.int64)))
    return tokens, max(1, len(number_of))


def totals(tokens: Tokens, order: int) -> Integers:
    """Count the n-grams of each segment, (segments, order)."""
    below = np.arange(order, dtype=np.int64)
    found: Integers = np.maximum(tokens.lengths[:, None] - below, 0)
    return found


def match(
    hypotheses: Sequence[Tokens],
    references: Sequence[Tokens],
    order: int,
    bound: int,
    *,
    pooled: bool,
) -> Integers:
    """Count the n-grams that hypotheses share with references, clipped.

    Args:
        hypotheses: One text each, all with as many segments as the references.
        references: The texts they are compared with.
        order: The longest n-grams, in tokens.
        bound: What all tokens' numbers are below.
        pooled: Match against all references together, where an n-gram occurs as
            often as in the reference that has it most; as BLEU does.

    Returns:
        (references, hypotheses, segments, order); pooled, the first is 1.
    """
    segments = len(references[0].lengths)
    sets = 1 if pooled else len(references)
    found = np.zeros((sets, len(hypotheses), segments, order), dtype=np.int64)
    texts = [*references, *hypotheses]
    starts = [np.concatenate(([0], np.cumsum(text.lengths))) for text in texts]
    for first, last in _chunks(starts):
        parts = [
            Tokens(text.numbers[at[first] : at[last]], text.lengths[first:last])
            for text, at in zip(texts, starts, strict=True)
        ]
        for n, counted in enumerate(_count(parts, order, bound)):
            known, tried = counted[: len(references)], counted[len(references) :]
            wanted = [_largest(known)] if pooled else known
            for r, reference in enumerate(wanted):
                for h, hypothesis in enumerate(tried):
                    found[r, h, first:last, n] = _common(
                        hypothesis, reference, last - first
                    )
    return found


def _chunks(starts: Sequence[Integers]) -> Iterator[tuple[int, int]]:
    """Cut the segments so that each part has about CHUNK tokens."""
    together = np.sum(starts, axis=0)
    last = len(together) - 1
    at = 0
    while at < last:
        end = int(np.searchsorted(together, together[at] + CHUNK, side="right")) - 1
        end = min(max(end, at + 1), last)
        yield at, end
        at = end


@dataclass(frozen=True, slots=True)
class _Counts:
    keys: Integers  # sorted, each once
    counts: Integers
    segments: Integers  # the segment each key is of


def _count(texts: Sequence[Tokens], order: int, bound: int) -> Iterator[list[_Counts]]:
    """Yield for each order the n-grams of each text."""
    numbers = np.concatenate([text.numbers for text in texts]).astype(np.int64)
    size = len(texts[0].lengths)
    lengths = np.concatenate([text.lengths for text in texts])
    segment = np.repeat(np.tile(np.arange(size), len(texts)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(numbers))
    borders = np.cumsum([0, *(len(text.numbers) for text in texts)])

    places = np.arange(len(numbers))
    keys, span = segment, max(1, size)
    for n in range(1, order + 1):
        if n > 1:
            kept = left[places] >= n
            places, keys = places[kept], keys[kept]
        if span * bound >= LARGEST_KEY:
            distinct, keys = np.unique(keys, return_inverse=True)
            span = max(1, len(distinct))
        keys = keys * bound + numbers[places + n - 1]
        span *= bound
        cuts = np.searchsorted(places, borders)
        yield [
            _tally(keys[start:end], segment[places[start:end]])
            for start, end in itertools.pairwise(cuts)
        ]


def _tally(keys: Integers, segments: Integers) -> _Counts:
    # The segment is a key's first digit and falls in no text, so that sorting moves
    # keys within their segments alone: the segments stay as they are.
    keys = np.sort(keys)
    starts = np.flatnonzero(
        np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]
    )
    counts = np.diff(starts, append=len(keys))
    return _Counts(keys[starts], counts, segments[starts])


def _largest(counted: Sequence[_Counts]) -> _Counts:
    if len(counted) == 1:
        return counted[0]
    keys = np.concatenate([each.keys for each in counted])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    counts = np.concatenate([each.counts for each in counted])[order]
    segments = np.concatenate([each.segments for each in counted])[order]
    starts = np.flatnonzero(
        np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]
    )
    if not len(starts):
        return counted[0]
    return _Counts(keys[starts], np.maximum.reduceat(counts, starts), segments[starts])


def _common(hypothesis: _Counts, reference: _Counts, segments: int) -> Integers:
    if not len(reference.keys):
        return np.zeros(segments, dtype=np.int64)
    at = np.searchsorted(reference.keys, hypothesis.keys)
    at = np.minimum(at, len(reference.keys) - 1)
    shared = np.flatnonzero(reference.keys[at] == hypothesis.keys)
    fewer = np.minimum(hypothesis.counts[shared], reference.counts[at[shared]])
    sums = np.bincount(hypothesis.segments[shared], weights=fewer, minlength=segments)
    return sums.astype(np.int64)
