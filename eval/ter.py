"""TER by sacreBLEU, in several processes, remembered by the content of the texts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import numpy as np

from satzpaar.eval.metrics import references_by_segment, sacrebleu_signature
from satzpaar.eval.remembered import remembered
from satzpaar.eval.testset import hash_of
from satzpaar.translate.errors import SatzpaarError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from satzpaar.eval.metrics import Array
    from satzpaar.eval.testset import SystemOutput, TestSet

# TER's shifts cost more than the square of a segment's length: WMT23's paragraphs take
# a minute a system and more, BLEU a third of a second.
LONG_SEGMENT: Final = 60  # words of a reference

# Pairs of words below which another process is not worth its start; ours.
SMALL_JOB: Final = 300_000


class Ter:
    """Translation edit rate: the fewer edits, the better.

    Source: Snover et al. (2006), "A Study of Translation Edit Rate with Targeted Human
    Annotation", AMTA.

    Args:
        case_sensitive: Whether the case of letters counts.
        normalized: Whether punctuation is split off as Tercom does.
        punctuation: Whether punctuation counts.
    """

    name = "TER"
    higher_is_better = False
    needs_source = False
    needs_reference = True

    def __init__(
        self,
        *,
        case_sensitive: bool = False,
        normalized: bool = False,
        punctuation: bool = True,
    ) -> None:
        from sacrebleu.metrics.ter import TER

        self._options = {
            "case_sensitive": case_sensitive,
            "normalized": normalized,
            "no_punct": not punctuation,
        }
        self._sacrebleu = TER(
            normalized, not punctuation, case_sensitive=case_sensitive
        )

    def signature(self, testset: TestSet) -> str:
        """Give sacreBLEU's signature."""
        return sacrebleu_signature(self._sacrebleu, testset)

    def segment_signature(self, testset: TestSet) -> str:
        """Give the same: segments are scored as whole texts are."""
        return self.signature(testset)

    def statistics(self, testset: TestSet, systems: Sequence[SystemOutput]) -> Array:
        """Count edits and the words of the reference, of several their mean."""
        references = references_by_segment(testset)
        signature = self.signature(testset)
        rows = [
            _remembered(system.hypotheses, references, signature, self._options)
            for system in systems
        ]
        return np.array(rows, dtype=np.float64)

    def scores(self, sums: Array) -> Array:
        """Score by edits per word of the reference, in percent."""
        return ter(sums)

    def segment_scores(self, statistics: Array) -> Array:
        """Score single segments, as whole texts are."""
        return ter(statistics)


def ter(sums: Array) -> Array:
    """TER of summed statistics, (2, ...) to (...), in percent."""
    edits, words = sums[0], sums[1]
    without_words = np.where(edits > 0, 100.0, 0.0)
    return np.where(
        words > 0, 100 * edits / np.where(words > 0, words, 1), without_words
    )


def has_long_segments(testset: TestSet) -> int:
    """Count the segments whose reference is too long for TER to be quick."""
    return sum(
        max(len(text.split()) for text in segment) > LONG_SEGMENT
        for segment in references_by_segment(testset)
    )


def _remembered(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    signature: str,
    options: Mapping[str, bool],
) -> Array:
    key = hash_of(hypotheses, *references, [signature])
    return remembered(
        "ter",
        key,
        (len(hypotheses), 2),
        lambda: _computed(hypotheses, references, options),
    )


def _computed(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    options: Mapping[str, bool],
) -> Array:
    jobs = list(zip(hypotheses, references, strict=True))
    costs = [
        sum(len(text.split()) for text in wanted) * (1 + len(tried.split()))
        for tried, wanted in jobs
    ]
    workers = min(_cores(), 1 + sum(costs) // SMALL_JOB)
    if workers == 1:
        return np.array(list(_edits(jobs, options)), dtype=np.float64).reshape(-1, 2)
    # The most costly first, dealt out in turn: the shares take about as long.
    dealt = sorted(range(len(jobs)), key=costs.__getitem__, reverse=True)
    shares = [dealt[i::workers] for i in range(workers)]
    command = [sys.executable, "-P", "-c", f"from {__name__} import work; work()"]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in shares
    ]
    rows = np.zeros((len(jobs), 2))
    try:
        for process, share in zip(running, shares, strict=True):
            assert process.stdin is not None
            job = {"options": options, "jobs": [jobs[i] for i in share]}
            with suppress(BrokenPipeError):  # it has ended: its status says so below
                process.stdin.write(json.dumps(job).encode())
                process.stdin.close()
        for process, share in zip(running, shares, strict=True):
            assert process.stdout is not None
            answer = process.stdout.read()
            if process.wait() != 0:
                raise SatzpaarError(
                    f"TER: a process ended with status {process.returncode}"
                )
            rows[share] = json.loads(answer)
    finally:
        for process in running:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(BrokenPipeError):
                        stream.close()
    return rows


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _edits(
    jobs: Sequence[tuple[str, Sequence[str]]], options: Mapping[str, bool]
) -> list[tuple[float, float]]:
    from sacrebleu.metrics.ter import TER

    metric = TER(
        options["normalized"],
        options["no_punct"],
        case_sensitive=options["case_sensitive"],
    )
    scores = [metric.sentence_score(tried, list(wanted)) for tried, wanted in jobs]
    return [(score.num_edits, score.ref_length) for score in scores]


def work() -> None:
    """Do a share of the work, in a process of its own."""
    order = json.load(sys.stdin)
    json.dump(_edits(order["jobs"], order["options"]), sys.stdout)
