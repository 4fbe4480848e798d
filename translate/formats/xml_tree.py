"""The elements of an XML text, and where in it each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

# Of XML that expat has read already: whatever is no tag and no text is stepped over.
TOKEN: Final = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>"
    r"|<(?P<slash>/?)(?P<name>[^\s/>]+)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)"
    r"(?P<empty>/?)>",
    re.DOTALL,
)
ATTRIBUTE: Final = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
LIFTED: Final = re.compile(r"<\?satzpaar (\d+)\?>")
ASIDE: Final = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)


@dataclass(slots=True)
class Element:
    """An element by its offsets: ``start``, its content, ``end``."""

    tag: str  # with its prefix
    start: int
    inner: int  # where the content begins
    attributes: str  # as written
    outer: int = 0  # where the content ends
    end: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The tag without its prefix."""
        return self.tag.rpartition(":")[2]

    def get(self, name: str) -> str | None:
        """Return an attribute, whatever prefix it has."""
        for match in ATTRIBUTE.finditer(self.attributes):
            if match[1].rpartition(":")[2] == name:
                return unescape(match[2] if match[2] is not None else match[3])
        return None

    def child(self, name: str) -> Element | None:
        """Return the first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def descendants(self) -> Iterator[Element]:
        """Yield all elements within, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.descendants()


def elements(
    text: str, names: Container[str]
) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Yield each outermost element of some names, and the names of those around it.

    Those within one another are in the tree of the outer one.
    """
    around: list[str] = []
    stack: list[Element] = []
    for match in TOKEN.finditer(text):
        tag = match["name"]
        if tag is None:
            continue
        local = tag.rpartition(":")[2]
        if match["slash"]:
            if not stack:
                around.pop()
                continue
            done = stack.pop()
            done.outer, done.end = match.span()
            if not stack:
                yield done, tuple(around)
            continue
        if stack or local in names:
            element = Element(tag, *match.span(), match["attributes"])
            element.outer = element.end = match.end()
            if stack:
                stack[-1].children.append(element)
            if not match["empty"]:
                stack.append(element)
            elif not stack:
                yield element, tuple(around)
        elif not match["empty"]:
            around.append(local)


def lifted(
    text: str, names: Container[str], aside: Container[str] = frozenset()
) -> list[str]:
    """Take elements out of others of the same names: a note out of its paragraph.

    Args:
        text: XML that was found well-formed.
        names: Of the elements, without prefix.
        aside: Names of elements that keep what is in them.

    Returns:
        The text, then what was taken out of it and of each other. A processing
        instruction with the number stands in its place, see `put_back`.
    """
    texts = [LIFTED.sub("", text)]  # what only we write there
    number = 0
    while number < len(texts):  # it grows
        whole, pieces, done = texts[number], [], 0
        for paragraph, _ in elements(whole, names):
            for inner in _outermost(paragraph, names, aside):
                pieces += [whole[done : inner.start], f"<?satzpaar {len(texts)}?>"]
                texts.append(whole[inner.start : inner.end])
                done = inner.end
        texts[number] = "".join([*pieces, whole[done:]])
        number += 1
    return texts


def _outermost(
    element: Element, names: Container[str], aside: Container[str]
) -> Iterator[Element]:
    for child in element.children:
        if child.name in names:
            yield child
        elif child.name not in aside:
            yield from _outermost(child, names, aside)


def put_back(texts: Sequence[str]) -> str:
    """Undo `lifted`."""
    whole = list(texts)
    for number in range(len(whole) - 1, -1, -1):
        whole[number] = LIFTED.sub(lambda match: whole[int(match[1])], whole[number])
    return whole[0]


def text_of(raw: str) -> str:
    """Return the text of an element without children, decoded."""
    pieces = CDATA.split(ASIDE.sub("", raw))  # every other one is as it stands
    return "".join(
        piece if number % 2 else unescape(piece) for number, piece in enumerate(pieces)
    )
