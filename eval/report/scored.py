"""From scores and comparisons of a test set to the section that shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.eval.analysis.traits import by_trait
from satzpaar.eval.known_metrics import make_metric
from satzpaar.eval.report.data import (
    Comparison,
    ErrorClass,
    Figure,
    Measure,
    ReportSegment,
    Section,
    SystemReport,
    Trait,
)
from satzpaar.eval.testset import SystemOutput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.eval.analysis import SystemErrors
    from satzpaar.eval.compare import Comparison as ComparedSystems
    from satzpaar.eval.score import Column, ScoreTable
    from satzpaar.eval.testset import TestSet
    from satzpaar.translate.checks.finding import Finding

# Segments are shown and sorted by the first of these that was computed: BLEU of a
# single sentence is mostly zero.
SEGMENT_METRICS = ("chrF2++", "chrF2", "BLEU")
# Of traits: on a few segments BLEU may find no n-gram of four and be nearly zero.
TRAIT_METRIC = make_metric("chrf")


def section_of(
    testset: TestSet,
    outputs: Sequence[SystemOutput],
    table: ScoreTable,
    compared: ComparedSystems | None = None,
    errors: tuple[SystemErrors, Sequence[SystemErrors]] | None = None,
) -> Section:
    """Bring together what is known of a test set and its systems.

    Args:
        testset: The sources and references.
        outputs: The systems in the table's order.
        table: What `score_systems` gave.
        compared: What `compare_systems` gave.
        errors: What `find_errors` gave, of the reference and of the systems.
    """
    keys = measure_keys(table.columns, table.columns[0].references)
    by_segment = segment_column(table)
    hypotheses = [output.hypotheses for output in outputs]
    baseline = compared.baseline if compared else None
    return Section(
        name=testset.name,
        measures=tuple(
            measure_of(column, key)
            for column, key in zip(table.columns, keys, strict=True)
        ),
        systems=tuple(
            SystemReport(
                name=system.name,
                figures={
                    key: Figure(score.value)
                    for column, key in zip(table.columns, keys, strict=True)
                    if (score := column.scores[place]) is not None
                },
                details=(("segmented by", system.segmentation),)
                if system.segmentation
                else (),
                baseline=baseline == system.name,
            )
            for place, system in enumerate(table.systems)
        ),
        verdict=compared.verdict if compared else "",
        comparisons=tuple(pairs_of(compared, table.columns, keys)) if compared else (),
        alpha=compared.alpha if compared else None,
        segments=tuple(
            report_segments(
                testset,
                hypotheses,
                by_segment.segments,
                findings=[each.findings for each in errors[1]] if errors else (),
                reference_findings=errors[0].findings if errors else (),
            )
        ),
        segment_measure=by_segment.metric,
        error_classes=all_error_classes() if errors else (),
        traits=traits_of(
            testset, [each.name for each in outputs], hypotheses, baseline
        ),
        trait_measure=TRAIT_METRIC.name,
        notes=(*table.notes, *(compared.notes if compared else ())),
        facts=facts_of(testset, compared),
        languages=(
            testset.source_language or "de",
            testset.target_language or "en",
        ),
    )


def facts_of(
    testset: TestSet, compared: ComparedSystems | None = None
) -> tuple[tuple[str, str], ...]:
    """Say of a test set what a reader of its figures has to know."""
    documents = len(set(testset.documents or ()))
    facts = [("segments", f"{len(testset):,}")]
    if documents:
        facts.append(("documents", f"{documents:,}"))
    facts.append(("references", ", ".join(testset.reference_names)))
    if compared:
        facts += [
            (
                "tested by",
                (
                    f"approximate randomisation, {compared.trials:,} trials by "
                    f"{compared.block}, Holm, p < {compared.alpha:g}, "
                    f"seed {compared.seed}"
                ),
            )
        ]
    facts.append(("SHA-256", testset.content_hash[:12]))
    return tuple(facts)


def measure_keys(columns: Sequence[Column], all_references: Sequence[str]) -> list[str]:
    """Give each column a key, ``chrf2++``, or ``chrf2++/A`` against one reference.

    Columns of another signature get a number.
    """
    keys: list[str] = []
    for column in columns:
        key = re.sub(r"[^\w+-]", "", column.metric.lower())
        if tuple(column.references) != tuple(all_references):
            key += "/" + "+".join(column.references)
        wanted, number = key, 2
        while key in keys:
            key, number = f"{wanted}#{number}", number + 1
        keys.append(key)
    return keys


def measure_of(column: Column, key: str) -> Measure:
    """Describe a column of scores."""
    apart = key.partition("/")[2]
    return Measure(
        key=key,
        label=f"{column.metric}, {apart}" if apart else column.metric,
        better="higher" if column.higher_is_better else "lower",
        digits=2,
        signature=column.signature,
    )


def pairs_of(
    compared: ComparedSystems, columns: Sequence[Column], keys: Sequence[str]
) -> list[Comparison]:
    """List all comparisons of all measures that have a column."""
    known = {
        (column.metric, column.signature, tuple(column.references)): key
        for column, key in zip(columns, keys, strict=True)
    }
    found = []
    for metric in compared.metrics:
        key = known.get((metric.metric, metric.signature, tuple(metric.references)))
        if key is None:
            continue
        found += [
            Comparison(
                measure=key,
                first=pair.first,
                second=pair.second,
                difference=pair.difference,
                low=pair.low,
                high=pair.high,
                p=pair.p,
                p_adjusted=pair.p_holm,
                agreement=pair.agreement,
                significant=pair.better,
            )
            for pair in metric.pairs
        ]
    return found


def report_segments(
    testset: TestSet,
    hypotheses: Sequence[Sequence[str] | None],
    scores: Sequence[Sequence[float] | None],
    *,
    findings: Sequence[Sequence[Sequence[Finding]]] = (),
    reference_findings: Sequence[Sequence[Finding]] = (),
) -> list[ReportSegment]:
    """Turn columns into segments; a system without outputs has None everywhere."""
    sources = testset.sources or ("",) * len(testset)
    marked = any(findings)
    return [
        ReportSegment(
            source=sources[at],
            references=tuple(ref.segments[at] for ref in testset.references),
            outputs=tuple(None if texts is None else texts[at] for texts in hypotheses),
            scores=tuple(None if each is None else each[at] for each in scores),
            issues=tuple(
                tuple(finding.kind for finding in each[at]) if each else ()
                for each in findings
            )
            if marked
            else (),
            remarks=tuple(
                tuple(finding.message for finding in each[at]) if each else ()
                for each in findings
            )
            if marked
            else (),
            reference_issues=tuple(finding.kind for finding in reference_findings[at])
            if reference_findings
            else (),
            document=testset.documents[at] if testset.documents else "",
        )
        for at in range(len(testset))
    ]


def traits_of(
    testset: TestSet,
    names: Sequence[str],
    hypotheses: Sequence[Sequence[str] | None],
    baseline: str | None,
) -> tuple[Trait, ...]:
    """Score German sources by what they have; nothing of other or no sources.

    Args:
        testset: The sources and references.
        names: Of the systems.
        hypotheses: Theirs; None: a system without outputs.
        baseline: The system whose distance from the others is looked at; None, or one
            without outputs: the first that has some.
    """
    there = [at for at, texts in enumerate(hypotheses) if texts is not None]
    if testset.sources is None or testset.source_language != "de" or not there:
        return ()
    outputs = [SystemOutput(names[at], tuple(hypotheses[at] or ())) for at in there]
    found = by_trait(
        testset.sources,
        TRAIT_METRIC.statistics(testset, outputs),
        TRAIT_METRIC,
        baseline=next((n for n, at in enumerate(there) if names[at] == baseline), 0),
    )

    def in_order(values: Sequence[float]) -> tuple[float | None, ...]:
        placed = dict(zip(there, values, strict=True))
        return tuple(placed.get(at) for at in range(len(names)))

    return tuple(
        Trait(
            each.trait,
            each.members,
            in_order(each.scores),
            in_order(each.gaps),
            in_order(each.p),
        )
        for each in found
    )


def segment_column(table: ScoreTable) -> Column:
    """Choose what segments are sorted by."""
    for metric in SEGMENT_METRICS:
        for column in table.columns:
            if column.metric == metric:
                return column
    return table.columns[0]


def all_error_classes() -> tuple[ErrorClass, ...]:
    """List the kinds of error that the checks know, with a line on each."""
    from satzpaar.translate.checks.registry import SUMMARIES

    return tuple(
        ErrorClass(key, key.capitalize(), summary) for key, summary in SUMMARIES.items()
    )
