"""How long dropout takes on this CPU: torch's, and the trainer's by random bytes.

    python benchmarks/dropout_speed.py

prints a Markdown table: milliseconds forwards and backwards, and how many times faster
ours is, for hidden states of a batch of 4,096 tokens. Both are run in turn; the median
of the rounds is given.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import TYPE_CHECKING

import torch

from satzpaar.translate.training.dropping import dropped

if TYPE_CHECKING:
    from collections.abc import Callable

_SHARE = 0.1
_TOKENS = 4096


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200, metavar="N")
    rounds = parser.parse_args().rounds
    print("| width | numbers | torch, ms | by bytes, ms | ratio |")
    print("|--:|---|--:|--:|--:|")
    for width in (256, 512):
        for dtype in (torch.float32, torch.bfloat16):
            hidden = torch.randn(_TOKENS, width, dtype=dtype, requires_grad=True)
            theirs, ours = [], []
            for _ in range(rounds):
                theirs.append(
                    _seconds(
                        lambda x: torch.nn.functional.dropout(x, _SHARE, training=True),
                        hidden,
                    )
                )
                ours.append(_seconds(lambda x: dropped(x, _SHARE), hidden))
            before, after = statistics.median(theirs), statistics.median(ours)
            print(
                f"| {width} | {str(dtype).removeprefix('torch.')} | {before * 1e3:.2f} "
                f"| {after * 1e3:.2f} | {before / after:.1f} |"
            )


def _seconds(
    drop: Callable[[torch.Tensor], torch.Tensor], hidden: torch.Tensor
) -> float:
    began = time.perf_counter()
    after = drop(hidden)
    torch.autograd.grad(after, hidden, torch.ones_like(after))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
