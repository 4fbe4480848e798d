"""Many courses through one engine: full batches, every worker busy, order kept."""

from __future__ import annotations

import math
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from satzpaar.translate.articles import agree
from satzpaar.translate.batching import Batch, Job, make_batches, target_limit
from satzpaar.translate.checks import are_for
from satzpaar.translate.closing_up import close_up
from satzpaar.translate.course import Course, Request, TooLong
from satzpaar.translate.engine import Hypothesis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.translate.engine import Engine

Result = TypeVar("Result")

# How many courses are opened together. Sorting by length needs many to fill batches
# of like length; the first output wants few. So the window begins small and doubles.
FIRST_WINDOW = 32
LARGEST_WINDOW = 4096

# Seconds for which finished results may wait while a slow source is read.
LONGEST_READING = 0.05

# Replies kept for identical requests; a page of text is a few hundred.
REMEMBERED = 50_000


@dataclass(slots=True, eq=False)
class _Slot(Generic[Result]):
    """A course under way: what it waits for, and in the end its result."""

    course: Course[Result]
    asked: list[Request] = field(default_factory=list)
    replies: dict[Request, Hypothesis | TooLong] = field(default_factory=dict)
    done: bool = False
    result: Result | None = None


class Scheduler(Generic[Result]):
    """Runs courses through an engine, once.

    Identical requests are translated once. Requests above the model's limit never
    reach the engine: they are answered with `TooLong`.

    Args:
        engine: What translates.
        batch_tokens: The padded size of a batch, in source tokens.
    """

    def __init__(self, engine: Engine, *, batch_tokens: int) -> None:
        self._engine = engine
        self._batch_tokens = batch_tokens
        self._to_english = are_for(
            engine.model.source_language, engine.model.target_language
        )
        self._replies: dict[Request, Hypothesis | TooLong] = {}
        self._waiting: dict[Request, list[_Slot[Result]]] = {}
        self._new: list[Request] = []
        self._more = True  # whether there may be courses yet to be opened
        self._failure: Exception | None = None  # of whoever makes the courses
        self._running: dict[Future[list[Hypothesis]], Batch] = {}

    def run(self, courses: Iterable[Course[Result]]) -> Iterator[Result]:
        """Yield the result of each course, in order, as early as it is there.

        What *courses* raises is raised here after the results of those before.
        """
        coming = iter(courses)
        window = FIRST_WINDOW
        slots: deque[_Slot[Result]] = deque()
        yielded = False
        with ThreadPoolExecutor(self._engine.workers) as pool:
            try:
                while self._more or slots:
                    while slots and slots[0].done:
                        yield slots.popleft().result  # type: ignore[misc]
                        yielded = True
                    # Reading ahead and tokenising happen while the workers decode;
                    # but the first result is not kept waiting for a second window.
                    idle = len(self._running) < 2 * self._engine.workers
                    if self._more and idle and (yielded or not slots):
                        slots.extend(self._open(coming, window))
                        window = min(2 * window, LARGEST_WINDOW)
                    self._submit(pool)
                    if self._running and (slots or not self._more):
                        self._collect()
                if self._failure is not None:
                    raise self._failure
            finally:
                for future in self._running:
                    future.cancel()

    def _open(
        self, coming: Iterator[Course[Result]], window: int
    ) -> list[_Slot[Result]]:
        """Begin the next *window* courses.

        Fewer if they end, fail, or come so slowly that translations are ready.
        """
        opened: list[_Slot[Result]] = []
        started = time.monotonic()
        while len(opened) < window:
            try:
                course = next(coming, None)
            except Exception as error:  # noqa: BLE001
                self._failure = error  # raised after the results of what was read
                course = None
            if course is None:
                self._more = False
                break
            opened.append(_Slot(course))
            slow = time.monotonic() - started > LONGEST_READING
            if slow and any(future.done() for future in self._running):
                break
        for slot in opened:
            self._advance(slot, None)
        return opened

    def _advance(
        self, slot: _Slot[Result], replies: list[Hypothesis | TooLong] | None
    ) -> None:
        """Let a course go on until it waits for a reply that is not there yet."""
        while True:
            try:
                if replies is None:
                    slot.asked = next(slot.course)
                else:
                    slot.asked = slot.course.send(replies)
            except StopIteration as stop:
                slot.result = stop.value
                slot.done = True
                return
            slot.replies = {}
            wanted = dict.fromkeys(slot.asked)
            for request in wanted:
                if request in self._replies:
                    slot.replies[request] = self._replies[request]
                    continue
                if request not in self._waiting:
                    self._waiting[request] = []
                    self._new.append(request)
                self._waiting[request].append(slot)
            if len(slot.replies) < len(wanted):
                return
            replies = [slot.replies[request] for request in slot.asked]

    def _submit(self, pool: ThreadPoolExecutor) -> None:
        """Tokenise what is new and hand it to the workers in batches."""
        while self._new:
            new, self._new = self._new, []
            jobs = []
            limit = self._engine.model.max_source_tokens
            tokenised = self._engine.tokenizer.tokenize(
                [f"{r.after[0]} {r.text}" if r.after else r.text for r in new]
            )
            for request, tokens in zip(new, tokenised, strict=True):
                if len(tokens) >= limit:
                    self._answer(request, TooLong(len(tokens)))
                elif request.given is not None:
                    jobs += self._with_translation(request, tokens, request.given)
                elif not tokens:
                    # Nothing that the model knows; the engines want a token at least.
                    self._answer(request, Hypothesis("", 0.0, complete=True))
                else:
                    jobs.append(Job(request, tokens))
            for batch in make_batches(jobs, batch_tokens=self._batch_tokens):
                self._running[pool.submit(self._run, batch)] = batch

    def _with_translation(
        self, request: Request, tokens: Sequence[str], given: str
    ) -> list[Job]:
        """Return what there is to do for a translation that is there, if something."""
        whole = given if request.after is None else f"{request.after[1]} {given}"
        (target,) = self._engine.tokenizer.tokenize_targets([whole])
        if len(target) >= self._engine.model.max_target_tokens:
            self._answer(request, TooLong(len(target)))
        elif not tokens or not target:
            self._answer(request, Hypothesis(given, math.nan, complete=True, links=()))
        else:
            return [Job(request, tokens, target)]
        return []

    def _run(self, batch: Batch) -> list[Hypothesis]:
        if batch.is_judged:
            return self._judge(batch)
        if batch.is_aligned:
            return self._align(batch)
        found = self._engine.translate_batch(
            [job.tokens for job in batch.jobs],
            batch.options,
            max_target_tokens=target_limit(
                batch.longest, most=self._engine.model.max_target_tokens
            ),
        )
        found = [
            self._tidied(job.request.text, hypothesis)
            for job, hypothesis in zip(batch.jobs, found, strict=True)
        ]
        if not batch.options.attention:
            return found
        # Nothing needs numpy before the first translation is there.
        from satzpaar.translate.word_alignment import with_links

        return [
            with_links(job.request.text, job.tokens, hypothesis)
            for job, hypothesis in zip(batch.jobs, found, strict=True)
        ]

    def _tidied(self, source: str, hypothesis: Hypothesis) -> Hypothesis:
        others = (self._tidied(source, other) for other in hypothesis.alternatives)
        text = close_up(source, hypothesis.text)
        if self._to_english:
            text = agree(source, text)
        return replace(hypothesis, text=text, alternatives=tuple(others))

    def _align(self, batch: Batch) -> list[Hypothesis]:
        from satzpaar.translate.word_alignment import links_of_tokens

        given = [(job.request.text, job.request.given or "") for job in batch.jobs]
        found = links_of_tokens(
            self._engine,
            given,
            [job.tokens for job in batch.jobs],
            [job.given or () for job in batch.jobs],
        )
        return [
            Hypothesis(target, math.nan, complete=True, links=tuple(links))
            for (_, target), links in zip(given, found, strict=True)
        ]

    def _judge(self, batch: Batch) -> list[Hypothesis]:
        scores = self._engine.score_batch(
            [job.tokens for job in batch.jobs], [job.given or () for job in batch.jobs]
        )
        return [
            Hypothesis(
                job.request.given or "", math.nan, complete=True, total=score.total
            )
            for job, score in zip(batch.jobs, scores, strict=True)
        ]

    def _collect(self) -> None:
        """Wait for a batch and give its replies to the courses that wait."""
        finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in finished:
            batch = self._running.pop(future)
            for job, best in zip(batch.jobs, future.result(), strict=True):
                self._answer(job.request, best)

    def _answer(self, request: Request, reply: Hypothesis | TooLong) -> None:
        while len(self._replies) >= REMEMBERED:
            self._replies.pop(next(iter(self._replies)))
        self._replies[request] = reply
        for slot in self._waiting.pop(request):
            slot.replies[request] = reply
            if len(slot.replies) == len(set(slot.asked)):
                self._advance(slot, [slot.replies[asked] for asked in slot.asked])
