"""`satzpaar eval article`: a translated article scored against a human translation."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.texts import read_text, text_of
from satzpaar.cli.eval_inputs import (
    add_html_argument,
    add_metric_argument,
    add_style_arguments,
    metrics_of,
    say,
    write_file,
    write_html,
)
from satzpaar.cli.eval_score import print_scores
from satzpaar.cli.parser import Once
from satzpaar.eval.article import article_outputs, article_testset
from satzpaar.eval.exports import check_suffix, segments_file
from satzpaar.eval.inputs import check_languages
from satzpaar.eval.inputs.lines import STDIN, check_one_text, name_systems
from satzpaar.eval.inputs.sgml import is_sgml
from satzpaar.eval.score import score_systems
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from satzpaar.alignments.text import Text
    from satzpaar.eval.score import Column, ScoreTable
    from satzpaar.eval.testset import SystemOutput, TestSet

EPILOG = """\
examples:
  satzpaar eval article article.en.txt --reference ref.txt
  satzpaar eval article article.en.txt -r ref.txt -s artikel.de.txt --html r.html

The files are of any format that `satzpaar translate` reads, cut in any way: the
translation is cut as the reference is, by minimum edit distance, and the signature says
so.
"""

SHOWN = 5  # segments, the worst first
WIDTH = 88


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = (
        "Score a translated article that is not cut as its reference is."
    )
    parser.epilog = EPILOG
    parser.add_argument(
        "articles",
        nargs="+",
        metavar="[NAME=]FILE",
        help="translations of one article; - is standard input",
    )
    parser.add_argument(
        "-r",
        "--reference",
        action=Once,
        required=True,
        metavar="FILE",
        help="a human translation",
    )
    parser.add_argument(
        "-s",
        "--source",
        metavar="FILE",
        help="the article; shown beside its translation",
    )
    parser.add_argument(
        "--languages",
        default="de-en",
        metavar="PAIR",
        help="of source and reference; default: %(default)s",
    )
    parser.add_argument(
        "--lines",
        action="store_true",
        help="each line of the reference is a segment; default: each sentence",
    )
    parser.add_argument(
        "--show",
        type=int,
        default=SHOWN,
        metavar="N",
        help="segments to print, the worst first; default: %(default)s",
    )
    add_metric_argument(parser, "bleu, chrf, chrf++, and ter where segments are short")
    add_style_arguments(parser)
    add_html_argument(parser)
    parser.add_argument(
        "--segments", metavar="FILE", help="write segments' scores as .tsv or .jsonl"
    )


def run(options: argparse.Namespace) -> int:
    """Score what the command line names."""
    if options.show < 0:
        raise UsageError(f"--show {options.show}: 0 or more is expected")
    if options.segments is not None:
        check_suffix(Path(options.segments))
    source_language, target_language = check_languages(options.languages)
    named = name_systems(options.articles)
    texts = [
        (name, str(path), _read(path, language=target_language)) for name, path in named
    ]
    source = None
    if options.source is not None:
        source = _read(Path(options.source), language=source_language)
    reference = _read(
        Path(options.reference), language=target_language, lines=options.lines
    )
    testset = article_testset(
        Path(options.reference).name,
        reference,
        source,
        place=options.reference,
        source_place=options.source or "",
        languages=(source_language, target_language),
    )
    systems = article_outputs(testset, texts)
    scores = score_systems(testset, systems, metrics_of(options))
    if options.segments is not None:
        data = segments_file(Path(options.segments), scores, testset, systems)
        write_file(options.segments, data, options)
    if options.html is not None:
        write_html(options, testset, systems, scores)
    print_scores(scores, options)
    if options.style == "text" and options.show:
        print()
        print("\n".join(_worst(scores, testset, systems, options.show)))
    say([f"{len(testset)} segments, cut by minimum edit distance"], options)
    return 0


def _read(path: Path, *, language: str, lines: bool = False) -> Text:
    if path != STDIN:
        check_one_text(path)
        if is_sgml(path):
            raise InputError(
                path,
                "WMT's SGML is cut into segments already, `satzpaar eval score` reads "
                "it; an article is expected here",
            )
        return read_text(path, language=language, lines=lines)
    data = sys.stdin.buffer.read()
    return text_of(data, language=language, format="text", lines=lines, place="<stdin>")


def _worst(
    scores: ScoreTable, testset: TestSet, systems: Sequence[SystemOutput], most: int
) -> Iterator[str]:
    """Show the segments that score worst over all systems."""
    column = _telling(scores)
    sign = 1 if column.higher_is_better else -1
    means = [sum(each) / len(each) for each in zip(*column.segments, strict=True)]
    order = sorted(range(len(means)), key=lambda i: sign * means[i])[:most]
    yield f"the worst {len(order)} of {len(means)} segments by {column.metric}:"
    for number in order:
        yield ""
        if testset.sources is not None:
            yield _paragraph(f"{number + 1} source", testset.sources[number])
        reference = testset.references[0].segments[number]
        yield _paragraph(f"{number + 1} reference", reference)
        for system, values in zip(systems, column.segments, strict=True):
            label = f"{number + 1} {system.name} {values[number]:.1f}"
            yield _paragraph(label, system.hypotheses[number] or "(nothing)")


def _telling(scores: ScoreTable) -> Column:
    """Choose the column that says most of single sentences: BLEU says little."""
    for metric in ("chrF2", "chrF2++"):
        for column in scores.columns:
            if column.metric == metric:
                return column
    return scores.columns[0]


def _paragraph(label: str, text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=f"{label}: ", subsequent_indent="    "
    )
