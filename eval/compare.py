"""Which system is better, and how sure that is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from satzpaar.eval.effect import expected_agreement
from satzpaar.eval.score import FORMAT, Measured, measure_systems
from satzpaar.eval.significance import (
    bootstrap,
    by_block,
    compatible_bootstrap,
    compatible_randomisation,
    holm,
    randomisation,
)
from satzpaar.eval.verdict import of_all, of_metric, of_pair
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from satzpaar.eval.metrics import Metric
    from satzpaar.eval.testset import SystemOutput, TestSet

BlockKind = Literal["segment", "document"]

COMPARED_METRICS: Final = ("bleu", "chrf")
DEFAULT_SEED: Final = 12345  # sacreBLEU's
DEFAULT_RESAMPLES: Final = 10_000
COMPATIBLE_RESAMPLES: Final = 1_000  # sacreBLEU's for the bootstrap

# Below these, random draws have too little to draw from; ours.
LEAST_SEGMENTS: Final = 300  # for a verdict
LEAST_DOCUMENTS: Final = 20  # to draw documents rather than segments


@dataclass(frozen=True, slots=True)
class Pair:
    """Two systems, the one with the better score first."""

    first: str
    second: str
    difference: float  # the score of the first minus that of the second
    low: float  # the middle 95 % of that difference over bootstrap resamples
    high: float
    p: float  # approximate randomisation
    p_holm: float  # the same, corrected for the number of pairs
    p_bootstrap: float  # centred, two-sided
    p_bootstrap_holm: float
    agreement: float | None  # share of people who would prefer the first
    better: bool | None  # whether the first is; None: too little text for a verdict
    verdict: str


@dataclass(frozen=True, slots=True)
class MetricComparison:
    """All pairs by one metric against the same references."""

    metric: str
    signature: str
    references: tuple[str, ...]
    higher_is_better: bool
    ranking: tuple[str, ...]  # the systems, the best score first
    scores: tuple[float, ...]  # in that order
    pairs: tuple[Pair, ...]
    verdict: str

    def pair(self, one: str, other: str) -> Pair:
        """Return the pair of two systems, whichever is the better.

        Raises:
            KeyError: They were not compared.
        """
        for pair in self.pairs:
            if {pair.first, pair.second} == {one, other}:
                return pair
        raise KeyError((one, other))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All comparisons of systems on a test set, and how they were made."""

    testset: str
    testset_hash: str
    segments: int
    block: BlockKind  # what was drawn and swapped
    blocks: int
    trials: int  # of approximate randomisation
    resamples: int  # of the bootstrap
    seed: int
    alpha: float
    compatible: bool  # sacreBLEU's tests, with its p-values
    baseline: str | None  # the system all others are compared with; None: all pairs
    metrics: tuple[MetricComparison, ...]
    verdict: str  # one sentence
    notes: tuple[str, ...]

    def to_json(self) -> str:
        """Write the comparison so that :meth:`from_json` reads it."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a comparison that :meth:`to_json` wrote.

        Raises:
            ValueError: It is none.
        """
        found = json.loads(text)
        if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
            raise ValueError(f"no comparison in format {FORMAT}")
        try:
            metrics = tuple(map(_metric_from, found["metrics"]))
            return cls(**{**found, "metrics": metrics, "notes": tuple(found["notes"])})
        except (KeyError, TypeError) as error:
            raise ValueError(f"no comparison: {error}") from None


def _metric_from(found: dict[str, Any]) -> MetricComparison:
    lists = {key: tuple(found[key]) for key in ("references", "ranking", "scores")}
    pairs = tuple(Pair(**pair) for pair in found["pairs"])
    return MetricComparison(**{**found, **lists, "pairs": pairs})


@dataclass(frozen=True, slots=True)
class ComparisonOptions:
    """How systems are compared."""

    trials: int = DEFAULT_RESAMPLES
    resamples: int = DEFAULT_RESAMPLES
    seed: int = DEFAULT_SEED
    alpha: float = 0.05
    blocks: Literal["auto", "segments", "documents"] = "auto"
    compatible: bool = False  # with sacreBLEU
    baseline: str | None = None

    def __post_init__(self) -> None:
        if min(self.trials, self.resamples) < 100:
            raise UsageError("at least 100 trials and resamples are expected")
        if self.seed < 0:
            raise UsageError(f"seed {self.seed}: 0 or more is expected")
        if not 0 < self.alpha < 1:
            raise UsageError(
                f"alpha {self.alpha}: a number between 0 and 1 is expected"
            )
        if self.compatible and self.blocks == "documents":
            raise UsageError("sacreBLEU knows no documents: --blocks segments")


def compare_systems(
    testset: TestSet,
    systems: Sequence[SystemOutput],
    metrics: Sequence[str | Metric] = COMPARED_METRICS,
    options: ComparisonOptions | None = None,
) -> Comparison:
    """Compare systems with each other by every metric.

    Raises:
        InputError: Systems and test set do not fit each other.
        UsageError: A metric is unknown, or there are fewer than two systems.
    """
    check_compared(systems, options or ComparisonOptions())
    measured = measure_systems(testset, systems, metrics)
    return comparison_of(testset, systems, measured, options)


