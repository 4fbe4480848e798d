"""Let somebody correct what a model says, and make a bitext of the corrections.

    python benchmarks/post_edits.py ask BITEXT.tsv[:PAIRS] ... -o FOLDER
        [--model bundled] [--lines 250]
    python benchmarks/post_edits.py gather FOLDER -o CORRECTED.tsv [--kept KEPT.tsv]

``ask`` draws sentences from the first column of bitexts, has the model translate each,
and writes files of so many lines: number TAB German TAB hypothesis. Whoever corrects
them (a person, a larger model) writes next to ``0000.tsv`` an ``0000.edited.tsv``:
number TAB the English with the smallest change that makes it right and natural, or a
"-" where the German makes no sense; what may stand is left out.

``gather`` writes German TAB English TAB hypothesis of what was corrected, and German
TAB English of what stood, to learn from with ``satzpaar train``. It says how much was
changed: the part of hypotheses, and of the words in those (as TER counts them, with
sacrebleu).

A model learns most from what it would say itself but for a few words: other people's
translations also teach it another way to say what it says well (docs/model.md).
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

from sacrebleu.metrics.ter import TER

from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.models import BUNDLED, find_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.engine import Engine

LENGTHS = range(12, 321)  # characters of a sentence worth asking about
NONSENSE = "-"

_BATCH = 24  # sentences of like length at once
_WINDOW = 2000  # sentences that are sorted by length
_LONGEST = 220  # tokens of a hypothesis


def main() -> None:
    """Write what is to be corrected, or what became of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    actions = parser.add_subparsers(dest="action", required=True)
    asking = actions.add_parser("ask")
    asking.add_argument("bitexts", nargs="+", metavar="BITEXT[:PAIRS]")
    asking.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
    asking.add_argument("--model", default=BUNDLED)
    asking.add_argument("--lines", type=int, default=250, help="of a file")
    asking.add_argument("--seed", type=int, default=1)
    gathering = actions.add_parser("gather")
    gathering.add_argument("folder", type=Path)
    gathering.add_argument("-o", "--output", type=Path, required=True, metavar="TSV")
    gathering.add_argument("--kept", type=Path, metavar="TSV")
    options = parser.parse_args()
    if options.action == "ask":
        _ask(options)
    else:
        _gather(options)


def _ask(options: argparse.Namespace) -> None:
    if options.output.exists():
        raise SystemExit(f"{options.output} is there already")
    options.output.mkdir()
    drawn = random.Random(options.seed)
    sources: list[str] = []
    for given in options.bitexts:
        name, _, number = given.partition(":")
        texts = [text for text, *_ in _rows(Path(name)) if len(text.strip()) in LENGTHS]
        drawn.shuffle(texts)
        sources += texts[: int(number)] if number else texts
    drawn.shuffle(sources)
    engine = load_engine(DEFAULT_ENGINE, find_model(options.model))
    lines = [
        f"{source}\t{hypothesis}\n"
        for source, hypothesis in hypotheses(engine, sources)
        if "\t" not in hypothesis
    ]
    for number, start in enumerate(range(0, len(lines), options.lines)):
        part = lines[start : start + options.lines]
        _write(
            options.output / f"{number:04}.tsv",
            [f"{place}\t{line}" for place, line in enumerate(part, 1)],
        )


def hypotheses(engine: Engine, sources: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each source that the model ends to translate, with its own hypothesis.

    That of a beam of four, before any rule of the program touches it: what the model
    is to learn from.
    """
    for start in range(0, len(sources), _WINDOW):
        window = sources[start : start + _WINDOW]
        tokens = engine.tokenizer.tokenize(window)
        order = sorted(range(len(window)), key=lambda number: len(tokens[number]))
        order = [n for n in order if len(tokens[n]) < engine.model.max_source_tokens]
        said: dict[int, str] = {}
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            found = engine.translate_batch(
                [tokens[number] for number in batch],
                DecodingOptions(),
                max_target_tokens=_LONGEST,
            )
            for number, hypothesis in zip(batch, found, strict=True):
                if hypothesis.complete:
                    said[number] = hypothesis.text
        for number in sorted(said):
            yield window[number], said[number]


def _gather(options: argparse.Namespace) -> None:
    corrected: list[tuple[str, str, str]] = []
    kept: list[tuple[str, str]] = []
    for path in sorted(options.folder.glob("*.edited.tsv")):
        asked = path.with_name(path.name.replace(".edited", ""))
        for source, hypothesis, english in edited(asked, path):
            if english == hypothesis:
                kept.append((source, english))
            elif english != NONSENSE:
                corrected.append((source, english, hypothesis))
    if not corrected:
        raise SystemExit(f"{options.folder}: nothing is corrected there")
    _write(options.output, ["\t".join(row) + "\n" for row in corrected])
    if options.kept:
        _write(options.kept, ["\t".join(row) + "\n" for row in kept])
    rate = TER().corpus_score(
        [hypothesis for *_, hypothesis in corrected],
        [[english for _, english, _ in corrected]],
    )
    total = len(corrected) + len(kept)
    print(f"{len(corrected)} of {total} corrected, in them {rate.score:.1f} % of words")


def edited(asked: Path, answered: Path) -> Iterator[tuple[str, str, str]]:
    """Yield source, hypothesis and what it is to be, of each line that was asked.

    Raises:
        SystemExit: An answer is not one of a line that was asked, or comes twice.
    """
    answers: dict[str, str] = {}
    for place, row in enumerate(_rows(answered), 1):
        if len(row) != 2 or row[0] in answers:
            raise SystemExit(
                f"{answered}:{place}: expected a number, each once, a tab and English"
            )
        answers[row[0]] = row[1].strip()
    for number, source, hypothesis in _rows(asked):
        yield source, hypothesis, answers.pop(number, hypothesis)
    if answers:
        raise SystemExit(f"{answered}: {asked} has no line {next(iter(answers))}")


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [line.split("\t") for line in lines]


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
