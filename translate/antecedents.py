"""What a German pronoun can stand for: the persons and things named around it.

"Er" is no "he" where no man is named, and "sie" no "it" where the only feminine noun
is a minister. Who is meant of several, this does not say; a model does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from satzpaar.translate.checks.name_lists import SAYS
from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.dictionaries.nouns import german_nouns
from satzpaar.translate.lexicon import JOINTS
from satzpaar.translate.pronouns import ER, FAMILIES, SIE

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:-[Jj]ährige[nrms]?)?|[^\w\s]")
_SHORTEST: Final = 3  # letters of the last part of a compound
_LONG: Final = 6  # of one that is surely a word of its own: not Kardio-Loge
_ANY: Final = "mfnp"
_FARTHEST: Final = 4  # words from a noun to its article: "der viel zu teure Bau"

# Which genders, or "p" for several, a noun behind a word can have.
_BEFORE: Final = {
    **dict.fromkeys(("der", "einer", "keiner"), "mfp"),
    **dict.fromkeys("die eine keine".split(), "fp"),
    **dict.fromkeys("das ins ans aufs fürs".split(), "n"),
    **dict.fromkeys("den einen keinen".split(), "mp"),
    **dict.fromkeys(
        "dem des im am zum beim vom ein eines einem kein keines keinem".split(), "mn"
    ),
    "zur": "f",
    **dict.fromkeys(
        """
        zwei drei vier fünf sechs sieben acht neun zehn elf zwölf viele vielen mehrere
        mehreren mehrerer beide beiden beider alle allen aller einige einigen einiger
        wenige wenigen zahlreiche zahlreichen zahlreicher hunderte tausende
        """.split(),
        "p",
    ),
}
_OWNING = re.compile(
    r"(?:mein|dein|sein|ihr|unser|euer|eur|dies|jed|jen|welch|manch)(?P<end>e[rsmn]?|)"
)
_BY_ENDING: Final = {
    "": "mn",
    "e": "fp",
    "er": "mfp",
    "es": "mn",
    "em": "mn",
    "en": "mp",
}
_AGED: Final = tuple("-Jährige -Jährigen -Jähriger -Jährigem".split())
_NO_NOUNS: Final = frozenset(
    "Sie Er Es Ihr Ihre Ihren Ihrem Ihrer Ihres Ihnen Wir Ich Du Man Wer Was".split()
)
# A sentence that begins so may name the owner behind: "In ihrem Bericht sagt die ...".
_OWNER_BEHIND = re.compile(
    r"\W*(?:[Ii]n|[Mm]it|[Nn]ach|[Vv]or|[Bb]ei|[Aa]uf|[Zz]u|[Ff]ür|[Tt]rotz|[Ww]egen"
    r"|[Aa]n|[Uu]nter|[Ss]eit|[Vv]on|[Aa]us|[Gg]egen|[Oo]hne) (?:sein|ihr)\w* "
)
# Nor are the words of a speaker who is named behind them: "Er gehe, sagte Kurz."
_SPEAKER_BEHIND = re.compile(rf",[“”\"«»‘’]? (?:so|{'|'.join(sorted(SAYS))}) ")
# "Sie hat": one; "Sie haben": several.
_SUBJECT_FIRST = re.compile(r"\W*(?:Sie|Diese|Jene|Letztere) (?P<verb>[a-zäöüß]+)\b")
_ONE_DOES = re.compile(
    r"(?:ist|war|hat|wird|kann|will|soll|muss|darf|mag|sei|habe|werde|könne|wolle|müsse"
    r"|dürfe|solle|ging|kam|gab|lag|stand|sah|ließ|nahm|fand|hielt|blieb|zog|rief|sprach"
    r"|schrieb|fuhr|lief|trat|traf|schoss|verlor|gewann|schlug|bekam|begann|starb|trug"
    r"|fiel|bat|verließ|erhielt|brach|stieg|sank|hieß|galt|schien|wuchs|half|warb|[a-zäöü]"
    r"{2,}te?)"
)
_MANY_DO = re.compile(r"(?:sind|[a-zäöüß]+(?:en|ern|eln))")
_JOINED = frozenset("und sowie".split())
# Without an article behind these: a place. (Vor Gericht, mit Glück have common nouns.)
_BEFORE_PLACES = frozenset("in aus bei nach von".split())

# What news is full of and hardly speaks of again.
_IN_PASSING: Final = frozenset(
    """
    Jahr Jahre Jahren Jahres Monat Monate Monaten Monats Woche Wochen Tag Tage Tagen
    Tages Stunde Stunden Minute Minuten Sekunde Sekunden Uhr Mal Ende Anfang Mitte
    Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar Februar März
    April Mai Juni Juli August September Oktober November Dezember Morgen Vormittag
    Mittag Nachmittag Abend Nacht Montagabend Frühjahr Sommer Herbst Winter Frühling
    Euro Dollar Pfund Franken Cent Prozent Prozentpunkte Prozentpunkten Millionen
    Milliarden Million Milliarde Meter Metern Kilometer Kilometern Kilo Kilogramm
    Tonnen Liter Grad Hause
    """.split()
)
# Persons are called "he" and "she" for longer than things are "it".
_PERSONS_REACH: Final = 3  # texts

_QUOTES: Final = "„“”»«\"'‚‘"

_PERSON, _THING = "person", "thing"
_KINDS: Final = {
    "P": frozenset({_PERSON}),
    "N": frozenset({_PERSON}),
    "G": frozenset({_THING}),
    "T": frozenset({_THING}),
    "A": frozenset({_THING}),  # in newspapers, but for pets with a name
    "": frozenset({_PERSON, _THING}),
}
_SAYS: Final = {
    "m": re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE),
    "f": re.compile(r"\b(?:she|hers?|herself)\b", re.IGNORECASE),
    "n": re.compile(r"\b(?:it|its|itself)\b", re.IGNORECASE),
    "p": re.compile(r"\b(?:they|them|theirs?|themselves)\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A noun or a name of a text."""

    place: int  # in characters
    genders: str  # some of m, f, n, and p for several
    kinds: frozenset[str]
    owner: str = ""  # the pronouns that own it, "er" or "sie": it is not they

    def is_person(self, gender: str) -> bool:
        """Say whether it may be a man ("m") or a woman ("f"); a girl is a neuter."""
        return _PERSON in self.kinds and bool({gender, "n"} & set(self.genders))

    def is_thing(self, genders: str) -> bool:
        """Say whether it may be a thing of one of these genders."""
        return _THING in self.kinds and not set(genders).isdisjoint(self.genders)


