"""Documents with gold beads, and how beads are scored against them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from ast import literal_eval
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from satzpaar.alignments.text import Text

Beads = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]

LEVELS = ("easy", "hard", "noisy")
DEVELOPMENT = (2013, 2015, 2016)  # of the WMT news test sets: what may be looked at
HELD_OUT = (2017, 2018)


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Two texts, a machine's translation of the first, and their beads."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    translation: tuple[str, ...]
    gold: Beads  # without what is left out on one side, in Text+Berg
    back_translation: tuple[str, ...] | None = None

    def texts(self) -> tuple[Text, Text]:
        """Return both sides as the aligner takes them."""
        return Text.of_lines(self.source), Text.of_lines(self.target)


def lines_of(path: Path) -> tuple[str, ...]:
    """Read a file of one segment a line; NEL and the like end none."""
    return tuple(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))


def read_beads(path: Path) -> Beads:
    """Read beads as vecalign writes them: ``[0, 1]:[2]``, from 0, one a line."""
    found = []
    for line in lines_of(path):
        source, target = line.strip().split(":")[:2]
        found.append((tuple(literal_eval(source)), tuple(literal_eval(target))))
    return found


def textberg(shared: Path, translation: str = "dev.google.fr") -> GoldDocument:
    """Read the development text of Text+Berg, German and French."""
    folder = shared / "data" / "alignment" / "textberg-dev"
    return GoldDocument(
        lines_of(folder / "dev.de"),
        lines_of(folder / "dev.fr"),
        lines_of(folder / translation),
        read_beads(folder / "dev.defr"),
        lines_of(folder / "dev.google.de"),
    )


def semi_synthetic(
    shared: Path,
    year: int,
    level: str,
    *,
    seed: int,
    translation: str = "bergamot-tiny",
) -> list[GoldDocument]:
    """Make documents of a WMT news test set with the gold that their making gives.

    Args:
        shared: Where ``tools/make_alignment_gold.py`` and ``data`` lie.
        year: Of the test set.
        level: easy, hard or noisy.
        seed: Of the disturbances.
        translation: A system's name, or a file with the translation of each line.
    """
    data = shared / "data"
    given = Path(translation)
    if not given.is_file():
        given = data / "systems" / f"newstest{year}.{translation}.en"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [
                sys.executable,
                shared / "tools" / "make_alignment_gold.py",
                *("--source", data / "wmt" / f"newstest{year}.de"),
                *("--target", data / "wmt" / f"newstest{year}.en"),
                *("--mt", given, "--level", level),
                *("--seed", str(seed), "--out", folder),
            ],
            check=True,
        )
        return [
            GoldDocument(
                lines_of(path.with_suffix(".src")),
                lines_of(path.with_suffix(".tgt")),
                lines_of(path.with_suffix(".mt")),
                read_beads(path),
            )
            for path in sorted(folder.glob("*.gold"))
        ]


@dataclass(frozen=True, slots=True)
class Counts:
    """Beads found and beads sought, right strictly and laxly, as vecalign counts."""

    strict_found: int = 0
    lax_found: int = 0
    found: int = 0
    strict_sought: int = 0
    lax_sought: int = 0
    sought: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self.row(), other.row(), strict=True)))

    def row(self) -> tuple[int, ...]:
        """Return the numbers, in the order of the fields."""
        return (
            self.strict_found,
            self.lax_found,
            self.found,
            self.strict_sought,
            self.lax_sought,
            self.sought,
        )

    def strict(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of exactly right beads."""
        return _scores(self.strict_found, self.found, self.strict_sought, self.sought)

    def lax(self) -> tuple[float, float, float]:
        """Return the same where an overlap on both sides is enough."""
        return _scores(self.lax_found, self.found, self.lax_sought, self.sought)


def _scores(
    right: int, found: int, recalled: int, sought: int
) -> tuple[float, float, float]:
    precision, recall = right / max(found, 1), recalled / max(sought, 1)
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def counts_of(gold: Beads, beads: Beads, *, two_sided: bool = False) -> Counts:
    """Count right beads by the rules of vecalign's ``score.py``.

    Precision is over all beads found, also those that leave a segment out; such a bead
    is right if the gold has it too. Recall is over the gold beads with two sides.

    Args:
        gold: The right beads.
        beads: Those found.
        two_sided: Take no account of beads with an empty side.
    """
    pairs, both = _two_sided(gold), _two_sided(beads)
    if two_sided:
        gold, beads = pairs, both
    return Counts(*_right(gold, beads), *_right(both, pairs))


def _two_sided(beads: Beads) -> Beads:
    return [(source, target) for source, target in beads if source and target]


def _right(gold: Beads, beads: Beads) -> tuple[int, int, int]:
    """Return how many beads are strictly and laxly right, and how many there are."""
    known = set(gold)
    targets: dict[int, set[int]] = {}
    for source, target in known:
        for i in source:
            targets.setdefault(i, set()).update(target)
    strict = lax = 0
    for bead in set(beads):
        overlaps = any(j in targets.get(i, ()) for i in bead[0] for j in bead[1])
        strict += bead in known
        lax += bead in known or overlaps
    return strict, lax, len(set(beads))


def consecutive(document: GoldDocument, max_side: int) -> Iterator[GoldDocument]:
    """Yield the stretches whose gold is a path of beads that a search can find.

    What the gold leaves out becomes beads with one side. Between the stretches stand
    beads that are too large, cross another or have a gap.
    """
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    start = i, j = 0, 0

    def ended() -> Iterator[GoldDocument]:
        if len(beads) > 5:
            yield _part(document, start, (i, j), beads)

    for source, target in document.gold:
        if not source:
            continue  # is a gap like those that the gold does not name
        runs = (source, i), (target, target[0] if target else j)
        if (
            all(side == tuple(range(n, n + len(side))) for side, n in runs)
            and max(len(source), len(target)) <= max_side
            and (not target or target[0] >= j)
        ):
            if target:
                beads += [((), (k,)) for k in range(j, target[0])]
                j = target[-1] + 1
            beads.append((source, target))
            i = source[-1] + 1
        else:
            yield from ended()
            beads = []
            start = i, j = source[-1] + 1, max([j, *(k + 1 for k in target)])
    beads += [((), (k,)) for k in range(j, len(document.target))]
    j = len(document.target)
    yield from ended()


def _part(
    document: GoldDocument,
    start: tuple[int, int],
    stop: tuple[int, int],
    beads: Beads,
) -> GoldDocument:
    (i, j), (end, last) = start, stop
    back = document.back_translation
    return replace(
        document,
        source=document.source[i:end],
        target=document.target[j:last],
        translation=document.translation[i:end],
        back_translation=back[j:last] if back is not None else None,
        gold=[(shifted(source, i), shifted(target, j)) for source, target in beads],
    )


def shifted(side: Iterable[int], by: int) -> tuple[int, ...]:
    """Return segments' numbers, counted from another segment."""
    return tuple(i - by for i in side)
