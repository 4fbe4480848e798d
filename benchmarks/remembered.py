"""How well a model knows what it learnt from, corpus by corpus.

    python benchmarks/remembered.py news.tsv.xz own-news.tsv ... --columns 2,3

prints a Markdown table: the cross-entropy of each corpus's English, in nats a token
and a word, over as many pairs drawn from it. A corpus with names of sources in its
first column (``--by-source``) is taken apart by them. One that the model finds much
likelier than text of its kind that it never saw is remembered rather than learnt from,
and deserves less weight; one no likelier than that deserves more.
"""

from __future__ import annotations

import argparse
import lzma
import math
from collections import defaultdict
from pathlib import Path
from random import Random

from satzpaar.translate.models import BUNDLED
from satzpaar.translate.translator import load_translator


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path, metavar="TSV")
    parser.add_argument("--columns", default="1,2", metavar="S,T")
    parser.add_argument("--by-source", action="store_true")
    parser.add_argument("-m", "--model", default=BUNDLED)
    parser.add_argument("--pairs", type=int, default=600, metavar="N")
    options = parser.parse_args()
    source, target = (int(column) - 1 for column in options.columns.split(","))
    corpora: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in options.corpora:
        for line in _open(path).splitlines():
            cells = line.split("\t")
            name = cells[0] if options.by_source else path.name
            corpora[name].append((cells[source], cells[target]))
    translator = load_translator(options.model)
    print("| corpus | pairs | nats a token | a word |\n|---|--:|--:|--:|")
    for name, pairs in corpora.items():
        drawn = Random(1).sample(pairs, min(options.pairs, len(pairs)))
        tokens = words = 0
        nats = 0.0
        for pair, score in zip(drawn, translator.score_pairs(drawn), strict=True):
            if score is not None and math.isfinite(score.log_probability):
                tokens += score.tokens
                words += len(pair[1].split())
                nats -= score.log_probability
        row = f"| {name} | {len(pairs):,} | {nats / tokens:.2f} | {nats / words:.2f} |"
        print(row, flush=True)


def _open(path: Path) -> str:
    data = path.read_bytes()
    return (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")


if __name__ == "__main__":
    main()
