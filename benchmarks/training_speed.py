"""Time steps of training, what ``satzpaar train`` does on a CPU against what it leaves.

    python benchmarks/training_speed.py [MODEL]

prints a Markdown table: target tokens a second and their ratio to the first row. All
rows learn from the same batches of tokens drawn by Zipf's law, in sentences of seven
tenths of a width and more, one step each in turn, so that a machine that others use
slows all of them alike.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from statistics import median

import torch

from satzpaar.cli.host import settle_for_training
from satzpaar.translate.models import find_model
from satzpaar.translate.training.batches import IGNORED
from satzpaar.translate.training.network import (
    choose_precision,
    clear_padding,
    load_network,
    output_layer,
    token_loss,
)
from satzpaar.translate.training.optimizers import make_optimizers
from satzpaar.translate.training.settings import Learning
from satzpaar.translate.training.shortlist import Shortlist

WIDTHS = (12, 20, 28, 40)  # of the batches in turn
SHORTEST = 0.7  # of a sentence, in widths


@dataclass(frozen=True, slots=True)
class Way:
    """A way to train."""

    name: str
    attention: str
    precision: torch.dtype
    muon: torch.dtype
    softmax: int = 0  # tokens that take part; 0: all
    ragged: bool = False


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", nargs="?", default="bundled")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--micro-tokens", type=int, default=1024, metavar="N")
    parser.add_argument("--rows", type=int, metavar="N", help="only the first N rows")
    options = parser.parse_args()
    settle_for_training()
    chosen = choose_precision("auto", "cpu")
    name = str(chosen).removeprefix("torch.")
    ways = [
        Way(f"as it is ({name})", "eager", chosen, chosen),
        Way("without padding", "eager", chosen, chosen, ragged=True),
        Way("PyTorch's fused attention", "sdpa", chosen, chosen),
        Way("a softmax of 4,000 tokens", "eager", chosen, chosen, softmax=4000),
    ]
    if chosen != torch.float32:
        ways += [
            Way("Muon in float32", "eager", chosen, torch.float32),
            Way("all in float32", "eager", torch.float32, torch.float32),
        ]
    ways = ways[: options.rows]
    runs = [_Run(options.model, way, options.micro_tokens) for way in ways]
    seconds: list[list[float]] = [[] for _ in runs]  # a token
    first = len(WIDTHS)  # round that is not counted: programs for shapes are made
    for width in WIDTHS * (1 + options.rounds):
        for run, taken in zip(runs, seconds, strict=True):
            took, tokens = run.step(width)
            taken.append(took / tokens)
    print("| | target tokens a second | ratio |\n|---|--:|--:|")
    speeds = [1 / median(taken[first:]) for taken in seconds]
    for way, taken, speed in zip(ways, seconds, speeds, strict=True):
        pairs = zip(seconds[0][first:], taken[first:], strict=True)
        ratio = median(first / other for first, other in pairs)
        print(f"| {way.name} | {speed:,.0f} | {ratio:.2f} |")


class _Run:
    def __init__(self, model: str, way: Way, tokens: int) -> None:
        self._network = load_network(find_model(model))
        self._network.set_attn_implementation(way.attention)
        self._way, self._tokens = way, tokens
        learning = Learning(optimizer="muon")
        self._optimizers = make_optimizers(self._network, learning, precision=way.muon)
        self._random = torch.Generator().manual_seed(1)
        vocabulary = len(output_layer(self._network)[0])
        self._frequency = 1 / (torch.arange(vocabulary) + 10)
        counts = (self._frequency * 1e6).long().numpy()
        self._shortlist = Shortlist(counts, way.softmax) if way.softmax else None

    def step(self, width: int) -> tuple[float, int]:
        """Take two batches of sentences into one step: its seconds, target tokens."""
        started, tokens = time.perf_counter(), 0
        network, way = self._network, self._way
        padding = network.config.pad_token_id
        for _ in range(2):
            source, target = self._sentences(width), self._sentences(width)
            there = target >= 0
            tokens += int(there.sum())
            mixed = way.precision != torch.float32
            with torch.autocast("cpu", torch.bfloat16, enabled=mixed):
                loss = token_loss(
                    network,
                    source.masked_fill(source < 0, padding),
                    target.masked_fill(~there, padding),
                    target.masked_fill(~there, IGNORED),
                    smoothing=0.1,
                    shortlist=self._shortlist,
                    ragged=way.ragged,
                )
            (loss / (2 * self._tokens)).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for optimizer in self._optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        clear_padding(network)
        return time.perf_counter() - started, tokens

    def _sentences(self, width: int) -> torch.Tensor:
        """Draw (rows, width) of tokens; -1 where a sentence has ended."""
        shape = (max(1, self._tokens // width), width)
        drawn = torch.multinomial(
            self._frequency,
            shape[0] * shape[1],
            replacement=True,
            generator=self._random,
        ).view(shape)
        shortest = SHORTEST * width
        lengths = shortest + (width - shortest) * torch.rand(
            shape[0], 1, generator=self._random
        )
        return drawn.masked_fill(torch.arange(width) > lengths, -1)


if __name__ == "__main__":
    main()
