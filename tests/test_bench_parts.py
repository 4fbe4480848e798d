"""The parts of a benchmark: store, journal, energy, summed-up repeats, equivalence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from satzpaar.eval.bench import jobs
from satzpaar.eval.bench.code import data_beside, modules_of
from satzpaar.eval.bench.config import (
    EquivalenceSetting,
    MeasureSetting,
    SystemSetting,
)
from satzpaar.eval.bench.costs import cost_measures, summed_up
from satzpaar.eval.bench.equivalence import equivalences
from satzpaar.eval.bench.journal import JournalEngine
from satzpaar.eval.bench.machine import EnergyMeter
from satzpaar.eval.bench.manifest import Cell, Scored
from satzpaar.eval.bench.statistics import packed, unpacked
from satzpaar.eval.bench.store import Store, key_of
from satzpaar.translate import translator
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.pipeline import translate_documents
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from pathlib import Path

GREEDY = DecodingOptions(beam_size=1)


class TestStore:
    def test_makes_a_result_once(self, tmp_path: Path) -> None:
        """The same inputs give what was made before."""
        store = Store(tmp_path)
        store.made("score", {"text": "eins"}, lambda: 1)

        _, again = store.made("score", {"text": "eins"}, lambda: 2)

        assert again == 1

    def test_makes_anew_what_depends_on_something_else(self, tmp_path: Path) -> None:
        """A file's name says nothing; its content, a setting or a version does."""
        store = Store(tmp_path)
        store.made("score", {"text": "eins"}, lambda: 1)

        _, other = store.made("score", {"text": "zwei"}, lambda: 2)

        assert other == 2

    def test_makes_anew_what_is_damaged(self, tmp_path: Path) -> None:
        """Half a file is as good as none."""
        store = Store(tmp_path)
        key, _ = store.made("score", {"text": "eins"}, lambda: 1)
        path = store.path("score", key)
        path.write_bytes(path.read_bytes()[:-5])

        _, again = store.made("score", {"text": "eins"}, lambda: 2)

        assert again == 2

    def test_cleans_what_nobody_uses(self, tmp_path: Path) -> None:
        """What is kept stays, the rest goes."""
        store = Store(tmp_path)
        kept, _ = store.made("score", {"text": "eins"}, lambda: 1)
        gone, _ = store.made("score", {"text": "zwei"}, lambda: 2)

        deleted, size = store.clean({kept})

        assert deleted == 1
        assert size > 0
        assert store.get("score", kept) == 1
        assert store.get("score", gone) is None


class TestJournalEngine:
    def test_asks_for_nothing_twice(self, tmp_path: Path) -> None:
        """What an earlier process was told is known to the next."""
        engine = EchoEngine()
        sources = [["eins"], ["zwei"], ["drei"]]
        with JournalEngine(engine, tmp_path / "journal") as first:
            first.translate_batch(sources[:2], GREEDY, max_target_tokens=9)

        with JournalEngine(engine, tmp_path / "journal") as second:
            found = second.translate_batch(sources, GREEDY, max_target_tokens=50)

        assert [hypothesis.text for hypothesis in found] == ["eins", "zwei", "drei"]
        assert engine.asked == ["eins", "zwei", "drei"]
        assert (second.asked, second.recalled) == (1, 2)

    def test_tells_options_apart(self, tmp_path: Path) -> None:
        """A beam's answer is not greedy search's."""
        engine = EchoEngine()
        with JournalEngine(engine, tmp_path / "journal") as journal:
            journal.translate_batch([["eins"]], GREEDY, max_target_tokens=9)
            journal.translate_batch([["eins"]], DecodingOptions(), max_target_tokens=9)

        assert engine.asked == ["eins", "eins"]

    def test_knows_alternatives_again(self, tmp_path: Path) -> None:
        """Which of them is chosen must not depend on an interruption."""
        engine = EchoEngine(lambda text, _: f"{text} || another || a third")
        several = DecodingOptions(4, alternatives=2)
        found = []
        for _ in range(2):
            with JournalEngine(engine, tmp_path / "journal") as journal:
                found += journal.translate_batch(
                    [["eins"]], several, max_target_tokens=9
                )

        first, again = found
        assert engine.asked == ["eins"]
        assert first == again
        assert [other.text for other in again.alternatives] == ["another", "a third"]

    @pytest.mark.parametrize("cut", [1, 7, 30])
    def test_drops_a_line_that_was_being_written(
        self, tmp_path: Path, cut: int
    ) -> None:
        """A process can be killed in the middle of a line."""
        engine = EchoEngine()
        path = tmp_path / "journal"
        with JournalEngine(engine, path) as first:
            first.translate_batch([["eins"], ["zwei"]], GREEDY, max_target_tokens=9)
        path.write_bytes(path.read_bytes()[:-cut])

        with JournalEngine(engine, path) as second:
            second.translate_batch([["eins"], ["zwei"]], GREEDY, max_target_tokens=9)

        assert engine.asked == ["eins", "zwei", "zwei"]
        assert all(json.loads(line) for line in path.read_text().splitlines())


