"""Whether a translation as a whole loops, is a copy, or is far too short."""

from __future__ import annotations

import re

from satzpaar.translate.checks.name_lists import SURNAMES, first_names
from satzpaar.translate.checks.words import GERMAN_FUNCTION_WORDS
from satzpaar.translate.checks.words import WORD as JOINED_WORD
from satzpaar.translate.dictionaries import german_english

WORD = re.compile(r"\w+")

# A loop repeats a run of words at once, again and again. Language does so too, twice
# ("sehr, sehr"), but not four times for a word or three times for a longer run.
LONGEST_LOOP = 8  # words in the run
REPEATS_OF_ONE_WORD = 4
REPEATS_OF_SEVERAL_WORDS = 3

# Of 10,449 human translations of news segments this long, none is below this part of
# the source's length (WMT news test sets 2013 to 2016, German-English).
SHORTEST_TRANSLATION = 0.4
SHORTEST_JUDGED = 40  # characters of the source

# Fewer words, or fewer that begin small, may all belong to a name: "Rock am Ring".
SHORTEST_COPY = 4  # words
FEWEST_SMALL_WORDS = 2
SHORTEST_NOUN = 4  # letters; shorter ones may be abbreviations: Sek., Min.
_STREET = re.compile(r"\w(?:straße|strasse|platz|weg|gasse|allee)\Z")


def repetition(text: str) -> int:
    """Return how often the most repeated run of words in *text* stands in a row.

    Runs of one word count from `REPEATS_OF_ONE_WORD` on, longer ones from
    `REPEATS_OF_SEVERAL_WORDS` on; below that the answer is 1.

    >>> repetition("He said that he said that he said that he said that")
    4
    >>> repetition("It was very, very good.")
    1
    """
    words = WORD.findall(text.lower())
    found = 1
    for size in range(1, LONGEST_LOOP + 1):
        enough = REPEATS_OF_ONE_WORD if size == 1 else REPEATS_OF_SEVERAL_WORDS
        same = 0  # how many words in a row equal the one `size` before
        for position in range(size, len(words)):
            same = same + 1 if words[position] == words[position - size] else 0
            if same >= size * (enough - 1):
                found = max(found, same // size + 1)
    return found


def is_looping(source: str, target: str) -> bool:
    """Say whether *target* repeats itself where *source* does not."""
    return repetition(target) > repetition(source)


def is_copy(source: str, target: str, *, german: bool = True) -> bool:
    """Say whether a text of at least four words came back untranslated.

    Names, figures and abbreviations alone are the same in English: a line of results,
    prices or times is no copy.

    >>> is_copy("Der Hund ist groß.", "Der Hund ist groß.")
    True
    >>> line = "SC Freiburg – VfB Stuttgart 0:3"
    >>> is_copy(line, line), is_copy(line, line, german=False)
    (False, True)

    Args:
        source: The text.
        target: Its translation.
        german: Of other languages nothing is known; what is the same is a copy.
    """
    words = WORD.findall(source)
    if len(words) < SHORTEST_COPY or words != WORD.findall(target):
        return False
    if not german:
        return True
    # "heute-journal" is one word, and a name.
    joined = JOINED_WORD.findall(source)
    if source.isupper():
        joined = [word.lower() for word in joined]
        joined += [word.capitalize() for word in joined]
    # The smallest first: the dictionary takes a while to load.
    small = [word for word in joined if word in GERMAN_FUNCTION_WORDS]
    if len(small) < FEWEST_SMALL_WORDS and not source.isupper():
        small = [word for word in joined if word.islower() and _is_german(word)]
    return len(small) >= FEWEST_SMALL_WORDS or any(map(_is_common_noun, joined))


def _is_common_noun(word: str) -> bool:
    """Say whether a word with a capital is no name: it is another word in English."""
    if len(word) < SHORTEST_NOUN or not word.istitle() or _STREET.search(word):
        return False
    if word in SURNAMES or word in first_names():
        return False
    entry = german_english().entry(word)
    return entry is not None and entry.translations[0].islower() and _is_german(word)


def _is_german(word: str) -> bool:
    """Say whether English has other words for a German one, and never the same."""
    if word in GERMAN_FUNCTION_WORDS:
        return True
    entry = german_english().entry(word)
    return entry is not None and word.lower() not in map(str.lower, entry.translations)


def is_omission(source: str, target: str) -> bool:
    """Say whether *target* is too short to hold what *source* says.

    >>> is_omission("Er kam", ""), is_omission("Er kam", "He")
    (True, False)
    """
    if not target.strip():
        return bool(source.strip())
    if len(source) < SHORTEST_JUDGED:
        return False
    return len(target) < SHORTEST_TRANSLATION * len(source)
