"""Words that English does not have: misspelt, or made up by a model of pieces."""

from __future__ import annotations

from satzpaar.translate.checks.english_words import is_english
from satzpaar.translate.checks.finding import Finding, Severity
from satzpaar.translate.checks.words import (
    LETTERS,
    WORD,
    inside,
    quoted_spans,
    without_links,
)
from satzpaar.translate.lexicon import word_counts

KIND = "spelling"

_SHORTEST = 4  # letters
# Of a word that may be misspelt: shorter ones are near to some word always.
_SHORTEST_MISSPELT = 6

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def check_spelling(source: str, target: str) -> list[Finding]:
    """Find words in small letters that English does not have.

    What the source has too is left to others, as is what stands between quotes or has
    other letters than English.

    >>> [found.message for found in check_spelling("Er kam.", "He came clogizely.")]
    ['"clogizely" is no English word']
    >>> [found.message for found in check_spelling("Er kam.", "He came sudenly.")]
    ['"sudenly" is misspelt: suddenly?']
    """
    target = without_links(target)
    quoted = quoted_spans(target)
    known = {word.lower() for word in LETTERS.findall(source)}
    found = []
    for match in WORD.finditer(target):
        word = match.group()
        if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
            continue
        if not word.islower() or word in known or is_english(word):
            continue
        if inside(match.start(), quoted):
            continue
        meant = _meant(word)
        message = (
            f'"{word}" is misspelt: {meant}?'
            if meant
            else f'"{word}" is no English word'
        )
        severity: Severity = "minor" if meant else "major"
        found.append(Finding(KIND, severity, message, None, match.span()))
    return found


def _meant(word: str) -> str | None:
    """Return the commonest word that is one letter away; two letters may be swapped."""
    if len(word) < _SHORTEST_MISSPELT:
        return None
    counts = word_counts("en")
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {first + last[1:] for first, last in cuts if last}
    near |= {first + last[1] + last[0] + last[2:] for first, last in cuts if last[1:]}
    for letter in _LETTERS:
        near |= {first + letter + last[1:] for first, last in cuts if last}
        near |= {first + letter + last for first, last in cuts}
    listed = [each for each in near if each in counts]
    return max(listed, key=counts.__getitem__, default=None)
