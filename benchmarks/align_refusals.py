"""How often `satzpaar align` refuses texts that belong together, and takes others.

    python benchmarks/align_refusals.py NEWS.de NEWS.en [--mt NEWS.mt.en]

Takes runs of lines from two line-aligned files. A text meets its own translation; half
of its own and half of a text from elsewhere; and a text from elsewhere. Prints for each
the coverage (least and middle), the kinship (middle), and how many were refused.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from statistics import median

from satzpaar.alignments.aligner import Aligner, coverage
from satzpaar.alignments.kinship import kinship
from satzpaar.alignments.sides import (
    LEAST_COVERAGE,
    Side,
    check_coverage,
    check_kinship,
)
from satzpaar.alignments.text import Text
from satzpaar.translate.errors import InputError

SIZES = 5, 8, 20, 60  # lines


def lines_of(path: Path) -> list[str]:
    """Read a file with a segment a line."""
    return path.read_text(encoding="utf-8").splitlines()


def is_refused(
    source: list[str], target: list[str], translation: list[str] | None
) -> tuple[float, float, bool]:
    """Align two texts; return coverage, kinship, and whether they are refused."""
    texts = Text.of_lines(source), Text.of_lines(target)
    sides = Side(texts[0], "de", "a"), Side(texts[1], "en", "b")
    alignment = Aligner().align(*texts, translation=translation)
    found = coverage(alignment), kinship(alignment, translation) or 0.0
    try:
        check_coverage(found[0], *sides, least=LEAST_COVERAGE)
        check_kinship(alignment, *sides, translation)
    except InputError:
        return *found, True
    return *found, False


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--mt", type=Path, help="of the source, line by line")
    parser.add_argument("--texts", type=int, default=100, help="of each size and kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    source, target = lines_of(options.source), lines_of(options.target)
    machine = lines_of(options.mt) if options.mt else None
    draw = random.Random(options.seed)
    print("lines  target     coverage: least, middle  kinship  refused")
    for size in SIZES:
        found: dict[str, list[tuple[float, float, bool]]] = {}
        for _ in range(options.texts):
            start = draw.randrange(len(source) - size)
            other = (start + len(source) // 2) % (len(source) - size)
            half = size // 2
            own = target[start : start + size]
            targets = {
                "its own": own,
                "half": own[:half] + target[other + half : other + size],
                "another's": target[other : other + size],
            }
            translation = machine[start : start + size] if machine else None
            for name, text in targets.items():
                given = source[start : start + size], text, translation
                found.setdefault(name, []).append(is_refused(*given))
        for name, results in found.items():
            covered, akin, refused = zip(*results, strict=True)
            print(
                f"{size:5}  {name:9}  {min(covered):15.2f}, {median(covered):6.2f}  "
                f"{median(akin):7.3f}  {sum(refused):3} of {len(refused)}"
            )


if __name__ == "__main__":
    main()
