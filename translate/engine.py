"""The seam between the pipeline and the libraries that run a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.models import Model


@dataclass(frozen=True, slots=True)
class DecodingOptions:
    """How a hypothesis is searched for; the same meaning with every engine."""

    beam_size: int = 4
    length_penalty: float = 1.0  # score / length ** length_penalty
    no_repeat_ngram_size: int = 0  # forbid n-grams of tokens to come twice; 0: allow

    def __post_init__(self) -> None:
        if self.beam_size < 1:
            raise ValueError(f"a beam of {self.beam_size}; at least 1 is needed")


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One candidate translation."""

    text: str
    score: float  # mean log-probability per target token, natural log, <= 0
    complete: bool  # ended by itself; False: it ran into the decoding limit


class Tokenizer(Protocol):
    """Cuts texts into the tokens that a model knows."""

    def tokenize(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the tokens of each text, in order, without end of sentence.

        A text of white space alone has none.
        """
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
