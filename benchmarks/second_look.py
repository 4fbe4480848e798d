"""What the second look at each translation gives: errors, chrF, and the time it takes.

    python benchmarks/second_look.py SOURCE.de REFERENCE.en [--model MODEL]

Translates a test set once, then with each rule added to those before it.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.casing import Casing
from satzpaar.translate.document import Segment
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.left_out import left_out
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.pipeline import BATCH_TOKENS, translate_segments
from satzpaar.translate.protection import protected_spans
from satzpaar.translate.rules import Outcome, Search, translate_text
from satzpaar.translate.scheduler import Scheduler
from satzpaar.translate.ways import count_errors
from satzpaar.translate.word_alignment import word_links_batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.engine import Engine

_BATCH = 64  # pairs that are run through the model at once to be linked


def main() -> None:
    """Print a table of the ways and what became of the segments that differ."""
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
    once = DecodingOptions()
    translated(sources[:50], engine, Search(once))  # warm
    ways = {
        "once": Search(once),
        "errors": Search(once, count_errors),
        "what is left out": Search(
            replace(once, attention=True), count_errors, left_out
        ),
    }
    made: dict[str, list[str]] = {}
    print("| | seconds | errors | left out | length | chrF | BLEU |")
    print("|---|--:|--:|--:|--:|--:|--:|", flush=True)
    for name in (*ways, "names and words"):
        started = time.perf_counter()
        if name in ways:
            made[name] = translated(sources, engine, ways[name])
        else:  # that is all of it
            whole = translate_segments(map(Segment, sources), engine)
            made[name] = [each.target.text for each in whole]
        seconds = time.perf_counter() - started
        tell(name, f"{seconds:.1f}", engine, (sources, made[name], references))
    tell("the reference", "", engine, (sources, references, references))
    before, *_, after = made.values()
    changed = [n for n in range(len(sources)) if before[n] != after[n]]
    chosen = [references[n] for n in changed]
    print(f"\n{len(changed)} of {len(sources)} segments differ; on these:\n")
    print("| | chrF | BLEU |\n|---|--:|--:|")
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


def tell(
    name: str,
    seconds: str,
    engine: Engine,
    texts: tuple[Sequence[str], Sequence[str], Sequence[str]],
) -> None:
    """Print a row; left out: nouns, names and numbers; length: of the characters."""
    sources, targets, references = texts
    wrong = sum(map(count_errors, sources, targets))
    pairs = sorted(
        zip(sources, targets, strict=True), key=lambda pair: sum(map(len, pair))
    )
    lost = sum(
        count_lost(engine, pairs[start : start + _BATCH])
        for start in range(0, len(pairs), _BATCH)
    )
    length = sum(map(len, targets)) / sum(map(len, references))
    figures = f"{wrong} | {lost} | {length:.3f} | {scores(targets, references)}"
    print(f"| {name} | {seconds} | {figures} |", flush=True)


def count_lost(engine: Engine, pairs: Sequence[tuple[str, str]]) -> int:
    """Count the nouns, names and numbers that have no word in the translation."""
    try:
        links = word_links_batch(engine, pairs)
    except ValueError:  # longer than the model takes
        half = len(pairs) // 2
        parts = (pairs[:half], pairs[half:]) if half else ()
        return sum(count_lost(engine, part) for part in parts)
    return sum(
        left_out(source, of_pair).content
        for (source, _), of_pair in zip(pairs, links, strict=True)
    )


def scores(hypotheses: Sequence[str], references: Sequence[str]) -> str:
    """Return chrF and BLEU as columns of a table."""
    chrf, bleu = (
        metric.corpus_score(list(hypotheses), [list(references)]).score
        for metric in (CHRF(), BLEU())
    )
    return f"{chrf:.2f} | {bleu:.2f}"


if __name__ == "__main__":
    main()
