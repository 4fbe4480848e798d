"""In which language a text is, as py3langid tells it, and how far that can be trusted.

The model comes with the library and is loaded at the first question; no network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# A text says its language by its words; names, numbers and links say nothing. Words
# that begin with a capital inside a sentence are names in most languages and half of
# the words in German, so what counts is the letters of all the others.
FEWEST_TELLING_LETTERS: Final = 12
# From the start of a word alone: from each of its letters takes the square of the time.
LINK: Final = re.compile(r"(?<!\S)\S*(?:://|@|www\.)\S*")
TELLING_WORD: Final = re.compile(r"(?<![\w@])[^\W\d_A-ZÄÖÜ][^\W\d_]*(?!\w)")


@dataclass(frozen=True, slots=True)
class Doubt:
    """How sure it is that a text is in another language, and in which."""

    value: float  # a probability; 0 where the text is as expected or does not tell
    language: str


@cache
def _identifier() -> LanguageIdentifier:
    # One of our own: the library's is shared with whoever else restricts its languages.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Those with a code of two letters. Of the 40 others, most of them small, technical
    # English looks like some, such as Nigerian Pidgin.
    made.set_languages([label for label in made.labels if len(label) == 2])
    return made


def knows(language: str) -> bool:
    """Say whether the language (``de``) is one that can be told."""
    return language in _identifier().labels


def is_telling(text: str) -> bool:
    """Say whether a text has enough words to tell its language by.

    >>> is_telling("Angela Merkel, Berlin"), is_telling("Sie fuhr nach Berlin.")
    (False, False)
    >>> is_telling("Sie fuhr gestern nach Berlin.")
    True
    """
    letters = sum(map(len, TELLING_WORD.findall(_words(text))))
    return letters >= FEWEST_TELLING_LETTERS


def doubt(text: str, expected: str) -> Doubt:
    """Say how sure it is that *text* is not in the language *expected*.

    The likeliest other language is weighed against the expected one alone: the rest of
    some hundred languages says nothing about the two. Languages that the model does not
    know raise no doubt.
    """
    if not is_telling(text):
        return Doubt(0.0, expected)
    probabilities = dict(_identifier().rank(_words(text)))
    if expected not in probabilities:
        return Doubt(0.0, expected)
    own = probabilities.pop(expected)
    other = max(probabilities, key=probabilities.__getitem__)
    return Doubt(probabilities[other] / (probabilities[other] + own), other)


def _words(text: str) -> str:
    return LINK.sub(" ", text)
