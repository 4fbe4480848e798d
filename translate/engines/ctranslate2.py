"""Marian models run by CTranslate2, the fast way on a CPU."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import ctranslate2
import numpy as np

from satzpaar.translate.conversion import convert, storage_for
from satzpaar.translate.engine import (
    Attention,
    ForcedScore,
    Hypothesis,
    alignment_head_of,
    with_alternatives,
)
from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.tokenizer import END, PAD, MarianTokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from satzpaar.translate.engine import DecodingOptions
    from satzpaar.translate.models import Model

DEFAULT_COMPUTE_TYPES = {"cpu": "int8", "cuda": "float16"}


class CTranslate2Engine:
    """A model in CTranslate2, converted on first use.

    Args:
        model: What ``find_model`` found.
        device: ``auto`` (CUDA where there is a card), ``cpu`` or ``cuda``.
        compute_type: One of CTranslate2's. None: ``DEFAULT_COMPUTE_TYPES``.
        threads: Decode workers on a CPU, each with a batch and a core of its own.
            None: as many as this process has cores.
    """

    name = "ctranslate2"

    def __init__(
        self,
        model: Model,
        *,
        device: str = "auto",
        compute_type: str | None = None,
        threads: int | None = None,
    ) -> None:
        if device == "auto":
            device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        if device not in DEFAULT_COMPUTE_TYPES:
            raise UsageError(f"no device {device!r}; auto, cpu or cuda is expected")
        if device == "cuda" and not ctranslate2.get_cuda_device_count():
            raise UsageError("no CUDA device is found; --device cpu works everywhere")
        compute_type = compute_type or DEFAULT_COMPUTE_TYPES[device]
        supported = ctranslate2.get_supported_compute_types(device)
        if compute_type not in supported:
            raise UsageError(
                f"compute type {compute_type!r} is not for this {device}; one of "
                f"{', '.join(sorted(supported))} is expected"
            )
        self.model = model
        self.tokenizer = MarianTokenizer(model)
        self.device = device
        self.compute_type = compute_type
        cores = (threads or available_cores()) if device == "cpu" else 1
        # One more caller than decoders: its batch waits while they are busy.
        self.workers = cores + 1

        folder = convert(model, storage_for(compute_type))
        try:
            # In a thread of its own: whichever loads it has one OpenMP thread from then
            # on, so that PyTorch would go on with one core.
            with ThreadPoolExecutor(1) as loader:
                self._translator = loader.submit(
                    ctranslate2.Translator,
                    str(folder),
                    device=device,
                    compute_type=compute_type,
                    inter_threads=cores,
                    intra_threads=1,
                ).result()
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"{folder}: CTranslate2 cannot load the converted model ({error}); "
                "delete the folder and it is made again"
            ) from error
        settings = json.loads((folder / "config.json").read_bytes())
        # A model whose <pad> could not be left out must be kept from saying it.
        self._forbidden = [[PAD]] if settings["decoder_start_token"] == PAD else None

    def translate_batch(
        self,
        sources: Sequence[Sequence[str]],
        options: DecodingOptions,
        *,
        max_target_tokens: int,
    ) -> list[Hypothesis]:
        """Return the best hypothesis for each source, in the same order."""
        results = self._translator.translate_batch(
            [[*source, END] for source in sources],
            beam_size=options.beam_size,
            num_hypotheses=1 + options.alternatives,
            length_penalty=options.penalty_for(self.model),
            no_repeat_ngram_size=options.no_repeat_ngram_size,
            suppress_sequences=self._forbidden,
            max_decoding_length=max_target_tokens,
            max_input_length=0,  # the default cuts longer sources and says nothing
            return_scores=True,
            return_end_token=True,
            return_attention=options.attention,
        )
        return [
            with_alternatives(
                [
                    self._hypothesis(result, number, len(source), options)
                    for number in range(len(result.hypotheses))
                ]
            )
            for result, source in zip(results, sources, strict=True)
        ]

    def _attention(
        self, result: Any, number: int, source_tokens: int
    ) -> Attention | None:
        """Return a hypothesis's, where the search gives it whole."""
        tokens, lag = result.hypotheses[number], alignment_head_of(self.model).lag
        # Without its end the last token was never read; and of the first step
        # CTranslate2's beam search gives the batch that of its first source.
        if tokens[-1:] != [END] or lag == 0:
            return None
        rows = np.array(result.attention[number], np.float32)
        rows = rows.reshape(-1, source_tokens + 1)
        said = len(tokens) - 1
        return Attention(tokens[:-1], rows[lag : lag + said])

    def _hypothesis(
        self, result: Any, number: int, source_tokens: int, options: DecodingOptions
    ) -> Hypothesis:
        tokens, score = result.hypotheses[number], result.scores[number]
        # CTranslate2 gives sum / length ** penalty, the end token counted.
        mean = score * max(len(tokens), 1) ** (options.penalty_for(self.model) - 1)
        return Hypothesis(
            text=self.tokenizer.detokenize(tokens),
            score=min(mean, 0.0),
            complete=bool(tokens) and tokens[-1] == END,
            attention=self._attention(result, number, source_tokens)
            if options.attention
            else None,
        )

    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """Score each target as the translation of its source, in the same order."""
        if len(sources) != len(targets):
            raise ValueError(f"{len(sources)} sources, but {len(targets)} targets")
        results = self._translator.score_batch(
            [[*source, END] for source in sources],
            [list(target) for target in targets],  # it adds the end token itself
            max_input_length=0,
        )
        return [
            ForcedScore(tuple(min(score, 0.0) for score in result.log_probs))
            for result in results
        ]

    def attention_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[NDArray[np.float32]]:
        """Return what the alignment head attends to, for each pair in order."""
        lag = alignment_head_of(self.model).lag
        if len(sources) != len(targets):
            raise ValueError(f"{len(sources)} sources, but {len(targets)} targets")
        if not sources:
            return []
        # Scoring gives no attention; translating with the target as what has been said
        # does, and is forced a token at a time.
        results = self._translator.translate_batch(
            [[*source, END] for source in sources],
            target_prefix=[list(target) for target in targets],
            beam_size=1,
            max_decoding_length=max(map(len, targets)) + 1,
            max_input_length=0,
            return_end_token=True,  # and with it the row of the step that says it
            return_attention=True,
        )
        return [
            np.array(result.attention[0], np.float32).reshape(-1, len(source) + 1)[
                lag : lag + len(target)
            ]
            for result, source, target in zip(results, sources, targets, strict=True)
        ]


def available_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
