"""`satzpaar eval compare`: which translation is better, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from satzpaar.cli.eval_inputs import (
    add_html_argument,
    add_input_arguments,
    add_metric_argument,
    add_style_arguments,
    metrics_of,
    read_inputs,
    say,
    screen_width,
    style_of,
    write_html,
)
from satzpaar.eval.compare import (
    COMPARED_METRICS,
    COMPATIBLE_RESAMPLES,
    DEFAULT_RESAMPLES,
    DEFAULT_SEED,
    ComparisonOptions,
    check_compared,
    comparison_of,
)
from satzpaar.eval.score import measure_systems, table_of
from satzpaar.eval.tables import (
    how_compared,
    pairs_table,
    rendered,
    score_table,
    signature_lines,
)

if TYPE_CHECKING:
    import argparse

EPILOG = """\
examples:
  satzpaar eval compare --reference ref.en mine.en theirs.en
  satzpaar eval compare -t wmt23.xml mine.en --include ONLINE-B --baseline ONLINE-B

A difference counts as shown where approximate randomisation, corrected for the number
of pairs, gives p < alpha. `people`: how often people would prefer the first system, by
Kocmi et al. (2024). Below 300 segments there is no verdict.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Say which of several translations is better."
    parser.epilog = EPILOG
    add_input_arguments(parser)
    add_metric_argument(parser, ", ".join(COMPARED_METRICS))
    tests = parser.add_argument_group("tests")
    tests.add_argument(
        "--baseline",
        metavar="NAME",
        help="compare all with this one; default: all pairs",
    )
    tests.add_argument(
        "--blocks",
        choices=("auto", "segments", "documents"),
        default="auto",
        help="what is drawn; auto: documents, where ids are known of 20 or more",
    )
    tests.add_argument(
        "--trials",
        type=int,
        metavar="N",
        help=f"of approximate randomisation; default: {DEFAULT_RESAMPLES}",
    )
    tests.add_argument(
        "--resamples",
        type=int,
        metavar="N",
        help=f"of the bootstrap; default: {DEFAULT_RESAMPLES}",
    )
    tests.add_argument(
        "--seed",
        type=int,
        default=DEFAULT_SEED,
        metavar="N",
        help="default: %(default)s",
    )
    tests.add_argument(
        "--alpha", type=float, default=0.05, metavar="P", help="default: %(default)s"
    )
    tests.add_argument(
        "--compat",
        choices=("sacrebleu",),
        help="sacreBLEU's own tests and draws; its bootstrap's p-values are too small",
    )
    add_style_arguments(parser)
    add_html_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Compare what the command line names."""
    compatible = options.compat is not None
    usual = COMPATIBLE_RESAMPLES if compatible else DEFAULT_RESAMPLES
    chosen = ComparisonOptions(
        trials=DEFAULT_RESAMPLES if options.trials is None else options.trials,
        resamples=usual if options.resamples is None else options.resamples,
        seed=options.seed,
        alpha=options.alpha,
        blocks=options.blocks,
        compatible=compatible,
        baseline=options.baseline,
    )
    testset, systems = read_inputs(options)
    check_compared(systems, chosen)
    measured = measure_systems(
        testset, systems, metrics_of(options) or COMPARED_METRICS
    )
    comparison = comparison_of(testset, systems, measured, chosen)
    scores = table_of(testset, systems, measured)
    if options.html is not None:
        write_html(options, testset, systems, scores, comparison)
    if options.style == "json":
        notes = (*scores.notes, *comparison.notes)
        print(replace(comparison, notes=notes).to_json())
        return 0
    style, width = style_of(options), screen_width()
    print(rendered(score_table(scores), style, width=width))
    for compared in comparison.metrics:
        against = f" against {', '.join(compared.references)}"
        title = compared.metric + (against if len(testset.references) > 1 else "")
        print(f"\n% {title}" if style == "latex" else f"\n{title}\n")
        print(rendered(pairs_table(compared), style, width=width))
    comment = "% " if style == "latex" else ""
    end = "  " if style == "markdown" else ""
    print()
    for line in [*signature_lines(scores.columns), how_compared(comparison)]:
        print(f"{comment}{line}{end}")
    print(f"\n{comment}{comparison.verdict}")
    say([*scores.notes, *comparison.notes], options)
    return 0
