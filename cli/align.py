"""`satzpaar align`: a text and its translation, cut and paired, as a bitext."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.aligner import AlignerOptions, coverage
from satzpaar.alignments.bead_lists import LISTERS
from satzpaar.alignments.formats import FORMATS, format_of_path
from satzpaar.alignments.sides import (
    LEAST_COVERAGE,
    Side,
    check_coverage,
    check_kinship,
    check_sides,
)
from satzpaar.alignments.texts import (
    TEXT_FORMATS,
    text_of,
    without_controls,
)
from satzpaar.cli.bitexts import check_other_file
from satzpaar.cli.evidence import Evidence
from satzpaar.cli.jobs import STREAM, check_output
from satzpaar.cli.model_arguments import add_model_arguments
from satzpaar.cli.pairs import languages_of, now
from satzpaar.cli.progress import Progress
from satzpaar.cli.results import Destinations, Results
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.files import decode, read_bytes
from satzpaar.translate.formats import format_of
from satzpaar.translate.models import BUNDLED, find_model

if TYPE_CHECKING:
    import argparse

    from satzpaar.translate.models import Model

USUAL_FORMAT = "tsv"  # on standard output

EPILOG = """\
examples:
  satzpaar align artikel.de.txt article.en.txt -o pair.tmx
  satzpaar align artikel.de.md article.en.html -o pair.tmx --html pair.html
  satzpaar align a.de b.en --lines --mt a.mt.en --min-confidence 0.5 -o pair.tsv
  satzpaar align alt.de.txt neu.en.txt --no-mt --rejected doubtful.tsv > pair.tsv

A text is of any format that `satzpaar translate` reads; one of the two may be - for
standard input. The output is of the format that its suffix says; on standard output it
is TSV.

exit status: 0 done; 1 a file or the model is at fault, or the texts do not belong
together; 2 wrong usage
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Pair the sentences of a text with those of its translation."
    parser.epilog = EPILOG
    parser.add_argument("source", metavar="SOURCE", help="the text")
    parser.add_argument("target", metavar="TARGET", help="its translation")
    add = parser.add_argument
    add("-q", "--quiet", action="store_true", help="no progress bar, no summary")
    add("--force", action="store_true", help="take texts that look wrong: in another "
        "language, not belonging together, with control characters")  # fmt: skip
    _add_output_arguments(parser.add_argument_group("output"))
    _add_text_arguments(parser.add_argument_group("texts"))
    _add_evidence_arguments(parser.add_argument_group("evidence"))


