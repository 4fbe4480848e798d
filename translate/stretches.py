"""Stretches of a text: words, gaps, and what is found where."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

Span = tuple[int, int]  # characters

WORD: Final = re.compile(r"\S+")


def free(places: Mapping[int, Span], within: Span) -> Iterator[Span]:
    """Yield the stretches of *within* that no place has taken."""
    edges = [(within[0], within[0]), *sorted(places.values()), (within[1], within[1])]
    for before, after in pairwise(edges):
        start, end = max(before[1], within[0]), min(after[0], within[1])
        if start < end:
            yield start, end


def outside(at: int, places: Mapping[int, Span], within: Span) -> int:
    """Move a point out of what is taken, to the nearer side."""
    at = min(max(at, within[0]), within[1])
    for start, end in places.values():
        if start < at < end:
            return start if at - start < end - at else end
    return at


def joined(text: str, at: int) -> bool:
    """Whether *at* lies within a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def words(text: str, within: Span | None = None) -> Iterator[Span]:
    """Yield what white space separates."""
    start, end = within or (0, len(text))
    return (match.span() for match in WORD.finditer(text, start, end))


def core(text: str, within: Span) -> Span | None:
    """Return a stretch without the punctuation around it; None: nothing is left."""
    start, end = within
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else None


def fullest(meant: Container[Span], runs: Iterable[Sequence[Span]]) -> Span | None:
    """Return where most of the words that are meant stand together; None: none is.

    Each word between that is not meant counts against one that is, lest a single one
    far away draw the stretch over all the others (Kadane's largest sum).

    >>> words = [(0, 3), (4, 7), (8, 20), (21, 29), (30, 35)]
    >>> fullest({(0, 3), (4, 7), (30, 35)}, [words])
    (0, 7)
    """
    best, found = 0, None
    for words in runs:
        value, first = 0, 0
        for start, end in words:
            if value <= 0:
                value, first = 0, start
            value += 1 if (start, end) in meant else -1
            if value > best:
                best, found = value, (first, end)
    return found


def grams(text: str) -> set[str]:
    """Return the pairs of characters within words, without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    found = re.findall(r"\w+", re.sub(r"[\u0300-\u036f]", "", plain))
    return {word[i : i + 2] for word in found for i in range(max(1, len(word) - 1))}


def occurrences(sought: str, text: str, within: Span) -> Iterator[int]:
    """Yield where a text begins, overlapping ones too."""
    at = text.find(sought, *within)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1, within[1])
