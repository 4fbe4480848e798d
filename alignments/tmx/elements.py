"""What TMX 1.4 calls things, as far as reader, writer and validation share it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.tmx.dates import is_tmx_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DOCTYPE: Final = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
VERSION: Final = "1.4"
ANY_LANGUAGE: Final = "*all*"  # srclang of a memory that has no source language
WHITE_SPACE: Final = re.compile(r"\s")

# Elements whose content is code of the format that the text was taken from.
CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
LINE_BREAK: Final = "lb"  # the type of a <ph>


def _is_segtype(value: str) -> bool:
    return value in {"block", "paragraph", "sentence", "phrase"}


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal()


def _is_text(value: str) -> bool:
    return bool(value)


# What <tu> and <tuv> may say of themselves beside their id, dates and languages, and
# which values are legal. Units keep it as properties of these names.
UNIT_ATTRIBUTES: Final[Mapping[str, Callable[[str], bool]]] = {
    "o-encoding": _is_text,
    "datatype": _is_text,
    "usagecount": _is_number,
    "lastusagedate": is_tmx_date,
    "creationtool": _is_text,
    "creationtoolversion": _is_text,
    "creationid": _is_text,
    "segtype": _is_segtype,
    "changeid": _is_text,
    "o-tmf": _is_text,
}