def named(text: str) -> list[Named]:
    """Find what a German text names, in order.

    >>> [(one.genders, sorted(one.kinds)) for one in named("Der Klub lobt Petra Kurz.")]
    [('m', ['thing']), ('f', ['person'])]
    """
    words = list(_WORD.finditer(text))
    found: list[Named] = []
    last = -2  # the number of the word before, if it is a noun or a name
    is_person = False  # whether that is one, so that a surname may follow
    joined = False  # whether "und" stands between the one before and this
    for number, match in enumerate(words):
        word = match[0]
        aged = word.endswith(_AGED)
        if not (word[:1].isupper() or aged) or word in _NO_NOUNS:
            if word in _QUOTES:
                last += last == number - 1
            elif not word.isalnum():
                joined, last = False, -2
            elif word in _JOINED:
                joined = last == number - 1
            continue
        code = "mfpP" if aged else _code(word)
        if word in _IN_PASSING or code == "-":
            joined, last = False, -2
            continue
        if code is None and _begins_as_other_word(words, number):
            continue
        kind = (code or "").lstrip(_ANY)
        if last == number - 1 and (is_person or kind in ("", "S") or code == "G"):
            if kind == "N":  # "der Vorsitzende Udo": a man
                found[-1] = _narrowed(found[-1], code or "")
            last = number
            continue
        found.append(_one_named(words, number, code, joined=joined))
        last, is_person, joined = number, kind in ("P", "N"), False
    return found


def _one_named(
    words: Sequence[re.Match[str]], number: int, code: str | None, *, joined: bool
) -> Named:
    genders, owner = _by_article(words, number)
    kind = (code or "").lstrip(_ANY)
    if code is None or kind == "S" or code == "G":
        place = code is None and number > 0 and words[number - 1][0] in _BEFORE_PLACES
        kinds = _KINDS["G" if place or code == "G" else ""]
        genders = "n" if place else genders if genders != _ANY else "mfn"
    else:
        kinds = _KINDS[kind]
        can = code.removesuffix(kind)
        genders = "".join(one for one in can if one in genders) or can
    if joined:
        genders += "p"
    return Named(words[number].start(), genders, kinds, owner)


def _narrowed(title: Named, name: str) -> Named:
    """Take the gender of a first name for what its bearer is."""
    both = "".join(one for one in title.genders if one in name)
    return replace(title, genders=both or title.genders)


