"""The elements of a part of a DOCX file, and where in its text each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of XML that expat has read already: whatever is no tag and no text is stepped over.
TOKEN: Final = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>"
    r"|<(?P<slash>/?)(?P<name>[^\s/>]+)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)"
    r"(?P<empty>/?)>",
    re.DOTALL,
)
ATTRIBUTE: Final = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
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


def elements(text: str, name: str) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Yield each outermost element of a name, whole, and the names of those around it.

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
        if stack or local == name:
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


def text_of(raw: str) -> str:
    """Return the text of an element without children, decoded."""
    pieces = CDATA.split(ASIDE.sub("", raw))  # every other one is as it stands
    return "".join(
        piece if number % 2 else unescape(piece) for number, piece in enumerate(pieces)
    )
