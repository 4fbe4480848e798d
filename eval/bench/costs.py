"""What is measured of a system beside its quality, and how repeats are summed up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from satzpaar.eval.bench.jobs import percentile
from satzpaar.eval.bench.manifest import Costed
from satzpaar.eval.report.data import Figure, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from satzpaar.eval.bench.config import MeasureSetting
    from satzpaar.eval.bench.manifest import Cell
    from satzpaar.eval.report.data import Direction


@dataclass(frozen=True, slots=True)
class Cost:
    """A kind of cost."""

    key: str
    label: str
    unit: str
    better: Direction
    digits: int
    how: str  # it is measured


COSTS: Final = tuple(
    Cost(*row)
    for row in (
        (
            "words_per_second",
            "Throughput",
            "words/s",
            "higher",
            0,
            "source words of the sample, all at once, after the warm-up",
        ),
        ("latency_p50", "Latency p50", "ms", "lower", 0, "one segment at a time"),
        ("latency_p95", "Latency p95", "ms", "lower", 0, "one segment at a time"),
        (
            "first_seconds",
            "First sentence",
            "s",
            "lower",
            2,
            "from the start of the process to its first translation",
        ),
        (
            "load_seconds",
            "Load",
            "s",
            "lower",
            2,
            "the engine's library imported and the model read, already converted",
        ),
        (
            "cpu_seconds",
            "CPU",
            "s/1,000 words",
            "lower",
            2,
            "processor time of all threads while the throughput is measured",
        ),
        ("peak_mb", "Peak memory", "MB", "lower", 0, "resident set of the process"),
        ("disk_mb", "On disk", "MB", "lower", 1, "the files that the engine loads"),
        (
            "joules",
            "Energy",
            "J/1,000 words",
            "lower",
            1,
            "RAPL, all processor packages of the machine",
        ),
    )
)
BY_KEY: Final = {cost.key: cost for cost in COSTS}


def cost_measures(setting: MeasureSetting) -> tuple[Measure, ...]:
    """Describe the columns of the costs."""
    return tuple(
        Measure(
            key=cost.key,
            label=cost.label,
            better=cost.better,
            kind="cost",
            unit=cost.unit,
            digits=cost.digits,
            signature=(
                f"{cost.how}; median of {setting.repeats} fresh processes, "
                f"{setting.segments} segments"
                + (f", {setting.single} of them" if "latency" in cost.key else "")
            ),
            spread="quartiles",
        )
        for cost in COSTS
    )


def summed_up(
    repeats: Sequence[Mapping[str, float | None]],
) -> dict[str, Figure]:
    """Return median and quartiles of each cost over the repeats.

    A cost that is missing in one repeat is missing altogether.
    """
    found = {}
    for cost in COSTS:
        values = [repeat.get(cost.key) for repeat in repeats]
        there = [value for value in values if value is not None]
        if there and len(there) == len(values):
            found[cost.key] = Figure(
                percentile(there, 50), percentile(there, 25), percentile(there, 75)
            )
    return found


def with_costs(
    cell: Cell,
    repeats: Sequence[Mapping[str, Any]],
    keys: Sequence[str],
    setting: MeasureSetting,
) -> Cell:
    """Add the costs to a cell; fewer repeats than wanted are none."""
    if len(repeats) < setting.repeats:
        return cell
    costs = {
        key: Costed(
            figure.value,
            figure.value if figure.low is None else figure.low,
            figure.value if figure.high is None else figure.high,
            tuple(repeat[key] for repeat in repeats),
        )
        for key, figure in summed_up(repeats).items()
    }
    loads = [repeat.get("load_average") for repeat in repeats]
    return replace(
        cell,
        costs=costs,
        keys={**cell.keys, "measure": list(keys)},
        load_averages=tuple(load for load in loads if load is not None),
    )
