"""Marian checkpoints on disk: whether their files are there and fit each other."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from satzpaar.translate.errors import ModelError
from satzpaar.translate.tensors import (
    LFS_POINTER,
    PickleFile,
    TensorFile,
    lfs_complaint,
)

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.tensors import Array

SAFETENSORS = "model.safetensors"
PICKLE = "pytorch_model.bin"
CONFIG = "config.json"
NEEDED_FILES = (CONFIG, "vocab.json", "source.spm", "target.spm")
TOKENIZER_FILES = (
    "source.spm",
    "target.spm",
    "vocab.json",
    "target_vocab.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
)

# Weights tied to each other are stored once, under any one of these names.
_SOURCE_EMBEDDINGS = ("model.encoder.embed_tokens.weight",)
_TARGET_EMBEDDINGS = ("model.decoder.embed_tokens.weight", "lm_head.weight")
_OUTPUT_LAYER = ("lm_head.weight", "model.decoder.embed_tokens.weight")
_SHARED = (
    "model.shared.weight",
    "model.encoder.embed_tokens.weight",
    "model.decoder.embed_tokens.weight",
    "lm_head.weight",
)


def copy_tokenizer(start: Path, folder: Path) -> None:
    """Copy the files of a checkpoint's tokenizer, those that there are."""
    for name in TOKENIZER_FILES:
        if (start / name).is_file():
            shutil.copyfile(start / name, folder / name)


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """The head of a decoder's attention over the source that shows word alignments."""

    layer: int  # of the decoder, from 0
    head: int  # from 0
    # Steps after the one that says a token: 0; or 1, when the decoder reads it (Chen et
    # al. 2020, "Accurate Word Alignment Induction from Neural Machine Translation").
    lag: int = 0

    def __str__(self) -> str:
        step = "says" if self.lag == 0 else "reads"
        return (
            f"head {self.head} of decoder layer {self.layer} (from 0), at the step "
            f"that {step} a token"
        )


@dataclass(frozen=True, slots=True)
class Config:
    """What ``config.json`` says of a Marian model's shape."""

    vocabulary: int  # rows of the source embedding
    target_vocabulary: int
    model_width: int
    encoder_layers: int
    decoder_layers: int
    encoder_heads: int
    decoder_heads: int
    encoder_hidden: int  # width of the feed-forward layers
    decoder_hidden: int
    positions: int
    activation: str
    scale_embedding: bool
    shared_embeddings: bool
    tied_output: bool
    pad: int
    decoder_start: int
    alignment_head: HeadPlace | None  # None: no head shows them
    overruled: bool  # by the dictionary, also where its word is English
    reads_context: bool  # its pronouns are chosen by the sentence before
    plain_idioms: bool  # idioms are put in plain words for it

    @property
    def guided_head(self) -> HeadPlace:
        """The head that is trained on word alignments, by Marian and by us."""
        return HeadPlace(self.decoder_layers - 1, 0)


# Where config.json says that a dictionary overrules the model's words.
OVERRULED = "dictionary_overrules"

# Where it says that a model is worth asking what a pronoun refers to.
READS_CONTEXT = "reads_context"

# Where it says that a model is better off with idioms in plain German.
PLAIN_IDIOMS = "plain_idioms"


def read_json(path: Path) -> dict[str, Any]:
    """Read a file that holds one JSON object.

    Raises:
        ModelError: The file is missing, no UTF-8, no JSON or no object.
    """
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ModelError(
            f"{path}: missing; a Marian checkpoint has {', '.join(NEEDED_FILES)} "
            f"and {SAFETENSORS}"
        ) from None
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # both of JSON and of UTF-8
        if path.read_bytes()[: len(LFS_POINTER)] == LFS_POINTER:
            raise ModelError(lfs_complaint(path)) from None
        raise ModelError(f"{path}: not JSON ({error})") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path}: a JSON object is expected")
    return content


