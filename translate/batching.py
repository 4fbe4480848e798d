"""Length-sorted, token-bounded batches of what waits for an engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.translate.course import Request
    from satzpaar.translate.engine import DecodingOptions

# A translation rarely has more than twice the tokens of its source; what comes near
# the limit is a loop. Headroom for the shortest sources, where one word may need four.
TARGET_TOKENS_PER_SOURCE_TOKEN = 2.0
TARGET_TOKENS_ALWAYS_ALLOWED = 16


@dataclass(frozen=True, slots=True)
class Job:
    """A request on its way to the engine, and its tokens (without end of sentence)."""

    request: Request
    tokens: Sequence[str]
    given: Sequence[str] | None = None  # tokens of the translation, where it is given


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs of like length, kind and options, to be decoded together."""

    jobs: tuple[Job, ...]

    @property
    def options(self) -> DecodingOptions:
        """The options that all jobs share."""
        return self.jobs[0].request.options

    @property
    def is_aligned(self) -> bool:
        """Whether the translations are there, and are to be aligned."""
        return self.jobs[0].given is not None and not self.is_judged

    @property
    def is_judged(self) -> bool:
        """Whether the translations are there, and how probable they are is asked."""
        return self.jobs[0].request.judged

    @property
    def longest(self) -> int:
        """The tokens of the longest source."""
        return max(len(job.tokens) for job in self.jobs)


def target_limit(source_tokens: int, *, most: int) -> int:
    """Return the decoding limit, in tokens, for a source of *source_tokens*."""
    wanted = int(source_tokens * TARGET_TOKENS_PER_SOURCE_TOKEN)
    return min(wanted + TARGET_TOKENS_ALWAYS_ALLOWED, most)


def make_batches(jobs: Iterable[Job], *, batch_tokens: int) -> Iterator[Batch]:
    """Cut *jobs* into batches whose padded size stays within *batch_tokens*.

    The longest come first: a long batch that starts last would keep one worker
    busy while the others have nothing left. A job longer than *batch_tokens* is a
    batch of its own.
    """
    groups: dict[tuple[DecodingOptions, bool, bool], list[Job]] = {}
    for job in jobs:
        request = job.request
        kind = request.options, request.given is not None, request.judged
        groups.setdefault(kind, []).append(job)
    for group in groups.values():
        group.sort(key=lambda job: len(job.tokens), reverse=True)
        current: list[Job] = []
        for job in group:
            width = len(current[0].tokens) if current else len(job.tokens)
            if current and (len(current) + 1) * width > batch_tokens:
                yield Batch(tuple(current))
                current = []
            current.append(job)
        yield Batch(tuple(current))
