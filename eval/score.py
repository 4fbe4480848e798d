"""Systems scored: by corpus, by document and by segment, each score with its signature.

>>> from satzpaar.eval.testset import Reference, SystemOutput, TestSet
>>> testset = TestSet("two", (Reference("A", ("Yes, we can.", "No, never.")),))
>>> table = score_systems(
...     testset, [SystemOutput("mine", ("Yes, we can.", "No."))], ["chrf"]
... )
>>> print(f"{table.column('chrF2').scores[0].value:.1f}")
62.5
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from satzpaar.eval.known_metrics import make_metrics, metrics_for
from satzpaar.eval.noticed import (
    check_roles,
    copies_of_source,
    empty_hypotheses,
    noticed,
)
from satzpaar.eval.testset import check_systems
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from satzpaar.eval.metrics import Array, Metric
    from satzpaar.eval.testset import SystemOutput, TestSet

FORMAT: Final = 1  # of the JSON; raised when its meaning changes


@dataclass(frozen=True, slots=True)
class Score:
    """One number, and all that it depends on beside the texts."""

    metric: str
    value: float
    signature: str


@dataclass(frozen=True, slots=True)
class Column:
    """What one metric says of all systems, against the same references.

    All lists run with the table's systems. A system that was scored with another
    signature, say because its text was re-segmented, has None here and a column
    of its own.
    """

    metric: str  # as tables have it: "chrF2++"
    signature: str
    segment_signature: str
    references: tuple[str, ...]  # counted together
    higher_is_better: bool
    scores: tuple[Score | None, ...]
    documents: tuple[tuple[float, ...], ...]  # (systems, documents)
    segments: tuple[tuple[float, ...], ...]  # (systems, segments); 0 without reference

    def __post_init__(self) -> None:
        for score in self.scores:
            if score is None:
                continue
            if (score.metric, score.signature) != (self.metric, self.signature):
                raise ValueError(
                    f"{score.metric} {score.signature} cannot stand in a column of "
                    f"{self.metric} {self.signature}"
                )
        if not len(self.scores) == len(self.documents) == len(self.segments):
            raise ValueError("as many scores as systems are expected")


@dataclass(frozen=True, slots=True)
class ScoredSystem:
    """What is known of a system beside its scores."""

    name: str
    content_hash: str
    segmentation: str  # "" where its segments are its own
    words: int
    length_ratio: float  # its words to the first reference's
    empty: tuple[int, ...]  # the segments, from 0, whose text is lacking
    source_copies: int  # segments that are the source, where that is known


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """All scores of all systems on a test set."""

    testset: str
    testset_hash: str
    segments: int
    documents: tuple[str, ...]  # ids; none where the set has none
    document_of_segment: tuple[int, ...]
    systems: tuple[ScoredSystem, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]  # one line each, for people

    def __post_init__(self) -> None:
        keys = [(each.metric, each.signature, each.references) for each in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError("two columns have one metric, signature and reference")
        if any(len(each.scores) != len(self.systems) for each in self.columns):
            raise ValueError("each column has a cell for each system")

    def column(self, metric: str, references: Sequence[str] | None = None) -> Column:
        """Return the first column of a metric, perhaps against certain references.

        Raises:
            KeyError: There is none.
        """
        for column in self.columns:
            wanted = references is None or column.references == tuple(references)
            if column.metric == metric and wanted:
                return column
        raise KeyError(metric)

    def to_json(self) -> str:
        """Write the table so that :meth:`from_json` reads it."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a table that :meth:`to_json` wrote.

        Raises:
            ValueError: It is no such table.
        """
        found = json.loads(text)
        if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
            raise ValueError(f"no table of scores in format {FORMAT}")
        try:
            return cls(
                **{
                    **found,
                    "documents": tuple(found["documents"]),
                    "document_of_segment": tuple(found["document_of_segment"]),
                    "systems": tuple(map(_system_from, found["systems"])),
                    "columns": tuple(map(_column_from, found["columns"])),
                    "notes": tuple(found["notes"]),
                }
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"no table of scores: {error}") from None


def _system_from(found: dict[str, Any]) -> ScoredSystem:
    return ScoredSystem(**{**found, "empty": tuple(found["empty"])})


def _column_from(found: dict[str, Any]) -> Column:
    scores = (None if score is None else Score(**score) for score in found["scores"])
    return Column(
        **{
            **found,
            "references": tuple(found["references"]),
            "scores": tuple(scores),
            "documents": tuple(map(tuple, found["documents"])),
            "segments": tuple(map(tuple, found["segments"])),
        }
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """Sufficient statistics of systems that can be compared with each other."""

    metric: Metric
    testset: TestSet  # with those references that count
    signature: str
    segment_signature: str
    systems: tuple[int, ...]  # numbers in the order of the systems given
    statistics: Array  # (systems, segments, columns)


def measure_systems(
    testset: TestSet, systems: Sequence[SystemOutput], metrics: Sequence[str | Metric]
) -> list[Measured]:
    """Count what scores and comparisons are made of.

    Several references count together, then each apart: which one is chosen can turn
    a ranking round.

    Raises:
        InputError: Systems and test set do not fit each other.
        UsageError: A metric is unknown, twice there, or lacks the sources it needs.
    """
    check_systems(testset, systems)
    check_roles(testset)
    views = [testset]
    if len(testset.references) > 1:
        views += [testset.with_references([name]) for name in testset.reference_names]
    groups: dict[str, list[int]] = {}
    for number, system in enumerate(systems):
        groups.setdefault(system.segmentation, []).append(number)
    made = make_metrics(metrics)
    for metric in made:
        if metric.needs_source and testset.sources is None:
            raise UsageError(f"{metric.name} needs the source text; --source names it")
    kinds = [(metric.name, metric.signature(testset)) for metric in made]
    for name, signature in kinds:
        if kinds.count((name, signature)) > 1:
            raise UsageError(f"{name} is asked for twice with one signature")
    found: list[Measured] = []
    for metric in made:
        # Without a reference in it, a score is the same against each.
        for view in views if metric.needs_reference else views[:1]:
            missing = _missing(view, testset) if view is not testset else []
            for segmentation, numbers in groups.items():
                suffix = f"|seg:{segmentation}" if segmentation else ""
                if missing:
                    suffix += f"|segments:{len(view) - len(missing)}/{len(view)}"
                statistics = metric.statistics(view, [systems[i] for i in numbers])
                statistics[:, missing] = 0  # what has no reference counts for nothing
                found.append(
                    Measured(
                        metric,
                        view,
                        metric.signature(view) + suffix,
                        metric.segment_signature(view) + suffix,
                        tuple(numbers),
                        statistics,
                    )
                )
    return found


def _missing(view: TestSet, testset: TestSet) -> list[int]:
    """List the segments that the one of several references lacks, and another has."""
    columns = [reference.segments for reference in testset.references]
    has_text = [
        any(text.strip() for text in each) for each in zip(*columns, strict=True)
    ]
    segments = view.references[0].segments
    return [i for i, text in enumerate(segments) if has_text[i] and not text.strip()]


def score_systems(
    testset: TestSet,
    systems: Sequence[SystemOutput],
    metrics: Sequence[str | Metric] | None = None,
) -> ScoreTable:
    """Score systems on a test set.

    Args:
        testset: Has at least one reference.
        systems: Have as many segments as the test set.
        metrics: Names as :func:`~satzpaar.eval.known_metrics.make_metric` takes them,
            or metrics. None: BLEU, chrF2, chrF2++, and TER where it is quick.

    Raises:
        InputError: Systems and test set do not fit each other.
        UsageError: A metric is unknown, or lacks the sources it needs.
    """
    chosen, said = chosen_metrics(testset, metrics)
    return table_of(testset, systems, measure_systems(testset, systems, chosen), said)


def chosen_metrics(
    testset: TestSet, metrics: Sequence[str | Metric] | None
) -> tuple[Sequence[str | Metric], list[str]]:
    """Return the metrics asked for, or ours and what is to be said of that choice."""
    return metrics_for(testset) if metrics is None else (metrics, [])


def table_of(
    testset: TestSet,
    systems: Sequence[SystemOutput],
    measured: Sequence[Measured],
    notes: Sequence[str] = (),
) -> ScoreTable:
    """Make the table of what was measured, with what there is to notice."""
    documents, document_of_segment = testset.document_numbers()
    return ScoreTable(
        testset=testset.name,
        testset_hash=testset.content_hash,
        segments=len(testset),
        documents=documents,
        document_of_segment=document_of_segment,
        systems=tuple(_described(testset, system) for system in systems),
        columns=tuple(_column(each, len(systems)) for each in measured),
        notes=(*noticed(testset, systems), *notes),
    )


def _described(testset: TestSet, system: SystemOutput) -> ScoredSystem:
    words = sum(len(text.split()) for text in system.hypotheses)
    wanted = sum(len(text.split()) for text in testset.references[0].segments)
    return ScoredSystem(
        name=system.name,
        content_hash=system.content_hash,
        segmentation=system.segmentation,
        words=words,
        length_ratio=words / wanted,
        empty=empty_hypotheses(testset, system),
        source_copies=copies_of_source(testset, system),
    )


def _column(measured: Measured, systems: int) -> Column:
    metric = measured.metric
    documents, document_of_segment = measured.testset.document_numbers()
    scores: list[Score | None] = [None] * systems
    by_document: list[tuple[float, ...]] = [()] * systems
    by_segment: list[tuple[float, ...]] = [()] * systems
    for number, rows in zip(measured.systems, measured.statistics, strict=True):
        value = float(metric.scores(rows.sum(axis=0)))
        scores[number] = Score(metric.name, value, measured.signature)
        by_segment[number] = tuple(metric.segment_scores(rows.T).tolist())
        if documents:
            sums = np.zeros((len(documents), rows.shape[1]))
            np.add.at(sums, np.array(document_of_segment), rows)
            by_document[number] = tuple(metric.scores(sums.T).tolist())
    return Column(
        metric=metric.name,
        signature=measured.signature,
        segment_signature=measured.segment_signature,
        references=measured.testset.reference_names,
        higher_is_better=metric.higher_is_better,
        scores=tuple(scores),
        documents=tuple(by_document),
        segments=tuple(by_segment),
    )
