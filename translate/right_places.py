"""Places that a model lost, put where its attention looked for them.

A weak model makes one place of another ("South Africa" for Nordkorea), spells it anew
or leaves it German. Each has one English name, so that nothing is to be guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate import stretches
from satzpaar.translate.checks.names import places, says_place
from satzpaar.translate.checks.places import EXONYMS, PLACES
from satzpaar.translate.checks.words import fold
from satzpaar.translate.lexicon import unknown_parts
from satzpaar.translate.right_names import without_possessive

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from satzpaar.translate.stretches import Span

Link = tuple[int, int]  # the numbers of two words, of the source and the target


def lost_places(source: str, target: str) -> dict[int, str]:
    """Return the places that a translation names in no way, or in German.

    By the number of the word in the German source, from 0; each with its English name.
    """
    lost = {
        span: PLACES[name]
        for name, span in places(source)
        if _is_left(name, target) or not says_place(target, name)
    }
    if not lost:
        return {}
    cores = [stretches.core(source, span) for span in stretches.words(source)]
    return {
        number: lost[core]
        for number, core in enumerate(cores)
        if core is not None and core in lost
    }


def _is_left(name: str, target: str) -> bool:
    """Say whether a German name stands in a text whose language does not have it."""
    if fold(name) in EXONYMS[name] or PLACES[name] in target:
        return False
    return bool(re.search(rf"(?<![\w-]){name}s?(?![\w-])", target))


def placed(
    target: str, lost: Mapping[int, str], links: Sequence[Link]
) -> tuple[str, tuple[Link, ...]]:
    """Put each place where words of the translation stand for it and for nothing else.

    They stand side by side and have capitals, as names do, or are no English. An
    English name may have more words than what it replaces: the links come back with
    the new numbers.
    """
    found: list[tuple[range, str]] = []
    for word, name in lost.items():
        linked = sorted({to for number, to in links if number == word})
        alone = all(number == word for number, to in links if to in linked)
        if linked and alone and linked[-1] - linked[0] < len(linked):
            found.append((range(linked[0], linked[-1] + 1), name))
    for linked_run, name in sorted(found, key=lambda one: -one[0].start):
        cores = [stretches.core(target, span) for span in stretches.words(target)]
        run = _widened(linked_run, target, cores, {to for _, to in links})
        # The full stop after a heading, which may have been a word, is taken away.
        chosen = [core for core in cores[run.start : run.stop] if core]
        if len(chosen) < len(run) or not all(
            _may_be_place(target[slice(*core)]) for core in chosen
        ):
            continue
        start, end = chosen[0][0], chosen[-1][1]
        said = without_possessive(target[start:end])
        target = target[:start] + name + target[start + len(said) :]
        links = renumbered(links, run, len(name.split()))
    return target, tuple(links)


def _widened(
    run: range, target: str, cores: Sequence[Span | None], linked: Container[int]
) -> range:
    """Take in the names behind that nothing in the source stands for.

    In "Northern Europe" for Nordkorea the second word may go with none.
    """
    stop = run.stop
    while stop < len(cores) and stop not in linked:
        before, word = cores[stop - 1], cores[stop]
        if before is None or word is None or target[before[1] : word[0]] != " ":
            break
        if not target[word[0]].isupper():
            break
        stop += 1
    return range(run.start, stop)


def _may_be_place(word: str) -> bool:
    return word[0].isupper() or bool(unknown_parts(word, "en"))


def renumbered(links: Sequence[Link], run: range, words: int) -> list[Link]:
    """Give links new numbers where a run of words became so many."""
    longer = words - len(run)
    new: list[Link] = []
    for source, to in links:
        if to == run.start:
            new += [(source, run.start + more) for more in range(words)]
        elif to not in run:
            new.append((source, to + longer if to >= run.stop else to))
    return new
