"""Moses: two files of which line N of each is one unit."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.formats.options import (
    STREAM,
    Pair,
    count_losses,
    primary,
    without_halves,
)
from satzpaar.alignments.formats.streams import PACKED_SUFFIXES, Stage, lines
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.alignments.formats.options import Losses, Reading, Write, Writing

LINE_END: Final = re.compile("\r\n|[\n\r]")


def moses_files(path: Path | str, languages: tuple[str, str]) -> tuple[Path, Path]:
    """Name both files of a pair by the source's: ``corpus.de.gz``, ``corpus.en.gz``.

    Also ``corpus.moses`` stands for ``corpus.de`` and ``corpus.en``.

    Raises:
        InputError: The name ends in neither.
    """
    if str(path) == STREAM:
        raise UsageError("a Moses pair is two files; a standard stream is one")
    path = Path(path)
    plain = path.with_suffix("") if path.suffix.lower() in PACKED_SUFFIXES else path
    packing = path.suffix if plain != path else ""
    source, target = map(primary, languages)
    if plain.suffix.lower() not in {f".{source}", ".moses"}:
        raise InputError(
            path,
            f"of a Moses pair the source's file, .{source}, is expected; "
            "--source-language says if it is another",
        )
    own = plain.suffix if plain.suffix.lower() == f".{source}" else f".{source}"
    return (
        plain.with_suffix(f"{own}{packing}"),
        plain.with_suffix(f".{target}{packing}"),
    )


def read_moses(path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
    """Yield a unit for each line, also an empty one.

    Raises:
        InputError: The files do not have the same number of lines; both are told.
    """
    source_path, target_path = moses_files(path, how.languages)
    source_language, target_language = how.languages
    targets = lines(target_path)
    number = 0
    for number, source in lines(source_path):
        target = next(targets, None)
        if target is None:
            raise _unequal(source_path, target_path, number - 1)
        yield TranslationUnit(
            Variant(source, source_language), Variant(target[1], target_language)
        )
    if next(targets, None) is not None:
        raise _unequal(target_path, source_path, number)


def _unequal(longer: Path, shorter: Path, count: int) -> InputError:
    total = sum(1 for _ in lines(longer))
    return InputError(
        shorter,
        f"{count} lines, but {longer} has {total}; line N of each must be the same "
        "sentence",
    )


@contextmanager
def open_writer(path: Path | str, how: Writing) -> Iterator[Write]:
    """Open both files of a pair; line ends in a text become spaces.

    They are named by the languages of the first unit, or those that *how* says.
    """
    pair = Pair(path, how)

    with Stage() as stage:
        both: list[BinaryIO] = []

        def write(unit: TranslationUnit) -> None:
            pair.check(unit)
            if not both:
                both.extend(map(stage.open, moses_files(path, pair.tags)))
            count_losses(unit, how.losses)
            for stream, variant in zip(both, (unit.source, unit.target), strict=True):
                stream.write(one_line(variant.plain(), how.losses).encode() + b"\n")

        yield write
        if not both:
            both.extend(map(stage.open, moses_files(path, pair.tags)))


def one_line(text: str, losses: Losses) -> str:
    """Return a text without its line ends, and without what no file can have."""
    text = without_halves(text, losses)
    if LINE_END.search(text):
        text, count = LINE_END.subn(" ", text)
        losses["line ends, written as spaces"] += count
    return text
