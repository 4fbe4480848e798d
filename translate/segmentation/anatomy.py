"""How a word ends and how the next one begins: marks, quotes, brackets.

A word here is what stands between two stretches of white space. Only its first
and last few characters are looked at, so that a word of any length costs the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STOPS = ".!?…。！？؟۔।॥։።"
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d\u2b50"
_QUOTES = "\"'“”„‟‘’‚«»‹›`´"
_SUPERSCRIPTS = "¹²³⁰-⁹"
_OPENERS = _QUOTES + "([{*_¿¡<"
_CLOSERS = _QUOTES + ")\\]}*_>" + _SUPERSCRIPTS + _EMOJI
_MARKS = r"\-–—―‐•·*■►▪|/~→>"  # what may stand alone before a sentence

# Long enough for any abbreviation with its quotes and footnote marks.
_REACH = 48
_MOST_OPENING_WORDS = 4
_FIRST_EMOJI = "\u2600"
_STRIPPED = _OPENERS + "-–—/"

_ENDING = re.compile(
    rf"(?P<stop>[{STOPS}]+)(?P<closers>(?:[{_CLOSERS}]|\[\d{{1,3}}\])*)\Z"
)
_BEGINNING = re.compile(rf"(?P<openers>[{_OPENERS}{_MARKS}\[\])…]*)(?P<word>[^\W\d_]*)")
_TRAILER = re.compile(
    rf"(?:[{STOPS}{_CLOSERS}“”]|\[\d{{1,3}}\])+\Z|[:;]-?[)(DPp]\Z|[\^]{{2}}\Z"
)
_FACE = re.compile(rf"(?:[{_EMOJI}]+|[:;]-?[)(DPp])\Z")
_GUILLEMET = re.compile(r"[«»]")
_LONE_QUOTE = re.compile(r"(?<!\S)[\"«»“”](?!\S)")

# What the last character of a sentence can be; the rest need no second look.
ENDING_CHARACTERS = frozenset(STOPS + _QUOTES + ")]}*_>¹²³⁰⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a word that may end a sentence.

    >>> ending_of("sagte"), ending_of('(er!")')
    (None, Ending(word='er', stop='!', closers='")'))
    """

    word: str  # without opening quotes and brackets
    stop: str
    closers: str


class Kind(Enum):
    """What the text after white space begins with."""

    CAPITAL = auto()  # or a letter of a script without capitals
    LOWER = auto()
    DIGIT = auto()
    SYMBOL = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Beginning:
    """The beginning of what may be a sentence, and of which kind it is."""

    kind: Kind
    word: str = ""  # its first letters, if these are a whole word
    openers: str = ""  # quotes, brackets and dashes before it


NOTHING = Beginning(Kind.NOTHING)


def ending_of(word: str) -> Ending | None:
    """Take the end of *word* apart, if a sentence can end there."""
    if word[-1] not in ENDING_CHARACTERS and word[-1] < _FIRST_EMOJI:
        return None
    if word[-1] == "." and len(word) <= _REACH and word[:-1].isalnum():
        return Ending(word[:-1], ".", "")  # most of them; the rest gives the same
    tail = word[-_REACH:]
    found = _ENDING.search(tail)
    if found is None:
        return None
    stem = word[: len(word) - len(tail) + found.start()]
    return Ending(stem[-_REACH:].lstrip(_STRIPPED), found["stop"], found["closers"])


def beginning_of(words: Sequence[str], first: int) -> Beginning:
    """Look at what begins at ``words[first]``, past dashes and opening quotes."""
    word = words[first]
    if word.isalpha():  # most of them; the rest gives the same
        return Beginning(_kind_of(word[:2]), word[:_REACH])
    openers = ""
    for word in words[first : first + _MOST_OPENING_WORDS]:
        found = _BEGINNING.match(word, 0, _REACH)
        assert found is not None  # every part of the pattern may be empty
        openers += found["openers"]
        if found.end() == len(word) and not found["word"]:
            continue
        rest = word[found.end() : found.end() + 1]
        return Beginning(
            _kind_of(word[found.end("openers") : found.end("openers") + 2]),
            found["word"] if rest not in {"-", "_"} else "",
            openers,
        )
    return Beginning(Kind.NOTHING, openers=openers)


def _kind_of(start: str) -> Kind:
    if not start:
        return Kind.NOTHING
    first = start[0]
    if first.isdigit():
        return Kind.DIGIT
    if first.islower():
        # iPhone, eBay, dSPACE
        return Kind.CAPITAL if start[1:].isupper() else Kind.LOWER
    return Kind.CAPITAL if first.isalpha() else Kind.SYMBOL


def trails(word: str) -> bool:
    """Say whether *word* can only belong to the sentence before it.

    >>> [trails(word) for word in ("[1]", "🙂", "?!", ")", "(", "Ja!")]
    [True, True, True, True, False, False]
    """
    return len(word) <= _REACH and _TRAILER.match(word) is not None


def is_face(word: str) -> bool:
    """Say whether *word* is an emoji or emoticon and nothing else."""
    return len(word) <= _REACH and _FACE.match(word) is not None


def lone_openers(text: str, words: Sequence[str]) -> frozenset[int]:
    """Find the quotes between spaces that open: French style, « Bonjour ».

    Guillemets point either way; the text's first one opens, and the ones that
    point the same way do so too. Straight quotes open and close in turn; “ opens
    unless there is a „ to be closed.
    """
    if _LONE_QUOTE.search(text) is None:
        return frozenset()
    first = _GUILLEMET.search(text)
    opening = first.group() if first is not None else "«"
    found = set()
    straight = low = 0  # quotes open before this word
    for index, word in enumerate(words):
        if (
            word == opening
            or (word == '"' and straight % 2 == 0)
            or (word == "“" and low <= 0)
        ):
            found.add(index)
        straight += word.count('"')
        low += word.count("„") - word.count("“")
    return frozenset(found)
