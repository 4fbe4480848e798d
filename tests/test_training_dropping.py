"""Dropout on a CPU: where transformers drops, as much, drawn another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from satzpaar.translate.training import dropping
from satzpaar.translate.training.dropping import drop_by_bytes, dropped
from satzpaar.translate.training.network import make_network
from satzpaar.translate.training.settings import Architecture

if TYPE_CHECKING:
    from satzpaar.translate.training.network import Network


def _network() -> Network:
    shape = Architecture(width=16, feed_forward=32, heads=2)
    return make_network(shape, vocabulary=50, seed=1).train()


def _hidden(network: Network) -> torch.Tensor:
    source = torch.arange(1, 25).view(3, 8)
    said = network.model(input_ids=source, decoder_input_ids=source, use_cache=False)
    hidden: torch.Tensor = said.last_hidden_state
    return hidden


@pytest.mark.parametrize("share", [0.1, 0.25, 0.9])
def test_as_many_are_dropped_as_asked(share: float) -> None:
    """And the others are so much larger that the sum is expected to stay."""
    torch.manual_seed(1)
    ones = torch.ones(1000, 1001)

    after = dropped(ones, share)

    assert (after == 0).float().mean().item() == pytest.approx(share, abs=2e-3)
    kept = after[after != 0]
    assert (kept == kept[0]).all()
    assert kept[0].item() == pytest.approx(1 / (1 - share), rel=2e-4)


def test_which_are_dropped_does_not_hang_together() -> None:
    """Neither neighbours, nor numbers that one drawn number decides, nor two draws."""
    torch.manual_seed(2)
    once, again = (dropped(torch.ones(400_000), 0.5) != 0 for _ in range(2))

    for apart in range(1, 9):
        assert (once[:-apart] == once[apart:]).float().mean().item() == pytest.approx(
            0.5, abs=5e-3
        )
    assert (once == again).float().mean().item() == pytest.approx(0.5, abs=5e-3)
    for place in range(4):  # of the top bits of a drawn number none is always zero
        assert once[place::4].float().mean().item() == pytest.approx(0.5, abs=1e-2)


def test_torchs_seed_says_which() -> None:
    """So that a run that goes on goes on as it would have."""
    torch.manual_seed(3)
    first = dropped(torch.ones(999), 0.3)
    torch.manual_seed(3)

    assert torch.equal(dropped(torch.ones(999), 0.3), first)


def test_what_is_dropped_learns_nothing() -> None:
    """And what is not, as much more as it says."""
    numbers = torch.randn(40, 30, requires_grad=True)
    after = dropped(numbers, 0.4)
    (gradient,) = torch.autograd.grad(after.sum(), numbers)

    assert torch.allclose(after, numbers * gradient)


def test_it_keeps_bfloat16() -> None:
    """Nothing after it is multiplied in another precision."""
    assert dropped(torch.ones(7, dtype=torch.bfloat16), 0.1).dtype == torch.bfloat16


def test_it_drops_where_transformers_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shown by halving every number there instead."""

    def halved(numbers: torch.Tensor, p: float, training: bool) -> torch.Tensor:
        return numbers / 2 if p and training else numbers

    def ours(numbers: torch.Tensor, share: float) -> torch.Tensor:
        assert share == 0.1
        return numbers / 2

    theirs = _network()
    plain = _hidden(theirs.eval())
    with monkeypatch.context() as patch:
        patch.setattr(torch.nn.functional, "dropout", halved)
        expected = _hidden(theirs.train())
    monkeypatch.setattr(dropping, "dropped", ours)
    network = _network()
    drop_by_bytes(network)

    assert torch.allclose(_hidden(network), expected, atol=1e-6)
    assert not torch.allclose(expected, plain, atol=1e-3)
    assert torch.allclose(_hidden(network.eval()), plain, atol=1e-6)
    assert network.config.dropout == 0.1  # what is exported says what was learnt with
