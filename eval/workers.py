"""Neural metrics, each a process in an environment of its own that speaks JSON lines.

docs/metric-workers.md describes the protocol for whoever writes a worker.
"""

from __future__ import annotations

import json
import math
import queue
import shlex
import subprocess
import tempfile
import threading
import weakref
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

import numpy as np

from satzpaar.eval.metrics import number_of_references, references_by_segment
from satzpaar.eval.remembered import remembered
from satzpaar.eval.testset import hash_of
from satzpaar.translate.errors import SatzpaarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import IO

    from satzpaar.eval.metrics import Array
    from satzpaar.eval.testset import SystemOutput, TestSet

PROTOCOL: Final = 1
SEGMENTS_AT_A_TIME: Final = 256  # in one request

# Seconds. Loading a model of two gigabytes from a slow disk takes minutes, and so do
# 256 paragraphs on two cores.
START_TIMEOUT: Final = 600.0
ANSWER_TIMEOUT: Final = 1800.0
END_TIMEOUT: Final = 10.0

LONGEST_QUOTE: Final = 200  # characters of what a worker said last


class MetricError(SatzpaarError):
    """A neural metric is not installed, or does not do what it has to."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a worker says of itself before it is asked anything."""

    metric: str
    signature: str
    higher_is_better: bool
    needs_source: bool
    needs_reference: bool


