"""What a report shows, whoever found it out: neutral between the commands.

`satzpaar bench`, `satzpaar eval compare` and `satzpaar eval article` each fill a
`ReportData`; nothing here knows how a figure was come by. A test set is a `Section`,
its systems stand in one order, and a figure that is missing stays missing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Direction = Literal["higher", "lower"]  # which of two values is the better one
Kind = Literal["quality", "cost"]
Spread = Literal["interval", "quartiles"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of the table: what was measured, and how to read it.

    Scores of different signatures never share a column: they are two measures.
    """

    key: str  # bleu, chrf2, words_per_second …; unique in its section
    label: str  # the head of the column
    better: Direction = "higher"
    kind: Kind = "quality"
    unit: str = ""  # words/s, ms, MB
    digits: int = 1  # after the point
    signature: str = ""  # as sacreBLEU writes it, or how a cost was measured
    spread: Spread = "interval"  # what `low` and `high` of its figures are


@dataclass(frozen=True, slots=True)
class Figure:
    """One value, with the 95 % interval or the quartiles around it where known."""

    value: float
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        for number in (self.value, self.low, self.high):
            if number is not None and not math.isfinite(number):
                raise ValueError(f"{number} is no figure; leave out what is missing")


@dataclass(frozen=True, slots=True)
class SystemReport:
    """A system on one test set. Figures that are not there are simply left out."""

    name: str
    figures: Mapping[str, Figure] = field(default_factory=dict)  # by `Measure.key`
    details: tuple[
        tuple[str, str], ...
    ] = ()  # ("engine", "ctranslate2"), ("beam", "4")
    error: str = ""  # the line that says why there are no figures
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems by one measure; given once for a pair, in either order."""

    measure: str  # a `Measure.key`
    first: str  # a system's name
    second: str
    difference: float  # score of the first minus score of the second
    low: float | None = None  # 95 % interval of the difference
    high: float | None = None
    p: float | None = None  # approximate randomisation, two-sided
    p_adjusted: float | None = None  # Holm, over all pairs of this measure
    agreement: float | None = None  # expected agreement with people, 0.5 to 1
    significant: bool | None = None  # None: no verdict may be given


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """A kind of error that segments are marked with, and can be filtered by."""

    key: str  # numbers, negation, untranslated …
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Trait:
    """The segments whose source has something; tuples are in the order of systems."""

    label: str
    members: tuple[int, ...]  # numbers of the segments, from 0
    scores: tuple[float | None, ...]  # by `Section.trait_measure`; None: no outputs
    # How much the distance from the baseline (or the first system) differs from that
    # in all other segments, and how likely such a difference is by chance (Holm).
    gaps: tuple[float | None, ...]
    p: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ReportSegment:
    """A segment with everything said about it; tuples are in the order of systems."""

    source: str
    references: tuple[str, ...]
    outputs: tuple[str | None, ...]  # None: this system has no output here
    scores: tuple[float | None, ...]  # by `Section.segment_measure`, higher is better
    issues: tuple[tuple[str, ...], ...] = ()  # of `ErrorClass.key`; () or one a system
    # What exactly is wrong, "90 million became 19 million"; () or one an issue.
    remarks: tuple[tuple[str, ...], ...] = ()
    reference_issues: tuple[str, ...] = ()  # what the first reference is marked with
    document: str = ""  # its id, if the test set has documents


@dataclass(frozen=True, slots=True)
class Section:
    """One test set: systems, comparisons and segments."""

    name: str
    measures: tuple[Measure, ...]
    systems: tuple[SystemReport, ...]
    verdict: str = ""  # one sentence
    comparisons: tuple[Comparison, ...] = ()
    alpha: float | None = None  # the level at which they are significant
    segments: tuple[ReportSegment, ...] = ()
    segment_measure: str = "chrF"  # what `ReportSegment.scores` are
    error_classes: tuple[ErrorClass, ...] = ()
    traits: tuple[Trait, ...] = ()
    trait_measure: str = "chrF"  # what the scores of traits are
    notes: tuple[str, ...] = ()  # warnings, each a sentence
    facts: tuple[tuple[str, str], ...] = ()  # ("segments", "549"), ("sha256", "…")
    languages: tuple[str, str] = ("de", "en")  # of the source, of everything else

    def __post_init__(self) -> None:
        """Refuse what would show one system's figure under another's name.

        Raises:
            ValueError: A name is used twice or unknown, or a tuple of a segment has
                not one item a system.
        """
        names = [system.name for system in self.systems]
        keys = [measure.key for measure in self.measures]
        classes = [error.key for error in self.error_classes]
        traits = [trait.label for trait in self.traits]
        for what, found in (
            ("system", names),
            ("measure", keys),
            ("class", classes),
            ("trait", traits),
        ):
            if twice := _twice(found):
                raise ValueError(f"{self.name}: {what} {twice!r} is given twice")
        for system in self.systems:
            _known(self.name, "measure", system.figures, keys)
        for pair in self.comparisons:
            _known(self.name, "measure", [pair.measure], keys)
            _known(self.name, "system", [pair.first, pair.second], names)
        for trait in self.traits:
            if {*map(len, (trait.scores, trait.gaps, trait.p))} != {len(names)}:
                raise ValueError(f"{self.name}, {trait.label}: not one score a system")
        for number, segment in enumerate(self.segments, 1):
            sizes = {len(segment.outputs), len(segment.scores)}
            if segment.issues:
                sizes.add(len(segment.issues))
            if sizes != {len(names)}:
                raise ValueError(
                    f"{self.name}, segment {number}: outputs, scores and issues for "
                    f"{sorted(sizes)} systems, but there are {len(names)}"
                )
            if segment.remarks and [*map(len, segment.remarks)] != [
                *map(len, segment.issues)
            ]:
                raise ValueError(
                    f"{self.name}, segment {number}: not one remark for each issue"
                )
            marks = {mark for marks in segment.issues for mark in marks}
            _known(self.name, "class", marks.union(segment.reference_issues), classes)


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """One figure of an earlier run; points of one line share what follows `value`."""

    when: str  # ISO 8601, so that they sort
    run: str  # what the reader calls the run: a version, a date, a file
    value: float
    section: str
    system: str
    measure: str  # the label, with the unit
    comparable: str  # signature and test set: differing ones are never joined


@dataclass(frozen=True, slots=True)
class ReportData:
    """A whole report."""

    title: str
    verdict: str  # on top of all; one line a test set
    sections: tuple[Section, ...]
    history: tuple[HistoryPoint, ...] = ()
    notes: tuple[str, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()  # ("satzpaar", "0.1.0"), ("CPU", "…")
    created: str = ""  # ISO 8601

    def __post_init__(self) -> None:
        """Refuse an empty report and sections of one name.

        Raises:
            ValueError: There is no section, or two have one name.
        """
        if not self.sections:
            raise ValueError("a report of nothing; at least one section is needed")
        if twice := _twice([section.name for section in self.sections]):
            raise ValueError(f"section {twice!r} is given twice")


def without_texts(data: ReportData) -> ReportData:
    """Return a report that may be shown where its test sets may not.

    Scores and marks of the segments stay, their texts and what quotes them do not.
    """

    def bare(segment: ReportSegment) -> ReportSegment:
        return ReportSegment(
            source="",
            references=(),
            outputs=tuple(None if text is None else "" for text in segment.outputs),
            scores=segment.scores,
            issues=segment.issues,
            reference_issues=segment.reference_issues,
        )

    sections = tuple(
        replace(section, segments=tuple(map(bare, section.segments)))
        for section in data.sections
    )
    note = "The texts of the segments are left out of this page."
    return replace(data, sections=sections, notes=(*data.notes, note))


def _twice(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _known(place: str, what: str, found: Iterable[str], known: list[str]) -> None:
    for name in found:
        if name not in known:
            raise ValueError(f"{place}: no {what} is called {name!r}")
