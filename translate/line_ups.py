"""Line-ups, lists of players, who took a photo: names alone, and many are words too.

"Sommer – Stark, Schwarz, Wild – Weiß, Braun" is nothing that a model has to say; it
makes colours and seasons of the players. They stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from satzpaar.translate.checks.name_lists import (
    SURNAMES,
    first_names,
    shared_names,
)
from satzpaar.translate.checks.places import EXONYMS
from satzpaar.translate.lexicon import is_compound, unknown_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.stretches import Span

# Words that are surnames too, and no nouns: with a capital within a sentence they are
# names. (Those with an ending may be: "der Kleine".)
NO_NOUNS: Final = frozenset(
    """
    Weil Lang Kurz Kühn Schnell Scharf Klug Rau Fromm Froh Edel Frisch Hübsch Schön
    Streng Süß Tapfer Zart Lieb Heiß Kalt Früh Breit Dünn Faul Frei Hart Hohl Krumm Lahm
    Leicht Müde Rein Rund Sanft Schlank Stark Steif Stumpf Treu Weit Baldauf
    """.split()
)

_WORD = r"[A-ZÄÖÜ][^\W\d_]{1,30}(?:[-’'][^\W\d_]{1,30}){0,2}"
_PLAYER = rf"(?:[A-ZÄÖÜ]\. ?){{0,2}}{_WORD}(?: {_WORD})?"
_MINUTE = r"\d{1,3}\.?(?:\+\d)?"
# Who comes in, when, and how many goals: (64. Wolf), (46./Jung), (5/2), (12., 34.)
# But not what a bracket says of a goal or a card: (34., Foulelfmeter).
_NO_PLAYER = (
    r"[^()]*(?:[Mm]eter|[Tt]or|[Ss]toß|[Bb]all|[Ff]oul|[Ss]piel|[Bb]remse|[Mm]inute"
    r"|[Ss]chuss|[Ee]cke)s?\b"
)
_NOTE = rf"\((?!{_NO_PLAYER}){_MINUTE}(?:[,/;]? ?(?:{_MINUTE}|{_PLAYER})){{0,4}}\)"
_ONE = rf"{_PLAYER}(?: {_NOTE})?(?![\w:])"
_COMMA, _DASH, _GROUP = ", ", r" [-–—] ", r"; | ?/ ?"
_LISTED = re.compile(
    rf"(?:(?<=: )|\A){_ONE}(?:(?:{_COMMA}|{_DASH}|{_GROUP}){_ONE}){{0,40}}"
    r"(?=[.)]?\Z|[.;,] | und | [–-] | \()"
)
_LABEL = re.compile(r"(?P<label>[^:.(]{2,50}): \Z")
_LONGEST_LABEL = 52  # characters
_SUB = re.compile(rf"\(\d{{1,3}}\.[ /]*{_PLAYER}")
_PLAYERS = re.compile(
    r"(?:.*\b)?(?:(?:start|mannschafts)?aufstellung(?:en)?|startelf|spielten|torschützen?"
    r"|(?:gelbe?|rote?|gelb-rote?)(?:[- ]rote?)? karten?|verwarnungen|ersatz(?:bank)?"
    r"|auswechselspieler|ein(?:- und aus)?wechs(?:e?l)ungen|eingewechselt|zeitstrafen"
    r"|beste spieler(?:in|innen)?)",
    re.IGNORECASE,
)
# These list other things more often: gates, and what a team is made of.
_PLAYERS_OR_NOT = re.compile(
    r"tore(?: (?:für|der?s?|von) .*)?|tor|kader|team|mannschaft", re.IGNORECASE
)
# One or a few, and perhaps none: "Foto: Archiv".
_ALONE = re.compile(
    r"(?:archiv|symbol)?(?:fotos?|bild(?:er)?)|grafik|illustration|karikatur|zeichnung"
    r"|montage|repro|text|texte?(?: (?:und|&) |/)fotos?|video"
    r"|trainer(?:in)?|schiedsrichter(?:in)?|gelb-rot",
    re.IGNORECASE,
)
_SCORE = re.compile(r"\d:\d{1,2} \Z")
# The minute: no price, no score at half-time. "20:15 Uhr (3 Euro)", "3:1 Sieg (2:1)"
_IN_BRACKETS = re.compile(r" \(\d{1,3}(?:[.,)/+’']|\Z)")
_NO_SCORER = re.compile(
    r"(?:stand|führung|tor|uhr|minuten?|stunden?|sieg|remis|unentschieden)\Z",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:\A|[,;:] )\d{1,3}\. \Z")
_RESULT = re.compile(r",? \d|(?: [A-ZÄÖÜ]\w*)* \([A-ZÄÖÜ]|\Z|, \d{1,3}\. ")
_FEWEST = 6  # names of a line-up that no label shows to be one
_SHARE = 1 / 3  # of them, that are known to be names; ours


def line_ups(text: str) -> list[Span]:
    """Return where a German text has nothing but names, in order.

    >>> text = "Aufstellung: Wild - Stark, Klein (64. Wolf) - Sommer"
    >>> [text[start:end] for start, end in line_ups(text)]
    ['Wild - Stark, Klein (64. Wolf) - Sommer']
    """
    return [found.span() for found in _LISTED.finditer(text) if _are_players(found)]


def players(text: str) -> Iterator[str]:
    """Yield the names of the lists of a text."""
    for start, end in line_ups(text):
        yield from re.findall(_WORD, text[start:end])


def is_listed(name: str, before: str, behind: str) -> bool:
    """Say whether a word is the name in a list of goals or of results.

    >>> is_listed("Süß", "Tore: 1:0 ", " (40.)"), is_listed("Sauer", "2. ", " 10,9")
    (True, True)
    >>> is_listed("Preis", "2. ", " 100 Euro")
    False
    """
    if _SCORE.search(before):
        return bool(_IN_BRACKETS.match(behind)) and not _NO_SCORER.search(name)
    is_place = _PLACE.search(before) and _RESULT.match(behind)
    return bool(is_place) and name in SURNAMES | NO_NOUNS


def _are_players(found: re.Match[str]) -> bool:
    words = re.findall(_WORD, found[0])
    if EXONYMS.keys() & set(words):  # countries and towns
        return False
    # From no farther than a label reaches: time grows with the text alone.
    near = max(0, found.start() - _LONGEST_LABEL)
    label = _LABEL.search(found.string, near, found.start())
    if label is not None and _PLAYERS.fullmatch(label["label"]):
        return any(map(_may_be_name, words))  # not "Sie spielten: Schach, Dame"
    if label is not None and _ALONE.fullmatch(label["label"]):
        return all(word in SURNAMES | NO_NOUNS for word in words)
    some = sum(map(_may_be_name, words)) >= _SHARE * len(words)
    if label is not None and _PLAYERS_OR_NOT.fullmatch(label["label"]):
        return some
    if len(words) < _FEWEST or not some:
        return False
    # A list of other things has commas alone.
    dashes = len(re.findall(_DASH, found[0]))
    mixed = dashes > 1 and ", " in found[0]
    grouped = label is not None and (dashes or ";" in found[0])
    return bool(mixed or grouped or _SUB.search(found[0]))


def _may_be_name(word: str) -> bool:
    if word in SURNAMES | NO_NOUNS or word in first_names() | shared_names():
        return True
    return bool(unknown_parts(word, "de")) and not is_compound(word)
