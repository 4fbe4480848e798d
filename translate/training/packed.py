"""Sentences as ids in flat files, mapped into memory: a start costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from numpy.typing import NDArray

    Ids = NDArray[np.int64]

# Zeros past the last sentence, so that a row of any width can be read there.
MARGIN = 4096


def id_type(largest: int) -> str:
    """Say the smallest type of a file that holds ids up to *largest*."""
    return "<u2" if largest < 2**16 else "<u4"


def pad_rows(rows: Sequence[Ids], width: int, *, end: int, padding: int) -> Ids:
    """Return (len(rows), width): each row, *end*, then *padding*.

    Every row is shorter than *width*.
    """
    table = np.full((len(rows), width), padding, np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
        line[len(row)] = end
    return table


class PackedWriter:
    """Writes the sentences of one side: ``NAME.ids`` and ``NAME.lengths``."""

    def __init__(self, folder: Path, name: str, largest: int) -> None:
        self._type = id_type(largest)
        self._ids: BinaryIO = (folder / f"{name}.ids").open("wb")
        self._lengths: BinaryIO = (folder / f"{name}.lengths").open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ids.write(np.zeros(MARGIN, self._type).tobytes())
        self._ids.close()
        self._lengths.close()

    def add(self, rows: Sequence[Sequence[int]]) -> None:
        """Append sentences."""
        flat = [number for row in rows for number in row]
        self._ids.write(np.asarray(flat, self._type).tobytes())
        self._lengths.write(np.asarray([len(row) for row in rows], "<u2").tobytes())


class Packed:
    """The sentences of one side.

    Raises:
        InputError: The files are not whole.

    """

    def __init__(self, folder: Path, name: str, largest: int) -> None:
        path = folder / f"{name}.ids"
        self.lengths = np.fromfile(folder / f"{name}.lengths", "<u2").astype(np.int64)
        self.ids: NDArray[Any] = np.memmap(path, id_type(largest), "r")
        self._starts = np.cumsum(self.lengths) - self.lengths
        if self.lengths.sum() + MARGIN != len(self.ids):
            raise InputError(path, "not what was written; delete the work folder")

    def counts(self, size: int) -> Ids:
        """Return (size): how often each id comes."""
        said = self.ids[: len(self.ids) - MARGIN]
        return np.bincount(said, minlength=size)[:size].astype(np.int64)

    def rows(self, index: Ids) -> Iterator[Ids]:
        """Yield sentences as they were added."""
        for number in index:
            start = self._starts[number]
            yield self.ids[start : start + self.lengths[number]].astype(np.int64)

    def padded(self, index: Ids, width: int, *, end: int, padding: int) -> Ids:
        """Return (len(index), width): each sentence, *end*, then *padding*.

        Every sentence is shorter than *width*.
        """
        column = np.arange(width)
        length = self.lengths[index][:, None]
        rows = self.ids[self._starts[index][:, None] + column].astype(np.int64)
        return np.where(column < length, rows, np.where(column == length, end, padding))
