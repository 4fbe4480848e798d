"""Inline markup of a segment: writing it, and finding its place in a translation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Mark, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# What a place that is not the expected one costs, against a likeness of 0 to 1:
# both as shares of the text. Ours, by eye: one cognate outweighs half a sentence.
COST_OF_DISTANCE: Final = 0.6
COST_OF_LENGTH: Final = 0.2

# How far from its proportional place a stretch is looked for, and how much longer
# than in proportion it may be: German verbs move, compounds fall apart. Ours.
REACH: Final = 0.8  # of the text
LONGEST: Final = 2.0  # times the expected length

WORD: Final = re.compile(r"\S+")


def render(segment: Segment, escape: Callable[[str], str] = str) -> str:
    """Write a segment's text with its marks; only the text is escaped."""
    pieces: list[str] = []
    around: list[Mark] = []
    done = 0

    def text_until(end: int) -> None:
        nonlocal done
        pieces.append(escape(segment.text[done:end]) if end > done else "")
        done = max(done, end)

    def close_until(start: int) -> None:
        while around and around[-1].end <= start:
            text_until(around[-1].end)
            pieces.append(around.pop().closing)

    for mark in segment.marks:
        close_until(mark.start)
        text_until(mark.start)
        pieces.append(mark.opening)
        if mark.verbatim or mark.start == mark.end:
            pieces.append(mark.closing)
            done = mark.end
        else:
            around.append(mark)
    close_until(len(segment.text))
    text_until(len(segment.text))
    return "".join(pieces)


def project_marks(
    source: Segment,
    target_text: str,
    *,
    alignment: Sequence[tuple[int, int]] | None = None,
) -> Segment:
    """Put the marks of *source* where they belong in its translation.

    What is found in the translation literally (names, numbers, code) is marked
    there, a mark over all goes over all. Other stretches go where the words are
    alike, else to the proportional place. No mark is lost or doubled, none cross,
    and each keeps a word as long as there are enough.

    Args:
        source: Its marks are those of :class:`Segment`.
        target_text: The translation, clean as a segment's text.
        alignment: Pairs of word numbers in source and translation, from 0, words
            being what white space separates.
    """
    if not source.marks:
        return Segment(target_text)
    tree = _Node(Mark(0, len(source.text), "", ""))
    around = [tree]
    for mark in source.marks:
        while len(around) > 1 and around[-1].mark.end <= mark.start:
            around.pop()
        node = _Node(mark)
        around[-1].children.append(node)
        if mark.start < mark.end and not mark.verbatim:
            around.append(node)
    placing = _Placing(source.text, target_text, tuple(alignment or ()))
    marks = placing.inside(tree, (0, len(target_text)))
    return Segment(target_text, tuple(marks))


