"""Names in bitexts: the lists of `translate/dictionaries`, and what to choose them of.

    PYTHONPATH=benchmarks python benchmarks/make_names.py shared BITEXT.tsv ...
    PYTHONPATH=benchmarks python benchmarks/make_names.py first BITEXT.tsv ...

``shared`` prints words with a capital that stand five times or more on the German side,
and in 96 % of these pairs or more as they are on the English side; without those that
either language has in small letters more than now and then, places that English calls
otherwise, titles, ``NO_NAMES``, and what our dictionary has in another way.
``shared_names.txt`` was made in this way of the training text.

``first`` prints words that stand before two or more others with a capital, alike on
both sides. ``first_names.txt`` was chosen of these by hand, and 250 names that news is
full of added.

Bitexts are TSV, packed or not; the last two columns are German and English.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.translate.checks.name_lists import TITLES
from satzpaar.translate.checks.places import EXONYMS
from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.known_names import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Pair = tuple[str, str]

LEAST_SEEN = 5
LEAST_ALIKE = 0.96
MOST_SMALL = 0.3  # of the times that a word has its capital
FOLLOWERS = 2
NO_NAMES = frozenset(
    """
    August September November April Muslim Taliban Muslime Wedding Montag Sonntag
    Satan Proton Hindus Sonnenklar Mörderischer Baroness Exposures Macroeconomics
    """.split()
)

_WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,}(?![\w-])")
_NO_WORD = re.compile(r"[^\w’-]")
_MARKS = ".,:;!?\"'“”„()"


def main() -> None:
    """Print the names, one a line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("which", choices=["shared", "first"])
    parser.add_argument("bitexts", nargs="+", type=Path, metavar="BITEXT")
    options = parser.parse_args()
    pairs = [pair for path in options.bitexts for pair in read(path)]
    chosen = shared(pairs) if options.which == "shared" else first(pairs)
    print(*sorted(chosen), sep="\n")


def read(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a bitext."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) > 1:
                yield columns[-2], columns[-1]


def shared(pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield the names that both sides write alike."""
    seen: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for german, english in pairs:
        theirs = set(_WORD.findall(english))
        ours = set(_WORD.findall(german))
        small.update(word for word in ours | theirs if word.islower())
        for word in ours:
            if NAME.fullmatch(word):
                seen[word] += 1
                alike[word] += word in theirs
    dictionary = german_english()
    for word, count in seen.items():
        if count < LEAST_SEEN or alike[word] < LEAST_ALIKE * count:
            continue
        if {word, word.removesuffix("s")} & (EXONYMS.keys() | TITLES | NO_NAMES):
            continue
        if small[word.lower()] > max(2, MOST_SMALL * count):
            continue
        entry = dictionary.entry(word)
        if entry is None or entry.translations[0].casefold() == word.casefold():
            yield word


def first(pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield what stands before different names."""
    followers: defaultdict[str, set[str]] = defaultdict(set)
    for german, english in pairs:
        words = [word.strip(_MARKS) for word in german.split()]
        plain = " " + _NO_WORD.sub(" ", english) + " "
        for before, word in pairwise(words):
            if before.istitle() and word.istitle() and f" {before} {word} " in plain:
                followers[before].add(word)
    return (name for name, names in followers.items() if len(names) >= FOLLOWERS)


if __name__ == "__main__":
    main()
