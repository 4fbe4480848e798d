"""What is put right in a translation once it is there: labels, names, words, terms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from satzpaar.translate.casing import Casing, begun_like, is_shouted
from satzpaar.translate.memory import standing_phrases
from satzpaar.translate.protection import Span
from satzpaar.translate.rules import Outcome, is_no_worse, links_of, translate_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.glossary import Occurrence, Term
    from satzpaar.translate.ways import Ways


def labelled(source: str, outcome: Outcome, ways: Ways) -> Outcome:
    """Put right what stands before a colon: a source, a photo, a date."""
    if not ways.german_english:
        return outcome
    return with_text(outcome, standing_phrases().labelled(source, outcome.text))


def with_text(outcome: Outcome, text: str) -> Outcome:
    """Change the text; the links stay if it has as many words."""
    same_words = len(text.split()) == len(outcome.text.split())
    return replace(outcome, text=text, links=outcome.links if same_words else None)


def named(
    source: str,
    spans: Sequence[Span],
    outcome: Outcome,
    ways: Ways,
    casing: Casing,
    known: frozenset[str],
) -> Course[Outcome]:
    """Put right the names that a translation garbled, and those that it forgot."""
    from satzpaar.translate.forgotten_names import forgotten_names
    from satzpaar.translate.right_names import lost_names, parted, restored

    if forgotten := forgotten_names(source, outcome.text, known):
        again = yield from _said_anew(source, spans, forgotten, ways, casing)
        if again is not None and is_no_worse(source, again, outcome, ways.search):
            outcome = again
    if (whole := parted(source, outcome.text, known)) != outcome.text:
        outcome = replace(outcome, text=whole, links=None)  # words have other numbers
    if lost := lost_names(source, outcome.text, known):
        links = yield from linked(source, outcome, ways, casing)
        if links:
            text = restored(source, outcome.text, lost, links)
            outcome = replace(outcome, text=text, links=links)
    return outcome


def worded(
    source: str,
    outcome: Outcome,
    ways: Ways,
    casing: Casing,
    terms: Sequence[Occurrence],
) -> Course[Outcome]:
    """Put right the words that are made up or mistaken, and no terms of a glossary."""
    from satzpaar.translate.dictionaries import german_english
    from satzpaar.translate.right_words import doubts, put_right

    dictionary = german_english()
    overrules = ways.overruled
    theirs = {number for term in terms for number in term.words}
    found = [
        doubt
        for doubt in doubts(source, outcome.text, dictionary, overrules=overrules)
        if doubt.word not in theirs
    ]
    if not found:
        return outcome
    links = yield from linked(source, outcome, ways, casing)
    if not links:
        return outcome
    text, links = put_right(source, outcome.text, found, links, dictionary)
    return replace(outcome, text=text, links=links)


def terms_of(source: str, spans: Sequence[Span], ways: Ways) -> list[Occurrence]:
    """Find the glossary's terms outside of what comes out as it is."""
    if ways.glossary is None:
        return []
    return [
        found
        for found in ways.glossary.occurrences(source)
        if all(found.span[1] <= s.start or s.end <= found.span[0] for s in spans)
    ]


def termed(
    source: str,
    spans: Sequence[Span],
    outcome: Outcome,
    terms: Sequence[Occurrence],
    ways: Ways,
    casing: Casing,
) -> Course[tuple[Outcome, tuple[Term, ...]]]:
    """Put in the terms that are missing, and say which still are."""
    from satzpaar.translate.glossary import missing
    from satzpaar.translate.terms import put_in

    if not missing(terms, outcome.text):
        return outcome, ()
    if ways.aligns:
        links = yield from linked(source, outcome, ways, casing)
        if links:
            outcome = yield from put_in(source, outcome, terms, links, ways.search)
    if left := missing(terms, outcome.text):
        english = [term.term.target for term in left]
        gone = [term.span for term in left]
        again = yield from _said_anew(source, spans, gone, ways, casing, english)
        if again is not None and is_no_worse(source, again, outcome, ways.search):
            still = missing(terms, again.text)
            if len(still) < len(left):
                outcome, left = again, still
    return outcome, tuple(term.term for term in left)


def _said_anew(
    source: str,
    spans: Sequence[Span],
    parts: Sequence[tuple[int, int]],
    ways: Ways,
    casing: Casing,
    english: Sequence[str] | None = None,
) -> Course[Outcome | None]:
    """Translate a text with names in the places of some parts; None: one is gone.

    Args:
        source: A text.
        spans: What comes out as it is.
        parts: What names stand for.
        ways: How to translate.
        casing: How the document writes words.
        english: What to put in the places of the names; None: the parts as they are.
    """
    from satzpaar.translate.forgotten_names import names_back, renamed

    made = renamed(source, parts)
    if made is None:
        return None
    if english is not None:
        made = replace(made, names=dict(zip(made.names, english, strict=True)))
    moved = [Span(made.moved(span.start), made.moved(span.end)) for span in spans]
    outcome = yield from translate_text(made.text, moved, ways.search, casing)
    text = names_back(made, " ".join(outcome.text.split()))
    if text is None:
        return None
    return replace(outcome, text=begun_like(source, text))


def linked(
    source: str, outcome: Outcome, ways: Ways, casing: Casing
) -> Course[tuple[tuple[int, int], ...] | None]:
    """Say which words go with which; None: the text is too long for the model."""
    if is_shouted(source):  # models hardly know capitals; words are counted alike
        source = casing.calm(source)
        outcome = replace(outcome, text=outcome.text.lower())
    return (yield from links_of(source, outcome, ways.search.options))
