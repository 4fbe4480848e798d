"""The names of a document, and where a word is one of them and no other word.

Many German surnames are words as well (Weil, because; Koch, cook). What stands after a
title, an office or a first name is a name; elsewhere the same word is the same name
where it can be nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from satzpaar.translate.checks.name_lists import SAYS
from satzpaar.translate.checks.names import names
from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.lexicon import is_compound, unknown_parts
from satzpaar.translate.line_ups import NO_NOUNS, players

if TYPE_CHECKING:
    from collections.abc import Iterable

# No hyphens: of a compound with a name, something else is to be translated.
NAME: Final = re.compile(r"[A-ZÄÖÜÉÁŠŽČĆŁ][^\W\d_]+[a-zäöüßéáíóúčćšžńł]")

# How a verb ends that a single person is the subject of, and some that do not.
_REGULAR_VERB = re.compile(r"[a-zäöüß]{2,}te?")
_NO_VERBS = frozenset(
    """
    mit nicht seit statt laut samt selbst erst fast meist heute insgesamt gut hart weit
    breit jetzt sonst dort oft zuletzt zunächst bereit gesamt acht rechte letzte erste
    zweite dritte vierte fünfte beste größte bekannt beliebt alt rot leicht
    """.split()
)
_VERBS = frozenset(
    """
    hat hatte ist war wird wurde will wollte kann konnte soll sollte muss musste darf
    mag kam ging gab lag stand sah ließ nahm fand hielt blieb zog rief sprach schrieb
    fuhr lief trat traf schoss verlor gewann schlug bekam begann flog trug fiel
    warf bat lud riet verließ übernahm unterschrieb bewarb erhielt schied
    """.split()
)
_BEING = frozenset("ist war wird wurde bleibt blieb".split())
_SUBJECTS = frozenset(
    """
    er sie es ich wir man der die das dies ein eine kein keine sein seine ihr ihre
    dieser diese dieses alle viele mein meine unser unsere
    """.split()
)
_WITH_DATIVE = frozenset("mit von bei zu laut wegen außer neben gegenüber".split())
_BEFORE_ONE = frozenset(
    "für gegen ohne um durch auf an über hat hatte will soll kann muss".split()
)
_HARDLY_SEVERAL = frozenset("Sommer Winter Kaiser".split())
# A name of more words; a year; two of a kind: "für Sommer und Herbst".
_GOES_ON = re.compile(r" (?:[A-ZÄÖÜ\d]|(?:und|oder|bis|wie) [A-ZÄÖÜ])")
# Colours, materials and what else has no article either: zu Ende, zu Gast, mit Blick.
_WITHOUT_ARTICLE = frozenset(
    """
    Schwarz Weiß Grün Braun Blau Rot Roth Gold Silber Stein Sand Holz Glas Wein Bier
    Salz Pfeffer Frost Wind Sturm Regen Schnee Fleisch Brot Honig Zucker Stahl Eisen
    Freitag Sonntag Montag Mai März Gott Glück Angst Zorn Krieg Frieden Weihnachten
    Ostern Ende Beginn Anfang Gast Fuß Haus Wort Boden Recht Hand Blick Abstand Tag
    Nacht Bord Hilfe Kraft Macht Wunsch Bedarf Grund Mut Land Mord Fall
    """.split()
)
_STREET = re.compile(r"(?P<stem>[A-ZÄÖÜ][a-zäöüß]{2,14})(?:stra(?:ß|ss)e|gasse|allee)")
_ANY = re.compile(r"\b(?:[Kk]?[Ee]ine?[rn]?|[Jj]ede[rn]?)(?:,? [a-zäöüß-]+){0,3} \Z")
# How the first part of a street begins that is of a kind: Erschließungsstraße.
_KIND = re.compile(
    r"(?:(?:ung|heit|schaft|ion|werk|betrieb|kehr)s"
    r"|\A(?:Test|Sack|Daten|Fußgänger|Anwohner|Baum|Gebirgs|Serpentinen|Sammel|Party"
    r"|Kneipen|Impf|Ferien|Sperr|Wüsten|Montage|Lackier|Beton|Teer|Touristen|Villen"
    r"|Kopfstein|Kontroll))\Z"
)
_EDGES = " \t\n\"'“”„‚‘’»«›‹()[]–—-•*·"
_OPENING = "\"'“„‚‘»«›‹"
# Endings of German nouns that are made of other words.
_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|ismus|ität|tion|nis|ling|ik|enz|anz|ment|tum|ungen|"
    r"heiten|keiten|schaften|isten|itäten|tionen|nisse|linge|iken|innen|ierer|iker)\Z"
)


def known_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of a document that are surely names somewhere in it."""
    return frozenset(
        name
        for text in texts
        for name in (*(name for name, _ in names(text)), *players(text))
    )


