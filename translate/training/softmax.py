"""The output layer's loss, and its gradient on the way there.

Logits are the largest thing in a step: a number for each token that is said and each
that could be. Autograd goes over them a dozen times, each time in memory of its own.
Here they are made once; their softmax is taken a few rows at a time, in a buffer that
fits into a processor's cache, and turned into the gradient in their own place. What
that gains is time where many tokens go through a small network at once, and memory.
After Hsu et al. (2024), "Liger Kernel".
"""

from __future__ import annotations

from typing import Any

import torch
from torch.autograd.function import once_differentiable

# Numbers in the buffer: for each thread 2 MB of float32, a core's own cache where it
# has a large one; on a card, which has many more threads, 256 MB.
_A_THREAD = 1 << 19
_A_CARD = 1 << 26
# Rows are filled up to a multiple of this. A CPU makes a program for each shape that it
# multiplies, which takes as long as a few products, and keeps a few hundred or thousand
# of them; the tokens of a batch are almost never as many as those of another.
ROUND = 256
# Logits so far below the highest count as this far. The processor is slow with numbers
# below e^-87, and what is left of these when they are divided by the sum is not.
_LOWEST = -70.0


def softmax_loss(
    hidden: torch.Tensor,  # (tokens, width)
    labels: torch.Tensor,  # (tokens), rows of weight
    weight: torch.Tensor,  # (candidates, width)
    bias: torch.Tensor,  # (candidates)
    *,
    smoothing: float,
    stands_for: torch.Tensor | None = None,  # (candidates), tokens each speaks for
    buffer: int | None = None,
) -> torch.Tensor:
    """Return the cross entropy with smoothed labels, summed over all tokens.

    Where autocast is on, its type is what is multiplied, and what logits and their
    gradient are rounded to; sums are float32. There is no second derivative.

    Args:
        hidden: What the decoder ends with.
        labels: What should be said.
        weight: Of the output layer.
        bias: Of the output layer.
        smoothing: The part of each label that all candidates share.
        stands_for: A candidate that speaks for several is in the sum as many times,
            and has as many shares; one that speaks for 0 is not there. None: each
            speaks for itself.
        buffer: Numbers that it holds at once; None: as fits the device.

    """
    device = hidden.device.type
    kind = (
        torch.get_autocast_dtype(device)
        if torch.is_autocast_enabled(device)
        else torch.float32
    )
    if buffer is None:
        buffer = _A_THREAD * torch.get_num_threads() if device == "cpu" else _A_CARD
    hidden, weight = hidden.to(kind), weight.to(kind)
    learns = torch.is_grad_enabled() and any(
        each.requires_grad for each in (hidden, weight, bias)
    )
    with torch.autocast(device, enabled=False):
        loss: torch.Tensor = _SoftmaxLoss.apply(  # type: ignore[no-untyped-call]
            hidden, labels, weight, bias, stands_for, smoothing, buffer, learns
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
        stands_for: torch.Tensor | None,
        smoothing: float,
        buffer: int,
        learns: bool,
    ) -> torch.Tensor:
        tokens, more = len(hidden), -len(hidden) % ROUND
        hidden = torch.nn.functional.pad(hidden, (0, 0, 0, more))
        logits = hidden @ weight.T
        loss = hidden.new_zeros((), dtype=torch.float32)
        of_bias = torch.zeros_like(bias, dtype=torch.float32)
        if stands_for is None:
            counts = bias.new_ones(len(bias), dtype=torch.float32)
        else:
            counts = stands_for.float()
        shares = smoothing / counts.sum() * counts
        rows = max(1, buffer // len(bias))
        held = logits.new_empty(min(rows, tokens), len(bias), dtype=torch.float32)
        for start in range(0, tokens, rows):
            part = logits[start : min(start + rows, tokens)]
            wanted = labels[start : start + rows, None]
            scores = held[: len(part)]
            torch.add(part, bias, out=scores)
            loss -= (1 - smoothing) * scores.gather(1, wanted).sum()
            if smoothing:
                loss -= (scores @ shares).sum()
            if stands_for is not None:
                scores += counts.log()
            # Not logsumexp, which takes ten times as long on a CPU (PyTorch 2.13).
            highest = scores.amax(1, keepdim=True)
            scores.sub_(highest).clamp_(min=_LOWEST).exp_()
            total = scores.sum(1, keepdim=True)
            loss += (total.log() + highest).sum()
            if learns:
                scores /= total
                if smoothing:
                    scores -= shares
                scores.scatter_add_(
                    1, wanted, scores.new_full(wanted.shape, smoothing - 1)
                )
                if ctx.needs_input_grad[3]:
                    of_bias += scores.sum(0)
                part.copy_(scores)
        if learns:
            logits[tokens:] = 0
            ctx.save_for_backward(
                (logits @ weight)[:tokens], logits.T @ hidden, of_bias
            )
        return loss

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, scale: torch.Tensor) -> Any:
        of_hidden, of_weight, of_bias = (each * scale for each in ctx.saved_tensors)
        return of_hidden, None, of_weight, of_bias, None, None, None, None
