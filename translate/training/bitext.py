"""What a training learns from: pairs of source and target, and how often each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[str, str]  # source, target


@dataclass(frozen=True, slots=True)
class Corpus:
    """A bitext and how much of it is wanted."""

    name: str
    pairs: Iterable[Pair]  # each iteration gives them anew
    fingerprint: str  # the same as long as the pairs are
    weight: float = 1.0  # how often an epoch takes each pair; of 0.3, a third of them
    cooldown_weight: float | None = None  # the same while the rate falls; None: weight

    def wanted(self, *, cooldown: bool) -> float:
        """Return how often an epoch takes each pair, in the cooldown or before it."""
        if cooldown and self.cooldown_weight is not None:
            return self.cooldown_weight
        return self.weight
