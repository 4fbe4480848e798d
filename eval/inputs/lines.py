"""Plain text, one segment a line, and what systems are called by their files' names."""

from __future__ import annotations

import gzip
import re
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.eval.inputs.sgml import SgmlText, check_same_order, is_sgml, sgml_text
from satzpaar.eval.testset import SystemOutput
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.files import BYTE_ORDER_MARKS, LINE_END, decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STDIN: Final = Path("-")
GZIP: Final = b"\x1f\x8b"
LONE_CR: Final = re.compile(r"\r(?!\n)")

# Of files that hold more than one text, perhaps packed: `load_testset` reads them.
COLUMN_SUFFIXES: Final = (".tsv", ".jsonl", ".ndjson", ".tmx", ".xlf", ".xliff", ".xml")

# Parts of a file's name that say nothing of whose translation it is.
NO_NAME: Final = re.compile(
    r"txt|text|gz|hyp|hypothesis|sgml?|out|output|[a-z]{2}(-[a-z]{2})?", re.IGNORECASE
)


def read_text(path: Path) -> str:
    """Read a file, perhaps packed with gzip; ``-`` is standard input.

    It is in UTF-8, or in UTF-16 or UTF-32 with the mark that says so.

    Raises:
        InputError: It cannot be read, is empty, or is in another encoding.
    """
    place = Path("<stdin>") if path == STDIN else path
    text = _decoded(read_unpacked(path), place)
    if not text.strip():
        raise InputError(place, "is empty; one segment a line is expected")
    return text


def read_unpacked(path: Path) -> bytes:
    """Read a file, perhaps packed with gzip; ``-`` is standard input.

    Raises:
        InputError: It cannot be read, or its packing is damaged.
    """
    data = sys.stdin.buffer.read() if path == STDIN else read_bytes(path)
    if not data.startswith(GZIP):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        place = "<stdin>" if path == STDIN else path
        raise InputError(place, f"damaged gzip: {error}") from None


def _decoded(data: bytes, path: Path) -> str:
    if any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return decode(data, place=path).text
    # Guessing an encoding would change scores silently.
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise InputError(
            path,
            f"byte 0x{data[error.start]:02x} is invalid in UTF-8; convert the file",
            line=data.count(b"\n", 0, error.start) + 1,
        ) from None
    return decode(data, place=path, encoding="utf-8").text


def read_lines(path: Path) -> tuple[str, ...]:
    """Read one segment a line, without white space at its end, or WMT's SGML.

    Raises:
        InputError: The file cannot be read, is empty, is in another encoding, or holds
            more than one text.
    """
    check_one_text(path)
    if is_sgml(path):  # its lines are markup
        return read_sgml(path).segments
    return tuple(line.rstrip() for line in lines_of(read_text(path)))


def read_sgml(path: Path) -> SgmlText:
    """Read a file of WMT's SGML, perhaps packed with gzip.

    Raises:
        InputError: It cannot be read, or is not what it has to be.
    """
    return sgml_text(read_text(path), path)


def documents_of(path: Path) -> tuple[str, ...] | None:
    """Return the document of each segment, where a file of one text says so.

    Raises:
        InputError: It cannot be read, or is not what it has to be.
    """
    documents = read_sgml(path).documents if is_sgml(path) else ()
    return documents if documents and all(documents) else None


def check_order(places: Iterable[str]) -> None:
    """Refuse those files that number their segments, but not as the first does.

    Args:
        places: Files, or whatever else texts may come from.

    Raises:
        InputError: Two files have another order.
    """
    paths = [path for path in map(Path, places) if is_sgml(path)]
    check_same_order([(path, read_sgml(path)) for path in paths])


def lines_of(text: str) -> list[str]:
    r"""Cut a text into lines; a CR within one is white space, as to sacreBLEU.

    >>> lines_of("a\rb\r\nc\n"), lines_of("a\rb\r")
    (['a b', 'c'], ['a', 'b'])
    """
    if "\n" in text:  # else CR alone ends lines, as it once did on the Macintosh
        text = LONE_CR.sub(" ", text)
    lines = LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def check_one_text(path: Path) -> None:
    """Refuse a file of columns: its raw lines would be scored as if they were text.

    Raises:
        InputError: By its name it is one.
    """
    suffix = columns_suffix(path)
    if suffix is not None:
        raise InputError(
            path,
            f"{suffix} holds several texts, which `satzpaar eval score --testset` "
            "reads; one text is expected here",
        )


def columns_suffix(path: Path) -> str | None:
    """Return the suffix of a file that holds several texts; None: it holds one.

    >>> columns_suffix(Path("x.tsv.gz")), columns_suffix(Path("x.en.gz"))
    ('.tsv', None)
    """
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    return suffix if suffix in COLUMN_SUFFIXES else None


def read_systems(arguments: Sequence[str]) -> list[SystemOutput]:
    """Read systems' outputs from ``FILE`` or ``NAME=FILE`` each.

    Raises:
        InputError: A file cannot be read.
        UsageError: Two systems have one name.
    """
    named = name_systems(arguments)
    return [
        SystemOutput(name, read_lines(path), place=str(path)) for name, path in named
    ]


def name_systems(arguments: Sequence[str]) -> list[tuple[str, Path]]:
    """Name systems by what sets their files' names apart.

    >>> [name for name, _ in name_systems(["x.hyp.A-1.en", "x.hyp.B.en"])]
    ['A-1', 'B']
    >>> [name for name, _ in name_systems(["tiny/out.en", "base/out.en", "N=z.en"])]
    ['tiny', 'base', 'N']
    >>> [name for name, _ in name_systems(["out/article.en.txt"])]
    ['article']
    """
    found: list[tuple[str, Path]] = []
    unnamed: list[int] = []
    for argument in arguments:
        name, equals, rest = argument.partition("=")
        if equals and not Path(argument).exists():
            if not name or not rest:
                raise UsageError(f"{argument!r}: NAME=FILE is expected")
            found.append((name, Path(rest)))
        else:
            unnamed.append(len(found))
            found.append(("", Path(argument)))
    names = _set_apart([found[i][1] for i in unnamed])
    for i, name in zip(unnamed, names, strict=True):
        found[i] = name, found[i][1]
    taken: dict[str, Path] = {}
    for name, path in found:
        if name in taken:
            raise UsageError(
                f"{taken[name]} and {path} are both called {name!r}; NAME=FILE gives "
                "another name"
            )
        taken[name] = path
    return found


def _set_apart(paths: Sequence[Path]) -> list[str]:
    parts = [[*path.parent.parts, *path.name.split(".")] for path in paths]
    if len(parts) > 1:
        shortest = min(map(len, parts))
        before = 0
        while before < shortest and len({part[before] for part in parts}) == 1:
            before += 1
        after = 0
        while (
            after < shortest - before
            and len({part[len(part) - 1 - after] for part in parts}) == 1
        ):
            after += 1
        told = [part[before : len(part) - after] for part in parts]
    else:
        told = [path.name.split(".") for path in paths]
    names = []
    for rest, path in zip(told, paths, strict=True):
        telling = list(rest)
        while len(telling) > 1 and NO_NAME.fullmatch(telling[-1]):
            telling.pop()
        while len(telling) > 1 and NO_NAME.fullmatch(telling[0]):
            telling.pop(0)
        name = "stdin" if path == STDIN else ".".join(telling)
        names.append(name or path.name)
    return names