def _add_output_arguments(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("-o", "--output", metavar="FILE", help="default: - (stdout)")
    add("--format", choices=sorted(FORMATS), help="default: by the suffix of FILE")
    add("--html", metavar="FILE", help="also a page to look through the pairs")
    add("--min-confidence", type=float, default=0.0, metavar="X",
        help="leave out beads that are right with a lower probability")  # fmt: skip
    add("--rejected", metavar="FILE", help="keep here what is left out")


def _add_text_arguments(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--source-language", metavar="TAG", help="default: the model's, or de; "
        "written as given: de-DE")  # fmt: skip
    add("--target-language", metavar="TAG", help="default: the model's, or en")
    add("--lines", action="store_true", help="the texts are cut already, by lines")
    add("--input-format", choices=sorted(TEXT_FORMATS), help="default: by the suffix")
    add("--encoding", metavar="NAME", help="of both texts; default: found out")


def _add_evidence_arguments(group: argparse._ArgumentGroup) -> None:
    mt = group.add_mutually_exclusive_group()
    mt.add_argument(
        "--mt", metavar="FILE", help="a translation of SOURCE, a line a segment"
    )
    mt.add_argument(
        "--no-mt", action="store_true", help="by lengths, numbers and names alone"
    )
    mt.add_argument("--labse", action="store_true", help="by LaBSE, a neural model of "
        "sentences; needs satzpaar[labse]")  # fmt: skip
    add = group.add_argument
    add("--back-mt", metavar="FILE", help="the same of TARGET; it helps a little")
    add_model_arguments(group)
    add("--no-cache", action="store_true", help="translate anew, remember nothing")
    add("--threads", type=int, metavar="N", help="cores to use; default: all")
    add("--rescore", action="store_true",
        help="let the model judge where beads compete closely")  # fmt: skip
    add("--max-side", type=int, default=AlignerOptions().max_side, metavar="N",
        help="segments of a bead on one side; default: %(default)s")  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Align what the command line names."""
    _check_options(options)
    model = _model(options) if _asks_model(options) else None
    languages = languages_of(options, model)
    destinations = _destinations(options, languages)
    source, target = _read(options, languages)
    if options.force:
        source, target = (
            replace(side, text=without_controls(side.text)) for side in (source, target)
        )
    check_sides(source, target, lenient=options.force)
    with Progress(quiet=options.quiet) as progress:
        evidence = Evidence(options, model, progress)
        translation = evidence.translation(source)
        alignment = evidence.aligner().align(
            source.text,
            target.text,
            translation=translation,
            back_translation=evidence.back_translation(target),
        )
    covered = coverage(alignment)
    results = Results(alignment, source, target, evidence.model_name, now())
    lines = [f"{results.summary(covered)}, {evidence.description}"]
    if not options.force:
        check_coverage(covered, source, target, least=LEAST_COVERAGE)
        if not check_kinship(alignment, source, target, translation):
            lines[0] += "; too little to tell whether the texts belong together"
    lines.append(results.write(destinations, options.min_confidence))
    if destinations.page is not None:
        remarks = (f"coverage {covered:.0%}", evidence.description)
        results.write_page(destinations.page, remarks)
    if not options.quiet:
        for line in lines:
            print(f"satzpaar: {line}", file=sys.stderr)
    return 0


def _check_options(options: argparse.Namespace) -> None:
    if not 0 <= options.min_confidence <= 1:
        raise UsageError(
            f"--min-confidence {options.min_confidence:g}: 0 to 1 is expected"
        )
    try:
        AlignerOptions(max_side=options.max_side)
    except ValueError as error:
        raise UsageError(f"--max-side: {error}") from None
    if options.threads is not None and options.threads < 1:
        raise UsageError(f"--threads {options.threads}: at least 1 is expected")
    if options.lines and options.input_format:
        raise UsageError("--lines and --input-format exclude each other")
    if options.model != BUNDLED and not _asks_model(options):
        raise UsageError(
            f"--model {options.model}: no model is asked with --mt, --no-mt or --labse"
        )
    if [options.source, options.target].count(STREAM) == 2:
        raise UsageError("one text can come from standard input, not both")
    decode(b"", encoding=options.encoding)  # refuses an unknown one before all else


def _asks_model(options: argparse.Namespace) -> bool:
    return options.rescore or not (options.no_mt or options.mt or options.labse)


def _model(options: argparse.Namespace) -> Model:
    return find_model(
        options.model, offline=options.offline, allow_pickle=options.allow_pickle
    )


def _read(options: argparse.Namespace, languages: tuple[str, str]) -> tuple[Side, Side]:
    source, target = (
        _side(name, language, options)
        for name, language in zip(
            (options.source, options.target), languages, strict=True
        )
    )
    return source, target


def _side(name: str, language: str, options: argparse.Namespace) -> Side:
    if name == STREAM:
        data, place, default = sys.stdin.buffer.read(), "<stdin>", "text"
    else:
        data, place = read_bytes(name), name
        default = "text" if options.lines else format_of(name)
    text = text_of(
        data,
        language=language,
        format=options.input_format or default,
        encoding=options.encoding,
        lines=options.lines,
        place=place,
    )
    return Side(text, language, place)


def _destinations(
    options: argparse.Namespace, languages: tuple[str, str]
) -> Destinations:
    """Say where everything goes; see to what can fail before the work is done."""
    inputs = [Path(n) for n in (options.source, options.target) if n != STREAM]
    both = len(inputs) == 2 and all(map(Path.exists, inputs))
    if both and inputs[0].samefile(inputs[1]):
        raise InputError(inputs[0], "is the same file as the other text")
    inputs += [Path(name) for name in (options.mt, options.back_mt) if name]
    output = options.output or STREAM
    format = options.format
    if format is None and output == STREAM:
        format = USUAL_FORMAT
    destinations = Destinations(
        output,
        format or format_of_path(output, languages[0], written=True),
        options.rejected,
        options.rejected
        and format_of_path(options.rejected, languages[0], written=True),
        Path(options.html) if options.html else None,
        lines=options.lines,
    )
    if destinations.format in LISTERS and (options.min_confidence or options.rejected):
        raise UsageError(
            f"a {destinations.format} has all beads: --min-confidence and --rejected "
            "mean nothing with it"
        )
    if destinations.rejected_format in LISTERS:
        raise UsageError(
            f"--rejected {options.rejected}: a {destinations.rejected_format} has all "
            "beads; name another format"
        )
    taken: set[Path] = set()
    written = list(destinations.files(languages))
    if destinations.format == "moses":
        check_other_file(written)
    for path in written:
        check_output(path, inputs)
        if path.resolve() in taken:
            raise UsageError(f"{path}: two outputs would be one file")
        taken.add(path.resolve())
    return destinations
