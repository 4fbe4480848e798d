"""English "a" and "an" as the word behind is spoken: "an exchange", "a European".

A model that cuts words into pieces chooses the article before it says the word, and now
and then takes another word than it had in mind.
"""

from __future__ import annotations

import re

from satzpaar.translate.checks.names import SENTENCE_START

_ARTICLE = re.compile(r"(?<!\w)([Aa])n?(?= [\"“‘'(]?\Z)")
_PAIR = re.compile(
    r"""(?<![\w.'’/&+-])(?P<a>[Aa])(?P<n>n?)(?P<between>[ ]["“‘(]?)
    (?P<word>[A-Za-z]+(?!\w|\.\w|&)|\d+(?:,\d{3})*(?![\d.,]*\d))""",
    re.VERBOSE,
)
# How words are written that begin with a vowel when they are spoken. Of those with a U
# or EU that is read as "you" or "one" the beginnings are listed.
_VOWEL = re.compile(
    r"""(?!eu|ewe|on(?:e|ce)\b|ou[ai]|ubiq|ufo|ugan|uig|uk|unanim|unesco
        |uni(?![nm]|de|ron|ssue)|ur[aeiou]|us[aeiu]|ut[aeio]|uv|uyg)[aeiou]
    | h(?:our|onest|onou?r|eir)""",
    re.IGNORECASE | re.VERBOSE,
)
# Letters whose own names begin so. Of F, H, L, M, N, R, S and X that helps only where
# they are spelled out (an NBA, a NATO).
_VOWEL_LETTER = re.compile(r"[AEFHILMNORSX][A-Z]")
_SPELLED_OR_NOT = re.compile(r"[FHLMNRSX][A-Z]")
# Without a vowel no word can be read otherwise: an FDP politician, an NDR reporter.
_SPELLED_OUT = re.compile(r"[FHLMNRSX][B-DF-HJ-NP-TV-XZ]+")
_VOWEL_NUMBER = re.compile(r"8|1[18](?:,|\d{3}\Z|\Z)")
# Read letter by letter, or not; mRNA, MoU, Xbox, an sms, the nth
_ODD = re.compile(
    r"[a-z]+[A-Z]|[A-Z][a-z]*[A-Z]|(?:X|Rh|[nx]th|sms|lb|[^aeiouyAEIOUY]+\Z)"
)
_ROMAN_NUMBER = re.compile(r"[IVX]+")
# Behind an A that is a letter, or an "an" that is German.
_NO_NOUN_FOLLOWS = frozenset(
    """
    a an and are as at be but by for from has have in into is it of on or than that the
    then to under was were with
    alle allen aller das deine dem den denen der des deren dessen die diese diesem
    diesen dieser einem einen einer ihm ihn ihr ihre ihrem ihren ihrer jede jedem
    jeden jeder keine mich sein seine seinem seinen seiner sich und vielen zu zum zur
    """.split()
)


def agree(source: str, target: str) -> str:
    """Change "a" to "an" and back where the word behind it asks for that.

    An A that is a letter is left alone, and so is what the source has as well, and what
    may be said in two ways ("an historic", "a NATO" but "an NBA").

    Args:
        source: German.
        target: Its translation; the number of its words stays.

    >>> agree("", "a exchange, an unit, an historic day, a one-off, Group A is")
    'an exchange, a unit, an historic day, a one-off, Group A is'
    """

    def agreeing(match: re.Match[str]) -> str:
        word = match["word"]
        if (
            (len(word) == 1 and word.isalpha())
            or _ROMAN_NUMBER.fullmatch(word)
            or word in _NO_NOUN_FOLLOWS
            or re.search(rf"\b{re.escape(match.group())}", source)
            or (match["a"] == "A" and not _begins(target, match.start()))
        ):  # fmt: skip
            return match.group()
        vowel = _begins_with_vowel(word)
        if vowel is None or vowel == bool(match["n"]):
            return match.group()
        return f"{match['a']}{'n' if vowel else ''}{match['between']}{word}"

    return _PAIR.sub(agreeing, target)


def before(text: str, word: str) -> str:
    """Make an article at the end of a text that of a word put behind it.

    >>> before("It was a ", "exchange")
    'It was an '
    """
    article = _ARTICLE.search(text)
    # An A within a sentence is a letter: "Group A".
    if not article or (article[1] == "A" and not _begins(text, article.start())):
        return text
    vowel = _begins_with_vowel(word)
    if vowel is None:  # a word may have stood there that is spoken otherwise
        vowel = bool((_VOWEL_LETTER if word[:2].isupper() else _VOWEL).match(word))
    return _ARTICLE.sub(rf"\g<1>{'n' if vowel else ''}", text)


def _begins(text: str, start: int) -> bool:
    return bool(SENTENCE_START.search(text[:start]))


def _begins_with_vowel(word: str) -> bool | None:
    """Say whether a vowel is spoken first; None: some say so, others not."""
    if word[0].isdigit():
        return bool(_VOWEL_NUMBER.match(word)) if len(word) != 4 else None
    if word[:2].isupper():
        if _SPELLED_OR_NOT.match(word):
            return True if _SPELLED_OUT.fullmatch(word) else None
        return bool(_VOWEL_LETTER.match(word))
    if _ODD.match(word):
        return None
    if word[0] in "hH" and not _VOWEL.match(word):
        return None
    return bool(_VOWEL.match(word))
