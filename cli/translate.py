"""`satzpaar translate`: files, folders and streams, German in and English out."""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.cli.progress import Progress
from satzpaar.translate import load_translator
from satzpaar.translate.engines import DEFAULT_ENGINE, ENGINES
from satzpaar.translate.errors import InputError, SatzpaarError, UsageError
from satzpaar.translate.files import (
    check_distinct,
    expand_inputs,
    output_paths,
    read_bytes,
    write_atomically,
)
from satzpaar.translate.formats import READERS, format_of
from satzpaar.translate.models import BUNDLED, find_model

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.document import Document
    from satzpaar.translate.pipeline import Translation
    from satzpaar.translate.rules import Issue
    from satzpaar.translate.translator import Translator

STREAM = Path("-")

WARNINGS: dict[Issue, str] = {
    "incomplete": "the translation breaks off",
    "repetitive": "the translation repeats itself",
    "untranslated": "left as it is",
}
MOST_WARNINGS = 10  # for one file; a bad model would fill the screen

EPILOG = """\
examples:
  satzpaar translate artikel.txt                      to the terminal
  satzpaar translate artikel.md -o article.md         to a file
  satzpaar translate site/ --output-dir english/      a folder, in one run
  curl -s https://example.de/ | satzpaar translate - --format html

exit status: 0 done; 1 a file, the model or the disk is at fault; 2 wrong usage
"""


@dataclass(frozen=True, slots=True)
class Job:
    """What is read and where its translation goes; `-` is a standard stream."""

    source: Path
    output: Path

    @property
    def place(self) -> str:
        """What messages call the source."""
        return "<stdin>" if self.source == STREAM else str(self.source)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Translate articles; format and paragraphs stay as they are."
    parser.epilog = EPILOG
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="files, folders, patterns; - or nothing reads standard input",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="FILE", help="default: - (stdout)")
    where.add_argument(
        "--output-dir", metavar="DIR", help="for several files: artikel.en.txt in DIR"
    )
    parser.add_argument(
        "--skip-existing",
        action="store_true",
        help="with --output-dir: leave out what is translated already",
    )
    parser.add_argument(
        "--format",
        choices=sorted(READERS),
        help="default: by the file's suffix; text for standard input",
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="of the input; default: found out"
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no progress bar, no summary"
    )
    model = parser.add_argument_group("model")
    add_model_arguments(model)
    model.add_argument(
        "--engine", choices=sorted(ENGINES), default=DEFAULT_ENGINE, help="%(default)s"
    )
    model.add_argument(
        "--beam", type=int, default=4, metavar="N", help="beam size, %(default)s"
    )
    model.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="auto", help="%(default)s"
    )
    model.add_argument(
        "--compute-type",
        metavar="TYPE",
        help="int8, float32, bfloat16 …; default: the engine's best on this device",
    )
    model.add_argument(
        "--threads", type=int, metavar="N", help="cores to use; default: all"
    )


def add_model_arguments(parser: argparse._ArgumentGroup) -> None:
    """Describe how a model is chosen."""
    parser.add_argument(
        "-m",
        "--model",
        default=BUNDLED,
        metavar="NAME",
        help="bundled (default), a folder, or a hub id: Helsinki-NLP/opus-mt-de-en",
    )
    parser.add_argument(
        "--offline",
        action="store_true",
        default=None,
        help="never ask the network for a model",
    )
    parser.add_argument(
        "--allow-pickle",
        action="store_true",
        help="load weights that are not safetensors; they can run code",
    )


def run(options: argparse.Namespace) -> int:
    """Translate what the command line names."""
    if options.beam < 1:
        raise UsageError(f"--beam {options.beam}: at least 1 is expected")
    jobs = _jobs(options)
    if not jobs:
        if not options.quiet:
            print("satzpaar: nothing left to translate", file=sys.stderr)
        return 0
    translator = load_translator(
        options.model,
        engine=options.engine,
        device=options.device,
        compute_type=options.compute_type,
        threads=options.threads,
        beam_size=options.beam,
        offline=options.offline,
        allow_pickle=options.allow_pickle,
    )
    command = _Command(translator, options)
    with command.progress:
        if options.output_dir is None:
            command.translate_one(jobs[0])
        else:
            command.translate_all(jobs)
    if not options.quiet:
        print(command.summary(), file=sys.stderr)
    return 1 if command.failed else 0


def _jobs(options: argparse.Namespace) -> list[Job]:
    """Say what is translated and where to; see to what can fail before it does."""
    names: list[str] = options.files
    if not names:
        if sys.stdin.isatty():
            raise UsageError("no FILE; name one, or - for what you type")
        names = [str(STREAM)]
    if options.output_dir is None:
        if options.skip_existing:
            raise UsageError("--skip-existing goes with --output-dir")
        return [_single(names, options.output)]
    if str(STREAM) in names:
        raise UsageError("- goes with --output FILE, not with --output-dir")
    model = find_model(
        options.model, offline=options.offline, allow_pickle=options.allow_pickle
    )
    source_language = model.source_language or "de"
    target_language = model.target_language or "en"
    pairs = output_paths(
        expand_inputs(names, skip_language=target_language),
        Path(options.output_dir),
        target_language,
        source_language=source_language,
    )
    jobs = [Job(source, output) for source, output in pairs]
    if options.skip_existing:
        jobs = [job for job in jobs if not job.output.exists()]
    return jobs


