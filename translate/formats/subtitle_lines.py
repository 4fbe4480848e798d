"""A translation cut into cues and lines, where a reader would pause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# <i>, <font color="red">, <c.loud>, <v Anna>, <00:01.500>, {\an8}
TAG: Final = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z]+)[^<>]*>|<[\d:.]+>|\{\\[^{}]*\}"
)

CHARACTER: Final = re.compile(r"&(?:amp|lt|gt);")

# What a place is worth, in characters that the cut may be off for it. Ours, by eye.
SENTENCE_END, PAUSE, CLINGS = 8.0, 6.0, -10.0
ENDS_SENTENCE: Final = re.compile(r"[.!?…][\"'”’)\]]*\Z")
PAUSES: Final = re.compile(r"[,;:–—][\"'”’)\]]*\Z")
# Words that want the next one on their line.
CLINGING: Final = frozenset(
    """
    a an the of to in on at by for from with and or but that my your his her its our
    their this no not is are was were be i
    """.split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text of several segments."""

    segment: int  # from 0
    share: float  # of its characters that come before, 0 to 1


@dataclass(frozen=True, slots=True)
class _Word:
    text: str  # with its tags
    size: int  # characters that are shown
    bare: str


def apart(text: str, starts: Sequence[int], places: Sequence[Place]) -> list[str]:
    """Cut a text near some places; tags that are open there are closed and opened.

    Args:
        text: With tags.
        starts: Of its segments, and where the last one ends, in characters shown.
        places: In order; each part has a word, if there are enough.

    Returns:
        One part more than places.
    """
    wanted = []
    for place in places:
        start, end = starts[place.segment], starts[place.segment + 1]
        wanted.append(start + place.share * (end - start))
    return _closed(_cut(_words(text), wanted))


def in_lines(text: str, lines: int, width: int, newline: str) -> str:
    """Break a text into lines of much the same length.

    Args:
        text: With tags.
        lines: As many as there were; one if all fits into it, more if they are needed.
        width: Characters of a line.
        newline: What ends a line.
    """
    words = _words(text)
    size = sum(word.size + 1 for word in words) - 1
    needed = 1 if size <= width else max(lines, ceil(size / width))
    wanted = [size * number / needed for number in range(1, needed)]
    return newline.join(" ".join(part) for part in _cut(words, wanted))


def _words(text: str) -> list[_Word]:
    """Cut a text at spaces that stand in no tag."""
    hidden = TAG.sub(lambda tag: tag[0].replace(" ", "\0"), text)
    found = []
    for word in filter(None, re.split(r"[ \t\r\n]+", hidden)):  # not at "5\u00a0km"
        word = word.replace("\0", " ")
        bare = TAG.sub("", word)
        found.append(_Word(word, len(CHARACTER.sub("x", bare)), bare))
    return found


def _cut(words: Sequence[_Word], wanted: Sequence[float]) -> list[list[str]]:
    """Cut words into parts at the places that cost least.

    *wanted* are characters from the start. By dynamic programming: the cheapest way to
    have made a cut at each word.
    """
    texts = [word.text for word in words]
    if not wanted:
        return [texts]
    if len(words) <= len(wanted):
        empty: list[list[str]] = [[] for _ in range(len(wanted) + 1 - len(words))]
        return [[text] for text in texts] + empty
    at = 0.0
    places = []  # characters before each word but the first
    for word in words[:-1]:
        at += word.size + 1
        places.append(at)
    best = [0.0] * len(places)
    came_from: list[list[int]] = []  # for each cut and place, that of the cut before
    for number, want in enumerate(wanted):
        left = len(wanted) - number - 1  # cuts that need a place behind this one
        costs = [inf] * len(places)
        before = [-1] * len(places)
        cheapest, way = (0.0, -1) if number == 0 else (inf, -1)
        for index in range(len(places) - left):
            if number and index and best[index - 1] < cheapest:
                cheapest, way = best[index - 1], index - 1
            costs[index] = cheapest + abs(places[index] - want) - _worth(words[index])
            before[index] = way
        best = costs
        came_from.append(before)
    at_word = min(range(len(best)), key=best.__getitem__)
    edges = [len(words)]
    for before in reversed(came_from):
        edges.append(at_word + 1)
        at_word = before[at_word]
    return [texts[start:end] for start, end in pairwise([0, *reversed(edges)])]


def _worth(word: _Word) -> float:
    if ENDS_SENTENCE.search(word.bare):
        return SENTENCE_END
    if PAUSES.search(word.bare):
        return PAUSE
    return CLINGS if word.bare.lower() in CLINGING else 0.0


def _closed(parts: Sequence[Sequence[str]]) -> list[str]:
    """Close at the end of a part what goes on in the next, and open it there."""
    closings = [
        tag["name"].lower()
        for part in parts
        for tag in TAG.finditer(" ".join(part))
        if tag["slash"]
    ]
    open_: list[tuple[str, str]] = []  # names and tags
    made = []
    for number, part in enumerate(parts):
        text = " ".join(part)
        before = "".join(tag for _, tag in open_)
        for tag in TAG.finditer(text):
            name = (tag["name"] or "").lower()
            if not tag["slash"] and name in closings:
                open_.append((name, tag[0]))
            elif tag["slash"] and name in [opened for opened, _ in open_]:
                while open_.pop()[0] != name:
                    pass
        goes_on = number + 1 < len(parts)
        after = "".join(f"</{name}>" for name, _ in reversed(open_)) if goes_on else ""
        made.append(before + text + after)
    return made
