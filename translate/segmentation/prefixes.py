"""What stands before a block's first sentence: dates of a record, datelines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from satzpaar.translate.segmentation.language import Language

_REACH = 160  # characters; no prefix is longer

_AGENCIES = (
    "dpa|afp|reuters|ap|rtr|epd|kna|sid|apa|sda|ats|dapd|ddp|ots|dts|afx|upi|efe|ansa|"
    "taz|tass|itar-tass|interfax|ria|xinhua|pap|ctk|čtk|bloomberg|pte|red|eig|eigene|"
    "awp|idw"
)
_AGENCY = rf"(?:{_AGENCIES})(?:-\w{{1,12}})?\b"
_AGENCIES_IN_BRACKETS = rf"\((?i:{_AGENCY})(?:[/, +-]{{1,3}}\w{{1,12}})*\)"
_NAME = r"[A-ZÄÖÜ][\w'’.-]{1,30}"
_PLACE = rf"{_NAME}(?:(?:[ /]|, ?| am | an der | ob der | im | in ){_NAME}){{0,3}}"
_DATE = r"(?:, ?(?:den )?(?=[^()]{0,20}\d)[\w. ]{1,22}?)"
_NEXT = r"(?=\s+[\"'“„»«‚(]*(?P<next>[A-ZÄÖÜ0-9][^\W_]*))"

_RECORD_DATE = re.compile(
    r"(?:(?P<key>[A-Za-zÄÖÜäöü]{3,20}):?\s+)?"
    r"\d{4}-\d{2}(?:-\d{2})?(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?:?"
    r"(?=\s+[\"'“„»«‚(]*[A-ZÄÖÜ])"
)
_RECORD_KEYS = frozenset({"Datum", "Stand", "Date", "Veröffentlicht", "Erschienen"})

_DATELINES = tuple(
    re.compile(pattern + _NEXT)
    for pattern in (
        # Berlin (dpa) -   MOSKAU, 3. Oktober (Reuters) –   (AFP) –
        rf"(?:{_PLACE}{_DATE}?\s{{0,2}})?{_AGENCIES_IN_BRACKETS}[.:]?\s?[-–—]{{1,2}}",
        # Wien/Berlin. –
        rf"{_PLACE}\.\s?[-–—]{{1,2}}",
        # Kiew, 24. Februar –
        rf"{_PLACE}{_DATE}\.?\s?[-–—]{{1,2}}",
        # KÖLN taz |
        rf"{_PLACE} (?i:{_AGENCY})\s[-–—|]{{1,2}}",
        # Kiew/Moskau -
        rf"{_NAME}(?:/{_NAME}){{1,2}}\s[-–—]{{1,2}}",
        # MOSKAU –
        r"[A-ZÄÖÜ]{4,20}(?:[ /][A-ZÄÖÜ]{3,20}){0,2}\.?\s[-–—]{1,2}",
    )
)
# Hamburg – Der …: neither agency nor date, but a plain beginning or a well-known place.
_BARE_DATELINE = re.compile(
    rf"(?P<place>{_NAME})(?:[ /]{_NAME}){{0,2}}\s[-–—]{{1,2}}" + _NEXT
)

_SPACE = re.compile(r"\s")  # one for one, so that lengths stay
_STOP = re.compile(r"[^\W\d]{2}[.!?](?:\s|\Z)")

_CREDIT = re.compile(
    rf"\(?(?i:{_AGENCY})(?:[/, +]{{1,3}}[\w.-]{{1,20}}){{0,5}}\)?\.?\Z"
)


def prefix_length(text: str, start: int, language: Language) -> int:
    """Give the length of the metadata or dateline at *start*, 0 if there is none.

    >>> from satzpaar.translate.segmentation.german import GERMAN
    >>> prefix_length("Berlin (dpa) - Der Bundestag tagt.", 0, GERMAN)
    14
    """
    text = _SPACE.sub(" ", text[start : start + _REACH])
    found = _RECORD_DATE.match(text)
    if found is not None:
        key = found["key"]
        if key is None or key in _RECORD_KEYS or _is_key(key, language):
            return found.end()
    if text.partition(" ")[0] in language.starters:
        return 0  # Am Montag, 3. Mai – Pfingsten – …
    for pattern in _DATELINES:
        found = pattern.match(text)
        if found is not None:
            return found.end()
    found = _BARE_DATELINE.match(text)
    if found is not None and (
        found["next"] in language.starters
        or (
            found["place"] in language.places
            and found["next"] not in language.places
            and _STOP.search(text, found.end()) is not None
        )
    ):
        return found.end()
    return 0


def is_credit(text: str) -> bool:
    """Say whether *text* names news agencies and nothing else.

    >>> is_credit("(dpa/AFP)"), is_credit("dpa"), is_credit("(und sie)")
    (True, True, False)
    """
    return len(text) <= _REACH and _CREDIT.match(text) is not None


def _is_key(word: str, language: Language) -> bool:
    """Tell a field's name from part of a sentence."""
    return word.islower() and word.capitalize() not in language.starters
