"""DOCX files as texts: what a reader of the document sees, with its inline markup.

Read are the paragraphs of the body, its tables, lists and text boxes. Headers, footers,
footnotes, comments and formulas are not.

Source: ECMA-376, "Office Open XML File Formats", part 1, WordprocessingML.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import partial
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.docx_body import BodyReader
from satzpaar.alignments.docx_inline import inline_of
from satzpaar.alignments.docx_styles import StyleReader, relation_reader
from satzpaar.alignments.formats.xml import Parser
from satzpaar.alignments.text import Text
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.inline import cut
from satzpaar.translate.segmentation import segment_spans

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from satzpaar.translate.document import BlockKind, Segment

ZIP_MAGIC: Final = b"PK\x03\x04"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Bytes of one unpacked part; a novel has some ten million. A bomb stops here.
LARGEST_PART: Final = 200_000_000

MAIN_PART: Final = "word/document.xml"  # usually; the archive's relations say it
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # that DOCX may use
IS_ENCRYPTED: Final = 0x1

# By what other archives are told.
OTHERS: Final = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("mimetype", "an OpenDocument or EPUB file"),
)


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
    archive = _Archive(data, place)
    main = archive.main_part()
    folder, name = posixpath.split(main)
    relations = archive.relations(f"{folder}/_rels/{name}.rels")
    links = {key: to for key, (kind, to) in relations.items() if kind == "hyperlink"}
    styles = StyleReader()
    for kind, target in relations.values():
        if kind == "styles":
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            archive.parse(part, styles.start, styles.end)
    body = BodyReader(styles.styles, links)
    archive.parse(main, body.start, body.end, body)
    if body.root != "document":
        raise InputError(place, f"{main} is <{body.root}>, expected a Word document")
    if (instruction := body.unfinished_field()) is not None:
        complaint = f"the field {instruction.strip()[:40]!r} does not end"
        raise InputError(place, f"{complaint}; what comes after it cannot be read")
    return _text(body, partial(segment_spans, language=language))


def _text(body: BodyReader, segmenter: Callable[[str], list[tuple[int, int]]]) -> Text:
    segments: list[Segment] = []
    paragraphs: list[int] = []
    kinds: list[BlockKind] = []
    number = 0
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


class _Archive:
    """The parts of a DOCX file, that nobody vouches for."""

    def __init__(self, data: bytes, place: Path | str) -> None:
        self._place = place
        if data.startswith(OLE_MAGIC):
            raise InputError(
                place,
                "an old Word file or one with a password, expected DOCX; save it as "
                ".docx without a password",
            )
        if not data.startswith(ZIP_MAGIC):
            what = "is no DOCX file" if data else "is empty"
            raise InputError(place, f"{what}, expected a ZIP archive with {MAIN_PART}")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise InputError(place, "a broken ZIP archive, expected DOCX") from None
        self._parts = {info.filename: info for info in self._archive.infolist()}

    def main_part(self) -> str:
        """Return the name of the part that has the text."""
        for kind, target in self.relations("_rels/.rels").values():
            if kind == "officeDocument" and target.lstrip("/") in self._parts:
                main = target.lstrip("/")
                break
        else:
            main = MAIN_PART
        for beginning, what in OTHERS:
            is_other = any(name.startswith(beginning) for name in self._parts)
            if main.startswith(beginning) or (is_other and main not in self._parts):
                raise InputError(self._place, f"{what}, expected DOCX")
        if main not in self._parts:
            raise InputError(
                self._place, f"a ZIP archive without {MAIN_PART}, expected DOCX"
            )
        return main

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the type and target of each relation by its id; none: no such part."""
        found: dict[str, tuple[str, str]] = {}
        self.parse(part, relation_reader(found), lambda _: None)
        return found

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        body: BodyReader | None = None,
    ) -> None:
        """Give the elements of a part, if there is one, to those who take them."""
        info = self._parts.get(part)
        if info is None:
            return
        if info.flag_bits & IS_ENCRYPTED:
            raise InputError(
                self._place, "is encrypted, expected DOCX as Word saves it"
            )
        if info.compress_type not in METHODS:
            raise self._broken(part)
        if info.file_size > LARGEST_PART:
            raise InputError(
                self._place,
                f"{part} has {info.file_size} bytes unpacked; over {LARGEST_PART} are "
                "refused",
            )
        place = f"{self._place} ({part})"

        def refuse(_: str) -> None:
            raise InputError(place, "has a DOCTYPE, which is refused")

        text = body.text if body else (lambda _: None)
        parser = Parser(place, start=start, end=end, text=text, doctype=refuse)
        try:
            # It gives no more bytes than the archive says, which was seen to.
            with self._archive.open(info) as stream:
                for _ in parser.feed(stream):  # type: ignore[arg-type]
                    if body and body.too_long():
                        raise parser.error("a paragraph longer than any text is")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
            raise self._broken(part) from None

    def _broken(self, part: str) -> InputError:
        return InputError(self._place, f"a broken DOCX file: {part} cannot be unpacked")
