"""Quotes and brackets: opened and not closed, or gone."""

from __future__ import annotations

import re

from satzpaar.translate.checks.finding import Finding

KIND = "marks"

_DOUBLE = re.compile(r"[„“”\"«»″]|(?<!\w)''|''(?!\w)|``|‟")
# A single quote opens before a letter and closes after one; what stands between two
# letters, or after an s, is an apostrophe.
_SINGLE = re.compile(
    r"(?<![\w'’‘])['‘‚‹›](?=\w)[^'’‘‚‹›]{2,300}?(?<=[\w.,!?])['’‘‹›](?!\w)"
)
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
# Lists are counted 1) 2) and a) b), which is no end of a range: (4-6.9). Smileys have
# no partner.
_LONE_BRACKET = re.compile(r"(?<![\w(.,:/–-])\(?\w{1,2}\)|[:;]-?[()]|\(\w\)")


def check_marks(source: str, target: str) -> list[Finding]:
    """Find quotes and brackets without a partner, and those that were dropped.

    A quotation may run over several segments, so that what the source leaves open the
    target may leave open too.

    >>> [found.message for found in check_marks("Er sagte: „Nein.“", 'He said: "No.')]
    ['a quote has no partner']
    """
    return [*_check_quotes(source, target), *_check_brackets(source, target)]


def _check_quotes(source: str, target: str) -> list[Finding]:
    asked = len(_DOUBLE.findall(source))
    said = [match.span() for match in _DOUBLE.finditer(target)]
    single = len(_SINGLE.findall(target))
    if not said and not single:
        # One word in quotes is often set apart by other means in English.
        if asked >= 2 and not asked % 2:
            first = _DOUBLE.search(source)
            span = first.span() if first else None
            return [Finding(KIND, "minor", "the quotes are gone", span, None)]
        return []
    if len(said) % 2 and not asked % 2:
        # "'" may be the partner, and an inch mark is none.
        if re.search(r"\d[\"″”]", target) or (asked and _mixed(target)):
            return []
        return [Finding(KIND, "minor", "a quote has no partner", None, said[-1])]
    return []


def _mixed(target: str) -> bool:
    """Say whether a quote closes with another mark than it opened with."""
    return bool(re.search(r"[\"“”][^\"“”]{2,}(?<=[\w.,!?])['’](?!\w)", target))


def _check_brackets(source: str, target: str) -> list[Finding]:
    found = []
    for opening, closing in _BRACKETS.items():
        place = _unbalanced(target, opening, closing)
        if place is not None and _unbalanced(source, opening, closing) is None:
            span = (place, place + 1)
            message = f'"{target[place]}" has no partner'
            found.append(Finding(KIND, "minor", message, None, span))
    return found


def _unbalanced(text: str, opening: str, closing: str) -> int | None:
    """Return the place of a bracket without a partner."""
    text = _LONE_BRACKET.sub(lambda match: "_" * len(match.group()), text)
    opened: list[int] = []
    for place, character in enumerate(text):
        if character == opening:
            opened.append(place)
        elif character == closing:
            if not opened:
                return place
            opened.pop()
    return opened[-1] if opened else None
