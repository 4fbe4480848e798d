"""The loss that trains the alignment head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from satzpaar.translate.alignment_head import AlignmentHead

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import numpy as np
    from numpy.typing import NDArray

    from satzpaar.translate.training.links import Links
    from satzpaar.translate.training.network import Network


@dataclass(frozen=True, slots=True)
class LinkTensors:
    """The links of a batch, one an entry of each tensor."""

    row: torch.Tensor
    target: torch.Tensor
    source: torch.Tensor
    share: torch.Tensor  # those of one target token sum to 1

    @property
    def tokens(self) -> int:
        """How many target tokens have links."""
        return round(float(self.share.sum()))


class Guide:
    """Trains a network's alignment head on links.

    Args:
        network: What is trained.
        links: Of all training pairs.
        weight: Of this loss beside the translation's, if all pairs had links.
    """

    def __init__(self, network: Network, links: Links, weight: float) -> None:
        # Where a part of the pairs has links, these count for the others too.
        self.weight = weight / links.coverage
        self._head = AlignmentHead(network)
        self._links = links

    def links(self, index: NDArray[np.int64]) -> LinkTensors | None:
        """Return the links of a batch's pairs; None where there are none."""
        found = self._links.batch(index)
        if not len(found.row):
            return None
        return LinkTensors(
            torch.from_numpy(found.row),
            torch.from_numpy(found.target),
            torch.from_numpy(found.source),
            torch.from_numpy(found.share),
        )

    def recording(self) -> AbstractContextManager[None]:
        """Look at the forward pass in this block."""
        return self._head.recording()

    def loss(self, links: LinkTensors, mask: torch.Tensor) -> torch.Tensor:
        """Return the cross-entropy of the head against the links, summed over tokens.

        Target tokens without a link have no part in it.

        Args:
            links: Of the batch that was recorded.
            mask: (batch, source), true where the source is no padding.
        """
        weights = self._head.log_weights(mask)
        device = weights.device
        row, target, source, share = (
            part.to(device, non_blocking=True)
            for part in (links.row, links.target, links.source, links.share)
        )
        return -(share * weights[row, target, source]).sum()
