"""The gate for CI: is anything worse than a baseline by more than is allowed.

A drop counts only if chance does not explain it, and a pass only if chance could not
hide a drop: where the interval of the difference holds the limit, or two runs cannot be
compared, the answer is that it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from satzpaar.eval.bench.costs import BY_KEY
from satzpaar.eval.bench.statistics import unpacked
from satzpaar.eval.compare import LEAST_DOCUMENTS
from satzpaar.eval.known_metrics import make_metric
from satzpaar.eval.significance import bootstrap, by_block
from satzpaar.translate.errors import SatzpaarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.eval.bench.manifest import Cell, Manifest, TestSetEntry

Outcome = Literal["pass", "regression", "inconclusive"]

PASSED: Final = 0
REGRESSED: Final = 1
INCONCLUSIVE: Final = 3
STATUS: Final[dict[Outcome, int]] = {
    "pass": PASSED,
    "regression": REGRESSED,
    "inconclusive": INCONCLUSIVE,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """How much worse a measure may become."""

    measure: str  # bleu, chrf2++, words_per_second …
    amount: float  # points, or the cost's unit
    relative: bool  # `amount` is percent of the baseline's value

    def __str__(self) -> str:
        return f"{self.amount:g}{' %' if self.relative else ''}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the gate says of one measure of one system on one test set."""

    outcome: Outcome
    system: str
    test_set: str
    measure: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.system} on {self.test_set}" if self.system else self.test_set
        return f"{self.outcome}: {place}, {self.measure}: {self.reason}"


def read_limit(text: str) -> Limit:
    """Read ``bleu=0.5`` or ``words_per_second=20%``.

    Raises:
        UsageError: It is neither.

    >>> str(read_limit("words_per_second=20%")), read_limit("chrF++=0.3").measure
    ('20 %', 'chrf2++')
    """
    measure, equals, amount = text.partition("=")
    # Tables say BLEU and chrF2++. The name of a reference may follow, as it is written.
    name, slash, reference = measure.strip().partition("/")
    name = name.lower()
    measure = {"chrf": "chrf2", "chrf++": "chrf2++"}.get(name, name) + slash + reference
    relative = amount.strip().endswith("%")
    try:
        value = float(amount.strip().removesuffix("%"))
    except ValueError:
        value = -1.0
    if not measure or not equals or not 0 <= value < float("inf"):
        raise UsageError(
            f"{text!r}: MEASURE=NUMBER or MEASURE=NUMBER% is expected, say bleu=0.5"
        )
    return Limit(measure, value, relative)


def judgements(
    baseline: Manifest, current: Manifest, limits: Sequence[Limit]
) -> Iterator[Judgement]:
    """Judge every cell of the baseline by every limit.

    Cells that only the current run has are new, and nothing can be said of them. Costs
    of outputs that were given as a file there are none.

    Raises:
        UsageError: No cell of the baseline has a figure that a limit is for.
    """
    known = {key for cell in baseline.cells for key in (*cell.scores, *cell.costs)}
    for limit in limits:
        if limit.measure not in known:
            raise UsageError(
                f"the baseline has no {limit.measure!r}; there are "
                f"{', '.join(sorted(known)) or 'no figures'}"
            )
    for cell in baseline.cells:
        if cell.error and not cell.scores:
            continue  # there was nothing to keep up
        now = current.cell(cell.system, cell.test_set)
        for limit in limits:
            if limit.measure in BY_KEY and not cell.settings:
                continue
            if limit.measure not in cell.scores and limit.measure not in cell.costs:
                yield _unknown(cell, limit, "the baseline has no such figure")
            elif now is None:
                yield _unknown(cell, limit, "the cell is missing in the current run")
            elif now.error and limit.measure not in {*now.scores, *now.costs}:
                yield _unknown(cell, limit, f"the cell failed: {now.error}")
            elif limit.measure in cell.costs:
                yield _by_cost(cell, now, limit, baseline, current)
            else:
                yield _by_score(cell, now, limit, baseline, current)


def equivalence_judgements(manifest: Manifest) -> Iterator[Judgement]:
    """Judge what the run found out about its engines."""
    for each in manifest.equivalence:
        differences = ", ".join(
            f"{measure} {value:+.2f}" for measure, value in each.differences.items()
        )
        yield Judgement(
            "pass" if each.passed else "regression",
            f"{each.first} and {each.second}",
            each.test_set,
            "equivalence",
            f"{each.identical:.1%} identical, at least {each.least_identical:.1%} are "
            f"expected; {differences}",
        )


