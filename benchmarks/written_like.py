"""How alike German texts are written: of each, the share of sentences with a feature.

    python benchmarks/written_like.py newstest2018.de own-news.tsv news.tsv.xz:2

prints a Markdown table of percentages, a column a file; FILE:N reads the N-th column of
a TSV. Text for training that lacks what the text to be translated is full of (hyphens,
abbreviations, "dass") teaches a model nothing of it.
"""

from __future__ import annotations

import argparse
import lzma
import re
from pathlib import Path

WORD = "[A-ZÄÖÜ][a-zäöüß]+"
FEATURES = {
    "a compound with a hyphen and two capitals": r"[A-ZÄÖÜ]\w+-[A-ZÄÖÜ]",
    "an abbreviation before a hyphen": r"\b[A-Z]{2,}-[A-ZÄÖÜ]",
    "an abbreviation in capitals": r"\b[A-ZÄÖÜ]{2,}\b",
    'straight quotes "': r'"',
    "German quotes „": "„",
    "parentheses": r"\(",
    "a dash": r" [-–—] ",
    "a colon": r":\s",
    "a digit": r"\d",
    "a question mark": r"\?",
    "ich, wir": r"\b(?:[Ii]ch|[Ww]ir|mich|uns)\b",
    "sagt, sagte": r"\bsagt(?:e|en)?\b",
    "dass": r"\bdass\b",
    "um ... zu": r"\bum\b.*\bzu\b",
    "wurde, worden": r"\bw[uo]rden?\b",
    "hat, haben, hatte": r"\bha(?:t|be|ben|tte|tten)\b",
    "a relative clause": r", (?:der|die|das|dem|den|deren|dessen) ",
    "three words with capitals in a row": rf"\b{WORD}(?: {WORD}){{2}}\b",
    "a name in the genitive before a noun": r"\b[A-Z][a-z]+s [A-Z]",
    "English the, of, and, for": r"\b(?:[Tt]he|of|and|for)\b",
    "over 30 words": r"^(?:\S+\s+){30}",
    "no full stop, a heading": r"[^.!?\"“”»:)]$",
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", metavar="FILE[:COLUMN]")
    options = parser.parse_args()
    columns = [_sentences(given) for given in options.texts]
    names = [Path(given).name for given in options.texts]
    print("| of a hundred sentences |" + "".join(f" {name} |" for name in names))
    print("|---|" + "--:|" * len(columns))
    for name, pattern in FEATURES.items():
        has = re.compile(pattern).search
        shares = [100 * sum(map(bool, map(has, some))) / len(some) for some in columns]
        print(f"| {name} |" + "".join(f" {share:.1f} |" for share in shares))
    lengths = [sum(len(text.split()) for text in some) / len(some) for some in columns]
    print("| words a sentence |" + "".join(f" {length:.1f} |" for length in lengths))


def _sentences(given: str) -> list[str]:
    name, _, column = given.partition(":")
    data = Path(name).read_bytes()
    if name.endswith(".xz"):
        data = lzma.decompress(data)
    lines = data.decode("utf-8").splitlines()
    return [line.split("\t")[int(column or 1) - 1] for line in lines]


if __name__ == "__main__":
    main()
