"""The head of a Marian network that word alignments are read from, or trained on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch

    from satzpaar.translate.checkpoint import HeadPlace


class AlignmentHead:
    """Reads the head's attention off a network's forward pass.

    Its queries and keys are taken as they pass by, so that the network keeps its fast
    attention, which gives no weights.

    Args:
        network: A ``MarianMTModel``.
        place: Which head. None: the first of the last layer, which is trained on links.
    """

    def __init__(self, network: Any, place: HeadPlace | None = None) -> None:
        layers = network.model.decoder.layers
        self._attention = layers[-1 if place is None else place.layer].encoder_attn
        first = 0 if place is None else place.head * self._attention.head_dim
        self._features = slice(first, first + self._attention.head_dim)
        self._queries: torch.Tensor | None = None
        self._keys: torch.Tensor | None = None

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Take what the forward pass in this block computes; one pass, no cache."""

        def take_queries(_module: Any, _inputs: Any, output: torch.Tensor) -> None:
            self._queries = output[..., self._features]

        def take_keys(_module: Any, _inputs: Any, output: torch.Tensor) -> None:
            self._keys = output[..., self._features]

        self._queries = self._keys = None
        hooks = [
            self._attention.q_proj.register_forward_hook(take_queries),
            self._attention.k_proj.register_forward_hook(take_keys),
        ]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def log_weights(self, mask: torch.Tensor) -> torch.Tensor:
        """Return (batch, target, source), log-weights over the source, in float32.

        Row *t* is from the step that says target token *t*.

        Args:
            mask: (batch, source), true where the source is no padding.

        Raises:
            ValueError: Nothing was recorded.
        """
        if self._queries is None or self._keys is None:
            raise ValueError("no forward pass was recorded")
        queries, keys = self._queries.float(), self._keys.float()
        self._queries = self._keys = None
        scores: torch.Tensor = queries @ keys.transpose(1, 2)
        scores = scores * self._attention.scaling
        return scores.masked_fill(~mask[:, None, :], float("-inf")).log_softmax(dim=-1)
