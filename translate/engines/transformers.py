"""Marian models run by transformers: the reference, on a CPU or a CUDA card."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
import transformers

from satzpaar.translate.alignment_head import AlignmentHead
from satzpaar.translate.engine import (
    ForcedScore,
    Hypothesis,
    alignment_head_of,
    with_alternatives,
)
from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.tokenizer import END, PAD, MarianTokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from satzpaar.translate.engine import DecodingOptions
    from satzpaar.translate.models import Model

DEFAULT_COMPUTE_TYPES = {"cpu": "float32", "cuda": "bfloat16"}

_COMPUTE_TYPES = {
    "cpu": {"float32": torch.float32, "bfloat16": torch.bfloat16},
    "cuda": {
        "float32": torch.float32,
        "bfloat16": torch.bfloat16,
        "float16": torch.float16,
    },
}

# Target tokens that are spread over the vocabulary at once: 60,000 numbers each.
_LOGITS_ROWS = 256

# Typed as Any because the library types them in part or not at all.
_generation_config: Any = transformers.GenerationConfig
_from_pretrained: Any = transformers.MarianMTModel.from_pretrained
_logging: Any = transformers.utils.logging


class TransformersEngine:
    """A model in ``MarianMTModel``, decoded by ``generate``.

    Args:
        model: What ``find_model`` found.
        device: ``auto`` (CUDA where there is a card), ``cpu`` or ``cuda``.
        compute_type: float32, bfloat16, or float16 on a card. None:
            ``DEFAULT_COMPUTE_TYPES``.
        threads: Cores to use, for all of torch in this process. None: as torch has it.
    """

    name = "transformers"
    workers = 1  # torch spreads one batch over all cores

    def __init__(
        self,
        model: Model,
        *,
        device: str = "auto",
        compute_type: str | None = None,
        threads: int | None = None,
    ) -> None:
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        if device not in _COMPUTE_TYPES:
            raise UsageError(f"no device {device!r}; auto, cpu or cuda is expected")
        if device == "cuda" and not torch.cuda.is_available():
            raise UsageError("no CUDA device is found; --device cpu works everywhere")
        compute_type = compute_type or DEFAULT_COMPUTE_TYPES[device]
        if compute_type not in _COMPUTE_TYPES[device]:
            raise UsageError(
                f"compute type {compute_type!r} is not for {device}; one of "
                f"{', '.join(_COMPUTE_TYPES[device])} is expected"
            )
        if threads:
            torch.set_num_threads(threads)
        self.model = model
        self.tokenizer = MarianTokenizer(model)
        self.device = device
        self.compute_type = compute_type
        with no_progress_bar():
            try:
                self._network = _from_pretrained(
                    model.folder,
                    dtype=_COMPUTE_TYPES[device][compute_type],
                    use_safetensors=not _has_only_pickle(model),
                    local_files_only=True,
                )
            except (OSError, RuntimeError, ValueError) as error:
                reason = str(error).partition("\n")[0]
                raise ModelError(
                    f"{model.folder}: transformers cannot load the model: {reason}"
                ) from error
        self._network.to(device).eval()
        config = self._network.config
        self._end = self.tokenizer.target_ids[END]
        self._pad = self.tokenizer.target_ids.get(PAD, config.pad_token_id)
        self._start = config.decoder_start_token_id
        # `generate` fills the gaps of our settings from these: the checkpoint's would
        # force an end of sentence at the limit, and hide that it was reached.
        self._network.generation_config = _generation_config()

    @torch.inference_mode()
    def translate_batch(
        self,
        sources: Sequence[Sequence[str]],
        options: DecodingOptions,
        *,
        max_target_tokens: int,
    ) -> list[Hypothesis]:
        """Return the best hypothesis for each source, in the same order."""
        if not sources:
            return []
        ids, mask = self._encoded(sources)
        greedy = _GreedyScores()
        generated = self._network.generate(
            inputs=ids,
            attention_mask=mask,
            generation_config=self._settings(options, max_target_tokens),
            logits_processor=transformers.LogitsProcessorList(
                [greedy] if options.beam_size == 1 else []
            ),
        )
        found = generated.sequences[:, 1:].tolist()  # without the start token
        if options.beam_size == 1:
            totals = greedy.totals([_length(row, self._end) for row in found])
        hypotheses = []
        for number, row in enumerate(found):
            length = _length(row, self._end)
            if options.beam_size == 1:
                mean = totals[number] / length
            else:
                # transformers gives sum / length ** penalty, the end token counted.
                score = float(generated.sequences_scores[number])
                mean = score * length ** (options.penalty_for(self.model) - 1)
            tokens = self.tokenizer.target_tokens(row[:length])
            hypotheses.append(
                Hypothesis(
                    text=self.tokenizer.detokenize(tokens),
                    score=min(mean, 0.0),
                    complete=row[length - 1] == self._end,
                )
            )
        each = 1 + options.alternatives
        return [
            with_alternatives(hypotheses[first : first + each])
            for first in range(0, len(hypotheses), each)
        ]

    @torch.inference_mode()
    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """Score each target as the translation of its source, in the same order."""
        if len(sources) != len(targets):
            raise ValueError(f"{len(sources)} sources, but {len(targets)} targets")
        if not sources:
            return []
        ids, mask = self._encoded(sources)
        labels, live = self._padded(
            [[*self.tokenizer.target_numbers(row), self._end] for row in targets],
            self._pad,
        )
        start = torch.full_like(labels[:, :1], self._start)
        hidden = self._network.model(
            input_ids=ids,
            attention_mask=mask,
            decoder_input_ids=torch.cat([start, labels[:, :-1]], dim=1),
            use_cache=False,
        ).last_hidden_state[live.bool()]  # (target tokens, width)
        scores: list[float] = []
        chosen = labels[live.bool()]
        for first in range(0, len(hidden), _LOGITS_ROWS):
            rows = slice(first, first + _LOGITS_ROWS)
            logits = self._network.lm_head(hidden[rows])
            logits = (logits + self._network.final_logits_bias).float()
            # As in `_settings`: <pad> is forbidden, its share given to the others.
            logits[:, self._pad] = float("-inf")
            picked = logits.gather(1, chosen[rows, None]).squeeze(1)
            scores += (picked - logits.logsumexp(dim=-1)).clamp(max=0).tolist()
        ends = list(itertools.accumulate(live.sum(dim=1).tolist(), initial=0))
        return [
            ForcedScore(tuple(scores[begin:end]))
            for begin, end in itertools.pairwise(ends)
        ]

    @torch.inference_mode()
    def attention_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[NDArray[np.float32]]:
        """Return what the alignment head attends to, for each pair in order."""
        place = alignment_head_of(self.model)
        if len(sources) != len(targets):
            raise ValueError(f"{len(sources)} sources, but {len(targets)} targets")
        if not sources:
            return []
        ids, mask = self._encoded(sources)
        said, _ = self._padded(
            [[self._start, *self.tokenizer.target_numbers(row)] for row in targets],
            self._pad,
        )
        head = AlignmentHead(self._network, place)
        with head.recording():
            self._network.model(
                input_ids=ids,
                attention_mask=mask,
                decoder_input_ids=said,
                use_cache=False,
            )
        weights = head.log_weights(mask.bool()).exp().cpu().numpy()
        return [
            weights[number, place.lag : place.lag + len(target), : len(source) + 1]
            for number, (source, target) in enumerate(
                zip(sources, targets, strict=True)
            )
        ]

    def _encoded(
        self, sources: Sequence[Sequence[str]]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the sources' ids and their mask, each (batch, source_length)."""
        end = self.tokenizer.source_ids[END]
        rows = [[*self.tokenizer.ids(source), end] for source in sources]
        return self._padded(rows, self._network.config.pad_token_id)

    def _padded(
        self, rows: list[list[int]], padding: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return rows of one length, and 1 where they are theirs, 0 where padding."""
        longest = max(map(len, rows))
        ids = torch.tensor(  # (batch, longest)
            [row + [padding] * (longest - len(row)) for row in rows],
            device=self.device,
        )
        lengths = torch.tensor([[len(row)] for row in rows], device=self.device)
        return ids, (torch.arange(longest, device=self.device) < lengths).long()

    def _settings(self, options: DecodingOptions, max_target_tokens: int) -> Any:
        searches = options.beam_size > 1
        beam_settings = (
            {
                "early_stopping": True,
                "length_penalty": options.penalty_for(self.model),
            }
            if searches
            else {}  # transformers would warn of them
        )
        return _generation_config(
            max_new_tokens=max_target_tokens,
            num_beams=options.beam_size,
            num_return_sequences=1 + options.alternatives,
            do_sample=False,
            no_repeat_ngram_size=options.no_repeat_ngram_size,
            # Marian has no <pad>: forbidden, and its share given to the others.
            suppress_tokens=[self._pad],
            renormalize_logits=True,
            decoder_start_token_id=self._start,
            eos_token_id=self._end,
            pad_token_id=self._pad,
            return_dict_in_generate=True,
            output_scores=searches,
            **beam_settings,
        )


class _GreedyScores(transformers.LogitsProcessor):
    """Keep the log-probability of each step's best token.

    ``generate`` gives no score for a greedy search, and its logits of all steps are
    gigabytes for a large batch.
    """

    def __init__(self) -> None:
        self._steps: list[torch.Tensor] = []  # each (batch)

    def __call__(
        self,
        input_ids: torch.LongTensor,  # noqa: ARG002 (the library's signature)
        scores: torch.FloatTensor,
    ) -> torch.FloatTensor:
        self._steps.append(scores.amax(dim=-1) - scores.logsumexp(dim=-1))
        return scores

    def totals(self, lengths: Sequence[int]) -> list[float]:
        """Sum the log-probabilities over each sentence's own length."""
        columns = torch.stack(self._steps, dim=1).tolist()  # (batch, target_length)
        return [sum(row[:length]) for row, length in zip(columns, lengths, strict=True)]


def _length(row: list[int], end: int) -> int:
    """Count the tokens up to the end of sentence, it included."""
    return row.index(end) + 1 if end in row else len(row)


def _has_only_pickle(model: Model) -> bool:
    from satzpaar.translate.checkpoint import PICKLE, weights_path

    return weights_path(model.folder, allow_pickle=model.allow_pickle).name == PICKLE


@contextmanager
def no_progress_bar() -> Iterator[None]:
    """Keep transformers from showing a bar of its own."""
    shown = _logging.is_progress_bar_enabled()
    _logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            _logging.enable_progress_bar()
