"""How well what stands around an article's sentences is translated.

    python benchmarks/article_parts.py [--model MODEL] [--model-alone] [--show]

Datelines, bylines, captions, time stamps, notes, rubrics, results and the like, which
test sets of news have next to none of: ``article_parts.tsv``, written for this, German
TAB English, with other English that is as good behind bars. Printed: how many come out
as one of these (but for capitals and marks), and chrF with all of them as references.
The model may not learn from them; of one or two words alone it may know some. Some are
among the phrases that are known without the model (``--model-alone`` forgets these).
"""

from __future__ import annotations

import argparse
import re
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.document import Segment
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.memory import Memory
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.pipeline import translate_segments

_PARTS = Path(__file__).with_suffix(".tsv")


def main() -> None:
    """Print the count and the score, and if asked each translation."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument(
        "--model-alone", action="store_true", help="know no standing phrases"
    )
    parser.add_argument("--show", action="store_true", help="each that is another")
    options = parser.parse_args()
    rows = [
        line.split("\t") for line in _PARTS.read_text(encoding="utf-8").splitlines()
    ]
    wanted = [english.split("|") for _, english in rows]
    engine = load_engine(DEFAULT_ENGINE, find_model(options.model))
    segments = [Segment(german) for german, _ in rows]
    with ExitStack() as stack:
        for module in ("ways", "finishing") if options.model_alone else ():
            place = f"satzpaar.translate.{module}.standing_phrases"
            stack.enter_context(patch(place, return_value=Memory([])))
        done = list(translate_segments(segments, engine))
    found = [each.target.text for each in done]
    alike = 0
    for (german, _), english, said in zip(rows, wanted, found, strict=True):
        if _bare(said) in map(_bare, english):
            alike += 1
        elif options.show:
            print(f"{german}\n  {said}\n  {english[0]}")
    most = max(map(len, wanted))
    references = [[one[n % len(one)] for one in wanted] for n in range(most)]
    score = CHRF().corpus_score(found, references)
    known = sum(each.known_from is not None for each in done)
    print(f"{known} of {len(rows)} known as a whole")
    print(f"{alike} of {len(rows)} as expected, {score.score:.1f} chrF")


def _bare(text: str) -> str:
    """Leave out what may be put otherwise: capitals, quotes, dashes, full stops."""
    return re.sub(r"[^\w%:]+", " ", text.casefold()).strip()


if __name__ == "__main__":
    main()
