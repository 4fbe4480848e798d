"""The tables of a report, and its page as a text: what is in it, and kept safe."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from satzpaar.eval.report import (
    Comparison,
    ErrorClass,
    Figure,
    Measure,
    ReportData,
    ReportSegment,
    Section,
    SystemReport,
    Trait,
    report_page,
    write_tables,
)
from satzpaar.eval.report.tables import (
    json_tables,
    latex_tables,
    markdown_tables,
    system_table,
)

if TYPE_CHECKING:
    from pathlib import Path

NASTY = "</script><script>alert(1)</script><!-- & \u2028 \ud800 {{title}}"

MEASURES = (
    Measure("bleu", "BLEU", digits=2, signature="nrefs:1|tok:13a"),
    Measure("ter", "TER", "lower", digits=2, signature="nrefs:1|case:lc"),
    Measure("peak_mb", "Peak memory", "lower", "cost", "MB", 0, spread="quartiles"),
)
SYSTEMS = (
    SystemReport("slow_one", {"bleu": Figure(30.5), "ter": Figure(50.0)}),
    SystemReport(
        "quick",
        {"bleu": Figure(31), "ter": Figure(52.0), "peak_mb": Figure(90, 80, 95)},
    ),
    SystemReport("broken", error="no memory left"),
)
THIRD = SystemReport("third", {"bleu": Figure(20.0)})
SECTION = Section(
    "news",
    MEASURES,
    SYSTEMS,
    verdict="quick is better.",
    comparisons=(
        Comparison("bleu", "quick", "slow_one", 0.5, significant=True),
        Comparison("ter", "slow_one", "quick", -2.0, significant=True),
    ),
)
DATA = ReportData("A & B", "quick is better.", (SECTION,))


class TestSystemTable:
    def test_puts_the_best_first_and_the_missing_last(self) -> None:
        """By the first measure of quality."""
        names = [row.system.name for row in system_table(SECTION).rows]

        assert names == ["quick", "slow_one", "broken"]

    def test_marks_the_best_of_each_column(self) -> None:
        """More BLEU is better, more TER is worse; alone in a column nobody is best."""
        quick, slow, _ = system_table(SECTION).rows

        assert [entry.best for entry in quick.entries] == [True, False, False]
        assert [entry.best for entry in slow.entries] == [False, True, False]

    @pytest.mark.parametrize("significant", [False, True])
    def test_marks_what_is_not_told_apart_from_the_best(
        self, *, significant: bool
    ) -> None:
        """A difference that may be chance makes nobody worse."""
        section = replace(
            SECTION,
            systems=(*SYSTEMS, THIRD),
            comparisons=(
                Comparison("bleu", "quick", "slow_one", 0.5, significant=significant),
                Comparison("bleu", "quick", "third", 11.0, significant=True),
            ),
        )

        slow = system_table(section).rows[1]

        assert slow.entries[0].best is not significant

    @pytest.mark.parametrize(
        ("slow_one", "third"),
        [
            pytest.param(None, None, id="too few segments for a verdict"),
            pytest.param(False, False, id="nobody told apart from the best"),
            pytest.param(True, "untested", id="only one tested"),
            pytest.param("untested", "untested", id="nothing tested"),
        ],
    )
    def test_marks_nobody_by_a_score_that_no_test_stands_for(
        self, *, slow_one: bool | str | None, third: bool | str | None
    ) -> None:
        """A mark on one says that all others are shown to be worse."""
        section = replace(
            SECTION,
            systems=(*SYSTEMS, THIRD),
            comparisons=tuple(
                Comparison("bleu", "quick", other, 1.0, significant=significant)
                for other, significant in (("slow_one", slow_one), ("third", third))
                if not isinstance(significant, str)
            ),
        )

        rows = system_table(section).rows

        assert not any(row.entries[0].best for row in rows)

    def test_marks_the_best_cost_untested(self) -> None:
        """Its quartiles stand below it, and no test is made of it."""
        heavy = SystemReport("heavy", {"peak_mb": Figure(300)})
        section = replace(SECTION, systems=(*SYSTEMS, heavy))

        rows = system_table(section).rows

        marked = [row.system.name for row in rows if row.entries[2].best]
        assert marked == ["quick"]

    def test_leaves_out_columns_without_a_figure(self) -> None:
        """Energy that no machine could read needs no column."""
        energy = Measure("joules", "Energy", "lower", "cost")
        section = replace(SECTION, measures=(*MEASURES, energy))

        table = system_table(section)

        assert [measure.key for measure in table.measures] == ["bleu", "ter", "peak_mb"]


class TestWriters:
    def test_writes_markdown(self) -> None:
        """Missing figures are dashes, the failed cell's line is there."""
        text = markdown_tables(DATA)

        assert "| quick | **31.00** | 52.00 | 90 (80 to 95) |" in text
        assert "| slow\\_one | 30.50 | **50.00** | – |" in text
        assert "broken: no memory left" in text
        assert "- BLEU: `nrefs:1|tok:13a`" in text

    def test_writes_latex(self) -> None:
        """What LaTeX would take for commands is escaped."""
        text = latex_tables(DATA)

        assert "quick & \\textbf{31.00} & 52.00 & 90 \\\\" in text
        assert "slow\\_one & 30.50" in text
        assert "case:lc" in text

    def test_latex_prints_a_signature_as_it_is(self) -> None:
        """A bare bar is a dash in LaTeX's usual encoding, and no place for a break."""
        assert "nrefs:1\\textbar\\allowbreak{}tok:13a" in latex_tables(DATA)

    def test_writes_json_without_what_is_missing(self) -> None:
        """A missing figure is no zero and no null."""
        (section,) = json.loads(json_tables(DATA))["sections"]

        systems = {each["name"]: each["figures"] for each in section["systems"]}
        assert systems["broken"] == {}
        assert systems["quick"]["peak_mb"] == {"value": 90, "low": 80, "high": 95}

    def test_writes_three_files(self, tmp_path: Path) -> None:
        """Whatever a name holds."""
        named = replace(SYSTEMS[0], name=NASTY)
        section = replace(SECTION, systems=(named, *SYSTEMS[1:]), comparisons=())

        paths = write_tables(tmp_path, ReportData("t", "v", (section,)))

        assert [path.suffix for path in paths] == [".md", ".tex", ".json"]
        assert all(path.stat().st_size > 100 for path in paths)


