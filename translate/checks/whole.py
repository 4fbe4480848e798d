"""Whether a translation as a whole loops, is a copy, or is far too short."""

from __future__ import annotations

import re

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


def is_copy(source: str, target: str) -> bool:
    """Say whether a text of at least four words came back untranslated."""
    words = WORD.findall(source)
    return len(words) >= 4 and words == WORD.findall(target)


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
