"""What idioms in plain German do for a translation.

    python benchmarks/idioms.py [--model MODEL] [--show]
    python benchmarks/idioms.py newstest2018.de newstest2018.en ...

Without files: ``idioms.tsv``, written for this by somebody who did not know the list of
idioms: sentences as papers and books print them, each with an idiom or a set phrase,
German TAB English. With files: a text and its reference, line by line. It prints in how
many sentences something is said in plain German, how long looking for it takes, and
chrF and BLEU of these and of all, as they stand and in plain German; with ``--show``
also what became of them. References say figuratively what is figurative, so that what
means the same in plain words counts for little: who wants to know whether a reader is
better off lets one judge blindly, see ``idiom_list.py``.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.document import Segment
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.plain_german import in_plain_german

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.engine import Engine

_OURS = Path(__file__).with_name("idioms.tsv")
_WAYS = {"as they stand": False, "in plain German": True}


def main() -> None:
    """Print the figures, with idioms and in plain German."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="a text, its reference")
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument("--show", action="store_true", help="what becomes of them")
    options = parser.parse_args()
    if len(options.files) not in {0, 2}:
        parser.error("two files are expected, or none")
    if options.files:
        texts = [
            path.read_text(encoding="utf-8").splitlines() for path in options.files
        ]
    else:
        rows = _OURS.read_text(encoding="utf-8").splitlines()
        texts = [
            list(text) for text in zip(*(row.split("\t") for row in rows), strict=True)
        ]
    sources = [" ".join(text.split()) for text in texts[0]]
    in_plain_german(Segment("Das Wetter ist gut."), None)  # the list is read
    started = time.perf_counter()
    read = [in_plain_german(Segment(text), None) for text in sources]
    took = (time.perf_counter() - started) / len(sources)
    places = [n for n, plain in enumerate(read) if plain is not None]
    print(f"{len(places)} of {len(sources)} sentences are read in plain German")
    print(f"looking for idioms: {took * 1000:.2f} ms a sentence")
    engine = load_engine(DEFAULT_ENGINE, find_model(options.model))
    said = [_translated(engine, sources, plainly=plainly) for plainly in _WAYS.values()]
    for name, texts_of_it in zip(_WAYS, said, strict=True):
        for which, some in (("those", places), ("all", range(len(sources)))):
            translations = [texts_of_it[n] for n in some]
            print(
                f"{name}, {which}: {_scores(translations, [texts[1][n] for n in some])}"
            )
    for n in places if options.show else ():
        plain = read[n]
        print(
            sources[n],
            plain.text if plain else "",
            *(some[n] for some in said),
            texts[1][n],
            sep="\n  ",
        )


def _translated(engine: Engine, sources: Sequence[str], *, plainly: bool) -> list[str]:
    engine.model = replace(engine.model, plain_idioms=plainly)
    found = translate_segments([Segment(text) for text in sources], engine)
    return [each.target.text for each in found]


def _scores(said: Sequence[str], references: Sequence[str]) -> str:
    chrf = CHRF().corpus_score(said, [references]).score
    bleu = BLEU().corpus_score(said, [references]).score
    return f"chrF {chrf:.2f}, BLEU {bleu:.2f}"


if __name__ == "__main__":
    main()
