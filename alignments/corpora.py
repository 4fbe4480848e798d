"""Bitexts on disk as corpora to learn from: pairs, their weight, a fingerprint."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.formats import files_of, format_of_path, read_bitext
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.training.bitext import Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.training.bitext import Pair


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
        units = read_bitext(
            self.path,
            source_language=self.form.source_language,
            target_language=self.form.target_language,
            columns=self.form.columns,
            header=False,  # a line more or less to learn from is no matter, a guess is
        )
        return ((unit.source.plain(), unit.target.plain()) for unit in units)

    def files(self) -> list[Path]:
        """List the files that the pairs are in."""
        return files_of(
            self.path,
            source_language=self.form.source_language,
            target_language=self.form.target_language,
        )


def open_corpus(
    path: Path,
    form: Format | None = None,
    *,
    weight: float = 1.0,
    cooldown_weight: float | None = None,
) -> Corpus:
    """Name a file as a corpus; its pairs are read when they are asked for.

    The format is by the suffix, as `read_bitext` has it; of a Moses pair the source's
    file is named.

    Raises:
        InputError: There is no such file, or it is no bitext.
    """
    bitext = Bitext(path, form or Format())
    # Part of the state that trainings keep: another one would begin them anew.
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


def open_corpora(arguments: Sequence[str], form: Format) -> list[Corpus]:
    """Open ``FILE[:WEIGHT[:COOLDOWN_WEIGHT]]`` of each argument.

    A shell makes two names of ``corpus.{de,en}``: the first stands for both.
    """
    parsed = [parse_corpus(argument) for argument in arguments]
    partners = {
        Bitext(path, form).files()[1]
        for path, _ in parsed
        if path.suffix and _is_moses(path, form)
    }
    return [
        open_corpus(
            path,
            form,
            weight=weights[0] if weights else 1.0,
            cooldown_weight=weights[1] if len(weights) > 1 else None,
        )
        for path, weights in parsed
        if path not in partners
    ]


def _is_moses(path: Path, form: Format) -> bool:
    try:
        return format_of_path(path, form.source_language) == "moses"
    except InputError:
        return False  # said when it is opened, or it is the partner


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
