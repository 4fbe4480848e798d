"""What is to be trained, and what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from satzpaar.translate.checkpoint import read_config
from satzpaar.translate.errors import SatzpaarError, UsageError
from satzpaar.translate.training.cleaning import Cleaning
from satzpaar.translate.training.settings import (
    Budget,
    Conduct,
    Guidance,
    Learning,
    Scratch,
    Vocabulary,
    Weights,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.bitext import Corpus
    from satzpaar.translate.training.validation import Scores


class StoppedError(SatzpaarError):
    """Somebody wanted an end; the checkpoint is written."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be trained, on what, and where the result goes."""

    output: Path
    data: Sequence[Corpus]
    start: Model | Scratch
    budget: Budget
    general: Corpus | None = None  # of text unlike the data, against forgetting
    general_share: float = 0.5  # general pairs of an epoch for each of the data
    valid: Corpus | None = None  # None: a part of the data is held out
    learning: Learning = field(default_factory=Learning)
    cleaning: Cleaning = field(default_factory=Cleaning)
    conduct: Conduct = field(default_factory=Conduct)
    guidance: Guidance | None = None  # None: no head is trained on word alignments
    encoder_layers: int | None = None  # of the result; None: as many as the start has
    width: int | None = None  # of the result; None: the start's
    feed_forward: int | None = None  # None: the start's, times as the width grows
    vocabulary: Vocabulary | None = None  # a new one for the start; None: its own
    part_words: bool = False  # of the source, from the marks before them
    weights: Weights = "float16"
    may_lose: float = 1.0  # chrF on the general pairs
    keep_anyway: bool = False

    def __post_init__(self) -> None:
        if not self.data:
            raise UsageError("no bitext to learn from")
        if len(self.data) > 1000:
            raise UsageError(f"{len(self.data)} bitexts; at most 1000 are expected")
        for cooldown, part in (
            (False, "before the cooldown"),
            (True, "in the cooldown"),
        ):
            if not any(each.wanted(cooldown=cooldown) > 0 for each in self.data):
                raise UsageError(f"every bitext has the weight 0 {part}")
        self._check_shape()
        if self.learning.split_pieces and self.guidance is not None:
            raise UsageError(
                "pieces that are split by chance have no word alignments: "
                "--split-pieces and --guided-alignment exclude each other"
            )
        if self.vocabulary is not None and isinstance(self.start, Scratch):
            raise UsageError("which vocabulary a new model has, it says itself")

    def _check_shape(self) -> None:
        wanted = (self.encoder_layers, self.width, self.feed_forward)
        if wanted == (None, None, None):
            return
        if isinstance(self.start, Scratch):
            raise UsageError("what shape a new model has, its architecture says")
        found = read_config(self.start.folder)
        layers, width = found.encoder_layers, found.model_width
        if self.encoder_layers is not None and self.encoder_layers <= layers:
            raise UsageError(
                f"the encoder has {layers} layers; more are expected, not "
                f"{self.encoder_layers}"
            )
        if self.width is not None and (self.width <= width or self.width % width):
            raise UsageError(
                f"the model is {width} wide; a larger multiple is expected, not "
                f"{self.width}"
            )
        units = max(found.encoder_hidden, found.decoder_hidden)
        if self.feed_forward is not None and self.feed_forward < units:
            raise UsageError(
                f"the feed-forward layers have up to {units} units; no fewer are "
                f"expected, not {self.feed_forward}"
            )

    def grown(self) -> tuple[int, tuple[int, int]] | None:
        """Return the width to grow to, and the units of encoder's and decoder's layers.

        None: it stays as wide as it is.
        """
        if isinstance(self.start, Scratch):
            return None
        found = read_config(self.start.folder)
        was = (found.model_width, (found.encoder_hidden, found.decoder_hidden))
        width = self.width or found.model_width
        encoder, decoder = (
            self.feed_forward or units * width // found.model_width for units in was[1]
        )
        shape = (width, (encoder, decoder))
        return None if shape == was else shape

    @property
    def fitted(self) -> Learning:
        """``learning``, its longest pairs no longer than the model takes."""
        start = self.start
        limit = (
            start.architecture.positions
            if isinstance(start, Scratch)
            else min(start.max_source_tokens, start.max_target_tokens)
        )
        return replace(self.learning, longest=min(self.learning.longest, limit))

    @property
    def parts_words(self) -> bool:
        """Whether ``part_words`` changes anything."""
        from satzpaar.translate.training.parting import words_parted

        return self.part_words and (
            isinstance(self.start, Scratch) or not words_parted(self.start)
        )

    def manifest(self) -> dict[str, Any]:
        """Say all that a run has to have in common with its continuation."""
        from satzpaar.translate.models import content_hash

        def corpus(of: Corpus | None) -> dict[str, Any] | None:
            if of is None:
                return None
            return {
                "fingerprint": of.fingerprint,
                "weight": of.weight,
                "cooldown weight": of.cooldown_weight,
            }

        start = self.start
        learning = asdict(self.learning)
        if self.learning.optimizer == "adamw":
            del learning["optimizer"]  # runs with it are older than the setting
        if not self.learning.tables_apart:  # so are runs without
            del learning["embedding_rate"], learning["embeddings_first"]
        if not self.learning.split_pieces:
            del learning["split_pieces"]
        if not self.learning.softmax:
            del learning["softmax"]
        manifest: dict[str, Any] = {
            "data": [corpus(each) for each in self.data],
            "general": corpus(self.general),
            "general share": self.general_share if self.general else None,
            "valid": corpus(self.valid),
            "model": asdict(start)
            if isinstance(start, Scratch)
            else content_hash(start),
            "learning": learning,
            "cleaning": asdict(self.cleaning),
            "held out": self.conduct.held_out,
            "positions": "held",  # runs up to version 0.6.0 moved them
        }
        if self.guidance is not None:  # runs without are older than the setting
            manifest["guided alignment"] = {
                "weight": self.guidance.weight,
                "pairs": self.guidance.pairs,
            }
        if self.encoder_layers is not None:
            manifest["encoder layers"] = self.encoder_layers
        if grown := self.grown():
            manifest["width and feed-forward"] = grown
        if self.vocabulary is not None:
            manifest["vocabulary"] = asdict(self.vocabulary)
        if self.parts_words:
            manifest["parted words"] = True
        return manifest


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a training."""

    accepted: bool
    folder: Path  # of the model, or of the rejected one
    complaint: str  # why it was rejected
    scores: dict[str, Scores]  # of the result, by what was translated
    start_scores: dict[str, Scores]  # empty from scratch
    facts: dict[str, Any]  # counts of pairs
    steps: int
    tokens: int
    seconds: float  # of training, all calls together
    work: Path  # lets the run go on
    work_size: int  # bytes
