"""Worker processes seen from the run: started, listened to, ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from satzpaar.translate.errors import SatzpaarError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class JobError(SatzpaarError):
    """A job came to nothing; the text is the line for its cell."""


class Worker(Protocol):
    """Does one job in a fresh process."""

    def __call__(
        self, job: Mapping[str, Any], tell: Callable[[int], None], /
    ) -> dict[str, Any]:
        """Return what the job gives.

        Args:
            job: As ``satzpaar.eval.bench.worker`` has it.
            tell: Called with how many segments are finished.

        Raises:
            JobError: The process gave an error, or ended without a result.
        """
        ...


class FreshProcess:
    """Does each job in a new Python process.

    Args:
        timeout: Seconds after which a job counts as hung.
    """

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout

    def __call__(
        self, job: Mapping[str, Any], tell: Callable[[int], None], /
    ) -> dict[str, Any]:
        """Return what the job gives."""
        started = time.monotonic()
        with tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "satzpaar.eval.bench.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=environment(),
            )
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(self.timeout, stop)
            timer.daemon = True
            timer.start()
            try:
                answer = _listen(process, {**job, "started": started}, tell)
            except BaseException:
                process.kill()
                raise
            finally:
                timer.cancel()
                # Left open until now: its end tells the worker to go.
                if process.stdin is not None:
                    with suppress(BrokenPipeError):
                        process.stdin.close()
                process.wait()
                if process.stdout is not None:
                    process.stdout.close()
            if "result" in answer:
                return dict(answer["result"])
            if "error" in answer:
                raise JobError(str(answer["error"]))
            if late.is_set():
                raise JobError(f"stopped after {self.timeout:g} s without a result")
            complaints.seek(0)
            raise JobError(_how_it_ended(process.returncode, complaints.read()))


def environment() -> dict[str, str]:
    """Return a worker's environment: idle threads do not spin.

    Spinning OpenMP threads of one worker would take the cores from its own others.
    """
    return {
        **os.environ,
        "OMP_WAIT_POLICY": os.environ.get("OMP_WAIT_POLICY", "PASSIVE"),
    }


def _listen(
    process: subprocess.Popen[bytes],
    job: Mapping[str, Any],
    tell: Callable[[int], None],
) -> dict[str, Any]:
    """Hand the job over and return the last answer, {} where there is none."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("a worker needs both its pipes")
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps(job).encode("ascii") + b"\n")
        process.stdin.flush()
    for line in process.stdout:
        answer: dict[str, Any] = json.loads(line)
        if "done" not in answer:
            return answer
        tell(answer["done"])
    return {}


def _how_it_ended(status: int, complaints: bytes) -> str:
    lines = complaints.decode("utf-8", "replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    how = f"the process ended with status {status}"
    if status < 0:
        try:
            how = f"the process was ended by {signal.Signals(-status).name}"
        except ValueError:
            how = f"the process was ended by signal {-status}"
        if status == -signal.SIGKILL:
            how += " (no memory left?)"
    return f"{how}: {said}" if said else how
