"""`satzpaar eval analyze`: what goes wrong in translations, and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.cli.eval_inputs import (
    add_input_arguments,
    read_inputs,
    say,
    screen_width,
    write_file,
)
from satzpaar.cli.known_pairs import GLOSSARY_HELP, glossary_pairs
from satzpaar.eval.analysis import Analysis, analyze, count_words
from satzpaar.eval.noticed import check_roles, noticed
from satzpaar.eval.tables import Table, rendered
from satzpaar.translate.checks.registry import CHECKS, SUMMARIES, choose_checks
from satzpaar.translate.checks.terms import KIND, SUMMARY, terms_check
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.files import decode, read_bytes
from satzpaar.translate.glossary import Glossary

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from satzpaar.eval.analysis import NgramDifference, ScoreBucket

EXAMPLES = 3  # of each class and system
ALPHA = 0.05  # of traits
MOST_PAIRED = 3  # systems; of more, each is set against the first alone

EPILOG = """\
examples:
  satzpaar eval analyze --source src.de --reference ref.en mine.en theirs.en
  satzpaar eval analyze --testset wmt23.xml mine.en --classes numbers,negation

A class counts segments. Beside each system stands what the same rules find in the
reference: human translators change numbers too. `*`: the system's share differs from
the reference's, p < 0.01 (McNemar). No class finds all errors, and each cries wolf at
times; docs/error-analysis.md says how often.

Of the segments whose source has something the table gives each system's score and how
much its distance from the first system differs from that elsewhere. `*`: as many
segments at random seldom differ so much, p < 0.05 (corrected for the number of tests).

classes:
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Count what goes wrong in translations from German."
    parser.epilog = EPILOG + "\n".join(
        f"  {name:13}{summary}"
        for name, summary in (*SUMMARIES.items(), (KIND, SUMMARY))
    )
    add_input_arguments(parser)
    found = parser.add_argument_group("analysis")
    found.add_argument(
        "--classes", metavar="NAMES", help="separated by commas; default: all"
    )
    found.add_argument(
        "--glossary",
        action="append",
        metavar="FILE",
        help=GLOSSARY_HELP.format("one more class, of terms that are not as there"),
    )
    found.add_argument(
        "--metric",
        default="chrf",
        metavar="NAME",
        help="of short and long sentences; default: %(default)s",
    )
    found.add_argument(
        "--frequencies-from",
        metavar="FILE",
        help="English text, say of the training, that tells rare words from frequent; "
        "default: the reference",
    )
    found.add_argument(
        "--examples",
        type=int,
        default=EXAMPLES,
        metavar="N",
        help="segments shown of each class and system; default: %(default)s",
    )
    found.add_argument("--json", metavar="FILE", help="everything, for programs")
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no notes on standard error"
    )


def run(options: argparse.Namespace) -> int:
    """Analyse what the command line names."""
    if options.examples < 0:
        raise UsageError(f"--examples {options.examples}: 0 or more is expected")
    named = list(CHECKS)
    if options.classes is not None:
        named = [name.strip() for name in options.classes.split(",")]
    terms = glossary_pairs(options.glossary, "de", "en")
    if terms is None and KIND in named:
        raise UsageError(f"--classes {KIND}: they need a --glossary")
    checks = choose_checks(name for name in named if name != KIND)
    if terms is not None:
        checks[KIND] = terms_check(Glossary(terms))
    testset, systems = read_inputs(options)
    check_roles(testset)
    counts, counted = None, "the reference"
    if options.frequencies_from is not None:
        path = Path(options.frequencies_from)
        counts = count_words(decode(read_bytes(path), place=path).text.splitlines())
        if not counts:
            raise InputError(path, "has no words to count")
        counted = path.name
    analysis = analyze(
        testset,
        systems,
        checks=checks,
        metric=options.metric,
        frequencies=counts,
        frequencies_of=counted,
    )
    if options.json is not None:
        write_file(options.json, analysis.to_json().encode() + b"\n", options)
    for line in report_lines(analysis, most=options.examples, width=screen_width()):
        print(line)
    notes = noticed(testset, systems)
    if len(testset.references) > 1:
        notes.append(f"compared with the first reference, {testset.references[0].name}")
    say(notes, options)
    return 0


