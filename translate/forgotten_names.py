"""Names that a model forgot: said anew with another name in their place.

A weak model leaves out a name that it does not know, or takes it for a word ("Michael
waiter" for Michael Kellner, "But said" for Hindes sagte). A first name of every day it
says as it is: the sentence is translated once more with one in the place of each name
that is gone, and the names are put where they come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate import stretches
from satzpaar.translate.checks.name_lists import (
    OFFICE,
    SAYS,
    SURNAMES,
    TITLES,
    first_names,
    shared_names,
)
from satzpaar.translate.checks.names import (
    DETERMINERS,
    has_determiner,
    names,
    says_name,
)
from satzpaar.translate.checks.places import EXONYMS
from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.known_names import NAME, is_one_here, is_strange, is_street
from satzpaar.translate.lexicon import unknown_parts
from satzpaar.translate.line_ups import is_listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from satzpaar.translate.stretches import Span

_SHORTEST = 4  # letters of a word that nothing but its place shows to be a name

# After one of these, and no article, a word that no list has is nearly always a place.
_BEFORE_PLACES = frozenset("in aus nach bei In Aus Nach Bei".split())

# First names that the bundled model says as they are, none like a genitive; surnames
# it says as surely, but with a worse translation around them.
_STAND_INS = ("Peter", "Paul", "Martin", "Robert")
# Behind a preposition of place nobody expects a person.
_PLACES = ("London", "Madrid", "Boston", "Toronto")
# Of streets these are the ones that it leaves as they are.
_STREETS = ("Bahnhofstraße", "Leopoldstraße", "Königstraße", "Rosenstraße")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A text with other names in the places of some."""

    text: str
    names: dict[str, str]  # by the names that stand there now
    spans: tuple[Span, ...]  # of the names, in the text that was, in order

    def moved(self, at: int) -> int:
        """Say where a place outside the names is now."""
        return at + sum(
            len(stand_in) - (end - start)
            for (start, end), stand_in in zip(self.spans, self.names, strict=True)
            if end <= at
        )


def forgotten_names(
    source: str, target: str, known: Collection[str] = ()
) -> list[Span]:
    """Return where the names stand that nothing in a translation sounds like.

    Names are what stands after a title, an office or a first name, here or elsewhere in
    the document; a German word after a first name only if its English stands beside
    that in the target, and elsewhere only where it can be no noun. Also those that both
    languages write alike, and words that German is not known to have after a
    preposition of place, next to a verb of saying, or two of them side by side. And
    names of streets, and those in lists of goals and results.

    Args:
        source: A German text.
        target: Its translation.
        known: Names of the document, as ``known_names`` gives them.

    >>> forgotten_names("Das sagt Michael Kellner.", "Michael waiter says so.")
    [(17, 24)]
    """
    here = {span for _, span in names(source)}
    found = []
    for span, before, after in _words(source):
        start, end = span
        word = source[start:end]
        bare = word.removesuffix("s")
        name = word
        # "Michael Kellners Rede", but "Hans Markus Kellner".
        if word not in shared_names() and (
            (after[:1].isupper() and word not in first_names())
            or (bare in known and word not in known)
            or bare in shared_names()
        ):
            name = bare
        if {word, bare} & EXONYMS.keys() or any(
            says_name(source, target, each) for each in {name, word}
        ):
            continue
        # The word lists are asked last: it takes time to load them.
        if (
            (span in here and _is_surely_one(word, before, target))
            or (name in known and is_one_here(name, source[:start], source[end:]))
            or name in shared_names()
            or is_street(word, source[:start])
            or is_listed(name, source[:start], source[end:])
            or _is_shown_by_its_place(word, before, after)
            or _is_one_of_two(word, before, after, source[:start].split())
        ):
            found.append((start, start + len(name)))
    return found


def free_names(source: str) -> list[str]:
    """Return the names that may stand for others in a text."""
    return [name for name in _STAND_INS if name not in source]


