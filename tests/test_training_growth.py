"""An encoder that gets more layers, and learns on."""

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
from satzpaar.translate.training.growth import deepen
from satzpaar.translate.training.network import load_network, trained_weights

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model


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


def test_a_deeper_model_learns_on_and_translates(
    new_pairs: list[tuple[str, str]], tiny_model: Model, tmp_path: Path
) -> None:
    """With both engines alike; the new layers have learnt too."""
    layers = load_network(tiny_model).config.encoder_layers + 1
    job = Job(
        output=tmp_path / "deep",
        data=[Corpus("memory", new_pairs, "fingerprint")],
        start=tiny_model,
        budget=Budget(tokens=4000),
        learning=Learning(
            rate=2e-3, batch_tokens=512, micro_tokens=256, longest=64, dropout=0.1
        ),
        conduct=Conduct(validations=2, score_sentences=5, precision="float32"),
        keep_anyway=True,
        encoder_layers=layers,
    )

    outcome = train(job)

    made = find_model(str(outcome.folder))
    network = load_network(made)
    assert network.config.encoder_layers == layers
    assert network.get_encoder().layers[-1].fc2.weight.any()
    said = []
    for name in ENGINES:
        engine = load_engine(name, made, device="cpu", compute_type="float32")
        tokens = engine.tokenizer.tokenize([source for source, _ in new_pairs[:5]])
        found = engine.translate_batch(tokens, DecodingOptions(), max_target_tokens=40)
        said.append([each.text for each in found])
    assert said[0] == said[1]


def test_a_new_model_has_its_layers_by_its_architecture(tmp_path: Path) -> None:
    """There is one place that says it."""
    with pytest.raises(UsageError, match="its architecture says"):
        Job(
            output=tmp_path / "new",
            data=[Corpus("memory", [("Ja.", "Yes.")], "fingerprint")],
            start=Scratch(Architecture(), Vocabulary()),
            budget=Budget(tokens=1),
            encoder_layers=8,
        )
