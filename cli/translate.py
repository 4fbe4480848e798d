"""`satzpaar translate`: files, folders and streams, German in and English out."""

from __future__ import annotations

import re
import sys
from collections import deque
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.mt_cache import TranslationCache
from satzpaar.cli.doubts import ALL, Doubts, checks_of
from satzpaar.cli.jobs import check_output, jobs_of
from satzpaar.cli.known_pairs import GLOSSARY_HELP, glossary_pairs, known_pairs
from satzpaar.cli.progress import Progress, counted
from satzpaar.translate import load_translator
from satzpaar.translate.common_words import plainly_other
from satzpaar.translate.engines import DEFAULT_ENGINE, ENGINES
from satzpaar.translate.errors import InputError, SatzpaarError, UsageError
from satzpaar.translate.files import (
    check_distinct,
    decode,
    read_bytes,
    write_atomically,
)
from satzpaar.translate.formats import READERS, format_of
from satzpaar.translate.models import BUNDLED, find_model

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from satzpaar.alignments.units import Translated
    from satzpaar.cli.jobs import Job
    from satzpaar.translate.checks.finding import Check
    from satzpaar.translate.document import Document
    from satzpaar.translate.translation import Translation
    from satzpaar.translate.translator import Translator

JUDGED_BY = 40  # segments, whether a text is of the language expected

