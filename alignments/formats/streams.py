"""Files in, unpacked and guarded; files out, which are whole or not there at all."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import os
import secrets
import stat
import sys
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Self, cast

from satzpaar.alignments.formats.options import STREAM
from satzpaar.translate.errors import InputError
from satzpaar.translate.files import BYTE_ORDER_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

PACKED_SUFFIXES: Final = (".gz", ".xz", ".bz2")
LONGEST_LINE: Final = 1_000_000  # bytes; no sentence pair, and no reason to fill memory
BUFFER: Final = 1 << 20  # bytes


def place_of(path: Path | str, *, writing: bool = False) -> Path | str:
    """Return what messages call a file."""
    if str(path) != STREAM:
        return path
    return "<stdout>" if writing else "<stdin>"


class _Rewound(io.RawIOBase):
    """A stream of which the first bytes were looked at."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        size = len(view)
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
        else:
            data = self._rest.read(size)
        view[: len(data)] = data
        return len(data)


@contextmanager
def opened(path: Path | str) -> Iterator[BinaryIO]:
    """Open a file or, for ``-``, standard input, unpacked by what its first bytes say.

    Raises:
        InputError: There is no such file, or it is damaged.
    """
    place = place_of(path)
    try:
        if str(path) == STREAM:
            with _unpacked(sys.stdin.buffer) as plain:
                yield plain
        else:
            with Path(path).open("rb") as file, _unpacked(file) as plain:
                yield plain
    except FileNotFoundError as error:
        if error.filename is None or Path(error.filename) != Path(path):
            raise
        raise InputError(place, "no such file") from None
    except IsADirectoryError:
        raise InputError(place, "is a folder, expected a bitext's file") from None
    except PermissionError as error:
        raise InputError(place, f"cannot be read: {error.strerror}") from None
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(place, f"damaged or cut short ({error})") from error


@contextmanager
def _unpacked(file: BinaryIO) -> Iterator[BinaryIO]:
    head = file.read(6)
    if file.seekable():
        file.seek(-len(head), os.SEEK_CUR)
        whole = file
    else:
        whole = io.BufferedReader(_Rewound(head, file), BUFFER)
    if head.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=whole) as plain:
            yield cast("BinaryIO", plain)
    elif head.startswith(b"\xfd7zXZ\x00"):
        with lzma.LZMAFile(whole) as plain_xz:
            yield cast("BinaryIO", plain_xz)
    elif head.startswith(b"BZh"):
        with bz2.BZ2File(whole) as plain_bz2:
            yield cast("BinaryIO", plain_bz2)
    else:
        yield whole


class _Recoded(io.RawIOBase):
    """A text in another encoding, as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str, place: Path | str) -> None:
        self._file = file
        self._place = place
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._ready:
            data = self._file.read(BUFFER)
            try:
                self._ready = self._decoder.decode(data, final=not data).encode()
            except UnicodeDecodeError as error:
                raise InputError(
                    self._place,
                    f"{error.reason} in {error.encoding.upper()}, which its first "
                    "bytes say it is in; convert the file to UTF-8",
                ) from None
            if not data:
                break
        size = min(len(view), len(self._ready))
        view[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


@contextmanager
def _opened_text(path: Path | str) -> Iterator[BinaryIO]:
    """Open a file as UTF-8, which one with the mark of UTF-16 or UTF-32 becomes."""
    with opened(path) as stream:
        buffered = io.BufferedReader(cast("io.RawIOBase", stream), BUFFER)
        head = buffered.peek(len(codecs.BOM_UTF32_LE))
        marked = [name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)]
        try:
            if marked and marked[0] != "utf-8":
                recoded = _Recoded(
                    cast("BinaryIO", buffered), marked[0], place_of(path)
                )
                yield cast("BinaryIO", io.BufferedReader(recoded, BUFFER))
            else:
                yield cast("BinaryIO", buffered)
        finally:
            buffered.detach()  # or it would close standard input


def lines(
    path: Path | str, *, longest: int = LONGEST_LINE
) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, from 1; only a line feed ends one.

    Raises:
        InputError: A line is longer than *longest* bytes, or no text in UTF-8, UTF-16
            or UTF-32, of which the last two are told by their marks.
    """
    place = place_of(path)
    with _opened_text(path) as stream:
        number = 0
        while line := stream.readline(longest + 1):
            number += 1
            if len(line) > longest:
                raise InputError(
                    place,
                    f"longer than {longest} bytes; no line of a bitext is",
                    line=number,
                )
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise InputError(
                    place,
                    f"byte 0x{line[error.start]:02x} is invalid in UTF-8; convert the "
                    "file to UTF-8",
                    line=number,
                ) from None
            if "\0" in text:
                raise InputError(place, "a NUL; expected text", line=number)
            yield number, text.rstrip("\r\n")


