"""A network that gets more layers, or wider ones, and learns on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import ENGINES, load_engine
from satzpaar.translate.errors import UsageError
from satzpaar.translate.models import find_model
from satzpaar.translate.training import (
    Architecture,
    Budget,
    Conduct,
    Corpus,
    Job,
    Learning,
    Scratch,
    Vocabulary,
    train,
)
from satzpaar.translate.training.growth import deepen, widen
from satzpaar.translate.training.network import load_network, trained_weights

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.network import Network


def test_new_layers_hardly_change_what_comes_out(tiny_model: Model) -> None:
    """What was learnt is not lost."""
    network = load_network(tiny_model).eval()
    before = network.config.encoder_layers
    torch.manual_seed(1)
    tokens = torch.randint(1, network.config.vocab_size - 1, (8, 12))

    deeper = deepen(network, before + 2, tokens, seed=1).eval()

    assert network.config.encoder_layers == before
    assert deeper.config.encoder_layers == before + 2
    with torch.no_grad():
        old, new = (
            each.get_encoder()(input_ids=tokens).last_hidden_state
            for each in (network, deeper)
        )
    assert (new - old).norm() < 0.3 * old.norm()
    assert torch.cosine_similarity(new.flatten(), old.flatten(), dim=0) > 0.96


def test_the_same_seed_makes_the_same_layers(tiny_model: Model) -> None:
    """A run that goes on begins with the network that it had."""
    network = load_network(tiny_model)
    layers = network.config.encoder_layers + 1

    sample = torch.ones((2, 5), dtype=torch.int64)

    first, second = (
        trained_weights(deepen(network, layers, sample, seed=3)) for _ in range(2)
    )

    assert all(torch.equal(first[name], second[name]) for name in first)


class TestWider:
    """What was learnt is kept, and there is room for more."""

    @pytest.mark.parametrize("scaled", [True, False])
    def test_the_same_is_said(self, tiny_model: Model, *, scaled: bool) -> None:
        """But for rounding, where positions are told as before."""
        network = load_network(tiny_model).eval()
        config = network.config
        config.scale_embedding = scaled
        for side in (network.model.encoder, network.model.decoder):
            side.embed_scale = config.d_model**0.5 if scaled else 1.0
        units = (2 * config.encoder_ffn_dim, config.decoder_ffn_dim + 5)

        wider = widen(network, 3 * config.d_model, units, seed=1).eval()

        assert (wider.config.encoder_ffn_dim, wider.config.decoder_ffn_dim) == units
        for old, new in zip(_sides(network), _sides(wider), strict=True):
            known = new.embed_positions.weight[:, ::3]
            assert torch.allclose(known, old.embed_positions.weight, atol=1e-6)
            with torch.no_grad():
                new.embed_positions.weight.copy_(known.repeat_interleave(3, 1))
        assert torch.allclose(_said(wider), _said(network), atol=1e-4)

    def test_new_positions_change_little(self, tiny_model: Model) -> None:
        """What is likeliest is the same nearly everywhere."""
        network = load_network(tiny_model).eval()
        config = network.config
        units = (config.encoder_ffn_dim, config.decoder_ffn_dim)

        wider = widen(network, 2 * config.d_model, units, seed=1).eval()

        same = _said(wider).argmax(-1) == _said(network).argmax(-1)
        assert same.float().mean() > 0.8

    def test_copies_learn_apart(self, tiny_model: Model) -> None:
        """Of a unit that is there twice, each has a gradient of its own."""
        network = load_network(tiny_model)
        config = network.config
        units = (2 * config.encoder_ffn_dim, config.decoder_ffn_dim)
        wider = widen(network, config.d_model, units, seed=1)

        _said(wider).square().mean().backward()  # type: ignore[no-untyped-call]

        first, second = wider.get_encoder().layers[0].fc1.weight.grad.chunk(2)
        assert (first - second).norm() > 0.1 * first.norm()

    def test_weights_are_as_large_as_a_wide_networks(self, tiny_model: Model) -> None:
        """They fall with the root of the width."""
        network = load_network(tiny_model)
        config = network.config
        units = (4 * config.encoder_ffn_dim, 4 * config.decoder_ffn_dim)

        wider = widen(network, 4 * config.d_model, units, seed=1)

        old, new = (
            each.get_encoder().layers[0].fc1.weight.std() for each in (network, wider)
        )
        assert new.item() == pytest.approx(old.item() / 2, rel=0.1)

    def test_a_width_is_a_multiple(self, tiny_model: Model) -> None:
        """Or else some numbers would have more copies than others."""
        network = load_network(tiny_model)

        with pytest.raises(ValueError, match="no multiple"):
            widen(network, network.config.d_model + 8, (64, 64), seed=1)

    def test_the_same_seed_makes_the_same_shares(self, tiny_model: Model) -> None:
        """A run that goes on begins with the network that it had."""
        network = load_network(tiny_model)
        units = (network.config.encoder_ffn_dim, network.config.decoder_ffn_dim)

        first, second, other = (
            trained_weights(widen(network, 2 * network.config.d_model, units, seed=n))
            for n in (3, 3, 4)
        )

        assert all(torch.equal(first[name], second[name]) for name in first)
        assert any(not torch.equal(first[name], other[name]) for name in first)


def _sides(network: Network) -> tuple[Network, Network]:
    return network.get_encoder(), network.get_decoder()


def _said(network: Network) -> torch.Tensor:  # (rows, width, vocabulary)
    """Return the chances of some tokens, from the same source always."""
    torch.manual_seed(1)
    source, target = torch.randint(1, network.config.vocab_size - 1, (2, 8, 12))
    logits = network(input_ids=source, decoder_input_ids=target).logits
    return torch.log_softmax(logits[..., :-1], -1)


@pytest.mark.parametrize(
    "more", [{"layers": 1}, {"width": 2, "units": 16}, {"width": 2, "layers": 1}]
)
def test_a_grown_model_learns_on_and_translates(
    more: dict[str, int],
    new_pairs: list[tuple[str, str]],
    tiny_model: Model,
    tmp_path: Path,
) -> None:
    """With both engines alike; what is new has learnt too, each copy by itself."""
    config = load_network(tiny_model).config
    layers = config.encoder_layers + more.get("layers", 0)
    width = config.d_model * more.get("width", 1)
    units = config.encoder_ffn_dim * more.get("width", 1)
    if "units" in more:
        units = config.encoder_ffn_dim + more["units"]
    job = Job(
        output=tmp_path / "grown",
        data=[Corpus("memory", new_pairs, "fingerprint")],
        start=tiny_model,
        budget=Budget(tokens=4000),
        learning=Learning(
            rate=2e-3, batch_tokens=512, micro_tokens=256, longest=64, dropout=0.1
        ),
        conduct=Conduct(validations=2, score_sentences=5, precision="float32"),
        keep_anyway=True,
        encoder_layers=layers if "layers" in more else None,
        width=width if "width" in more else None,
        feed_forward=units if "units" in more else None,
    )

    outcome = train(job)

    made = find_model(str(outcome.folder))
    network = load_network(made)
    assert network.config.encoder_layers == layers
    assert network.config.d_model == width
    assert network.config.decoder_ffn_dim == units
    last = network.get_encoder().layers[-1].fc2.weight
    assert last.any()
    assert not torch.equal(last[:, 0], last[:, units // 2])
    said = []
    for name in ENGINES:
        engine = load_engine(name, made, device="cpu", compute_type="float32")
        tokens = engine.tokenizer.tokenize([source for source, _ in new_pairs[:5]])
        found = engine.translate_batch(tokens, DecodingOptions(), max_target_tokens=40)
        said.append([each.text for each in found])
    assert said[0] == said[1]


def test_a_new_model_has_its_layers_by_its_architecture(tmp_path: Path) -> None:
    """There is one place that says it."""
    for layers, width, units in ((8, None, None), (None, 1024, None), (None, None, 99)):
        with pytest.raises(UsageError, match="its architecture says"):
            Job(
                output=tmp_path / "new",
                data=[Corpus("memory", [("Ja.", "Yes.")], "fingerprint")],
                start=Scratch(Architecture(), Vocabulary()),
                budget=Budget(tokens=1),
                encoder_layers=layers,
                width=width,
                feed_forward=units,
            )
