"""What the dictionary has for the seldom words of a source, told to the model with it.

A model that has learnt to read hints (``reads_hints`` in its ``config.json``) is given
"Die Steuerfrau= coxswain= jubelt." for "Die Steuerfrau jubelt.". It puts the English
where it belongs and in the form that fits, or knows better. Nobody but the tokenizer
sees such a text: words have the numbers that they have without.

Source: Zhong and Chiang (2020), "Look It Up: Bilingual and Monolingual Dictionaries
Improve Neural Machine Translation", https://arxiv.org/abs/2010.05997; with the hint
behind the word as Dinu et al. (2019) have it, https://aclanthology.org/P19-1294.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from satzpaar.translate.checks.names import names
from satzpaar.translate.looking_up import looked_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.dictionaries import Dictionary
    from satzpaar.translate.stretches import Span

# Around a hint; hardly ever in a text, which then has no hints.
MARK: Final = "="


def hints(source: str, dictionary: Dictionary) -> list[tuple[Span, str]]:
    """Return the words that the dictionary is sure of, and what it has for them first.

    Names need none: they are the same in English.
    """
    if has_mark(source):
        return []
    shunned = {span for _, span in names(source)}
    found = []
    for each in looked_up(source, dictionary):
        if each.entry is None or not each.entry.sure or each.span in shunned:
            continue
        english = each.entry.translations[0]
        if english.casefold() != each.word.casefold():
            found.append((each.span, english))
    return found


def with_hints(source: str, dictionary: Dictionary) -> str:
    """Return a text with the hints in it.

    >>> from satzpaar.translate.dictionaries import german_english
    >>> with_hints("Die Steuerfrau jubelt.", german_english())
    'Die Steuerfrau= coxswain= jubelt.'
    """
    for (_, end), english in reversed(hints(source, dictionary)):
        source = f"{source[:end]}{MARK} {english}{MARK}{source[end:]}"
    return source


def has_mark(text: str) -> bool:
    """Say whether a text has the mark itself, in whatever width or height."""
    return MARK in unicodedata.normalize("NFKC", text)


def without_marks(source: str, target: str) -> str:
    """Take out marks that a model copied with a hint.

    >>> without_marks("Die Steuerfrau jubelt.", "The cox= cheers.")
    'The cox cheers.'
    """
    if MARK not in target or has_mark(source):
        return target
    return " ".join(target.replace(MARK, " ").split()).replace(" .", ".")


def without_hints(tokens: Sequence[str]) -> tuple[list[str], list[int]]:
    """Take the hints out of the tokens of a text that has no mark itself.

    Returns:
        The other tokens, and for each of all tokens the number of its own among them:
        for one of a hint that of the last before it.

    >>> without_hints(["▁Die", "▁Steuer", "frau", "=", "▁co", "x", "=", "."])
    (['▁Die', '▁Steuer', 'frau', '.'], [0, 1, 2, 2, 2, 2, 2, 3])
    """
    kept: list[str] = []
    owners = []
    inside = False
    for token in tokens:
        rest = token.removeprefix(MARK)
        if inside and rest != token:  # a mark may be one piece with what follows: ="
            inside = False
            kept += [rest] if rest else []
        elif rest != token:
            inside = True
        elif not inside:
            kept.append(token)
        owners.append(len(kept) - 1)
    return kept, owners
