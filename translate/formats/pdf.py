"""PDF: its text by paragraphs, in the order of reading; plain text is what comes out.

A PDF says where letters stand and nothing else: what is a paragraph, a heading, a
column is found by sizes and distances. Tables come out cell by cell. Numbers of pages
and running heads are left out.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Final

import pypdfium2

from satzpaar.translate.document import Block, Document
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.inline import Inline, cut, visible
from satzpaar.translate.formats.pdf_paragraphs import (
    Line,
    paragraphs,
    usual_size,
    without_margins,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from satzpaar.translate.document import BlockKind
    from satzpaar.translate.formats import Segmenter

MAGIC: Final = b"%PDF-"
PRESCAN: Final = 1024  # bytes, in which it has to be

HYPHENATED: Final = "\ufffe"  # by which pdfium says that a word goes on below
# Which only look otherwise: "ﬁnden".
LIGATURES: Final = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)
}
ENDS_OF_LINES: Final = frozenset(["\r", "\n", HYPHENATED])


def read(
    data: bytes,
    segmenter: Segmenter,
    *,
    place: Path | str = "<pdf>",
    encoding: str | None = None,  # noqa: ARG001  (each font says its own)
    language: str = "de",  # noqa: ARG001
) -> Document:
    """Read PDF. See :class:`satzpaar.translate.formats.Reader`.

    The document is plain text. The line of a block is the number of its page.
    """
    if MAGIC not in data[:PRESCAN]:
        what = "is no PDF file" if data else "is empty"
        raise InputError(place, f"{what}, expected one that begins with %PDF-")
    lines = without_margins(_lines(data, place))
    if not lines:
        raise InputError(place, "has no text, only pictures perhaps; expected letters")
    usual = usual_size(lines)
    parts: list[str | Block] = []
    for paragraph in paragraphs(lines):
        inline = Inline(visible(paragraph.text))
        parts += ["\n"] if parts else []
        if inline.translatable():
            segments, separators = cut(inline, segmenter)
            kind: BlockKind = "heading" if paragraph.is_heading(usual) else "paragraph"
            parts += [Block(segments, separators, kind, paragraph.page), "\n"]
        else:
            parts.append(inline.text + "\n")
    return Document("text", tuple(parts))


def _lines(data: bytes, place: Path | str) -> list[Line]:
    try:
        document = pypdfium2.PdfDocument(data)
        pages = list(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            complaint = "has a password, expected PDF without one"
        else:
            complaint = "a broken PDF file"
        raise InputError(place, complaint) from None
    found: list[Line] = []
    for number, page in enumerate(pages, 1):
        for line in _lines_of(page, number):
            box = found[-1].box + (not _is_below(line, found[-1])) if found else 0
            found.append(replace(line, box=box))
    return found


def _lines_of(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    """Yield the lines of a page in the order in which they were drawn.

    That is the order of the text, whatever its columns, in what browsers and word
    processors make.
    """
    letters = page.get_textpage()
    start = 0
    text = letters.get_text_range()
    for end, character in enumerate(text + "\n"):
        if character not in ENDS_OF_LINES:
            continue
        shown = text[start:end].translate(LIGATURES)
        shown += "-" if character == HYPHENATED else ""
        if words := " ".join(shown.split()):
            boxes = [
                letters.get_charbox(at, loose=True)
                for at in range(start, end)
                if not text[at].isspace()
            ]
            yield Line(
                words,
                number,
                box=0,
                left=min(box[0] for box in boxes),
                right=max(box[2] for box in boxes),
                bottom=median(box[1] for box in boxes),
                size=median(box[3] - box[1] for box in boxes),
                height=page.get_height(),
            )
        start = end + 1


def _is_below(line: Line, other: Line) -> bool:
    return (
        line.page == other.page
        and line.bottom < other.bottom
        and line.left < other.right
        and other.left < line.right
    )
