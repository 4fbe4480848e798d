"""`satzpaar eval analyze`: rates, buckets, n-grams, the table of segments."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import sacrebleu

from satzpaar.cli.main import main
from satzpaar.eval.analysis import analyze, count_words, find_errors
from satzpaar.eval.analysis.buckets import by_length, by_position
from satzpaar.eval.analysis.errors import sign_test
from satzpaar.eval.analysis.frequency import by_frequency
from satzpaar.eval.analysis.ngram_differences import (
    compare_ngrams,
    matches,
    miss_and_add,
    occurrences,
)
from satzpaar.eval.known_metrics import make_metric
from satzpaar.eval.testset import Reference, SystemOutput, TestSet
from satzpaar.translate.checks.registry import choose_checks
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.eval.analysis import NgramDifference
    from satzpaar.eval.metrics import Array, Metric

SOURCES = (
    "Im Hafen lagen 40 Schiffe.",
    "Sie kam nicht.",
    "Der Müller mahlte 12 Säcke Korn, und am Ende des Tages war die Mühle wieder leer.",
)
REFERENCE = (
    "There were 40 ships in the harbour.",
    "She did not come.",
    "The miller ground a lot of grain, and at the end of the day the mill was empty.",
)
GOOD = (
    "There were 40 ships in the port.",
    "She did not come.",
    "The miller milled 12 sacks of grain, and at day's end the mill was empty again.",
)
BAD = (
    "There were 14 ships in the harbour.",
    "She came.",
    "The miller ground 12 sacks of grain, and at the end of the day it was full.",
)
TESTSET = TestSet(
    "tiny",
    (Reference("ref", REFERENCE),),
    SOURCES,
    documents=("a", "a", "b"),
)
SYSTEMS = (SystemOutput("good", GOOD), SystemOutput("bad", BAD))


def measured(name: str) -> tuple[Array, Metric]:
    """Return the statistics of all systems, and the metric that they are of."""
    metric = make_metric(name)
    return metric.statistics(TESTSET, SYSTEMS), metric


class TestErrors:
    def test_stand_beside_the_references_own(self) -> None:
        """The reference leaves 12 out, and that is no system's fault."""
        reference, (good, bad) = find_errors(
            TESTSET, SYSTEMS, checks=choose_checks(["numbers", "negation"])
        )

        numbers = reference.rates[0]
        assert (numbers.kind, numbers.segments) == ("numbers", 1)
        assert reference.findings[2][0].message == "12 is missing"
        assert [rate.segments for rate in good.rates] == [0, 0]
        assert [rate.segments for rate in bad.rates] == [1, 1]
        assert bad.rates[0].rate == bad.rates[0].reference_rate == 1 / 3
        assert (bad.rates[0].only_here, bad.rates[0].only_reference) == (1, 1)
        assert bad.findings[0][0].message == "40 became 14"

    def test_need_sources(self) -> None:
        """Nothing is told from the reference alone."""
        testset = TestSet("tiny", (Reference("ref", REFERENCE),))

        with pytest.raises(UsageError, match="no sources"):
            find_errors(testset, SYSTEMS)

    @pytest.mark.parametrize(
        ("first", "second", "p"),
        [(0, 0, 1.0), (5, 5, 1.0), (1, 9, 22 / 1024), (9, 1, 22 / 1024)],
    )
    def test_sign_test(self, first: int, second: int, p: float) -> None:
        """Counted by hand: 2 (1 + 10) / 2 ** 10."""
        assert sign_test(first, second) == pytest.approx(p)

    def test_sign_test_of_many(self) -> None:
        """Where the exact one would take long, the normal one is as good."""
        exact = sign_test(460, 540)
        normal = sign_test(461, 541)

        assert exact == pytest.approx(0.0125, abs=1e-3)
        assert normal == pytest.approx(exact, abs=1e-3)


