"""What choosing among hypotheses by their numbers gives: errors, chrF, time.

    python benchmarks/wrong_numbers.py SOURCE.de REFERENCE.en [--model MODEL]

Translates a test set twice, with and without the rule, in turn.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.casing import Casing
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.pipeline import BATCH_TOKENS, count_wrong_numbers
from satzpaar.translate.protection import protected_spans
from satzpaar.translate.rules import Outcome, Search, translate_text
from satzpaar.translate.scheduler import Scheduler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.engine import Engine


def main() -> None:
    """Print a table of both ways and what became of the segments that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument("--lines", type=int, help="the first so many; default: all")
    options = parser.parse_args()
    sources, references = (
        path.read_text(encoding="utf-8").splitlines()[: options.lines]
        for path in (options.source, options.reference)
    )
    engine = load_engine(DEFAULT_ENGINE, find_model(options.model))
    translated(sources[:50], engine, Search(DecodingOptions()))  # warm
    ways = {
        "as likely": Search(DecodingOptions()),
        "by numbers": Search(DecodingOptions(), count_wrong_numbers),
    }
    made: dict[str, list[str]] = {}
    print("| | seconds | wrong numbers | in segments | chrF | BLEU |")
    for name, search in ways.items():
        started = time.perf_counter()
        made[name] = translated(sources, engine, search)
        seconds = time.perf_counter() - started
        wrong = [
            count_wrong_numbers(source, target)
            for source, target in zip(sources, made[name], strict=True)
        ]
        print(
            f"| {name} | {seconds:.1f} | {sum(wrong)} | {sum(map(bool, wrong))} "
            f"| {scores(made[name], references)} |"
        )
    of_reference = map(count_wrong_numbers, sources, references)
    print(f"| the reference | | {sum(of_reference)} | | | |")
    before, after = made.values()
    changed = [n for n in range(len(sources)) if before[n] != after[n]]
    chosen = [references[n] for n in changed]
    print(f"{len(changed)} of {len(sources)} segments differ; on these:")
    for name, texts in made.items():
        print(f"| {name} | {scores([texts[n] for n in changed], chosen)} |")


def translated(sources: Sequence[str], engine: Engine, search: Search) -> list[str]:
    """Translate lines, each by itself."""
    scheduler: Scheduler[Outcome] = Scheduler(engine, batch_tokens=BATCH_TOKENS)
    courses = (
        translate_text(text, protected_spans(text, []), search, Casing())
        for text in sources
    )
    return [outcome.text for outcome in scheduler.run(courses)]


def scores(hypotheses: Sequence[str], references: Sequence[str]) -> str:
    """Return chrF and BLEU as columns of a table."""
    chrf, bleu = (
        metric.corpus_score(list(hypotheses), [list(references)]).score
        for metric in (CHRF(), BLEU())
    )
    return f"{chrf:.2f} | {bleu:.2f}"


if __name__ == "__main__":
    main()
