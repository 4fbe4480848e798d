"""The whole run without files: segments and documents through one engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from satzpaar.translate.alphabet import Alphabet
from satzpaar.translate.casing import Casing, begun_like, is_shouted
from satzpaar.translate.checks import are_for
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.left_out import left_out
from satzpaar.translate.markup import is_among_words, project_marks
from satzpaar.translate.memory import Memory, standing_phrases
from satzpaar.translate.numbers import in_english
from satzpaar.translate.protection import Span, has_words, outside, protected_spans
from satzpaar.translate.rules import (
    Issue,
    Outcome,
    Search,
    is_no_worse,
    links_of,
    translate_text,
)
from satzpaar.translate.scheduler import Scheduler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.document import Document, Segment
    from satzpaar.translate.engine import Engine

# Padded source tokens of a batch: the best of six sizes, see docs/performance.md.
BATCH_TOKENS = 1024


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment and what it became."""

    source: Segment
    target: Segment
    score: float  # mean log-probability per target token; 0 where copied
    issues: frozenset[Issue] = frozenset()
    # Known as a whole, and not the model's
    known_from: Literal["memory", "standing phrases"] | None = None


def translate_segments(
    segments: Iterable[Segment],
    engine: Engine,
    *,
    options: DecodingOptions | None = None,
    casing: Casing | None = None,
    once: bool = False,
    memory: Memory | None = None,
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
        batch_tokens: Padded source tokens of a batch.
    """
    casing = casing or Casing()
    scheduler: Scheduler[Translation] = Scheduler(engine, batch_tokens=batch_tokens)
    ways = _ways(engine, options, once=once, memory=memory)
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
    batch_tokens: int = BATCH_TOKENS,
) -> Iterator[Translation]:
    """Yield the translations of all segments of all documents, in order.

    Documents are read ahead as segments are, so that many small ones fill the
    batches of one another. Who needs to know where a document ends counts its
    segments. What a pronoun means is told by the sentence before, if the model
    ``reads_context``. The options are those of ``translate_segments``.
    """
    ways = _ways(engine, options, once=once, memory=memory)

    def courses() -> Iterator[Course[Translation]]:
        for document in documents:
            texts = [segment.text for segment in document.segments()]
            casing, known = Casing(texts), _known_names(texts, ways)
            for segment, before in _with_texts_before(document, ways):
                yield _course(segment, ways, casing, known, before)

    scheduler: Scheduler[Translation] = Scheduler(engine, batch_tokens=batch_tokens)
    return scheduler.run(courses())


@dataclass(frozen=True, slots=True)
class _Ways:
    """How a segment is translated."""

    search: Search
    aligns: bool  # the model shows which words go with which
    puts_right: bool  # names, places and words
    overruled: bool  # English words that the dictionary knows better, too
    reads_context: bool  # the sentence before, for pronouns
    german_english: bool
    memory: Memory | None  # the user's

    def known(self, segment: Segment) -> Translation | None:
        """Return the translation of a segment that is known as a whole."""
        if any(mark.verbatim for mark in segment.marks):
            return None
        if self.memory is not None:
            text = self.memory.translation(segment.text)
            if text is not None:
                target = project_marks(segment, text, alignment=None)
                return Translation(segment, target, 0.0, known_from="memory")
        if self.german_english:
            text = standing_phrases().translation(segment.text)
            if text is not None:
                target = project_marks(segment, text, alignment=None)
                return Translation(segment, target, 0.0, known_from="standing phrases")
        return None


def _ways(
    engine: Engine,
    options: DecodingOptions | None,
    *,
    once: bool,
    memory: Memory | None,
) -> _Ways:
    """Say how to translate; errors are known of German and English only."""
    model, options = engine.model, options or DecodingOptions()
    german_english = are_for(model.source_language, model.target_language)
    # Who asks for a beam of one asks for speed.
    looks_again = not once and options.beam_size > 1 and german_english
    aligns = model.alignment_head is not None
    search = Search(
        replace(options, attention=looks_again and aligns),
        count_errors if looks_again else None,
        left_out if looks_again and aligns else None,
        Alphabet(characters, model.source_language)
        if (characters := engine.tokenizer.characters) is not None
        else None,
        spell_out=model.source_language in ("de", None),
    )
    return _Ways(
        search,
        aligns,
        puts_right=looks_again and aligns,
        overruled=model.overruled,
        reads_context=looks_again and aligns and model.reads_context,
        german_english=german_english,
        memory=memory,
    )


def count_errors(source: str, target: str) -> int:
    """Count what a translation surely gets wrong.

    Numbers and dates in digits, negations lost or added, words said again, quotes and
    brackets without a partner.
    """
    # Nothing needs them before the first translation is there.
    from satzpaar.translate.checks.calendar import check_dates
    from satzpaar.translate.checks.marks import check_marks
    from satzpaar.translate.checks.negation import check_negation
    from satzpaar.translate.checks.numbers import check_numbers
    from satzpaar.translate.checks.repeated import check_repetition

    found = len(check_negation(source, target)) + len(check_repetition(source, target))
    # Quotes that are gone are often put otherwise; one alone is wrong.
    found += sum(each.target is not None for each in check_marks(source, target))
    if any(map(str.isdigit, source + target)):
        facts = [*check_numbers(source, target), *check_dates(source, target)]
        found += sum(finding.severity == "major" for finding in facts)
    return found


def _known_names(texts: Iterable[str], ways: _Ways) -> frozenset[str]:
    from satzpaar.translate.right_names import known_names

    return known_names(texts) if ways.puts_right else frozenset()


def _with_texts_before(
    document: Document, ways: _Ways
) -> Iterator[tuple[Segment, tuple[str, ...]]]:
    if not ways.reads_context:
        return ((segment, ()) for segment in document.segments())
    from satzpaar.translate.context import texts_before

    befores = texts_before(list(document.blocks()))
    return zip(document.segments(), befores, strict=True)


def _course(
    segment: Segment,
    ways: _Ways,
    casing: Casing,
    known: frozenset[str],
    before: Sequence[str] = (),
) -> Course[Translation]:
    from satzpaar.translate.quoted_names import whole_names
    from satzpaar.translate.right_places import lost_places, placed

    if (whole := ways.known(segment)) is not None:
        return whole
    source, marks = segment.text, segment.marks
    marked = [Span(mark.start, mark.end) for mark in marks if mark.verbatim]
    if ways.search.alphabet:
        marked += ways.search.alphabet.foreign(source)
    spans = protected_spans(source, marked)
    if ways.german_english and not has_words(source, spans):
        originals = [*(span.of(source) for span in spans), ""]
        between = map(in_english, outside(source, spans))
        text = "".join(map("".join, zip(between, originals, strict=True)))
        return Translation(segment, replace(segment, text=text), 0.0)
    outcome: Outcome = yield from translate_text(source, spans, ways.search, casing)
    outcome = replace(outcome, text=begun_like(source, " ".join(outcome.text.split())))
    outcome = _labelled(source, outcome, ways)
    places = {}
    if ways.puts_right and not is_shouted(source):
        outcome = yield from _named(source, spans, outcome, ways, casing, known)
        if before and not spans and not outcome.issues:
            from satzpaar.translate.context import in_context

            outcome = yield from in_context(source, outcome, before, ways.search)
        outcome = yield from _worded(source, outcome, ways, casing)
        # The dictionary may take another sense for a label: Quelle is a spring too.
        outcome = _labelled(source, outcome, ways)
        outcome = _with_text(outcome, whole_names(source, outcome.text))
        places = lost_places(source, outcome.text)
    text, links = outcome.text, outcome.links
    if ways.aligns and (places or any(is_among_words(mark, source) for mark in marks)):
        links = yield from _links(source, outcome, ways, casing)
    if places and links:
        text, links = placed(text, places, links)
    target = project_marks(segment, text, alignment=links)
    return Translation(segment, target, outcome.score, outcome.issues)


def _labelled(source: str, outcome: Outcome, ways: _Ways) -> Outcome:
    """Put right what stands before a colon: a source, a photo, a date."""
    if not ways.german_english:
        return outcome
    return _with_text(outcome, standing_phrases().labelled(source, outcome.text))


def _with_text(outcome: Outcome, text: str) -> Outcome:
    """Change the text; the links stay if it has as many words."""
    same_words = len(text.split()) == len(outcome.text.split())
    return replace(outcome, text=text, links=outcome.links if same_words else None)


def _named(
    source: str,
    spans: Sequence[Span],
    outcome: Outcome,
    ways: _Ways,
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
        links = yield from _links(source, outcome, ways, casing)
        if links:
            text = restored(source, outcome.text, lost, links)
            outcome = replace(outcome, text=text, links=links)
    return outcome


def _worded(
    source: str, outcome: Outcome, ways: _Ways, casing: Casing
) -> Course[Outcome]:
    """Put right the words that are made up or mistaken."""
    from satzpaar.translate.dictionaries import german_english
    from satzpaar.translate.right_words import doubts, put_right

    dictionary = german_english()
    overrules = ways.overruled
    if not (found := doubts(source, outcome.text, dictionary, overrules=overrules)):
        return outcome
    links = yield from _links(source, outcome, ways, casing)
    if not links:
        return outcome
    text, links = put_right(source, outcome.text, found, links, dictionary)
    return replace(outcome, text=text, links=links)


def _said_anew(
    source: str,
    spans: Sequence[Span],
    forgotten: Sequence[tuple[int, int]],
    ways: _Ways,
    casing: Casing,
) -> Course[Outcome | None]:
    """Translate a text with other names in the places of some; None: one is gone."""
    from satzpaar.translate.forgotten_names import names_back, renamed

    made = renamed(source, forgotten)
    if made is None:
        return None
    moved = [Span(made.moved(span.start), made.moved(span.end)) for span in spans]
    outcome = yield from translate_text(made.text, moved, ways.search, casing)
    text = names_back(made, " ".join(outcome.text.split()))
    if text is None:
        return None
    return replace(outcome, text=begun_like(source, text))


def _links(
    source: str, outcome: Outcome, ways: _Ways, casing: Casing
) -> Course[tuple[tuple[int, int], ...] | None]:
    if is_shouted(source):  # models hardly know capitals; words are counted alike
        source = casing.calm(source)
        outcome = replace(outcome, text=outcome.text.lower())
    return (yield from links_of(source, outcome, ways.search.options))


@dataclass(slots=True)
class Tally:
    """What a run has done so far, counted as the translations pass."""

    segments: int = 0
    words: int = 0  # of the source, parted by white space
    remembered: int = 0  # segments that the user's memory has

    def add(self, translation: Translation) -> None:
        """Count one more translation."""
        self.segments += 1
        self.words += len(translation.source.text.split())
        self.remembered += translation.known_from == "memory"
