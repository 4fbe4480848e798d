"""Which stand-in for a link survives translation most often.

    python benchmarks/stand_ins.py --limit 400

puts each candidate into news sentences where a link could stand (", siehe X," after the
middle word), translates, and prints how often it comes out exactly once.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from satzpaar.translate import load_translator

SOURCE = Path(__file__).parents[2] / "shared" / "data" / "wmt" / "newstest2015.de"
CANDIDATES = (
    *("Tom", "Maria", "Berlin", "X", "A", "X1", "X2", "A1", "URL", "XYZ", "#1", "@@1"),
    *("7", "11", "15", "30", "7401", "www.x.de"),
)


def main() -> None:
    """Translate each sentence with each candidate and count."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--limit", type=int, default=400, help="sentences")
    options = parser.parse_args()
    translator = load_translator(options.model)
    engine = translator.engine
    lines = options.source.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if 8 <= len(line.split()) <= 20][: options.limit]
    print("| stand-in | out once |\n|---|--:|")
    for candidate in CANDIDATES:
        texts = []
        for line in lines:
            words = line.split()
            middle = len(words) // 2
            before, after = " ".join(words[:middle]), " ".join(words[middle:])
            texts.append(f"{before.rstrip(',')}, siehe {candidate}, {after}")
        kept = 0
        for start in range(0, len(texts), 32):
            found = engine.translate_batch(
                engine.tokenizer.tokenize(texts[start : start + 32]),
                translator.options,
                max_target_tokens=100,
            )
            pattern = re.compile(rf"(?<!\w){re.escape(candidate)}(?!\w)")
            kept += sum(len(pattern.findall(one.text)) == 1 for one in found)
        print(f"| `{candidate}` | {kept / len(texts):.0%} |", flush=True)


if __name__ == "__main__":
    main()