class TestEnergyMeter:
    def zone(self, folder: Path, joules: float) -> Path:
        """Set a counter as the kernel shows it."""
        zone = folder / "intel-rapl:0"
        zone.mkdir(exist_ok=True)
        (zone / "energy_uj").write_text(f"{int(joules * 1e6)}\n")
        (zone / "max_energy_range_uj").write_text(f"{int(1000 * 1e6) - 1}\n")
        return zone

    def test_counts_joules(self, tmp_path: Path) -> None:
        """The kernel counts in millionths; parts of a zone are in it already."""
        part = tmp_path / "intel-rapl:0:0"
        part.mkdir()
        (part / "energy_uj").write_text("7\n")
        self.zone(tmp_path, 10)
        meter = EnergyMeter(tmp_path)
        self.zone(tmp_path, 12.5)

        assert meter.joules() == pytest.approx(2.5)

    def test_goes_on_where_a_counter_begins_again(self, tmp_path: Path) -> None:
        """Counters overflow within an hour."""
        self.zone(tmp_path, 999)
        meter = EnergyMeter(tmp_path)
        self.zone(tmp_path, 3)

        assert meter.joules() == pytest.approx(4)

    def test_is_missing_where_nothing_can_be_read(self, tmp_path: Path) -> None:
        """No counter is no energy of zero."""
        assert EnergyMeter(tmp_path / "nowhere").joules() is None


class TestSummedUp:
    def test_gives_median_and_quartiles(self) -> None:
        """One slow repeat out of three does not move the median."""
        repeats = [{"peak_mb": value} for value in (100.0, 110.0, 500.0)]

        found = summed_up(repeats)["peak_mb"]

        assert (found.low, found.value, found.high) == (105.0, 110.0, 305.0)

    def test_leaves_out_what_is_missing(self) -> None:
        """A mean over what there is would be one over something else."""
        repeats: list[dict[str, float | None]] = [
            {"joules": 1.0},
            {"joules": None},
            {"joules": 3.0},
        ]

        assert "joules" not in summed_up(repeats)

    def test_describes_how_it_was_measured(self) -> None:
        """Every column says what its numbers are."""
        for measure in cost_measures(MeasureSetting(repeats=5)):
            assert "median of 5 fresh processes" in measure.signature


class TestModulesOf:
    FOUND = modules_of(("satzpaar.eval.bench.jobs",), "satzpaar.translate")

    @pytest.mark.parametrize(
        "module",
        ["pipeline", "rules", "right_words", "checks.whole", "engines.ctranslate2"],
    )
    def test_follows_imports(self, module: str) -> None:
        """Also those within functions: a change there may change a translation."""
        assert f"satzpaar.translate.{module}" in self.FOUND

    @pytest.mark.parametrize(
        "module", ["satzpaar.translate.training.trainer", "satzpaar.eval.score"]
    )
    def test_leaves_out_what_has_no_part(self, module: str) -> None:
        """Whoever works on the training keeps the translations."""
        assert module not in self.FOUND

    def test_finds_files(self) -> None:
        """And of each the one that would be imported."""
        import satzpaar.translate.pipeline as module

        path = self.FOUND["satzpaar.translate.pipeline"]

        assert path.samefile(str(module.__file__))

    def test_data_of_a_package_counts_too(self) -> None:
        """Another dictionary gives other translations."""
        data = data_beside(self.FOUND["satzpaar.translate.dictionaries"])

        names = {each.name for each in data}
        names_of = {"first_names.txt", "shared_names.txt"}
        phrases = {"standing.tsv", "usually_small.txt"}
        idioms = {"idioms.tsv.xz", "irregular_verbs.txt"}
        words = {"de-en.tsv.xz", "nouns.tsv.xz"}
        assert names == words | names_of | phrases | idioms
        assert data_beside(self.FOUND["satzpaar.translate.pipeline"]) == []


def test_packed_statistics_come_back() -> None:
    """Counts as they are, and shares as well."""
    counts = np.array([[1.0, 2.0, 0.0], [30.0, 7.0, 4.0]])
    shares = np.array([[0.25], [1e-9], [-3.5]])

    assert (unpacked(packed(counts)) == counts).all()
    assert (unpacked(packed(shares)) == shares).all()
    with pytest.raises(ValueError, match="damaged statistics"):
        unpacked({**packed(counts), "data": "!"})


