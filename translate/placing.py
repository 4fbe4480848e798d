"""Finding the place of each mark of a sentence in its translation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from satzpaar.translate import stretches
from satzpaar.translate.document import Mark
from satzpaar.translate.mark_tree import Node, is_first_half, is_second_half

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from satzpaar.translate.stretches import Span

# What a place that is not the expected one costs, against a likeness of 0 to 1:
# both as shares of the text. Ours, by eye: one cognate outweighs half a sentence.
COST_OF_DISTANCE: Final = 0.6
COST_OF_LENGTH: Final = 0.2

# How far from its proportional place a stretch is looked for, and how much longer
# than in proportion it may be: German verbs move, compounds fall apart. Ours.
REACH: Final = 0.8  # of the text
LONGEST_REACH: Final = 400  # characters: two long sentences
LONGEST: Final = 2.0  # times the expected length

# A sentence has a handful; where more are, it is a list, and the places of the others
# are in proportion. Looking for each would take time that grows with the square.
SOUGHT: Final = 64

# Borders of words that are looked at for what has no text, to each side.
BORDERS: Final = 32


@dataclass(slots=True)
class Placing:
    """Puts the marks of *source* into *target*.

    Args:
        source: The text the marks are over.
        target: The text they shall be over.
        alignment: Pairs of word numbers in both, from 0.
    """

    source: str
    target: str
    alignment: Sequence[tuple[int, int]]
    _source_words: list[Span] = field(init=False)
    _words: list[Span] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._source_words = list(stretches.words(self.source))
        self._words = list(stretches.words(self.target))
        self._starts = [start for start, _ in self._words]

    def inside(self, parent: Node, within: Span) -> list[Mark]:
        """Place the children of *parent* in a stretch of the translation."""
        start, end = within
        nodes = list(parent.children)
        outer = (parent.mark.start, parent.mark.end)
        # What must be in a mark is taken before the mark itself has its place.
        fixed = {
            index: (max(start, node.fixed[0]), min(end, node.fixed[1]))
            for index, node in enumerate(nodes)
            if node.fixed is not None
        }
        places = {i: span for i, span in fixed.items() if nodes[i].found is not None}
        # Halves of marks reach to an end of the segment: all others lie beside.
        if nodes and is_second_half(nodes[0].mark):
            room = start, min([s for i, (s, _) in fixed.items() if i], default=end)
            start = self._border(nodes[0], outer, within, room, fixed.get(0))[1]
            places[0] = (within[0], start)
        last = len(nodes) - 1
        if nodes and last not in places and is_first_half(nodes[-1].mark):
            others = [e for i, (_, e) in (fixed | places).items() if i != last]
            room = max([start, *others]), end
            end = self._border(nodes[-1], outer, within, room, fixed.get(last))[0]
            places[last] = (end, within[1])
        for find in (self._literally, self._wholly, self._nearly):
            for index, node in enumerate(nodes):
                if index in places or not _is_sought(node):
                    continue
                taken = {i: s for i, s in (fixed | places).items() if i != index}
                free = list(stretches.free(taken, (start, end)))
                if index in fixed:
                    first, stop = fixed[index]
                    free = [f for f in free if f[0] <= first and stop <= f[1]]
                found = find(node, outer, within, free)
                if found is not None:
                    places[index] = _joint(found, fixed.get(index))
        places |= {i: span for i, span in fixed.items() if i not in places}
        places |= self._in_proportion(nodes, places, outer, within, (start, end))
        places |= self._crowded(nodes, places, fixed, (start, end))
        for index, node in enumerate(nodes):
            if index not in places:
                at = self._point(node.mark, outer, within, (start, end), places)
                places[index] = (at, at)
        order = sorted(places, key=lambda index: (places[index], index))
        return [
            mark for index in order for mark in self._marks(nodes[index], places[index])
        ]

    def _marks(self, node: Node, place: Span) -> list[Mark]:
        mark = node.mark
        start, end = place
        if start < end:
            return [replace(mark, start=start, end=end), *self.inside(node, place)]
        literal = mark.opening if mark.verbatim else node.literal()
        if mark.start == mark.end or mark.verbatim:
            literal = self._spaced(literal, start, lost=mark.start < mark.end)
        return [Mark(start, end, literal, "", verbatim=mark.verbatim)]

    def _spaced(self, literal: str, at: int, *, lost: bool) -> str:
        """Keep what stands alone apart from the words."""
        bare = literal.strip(" ")
        if bare == literal and not lost:
            return literal
        before, after = self.target[at - 1 : at] if at else "", self.target[at : at + 1]
        if not self.target:
            return bare
        if not after or (literal[0] == " " and at):
            return f" {bare}"
        if not before or before.isspace():
            return f"{bare} "
        return f" {bare} " if after.isalnum() else f" {bare}"

    def _border(
        self, node: Node, outer: Span, within: Span, room: Span, fixed: Span | None
    ) -> Span:
        if room[0] >= room[1]:
            return room
        place = self._wholly(node, outer, within, [room])
        place = place or self._nearly(node, outer, within, [room]) or room
        return _joint(place, fixed)

    def _literally(
        self, node: Node, outer: Span, within: Span, free: Sequence[Span]
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
                for at in stretches.occurrences(fold(sought), text, stretch)
                if stretches.joined(text, at) == left
                and stretches.joined(text, at + len(sought)) == right
            ]
            if found:
                meant = self._meant((start, end))

                def rank(span: Span, meant: set[Span] = meant) -> tuple[bool, float]:
                    is_meant = any(s < span[1] and span[0] < e for s, e in meant)
                    return not is_meant, abs(span[0] - expected)

                best = min(found, key=rank)
                # A German "die" or "in" is seldom the English one; a name mostly is.
                is_chance = sought.islower() and meant and rank(best)[0]
                return None if is_chance else best
        return None

    def _wholly(
        self, node: Node, outer: Span, within: Span, free: Sequence[Span]
    ) -> Span | None:
        """Mark all if all was marked, but for the punctuation that was not."""
        start, end = node.mark.start, node.mark.end
        before = self.source[outer[0] : start]
        after = self.source[end : outer[1]]
        if node.mark.verbatim or any(map(str.isalnum, before + after)):
            return None
        first, last = within
        core = stretches.core(self.target, within)
        if core is None:
            return None
        place = (
            core[0] if before.strip() else first,
            core[1] if after.strip() else last,
        )
        fits = any(start <= place[0] and place[1] <= end for start, end in free)
        return place if fits else None

    def _nearly(
        self, node: Node, outer: Span, within: Span, free: Sequence[Span]
    ) -> Span | None:
        """Find the words most like the stretch and nearest to its place."""
        if node.mark.verbatim:
            return None
        words = [list(self._words_in(stretch)) for stretch in free]
        if not any(words):
            return None
        meant = self._meant((node.mark.start, node.mark.end))
        found = stretches.fullest(meant, words)
        found = found or self._alike(node.mark, outer, within, words)
        return self._trimmed(node.mark, found)

    def _meant(self, within: Span) -> set[Span]:
        """Return the words of the translation that are linked with a stretch."""
        sources, targets = self._source_words, self._words
        return {
            targets[target]
            for source, target in self.alignment
            if source < len(sources)
            and target < len(targets)
            and sources[source][0] < within[1]
            and within[0] < sources[source][1]
        }

    def _alike(
        self, mark: Mark, outer: Span, within: Span, words: Sequence[Sequence[Span]]
    ) -> Span:
        """Return the run of words that is most like the stretch in text and place."""
        first, last = self._expected(mark, outer, within)
        size = max(1, within[1] - within[0])
        reach = min(REACH * size, LONGEST_REACH)
        sought = stretches.grams(self.source[mark.start : mark.end])

        def value(place: Span) -> float:
            start, end = place
            grams = stretches.grams(self.target[start:end])
            likeness = 2 * len(grams & sought) / max(1, len(grams) + len(sought))
            distance = abs(start + end - first - last) / 2 / size
            length = abs(end - start - last + first) / max(end - start, last - first)
            return likeness - COST_OF_DISTANCE * distance - COST_OF_LENGTH * length

        candidates = [
            (free[index][0], end)
            for free in words
            for index in range(len(free))
            if abs(free[index][0] - first) <= reach
            for end in _ends(free[index:], last - first)
        ]
        if not candidates:
            flat = [word for free in words for word in free]
            return min(flat, key=lambda word: abs(word[0] - first))
        return max(candidates, key=value)

    def _trimmed(self, mark: Mark, place: Span) -> Span:
        """Leave punctuation at the edges outside, unless it was inside."""
        core = stretches.core(self.target, place)
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

    def _point(
        self,
        mark: Mark,
        outer: Span,
        within: Span,
        free: Span,
        places: Mapping[int, Span],
    ) -> int:
        """Return the place of what has no text: the end or the start of a word."""
        at = mark.start
        alone = mark.opening.endswith(" ") or mark.verbatim
        if not alone and not any(map(str.isalnum, self.source[at : outer[1]])):
            core = stretches.core(self.target, within)
            punctuation = self.source[at : outer[1]].strip()
            end = core[1] if core is not None and punctuation else within[1]
            return stretches.outside(end, places, free)
        after_word = at > outer[0] and not self.source[at - 1].isspace()
        index = bisect_left(self._source_words, (at, 0)) - after_word
        beside = self._source_words[index : index + 1]
        meant = self._meant(beside[0]) if beside else set()
        linked = stretches.fullest(meant, [list(self._words_in(within))])
        if linked is None:
            expected = self._expected(mark, outer, within)[0]
        else:
            expected = float(linked[1] if after_word else linked[0])
        borders = []
        for word in self._words_near(expected, within):
            core = word if alone else stretches.core(self.target, word) or word
            border = core[1] if after_word else core[0]
            if not alone or stretches.outside(border, places, free) == border:
                borders.append(border)
        nearest = min(borders, key=lambda b: abs(b - expected), default=within[0])
        return stretches.outside(nearest, places, free)

    def _in_proportion(
        self,
        nodes: Sequence[Node],
        places: Mapping[int, Span],
        outer: Span,
        within: Span,
        free: Span,
    ) -> dict[int, Span]:
        """Give the nearest free word to each mark that is not looked for."""
        rest = [
            index
            for index, node in enumerate(nodes)
            if index not in places
            and node.mark.start < node.mark.end
            and not node.mark.verbatim
            and not _is_sought(node)
        ]
        if not rest:
            return {}
        words = [
            w
            for stretch in stretches.free(places, free)
            for w in self._words_in(stretch)
        ]
        starts = [start for start, _ in words]
        found: dict[int, Span] = {}
        for index in rest:
            if not words:
                break
            expected = self._expected(nodes[index].mark, outer, within)[0]
            at = bisect_left(starts, expected)
            near = range(max(0, at - 1), min(len(words), at + 1))
            best = min(near, key=lambda i: abs(starts[i] - expected))
            found[index] = self._trimmed(nodes[index].mark, words.pop(best))
            del starts[best]
        return found

    def _crowded(
        self,
        nodes: Sequence[Node],
        places: dict[int, Span],
        fixed: Mapping[int, Span],
        within: Span,
    ) -> dict[int, Span]:
        """Give a word to each mark that found none, if marks took all of them.

        Then they follow each other as in the source.
        """
        pairs = [
            index
            for index, node in enumerate(nodes)
            if node.mark.start < node.mark.end
            and not node.mark.verbatim
            and not is_second_half(node.mark)
            and not is_first_half(node.mark)
        ]
        if all(index in places for index in pairs):
            return {}
        least = {index: fixed[index] for index in pairs if index in fixed}
        taken = {i: span for i, span in places.items() if i not in pairs} | least
        words = [
            w for free in stretches.free(taken, within) for w in self._words_in(free)
        ]
        spans = [stretches.core(self.target, word) or word for word in words]
        others = [index for index in pairs if index not in least]
        for index in others:  # where words are too few, the last ones have none
            places.pop(index, None)
        return least | dict(zip(others, spans, strict=False))

    def _words_in(self, within: Span) -> Iterator[Span]:
        """Yield the words of a stretch; mere punctuation only if it has no other."""
        words = list(stretches.words(self.target, within))
        spoken = [w for w in words if any(map(str.isalnum, self.target[slice(*w)]))]
        yield from spoken or words

    def _words_near(self, at: float, within: Span) -> Iterator[Span]:
        """Yield the words around a place."""
        index = bisect_right(self._starts, at)
        first = bisect_right(self._starts, within[0]) - 1
        stop = bisect_left(self._starts, within[1])
        low = max(0, first, min(index - BORDERS, stop - 1))
        for start, end in self._words[low : min(stop, index + BORDERS)]:
            if max(start, within[0]) < min(end, within[1]):
                yield max(start, within[0]), min(end, within[1])


def _is_sought(node: Node) -> bool:
    has_text = node.mark.start < node.mark.end and not node.mark.verbatim
    return has_text and node.rank < SOUGHT


def _joint(place: Span, fixed: Span | None) -> Span:
    if fixed is None:
        return place
    return min(place[0], fixed[0]), max(place[1], fixed[1])


def _ends(words: Sequence[Span], length: float) -> Iterator[int]:
    """Yield where a run of words may end that begins with the first of them."""
    for start, end in words:
        if start > words[0][0] and end - words[0][0] > LONGEST * length:
            return
        yield end