def check_compared(systems: Sequence[SystemOutput], options: ComparisonOptions) -> None:
    """Refuse what cannot be compared; measuring first may take an hour.

    Raises:
        UsageError: There are fewer than two systems, or the baseline is none of them.
    """
    names = [system.name for system in systems]
    if len(systems) < 2:
        raise UsageError("two systems or more are compared; one is given")
    if options.baseline is not None and options.baseline not in names:
        raise UsageError(
            f"no system {options.baseline!r} to compare with; there are "
            + ", ".join(names)
        )


def comparison_of(
    testset: TestSet,
    systems: Sequence[SystemOutput],
    measured: Sequence[Measured],
    options: ComparisonOptions | None = None,
) -> Comparison:
    """Compare what :func:`measure_systems` measured.

    Raises:
        UsageError: There are fewer than two systems, or the baseline is none of them.
    """
    options = options or ComparisonOptions()
    check_compared(systems, options)
    names = [system.name for system in systems]
    block_of_segment, notes = _blocks(testset, options)
    enough = len(testset) >= LEAST_SEGMENTS
    if not enough:
        notes.append(
            f"no verdict: {len(testset)} segments; {LEAST_SEGMENTS} are the least"
        )
    found: list[MetricComparison] = []
    for each in measured:
        if len(each.systems) < 2:
            alone = names[each.systems[0]]
            notes.append(
                f"{alone}: no other system has its {each.metric.name} signature"
            )
            continue
        found.append(_compared(each, names, block_of_segment, options, enough=enough))
    return Comparison(
        testset=testset.name,
        testset_hash=testset.content_hash,
        segments=len(testset),
        block="segment" if block_of_segment is None else "document",
        blocks=len(testset) if block_of_segment is None else len(set(block_of_segment)),
        trials=options.trials,
        resamples=options.resamples,
        seed=options.seed,
        alpha=options.alpha,
        compatible=options.compatible,
        baseline=options.baseline,
        metrics=tuple(found),
        verdict=of_all(found, enough=enough, segments=len(testset)),
        notes=tuple(notes),
    )


def _blocks(
    testset: TestSet, options: ComparisonOptions
) -> tuple[Sequence[int] | None, list[str]]:
    """Choose what is drawn: None is segments, else the document of each segment."""
    documents, document_of_segment = testset.document_numbers()
    if options.blocks == "documents":
        if len(documents) < 2:
            raise UsageError(
                f"{testset.name}: --blocks documents needs the ids of two or more"
            )
        return document_of_segment, []
    if options.blocks == "segments" or options.compatible or not documents:
        return None, []
    if len(documents) < LEAST_DOCUMENTS:
        return None, [
            (
                f"drawn by segment: {len(documents)} documents are too few to draw "
                "from, so that intervals are rather too narrow"
            )
        ]
    return document_of_segment, []


def _compared(
    measured: Measured,
    names: Sequence[str],
    block_of_segment: Sequence[int] | None,
    options: ComparisonOptions,
    *,
    enough: bool,
) -> MetricComparison:
    metric, statistics = measured.metric, measured.statistics
    if block_of_segment is not None:
        statistics = by_block(statistics, block_of_segment)
    draw = compatible_bootstrap if options.compatible else bootstrap
    swap = compatible_randomisation if options.compatible else randomisation
    drawn = draw(
        statistics, metric.scores, resamples=options.resamples, seed=options.seed
    )
    sign = 1 if metric.higher_is_better else -1
    order = sorted(
        range(len(measured.systems)), key=lambda i: -sign * drawn.observed[i]
    )
    own = [names[number] for number in measured.systems]
    pairs = [
        (i, j)
        for at, i in enumerate(order)
        for j in order[at + 1 :]
        if options.baseline in {None, own[i], own[j]}
    ]
    swapped = swap(
        statistics, metric.scores, pairs, trials=options.trials, seed=options.seed
    )
    p_bootstrap = [
        drawn.compatible_p_value(i, j) if options.compatible else drawn.p_value(i, j)
        for i, j in pairs
    ]
    corrected, corrected_bootstrap = holm(swapped), holm(p_bootstrap)
    found: list[Pair] = []
    for number, (i, j) in enumerate(pairs):
        difference = float(drawn.observed[i] - drawn.observed[j])
        low, high = drawn.interval(i, j)
        agreement = expected_agreement(metric.name, measured.signature, difference)
        better = corrected[number] < options.alpha if enough else None
        found.append(
            Pair(
                first=own[i],
                second=own[j],
                difference=difference,
                low=low,
                high=high,
                p=swapped[number],
                p_holm=corrected[number],
                p_bootstrap=p_bootstrap[number],
                p_bootstrap_holm=corrected_bootstrap[number],
                agreement=agreement,
                better=better,
                verdict=of_pair(
                    own[i],
                    own[j],
                    metric.name,
                    difference=difference,
                    interval=(low, high),
                    p=corrected[number],
                    agreement=agreement,
                    better=better,
                ),
            )
        )
    ranking = [own[i] for i in order]
    return MetricComparison(
        metric=metric.name,
        signature=measured.signature,
        references=measured.testset.reference_names,
        higher_is_better=metric.higher_is_better,
        ranking=tuple(ranking),
        scores=tuple(float(drawn.observed[i]) for i in order),
        pairs=tuple(found),
        verdict=of_metric(metric.name, ranking, found, baseline=options.baseline),
    )
