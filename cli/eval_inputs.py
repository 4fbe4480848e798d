"""What the commands of `satzpaar eval` have in common: their inputs and outputs."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.eval.inputs import check_languages, load_testset, read_lines, reader_for
from satzpaar.eval.inputs.lines import (
    check_order,
    documents_of,
    name_systems,
    read_systems,
)
from satzpaar.eval.resegment import resegmented
from satzpaar.eval.tables import column_titles, ranked
from satzpaar.eval.testset import (
    Reference,
    SystemOutput,
    TestSet,
    check_length,
    check_systems,
)
from satzpaar.translate.errors import UsageError
from satzpaar.translate.files import write_atomically

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from satzpaar.eval.compare import Comparison
    from satzpaar.eval.score import ScoreTable
    from satzpaar.eval.tables import Style


def add_input_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe how test sets and systems are named."""
    parser.add_argument(
        "systems",
        nargs="*",
        metavar="[NAME=]FILE",
        help="translations, one segment a line or WMT's SGML, - for standard input; "
        "default: those the test set has",
    )
    inputs = parser.add_argument_group("test set")
    inputs.add_argument(
        "-r",
        "--reference",
        action="append",
        default=[],
        metavar="[NAME=]FILE",
        help="a human translation, one segment a line, or TSV, JSONL, TMX, WMT's XML "
        "or SGML; again for another",
    )
    inputs.add_argument(
        "-s", "--source", metavar="FILE", help="what was translated, one segment a line"
    )
    inputs.add_argument(
        "-t",
        "--testset",
        metavar="NAME",
        help="instead of --reference: a file or folder, or a name of `testset list`",
    )
    inputs.add_argument(
        "--document-ids", metavar="FILE", help="the document of each line"
    )
    inputs.add_argument(
        "--languages",
        default="de-en",
        metavar="PAIR",
        help="of sources and references; default: %(default)s",
    )
    inputs.add_argument(
        "--include",
        metavar="NAMES",
        help="systems that came with the test set, separated by commas",
    )
    inputs.add_argument(
        "--resegment",
        action="store_true",
        help="cut translations as the reference is cut, by minimum edit distance",
    )


def add_metric_argument(parser: argparse.ArgumentParser, default: str) -> None:
    """Describe how metrics are chosen."""
    parser.add_argument(
        "-m",
        "--metrics",
        metavar="NAMES",
        help="bleu, chrf, chrf++, ter, installed ones, separated by commas; options as "
        f"in signatures: 'bleu:tok:intl|case:lc'; default: {default}",
    )


