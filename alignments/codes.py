"""Inline markup of segments as the codes of a translation unit, numbered in pairs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.bitext import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from satzpaar.alignments.bitext import CodeKind
    from satzpaar.translate.document import Mark, Segment

# What is left of a code when its attributes go: "<a", "[", "**". Codes that differ
# only in these are each other's translation: a link to the other language's page.
KIND_OF_CODE: Final = re.compile(r"<\w+|[^\w\s]+")

# What HTML and Markdown have several ways to write: the two sides need not be files of
# one format.
SAME_KIND: Final = {
    "<i": "<em", "*": "<em", "_": "<em",
    "<b": "<strong", "**": "<strong", "__": "<strong",
    "[": "<a", "![": "<img", "`": "<code", "~~": "<del", "<s": "<del",
}  # fmt: skip


@dataclass(slots=True)
class _Piece:
    """A code that has no number yet, and the other half of its pair."""

    position: int
    kind: CodeKind
    content: str
    partner: _Piece | None = None
    number: int = 0


def joined_codes(
    source: Sequence[Segment], target: Sequence[Segment]
) -> tuple[tuple[Code, ...], tuple[Code, ...]]:
    """Return the codes of both sides of a bead, segments being joined by a space.

    Codes that are the same on both sides, or of the same kind in the same order, get
    one number. A half whose other half lies outside the bead stands alone.
    """
    sides = [_pieces(segments) for segments in (source, target)]
    first, second = ([piece for piece in side if _leads(piece)] for side in sides)
    number = 0
    for key in (_content, _kind):
        for one in [piece for piece in first if not piece.number]:
            other = next(
                (o for o in second if not o.number and key(o) == key(one)), None
            )
            if other is not None:
                number += 1
                _set_number(one, number)
                _set_number(other, number)
    for piece in (*first, *second):
        if not piece.number:
            number += 1
            _set_number(piece, number)
    of_source, of_target = (
        tuple(Code(p.position, p.kind, p.number, p.content) for p in side)
        for side in sides
    )
    return of_source, of_target


def _leads(piece: _Piece) -> bool:
    return piece.kind != "close"


def _content(piece: _Piece) -> tuple[CodeKind, str, str]:
    return piece.kind, piece.content, piece.partner.content if piece.partner else ""


def _kind(piece: _Piece) -> tuple[CodeKind, str]:
    found = KIND_OF_CODE.match(piece.content)
    written = found[0].lower() if found else piece.content
    return piece.kind, SAME_KIND.get(written, written)


def _set_number(piece: _Piece, number: int) -> None:
    piece.number = number
    if piece.partner is not None:
        piece.partner.number = number


def _pieces(segments: Iterable[Segment]) -> list[_Piece]:
    pieces: list[_Piece] = []
    waiting: list[_Piece] = []  # openings of marks that go on into the next segment
    offset = 0
    for segment in segments:
        _walk(segment, offset, pieces, waiting)
        offset += len(segment.text) + 1
    for piece in pieces:
        if piece.partner is None:
            piece.kind = "alone"
    return pieces


def _walk(
    segment: Segment, offset: int, pieces: list[_Piece], waiting: list[_Piece]
) -> None:
    """Add the codes of one segment, in the order in which it would be written."""
    around: list[Mark] = []
    openings: list[_Piece | None] = []

    def add(position: int, kind: CodeKind, content: str) -> _Piece:
        pieces.append(_Piece(offset + position, kind, content))
        return pieces[-1]

    def close_until(start: int) -> None:
        while around and around[-1].end <= start:
            mark, opening = around.pop(), openings.pop()
            closing = _affixes(mark, segment.text)[1]
            if closing:
                if opening is None and waiting:
                    opening = waiting.pop()
                piece = add(mark.end, "close", closing)
                if opening is not None:
                    piece.partner, opening.partner = opening, piece
            elif opening is not None:
                waiting.append(opening)

    for mark in segment.marks:
        close_until(mark.start)
        if mark.start == mark.end:
            add(mark.start, "alone", mark.opening + mark.closing)
            continue
        opening = _affixes(mark, segment.text)[0]
        openings.append(add(mark.start, "open", opening) if opening else None)
        around.append(mark)
    close_until(len(segment.text))


def _affixes(mark: Mark, text: str) -> tuple[str, str]:
    """Return what is written before and after the marked stretch."""
    if not mark.verbatim:
        return mark.opening, mark.closing
    stretch = text[mark.start : mark.end]
    for written in (stretch, escape(stretch, quote=False)):
        before, inside, after = mark.opening.partition(written)
        if inside:
            return before, after
    return "", ""  # code that the file writes otherwise; the text alone is right
