"""The minus of a number in brackets, without which a loss becomes a gain."""

from __future__ import annotations

import re

from satzpaar.translate.numbers import in_english

_LESS = re.compile(r"\((?P<sign>[-−–])(?P<number>\d(?:[\d.,]*\d)?)")
# What says in words that it is less: "(5 degrees below zero)".
_SAID = r"(?![^(),;]*\b(?:below|down|fewer|less|lower|loss|minus|under)\b)"


def with_minus(source: str, target: str) -> str:
    """Put the minus back that stood before a number at the beginning of a bracket.

    >>> with_minus("Daimler (-3,4 %) fiel.", "Daimler (3.4%) fell.")
    'Daimler (-3.4%) fell.'
    """
    for match in _LESS.finditer(source):
        if re.search(rf"\(\+?{re.escape(match['number'])}(?![.,]?\d)", source):
            continue  # there is a gain of as much, too
        number = re.escape(in_english(match["number"]))
        without = re.compile(rf"(?<=\(){number}(?![.,]?\d){_SAID}")
        target = without.sub(match["sign"] + in_english(match["number"]), target)
    return target
