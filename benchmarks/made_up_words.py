"""Counts words in translations that no language has, made of pieces by a weak model.

    python benchmarks/made_up_words.py newstest2017.de newstest2017.en system.en ...

prints for each file of translations, line by line those of the first file, how many
words of four letters and more, in small letters, neither the source has nor
pyspellchecker's list of English. What people write has some too, British spellings and
new words above all, so that the reference says what is usual. --show N prints the first
N.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from satzpaar.translate.checks.words import WORD
from satzpaar.translate.lexicon import unknown_parts

SHORTEST = 4  # letters


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("targets", type=Path, nargs="+", metavar="TARGET")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    options = parser.parse_args()
    sources = _lines(options.source)
    print(
        "| | lines | lines with any | words made up | of 1,000 |\n|---|--:|--:|--:|--:|"
    )
    for path in options.targets:
        targets = _lines(path)
        if len(targets) != len(sources):
            sys.exit(f"{path}: {len(targets)} lines, but {len(sources)} are expected")
        found = [
            made_up(source, target)
            for source, target in zip(sources, targets, strict=True)
        ]
        words = [word for line in found for word in line]
        said = sum(len(target.split()) for target in targets)
        print(
            f"| {path.name} | {len(found):,} | {sum(map(bool, found)):,} | "
            f"{len(words):,} | {1000 * len(words) / said:.1f} |"
        )
        if options.show:
            print(" ".join(words[: options.show]))


def made_up(source: str, target: str) -> list[str]:
    """Return the words of a translation that neither text nor list explains."""
    known = {word.lower() for word in WORD.findall(source)}
    return [
        word
        for word in WORD.findall(target)
        if len(word) >= SHORTEST
        and word.isalpha()
        and word.islower()
        and word not in known
        and unknown_parts(word, "en")
    ]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


if __name__ == "__main__":
    main()
