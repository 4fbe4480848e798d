"""The worker's side of the protocol: JSON lines, a request and an answer in turn.

This file is copied beside a worker into the environment of its metric. It knows the
standard library alone.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PROTOCOL = 1


def serve(
    greeting: dict[str, Any], score: Callable[[list[dict[str, Any]]], list[float]]
) -> None:
    """Greet, then answer requests until standard input ends.

    Libraries like to print: all they write to standard output goes to standard error.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    print(json.dumps({"protocol": PROTOCOL, **greeting}), file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        scores = [float(number) for number in score(request["segments"])]
        answer = {"id": request["id"], "scores": scores}
        print(json.dumps(answer), file=answers, flush=True)


def mean_over_references(
    segments: list[dict[str, Any]],
    score: Callable[[list[tuple[dict[str, Any], str]]], list[float]],
) -> list[float]:
    """Score each segment against each of its references and take the mean."""
    pairs = [(segment, ref) for segment in segments for ref in segment["references"]]
    scores = iter(score(pairs))
    means = []
    for segment in segments:
        own = [next(scores) for _ in segment["references"]]
        means.append(sum(own) / len(own))
    return means
