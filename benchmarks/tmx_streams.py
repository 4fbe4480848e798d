"""How fast TMX is read, written and validated, and in how much memory.

    python benchmarks/tmx_streams.py                        200,000 units, all readers
    python benchmarks/tmx_streams.py --units 2600000 --only "satzpaar, read"      1 GB

Makes a file of units drawn from a seed, then measures each way in a process of its own:
CPU seconds, which a busy machine changes less than wall time, and the largest resident
set. Beside ours, when installed: lxml's iterparse with the texts alone, and
translate-toolkit, which holds the whole file.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from satzpaar.alignments.bitext import TranslationUnit

WORDS: Final = 5000
BLOCK: Final = 10_000  # units
LETTERS: Final = "abcdefghijklmnopqrstuvwxyzäöüß"
MEGABYTE: Final = 10**6


def drawn_units(count: int, seed: int = 1) -> Iterator[TranslationUnit]:
    """Yield units as an aligner makes them, some twelve words a side.

    After so many that a second block would be much the same they come again, without
    ids: drawing is slower than writing.
    """
    block = list(_drawn(min(count, BLOCK), seed))
    yield from block
    plain = [replace(unit, id=None) for unit in block]
    yield from islice(cycle(plain), count - len(block))


def _drawn(count: int, seed: int) -> Iterator[TranslationUnit]:
    from satzpaar.alignments.bitext import Code, TranslationUnit, Variant

    rng = random.Random(seed)
    words = ["".join(rng.choices(LETTERS, k=rng.randint(2, 11))) for _ in range(WORDS)]
    for number in range(1, count + 1):
        source, target = (
            " ".join(rng.choices(words, k=rng.randint(4, 20))) for _ in "de"
        )
        codes: tuple[Code, ...] = ()
        if number % 10 == 0:  # links and the like
            codes = Code(0, "open", 1, "<b>"), Code(3, "close", 1, "</b>")
        yield TranslationUnit(
            Variant(source, "de-DE", codes),
            Variant(target, "en-US", codes),
            id=f"{number:020x}",
            properties=(("x-bead", "1-1"), ("x-confidence", f"{rng.random():.4f}")),
        )


def read_ours(path: Path) -> int:
    """Read every unit with all that it has."""
    from satzpaar.alignments.formats import read_bitext

    return sum(1 for _ in read_bitext(path))


def write_ours(path: Path) -> int:
    """Write units that are drawn on the way; `draw` says what of it is drawing."""
    from satzpaar.alignments.formats import write_bitext

    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        return write_bitext(Path(folder, "out.tmx"), drawn_units(_count(path)))


def draw(path: Path) -> int:
    """Draw as many units and write nothing."""
    return sum(1 for _ in drawn_units(_count(path)))


def validate_ours(path: Path) -> int:
    """Validate, and find nothing."""
    from satzpaar.alignments.tmx.validation import validate

    return sum(1 for _ in validate(path)) or _count(path)


def read_lxml(path: Path) -> int:
    """Read the two texts of each unit and nothing else."""
    from lxml import etree

    count = 0
    for _, unit in etree.iterparse(path, tag="tu", load_dtd=False, no_network=True):
        count += len(["".join(seg.itertext()) for seg in unit.iter("seg")]) == 2
        unit.clear()
        while unit.getprevious() is not None:
            del unit.getparent()[0]  # type: ignore[union-attr]
    return count


def read_toolkit(path: Path) -> int:
    """Read as translate-toolkit does."""
    from translate.storage.tmx import tmxfile

    with path.open("rb") as stream:
        return len(tmxfile(stream, "de-DE", "en-US").units)


WAYS: Final[dict[str, Callable[[Path], int]]] = {
    "satzpaar, read": read_ours,
    "satzpaar, validate": validate_ours,
    "satzpaar, write": write_ours,
    "(drawing the units)": draw,
    "lxml iterparse, read": read_lxml,
    "translate-toolkit, read": read_toolkit,
}
NEEDS: Final = {"translate-toolkit, read": "translate.storage.tmx"}


def _count(path: Path) -> int:
    return int(path.with_suffix(".count").read_text())


def make(path: Path, units: int) -> None:
    """Write the file that is measured."""
    from satzpaar.alignments.formats import write_bitext

    write_bitext(path, drawn_units(units))
    path.with_suffix(".count").write_text(str(units))


def measure(way: str, path: Path) -> dict[str, float]:
    """Do one of the ways in this process and say what it took."""
    started = time.process_time()
    count = WAYS[way](path)
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"units": count, "seconds": seconds, "megabytes": memory}


def _run(*arguments: str) -> str:
    """Run this script in a new process and return what it says."""
    command = [sys.executable, "-P", __file__, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--units", type=int, default=200_000)
    parser.add_argument("--only", action="append", choices=WAYS, help="of these ways")
    parser.add_argument("--folder", type=Path, help="for the file, default: a new one")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make(options.make, options.units)
        return
    if options.way:
        print(json.dumps(measure(options.way, options.file)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder, "memory.tmx")
        # In a process of its own: what it needed at most would count for its children.
        _run("--make", str(path), "--units", str(options.units))
        size = path.stat().st_size / MEGABYTE
        print(f"{_count(path)} units, {size:.0f} MB\n")
        print(f"{'':<26}{'CPU s':>8}{'MB/s':>8}{'RSS MB':>8}", flush=True)
        for way in WAYS:
            if options.only and way not in options.only:
                continue
            if way in NEEDS and find_spec(NEEDS[way].partition(".")[0]) is None:
                continue
            found = json.loads(_run("--way", way, "--file", str(path)))
            if found["units"] != _count(path):
                raise SystemExit(f"{way}: {found['units']} of {_count(path)} units")
            rate = size / found["seconds"]
            print(
                f"{way:<26}{found['seconds']:>8.1f}{rate:>8.1f}"
                f"{found['megabytes']:>8.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
