"""The network by itself: padding, loss, precision, and what an export keeps."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import torch
import transformers

from satzpaar.translate.models import find_model
from satzpaar.translate.tokenizer import MarianTokenizer
from satzpaar.translate.training import network as networks
from satzpaar.translate.training.export import export
from satzpaar.translate.training.growth import deepen, widen
from satzpaar.translate.training.pieces import change_vocabulary
from satzpaar.translate.training.settings import Architecture

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model


def test_what_a_models_name_told_is_kept(tiny_folder: Path, tmp_path: Path) -> None:
    """OPUS-MT's models are known by their names only to want normalised text."""
    named = shutil.copytree(tiny_folder, tmp_path / "opus-mt-de-en")
    (named / "tokenizer_config.json").unlink()
    start = find_model(str(named))
    network = networks.load_network(start)

    made = export(
        network,
        networks.Averages(network).state(),
        start,
        tmp_path / "mine",
        kind="float32",
    )

    assert start.normalization == made.normalization == "moses"
    assert (made.source_language, made.target_language) == ("de", "en")
    assert made.max_source_tokens == start.max_source_tokens


def test_the_positions_are_not_learnt(tiny_model: Model) -> None:
    """No checkpoint has them: what moved would be lost on the way to the engines."""
    loaded = networks.load_network(tiny_model)
    new = networks.make_network(Architecture(32, 1, 1, 64, 4), 96, seed=1)
    sample = torch.ones((2, 5), dtype=torch.int64)
    deeper = deepen(loaded, loaded.config.encoder_layers + 1, sample, seed=1)
    units = (loaded.config.encoder_ffn_dim, loaded.config.decoder_ffn_dim)
    wider = widen(loaded, 2 * loaded.config.d_model, units, seed=1)
    tokenizer = MarianTokenizer(tiny_model)
    recut = change_vocabulary(loaded, tokenizer, tokenizer)

    for network in (loaded, new, deeper, wider, recut):
        assert any("positions" in name for name, _ in network.named_parameters())
        assert not any(
            "positions" in name for name in networks.trained_weights(network)
        )


class TestNetwork:
    def test_separate_embeddings_have_two_rows_of_padding(self) -> None:
        """Either side's is cleared; a bias of the output layer stays."""
        config: Any = transformers.MarianConfig(
            vocab_size=20,
            decoder_vocab_size=20,
            d_model=8,
            encoder_layers=1,
            decoder_layers=1,
            encoder_attention_heads=2,
            decoder_attention_heads=2,
            encoder_ffn_dim=8,
            decoder_ffn_dim=8,
            pad_token_id=19,
            decoder_start_token_id=19,
            share_encoder_decoder_embeddings=False,
        )
        make: Any = transformers.MarianMTModel
        network = make(config).eval()
        for embedding in (network.get_encoder(), network.get_decoder()):
            torch.nn.init.ones_(embedding.embed_tokens.weight)
        network.final_logits_bias[0, 3] = 2.0

        networks.clear_padding(network)

        for side in (network.get_encoder(), network.get_decoder()):
            assert not side.embed_tokens.weight[19].any()
            assert side.embed_tokens.weight[:19].all()
        labels = torch.tensor([[3, 0]])
        start = torch.tensor([[19, 3]])
        loss = networks.token_loss(network, labels, start, labels, smoothing=0.0)
        # All tokens are alike but for the bias: log(18 + e^2) less what each has.
        expected = 2 * torch.tensor(18 + torch.e**2).log() - 2
        assert loss.item() == pytest.approx(expected.item(), rel=1e-5)

    def test_bfloat16_is_used_where_it_pays(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """By a measurement: a CPU without units for it is a hundred times slower."""
        slow = {torch.bfloat16: 1.0, torch.float32: 0.01}
        quick = {torch.bfloat16: 0.004, torch.float32: 0.01}

        chosen = []
        for seconds in (slow, quick):
            monkeypatch.setattr(networks, "_seconds", seconds.__getitem__)
            chosen.append(networks.choose_precision("auto", "cpu"))

        assert chosen == [torch.float32, torch.bfloat16]
