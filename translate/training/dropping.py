"""Dropout for a CPU: transformers' own, with numbers drawn eight bytes at a time.

torch draws a float for every number that may be dropped, which takes a CPU longer than
the layer's multiplications; two random bytes say as well whether it is
(``benchmarks/dropout_speed.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from satzpaar.translate.training.network import set_dropout

if TYPE_CHECKING:
    from satzpaar.translate.training.network import Network

_LEVELS = 2**16  # of two bytes
_DRAWN_AT_ONCE = 4  # such numbers in a random 64-bit one
_LOWEST = torch.iinfo(torch.int64).min


def drop_by_bytes(network: Network) -> None:
    """Drop where Marian drops by its configuration's ``dropout``, but faster.

    That is what goes into the first layer and what attention and feed-forward layers
    give back. The configuration still says how much. What is dropped within them
    (``attention_dropout``, ``activation_dropout``) is left to transformers.
    """
    share = network.config.dropout
    if not share:
        return
    set_dropout(network, 0.0)
    network.config.dropout = share

    def into(_layer: torch.nn.Module, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
        return dropped(inputs[0], share), *inputs[1:]

    def out_of(_part: torch.nn.Module, _inputs: object, output: Any) -> Any:
        if isinstance(output, tuple):
            return dropped(output[0], share), *output[1:]
        return dropped(output, share)

    def when_training(hook: Any) -> Any:
        return lambda module, *rest: hook(module, *rest) if module.training else None

    for side in (network.get_encoder(), network.get_decoder()):
        side.layers[0].register_forward_pre_hook(when_training(into))
        for layer in side.layers:
            for name in ("self_attn", "encoder_attn", "fc2"):
                if hasattr(layer, name):
                    part = getattr(layer, name)
                    part.register_forward_hook(when_training(out_of))


def dropped(numbers: torch.Tensor, share: float) -> torch.Tensor:
    """Set a *share* of the numbers to zero and make the others as much larger.

    Which, torch's generator says. The share is met to one in 65,536.
    """
    bound = min(round(share * _LEVELS), _LEVELS - 1)
    drawn = torch.empty(-(-numbers.numel() // _DRAWN_AT_ONCE), dtype=torch.int64)
    drawn.random_(_LOWEST, None)
    kept = drawn.view(torch.int16)[: numbers.numel()] >= bound - _LEVELS // 2
    factors = kept.view(numbers.shape).to(numbers.dtype)
    return numbers * factors.mul_(_LEVELS / (_LEVELS - bound))
