"""Which files a command reads, and which it writes; what can be told before it runs."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.cli.progress import counted
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.files import (
    check_distinct,
    expand_inputs,
    files_below,
    output_paths,
)
from satzpaar.translate.formats import ARCHIVES, READ_ALONE, SUFFIXES
from satzpaar.translate.translator import (
    USUAL_SOURCE_LANGUAGE,
    USUAL_TARGET_LANGUAGE,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.models import Model

STREAM: Final = "-"  # a standard stream; a file of that name is ./-


SUBTITLES: Final = {".srt", ".vtt"}  # neither becomes the other

# Formats that are text, and what their files are called. Markdown is read as text is;
# of the others a program that opens the file expects what its name says.
TEXTS: Final = {
    "text": "plain text",
    "markdown": "Markdown",
    "html": "HTML",
    "subtitles": "subtitles",
}
ALIKE: Final = {"text", "markdown"}

MOST_SUFFIXES: Final = 5  # of what is left out in a folder that are named


@dataclass(frozen=True, slots=True)
class Job:
    """What is read and where its translation goes; None is a standard stream."""

    source: Path | None
    output: Path | None

    @property
    def place(self) -> str:
        """What messages call the source."""
        return "<stdin>" if self.source is None else str(self.source)

    @property
    def name(self) -> str:
        """What pairs call the source."""
        return "stdin" if self.source is None else document_name(self.source)


def document_name(path: Path) -> str:
    """Return what pairs call a document, of which their ids are made.

    It is its place in the current folder, so that two ``index.html`` are two documents;
    what lies elsewhere keeps the last of its folders, and tells nobody of the others.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # a link keeps its name
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return Path(*absolute.parts[-2:]).as_posix()


def jobs_of(options: argparse.Namespace, model: Model) -> list[Job]:
    """Say what is translated and where to; see to what can fail before it does."""
    names: list[str] = options.files
    if not names:
        if sys.stdin.isatty():
            raise UsageError("no FILE; name one, or - for what you type")
        names = [STREAM]
    if options.output_dir is None:
        if options.skip_existing:
            raise UsageError("--skip-existing goes with --output-dir")
        job = _single(names, options.output)
        _check_format(job, options.format)
        return [job]
    if STREAM in names:
        raise UsageError("- goes with --output FILE, not with --output-dir")
    folder = Path(options.output_dir)
    for existing in (folder, *folder.parents):
        if existing.exists() and not existing.is_dir():
            raise InputError(existing, "is a file, expected a folder")
    _check_writable(folder, folder)
    target_language = model.target_language or USUAL_TARGET_LANGUAGE
    pairs = output_paths(
        expand_inputs(names, skip_language=target_language),
        folder,
        target_language,
        source_language=model.source_language or USUAL_SOURCE_LANGUAGE,
    )
    jobs = [Job(source, output) for source, output in pairs]
    if options.skip_existing:
        jobs = [job for job in jobs if job.output and not job.output.exists()]
    return jobs


def _check_writable(folder: Path, named: Path) -> None:
    """Refuse a folder in which nothing can be made, before there is something."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise InputError(named, "cannot be written: Permission denied")


def left_out(names: Sequence[str]) -> Iterator[str]:
    """Say of each folder that is translated how many of its files are not read."""
    for name in filter(os.path.isdir, names):
        suffixes = Counter(map(_suffix, files_below(Path(name))))
        other = [
            (suffix or "without a suffix", number)
            for suffix, number in suffixes.most_common()
            if suffix not in SUFFIXES
        ]
        if other:
            files = counted(sum(number for _, number in other), "file")
            kinds = [f"{kind} {number}" for kind, number in other[:MOST_SUFFIXES]]
            kinds += ["..."] if len(other) > MOST_SUFFIXES else []
            yield f"{name}: {files} of other formats left out ({', '.join(kinds)})"


def _single(names: Sequence[str], output: str | None) -> Job:
    target = None if output in (None, STREAM) else Path(str(output))
    if STREAM in names:
        if len(names) > 1:
            raise UsageError("- stands alone: one document comes from standard input")
        source = None
    else:
        found = expand_inputs(names)
        if any(Path(name).is_dir() for name in names):
            raise UsageError(
                f"{names[0]} is a folder; --output-dir DIR is expected with it"
            )
        if len(found) > 1:
            raise UsageError(
                f"{len(found)} files are named; --output-dir DIR is expected with them"
            )
        source = found[0][0]
    if target is not None:
        check_output(target, [] if source is None else [source])
    return Job(source, target)


def _check_format(job: Job, format: str | None) -> None:
    """Refuse to write a file whose name says another format than it would have."""
    if format is None:
        format = "text" if job.source is None else SUFFIXES.get(_suffix(job.source))
    suffix = ARCHIVES.get(format or "")
    if job.output is None:
        if suffix and sys.stdout.isatty():
            name = suffix[1:].upper()
            raise UsageError(f"{job.place} stays {name}; -o FILE{suffix} is expected")
        return
    if job.output.exists() and not job.output.is_file():
        return  # a pipe or a device: nobody goes by its name
    if (found := _suffix(job.output)) == suffix:
        return
    if job.source is not None and {found, _suffix(job.source)} == SUBTITLES:
        raise UsageError(
            f"{job.output}: {job.place} stays as it is; a name with "
            f"{_suffix(job.source)} is expected"
        )
    if SUFFIXES.get(found) in READ_ALONE:
        name, expected = found[1:].upper(), READ_ALONE[SUFFIXES[found]]
        raise UsageError(
            f"{job.output}: {name} is read, not written; a name with {expected}, say, "
            "is expected"
        )
    if suffix:
        raise UsageError(
            f"{job.output}: {job.place} stays {suffix[1:].upper()}; a name with "
            f"{suffix} is expected"
        )
    if found in ARCHIVES.values():
        name = found[1:].upper()
        raise UsageError(
            f"{job.output}: {job.place} is no {name} and does not become it"
        )
    wanted = SUFFIXES.get(found)
    written = "text" if format in READ_ALONE else format
    if wanted is None or written is None or wanted == written:
        return
    if {wanted, written} == ALIKE or (job.source and found == _suffix(job.source)):
        return
    if job.source is None:
        raise UsageError(
            f"{job.output}: standard input is taken for {TEXTS[written]}; "
            f"--format {wanted} is expected, or another name"
        )
    becomes = "becomes" if format in READ_ALONE else "stays"
    suffix = _suffix(job.source)
    if SUFFIXES.get(suffix) != written:
        suffix = next(known for known, kind in SUFFIXES.items() if kind == written)
    raise UsageError(
        f"{job.output}: {job.place} {becomes} {TEXTS[written]}; a name with "
        f"{suffix} is expected"
    )


def _suffix(path: Path) -> str:
    return path.suffix.lower()


def check_output(output: Path, sources: Sequence[Path]) -> None:
    """Refuse a file that cannot be written, or is one of those that are read."""
    for source in sources:
        check_distinct(source, output)
    if output.is_dir():
        raise InputError(output, "is a folder, expected a file")
    if not output.parent.exists():
        raise InputError(output, f"there is no folder {output.parent}")
    if not output.exists() or output.is_file():  # pipes and terminals have no such need
        _check_writable(Path(os.path.realpath(output)).parent, output)
