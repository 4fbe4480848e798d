"""Likeness by a neural model of sentences: LaBSE, or any other that gives vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from satzpaar.alignments import calibration
from satzpaar.alignments.scoring import WITH_TRANSLATION, Weights
from satzpaar.translate.errors import SatzpaarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from satzpaar.alignments.calibration import Calibration
    from satzpaar.alignments.cost import Pair

# Feng et al. (2022), "Language-agnostic BERT Sentence Embedding".
MODEL: Final = "sentence-transformers/LaBSE"
_SEGMENTS_AT_ONCE: Final = 1024
_SAMPLE: Final = 2048  # pairs of segments by which chance likeness is measured


class Encoder(Protocol):
    """Anything that turns texts into vectors, as sentence-transformers' models do."""

    def encode(self, sentences: list[str]) -> NDArray[np.float32]:
        """Return a vector for each text, one a row."""
        ...


class LabseCost:
    """Cosines of a sentence model's vectors, languages mixed; needs no translation.

    Each run of segments is encoded as one text, so that the cost of n-m beads is the
    model's own and not a sum.
    """

    name: str = "LaBSE"

    def __init__(
        self, encoder: Encoder | None = None, *, offline: bool | None = None
    ) -> None:
        """Take an encoder.

        Args:
            encoder: None: LaBSE, loaded by sentence-transformers.
            offline: Never ask the network for LaBSE. None: as HF_HUB_OFFLINE says.

        Raises:
            SatzpaarError: LaBSE is not at hand, and cannot or must not be fetched.
            UsageError: sentence-transformers is not installed.
        """
        self._encoder = encoder or _labse(offline=offline)

    def likeness(self, pair: Pair, *, max_side: int) -> DenseVectors:
        """Encode all runs of segments of both texts."""
        return DenseVectors(
            *(self._runs(side, max_side) for side in pair.texts()), max_side=max_side
        )

    def weights(self, pair: Pair) -> Weights:  # noqa: ARG002
        """Return those of n-grams: `DenseVectors` brings cosines to their scale."""
        return WITH_TRANSLATION

    def calibration(self, pair: Pair) -> Calibration:  # noqa: ARG002
        """Return that of n-grams: none was found for LaBSE."""
        return calibration.WITH_TRANSLATION

    def _runs(self, texts: Sequence[str], max_side: int) -> NDArray[np.float32]:
        """Return the vectors of the runs of segments, [last segment, n - 1, number]."""
        found = []
        for n in range(1, max_side + 1):
            runs = [
                " ".join(texts[max(i - n + 1, 0) : i + 1]) for i in range(len(texts))
            ]
            vectors = self._encoder.encode(runs) if runs else np.zeros((0, 1))
            found.append(np.asarray(vectors, dtype=np.float32))
        stacked = np.stack(found, axis=1)
        norms = np.linalg.norm(stacked, axis=2, keepdims=True)
        return np.asarray(stacked / np.maximum(norms, 1e-12), dtype=np.float32)


def _labse(*, offline: bool | None) -> Encoder:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise UsageError(
            "LaBSE needs sentence-transformers: pip install 'satzpaar[labse]'"
        ) from None
    try:
        model: Encoder = SentenceTransformer(MODEL, local_files_only=bool(offline))
    except OSError:  # which the hub's errors are; it heeds HF_HUB_OFFLINE itself
        how = "without --offline it is fetched" if offline else "the network is needed"
        raise SatzpaarError(f"{MODEL} is not at hand; {how}, once") from None
    return model


class DenseVectors:
    """Likeness of runs of segments that each have a vector of their own.

    Any two texts are somewhat alike to such a model. The mean likeness of segments that
    have nothing to do with each other is made 0 and 1 stays 1, which brings cosines to
    the scale of n-grams, on which the weights were found.
    """

    def __init__(
        self,
        source: NDArray[np.float32],
        target: NDArray[np.float32],
        *,
        max_side: int,
    ) -> None:
        self.max_side = max_side
        self._source, self._target = source, target
        self._chance = _chance(source, target)

    def matches(self) -> list[tuple[int, int, float]]:
        """Return single segments that are each other's most alike."""
        source, target = self._source[:, 0], self._target[:, 0]
        if not len(source) or not len(target):
            return []
        forward = _nearest(source, target)
        backward = _nearest(target, source)
        cosines = self._scaled(np.einsum("id,id->i", source, target[forward]))
        return [
            (i, int(j), float(cosines[i]))
            for i, j in enumerate(forward)
            if backward[j] == i
        ]

    def cosines(self, rows: range, columns: range) -> NDArray[np.float64]:
        """Return how alike the runs are that end at some nodes."""
        shape = (len(rows), self.max_side, len(columns), self.max_side)
        if not len(self._source) or not len(self._target):
            return np.zeros(shape)
        source = self._source[np.maximum(np.arange(rows.start, rows.stop) - 1, 0)]
        target = self._target[np.maximum(np.arange(columns.start, columns.stop) - 1, 0)]
        found = np.einsum("rnd,cmd->rncm", source, target, optimize=True)
        return self._scaled(found.astype(np.float64))

    def _scaled(self, cosines: NDArray[np.float64]) -> NDArray[np.float64]:
        return (cosines - self._chance) / (1 - self._chance)


def _nearest(
    left: NDArray[np.float32], right: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Return of each row on the left the row on the right most like it."""
    return np.concatenate(
        [
            (left[start : start + _SEGMENTS_AT_ONCE] @ right.T).argmax(axis=1)
            for start in range(0, len(left), _SEGMENTS_AT_ONCE)
        ]
    )


def _chance(source: NDArray[np.float32], target: NDArray[np.float32]) -> float:
    """Return the mean cosine of segments that were put together at random."""
    if not len(source) or not len(target):
        return 0.0
    generator = np.random.default_rng(0)  # any pairs will do, the same on each run
    i, j = (generator.integers(len(side), size=_SAMPLE) for side in (source, target))
    mean = float(np.einsum("pd,pd->p", source[i, 0], target[j, 0]).mean())
    return min(max(mean, 0.0), 0.9)
