"""How often a name or a place that is put right was wrong, by the reference.

    python benchmarks/right_names.py SOURCE.de REFERENCE.en [--output TRANSLATION.en]

Translates a test set with the model, or takes a translation of it, and restores names
in it by the model's word alignment. Lines within 20 of each other are one document.
Right: the reference has the name that is put in, and not the word it replaces; wrong:
it has the word; open: it has neither, and is put otherwise. Names that surely are some,
after a title or a first name, are counted apart from words that are taken for names.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from on_test_set import asked_for, scores

from satzpaar.translate.document import Segment
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.known_names import known_names
from satzpaar.translate.models import find_model
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.right_names import lost_names, restored
from satzpaar.translate.right_places import lost_places, placed
from satzpaar.translate.word_alignment import word_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.engine import Engine

AROUND = 20  # lines to either side


def main() -> None:
    """Print the counts, the scores before and after, and what was changed."""
    task = asked_for(__doc__.splitlines()[0], takes_output=True)
    model = find_model(task.model)
    before = task.given
    if before is None:
        plain = load_engine(DEFAULT_ENGINE, replace(model, alignment_head=None))
        segments = [Segment(source) for source in task.sources]
        before = [each.target.text for each in translate_segments(segments, plain)]

    engine = load_engine(DEFAULT_ENGINE, model)
    counts: Counter[tuple[str, str]] = Counter()
    after = []
    for number, (source, target) in enumerate(zip(task.sources, before, strict=True)):
        around = task.sources[max(0, number - AROUND) : number + AROUND + 1]
        text = target
        for kind, old, new, changed in changes(engine, source, target, around):
            text = changed
            verdict = judged(old, new, task.references[number])
            counts[kind, verdict] += 1
            if task.show:
                print(f"{kind}, {verdict}: {old} -> {new}")
        after.append(text)
    print("| | right | wrong | open |\n|---|--:|--:|--:|")
    for kind in ("names", "taken for names", "places"):
        row = (str(counts[kind, verdict]) for verdict in ("right", "wrong", "open"))
        print(f"| {kind} | {' | '.join(row)} |")
    print(
        f"before: {scores(before, task.references)}; "
        f"after: {scores(after, task.references)}"
    )


def changes(
    engine: Engine, source: str, target: str, around: Sequence[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is put right in turn: its kind, the old, the new, the text so far."""
    lost = lost_names(source, target, known_names(around))
    places = lost_places(source, target)
    if not lost and not places:
        return
    try:
        links = word_links(engine, source, target)
    except ValueError:  # longer than the model takes
        return
    for name in lost:
        text = restored(source, target, [name], links)
        for old, new in zip(target.split(), text.split(), strict=True):
            if old != new:
                yield "names" if name.sure else "taken for names", old, new, text
        target = text
    for word, place in places.items():
        text, new_links = placed(target, {word: place}, links)
        if text != target:
            linked = {to for number, to in links if number == word}
            old = " ".join(w for n, w in enumerate(target.split()) if n in linked)
            yield "places", old, place, text
        target, links = text, list(new_links)


def judged(old: str, new: str, reference: str) -> str:
    """Say what the reference makes of a change."""
    said = f" {' '.join(map(bare, reference.split()))} "
    if f" {' '.join(map(bare, old.split()))} " in said:
        return "wrong"
    return "right" if f" {' '.join(map(bare, new.split()))} " in said else "open"


def bare(word: str) -> str:
    """Take punctuation and the possessive from a word."""
    return word.strip(".,;:!?\"'“”()’").removesuffix("'s").removesuffix("’s")


if __name__ == "__main__":
    main()
