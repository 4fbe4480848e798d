"""Take from a bitext the pairs that a test set knows.

    python benchmarks/overlap.py BITEXT.tsv --test TEST.de TEST.en -o CLEAN.tsv

A pair goes if a side of it has so many words in a row (``--words``) that a line of a
test file has too, whatever their capitals and punctuation, or is such a line as a
whole. What a model is judged by it must not have learnt by heart, and who writes
sentences for it may remember some.
"""

from __future__ import annotations

import argparse
import lzma
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"\w+")
_WHOLE = 4  # words of the shortest line that counts as a whole


def main() -> None:
    """Write the pairs that stay, and print those that go."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bitext", type=Path, help="TSV, the last two columns a pair")
    parser.add_argument("--test", type=Path, nargs="+", required=True)
    parser.add_argument("--words", type=int, default=7)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    known: set[tuple[str, ...]] = set()
    for path in options.test:
        for line in _lines(path):
            known.update(_keys(line, options.words))
    stay, gone = [], 0
    for line in _lines(options.bitext):
        sides = line.split("\t")[-2:]
        met = [key for side in sides for key in _keys(side, options.words) & known]
        if met:
            gone += 1
            print(f"{' '.join(met[0])}: {' ||| '.join(sides)}")
        else:
            stay.append(line)
    if options.output:
        text = "".join(f"{line}\n" for line in stay)
        options.output.write_text(text, encoding="utf-8")
    print(f"{gone} of {gone + len(stay)} pairs are like a line of a test file")


def _keys(line: str, size: int) -> set[tuple[str, ...]]:
    words = tuple(_WORD.findall(line.lower()))
    keys = {words[start : start + size] for start in range(len(words) - size + 1)}
    return keys | {words} if len(words) >= _WHOLE else keys


def _lines(path: Path) -> Iterator[str]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in file)


if __name__ == "__main__":
    main()