def status_of(judged: Sequence[Judgement]) -> int:
    """Return the exit status: a regression outweighs what is not known."""
    outcomes = {judgement.outcome for judgement in judged}
    for outcome in ("regression", "inconclusive"):
        if outcome in outcomes:
            return STATUS[outcome]
    return PASSED


def _unknown(cell: Cell, limit: Limit, reason: str) -> Judgement:
    return Judgement("inconclusive", cell.system, cell.test_set, limit.measure, reason)


def _by_cost(
    before: Cell, now: Cell, limit: Limit, baseline: Manifest, current: Manifest
) -> Judgement:
    if limit.measure not in now.costs:
        return _unknown(before, limit, "the current run has no such figure")
    if baseline.machine != current.machine:
        return _unknown(before, limit, "measured on another machine")
    if baseline.measured != current.measured:
        return _unknown(before, limit, "measured in another way")
    if before.settings.get("threads") != now.settings.get("threads"):
        return _unknown(before, limit, "measured with another number of threads")
    sets = baseline.test_set(before.test_set), current.test_set(before.test_set)
    if None in sets or len({each.content_hash for each in sets if each}) > 1:
        return _unknown(before, limit, "the test set is another (its hash differs)")
    old, new = before.costs[limit.measure], now.costs[limit.measure]
    return _judged(
        before,
        limit,
        new.median - old.median,
        # The middle half of the repeats, held against the baseline's.
        (new.low - old.high, new.high - old.low),
        old.median,
        f"{old.median:.4g} was, {new.median:.4g} is",
        higher_is_better=BY_KEY[limit.measure].better == "higher",
    )


def _by_score(
    before: Cell, now: Cell, limit: Limit, baseline: Manifest, current: Manifest
) -> Judgement:
    if limit.measure not in now.scores:
        return _unknown(before, limit, "the current run has no such figure")
    old, new = before.scores[limit.measure], now.scores[limit.measure]
    sets = baseline.test_set(before.test_set), current.test_set(before.test_set)
    if sets[0] is None or sets[1] is None:
        return _unknown(before, limit, "the test set is missing in a manifest")
    if sets[0].content_hash != sets[1].content_hash:
        return _unknown(before, limit, "the test set is another (its hash differs)")
    if old.signature != new.signature:
        return _unknown(
            before, limit, f"signatures differ: {old.signature}, now {new.signature}"
        )
    try:
        interval = _interval(before, limit, (sets[0], sets[1]), baseline)
    except (SatzpaarError, KeyError, ValueError) as error:
        return _unknown(before, limit, f"no interval of the difference: {error}")
    return _judged(
        before,
        limit,
        new.value - old.value,
        interval,
        old.value,
        f"{old.value:.2f} was, {new.value:.2f} is",
        higher_is_better=old.higher_is_better,
    )


def _interval(
    cell: Cell,
    limit: Limit,
    sets: tuple[TestSetEntry, TestSetEntry],
    baseline: Manifest,
) -> tuple[float, float]:
    """Bound the middle 95 % of the difference, now minus before, over resamples."""
    pair = np.array(
        [unpacked(each.statistics[limit.measure][cell.system]) for each in sets]
    )
    documents = sets[0].document_of_segment
    if len(set(documents)) >= LEAST_DOCUMENTS:
        pair = by_block(pair, documents)
    metric = make_metric(cell.scores[limit.measure].specification)
    drawn = bootstrap(
        pair, metric.scores, resamples=baseline.resamples, seed=baseline.seed
    )
    return drawn.interval(1, 0)


def _judged(
    cell: Cell,
    limit: Limit,
    difference: float,
    interval: tuple[float, float],
    value: float,
    figures: str,
    *,
    higher_is_better: bool,
) -> Judgement:
    """Judge a difference, now minus before."""
    sign = 1 if higher_is_better else -1  # of an improvement
    allowed = -sign * limit.amount * (abs(value) / 100 if limit.relative else 1)
    low, high = interval
    worst, best = (low, high) if higher_is_better else (high, low)
    outcome: Outcome = "inconclusive"
    if sign * worst >= sign * allowed:
        outcome = "pass"
    elif sign * best < sign * allowed:
        outcome = "regression"
    reason = (
        f"{figures} ({_signed(difference)}, interval {_signed(low)} to "
        f"{_signed(high)}; {_signed(allowed)} is allowed)"
    )
    return Judgement(outcome, cell.system, cell.test_set, limit.measure, reason)


def _signed(value: float) -> str:
    """Write a difference with its sign, 0 without a minus.

    >>> _signed(-8.3777), _signed(-0.0)
    ('-8.378', '+0')
    """
    return f"{value + 0.0:+.4g}"
