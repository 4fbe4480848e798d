"""The gate: pass, regression, wrong usage, inconclusive."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from satzpaar.cli.main import main
from satzpaar.eval.bench.gate import (
    equivalence_judgements,
    judgements,
    read_limit,
    status_of,
)
from satzpaar.eval.bench.manifest import (
    Cell,
    Costed,
    Equivalence,
    Manifest,
    Scored,
    TestSetEntry,
    write_manifest,
)
from satzpaar.eval.bench.statistics import packed
from satzpaar.eval.known_metrics import make_metric
from satzpaar.eval.score import measure_systems
from satzpaar.eval.testset import Reference, SystemOutput, TestSet
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

NOUNS = ("dog", "cat", "house", "river", "letter", "garden", "window", "table")
VERBS = ("sees", "finds", "loses", "paints", "sells", "carries", "breaks")


def sentences(number: int) -> list[str]:
    """Write sentences that no two segments share."""
    return [
        f"The old {NOUNS[n % 8]} {n} {VERBS[n % 7]} a {NOUNS[(n // 7) % 8]} today ."
        for n in range(number)
    ]


def worsened(texts: list[str], every: int) -> list[str]:
    """Change two words of every so-manieth text."""
    return [
        text.replace("old", "new").replace("today", "now") if n % every == 0 else text
        for n, text in enumerate(texts)
    ]


def manifest(
    outputs: list[str],
    *,
    speed: tuple[float, ...] = (100, 101, 99),
    metric: str = "bleu",
) -> Manifest:
    """Make the manifest of a run of one system that said *outputs*."""
    testset = TestSet("set", (Reference("A", tuple(sentences(len(outputs)))),))
    (measured,) = measure_systems(
        testset, [SystemOutput("mine", tuple(outputs))], [metric]
    )
    statistics = measured.statistics[0]
    made = make_metric(metric)
    value = float(made.scores(statistics.sum(axis=0)))
    score = Scored(value, made.name, measured.signature, metric, made.higher_is_better)
    low, median, high = np.percentile(speed, [25, 50, 75])
    cell = Cell(
        "mine",
        "set",
        settings={"engine": "ctranslate2", "threads": None},
        scores={metric: score},
        costs={
            "words_per_second": Costed(
                float(median), float(low), float(high), tuple(speed)
            )
        },
    )
    entry = TestSetEntry(
        "set",
        testset.content_hash,
        len(testset),
        0,
        ("A",),
        statistics={metric: {"mine": packed(statistics)}},
    )
    return Manifest(
        title="run",
        created="2026-01-01T00:00:00+00:00",
        config_hash="",
        measured={"repeats": 3},
        versions={},
        machine={"cpu": "one"},
        code={},
        seed=1,
        resamples=500,
        load_average=0.1,
        baseline=None,
        test_sets=(entry,),
        cells=(cell,),
    )


GOOD = sentences(300)
MAIN = manifest(worsened(GOOD, 4))


def outcome(
    current: Manifest, limit: str = "bleu=1", baseline: Manifest = MAIN
) -> tuple[int, str]:
    """Judge a run, and return the exit status and the reasons."""
    judged = list(judgements(baseline, current, [read_limit(limit)]))
    return status_of(judged), "; ".join(map(str, judged))


class TestJudgements:
    def test_passes_the_same(self) -> None:
        """Identical outputs have no interval to speak of."""
        assert outcome(MAIN, "bleu=0")[0] == 0

    def test_passes_what_is_better(self) -> None:
        """An improvement is no drop."""
        assert outcome(manifest(GOOD), "bleu=0")[0] == 0

    def test_refuses_a_clear_drop(self) -> None:
        """The whole interval lies beyond what is allowed."""
        status, reason = outcome(manifest(worsened(GOOD, 2)))

        assert status == 1
        assert reason.startswith("regression: mine on set, bleu:")

    def test_does_not_know_where_the_interval_holds_the_limit(self) -> None:
        """A drop of about the limit may be chance, and so may its absence."""
        drop = MAIN.cells[0].scores["bleu"].value
        now = manifest(worsened(GOOD, 3))
        drop -= now.cells[0].scores["bleu"].value

        assert outcome(now, f"bleu={drop:.2f}")[0] == 3

    def test_says_a_difference_as_the_figures_have_it(self) -> None:
        """Of TER a rise is a drop in quality; the sign is that of the figures."""
        before, now = (manifest(worsened(GOOD, n), metric="ter") for n in (4, 2))

        status, reason = outcome(now, "ter=1", before)

        assert status == 1
        figures = re.search(r"([\d.]+) was, ([\d.]+) is \((\S+), .*; (\S+) is", reason)
        assert figures is not None
        was, is_now, difference, allowed = map(float, figures.groups())
        assert difference == pytest.approx(is_now - was, abs=0.01)
        assert (difference > 0, allowed) == (True, 1)
        assert outcome(before, "ter=1", now)[0] == 0
        assert "(+0, interval +0 to +0; +1 is allowed)" in outcome(now, "ter=1", now)[1]

    def test_needs_paired_segments_not_much_text(self) -> None:
        """The same drop on every third segment is clear of a much smaller limit."""
        assert outcome(manifest(worsened(GOOD, 3)), "bleu=0.1")[0] == 1

    def test_does_not_compare_other_test_sets(self) -> None:
        """Scores on other texts say nothing of each other."""
        status, reason = outcome(manifest(sentences(200)))

        assert status == 3
        assert "its hash differs" in reason

    def test_does_not_compare_other_signatures(self) -> None:
        """Neither do scores of other settings."""
        now = manifest(GOOD)
        score = replace(now.cells[0].scores["bleu"], signature="tok:intl")
        now = replace(now, cells=(replace(now.cells[0], scores={"bleu": score}),))

        status, reason = outcome(now)

        assert status == 3
        assert "signatures differ" in reason

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            pytest.param((), "the cell is missing", id="missing"),
            pytest.param(
                (Cell("mine", "set", {}, error="no memory"),),
                "the cell failed: no memory",
                id="failed",
            ),
        ],
    )
    def test_does_not_pass_a_cell_that_is_not_there(
        self, cells: tuple[Cell, ...], said: str
    ) -> None:
        """Nobody shall pass by not running."""
        status, reason = outcome(replace(MAIN, cells=cells))

        assert status == 3
        assert said in reason

    def test_refuses_a_measure_that_nobody_has(self) -> None:
        """A misspelt name would pass for ever."""
        with pytest.raises(
            UsageError, match="no 'blue'; there are bleu, words_per_sec"
        ):
            outcome(MAIN, "blue=1")


class TestCosts:
    def test_refuses_a_clear_loss_of_speed(self) -> None:
        """Half the speed is beyond 20 percent, whatever the repeats."""
        now = manifest(worsened(GOOD, 4), speed=(50, 51, 49))

        assert outcome(now, "words_per_second=20%")[0] == 1

    def test_passes_noise(self) -> None:
        """Some percent are nothing."""
        now = manifest(worsened(GOOD, 4), speed=(95, 96, 97))

        assert outcome(now, "words_per_second=20%")[0] == 0

    def test_does_not_know_where_repeats_disagree(self) -> None:
        """A machine that is busy gives no answer."""
        now = manifest(worsened(GOOD, 4), speed=(40, 80, 120))

        assert outcome(now, "words_per_second=20%")[0] == 3

    def test_does_not_compare_machines(self) -> None:
        """Another machine has another speed."""
        now = replace(MAIN, machine={"cpu": "another"})

        status, reason = outcome(now, "words_per_second=20%")

        assert status == 3
        assert "another machine" in reason


def test_judges_engines() -> None:
    """Engines that differ are a regression, whatever the baseline."""
    found = Equivalence("one", "other", "set", 0.5, 0.9, {"bleu": -1.0}, {}, False)

    judged = list(equivalence_judgements(replace(MAIN, equivalence=(found,))))

    assert status_of(judged) == 1
    assert "50.0% identical, at least 90.0% are expected; bleu -1.00" in str(judged[0])


@pytest.mark.parametrize(
    ("written", "measure"),
    [
        ("BLEU=1", "bleu"),
        ("chrF2++=1", "chrf2++"),
        ("chrF=1", "chrf2"),
        ("chrf++/refA = 1", "chrf2++/refA"),
        ("TER= 2 %", "ter"),
    ],
)
def test_takes_measures_as_tables_write_them(written: str, measure: str) -> None:
    """In capitals or not; the name of a reference is as it is."""
    assert read_limit(written).measure == measure


@pytest.mark.parametrize("text", ["bleu", "bleu=", "=1", "bleu=-1", "bleu=much"])
def test_refuses_what_is_no_limit(text: str) -> None:
    """A drop is a number from 0, or a percentage."""
    with pytest.raises(UsageError, match="MEASURE=NUMBER"):
        read_limit(text)


class TestCommand:
    def test_gives_its_exit_status(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """0, 1 and 3 are answers; whatever else is wrong is 2."""
        base, bad = str(tmp_path / "main.json"), str(tmp_path / "bad.json")
        write_manifest(tmp_path / "main.json", MAIN)
        write_manifest(tmp_path / "bad.json", manifest(worsened(GOOD, 2)))
        (tmp_path / "other.json").write_text("{}")
        gate = ["bench", "gate", "--baseline", base]

        assert main([*gate, "--max-drop", "bleu=0.5", base]) == 0
        assert main([*gate, "--max-drop", "bleu=0.5", bad]) == 1
        assert main([*gate, "--max-drop", "words_per_second=0.1%", base]) == 3
        assert main([*gate, base]) == 2
        assert main([*gate, "--max-drop", "bleu", base]) == 2
        other = str(tmp_path / "other.json")
        assert main([*gate, "--max-drop", "bleu=1", other]) == 2
        assert "is no manifest" in capsys.readouterr().err
        missing = str(tmp_path / "missing.json")
        assert main([*gate, "--max-drop", "bleu=1", missing]) == 2
        assert main(["bench", "gate", "--equivalence", base]) == 2
