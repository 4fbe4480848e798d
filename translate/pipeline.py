"""The whole run without files: segments and documents through one engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate.casing import Casing
from satzpaar.translate.checks import are_for
from satzpaar.translate.document import Segment
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.markup import project_marks
from satzpaar.translate.protection import Span, protected_spans
from satzpaar.translate.rules import Issue, Outcome, Search, translate_text
from satzpaar.translate.scheduler import Scheduler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from satzpaar.translate.course import Course
    from satzpaar.translate.document import Document
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


def translate_segments(
    segments: Iterable[Segment],
    engine: Engine,
    *,
    options: DecodingOptions | None = None,
    casing: Casing | None = None,
    batch_tokens: int = BATCH_TOKENS,
) -> Iterator[Translation]:
    """Yield one translation per segment, in order, as early as it is there.

    Reads ahead: little at first, then up to some thousands of segments.

    Args:
        segments: What to translate; may be endless.
        engine: What translates.
        options: How hypotheses are searched for.
        casing: How the document writes words, for segments in capitals.
        batch_tokens: Padded source tokens of a batch.
    """
    casing = casing or Casing()
    scheduler: Scheduler[Translation] = Scheduler(engine, batch_tokens=batch_tokens)
    search = _search(engine, options)
    return scheduler.run(_course(segment, search, casing) for segment in segments)


def translate_documents(
    documents: Iterable[Document],
    engine: Engine,
    *,
    options: DecodingOptions | None = None,
    batch_tokens: int = BATCH_TOKENS,
) -> Iterator[Translation]:
    """Yield the translations of all segments of all documents, in order.

    Documents are read ahead as segments are, so that many small ones fill the
    batches of one another. Who needs to know where a document ends counts its
    segments.
    """
    search = _search(engine, options)

    def courses() -> Iterator[Course[Translation]]:
        for document in documents:
            casing = Casing(segment.text for segment in document.segments())
            for segment in document.segments():
                yield _course(segment, search, casing)

    scheduler: Scheduler[Translation] = Scheduler(engine, batch_tokens=batch_tokens)
    return scheduler.run(courses())


def _search(engine: Engine, options: DecodingOptions | None) -> Search:
    """Say how to search; errors are known of German and English only."""
    model = engine.model
    known = are_for(model.source_language, model.target_language)
    errors = count_wrong_numbers if known else None
    return Search(options or DecodingOptions(), errors)


def count_wrong_numbers(source: str, target: str) -> int:
    """Count the numbers and dates in digits that a translation gets wrong."""
    # Nothing needs them before the first translation is there.
    from satzpaar.translate.checks.calendar import check_dates
    from satzpaar.translate.checks.numbers import check_numbers

    if not any(map(str.isdigit, source + target)):
        return 0
    found = [*check_numbers(source, target), *check_dates(source, target)]
    return sum(finding.severity == "major" for finding in found)


def _course(segment: Segment, search: Search, casing: Casing) -> Course[Translation]:
    marked = [Span(mark.start, mark.end) for mark in segment.marks if mark.verbatim]
    spans = protected_spans(segment.text, marked)
    outcome: Outcome = yield from translate_text(segment.text, spans, search, casing)
    text = " ".join(outcome.text.split())
    target = project_marks(segment, text) if segment.marks else Segment(text)
    return Translation(segment, target, outcome.score, outcome.issues)


@dataclass(slots=True)
class Tally:
    """What a run has done so far, counted as the translations pass."""

    segments: int = 0
    words: int = 0  # of the source, parted by white space

    def add(self, translation: Translation) -> None:
        """Count one more translation."""
        self.segments += 1
        self.words += len(translation.source.text.split())
