"""What a difference in score means to people.

Source: Kocmi, Zouhar, Federmann, Post (2024), "Navigating the Metrics Maze: Reconciling
Score Magnitudes and Accuracies", ACL, pages 1999-2014. They fitted, for each metric,
how often people prefer the system with the higher score, over 94 language directions,
to a / (1 + exp(-b x difference)); the parameters are those of their tool MT-Thresholds.
"""

from __future__ import annotations

import math
from typing import Final

# By a metric's name: what its signature must hold, and a (percent) and b (per point).
FITTED: Final = {
    "BLEU": (("case:mixed", "tok:13a"), 88.33333, 0.966393),
    "chrF2": (("case:mixed", "nc:6", "nw:0"), 93.0, 1.114273),
    "COMET22": (("model:Unbabel/wmt22-comet-da", "scale:100"), 96.223741, 2.835919),
}


def expected_agreement(metric: str, signature: str, difference: float) -> float | None:
    """Say how often people would prefer the system that scores better.

    Args:
        metric: Its name in tables.
        signature: The fit holds for the usual settings only.
        difference: In points, of either sign.

    Returns:
        A share from 0.5, a coin's; None for metrics without a published fit.

    >>> round(expected_agreement("BLEU", "case:mixed|tok:13a", 1.39), 2)
    0.7
    """
    if metric not in FITTED:
        return None
    needed, ceiling, slope = FITTED[metric]
    if not set(needed) <= set(signature.split("|")):
        return None
    fitted = ceiling / 100 / (1 + math.exp(-slope * abs(difference)))
    return max(0.5, fitted)
