"""hunalign's ladders: where the segments of two texts meet, rung by rung.

A line ``3  4  0.8`` says that segment 3 of the source and segment 4 of the target, from
0, begin a bead, and how good it is; the next line is where it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.alignments.bead import Bead
from satzpaar.alignments.formats.beads import list_writer, units_of_lists
from satzpaar.alignments.formats.streams import lines, place_of
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.alignments.formats.options import Reading, Write, Writing


def read_ladder(path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
    """Yield a unit for each bead; the texts are beside the ladder, or as *how* says."""
    return units_of_lists(path, how, ladder_beads(lines(path), place_of(path)))


def ladder_beads(
    numbered: Iterable[tuple[int, str]], place: Path | str
) -> Iterator[Bead]:
    """Yield the beads of a ladder's lines, which come with their numbers.

    Raises:
        InputError: A line is no rung, or goes back.
    """
    last: tuple[int, int, float] | None = None
    for number, line in numbered:
        if not line.strip():
            continue
        fields = line.split()
        try:
            source, target = int(fields[0]), int(fields[1])
            score = float(fields[2]) if len(fields) > 2 else 0.0
        except (ValueError, IndexError):
            raise InputError(
                place,
                "no rung of a ladder; two numbers and a score are expected",
                line=number,
            ) from None
        if last is None and (source, target) != (0, 0):
            raise InputError(place, "a ladder begins at 0 and 0", line=number)
        if last is not None:
            if (
                source < last[0]
                or target < last[1]
                or (source, target) == (last[0], last[1])
            ):
                raise InputError(
                    place,
                    f"goes from {last[0]}, {last[1]} to {source}, {target}; rungs that "
                    "rise are expected",
                    line=number,
                )
            yield Bead(range(last[0], source), range(last[1], target), last[2])
        last = source, target, score


class LadderLister:
    """Makes beads rungs."""

    def __init__(self) -> None:
        self._end = (0, 0)

    def line(self, bead: Bead) -> str:
        """Return the rung at which a bead begins."""
        self._end = bead.source.stop, bead.target.stop
        return f"{bead.source.start}\t{bead.target.start}\t{bead.score}"

    def end(self) -> str:
        """Return the rung at which the last bead ends."""
        return f"{self._end[0]}\t{self._end[1]}\t0.0"


def open_writer(path: Path | str, how: Writing) -> AbstractContextManager[Write]:
    """Open a ladder and its two texts for units."""
    return list_writer(path, how, LadderLister())
