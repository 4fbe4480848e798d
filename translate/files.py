"""Files in and out: encodings, atomic writing, and which file becomes which."""

from __future__ import annotations

import codecs
import os
import re
import secrets
import stat
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.formats import READ_ALONE, SUFFIXES
from satzpaar.translate.formats.lookalikes import encoded_with_lookalikes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Longer marks first: the one of UTF-32-LE begins with that of UTF-16-LE.
BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

MAGIC_NUMBERS: Final = (
    (b"PK\x03\x04", "a ZIP archive, perhaps DOCX, ODT or EPUB"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

# One character of more than one byte in well-formed UTF-8.
# Source: The Unicode Standard 16.0, table 3-7.
UTF8_SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# Characters that some codecs give though no text has them: NUL, halves of a pair.
NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
HIGH_BYTES: Final = re.compile(rb"[\x80-\xff]+")

# Control characters that no text has; tab, line ends, escape and the old
# end-of-file mark (0x1a) do occur.
CONTROLS: Final = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
LINE_END: Final = re.compile(r"\r\n|\r|\n")
MOST_CONTROLS: Final = 0.02  # of all bytes; ours, by eye: stray ones do occur

# Of the bytes that hold the high half of a UTF-16 unit, how many are NUL. German
# text has over 0.9, no text in one byte has any. Ours.
LEAST_NULS: Final = 0.4


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what is needed to encode it again."""

    text: str  # line endings as in the file
    encoding: str  # as Python names it, never one that adds the mark itself
    bom: bool  # whether a byte order mark stood before the text


def read_bytes(path: Path | str) -> bytes:
    """Read a whole file.

    Raises:
        InputError: There is no such file, it is a folder, or it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError(path, "no such file") from None
    except IsADirectoryError:
        raise InputError(path, "is a folder, expected a file") from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from error


def decode(
    data: bytes, *, place: Path | str = "<text>", encoding: str | None = None
) -> Decoded:
    """Decode text as UTF-8, UTF-16 or, where it is neither, as cp1252.

    Args:
        data: The whole file.
        place: What errors call the file.
        encoding: Overrides the detection.

    Raises:
        InputError: The file is binary, a byte is invalid in its encoding, or the
            text has a NUL or half a surrogate pair.
        UsageError: Python knows no such encoding.
    """
    if encoding is not None:
        return _decode_as(data, _canonical(encoding), place)
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data, name, place)
    for magic, description in MAGIC_NUMBERS:
        if data.startswith(magic):
            raise InputError(place, f"looks like {description}, expected text")
    if b"\0" in data:
        by_nuls = _utf16_by_nuls(data)
        if by_nuls is None:
            raise InputError(place, "looks like a binary file, expected text")
        return _decode_as(data, by_nuls, place)
    if len(CONTROLS.findall(data)) > MOST_CONTROLS * len(data):
        raise InputError(place, "looks like a binary file, expected text")
    return _decode_as(data, _utf8_or_cp1252(data), place)


def encode(decoded: Decoded, *, place: Path | str = "<text>") -> bytes:
    """Encode text the way it was found, or with look-alikes.

    Raises:
        InputError: The encoding lacks a character, and a sign that looks like it.
    """
    try:
        data = encoded_with_lookalikes(decoded.text, decoded.encoding)
    except UnicodeEncodeError as error:
        lacking = error.object[error.start]
        is_half = NO_TEXT.match(lacking)
        advice = "it is half a pair" if is_half else "convert the source to UTF-8 first"
        complaint = f"{lacking!r} cannot be written in {decoded.encoding}; {advice}"
        raise InputError(place, complaint) from None
    return _mark_of(decoded.encoding) + data if decoded.bom else data


def _mark_of(encoding: str) -> bytes:
    return next((mark for mark, name in BYTE_ORDER_MARKS if name == encoding), b"")


def _canonical(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)  # "base64" and the like are codecs, but not of text
    except LookupError:
        raise UsageError(f"no encoding {encoding!r}") from None
    return "utf-8" if name == "utf-8-sig" else name


def _decode_as(data: bytes, name: str, place: Path | str) -> Decoded:
    if name in {"utf-16", "utf-32"}:  # Python's own would lose the byte order
        by_nuls = _utf16_by_nuls(data) if name == "utf-16" else None
        found = [
            known
            for mark, known in BYTE_ORDER_MARKS
            if known.startswith(name) and data.startswith(mark)
        ]
        name = found[0] if found else (by_nuls or f"{name}-le")
    mark = _mark_of(name)
    bom = bool(mark) and data.startswith(mark)
    body = data[len(mark) :] if bom else data
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(name, errors="replace")
        raise InputError(
            place,
            f"byte 0x{body[error.start]:02x} is invalid in {name}; "
            "convert the file to UTF-8 or name its encoding",
            line=len(LINE_END.findall(before)) + 1,
        ) from None
    if no_text := NO_TEXT.search(text):
        line = len(LINE_END.findall(text, 0, no_text.start())) + 1
        raise InputError(place, f"no text has {no_text[0]!r}; is it {name}?", line=line)
    return Decoded(text, name, bom)


def _utf16_by_nuls(data: bytes) -> str | None:
    pairs = len(data) // 2
    if len(data) % 2 or not pairs:
        return None
    in_even, in_odd = data[0::2].count(0) / pairs, data[1::2].count(0) / pairs
    if in_even == 0 and in_odd >= LEAST_NULS:
        return "utf-16-le"
    if in_odd == 0 and in_even >= LEAST_NULS:
        return "utf-16-be"
    return None


def _utf8_or_cp1252(data: bytes) -> str:
    """Tell broken UTF-8 from cp1252 by which of the two fits more characters.

    In cp1252 umlauts seldom stand before a byte that would make them UTF-8
    (»MENÜ» does); in UTF-8 with one broken byte nearly all do.
    """
    rest = UTF8_SEQUENCE.sub(b" ", data)
    invalid = len(HIGH_BYTES.findall(rest))
    valid = len(UTF8_SEQUENCE.findall(data))
    return "cp1252" if invalid > valid else "utf-8"


def write_atomically(
    path: Path | str, data: bytes, *, make_folders: bool = False
) -> None:
    """Write a file so that it is either whole or as it was before.

    The data go to a new file beside the old one, which then takes its name and
    permissions. A symbolic link stays one: what it points at is replaced.
    Terminals, pipes and what lies under /dev are written to directly.

    Raises:
        InputError: The file cannot be written; an old one is as it was.
    """
    path = Path(path)
    try:
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise InputError(path, "is a folder, expected a file")
        if path.is_relative_to("/dev") or (mode and not stat.S_ISREG(mode)):
            path.write_bytes(data)
            return
        target = Path(os.path.realpath(path))
        if make_folders:
            target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data, mode)
    except BrokenPipeError:
        raise  # not the file's fault: the reader has left
    except OSError as error:
        if not path.parent.exists():
            raise InputError(path, f"there is no folder {path.parent}") from None
        raise InputError(path, f"cannot be written: {error.strerror}") from error


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    beside = target.with_name(f".satzpaar-{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def expand_inputs(
    arguments: Sequence[str], *, skip_language: str | None = None
) -> list[tuple[Path, Path]]:
    """List the files meant by paths of files and folders, and by patterns.

    Args:
        arguments: Taken in order; what each means is sorted. Folders are searched
            in depth for supported suffixes, hidden files and folders left out.
        skip_language: Leaves out files in folders and patterns that are already
            translations by their name, such as ``artikel.en.txt``.

    Returns:
        Every file once, with its path relative to the folder or pattern named.

    Raises:
        InputError: A file does not exist, or an argument means no file at all.
    """
    found: dict[Path, tuple[Path, Path]] = {}
    for argument in arguments:
        for path, relative in _expand(argument, skip_language):
            found.setdefault(path.resolve(), (path, relative))
    return list(found.values())


