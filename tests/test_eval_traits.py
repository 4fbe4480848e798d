"""Scores by what sources have: who falls behind where, and whether that is chance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import sacrebleu

from satzpaar.cli.main import main
from satzpaar.eval.analysis import analyze
from satzpaar.eval.analysis.traits import LEAST_SEGMENTS, TRAITS, by_trait
from satzpaar.eval.known_metrics import make_metric
from satzpaar.eval.report.scored import traits_of
from satzpaar.eval.testset import Reference, SystemOutput, TestSet

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = 30
STATEMENTS = 90
SOURCES = tuple(
    f"Kommt der Zug nach Halle um {number} Uhr?"
    if number < QUESTIONS
    else f"Der Zug nach Halle kommt um {number} Uhr."
    for number in range(QUESTIONS + STATEMENTS)
)
REFERENCE = tuple(
    f"Does the train to Halle come at {number} o'clock?"
    if number < QUESTIONS
    else f"The train to Halle comes at {number} o'clock."
    for number in range(QUESTIONS + STATEMENTS)
)
TESTSET = TestSet("trains", (Reference("ref", REFERENCE),), SOURCES)
# Each errs in every third segment; the second has no questions right beside that.
USUAL = tuple(
    text.replace("train", "bus") if number % 3 == 0 else text
    for number, text in enumerate(REFERENCE)
)
ASKS_BADLY = tuple(
    text.replace("Does the train to", "Comes the trail in") for text in USUAL
)


@pytest.mark.parametrize(
    ("trait", "has", "lacks"),
    [
        ("question", "Wer kommt?", "Er fragte, wer kommt."),
        ("quotation", "„Ja“, sagte er.", "Er sagte ja."),
        ("bracket or dash", "Er kam - leider - spät.", "Die Nord-Süd-Bahn fährt."),
        ("bracket or dash", "Halle (Saale)", "Halle an der Saale"),
        ("colon", "Sie sagt: Nein.", "Um 10:30 Uhr."),
        ("number", "12 Boote", "zwölf Boote"),
        ("negation", "Sie kam nicht.", "Nicht nur sie kam."),
        ("subordinate clause", "Er weiß, dass es regnet.", "Er weiß das."),
        ("subordinate clause", "Weil es regnet, bleibt er.", "Wie alt ist er?"),
        ("relative clause", "Das Haus, in dem er wohnt.", "In dem Haus wohnt er."),
        (
            "zu and infinitive",
            "Er hofft zu gewinnen.",
            "Er ging zu den alten Freunden.",
        ),
        ("zu and infinitive", "Er hofft anzukommen.", "Er kam zu hohen Ehren."),
        ("past passive", "Das Haus wurde verkauft.", "Das Haus wird verkauft."),
        ("subjunctive", "Er habe nichts gesehen.", "Er hat nichts gesehen."),
        ("I or we", "Uns fehlt Geld.", "Ihnen fehlt Geld."),
        ("er or sie", "Das sah er.", "Das sah Erna."),
        ("man", "Man sieht das Meer.", "Der Mann sieht das Meer."),
        (
            "two long words",
            "Der Bundestagsabgeordnete kritisiert die Krankenversicherung.",
            "Der Abgeordnete kritisiert die Krankenversicherung.",
        ),
        ("abbreviation", "Die EU berät.", "Die Union berät."),
        ("no end mark", "Zug fährt wieder", "Der Zug fährt wieder."),
    ],
)
def test_traits_are_seen_on_the_surface(trait: str, has: str, lacks: str) -> None:
    """One sentence has it, another one like it does not."""
    assert TRAITS[trait](has)
    assert not TRAITS[trait](lacks)


class TestScores:
    def test_are_those_of_a_corpus_of_these_segments(self) -> None:
        """By sacreBLEU, on the questions alone."""
        metric = make_metric("chrf")
        systems = [SystemOutput("usual", USUAL)]

        (bucket,) = by_trait(SOURCES, metric.statistics(TESTSET, systems), metric)

        expected = sacrebleu.corpus_chrf(
            list(USUAL[:QUESTIONS]), [list(REFERENCE[:QUESTIONS])]
        )
        assert bucket.trait == "question"
        assert bucket.members == tuple(range(QUESTIONS))
        assert bucket.scores == pytest.approx((expected.score,))
        assert (bucket.gaps, bucket.p) == ((0.0,), (1.0,))

    def test_tell_who_falls_behind_on_questions(self) -> None:
        """As far behind elsewhere is no gap; further behind on questions is."""
        metric = make_metric("chrf")
        systems = [
            SystemOutput("usual", USUAL),
            SystemOutput("asks badly", ASKS_BADLY),
            SystemOutput("the same again", USUAL),
        ]

        (bucket,) = by_trait(SOURCES, metric.statistics(TESTSET, systems), metric)

        first, bad, same = bucket.gaps
        assert first == 0
        assert bad == pytest.approx(bucket.scores[1] - bucket.scores[0])
        assert same == 0
        assert bucket.p[1] < 0.001
        assert bucket.p[2] == 1

    def test_are_told_from_a_baseline(self) -> None:
        """The first system, or another one: gaps turn round, p stays."""
        metric = make_metric("chrf")
        systems = [SystemOutput("usual", USUAL), SystemOutput("asks badly", ASKS_BADLY)]
        statistics = metric.statistics(TESTSET, systems)

        (one,) = by_trait(SOURCES, statistics, metric)
        (other,) = by_trait(SOURCES, statistics, metric, baseline=1)

        assert other.gaps == pytest.approx((-one.gaps[1], 0.0))
        assert other.p == (one.p[1], 1.0)

    def test_leave_out_what_few_have(self) -> None:
        """Nothing is said of fewer segments than the least, nor of all but as few."""
        few = LEAST_SEGMENTS - 1
        metric = make_metric("chrf")
        systems = [SystemOutput("usual", USUAL)]
        statistics = metric.statistics(TESTSET, systems)
        rare = ("Wer?",) * few + ("Der Zug kommt.",) * (len(SOURCES) - few)
        usual = ("Wer?",) * (len(SOURCES) - few) + ("Der Zug kommt.",) * few

        assert by_trait(rare, statistics, metric) == ()
        assert by_trait(usual, statistics, metric) == ()


class TestPage:
    def test_has_them_in_the_order_of_systems(self) -> None:
        """A system without outputs has nothing, and is no baseline."""
        metric = make_metric("chrf")
        systems = [SystemOutput("usual", USUAL), SystemOutput("badly", ASKS_BADLY)]
        (expected,) = by_trait(
            SOURCES, metric.statistics(TESTSET, systems), metric, baseline=1
        )
        testset = replace(TESTSET, source_language="de")

        (trait,) = traits_of(
            testset, ["lost", "usual", "badly"], [None, USUAL, ASKS_BADLY], "badly"
        )
        (other,) = traits_of(
            testset, ["lost", "usual", "badly"], [None, USUAL, ASKS_BADLY], "lost"
        )

        assert trait.label == "question"
        assert trait.members == expected.members
        assert trait.scores == (None, *expected.scores)
        assert trait.gaps == (None, *expected.gaps)
        assert trait.p == (None, *expected.p)
        assert other.gaps[1] == 0

    @pytest.mark.parametrize("change", [{"source_language": "fr"}, {"sources": None}])
    def test_has_none_without_german_sources(self, change: dict[str, Any]) -> None:
        """The rules know German."""
        testset = replace(TESTSET, **{"source_language": "de", **change})

        assert traits_of(testset, ["usual"], [USUAL], None) == ()


class TestReport:
    def test_marks_what_is_no_chance(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The score, how much further behind than elsewhere, and a star."""
        for name, lines in (
            ("source.de", SOURCES),
            ("reference.en", REFERENCE),
            ("usual.en", USUAL),
            ("badly.en", ASKS_BADLY),
        ):
            (tmp_path / name).write_text("\n".join(lines) + "\n")
        names = ["--source", "source.de", "--reference", "reference.en"]
        paths = [each if each[0] == "-" else str(tmp_path / each) for each in names]
        systems = [str(tmp_path / name) for name in ("usual.en", "badly.en")]

        assert main(["eval", "analyze", *paths, *systems, "--examples", "0"]) == 0

        bucket = analyze(
            TESTSET,
            [SystemOutput("usual", USUAL), SystemOutput("badly", ASKS_BADLY)],
        ).traits[0]
        (line,) = (
            line
            for line in capsys.readouterr().out.splitlines()
            if line.startswith("question")
        )
        assert line.split() == [
            "question",
            f"{QUESTIONS}",
            f"{bucket.scores[0]:.2f}",
            f"{bucket.scores[1]:.2f}",
            f"{bucket.gaps[1]:+.2f}*",
        ]