def is_one_here(name: str, before: str, behind: str) -> bool:
    """Say whether a name of the document is one at a place, and not a word.

    Args:
        name: As the document has it elsewhere.
        before: What stands before the place.
        behind: What stands behind it.

    >>> is_one_here("Weil", "So hat ", " es."), is_one_here("Weil", "", " er will.")
    (True, False)
    """
    if unknown_parts(name, "de"):
        return not _is_word(name)
    if may_begin(before):
        # "Menge: Das ist gut." of an interview, "Kellner sagte"
        if behind.startswith(":") or behind[1:].split(" ", 1)[0] in SAYS:
            return True
        return _does_something(name, behind)
    last = before.split()[-1]
    if last == "so" and behind[:1] in (".", ",", ":", ""):
        return True
    return name in NO_NOUNS or last in SAYS or _has_no_article(name, last, behind)


def _does_something(name: str, behind: str) -> bool:
    """Say whether a name that begins a sentence is its subject: "Fischer kommt".

    A noun had an article there, but in "Koch ist ein Beruf". Of adjectives the subject
    may stand behind the verb: "Stark war die Leistung".
    """
    verb, _, rest = behind[1:].partition(" ")
    if behind[:1] != " " or not _is_verb(verb.rstrip(".,:!?")):
        return False
    may_be_none = verb in _BEING or german_english().has_german(f"{name.lower()}es")
    return not may_be_none or rest.split(" ", 1)[0].lower() not in _SUBJECTS


def _is_verb(word: str) -> bool:
    return word in _VERBS or bool(
        _REGULAR_VERB.fullmatch(word) and word not in _NO_VERBS
    )


def _has_no_article(name: str, last: str, behind: str) -> bool:
    """Say whether a noun in the singular had an article where a name has none."""
    if name in _WITHOUT_ARTICLE or _GOES_ON.match(behind):
        return False
    if last.lower() in _WITH_DATIVE:
        return True
    # "für Fischer" may be several.
    is_one = name in _HARDLY_SEVERAL or not name.endswith(("er", "en", "el", "e"))
    return is_one and last.lower() in _BEFORE_ONE


def is_street(word: str, before: str) -> bool:
    """Say whether a word is the name of a street and not a kind of them.

    >>> is_street("Holzstraße", "in der "), is_street("Seitenstraße", "in der ")
    (True, False)
    """
    found = _STREET.fullmatch(word)
    if found is None or _ANY.search(before) or _KIND.search(found["stem"]):
        return False
    entry = german_english().entry(word)
    if entry is None:
        return bool(unknown_parts(word, "de"))
    return all(map(_STREET.fullmatch, entry.translations))  # no mountain road


def may_begin(before: str) -> bool:
    """Say whether a capital behind a text may be that of a sentence or a quotation.

    >>> may_begin("Er sagte: „Nein.“ "), may_begin("– "), may_begin("Das sagt ")
    (True, True, False)
    """
    bare = before.rstrip(_EDGES)
    return not bare or bare[-1] in ".!?:…" or before[-1] in _OPENING


def is_strange(word: str) -> bool:
    """Say whether a word with a capital is none that German has or can make.

    >>> is_strange("Kanungo"), is_strange("Klärteich"), is_strange("Kanungos-Chef")
    (True, False, False)
    """
    if not NAME.fullmatch(word) or _NOUN.search(word):
        return False
    if not unknown_parts(word, "de") or is_compound(word):
        return False
    return not _is_word(word)


def _is_word(name: str) -> bool:
    """Say whether a word is something else in English."""
    entry = german_english().entry(name)
    return entry is not None and entry.translations[0] != name