def _expand(argument: str, skip_language: str | None) -> Iterator[tuple[Path, Path]]:
    path = Path(argument)
    if path.is_dir():
        base, candidates = path, list(files_below(path))
        complaint = f"no file here ends in one of {', '.join(SUFFIXES)}"
    elif path.exists() or not has_magic(argument):
        if not path.exists():
            raise InputError(path, "no such file")
        yield path, Path(path.name)
        return
    else:
        plain = next(i for i, part in enumerate(path.parts) if has_magic(part))
        base = Path(*path.parts[:plain])
        pattern = Path(*path.parts[plain:])
        matches = list(base.glob(str(pattern)))
        candidates = sorted(
            match
            for match in matches
            if match.is_file()
            and not any(part[0] == "." for part in match.relative_to(base).parts)
        )
        complaint = "the pattern matches no file"
        if candidates:
            complaint = f"matches no file that ends in one of {', '.join(SUFFIXES)}"
    chosen = [file for file in candidates if file.suffix.lower() in SUFFIXES]
    if not chosen:
        raise InputError(argument, complaint)
    sources = [file for file in chosen if _language_in(file.stem) != skip_language]
    if not sources:
        raise InputError(argument, f"only files that end in .{skip_language} here")
    for file in sources:
        yield file, file.relative_to(base)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and its folders, sorted, without hidden ones."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent, name)


