"""DOCX files as texts: what a reader of the document sees, with its inline markup.

Read are the paragraphs of the body, its tables, lists and text boxes, then notes,
headers and footers. Comments and formulas are not.

Source: ECMA-376, "Office Open XML File Formats", part 1, WordprocessingML.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from satzpaar.alignments.docx_body import BodyReader
from satzpaar.alignments.docx_inline import inline_of
from satzpaar.alignments.text import Text
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.docx_archive import DocxArchive
from satzpaar.translate.formats.docx_styles import StyleReader
from satzpaar.translate.formats.inline import cut
from satzpaar.translate.segmentation import segment_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from satzpaar.translate.document import BlockKind, Segment


def read_docx(data: bytes, *, language: str, place: Path | str = "<docx>") -> Text:
    """Read a DOCX file and cut its paragraphs into sentences.

    Formatting (bold, italic, underlined, struck, raised, lowered), links and fields
    become marks, written as HTML would be: so they find their counterparts in a text
    that is HTML or Markdown. Of tracked changes the text is the one that accepts them
    all; hidden text is left out.

    Args:
        data: The whole file.
        language: Whose rules cut the sentences.
        place: What errors call the file.

    Raises:
        InputError: It is another kind of file, encrypted, broken or far too large.
    """
    archive = DocxArchive(data, place)
    main = archive.main_part()
    styles = StyleReader()
    for name in archive.targets(main, "styles"):
        archive.parse(name, styles.start, styles.end)
    bodies = [_body(archive, name, styles) for name in archive.with_text(main)]
    if bodies[0].root != "document":
        complaint = f"{main} is <{bodies[0].root}>, expected a Word document"
        raise InputError(place, complaint)
    return _text(bodies, partial(segment_spans, language=language))


def _body(archive: DocxArchive, name: str, styles: StyleReader) -> BodyReader:
    related = archive.related(name).items()
    links = {key: to for key, (kind, to) in related if kind == "hyperlink"}
    body = BodyReader(styles.styles, links)
    archive.parse(name, body.start, body.end, body.text, body.too_long)
    if (instruction := body.unfinished_field()) is not None:
        complaint = f"the field {instruction.strip()[:40]!r} does not end"
        raise InputError(
            archive.place, f"{complaint}; what comes after it cannot be read"
        )
    return body


def _text(
    bodies: Iterable[BodyReader], segmenter: Callable[[str], list[tuple[int, int]]]
) -> Text:
    segments: list[Segment] = []
    paragraphs: list[int] = []
    kinds: list[BlockKind] = []
    number = 0
    for body in bodies:
        for paragraph in body.paragraphs:
            inline = inline_of(paragraph.pieces)
            if not inline.translatable():
                continue
            found, _ = cut(inline, segmenter)
            segments += found
            paragraphs += [number] * len(found)
            kinds += [paragraph.kind(body.styles)] * len(found)
            number += 1
    return Text(tuple(segments), tuple(paragraphs), tuple(kinds))
