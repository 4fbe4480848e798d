"""The words of a German text that a dictionary is asked for, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate import stretches
from satzpaar.translate.checks.names import SENTENCE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.dictionaries import Dictionary, Entry
    from satzpaar.translate.stretches import Span

_SHORTEST = 5  # letters of a German word that is looked up; of 4 to 6 all did alike
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A word of a text, and what a dictionary has for it."""

    number: int  # among the words of the text, from 0
    span: Span  # without the punctuation around it
    word: str
    is_noun: bool
    entry: Entry | None


def looked_up(source: str, dictionary: Dictionary) -> Iterator[LookedUp]:
    """Yield the words of a German text that are worth looking up, in order."""
    for number, span in enumerate(stretches.words(source)):
        core = stretches.core(source, span)
        word = source[slice(*core)] if core else ""
        if core is None or len(word) < _SHORTEST or not _WORD.fullmatch(word):
            continue
        around = source[slice(*span)]
        if f"{word}-" in around or f"-{word}" in around:
            continue  # half a compound: "Haupt- und Nebenrollen"
        begins = bool(SENTENCE_START.search(source[: span[0]]))
        small = word[0].lower() + word[1:]
        noun = word[0].isupper() and not (begins and dictionary.entry(small))
        entry = dictionary.entry(word, begins=begins)
        yield LookedUp(number, core, word, noun, entry)
