"""The whole run without files: segments and documents through one engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from satzpaar.translate.casing import (
    Casing,
    begun_like,
    dateline,
    is_shouted,
    shout,
    town_before,
    with_place_in_capitals,
    with_town_in_capitals,
)
from satzpaar.translate.clauses import ended_like
from satzpaar.translate.finishing import (
    labelled,
    linked,
    named,
    said_otherwise,
    termed,
    terms_of,
    with_text,
    worded,
)
from satzpaar.translate.markup import is_among_words, project_marks
from satzpaar.translate.numbers import in_english, left_in_english, with_ordinals
from satzpaar.translate.protection import (
    Span,
    formulas,
    has_words,
    outside,
    protected_spans,
)
from satzpaar.translate.rules import Outcome, translate_text
from satzpaar.translate.scheduler import Scheduler
from satzpaar.translate.translation import Translation
from satzpaar.translate.ways import Ways, ways_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.document import Document, Segment
    from satzpaar.translate.engine import DecodingOptions, Engine
    from satzpaar.translate.glossary import Glossary, Term
    from satzpaar.translate.memory import Memory

# Padded source tokens of a batch: the best of six sizes, see docs/performance.md.
BATCH_TOKENS = 1024


def translate_segments(
    segments: Iterable[Segment],
    engine: Engine,
    *,
    options: DecodingOptions | None = None,
    casing: Casing | None = None,
    once: bool = False,
    memory: Memory | None = None,
    glossary: Glossary | None = None,
    batch_tokens: int = BATCH_TOKENS,
) -> Iterator[Translation]:
    """Yield one translation per segment, in order, as early as it is there.

    Reads ahead: little at first, then up to some thousands of segments.

    Args:
        segments: What to translate; may be endless.
        engine: What translates.
        options: How hypotheses are searched for.
        casing: How the document writes words, for segments in capitals.
        once: Look at no translation again for what is wrong in it and for what it
            leaves out: faster, and worse. A beam of one is translated once.
        memory: Translations to take of segments that are in it.
        glossary: Terms that are to be said as it says.
        batch_tokens: Padded source tokens of a batch.
    """
    scheduler: Scheduler[Translation] = Scheduler(engine, batch_tokens=batch_tokens)
    ways = ways_of(engine, options, once=once, memory=memory, glossary=glossary)
    casing = casing or Casing(german=ways.from_german)
    return scheduler.run(
        _course(segment, ways, casing, frozenset()) for segment in segments
    )


def translate_documents(
    documents: Iterable[Document],
    engine: Engine,
    *,
    options: DecodingOptions | None = None,
    once: bool = False,
    memory: Memory | None = None,
    glossary: Glossary | None = None,
    batch_tokens: int = BATCH_TOKENS,
) -> Iterator[Translation]:
    """Yield the translations of all segments of all documents, in order.

    Documents are read ahead as segments are, so that many small ones fill the
    batches of one another. Who needs to know where a document ends counts its
    segments. What a pronoun means is told by the sentence before, if the model
    ``reads_context``. The options are those of ``translate_segments``.
    """
    ways = ways_of(engine, options, once=once, memory=memory, glossary=glossary)

    def courses() -> Iterator[Course[Translation]]:
        for document in documents:
            texts = [segment.text for segment in document.segments()]
            casing = Casing(texts, german=ways.from_german)
            known = _known_names(texts, ways)
            for segment, before in _with_texts_before(document, ways):
                yield _course(segment, ways, casing, known, before)

    scheduler: Scheduler[Translation] = Scheduler(engine, batch_tokens=batch_tokens)
    return scheduler.run(courses())


def _known_names(texts: Iterable[str], ways: Ways) -> frozenset[str]:
    from satzpaar.translate.known_names import known_names

    return known_names(texts) if ways.puts_right else frozenset()


def _with_texts_before(
    document: Document, ways: Ways
) -> Iterator[tuple[Segment, tuple[str, ...]]]:
    if not ways.reads_context:
        return ((segment, ()) for segment in document.segments())
    from satzpaar.translate.context import texts_before

    befores = texts_before(list(document.blocks()))
    return zip(document.segments(), befores, strict=True)


def _calm(
    segment: Segment, ways: Ways, casing: Casing
) -> tuple[Segment, Callable[[str], str]] | None:
    """Return a segment in capitals as running text, which every repair can read.

    Or one that begins with a place in capitals: "BRÜSSEL, 12. Juni –". None: it has
    none, or has what has a place in it or is copied. Beside it, what gives its
    translation the capitals back.
    """
    text = segment.text
    if segment.marks or ways.glossary:
        return None
    if is_shouted(text):
        calm, loudly = casing.calm(text), shout
    elif place := dateline(text):
        calm = casing.calm(place) + text[len(place) :]
        loudly = with_place_in_capitals
    elif place := town_before(text):
        calm = casing.calm(place) + text[len(place) :]
        loudly = with_town_in_capitals
    else:
        return None
    if is_shouted(calm) or protected_spans(text) or not has_words(text):
        return None
    return replace(segment, text=calm), loudly


def _course(
    segment: Segment,
    ways: Ways,
    casing: Casing,
    known: frozenset[str],
    before: Sequence[str] = (),
) -> Course[Translation]:
    from satzpaar.translate.plain_german import in_plain_german

    if (whole := ways.known(segment)) is not None:
        return whole
    if ways.puts_right and (calm := _calm(segment, ways, casing)) is not None:
        plain, loudly = calm
        said = yield from _course(plain, ways, casing, known, before)
        target = replace(segment, text=loudly(said.target.text))
        return replace(said, source=segment, target=target)
    if ways.plain_idioms and (read := in_plain_german(segment, ways.glossary)):
        said = yield from _once_known(read, ways, casing, known, before)
        return replace(said, source=segment, read=read)
    return (yield from _once_known(segment, ways, casing, known, before))


def _once_known(
    segment: Segment,
    ways: Ways,
    casing: Casing,
    known: frozenset[str],
    before: Sequence[str],
) -> Course[Translation]:
    """Translate a segment as it is to be read: for the model, not for a memory."""
    from satzpaar.translate.checks.repeated import said_once
    from satzpaar.translate.quoted_names import whole_names
    from satzpaar.translate.right_places import lost_places, placed

    source, marks = segment.text, segment.marks
    marked = [Span(mark.start, mark.end) for mark in marks if mark.verbatim]
    kept = protected_spans(source, marked)
    # The decimals of what is copied beside that are to be English ones.
    marked += formulas(source)
    if ways.search.alphabet:
        marked += ways.search.alphabet.foreign(source)
    if ways.german_english:
        from satzpaar.translate.line_ups import line_ups

        marked += [Span(*span) for span in line_ups(source)]
    spans = protected_spans(source, marked)
    if ways.german_english and not has_words(source, spans):
        originals = [*(span.of(source) for span in kept), ""]
        between = map(in_english, outside(source, kept))
        text = "".join(map("".join, zip(between, originals, strict=True)))
        return Translation(segment, replace(segment, text=text), 0.0)
    terms = terms_of(source, spans, ways)
    outcome: Outcome = yield from translate_text(source, spans, ways.search, casing)
    if terms:
        outcome = yield from said_otherwise(source, spans, outcome, terms, ways, casing)
    text = ended_like(source, " ".join(outcome.text.split()))
    outcome = replace(outcome, text=begun_like(source, text))
    outcome = labelled(source, outcome, ways)
    if ways.search.errors is not None:
        outcome = with_text(outcome, said_once(source, outcome.text))
    outcome = with_text(
        outcome, _with_marks_put_right(source, spans, kept, outcome, ways)
    )
    places: dict[int, str] = {}
    missed: tuple[Term, ...] = ()
    if ways.puts_right and not is_shouted(source):
        outcome = yield from named(source, spans, outcome, ways, casing, known)
        # Where names were forgotten, it may be another translation by now.
        text = _with_marks_put_right(source, spans, kept, outcome, ways)
        outcome = with_text(outcome, text)
        if before and not spans and not outcome.issues:
            from satzpaar.translate.context import in_context

            outcome = yield from in_context(source, outcome, before, ways.search)
        outcome = yield from worded(source, outcome, ways, casing, terms)
        # The dictionary may take another sense for a label: Quelle is a spring too.
        outcome = labelled(source, outcome, ways)
        outcome = with_text(outcome, whole_names(source, outcome.text))
        places = lost_places(source, outcome.text)
    if terms:
        from satzpaar.translate.glossary import words_of

        places = {n: place for n, place in places.items() if n not in words_of(terms)}
        outcome, missed = yield from termed(source, outcome, terms, ways, casing)
    text, links = outcome.text, outcome.links
    if ways.aligns and (places or any(is_among_words(mark, source) for mark in marks)):
        links = yield from linked(source, outcome, ways, casing)
    if places and links:
        text, links = placed(text, places, links)
    target = project_marks(segment, text, alignment=links)
    return Translation(
        segment,
        target,
        outcome.score,
        outcome.issues,
        terms=len(terms),
        missed=missed,
    )


def _with_marks_put_right(
    source: str,
    spans: Sequence[Span],
    kept: Sequence[Span],
    outcome: Outcome,
    ways: Ways,
) -> str:
    """Put quotes, signs, hours and numbers right; what is right already stays."""
    from satzpaar.translate.addresses import at_addresses
    from satzpaar.translate.inner_quotes import closed_once
    from satzpaar.translate.noon import with_half_hours, with_midnight, with_noon
    from satzpaar.translate.signs import with_minus

    text = closed_once(source, outcome.text)
    if ways.from_german:
        text = with_minus(source, text)
        text = at_addresses(source, spans, text)
        text = with_noon(source, text)
    if ways.german_english:
        text = with_half_hours(source, with_midnight(source, text))
        text = left_in_english(source, kept, text)
        text = with_ordinals(source, text)
    return text
