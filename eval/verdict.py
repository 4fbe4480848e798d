"""What the numbers of a comparison come to, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.eval.compare import MetricComparison, Pair


def of_pair(
    first: str,
    second: str,
    metric: str,
    *,
    difference: float,
    interval: tuple[float, float],
    p: float,
    agreement: float | None,
    better: bool | None,
) -> str:
    """Say of two systems whether the first is better.

    Args:
        first: The one with the better score.
        second: The other.
        metric: Its name in tables.
        difference: First minus second.
        interval: What 95 % of the differences lie in.
        p: Corrected for the number of pairs.
        agreement: The share of people who would prefer the first.
        better: Whether it is; None forbids a verdict.
    """
    size = (
        f"{abs(difference):.2f} {metric} apart "
        f"(95 % interval of the difference {interval[0]:.2f} to {interval[1]:.2f}), "
        f"p = {p:.2g}"
    )
    if better is None:
        return f"No verdict on {first} and {second}, too few segments: {size}."
    if not better:
        return f"{first} and {second} cannot be told apart: {size}."
    people = ""
    if agreement is not None:
        people = f"; about {agreement:.0%} of comparisons by people would agree"
    return f"{first} is better than {second}: {size}{people}."


def of_metric(
    metric: str,
    ranking: Sequence[str],
    pairs: Sequence[Pair],
    *,
    baseline: str | None = None,
) -> str:
    """Say what a metric makes of all systems."""
    if pairs and pairs[0].better is None:
        return f"No verdict by {metric}: too few segments."
    if baseline is not None:
        return f"By {metric} {_against(baseline, pairs)}."
    rivals = _rivals(ranking, pairs)
    if not rivals:
        others = len(ranking) - 1
        than = {1: ranking[1], 2: "both others"}.get(others, f"all {others} others")
        return f"By {metric} {ranking[0]} is better than {than}."
    if len(rivals) == len(ranking) - 1 == 1:
        return f"By {metric} {ranking[0]} and {rivals[0]} cannot be told apart."
    return (
        f"By {metric} {ranking[0]} scores best, but {_listed(rivals)} "
        f"{_are(rivals)} not shown to be worse."
    )


def of_all(metrics: Sequence[MetricComparison], *, enough: bool, segments: int) -> str:
    """Say what all metrics come to, those against all references together."""
    if not metrics:
        return "No verdict: no two systems were scored with one signature."
    if not enough:
        return f"No verdict: {segments} segments are too few."
    most = max(len(each.references) for each in metrics)
    counted = [each for each in metrics if len(each.references) == most]
    verdicts = {_without_metric(each) for each in counted}
    if len(counted) > 1 and len(verdicts) == 1:
        names = _listed([each.metric for each in counted])
        return f"By {names} {verdicts.pop()}"
    sentences = [each.verdict.rstrip(".") for each in counted]
    rest = [sentence[0].lower() + sentence[1:] for sentence in sentences[1:]]
    return "; ".join([sentences[0], *rest]) + "."


def _without_metric(compared: MetricComparison) -> str:
    return compared.verdict.removeprefix(f"By {compared.metric} ")


def _against(baseline: str, pairs: Sequence[Pair]) -> str:
    """Say of each system how it stands to the baseline."""
    above = [pair.first for pair in pairs if pair.second == baseline and pair.better]
    below = [pair.second for pair in pairs if pair.first == baseline and pair.better]
    even = [
        pair.second if pair.first == baseline else pair.first
        for pair in pairs
        if not pair.better
    ]
    if not above and not below:
        return f"no system can be told apart from {baseline}"
    parts = []
    if above:
        parts.append(f"{_listed(above)} {_are(above)} better than {baseline}")
    if below:
        than = "" if above else f" than {baseline}"
        parts.append(f"{_listed(below)} {_are(below)} worse{than}")
    said = " and ".join(parts)
    if even:
        said += f", while {_listed(even)} cannot be told apart from {baseline}"
    return said


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _rivals(ranking: Sequence[str], pairs: Sequence[Pair]) -> list[str]:
    """List the systems that the best one is not shown to be better than."""
    return [
        pair.second for pair in pairs if pair.first == ranking[0] and not pair.better
    ]


def _listed(names: Sequence[str]) -> str:
    """Join names for a sentence.

    >>> _listed(["a", "b", "c"])
    'a, b and c'
    """
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
