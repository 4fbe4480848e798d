"""Lists of beads as vecalign has them: ``[0, 1]:[0]:0.31``, with the cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

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

LINE: Final = re.compile(
    r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::(.*))?", re.ASCII
)


def read_vecalign(path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
    """Yield a unit for each bead; the texts are beside the list, or as *how* says."""
    return units_of_lists(path, how, vecalign_beads(lines(path), place_of(path)))


def vecalign_beads(
    numbered: Iterable[tuple[int, str]], place: Path | str
) -> Iterator[Bead]:
    """Yield the beads of a list's lines, which come with their numbers.

    The score is the number that the list has, which vecalign means as a cost.

    Raises:
        InputError: A line is no bead, or its segments do not follow each other.
    """
    ends = [0, 0]
    for number, line in numbered:
        if not line.strip():
            continue
        found = LINE.fullmatch(line)
        try:
            if found is None:
                raise ValueError
            score = float(found[3]) if found[3] and found[3].strip() else 0.0
            sides = [_side(found[i + 1], ends[i]) for i in (0, 1)]
            bead = Bead(sides[0], sides[1], score)
        except ValueError:
            raise InputError(
                place,
                "no bead; [0, 1]:[2]:0.5 is expected, with segments that follow each "
                "other",
                line=number,
            ) from None
        ends = [bead.source.stop, bead.target.stop]
        yield bead


def _side(listed: str, end: int) -> range:
    numbers = [int(number) for number in listed.replace(",", " ").split()]
    if not numbers:
        return range(end, end)
    side = range(numbers[0], numbers[-1] + 1)
    if list(side) != numbers:
        raise ValueError
    return side


class VecalignLister:
    """Makes beads lines of a list."""

    def line(self, bead: Bead) -> str:
        """Return a bead's line."""
        return f"{list(bead.source)}:{list(bead.target)}:{bead.score}"

    def end(self) -> None:
        """Return nothing: a list ends with its last bead."""
        return


def open_writer(path: Path | str, how: Writing) -> AbstractContextManager[Write]:
    """Open a list and its two texts for units."""
    return list_writer(path, how, VecalignLister())