def test_the_verdict_has_a_paragraph_for_each_test_set() -> None:
    """One of all would be read by nobody."""
    data = replace(DATA, verdict="news: quick is better.\ntalks: no <verdict>.")

    assert "\n\nnews: quick is better.\n\ntalks: no" in markdown_tables(data)
    page = report_page(data)
    assert "<p>news: quick is better.</p><p>talks: no &lt;verdict&gt;.</p>" in page


class TestReportPage:
    def nasty(self) -> str:
        """Make a page whose every text tries to break out."""
        segment = ReportSegment(NASTY, (NASTY,), (NASTY,), (1.0,), ((NASTY,),))
        section = Section(
            NASTY,
            (replace(MEASURES[0], label=NASTY, signature=NASTY),),
            (SystemReport(NASTY, {"bleu": Figure(1)}, ((NASTY, NASTY),)),),
            verdict=NASTY,
            segments=(segment,),
            error_classes=(ErrorClass(NASTY, NASTY, NASTY),),
            traits=(Trait(NASTY, (0,), (1.0,), (0.0,), (1.0,)),),
            trait_measure=NASTY,
            notes=(NASTY,),
            facts=((NASTY, NASTY),),
        )
        return report_page(
            ReportData(NASTY, NASTY, (section,), provenance=((NASTY, NASTY),))
        )

    def test_lets_no_text_become_markup(self) -> None:
        """Texts of the web end in a report."""
        page = self.nasty()

        assert page.count("<script") == 2
        assert page.count("</script>") == 2
        assert "alert(1)</" not in page
        page.encode()

    def test_keeps_the_data_as_they_are(self) -> None:
        """The script reads what was written, less half a surrogate pair."""
        page = self.nasty()

        found = re.search(r'id="report-data">(.*?)</script>', page, re.DOTALL)

        assert found
        segments = json.loads(found[1])["sections"][0]["segments"]
        assert segments["source"] == [NASTY.replace("\ud800", "?")]

    def test_names_nothing_elsewhere(self) -> None:
        """No address, no file: the page is all there is."""
        page = report_page(DATA)

        addresses = set(re.findall(r"https?://[^\s\"']+", page))
        assert addresses == {"http://www.w3.org/2000/svg"}
        assert not re.search(r"\b(src|href)=\"(?!#|data:)", page)
        assert "default-src 'none'" in page

    def test_explains_the_marks_that_it_has(self) -> None:
        """Where nothing was tested, no score has a star to be read."""
        tested, untested = DATA, replace(SECTION, comparisons=())

        said = "★ the best score of its column, or not told apart from it."
        assert said in report_page(tested)
        assert "★ the best" not in report_page(replace(DATA, sections=(untested,)))

    def test_says_at_which_level_systems_are_told_apart(self) -> None:
        """Whoever asked for another than the usual one reads it below the table."""
        strict = replace(SECTION, alpha=0.01)

        page = report_page(replace(DATA, sections=(strict,)))

        assert "▼ worse</span> at the 0.01 level;" in page

    def test_says_an_error_in_place_of_figures(self) -> None:
        """Whoever looks for the system finds why it has none."""
        assert "<span>no memory left</span>" in report_page(DATA)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param(
            {"systems": (SYSTEMS[0],) * 2}, "'slow_one' is given twice", id="system"
        ),
        pytest.param({"measures": ()}, "no measure is called 'bleu'", id="measure"),
        pytest.param(
            {"comparisons": (Comparison("bleu", "quick", "slow", 1.0),)},
            "no system is called 'slow'",
            id="comparison",
        ),
        pytest.param(
            {"segments": (ReportSegment("a", ("b",), ("c",), (1.0,)),)},
            r"segment 1: .* for \[1\] systems, but there are 3",
            id="segment",
        ),
        pytest.param(
            {
                "segments": (
                    ReportSegment(
                        "a", ("b",), ("c",) * 3, (1.0,) * 3, (("x",), (), ())
                    ),
                )
            },
            "no class is called 'x'",
            id="class",
        ),
        pytest.param(
            {"traits": (Trait("question", (0,), (1.0,), (0.0,), (1.0,)),)},
            "question: not one score a system",
            id="trait",
        ),
        pytest.param(
            {"traits": (Trait("question", (), *((1.0,) * 3,) * 3),) * 2},
            "trait 'question' is given twice",
            id="traits",
        ),
    ],
)
def test_refuses_what_would_show_one_figure_as_another_s(
    changes: dict[str, object], complaint: str
) -> None:
    """A shifted tuple would look fine on the page."""
    with pytest.raises(ValueError, match=complaint):
        replace(SECTION, **changes)  # type: ignore[arg-type]


def test_refuses_figures_that_are_none() -> None:
    """What is missing is left out."""
    with pytest.raises(ValueError, match="nan is no figure"):
        Figure(float("nan"))