def _single(names: Sequence[str], output: str | None) -> Job:
    target = Path(output) if output is not None else STREAM
    if names == [str(STREAM)]:
        return Job(STREAM, target)
    found = expand_inputs(names)
    if len(found) > 1 or Path(names[0]).is_dir():
        raise UsageError(
            f"{len(found)} files are named; --output-dir DIR is expected for them"
        )
    job = Job(found[0][0], target)
    if target != STREAM:
        check_distinct(job.source, target)
        if target.is_dir():
            raise InputError(target, "is a folder, expected a file")
        if not target.parent.exists():
            raise InputError(target, f"there is no folder {target.parent}")
    return job


class _Command:
    """One run: a translator, what the options say, and what has been done."""

    def __init__(self, translator: Translator, options: argparse.Namespace) -> None:
        self.translator = translator
        self.options = options
        self.progress = Progress(quiet=options.quiet)
        self.failed = 0

    def read(self, job: Job) -> Document:
        """Read a job's source and tell the bar how much it is."""
        if job.source == STREAM:
            data = sys.stdin.buffer.read()
        else:
            data = read_bytes(job.source)
        default = "text" if job.source == STREAM else format_of(job.source)
        document = self.translator.read(
            data,
            format=self.options.format or default,
            encoding=self.options.encoding,
            place=job.place,
        )
        if document.encoding not in {"utf-8", "ascii"} and not self.options.quiet:
            self.progress.say(f"{job.place}: read and written as {document.encoding}")
        self.progress.expect(sum(1 for _ in document.segments()))
        return document

    def translate_one(self, job: Job) -> None:
        """Translate one document; standard output gets it as it comes."""
        document = self.read(job)
        done: list[Translation] = []

        def watched() -> Iterator[Translation]:
            translated = self.translator.translate_document(document)
            for translation in self.progress.watch(translated):
                done.append(translation)
                yield translation

        chunks = self.translator.write(document, watched())
        if job.output == STREAM:
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
                sys.stdout.buffer.flush()
        else:
            write_atomically(job.output, b"".join(chunks))
        self.warn(job, document, done)

    def translate_all(self, jobs: Sequence[Job]) -> None:
        """Translate many documents through one engine; a bad one stops no other."""
        opened: deque[tuple[Job, Document, int]] = deque()
        done: list[Translation] = []

        def documents() -> Iterator[Document]:
            for job in jobs:
                try:
                    document = self.read(job)
                except SatzpaarError as error:
                    self.fail(error)
                    continue
                opened.append((job, document, sum(1 for _ in document.segments())))
                yield document

        def write_finished() -> None:
            while opened and opened[0][2] <= len(done):
                job, document, size = opened.popleft()
                self.write(job, document, done[:size])
                del done[:size]

        translated = self.translator.translate_documents(documents())
        for translation in self.progress.watch(translated):
            done.append(translation)
            write_finished()
        write_finished()

    def write(
        self, job: Job, document: Document, translations: Sequence[Translation]
    ) -> None:
        """Write one of many documents."""
        try:
            data = b"".join(self.translator.write(document, translations))
            write_atomically(job.output, data, make_folders=True)
        except SatzpaarError as error:
            self.fail(error)
            return
        self.warn(job, document, translations)

    def fail(self, error: SatzpaarError) -> None:
        """Say what is wrong with one of many files."""
        self.failed += 1
        self.progress.say(f"satzpaar translate: {error}")

    def warn(
        self, job: Job, document: Document, translations: Sequence[Translation]
    ) -> None:
        """Name the lines whose translation somebody should look at."""
        lines = [block.line for block in document.blocks() for _ in block.segments]
        doubtful = [
            (line, issue, translation.source.text)
            for line, translation in zip(lines, translations, strict=True)
            for issue in sorted(translation.issues)
        ]
        for line, issue, text in doubtful[:MOST_WARNINGS]:
            start = text if len(text) <= 60 else f"{text[:57]}..."
            self.progress.say(f"{job.place}:{line}: {WARNINGS[issue]}: {start}")
        if len(doubtful) > MOST_WARNINGS:
            rest = len(doubtful) - MOST_WARNINGS
            self.progress.say(f"{job.place}: and {rest} more such places")

    def summary(self) -> str:
        """One line: what was done, how fast, with what."""
        tally = self.progress.tally
        engine = self.translator.engine
        text = (
            f"satzpaar: {tally.segments} segments, {tally.words} words in "
            f"{self.progress.seconds:.1f} s ({self.progress.words_per_second:.0f} "
            f"words/s), model {engine.model.name}, {engine.name}"
        )
        if self.failed:
            text += f"; {self.failed} files failed"
        return text
