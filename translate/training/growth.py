"""More layers, or wider ones, for a network that has learnt already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
import transformers

from satzpaar.translate.training.network import hold_positions, trained_weights

if TYPE_CHECKING:
    from satzpaar.translate.training.network import Network

_make_network: Any = transformers.MarianMTModel

# Where a token has a row, by the names that the library gives them.
_TABLES = ("shared", "embed_tokens", "lm_head")


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


@torch.no_grad()
def widen(
    network: Network, width: int, feed_forward: tuple[int, int], *, seed: int
) -> Network:
    """Make every layer wider, and keep what the network says.

    Each number between the layers is there several times, and so are the heads of the
    attention and the units of the feed-forward layers. What they go into takes a share
    of each copy, so that the sum is what it was (Chen et al. 2015, "Net2Net"). The
    shares differ by chance, or else all copies would learn the same for ever. Only
    positions are told differently: a wider network has sinusoids between the old ones.

    Args:
        network: Stays as it is.
        width: A multiple of the network's.
        feed_forward: Units of a layer of the encoder and of one of the decoder, at
            least as many as the network has.
        seed: Of the shares.

    """
    config = network.config
    copies, rest = divmod(width, config.d_model)
    if rest:
        raise ValueError(f"{width} is no multiple of {config.d_model}")
    settings = {
        **config.to_dict(),
        "d_model": width,
        "encoder_ffn_dim": feed_forward[0],
        "decoder_ffn_dim": feed_forward[1],
        "encoder_attention_heads": copies * config.encoder_attention_heads,
        "decoder_attention_heads": copies * config.decoder_attention_heads,
    }
    with torch.random.fork_rng():
        wider = _make_network(type(config)(**settings))
    hold_positions(wider)
    # Neighbours are copies, so that the first of them has the old one's sinusoid, and
    # whole heads one after another.
    between = torch.arange(config.d_model).repeat_interleave(copies)
    in_heads = torch.arange(config.d_model).repeat(copies)
    units = {
        "encoder": torch.arange(feed_forward[0]) % config.encoder_ffn_dim,
        "decoder": torch.arange(feed_forward[1]) % config.decoder_ffn_dim,
    }
    # Marian multiplies what it looks up by the root of the width, and makes logits of
    # as many products as the width; the last norm takes back what is too much.
    looked_up = copies**-0.5 if config.scale_embedding else 1.0
    last = f"decoder.layers.{config.decoder_layers - 1}.final_layer_norm"
    random = torch.Generator().manual_seed(seed)
    old = network.state_dict()
    made = {"final_logits_bias": old["final_logits_bias"]}
    for name in trained_weights(wider):
        weight = old[name]
        *_, part, _ = name.split(".")
        if part in _TABLES:
            made[name] = weight[:, between] * looked_up
            continue
        inner = units["encoder" if ".encoder." in name else "decoder"]
        rows, columns = {
            "out_proj": (between, in_heads),
            "fc1": (inner, between),
            "fc2": (between, inner),
        }.get(part, (in_heads if part.endswith("_proj") else between, between))
        if weight.dim() > 1:
            made[name] = _shared_out(weight[rows], columns, random)
        elif last in name:
            made[name] = weight[rows] / (copies * looked_up)
        else:
            made[name] = weight[rows]
    wider.load_state_dict(made, strict=False)
    wider.generation_config = network.generation_config
    return wider


def _shared_out(
    weight: torch.Tensor,  # (rows, old columns)
    columns: torch.Tensor,  # (new columns), which old one each is a copy of
    random: torch.Generator,
) -> torch.Tensor:  # (rows, new columns)
    """Share each column out among its copies: unequal shares whose sum it is."""
    copies = torch.bincount(columns, minlength=weight.shape[1])
    shares = torch.randn((len(weight), len(columns)), generator=random)
    # So the deviation falls with the root of the width, as a new network's would.
    shares *= float(weight.std()) * copies[columns] ** -0.5
    mean = torch.zeros_like(weight).index_add_(1, columns, shares) / copies
    return shares + (weight / copies - mean)[:, columns]
