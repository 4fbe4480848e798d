"""How well documents find their counterparts by content, and unrelated ones are told.

    python benchmarks/corpus_matching.py ../shared/data

The documents are blocks of lines of the WMT news sets; their names say nothing. In the
second row of each size half of the targets are taken away, so that half of the sources
should stay alone. "MT" is the output of a small translation model (bergamot-tiny, given
with the data) for the same lines. Coverage is measured for pairs that belong together
and for pairs of neighbours in a shuffled list.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from satzpaar.alignments.aligner import Aligner, coverage
from satzpaar.alignments.corpus_worker import LEAST_COVERAGE
from satzpaar.alignments.matching import LEAST_LIKENESS, best_matches
from satzpaar.alignments.sides import Side, check_coverage, check_kinship
from satzpaar.alignments.text import Text
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

YEARS = (2015, 2016, 2017, 2018)
SIZES = ((5, 15), (20, 40))  # lines of a document
SYSTEM = "bergamot-tiny"

Document = tuple[list[str], list[str], list[str]]  # German, its MT, English


def documents(data: Path, fewest: int, most: int, rng: random.Random) -> list[Document]:
    """Cut the news sets into documents."""
    found: list[Document] = []
    for year in YEARS:
        paths = [
            data / "wmt" / f"newstest{year}.de",
            data / "systems" / f"newstest{year}.{SYSTEM}.en",
            data / "wmt" / f"newstest{year}.en",
        ]
        german, translated, english = (
            path.read_text(encoding="utf-8").splitlines() for path in paths
        )
        start = 0
        while start < len(german):
            stop = start + rng.randint(fewest, most)
            block = slice(start, stop)
            found.append((german[block], translated[block], english[block]))
            start = stop
    return found


def matched(
    texts: Sequence[str], others: Sequence[str], truth: Sequence[int]
) -> tuple[float, float]:
    """Return precision and recall of the mutual best matches.

    Args:
        texts: The sources.
        others: The targets.
        truth: The source of each target.
    """
    best, likeness = best_matches(texts, others)
    back, _ = best_matches(others, texts)
    pairs = [
        (i, int(j))
        for i, j in enumerate(best)
        if back[j] == i and likeness[i] >= LEAST_LIKENESS
    ]
    right = sum(truth[j] == i for i, j in pairs)
    return right / len(pairs), right / len(truth)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--aligned", type=int, default=100, help="pairs for coverage")
    arguments = parser.parse_args()
    rng = random.Random(20261124)
    print("| lines | sources | targets | no MT: P | R | MT: P | R |")
    print("|---|---|---|---|---|---|---|")
    for fewest, most in SIZES:
        found = documents(arguments.data, fewest, most, rng)
        order = list(range(len(found)))
        rng.shuffle(order)
        for truth in (order, order[::2]):
            targets = ["\n".join(found[i][2]) for i in truth]
            cells = []
            for version in (0, 1):
                sources = ["\n".join(document[version]) for document in found]
                cells += [f"{x:.3f}" for x in matched(sources, targets, truth)]
            print(
                f"| {fewest} to {most} | {len(found)} | {len(truth)} | "
                + " | ".join(cells)
                + " |",
                flush=True,
            )

    print("\n| lines | pairs | coverage | refused |")
    print("|---|---|---|---|")
    for fewest, most in SIZES:
        found = documents(arguments.data, fewest, most, rng)
        rng.shuffle(found)
        found = found[: arguments.aligned]
        for mt in (False, True):
            for related in (True, False):
                values, refused = [], 0
                for number, (german, translated, _) in enumerate(found):
                    english = found[number if related else number - 1][2]
                    source = Side(Text.of_lines(german), "de", "source")
                    target = Side(Text.of_lines(english), "en", "target")
                    translation = translated if mt else None
                    alignment = Aligner().align(
                        source.text, target.text, translation=translation
                    )
                    values.append(coverage(alignment))
                    try:
                        check_coverage(values[-1], source, target, least=LEAST_COVERAGE)
                        check_kinship(alignment, source, target, translation)
                    except InputError:
                        refused += 1
                low, middle, high = np.quantile(values, [0.01, 0.5, 0.99])
                name = "related" if related else "unrelated"
                kind = f"{fewest} to {most}, {'MT' if mt else 'no MT'}"
                print(
                    f"| {kind} | {name} | {middle:.2f} ({low:.2f} to {high:.2f}) | "
                    f"{refused / len(found):.0%} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