def test_keys_depend_on_values_not_on_order() -> None:
    """Two runs that mean the same share their results."""
    assert key_of({"a": 1, "b": [2]}) == key_of({"b": [2], "a": 1})
    assert key_of({"a": 1, "b": [2]}) != key_of({"a": 1, "b": 2})


class TestEquivalences:
    def cells(self, *, score: float = 30.0, beam: int = 4) -> list[Cell]:
        """Make three systems of one model; the second one's score and beam vary."""

        def cell(engine: str, value: float, beam: int, kind: str = "float32") -> Cell:
            settings = {
                "engine": engine,
                "compute_type": kind,
                "beam": beam,
                "device": "cpu",
            }
            scores = {"bleu": Scored(value, "BLEU", "x", "bleu", True)}
            return Cell(
                f"{engine} {kind}", "set", settings, model_hash="m", scores=scores
            )

        return [
            cell("one", 30.0, 4),
            cell("other", score, beam),
            cell("one", 29.0, 4, "int8"),
        ]

    def held(
        self, cells: list[Cell], second: list[str], **limits: float
    ) -> list[tuple[float, bool]]:
        """Hold the systems against each other; the first says "a" and "b"."""
        outputs = {(cell.system, "set"): ["a", "b"] for cell in cells}
        outputs["other float32", "set"] = second
        setting = EquivalenceSetting(0.9, limits or {"bleu": 0.1})
        return [
            (each.identical, each.passed)
            for each in equivalences(cells, outputs, setting)
        ]

    def test_passes_what_is_the_same(self) -> None:
        """Only float32 is held against float32: int8 rounds by right."""
        assert self.held(self.cells(), ["a", "b"]) == [(1.0, True)]

    def test_fails_outputs_that_differ(self) -> None:
        """A share below the least is no equivalence."""
        assert self.held(self.cells(), ["a", "c"]) == [(0.5, False)]

    def test_fails_scores_that_differ(self) -> None:
        """Few outputs may differ by much."""
        assert self.held(self.cells(score=29.8), ["a", "b"]) == [(1.0, False)]

    def test_fails_a_limit_on_a_metric_that_was_not_computed(self) -> None:
        """What was not looked at is not passed."""
        assert self.held(self.cells(), ["a", "b"], comet=1.0) == [(1.0, False)]

    def test_compares_only_like_with_like(self) -> None:
        """Another beam is another search."""
        assert self.held(self.cells(beam=1), ["a", "b"]) == []


@pytest.mark.parametrize("once", [False, True])
def test_translates_with_a_second_look_or_without(
    once: bool, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the setting says."""
    asked = []

    def watched(*arguments: Any, **options: Any) -> Any:
        asked.append(options["once"])
        return translate_documents(*arguments, **options)

    monkeypatch.setattr(translator, "translate_documents", watched)
    system = SystemSetting("tiny", str(tiny_folder), once=once)

    made = jobs.translate(system, ["Ja."], tmp_path / "journal", lambda _: None)

    assert len(made["outputs"]) == 1
    assert asked == [once]


@pytest.mark.parametrize(
    ("in_context", "ids", "sizes"),
    [
        (False, None, [1, 2, 1]),
        (True, None, [4]),
        (True, ["a", "a", "b"], [3, 1]),
        (True, ["a", "b", "a"], [1, 2, 1]),
    ],
)
def test_segments_go_on_in_the_document_of_the_one_before(
    in_context: bool,
    ids: list[str] | None,
    sizes: list[int],
    tiny_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the setting and the ids say; each segment gets its own translation."""
    seen: list[int] = []

    def watched(documents: Any, *arguments: Any, **options: Any) -> Any:
        kept = list(documents)
        seen.extend(len(list(one.segments())) for one in kept)
        return translate_documents(kept, *arguments, **options)

    monkeypatch.setattr(translator, "translate_documents", watched)
    system = SystemSetting("tiny", str(tiny_folder), in_context=in_context)
    sources = ["Heute verkauft die Frau das Buch.", "Ja. Nein.", "Am Montag."]

    made = jobs.translate(system, sources, tmp_path / "journal", lambda _: None, ids)

    assert seen == sizes
    alone = jobs.translate(
        SystemSetting("tiny", str(tiny_folder)),
        sources,
        tmp_path / "other",
        lambda _: None,
    )
    assert made["outputs"] == alone["outputs"]
