"""The softmax over a part of the vocabulary: much of a step, where layers are small.

In every step the commonest tokens take part, those that the batch has to say, and of
the others each by the same chance, weighing as many times as it stands for. So the sum
that a softmax divides by is right on average.

Source: Jean et al. (2015), "On Using Very Large Target Vocabulary for Neural Machine
Translation", https://aclanthology.org/P15-1001, and its importance weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from satzpaar.translate.training.softmax import ROUND, softmax_loss

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Of the tokens wanted, those that are always there. Ours.
_COMMON = 2 / 3


class Shortlist:
    """Chooses the tokens of a step, and tells the loss among them.

    Args:
        counts: (vocabulary), how often the text says each token.
        size: How many to take, those of the batch not counted; at least 2.
    """

    def __init__(self, counts: NDArray[np.int64], size: int) -> None:
        common = min(round(_COMMON * size), len(counts))
        self._always = torch.zeros(len(counts), dtype=torch.bool)
        self._always[torch.from_numpy(np.argsort(-counts, kind="stable")[:common])] = 1
        rest = len(counts) - common
        self._chance = min(1.0, (size - common) / rest) if rest else 1.0

    def loss(
        self,
        hidden: torch.Tensor,  # (tokens, width)
        labels: torch.Tensor,  # (tokens)
        weight: torch.Tensor,  # (vocabulary, width)
        bias: torch.Tensor,  # (vocabulary)
        *,
        smoothing: float,
    ) -> torch.Tensor:
        """Return an estimate of the cross entropy, summed over all tokens."""
        sure = self._always.to(labels.device)
        sure = sure.index_fill(0, labels, value=True)
        drawn = torch.rand(len(sure), device=labels.device) < self._chance
        index = (sure | drawn).nonzero().flatten()
        stands_for = torch.where(sure[index], 1.0, 1 / self._chance)
        place = torch.empty_like(sure, dtype=torch.long)
        place[index] = torch.arange(len(index), device=labels.device)
        # Some that are not there, so that products come in few shapes.
        absent = -len(index) % ROUND
        index = torch.nn.functional.pad(index, (0, absent))
        stands_for = torch.nn.functional.pad(stands_for, (0, absent))
        return softmax_loss(
            hidden,
            place[labels],
            weight[index],
            bias[index],
            smoothing=smoothing,
            stands_for=stands_for,
        )
