"""The parts of a DOCX file, that nobody vouches for.

Source: ECMA-376, "Office Open XML File Formats", part 2, Open Packaging Conventions.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.docx_styles import relation_reader
from satzpaar.translate.xml import Parser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ZIP_MAGIC: Final = b"PK\x03\x04"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Bytes of all unpacked parts together, pictures and films too.
LARGEST_ARCHIVE: Final = 1_000_000_000

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


class Archive:
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

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return type and target of each of a part's own relations by its id.

        Targets in the archive are names of parts, others as they are written.
        """
        folder, name = posixpath.split(part)
        found = self.relations(f"{folder}/_rels/{name}.rels")
        for key, (kind, target) in found.items():
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if path in self._parts:
                found[key] = kind, path
        return found

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
        text: Callable[[str], None] = lambda _: None,
        too_long: Callable[[], bool] = lambda: False,
    ) -> None:
        """Give the elements of a part, if there is one, to those who take them.

        *too_long* is asked now and then whether a paragraph is longer than any text.
        """
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

        parser = Parser(place, start=start, end=end, text=text, doctype=refuse)
        try:
            # It gives no more bytes than the archive says, which was seen to.
            with self._archive.open(info) as stream:
                for _ in parser.feed(stream):  # type: ignore[arg-type]
                    if too_long():
                        raise parser.error("a paragraph longer than any text is")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
            raise self._broken(part) from None

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with some parts changed, in their order.

        Raises:
            InputError: A part cannot be unpacked, or all are far too large.
        """
        size = sum(info.file_size for info in self._archive.infolist())
        if size > LARGEST_ARCHIVE:
            raise InputError(
                self._place,
                f"has {size} bytes unpacked; over {LARGEST_ARCHIVE} are refused",
            )
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._archive.infolist():
                copied = zipfile.ZipInfo(info.filename, info.date_time)
                copied.compress_type = info.compress_type
                copied.external_attr = info.external_attr
                if (content := changed.get(info.filename)) is None:
                    content = self._unpacked(info)
                target.writestr(copied, content)
        return made.getvalue()

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & IS_ENCRYPTED or info.compress_type not in METHODS:
            raise self._broken(info.filename)
        try:
            return self._archive.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
            raise self._broken(info.filename) from None

    def has(self, part: str) -> bool:
        """Whether there is a part of a name."""
        return part in self._parts

    def text(self, part: str) -> str:
        """Return a part that was parsed, decoded."""
        data = self._archive.read(part)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(
                f"{self._place} ({part})", "is not UTF-8, which DOCX is written in"
            ) from None

    def _broken(self, part: str) -> InputError:
        return InputError(self._place, f"a broken DOCX file: {part} cannot be unpacked")
