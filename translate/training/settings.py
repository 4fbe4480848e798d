"""What a training run is told: the network, the budget, and how it learns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]

Link = tuple[int, int]  # numbers of a source and a target token, from 0

Optimizer = Literal["adamw", "muon"]
OPTIMIZERS: tuple[Optimizer, ...] = get_args(Optimizer)
Precision = Literal["auto", "float32", "bfloat16"]
Weights = Literal["float16", "float32"]

LARGEST_VOCABULARY = 250_000  # pieces; more than any Marian model has
LARGEST_EMBEDDING_RATE = 100  # times that of the rest
LARGEST_GUIDANCE = 10  # times the loss of the translation; more unlearns that


@dataclass(frozen=True, slots=True)
class Architecture:
    """The shape of a new network."""

    width: int = 512
    encoder_layers: int = 6
    decoder_layers: int = 2  # a shallow decoder: decoding is what takes the time
    feed_forward: int = 2048
    heads: int = 8
    positions: int = 512  # longest sentence in tokens

    def __post_init__(self) -> None:
        for name in ("width", "encoder_layers", "decoder_layers", "heads"):
            _at_least(getattr(self, name), 1, name.replace("_", " "))
        _at_least(self.feed_forward, 1, "feed-forward width")
        if self.width % (2 * self.heads):  # sinusoids come in pairs
            raise UsageError(
                f"a width of {self.width} cannot be cut into {self.heads} heads of an "
                "even width"
            )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A new SentencePiece vocabulary, one for both languages."""

    size: int = 16_000  # at most: a small bitext gives fewer pieces
    byte_fallback: bool = True
    split_digits: bool = True
    normalization: str = "nmt_nfkc"  # a rule name of SentencePiece

    def __post_init__(self) -> None:
        if not 16 <= self.size <= LARGEST_VOCABULARY:
            raise UsageError(
                f"a vocabulary of {self.size}; 16 to {LARGEST_VOCABULARY} is expected"
            )


