"""A run as the report shows it: tables, plots, segments, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from satzpaar.eval.bench.config import MeasureSetting
from satzpaar.eval.bench.costs import BY_KEY, cost_measures
from satzpaar.eval.bench.scoring import comparison_in, findings_in, table_in
from satzpaar.eval.bench.testsets import testset_from
from satzpaar.eval.bench.verdict import verdict_of
from satzpaar.eval.report.data import (
    Figure,
    HistoryPoint,
    ReportData,
    Section,
    SystemReport,
)
from satzpaar.eval.report.scored import (
    TRAIT_METRIC,
    all_error_classes,
    facts_of,
    measure_keys,
    measure_of,
    pairs_of,
    report_segments,
    segment_column,
    traits_of,
)
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.eval.bench.manifest import Cell, Manifest, TestSetEntry
    from satzpaar.eval.bench.store import Store
    from satzpaar.eval.report.data import Measure

# Load a core while we measure; our own work alone gives 1. Ours.
BUSY: Final = 1.25
SHOWN_SETTINGS: Final = (
    "model",
    "engine",
    "compute_type",
    "beam",
    "once",
    "in_context",
    "threads",
    "device",
)


def report_of(
    manifest: Manifest, store: Store, earlier: Sequence[Manifest] = ()
) -> ReportData:
    """Make the report of a run.

    Args:
        manifest: The run.
        store: Where its stages' results are.
        earlier: Runs for the history, in any order; the same run counts once.

    Raises:
        InputError: A result that the manifest names is not in the store.
    """
    sections = tuple(_section(manifest, entry, store) for entry in manifest.test_sets)
    runs: list[Manifest] = []
    for each in (*earlier, manifest):  # an archive of manifests has the last one too
        if each not in runs:
            runs.append(each)
    return ReportData(
        title=manifest.title,
        verdict=verdict_of(manifest, sections),
        sections=sections,
        history=tuple(_history(runs)) if len(runs) > 1 else (),
        notes=tuple(_notes(manifest)),
        provenance=tuple(_provenance(manifest)),
        created=manifest.created,
    )


def _result(store: Store, stage: str, key: str) -> Any:
    found = store.get(stage, key)
    if found is None:
        raise InputError(
            store.path(stage, key),
            "is missing or damaged; `satzpaar bench run` makes it again",
        )
    return found


def _section(manifest: Manifest, entry: TestSetEntry, store: Store) -> Section:
    cells = [cell for cell in manifest.cells if cell.test_set == entry.name]
    costs: tuple[Measure, ...] = ()
    if any(cell.costs for cell in cells):
        costs = cost_measures(MeasureSetting(**manifest.measured))
    if not entry.score_key:
        return Section(
            name=entry.name,
            measures=costs,
            systems=tuple(_system(cell, manifest) for cell in cells),
            notes=("No system has an output to score.",),
        )
    result = _result(store, "score", entry.score_key)
    table, compared = table_in(result), comparison_in(result)
    testset = testset_from(_result(store, "testset", entry.content_hash), entry.name)
    keys = measure_keys(table.columns, testset.reference_names)
    scored = {system.name: place for place, system in enumerate(table.systems)}
    by_segment = segment_column(table)
    hypotheses = [_outputs(cell, store) for cell in cells]
    marks = [
        findings_in(_result(store, "analyse", key))
        if (key := cell.keys.get("analyse"))
        else []
        for cell in cells
    ]
    own = []
    if entry.analyse_key:
        own = findings_in(_result(store, "analyse", entry.analyse_key))
    return Section(
        name=entry.name,
        measures=(
            *(
                measure_of(column, key)
                for column, key in zip(table.columns, keys, strict=True)
            ),
            *costs,
        ),
        systems=tuple(_system(cell, manifest) for cell in cells),
        verdict=compared.verdict if compared else "",
        comparisons=tuple(pairs_of(compared, table.columns, keys)) if compared else (),
        alpha=compared.alpha if compared else None,
        segments=tuple(
            report_segments(
                testset,
                hypotheses,
                [
                    by_segment.segments[scored[cell.system]]
                    if cell.system in scored
                    else None
                    for cell in cells
                ],
                findings=marks,
                reference_findings=own,
            )
        ),
        segment_measure=by_segment.metric,
        error_classes=all_error_classes() if any(marks) else (),
        traits=traits_of(
            testset, [cell.system for cell in cells], hypotheses, manifest.baseline
        ),
        trait_measure=TRAIT_METRIC.name,
        notes=(
            *table.notes,
            *(compared.notes if compared else ()),
            *(
                f"{cell.system}: {cell.error}"
                for cell in cells
                if cell.error and cell.scores
            ),
            *_equivalence_notes(manifest, entry.name),
        ),
        facts=facts_of(testset, compared),
        languages=(testset.source_language or "de", testset.target_language or "en"),
    )


def _outputs(cell: Cell, store: Store) -> list[str] | None:
    for stage in ("translate", "given"):
        if key := cell.keys.get(stage):
            return list(_result(store, stage, key)["outputs"])
    return None


def _shown(value: object) -> str:
    """Write a setting for a reader; None stands for all threads.

    >>> _shown(True), _shown(1), _shown(None)
    ('yes', '1', 'all')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "all" if value is None else str(value)


