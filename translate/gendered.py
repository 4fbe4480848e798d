"""German words for people of every gender, written as the model has read them.

"Bürger*innen", "Schüler:innen", "Wähler/innen" and "StudentInnen" are newer than most
text, and come out as "interior" or "inside".
"""

from __future__ import annotations

import re

_PLURAL = re.compile(
    r"\b(?P<stem>[A-ZÄÖÜ][a-zäöüß-]+?)"
    r"(?:(?:[*:_·]|/-?)innen|Innen(?![a-zäöüß]))(?P<rest>[a-zäöüß]*)"
)
_SINGULAR = re.compile(r"(?<=[a-zäöüß])(?:[*:_·](?:in|r|e|n|s)|/-?in)(?![\w*:])")
_EVERY = re.compile(r"\b([Jj]ed|[Dd]ies|[Ee]in|[Kk]ein)e[*:_·]r\b")
# Stems whose plural ends in -en; the others have -e, or none.
_WITH_EN = re.compile(r"(?:[aeio]nt|ist|at|log|nom|graf|soph|leg|ert|or|urg|ärt)\Z")
_WITHOUT = re.compile(r"(?:er|el)\Z")


def without_stars(text: str) -> str:
    """Write such words in their shortest form, which goes for everybody.

    >>> without_stars("Bürger*innen, Student:innen und Ärzt/innen")
    'Bürger, Studenten und Ärzte'
    >>> without_stars("Leser*innenbriefe, jede:r Schüler:in")
    'Leserbriefe, jeder Schüler'
    """
    text = _PLURAL.sub(_plural, text)
    return _SINGULAR.sub("", _EVERY.sub(r"\1er", text))


def _plural(match: re.Match[str]) -> str:
    stem, rest = match["stem"], match["rest"]
    if rest:
        return stem + rest
    if _WITHOUT.search(stem):
        return stem
    return stem + ("en" if _WITH_EN.search(stem) else "e")
