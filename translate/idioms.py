"""Idioms, and whether the words of one stand at a place of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from satzpaar.translate.german_verbs import Verb, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = r"[^\W_]+(?:['’-][^\W_]+)*"
_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)*\.?|{_WORD}|[^\w\s]")
# The same in the list, where a star may stand behind a word.
_LISTED = re.compile(rf"(?:{_WORD})\*?|[^\w\s]")
SENTENCE_ENDS: Final = frozenset('.!?:"„“”»«–(')
# What "~" stands for: a possessive, or what is in its place.
OWN: Final = re.compile(
    r"(?:mein|dein|sein|ihr|unser|unsr|euer|eur|dies|ein|kein)(?:e|en|em|er|es)?|d(?:er|ie|as|en|em|es)",
    re.IGNORECASE,
)
SLOT: Final = "~"
# What a word may end in behind which a star stands: an adjective, or a noun.
STAR: Final = "*"
ENDINGS: Final = ("en", "er", "es", "em", "e", "n", "s", "")


class Edit(NamedTuple):
    """What is put in the place of a stretch of a text."""

    start: int
    end: int
    text: str


class Word(NamedTuple):
    """A word of a text, or a punctuation mark."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Idiom:
    """An idiom and what it means.

    Args:
        words: Its words but the verb, which stand together; "~" for a possessive.
        verb: Its verb; None: it has none, and is found as it stands.
        reflexive: Whether a reflexive pronoun belongs to it.
        plain_words: What is said for the words.
        plain_verb: What is said for the verb.
        plain_reflexive: Whether the plain verb has a reflexive pronoun.
    """

    words: tuple[str, ...]
    verb: Verb | None
    reflexive: bool
    plain_words: tuple[str, ...]
    plain_verb: Verb | None
    plain_reflexive: bool

    @classmethod
    def read(cls, idiom: str, plain: str) -> Idiom:
        """Read an idiom as the list has it.

        Args:
            idiom: The verb in the infinitive at the end, a bar behind its separable
                prefix: ``ein Auge zu|drücken``; "sich" at the beginning; without a
                verb, "=" before it: ``=mit Ansage``.
            plain: The same.
        """
        if idiom.startswith("="):
            words = tuple(_LISTED.findall(idiom[1:]))
            said = tuple(plain.removeprefix("=").split())
            return cls(words, None, False, said, None, False)
        first, second = _parts(idiom), _parts(plain)
        return cls(*first, *second)


def _parts(phrase: str) -> tuple[tuple[str, ...], Verb, bool]:
    *words, infinitive = phrase.split()
    reflexive = words[:1] == ["sich"]
    return (
        tuple(word.replace("|", "") for word in words[reflexive:]),
        verb(infinitive),
        reflexive,
    )


def words_of(text: str) -> list[Word]:
    """Return the words of a text and its punctuation marks, in order."""
    return [Word(found[0], *found.span()) for found in _TOKEN.finditer(text)]


def begins(words: Sequence[Word], at: int) -> bool:
    """Whether a sentence or a quotation begins with a word."""
    return at == 0 or words[at - 1].text in SENTENCE_ENDS


def is_at(words: Sequence[Word], at: int, idiom: Idiom) -> bool:
    """Whether the words of an idiom are at a place."""
    if at + len(idiom.words) > len(words):
        return False
    for offset, wanted in enumerate(idiom.words):
        word = words[at + offset].text
        if wanted == SLOT:
            # "keinen Finger im Spiel": what takes its place has to say "kein", too.
            lost = word.lower().startswith("kein") and SLOT not in idiom.plain_words
            if lost or not OWN.fullmatch(word):
                return False
        elif wanted.endswith(STAR):
            if (
                ending_of(word, wanted, begins=offset == 0 and begins(words, at))
                is None
            ):
                return False
        elif word != wanted:
            begun = offset == 0 and begins(words, at)
            if not begun or word.lower() != wanted.lower():
                return False
    return True


def ending_of(word: str, wanted: str, *, begins: bool = True) -> str | None:
    """Return what a word has in the place of a star; None: it is another word."""
    stem = wanted.removesuffix(STAR)
    if begins:
        word, stem = word.lower(), stem.lower()
    end = word.removeprefix(stem)
    return end if word.startswith(stem) and end in ENDINGS else None


def with_ending(word: str, end: str) -> str:
    """Return a word of the list with an ending in the place of its star."""
    stem = word.removesuffix(STAR)
    return stem.removesuffix("e") + end if end.startswith("e") else stem + end
