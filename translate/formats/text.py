"""Plain text: every line, blank line, indentation and line ending is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from satzpaar.translate import files
from satzpaar.translate.document import Block, Document
from satzpaar.translate.formats.columns import gaps
from satzpaar.translate.formats.inline import Inline, cut, visible
from satzpaar.translate.formats.spacing import unbroken
from satzpaar.translate.formats.wrapping import Line, joined, paragraphs
from satzpaar.translate.formats.writing import encoded, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from satzpaar.translate.document import BlockKind, Segment
    from satzpaar.translate.formats import Segmenter

# With the separators of lines, paragraphs and pages: str.splitlines knows more,
# but those are no line ends in a text file.
LINE: Final = re.compile(
    "([^\r\n\x0b\x0c\x85\u2028\u2029]*)(\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|$)"
)

SENTENCE_END: Final = re.compile("[.!?:;,…][\"'”“»«’)\\]]*$")

# Blanks that put the next cell into its column; a tab does so by itself.
PADDING: Final = re.compile(r" +(?![\s\u00a0])")
# Dots that lead to the next cell, and as many as make them seen as such.
LEADERS: Final = re.compile(r"([ \u00a0]*)(\.{4,})([ \u00a0]*)")
FEWEST_DOTS: Final = 6

# News headings stay below a line and a half; longer lines without a full stop
# are paragraphs that lost it. Ours.
LONGEST_HEADING: Final = 100  # characters


def read(
    data: bytes,
    segmenter: Segmenter,
    *,
    place: Path | str = "<text>",
    encoding: str | None = None,
    language: str = "de",  # noqa: ARG001
) -> Document:
    """Read plain text. See :class:`satzpaar.translate.formats.Reader`."""
    decoded = files.decode(data, place=place, encoding=encoding)
    parts = tuple(_parts(decoded.text, segmenter))
    return Document("text", parts, decoded.encoding, decoded.bom)


def write(
    document: Document,
    translations: Iterable[Segment],
    *,
    target_language: str | None = None,
) -> Iterator[bytes]:
    """Write plain text. See :class:`satzpaar.translate.formats.Writer`."""
    pieces = written(
        document,
        unbroken(document, translations),
        escape=lambda text, _: text,
        target_language=target_language,
    )
    return encoded(document, _aligned(document, pieces))


def _aligned(document: Document, pieces: Iterable[str]) -> Iterator[str]:
    """Give or take blanks or dots behind a cell: the next one stays in its column."""
    surplus = 0  # characters by which the line is longer than it was
    for part, piece in zip(document.parts, pieces, strict=True):
        if isinstance(part, Block):
            if part.kind == "cell" and part.source is not None:
                surplus += len(piece) - len(part.source)
            yield piece
        elif surplus and (leaders := LEADERS.fullmatch(piece)):
            before, dots, behind = leaders.groups()
            number = max(min(len(dots), FEWEST_DOTS), len(dots) - surplus)
            surplus += number - len(dots)
            yield before + "." * number + behind
        elif surplus and (blanks := PADDING.match(piece)):
            rest = piece[blanks.end() :]
            width = max(1 if rest else 2, blanks.end() - surplus)
            surplus += width - blanks.end()
            yield " " * width + rest
        else:
            surplus = surplus if piece.isprintable() else 0  # a tab, a line end
            yield piece


@dataclass(frozen=True, slots=True)
class _Piece:
    lines: tuple[Line, ...]
    number: int  # of the first line, from 1


def _parts(text: str, segmenter: Segmenter) -> Iterator[str | Block]:
    lines = [Line(match[1], match[2]) for match in LINE.finditer(text) if match[0]]
    number = 1
    pieces: list[_Piece] = []
    for paragraph in paragraphs(list(_with_gaps(lines))):
        pieces.append(_Piece(tuple(paragraph), number))
        number += len(paragraph)
    has_words = [any(_has_words(line.text) for line in piece.lines) for piece in pieces]
    last = max((i for i, found in enumerate(has_words) if found), default=-1)
    for index, piece in enumerate(pieces):
        if not has_words[index]:
            yield "".join(line.text + line.ending for line in piece.lines)
            continue
        if piece.lines[0].gaps:
            yield from _cells(piece.lines[0], piece.number, segmenter)
        else:
            yield _block(piece, segmenter, is_last=index == last)
        yield piece.lines[-1].ending


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _with_gaps(lines: Sequence[Line]) -> Iterator[Line]:
    """Find the lines of tables."""
    for index, line in enumerate(lines):
        around = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
        texts = [near.text for near in around]
        yield replace(line, gaps=gaps(line.text, len(line.lead), texts))


def _cells(line: Line, number: int, segmenter: Segmenter) -> Iterator[str | Block]:
    """Yield the cells of a line and, as they are, the gaps between them."""
    yield line.lead
    start = len(line.lead)
    for gap_start, gap_end in (*line.gaps, (len(line.text), len(line.text))):
        source = line.text[start:gap_start]
        if _has_words(source):
            cell = cut(Inline(visible(source)), segmenter)
            yield Block(*cell, kind="cell", line=number, source=source)
        else:
            yield source
        yield line.text[gap_start:gap_end]
        start = gap_end


def _block(piece: _Piece, segmenter: Segmenter, *, is_last: bool) -> Block:
    first, *rest = piece.lines
    marker = first.lead
    content = joined([line.content for line in piece.lines])
    segments, separators = cut(Inline(visible(content)), segmenter)
    source = "".join(line.text + line.ending for line in piece.lines)
    kind: BlockKind = "paragraph"
    if first.marker:
        kind = "item"
    elif not (
        rest
        or is_last
        or len(content) > LONGEST_HEADING
        or SENTENCE_END.search(content.rstrip())
    ):
        kind = "heading"
    return Block(
        segments,
        (marker + separators[0], *separators[1:]),
        kind=kind,
        line=piece.number,
        source=source.removesuffix(piece.lines[-1].ending),
        width=max(len(line.text.rstrip()) for line in piece.lines) if rest else 0,
        newline=first.ending or "\n",
        indent=rest[0].lead if rest else "",
    )
