"""Documents that are archives of XML: the archive is copied, only text is replaced."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from satzpaar.translate.document import Block, Document
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.writing import written
from satzpaar.translate.formats.xml_tree import put_back
from satzpaar.translate.xml import NO_XML, Parser, escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from satzpaar.translate.document import Segment

ZIP_MAGIC: Final = b"PK\x03\x04"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Bytes of all unpacked parts together, pictures and films too.
LARGEST_ARCHIVE: Final = 1_000_000_000

# Bytes of one unpacked part; a novel has some ten million. A bomb stops here.
LARGEST_PART: Final = 200_000_000

MIMETYPE: Final = "mimetype"  # a part, of OpenDocument and EPUB
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of packing, in use
IS_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A part of an archive, as parts of a document."""

    name: str
    sizes: tuple[int, ...]  # parts of its text, and of each paragraph lifted from it


@dataclass(frozen=True, slots=True)
class ArchiveDocument(Document):
    """An archive: ``parts`` are those of its members, one after another."""

    place: Path | str = "<archive>"  # what errors call the file
    archive: bytes = b""
    members: tuple[Member, ...] = ()
    language: str = "de"  # that is translated


def escape(text: str) -> str:
    """Return text as an element has it; what XML cannot hold is left out."""
    return escaped(NO_XML.sub("", text))


def escape_in(text: str, block: Block) -> str:
    """Return text as an element or, in whatever quotes, an attribute has it."""
    text = escape(text)
    if block.kind == "attribute":
        text = text.replace('"', "&quot;").replace("'", "&apos;")
    return text


def written_members(
    document: ArchiveDocument,
    translations: Iterable[Segment],
    *,
    target_language: str | None,
    tidy: Callable[[str], str] = str,
    escape: Callable[[str, Block], str] = escape_in,
) -> dict[str, str]:
    """Return the text of the members of *document* with its segments replaced.

    Args:
        document: Its parts say what is to be written.
        translations: One per segment.
        target_language: Replaces the document's language; None: nothing does.
        tidy: What is done with a block that was written.
        escape: Writes text that stands in a block.

    Raises:
        ValueError: There are more or fewer translations than segments.
    """
    pieces = zip(
        document.parts,
        written(
            document,
            translations,
            escape=escape,
            target_language=target_language,
        ),
        strict=True,
    )
    found = {}
    for member in document.members:
        texts = []
        for size in member.sizes:
            some = [next(pieces) for _ in range(size)]
            texts.append(
                "".join(
                    tidy(piece) if isinstance(part, Block) else piece
                    for part, piece in some
                )
            )
        found[member.name] = put_back(texts)
    deque(pieces, maxlen=0)  # behind the last part surplus translations are found
    return found


def check_sound(text: str, name: str) -> bytes:
    """Refuse to write what would be called damaged; it would be a mistake of ours."""
    data = text.encode()
    parser = Parser(
        name, start=lambda *_: None, end=lambda _: None, text=lambda _: None
    )
    for _ in parser.feed(io.BytesIO(data)):
        pass
    return data


class Archive:
    """The parts of a file, that nobody vouches for."""

    KIND: ClassVar[str]  # as messages call it
    MAIN: ClassVar[str]  # the part that has the text, or says which one does
    TYPE: ClassVar[str] = ""  # its media type, where the archive says it
    MAY_NAME_DTD: ClassVar[bool] = False  # which is never read

    def __init__(self, data: bytes, place: Path | str) -> None:
        self.place = place
        if data.startswith(OLE_MAGIC):
            raise InputError(
                place,
                f"an old Word file or one with a password, expected {self.KIND}; save "
                f"it as .{self.KIND.lower()} without a password",
            )
        if not data.startswith(ZIP_MAGIC):
            what = f"is no {self.KIND} file" if data else "is empty"
            raise InputError(place, f"{what}, expected a ZIP archive with {self.MAIN}")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            complaint = f"a broken ZIP archive, expected {self.KIND}"
            raise InputError(place, complaint) from None
        self.parts = {info.filename: info for info in self._archive.infolist()}

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
        info = self.parts.get(part)
        if info is None:
            return
        self._check(info)
        place = f"{self.place} ({part})"

        def refuse(_: str) -> None:
            raise InputError(place, "has a DOCTYPE, which is refused")

        doctype = None if self.MAY_NAME_DTD else refuse
        parser = Parser(place, start=start, end=end, text=text, doctype=doctype)
        try:
            # It gives no more bytes than the archive says, which was seen to.
            with self._archive.open(info) as stream:
                for _ in parser.feed(stream):  # type: ignore[arg-type]
                    if too_long():
                        raise parser.error("a paragraph longer than any text is")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
            raise self._broken(part) from None

    def _check(self, info: zipfile.ZipInfo) -> None:
        """Refuse a part that cannot be unpacked, or would fill the memory."""
        if info.flag_bits & IS_ENCRYPTED:
            raise InputError(
                self.place, f"is encrypted, expected {self.KIND} without a password"
            )
        if info.compress_type not in METHODS:
            raise self._broken(info.filename)
        if info.file_size > LARGEST_PART:
            raise InputError(
                self.place,
                f"{info.filename} has {info.file_size} bytes unpacked; over "
                f"{LARGEST_PART} are refused",
            )

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with some parts changed, in their order.

        Raises:
            InputError: A part cannot be unpacked, or all are far too large.
        """
        size = sum(info.file_size for info in self._archive.infolist())
        if size > LARGEST_ARCHIVE:
            raise InputError(
                self.place,
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

    def sound_text(self, part: str) -> str:
        """Return a part, decoded, that is well-formed and declares nothing."""
        self.parse(part, lambda *_: None, lambda _: None)
        return self.text(part)

    def is_sound(self, part: str) -> bool:
        """Say whether a part is well-formed and declares nothing."""
        try:
            self.sound_text(part)
        except InputError:
            return False
        return True

    def media_type(self) -> str:
        """Return what the archive says it is; what is expected, if it does not."""
        if not self.has(MIMETYPE):
            return self.TYPE
        return self.text(MIMETYPE).strip("\ufeff \r\n")

    def has(self, part: str) -> bool:
        """Whether there is a part of a name."""
        return part in self.parts

    def text(self, part: str) -> str:
        """Return a part, decoded."""
        info = self.parts[part]
        self._check(info)
        data = self._unpacked(info)
        try:
            return data.decode()
        except UnicodeDecodeError:
            raise InputError(
                f"{self.place} ({part})",
                f"is not UTF-8, which {self.KIND} is written in",
            ) from None

    def _broken(self, part: str) -> InputError:
        return InputError(
            self.place, f"a broken {self.KIND} file: {part} cannot be unpacked"
        )
