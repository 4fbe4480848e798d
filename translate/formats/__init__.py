"""Formats of documents: which there are, and who reads and writes each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast

from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from satzpaar.translate.document import Document, Segment

# From the text of one block to the spans of its segments, in order. Nothing but
# white space lies between them.
Segmenter = Callable[[str], list[tuple[int, int]]]

Made = TypeVar("Made")


class Reader(Protocol):
    """Turns the bytes of a file into a document.

    Bytes, because the format decides what they are: HTML names its encoding
    inside, a DOCX file is an archive.
    """

    def __call__(
        self,
        data: bytes,
        segmenter: Segmenter,
        *,
        place: Path | str = "<text>",
        encoding: str | None = None,
        language: str = "de",
    ) -> Document:
        """Read *data*; an empty file gives a document without blocks.

        Args:
            data: The whole file.
            segmenter: Cuts the text of a block into segments.
            place: What errors call the file.
            encoding: Overrides what the file says and what its bytes suggest.
            language: The language to be translated.

        Raises:
            InputError: The bytes are not of this format.
        """
        ...


class Writer(Protocol):
    """Turns a document and its translation into the bytes of a file, as a stream."""

    def __call__(
        self,
        document: Document,
        translations: Iterable[Segment],
        *,
        target_language: str | None = None,
    ) -> Iterator[bytes]:
        """Yield *document* with one translation per segment, in order.

        Each part is given as soon as its translations are there.

        Args:
            document: What the reader of the same format gave.
            translations: As many as ``document.segments()``, marks in place.
            target_language: Put where the document names its language; None
                leaves the name alone.

        Raises:
            ValueError: There are more or fewer translations than segments.
            InputError: The document's encoding lacks a character.
        """
        ...


def _reader(module: str) -> Callable[[], Reader]:
    return lambda: cast(
        "Reader", import_module(f"satzpaar.translate.formats.{module}").read
    )


def _writer(module: str) -> Callable[[], Writer]:
    return lambda: cast(
        "Writer", import_module(f"satzpaar.translate.formats.{module}").write
    )


# Loaders: only the format in use is imported.
READERS: Final[Mapping[str, Callable[[], Reader]]] = {
    "text": _reader("text"),
    "markdown": _reader("markdown"),
    "html": _reader("html"),
    "docx": _reader("docx"),
    "odt": _reader("odt"),
    "epub": _reader("epub"),
    "subtitles": _reader("subtitles"),
    "pdf": _reader("pdf"),
}
WRITERS: Final[Mapping[str, Callable[[], Writer]]] = {
    "text": _writer("text"),
    "markdown": _writer("markdown"),
    "html": _writer("html"),
    "docx": _writer("docx"),
    "odt": _writer("odt"),
    "epub": _writer("epub"),
    "subtitles": _writer("subtitles"),
    "pdf": _writer("text"),  # as it comes out
}

SUFFIXES: Final[Mapping[str, str]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".pdf": "pdf",
}

# Formats that are no text but an archive, by the only suffix that they have.
ARCHIVES: Final[Mapping[str, str]] = {
    "docx": ".docx",
    "odt": ".odt",
    "epub": ".epub",
}

# Formats that are no text, and are read alone: with the suffix of what comes out.
READ_ALONE: Final[Mapping[str, str]] = {"pdf": ".txt"}

# Suffixes of documents that are no plain text, whatever a user hopes.
UNSUPPORTED: Final = frozenset(
    [
        ".csv", ".doc", ".json", ".jsonl",
        ".po", ".pot", ".pptx", ".rtf", ".tex", ".tmx", ".tsv",
        ".xlf", ".xliff", ".xlsx", ".xml",
    ]
)  # fmt: skip

# The same of text with signs in it: who asks for plain text gets it, signs and all.
SIGNED: Final = frozenset([".adoc", ".asciidoc", ".org", ".rst"])


def format_of(path: Path | str) -> str:
    """Name the format of a file by its suffix; an unknown suffix is plain text.

    Raises:
        InputError: The suffix is known, its format not supported.
    """
    suffix = Path(path).suffix.lower()
    if suffix in UNSUPPORTED | SIGNED:
        others = ", ".join(SUFFIXES)
        if suffix in SIGNED:
            others += "; as plain text with the format text"
        raise InputError(path, f"{suffix} is not supported yet; supported: {others}")
    return SUFFIXES.get(suffix, "text")


def reader(name: str) -> Reader:
    """Return the reader of a format.

    Raises:
        UsageError: There is no such format.
    """
    return _load(READERS, name)


def writer(name: str) -> Writer:
    """Return the writer of a format.

    Raises:
        UsageError: There is no such format.
    """
    return _load(WRITERS, name)


def _load(loaders: Mapping[str, Callable[[], Made]], name: str) -> Made:
    if name not in loaders:
        raise UsageError(f"no format {name!r}; formats: {', '.join(loaders)}")
    return loaders[name]()