class TestBuckets:
    def test_are_scored_as_corpora(self) -> None:
        """By sacreBLEU, on the segments of the bucket alone."""
        buckets = by_length(TESTSET, *measured("chrf"))

        assert [(bucket.label, bucket.segments) for bucket in buckets] == [
            ("0-9", 2),
            ("10-19", 1),
        ]
        for place, system in enumerate(SYSTEMS):
            expected = sacrebleu.corpus_chrf(
                list(system.hypotheses[:2]), [list(REFERENCE[:2])]
            )
            assert buckets[0].scores[place] == pytest.approx(expected.score)

    def test_places_count_from_each_documents_start(self) -> None:
        """Two documents, two first segments."""
        buckets = by_position(TESTSET, *measured("bleu"))

        assert [(bucket.label, bucket.segments) for bucket in buckets] == [
            ("1", 2),
            ("2-5", 1),
        ]

    def test_no_places_without_documents(self) -> None:
        """A test set without ids has no beginnings."""
        testset = TestSet("tiny", (Reference("ref", REFERENCE),), SOURCES)

        assert by_position(testset, *measured("chrf")) == ()


class TestFrequencies:
    def test_f1_by_hand(self) -> None:
        """Matches are clipped segment by segment."""
        testset = TestSet("t", (Reference("r", ("the cat the dog", "a bird")),))
        system = SystemOutput("s", ("the the the dog", "bird cat"))

        buckets = by_frequency(testset, [system], Counter({"the": 20, "cat": 1}))

        assert [(bucket.label, bucket.words) for bucket in buckets] == [
            ("0", 3),
            ("1", 1),
            ("10-99", 2),
        ]
        unseen, rare, frequent = buckets
        assert (unseen.precision, unseen.recall) == ((1.0,), (2 / 3,))
        assert rare.f1 == (0.0,)  # the right word in the wrong segment
        assert frequent.precision == (2 / 3,)
        assert frequent.recall == (1.0,)
        assert frequent.f1[0] == pytest.approx(0.8)

    def test_counting(self) -> None:
        """Small and without punctuation."""
        assert count_words(["The dog's Dog, the"]) == {"the": 2, "dog's": 1, "dog": 1}


def compared(
    first: list[str], second: list[str], references: list[str]
) -> tuple[tuple[NgramDifference, ...], tuple[NgramDifference, ...]]:
    """Compare two texts by their n-grams."""
    ours, theirs = matches(first, references), matches(second, references)
    return compare_ngrams(ours, theirs, occurrences(references))


class TestNgrams:
    def test_finds_what_one_has_and_the_other_misses(self) -> None:
        """The longest form of it, once."""
        references = ["on the old bridge"] * 6
        first, second = ["on the old bridge"] * 6, ["on the bridge"] * 6

        better, worse = compared(first, second, references)

        assert [(one.ngram, one.first, one.second) for one in better] == [
            ("on the old bridge", 6, 0)
        ]
        assert worse == ()
        assert better[0].z == pytest.approx(6**0.5)

    def test_counts_only_what_is_right(self) -> None:
        """An n-gram of another segment's reference is no match."""
        better, worse = compared(["a b"] * 9, ["c d"] * 9, ["x y"] * 9)

        assert (better, worse) == ((), ())

    def test_habits(self) -> None:
        """What is said too rarely and too often."""
        rare, often = miss_and_add(["the boat"] * 8, ["the ship"] * 8)

        assert [one.ngram for one in rare] == ["the ship"]
        assert [one.ngram for one in often] == ["the boat"]


class TestAnalysis:
    def test_has_a_row_a_segment(self) -> None:
        """With everything that was found in it, for the report."""
        analysis = analyze(TESTSET, SYSTEMS)

        assert [row.number for row in analysis.rows] == [1, 2, 3]
        assert analysis.rows[2].document == "b"
        assert analysis.rows[0].outputs == (GOOD[0], BAD[0])
        assert [finding.kind for finding in analysis.rows[1].findings[1]] == [
            "negation"
        ]
        expected = sacrebleu.sentence_chrf(BAD[0], [REFERENCE[0]]).score
        assert analysis.rows[0].scores[1] == pytest.approx(expected)

    def test_examples_leave_out_what_the_reference_does_too(self) -> None:
        """The miller's sacks are nobody's error."""
        swapped = TestSet("t", (Reference("bad", BAD),), SOURCES)
        analysis = analyze(swapped, [SystemOutput("ref", REFERENCE)])

        examples = list(analysis.examples("numbers", 0, 5))

        assert [row.number for row in examples] == [3]

    def test_is_written_as_json(self) -> None:
        """All of it, and readable by anybody."""
        content = json.loads(analyze(TESTSET, SYSTEMS).to_json())

        assert content["systems"] == ["good", "bad"]
        assert content["errors"][1]["rates"][0]["kind"] == "numbers"
        finding = content["rows"][0]["findings"][1][0]
        assert finding["message"] == "40 became 14"
        assert finding["source"] == [15, 17]

    def test_refuses_what_does_not_run_in_parallel(self) -> None:
        """Never the shorter part."""
        with pytest.raises(InputError, match="2 segments"):
            analyze(TESTSET, [SystemOutput("short", GOOD[:2])])