def add_style_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what comes to standard output."""
    style = parser.add_mutually_exclusive_group()
    for name, what in (
        ("markdown", "tables in Markdown"),
        ("latex", "tables in LaTeX, with booktabs"),
        ("json", "everything, for programs"),
    ):
        style.add_argument(
            f"--{name}", dest="style", action="store_const", const=name, help=what
        )
    parser.set_defaults(style="text")
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no notes on standard error"
    )


def add_html_argument(parser: argparse.ArgumentParser) -> None:
    """Describe the report."""
    parser.add_argument(
        "--html", metavar="FILE", help="write a report that a browser shows, one file"
    )


def write_html(
    options: argparse.Namespace,
    testset: TestSet,
    systems: Sequence[SystemOutput],
    scores: ScoreTable,
    comparison: Comparison | None = None,
) -> None:
    """Write the report that --html names, with kinds of error if there are sources."""
    from satzpaar.eval.analysis import find_errors
    from satzpaar.eval.report import ReportData, write_report
    from satzpaar.eval.report.scored import section_of

    verdict = comparison.verdict if comparison is not None else ""
    errors = None
    if testset.sources is not None and _languages(testset) == ("de", "en"):
        errors = find_errors(testset, systems)  # its rules know these languages only
    write_report(
        Path(options.html),
        ReportData(
            title=systems[0].name + f" and {testset.name}"
            if len(systems) == 1
            else testset.name,
            verdict=verdict or _best(scores),
            sections=(section_of(testset, systems, scores, comparison, errors=errors),),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
        ),
    )
    say([f"{options.html} written"], options)


def _languages(testset: TestSet) -> tuple[str | None, str | None]:
    return testset.source_language, testset.target_language


def _best(scores: ScoreTable) -> str:
    """Say in a sentence what is scored, where nothing was compared."""
    best = ranked(scores)[0]
    # Of several references, all together: each apart is in the table.
    together = scores.columns[0].references
    columns = [column for column in scores.columns if column.references == together]
    figures = [
        f"{title} {score.value:.1f}"
        for title, column in zip(column_titles(columns), columns, strict=True)
        if (score := column.scores[best]) is not None
    ]
    only = ":" if len(scores.systems) == 1 else " scores best:"
    return f"{scores.systems[best].name}{only} {', '.join(figures[:3])}."


def read_inputs(options: argparse.Namespace) -> tuple[TestSet, list[SystemOutput]]:
    """Read what the command line names.

    Raises:
        InputError: A file is not what it has to be.
        UsageError: There is no reference, or no system.
    """
    testset, files = _testset(options)
    systems = read_systems(files)
    own = {system.name: system for system in testset.systems}
    if options.include is not None:
        for name in filter(None, map(str.strip, options.include.split(","))):
            if name not in own:
                have = f"has {', '.join(own)}" if own else "came without systems"
                raise UsageError(f"--include {name}: the test set {have}")
            systems.append(own[name])
    elif not files:
        systems = list(testset.systems)
    if not systems:
        raise UsageError("no translation to score; name its file")
    if options.resegment:
        return testset, [resegmented(system, testset) for system in systems]
    advice = " (a translation that is cut otherwise: --resegment)"
    check_systems(testset, systems, advice=advice)
    places = [reference.place for reference in testset.references]
    check_order([*places, *(system.place for system in systems)])
    return testset, systems


def _testset(options: argparse.Namespace) -> tuple[TestSet, list[str]]:
    """Read the test set, and say which files are systems' outputs."""
    languages = check_languages(options.languages)
    files: list[str] = list(options.systems)
    named = options.testset
    references: list[str] = options.reference
    if named is not None and references:
        raise UsageError(
            "--testset has its own references; --reference goes without it"
        )
    if named is None and not references and len(files) == 1 and _has_columns(files[0]):
        named = files.pop()
    if named is None and len(references) == 1 and _has_columns(references[0]):
        named = references[0]
    if named is not None:
        testset = load_testset(named, languages)
    elif references:
        testset = _of_references(references, languages)
    else:
        sets = [name for name in files if _has_columns(name)]
        advice = f"; is {sets[0]} the --testset?" if len(sets) == 1 else ""
        raise UsageError(
            f"no --reference and no --testset; one of them is expected{advice}"
        )
    return with_sources_and_ids(testset, options), files


def with_sources_and_ids(testset: TestSet, options: argparse.Namespace) -> TestSet:
    """Add the files that --source and --document-ids name.

    Raises:
        InputError: One is no text, or has not the reference's number of lines.
    """

    def column(name: str) -> tuple[str, ...]:
        lines = read_lines(Path(name))
        check_length(name, lines, testset.references[0])
        return lines

    if options.source is not None:
        testset = replace(testset, sources=column(options.source))
    places = [reference.place for reference in testset.references]
    check_order([*places, *([options.source] if options.source else [])])
    if options.document_ids is not None:
        testset = replace(testset, documents=column(options.document_ids))
    return testset


def _has_columns(name: str) -> bool:
    return reader_for(Path(name)) is not None


def _of_references(arguments: Sequence[str], languages: tuple[str, str]) -> TestSet:
    for argument in arguments:
        if _has_columns(argument):
            raise UsageError(f"{argument} stands alone: it has its own references")
    named = name_systems(arguments)
    return TestSet(
        name=named[0][1].name,
        references=tuple(
            Reference(name, read_lines(path), str(path)) for name, path in named
        ),
        documents=documents_of(named[0][1]),
        source_language=languages[0],
        target_language=languages[1],
    )


def metrics_of(options: argparse.Namespace) -> list[str] | None:
    """Return the metrics that the command line names, None if it names none."""
    if options.metrics is None:
        return None
    names = [name.strip() for name in options.metrics.split(",") if name.strip()]
    if not names:
        raise UsageError("--metrics: names such as bleu,chrf are expected")
    return names


def say(notes: Iterable[str], options: argparse.Namespace) -> None:
    """Write notes to standard error, unless that was not wanted."""
    if not options.quiet:
        for note in notes:
            print(f"satzpaar: {note}", file=sys.stderr)


def screen_width() -> int | None:
    """Return how many characters a line of the terminal has; None: there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def style_of(options: argparse.Namespace) -> Style:
    """Return the style of tables; the one that is asked for is no JSON."""
    style: Style = options.style
    return style


def write_file(path: str, data: bytes, options: argparse.Namespace) -> None:
    """Write a file beside what is printed, and say so."""
    write_atomically(Path(path), data)
    say([f"{path} written"], options)
