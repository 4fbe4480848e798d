"""Which side of a pair a model finds likelier, and how often it is the right one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate.scoring import score_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.eval.contrast.pairs import ContrastPair
    from satzpaar.translate.engine import Engine
    from satzpaar.translate.scoring import PairScore

Z_95 = 1.959963984540054  # of the normal distribution, two-sided 95 %


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model finds of a pair; None where a side is too long for it."""

    pair: ContrastPair
    reference: PairScore | None
    contrast: PairScore | None

    @property
    def scored(self) -> bool:
        """Whether both sides have a score."""
        return self.reference is not None and self.contrast is not None

    @property
    def right(self) -> bool:
        """Whether the reference as a whole is likelier; a tie is not."""
        if self.reference is None or self.contrast is None:
            raise ValueError("a pair without scores")
        return self.reference.log_probability > self.contrast.log_probability

    @property
    def right_per_token(self) -> bool:
        """The same by the mean over tokens, which does not favour the shorter."""
        if self.reference is None or self.contrast is None:
            raise ValueError("a pair without scores")
        return self.reference.mean > self.contrast.mean


@dataclass(frozen=True, slots=True)
class ClassAccuracy:
    """How often the reference was preferred, for one kind of error."""

    kind: str
    pairs: int  # scored
    right: int
    right_per_token: int
    unscored: int  # longer than the model takes
    low: float  # of the 95 % interval of the accuracy (Wilson)
    high: float

    @property
    def accuracy(self) -> float:
        """The part of the pairs that the model got right; nan without pairs."""
        return self.right / self.pairs if self.pairs else math.nan

    @property
    def accuracy_per_token(self) -> float:
        """The same by the mean log-probability per token."""
        return self.right_per_token / self.pairs if self.pairs else math.nan


def judge_pairs(pairs: Iterable[ContrastPair], engine: Engine) -> Iterator[Judgement]:
    """Score both sides of each pair by forced decoding; in order, as a stream."""
    # Both sides of a pair stand next to each other, so that a stream is enough.
    waiting: list[ContrastPair] = []

    def sides() -> Iterator[tuple[str, str]]:
        for pair in pairs:
            waiting.append(pair)
            yield pair.source, pair.reference
            yield pair.source, pair.contrast

    scores = score_pairs(sides(), engine)
    for reference, contrast in zip(scores, scores, strict=True):
        yield Judgement(waiting.pop(0), reference, contrast)


def summarize(judgements: Iterable[Judgement]) -> list[ClassAccuracy]:
    """Return the accuracy of each kind, in the order in which kinds first come."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault(judgement.pair.kind, []).append(judgement)
    return [_accuracy(kind, group) for kind, group in groups.items()]


def _accuracy(kind: str, group: Sequence[Judgement]) -> ClassAccuracy:
    scored = [judgement for judgement in group if judgement.scored]
    right = sum(judgement.right for judgement in scored)
    low, high = wilson_interval(right, len(scored))
    return ClassAccuracy(
        kind=kind,
        pairs=len(scored),
        right=right,
        right_per_token=sum(judgement.right_per_token for judgement in scored),
        unscored=len(group) - len(scored),
        low=low,
        high=high,
    )


def wilson_interval(
    successes: int, trials: int, *, z: float = Z_95
) -> tuple[float, float]:
    """Return the score interval of a proportion.

    Unlike the textbook's, it stays between 0 and 1 and is right for few trials.

    Source: Wilson (1927), "Probable Inference, the Law of Succession, and Statistical
    Inference", Journal of the American Statistical Association 22.

    >>> [round(bound, 3) for bound in wilson_interval(10, 10)]
    [0.722, 1.0]
    """
    if not trials:
        return 0.0, 1.0
    rate = successes / trials
    spread = 1 + z * z / trials
    middle = rate + z * z / (2 * trials)
    reach = z * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    low = 0.0 if successes == 0 else (middle - reach) / spread
    high = 1.0 if successes == trials else (middle + reach) / spread
    return low, high
