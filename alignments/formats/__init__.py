"""Bitexts on disk: a reader and a writer for each format, by its name or suffix.

    units = read_bitext("memory.tmx", source_language="de", target_language="en")
    write_bitext("memory.jsonl.gz", units)

Everything is a stream, packed with gzip, xz or bzip2 where the suffix says so. What a
format cannot hold is counted, if somebody gives a counter: ``losses=Counter()``.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast

from satzpaar.alignments.formats.ids import content_id, stable_id
from satzpaar.alignments.formats.options import (
    STREAM,
    USUAL_SOURCE_LANGUAGE,
    Losses,
    Reading,
    Write,
    Writing,
    primary,
)
from satzpaar.alignments.formats.streams import PACKED_SUFFIXES
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from satzpaar.alignments.bitext import TranslationUnit

T = TypeVar("T")

__all__ = [
    "FORMATS",
    "READERS",
    "SUFFIXES",
    "WRITERS",
    "Losses",
    "Reader",
    "Reading",
    "Write",
    "Writer",
    "Writing",
    "content_id",
    "files_of",
    "format_of_path",
    "open_bitext",
    "read_bitext",
    "stable_id",
    "write_bitext",
]


class Reader(Protocol):
    """Anything that makes translation units of a file, one after the other."""

    def __call__(self, path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
        """Yield the units in order. The path may be ``-``, standard input.

        Raises:
            InputError: The file is not what it has to be; the message has the line.
        """
        ...


class Writer(Protocol):
    """Anything that opens a file for translation units."""

    def __call__(self, path: Path | str, how: Writing) -> AbstractContextManager[Write]:
        """Give a function that takes units one by one.

        The file is there, whole, once the context is left without an error. The path
        may be ``-``, standard output.
        """
        ...


def _reader(module: str, name: str) -> Callable[[], Reader]:
    return lambda: cast(
        "Reader", getattr(import_module(f"satzpaar.alignments.{module}"), name)
    )


def _writer(module: str) -> Callable[[], Writer]:
    return lambda: cast(
        "Writer", import_module(f"satzpaar.alignments.{module}").open_writer
    )


# Loaders: only what is in use is imported.
READERS: Final[Mapping[str, Callable[[], Reader]]] = {
    "tmx": _reader("tmx.reader", "read_tmx"),
    "tsv": _reader("formats.tsv", "read_tsv"),
    "jsonl": _reader("formats.jsonl", "read_jsonl"),
    "moses": _reader("formats.moses", "read_moses"),
    "xliff": _reader("formats.xliff_reader", "read_xliff"),
    "ladder": _reader("formats.ladder", "read_ladder"),
    "vecalign": _reader("formats.vecalign", "read_vecalign"),
    "parquet": _reader("formats.parquet", "read_parquet"),
    "tbx": _reader("formats.tbx", "read_tbx"),
}
WRITERS: Final[Mapping[str, Callable[[], Writer]]] = {
    "tmx": _writer("tmx.writer"),
    "tsv": _writer("formats.tsv"),
    "jsonl": _writer("formats.jsonl"),
    "moses": _writer("formats.moses"),
    "xliff": _writer("formats.xliff_writer"),
    "ladder": _writer("formats.ladder"),
    "vecalign": _writer("formats.vecalign"),
    "parquet": _writer("formats.parquet"),
}
SUFFIXES: Final[Mapping[str, str]] = {
    ".tmx": "tmx",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".moses": "moses",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".ladder": "ladder",
    ".vecalign": "vecalign",
    ".parquet": "parquet",
    ".tbx": "tbx",
}


FORMATS: Final = tuple(WRITERS)  # names; each can be read, too


def format_of_path(
    path: Path | str, source_language: str | None = None, *, written: bool = False
) -> str:
    """Name the format of a file by its suffix; one of packing may follow.

    Args:
        path: ``-`` has no suffix.
        source_language: A file that ends in it is the first of a Moses pair.
        written: It is one that can be written, too.

    Raises:
        InputError: The suffix is of no such format; the message says which are.
    """
    if str(path) == STREAM:
        raise UsageError("a standard stream has no suffix; name the format")
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    if suffixes and suffixes[-1] in PACKED_SUFFIXES:
        suffixes.pop()
    suffix = suffixes[-1] if suffixes else ""
    source = primary(source_language or USUAL_SOURCE_LANGUAGE)
    if suffix == f".{source}":
        return "moses"
    known = {
        each: name
        for each, name in SUFFIXES.items()
        if name in (WRITERS if written else READERS)
    }
    try:
        return known[suffix]
    except KeyError:
        raise InputError(
            path,
            f"not a bitext by its suffix; {', '.join(known)} or, of a Moses pair, "
            f".{source} is expected",
        ) from None


def read_bitext(
    path: Path | str,
    *,
    format: str | None = None,
    source_language: str | None = None,
    target_language: str | None = None,
    columns: tuple[int, int] | None = None,
    header: bool | None = None,
    escapes: bool = False,
    texts: tuple[Path, Path] | None = None,
    losses: Losses | None = None,
) -> Iterator[TranslationUnit]:
    """Yield the units of a file; see `Reading` for the options.

    Raises:
        InputError: The file is not what it has to be. Some of it may have been yielded.
        UsageError: There is no such format, or an option means nothing.
    """
    how = Reading(
        source_language,
        target_language,
        columns,
        header,
        escapes,
        texts,
        Losses() if losses is None else losses,
    )
    name = format or format_of_path(path, source_language)
    return _loaded(READERS, name)(path, how)


def open_bitext(
    path: Path | str,
    *,
    format: str | None = None,
    source_language: str | None = None,
    target_language: str | None = None,
    created: datetime | None = None,
    header: bool = False,
    escapes: bool = False,
    texts: tuple[Path, Path] | None = None,
    losses: Losses | None = None,
) -> AbstractContextManager[Write]:
    """Open a file for units that come one by one; see `Writing` for the options.

        with open_bitext("pair.tmx") as write:
            write(unit)

    The file is there once the context is left; after an error it is as it was before.

    Raises:
        InputError: The file cannot be written, or not hold such a unit.
        UsageError: There is no such format, or an option means nothing.
    """
    how = Writing(
        source_language,
        target_language,
        created,
        header,
        escapes,
        texts,
        Losses() if losses is None else losses,
    )
    name = format or format_of_path(path, source_language, written=True)
    return _loaded(WRITERS, name)(path, how)


def write_bitext(
    path: Path | str,
    units: Iterable[TranslationUnit],
    *,
    format: str | None = None,
    source_language: str | None = None,
    target_language: str | None = None,
    created: datetime | None = None,
    header: bool = False,
    escapes: bool = False,
    texts: tuple[Path, Path] | None = None,
    losses: Losses | None = None,
) -> int:
    """Write units to a file and return how many were given; see `Writing`.

    Raises:
        InputError: The file cannot be written, or not hold such a unit.
        UsageError: There is no such format, or an option means nothing.
    """
    opened = open_bitext(
        path,
        format=format,
        source_language=source_language,
        target_language=target_language,
        created=created,
        header=header,
        escapes=escapes,
        texts=texts,
        losses=losses,
    )
    count = 0
    with opened as write:
        for count, unit in enumerate(units, start=1):  # noqa: B007 - the last is it
            write(unit)
    return count


def files_of(
    path: Path | str,
    *,
    format: str | None = None,
    source_language: str | None = None,
    target_language: str | None = None,
    texts: tuple[Path, Path] | None = None,
    written: bool = False,
) -> list[Path]:
    """List the files that a bitext is in; a standard stream is none.

    Raises:
        InputError: The suffix is of no format, of none that can be written if it is to
            be *written*, or not as a Moses pair's is.
    """
    if str(path) == STREAM:
        return []
    how = Reading(source_language, target_language, texts=texts)
    name = format or format_of_path(path, source_language, written=written)
    if name == "moses":
        from satzpaar.alignments.formats.moses import moses_files

        return list(moses_files(path, how.languages))
    if name in {"ladder", "vecalign"}:
        from satzpaar.alignments.formats.beads import texts_beside

        return [Path(path), *(texts or texts_beside(path, how.languages))]
    return [Path(path)]


def _loaded(loaders: Mapping[str, Callable[[], T]], name: str) -> T:
    if name not in loaders:
        raise UsageError(f"no bitext format {name!r}; formats: {', '.join(loaders)}")
    return loaders[name]()