def report_lines(
    analysis: Analysis, *, most: int, width: int | None = None
) -> Iterator[str]:
    """Yield the analysis as lines for a person.

    Args:
        analysis: What was found.
        most: Examples of each class and system.
        width: Of the screen; wider tables are cut. None: there is no screen.
    """
    yield f"{analysis.testset}: {analysis.segments:,} segments"
    yield ""
    yield "Segments with a likely error"
    yield ""
    yield rendered(_error_table(analysis), "text", width=width)
    yield ""
    for title, buckets in (
        ("by words of the source", analysis.lengths),
        ("by place in the document", analysis.positions),
    ):
        if buckets:
            yield f"{analysis.metric} {title}"
            yield ""
            yield rendered(_bucket_table(analysis, buckets), "text", width=width)
            yield ""
    if analysis.traits:
        yield f"{analysis.metric} by what the source has"
        yield ""
        yield rendered(_trait_table(analysis), "text", width=width)
        yield ""
    yield f"F1 of words, %, by their frequency in {analysis.frequencies_of}"
    yield ""
    yield rendered(_frequency_table(analysis), "text", width=width)
    yield ""
    yield from _ngram_lines(analysis)
    yield analysis.signature
    yield from _example_lines(analysis, most)


def _error_table(analysis: Analysis) -> Table:
    header = ("class", "reference", *analysis.systems)
    rows = []
    for place, rate in enumerate(analysis.reference.rates):
        cells = [f"{rate.segments} {rate.rate:6.2%} "]
        for errors in analysis.errors:
            own = errors.rates[place]
            mark = "*" if own.p < 0.01 else " "
            cells.append(f"{own.segments} {own.rate:6.2%}{mark}")
        rows.append((rate.kind, *cells))
    return Table(header, tuple(rows))


def _bucket_table(analysis: Analysis, buckets: Sequence[ScoreBucket]) -> Table:
    rows = tuple(
        (
            bucket.label,
            f"{bucket.segments}",
            *(f"{score:.2f}" for score in bucket.scores),
        )
        for bucket in buckets
    )
    return Table(("", "segments", *analysis.systems), rows)


def _trait_table(analysis: Analysis) -> Table:
    rows = []
    for bucket in analysis.traits:
        first, *others = zip(bucket.scores, bucket.gaps, bucket.p, strict=True)
        cells = [f"{first[0]:.2f}"] + [
            f"{score:.2f} {gap:+6.2f}{'*' if p < ALPHA else ' '}"
            for score, gap, p in others
        ]
        rows.append((bucket.trait, f"{len(bucket.members)}", *cells))
    return Table(("", "segments", *analysis.systems), tuple(rows))


def _frequency_table(analysis: Analysis) -> Table:
    rows = tuple(
        (bucket.label, f"{bucket.words}", *(f"{value:.1%}" for value in bucket.f1))
        for bucket in analysis.frequencies
    )
    return Table(("frequency", "words", *analysis.systems), rows)


def _ngram_lines(analysis: Analysis) -> Iterator[str]:
    # All pairs of many systems fill the screen; --json has them.
    few = len(analysis.systems) <= MOST_PAIRED
    for pair in analysis.ngrams:
        if not few and pair.first != analysis.systems[0]:
            continue
        for better, worse, found in (
            (pair.first, pair.second, pair.first_better),
            (pair.second, pair.first, pair.second_better),
        ):
            yield f"Right in {better}, more often than in {worse}"
            yield f"  {_ngram_list(found, turned=better == pair.second)}"
    for habit in analysis.habits:
        yield f"{habit.system} says too rarely (its uses : the reference's)"
        yield f"  {_ngram_list(habit.too_rare)}"
        yield f"{habit.system} says too often"
        yield f"  {_ngram_list(habit.too_often)}"
    yield ""


def _ngram_list(found: Sequence[NgramDifference], *, turned: bool = False) -> str:
    if not found:
        return "nothing stands out"
    return ", ".join(
        f'"{one.ngram}" '
        + (f"{one.second}:{one.first}" if turned else f"{one.first}:{one.second}")
        for one in found
    )


def _example_lines(analysis: Analysis, most: int) -> Iterator[str]:
    for kind in (rate.kind for rate in analysis.reference.rates):
        for place, system in enumerate(analysis.systems):
            for row in analysis.examples(kind, place, most):
                yield ""
                messages = [
                    finding.message
                    for finding in row.findings[place]
                    if finding.kind == kind
                ]
                where = f", {row.document}" if row.document else ""
                yield f"[{kind}] {system}, segment {row.number}{where}: " + "; ".join(
                    messages
                )
                yield f"  source     {row.source}"
                yield f"  output     {row.outputs[place]}"
                yield f"  reference  {row.reference}"
