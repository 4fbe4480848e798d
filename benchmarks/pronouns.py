"""Whether pronouns mean what they should, alone and by the sentence before.

    python benchmarks/pronouns.py [--model MODEL] [--show]
    python benchmarks/pronouns.py benchmarks/running_text.tsv [--lines N] ...
    python benchmarks/pronouns.py newstest2018.de newstest2018.en [--lines N] ...

Without files: ``pronouns.tsv`` and ``pronouns_more.tsv``, written for this: a sentence
or two, the one after, and the kinds of English pronouns that the last one may and must
not have (m: he, f: she, n: it, p: they). The second was written by a helper who had
seen neither the rules nor the rest of the first. Right has one of the former and none
of the latter; with one of these it is wrong; the others say it without. With files:
texts in order and their references (of ``running_text.tsv``, 74 articles written for
this, German TAB English). Of the sentences with a pronoun that may refer back it prints
how many pronouns are those of the reference (F1 over their kinds, sentence by
sentence), in how many sentences one kind stands for another, and chrF and BLEU; and the
time of the whole. The model may not learn from any of them.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.document import Block, Document, Segment
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.pipeline import translate_documents
from satzpaar.translate.pronouns import pronouns, refers_back

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from satzpaar.translate.engine import Engine

WAYS = {"alone": False, "by the sentence before": True}
_OURS = [
    Path(__file__).with_name(name) for name in ("pronouns.tsv", "pronouns_more.tsv")
]


def main() -> None:
    """Print the figures, without context and with it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help="TSV, or two texts")
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument("--lines", type=int, help="the first ones of the files")
    parser.add_argument("--show", action="store_true", help="what context changes")
    options = parser.parse_args()
    engine = load_engine(DEFAULT_ENGINE, find_model(options.model))
    if not options.files:
        for path in _OURS:
            _ours(engine, path, show=options.show)
        return
    texts = [_lines(Path(name))[: options.lines] for name in options.files]
    if len(texts) == 1:
        pairs = [line.split("\t") for line in texts[0]]
        texts = [[source for source, _ in pairs], [target for _, target in pairs]]
    sources, references = texts
    alone, found = (_text(engine, sources, name) for name in WAYS)
    places = [
        place
        for place, (source, reference) in enumerate(
            zip(sources, references, strict=True)
        )
        if refers_back(source, reference)
    ]
    if not places:
        parser.error("no sentence has a pronoun that may refer back")
    for name, said in zip(WAYS, (alone, found), strict=True):
        _compare(name, [said[n] for n in places], [references[n] for n in places])
    if options.show:
        for n in places:
            if alone[n] != found[n]:
                before = sources[n - 1] if n else ""
                print(before, sources[n], alone[n], found[n], references[n], sep="\n  ")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _ours(engine: Engine, path: Path, *, show: bool) -> None:
    rows = [line.split("\t") for line in _lines(path)]
    documents = [_document([before, sentence]) for before, sentence, _, _ in rows]
    judged = {}
    for name, reads in WAYS.items():
        said = [
            each.target.text
            for each in translate_documents(documents, _reading(engine, reads))
        ][1::2]
        judged[name] = [
            _judged(pronouns(text), right, wrong)
            for text, (_, _, right, wrong) in zip(said, rows, strict=True)
        ]
        counts = {kind: judged[name].count(kind) for kind in ("right", "wrong", "")}
        print(
            f"{path.name}, {name}: {counts['right']} right, {counts['wrong']} wrong, "
            f"{counts['']} without such a pronoun"
        )
        if show:
            for text, verdict, row in zip(said, judged[name], rows, strict=True):
                if verdict == "wrong":
                    print(f"  {row[0]} {row[1]}\n    {text}")


def _judged(said: Counter[str], right: str, wrong: str) -> str:
    if any(said[kind] for kind in wrong):
        return "wrong"
    return "right" if any(said[kind] for kind in right) else ""


def _document(sentences: Sequence[str]) -> Document:
    return Document(
        "text", tuple(Block((Segment(text),), ("", "")) for text in sentences)
    )


def _reading(engine: Engine, reads: bool) -> Engine:
    engine.model = replace(engine.model, reads_context=reads)
    return engine


def _text(engine: Engine, sources: Sequence[str], way: str) -> list[str]:
    started = time.perf_counter()
    tidy = [" ".join(source.split()) for source in sources]
    found = translate_documents([_document(tidy)], _reading(engine, WAYS[way]))
    said = [each.target.text for each in found]
    print(f"{way}: {time.perf_counter() - started:.0f} s")
    return said


def _compare(name: str, said: Sequence[str], references: Sequence[str]) -> None:
    both = ours = theirs = swapped = 0
    for one, reference in zip(said, references, strict=True):
        has, wants = pronouns(one), pronouns(reference)
        both += (has & wants).total()
        ours += has.total()
        theirs += wants.total()
        swapped += bool(has - wants and wants - has)
    chrf = CHRF().corpus_score(said, [references]).score
    bleu = BLEU().corpus_score(said, [references]).score
    f1 = 2 * both / (ours + theirs)
    print(
        f"{name}: {len(said)} sentences, F1 of pronouns {f1:.3f}, swapped in {swapped};"
        f" chrF {chrf:.2f}, BLEU {bleu:.2f}"
    )


if __name__ == "__main__":
    main()
