"""The seam between the pipeline and the libraries that run a model."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from satzpaar.translate.checkpoint import HeadPlace
    from satzpaar.translate.models import Model


@dataclass(frozen=True, slots=True)
class DecodingOptions:
    """How a hypothesis is searched for; the same meaning with every engine."""

    beam_size: int = 4
    length_penalty: float | None = None  # score / length ** it; None: as the model says
    no_repeat_ngram_size: int = 0  # forbid n-grams of tokens to come twice; 0: allow
    alternatives: int = 0  # hypotheses to give beside the best; fewer than the beam
    attention: bool = False  # give it with each, if the engine can at little cost

    def __post_init__(self) -> None:
        if self.beam_size < 1:
            raise ValueError(f"a beam of {self.beam_size}; at least 1 is needed")
        if not 0 <= self.alternatives < self.beam_size:
            raise ValueError(
                f"{self.alternatives} alternatives from a beam of {self.beam_size}"
            )

    def penalty_for(self, model: Model) -> float:
        """Return the length penalty of a search with *model*."""
        if self.length_penalty is None:
            return model.length_penalty
        return self.length_penalty


@dataclass(frozen=True, slots=True, eq=False)
class Attention:
    """What a model's alignment head attended to while it said a hypothesis."""

    tokens: Sequence[str]  # of the hypothesis, without end of sentence
    weights: NDArray[np.float32]  # as ``Engine.attention_batch`` gives them


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One candidate translation."""

    text: str
    # Mean log-probability per target token, natural log, <= 0; nan: not asked
    score: float
    complete: bool  # ended by itself; False: it ran into the decoding limit
    alternatives: tuple[Hypothesis, ...] = ()  # as many as were asked, best first
    # Word numbers of source and translation, from 0; None: not asked
    links: tuple[tuple[int, int], ...] | None = None
    attention: Attention | None = None  # None: not asked, or not at hand
    # Log-probability of the whole and what stands before it; None: not asked
    total: float | None = None


def with_alternatives(hypotheses: Sequence[Hypothesis]) -> Hypothesis:
    """Return the first, the others its alternatives."""
    best, *others = hypotheses
    return replace(best, alternatives=tuple(others))


@dataclass(frozen=True, slots=True)
class ForcedScore:
    """How probable a model finds a given translation, token by token."""

    log_probabilities: tuple[float, ...]  # natural log, <= 0, end of sentence the last

    @property
    def total(self) -> float:
        """The log-probability of the whole translation."""
        return math.fsum(self.log_probabilities)

    @property
    def tokens(self) -> int:
        """How many tokens were scored, end of sentence included."""
        return len(self.log_probabilities)

    @property
    def mean(self) -> float:
        """The mean log-probability per token, as in ``Hypothesis.score``."""
        return self.total / self.tokens


class Tokenizer(Protocol):
    """Cuts texts into the tokens that a model knows."""

    @property
    def characters(self) -> frozenset[str] | None:
        """What sources can have; None: everything.

        Another character is left out or spelled in bytes.
        """
        ...

    def tokenize(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the tokens of each text, in order, without end of sentence.

        A text of white space alone has none.
        """
        ...

    def tokenize_targets(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the target tokens of given translations, in the same way."""
        ...


class Engine(Protocol):
    """Anything that turns tokenised source sentences into target sentences.

    Engines are chosen once, at the edge; nothing past that asks which one it got.
    """

    name: str
    model: Model
    workers: int  # how many threads may usefully call translate_batch at once

    @property
    def tokenizer(self) -> Tokenizer:
        """What cuts this model's sources."""
        ...

    def translate_batch(
        self,
        sources: Sequence[Sequence[str]],
        options: DecodingOptions,
        *,
        max_target_tokens: int,
    ) -> list[Hypothesis]:
        """Return the best hypothesis for each source, in the same order.

        A source is its tokens without the end-of-sentence token, at least one and
        fewer than ``model.max_source_tokens``. The batch fits in memory: the caller
        cut it. May be called from ``workers`` threads at once.

        Args:
            sources: The tokens of each source.
            options: How to search.
            max_target_tokens: The decoding limit, end of sentence included.
        """
        ...

    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """Score each target as the translation of its source, in the same order.

        Forced decoding: each token's log-probability, given the source and the
        target's tokens before it. Sources and targets are tokens without end of
        sentence, possibly none, with fewer than ``model.max_source_tokens`` and
        ``model.max_target_tokens``; nothing is ever cut. The batch fits in memory:
        the caller cut it. May be called from ``workers`` threads at once.
        """
        ...

    def attention_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[NDArray[np.float32]]:
        """Return what the alignment head attends to, for each pair in order.

        (target tokens, source tokens + 1): the weights of each row sum to 1; the last
        column is the source's end of sentence. Sources and targets are as
        ``score_batch`` takes them.

        Raises:
            ValueError: The model has no alignment head.
        """
        ...


def alignment_head_of(model: Model) -> HeadPlace:
    """Return the head that shows a model's word alignments.

    Raises:
        ValueError: It has none.
    """
    if model.alignment_head is None:
        raise ValueError(f"{model.name}: no head shows word alignments")
    return model.alignment_head
