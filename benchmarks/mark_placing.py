"""Score how marks (bold, links) are placed in translations, with and without alignment.

    python benchmarks/mark_placing.py bundled MODEL ...

prints a Markdown table. Each stretch of one to four words in our hand-aligned pairs
(``tests/data/word_alignment.jsonl``) is marked whose words together have a stretch of
their own in the translation. A place is exact if it has the words of the sure links and
none but those of the possible ones; F1 is of words, over all marks.

    python benchmarks/mark_placing.py bundled --time SOURCE.de

tells what the alignment costs where there is no second look, which has it already: the
lines of a file, the middle word of each marked, are translated by each model without it
and with it, in turn.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from satzpaar.translate import stretches
from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.engines import ENGINES, load_engine
from satzpaar.translate.markup import project_marks
from satzpaar.translate.models import find_model
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.word_alignment import THRESHOLD, word_links_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Link = tuple[int, int]

GOLD = Path(__file__).parents[1] / "tests" / "data" / "word_alignment.jsonl"
LONGEST = 4  # words of a mark


@dataclass(frozen=True, slots=True)
class Case:
    """A stretch to mark, and the words of the translation that should be marked."""

    pair: int
    mark: Mark
    sure: frozenset[int]
    possible: frozenset[int]  # the sure ones among them


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="FILE")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="ctranslate2")
    parser.add_argument(
        "--thresholds", type=float, nargs="+", default=[THRESHOLD], metavar="X"
    )
    parser.add_argument("--time", type=Path, metavar="FILE", help="German, a line each")
    parser.add_argument("--repeats", type=int, default=3, help="of the timing")
    options = parser.parse_args()
    if options.time is not None:
        lines = options.time.read_text(encoding="utf-8").splitlines()
        for name in options.models:
            time_alignment(options.engine, name, lines, options.repeats)
        return

    gold = [json.loads(line) for line in options.gold.open(encoding="utf-8")]
    texts = [(pair["source"], pair["target"]) for pair in gold]
    cases = [
        case for number, pair in enumerate(gold) for case in cases_of(number, pair)
    ]
    print(f"{len(cases)} marks in {len(gold)} pairs\n")
    print("| | exact | F1 |\n|---|--:|--:|")
    print(row("by likeness and place alone", texts, cases, [None] * len(texts)))
    for name in options.models:
        engine = load_engine(options.engine, find_model(name), threads=1)
        for threshold in options.thresholds:
            links = word_links_batch(engine, texts, threshold=threshold)
            label = name if len(options.thresholds) == 1 else f"{name}, {threshold:g}"
            print(row(label, texts, cases, links))
    ours = [[(s, t) for s, t in pair["sure"]] for pair in gold]
    print(row("aligned by hand", texts, cases, ours))


def time_alignment(engine: str, name: str, lines: list[str], repeats: int) -> None:
    """Print the seconds of each run without and with alignment, and their ratio."""
    segments = []
    for line in lines:
        words = list(stretches.words(line))
        span = words[len(words) // 2]
        segments.append(Segment(line, (Mark(*span, "<b>", "</b>"),)))
    aligning = load_engine(engine, find_model(name))
    plain = load_engine(engine, replace(find_model(name), alignment_head=None))
    print(f"{name}, {len(lines)} lines\n\n| without | with | ratio |\n|--:|--:|--:|")
    for _ in range(repeats):
        seconds = []
        for each in (plain, aligning):
            started = time.perf_counter()
            for _ in translate_segments(segments, each, once=True):
                pass
            seconds.append(time.perf_counter() - started)
        without, including = seconds
        print(f"| {without:.1f} | {including:.1f} | {including / without:.2f} |")


def cases_of(number: int, pair: dict[str, Any]) -> Iterator[Case]:
    """Yield the stretches of a pair that have one of their own in the translation."""
    sure = {(s, t) for s, t in pair["sure"]}
    links = sure | {(s, t) for s, t in pair["possible"]}
    words = list(stretches.words(pair["source"]))
    for first in range(len(words)):
        for stop in range(first + 1, min(first + LONGEST, len(words)) + 1):
            mine = range(first, stop)
            wanted = {t for s, t in sure if s in mine}
            span = words[first][0], words[stop - 1][1]
            core = stretches.core(pair["source"], span)
            if (
                core is not None
                and len(mine) < len(words)
                and all(any(s == word for s, _ in sure) for word in mine)
                and max(wanted) - min(wanted) < len(wanted)
                and not any(t in wanted and s not in mine for s, t in sure)
            ):
                possible = frozenset(t for s, t in links if s in mine)
                mark = Mark(*core, "<b>", "</b>")
                yield Case(number, mark, frozenset(wanted), possible)


def row(
    name: str,
    texts: Sequence[tuple[str, str]],
    cases: Sequence[Case],
    links: Sequence[Sequence[Link] | None],
) -> str:
    """Place all marks and return a row of the table."""
    exact = hits = extra = missed = 0
    for case in cases:
        source, target = texts[case.pair]
        segment = Segment(source, (case.mark,))
        (placed,) = project_marks(segment, target, alignment=links[case.pair]).marks
        found = {
            number
            for number, (start, end) in enumerate(stretches.words(target))
            if start < placed.end and placed.start < end
        }
        exact += case.sure <= found <= case.possible
        hits += len(found & case.sure)
        extra += len(found - case.possible)
        missed += len(case.sure - found)
    f1 = 2 * hits / (2 * hits + extra + missed)
    return f"| {name} | {exact / len(cases):.3f} | {f1:.3f} |"


if __name__ == "__main__":
    main()
