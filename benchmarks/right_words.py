"""How often a word that the dictionary puts right was wrong, by the reference.

    python benchmarks/right_words.py SOURCE.de REFERENCE.en [--output TRANSLATION.en]

Translates a test set with the model without it, or takes a translation of it, and puts
words right by the model's word alignment, as the second look does. Right: the reference
has what is put in, and not what stood there; wrong: the other way round; open: it has
neither or both. Words that were made up are counted apart from English ones.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from unittest.mock import patch

from on_test_set import asked_for, scores
from right_names import judged

from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.document import Segment
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.finishing import reworded
from satzpaar.translate.models import find_model
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.right_words import doubts, is_made_up
from satzpaar.translate.rules import Search
from satzpaar.translate.scheduler import Scheduler
from satzpaar.translate.word_alignment import word_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.engine import Engine
    from satzpaar.translate.rules import Link


def main() -> None:
    """Print the counts, and the scores before and after."""
    task = asked_for(__doc__.splitlines()[0], takes_output=True)
    references = task.references
    engine = load_engine(DEFAULT_ENGINE, find_model(task.model))
    before = task.given
    if before is None:
        segments = [Segment(source) for source in task.sources]
        with patch("satzpaar.translate.right_words.doubts", return_value=[]):
            found = translate_segments(segments, engine)
            before = [each.target.text for each in found]

    counts: Counter[tuple[str, str]] = Counter()
    after, changed = [], []
    for number, (source, target) in enumerate(zip(task.sources, before, strict=True)):
        text = target
        for kind, word, old, new, text in changes(engine, source, target):  # noqa: B007
            verdict = judged(old, new, references[number])
            counts[kind, verdict] += 1
            if task.show:
                print(f"{kind}, {verdict}: {word}: {old} -> {new}")
        if text != target:
            changed.append(number)
        after.append(text)
    print("| | right | wrong | open |\n|---|--:|--:|--:|")
    for kind in ("made up", "English"):
        row = (str(counts[kind, verdict]) for verdict in ("right", "wrong", "open"))
        print(f"| {kind} | {' | '.join(row)} |")
    print(f"before: {scores(before, references)}; after: {scores(after, references)}")
    some, others, there = (
        [texts[number] for number in changed] for texts in (before, after, references)
    )
    print(f"{len(changed)} that differ: {scores(some, there)}; {scores(others, there)}")


def changes(
    engine: Engine, source: str, target: str
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each change: its kind, the German, the old, the new, the text so far."""
    dictionary = german_english()
    found = doubts(source, target, dictionary, overrules=True)
    if not found:
        return
    try:
        links = tuple(word_links(engine, source, target))
    except ValueError:  # longer than the model takes
        return
    search = Search(DecodingOptions())
    for doubt in found:
        course = reworded(source, target, [doubt], links, dictionary, search)
        scheduler: Scheduler[tuple[str, Sequence[Link]]]
        scheduler = Scheduler(engine, batch_tokens=1024)
        ((text, new_links),) = scheduler.run([course])
        if text != target:
            old = words_of(target, links, doubt.word)
            new = words_of(text, new_links, doubt.word)
            made_up = any(
                is_made_up(part.strip(".,;:!?\"'()"), source, dictionary)
                for part in old.split()
            )
            word = source.split()[doubt.word]
            yield "made up" if made_up else "English", word, old, new, text
        target, links = text, tuple(new_links)


def words_of(target: str, links: Sequence[tuple[int, int]], word: int) -> str:
    """Return the words that are linked with one of the source."""
    places = {to for number, to in links if number == word}
    return " ".join(w for n, w in enumerate(target.split()) if n in places)


if __name__ == "__main__":
    main()
