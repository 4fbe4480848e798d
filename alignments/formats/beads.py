"""Lists of beads and the two texts they pair: what aligners give, benchmarks take."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from satzpaar.alignments.bead import Bead
from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.formats.moses import one_line
from satzpaar.alignments.formats.options import STREAM, Pair, count_losses, primary
from satzpaar.alignments.formats.streams import PACKED_SUFFIXES, Stage, lines
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from satzpaar.alignments.formats.options import Reading, Write, Writing

BEAD: Final = "x-bead"
SCORE: Final = "x-align-score"


class Lister(Protocol):
    """Anything that makes beads, in order, the lines of a list."""

    def line(self, bead: Bead) -> str:
        """Return a bead's line, without its line end."""
        ...

    def end(self) -> str | None:
        """Return what stands behind the last bead, if anything does."""
        ...


def bead_lines(beads: Iterable[Bead], lister: Lister) -> Iterator[str]:
    """Yield the lines of a list, for an alignment whose texts lie somewhere else."""
    for bead in beads:
        yield lister.line(bead)
    if (last := lister.end()) is not None:
        yield last


def texts_beside(path: Path | str, languages: tuple[str, str]) -> tuple[Path, Path]:
    """Name the two texts of a list: ``x.de`` and ``x.en`` of ``x.ladder``.

    Raises:
        UsageError: The list is a stream, which has nothing beside it.
    """
    if str(path) == STREAM:
        raise UsageError("a list of beads from a stream needs its two texts named")
    path = Path(path)
    plain = path.with_suffix("") if path.suffix.lower() in PACKED_SUFFIXES else path
    source, target = map(primary, languages)
    return plain.with_suffix(f".{source}"), plain.with_suffix(f".{target}")


def units_of_lists(
    path: Path | str, how: Reading, beads: Iterator[Bead]
) -> Iterator[TranslationUnit]:
    """Yield a unit for each bead that has both sides; the texts have a segment a line.

    Raises:
        InputError: The beads do not cover both texts.
    """
    texts = how.texts or texts_beside(path, how.languages)
    source_language, target_language = how.languages
    readers = [_Lines(text) for text in texts]
    for bead in beads:
        source = readers[0].take(bead.source, path)
        target = readers[1].take(bead.target, path)
        if not bead.source or not bead.target:
            how.losses["one-sided beads"] += 1
            continue
        yield TranslationUnit(
            Variant(source, source_language),
            Variant(target, target_language),
            properties=((BEAD, bead.kind), (SCORE, str(bead.score))),
        )
    for reader in readers:
        reader.check_end(path)


class _Lines:
    """One of the two texts, read along with the beads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = lines(path)
        self._read = 0

    def take(self, side: range, place: Path | str) -> str:
        """Return the lines of one side of a bead, joined by a space."""
        if side and side.start != self._read:
            raise InputError(
                place,
                f"line {side.start + 1} of {self._path} does not follow line "
                f"{self._read}; beads in the order of the texts are expected",
            )
        found = [line for _, (_, line) in zip(side, self._lines, strict=False)]
        self._read += len(found)
        if len(found) < len(side):
            raise InputError(
                place,
                f"it pairs {side.stop} lines of {self._path}, which has {self._read}",
            )
        return " ".join(line.strip() for line in found if line.strip())

    def check_end(self, place: Path | str) -> None:
        """Refuse a text that goes on after the last bead."""
        if next(self._lines, None) is not None:
            raise InputError(
                place, f"it pairs {self._read} lines of {self._path}, which has more"
            )


@contextmanager
def list_writer(path: Path | str, how: Writing, lister: Lister) -> Iterator[Write]:
    """Open a list and its two texts for units: each unit is a line of both texts.

    Where the segments of a unit part is not known any more; a unit without text on one
    side is a bead without it.
    """
    pair = Pair(path, how)
    with Stage() as stage:
        listing = stage.open(path)
        texts: list[BinaryIO] = []

        def begin() -> None:
            names = how.texts or texts_beside(path, pair.tags)
            texts.extend(stage.open(name) for name in names)

        counts = [0, 0]

        def write(unit: TranslationUnit) -> None:
            pair.check(unit)
            if not texts:
                begin()
            count_losses(unit, how.losses, keeps=frozenset({"properties"}))
            how.losses["properties"] += sum(
                name not in {BEAD, SCORE} for name, _ in unit.properties
            )
            sides: list[range] = []
            for number, variant in enumerate((unit.source, unit.target)):
                text = one_line(variant.plain(), how.losses).strip()
                size = int(bool(text))
                if size:
                    texts[number].write(text.encode() + b"\n")
                sides.append(range(counts[number], counts[number] + size))
                counts[number] += size
            if not sides[0] and not sides[1]:
                return
            bead = Bead(sides[0], sides[1], _score(unit))
            listing.write(lister.line(bead).encode() + b"\n")

        yield write
        if not texts:
            begin()
        if (last := lister.end()) is not None:
            listing.write(last.encode() + b"\n")


def _score(unit: TranslationUnit) -> float:
    try:
        return float(unit.get(SCORE) or 0)
    except ValueError:
        return 0.0
