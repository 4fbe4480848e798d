"""Compare the engines on one model: quality, and how many outputs are the same.

    python benchmarks/engine_parity.py --limit 300

prints a Markdown table: BLEU and chrF of each engine and number type at beam 4, their
differences to transformers in float32, the share of identical outputs, and seconds.
The lines go to the engines as they are: nothing is segmented or repaired on the way.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

import sacrebleu

from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import load_engine
from satzpaar.translate.models import find_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.engine import Engine

DATA = Path(__file__).parents[2] / "shared" / "data" / "wmt"

# The first is what the others are compared with.
SYSTEMS = [
    ("transformers", "float32"),
    ("ctranslate2", "float32"),
    ("ctranslate2", "int8"),
]


def read_lines(path: Path, limit: int | None) -> list[str]:
    """Read the first lines of a file."""
    return path.read_text(encoding="utf-8").splitlines()[:limit]


def fitting(engine: Engine, sources: Sequence[str]) -> list[int]:
    """Return the numbers of the lines neither empty nor too long for the model."""
    return [
        number
        for number, tokens in enumerate(engine.tokenizer.tokenize(sources))
        if 0 < len(tokens) < engine.model.max_source_tokens
    ]


def translate(engine: Engine, lines: Sequence[str], batch_size: int) -> list[str]:
    """Translate in batches of like length, and give the order of the lines back."""
    tokens = engine.tokenizer.tokenize(lines)
    order = sorted(range(len(lines)), key=lambda number: len(tokens[number]))
    outputs = [""] * len(lines)
    for start in range(0, len(order), batch_size):
        numbers = order[start : start + batch_size]
        found = engine.translate_batch(
            [tokens[number] for number in numbers],
            DecodingOptions(beam_size=4),
            max_target_tokens=engine.model.max_target_tokens,
        )
        for number, hypothesis in zip(numbers, found, strict=True):
            outputs[number] = hypothesis.text
    return outputs


def main() -> None:
    """Translate with every system and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--source", type=Path, default=DATA / "newstest2018.de")
    parser.add_argument("--reference", type=Path, default=DATA / "newstest2018.en")
    parser.add_argument("--limit", type=int, help="only the first lines")
    parser.add_argument("--batch-size", type=int, default=16, help="sentences")
    parser.add_argument("--threads", type=int, help="cores; all by default")
    options = parser.parse_args()

    model = find_model(options.model)
    sources = read_lines(options.source, options.limit)
    references = read_lines(options.reference, options.limit)
    if len(sources) != len(references):
        parser.error(f"{len(sources)} sources, but {len(references)} references")

    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    rows: list[tuple[str, list[str], float, float, float]] = []
    for name, compute_type in SYSTEMS:
        engine = load_engine(
            name,
            model,
            device="cpu",
            compute_type=compute_type,
            threads=options.threads,
        )
        if not rows:
            kept = fitting(engine, sources)
            left_out = len(sources) - len(kept)
            sources = [sources[number] for number in kept]
            references = [references[number] for number in kept]
        start = time.perf_counter()
        outputs = translate(engine, sources, options.batch_size)
        seconds = time.perf_counter() - start
        rows.append(
            (
                f"{name} {compute_type}",
                outputs,
                bleu.corpus_score(outputs, [references]).score,
                chrf.corpus_score(outputs, [references]).score,
                seconds,
            )
        )
        print(f"{name} {compute_type}: {seconds:.1f} s", flush=True)

    print(
        f"\n{model.name}, {options.source.name}, {len(sources)} lines, beam 4; "
        f"{left_out} empty or too long for the model left out\n"
    )
    print("| engine | BLEU | diff. | chrF | diff. | identical | seconds |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    _, first_outputs, first_bleu, first_chrf, _ = rows[0]
    for title, outputs, bleu_score, chrf_score, seconds in rows:
        pairs = zip(outputs, first_outputs, strict=True)
        same = sum(output == first for output, first in pairs) / len(outputs)
        print(
            f"| {title} | {bleu_score:.2f} | {bleu_score - first_bleu:+.2f} "
            f"| {chrf_score:.2f} | {chrf_score - first_chrf:+.2f} "
            f"| {same:.1%} | {seconds:.1f} |"
        )
    print(f"\n{bleu.get_signature()}\n{chrf.get_signature()}")


if __name__ == "__main__":
    main()
