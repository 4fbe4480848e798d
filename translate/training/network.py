"""The network: made or loaded, its loss, its averaged weights, its precision."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
import transformers

from satzpaar.translate.checkpoint import PICKLE, weights_path
from satzpaar.translate.engines.transformers import no_progress_bar
from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.training.batches import IGNORED
from satzpaar.translate.training.ragged import last_hidden
from satzpaar.translate.training.softmax import softmax_loss

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.settings import Architecture, Precision
    from satzpaar.translate.training.shortlist import Shortlist

# Typed as Any because the library types them in part or not at all.
Network = Any
_from_pretrained: Any = transformers.MarianMTModel.from_pretrained
_make_config: Any = transformers.MarianConfig
_make_network: Any = transformers.MarianMTModel
_make_generation_config: Any = transformers.GenerationConfig

# Deep encoders do not start to learn from larger weights; found by trying.
INIT_SCALE = 0.7

# How much faster bfloat16 has to multiply before the casts around it are paid for.
# Where a CPU has units for it, it is twice to ten times as fast; where it has none, a
# hundred times slower has been seen.
BFLOAT16_GAIN = 1.5
# Rows, inner, columns: as in a layer of a small model, where smaller ones measure how
# long a call takes. The slowest seen takes a tenth of a second.
_PROBE = (256, 512, 512)
_PROBE_SECONDS = 0.2


def make_network(shape: Architecture, vocabulary: int, *, seed: int) -> Network:
    """Make a network with random weights.

    Args:
        shape: Its layers.
        vocabulary: Tokens, <pad> as the last among them.
        seed: Of the weights.

    """
    pad = vocabulary - 1
    config = _make_config(
        vocab_size=vocabulary,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        max_position_embeddings=shape.positions,
        activation_function="swish",
        dropout=0.1,
        attention_dropout=0.0,
        activation_dropout=0.0,
        scale_embedding=True,
        init_std=INIT_SCALE * shape.width**-0.5,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        network = _make_network(config)
    hold_positions(network)
    network.generation_config = _make_generation_config(
        num_beams=4,
        max_length=shape.positions,
        early_stopping=True,
        bad_words_ids=[[pad]],
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
    )
    return network


def load_network(model: Model) -> Network:
    """Load a checkpoint's network with its own configuration, in float32.

    Raises:
        ModelError: The weights cannot be loaded.

    """
    pickled = weights_path(model.folder, allow_pickle=model.allow_pickle)
    try:
        with no_progress_bar():
            network = _from_pretrained(
                model.folder,
                dtype=torch.float32,
                use_safetensors=pickled.name != PICKLE,
                local_files_only=True,
            )
    except (OSError, RuntimeError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise ModelError(
            f"{model.folder}: transformers cannot load the model: {reason}"
        ) from error
    hold_positions(network)
    return network


def hold_positions(network: Network) -> None:
    """Keep the sinusoids out of the training.

    No checkpoint has them, every engine makes them anew; but transformers 5 lets them
    be trained in what it has loaded.
    """
    for side in (network.get_encoder(), network.get_decoder()):
        side.embed_positions.weight.requires_grad_(False)


def set_dropout(network: Network, dropout: float) -> None:
    """Change how much is dropped, in every layer and in the configuration."""
    network.config.dropout = dropout
    for module in network.modules():
        # A number in Marian's layers; the attention's own is another setting.
        if isinstance(getattr(module, "dropout", None), float) and hasattr(
            module, "activation_dropout"
        ):
            module.dropout = dropout
    for side in (network.model.encoder, network.model.decoder):
        side.dropout = dropout


def trained_weights(network: Network) -> dict[str, torch.nn.Parameter]:
    """Return what is trained, by name; weights tied to each other come once."""
    return {
        name: weight
        for name, weight in network.named_parameters()
        if weight.requires_grad
    }


@torch.no_grad()
def clear_padding(network: Network) -> None:
    """Make the embedding of <pad> zero, from which CTranslate2 starts to decode."""
    pad, start = network.config.pad_token_id, network.config.decoder_start_token_id
    network.get_encoder().embed_tokens.weight[pad] = 0
    network.get_decoder().embed_tokens.weight[start] = 0


def output_layer(network: Network) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what makes logits: (tokens, width) and (tokens), without a last <pad>."""
    weight, bias = network.lm_head.weight, network.final_logits_bias.flatten()
    start = network.config.decoder_start_token_id
    if start == len(weight) - 1:
        return weight[:start], bias[:start]
    return weight, bias


