"""Write a bitext's German as newspapers do: straight quotes, compounds with hyphens.

    python benchmarks/restyle_bitext.py OWN.tsv -o RESTYLED.tsv

Writers of our pairs set „quotes“ as German does and compounds as one word; agencies
set "quotes", and every fifth sentence of theirs has a compound with a hyphen. So in a
part of the pairs „ and “ become ", and in a part of the compounds that two nouns of the
bitext make up a hyphen is set between them. Pairs are ``source name, German,
English``; as many come out, in their order.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

STRAIGHT = 0.6  # of the pairs with quotes
HYPHENATED = 0.08  # of the compounds
LEAST_SEEN = 5  # of a noun, to be taken for one

_QUOTES = str.maketrans({"„": '"', "“": '"', "”": '"'})
_NOUN = re.compile(r"(?<=[\w,] )[A-ZÄÖÜ][a-zäöüß]{3,}\b")
_LONG = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{10,}\b")
_LINKS = ("", "s", "es", "n", "en", "er")  # between the parts of a compound
# Endings that look like nouns: Mannschaft is no Schaft of men.
_ENDINGS = frozenset("Schaft Heit Keit Zeug Werk Wesen Tum Stand Teil Reich".split())


def main() -> None:
    """Restyle a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bitext", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = [
        line.split("\t")
        for line in options.bitext.read_text(encoding="utf-8").splitlines()
    ]
    seen = Counter(word for row in rows for word in _NOUN.findall(row[1]))
    nouns = {word for word, count in seen.items() if count >= LEAST_SEEN}
    random = Random(options.seed)
    changed = 0
    with options.output.open("w", encoding="utf-8") as output:
        for name, german, english in rows:
            restyled = restyle(german, nouns, random)
            changed += restyled != german
            output.write(f"{name}\t{restyled}\t{english}\n")
    print(f"{changed} of {len(rows)} pairs are written otherwise")


def restyle(german: str, nouns: Container[str], random: Random) -> str:
    """Write a sentence otherwise."""

    def hyphenated(match: re.Match[str]) -> str:
        place = seam(match[0], nouns)
        if place is None or random.random() >= HYPHENATED:
            return match[0]
        return f"{match[0][:place]}-{match[0][place:].capitalize()}"

    german = _LONG.sub(hyphenated, german)
    if "„" in german and random.random() < STRAIGHT:
        german = german.translate(_QUOTES)
    return german


def seam(word: str, nouns: Container[str]) -> int | None:
    """Return where two nouns meet in a word; None: nowhere, or in several places."""
    found = [
        place
        for place in range(4, len(word) - 3)
        if word[place:].capitalize() in nouns
        and word[place:].capitalize() not in _ENDINGS
        and any(
            word[:place].endswith(link) and word[: place - len(link)] in nouns
            for link in _LINKS
        )
    ]
    return found[0] if len(found) == 1 else None


if __name__ == "__main__":
    main()
