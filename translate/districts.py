"""Districts behind the names of towns: Köln-Deutz, which a model reads as one word.

It reads the town alone, and the district goes behind what English calls the town.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate.checks.places import PLACES, TOWNS
from satzpaar.translate.dictionaries import german_english

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAIR = re.compile(r"(?<![\w-])([A-ZÄÖÜ][a-zäöüß]+)-([A-ZÄÖÜ][a-zäöüß]{2,})(?![\w-])")


def without_districts(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a German text with towns alone, and each English town with its district.

    Only towns that English calls otherwise and that the text has once; what German has
    as a word is no district: Moskau-Besuch.
    """
    found: list[tuple[str, str]] = []

    def town(match: re.Match[str]) -> str:
        name, district = match.groups()
        if name not in TOWNS or text.count(name) > 1 or not _is_name(district):
            return match[0]
        found.append((PLACES[name], district))
        return name

    return _PAIR.sub(town, text), found


def with_districts(text: str, districts: Sequence[tuple[str, str]]) -> str | None:
    """Put the districts behind their towns; None: a town is not there just once.

    >>> with_districts("Fire in Cologne", [("Cologne", "Deutz")])
    'Fire in Cologne-Deutz'
    """
    for town, district in districts:
        text, times = re.subn(rf"\b{re.escape(town)}\b", f"{town}-{district}", text)
        if times != 1:
            return None
    return text


def _is_name(word: str) -> bool:
    entry = german_english().entry(word)
    return entry is None or entry.translations[0] == word