def renamed(source: str, spans: Sequence[Span]) -> Renamed | None:
    """Put other names in the places of some; None: there are not enough."""
    persons = free_names(source)
    places = [place for place in _PLACES if place not in source]
    streets = [street for street in _STREETS if street not in source]
    text, end = "", 0
    there: dict[str, str] = {}
    for span in spans:
        before = source[: span[0]].split()[-1:]
        free = places if before and before[0] in _BEFORE_PLACES else persons
        if is_street(source[slice(*span)], source[: span[0]]):
            free = streets
        if not free:
            return None
        stand_in = free.pop(0)
        text += source[end : span[0]] + stand_in
        there[stand_in] = source[slice(*span)]
        end = span[1]
    return Renamed(text + source[end:], there, tuple(spans))


def names_back(made: Renamed, target: str) -> str | None:
    """Put the names back; None: one is not there just once.

    >>> made = renamed("Das sagt Kellner.", [(9, 16)])
    >>> names_back(made, "Peter's word."), names_back(made, "It says so.")
    ("Kellner's word.", None)
    """
    pattern = re.compile(rf"\b({'|'.join(made.names)})\b")
    if sorted(pattern.findall(target)) != sorted(made.names):
        return None
    return pattern.sub(lambda found: made.names[found[1]], target)


def _words(text: str) -> Iterator[tuple[Span, str, str]]:
    """Yield what may be a name, with the words that only a space parts from it."""
    spans = list(stretches.words(text))
    texts = [text[slice(*span)] for span in spans]
    for number, span in enumerate(spans):
        core = stretches.core(text, span)
        if core is None or not NAME.fullmatch(text[slice(*core)]):
            continue
        first, last = core[0] == span[0], core[1] == span[1]
        before = texts[number - 1] if first and number else ""
        after = texts[number + 1] if last and number + 1 < len(spans) else ""
        after = after.rstrip(",.:;")
        yield core, before, after


def _is_surely_one(word: str, before: str, target: str) -> bool:
    """Say whether a word after a title or a first name, or the latter, is a name.

    German puts any noun behind one ("weil Thomas Angst hatte"). A word that it is known
    to have is a name after a title, or if the target has its English beside the first
    name: "Michael waiter", "Simone's room".
    """
    if word in first_names():  # "20 Mark", "der Mark"
        return not before[-1:].isdigit() and before.lower() not in DETERMINERS
    if unknown_parts(word, "de") or before.rstrip(".") in TITLES:
        return True
    if word in SURNAMES and OFFICE.search(before):
        return True  # "Stadtrat Winter"
    entry = german_english().entry(word)
    english = "|".join(map(re.escape, entry.translations)) if entry else "(?!)"
    beside = rf"\b{re.escape(before)}(?:['’]s)? (?:{english})\b"
    return bool(before and re.search(beside, target, re.IGNORECASE))


def _is_one_of_two(word: str, before: str, after: str, earlier: Sequence[str]) -> bool:
    """Say whether a word and one beside it are the parts of a name nobody knows.

    "Shoili Kanungo": words that German is not known to have, nor to be made of, and
    without an article ("das Diuretikum Hydrochlorothiazid").
    """
    if not is_strange(word):
        return False
    if is_strange(_bare(before)):
        earlier = earlier[:-1]
    elif not is_strange(after) or after in first_names():  # a trade: "Anfahrer Jamie"
        return False
    return not has_determiner(" ".join(earlier))


def _bare(word: str) -> str:
    return word.strip("\"'“”„‚‘()")


def _is_shown_by_its_place(word: str, before: str, after: str) -> bool:
    # "in Erdogans Palast": whose s it is, nobody knows. "sagte Kuratorin Anna Kolbe".
    if after[:1].isupper():
        shown = before in _BEFORE_PLACES and not word.endswith("s")
    else:
        shown = before in _BEFORE_PLACES | SAYS or (not before and after in SAYS)
    return shown and len(word) >= _SHORTEST and is_strange(word)
