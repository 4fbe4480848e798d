"""One block of text to the spans of its sentences.

The text is read once, word by word. Where a word can end a sentence, the rules
decide by that word and by what follows; everything else is passed over, so that
the time grows with the length alone.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from satzpaar.translate.segmentation.anatomy import (
    Beginning,
    Ending,
    Kind,
    beginning_of,
    ending_of,
    is_face,
    lone_openers,
    trails,
)
from satzpaar.translate.segmentation.english import ENGLISH
from satzpaar.translate.segmentation.german import GERMAN
from satzpaar.translate.segmentation.language import NEUTRAL
from satzpaar.translate.segmentation.prefixes import is_credit, prefix_length
from satzpaar.translate.segmentation.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.segmentation.language import Language

LANGUAGES = {"de": GERMAN, "en": ENGLISH}

_WORD = re.compile(r"\S+")
_TIGHT = frozenset({"\u00a0", "\u202f"})  # no-break spaces: z. B., 3. Oktober
_CREDIT_WORDS = 4
_CREDIT = Beginning(Kind.CAPITAL)  # "dpa" begins a segment as a capital would
_MOST_PREFIXES = 2  # a record's date, then a dateline


def segment_spans(text: str, language: str = "de") -> list[tuple[int, int]]:
    """Give the sentences of one block as (start, end) character offsets.

    They are in order, not empty, and have no outer white space; between them,
    before and after lies white space only. A line break is white space like
    any other. German and English have words of their own; other languages get
    the rules that hold everywhere.
    """
    words_of = LANGUAGES.get(language.partition("-")[0].lower(), NEUTRAL)
    found = _WORD.search(text)
    if found is None:
        return []
    start = found.start()
    spans = []
    for _ in range(_MOST_PREFIXES):
        length = prefix_length(text, start, words_of)
        if not length:
            break
        spans.append((start, start + length))
        found = _WORD.search(text, start + length)
        assert found is not None  # a prefix has something to stand before
        start = found.start()

    places = [word.span() for word in _WORD.finditer(text, start)]
    words = [text[beginning:end] for beginning, end in places]
    tight = frozenset(
        index
        for index, ((_, end), (beginning, _)) in enumerate(pairwise(places))
        if text[end:beginning] in _TIGHT
    )
    first = 0
    for last in _last_words(words, tight, lone_openers(text, words), words_of):
        spans.append((places[first][0], places[last][1]))
        first = last + 1
    return spans


def _last_words(
    words: Sequence[str],
    tight: frozenset[int],
    openers: frozenset[int],
    language: Language,
) -> Iterator[int]:
    """Yield the index of the last word of every sentence."""
    starts = {0}
    rules = Rules(words, tight, starts, language)
    origin, ending = 0, None  # the word that may have ended a sentence
    for index, word in enumerate(words[:-1]):
        if word[-1].isalpha():  # most words; nothing ends here
            ending = None
            continue
        if ending is None or index in openers or not trails(word):
            origin, ending = index, ending_of(word)
            if ending is None and not word[-1].isalnum():
                ending = _unmarked_ending(word, first=index in starts)
        if ending is None or (index + 1 not in openers and trails(words[index + 1])):
            continue
        beginning = beginning_of(words, index + 1)
        if _only_credit_left(words, index + 1):
            beginning = _CREDIT
        if rules.ends(origin, ending, beginning):
            starts.add(index + 1)
            yield index
        ending = None
    yield len(words) - 1


def _unmarked_ending(word: str, *, first: bool) -> Ending | None:
    """Take a word that ends a sentence by itself: an emoji, a credit."""
    if is_face(word):
        return Ending("", "", "")
    if first and is_credit(word):
        return Ending(word, "", "")
    return None


def _only_credit_left(words: Sequence[str], first: int) -> bool:
    """Say whether nothing but "dpa" or "(AFP, Reuters)" follows."""
    return len(words) - first <= _CREDIT_WORDS and is_credit(" ".join(words[first:]))