@dataclass(slots=True)
class _Node:
    mark: Mark
    children: list[_Node] = field(default_factory=list)

    def literal(self) -> str:
        """All markup of the subtree, for a place without text."""
        inside = "".join(child.literal() for child in self.children)
        return self.mark.opening + inside + self.mark.closing


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Placing:
    source: str
    target: str
    alignment: tuple[tuple[int, int], ...]

    def inside(self, parent: _Node, within: Span) -> list[Mark]:
        """Place the children of *parent* in a stretch of the translation."""
        start, end = within
        nodes = list(parent.children)
        outer = (parent.mark.start, parent.mark.end)
        places: dict[int, Span] = {}
        # Halves of marks reach to an end of the segment: all others lie beside.
        if nodes and _is_second_half(nodes[0].mark):
            _, start = places[0] = (start, self._border(nodes[0], outer, within)[1])
        if nodes and _is_first_half(nodes[-1].mark):
            border = self._border(nodes[-1], outer, within)[0]
            end = max(start, border)
            places[len(nodes) - 1] = (end, within[1])
        for find in (self._literally, self._wholly, self._nearly):
            for index, node in enumerate(nodes):
                if index in places or node.mark.start == node.mark.end:
                    continue
                free = list(_free(places, (start, end)))
                found = find(node, outer, within, free)
                if found is not None:
                    places[index] = found
        places |= self._crowded(nodes, places, (start, end))
        for index, node in enumerate(nodes):
            if index not in places:
                at = self._point(node.mark, outer, within)
                at = _outside(at, places, (start, end))
                places[index] = (at, at)
        order = sorted(places, key=lambda index: (places[index], index))
        return [
            mark for index in order for mark in self._marks(nodes[index], places[index])
        ]

    def _marks(self, node: _Node, place: Span) -> list[Mark]:
        mark = node.mark
        start, end = place
        if mark.verbatim and start == end:
            after = start < len(self.target)
            blank = mark.opening + " " if after else " " + mark.opening
            return [replace(mark, start=start, end=end, opening=blank)]
        if start == end:
            return [Mark(start, end, node.literal(), "")]
        return [replace(mark, start=start, end=end), *self.inside(node, place)]

    def _border(self, node: _Node, outer: Span, within: Span) -> Span:
        place = self._wholly(node, outer, within, [within])
        return place or self._nearly(node, outer, within, [within]) or within

    def _literally(
        self, node: _Node, outer: Span, within: Span, free: Sequence[Span]
    ) -> Span | None:
        """Find the stretch as it is, else but for capitals."""
        start, end = node.mark.start, node.mark.end
        sought = self.source[start:end]
        left = self.source[max(0, start - 1) : start].isalnum() and sought[0].isalnum()
        right = self.source[end : end + 1].isalnum() and sought[-1].isalnum()
        expected = self._expected(node.mark, outer, within)[0]
        for fold in (str, str.lower):
            text = fold(self.target)
            if len(text) != len(self.target):
                continue
            found = [
                (at, at + len(sought))
                for stretch in free
                for at in _occurrences(fold(sought), text, stretch)
                if _joined(text, at) == left
                and _joined(text, at + len(sought)) == right
            ]
            if found:
                return min(found, key=lambda span: abs(span[0] - expected))
        return None

    def _wholly(
        self,
        node: _Node,
        outer: Span,
        within: Span,
        free: Sequence[Span],
    ) -> Span | None:
        """Mark all if all was marked, but for the punctuation that was not."""
        start, end = node.mark.start, node.mark.end
        before = self.source[outer[0] : start]
        after = self.source[end : outer[1]]
        if node.mark.verbatim or any(map(str.isalnum, before + after)):
            return None
        first, last = within
        core = _core(self.target, within)
        if core is None:
            return None
        place = (
            core[0] if before.strip() else first,
            core[1] if after.strip() else last,
        )
        fits = any(start <= place[0] and place[1] <= end for start, end in free)
        return place if fits else None

    def _nearly(
        self, node: _Node, outer: Span, within: Span, free: Sequence[Span]
    ) -> Span | None:
        """Find the words most like the stretch and nearest to its place."""
        if node.mark.verbatim:
            return None
        words = [list(_words(self.target, stretch)) for stretch in free]
        if not any(words):
            return None
        found = self._aligned(node.mark, words)
        return self._trimmed(
            node.mark, found or self._alike(node.mark, outer, within, words)
        )

    def _aligned(self, mark: Mark, words: Sequence[Sequence[Span]]) -> Span | None:
        """Span the words that the alignment names, in the stretch with most."""
        sources, targets = list(_words(self.source)), list(_words(self.target))
        meant = {
            targets[target]
            for source, target in self.alignment
            if source < len(sources)
            and target < len(targets)
            and sources[source][0] < mark.end
            and mark.start < sources[source][1]
        }
        found = max(([w for w in free if w in meant] for free in words), key=len)
        return (found[0][0], found[-1][1]) if found else None

    def _alike(
        self, mark: Mark, outer: Span, within: Span, words: Sequence[Sequence[Span]]
    ) -> Span:
        """Return the run of words that is most like the stretch in text and place."""
        first, last = self._expected(mark, outer, within)
        size = max(1, within[1] - within[0])
        sought = _grams(self.source[mark.start : mark.end])

        def value(place: Span) -> float:
            start, end = place
            grams = _grams(self.target[start:end])
            likeness = 2 * len(grams & sought) / max(1, len(grams) + len(sought))
            distance = abs(start + end - first - last) / 2 / size
            length = abs(end - start - last + first) / max(end - start, last - first)
            return likeness - COST_OF_DISTANCE * distance - COST_OF_LENGTH * length

        candidates = [
            (free[index][0], end)
            for free in words
            for index in range(len(free))
            for end in self._ends(free[index:], last - first)
        ]
        near = [place for place in candidates if abs(place[0] - first) <= REACH * size]
        return max(near or candidates, key=value)

    def _ends(self, words: Sequence[Span], length: float) -> Iterator[int]:
        """Yield where a run of words may end that begins with the first of them."""
        for start, end in words:
            if start > words[0][0] and end - words[0][0] > LONGEST * length:
                return
            yield end

    def _trimmed(self, mark: Mark, place: Span) -> Span:
        """Leave punctuation at the edges outside, unless it was inside."""
        core = _core(self.target, place)
        if core is None:
            return place
        text = self.source[mark.start : mark.end]
        start = core[0] if text[0].isalnum() else place[0]
        end = core[1] if text[-1].isalnum() else place[1]
        return start, end

    def _expected(self, mark: Mark, outer: Span, within: Span) -> tuple[float, float]:
        """Return the proportional place."""
        scale = (within[1] - within[0]) / max(1, outer[1] - outer[0])
        return (
            within[0] + (mark.start - outer[0]) * scale,
            within[0] + (mark.end - outer[0]) * scale,
        )

    def _point(self, mark: Mark, outer: Span, within: Span) -> int:
        """Return the place of what has no text: the end or the start of a word."""
        at = mark.start
        if not any(map(str.isalnum, self.source[at : outer[1]])):
            core = _core(self.target, within)
            punctuation = self.source[at : outer[1]].strip()
            return core[1] if core is not None and punctuation else within[1]
        after_word = at > outer[0] and not self.source[at - 1].isspace()
        expected = self._expected(mark, outer, within)[0]
        cores = [
            _core(self.target, word) or word for word in _words(self.target, within)
        ]
        borders = [core[1] if after_word else core[0] for core in cores]
        return min(borders, key=lambda b: abs(b - expected), default=within[0])

    def _crowded(
        self, nodes: Sequence[_Node], places: dict[int, Span], within: Span
    ) -> dict[int, Span]:
        """Give a word to each mark that found none, if marks took all of them.

        Then they follow each other as in the source.
        """
        pairs = [
            index
            for index, node in enumerate(nodes)
            if node.mark.start < node.mark.end
            and not node.mark.verbatim
            and not _is_second_half(node.mark)
            and not _is_first_half(node.mark)
        ]
        taken = {i: span for i, span in places.items() if i not in pairs}
        words = [
            word for free in _free(taken, within) for word in _words(self.target, free)
        ]
        if all(index in places for index in pairs):
            return {}
        spans = [_core(self.target, word) or word for word in words]
        return dict(zip(pairs, spans, strict=False))


