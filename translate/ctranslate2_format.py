"""Marian models written in CTranslate2's file format.

Written here and not by CTranslate2's converter because that imports torch and
transformers, seconds of a newcomer's first run. The layout is its ``TransformerSpec``,
revision 7, in binary version 6; CTranslate2 reads older versions than its own. A test
compares every variable with those of its converter.
"""

from __future__ import annotations

import json
import os
import struct
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Literal

import numpy as np

from satzpaar.translate.checkpoint import Checkpoint
from satzpaar.translate.errors import ModelError
from satzpaar.translate.tokenizer import END, PAD, UNKNOWN, MarianTokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from satzpaar.translate.checkpoint import Config
    from satzpaar.translate.models import Model
    from satzpaar.translate.tensors import Array

    Variable = Callable[[], Array]  # reads it

# "int8": matrices as 8-bit numbers with one scale a row. "float": as the checkpoint
# has them; CTranslate2 turns them into any type when it loads them.
Storage = Literal["int8", "float"]

_BINARY_VERSION = 6
_SPEC_REVISION = 7
_DTYPES = ("float32", "int8", "int16", "int32", "float16")  # their index is their code

_NEVER = -1e4  # a logit that no exponential brings back, within float16's range

# ctranslate2.specs.common_spec.Activation
_ACTIVATIONS = {
    "relu": 0,
    "gelu_fast": 1,
    "gelu_new": 1,
    "gelu_pytorch_tanh": 1,
    "silu": 2,
    "swish": 2,
    "gelu": 3,
    "gelu_python": 3,
    "quick_gelu": 4,
}


def write_model(model: Model, storage: Storage, folder: Path) -> None:
    """Write a model in CTranslate2's format into an empty folder."""
    checkpoint = Checkpoint(model.folder, allow_pickle=model.allow_pickle)
    checkpoint.load()
    config = checkpoint.config
    if config.activation not in _ACTIVATIONS:
        raise ModelError(
            f"{model.folder / 'config.json'}: activation_function "
            f"{config.activation!r} is none of {', '.join(_ACTIVATIONS)}"
        )
    tokenizer = MarianTokenizer(model)
    source = _tokens(tokenizer.source_ids, config.vocabulary, model)
    target = _tokens(tokenizer.target_ids, config.target_vocabulary, model)

    # Marian's decoder starts from a zero vector; transformers keeps it as the last
    # row, <pad>. CTranslate2 has it built in, and without the row cannot produce it.
    start = checkpoint.target_embedding()[config.decoder_start]
    zero_start = not start.any()
    drop_pad = (
        zero_start
        and config.decoder_start == config.target_vocabulary - 1
        and source[-1] == target[-1] == PAD
    )
    if drop_pad:
        source, target = source[:-1], target[:-1]

    scalars = _scalars(config, zero_start=zero_start)
    variables: dict[str, Variable] = {
        name: partial(np.copy, value) for name, value in scalars
    }
    variables |= _layers(checkpoint)
    variables["encoder/position_encodings/encodings"] = partial(positions, config)
    matrices, aliases = _embeddings(checkpoint, len(source), len(target))
    if PAD in target:  # never said, so that it takes no part in the softmax
        bias = np.zeros(len(target), np.float32)
        stored = checkpoint.output_bias()
        if stored is not None:
            bias += stored
        bias[target.index(PAD)] = _NEVER
        matrices["decoder/projection/bias"] = partial(np.copy, bias)
    with (folder / "model.bin").open("wb") as file:
        _write_binary(file, variables | matrices, aliases, storage)
        file.flush()
        os.fsync(file.fileno())
    settings = {
        "add_source_bos": False,
        "add_source_eos": False,
        "bos_token": "<s>",
        "decoder_start_token": END if drop_pad else target[config.decoder_start],
        "eos_token": END,
        "layer_norm_epsilon": None,
        "multi_query_attention": False,
        "unk_token": UNKNOWN,
    }
    vocabularies = (
        {"shared": source} if source == target else {"source": source, "target": target}
    )
    _write_json(folder / "config.json", settings)
    for name, tokens in vocabularies.items():
        _write_json(folder / f"{name}_vocabulary.json", tokens)