class _Sink(io.RawIOBase):
    """Where the bytes go at last; what goes wrong there is said of the file."""

    def __init__(self, file: BinaryIO, place: Path | str) -> None:
        self._file = file
        self._place = place
        self.discarded = False

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        if self.discarded:
            return memoryview(data).nbytes  # type: ignore[arg-type]
        try:
            return self._file.write(data)  # type: ignore[call-overload,no-any-return]
        except BrokenPipeError:
            raise  # not the file's fault: the reader has left
        except OSError as error:
            complaint = f"cannot be written: {error.strerror}"
            raise InputError(self._place, complaint) from error


@dataclass(slots=True)
class _Staged:
    """A file on its way."""

    path: Path | str
    sink: _Sink
    buffered: io.BufferedWriter[_Sink]
    packed: BinaryIO
    file: BinaryIO
    beside: Path | None  # None: written in place, a terminal or pipe
    target: Path | None
    mode: int | None


class Stage:
    """Files that are all written beside their names, and take them together.

    Left by an exception, none of them is there, and old ones are as they were.
    Terminals, pipes and what lies under /dev are written to directly.

        with Stage() as stage:
            stage.open("corpus.de.gz").write(b"...")
    """

    def __init__(self) -> None:
        self._staged: list[_Staged] = []

    def open(self, path: Path | str) -> BinaryIO:
        """Begin a file, or standard output for ``-``; its suffix says the packing.

        Raises:
            InputError: It cannot be written.
        """
        place = place_of(path, writing=True)
        try:
            file, beside, target, mode = _begin(path)
        except OSError as error:
            parent = Path(path).parent
            if not parent.exists():
                raise InputError(place, f"there is no folder {parent}") from None
            complaint = f"cannot be written: {error.strerror}"
            raise InputError(place, complaint) from error
        sink = _Sink(file, place)
        buffered = io.BufferedWriter(sink, BUFFER)
        packed = _packing(buffered, Path(path).suffix.lower())
        self._staged.append(
            _Staged(path, sink, buffered, packed, file, beside, target, mode)
        )
        return packed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._discard()
            return
        try:
            for staged in self._staged:
                _finish(staged)
            for staged in self._staged:
                if staged.beside is not None and staged.target is not None:
                    staged.beside.replace(staged.target)
        except BaseException as problem:
            self._discard()
            if isinstance(problem, OSError) and not isinstance(
                problem, BrokenPipeError
            ):
                complaint = f"cannot be written: {problem.strerror}"
                raise InputError(staged.path, complaint) from problem
            raise

    def _discard(self) -> None:
        for staged in self._staged:
            staged.sink.discarded = True
            with suppress(OSError, ValueError):
                staged.packed.close()
                staged.buffered.close()
            if staged.beside is not None:
                with suppress(OSError):
                    staged.file.close()
                staged.beside.unlink(missing_ok=True)


def _begin(
    path: Path | str,
) -> tuple[BinaryIO, Path | None, Path | None, int | None]:
    if str(path) == STREAM:
        return sys.stdout.buffer, None, None, None
    path = Path(path)
    mode = path.stat().st_mode if path.exists() else None
    if mode is not None and stat.S_ISDIR(mode):
        raise InputError(path, "is a folder, expected a file")
    if path.is_relative_to("/dev") or (mode and not stat.S_ISREG(mode)):
        return path.open("wb", buffering=0), None, None, mode
    target = Path(os.path.realpath(path))  # a symbolic link stays one
    beside = target.with_name(f".satzpaar-{secrets.token_hex(8)}.tmp")
    return beside.open("xb", buffering=0), beside, target, mode


def _packing(stream: io.BufferedWriter[_Sink], suffix: str) -> BinaryIO:
    # Without a name and a time of its own: the same units give the same bytes.
    if suffix == ".gz":
        packed = gzip.GzipFile("", "wb", 6, stream, mtime=0)
        # A call for each unit is slow in gzip's own code.
        return cast("BinaryIO", _Through(packed))
    if suffix == ".xz":
        return cast("BinaryIO", _Through(lzma.LZMAFile(stream, "wb")))
    if suffix == ".bz2":
        return cast("BinaryIO", _Through(bz2.BZ2File(stream, "wb")))
    return cast("BinaryIO", stream)


class _Through(io.BufferedWriter):
    """Gathers small pieces for a packer, and closes it too."""

    def __init__(self, packer: gzip.GzipFile | lzma.LZMAFile | bz2.BZ2File) -> None:
        super().__init__(cast("io.RawIOBase", packer), BUFFER)


def _finish(staged: _Staged) -> None:
    if staged.packed is not staged.buffered:
        staged.packed.close()
    staged.buffered.flush()
    if staged.beside is None:
        staged.file.flush()
        if str(staged.path) != STREAM:
            staged.file.close()
        return
    os.fsync(staged.file.fileno())
    staged.file.close()
    if staged.mode is not None:
        staged.beside.chmod(stat.S_IMODE(staged.mode))
