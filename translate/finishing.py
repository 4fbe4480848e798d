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
    from satzpaar.translate.dictionaries import Dictionary
    from satzpaar.translate.forgotten_names import Renamed
    from satzpaar.translate.glossary import Occurrence, Term
    from satzpaar.translate.right_words import Doubt
    from satzpaar.translate.rules import Link, Search
    from satzpaar.translate.ways import Ways


# Natural log: by how much more probable another form of what the dictionary has is to
# be than the one that goes by what stood there; of 1 to 6 all did alike.
_LIKELIER = 2.0
# By how much less probable a verb of the dictionary may be than the one that stood
# there, or a noun of which a part did (docs/dictionary.md).
_LESS_LIKELY = 4.0


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
    from satzpaar.translate.forgotten_names import forgotten_names, free_names
    from satzpaar.translate.right_names import lost_names, parted, restored

    if forgotten := forgotten_names(source, outcome.text, known):
        forgotten = forgotten[: len(free_names(source))]
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
    """Put right the words that are made up or mistaken, but not a glossary's terms."""
    from satzpaar.translate.dictionaries import german_english
    from satzpaar.translate.right_words import doubts

    dictionary = german_english()
    overrules = ways.overruled
    found = doubts(source, outcome.text, dictionary, overrules=overrules)
    if terms:
        from satzpaar.translate.glossary import words_of

        theirs = words_of(terms)
        found = [doubt for doubt in found if doubt.word not in theirs]
    if not found:
        return outcome
    links = yield from linked(source, outcome, ways, casing)
    if not links:
        return outcome
    text, moved = yield from reworded(
        source, outcome.text, found, links, dictionary, ways.search
    )
    return replace(outcome, text=text, links=tuple(moved))


def reworded(
    source: str,
    target: str,
    found: Sequence[Doubt],
    links: Sequence[Link],
    dictionary: Dictionary,
    search: Search,
) -> Course[tuple[str, Sequence[Link]]]:
    """Put the English of the dictionary in the places of what stands there.

    Each in the form that the model finds likeliest; some only where it finds that
    about as likely as what stands there. The links come back by the new numbers of the
    words.
    """
    from satzpaar.translate.judging import likeliest, totals
    from satzpaar.translate.right_words import replacements

    for each in replacements(source, target, found, links, dictionary):
        ways = [each.put_in(target, links, form) for form in each.forms]
        texts = [text for text, _ in ways]
        chosen = yield from likeliest(source, texts, search, margin=_LIKELIER)
        text, moved = ways[chosen or 0]
        if each.if_likely:
            judged = yield from totals(source, (target, text), search)
            if judged is None or judged[1] < judged[0] - _LESS_LIKELY:
                continue
        target, links = text, moved
    return target, links


def terms_of(source: str, spans: Sequence[Span], ways: Ways) -> list[Occurrence]:
    """Find the glossary's terms outside of what comes out as it is."""
    if ways.glossary is None:
        return []
    return [
        found
        for found in ways.glossary.occurrences(source)
        if all(found.span[1] <= s.start or s.end <= found.span[0] for s in spans)
    ]


def said_otherwise(
    source: str,
    spans: Sequence[Span],
    outcome: Outcome,
    terms: Sequence[Occurrence],
    ways: Ways,
    casing: Casing,
) -> Course[Outcome]:
    """Look for a translation that says a glossary's terms, or has a place for them."""
    from satzpaar.translate.forgotten_names import free_names
    from satzpaar.translate.glossary import missing
    from satzpaar.translate.terms import for_names, preferred, unplaced

    if not spans and ways.puts_right:
        outcome = yield from preferred(source, outcome, terms, ways.search)
    lost = missing(terms, outcome.text)
    if not lost or is_shouted(source):
        return outcome
    links = None
    if ways.aligns:
        links = yield from linked(source, outcome, ways, casing)
    if not (left := unplaced(source, outcome.text, terms, links)):
        return replace(outcome, links=links)
    left = left[: len(free_names(source))]
    made, again = yield from _with_names(
        source, spans, [term.span for term in left], ways, casing
    )
    if made is None or again is None:
        return outcome
    text = for_names(source, again.text, made.names, left)
    if text is None:
        return outcome
    again = replace(again, text=text, links=None)  # words have other numbers
    if len(missing(terms, text)) < len(lost) and is_no_worse(
        source, again, outcome, ways.search
    ):
        return again
    return outcome


def termed(
    source: str,
    outcome: Outcome,
    terms: Sequence[Occurrence],
    ways: Ways,
    casing: Casing,
) -> Course[tuple[Outcome, tuple[Term, ...]]]:
    """Put in the terms that are missing, and say which still are."""
    from satzpaar.translate.glossary import missing
    from satzpaar.translate.terms import put_in, without_doubling

    if ways.aligns and missing(terms, outcome.text):
        links = yield from linked(source, outcome, ways, casing)
        if links:
            outcome = yield from put_in(source, outcome, terms, links, ways.search)
    outcome = with_text(outcome, without_doubling(outcome.text, terms))
    return outcome, tuple(left.term for left in missing(terms, outcome.text))


def _said_anew(
    source: str,
    spans: Sequence[Span],
    forgotten: Sequence[tuple[int, int]],
    ways: Ways,
    casing: Casing,
) -> Course[Outcome | None]:
    """Translate a text with other names in the places of some; None: one is gone."""
    from satzpaar.translate.forgotten_names import names_back

    made, outcome = yield from _with_names(source, spans, forgotten, ways, casing)
    if made is None or outcome is None:
        return None
    text = names_back(made, outcome.text)
    if text is None:
        return None
    return replace(outcome, text=begun_like(source, text))


def _with_names(
    source: str,
    spans: Sequence[Span],
    parts: Sequence[tuple[int, int]],
    ways: Ways,
    casing: Casing,
) -> Course[tuple[Renamed | None, Outcome | None]]:
    """Translate a text with names in the places of its parts, if there are enough."""
    from satzpaar.translate.forgotten_names import renamed

    made = renamed(source, parts)
    if made is None:
        return None, None
    moved = [Span(made.moved(span.start), made.moved(span.end)) for span in spans]
    outcome = yield from translate_text(made.text, moved, ways.search, casing)
    return made, replace(outcome, text=" ".join(outcome.text.split()))


def linked(
    source: str, outcome: Outcome, ways: Ways, casing: Casing
) -> Course[tuple[tuple[int, int], ...] | None]:
    """Say which words go with which; None: the text is too long for the model."""
    if is_shouted(source):  # models hardly know capitals; words are counted alike
        source = casing.calm(source)
        outcome = replace(outcome, text=outcome.text.lower())
    return (yield from links_of(source, outcome, ways.search.options))