def _tokens(ids: dict[str, int], rows: int, model: Model) -> list[str]:
    if len(ids) != rows:
        raise ModelError(
            f"{model.folder / 'vocab.json'}: {len(ids)} tokens, but the weights have "
            f"{rows} rows; one for each is expected"
        )
    return sorted(ids, key=ids.__getitem__)


def _scalars(config: Config, *, zero_start: bool) -> Iterator[tuple[str, Array]]:
    scale = config.model_width**0.5 if config.scale_embedding else 1.0
    activation = np.array(_ACTIVATIONS[config.activation], np.int8)
    for side, heads in (
        ("encoder", config.encoder_heads),
        ("decoder", config.decoder_heads),
    ):
        yield f"{side}/activation", activation
        yield f"{side}/num_heads", np.array(heads, np.int16)
        yield f"{side}/pre_norm", np.array(0, np.int8)
        yield f"{side}/scale_embeddings", np.array(scale, np.float32)
    yield "encoder/embeddings_merge", np.array(0, np.int8)
    yield "encoder/multi_query_attention", np.array(0, np.int8)
    for name in ("alibi", "alibi_use_positive_positions", "scale_alibi"):
        yield f"decoder/{name}", np.array(0, np.int8)
    # It gives the mean of a layer's first heads: of one, and that is the one we want.
    head, last = config.alignment_head, config.decoder_layers - 1
    layer = -1 if head is None or head.layer == last else head.layer
    yield "decoder/alignment_heads", np.array(1, np.int16)
    yield "decoder/alignment_layer", np.array(layer, np.int16)
    yield "decoder/start_from_zero_embedding", np.array(zero_start, np.int8)


