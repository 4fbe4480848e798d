"""Bitexts on disk as pairs of source and target: TSV, JSONL, Moses, TMX.

Everything is a stream, packed with gzip, xz or bzip2 or not.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Pair = tuple[str, str]  # source, target

PACKED_SUFFIXES = (".gz", ".xz", ".bz2")
LONGEST_LINE = 1_000_000  # bytes; no sentence pair, and no reason to fill the memory


@dataclass(frozen=True, slots=True)
class Corpus:
    """A bitext and how much of it is wanted."""

    name: str
    pairs: Iterable[Pair]
    fingerprint: str  # the same as long as the pairs are
    weight: float = 1.0  # how often an epoch takes each pair; of 0.3, a third of them
    cooldown_weight: float | None = None  # the same while the rate falls; None: weight


@dataclass(frozen=True, slots=True)
class Format:
    """How a bitext's file is to be read."""

    source_language: str = "de"
    target_language: str = "en"
    columns: tuple[int, int] | None = None  # of a TSV, from 1; None: it has two


class Bitext:
    """The pairs of a file, read anew by each iteration."""

    def __init__(self, path: Path, form: Format) -> None:
        self.path = path
        self.form = form

    def __iter__(self) -> Iterator[Pair]:
        kind = _kind(self.path)
        if kind == ".tmx":
            # lxml is a tenth of a second that the other formats do not need.
            from satzpaar.translate.training.tmx import read_tmx

            with unpacked(self.path) as stream:
                yield from read_tmx(
                    stream,
                    self.form.source_language,
                    self.form.target_language,
                    place=self.path,
                )
        elif kind == ".jsonl":
            yield from _read_jsonl(self.path, self.form)
        elif kind == ".tsv":
            yield from _read_tsv(self.path, self.form.columns)
        else:
            yield from _read_moses(self.path, moses_partner(self.path, self.form))

    def files(self) -> list[Path]:
        """List the files that the pairs are in."""
        if _kind(self.path) in {".tmx", ".jsonl", ".tsv"}:
            return [self.path]
        return [self.path, moses_partner(self.path, self.form)]


def open_bitext(
    path: Path,
    form: Format | None = None,
    *,
    weight: float = 1.0,
    cooldown_weight: float | None = None,
) -> Corpus:
    """Name a file as a corpus; its pairs are read when they are asked for.

    The format is by the suffix: ``.tmx``, ``.tsv``, ``.jsonl``, or the source
    language's of a Moses pair: ``corpus.de`` beside ``corpus.en``. ``.gz``, ``.xz`` or
    ``.bz2`` may follow.

    Raises:
        InputError: There is no such file, or it is none of these.

    """
    bitext = Bitext(path, form or Format())
    digest = hashlib.sha256(repr(bitext.form).encode())
    for file in bitext.files():
        try:
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except FileNotFoundError:
            raise InputError(file, "no such file") from None
        except IsADirectoryError:
            raise InputError(file, "is a folder, expected a bitext's file") from None
    return Corpus(str(path), bitext, digest.hexdigest(), weight, cooldown_weight)


def open_bitexts(arguments: Sequence[str], form: Format) -> list[Corpus]:
    """Open ``FILE[:WEIGHT[:COOLDOWN_WEIGHT]]`` of each argument.

    A shell makes two names of ``corpus.{de,en}``: the first stands for both.
    """
    parsed = [parse_corpus(argument) for argument in arguments]
    moses = f".{form.source_language}"
    partners = {moses_partner(path, form) for path, _ in parsed if _kind(path) == moses}
    return [
        open_bitext(
            path,
            form,
            weight=weights[0] if weights else 1.0,
            cooldown_weight=weights[1] if len(weights) > 1 else None,
        )
        for path, weights in parsed
        if path not in partners
    ]


def parse_corpus(argument: str) -> tuple[Path, list[float]]:
    """Part ``FILE[:WEIGHT[:COOLDOWN_WEIGHT]]``.

    >>> parse_corpus("memory.tmx:2.5")
    (PosixPath('memory.tmx'), [2.5])
    """
    name, weights = argument, list[float]()
    while not Path(name).exists() and len(weights) < 2:
        shorter, colon, last = name.rpartition(":")
        try:
            weight = float(last)
        except ValueError:
            break
        if not colon or not 0 <= weight < 1000:
            raise UsageError(f"{argument}: a weight of {last}; 0 to 1000 is expected")
        name, weights = shorter, [weight, *weights]
    return Path(name), weights