class Worker:
    """A process that scores segments.

    Args:
        command: The program and its arguments.
        name: What messages call the metric.
        environment: Of the process; None: ours.
        start_timeout: How long it may take to greet, in seconds.
        answer_timeout: How long it may take over one request.

    Raises:
        MetricError: The program cannot be started, or does not greet as it should.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        name: str,
        environment: Mapping[str, str] | None = None,
        start_timeout: float = START_TIMEOUT,
        answer_timeout: float = ANSWER_TIMEOUT,
    ) -> None:
        self._name = name
        self._answer_timeout = answer_timeout
        self._requests = 0
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - lives with the worker
        try:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=None if environment is None else dict(environment),
            )
        except OSError as error:
            self._said.close()
            raise MetricError(
                f"{name}: cannot start {command[0]}: {error.strerror}"
            ) from None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input: IO[bytes] = self._process.stdin
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(
            target=_read, args=(self._process.stdout, self._lines), daemon=True
        ).start()
        self._end = weakref.finalize(self, _end, self._process, self._said)
        self.greeting = self._greeting(self._answer(start_timeout, "greeting"))

    def close(self) -> None:
        """End the process, by force if it does not end by itself."""
        self._end()

    def score(self, segments: Sequence[Mapping[str, object]]) -> list[float]:
        """Score segments, each with ``hypothesis``, ``references`` and ``source``.

        Raises:
            MetricError: The worker crashed, took too long or answered wrongly.
        """
        scores: list[float] = []
        for at in range(0, len(segments), SEGMENTS_AT_A_TIME):
            scores += self._request(segments[at : at + SEGMENTS_AT_A_TIME])
        return scores

    def _request(self, segments: Sequence[Mapping[str, object]]) -> list[float]:
        self._requests += 1
        request = {"id": self._requests, "segments": segments}
        try:
            self._input.write(json.dumps(request).encode() + b"\n")
            self._input.flush()
        except OSError:
            self._fail_ended("answer")
        answer = self._answer(self._answer_timeout, "answer")
        if "error" in answer:
            self._fail(f"reports: {_quoted(str(answer['error']))}")
        scores = answer.get("scores")
        if answer.get("id") != self._requests or not isinstance(scores, list):
            self._fail(
                f"gave a wrong answer to request {self._requests}: {_shown(answer)}"
            )
        if len(scores) != len(segments):
            self._fail(f"gave {len(scores)} scores for {len(segments)} segments")
        for score in scores:
            number = isinstance(score, int | float) and not isinstance(score, bool)
            if not number or not math.isfinite(score):
                self._fail(f"gave {score!r} as a score, a finite number is expected")
        return [float(score) for score in scores]

    def _answer(self, timeout: float, what: str) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            self._fail(f"gave no {what} within {timeout:g} seconds")
        if not line:
            self._fail_ended(what)
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            shown = _quoted(line.decode(errors="replace"))
            self._fail(f"has to say a JSON object and says {shown}")
        answer: dict[str, Any] = found
        return answer

    def _greeting(self, found: dict[str, Any]) -> Greeting:
        if found.get("protocol") != PROTOCOL:
            self._fail(
                f"speaks protocol {found.get('protocol')!r}, {PROTOCOL} is expected"
            )
        for key, kind in (
            ("metric", str),
            ("signature", str),
            ("higher_is_better", bool),
            ("needs_source", bool),
            ("needs_reference", bool),
        ):
            if not isinstance(found.get(key), kind) or found[key] == "":
                self._fail(f"greets without a right {key!r}: {_shown(found)}")
        return Greeting(
            metric=found["metric"],
            signature=found["signature"],
            higher_is_better=found["higher_is_better"],
            needs_source=found["needs_source"],
            needs_reference=found["needs_reference"],
        )

    def _fail_ended(self, before: str) -> NoReturn:
        try:
            status = self._process.wait(END_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._fail(f"closed its output before its {before}")
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "")
        said = f": {_quoted(last)}" if last else ""
        self._fail(f"ended with status {status} before its {before}{said}")

    def _fail(self, message: str) -> NoReturn:
        self._process.kill()
        self.close()
        raise MetricError(f"{self._name}: the worker {message}")


def _read(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put(b"")


def _end(process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    if process.stdin is not None:
        with suppress(OSError):  # the process may be gone
            process.stdin.close()
    try:
        process.wait(END_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    said.close()


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def _shown(answer: dict[str, Any]) -> str:
    return _quoted(json.dumps(answer, ensure_ascii=False))


class WorkerMetric:
    """A metric whose score is the mean of what a worker says of the segments."""

    def __init__(self, worker: Worker) -> None:
        greeting = worker.greeting
        self.name = greeting.metric
        self.higher_is_better = greeting.higher_is_better
        self.needs_source = greeting.needs_source
        self.needs_reference = greeting.needs_reference
        self._worker = worker

    def signature(self, testset: TestSet) -> str:
        """Give the worker's signature, with the number of references it looks at."""
        own = self._worker.greeting.signature
        if not self.needs_reference:
            return own
        number = number_of_references(testset)
        return f"nrefs:{'var' if number == -1 else number}|{own}"

    def segment_signature(self, testset: TestSet) -> str:
        """Give the same: a text's score is the mean of its segments'."""
        return self.signature(testset)

    def statistics(self, testset: TestSet, systems: Sequence[SystemOutput]) -> Array:
        """Ask the worker for each segment's score; columns are it and 1."""
        references = references_by_segment(testset)
        return np.array([self._rows(testset, system, references) for system in systems])

    def _rows(
        self,
        testset: TestSet,
        system: SystemOutput,
        references: Sequence[Sequence[str]],
    ) -> Array:
        sources = (testset.sources or ()) if self.needs_source else ()
        known = references if self.needs_reference else ()
        key = hash_of(
            system.hypotheses, sources, *known, [self.name, self.signature(testset)]
        )

        def compute() -> Array:
            segments: list[dict[str, object]] = [
                {"hypothesis": text} for text in system.hypotheses
            ]
            for number, segment in enumerate(segments):
                if sources:
                    segment["source"] = sources[number]
                if known:
                    segment["references"] = list(known[number])
            scores = self._worker.score(segments)
            return np.array([[score, 1.0] for score in scores])

        return remembered("neural", key, (len(testset), 2), compute)

    def scores(self, sums: Array) -> Array:
        """Take the mean over segments."""
        means: Array = sums[0] / np.where(sums[1] > 0, sums[1], 1)
        return means

    def segment_scores(self, statistics: Array) -> Array:
        """Give the worker's scores."""
        return self.scores(statistics)


def worker_metric(command: str) -> WorkerMetric:
    """Start a worker by its command line.

    Raises:
        MetricError: It cannot be started, or does not greet as it should.
        UsageError: There is no command, or a quote in it does not end.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"worker:{command}: {error}") from None
    if not words:
        raise UsageError("worker: needs a command, 'worker:python my_metric.py'")
    return WorkerMetric(Worker(words, name=words[-1]))
