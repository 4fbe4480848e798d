"""The forward pass without padding, beside the one of transformers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from satzpaar.translate.training.batches import IGNORED
from satzpaar.translate.training.network import make_network, set_dropout, token_loss
from satzpaar.translate.training.ragged import last_hidden
from satzpaar.translate.training.settings import Architecture
from satzpaar.translate.training.validation import shifted

if TYPE_CHECKING:
    from satzpaar.translate.training.network import Network

PAD = 90
SHAPE = Architecture(
    width=32, encoder_layers=3, decoder_layers=2, feed_forward=48, heads=4, positions=32
)


@pytest.fixture
def network() -> Network:
    made = make_network(SHAPE, PAD + 1, seed=3)
    set_dropout(made, 0.0)
    made.set_attn_implementation("eager")
    return made.train()


@pytest.fixture
def batch() -> tuple[torch.Tensor, torch.Tensor]:
    """Nine pairs of all lengths: sources and labels."""
    random = torch.Generator().manual_seed(1)
    source, labels = (
        torch.randint(1, PAD, (9, width), generator=random) for width in (16, 12)
    )
    for side, padding in ((source, PAD), (labels, IGNORED)):
        lengths = torch.randint(1, side.shape[1] + 1, (9, 1), generator=random)
        side.masked_fill_(torch.arange(side.shape[1]) >= lengths, padding)
    return source, labels


def hidden(network: Network, batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    source, labels = batch
    return last_hidden(network, source, shifted(labels, PAD), labels != IGNORED)


def padded(network: Network, batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    source, labels = batch
    made = network.model(
        input_ids=source,
        attention_mask=source != PAD,
        decoder_input_ids=shifted(labels, PAD),
        use_cache=False,
    ).last_hidden_state
    found: torch.Tensor = made[labels != IGNORED]
    return found


def test_it_says_what_transformers_says(
    network: Network, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    """Of every token, row after row."""
    found, expected = hidden(network, batch), padded(network, batch)

    assert found.shape == expected.shape
    assert torch.allclose(found, expected, atol=1e-5)


def test_it_learns_what_transformers_learns(
    network: Network, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    """In every weight; what fills the list up teaches nothing."""
    source, labels = batch
    learnt = []
    for ragged in (False, True):
        network.zero_grad()
        read = shifted(labels, PAD)
        token_loss(
            network, source, read, labels, smoothing=0.1, ragged=ragged
        ).backward()  # type: ignore[no-untyped-call]
        learnt.append(
            {
                name: weight.grad.clone()
                for name, weight in network.named_parameters()
                if weight.grad is not None
            }
        )

    padding, without = learnt
    assert without.keys() == padding.keys()
    for name, gradient in padding.items():
        assert torch.allclose(without[name], gradient, atol=1e-4), name


def test_the_padding_of_the_rectangle_changes_nothing(
    network: Network, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    """However wide it is."""
    source, labels = batch
    wider = (
        torch.nn.functional.pad(source, (0, 8), value=PAD),
        torch.nn.functional.pad(labels, (0, 4), value=IGNORED),
    )

    assert torch.allclose(hidden(network, batch), hidden(network, wider), atol=1e-6)


def test_bfloat16_is_near(
    network: Network, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    exact = hidden(network, batch)

    with torch.autocast("cpu", torch.bfloat16):
        near = hidden(network, batch)

    assert torch.cosine_similarity(exact, near.float(), dim=1).min() > 0.99


def test_what_is_dropped_is_dropped_by_chance(
    network: Network, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    """And nothing is where nobody learns."""
    set_dropout(network, 0.3)
    once, again = hidden(network, batch), hidden(network, batch)
    assert not torch.allclose(once, again)

    network.eval()
    assert torch.allclose(hidden(network, batch), padded(network, batch), atol=1e-5)


def test_layers_are_left_out_by_chance(
    network: Network, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    """Where the configuration says so."""
    whole = hidden(network, batch)
    network.model.encoder.layerdrop = 1.0
    without = hidden(network, batch)
    assert not torch.allclose(whole, without)

    network.eval()
    assert torch.allclose(hidden(network, batch), whole, atol=1e-6)
