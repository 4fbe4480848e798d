"""Common words that a model left in German: "to overcome the Lethargie".

Names stay as they are, and German writes its nouns with a capital too, so that only
what no name is like counts: a word in small letters, a noun by its ending, and behind
an article a compound or a noun.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate import stretches
from satzpaar.translate.clauses import BEGINNINGS
from satzpaar.translate.lexicon import is_compound, unknown_parts

if TYPE_CHECKING:
    from satzpaar.translate.dictionaries import Dictionary, Entry
    from satzpaar.translate.stretches import Span

# What persons, places and firms do not end in.
_NOUN = re.compile(
    r"\w{3,}(?:ismus|asmus|ung|heit|keit|schaft|tät|atur|logie|gra(?:ph|f)ie|istin|"
    r"isten|ianer)(?:en|s)?"
)
_SHORTEST_COMPOUND = 8  # letters; shorter ones are surnames: Neumann, Baumann
_ARTICLE = re.compile(
    r"\b(?:d(?:ie|er|as|es|em|en)|(?:k?ein|[msd]ein|ihr|unser)(?:e[mnrs]?)?|"
    r"(?:dies|jed|jen)e[mnrs]?|vom|zum|zur|im|am|beim|ins|ans)"
    r"(?: [a-zäöüß]+(?:e|en|er|es|em))? \Z"
)
_FEW_QUOTED = re.compile(
    r"""["'„“‘»«(](?:[^\s"'“”‘’»«]{1,40}\s){0,3}[^\s"'“”‘’»«]{1,40}["'”“’«»)]"""
)
_WORDS = re.compile(r"[^\W\d_]{4,}")
_FEWEST_SAME = 2
# What a name follows: "das Schiff Hoffnung", "die Initiative ausgestrahlt".
_CAPITAL_BEFORE = re.compile(r"\b[A-ZÄÖÜ]\w* \Z")
_NAMED = re.compile(
    r"(?:wort|begriff|magazin|initiative|verein|firma|marke|projekt|plattform|portal|app|"
    r"band|gruppe|verlag|titel|zeitschrift|verb|adjektiv|adverb) \Z",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-ZÄÖÜ]")


def is_mostly_german(source: str, target: str) -> bool:
    """Say whether a translation is none: many small words of it are the source's."""
    german = set(_WORDS.findall(source))
    said = _WORDS.findall(target)
    same = len([word for word in said if word in german and word.islower()])
    return same >= _FEWEST_SAME and same > len(said) / 4


def is_left(
    source: str, span: Span, target: str, entry: Entry, dictionary: Dictionary
) -> bool:
    """Say whether the translation has a word as the source has it, and it is no name.

    Args:
        source: A German text.
        span: A word of it, with or without the punctuation around it.
        target: Its translation.
        entry: What the dictionary has for the word.
        dictionary: The one that has it.
    """
    start, end = stretches.core(source, span) or span
    word = source[start:end]
    if word not in target or word.casefold() in map(str.casefold, entry.translations):
        return False
    if dictionary.has_english(word.lower()) or not unknown_parts(word, "en"):
        return False
    places = [
        place
        for place in (stretches.core(target, one) for one in stretches.words(target))
        if place and target[slice(*place)] == word
    ]
    if len(places) != 1 or _is_as_it_is(target, places[0]):
        return False
    if word.islower():
        return not _NAMED.search(source[:start])
    if _has_capital_beside(target, places[0]) or _CAPITAL_BEFORE.search(source[:start]):
        return False
    if _NOUN.fullmatch(word):
        return True
    if not entry.translations[0].islower() or not _ARTICLE.search(source[:start]):
        return False
    if len(word) >= _SHORTEST_COMPOUND and is_compound(word):
        return True
    return entry.sure and not entry.written


def _is_as_it_is(text: str, place: Span) -> bool:
    """Say whether a word is a tag or stands in a few quoted ones: a title, a term."""
    return text[: place[0]].endswith(("#", "@", "_")) or any(
        match.start() < place[0] < match.end() for match in _FEW_QUOTED.finditer(text)
    )


def _has_capital_beside(text: str, place: Span) -> bool:
    """Say whether a word may be a part of a name."""
    before, after = text[: place[0]].split(" ")[-2:-1], text[place[1] :].split(" ")
    beside = [word for word in before if word not in BEGINNINGS]
    if not after[0]:  # no punctuation between
        beside += after[1:2]
    return any(map(_CAPITAL.match, beside))