def positions(config: Config) -> Array:
    """Return Marian's position encodings, (positions, model width).

    Sines in the first half of each row, cosines in the second.

    Source: Vaswani et al. (2017), "Attention Is All You Need", section 3.5; the
    order of the halves is Marian's.
    """
    frequencies = 10000.0 ** (
        -2 * np.arange((config.model_width + 1) // 2) / config.model_width
    )
    angles = np.arange(config.positions)[:, None] * frequencies[None, :]
    halves = [np.sin(angles), np.cos(angles[:, : config.model_width // 2])]
    return np.concatenate(halves, axis=1).astype(np.float32)


def _embeddings(
    checkpoint: Checkpoint, source_rows: int, target_rows: int
) -> tuple[dict[str, Variable], dict[str, str]]:
    """Return the matrices of the vocabularies, and which names stand for others."""
    config = checkpoint.config
    source, target = "encoder/embeddings_0/weight", "decoder/embeddings/weight"
    output = "decoder/projection"
    aliases = {
        "decoder/position_encodings/encodings": "encoder/position_encodings/encodings"
    }
    variables: dict[str, Variable] = {
        target: lambda: checkpoint.target_embedding()[:target_rows]
    }
    if config.shared_embeddings:
        aliases[source] = target
    else:
        variables[source] = lambda: checkpoint.source_embedding()[:source_rows]
    if config.tied_output:
        aliases[f"{output}/weight"] = target
    else:
        variables[f"{output}/weight"] = lambda: checkpoint.output_layer()[:target_rows]
    bias = checkpoint.output_bias()
    if bias is not None and bias.any():
        variables[f"{output}/bias"] = partial(np.copy, bias[:target_rows])
    return variables, aliases


def _layers(checkpoint: Checkpoint) -> dict[str, Variable]:
    """Return the layers' variables, the projections of an attention fused."""
    variables: dict[str, Variable] = {}

    def fused(names: Sequence[str]) -> Array:
        return np.concatenate([checkpoint.weights.tensor(name) for name in names])

    def linear(name: str, *parts: str) -> None:
        for kind in ("weight", "bias"):
            names = [f"{part}.{kind}" for part in parts]
            variables[f"{name}/{kind}"] = partial(fused, names)

    def norm(name: str, part: str) -> None:
        variables[f"{name}/gamma"] = partial(fused, [f"{part}.weight"])
        variables[f"{name}/beta"] = partial(fused, [f"{part}.bias"])

    config = checkpoint.config
    for side, layers in (
        ("encoder", config.encoder_layers),
        ("decoder", config.decoder_layers),
    ):
        for number in range(layers):
            ours, theirs = f"{side}/layer_{number}", f"model.{side}.layers.{number}"
            attention = f"{theirs}.self_attn"
            query, key, value = (f"{attention}.{part}_proj" for part in "qkv")
            linear(f"{ours}/self_attention/linear_0", query, key, value)
            linear(f"{ours}/self_attention/linear_1", f"{attention}.out_proj")
            norm(f"{ours}/self_attention/layer_norm", f"{attention}_layer_norm")
            if side == "decoder":
                attention = f"{theirs}.encoder_attn"
                query, key, value = (f"{attention}.{part}_proj" for part in "qkv")
                linear(f"{ours}/attention/linear_0", query)
                linear(f"{ours}/attention/linear_1", key, value)
                linear(f"{ours}/attention/linear_2", f"{attention}.out_proj")
                norm(f"{ours}/attention/layer_norm", f"{attention}_layer_norm")
                head = config.alignment_head
                if head is not None and head.layer == number:
                    _put_first(variables, f"{ours}/attention", head.head, config)
            linear(f"{ours}/ffn/linear_0", f"{theirs}.fc1")
            linear(f"{ours}/ffn/linear_1", f"{theirs}.fc2")
            norm(f"{ours}/ffn/layer_norm", f"{theirs}.final_layer_norm")
    return variables


def _put_first(
    variables: dict[str, Variable], attention: str, head: int, config: Config
) -> None:
    """Let a head of an attention over the source change places with the first."""
    width = config.model_width
    rows = np.arange(width).reshape(config.decoder_heads, -1)  # (heads, head width)
    rows[[0, head]] = rows[[head, 0]]
    order = rows.reshape(-1)

    def moved(read: Variable, places: Array, axis: int = 0) -> Array:
        return np.take(read(), places, axis=axis)

    for kind in ("weight", "bias"):
        for name, places in (
            (f"{attention}/linear_0/{kind}", order),
            (f"{attention}/linear_1/{kind}", np.concatenate([order, width + order])),
        ):
            variables[name] = partial(moved, variables[name], places)
    output = f"{attention}/linear_2/weight"
    variables[output] = partial(moved, variables[output], order, 1)


def _quantized(matrix: Array) -> tuple[Array, Array]:
    """Return the matrix as int8 and the scale of each row, as CTranslate2 does it."""
    scaled = matrix.astype(np.float32)
    largest = np.maximum(scaled.max(axis=1), -scaled.min(axis=1))
    largest[largest == 0] = 127.0
    scale = (127.0 / largest).astype(np.float32)
    scaled *= scale[:, None]
    return np.rint(scaled, out=scaled).astype(np.int8), scale


def _stored(
    variables: dict[str, Variable], storage: Storage
) -> Iterator[tuple[str, Array]]:
    """Yield what is written, read one at a time: a large model fits in little."""
    for name, read in sorted(variables.items()):
        value = read()
        if storage == "float" or not value.ndim:
            yield name, value
        elif _is_matrix(name):
            value, scale = _quantized(value)
            yield name, value
            yield f"{name}_scale", scale
        else:
            yield name, value.astype(np.float32)


def _is_matrix(name: str) -> bool:
    return name.endswith("/weight")


def _write_binary(
    file: BinaryIO,
    variables: dict[str, Variable],
    aliases: dict[str, str],
    storage: Storage,
) -> None:
    def text(value: str) -> bytes:
        encoded = value.encode()
        return struct.pack("<H", len(encoded) + 1) + encoded + b"\0"

    scales = sum(map(_is_matrix, variables)) if storage == "int8" else 0
    file.write(struct.pack("<I", _BINARY_VERSION) + text("TransformerSpec"))
    file.write(struct.pack("<II", _SPEC_REVISION, len(variables) + scales))
    for name, value in _stored(variables, storage):
        file.write(text(name))
        file.write(struct.pack(f"<B{value.ndim}I", value.ndim, *value.shape))
        code = _DTYPES.index(value.dtype.name)
        file.write(struct.pack("<BI", code, value.nbytes))
        file.write(value.tobytes())
    file.write(struct.pack("<I", len(aliases)))
    for name, other in sorted(aliases.items()):
        file.write(text(name) + text(other))


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