def token_loss(
    network: Network,
    source: torch.Tensor,  # (rows, source width)
    decoder_input: torch.Tensor,  # (rows, target width), shifted right
    labels: torch.Tensor,  # (rows, target width), IGNORED where there is none
    *,
    smoothing: float,
    shortlist: Shortlist | None = None,
    ragged: bool = False,
) -> torch.Tensor:
    """Return the loss summed over all target tokens; an estimate by a *shortlist*.

    Only real tokens go through the output layer, and, if *ragged*, through the layers
    before it. <pad>, whose row is held at zero, takes no part in the softmax: no engine
    may say it.
    """
    flat = labels.flatten()
    live = flat != IGNORED
    if ragged:
        hidden = last_hidden(network, source, decoder_input, labels != IGNORED)
    else:
        output = network.model(
            input_ids=source,
            attention_mask=source != network.config.pad_token_id,
            decoder_input_ids=decoder_input,
            use_cache=False,
        )
        hidden = output.last_hidden_state.flatten(0, 1)[live]
    weight, bias = output_layer(network)
    if shortlist is not None:
        return shortlist.loss(hidden, flat[live], weight, bias, smoothing=smoothing)
    return softmax_loss(hidden, flat[live], weight, bias, smoothing=smoothing)


class Averages:
    """A running average of the weights: better than the last ones, at no risk."""

    def __init__(self, network: Network) -> None:
        self._names = list(trained_weights(network))
        self._weights: list[torch.Tensor] = [*trained_weights(network).values()]
        self._averages = [weight.detach().clone() for weight in self._weights]

    @torch.no_grad()
    def update(self, step: int, decay: float) -> None:
        """Take the weights after *step* steps in; the first ones are soon forgotten."""
        decay = min(decay, (1 + step) / (10 + step))
        torch._foreach_lerp_(self._averages, self._weights, 1 - decay)

    def state(self) -> dict[str, torch.Tensor]:
        """Return the averages by the names of the weights."""
        return dict(zip(self._names, self._averages, strict=True))

    @torch.no_grad()
    def load(self, state: dict[str, torch.Tensor]) -> None:
        """Take over what ``state`` gave."""
        for name, average in zip(self._names, self._averages, strict=True):
            average.copy_(state[name])

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Put the averages into the network for a while."""
        with torch.no_grad():
            saved = [weight.detach().clone() for weight in self._weights]
            torch._foreach_copy_(self._weights, self._averages)
        try:
            yield
        finally:
            with torch.no_grad():
                torch._foreach_copy_(self._weights, saved)


def choose_device(wanted: str) -> str:
    """Say where to train.

    Raises:
        UsageError: There is no card.

    """
    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if wanted == "cuda" and not torch.cuda.is_available():
        raise UsageError("no CUDA device is found; --device cpu works everywhere")
    return wanted


def choose_precision(wanted: Precision, device: str) -> torch.dtype:
    """Say in what to multiply; on a CPU measured, since its makers do not tell."""
    if wanted != "auto":
        return torch.bfloat16 if wanted == "bfloat16" else torch.float32
    if device == "cuda":
        supported = torch.cuda.is_bf16_supported(including_emulation=False)
        return torch.bfloat16 if supported else torch.float32
    if _seconds(torch.bfloat16) * BFLOAT16_GAIN < _seconds(torch.float32):
        return torch.bfloat16
    return torch.float32


def _seconds(kind: torch.dtype) -> float:
    """Measure one multiplication, the best of a few: others use the machine too."""
    rows, inner, columns = _PROBE
    first, second = (
        torch.ones(rows, inner, dtype=kind),
        torch.ones(inner, columns, dtype=kind),
    )
    best, spent = float("inf"), 0.0
    for _ in range(9):
        started = time.perf_counter()
        first @ second
        seconds = time.perf_counter() - started
        best, spent = min(best, seconds), spent + seconds
        if spent > _PROBE_SECONDS:
            break
    return best
