"""The filter for what pages say beside their text."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from satzpaar.alignments.filters.filter import Score
from satzpaar.alignments.filters.memory import fold, hash64
from satzpaar.alignments.units import SOURCE_DOCUMENT

if TYPE_CHECKING:
    from satzpaar.alignments.bitext import TranslationUnit

CAPACITY: Final = 1 << 22  # segments that are counted; 64 MB when all are in use

PHRASES: Final = re.compile(
    r"""
      \bcookies?\b .{0,80} \b(?:akzeptieren|zustimmen|einverstanden|verwenden|nutzen
        |ablehnen|zulassen|einstellungen|accept|agree|reject|decline|consent|settings
        |preferences|allow)
    | \b(?:akzeptieren|zustimmen|einverstanden|verwende[nt]|nutz(?:en|t)|accept|agree
        |reject|allow|uses?|consent) .{0,60} \bcookies?\b
    | \balle\ rechte\ vorbehalten\b | \ball\ rights\ reserved\b
    | \b(?:newsletter)\b .{0,40} \b(?:abonnieren|anmelden|bestellen|sign\ up|subscribe)
    | \b(?:abonnieren|anmelden|bestellen|sign\ up|subscribe)\b .{0,40} \bnewsletter
    | \b(?:auf|bei|via)\ (?:facebook|twitter|whatsapp|linkedin)\ teilen\b
    | \bshare\ (?:this\ )?(?:on|via)\ (?:facebook|twitter|whatsapp|linkedin)\b
    | ^(?:zum|direkt\ zum)\ (?:haupt)?inhalt(?:\ springen)?$
    | ^(?:skip|jump)\ to\ (?:main\ )?(?:content|navigation)$
    | \bjavascript\b .{0,60} \b(?:aktivieren|deaktiviert|enable|disabled)\b
    | \b(?:enable|aktivieren\ sie)\ javascript\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Entries of a menu or a path: "Start | Politik | Sport", "Home » News » Berlin".
BETWEEN_ENTRIES: Final = re.compile(r"\s[|•·»›>/]\s")
FEWEST_ENTRIES: Final = 3
LONGEST_ENTRY: Final = 25  # characters


class Boilerplate:
    """The number of documents that have the segment; no bound for a cookie banner.

    A phrase counts only if both sides have one: an article about cookies is none.
    Documents are told apart by the property ``x-src-doc``; units without it are judged
    by their words alone.

    The memory is bounded: of two segments that share a place in the table the one that
    was seen in more documents stays.
    """

    name: ClassVar[str] = "boilerplate"
    at_most: ClassVar[bool] = True

    def __init__(self, threshold: float = 5, *, capacity: int = CAPACITY) -> None:
        self.threshold = threshold
        self._learnt = False
        self._keys = np.zeros(capacity, np.uint64)
        self._last = np.zeros(capacity, np.uint32)  # the last document, hashed
        self._documents = np.zeros(capacity, np.uint32)

    def learn(self, unit: TranslationUnit) -> None:
        """Count the documents that have the unit's source."""
        self._learnt = True
        self._count(unit)

    def score(self, unit: TranslationUnit) -> Score:
        """Return the documents of the whole corpus if it was learnt, else so far."""
        sides = unit.source.text, unit.target.text
        if all(map(PHRASES.search, sides)):
            return Score(math.inf, "a phrase of banners and footers")
        if all(map(_is_menu, sides)):
            return Score(math.inf, "a menu")
        if unit.get(SOURCE_DOCUMENT) is None:
            return Score(0)
        if not self._learnt:
            self._count(unit)
        key, place = self._place(unit)
        return Score(int(self._documents[place]) if self._keys[place] == key else 1)

    def _count(self, unit: TranslationUnit) -> None:
        document = unit.get(SOURCE_DOCUMENT)
        if document is None:
            return
        key, place = self._place(unit)
        mark = np.uint32(hash64(document) & 0xFFFFFFFF)
        if self._keys[place] != key:
            if self._documents[place] > 1:
                self._documents[place] -= 1  # what comes no more has to give way
                return
            self._keys[place], self._documents[place] = key, 1
        elif self._last[place] != mark:
            self._documents[place] += 1
        self._last[place] = mark

    def _place(self, unit: TranslationUnit) -> tuple[np.uint64, int]:
        key = hash64(fold(unit.source.text) or unit.source.text)
        return np.uint64(key), key % len(self._keys)


def _is_menu(text: str) -> bool:
    entries = BETWEEN_ENTRIES.split(text)
    if len(entries) < FEWEST_ENTRIES:
        return False
    return max(map(len, entries)) <= LONGEST_ENTRY and not text.rstrip().endswith(".")
