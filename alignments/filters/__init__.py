"""What tells good translation units from bad: filters, each with a score of its own.

A filter says how a unit does on a scale of its own; a threshold, which is kept apart,
says what is good enough. Filters are applied to a stream and see each unit once.

    kept = (verdict.unit for verdict in apply(units, load_filters()) if verdict.kept)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from satzpaar.alignments.filters.filter import (
    REJECTED,
    Filter,
    Learner,
    Reason,
    Rememberer,
    Score,
    Verdict,
)
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from satzpaar.alignments.bitext import TranslationUnit

__all__ = [
    "FILTERS",
    "REJECTED",
    "Filter",
    "Learner",
    "Reason",
    "Rememberer",
    "Score",
    "Verdict",
    "apply",
    "learn",
    "load_filters",
]


def _filter(module: str, name: str) -> Callable[[], Callable[..., Filter]]:
    return lambda: cast(
        "Callable[..., Filter]",
        getattr(import_module(f"satzpaar.alignments.filters.{module}"), name),
    )


# Loaders, in the order in which reasons are given: only what is in use is imported.
FILTERS: Final[Mapping[str, Callable[[], Callable[..., Filter]]]] = {
    "short": _filter("lengths", "Short"),
    "long": _filter("lengths", "Long"),
    "letters": _filter("lengths", "Letters"),
    "encoding": _filter("encoding", "Encoding"),
    "copy": _filter("copies", "Copies"),
    "language": _filter("languages", "Languages"),
    "length-ratio": _filter("lengths", "LengthRatio"),
    "numbers": _filter("numbers", "Numbers"),
    "confidence": _filter("confidence", "Confidence"),
    "boilerplate": _filter("boilerplate", "Boilerplate"),
    "duplicate": _filter("duplicates", "Duplicates"),
}


def load_filters(
    thresholds: Mapping[str, float] | None = None, without: Collection[str] = ()
) -> list[Filter]:
    """Make the filters, all but those named *without*, each with an empty memory.

    Args:
        thresholds: By filter, where its own default is not wanted.
        without: Names of filters that are left out.

    Raises:
        UsageError: There is no filter of that name, or it takes no such threshold.
    """
    thresholds = thresholds or {}
    for name in (*thresholds, *without):
        if name not in FILTERS:
            raise UsageError(f"no filter {name!r}; filters: {', '.join(FILTERS)}")
    made = []
    for name, loader in FILTERS.items():
        if name in without:
            continue
        if name in thresholds:
            made.append(loader()(thresholds[name]))
        else:
            made.append(loader()())
    return made


def learn(units: Iterable[TranslationUnit], filters: Iterable[Filter]) -> None:
    """Show a corpus to the filters that judge a unit by all the others.

    It may be left out: they then know what is usual, and what they have seen so far.
    """
    learners = [one for one in filters if isinstance(one, Learner)]
    for unit in units:
        for learner in learners:
            learner.learn(unit)


def apply(
    units: Iterable[TranslationUnit], filters: Iterable[Filter]
) -> Iterator[Verdict]:
    """Yield each unit, in order, with every reason against it.

    Of units that are nearly the same the first that is kept stays.
    """
    chosen = list(filters)
    rememberers = [one for one in chosen if isinstance(one, Rememberer)]
    for unit in units:
        scores = ((one, one.score(unit)) for one in chosen)
        verdict = Verdict(
            unit,
            tuple(
                Reason(one.name, score, one.threshold, at_most=one.at_most)
                for one, score in scores
                if not _passes(score.value, one)
            ),
        )
        if verdict.kept:
            for rememberer in rememberers:
                rememberer.remember(unit)
        yield verdict


def _passes(value: float, judge: Filter) -> bool:
    return value <= judge.threshold if judge.at_most else value >= judge.threshold