def possible(before: Sequence[str], said: str, source: str) -> dict[str, str]:
    """Say what "er" and "sie", and their kin, can mean in a text.

    What is named in the sentence before or in this one, before the pronoun; where
    nobody and nothing of the gender is named there, in the one before that.

    Args:
        before: The German texts before it, the last one next to it.
        said: The English of the last of them: whom it calls "she" may be she again.
        source: The text.

    Returns:
        For "er" and "sie" the kinds of English pronouns: m, f, n, and p for several.
        All that they may be without any text where nothing fits.

    >>> possible(["Petra Kurz lobt den Klub."], "", "Er liegt vorn.")["er"]
    'n'
    """
    there = [named(text) for text in before]
    own = named(source)
    found = {}
    for family in (ER, SIE):
        words = [
            match
            for match in _WORD.finditer(source)
            if FAMILIES.get(match[0].lower()) == family
        ]
        until = words[-1].start() if words else 0
        if _OWNER_BEHIND.match(source) or _SPEAKER_BEHIND.search(source, until):
            until = len(source)
        free = [one for one in own if one.owner != family]
        first = [one for one in free if one.place < until]
        near = [*first, *(there[-1] if there else ())]
        carried = set()
        if any(FAMILIES.get(word.lower()) == family for word in _last_words(before)):
            carried = {kind for kind, says in _SAYS.items() if says.search(said)}
        kinds = _kinds(family, [near, *reversed(there[:-1]), free], carried)
        if family == SIE and len(words) == 1:
            kinds = _by_verb(source, kinds)
        found[family] = kinds
    return found


def _last_words(before: Sequence[str]) -> list[str]:
    """Return the words of the last text."""
    return [match[0] for match in _WORD.finditer(before[-1] if before else "")]


def _kinds(family: str, pools: Sequence[Sequence[Named]], carried: set[str]) -> str:
    """Return what words of a family can mean by what is named, the nearest first."""
    person, things = ("m", "mn") if family == ER else ("f", "f")
    everything = "mn" if family == ER else "fnp"
    found = carried & set(everything)
    for place, pool in enumerate(pools):
        named_here = {
            *(person for one in pool if one.is_person(person)),
            *("n" for one in pool if one.is_thing(things)),
            *("p" for one in pool if family == SIE and "p" in one.genders),
        }
        if place < _PERSONS_REACH:
            found |= named_here & {person}
        if not found - {"p"} or not place:
            found |= named_here
    return "".join(sorted(found)) or everything


def _by_verb(source: str, kinds: str) -> str:
    """Leave out one or several where "sie" begins the text and its verb tells."""
    first = _SUBJECT_FIRST.match(source)
    if first is None:
        return kinds
    verb = first["verb"]
    left = kinds
    if _ONE_DOES.fullmatch(verb):
        left = kinds.replace("p", "")
    elif _MANY_DO.fullmatch(verb):
        left = "p"
    return left or kinds


def _begins_as_other_word(words: Sequence[re.Match[str]], number: int) -> bool:
    word = words[number][0]
    begins = number == 0 or not words[number - 1][0][-1].isalnum()
    if not begins:
        return False
    small = word.lower()
    known = german_english()
    return len(word) <= _SHORTEST or known.has_german(small) or bool(known.entry(small))


def _code(word: str) -> str | None:
    """Look a noun up, or the last part of a compound; None: it is not known."""
    nouns = german_nouns()
    _, hyphen, last = word.rpartition("-")
    if last[:1].isupper() and (found := nouns.get(last)) is not None:
        return found if not hyphen or found[-1] in "PGAT" else None
    for at in range(_SHORTEST, len(last) - _SHORTEST):
        found = nouns.get(last[at:].capitalize())
        if found is not None and len(found) > 1 and found[-1] in "PGAT":
            first = last[:at]
            if len(last) - at >= _LONG or any(
                nouns.get(first.removesuffix(joint).capitalize(), "-") != "-"
                or german_english().has_german(first.removesuffix(joint).lower())
                for joint in JOINTS
            ):
                return found
    return None


def _by_article(words: Sequence[re.Match[str]], number: int) -> tuple[str, str]:
    """Return the genders that the article before a noun leaves, and whose it is."""
    for match in reversed(words[max(0, number - _FARTHEST) : number]):
        word = match[0].lower()
        if word in _BEFORE:
            return _BEFORE[word], ""
        if word.isdigit():
            return ("p" if word != "1" else _ANY), ""
        if owning := _OWNING.fullmatch(word):
            family = FAMILIES.get(word, "") if word[:3] in ("sei", "ihr") else ""
            return _BY_ENDING[owning["end"]], family
        if not word.isalpha() or match[0][0].isupper():
            break
    return _ANY, ""
