"""Epochs cut into batches: all pairs once a round, little padding, few shapes."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    Ids = NDArray[np.int64]

# Widths of tensors in tokens, end of sentence included. A side is padded to the next.
# Finely where most sentences are: a processor makes its program for a shape once, and
# goes through the padding each time.
EDGES: tuple[int, ...] = (
    *range(8, 48, 4),
    *range(48, 80, 8),
    *(80, 96, 112, 128, 160, 192, 256, 384, 512, 1024),
)

IGNORED = -100  # label of padding: nothing is learnt there

In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs that go through the network at once."""

    index: Ids  # (rows), numbers of the pairs
    source_width: int
    target_width: int


def plan_epoch(
    source_lengths: Ids,
    target_lengths: Ids,
    times: NDArray[np.float64],
    *,
    micro_tokens: int,
    batches_a_step: int,
    longest: int,
    random: np.random.Generator,
) -> list[list[Batch]]:
    """Cut an epoch into steps of the optimizer, in random order.

    Args:
        source_lengths: In tokens, end of sentence not counted.
        target_lengths: The same of the targets.
        times: (pairs), how often each comes; of a fraction, that part of the pairs.
        micro_tokens: Padded tokens of a batch's longer side, at most.
        batches_a_step: How many batches make a step; the last has what is left.
        longest: Tokens of a side, end included; longer pairs are left out.
        random: Where all chance comes from.

    """
    drawn = np.repeat(
        np.arange(len(times)), (times + random.random(len(times))).astype(np.int64)
    )
    edges = np.array(EDGES)
    source_edge = np.searchsorted(edges, source_lengths[drawn] + 1)
    target_edge = np.searchsorted(edges, target_lengths[drawn] + 1)
    usable = np.maximum(source_lengths, target_lengths)[drawn] < longest
    usable &= np.maximum(source_edge, target_edge) < len(edges)
    drawn, source_edge, target_edge = (
        drawn[usable],
        source_edge[usable],
        target_edge[usable],
    )
    batches: list[Batch] = []
    for wider in range(len(edges)):
        left: list[Ids] = []
        rows = _rows(micro_tokens, EDGES[wider])
        cells = [(edge, wider) for edge in range(wider + 1)]
        cells += [(wider, edge) for edge in reversed(range(wider))]
        for source, target in cells:
            members = drawn[(source_edge == source) & (target_edge == target)]
            members = random.permutation(members)
            whole = len(members) // rows * rows
            batches += [
                Batch(members[i : i + rows], EDGES[source], EDGES[target])
                for i in range(0, whole, rows)
            ]
            left.append(members[whole:])
        rest = np.concatenate(left)  # neighbours come from cells alike
        for i in range(0, len(rest), rows):
            index = rest[i : i + rows]
            widths = (width_of(source_lengths[index]), width_of(target_lengths[index]))
            batches.append(Batch(index, *widths))
    order = random.permutation(len(batches))
    return [
        [batches[number] for number in order[i : i + batches_a_step]]
        for i in range(0, len(order), batches_a_step)
    ]


def _rows(tokens: int, width: int) -> int:
    rows = max(1, tokens // width)
    return rows if rows < 8 else rows // 8 * 8


def width_of(lengths: Ids) -> int:
    """Return the width of a tensor that holds rows of these lengths, and their ends."""
    return EDGES[int(np.searchsorted(np.array(EDGES), lengths.max() + 1))]


def prefetch(
    items: Iterable[In], make: Callable[[In], Out], *, depth: int = 16
) -> Iterator[Out]:
    """Make what is needed next in a thread, so that the network does not wait."""
    ready: queue.Queue[tuple[Out | None, BaseException | None]] = queue.Queue(depth)
    stopped = threading.Event()

    def put(made: Out | None, error: BaseException | None) -> None:
        while not stopped.is_set():
            try:
                ready.put((made, error), timeout=0.5)
            except queue.Full:
                continue
            return

    def fill() -> None:
        try:
            for item in items:
                if stopped.is_set():
                    return
                put(make(item), None)
        except BaseException as error:  # noqa: BLE001 (raised again by the reader)
            put(None, error)
        else:
            put(None, None)

    threading.Thread(target=fill, daemon=True).start()
    try:
        while True:
            made, error = ready.get()
            if error is not None:
                raise error
            if made is None:
                return
            yield made
    finally:
        stopped.set()
