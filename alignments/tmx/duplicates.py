"""Units that come twice: merged by their ids, or found by their texts."""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from satzpaar.alignments.formats.options import primary
from satzpaar.alignments.keys import Keys, key_of

if TYPE_CHECKING:
    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.alignments.formats.options import Losses

Keep = Literal["first", "last", "best", "newest"]
Side = Literal["both", "source", "target"]
Source = Callable[[], "Iterable[TranslationUnit]"]  # begins anew at each call

# The properties that tell how good a unit is, the first that it has.
SCORES: Final = ("x-confidence", "x-align-score")

NO_WORD: Final = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Doubles:
    """What was found on the way."""

    read: int = 0
    kept: int = 0
    # Of merged units: one id, but other texts. Which is right, nobody can know.
    conflicts: int = 0


def identity(unit: TranslationUnit) -> int:
    """Return the key of a unit for merging: its id, or its texts where it has none."""
    if unit.id is not None:
        return key_of("id", unit.id)
    return text_key(unit)


def text_key(
    unit: TranslationUnit, *, side: Side = "both", normalised: bool = False
) -> int:
    """Return the key of a unit's texts and their languages, regions aside.

    That of both does not hang on which of them is the source: memories of two
    directions have the same pairs.

    Args:
        unit: Its codes do not count.
        side: ``source`` takes units for the same that translate the same in two ways.
        normalised: Case, punctuation, white space and Unicode's variants do not count.
    """
    parts = []
    for name, variant in (("source", unit.source), ("target", unit.target)):
        if side in {"both", name}:
            text = normalised_text(variant.text) if normalised else variant.text
            parts.append((primary(variant.language), text))
    return key_of(*itertools.chain.from_iterable(sorted(parts)))


def normalised_text(text: str) -> str:
    """Return what is left of a text without what writers differ in.

    >>> normalised_text("Das ist  „gut“.") == normalised_text("das ist gut!")
    True
    """
    words = NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return words or text  # "…" and "?!" are not the same for having no words


def rank_of(keep: Keep, score: str | None = None) -> Callable[[TranslationUnit], float]:
    """Return what tells which of several doubles is kept: the highest, then the first.

    Args:
        keep: What counts.
        score: The property to go by, for ``best``; None: the first of `SCORES` it has.
    """
    if keep == "best":
        names = SCORES if score is None else (score,)
        return lambda unit: _score(unit, names)
    if keep == "newest":
        return _age
    return lambda _: 0.0


def _score(unit: TranslationUnit, names: tuple[str, ...]) -> float:
    for name in names:
        value = unit.get(name)
        if value is not None:
            try:
                return float(value)
            except ValueError:
                continue
    return float("-inf")


def _age(unit: TranslationUnit) -> float:
    date = unit.changed or unit.created
    return float("-inf") if date is None else date.timestamp()


def without_doubles(
    source: Source,
    key: Callable[[TranslationUnit], int],
    *,
    keep: Keep = "first",
    score: str | None = None,
    found: Doubles | None = None,
) -> Iterator[TranslationUnit]:
    """Yield one unit of each key, in the order of the source.

    With ``first`` the source is read once, else twice. Memory: some forty bytes a unit.

    Args:
        source: Gives the same units at each call.
        key: What doubles share.
        keep: Which of them is yielded.
        score: See `rank_of`.
        found: Where to count.
    """
    found = Doubles() if found is None else found
    if keep == "first":
        yield from _firsts(source(), key, found)
        return
    keys = Keys()
    best = array("Q")  # the place of the unit kept so far, by the key's number
    ranks = array("d")
    rank = rank_of(keep, score)
    contents = array("Q")
    for place, unit in enumerate(source()):
        found.read += 1
        value = rank(unit)
        content = text_key(unit)
        number, is_new = keys.number(key(unit))
        if is_new:
            best.append(place)
            ranks.append(value)
            contents.append(content)
            continue
        found.conflicts += contents[number] != content
        if value > ranks[number] or keep == "last":
            best[number] = place
            ranks[number] = value
    wanted = iter(sorted(best))
    following = next(wanted, None)
    for place, unit in enumerate(source()):
        if place == following:
            found.kept += 1
            yield unit
            following = next(wanted, None)


def ids_once(
    units: Iterable[TranslationUnit], losses: Losses
) -> Iterator[TranslationUnit]:
    """Yield units, without the id where an earlier one has it; these are counted.

    Memories number their units, each from 1; a file may have each id once.
    """
    ids = Keys()
    for unit in units:
        if unit.id is None or ids.add(key_of(unit.id)):
            yield unit
        else:
            losses["ids that come again"] += 1
            yield replace(unit, id=None)


def _firsts(
    units: Iterable[TranslationUnit],
    key: Callable[[TranslationUnit], int],
    found: Doubles,
) -> Iterator[TranslationUnit]:
    keys = Keys()
    contents = array("Q")
    for unit in units:
        found.read += 1
        number, is_new = keys.number(key(unit))
        content = text_key(unit)
        if is_new:
            contents.append(content)
            found.kept += 1
            yield unit
        else:
            found.conflicts += contents[number] != content