def read_config(folder: Path) -> Config:
    """Read ``config.json`` and check that it is a Marian model's.

    Raises:
        ModelError: Not a Marian model, or a value is missing or impossible.
    """
    path = folder / "config.json"
    content = read_json(path)
    kind = content.get("model_type")
    if kind != "marian":
        raise ModelError(f'{path}: model_type is {kind!r}, but "marian" is expected')

    def number(key: str, default: int | None = None, least: int = 1) -> int:
        value = content.get(key)
        value = default if value is None else value
        if type(value) is not int or value < least:
            raise ModelError(
                f"{path}: {key} is {value!r}, but a whole number from {least} "
                "is expected"
            )
        return value

    vocabulary = number("vocab_size")
    pad = number("pad_token_id", vocabulary - 1, least=0)
    config = Config(
        vocabulary=vocabulary,
        target_vocabulary=number("decoder_vocab_size", vocabulary),
        model_width=number("d_model"),
        encoder_layers=number("encoder_layers"),
        decoder_layers=number("decoder_layers"),
        encoder_heads=number("encoder_attention_heads"),
        decoder_heads=number("decoder_attention_heads"),
        encoder_hidden=number("encoder_ffn_dim"),
        decoder_hidden=number("decoder_ffn_dim"),
        positions=number("max_position_embeddings"),
        activation=str(content.get("activation_function", "gelu")),
        scale_embedding=bool(content.get("scale_embedding", False)),
        shared_embeddings=bool(content.get("share_encoder_decoder_embeddings", True)),
        tied_output=bool(content.get("tie_word_embeddings", True)),
        pad=pad,
        decoder_start=number("decoder_start_token_id", pad, least=0),
        alignment_head=_alignment_head(path, content),
        overruled=_flag(path, content, OVERRULED),
        reads_context=_flag(path, content, READS_CONTEXT),
        plain_idioms=_flag(path, content, PLAIN_IDIOMS),
    )
    for heads in (config.encoder_heads, config.decoder_heads):
        if config.model_width % heads:
            raise ModelError(
                f"{path}: d_model {config.model_width} cannot be cut into {heads} heads"
            )
    return config


def _alignment_head(path: Path, content: dict[str, Any]) -> HeadPlace | None:
    """Read which head shows word alignments.

    Ours is the key; other programs leave it alone. Where it is missing the head is the
    one that Marian trains on alignments, as it did for OPUS-MT's models.
    """
    layers, heads = content["decoder_layers"], content["decoder_attention_heads"]
    if "alignment_head" not in content:
        return HeadPlace(layers - 1, 0)
    said = content["alignment_head"]
    if said is None:
        return None
    most = {"layer": layers - 1, "head": heads - 1, "lag": 1}
    if (
        not isinstance(said, dict)
        or set(said) != set(most)
        or not all(
            type(said[key]) is int and 0 <= said[key] <= most[key] for key in most
        )
    ):
        expected = ", ".join(f"{key} 0 to {value}" for key, value in most.items())
        raise ModelError(
            f"{path}: alignment_head is {said!r}, but null or {expected} is expected"
        )
    return HeadPlace(**said)


def _flag(path: Path, content: dict[str, Any], key: str) -> bool:
    """Read one of our own keys; other programs leave them alone. Missing: false."""
    said = content.get(key, False)
    if type(said) is not bool:
        raise ModelError(f"{path}: {key} is {said!r}, but true or false is expected")
    return said


