"""What stands before addresses and numbers: German has *unter*, English "at"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate.protection import TOP_LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.protection import Span

# A link or an e-mail address, not code, a file or a program: Node.js.
_ADDRESS = re.compile(
    rf"\S*(?:@\w|://|www\.)\S*|[\w.-]+\.(?:{TOP_LEVEL})(?:[/:?#]\S*)?"
)
_PHONE = re.compile(r"(?<![\w.,])(?:\+|0)\d[\d /()–-]{4,24}\d(?!\w)")
_UNDER = re.compile(
    r"\b[Uu]nter (?:(?:Tel\.|Telefon|der (?:Tele(?:f|ph)on)?[Nn]ummer) )?\Z"
)
_OTHERWISE = "among|below|beneath|between|on top of|under|underneath"
_NUMBER = r"(?:(?:the )?(?:tele)?phone(?: number)? )?"


def at_addresses(source: str, spans: Sequence[Span], target: str) -> str:
    """Say "at" where German says *unter*, and a model took an address for a place.

    Args:
        source: A German text.
        spans: Its protected stretches, links among them.
        target: Its translation, which has them as they are.
    """
    places = [(s.start, s.end) for s in spans if _ADDRESS.fullmatch(s.of(source))]
    places += [match.span() for match in _PHONE.finditer(source)]
    for start, end in places:
        if _UNDER.search(source[:start]):
            address = re.escape(source[start:end])
            before = rf"\b(?:{_OTHERWISE})(?= {_NUMBER}{address})"
            target = re.sub(before, _at, target, count=1, flags=re.IGNORECASE)
    return target


def _at(match: re.Match[str]) -> str:
    return "At" if match[0][0].isupper() else "at"
