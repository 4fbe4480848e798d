"""German words for people of every gender, written as the model has read them.

"Bürger*innen", "Schüler:innen", "Wähler/innen" and "StudentInnen" are newer than most
text, and come out as "interior" or "inside".
"""

from __future__ import annotations

import re

from satzpaar.translate.dictionaries import german_english

# No person is called by a stem in -en: "Außen/innen". Behind a hyphen it is a word.
_PLURAL = re.compile(
    r"\b(?P<stem>[A-ZÄÖÜ][a-zäöüß-]+?)"
    r"(?:(?<!en)(?:[*:_·]|/-?)innen|(?<!-)Innen(?![a-zäöüß]))(?P<rest>[a-zäöüß]*)"
)
# Behind a slash a word may follow: "im Keller/in der Stadt".
_SINGULAR = re.compile(
    r"\b(?P<stem>[A-ZÄÖÜ][a-zäöüß-]+)"
    r"(?:[*:_·]in|(?<=er)/-?in|(?<=[eai]nt)/-?in|(?<=ist)/-?in|(?<=or)/-?in)(?![\w*/]|:\w)"
)
_PLACE = re.compile(r"/in (?:de[mnr]|die|das|eine[mnr]?|[A-ZÄÖÜ])")
# "der*die", "zum*zur", "er*sie": what is said of men is enough.
_BOTH = re.compile(
    r"\b(?:(?P<he>[Dd](?:er|es|em|en)|[Zz]um|[Vv]om|[Bb]eim|(?:[Kk]?[Ee]in|[Ss]ein)e[smn]"
    r"|[Ee]r|[Ii]hm|[Ii]hn)[*:_·](?:die|der|zur|(?:k?ein|sein)er?|sie|ihr)"
    r"|(?P<d>[Dd])ie[*:_·]der)\b(?![*:_·])"
)
_EVERY = re.compile(r"\b([Jj]ed|[Dd]ies|[Ee]in|[Kk]ein)e[*:_·]r\b")
_ONE_MORE = re.compile(
    r"\b([Jj]ed|[Dd]ies|[Kk]?[Ee]in|[SsMmDd]ein|[Ii]hr|[Uu]nser)e[*:_·]n\b"
)
# Behind fewer than three letters it is a formula: "a*s", "eine n:m-Beziehung".
_ENDING = re.compile(
    r"(?:(?<=\w\w[a-zäöüß])[*:·]|(?<=\b[Ee]in)_|(?<=\b[Kk]ein)_|(?<=\b[Jj]ede)_)"
    r"[renms](?![\w*:-])"
)
_WITHOUT = re.compile(r"(?:er|el)\Z")
# These have -en whatever else they may have: Studenten, Autoren, Juristen.
_WITH_EN = re.compile(r"(?:[aeio]nt|ist|at|log|nom|graf|soph|or|urg)\Z")
# And these have -e where there is one: Kunde, Kunden.
_WEAK = re.compile(
    r"(?:[Kk]und|[Kk]olleg|[Ee]xpert|[Zz]eug|[Gg]enoss|[Gg]og|[Ll]og|[Bb]ot|[Bb]ürg"
    r"|[Gg]efährt|[Hh]irt|[Ll]ai|[Pp]at|[Rr]ies|[Ss]chütz|[Vv]orfahr|[Ww]ais"
    r"|Brit|Dän|Finn|Frank|Fries|Hess|[Pp]ol|Preuß|Russ|Sachs|Schott|Schwab|Tschech|Türk)\Z"
)
_WITH_N = re.compile(r"(?:[Bb]äuer|[Bb]ayer)\Z")
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
    text = _SINGULAR.sub(_one_if_any, text)
    text = _BOTH.sub(lambda match: match["he"] or f"{match['d']}er", text)
    text = _ONE_MORE.sub(r"\1en", text)
    return _ENDING.sub("", _EVERY.sub(r"\1er", text))


def _several(stem: str) -> str:
    """Return the plural, as far as the dictionary or the ending tells it."""
    if _WITH_N.search(stem):
        return f"{stem.replace('äu', 'au')}n"
    if _WITHOUT.search(stem):
        return stem
    plain = stem.translate(_PLAIN)
    if _WITH_EN.search(stem) or _WEAK.search(stem):
        return f"{stem}en"
    if _WEAK.search(plain):
        return f"{plain}en"  # Schwäb
    known = german_english().has_german
    if plain != stem and known(f"{plain}en") and not known(plain):
        return f"{plain}en"  # Jüd, Französ
    if known(stem) or (plain != stem and known(plain)):  # Freund, Ärzt
        return next(
            (f"{stem}{each}" for each in _ENDINGS if known(f"{stem}{each}")), stem
        )
    return f"{stem}en"  # Kund, Kolleg


def _one_if_any(match: re.Match[str]) -> str:
    """Leave what may be a place behind a slash, and no woman is called so."""
    stem = match["stem"]
    may_be_place = _PLACE.match(match.string, match.start() + len(stem))
    if may_be_place and not german_english().has_german(f"{stem}in"):
        return match[0]
    return _one(stem)


def _one(stem: str) -> str:
    plain = stem.translate(_PLAIN)
    for weak in (stem, plain):
        if _WEAK.search(weak):
            return f"{weak}e"
    forms = (stem, plain, f"{stem}e", f"{plain}e")
    return next(filter(german_english().has_german, forms), stem)
