"""The names of a document, and where a word is one of them and no other word.

Many German surnames are words as well (Weil, because; Koch, cook). What stands after a
title, an office or a first name is a name; elsewhere the same word is the same name
where it can be nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from satzpaar.translate.checks.name_lists import SAYS
from satzpaar.translate.checks.names import names
from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.lexicon import is_compound, unknown_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

# No hyphens: of a compound with a name, something else is to be translated.
NAME: Final = re.compile(r"[A-ZÄÖÜÉÁŠŽČĆŁ][^\W\d_]+[a-zäöüßéáíóúčćšžńł]")

# Words that are surnames too, and no nouns: with a capital within a sentence they are
# names. (Those with an ending may be: "der Kleine".)
_NO_NOUNS = frozenset(
    """
    Weil Lang Kurz Kühn Schnell Scharf Klug Rau Fromm Froh Edel Frisch Hübsch Schön
    Streng Süß Tapfer Zart Lieb Heiß Kalt Früh Breit Dünn Faul Frei Hart Hohl Krumm Lahm
    Leicht Müde Rein Rund Sanft Schlank Steif Stumpf Treu Weit Baldauf
    """.split()
)
_EDGES = " \t\n\"'“”„‚‘’»«›‹()[]–—-•*·"
_OPENING = "\"'“„‚‘»«›‹"
# Endings of German nouns that are made of other words.
_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|ismus|ität|tion|nis|ling|ik|enz|anz|ment|tum|ungen|"
    r"heiten|keiten|schaften|isten|itäten|tionen|nisse|linge|iken|innen|ierer|iker)\Z"
)


def known_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of a document that are surely names somewhere in it."""
    return frozenset(name for text in texts for name, _ in names(text))


def is_one_here(name: str, before: str, behind: str) -> bool:
    """Say whether a name of the document is one at a place, and not a word.

    Args:
        name: As the document has it elsewhere.
        before: What stands before the place.
        behind: What stands behind it.

    >>> is_one_here("Weil", "So hat ", " es."), is_one_here("Weil", "", " er will.")
    (True, False)
    """
    if unknown_parts(name, "de"):
        return not _is_word(name)
    if may_begin(before):
        # "Menge: Das ist gut." of an interview, "Kellner sagte"
        return behind.startswith(":") or behind[1:].split(" ", 1)[0] in SAYS
    last = before.split()[-1]
    if last == "so" and behind[:1] in (".", ",", ":", ""):
        return True
    return name in _NO_NOUNS or last in SAYS or last == "laut"


def may_begin(before: str) -> bool:
    """Say whether a capital behind a text may be that of a sentence or a quotation.

    >>> may_begin("Er sagte: „Nein.“ "), may_begin("– "), may_begin("Das sagt ")
    (True, True, False)
    """
    bare = before.rstrip(_EDGES)
    return not bare or bare[-1] in ".!?:…" or before[-1] in _OPENING


def is_strange(word: str) -> bool:
    """Say whether a word with a capital is none that German has or can make.

    >>> is_strange("Kanungo"), is_strange("Klärteich"), is_strange("Kanungos-Chef")
    (True, False, False)
    """
    if not NAME.fullmatch(word) or _NOUN.search(word):
        return False
    if not unknown_parts(word, "de") or is_compound(word):
        return False
    return not _is_word(word)


def _is_word(name: str) -> bool:
    """Say whether a word is something else in English."""
    entry = german_english().entry(name)
    return entry is not None and entry.translations[0] != name