EPILOG = """\
examples:
  satzpaar translate artikel.txt                      to the terminal
  satzpaar translate artikel.md -o article.md         to a file
  satzpaar translate site/ --output-dir english/      a folder, in one run
  satzpaar translate artikel.md -o article.md --tmx pair.tmx    the pairs as well
  satzpaar translate artikel.txt -o article.txt --check numbers,names    what to look at
  satzpaar translate artikel.txt --memory ours.tmx    what ours.tmx has, as it has it
  satzpaar translate artikel.txt --glossary terms.tsv    each term as terms.tsv has it
  curl -s https://example.de/ | satzpaar translate - --format html

exit status: 0 done; 1 a file, the model or the disk is at fault; 2 wrong usage
"""


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
    parser.add_argument(
        "--check",
        nargs="?",
        const=ALL,
        metavar="KINDS",
        help="name likely errors on stderr, with their lines: numbers,names; all kinds "
        "if none are said, after FILE",
    )
    pairs = parser.add_argument_group("pairs")
    pairs.add_argument(
        "--tmx", metavar="FILE", help="also write each segment with its translation"
    )
    pairs.add_argument(
        "--source-language", metavar="TAG", help="in the TMX, such as de-AT"
    )
    pairs.add_argument(
        "--target-language", metavar="TAG", help="in the TMX, such as en-GB"
    )
    pairs.add_argument(
        "--no-cache",
        action="store_true",
        help="do not remember the translation for `satzpaar align`",
    )
    parser.add_argument(
        "--memory",
        action="append",
        metavar="FILE",
        help="a TMX or another bitext: a segment that is in it is translated as there; "
        "may be given again, the first that has a segment counts",
    )
    parser.add_argument(
        "--glossary",
        action="append",
        metavar="FILE",
        help=GLOSSARY_HELP.format("each term is translated so, in whatever form"),
    )
    model = parser.add_argument_group("model")
    add_model_arguments(model)
    model.add_argument(
        "--engine",
        choices=sorted(ENGINES),
        default=DEFAULT_ENGINE,
        help="default: %(default)s",
    )
    model.add_argument(
        "--beam",
        type=int,
        default=4,
        metavar="N",
        help="beam size; default: %(default)s",
    )
    model.add_argument(
        "--once",
        action="store_true",
        help="take no second look at wrong numbers, names and words and what is left "
        "out: faster, and worse",
    )
    model.add_argument(
        "--device",
        choices=("auto", "cpu", "cuda"),
        default="auto",
        help="default: %(default)s",
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
    decode(b"", encoding=options.encoding)  # refuses an unknown one before all else
    model = find_model(
        options.model, offline=options.offline, allow_pickle=options.allow_pickle
    )
    checks = checks_of(options.check, model)
    jobs = jobs_of(options, model)
    tmx = _tmx(options, jobs)
    written = [tmx, *(job.output for job in jobs)]
    read = [*(options.memory or []), *(options.glossary or [])]
    for known, output in product(read, filter(None, written)):
        check_distinct(known, output)
    if not jobs:
        if not options.quiet:
            print("satzpaar: nothing left to translate", file=sys.stderr)
        return 0
    languages = model.source_language, model.target_language
    translator = load_translator(
        model,
        engine=options.engine,
        device=options.device,
        compute_type=options.compute_type,
        threads=options.threads,
        beam_size=options.beam,
        once=options.once,
        memory=known_pairs(options.memory, *languages),
        glossary=glossary_pairs(options.glossary, *languages),
    )
    command = _Command(translator, options, checks)
    pairs = None
    if tmx is not None:
        from satzpaar.cli.pairs import PairsFile  # most runs need none of this

        pairs = PairsFile(tmx, translator, options)
    with command.progress:
        done = command.translate(jobs)
        if pairs is None:
            deque(done, maxlen=0)
        else:
            pairs.write(done)
    if found := command.doubts.summary():
        print(found, file=sys.stderr)
    if not options.quiet:
        print(command.summary(), file=sys.stderr)
        if pairs is not None:
            print(pairs.summary(), file=sys.stderr)
    return 1 if command.failed else 0


def _tmx(options: argparse.Namespace, jobs: Sequence[Job]) -> Path | None:
    if options.tmx is None:
        if options.source_language or options.target_language:
            raise UsageError("--source-language and --target-language go with --tmx")
        return None
    if options.skip_existing:
        raise UsageError("--tmx would lack what --skip-existing leaves out")
    tmx = Path(options.tmx)
    check_output(tmx, [job.source for job in jobs if job.source])
    outputs = [job.output.resolve() for job in jobs if job.output]
    if tmx.resolve() in outputs:
        raise UsageError(f"{tmx}: the pairs and the translation would be one file")
    if not re.search(r"\.tmx(?:\.\w+)?\Z", tmx.name, re.IGNORECASE):
        raise UsageError(
            f"{tmx}: a name that ends in .tmx is expected; `satzpaar convert` makes "
            "other formats of it"
        )
    return tmx


def write_to_stdout(chunk: bytes) -> None:
    """Write a piece of a translation for whoever reads it, at once."""
    try:
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # the reader has left, which is no fault
    except OSError as error:
        raise InputError("<stdout>", f"cannot be written: {error.strerror}") from error


class _Command:
    """One run: a translator, what the options say, and what has been done."""

    def __init__(
        self,
        translator: Translator,
        options: argparse.Namespace,
        checks: Mapping[str, Check],
    ) -> None:
        self.translator = translator
        self.options = options
        self.progress = Progress(quiet=options.quiet)
        self.doubts = Doubts(self.progress, checks)
        self.cache = TranslationCache(
            translator.engine.model, options.beam, once=options.once
        )
        self.failed = 0

    def read(self, job: Job) -> Document:
        """Read a job's source and tell the bar how much it is."""
        if job.source is None:
            data, default = sys.stdin.buffer.read(), "text"
        else:
            data, default = read_bytes(job.source), format_of(job.source)
        document = self.translator.read(
            data,
            format=self.options.format or default,
            encoding=self.options.encoding,
            place=job.place,
        )
        if document.encoding not in {"utf-8", "ascii"} and not self.options.quiet:
            self.progress.say(f"{job.place}: read and written as {document.encoding}")
        self._note_language(document, job.place)
        self.progress.expect(sum(1 for _ in document.segments()))
        return document

    def _note_language(self, document: Document, place: str) -> None:
        """Say of a text that it plainly is in another language; it may be wanted."""
        expected = self.translator.source_language
        first = islice(document.segments(), JUDGED_BY)
        text = " ".join(segment.text for segment in first)
        other = plainly_other(text, expected)
        if other is not None and not self.options.quiet:
            self.progress.say(f"{place}: reads as {other}, expected {expected}")

    def translate(self, jobs: Sequence[Job]) -> Iterator[Translated]:
        """Translate and write, and pass on what was translated.

        It runs as it is read.
        """
        if self.options.output_dir is None:
            return self._translate_one(jobs[0])
        return self._translate_all(jobs)

    def _translate_one(self, job: Job) -> Iterator[Translated]:
        """Translate one document; standard output gets it as it comes."""
        document = self.read(job)
        done: list[Translation] = []

        def watched() -> Iterator[Translation]:
            translated = self.translator.translate_document(document)
            for translation in self.progress.watch(translated):
                done.append(translation)
                yield translation

        chunks = self.translator.write(document, watched())
        passed = 0
        written: list[bytes] = []
        for chunk in chunks:
            if job.output is None:
                write_to_stdout(chunk)
            else:
                written.append(chunk)
            while passed < len(done):
                yield job.name, passed, done[passed]
                passed += 1
        if job.output is not None:
            write_atomically(job.output, b"".join(written))
        self.finish(job, document, done)

    def _translate_all(self, jobs: Sequence[Job]) -> Iterator[Translated]:
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

        def finished() -> Iterator[Translated]:
            while opened and opened[0][2] <= len(done):
                job, document, size = opened.popleft()
                yield from self.write(job, document, done[:size])
                del done[:size]

        translated = self.translator.translate_documents(documents())
        for translation in self.progress.watch(translated):
            done.append(translation)
            yield from finished()
        yield from finished()

    def write(
        self, job: Job, document: Document, translations: Sequence[Translation]
    ) -> Iterator[Translated]:
        """Write one of many documents, and pass on what was translated."""
        try:
            data = b"".join(self.translator.write(document, translations))
            assert job.output is not None  # `jobs_of` names one for each of many
            write_atomically(job.output, data, make_folders=True)
        except SatzpaarError as error:
            self.fail(error)
            return
        self.finish(job, document, translations)
        for number, translation in enumerate(translations):
            yield job.name, number, translation

    def finish(
        self, job: Job, document: Document, translations: Sequence[Translation]
    ) -> None:
        """Say what to look at, and remember the translation for `satzpaar align`."""
        self.doubts.tell(job.place, document, translations)
        if translations and not self.options.no_cache:
            self.cache.keep(
                [translation.source.text for translation in translations],
                [translation.target.text for translation in translations],
            )

    def fail(self, error: SatzpaarError) -> None:
        """Say what is wrong with one of many files."""
        self.failed += 1
        self.progress.say(f"satzpaar translate: {error}")

    def summary(self) -> str:
        """One line: what was done, how fast, with what."""
        tally = self.progress.tally
        engine = self.translator.engine
        known = [f"{tally.remembered} from memory"] if tally.remembered else []
        if tally.terms:
            said = tally.terms - tally.missed
            known.append(f"{said} of {counted(tally.terms, 'term')} as in the glossary")
        remembered = f" ({', '.join(known)})" if known else ""
        text = (
            f"satzpaar: {counted(tally.segments, 'segment')}{remembered}, "
            f"{counted(tally.words, 'word')} in {self.progress.seconds:.1f} s "
            f"({self.progress.words_per_second:.0f} words/s), "
            f"model {engine.model.name}, {engine.name}"
        )
        if self.failed:
            text += f"; {counted(self.failed, 'file')} failed"
        return text
