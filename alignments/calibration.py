"""From the search's posterior to the probability that a bead is right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

# Of a posterior: nearer to 0 or 1 than this says no more, and has no logarithm.
_SMALLEST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression on the log-odds of the posterior.

    Source: Platt (1999), "Probabilistic Outputs for Support Vector Machines".
    """

    slope: float
    offset: float
    one_sided: float  # more log-odds for beads with an empty side
    among_many: float  # still more for these, in texts that have many of them

    def confidence(self, posterior: float, *, one_sided: bool, many: bool) -> float:
        """Return the probability that a bead is exactly right.

        Args:
            posterior: What the search makes of it.
            one_sided: Whether it leaves a segment out.
            many: Whether many segments of the texts are left out. The search takes them
                to be as rare everywhere, so that it trusts them too little there.

        >>> Calibration(1.0, 0.0, 0.0, 0.0).confidence(0.25, one_sided=False, many=True)
        0.25
        """
        value = self.slope * log_odds(posterior) + self.offset
        if one_sided:
            value += self.one_sided + self.among_many * many
        return 1 / (1 + math.exp(-value))


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds, finite for 0 and 1 too."""
    inside = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    return math.log(inside / (1 - inside))


# Found on the development sets: benchmarks/align_calibration.py.
WITH_TRANSLATION: Final = Calibration(1.154, 0.12, 0.088, 2.42)
WITHOUT_TRANSLATION: Final = Calibration(1.123, 0.146, -0.212, 0.996)
