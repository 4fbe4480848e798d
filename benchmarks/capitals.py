"""How well text in capitals is read.

    python benchmarks/capitals.py --limit 12

takes the lines of a test set with at most so many words, puts them into capitals, and
prints how many of their words, the first of each left out, ``Casing.calm`` writes as
the test set does. Then chrF and BLEU of the translations, against the reference in
capitals: of the lines in capitals, of what they are if every word but `SMALL_WORDS` is
taken for a noun (``plain``; until 0.22.0 so, but once), and of the lines as they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate import load_translator
from satzpaar.translate.casing import Casing
from satzpaar.translate.running_case import SMALL_WORDS, WORD

DATA = Path(__file__).parents[2] / "shared" / "data" / "wmt"


def main() -> None:
    """Put into capitals, read, compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--set", default="newstest2017")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, default=12, help="words of a line")
    parser.add_argument("--model", default="bundled")
    options = parser.parse_args()
    source, reference = (
        (options.data / f"{options.set}.{tag}").read_text("utf-8").split("\n")
        for tag in ("de", "en")
    )
    pairs = [
        (line, target)
        for line, target in zip(source, reference, strict=True)
        if 1 < len(line.split()) <= options.limit
    ]
    casing = Casing()
    right = words = 0
    for line, _ in pairs:
        wanted, got = (
            WORD.findall(line)[1:],
            WORD.findall(casing.calm(line.upper()))[1:],
        )
        words += len(wanted)
        right += sum(map(str.__eq__, wanted, got))
    print(f"{len(pairs)} lines, {words} words: {right / words:.1%} written as there")
    translator = load_translator(options.model)
    for name, lines in (
        ("in capitals", [line.upper() for line, _ in pairs]),
        ("plain", [_plain(line.upper()) for line, _ in pairs]),
        ("as they are", [line for line, _ in pairs]),
    ):
        made = translator.translate("\n\n".join(lines)).upper().split("\n\n")
        wanted = [[target.upper() for _, target in pairs]]
        chrf = CHRF().corpus_score(made, wanted).score
        print(f"{name}: {chrf:.2f} {BLEU().corpus_score(made, wanted).score:.2f}")


def _plain(text: str) -> str:
    """Write all but small words with a capital."""

    def written(word: str) -> str:
        small = word.lower()
        return small if small in SMALL_WORDS else small.capitalize()

    made = WORD.sub(lambda found: written(found.group()), text)
    return made[:1].upper() + made[1:]


if __name__ == "__main__":
    main()
