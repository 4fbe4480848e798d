"""Join pairs that stand in a row: runs of two and three sentences as one pair each.

    python benchmarks/join_bitext.py BITEXT.tsv [--skip N] [--seed N] -o FILE

The bitext is text in order, ``source name, German, English``, as is what comes out.
Each pair is in one run at most; runs of two are drawn twice as often as of three. What
ends no sentence, as a heading, may only come first, and none is longer than a small
model can learn from. What came of learning from them: docs/context.md.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = Sequence[str]  # source name, German, English

_END = re.compile(r"[.!?:…][\"“”»«')]*$")
_LONGEST = 85, 95  # words of the German and of the English


def main() -> None:
    """Write the runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bitext", type=Path)
    parser.add_argument("--skip", type=int, default=0, help="lines that are no text")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    lines = options.bitext.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    rows = [line.split("\t") for line in lines[options.skip :]]
    with options.output.open("w", encoding="utf-8", newline="\n") as file:
        written = 0
        for run in runs(rows, random.Random(options.seed)):
            sides = [" ".join(row[side] for row in run) for side in (1, 2)]
            if all(len(s.split()) <= n for s, n in zip(sides, _LONGEST, strict=True)):
                file.write("\t".join(["joined", *sides]) + "\n")
                written += 1
    print(f"{len(rows)} pairs, {written} runs")


def runs(rows: Sequence[Row], draw: random.Random) -> Iterator[Sequence[Row]]:
    """Yield runs of two and three, in order."""
    start = 0
    while start < len(rows):
        wanted = start + draw.choice((2, 2, 3))
        end = start + 1
        while end < min(wanted, len(rows)) and _END.search(rows[end][1]):
            end += 1
        if end > start + 1:
            yield rows[start:end]
        start = end


if __name__ == "__main__":
    main()
