"""Do two engines say the same? The gate for a conversion or a new version."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from satzpaar.eval.bench.manifest import Equivalence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from satzpaar.eval.bench.config import EquivalenceSetting
    from satzpaar.eval.bench.manifest import Cell

# Other types round, and then differ by right: those are for `bench gate`.
EXACT: Final = "float32"
# What two systems must share to be held against each other.
SHARED: Final = ("beam", "once", "in_context", "device")


def equivalences(
    cells: Sequence[Cell],
    outputs: Mapping[tuple[str, str], Sequence[str]],
    setting: EquivalenceSetting,
) -> Iterator[Equivalence]:
    """Compare all pairs of engines that run one model in float32 with one beam.

    Args:
        cells: The systems on their test sets, scored.
        outputs: By system and test set.
        setting: When a pair passes.
    """
    exact = [
        cell
        for cell in cells
        if cell.settings.get("compute_type") == EXACT
        and cell.scores
        and (cell.system, cell.test_set) in outputs
    ]
    for first, second in combinations(exact, 2):
        alike = (
            first.test_set == second.test_set
            and first.model_hash == second.model_hash
            and all(
                first.settings.get(key) == second.settings.get(key) for key in SHARED
            )
        )
        if alike and first.settings["engine"] != second.settings["engine"]:
            yield _held_against(first, second, outputs, setting)


def _held_against(
    first: Cell,
    second: Cell,
    outputs: Mapping[tuple[str, str], Sequence[str]],
    setting: EquivalenceSetting,
) -> Equivalence:
    pairs = zip(
        outputs[first.system, first.test_set],
        outputs[second.system, second.test_set],
        strict=True,
    )
    same = [one == other for one, other in pairs]
    identical = sum(same) / len(same)
    differences = {
        key: score.value - second.scores[key].value
        for key, score in first.scores.items()
        if key in second.scores
    }
    return Equivalence(
        first=first.system,
        second=second.system,
        test_set=first.test_set,
        identical=identical,
        least_identical=setting.least_identical,
        differences=differences,
        most_difference=dict(setting.most_difference),
        # A limit for a metric that was not computed is not kept.
        passed=identical >= setting.least_identical
        and all(
            key in differences and abs(differences[key]) <= limit
            for key, limit in setting.most_difference.items()
        ),
    )
