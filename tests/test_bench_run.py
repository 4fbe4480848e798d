"""Whole benchmarks: once through, interrupted, with cells that fail."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from satzpaar.cli.main import main
from satzpaar.eval.bench.config_file import read_config
from satzpaar.eval.bench.folder import BenchFolder
from satzpaar.eval.bench.manifest import read_manifest
from satzpaar.eval.bench.process import FreshProcess, JobError
from satzpaar.eval.bench.report import report_of
from satzpaar.eval.bench.run import Bench
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from satzpaar.eval.bench.manifest import Manifest

WHEN = "2026-01-02T03:04:05+00:00"
SYSTEMS = """\
systems:
  - model: {model}
    engine: [ctranslate2, transformers]
    compute_type: float32
    beam: 1
"""
TEST_SET = """\
test_sets:
  - name: small
    source: small.de
    reference: small.en
    outputs: {given: given.en}
"""


class EchoWorker:
    """Answers at once: a translation is its source; remembers what it was asked.

    Args:
        broken: The engine whose jobs fail.
    """

    def __init__(self, broken: str = "") -> None:
        self.broken = broken
        self.jobs: list[tuple[str, str]] = []

    def __call__(
        self, job: Mapping[str, Any], tell: Callable[[int], None], /
    ) -> dict[str, Any]:
        """Answer as the real worker would."""
        engine = job["system"]["engine"]
        self.jobs.append((job["job"], engine))
        if engine == self.broken:
            raise JobError("the engine is broken")
        if job["job"] == "measure":
            return {"words_per_second": 100.0 * len(self.jobs), "load_average": 0.5}
        outputs = list(job["sources"])
        return {
            "outputs": outputs,
            "issues": [[] for _ in outputs],
            "asked": len(outputs),
            "recalled": 0,
        }


class Silent:
    """Watches and says nothing."""

    def say(self, line: str) -> None:
        """Ignore it."""

    def done(self, part: int, whole: int) -> None:
        """Ignore it."""


@pytest.fixture
def config(tmp_path: Path, tiny_folder: Path) -> Path:
    """Write a configuration with two systems, a given output and a test set."""
    (tmp_path / "small.de").write_text("Ein Hund bellt.\nZwei Katzen schlafen.\n")
    (tmp_path / "small.en").write_text("A dog barks.\nTwo cats sleep.\n")
    (tmp_path / "given.en").write_text("A dog barks.\nTwo cats are asleep.\n")
    path = tmp_path / "bench.yaml"
    systems = SYSTEMS.replace("{model}", str(tiny_folder))
    path.write_text(systems + TEST_SET + "resamples: 100\n", encoding="utf-8")
    return path


def benchmark(config: Path, worker: EchoWorker, when: str = WHEN) -> Manifest:
    folder = BenchFolder(config.parent / "out")
    manifest = Bench(read_config(config), folder.path, worker, Silent()).run(when)
    folder.keep(manifest)
    return manifest


class TestBench:
    def test_translates_once_and_measures_thrice(self, config: Path) -> None:
        """Three fresh processes a cell, all cells in turn."""
        worker = EchoWorker()

        benchmark(config, worker)

        assert worker.jobs == [
            ("translate", "ctranslate2"),
            ("translate", "transformers"),
            *[("measure", "ctranslate2"), ("measure", "transformers")] * 3,
        ]

    def test_does_nothing_twice(self, config: Path) -> None:
        """A second run is made of the first one's results."""
        first = benchmark(config, EchoWorker())
        worker = EchoWorker()

        second = benchmark(config, worker)

        assert worker.jobs == []
        assert second.cells == first.cells

    def test_translates_anew_what_has_changed(self, config: Path) -> None:
        """What counts is the text, not the name of its file."""
        benchmark(config, EchoWorker())
        source = config.parent / "small.de"
        source.write_text("Ein Hund bellt.\nZwei Kater schlafen.\n")
        worker = EchoWorker()

        benchmark(config, worker)

        assert len(worker.jobs) == 8

    def test_says_why_a_cell_is_missing(self, config: Path) -> None:
        """The others go on, and the missing one is part of no figure."""
        manifest = benchmark(config, EchoWorker(broken="transformers"))

        fine = manifest.cell("ctranslate2 float32 beam 1", "small")
        failed = manifest.cell("transformers float32 beam 1", "small")
        assert fine is not None
        assert failed is not None
        assert set(fine.scores) == {"bleu", "chrf2", "chrf2++"}
        assert failed.error == "the engine is broken"
        assert not failed.scores
        assert not failed.costs

    def test_tries_again_what_failed(self, config: Path) -> None:
        """An error is no result."""
        benchmark(config, EchoWorker(broken="transformers"))
        worker = EchoWorker()

        manifest = benchmark(config, worker)

        assert ("translate", "transformers") in worker.jobs
        assert ("translate", "ctranslate2") not in worker.jobs
        assert not [cell for cell in manifest.cells if cell.error]

    def test_scores_outputs_that_were_given(self, config: Path) -> None:
        """A system that is only a file has quality and no cost."""
        manifest = benchmark(config, EchoWorker())

        given = manifest.cell("given", "small")
        assert given is not None
        assert given.scores["chrf2"].value > 50
        assert not given.costs

    def test_gives_median_and_quartiles(self, config: Path) -> None:
        """The middle one of three repeats, and what it lies between."""
        manifest = benchmark(config, EchoWorker())

        cell = manifest.cell("ctranslate2 float32 beam 1", "small")
        assert cell is not None
        speed = cell.costs["words_per_second"]
        assert speed.values == (300.0, 500.0, 700.0)
        assert (speed.low, speed.median, speed.high) == (400.0, 500.0, 600.0)

    def test_says_what_it_was_made_with(self, config: Path) -> None:
        """Versions, hashes, seed and machine stand in the manifest."""
        manifest = benchmark(config, EchoWorker())

        assert manifest.versions["ctranslate2"]
        assert manifest.machine["cpu"]
        assert manifest.seed == 12345
        assert len(manifest.test_sets[0].content_hash) == 64
        assert {len(c.model_hash) for c in manifest.cells if c.settings} == {64}
        assert type(manifest).from_json(manifest.to_json()) == manifest

    def test_holds_engines_against_each_other(self, config: Path) -> None:
        """The two engines of the double say the same."""
        (found,) = benchmark(config, EchoWorker()).equivalence

        assert found.passed
        assert found.identical == 1

    def test_refuses_another_number_of_lines(self, config: Path) -> None:
        """A shifted file would be scored line by line all the same."""
        (config.parent / "given.en").write_text("A dog barks.\n")

        with pytest.raises(InputError, match=r"given\.en: 1 segment"):
            benchmark(config, EchoWorker())

    def test_advises_no_option_that_it_lacks(self, config: Path) -> None:
        """--resegment is of `satzpaar eval`."""
        (config.parent / "given.en").write_text("A dog barks.\n")

        with pytest.raises(InputError) as caught:
            benchmark(config, EchoWorker())

        assert "--" not in str(caught.value)


