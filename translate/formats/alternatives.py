"""What pictures of DOCX and ODT say to those who do not see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Block, Language, Markup
from satzpaar.translate.formats.archive import escape
from satzpaar.translate.formats.inline import Inline, cut
from satzpaar.translate.formats.xml_tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from satzpaar.translate.formats import Segmenter

# Source: ECMA-376, part 1, 20.4.2.5 (docPr); OpenDocument 1.3, part 3, 10.5.
ALTERNATIVE: Final = re.compile(
    r"\s(?:descr|title)=(?P<quote>[\"'])(?P<text>.*?)(?P=quote)"
    r"|<svg:(?P<name>title|desc)\b[^<>]*>(?P<said>[^<>]+)</svg:(?P=name)>",
    re.DOTALL,
)
# Word puts what it says itself behind two of them.
LINE_END: Final = re.compile(r"((?:[\r\n]|&#(?:10|13|x0*[AaDd]);)+\s*)")
PROPERTIES: Final = re.compile(r"<[\w.-]+:docPr\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


def alternatives(raw: str, segmenter: Segmenter, line: int) -> list[Markup]:
    """Return the markup in XML that has such texts, in order.

    Args:
        raw: XML as it is written.
        segmenter: Cuts the texts into segments.
        line: Of all of them.
    """
    of_word = [match.span() for match in PROPERTIES.finditer(raw)]
    found = []
    for match in ALTERNATIVE.finditer(raw):
        within = any(start < match.start() < end for start, end in of_word)
        if not (match["said"] or within):
            continue
        start, end = match.span("said") if match["said"] else match.span("text")
        pieces = LINE_END.split(raw[start:end])
        parts = [
            piece if number % 2 else _part(piece, segmenter, line)
            for number, piece in enumerate(pieces)
        ]
        if any(isinstance(part, Block) for part in parts):
            before, after = raw[match.start() : start], raw[end : match.end()]
            found.append(Markup(match[0], (before, *parts, after)))
    return found


def _part(raw: str, segmenter: Segmenter, line: int) -> str | Block:
    inline = Inline(text_of(raw))
    if not inline.translatable():
        return raw
    found = cut(inline, segmenter, escape)
    return Block(*found, kind="attribute", line=line, source=raw)


def parts_with(raw: str, markups: Iterable[Markup]) -> Iterator[str | Block | Language]:
    """Yield XML that has no other texts as parts of a document."""
    done = 0
    for markup in markups:
        start = raw.index(markup.source, done)
        yield raw[done:start]
        yield from markup.parts
        done = start + len(markup.source)
    yield raw[done:]


def each_once(markups: Iterable[Markup]) -> tuple[Markup, ...]:
    """Return what a block has of them."""
    return tuple({markup.source: markup for markup in markups}.values())
