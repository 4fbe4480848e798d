"""What the commands that read and write bitexts have in common."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.formats import (
    FORMATS,
    READERS,
    Losses,
    files_of,
    format_of_path,
    open_bitext,
    read_bitext,
)
from satzpaar.alignments.formats.options import STREAM
from satzpaar.alignments.formats.streams import place_of
from satzpaar.translate.errors import UsageError
from satzpaar.translate.files import check_distinct

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.alignments.formats import Write


def add_language_arguments(parser: argparse._ActionsContainer) -> None:
    """Describe which languages are read, and how they are written."""
    add = parser.add_argument
    add("--source-language", metavar="TAG", help="de; one with a region, de-DE, is "
        "also what is written")  # fmt: skip
    add("--target-language", metavar="TAG", help="en, en-US; default: as the file says")


def add_format_arguments(parser: argparse._ActionsContainer) -> None:
    """Describe the formats of input and output."""
    add = parser.add_argument
    add("--from", dest="from_format", choices=tuple(READERS), metavar="FORMAT",
        help=f"of the input, default: by its suffix; {', '.join(READERS)}")  # fmt: skip
    add("--to", dest="to_format", choices=FORMATS, metavar="FORMAT", help="of the "
        "output, default: by its suffix")  # fmt: skip


def tag_to_write(tag: str | None) -> str | None:
    """Return a language's tag if it is one that says more than units do: a region."""
    return tag if tag is not None and "-" in tag else None


def check_outputs(
    options: argparse.Namespace, inputs: list[str], outputs: list[str | Path]
) -> None:
    """Refuse to write over what is being read.

    Raises:
        UsageError: An output is one of the files of an input.
    """
    languages = {
        "source_language": options.source_language,
        "target_language": options.target_language,
    }
    for given in inputs:
        sources = files_of(
            given,
            format=options.from_format,
            texts=getattr(options, "from_texts", None),
            **languages,
        )
        for output in outputs:
            targets = files_of(
                output,
                format=options.to_format,
                texts=getattr(options, "to_texts", None),
                written=True,
                **languages,
            )
            for source in sources:
                for target in targets:
                    check_distinct(source, target)


def read(
    options: argparse.Namespace, path: str | Path, losses: Losses
) -> Iterator[TranslationUnit]:
    """Read a bitext as the options say; a stream is TMX if they do not."""
    columns = getattr(options, "columns", None)
    return read_bitext(
        path,
        format=options.from_format or ("tmx" if str(path) == STREAM else None),
        source_language=options.source_language,
        target_language=options.target_language,
        columns=columns,
        escapes=getattr(options, "escapes", False),
        texts=getattr(options, "from_texts", None),
        losses=losses,
    )


def read_all(
    options: argparse.Namespace, paths: Iterable[str], losses: Losses
) -> Iterator[TranslationUnit]:
    """Read bitexts one after the other."""
    for path in paths:
        yield from read(options, path, losses)


def write(
    options: argparse.Namespace,
    path: str | Path,
    losses: Losses,
    *,
    with_reasons: bool = False,
) -> AbstractContextManager[Write]:
    """Open a bitext as the options say; a stream is TMX if they do not.

    *with_reasons*: units say in a property why they are there, which TSV can hold only
    under a header.
    """
    return open_bitext(
        path,
        format=options.to_format or ("tmx" if str(path) == STREAM else None),
        source_language=tag_to_write(options.source_language),
        target_language=tag_to_write(options.target_language),
        header=with_reasons or getattr(options, "header", False),
        escapes=getattr(options, "escapes", False),
        texts=getattr(options, "to_texts", None),
        losses=losses,
    )


@contextmanager
def readable_twice(paths: list[str]) -> Iterator[list[str]]:
    """Give the paths of files, standard input being one for as long as it takes."""
    if STREAM not in paths:
        yield paths
        return
    with tempfile.TemporaryDirectory(prefix="satzpaar-") as folder:
        copy = Path(folder, "stdin")
        with copy.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        yield [str(copy) if path == STREAM else path for path in paths]


def format_of_copy(options: argparse.Namespace, copies: list[str]) -> str | None:
    """Return the format; a copy of standard input has no suffix to tell it."""
    given: str | None = options.from_format
    if given is None and copies and STREAM in options.files:
        if len(options.files) > 1:
            raise UsageError("--from FORMAT is expected with - and other files")
        return "tmx"
    return given


def output_name(options: argparse.Namespace) -> str:
    """Return what messages call the output."""
    return str(place_of(options.output, writing=True))


def told_losses(losses: Losses) -> str:
    """Say what was not kept, or nothing: "; not kept: notes (3), ids (1)"."""
    said = ", ".join(f"{what} ({count})" for what, count in losses.items() if count)
    return f"; not kept: {said}" if said else ""


def say(options: argparse.Namespace, line: str) -> None:
    """Write a line of the summary to stderr."""
    if not options.quiet:
        print(f"satzpaar: {line}", file=sys.stderr)


def check_other_file(pair: Sequence[Path]) -> None:
    """Refuse to write over the second file of a pair whose first is not there.

    ``artikel.de`` means ``artikel.en`` as well, which may be the translation.

    Raises:
        UsageError: It is there.
    """
    if not pair[0].exists() and pair[1].exists():
        raise UsageError(
            f"{pair[1]} would be written over, as the other file of {pair[0]}; another "
            "name is expected"
        )


def columns_of(argument: str | None) -> tuple[int, int] | None:
    """Return which columns of a TSV ``--columns`` means: source's, target's, from 1.

    Raises:
        UsageError: It is not two numbers, or one twice.
    """
    if argument is None:
        return None
    found = re.fullmatch("([1-9][0-9]*),([1-9][0-9]*)", argument)
    if not found:
        raise UsageError(f"--columns {argument}: two are expected, such as 2,3")
    if found[1] == found[2]:
        raise UsageError(f"--columns {argument}: source and target would be the same")
    return int(found[1]), int(found[2])


def check_columns(
    options: argparse.Namespace, paths: Iterable[Path | str], format: str | None = None
) -> None:
    """Refuse ``--columns`` where no file has any.

    Raises:
        UsageError: None of them is a TSV.
    """
    if options.columns is None:
        return
    language = getattr(options, "source_language", None)
    found = [format or format_of_path(path, language) for path in paths]
    if "tsv" not in found:
        raise UsageError(
            f"--columns goes with a TSV, not with {' or '.join(sorted(set(found)))}"
        )