def moses_partner(path: Path, form: Format) -> Path:
    """Name the target's file of a Moses pair.

    Raises:
        InputError: The name does not end in the source language.

    """
    plain = path.with_suffix("") if path.suffix in PACKED_SUFFIXES else path
    packing = path.suffix if plain != path else ""
    if plain.suffix.removeprefix(".").lower() != form.source_language:
        raise InputError(
            path,
            "not a bitext by its suffix; .tmx, .tsv, .jsonl or, of a Moses pair, "
            f".{form.source_language} is expected",
        )
    return plain.with_suffix(f".{form.target_language}{packing}")


def _kind(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in PACKED_SUFFIXES:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """Open a file, unpacked by what its first bytes say.

    Raises:
        InputError: There is no such file, or it is damaged.

    """
    try:
        with path.open("rb") as file:
            start = file.read(6)
            file.seek(0)
            if start.startswith(b"\x1f\x8b"):
                with gzip.GzipFile(fileobj=file) as plain:
                    yield cast("BinaryIO", plain)
            elif start.startswith(b"\xfd7zXZ\x00"):
                with lzma.LZMAFile(file) as plain_xz:
                    yield cast("BinaryIO", plain_xz)
            elif start.startswith(b"BZh"):
                with bz2.BZ2File(file) as plain_bz2:
                    yield cast("BinaryIO", plain_bz2)
            else:
                yield file
    except FileNotFoundError:
        raise InputError(path, "no such file") from None
    except IsADirectoryError:
        raise InputError(path, "is a folder, expected a bitext's file") from None
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(path, f"damaged or cut short ({error})") from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, from 1; only a line feed ends one."""
    with unpacked(path) as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise InputError(
                    path,
                    f"longer than {LONGEST_LINE} bytes; no line of a bitext is",
                    line=number,
                )
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise InputError(
                    path,
                    f"byte 0x{line[error.start]:02x} is invalid in UTF-8; convert the "
                    "file to UTF-8",
                    line=number,
                ) from None
            if "\0" in text:
                raise InputError(path, "a NUL; expected text", line=number)
            yield number, text.rstrip("\r\n")


def _read_tsv(path: Path, columns: tuple[int, int] | None) -> Iterator[Pair]:
    for number, line in _lines(path):
        fields = line.split("\t")
        if not line.strip():
            continue
        if columns is None and len(fields) != 2:
            raise InputError(
                path,
                f"{len(fields)} columns, but source and target are expected; "
                "--columns says which of several they are",
                line=number,
            )
        first, second = columns or (1, 2)
        if max(first, second) > len(fields):
            raise InputError(
                path,
                f"{len(fields)} columns, but column {max(first, second)} is wanted",
                line=number,
            )
        yield fields[first - 1], fields[second - 1]


def _read_jsonl(path: Path, form: Format) -> Iterator[Pair]:
    named = ((form.source_language, form.target_language), ("source", "target"))
    for number, line in _lines(path):
        if not line.strip():
            continue
        try:
            content = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(path, f"not JSON ({error})", line=number) from None
        if isinstance(content, dict) and isinstance(content.get("translation"), dict):
            content = content["translation"]
        if not isinstance(content, dict):
            raise InputError(path, "a JSON object is expected", line=number)
        for source, target in named:
            if source in content and target in content:
                pair = (content[source], content[target])
                break
        else:
            expected = " or ".join(
                f'"{source}", "{target}"' for source, target in named
            )
            raise InputError(path, f"keys {expected} are expected", line=number)
        if not all(isinstance(text, str) for text in pair):
            raise InputError(path, "source and target must be strings", line=number)
        yield pair


def _read_moses(source_path: Path, target_path: Path) -> Iterator[Pair]:
    targets = _lines(target_path)
    number = 0
    for number, source in _lines(source_path):
        target = next(targets, None)
        if target is None:
            raise InputError(
                target_path,
                f"{number - 1} lines, but {source_path} has more; line N of each "
                "must be the same sentence",
            )
        yield source, target[1]
    if next(targets, None) is not None:
        raise InputError(
            source_path,
            f"{number} lines, but {target_path} has more; line N of each must be the "
            "same sentence",
        )
