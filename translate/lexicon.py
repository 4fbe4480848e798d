"""Which words German and English are known to have."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from satzpaar.translate.read_ahead import read_once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spellchecker import SpellChecker

Language = Literal["de", "en"]

_PARTS = re.compile(r"[^\W\d_]{2,}")

# What German puts between the words of a compound, longer ones first, and how many
# letters such words have at least.
JOINTS = ("es", "en", "er", "s", "n", "e", "")
_SHORTEST_FIRST, _SHORTEST_LAST = 3, 4


def unknown_parts(word: str, language: Language) -> list[str]:
    """Return the parts of a word, between hyphens and stops, that no list has.

    The lists are those of pyspellchecker: the words of film subtitles, a few names
    among them. German compounds are mostly not in them.

    >>> unknown_parts("Beta-Belettegrates", "en")
    ['Belettegrates']
    """
    known = _speller(language)
    return [part for part in _PARTS.findall(word) if part not in known]


def is_compound(word: str) -> bool:
    """Say whether a German word is made of words that German is known to have.

    >>> is_compound("Klärteich"), is_compound("Stolzenau")
    (True, False)
    """
    return _is_compound(word.lower())


@cache
def _is_compound(word: str) -> bool:
    known = _speller("de")
    for at in range(_SHORTEST_FIRST, len(word) - _SHORTEST_LAST + 1):
        first, last = word[:at], word[at:]
        if last not in known and not _is_compound(last):
            continue
        bare = (first.removesuffix(joint) for joint in JOINTS)
        if f"{first}e" in known or any(
            len(part) >= _SHORTEST_FIRST and part in known for part in bare
        ):
            return True
    return False


def word_counts(language: Language) -> Mapping[str, int]:
    """Return the words of a list with how often they came, in small letters."""
    counts: Mapping[str, int] = _speller(language).word_frequency.dictionary
    return counts


@read_once
def _speller(language: Language) -> SpellChecker:
    # Slow to load (docs/word-alignment.md), and many texts need only one of them.
    from spellchecker import SpellChecker

    return SpellChecker(language)
