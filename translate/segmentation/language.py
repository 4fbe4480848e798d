"""What the segmenter must know of a language; no rules, only words."""

from __future__ import annotations

from dataclasses import dataclass


def word_list(text: str) -> frozenset[str]:
    """Read a list of words separated by white space."""
    return frozenset(text.split())


def abbreviation_list(text: str) -> frozenset[str]:
    """Read abbreviations written with their full stops, inner ones included.

    Each may also begin a sentence, with a capital; the last full stop is not
    kept, for the segmenter looks words up without it.

    >>> sorted(abbreviation_list("z.B. Dr."))
    ['Dr', 'Z.B', 'z.B']
    """
    words = {word.removesuffix(".") for word in text.split()}
    return frozenset(words | {word[0].upper() + word[1:] for word in words})


@dataclass(frozen=True, slots=True)
class Ordinals:
    """Where "3." means *third*: languages that write ordinals with a full stop."""

    after: frozenset[str]  # lower-case words that stand before an ordinal
    nouns: frozenset[str]  # nouns that are counted with ordinals
    noun_endings: tuple[str, ...]  # the same for compounds, lower-case
    cardinal_after: frozenset[str]  # lower-case words that stand before a cardinal


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language that tell a full stop from a sentence's end.

    Abbreviations are written without white space and without their last full
    stop: ``z.B``, ``usw``. A language that has no words here falls back on the
    rules that hold everywhere.
    """

    # Capitalised words that begin a sentence and hardly ever follow an
    # abbreviation within one: articles, pronouns, prepositions, adverbs.
    starters: frozenset[str] = frozenset()

    bound: frozenset[str] = frozenset()  # never end a sentence: Dr., z. B.
    free: frozenset[str] = frozenset()  # end one if a starter follows: Mio., Inc.
    closing: frozenset[str] = frozenset()  # end one if a capital follows: usw.
    before_number: frozenset[str] = frozenset()  # words unless a number follows: Art.
    units: frozenset[str] = frozenset()  # written without a full stop: km
    numbered: frozenset[str] = (
        frozenset()
    )  # before a letter or numeral: Plan B, Teil II
    endings: tuple[str, ...] = ()  # of compounds that end like a free one: Hauptstr.
    places: frozenset[str] = frozenset()  # where news comes from: Moskau
    exclaiming: frozenset[str] = frozenset()  # names with a mark of their own: Yahoo!
    ordinals: Ordinals | None = None


NEUTRAL = Language()
