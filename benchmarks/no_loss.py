"""What the rules against silent loss give: the same engine with and without them.

    python benchmarks/no_loss.py --limit 500

translates a test set line by line, once straight through the engine and once through
the pipeline that cuts, redoes and repairs, and prints BLEU, chrF and the length of the
output beside the reference's.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

import sacrebleu

from satzpaar.translate import Segment, load_translator
from satzpaar.translate.batching import target_limit

if TYPE_CHECKING:
    from satzpaar.translate.rules import Issue

DATA = Path(__file__).parents[2] / "shared" / "data" / "wmt"


def main() -> None:
    """Translate both ways and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--source", type=Path, default=DATA / "newstest2018.de")
    parser.add_argument("--reference", type=Path, default=DATA / "newstest2018.en")
    parser.add_argument("--limit", type=int, help="only the first lines")
    options = parser.parse_args()
    sources = options.source.read_text(encoding="utf-8").splitlines()[: options.limit]
    references = options.reference.read_text(encoding="utf-8").splitlines()
    references = references[: options.limit]

    translator = load_translator(options.model)
    engine = translator.engine
    limit = engine.model.max_source_tokens
    tokens = engine.tokenizer.tokenize(sources)
    started = time.perf_counter()
    straight = [
        engine.translate_batch(
            [source[: limit - 1]],  # what most tools do: the rest is dropped
            translator.options,
            max_target_tokens=target_limit(
                len(source), most=engine.model.max_target_tokens
            ),
        )[0].text
        for source in tokens
    ]
    straight_seconds = time.perf_counter() - started
    started = time.perf_counter()
    translations = list(translator.translate_segments(map(tidy, sources)))
    seconds = time.perf_counter() - started
    issues: dict[Issue, int] = {}
    for translation in translations:
        for issue in translation.issues:
            issues[issue] = issues.get(issue, 0) + 1

    print(f"{options.model}, {options.source.name}, {len(sources)} lines, beam 4\n")
    print("| | BLEU | chrF | length | seconds |")
    print("|---|--:|--:|--:|--:|")
    repaired = [translation.target.text for translation in translations]
    for name, outputs, took in (
        ("the engine alone", straight, straight_seconds),
        ("with the rules", repaired, seconds),
    ):
        bleu = sacrebleu.corpus_bleu(outputs, [references]).score
        chrf = sacrebleu.corpus_chrf(outputs, [references]).score
        ratio = sum(map(len, outputs)) / sum(map(len, references))
        print(f"| {name} | {bleu:.2f} | {chrf:.2f} | {ratio:.2f} | {took:.1f} |")
    print(f"\nleft to look at: {issues or 'nothing'}")


def tidy(line: str) -> Segment:
    """Make a segment of a line."""
    return Segment(" ".join(line.split()))


if __name__ == "__main__":
    main()
