"""A report with all that a report may have."""

from __future__ import annotations

from satzpaar.eval.report import (
    Comparison,
    ErrorClass,
    Figure,
    HistoryPoint,
    Measure,
    ReportData,
    ReportSegment,
    Section,
    SystemReport,
    Trait,
)

NAMES = ("alpha", "beta", "gamma")
SEGMENTS = 50


def figures(bleu: float, speed: float, memory: float) -> dict[str, Figure]:
    return {
        "bleu": Figure(bleu),
        "chrf2": Figure(bleu + 20),
        "words_per_second": Figure(speed, speed * 0.9, speed * 1.1),
        "peak_mb": Figure(memory, memory - 1, memory + 1),
    }


def segment(number: int) -> ReportSegment:
    reference = f"The house number {number} is green, not blue."
    return ReportSegment(
        source=f"Das Haus Nummer {number} ist grün, nicht blau.",
        references=(reference,),
        outputs=(
            reference,
            f"The building number {number} is green and blue.",
            None if number == 3 else f"House {number} green.",
            None,
        ),
        scores=(100.0, 60.0 - number, None if number == 3 else 30.0, None),
        issues=((), ("negation",), ("omission",) if number % 10 == 0 else (), ()),
        remarks=(
            (),
            ("nicht has no counterpart",),
            ("half is missing",) if number % 10 == 0 else (),
            (),
        ),
        document=f"text {number // 10}",
    )


def report() -> ReportData:
    quality = (
        Measure("bleu", "BLEU", digits=2, signature="tok:13a"),
        Measure("chrf2", "chrF2", digits=2, signature="nc:6"),
    )
    costs = (
        Measure(
            "words_per_second", "Throughput", "higher", "cost", "words/s", 0, "",
            "quartiles",
        ),
        Measure("peak_mb", "Peak memory", "lower", "cost", "MB", 0, "", "quartiles"),
    )  # fmt: skip
    full = Section(
        "News",
        (*quality, *costs),
        (
            SystemReport("alpha", figures(40.0, 100, 300)),
            SystemReport("beta", figures(35.0, 900, 400)),
            SystemReport("gamma", figures(30.0, 500, 500), baseline=True),
            SystemReport("delta", error="no memory left for the model"),
        ),
        verdict="alpha is better than both others.",
        comparisons=(
            Comparison(
                "bleu", "alpha", "beta", 5.0, 3.0, 7.0, 0.0001, 0.0003, 0.88, True
            ),
            Comparison(
                "bleu", "alpha", "gamma", 10.0, 8.0, 12.0, 0.0001, 0.0003, 0.9, True
            ),
            Comparison("bleu", "beta", "gamma", 0.4, -1.0, 2.0, 0.2, 0.2, 0.55, False),
        ),
        segments=tuple(segment(number) for number in range(SEGMENTS)),
        error_classes=(
            ErrorClass("negation", "Negation", "negation lost"),
            ErrorClass("omission", "Omission", "text missing"),
            ErrorClass("dates", "Dates", "never found here"),
        ),
        traits=(
            Trait(
                "question",
                tuple(range(0, SEGMENTS, 7)),
                (61.0, 52.0, 50.0, None),
                (4.5, -2.25, 0.0, None),
                (0.003, 0.4, 1.0, None),
            ),
        ),
        trait_measure="chrF2",
    )
    alone = Section(
        "One system", quality[:1], (SystemReport("alpha", {"bleu": Figure(12.0)}),)
    )
    history = tuple(
        HistoryPoint(
            f"2026-0{month}-01", f"0.{month}", 30.0 + month, "News", name, "BLEU", "x"
        )
        for month in (1, 2, 3)
        for name in NAMES
    )
    article = Section(
        "Article",
        quality[:1],
        (SystemReport("alpha", {"bleu": Figure(12.0)}),),
        segments=tuple(
            ReportSegment("", ("One two.",), (text,), (score,))
            for text, score in (("One two.", 100.0), ("", 0.0))
        ),
    )
    return ReportData(
        "Three systems on news",
        "News: alpha is better than both others.",
        (full, alone, article),
        history,
        notes=("1 of 5 cells failed.",),
        provenance=(("satzpaar", "0.2.0"),),
        created="2026-01-02T03:04:05",
    )
