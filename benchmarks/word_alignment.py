"""Score the word alignments of models, and eflomal's as a mark to aim at.

    python benchmarks/word_alignment.py before after --bitext news.tsv.xz --columns 2,3

prints a Markdown table: the alignment error rate (Och and Ney 2003; less is better),
precision and recall on German-English pairs of ours that are aligned by hand, in
``tests/data/word_alignment.jsonl``. A model is a name or a folder.
eflomal aligns the pairs along with some of the bitext, by the tokens of the first model
as ``satzpaar train --guided-alignment`` does; it differs by some thousandths from run
to run. ``--thresholds`` tries others than the one that is the default.

    python benchmarks/word_alignment.py MODEL --heads --bitext news.tsv.xz --columns 2,3

prints the error rate of every head of the first model, and how many of the words that
are the same in both texts each aligns, in pairs of the bitext: what ``satzpaar train``
chooses by.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from satzpaar.alignments.corpora import Format, open_corpus
from satzpaar.translate.engines import ENGINES, load_engine
from satzpaar.translate.models import find_model
from satzpaar.translate.training.heads import score_heads
from satzpaar.translate.training.links import eflomal_links, symmetrized
from satzpaar.translate.word_alignment import (
    THRESHOLD,
    alignment_error_rate,
    token_words,
    word_links_batch,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.models import Model
    from satzpaar.translate.tokenizer import MarianTokenizer

Link = tuple[int, int]

GOLD = Path(__file__).parents[1] / "tests" / "data" / "word_alignment.jsonl"
TAKEN = 5  # one in so many pairs of the bitext, from its beginning


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="FILE")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="ctranslate2")
    parser.add_argument("--compute-type", metavar="TYPE", help="the engine's default")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--thresholds", type=float, nargs="+", default=[THRESHOLD], metavar="X"
    )
    parser.add_argument("--bitext", type=Path, metavar="FILE", help="for eflomal")
    parser.add_argument("--columns", metavar="S,T", help="of a TSV")
    parser.add_argument("--pairs", type=int, default=10_000, help="for eflomal")
    parser.add_argument("--heads", action="store_true", help="of the first model")
    options = parser.parse_args()
    if options.heads and not options.bitext:
        parser.error("--heads needs a --bitext")

    gold = [json.loads(line) for line in options.gold.open(encoding="utf-8")]
    texts = [(pair["source"], pair["target"]) for pair in gold]
    print(f"{len(gold)} pairs, {sum(len(pair['sure']) for pair in gold)} sure links\n")
    if options.heads:
        tell_heads(find_model(options.models[0]), gold, some_pairs(options, 400))
        return
    print("| | threshold | AER | precision | recall | seconds |")
    print("|---|--:|--:|--:|--:|--:|")
    for name in options.models:
        engine = load_engine(
            options.engine,
            find_model(name),
            compute_type=options.compute_type,
            threads=options.threads,
        )
        for threshold in options.thresholds:
            started = time.perf_counter()
            found = word_links_batch(engine, texts, threshold=threshold)
            took = time.perf_counter() - started
            tell(name, f"{threshold:g}", list(map(set, found)), gold, took)
    if options.bitext:
        tokenizer = cast(
            "MarianTokenizer",
            load_engine("ctranslate2", find_model(options.models[0])).tokenizer,
        )
        others = some_pairs(options, options.pairs)
        started = time.perf_counter()
        found_by_eflomal = by_eflomal(tokenizer, texts, others)
        took = time.perf_counter() - started
        tell(f"eflomal, {len(others)} pairs more", "", found_by_eflomal, gold, took)


def some_pairs(options: argparse.Namespace, number: int) -> list[tuple[str, str]]:
    """Take pairs from the bitext, evenly from its beginning."""
    columns = tuple(map(int, options.columns.split(","))) if options.columns else None
    form = Format(columns=cast("tuple[int, int] | None", columns))
    bitext = open_corpus(options.bitext, form).pairs
    return list(islice(bitext, 0, TAKEN * number, TAKEN))


def tell_heads(
    model: Model, gold: Sequence[dict[str, Any]], pairs: Sequence[tuple[str, str]]
) -> None:
    """Print a row for each head, the best first."""
    texts = [(pair["source"], pair["target"]) for pair in gold]
    words, shares = score_heads(model, pairs)
    print(f"{words} words that are the same\n")
    print(
        "| layer, head, lag | of the same words | AER | precision | recall | seconds |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    for place, share in sorted(shares.items(), key=lambda item: -item[1]):
        started = time.perf_counter()
        engine = load_engine("transformers", replace(model, alignment_head=place))
        found = word_links_batch(engine, texts)
        took = time.perf_counter() - started
        name = f"{place.layer}, {place.head}, {place.lag}"
        tell(name, f"{share:.3f}", list(map(set, found)), gold, took)


def tell(
    name: str,
    figure: str,
    found: Sequence[set[Link]],
    gold: Sequence[dict[str, Any]],
    took: float,
) -> None:
    """Print a row."""
    sure, possible = (
        [{(source, target) for source, target in pair[kind]} for pair in gold]
        for kind in ("sure", "possible")
    )
    rate, precision, recall = alignment_error_rate(found, sure, possible)
    figures = f"{rate:.3f} | {precision:.3f} | {recall:.3f} | {took:.1f}"
    print(f"| {name} | {figure} | {figures} |", flush=True)


def by_eflomal(
    tokenizer: MarianTokenizer,
    texts: Sequence[tuple[str, str]],
    others: Sequence[tuple[str, str]],
) -> list[set[Link]]:
    """Link the words of *texts*, learning from *others* too."""
    pairs = [*texts, *others]
    sources = tokenizer.tokenize([source for source, _ in pairs])
    targets = tokenizer.tokenize_targets([target for _, target in pairs])
    numbers: dict[str, int] = {}

    def numbered(rows: Sequence[Sequence[str]]) -> list[Any]:
        return [
            np.array([numbers.setdefault(t.lower(), len(numbers)) for t in row], int)
            for row in rows
        ]

    found = []
    with tempfile.TemporaryDirectory() as folder:
        links = eflomal_links(numbered(sources), numbered(targets), Path(folder))
        # The files have to be read to their end.
        for number, (forward, reverse) in enumerate(links):
            if number >= len(texts):
                continue
            source_words = token_words(texts[number][0], sources[number])
            target_words = token_words(texts[number][1], targets[number])
            words = (
                (source_words[source], target_words[target])
                for source, target in symmetrized(forward, reverse)
            )
            found.append({(s, t) for s, t in words if s is not None and t is not None})
    return found


if __name__ == "__main__":
    main()
