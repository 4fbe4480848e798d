"""A process that does one job of a benchmark: ``python -m satzpaar.eval.bench.worker``.

It reads the job as one line of JSON from standard input and answers with lines of
JSON: ``{"done": 12}`` on the way, and at the end ``{"result": …}`` or
``{"error": "…"}``. When standard input ends, whoever wanted the result is gone, and so
is the worker.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TextIO

SECONDS_BETWEEN_NEWS = 0.5


def main() -> int:
    """Do the job that standard input holds."""
    # Libraries may print what they like: not among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_parent, daemon=True).start()

    from satzpaar.translate.errors import SatzpaarError

    try:
        _say(answers, {"result": _done(job, answers)})
    except (SatzpaarError, OSError) as error:
        _say(answers, {"error": str(error)})
        return 1
    return 0


def _done(job: dict[str, Any], answers: TextIO) -> Any:
    from satzpaar.eval.bench.config import SystemSetting
    from satzpaar.eval.bench.jobs import measure, translate

    system = SystemSetting(**job["system"])
    if job["job"] == "measure":
        return measure(
            system,
            job["sources"],
            single=job["single"],
            warmup=job["warmup"],
            started=job["started"],
        )
    told = time.monotonic()

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > SECONDS_BETWEEN_NEWS:
            told = time.monotonic()
            _say(answers, {"done": done})

    return translate(
        system, job["sources"], Path(job["journal"]), tell, job["documents"]
    )


def _say(answers: TextIO, content: dict[str, Any]) -> None:
    answers.write(json.dumps(content) + "\n")
    answers.flush()


def _end_with_the_parent() -> None:
    while sys.stdin.buffer.read(1 << 16):
        pass
    os._exit(1)


def _run() -> None:
    """Run `main` and leave without the interpreter's end.

    A thread still waits for standard input, and engines' threads may be in their
    library; neither survives it.
    """
    status = 1
    try:
        status = main()
    except BaseException:  # noqa: BLE001 - a bug: its traceback is for whoever started us
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _run()
