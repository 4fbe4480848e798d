"""The stages after translating: scores with their significance, and marks of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from satzpaar.eval.bench.manifest import Scored
from satzpaar.eval.bench.statistics import packed
from satzpaar.eval.compare import Comparison, ComparisonOptions, comparison_of
from satzpaar.eval.report.scored import measure_keys
from satzpaar.eval.score import ScoreTable, measure_systems, table_of
from satzpaar.translate.checks.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.eval.bench.config import BenchSetting
    from satzpaar.eval.testset import SystemOutput, TestSet


def scored(
    testset: TestSet, outputs: Sequence[SystemOutput], setting: BenchSetting
) -> dict[str, Any]:
    """Score systems on a test set and compare them, as JSON for the store."""
    measured = [
        (specification, each)
        for specification in setting.metrics
        for each in measure_systems(testset, outputs, [specification])
    ]
    alone = [each for _, each in measured]
    table = table_of(testset, outputs, alone)
    names = [output.name for output in outputs]
    compared = None
    if len(outputs) > 1:
        options = ComparisonOptions(
            trials=setting.resamples,
            resamples=setting.resamples,
            seed=setting.seed,
            baseline=setting.baseline if setting.baseline in names else None,
        )
        compared = comparison_of(testset, outputs, alone, options)
    keys = measure_keys(table.columns, testset.reference_names)
    return {
        "table": table.to_json(),
        "comparison": compared.to_json() if compared else None,
        "specifications": {
            key: specification
            for key, (specification, _) in zip(keys, measured, strict=True)
        },
        "statistics": {
            key: {
                names[number]: packed(rows)
                for number, rows in zip(each.systems, each.statistics, strict=True)
            }
            for key, (_, each) in zip(keys, measured, strict=True)
        },
    }


def table_in(result: dict[str, Any]) -> ScoreTable:
    """Return the table of scores in a result of `scored`."""
    return ScoreTable.from_json(result["table"])


def comparison_in(result: dict[str, Any]) -> Comparison | None:
    """Return the comparison in a result of `scored`, None of a single system."""
    text = result["comparison"]
    return None if text is None else Comparison.from_json(text)


def scores_in(result: dict[str, Any], testset: TestSet) -> dict[str, dict[str, Scored]]:
    """Return each system's scores by measure."""
    table = table_in(result)
    keys = measure_keys(table.columns, testset.reference_names)
    return {
        system.name: {
            key: Scored(
                value=score.value,
                metric=score.metric,
                signature=score.signature,
                specification=result["specifications"][key],
                higher_is_better=column.higher_is_better,
                segmentation=system.segmentation,
            )
            for key, column in zip(keys, table.columns, strict=True)
            if (score := column.scores[place]) is not None
        }
        for place, system in enumerate(table.systems)
    }


def analysed(testset: TestSet, hypotheses: Sequence[str]) -> list[list[list[str]]]:
    """Check every segment, as JSON for the store: kind, severity and message.

    Args:
        testset: Its sources are German.
        hypotheses: English, of a system or a reference.
    """
    from satzpaar.translate.checks.registry import check_pair

    return [
        [
            [finding.kind, finding.severity, finding.message]
            for finding in check_pair(source, hypothesis)
        ]
        for source, hypothesis in zip(testset.sources or (), hypotheses, strict=True)
    ]


def findings_in(result: list[list[list[str]]]) -> list[list[Finding]]:
    """Return what `analysed` found."""
    return [
        [
            Finding(kind, "major" if severity == "major" else "minor", message)
            for kind, severity, message in found
        ]
        for found in result
    ]
