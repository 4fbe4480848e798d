"""German words for people of every gender, written as the model has read them.

"Bürger*innen", "Schüler:innen", "Wähler/innen" and "StudentInnen" are newer than most
text, and come out as "interior" or "inside".
"""

from __future__ import annotations

import re

from satzpaar.translate.dictionaries import german_english

_PLURAL = re.compile(
    r"\b(?P<stem>[A-ZÄÖÜ][a-zäöüß-]+?)"
    r"(?:(?:[*:_·]|/-?)innen|Innen(?![a-zäöüß]))(?P<rest>[a-zäöüß]*)"
)
# Behind a slash a word may follow: "Wien/in der Stadt".
_SINGULAR = re.compile(
    r"\b(?P<stem>[A-ZÄÖÜ][a-zäöüß-]+)"
    r"(?:[*:_·]in|(?<=er)/-?in|(?<=[eai]nt)/-?in|(?<=ist)/-?in|(?<=or)/-?in)(?![\w*:/])"
)
_EVERY = re.compile(r"\b([Jj]ed|[Dd]ies|[Ee]in|[Kk]ein)e[*:_·]r\b")
_ENDING = re.compile(
    r"(?:(?<=[a-zäöüß])[*:·]|(?<=\b[Ee]in)_|(?<=\b[Kk]ein)_|(?<=\b[Jj]ede)_)[renms]"
    r"(?![\w*:])"
)
_WITHOUT = re.compile(r"(?:er|el)\Z")
# These have -en whatever else they may have: Studenten, Autoren, Juristen.
_WITH_EN = re.compile(r"(?:[aeio]nt|ist|at|log|nom|graf|soph|or|urg)\Z")
# And these have -e where there is one: Kunde, Kunden.
_WEAK = re.compile(
    r"(?:[Kk]und|[Kk]olleg|[Ee]xpert|[Zz]eug|[Gg]enoss|[Gg]og|[Ll]og|[Tt]ürk|[Rr]uss|[Bb]rit)\Z"
)
_ENDINGS = ("e", "en", "n", "s")
_PLAIN = str.maketrans("äöüÄÖÜ", "aouAOU")


def without_stars(text: str) -> str:
    """Write such words as what goes for all, or for men.

    >>> without_stars("Bürger*innen, Student:innen und Ärzt/innen")
    'Bürger, Studenten und Ärzte'
    >>> without_stars("Leser*innenbriefe, jede:r Ärzt:in")
    'Leserbriefe, jeder Arzt'
    """
    if "nnen" not in text and not re.search(r"[*:_·/]", text):
        return text
    text = _PLURAL.sub(lambda match: _several(match["stem"]) + match["rest"], text)
    text = _SINGULAR.sub(lambda match: _one(match["stem"]), text)
    return _ENDING.sub("", _EVERY.sub(r"\1er", text))


def _several(stem: str) -> str:
    """Return the plural, as far as the dictionary or the ending tells it."""
    if _WITHOUT.search(stem):
        return stem
    if _WITH_EN.search(stem) or _WEAK.search(stem):
        return f"{stem}en"
    known = german_english().has_german
    plain = stem.translate(_PLAIN)
    if plain != stem and known(f"{plain}en") and not known(plain):
        return f"{plain}en"  # Jüd, Französ
    if known(stem) or (plain != stem and known(plain)):  # Freund, Ärzt
        return next(
            (f"{stem}{each}" for each in _ENDINGS if known(f"{stem}{each}")), stem
        )
    return f"{stem}en"  # Kund, Kolleg


def _one(stem: str) -> str:
    if _WEAK.search(stem):
        return f"{stem}e"
    plain = stem.translate(_PLAIN)
    forms = (stem, plain, f"{stem}e", f"{plain}e")
    return next(filter(german_english().has_german, forms), stem)
