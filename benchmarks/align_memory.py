"""Time and memory of the aligner on long texts, each in a fresh process.

    python benchmarks/align_memory.py [--sizes 3300 12500 50000] [--shared DIR]

Texts of a size are made from the sentences of the training text that lies in the shared
folder: the English side with some segments left out, joined and cut, and as its
"translation" the same with every tenth word lost. The translation step is no part of
it. Memory is the peak of the whole process, Python, numpy and the texts included.
"""

from __future__ import annotations

import argparse
import lzma
import random
import resource
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

from satzpaar.alignments.aligner import Aligner
from satzpaar.alignments.text import Text


def made(shared: Path, size: int) -> tuple[list[str], list[str], list[str]]:
    """Return a source, a target and a translation of the source."""
    draw = random.Random(size)
    source, target, translation = [], [], []
    with lzma.open(
        shared / "data" / "train" / "general.tsv.xz", "rt", encoding="utf-8"
    ) as lines:
        for line in islice(lines, 100_000, None):
            german, english = line.rstrip("\n").split("\t")[1:3]
            if len(german) < 40:
                continue
            chance = draw.random()
            words = english.split()
            if chance < 0.04:
                target.append(english)
                continue
            source.append(german)
            translation.append(" ".join(w for w in words if draw.random() > 0.1))
            if chance < 0.08:
                continue
            middle = len(words) // 2
            if chance < 0.15 and middle:
                target += [" ".join(words[:middle]), " ".join(words[middle:])]
            elif chance < 0.22 and target:
                target[-1] += f" {english}"
            else:
                target.append(english)
            if len(source) == size:
                return source, target, translation
    raise SystemExit(f"there are only {len(source)} segments to be had")


def measure(shared: Path, size: int) -> None:
    """Align one pair of texts and print what it took."""
    source, target, translation = made(shared, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, processor = time.perf_counter(), time.process_time()
    aligned = Aligner().align(
        Text.of_lines(source), Text.of_lines(target), translation=translation
    )
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(source):>6} x {len(target):<6} {len(aligned.beads):>6} beads  "
        f"{wall:6.1f} s ({processor:.1f} s of processor, "
        f"{1000 * processor / size:.2f} ms a segment)  "
        f"{peak:6.0f} MB ({before:.0f} MB of it before)",
        flush=True,
    )


def main() -> None:
    """Start a process for each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[3300, 12500, 50000])
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        measure(arguments.shared, arguments.sizes[0])
        return
    for size in arguments.sizes:
        subprocess.run(
            [
                *(sys.executable, "-P", __file__, "--here"),
                *("--shared", arguments.shared, "--sizes", str(size)),
            ],
            check=True,
        )


if __name__ == "__main__":
    main()
