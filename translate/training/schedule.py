"""The learning rate over a budget: warm-up, a flat stretch, cooldown.

The flat stretch does not know where it ends: a run that gets a larger budget later goes
on from the weights at the end of it, as if it had had the larger budget from the start.

Source: Hu et al. (2024), "MiniCPM", https://arxiv.org/abs/2404.06395 (warm-up, stable,
decay); Hägele et al. (2024), "Scaling Laws and Compute-Optimal Training Beyond Fixed
Training Durations", https://arxiv.org/abs/2405.18392 (the shape 1 - sqrt).
"""

from __future__ import annotations

import math

# Of the highest rate. Below it nothing moves; ours.
LEAST_FACTOR = 0.02

# Of the budget, where the warm-up has to end: a hundred steps of warm-up would be all
# of a small fine-tuning. Ours.
LONGEST_WARMUP = 0.1


def rate_factor(
    step: int, progress: float, *, warmup_steps: int, cooldown: float
) -> float:
    """Tell the learning rate as a part of its highest value.

    Args:
        step: Steps that have been taken.
        progress: Part of the budget that is used up, 0 to 1.
        warmup_steps: Steps until the highest rate.
        cooldown: Part of the budget in which the rate falls.

    >>> rate_factor(500, 0.5, warmup_steps=100, cooldown=0.4)
    1.0
    """
    warm = 1.0
    if step < warmup_steps:
        warm = max((step + 1) / warmup_steps, progress / LONGEST_WARMUP)
    fallen = 0.0
    if in_cooldown(progress, cooldown):
        fallen = math.sqrt(min(1.0, (progress - (1 - cooldown)) / cooldown))
    return min(1.0, warm) * max(LEAST_FACTOR, 1 - fallen)


def in_cooldown(progress: float, cooldown: float) -> bool:
    """Say whether the rate is falling."""
    return cooldown > 0 and progress >= 1 - cooldown