class TestCommand:
    @pytest.fixture
    def arguments(self, tmp_path: Path) -> list[str]:
        """Write the texts as files, and name them as the command does."""
        for name, lines in (
            ("src.de", SOURCES),
            ("ref.en", REFERENCE),
            ("good.en", GOOD),
            ("bad.en", BAD),
        ):
            (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        named = ["--source", "src.de", "--reference", "ref.en", "good.en", "bad.en"]
        return [
            str(tmp_path / part) if "." in part else part
            for part in ["eval", "analyze", *named]
        ]

    def test_can_be_read_by_a_person(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The classes beside the reference, and a segment to look at."""
        assert main([*arguments, "--classes", "numbers,negation"]) == 0

        out = capsys.readouterr().out
        rows = {line.split()[0]: line.split() for line in out.splitlines() if line}
        assert rows["class"] == ["class", "reference", "good", "bad"]
        assert rows["numbers"] == "numbers 1 33.33% 0 0.00% 1 33.33%".split()
        assert rows["negation"] == "negation 0 0.00% 0 0.00% 1 33.33%".split()
        assert "[numbers] bad, segment 1: 40 became 14" in out
        assert f"  source     {SOURCES[0]}" in out
        assert "dates" not in rows

    def test_notices_what_score_notices(
        self, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Rates of a text that is none say nothing of a system."""
        (tmp_path / "bad.en").write_text("\n\nx\n")

        assert main([*arguments, "--classes", "numbers"]) == 0

        said = capsys.readouterr().err
        assert "bad: 2 segments without text (lines 1, 2)" in said

    def test_terms_of_a_glossary_are_a_class(
        self, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Beside those that were asked for, and the reference is held to it, too."""
        terms = tmp_path / "terms.tsv"
        terms.write_text("Hafen\tharbour\nMühle\tmill\n", encoding="utf-8")
        options = ["--classes", "numbers", "--glossary", str(terms)]

        assert main([*arguments, *options]) == 0

        out = capsys.readouterr().out
        rows = {line.split()[0]: line.split() for line in out.splitlines() if line}
        assert rows["terms"] == "terms 0 0.00% 1 33.33% 1 33.33%".split()
        assert "[terms] good, segment 1: no harbour for Hafen" in out
        assert "[terms] bad, segment 3: no mill for Mühle" in out

        assert main([*arguments, "--classes", "terms", "--glossary", str(terms)]) == 0
        assert "numbers" not in capsys.readouterr().out
        assert main([*arguments, "--classes", "terms"]) == 2
        assert "need a --glossary" in capsys.readouterr().err

    def test_everything_for_programs(
        self, arguments: list[str], tmp_path: Path
    ) -> None:
        """In a file beside the text."""
        path = tmp_path / "found.json"
        frequencies = tmp_path / "train.en"
        frequencies.write_text("the the ships\n", encoding="utf-8")

        status = main(
            [*arguments, "--json", str(path), "--frequencies-from", str(frequencies)]
        )

        content = json.loads(path.read_text(encoding="utf-8"))
        assert status == 0
        assert content["segments"] == 3
        assert content["frequencies_of"] == "train.en"
        assert [bucket["first"] for bucket in content["frequencies"]] == [0, 1, 2]

    @pytest.mark.parametrize(
        ("more", "status", "complaint"),
        [
            (["--classes", "verbs"], 2, "no error class 'verbs'"),
            (["--examples", "-1"], 2, "--examples -1"),
            (["--metric", "bleurgh"], None, "bleurgh"),
            (["--frequencies-from", "no.en"], 1, "no.en: no such file"),
        ],
    )
    def test_wrong_use(
        self,
        arguments: list[str],
        more: list[str],
        status: int | None,
        complaint: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """One line."""
        found = main([*arguments, *more])

        assert found == status if status else found in (1, 2)
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1
        assert complaint in lines[0]