@dataclass(frozen=True, slots=True)
class Scratch:
    """A model that does not exist yet."""

    architecture: Architecture
    vocabulary: Vocabulary
    source_language: str = "de"
    target_language: str = "en"


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is trained in all, earlier calls of the same run included.

    Exactly one is given.
    """

    minutes: float | None = None  # of training, by the clock
    tokens: float | None = None  # target tokens
    epochs: float | None = None  # passes over the bitext as its weights make it

    def __post_init__(self) -> None:
        given = [self.minutes, self.tokens, self.epochs]
        amounts = [amount for amount in given if amount is not None]
        if len(amounts) != 1:
            raise UsageError("one budget is expected: minutes, tokens or epochs")
        if not amounts[0] > 0:
            raise UsageError(f"a budget of {amounts[0]}; more than 0 is expected")


@dataclass(frozen=True, slots=True)
class Learning:
    """How the weights are moved. A run goes on only with the same.

    The defaults are for fine-tuning a small model on some thousand pairs.
    """

    rate: float = 1e-4  # at its highest
    embedding_rate: float = 1.0  # of the embeddings, times the rate
    embeddings_first: int = 0  # steps in which nothing else moves
    optimizer: Optimizer = "adamw"
    warmup_steps: int = 100  # or a tenth of the budget, whichever ends first
    cooldown: float = 0.5  # part of the budget in which the rate falls
    batch_tokens: int = 4096  # padded, of the longer side; one step of the optimizer
    micro_tokens: int = 1024  # at once in memory; several make a batch
    smoothing: float = 0.1
    split_pieces: float = 0.0  # part of the source's pieces that are cut up, by chance
    dropout: float | None = None  # None: the model's own
    weight_decay: float = 0.01
    clip: float = 1.0  # the gradient's largest norm
    averaging: float = 0.999  # decay of the averaged weights, per step
    softmax: int = 0  # tokens that take part in a step's softmax; 0: all
    short_first: float = 0.0  # part of the budget for short pairs only
    longest: int = 128  # tokens of a side, end included; longer pairs are left out
    seed: int = 1

    def __post_init__(self) -> None:
        if self.optimizer not in OPTIMIZERS:
            known = " or ".join(OPTIMIZERS)
            raise UsageError(f"an optimizer {self.optimizer!r}; {known} is expected")
        if not 0 < self.rate < 1:
            raise UsageError(f"a learning rate of {self.rate}; 0 to 1 is expected")
        if not 0 < self.embedding_rate <= LARGEST_EMBEDDING_RATE:
            raise UsageError(
                f"a rate of the embeddings of {self.embedding_rate} times the others'; "
                f"above 0, at most {LARGEST_EMBEDDING_RATE} is expected"
            )
        _at_least(self.embeddings_first, 0, "steps of the embeddings alone")
        for name in ("cooldown", "smoothing", "split_pieces", "short_first"):
            _part(getattr(self, name), name.replace("_", " "))
        if self.dropout is not None:
            _part(self.dropout, "dropout")
        _part(self.averaging, "averaging")
        _at_least(self.warmup_steps, 0, "warm-up steps")
        _at_least(self.longest, 8, "longest pair in tokens")
        _at_least(self.micro_tokens, self.longest, "tokens at once")
        _at_least(self.batch_tokens, 1, "tokens of a batch")
        _at_least(self.softmax or 2, 2, "tokens of the softmax")
        if self.short_first + self.cooldown > 1:
            raise UsageError("short pairs first and the cooldown are over the budget")

    @property
    def tables_apart(self) -> bool:
        """Whether the embeddings are moved in another way than the rest."""
        return self.embedding_rate != 1 or self.embeddings_first > 0


class Aligner(Protocol):
    """Anything that links the words of many sentence pairs, seen all together."""

    def __call__(
        self, sources: Sequence[Ids], targets: Sequence[Ids], folder: Path
    ) -> Iterator[tuple[set[Link], set[Link]]]:
        """Yield the links of each pair, from both directions, in order.

        Args:
            sources: The words of each source, as numbers.
            targets: The same of each target.
            folder: For files on the way.
        """
        ...


@dataclass(frozen=True, slots=True)
class Guidance:
    """How a head is trained on word alignments. A run goes on only with the same."""

    weight: float = 0.1  # of its loss beside the translation's; 0.1 is Marian's
    pairs: int = 100_000  # that are aligned, at most, by chance
    aligner: Aligner | None = field(default=None, compare=False)  # None: eflomal

    def __post_init__(self) -> None:
        if not 0 < self.weight <= LARGEST_GUIDANCE:
            raise UsageError(
                f"guided alignment with a weight of {self.weight}; above 0, at most "
                f"{LARGEST_GUIDANCE} is expected"
            )
        _at_least(self.pairs, 1, "pairs to align")


@dataclass(frozen=True, slots=True)
class Conduct:
    """What does not change the result, or may be changed on the way."""

    device: Literal["auto", "cpu", "cuda"] = "auto"
    precision: Precision = "auto"
    threads: int | None = None  # None: as torch has it
    save_minutes: float = 10.0  # between two checkpoints
    log_seconds: float = 10.0  # between two reports
    validations: int = 10  # spread evenly over the budget
    patience: int = 4  # validations in a row without a lower loss; 0: never stop early
    held_out: int = 1000  # pairs at most, and at most a tenth of the bitext
    score_sentences: int = 500  # translated to compare the start and the result
    engine: str = "ctranslate2"  # that translates them

    def __post_init__(self) -> None:
        _at_least(self.validations, 1, "validations")
        _at_least(self.patience, 0, "patience")
        _at_least(self.held_out, 1, "pairs held out")
        _at_least(self.score_sentences, 1, "sentences to score")
        _at_least(1 if self.threads is None else self.threads, 1, "threads")


def _at_least(value: float, least: float, name: str) -> None:
    if value < least:
        raise UsageError(f"{name}: {value}, but at least {least} is expected")


def _part(value: float, name: str) -> None:
    if not 0 <= value < 1:
        raise UsageError(f"{name}: {value}, but 0 or more and below 1 is expected")
