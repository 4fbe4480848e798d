"""How good a model is on pairs held out: loss, BLEU and chrF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import transformers
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.training.batches import EDGES, IGNORED
from satzpaar.translate.training.network import Network, token_loss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from satzpaar.translate.engine import Engine
    from satzpaar.translate.training.bitext import Pair
    from satzpaar.translate.training.prepare import Prepared
    from satzpaar.translate.training.vocabulary import PairEncoder

    Ids = Sequence[int] | NDArray[np.int64]

BEAM = 4  # what `satzpaar translate` uses
ROWS = 64  # sentences decoded at once

# Sentences that are decoded greedily during the training, to see how it goes.
GLANCE = 100

_generation_config: Any = transformers.GenerationConfig


@dataclass(frozen=True, slots=True)
class Scores:
    """BLEU and chrF of translations against one reference each."""

    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    sentences: int


def score(hypotheses: Sequence[str], references: Sequence[str]) -> Scores:
    """Score translations with sacreBLEU."""
    bleu, chrf = BLEU(), CHRF()
    return Scores(
        bleu=bleu.corpus_score(list(hypotheses), [list(references)]).score,
        chrf=chrf.corpus_score(list(hypotheses), [list(references)]).score,
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
        sentences=len(hypotheses),
    )


def score_engine(
    engine: Engine, pairs: Sequence[Pair], *, check: Callable[[], None]
) -> Scores:
    """Translate with an engine, as its users will, and score that.

    Sources that are too long for the model are left out.

    Args:
        engine: With the model to score.
        pairs: Sources and references.
        check: Called between two batches; may raise.

    """
    tokens = engine.tokenizer.tokenize([source for source, _ in pairs])
    limit = engine.model.max_source_tokens
    usable = [n for n, row in enumerate(tokens) if 0 < len(row) < limit]
    usable.sort(key=lambda n: len(tokens[n]))
    hypotheses: list[str] = []
    for start in range(0, len(usable), ROWS):
        check()
        rows = [tokens[n] for n in usable[start : start + ROWS]]
        most = min(2 * len(rows[-1]) + 20, engine.model.max_target_tokens)
        found = engine.translate_batch(
            rows, DecodingOptions(beam_size=BEAM), max_target_tokens=most
        )
        hypotheses += [hypothesis.text for hypothesis in found]
    return score(hypotheses, [pairs[n][1] for n in usable])


class Rows:
    """Pairs in ids, and how probable a network finds their targets.

    Args:
        pairs: Ids of sources and targets, without ends.
        ends: The ids of the end of sentence, of a source and of a target.

    """

    def __init__(
        self,
        pairs: Iterable[tuple[Ids, Ids]],
        ends: tuple[int, int],
    ) -> None:
        self._pairs = sorted(pairs, key=lambda pair: max(map(len, pair)))
        self._ends = ends

    def __len__(self) -> int:
        return len(self._pairs)

    @torch.no_grad()
    def loss(self, network: Network, precision: torch.dtype) -> float:
        """Return the loss per target token, labels as they are."""
        device = network.device
        total, count = 0.0, 0
        for batch in self._batches(network):
            source, decoder_input, labels = (part.to(device) for part in batch)
            with torch.autocast(
                device.type, torch.bfloat16, enabled=precision == torch.bfloat16
            ):
                loss = token_loss(network, source, decoder_input, labels, smoothing=0.0)
            total += float(loss)
            count += int((labels != IGNORED).sum())
        return total / max(count, 1)

    def _batches(self, network: Network) -> Iterator[tuple[torch.Tensor, ...]]:
        pad = network.config.pad_token_id
        start = network.config.decoder_start_token_id
        for begin in range(0, len(self._pairs), ROWS):
            part = self._pairs[begin : begin + ROWS]
            widths = [
                EDGES[int(np.searchsorted(np.array(EDGES), max(map(len, side)) + 1))]
                for side in zip(*part, strict=True)
            ]
            source = torch.full((len(part), widths[0]), pad)
            labels = torch.full((len(part), widths[1]), IGNORED)
            for number, (left, right) in enumerate(part):
                source[number, : len(left) + 1] = torch.tensor([*left, self._ends[0]])
                labels[number, : len(right) + 1] = torch.tensor([*right, self._ends[1]])
            yield source, shifted(labels, start), labels


def drawn_rows(
    prepared: Prepared, corpora: int, most: int, ends: tuple[int, int], *, seed: int
) -> list[Rows]:
    """Draw up to so many pairs of each bitext that is learnt from."""
    random = np.random.default_rng(seed)
    found = []
    for number in range(corpora):
        index = random.permutation(np.flatnonzero(prepared.origin == number))[:most]
        sides = prepared.source.rows(index), prepared.target.rows(index)
        found.append(Rows(zip(*sides, strict=True), ends))
    return found


class Validator:
    """Judges the network in memory on pairs held out.

    Args:
        pairs: Sources and references.
        encoder: The model's vocabulary.
        longest: Tokens of a side, end included; longer pairs are left out.

    """

    def __init__(
        self, pairs: Sequence[Pair], encoder: PairEncoder, *, longest: int
    ) -> None:
        self._encoder = encoder
        sources = encoder.sources([source for source, _ in pairs])
        targets = encoder.targets([target for _, target in pairs])
        rows = [
            (source, target, pair)
            for source, target, pair in zip(sources, targets, pairs, strict=True)
            if target is not None and 0 < max(len(source), len(target)) < longest
        ]
        rows.sort(key=lambda row: max(len(row[0]), len(row[1])))
        self._rows = Rows([row[:2] for row in rows], (encoder.end, encoder.target_end))
        self._size = len(rows)
        # Evenly over all lengths, so that a glance sees long sentences too.
        self._glance = rows[:: -(-len(rows) // GLANCE) or 1]

    def __len__(self) -> int:
        return self._size

    def loss(self, network: Network, precision: torch.dtype) -> float:
        """Return the loss per target token, labels as they are."""
        return self._rows.loss(network, precision)

    @torch.no_grad()
    def glance(self, network: Network) -> Scores:
        """Score greedy translations of a few of the sentences."""
        tokenizer = self._encoder.tokenizer
        config = network.config
        hypotheses: list[str] = []
        own = network.generation_config
        # `generate` fills the gaps of our settings from the network's.
        network.generation_config = _generation_config()
        for start in range(0, len(self._glance), ROWS):
            rows = [row[0] for row in self._glance[start : start + ROWS]]
            width = max(map(len, rows)) + 1
            ids = torch.full((len(rows), width), config.pad_token_id)
            for number, row in enumerate(rows):
                ids[number, : len(row) + 1] = torch.tensor([*row, self._encoder.end])
            ids = ids.to(network.device)
            found = network.generate(
                inputs=ids,
                attention_mask=(ids != config.pad_token_id).long(),
                generation_config=_generation_config(
                    max_new_tokens=min(2 * width, config.max_position_embeddings - 1),
                    num_beams=1,
                    do_sample=False,
                    suppress_tokens=[config.decoder_start_token_id],
                    decoder_start_token_id=config.decoder_start_token_id,
                    eos_token_id=self._encoder.target_end,
                    pad_token_id=config.pad_token_id,
                ),
            )
            for row in found[:, 1:].tolist():
                # What follows the end are <pad>s, which are left out as it is.
                tokens = tokenizer.target_tokens(row)
                hypotheses.append(tokenizer.detokenize(tokens))
        network.generation_config = own
        return score(hypotheses, [pair[1] for _, _, pair in self._glance])


def shifted(labels: torch.Tensor, start: int) -> torch.Tensor:
    """Return what the decoder has read when it should say *labels*: *start* first.

    Where there is no label it reads *start* again; nobody looks there.
    """
    moved = torch.full_like(labels, start)
    moved[:, 1:] = labels[:, :-1]
    return moved.masked_fill_(moved == IGNORED, start)
