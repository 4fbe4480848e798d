"""`satzpaar eval score`: translations scored against references."""

from __future__ import annotations

from pathlib import Path
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
    write_file,
    write_html,
)
from satzpaar.eval.exports import check_suffix, documents_file, segments_file
from satzpaar.eval.score import score_systems
from satzpaar.eval.tables import rendered, score_table, signature_lines

if TYPE_CHECKING:
    import argparse

    from satzpaar.eval.score import ScoreTable

EPILOG = """\
examples:
  satzpaar eval score --reference ref.en mine.en theirs.en
  satzpaar eval score -r A=refA.en -r B=refB.en --source artikel.de mine.en
  satzpaar eval score --testset wmt23 mine.en --metrics bleu,chrf,comet
  satzpaar eval score corpus.tsv --segments scores.tsv

Each metric's signature stands below the table: scores with different signatures must
not be compared.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Score translations by corpus, document and segment."
    parser.epilog = EPILOG
    add_input_arguments(parser)
    add_metric_argument(parser, "bleu, chrf, chrf++, and ter where segments are short")
    add_style_arguments(parser)
    add_html_argument(parser)
    parser.add_argument(
        "--segments", metavar="FILE", help="write segments' scores as .tsv or .jsonl"
    )
    parser.add_argument(
        "--documents", metavar="FILE", help="write documents' scores as .tsv or .jsonl"
    )


def run(options: argparse.Namespace) -> int:
    """Score what the command line names."""
    for name in (options.segments, options.documents):
        if name is not None:
            check_suffix(Path(name))
    testset, systems = read_inputs(options)
    scores = score_systems(testset, systems, metrics_of(options))
    made: dict[str, bytes] = {}  # all of them before one is written
    if options.segments is not None:
        path = Path(options.segments)
        made[options.segments] = segments_file(path, scores, testset, systems)
    if options.documents is not None:
        made[options.documents] = documents_file(Path(options.documents), scores)
    for name, data in made.items():
        write_file(name, data, options)
    if options.html is not None:
        write_html(options, testset, systems, scores)
    print_scores(scores, options)
    return 0


def print_scores(scores: ScoreTable, options: argparse.Namespace) -> None:
    """Print a table of scores in the style wanted, its notes to standard error."""
    if options.style == "json":
        print(scores.to_json())
        return
    print(rendered(score_table(scores), style_of(options), width=screen_width()))
    print()
    comment = "% " if options.style == "latex" else ""
    end = "  " if options.style == "markdown" else ""
    for line in signature_lines(scores.columns):
        print(f"{comment}{line}{end}")
    say(scores.notes, options)
