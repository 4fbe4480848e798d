"""PDF: its text by paragraphs, in the order of reading; plain text is what comes out.

A PDF says where letters stand and nothing else: what is a paragraph, a heading, a
column is found by sizes and distances. Tables come out cell by cell. Numbers of pages
and running heads are left out.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
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
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from satzpaar.translate.document import BlockKind
    from satzpaar.translate.formats import Segmenter

MAGIC: Final = b"%PDF-"
PRESCAN: Final = 1024  # bytes, in which it has to be

UNKNOWN: Final = "\ufffe"  # by which pdfium also says that a word goes on below
SLACK: Final = 1.0  # points by which lines may reach into each other
WIDEST_SPACE: Final = 2.0  # times the size: more is between cells, or columns
# Which only look otherwise: "ﬁnden".
LIGATURES: Final = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)
}


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
    height = page.get_height()
    for letters in _parted(_letters(page)):
        text = "".join(letter.text for letter in letters).translate(LIGATURES)
        shown = [letter for letter in letters if not letter.text.isspace()]
        if shown:
            yield Line(
                " ".join(text.split()),
                number,
                box=0,
                left=min(letter.left for letter in shown),
                right=max(letter.right for letter in shown),
                bottom=median(letter.bottom for letter in shown),
                size=median(letter.top - letter.bottom for letter in shown),
                height=height,
            )


@dataclass(frozen=True, slots=True)
class Letter:
    """A character and where it stands, in points from the left and the bottom."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def _letters(page: pypdfium2.PdfPage) -> list[Letter]:
    found = page.get_textpage()
    text, letters, at = found.get_text_range(), [], 0
    for character in text:
        letters.append(Letter(character, *found.get_charbox(at, loose=True)))
        at += len(character.encode("utf-16-le")) // 2  # as pdfium counts
    return letters


def _parted(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Part letters where a line ends, and where a gap is that no word has."""
    line: list[Letter] = []
    last: Letter | None = None  # that is seen
    for number, letter in enumerate(letters):
        if letter.text == UNKNOWN:
            # A hyphen at the end of a line, or else a sign whose letter is not known.
            following = letters[number + 1 : number + 2]
            if last and following and following[0].top < last.bottom + SLACK:
                line.append(replace(last, text="-"))
                yield line
                line, last = [], None
            continue
        gap = 0.0 if last is None else letter.left - last.right
        wide = last is not None and gap > WIDEST_SPACE * (last.top - last.bottom)
        if letter.text in "\r\n" or (wide and not letter.text.isspace()):
            yield line
            line, last = [], None
        line.append(letter)
        if not letter.text.isspace():
            last = letter
    yield line


def _is_below(line: Line, other: Line) -> bool:
    return (
        line.page == other.page
        and line.bottom < other.bottom
        and line.left < other.right
        and other.left < line.right
    )
