"""Plain text, one segment a line, and what systems are called by their files' names."""

from __future__ import annotations

import gzip
import re
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.eval.testset import SystemOutput
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.files import BYTE_ORDER_MARKS, LINE_END, decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

STDIN: Final = Path("-")
GZIP: Final = b"\x1f\x8b"

# Parts of a file's name that say nothing of whose translation it is.
NO_NAME: Final = re.compile(
    r"txt|text|gz|hyp|hypothesis|sgm|out|output|[a-z]{2}(-[a-z]{2})?", re.IGNORECASE
)


def read_text(path: Path) -> str:
    """Read a file, perhaps packed with gzip; ``-`` is standard input.

    It is in UTF-8, or in UTF-16 or UTF-32 with the mark that says so.

    Raises:
        InputError: It cannot be read, is empty, or is in another encoding.
    """
    if path == STDIN:
        data, path = sys.stdin.buffer.read(), Path("<stdin>")
    else:
        data = read_bytes(path)
    if data.startswith(GZIP):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(path, f"damaged gzip: {error}") from None
    text = _decoded(data, path)
    if not text.strip():
        raise InputError(path, "is empty; one segment a line is expected")
    return text


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
    """Read one segment a line, without white space at its end.

    Raises:
        InputError: The file cannot be read, is empty, or is in another encoding.
    """
    lines = LINE_END.split(read_text(path))
    if not lines[-1]:
        lines.pop()
    return tuple(line.rstrip() for line in lines)


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
