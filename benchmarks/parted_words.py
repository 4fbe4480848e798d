"""What it gives a model to cut words behind marks as those behind spaces.

    python benchmarks/parted_words.py SOURCE.de REFERENCE.en --model MODEL

``satzpaar train --part-words`` makes a model's ``source.spm`` do so. The model, which
has not been trained on what it gets then, translates both ways, as ``satzpaar
translate`` does: all segments, and those that are cut otherwise.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.document import Segment
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.training.parting import part_source, words_parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.models import Model


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--model", default=BUNDLED)
    options = parser.parse_args()
    sources, references = (
        path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        for path in (options.source, options.reference)
    )
    if len(sources) != len(references):
        parser.error(
            f"{len(sources)} and {len(references)} lines; as many are expected"
        )
    plain = find_model(options.model)
    if words_parted(plain):
        parser.error(f"{options.model} cuts them so already; another is expected")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(plain.folder, Path(folder) / "parted"))
        part_source(copy)
        tell(plain, replace(plain, folder=copy), sources, references)


def tell(
    plain: Model, parted: Model, sources: Sequence[str], references: Sequence[str]
) -> None:
    """Cut and translate both ways."""
    engines = [load_engine(DEFAULT_ENGINE, model) for model in (plain, parted)]
    cut = [engine.tokenizer.tokenize(sources) for engine in engines]
    touched = [n for n, (old, new) in enumerate(zip(*cut, strict=True)) if old != new]
    if not touched:
        print("No segment is cut otherwise.")
        return
    print(
        "| words behind marks | pieces of a segment | chrF | BLEU |"
        " of those cut otherwise: pieces | chrF | BLEU |\n|---|--:|--:|--:|--:|--:|--:|"
    )
    for name, engine, tokens in zip(
        ("as they are", "parted"), engines, cut, strict=True
    ):
        made = [
            each.target.text
            for each in translate_segments([Segment(text) for text in sources], engine)
        ]
        cells = [name]
        for chosen in (range(len(sources)), touched):
            ours = [made[n] for n in chosen]
            theirs = [[references[n] for n in chosen]]
            cells += [
                f"{sum(len(tokens[n]) for n in chosen) / len(chosen):.2f}",
                f"{CHRF().corpus_score(ours, theirs).score:.2f}",
                f"{BLEU().corpus_score(ours, theirs).score:.2f}",
            ]
        print(f"| {' | '.join(cells)} |", flush=True)
    print(f"\n{len(touched)} of {len(sources)} segments are cut otherwise.")


if __name__ == "__main__":
    main()
