"""Files and streams to texts: paragraphs, headings and sentences of one language."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.docx import read_docx
from satzpaar.alignments.text import Text
from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.files import LINE_END, decode, read_bytes
from satzpaar.translate.formats import READERS, SUFFIXES, format_of, reader
from satzpaar.translate.formats.archive import ZIP_MAGIC
from satzpaar.translate.segmentation import segment_spans

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.document import BlockKind

EPUB: Final = "epub"
DOCX: Final = "docx"  # read here so that its marks are like those of HTML
TEXT_FORMATS: Final = tuple(READERS)
TEXT_SUFFIXES: Final = tuple(SUFFIXES)

# What XML 1.0 cannot hold in any notation, and with it no TMX. Lone halves of
# surrogate pairs and NUL never get here: decoding refuses them.
CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_text(
    path: Path | str,
    *,
    language: str,
    format: str | None = None,
    encoding: str | None = None,
    lines: bool = False,
) -> Text:
    """Read a file and cut it into sentences by the rules of its language.

    Args:
        path: Of any format that is translated.
        language: ``de`` and ``en`` have rules of their own, also as ``de-AT``; others
            get those that hold everywhere.
        format: One of `TEXT_FORMATS`; None: by the suffix. DOCX is known also where
            text is expected.
        encoding: None: found out. DOCX says its own.
        lines: The file is cut already: a line is a segment, also an empty one.

    Raises:
        InputError: There is no such file, or it is not of this format or encoding.
        UsageError: There is no such format or encoding.
    """
    if not lines:
        format = format or format_of(path)
    return text_of(
        read_bytes(path),
        language=language,
        format=format or "text",
        encoding=encoding,
        lines=lines,
        place=path,
    )


def text_of(
    data: bytes,
    *,
    language: str,
    format: str = "text",
    encoding: str | None = None,
    lines: bool = False,
    place: Path | str = "<text>",
) -> Text:
    """Cut the bytes of a file into sentences, as `read_text` does.

    *place* is what errors call the file.
    """
    if lines:
        text = decode(data, place=place, encoding=encoding).text
        found = LINE_END.split(text)
        return Text.of_lines(found if found[-1] else found[:-1])
    if format == DOCX or (format == "text" and data.startswith(ZIP_MAGIC)):
        return read_docx(data, language=language, place=place)
    document = reader(format)(
        data,
        partial(segment_spans, language=language),
        place=place,
        encoding=encoding,
        language=language,
    )
    # The chapters of a book are in its tables of contents once more.
    return Text.of_document(document, without=("metadata",) if format == EPUB else ())


def without_controls(text: Text) -> Text:
    """Leave out control characters, and segments that were made of nothing else."""
    segments: list[Segment] = []
    paragraphs: list[int] = []
    kinds: list[BlockKind] = []
    for segment, paragraph, kind in zip(
        text.segments, text.paragraphs, text.kinds, strict=True
    ):
        clean = _without_controls(segment)
        if clean.text or not segment.text:
            segments.append(clean)
            paragraphs.append(paragraph)
            kinds.append(kind)
    return Text(tuple(segments), tuple(paragraphs), tuple(kinds))


def _without_controls(segment: Segment) -> Segment:
    if not CONTROLS.search(segment.text):
        return segment
    before = CONTROLS.sub("", segment.text)
    text = before.strip()
    outer = len(before) - len(before.lstrip())  # space that a control stood before

    def moved(offset: int) -> int:
        kept = offset - len(CONTROLS.findall(segment.text, 0, offset))
        return min(max(kept - outer, 0), len(text))

    marks = (
        Mark(
            moved(mark.start),
            moved(mark.end),
            mark.opening,
            mark.closing,
            verbatim=mark.verbatim,
        )
        for mark in segment.marks
    )
    return Segment(text, tuple(marks))
