"""How probable a model finds given translations: forced decoding over many pairs."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from satzpaar.translate.engine import Engine

# Padded tokens of a batch's longer side. Every target token is spread over the whole
# vocabulary at once: with 60,000 words this is a quarter of a gigabyte.
BATCH_TOKENS = 1024

# Pairs read ahead: few at first, so that the first score comes soon; many later,
# so that batches hold pairs of like length.
FIRST_WINDOW = 32
LARGEST_WINDOW = 2048


@dataclass(frozen=True, slots=True)
class PairScore:
    """How probable a model finds one translation of one source."""

    log_probability: float  # of the whole, natural log, <= 0
    tokens: int  # of the translation, end of sentence included, at least 1

    @property
    def mean(self) -> float:
        """The mean log-probability per token; its negative is the cross-entropy."""
        return self.log_probability / self.tokens


def score_pairs(
    pairs: Iterable[tuple[str, str]],
    engine: Engine,
    *,
    batch_tokens: int = BATCH_TOKENS,
) -> Iterator[PairScore | None]:
    """Yield the score of each pair of source and translation, in order.

    None stands for a pair of which a side is longer than the model takes. Such a
    pair is never cut: a part's score is not the whole's, and the scores of parts
    depend on where they were cut.

    An empty translation has a score too, that of ending at once.

    Args:
        pairs: Read ahead by up to some thousands.
        engine: What scores.
        batch_tokens: Padded tokens of a batch's longer side.
    """
    with ThreadPoolExecutor(engine.workers) as pool:
        waiting: deque[Callable[[], list[PairScore | None]]] = deque()
        for window in _windows(pairs):
            # While one window is scored, the next is read and tokenised.
            waiting.append(_submit(window, engine, pool, batch_tokens))
            if len(waiting) > 1:
                yield from waiting.popleft()()
        while waiting:
            yield from waiting.popleft()()


def _windows(pairs: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    coming = iter(pairs)
    size = FIRST_WINDOW
    while window := list(islice(coming, size)):
        yield window
        size = min(2 * size, LARGEST_WINDOW)


def _submit(
    window: Sequence[tuple[str, str]],
    engine: Engine,
    pool: ThreadPoolExecutor,
    batch_tokens: int,
) -> Callable[[], list[PairScore | None]]:
    """Hand the pairs to the workers; the result waits for their scores."""
    sources = engine.tokenizer.tokenize([source for source, _ in window])
    targets = engine.tokenizer.tokenize_targets([target for _, target in window])
    fitting = [
        number
        for number, (source, target) in enumerate(zip(sources, targets, strict=True))
        if len(source) < engine.model.max_source_tokens
        and len(target) < engine.model.max_target_tokens
    ]
    lengths = {
        number: max(len(sources[number]), len(targets[number])) + 1
        for number in fitting
    }
    running = [
        (
            batch,
            pool.submit(
                engine.score_batch,
                [sources[number] for number in batch],
                [targets[number] for number in batch],
            ),
        )
        for batch in _batches(lengths, batch_tokens)
    ]

    def collect() -> list[PairScore | None]:
        scores: list[PairScore | None] = [None] * len(window)
        for batch, future in running:
            for number, score in zip(batch, future.result(), strict=True):
                scores[number] = PairScore(score.total, score.tokens)
        return scores

    return collect


def _batches(lengths: dict[int, int], batch_tokens: int) -> Iterator[list[int]]:
    """Yield the numbers of pairs of like length, the longest first."""
    batch: list[int] = []
    widest = 0  # tokens of the batch's longest pair
    for number in sorted(lengths, key=lambda number: -lengths[number]):
        if batch and (len(batch) + 1) * widest > batch_tokens:
            yield batch
            batch = []
        if not batch:
            widest = lengths[number]
        batch.append(number)
    if batch:
        yield batch