def _is_second_half(mark: Mark) -> bool:
    return mark.start == 0 < mark.end and not mark.opening and not mark.verbatim


def _is_first_half(mark: Mark) -> bool:
    return mark.start < mark.end and not mark.closing and not mark.verbatim


def _free(places: dict[int, Span], within: Span) -> Iterator[Span]:
    """Yield the stretches of *within* that no place has taken."""
    edges = [(within[0], within[0]), *sorted(places.values()), (within[1], within[1])]
    for before, after in pairwise(edges):
        if before[1] < after[0]:
            yield before[1], after[0]


def _outside(at: int, places: dict[int, Span], within: Span) -> int:
    """Move a point out of what is taken, to the nearer side."""
    at = min(max(at, within[0]), within[1])
    for start, end in places.values():
        if start < at < end:
            return start if at - start < end - at else end
    return at


def _occurrences(sought: str, text: str, within: Span) -> Iterator[int]:
    at = text.find(sought, *within)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1, within[1])


def _joined(text: str, at: int) -> bool:
    """Whether *at* lies within a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _words(text: str, within: Span | None = None) -> Iterator[Span]:
    """Yield what white space separates."""
    start, end = within or (0, len(text))
    return (match.span() for match in WORD.finditer(text, start, end))


def _core(text: str, within: Span) -> Span | None:
    """Return a stretch without the punctuation around it; None: nothing is left."""
    letters = [at for at in range(*within) if text[at].isalnum()]
    return (letters[0], letters[-1] + 1) if letters else None


def _grams(text: str) -> set[str]:
    """Return the pairs of characters within words, without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    words = re.findall(r"\w+", re.sub(r"[\u0300-\u036f]", "", plain))
    return {word[i : i + 2] for word in words for i in range(max(1, len(word) - 1))}
