"""Batches of pairs as tensors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from satzpaar.translate.training.batches import IGNORED, width_of
from satzpaar.translate.training.packed import pad_rows
from satzpaar.translate.training.validation import shifted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.training.batches import Batch
    from satzpaar.translate.training.guide import Guide, LinkTensors
    from satzpaar.translate.training.network import Network
    from satzpaar.translate.training.prepare import Prepared
    from satzpaar.translate.training.settings import Ids, Learning
    from satzpaar.translate.training.splitting import Splitter


@dataclass(frozen=True, slots=True)
class Example:
    """What goes through the network at once."""

    source: torch.Tensor  # (rows, source width)
    decoder_input: torch.Tensor  # (rows, target width)
    labels: torch.Tensor  # (rows, target width), IGNORED where there is none
    links: LinkTensors | None  # None: no head is trained on any


class Examples:
    """Makes tensors of batches, the same ones whenever it is asked.

    Args:
        network: Whose <pad> and start of a sentence they have.
        prepared: The pairs.
        ends: The tokens at the end of a source and of a target.
        learning: The seed, and how long a source may become that is cut.
        guide: Knows the links of pairs; None: they have none.
        splitter: Cuts pieces of the source; None: they stay as they are.

    """

    def __init__(
        self,
        network: Network,
        prepared: Prepared,
        ends: tuple[int, int],
        learning: Learning,
        *,
        guide: Guide | None,
        splitter: Splitter | None,
    ) -> None:
        self._padding = network.config.pad_token_id
        self._start = network.config.decoder_start_token_id
        self._data, self._ends, self._learning = prepared, ends, learning
        self._guide, self._splitter = guide, splitter

    def of(self, step: Sequence[Batch], epoch: int) -> list[Example]:
        """Return what a step of the optimizer takes, on the processor."""
        return [self._example(batch, epoch) for batch in step]

    def _example(self, batch: Batch, epoch: int) -> Example:
        source = torch.from_numpy(self._sources(batch, epoch))
        target = self._data.target.padded(
            batch.index, batch.target_width, end=self._ends[1], padding=IGNORED
        )
        labels = torch.from_numpy(target)
        links = self._guide.links(batch.index) if self._guide else None
        return Example(source, shifted(labels, self._start), labels, links)

    def _sources(self, batch: Batch, epoch: int) -> Ids:
        data, end, padding = self._data.source, self._ends[0], self._padding
        if self._splitter is None:
            return data.padded(
                batch.index, batch.source_width, end=end, padding=padding
            )
        # Depends on nothing but this, as the plan does.
        chance = np.random.default_rng([self._learning.seed, epoch, *batch.index])
        rows = self._splitter.split(
            data.rows(batch.index), chance, self._learning.longest
        )
        width = width_of(np.array([len(row) for row in rows]))
        return pad_rows(rows, width, end=end, padding=padding)
