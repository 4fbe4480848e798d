"""How well the lengths of two texts fit each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Gale and Church (1993), "A Program for Aligning Sentences in Bilingual Corpora",
# Computational Linguistics 19(1): the variance of the number of target characters per
# source character.
VARIANCE: Final = 6.8
# Standard deviations from which on a pair is as bad as can be: beyond it the texts
# differ for reasons other than chance, and how much does not matter. By eye: 3 to 6
# give the same beads.
MOST_DEVIATIONS: Final = 4.0


def length_ratio(source: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    """Return the target characters per source character, from the whole texts."""
    return float(target.sum() / source.sum()) if source.sum() and target.sum() else 1.0


def length_penalty(
    source: NDArray[np.float64], target: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how badly lengths fit, from 0 to 1, linear in Gale and Church's delta.

    Args:
        source: Expected characters of the target: those of the source times the ratio.
        target: Characters of the target.

    >>> fit = length_penalty(np.array([100.0]), np.array([[110.0], [150.0], [900.0]]))
    >>> [round(float(penalty), 2) for penalty in fit[:, 0]]
    [0.09, 0.43, 1.0]
    """
    mean = np.maximum((source + target) / 2, 1.0)
    delta = np.abs(target - source) / np.sqrt(VARIANCE * mean)
    return np.minimum(delta / MOST_DEVIATIONS, 1.0)
