"""Hypotheses and references in, scores and reports out.

    testset = load_testset("wmt23/")                       # eval.inputs
    table = score_systems(testset, systems, ["bleu"])      # eval.score: ScoreTable
    comparison = compare_systems(testset, systems)         # eval.compare: Comparison

``systems`` are :class:`SystemOutput`, a name and one hypothesis a segment; test sets
that came with outputs have them as ``testset.systems``. Who wants both results counts
once: ``measured = measure_systems(...)``, then ``table_of`` and ``comparison_of``. Both
results write themselves with ``to_json`` and read themselves with ``from_json``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from satzpaar.eval.compare import (
        Comparison,
        ComparisonOptions,
        compare_systems,
        comparison_of,
    )
    from satzpaar.eval.inputs import load_testset
    from satzpaar.eval.score import (
        Score,
        ScoreTable,
        measure_systems,
        score_systems,
        table_of,
    )
    from satzpaar.eval.testset import Reference, SystemOutput, TestSet

__all__ = [
    "Comparison",
    "ComparisonOptions",
    "Reference",
    "Score",
    "ScoreTable",
    "SystemOutput",
    "TestSet",
    "compare_systems",
    "comparison_of",
    "load_testset",
    "measure_systems",
    "score_systems",
    "table_of",
]

_HOMES = {
    "compare": (
        "Comparison",
        "ComparisonOptions",
        "compare_systems",
        "comparison_of",
    ),
    "inputs": ("load_testset",),
    "score": ("Score", "ScoreTable", "measure_systems", "score_systems", "table_of"),
    "testset": ("Reference", "SystemOutput", "TestSet"),
}


# The benchmark measures engines in processes that import this package: nothing is
# loaded there that is not asked for.
def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"satzpaar.eval.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
