"""HTML cut into tags and text, each with its place in the source.

A parser would repair what it reads, and writing the repaired page would change
it. This one only finds places; it accepts everything and loses nothing.

Source: the tokenizer of the HTML Living Standard, section 13.2.5, simplified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKUP: Final = re.compile(
    r"""
    (?P<comment> <!--(?:.*?-->|.*\Z)
      | <!\[CDATA\[.*?\]\]>
      | <[!?][^>]*>
      | </[^A-Za-z>][^>]*>
      | </?[A-Za-z][^<>]*\Z  # unfinished, and not shown
    )
    | <(?P<slash>/?)(?P<name>[A-Za-z][^\s/>"'<]*)
      (?P<attributes>(?:[^"'>]|"[^"]*"|'[^']*')*)>
    | <(?P<lax_slash>/?)(?P<lax_name>[A-Za-z][^\s/>"'<]*)[^<>]*>  # a quote is missing
    """,
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
)

# Source: HTML Living Standard, 13.2.5.37: the slash is a part of the value.
UNQUOTED_END: Final = re.compile(r"=\s*[^\s\"'=<>`]*/\Z")

# In these "<" begins no tag; all but the title is nothing to translate.
RAW_TEXT: Final = frozenset(
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"]
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with a value, and where that stands, quotes included."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, a comment or the like, or text."""

    kind: Literal["open", "close", "comment", "text"]
    start: int
    end: int
    name: str = ""  # of the element, in small letters
    attributes: tuple[Attribute, ...] = ()
    self_closing: bool = False

    def get(self, name: str) -> str | None:
        """Return the value of an attribute; empty if it has none."""
        return next((a.value for a in self.attributes if a.name == name), None)


def scan(source: str) -> list[Piece]:
    """Cut *source* into pieces without gaps."""
    return list(_pieces(source))


def _pieces(source: str) -> Iterator[Piece]:
    done = 0
    while match := MARKUP.search(source, done):
        if match.start() > done:
            yield Piece("text", done, match.start())
        done = match.end()
        if match["comment"] is not None:
            yield Piece("comment", match.start(), done)
            continue
        name = (match["name"] or match["lax_name"]).lower()
        if match["slash"] or match["lax_slash"]:
            yield Piece("close", match.start(), done, name)
            continue
        inside = match["attributes"] or ""
        self_closing = inside.endswith("/") and not UNQUOTED_END.search(inside)
        yield Piece(
            "open",
            match.start(),
            done,
            name,
            tuple(_attributes(inside, match.start("attributes"))),
            self_closing,
        )
        if name in RAW_TEXT and not self_closing:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
            end = closing.search(source, done)
            stop = end.start() if end else len(source)
            if stop > done:
                yield Piece("text", done, stop)
            done = stop
    if done < len(source):
        yield Piece("text", done, len(source))


def _attributes(inside: str, offset: int) -> Iterator[Attribute]:
    for match in ATTRIBUTE.finditer(inside):
        raw = match[2] or ""
        value = raw[1:-1] if raw[:1] in {'"', "'"} else raw
        start, end = match.span(2) if match[2] else (match.end(), match.end())
        if raw.startswith("{"):  # MDX: an expression, of which quotes would make text
            start = end
        yield Attribute(match[1].lower(), unescape(value), offset + start, offset + end)


def end_of_element(pieces: Sequence[Piece], index: int) -> int | None:
    """Return the index after the closing tag of the element opened at *index*.

    None: it is never closed.
    """
    if pieces[index].self_closing:  # as XHTML has it
        return index + 1
    name, depth = pieces[index].name, 0
    for at in range(index, len(pieces)):
        piece = pieces[at]
        if piece.name != name:
            continue
        if piece.kind == "open" and not piece.self_closing:
            depth += 1
        elif piece.kind == "close":
            depth -= 1
            if depth == 0:
                return at + 1
    return None
