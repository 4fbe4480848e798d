"""The output layer's loss, and its gradient on the way there.

Logits are the largest thing in a step: a number for each token that is said and each
that could be. Autograd goes over them a dozen times, each time in memory of its own,
and that takes as long as the layers. Here they are made once; their softmax is taken
a few rows at a time, in a buffer that fits into a processor's cache, and turned into
the gradient in their own place. After Hsu et al. (2024), "Liger Kernel".
"""

from __future__ import annotations

from typing import Any

import torch

# Of the buffer. 2 MB of float32: a core's own cache, where it has a large one.
_NUMBERS = 1 << 19
_LEAST = -80.0  # e to the power of less is no normal float32


def softmax_loss(
    hidden: torch.Tensor,  # (tokens, width)
    labels: torch.Tensor,  # (tokens), rows of weight
    weight: torch.Tensor,  # (candidates, width)
    bias: torch.Tensor,  # (candidates)
    stands_for: torch.Tensor,  # (candidates), how many tokens each one speaks for
    *,
    smoothing: float,
) -> torch.Tensor:
    """Return the cross entropy with smoothed labels, summed over all tokens.

    Multiplies in autocast's type where that is on; everything else is float32.
    """
    device = hidden.device.type
    kind = (
        torch.get_autocast_dtype(device)
        if torch.is_autocast_enabled(device)
        else torch.float32
    )
    hidden, weight = hidden.to(kind), weight.to(kind)
    with torch.autocast(device, enabled=False):
        loss: torch.Tensor = _SoftmaxLoss.apply(  # type: ignore[no-untyped-call]
            hidden, labels, weight, bias, stands_for, smoothing
        )
    return loss


class _SoftmaxLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        hidden: torch.Tensor,
        labels: torch.Tensor,
        weight: torch.Tensor,
        bias: torch.Tensor,
        stands_for: torch.Tensor,
        smoothing: float,
    ) -> torch.Tensor:
        logits = hidden @ weight.T
        learns = any(ctx.needs_input_grad)
        # A label of a smoothed distribution is each token's chance by itself, ...
        others = smoothing / stands_for.sum() * stands_for
        # ... and a token that stands for several is in the sum as many times.
        shift = stands_for.log()
        loss = hidden.new_zeros((), dtype=torch.float32)
        bias_gradient = torch.zeros_like(bias, dtype=torch.float32)
        rows = max(1, _NUMBERS // len(bias))
        buffer = logits.new_empty(
            (min(rows, len(logits)), len(bias)), dtype=torch.float32
        )
        for start in range(0, len(logits), rows):
            part = logits[start : start + rows]
            wanted = labels[start : start + rows, None]
            scores = buffer[: len(part)]
            torch.add(part, bias, out=scores)
            loss -= (1 - smoothing) * scores.gather(1, wanted).sum()
            if smoothing:
                loss -= (scores @ others).sum()
            scores += shift
            # Not logsumexp, which takes ten times as long on a CPU (PyTorch 2.13).
            highest = scores.amax(1, keepdim=True)
            # What is less than a number can hold in full would take as long again.
            scores.sub_(highest).clamp_(min=_LEAST).exp_()
            total = scores.sum(1, keepdim=True)
            loss += (total.log() + highest).sum()
            if learns:
                scores /= total
                if smoothing:
                    scores -= others
                scores.scatter_add_(
                    1, wanted, scores.new_full(wanted.shape, smoothing - 1)
                )
                bias_gradient += scores.sum(0)
                part.copy_(scores)
        if learns:
            ctx.save_for_backward(logits @ weight, logits.T @ hidden, bias_gradient)
        return loss

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        (scale,) = gradients
        hidden, weight, bias = ctx.saved_tensors
        return hidden * scale, None, weight * scale, bias * scale, None, None