class TestBenchFolder:
    def test_keeps_what_was_before(self, config: Path) -> None:
        """Another figure is a new point in the history."""
        benchmark(config, EchoWorker())
        (config.parent / "small.de").write_text("Ein Hund.\nZwei Katzen.\n")

        benchmark(config, EchoWorker(), "2026-02-02T00:00:00+00:00")

        (before,) = BenchFolder(config.parent / "out").history()
        assert before.created == WHEN

    def test_makes_no_history_of_the_same(self, config: Path) -> None:
        """A run that found nothing new is no point."""
        benchmark(config, EchoWorker())

        benchmark(config, EchoWorker(), "2026-02-02T00:00:00+00:00")

        assert BenchFolder(config.parent / "out").history() == []

    def test_shows_a_run_of_the_history_once(self, config: Path) -> None:
        """An archive of manifests has the last run too, perhaps twice."""
        benchmark(config, EchoWorker())
        folder = BenchFolder(config.parent / "out")
        last = read_manifest(folder.manifest_path)
        older = replace(last, created="2025-12-31T00:00:00+00:00")

        alone = report_of(last, folder.store, [last, last])
        both = report_of(last, folder.store, [last, older, older])

        assert alone.history == ()
        points = [(point.when, point.system, point.measure) for point in both.history]
        assert len(set(points)) == len(points)
        assert {point.when for point in both.history} == {WHEN, older.created}

    def test_tells_two_runs_of_a_minute_apart(self, config: Path) -> None:
        """Outputs that are given are scored in seconds."""
        benchmark(config, EchoWorker())
        folder = BenchFolder(config.parent / "out")
        last = replace(
            read_manifest(folder.manifest_path), created="2026-03-01T10:20:41+00:00"
        )
        older = replace(last, created="2026-03-01T10:20:30+00:00")

        found = report_of(last, folder.store, [older]).history

        assert {point.run for point in found} == {"03-01 10:20:30", "03-01 10:20:41"}

    def test_writes_page_and_tables(self, config: Path) -> None:
        """All that a reader opens lies in the folder."""
        benchmark(config, EchoWorker(broken="transformers"))
        folder = BenchFolder(config.parent / "out")

        folder.write_report()

        page = folder.report_path.read_text(encoding="utf-8")
        assert "the engine is broken" in page
        tables = json.loads((folder.path / "tables.json").read_text("utf-8"))
        (section,) = tables["sections"]
        names = {system["name"]: system["figures"] for system in section["systems"]}
        assert names["transformers float32 beam 1"] == {}
        assert (folder.path / "tables.tex").exists()
        assert "the engine is broken" in (folder.path / "tables.md").read_text("utf-8")

    @pytest.mark.parametrize(
        "page",
        ["out/manifest.json", "out/history/20260102T030405+0000.json", "older.json"],
    )
    def test_writes_no_page_over_what_it_is_made_from(
        self, config: Path, page: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A manifest costs hours; a slip of the hand must not."""
        benchmark(config, EchoWorker())
        folder = config.parent
        (folder / "older.json").write_bytes((folder / "out/manifest.json").read_bytes())
        (folder / "small.de").write_text("Ein Hund.\nZwei Katzen.\n")
        benchmark(config, EchoWorker())
        kept = (folder / page).read_bytes()
        given = [f"{folder}/out", "--history", f"{folder}/older.json"]

        status = main(
            ["bench", "report", *given, "--without-texts", f"{folder}/{page}"]
        )

        assert status == 2
        assert "the output is the input" in capsys.readouterr().err
        assert (folder / page).read_bytes() == kept

    def test_cleans_what_the_last_run_does_not_use(self, config: Path) -> None:
        """The report of the last run can still be written."""
        benchmark(config, EchoWorker())
        (config.parent / "small.de").write_text("Ein Hund.\nZwei Katzen.\n")
        benchmark(config, EchoWorker())
        folder = BenchFolder(config.parent / "out")

        deleted, _ = folder.clean()

        assert deleted > 0
        folder.write_report()

    def test_lets_one_run_work_at_a_time(self, tmp_path: Path) -> None:
        """Two would translate the same twice."""
        folder = BenchFolder(tmp_path)

        with (
            folder.locked(),
            pytest.raises(InputError, match="another run is at work"),
            BenchFolder(tmp_path).locked(),
        ):
            pass


def job(folder: Path, **changes: Any) -> dict[str, Any]:
    system = {
        "name": "tiny",
        "model": str(folder),
        "compute_type": "float32",
        "beam": 1,
        "threads": 1,
        **changes,
    }
    return {"system": system, "sources": ["Heute verkauft die Frau das Buch."] * 2}


class TestFreshProcess:
    def test_measures_the_real_engine(self, tiny_folder: Path) -> None:
        """Every figure is there that this machine can give, and is plausible."""
        asked = {**job(tiny_folder), "job": "measure", "single": 1, "warmup": 1}

        found = FreshProcess(120)(asked, lambda _: None)

        assert 0 < found["load_seconds"] < found["first_seconds"]
        assert 0 < found["latency_p50"] <= found["latency_p95"]
        assert found["words_per_second"] > 0
        assert found["cpu_seconds"] > 0
        assert 10 < found["peak_mb"] < 2000
        weights = (tiny_folder / "model.safetensors").stat().st_size / 1e6
        assert weights / 4 < found["disk_mb"] < 4 * weights

    def test_gives_an_engine_s_error_as_a_line(self, tiny_folder: Path) -> None:
        """What the user can act on, without a traceback."""
        asked = {**job(tiny_folder, compute_type="int7"), "job": "measure"}

        with pytest.raises(JobError, match="compute type 'int7' is not for this cpu"):
            FreshProcess(120)({**asked, "single": 1, "warmup": 1}, lambda _: None)

    def test_ends_what_hangs(self, tiny_folder: Path) -> None:
        """A job has its time."""
        asked = {**job(tiny_folder), "job": "measure", "single": 1, "warmup": 1}

        with pytest.raises(JobError, match=r"stopped after 0\.01 s"):
            FreshProcess(0.01)(asked, lambda _: None)

    def test_tells_how_a_process_ended(self, tiny_folder: Path) -> None:
        """A bug leaves its last line."""
        asked = {**job(tiny_folder), "job": "measure", "single": "all", "warmup": 1}

        with pytest.raises(JobError, match="ended with status 1: TypeError"):
            FreshProcess(120)(asked, lambda _: None)


@pytest.fixture
def long_config(tmp_path: Path, tiny_folder: Path) -> Path:
    """Write a configuration whose translation takes some hundred calls."""
    for language in ("de", "en"):
        text = (tiny_folder / f"sentences.{language}").read_text("utf-8")
        (tmp_path / f"long.{language}").write_text(text, "utf-8")
    path = tmp_path / "bench.yaml"
    path.write_text(
        # A second look would ask for some sentences twice.
        f"systems: [{{model: {tiny_folder}, beam: 16, threads: 1, batch_tokens: 16, "
        "once: true}]\n"
        "test_sets: [{name: long, source: long.de, reference: long.en}]\n"
        "measure: false\nresamples: 100\n",
        encoding="utf-8",
    )
    return path


def whole_lines(folder: Path) -> int:
    journals = list(folder.glob("stages/translate/*.journal"))
    return sum(journal.read_bytes().count(b"\n") for journal in journals)


def test_a_killed_run_translates_nothing_again(
    long_config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kill -9 in the middle: what was said before is not asked for again.

    The engine translates each of the 260 sentences once, before the kill or after it.
    """
    cut = tmp_path / "cut"
    command = [sys.executable, "-m", "satzpaar.cli.main", "bench", "run"]
    process = subprocess.Popen(
        [*command, str(long_config), "-o", str(cut), "-q"], env={**os.environ}
    )
    while process.poll() is None and whole_lines(cut) < 20:
        time.sleep(0.001)

    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.3)  # the worker notices that its reader is gone
    before = whole_lines(cut)
    time.sleep(0.2)
    assert whole_lines(cut) == before
    assert 20 <= before < 260
    assert main(["bench", "run", str(long_config), "-o", str(cut)]) == 0

    after = BenchFolder(cut).write_report().cells[0].asked
    assert before + after == 260
    assert whole_lines(cut) == 0
    assert capsys.readouterr().err.count("translating 260 segments") == 1
    assert main(["bench", "run", str(long_config), "-o", str(cut)]) == 0
    assert "translated before" in capsys.readouterr().err
