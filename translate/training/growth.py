"""More layers for an encoder that has learnt already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
import transformers

from satzpaar.translate.training.network import hold_positions

if TYPE_CHECKING:
    from satzpaar.translate.training.network import Network

_make_network: Any = transformers.MarianMTModel


@torch.no_grad()
def deepen(
    network: Network, layers: int, sample: torch.Tensor, *, seed: int
) -> Network:
    """Put new layers on top of an encoder that hardly change what comes out of it.

    What a new layer adds is zero at first (as in Zhang et al. 2019, "Fixup"). Only its
    norms change something: behind them every token has the same mean and deviation,
    those which the layer below gives on average.

    Args:
        network: Stays as it is.
        layers: Of the encoder, with the new ones; more than it has.
        sample: (rows, width), padded source tokens, by which those are measured.
        seed: Of the weights that are not zero.

    """
    old = network.config.encoder_layers
    settings = {**network.config.to_dict(), "encoder_layers": layers}
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        deeper = _make_network(type(network.config)(**settings))
        added = deeper.get_encoder().layers[old:]
        for layer in added:
            attention = layer.self_attn
            for linear in (
                attention.q_proj, attention.k_proj, attention.v_proj, layer.fc1
            ):  # fmt: skip
                torch.nn.init.xavier_uniform_(linear.weight)
                linear.bias.zero_()
    hold_positions(deeper)
    deeper.load_state_dict(network.state_dict(), strict=False)
    deeper.generation_config = network.generation_config
    mask = sample != network.config.pad_token_id
    encode = network.eval().get_encoder()
    states = encode(input_ids=sample, attention_mask=mask).last_hidden_state[mask]
    mean, deviation = states.mean(), states.std(dim=1, unbiased=False).mean()
    for layer in added:
        for linear in (layer.self_attn.out_proj, layer.fc2):
            linear.weight.zero_()
            linear.bias.zero_()
        for norm in (layer.self_attn_layer_norm, layer.final_layer_norm):
            norm.weight.fill_(float(deviation))
            norm.bias.fill_(float(mean))
    return deeper
