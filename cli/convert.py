"""`satzpaar convert`: a bitext from one format to another, as whole as it can be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.formats import Losses, files_of, format_of_path
from satzpaar.alignments.formats.options import HALF_EMPTY, STREAM
from satzpaar.cli.bitexts import (
    add_format_arguments,
    add_language_arguments,
    check_columns,
    check_other_file,
    check_outputs,
    columns_of,
    output_name,
    read,
    say,
    told_losses,
    write,
)
from satzpaar.cli.progress import counted
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    import argparse

EPILOG = """\
formats, by suffix: .tmx; .tsv, .tab; .jsonl, .ndjson; .xlf, .xliff (2.1); .parquet;
a Moses pair by its source: corpus.de, or both as corpus.moses; lists of beads with
their two texts beside them: .ladder (hunalign), .vecalign. Also .gz, .xz, .bz2.

examples:
  satzpaar convert memory.tmx memory.jsonl
  satzpaar convert news.tsv.gz news.tmx --source-language de-DE --target-language en-US
  satzpaar convert corpus.de corpus.xlf
  satzpaar convert pair.ladder pair.tmx --from-texts artikel.txt article.txt
  zcat big.tmx.gz | satzpaar convert - - --from tmx --to tsv | head

exit status: 0 done; 1 a file or the disk is at fault; 2 wrong usage
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Convert a bitext; what the output cannot hold is counted."
    parser.epilog = EPILOG
    parser.add_argument("input", metavar="IN", help="a bitext; - is standard input")
    parser.add_argument("output", metavar="OUT", help="- is standard output")
    add_format_arguments(parser)
    add_language_arguments(parser)
    add = parser.add_argument
    add("--columns", metavar="S,T", help="of a TSV, from 1: source and target")
    add("--header", action="store_true", help="a TSV gets column names, and columns "
        "for ids, dates, notes and properties")  # fmt: skip
    add("--escapes", action="store_true", help="of a TSV, read or written: \\t, \\n, "
        "\\r and \\\\ are escapes")  # fmt: skip
    for name, what in (("from", "IN"), ("to", "OUT")):
        add(f"--{name}-texts", nargs=2, type=Path, metavar=("SOURCE", "TARGET"),
            help=f"whose lines {what}, a list of beads, pairs")  # fmt: skip
    add("-q", "--quiet", action="store_true", help="no summary")


def run(options: argparse.Namespace) -> int:
    """Convert."""
    for name, path, format in (
        ("--from", options.input, options.from_format),
        ("--to", options.output, options.to_format),
    ):
        if path == STREAM and format is None:
            raise UsageError(f"{name} FORMAT is expected with -")
    options.columns = columns_of(options.columns)
    check_columns(options, [options.input], options.from_format)
    options.from_texts = _pair(options.from_texts)
    options.to_texts = _pair(options.to_texts)
    check_outputs(options, [options.input], [options.output])
    _check_companions(options)
    losses = Losses()
    count = 0
    with write(options, options.output, losses) as take:
        for unit in read(options, options.input, losses):
            take(unit)
            count += 1
    count -= losses[HALF_EMPTY]
    say(
        options,
        f"{counted(count, 'unit')} in {output_name(options)}{told_losses(losses)}",
    )
    return 0


def _pair(paths: list[Path] | None) -> tuple[Path, Path] | None:
    return None if paths is None else (paths[0], paths[1])


def _check_companions(options: argparse.Namespace) -> None:
    """Refuse to write over files that nobody named.

    ``artikel.ladder`` means ``artikel.de`` beside it, which may well be the article,
    and ``artikel.de`` means ``artikel.en``.
    """
    output = options.output
    if output == STREAM or options.to_texts is not None:
        return
    format = options.to_format or format_of_path(
        output, options.source_language, written=True
    )
    if format not in {"ladder", "vecalign", "moses"}:
        return
    listed = files_of(
        output,
        format=format,
        source_language=options.source_language,
        target_language=options.target_language,
    )
    if format == "moses":
        check_other_file(listed)
    elif not listed[0].exists():
        for path in listed[1:]:
            if path.exists():
                raise UsageError(
                    f"{path} would be written over; --to-texts SOURCE TARGET names "
                    "other files for the texts"
                )
