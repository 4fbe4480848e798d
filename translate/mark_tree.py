"""The marks of a segment as a tree, with code where it stands in the translation."""

from __future__ import annotations

import sys
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from satzpaar.translate import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.document import Mark
    from satzpaar.translate.stretches import Span


@dataclass(slots=True, eq=False)
class Node:
    """A mark and those in it."""

    mark: Mark
    rank: int = 0  # among the marks with text, from 0
    children: list[Node] = field(default_factory=list)
    found: Span | None = None  # of code: where the translation has it
    fixed: Span | None = None  # what the mark's place has to contain

    def literal(self) -> str:
        """All markup of the subtree, for a place without text."""
        inside = "".join(child.literal() for child in self.children)
        return self.mark.opening + inside + self.mark.closing

    def code(self) -> Iterator[Node]:
        """Yield the code in the mark that was found in the translation."""
        if self.found is not None:
            yield self
        for child in self.children:
            yield from child.code()


def is_second_half(mark: Mark) -> bool:
    """Whether a mark began in an earlier segment."""
    return mark.start == 0 < mark.end and not mark.opening and not mark.verbatim


def is_first_half(mark: Mark) -> bool:
    """Whether a mark ends in a later segment."""
    return mark.start < mark.end and not mark.closing and not mark.verbatim


def grow(root: Mark, marks: Sequence[Mark]) -> Node:
    """Make a tree of the marks of a segment."""
    tree = Node(root)
    around = [tree]
    rank = 0
    for mark in marks:
        while len(around) > 1 and around[-1].mark.end <= mark.start:
            around.pop()
        node = Node(mark, rank)
        around[-1].children.append(node)
        if mark.start < mark.end and not mark.verbatim:
            around.append(node)
            rank += 1
    return tree


def find_code(tree: Node, source: str, target: str) -> None:
    """Find all code in the translation, and give each mark what it must contain.

    The words of code are in the translation as they are, wherever they moved to.
    Where they cannot be in all marks they were in, they leave the inner ones: they
    may be neither doubled nor covered by a mark that was not around them.
    """
    same: dict[tuple[str, bool, bool], list[Node]] = {}
    for node in _verbatim(tree):
        start, end = node.mark.start, node.mark.end
        key = (
            source[start:end],
            stretches.joined(source, start),
            stretches.joined(source, end),
        )
        same.setdefault(key, []).append(node)
    taken = bytearray(len(target))
    scale = len(target) / max(1, len(source))
    for fold in (str, str.lower):
        text = fold(target)
        if len(text) != len(target):
            continue
        for joined in (True, False):
            for key in sorted(same, key=lambda key: -len(key[0])):
                nodes = [node for node in same[key] if node.found is None]
                ends = key[1:] if joined else (False, False)
                if nodes:
                    places = _places(fold(key[0]), ends, text, taken)
                    _assign(nodes, places, scale, taken)
    _settle(tree)


def _verbatim(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.mark.verbatim:
            if child.mark.start < child.mark.end:
                yield child
        else:
            yield from _verbatim(child)


def _places(
    sought: str, joined: tuple[bool, bool], text: str, taken: bytearray
) -> list[Span]:
    """Return where a text stands, apart from each other and from what is taken."""
    places: list[Span] = []
    for at in stretches.occurrences(sought, text, (0, len(text))):
        end = at + len(sought)
        apart = not places or places[-1][1] <= at
        if (
            apart
            and (stretches.joined(text, at), stretches.joined(text, end)) == joined
            and not any(taken[at:end])
        ):
            places.append((at, end))
    return places


def _assign(
    nodes: Sequence[Node], places: list[Span], scale: float, taken: bytearray
) -> None:
    """Give places to marks over the same text, in order."""
    chosen: list[Span] = []
    if len(places) <= len(nodes):
        chosen = places
    else:
        for node in nodes:
            expected = node.mark.start * scale
            at = bisect_left(places, (int(expected), 0))
            near = range(max(0, at - 1), min(len(places), at + 1))
            best = min(near, key=lambda i: abs(places[i][0] - expected))
            chosen.append(places.pop(best))
    for node, place in zip(nodes, sorted(chosen), strict=False):
        node.found = place
        taken[slice(*place)] = b"\1" * (place[1] - place[0])


def _settle(node: Node) -> None:
    """Lift code out of marks that would cross each other, innermost first."""
    for child in node.children:
        _settle(child)
    while _lift_some(node):
        pass
    node.fixed = _hull(node)


def _hull(node: Node) -> Span | None:
    spans = [code.found for code in node.code() if code.found is not None]
    if not spans:
        return None
    start, end = min(spans)[0], max(spans)[1]
    return (
        0 if is_second_half(node.mark) else start,
        sys.maxsize if is_first_half(node.mark) else end,
    )


def _lift_some(parent: Node) -> bool:
    """Part neighbours that overlap; say whether there were any."""
    kept = [child for child in parent.children if child.fixed or child.found]
    for child in kept:
        child.fixed = _hull(child)
    kept.sort(key=lambda child: child.fixed or (0, 0))
    lifted = False
    changed: set[Node] = set()
    for before, after in pairwise(kept):
        if before in changed or not (before.fixed and after.fixed):
            continue
        if before.fixed[1] > after.fixed[0]:
            outer, code = _least(before, after)
            _lift(parent, outer, code)
            changed |= {before, after}
            lifted = True
    return lifted


def _least(one: Node, other: Node) -> tuple[Node, list[Node]]:
    """Return the least code that must leave one of two marks that overlap."""
    options: list[tuple[Node, list[Node]]] = []
    for node, beside in ((one, other), (other, one)):
        if node.found is not None or node.fixed is None or beside.fixed is None:
            continue
        first, last = beside.fixed
        code = [(child, child.found) for child in node.code() if child.found]
        if not is_first_half(node.mark):
            options.append((node, [child for child, at in code if at[0] >= first]))
        if not is_second_half(node.mark):
            options.append((node, [child for child, at in code if at[0] < last]))
    return min(options, key=lambda option: len(option[1]))


def _lift(parent: Node, outer: Node, code: Sequence[Node]) -> None:
    for node in code:
        _remove(outer, node)
    index = parent.children.index(outer) + (not is_first_half(outer.mark))
    parent.children[index:index] = code
    outer.fixed = _hull(outer)


def _remove(outer: Node, node: Node) -> None:
    if node in outer.children:
        outer.children.remove(node)
    for child in outer.children:
        if not child.mark.verbatim:
            _remove(child, node)
            child.fixed = _hull(child)
