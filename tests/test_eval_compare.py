"""Whether one system is better than another, and what is said of it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from satzpaar.eval import (
    Comparison,
    ComparisonOptions,
    Reference,
    SystemOutput,
    TestSet,
    compare_systems,
    comparison_of,
    load_testset,
    measure_systems,
)
from satzpaar.eval.effect import expected_agreement
from satzpaar.eval.significance import all_pairs, bootstrap, by_block, randomisation
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.eval.metrics import Array

SHARED = Path(__file__).parents[2] / "shared" / "data"
WMT23 = SHARED / "wmt23"
ANCHORS = SHARED / "anchors" / "anchors_significance.tsv"
BASELINE = "ONLINE-B"

needs_wmt23 = pytest.mark.skipif(
    not ANCHORS.exists(), reason="needs the WMT23 outputs and figures in shared/data"
)

FEW = ComparisonOptions(trials=500, resamples=500)


def made_up(
    segments: int, *, wrong: Sequence[int], documents: int | None = None
) -> tuple[TestSet, list[SystemOutput]]:
    """Systems that get every so manieth word wrong, as *wrong* says."""
    generator = np.random.default_rng(1)
    words = [f"word{n}" for n in range(40)]
    reference = [list(generator.choice(words, 12)) for _ in range(segments)]
    systems = []
    for number, each in enumerate(wrong):
        output = [
            " ".join(
                "wrong" if generator.integers(each) == 0 else word for word in segment
            )
            for segment in reference
        ]
        systems.append(SystemOutput(f"s{number}", tuple(output)))
    ids = None
    if documents is not None:
        ids = tuple(f"d{i * documents // segments}" for i in range(segments))
    text = tuple(" ".join(segment) for segment in reference)
    return TestSet("made up", (Reference("A", text),), documents=ids), systems


def first_column(sums: Array) -> Array:
    found: Array = sums[0]
    return found


class TestRandomisation:
    def test_finds_no_difference_between_a_system_and_its_copy(self) -> None:
        """Of such a pair sacreBLEU says p = 0.0001, the smallest there is."""
        rows = np.arange(20.0).reshape(1, 10, 2)

        (p,) = randomisation(
            np.concatenate([rows, rows]), first_column, [(0, 1)], trials=200, seed=1
        )

        assert p == 1.0

    def test_is_exact_for_a_few_blocks(self) -> None:
        """Of four swaps of differences 3 and 1, two are as large as the observed."""
        first = np.array([[[3.0], [1.0]]])

        (p,) = randomisation(
            np.concatenate([first, np.zeros((1, 2, 1))]),
            first_column,
            [(0, 1)],
            trials=40_000,
            seed=1,
        )

        assert p == pytest.approx(0.5, abs=0.01)

    def test_does_not_depend_on_how_many_systems_there_are(self) -> None:
        """The draws are the same for all pairs."""
        testset, systems = made_up(60, wrong=(3, 4, 5))
        two = compare_systems(testset, systems[:2], ["bleu"], FEW).metrics[0]
        three = compare_systems(testset, systems, ["bleu"], FEW).metrics[0]

        assert two.pair("s0", "s1").p == three.pair("s0", "s1").p
        assert two.pair("s0", "s1").low == three.pair("s0", "s1").low


class TestBootstrap:
    def test_bounds_the_difference(self) -> None:
        """A mean of 100 draws of 0 or 1: 95 % lie within 0.098 of one half."""
        rows = np.array([[[i % 2, 1.0] for i in range(100)], [[0.0, 1.0]] * 100])

        drawn = bootstrap(rows, lambda s: s[0] / s[1], resamples=20_000, seed=1)

        assert drawn.interval(0, 1) == pytest.approx((0.402, 0.598), abs=0.011)
        assert drawn.observed.tolist() == [0.5, 0.0]

    def test_keeps_sums_exact_that_single_precision_cannot_hold(self) -> None:
        """A corpus of more than sixteen million characters."""
        rows = np.array([[[20_000_001.0]] * 3, [[20_000_000.0]] * 3])

        drawn = bootstrap(rows, first_column, resamples=100, seed=1)

        assert set((drawn.resampled[0] - drawn.resampled[1]).tolist()) == {3.0}


def test_sums_segments_by_document() -> None:
    """Blocks are documents; no segment is lost."""
    rows = np.arange(8.0).reshape(1, 4, 2)

    found = by_block(rows, [0, 0, 1, 0])

    assert found.tolist() == [[[8.0, 11.0], [4.0, 5.0]]]


class TestCompareSystems:
    def test_says_which_is_better(self) -> None:
        """The difference, its interval, the p-value and people's agreement."""
        testset, systems = made_up(300, wrong=(3, 6))

        compared = compare_systems(testset, systems, ["bleu"], FEW)

        (pair,) = compared.metrics[0].pairs
        assert (pair.first, pair.second, pair.better) == ("s1", "s0", True)
        assert pair.low < pair.difference < pair.high
        assert pair.p == pytest.approx(1 / 501)
        assert pair.verdict.startswith("s1 is better than s0: ")
        assert compared.verdict == "By BLEU s1 is better than s0."

    def test_lower_is_better_for_ter(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The better system comes first; its difference is negative."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
        testset, systems = made_up(300, wrong=(3, 6))

        compared = compare_systems(testset, systems, ["ter"], FEW)

        (pair,) = compared.metrics[0].pairs
        assert (pair.first, pair.better) == ("s1", True)
        assert pair.difference < 0

    def test_gives_no_verdict_below_300_segments(self) -> None:
        """However clear it looks."""
        testset, systems = made_up(299, wrong=(2, 50))

        compared = compare_systems(testset, systems, ["bleu"], FEW)

        assert compared.metrics[0].pairs[0].better is None
        assert compared.verdict == "No verdict: 299 segments are too few."
        assert compared.notes[0].startswith("no verdict: 299 segments")

    def test_cannot_tell_alike_systems_apart(self) -> None:
        """And says so of the best two of three."""
        testset, (best, worst) = made_up(300, wrong=(6, 2))
        nearly = ("other words", *best.hypotheses[1:])
        systems = [best, SystemOutput("nearly", nearly), worst]

        compared = compare_systems(testset, systems, ["bleu"], FEW)

        assert (
            "cannot be told apart" in compared.metrics[0].pair("s0", "nearly").verdict
        )
        assert compared.verdict == (
            "By BLEU s0 scores best, but nearly is not shown to be worse."
        )

    def test_draws_documents_where_there_are_enough(self) -> None:
        """Segments of a document are no independent evidence."""
        testset, systems = made_up(300, wrong=(5, 6), documents=30)
        few, _ = made_up(300, wrong=(5, 6), documents=5)

        by_document = compare_systems(testset, systems, ["bleu"], FEW)
        by_segment = compare_systems(few, systems, ["bleu"], FEW)

        assert (by_document.block, by_document.blocks) == ("document", 30)
        assert (by_segment.block, by_segment.blocks) == ("segment", 300)
        assert "5 documents are too few" in by_segment.notes[0]

    def test_compares_with_a_baseline_only(self) -> None:
        """Fewer pairs, and so a milder correction."""
        testset, systems = made_up(300, wrong=(3, 4, 6))

        compared = compare_systems(
            testset, systems, ["bleu"], ComparisonOptions(500, 500, baseline="s1")
        )

        pairs = {(pair.first, pair.second) for pair in compared.metrics[0].pairs}
        assert pairs == {("s2", "s1"), ("s1", "s0")}
        assert compared.verdict == "By BLEU s2 is better than s1 and s0 is worse."

    def test_says_of_each_how_it_stands_to_the_baseline(self) -> None:
        """Also of those that are not told apart, and of whom anybody is worse than."""
        testset, (best, worst) = made_up(300, wrong=(6, 2))
        nearly = SystemOutput("nearly", ("other words", *best.hypotheses[1:]))

        compared = compare_systems(
            testset,
            [best, nearly, worst],
            ["bleu", "chrf"],
            ComparisonOptions(500, 500, baseline="s0"),
        )

        assert compared.verdict == (
            "By BLEU and chrF2 s1 is worse than s0, while nearly cannot be told apart "
            "from s0."
        )

    def test_corrects_by_the_number_of_pairs(self) -> None:
        """Holm: the smallest of three p-values counts three times."""
        testset, systems = made_up(300, wrong=(3, 4, 6))

        pairs = compare_systems(testset, systems, ["chrf"], FEW).metrics[0].pairs

        assert [pair.p for pair in pairs] == [pytest.approx(1 / 501)] * 3
        assert [pair.p_holm for pair in pairs] == [pytest.approx(3 / 501)] * 3

    def test_says_in_one_sentence_that_metrics_differ(self) -> None:
        """One metric is sure, another is not."""
        testset, (best, worst) = made_up(300, wrong=(6, 2))
        nearly = SystemOutput("nearly", ("other words", *best.hypotheses[1:]))
        spaced = [" ".join(text.replace(" ", "")) for text in best.hypotheses]

        compared = compare_systems(
            testset,
            [best, nearly, SystemOutput("spaced", tuple(spaced)), worst],
            ["bleu", "chrf"],
            FEW,
        )

        assert compared.verdict == (
            "By BLEU s0 scores best, but nearly is not shown to be worse; by chrF2 s0 "
            "scores best, but spaced and nearly are not shown to be worse."
        )

    def test_reads_what_it_wrote(self) -> None:
        """The benchmark keeps comparisons as JSON."""
        testset, systems = made_up(30, wrong=(3, 4))

        compared = compare_systems(testset, systems, options=FEW)

        assert Comparison.from_json(compared.to_json()) == compared
        with pytest.raises(ValueError, match="no comparison in format"):
            Comparison.from_json("{}")

    @pytest.mark.parametrize(
        ("options", "complaint"),
        [
            ({"baseline": "s9"}, "no system 's9' to compare with; there are s0, s1"),
            ({"blocks": "documents"}, "needs the ids of two or more"),
        ],
    )
    def test_refuses_what_cannot_be_compared(
        self, options: dict[str, str], complaint: str
    ) -> None:
        """A baseline that is none, documents that are not known."""
        testset, systems = made_up(30, wrong=(3, 4))

        with pytest.raises(UsageError, match=complaint):
            compare_systems(
                testset,
                systems,
                ["bleu"],
                ComparisonOptions(**options),  # type: ignore[arg-type]
            )

    def test_refuses_a_single_system(self) -> None:
        """There is nothing to compare it with."""
        testset, systems = made_up(30, wrong=(3,))

        with pytest.raises(UsageError, match="two systems or more"):
            compare_systems(testset, systems, ["bleu"], FEW)

    def test_refuses_before_it_measures(self) -> None:
        """A neural metric takes an hour to find that a baseline was misspelt."""
        testset, systems = made_up(30, wrong=(3, 5))
        options = replace(FEW, baseline="mien")

        with pytest.raises(UsageError, match="no system 'mien' to compare with"):
            compare_systems(testset, systems, ["a metric that nobody has"], options)


@pytest.mark.parametrize("test", ["bs", "ar"])
def test_compatible_mode_gives_sacrebleus_p_values(
    test: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last draw, also of a system and its copy."""
    monkeypatch.setenv("SACREBLEU_SEED", "7")
    testset, systems = made_up(40, wrong=(4, 5, 5))
    systems.append(SystemOutput("copy", systems[0].hypotheses))
    named: list[tuple[str, Sequence[str]]] = [
        (system.name, list(system.hypotheses)) for system in systems
    ]
    metrics = {"BLEU": BLEU(), "chrF2": CHRF()}
    references = [list(testset.references[0].segments)]
    _, expected = PairedTest(named, metrics, references, test, n_samples=200)()

    options = ComparisonOptions(200, 200, seed=7, compatible=True, baseline="s0")
    compared = compare_systems(testset, systems, ["bleu", "chrf"], options)

    for each in compared.metrics:
        for (name, _), result in zip(named, expected[each.metric], strict=True):
            if name != "s0":
                pair = each.pair("s0", name)
                found = pair.p_bootstrap if test == "bs" else pair.p
                assert found == result.p_value  # type: ignore[union-attr]


@needs_wmt23
def test_reproduces_the_published_p_values() -> None:
    """In compatible mode sacreBLEU's own mode, else within Monte Carlo error."""
    testset = load_testset(WMT23)
    rows = [line.split("\t") for line in ANCHORS.read_text().splitlines()]
    published = {
        tuple(row[:3]): float(row[4])
        for row in rows
        if len(row) > 4 and (row[0] in {"ar", "bs"} and row[4])
    }
    names = {BASELINE, *(name for _, _, name in published)}
    systems = [system for system in testset.systems if system.name in names]
    measured = measure_systems(testset, systems, ["bleu", "chrf"])
    theirs = ComparisonOptions(10_000, 1_000, compatible=True, baseline=BASELINE)

    compatible = comparison_of(testset, systems, measured, theirs)
    ours = comparison_of(
        testset, systems, measured, ComparisonOptions(resamples=100, baseline=BASELINE)
    )

    assert len(published) == 16
    for same, own in zip(compatible.metrics, ours.metrics, strict=True):
        for (test, metric, name), p in published.items():
            if metric != same.metric:
                continue
            pair = same.pair(BASELINE, name)
            found = pair.p if test == "ar" else pair.p_bootstrap
            assert found == pytest.approx(p, abs=6e-7)  # as printed
            if test == "ar":
                error = 4 * (p * (1 - p) / 10_000) ** 0.5 + 1e-4
                assert own.pair(BASELINE, name).p == pytest.approx(p, abs=error)


@needs_wmt23
def test_near_identical_systems_get_a_large_p_value() -> None:
    """0.004 BLEU apart: sacreBLEU's bootstrap says 0.42, 0.99 is right."""
    testset = load_testset(WMT23)
    names = {"ONLINE-A", "GPT4-5shot"}
    systems = [system for system in testset.systems if system.name in names]

    pair = compare_systems(testset, systems, ["bleu"]).metrics[0].pairs[0]

    assert pair.p == pytest.approx(0.992, abs=0.005)
    assert pair.p_bootstrap == pytest.approx(0.990, abs=0.006)


@needs_wmt23
def test_compares_all_wmt23_systems_in_less_than_three_seconds_of_cpu() -> None:
    """78 pairs, both tests, 10,000 trials each."""
    testset = load_testset(WMT23)
    measured = measure_systems(testset, testset.systems, ["bleu"])
    start = time.process_time()

    compared = comparison_of(testset, testset.systems, measured)

    assert time.process_time() - start < 3
    assert len(compared.metrics[0].pairs) == len(all_pairs(13)) == 78


class TestExpectedAgreement:
    @pytest.mark.parametrize(
        ("metric", "signature", "differences"),
        [
            ("BLEU", "case:mixed|tok:13a", (0.78, 1.39, 2.34)),
            ("chrF2", "case:mixed|nc:6|nw:0", (0.54, 1.00, 1.63)),
        ],
    )
    def test_is_as_published(
        self, metric: str, signature: str, differences: tuple[float, ...]
    ) -> None:
        """Kocmi et al. (2024): what 60, 70 and 80 % agreement takes."""
        found = [expected_agreement(metric, signature, each) for each in differences]

        assert found == pytest.approx([0.6, 0.7, 0.8], abs=0.003)

    def test_never_falls_below_a_coins(self) -> None:
        """The fitted curve starts at 44 % for BLEU."""
        assert expected_agreement("BLEU", "case:mixed|tok:13a", -0.01) == 0.5

    def test_is_unknown_where_nothing_was_published(self) -> None:
        """Other tokenizers, other metrics."""
        assert expected_agreement("BLEU", "case:mixed|tok:intl", 1) is None
        assert expected_agreement("TER", "case:lc", 1) is None
