"""Engines that need no model: small classes with a role."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from satzpaar.translate.checkpoint import HeadPlace
from satzpaar.translate.engine import (
    DecodingOptions,
    ForcedScore,
    Hypothesis,
    Tokenizer,
    with_alternatives,
)
from satzpaar.translate.models import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

ALTERNATIVELY = " || "


class WordTokenizer:
    """A token a word, so that a test can count."""

    characters: frozenset[str] | None = None  # every one is known

    def tokenize(self, texts: Sequence[str]) -> list[list[str]]:
        """Part each text at white space."""
        return [text.split() for text in texts]

    def tokenize_targets(self, texts: Sequence[str]) -> list[list[str]]:
        """Part each translation at white space."""
        return self.tokenize(texts)


class EchoEngine:
    """Says what *say* makes of the source, and remembers its batches.

    Args:
        say: From the source's text and the options to the hypothesis's text; a text
            that ends in "~" means that the decoding limit was hit; alternatives
            stand behind ALTERNATIVELY.
        limit: Source tokens that the model takes, end of sentence included.
        aligns: Whether the model has an alignment head.
    """

    name = "echo"

    def __init__(
        self,
        say: Callable[[str, DecodingOptions], str] = lambda text, _: text,
        *,
        limit: int = 64,
        workers: int = 2,
        aligns: bool = False,
    ) -> None:
        self.model = Model(
            "echo",
            Path(),
            "de",
            "en",
            limit,
            limit,
            "none",
            alignment_head=HeadPlace(0, 0) if aligns else None,
        )
        self.tokenizer: Tokenizer = WordTokenizer()
        self.workers = workers
        self.say = say
        self.batches: list[list[str]] = []
        self.scored: list[list[str]] = []  # targets, batch by batch
        self.aligned: list[list[str]] = []  # targets, batch by batch
        self.lock = threading.Lock()

    @property
    def asked(self) -> list[str]:
        """Every text that reached the engine."""
        return [text for batch in self.batches for text in batch]

    def translate_batch(
        self,
        sources: Sequence[Sequence[str]],
        options: DecodingOptions,
        *,
        max_target_tokens: int,
    ) -> list[Hypothesis]:
        """Answer each source with what it was told to say."""
        texts = [" ".join(source) for source in sources]
        assert all(0 < len(source) < self.model.max_source_tokens for source in sources)
        with self.lock:
            self.batches.append(texts)
        said = [self.say(text, options) for text in texts]
        return [
            with_alternatives(
                [
                    Hypothesis(line.removesuffix("~"), -0.5, not line.endswith("~"))
                    for line in text.split(ALTERNATIVELY)[: 1 + options.alternatives]
                ]
            )
            for text in said
        ]

    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """Find probable what the source says too, word by word."""
        pairs = list(zip(sources, targets, strict=True))
        assert all(len(source) < self.model.max_source_tokens for source, _ in pairs)
        assert all(len(target) < self.model.max_target_tokens for _, target in pairs)
        with self.lock:
            self.scored.append([" ".join(target) for target in targets])
        return [
            ForcedScore((*(-0.1 if word in source else -2.0 for word in target), -0.1))
            for source, target in pairs
        ]

    def attention_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[NDArray[np.float32]]:
        """Attend to the same word, else to the place, else to the end of sentence."""
        pairs = list(zip(sources, targets, strict=True))
        assert self.model.alignment_head is not None
        with self.lock:
            self.aligned.append([" ".join(target) for target in targets])
        attentions = []
        for source, target in pairs:
            weights = np.zeros((len(target), len(source) + 1), np.float32)
            for row, word in enumerate(target):
                place = source.index(word) if word in source else row
                weights[row, min(place, len(source))] = 1
            attentions.append(weights)
        return attentions
