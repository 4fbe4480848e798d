"""Make pairs that quote: the same word or phrase in quotation marks on both sides.

    python benchmarks/quote_bitext.py BITEXT.tsv ... -o FILE

News quotes single words (the "miserable" weather) far more often than other text; a
model that has seen few of them says something else in their place. Here eflomal aligns
the words, and in one of so many pairs a phrase of which both sides have the whole gets
marks. Bitexts are ``source name, German, English``, as is what comes out.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from satzpaar.translate.training.links import eflomal_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Word = re.Match[str]
    Span = tuple[int, int]  # of words, the last one included

TOKEN = re.compile(r"\w+(?:[-'’.,]\w+)*|\S")
_QUOTED = re.compile('["„“”»«()\\[\\]]')
_STEM = 6  # letters that the forms of a word have in common, for the aligner

# How many words a phrase has, by how often: most quoted pieces are a word or two.
_LENGTHS = (1, 1, 1, 2, 2, 3, 4)
_LETTERS = 4  # that a phrase has at least: an article alone is not quoted
_TRIES = 6  # places in a pair
_MARKS = (('"', '"', '"', '"'),) * 4 + (("„", "“", "“", "”"),)


def main() -> None:
    """Write the pairs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bitexts", nargs="+", type=Path, metavar="BITEXT")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.add_argument(
        "--share",
        type=float,
        default=0.5,
        metavar="S",
        help="of the pairs without marks, how many get them (default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    rows = [row for path in options.bitexts for row in _rows(path)]
    sides = [[list(TOKEN.finditer(row[side])) for row in rows] for side in (1, 2)]
    chance = Random(options.seed)
    written = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        options.output.open("w", encoding="utf-8", newline="\n") as file,
    ):
        numbers = [numbered(side) for side in sides]
        links = eflomal_links(numbers[0], numbers[1], Path(folder))
        for row, *words, (ahead, back) in zip(rows, *sides, links, strict=True):
            if chance.random() < options.share:
                quoted = quote(row[1], row[2], words, ahead & back, chance)
                if quoted is not None:
                    file.write("\t".join((row[0], *quoted)) + "\n")
                    written += 1
    print(f"{written} of {len(rows)} pairs quote")


def quote(
    german: str,
    english: str,
    words: Sequence[Sequence[Word]],
    links: set[tuple[int, int]],
    chance: Random,
) -> tuple[str, str] | None:
    """Set a phrase into marks on both sides, or say that there is none."""
    source, target = words
    for _ in range(_TRIES):
        first = chance.randrange(len(source))
        last = first + chance.choice(_LENGTHS) - 1
        there = _counterpart((first, last), links)
        if there is None or last >= len(source) or there == (0, len(target) - 1):
            continue
        here = source[first].start(), source[last].end()
        over = target[there[0]].start(), target[there[1]].end()
        phrases = german[slice(*here)], english[slice(*over)]
        if all(map(_may_be_quoted, phrases)):
            marks = chance.choice(_MARKS)
            return (
                _between(german, here, marks[:2]),
                _between(english, over, marks[2:]),
            )
    return None


def _counterpart(span: Span, links: Iterable[tuple[int, int]]) -> Span | None:
    """Return the words that are linked with these, if no others are, and no gap is."""
    linked = {there for here, there in links if span[0] <= here <= span[1]}
    if not linked:
        return None
    found = min(linked), max(linked)
    if len(linked) < span[1] - span[0] + 1 or len(linked) < found[1] - found[0] + 1:
        return None
    others = (here for here, there in links if found[0] <= there <= found[1])
    return found if all(span[0] <= here <= span[1] for here in others) else None


def _may_be_quoted(phrase: str) -> bool:
    return sum(map(str.isalpha, phrase)) >= _LETTERS and not re.search(
        r"[^\w\s'’-]", phrase
    )


def _between(text: str, place: tuple[int, int], marks: Sequence[str]) -> str:
    start, end = place
    return f"{text[:start]}{marks[0]}{text[start:end]}{marks[1]}{text[end:]}"


def _rows(path: Path) -> Iterator[list[str]]:
    """Read the pairs that have no marks."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = line.rstrip("\n").split("\t")
            if not _QUOTED.search(row[1] + row[2]) and all(row[1:3]):
                yield row[:3]


def numbered(texts: Sequence[Sequence[Word]]) -> list[NDArray[np.int64]]:
    """Give each word the number of its beginning."""
    numbers: dict[str, int] = {}
    return [
        np.array(
            [
                numbers.setdefault(word.group().lower()[:_STEM], len(numbers))
                for word in words
            ],
            dtype=np.int64,
        )
        for words in texts
    ]


if __name__ == "__main__":
    main()