class Checkpoint:
    """A Marian checkpoint whose parts fit each other.

    Args:
        folder: An ordinary Hugging Face folder.
        allow_pickle: Also take ``pytorch_model.bin``, which can run code of its
            maker's where torch's guard has a hole. Its shapes are checked when the
            weights are read, those of safetensors at once.

    Raises:
        ModelError: A file is missing, foreign, damaged or does not fit the others.
    """

    def __init__(self, folder: Path, *, allow_pickle: bool = False) -> None:
        if not folder.is_dir():
            reason = "not a folder" if folder.exists() else "no such folder"
            raise ModelError(f"{folder}: {reason}; a model's folder is expected")
        self.folder = folder
        self.config = read_config(folder)
        for name in NEEDED_FILES:
            if not (folder / name).is_file():
                raise ModelError(
                    f"{folder / name}: missing; a Marian checkpoint has "
                    f"{', '.join(NEEDED_FILES)} and {SAFETENSORS}"
                )
        path = weights_path(folder, allow_pickle=allow_pickle)
        self.weights: TensorFile | PickleFile
        if path.name == SAFETENSORS:
            self.weights = TensorFile(path)
            self._check_shapes()
        else:
            self.weights = PickleFile(path)

    def _check_shapes(self) -> None:
        found = self.weights.shapes()
        for names, shape in _expected_shapes(self.config).items():
            name = next((name for name in names if name in found), None)
            if name is None:
                raise ModelError(
                    f"{self.weights.path}: no {names[0]}, which the model of "
                    f"{self.folder / 'config.json'} needs"
                )
            if found[name] != shape:
                raise ModelError(
                    f"{self.weights.path}: {name} has the shape {list(found[name])}, "
                    f"but config.json makes it {list(shape)}"
                )

    def source_embedding(self) -> Array:
        """Return (vocabulary, model width)."""
        return self._first(
            _SHARED if self.config.shared_embeddings else _SOURCE_EMBEDDINGS
        )

    def target_embedding(self) -> Array:
        """Return (target vocabulary, model width)."""
        return self._first(
            _SHARED if self.config.shared_embeddings else _TARGET_EMBEDDINGS
        )

    def output_layer(self) -> Array:
        """Return (target vocabulary, model width)."""
        if self.config.tied_output:
            return self.target_embedding()
        return self._first(_OUTPUT_LAYER)

    def output_bias(self) -> Array | None:
        """Return (target vocabulary), or None where the model has none."""
        if "final_logits_bias" not in self.weights.shapes():
            return None
        return self.weights.tensor("final_logits_bias").reshape(-1)

    def _first(self, names: tuple[str, ...]) -> Array:
        found = self.weights.shapes()
        return self.weights.tensor(next(name for name in names if name in found))

    def load(self) -> None:
        """Check what only reading the weights can tell, those of a pickle."""
        if isinstance(self.weights, PickleFile):
            self._check_shapes()


def weights_path(folder: Path, *, allow_pickle: bool) -> Path:
    """Find the file of the weights.

    Raises:
        ModelError: There is none, or only one that may not be loaded.
    """
    safe, pickle = folder / SAFETENSORS, folder / PICKLE
    if safe.is_file():
        return safe
    if allow_pickle and pickle.is_file():
        return pickle
    found = f"; {PICKLE} could run code of its maker's" if pickle.is_file() else ""
    raise ModelError(
        f"{safe}: missing{found}; a model of the hub may have it at another revision, "
        f"OWNER/NAME@refs/pr/N (see its pull requests), and --allow-pickle takes "
        f"{PICKLE}"
    )


def _expected_shapes(config: Config) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Return the shape of each tensor, by the names it may have."""
    width = config.model_width
    expected: dict[tuple[str, ...], tuple[int, ...]] = {}
    source = (config.vocabulary, width)
    target = (config.target_vocabulary, width)
    if config.shared_embeddings:
        expected[_SHARED] = source
    else:
        expected[_SOURCE_EMBEDDINGS] = source
        expected[_TARGET_EMBEDDINGS] = target
    if not config.tied_output:
        expected[_OUTPUT_LAYER] = target
    sides = (
        ("encoder", config.encoder_layers, config.encoder_hidden, ("self_attn",)),
        (
            "decoder",
            config.decoder_layers,
            config.decoder_hidden,
            ("self_attn", "encoder_attn"),
        ),
    )
    for side, layers, hidden, attentions in sides:
        for layer in range(layers):
            matrices = {"fc1": (hidden, width), "fc2": (width, hidden)}
            norms = ["final_layer_norm"]
            for attention in attentions:
                norms.append(f"{attention}_layer_norm")
                for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
                    matrices[f"{attention}.{part}"] = (width, width)
            prefix = f"model.{side}.layers.{layer}"
            for name, shape in matrices.items():
                expected[(f"{prefix}.{name}.weight",)] = shape
                expected[(f"{prefix}.{name}.bias",)] = shape[:1]
            for name in norms:
                expected[(f"{prefix}.{name}.weight",)] = (width,)
                expected[(f"{prefix}.{name}.bias",)] = (width,)
    return expected
