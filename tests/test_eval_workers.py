"""Neural metrics, tested with workers of our own that are no neural metrics."""

from __future__ import annotations

import json
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from satzpaar.eval import Reference, SystemOutput, TestSet, install, score_systems
from satzpaar.eval.known_metrics import make_metric
from satzpaar.eval.workers import MetricError, Worker, WorkerMetric
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

GREETING = {
    "protocol": 1,
    "metric": "Words",
    "signature": "version:1",
    "higher_is_better": True,
    "needs_source": False,
    "needs_reference": True,
}

# The share of words that the first reference has too; HOOK goes wrong on purpose.
WORKER = """
import json, sys, time
print(json.dumps({greeting}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    scores = []
    for segment in request["segments"]:
        wanted = set(segment["references"][0].split())
        words = segment["hypothesis"].split()
        scores.append(100 * sum(w in wanted for w in words) / max(1, len(words)))
    answer = {{"id": request["id"], "scores": scores}}
    {hook}
    print(json.dumps(answer), flush=True)
"""

REFERENCES = ("one two", "three four", "five")
TESTSET = TestSet("set", (Reference("A", REFERENCES),))
SYSTEM = SystemOutput("mine", ("one two", "three 4", "x"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., list[str]]:
    def made(*, hook: str = "", **greeting: object) -> list[str]:
        script = tmp_path / "words.py"
        script.write_text(WORKER.format(greeting={**GREETING, **greeting}, hook=hook))
        return [sys.executable, str(script)]

    return made


class TestWorkerMetric:
    def test_scores_systems(self, command: Callable[..., list[str]]) -> None:
        """The mean over segments, in the table with all other metrics."""
        metric = WorkerMetric(Worker(command(), name="words"))

        table = score_systems(TESTSET, [SYSTEM], [metric, "chrf"])

        column = table.column("Words")
        assert column.scores[0] is not None
        assert column.scores[0].value == pytest.approx(50)
        assert column.segments[0] == (100, 50, 0)
        assert column.signature == "nrefs:1|version:1"

    def test_asks_in_parts(
        self, command: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A corpus is no single request."""
        monkeypatch.setattr("satzpaar.eval.workers.SEGMENTS_AT_A_TIME", 2)
        worker = Worker(command(hook="answer['scores'][0] = request['id']"), name="w")
        segments = [{"hypothesis": "a", "references": ["b"]}] * 5

        assert worker.score(segments) == [1, 0, 2, 0, 3]

    def test_is_remembered_by_content(self, command: Callable[..., list[str]]) -> None:
        """The same texts are scored once, whatever the system is called."""
        first = WorkerMetric(Worker(command(), name="w"))
        first.statistics(TESTSET, [SYSTEM])
        second = WorkerMetric(Worker(command(hook="sys.exit(1)"), name="w"))

        rows = second.statistics(TESTSET, [SystemOutput("other", SYSTEM.hypotheses)])

        assert rows[0, :, 0].tolist() == [100, 50, 0]

    def test_says_that_it_needs_the_source(
        self, command: Callable[..., list[str]]
    ) -> None:
        """Before anything is computed."""
        metric = WorkerMetric(Worker(command(needs_source=True), name="w"))

        with pytest.raises(UsageError, match="Words needs the source text; --source"):
            score_systems(TESTSET, [SYSTEM], [metric])

    def test_is_found_by_its_command(self, command: Callable[..., list[str]]) -> None:
        """A worker of the user's own."""
        metric = make_metric("worker:" + " ".join(command()))

        assert metric.name == "Words"

    def test_ends_with_its_input(self, command: Callable[..., list[str]]) -> None:
        """No process stays behind."""
        worker = Worker(command(), name="w")
        process = worker._process

        worker.close()

        assert process.returncode == 0


class TestWorker:
    @pytest.mark.parametrize(
        ("hook", "complaint"),
        [
            pytest.param(
                "sys.exit('out of memory')",
                "w: the worker ended with status 1 before its answer: out of memory",
                id="crash",
            ),
            pytest.param(
                "scores.pop()", "w: the worker gave 2 scores for 3 segments", id="count"
            ),
            pytest.param(
                "answer['id'] = 7", 'wrong answer to request 1: {"id": 7', id="id"
            ),
            pytest.param(
                "print('Loading…')",
                "has to say a JSON object and says Loading…",
                id="text",
            ),
            pytest.param(
                "scores[0] = 'good'",
                "gave 'good' as a score, a finite number",
                id="type",
            ),
            pytest.param("scores[0] = float('nan')", "gave nan as a score", id="nan"),
            pytest.param(
                "answer = {'id': 1, 'error': 'no GPU'}", "reports: no GPU", id="error"
            ),
            pytest.param(
                "time.sleep(60)", "gave no answer within 0.5 seconds", id="timeout"
            ),
        ],
    )
    def test_says_what_went_wrong(
        self, command: Callable[..., list[str]], hook: str, complaint: str
    ) -> None:
        """In one line; the process is gone afterwards."""
        worker = Worker(command(hook=hook), name="w", answer_timeout=0.5)
        if "time.sleep" not in hook:
            worker._answer_timeout = 60

        with pytest.raises(MetricError) as caught:
            worker.score([{"hypothesis": "a", "references": ["a"]}] * 3)

        assert complaint in str(caught.value)
        assert "\n" not in str(caught.value)
        assert worker._process.poll() is not None

    @pytest.mark.parametrize(
        ("greeting", "complaint"),
        [
            ({"protocol": 2}, "speaks protocol 2, 1 is expected"),
            ({"metric": ""}, "greets without a right 'metric'"),
            ({"needs_source": "no"}, "greets without a right 'needs_source'"),
        ],
    )
    def test_refuses_a_wrong_greeting(
        self,
        command: Callable[..., list[str]],
        greeting: dict[str, object],
        complaint: str,
    ) -> None:
        """A worker of another protocol, or one that says too little."""
        with pytest.raises(MetricError, match=complaint):
            Worker(command(**greeting), name="w")

    def test_refuses_a_program_that_does_not_start(self, tmp_path: Path) -> None:
        """It may not be there, or crash at once."""
        with pytest.raises(MetricError, match=r"w: cannot start .*: No such file"):
            Worker([str(tmp_path / "none")], name="w")
        with pytest.raises(
            MetricError, match=r"before its greeting: ImportError: no torch"
        ):
            Worker([sys.executable, "-c", "raise ImportError('no torch')"], name="w")


class TestInstall:
    def test_says_how_to_install(self) -> None:
        """A metric that is not there is one line away."""
        with pytest.raises(MetricError, match="`satzpaar eval install-metric comet`"):
            make_metric("comet")

    def test_makes_an_environment_and_remembers_the_command(
        self,
        monkeypatch: pytest.MonkeyPatch,
        cache: Path,
        command: Callable[..., list[str]],
    ) -> None:
        """With pip and the model's download put aside: they need a network."""
        words = Path(command()[1]).read_text()
        steps: list[list[str]] = []

        def step(order: list[str], complaint: str) -> None:
            steps.append(order)
            if "venv" in order:
                venv.create(order[-1], with_pip=False)
            if order[-1] == "--fetch":  # what was fetched makes the worker ours
                Path(order[1]).write_text(words)

        monkeypatch.setattr(install, "_step", step)

        folder = install.install("comet", model="me/mine")

        assert folder == cache / "metrics" / "comet"
        assert steps[1][1:] == ["-m", "pip", "install", "unbabel-comet>=2.2.2"]
        assert steps[2][2:] == ["--model", "me/mine", "--fetch"]
        assert (folder / "serve.py").exists()
        assert install.installed_names() == ["comet"]
        assert make_metric("comet").name == "Words"

    def test_leaves_nothing_of_a_failure(self, cache: Path) -> None:
        """Where a step fails, the metric is not installed."""
        with pytest.raises(MetricError, match="comet: its environment could not be"):
            install.install("comet", python=str(cache / "no-python"))

        assert not (cache / "metrics" / "comet").exists()

    def test_refuses_a_damaged_installation(self, cache: Path) -> None:
        """And says how to repair it."""
        folder = cache / "metrics" / "comet"
        folder.mkdir(parents=True)
        (folder / "metric.json").write_text(json.dumps({"command": []}))

        with pytest.raises(MetricError, match=r"damaged .*install-metric comet` again"):
            make_metric("comet")

    def test_knows_no_other(self) -> None:
        """Others are workers of the user's own."""
        with pytest.raises(UsageError, match="no recipe for 'bleurt'"):
            install.install("bleurt")


class TestServe:
    """The helper that our own workers share speaks the protocol."""

    SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
from serve import mean_over_references, serve
print("a library says hello")
def score(segments):
    print("and goes on talking")
    return mean_over_references(
        segments, lambda pairs: [float(r == s["hypothesis"]) for s, r in pairs]
    )
serve({greeting}, score)
"""

    def test_keeps_libraries_off_the_protocol(self, tmp_path: Path) -> None:
        """What they print once it serves goes elsewhere."""
        folder = Path(install.__file__).parent / "worker"
        greeting = {key: value for key, value in GREETING.items() if key != "protocol"}
        script = self.SCRIPT.format(folder=str(folder), greeting=greeting)
        script = script.replace('print("a library says hello")\n', "")
        worker = Worker([sys.executable, "-c", script], name="w")
        segment = {"hypothesis": "a", "references": ["a", "b"]}

        assert worker.score([segment, {**segment, "hypothesis": "c"}]) == [0.5, 0.0]