def _language_in(stem: str) -> str:
    return Path(stem).suffix.removeprefix(".").lower()


def output_path(
    source: Path,
    relative: Path,
    output_dir: Path | None,
    target_language: str,
    source_language: str = "de",
) -> Path:
    """Name the translation of a file; without *output_dir* it lies beside it.

    >>> output_path(Path("a/x.de.txt"), Path("x.de.txt"), None, "en").as_posix()
    'a/x.en.txt'
    >>> output_path(Path("a/b/x.md"), Path("b/x.md"), Path("en"), "en").as_posix()
    'en/b/x.en.md'
    >>> output_path(Path("x.pdf"), Path("x.pdf"), None, "en").as_posix()
    'x.en.txt'
    """
    stem, suffix = source.stem, source.suffix
    if suffix.lower() not in SUFFIXES:  # "Meldung vom 3. Mai" has no suffix
        stem, suffix = source.name, ""
    suffix = READ_ALONE.get(SUFFIXES.get(suffix.lower(), ""), suffix)
    named = re.split("[-_]", _language_in(stem))[0]
    if named == source_language:
        stem = Path(stem).stem
    folder = source.parent if output_dir is None else output_dir / relative.parent
    return folder / f"{stem}.{target_language}{suffix}"


def output_paths(
    inputs: Sequence[tuple[Path, Path]],
    output_dir: Path | None,
    target_language: str,
    *,
    source_language: str = "de",
) -> list[tuple[Path, Path]]:
    """Pair every input of :func:`expand_inputs` with its output.

    Raises:
        UsageError: Two inputs have one output, or an output is one of the inputs.
    """
    owners: dict[Path, Path] = {}
    sources = {_identity(source): source for source, _ in inputs}
    pairs: list[tuple[Path, Path]] = []
    for source, relative in inputs:
        languages = target_language, source_language
        output = output_path(source, relative, output_dir, *languages)
        earlier = owners.setdefault(output.resolve(), source)
        if earlier != source:
            raise UsageError(f"{earlier} and {source} would both become {output}")
        if (overwritten := sources.get(_identity(output))) is not None:
            raise UsageError(f"{output}: the output is the input {overwritten} itself")
        pairs.append((source, output))
    return pairs


def check_distinct(source: Path | str, output: Path | str) -> None:
    """Refuse to write over what is being read, under whatever name.

    Raises:
        UsageError: Both are one file, perhaps through a link.
    """
    if _identity(Path(source)) == _identity(Path(output)):
        raise UsageError(f"{output}: the output is the input {source} itself")


def _identity(path: Path) -> tuple[int, int] | Path:
    """Return what all names of one file have in common."""
    try:
        status = path.stat()
    except OSError:
        return path.resolve()
    return status.st_dev, status.st_ino
