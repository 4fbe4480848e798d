"""What it gains to say a sentence anew whose names the model forgot.

    python benchmarks/forgotten_names.py SOURCE.de REFERENCE.en [--show]

Translates a test set with and without it; so many lines at a time are one document. A
name that comes back is right if the reference has it as it is, wrong otherwise.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import TYPE_CHECKING
from unittest.mock import patch

from on_test_set import asked_for, scores

from satzpaar.translate.document import Block, Document, Segment
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.models import find_model
from satzpaar.translate.pipeline import translate_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.engine import Engine

LINES = 40  # of a document


def main() -> None:
    """Print the counts, and the scores before and after."""
    task = asked_for(__doc__.splitlines()[0])
    sources, references = task.sources, task.references
    engine = load_engine(DEFAULT_ENGINE, find_model(task.model))
    with patch("satzpaar.translate.forgotten_names.forgotten_names", return_value=[]):
        before = translations(engine, sources)
    after = translations(engine, sources)
    counts: Counter[bool] = Counter()
    changed = []
    for number, (source, old, new) in enumerate(
        zip(sources, before, after, strict=True)
    ):
        back = words(source) & words(new) - words(old)
        if not back:
            continue  # another batch gives another translation now and then
        changed.append(number)
        counts.update(word in words(references[number]) for word in back)
        if task.show:
            print(f"{' '.join(back)}\n  {source}\n  {old}\n  {new}")
    print(f"{len(changed)} of {len(sources)} lines have names again: {counts[True]} as")
    print(f"in the reference, {counts[False]} that are not in it")
    for name, lines in (("before", before), ("after", after)):
        some = [lines[number] for number in changed]
        there = [references[number] for number in changed]
        print(f"{name}: {scores(some, there)}; all: {scores(lines, references)}")


def translations(engine: Engine, lines: Sequence[str]) -> list[str]:
    """Translate, and say how long it took."""
    documents = [
        Document("text", tuple(_block(line) for line in lines[start : start + LINES]))
        for start in range(0, len(lines), LINES)
    ]
    began = time.perf_counter()
    found = [each.target.text for each in translate_documents(documents, engine)]
    print(f"{time.perf_counter() - began:.1f} s")
    return found


def _block(line: str) -> Block:
    return Block((Segment(" ".join(line.split())),), ("", ""))


def words(text: str) -> set[str]:
    """Return the words with a capital."""
    return set(re.findall(r"\b[^\W\d_a-zäöüß][^\W\d_]+", text))


if __name__ == "__main__":
    main()