def _system(cell: Cell, manifest: Manifest) -> SystemReport:
    figures = {key: Figure(score.value) for key, score in cell.scores.items()}
    figures |= {
        key: Figure(cost.median, cost.low, cost.high)
        for key, cost in cell.costs.items()
    }
    details = []
    if cell.settings:
        others = [each.settings for each in manifest.cells if each.settings]
        for key in SHOWN_SETTINGS:
            value = cell.settings.get(key, False)  # older runs knew fewer
            shown = _shown(value)
            varies = len({str(each.get(key, False)) for each in others}) > 1
            named = shown in cell.system and not isinstance(value, bool)
            if varies and not named:
                details.append((key.replace("_", " "), shown))
    else:
        details.append(("given as", "a file"))
    return SystemReport(
        name=cell.system,
        figures=figures,
        details=tuple(details),
        error=cell.error,
        baseline=cell.system == manifest.baseline,
    )


def _equivalence_notes(manifest: Manifest, test_set: str) -> Iterator[str]:
    for each in manifest.equivalence:
        if each.test_set != test_set:
            continue
        differences = ", ".join(
            f"{value:+.2f} {key}" for key, value in each.differences.items()
        )
        said = "count as the same" if each.passed else "do NOT count as the same"
        yield (
            f"Engines: {each.first} and {each.second} {said}: {each.identical:.1%} of "
            f"the outputs identical ({each.least_identical:.1%} expected); "
            f"{differences}."
        )


def _notes(manifest: Manifest) -> Iterator[str]:
    cores = int(manifest.machine.get("cores") or 1)
    loads = [load for cell in manifest.cells for load in cell.load_averages]
    if loads and max(loads) > BUSY * cores:
        yield (
            f"The machine was busy while costs were measured: load average up to "
            f"{max(loads):g} on {cores} cores. Compare costs within this table, and "
            "not with others."
        )
    failed = [cell for cell in manifest.cells if cell.error]
    if failed:
        yield (
            f"{len(failed)} of {len(manifest.cells)} cells failed; they are missing "
            "below and part of no figure."
        )


def _provenance(manifest: Manifest) -> Iterator[tuple[str, str]]:
    for name, version in manifest.versions.items():
        yield name, version
    for key, value in manifest.machine.items():
        shown = "not readable" if key == "energy" and value is None else str(value)
        yield key.replace("_", " "), shown
    if manifest.load_average is not None:
        yield "load average before", f"{manifest.load_average:g}"
    yield "seed", str(manifest.seed)
    yield "resamples and trials", f"{manifest.resamples:,}"
    for model in sorted({cell.model_hash for cell in manifest.cells} - {""}):
        yield "model, SHA-256", model
    for each in manifest.test_sets:
        yield f"{each.name}, SHA-256", each.content_hash
    for name, code in manifest.code.items():
        yield f"code: {name}", code


def _when(created: str, times: Sequence[str]) -> str:
    """Name a run by its day, and by its time where that was not the day's only one.

    >>> _when("2026-03-01T10:20:30+00:00", ["2026-03-01T10:20:30+00:00"])
    '2026-03-01'
    >>> _when("2026-03-01T10:20:30", ["2026-03-01T10:20:30", "2026-03-01T10:20:41"])
    '03-01 10:20:30'
    """
    for start, end in ((0, 10), (5, 16)):  # the day, the minute
        if sum(each[start:end] == created[start:end] for each in times) == 1:
            break
    else:
        start, end = 5, 19
    return created[start:end].replace("T", " ")


def _history(manifests: Sequence[Manifest]) -> Iterator[HistoryPoint]:
    ordered = sorted(manifests, key=lambda each: each.created)
    times = [each.created for each in ordered]
    for manifest in ordered:
        run = _when(manifest.created, times)
        for cell in manifest.cells:
            entry = manifest.test_set(cell.test_set)
            test_set = entry.content_hash if entry else ""
            for score in cell.scores.values():
                yield HistoryPoint(
                    when=manifest.created,
                    run=run,
                    value=score.value,
                    section=cell.test_set,
                    system=cell.system,
                    measure=score.metric,
                    comparable=f"{test_set} {score.signature}",
                )
            for key, cost in cell.costs.items():
                yield HistoryPoint(
                    when=manifest.created,
                    run=run,
                    value=cost.median,
                    section=cell.test_set,
                    system=cell.system,
                    measure=f"{BY_KEY[key].label}, {BY_KEY[key].unit}",
                    comparable=f"{test_set} {sorted(manifest.machine.items())}",
                )
