"""One run of `satzpaar translate`: documents read, translated, judged and written."""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from satzpaar.alignments.mt_cache import TranslationCache
from satzpaar.cli.doubts import Doubts
from satzpaar.cli.progress import Progress, counted
from satzpaar.translate.common_words import plainly_other
from satzpaar.translate.errors import InputError, SatzpaarError
from satzpaar.translate.files import read_bytes, write_atomically
from satzpaar.translate.formats import ARCHIVES, format_of

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


def write_to_stdout(chunk: bytes) -> None:
    """Write a piece of a translation for whoever reads it, at once."""
    try:
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # the reader has left, which is no fault
    except OSError as error:
        raise InputError("<stdout>", f"cannot be written: {error.strerror}") from error


def legible(document: Document) -> Document:
    """Return a document of text in the encoding that terminals read."""
    if document.format in ARCHIVES:
        return document
    return replace(document, encoding="utf-8", bom=False)


class TranslationRun:
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
        self.written = self.failed = 0  # files

    def read(self, job: Job) -> Document:
        """Read a job's source and tell the bar how much it is."""
        if job.source is None:
            data = sys.stdin.buffer.read()
            format = self.options.format or "text"
        else:
            data = read_bytes(job.source)
            format = self.options.format or format_of(job.source)
        document = self.translator.read(
            data,
            format=format,
            encoding=self.options.encoding,
            place=job.place,
        )
        if document.encoding not in {"utf-8", "ascii"} and not self.options.quiet:
            told = "read" if self._is_shown(job) else "read and written"
            self.progress.say(f"{job.place}: {told} as {document.encoding}")
        self._note_language(document, job.place)
        self.progress.expect(sum(1 for _ in document.segments()))
        return document

    def _is_shown(self, job: Job) -> bool:
        """Say whether a terminal gets the translation, in its own encoding."""
        return (
            self.options.output_dir is None
            and job.output is None
            and sys.stdout.isatty()
        )

    def _note_language(self, document: Document, place: str) -> None:
        """Say of a text that it plainly is in another language; it may be wanted."""
        expected = self.translator.source_language
        first = islice(document.segments(), JUDGED_BY)
        text = " ".join(segment.text for segment in first)
        other = plainly_other(text, expected)
        if other is not None:  # a warning, which a quiet run has too
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
        if self._is_shown(job):
            document = legible(document)
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
            self.written += 1
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
        self.written += 1
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
        # Also where it is none: who gave them wants to know whether they are of use.
        known = [f"{tally.remembered} from memory"] if self.options.memory else []
        if tally.terms:
            said = tally.terms - tally.missed
            known.append(f"{said} of {counted(tally.terms, 'term')} as in the glossary")
        elif self.options.glossary:
            known.append("no term of the glossary in them")
        remembered = f" ({', '.join(known)})" if known else ""
        text = (
            f"satzpaar: {counted(tally.segments, 'segment')}{remembered}, "
            f"{counted(tally.words, 'word')} in {self.progress.seconds:.1f} s "
            f"({self.progress.words_per_second:.0f} words/s), "
            f"model {engine.model.name}, {engine.name}"
        )
        if self.options.output_dir is not None:
            text += f"; {counted(self.written, 'file')} written"
        if self.failed:
            text += f"; {counted(self.failed, 'file')} failed"
        return text

    def interrupted(self, jobs: Sequence[Job]) -> str:
        """Say what of many files is there, and how to go on; the pairs are lost."""
        text = f"satzpaar translate: interrupted; {self.written} of {len(jobs)} files "
        if self.options.tmx is not None:
            return f"{text}written, and no pairs"
        return f"{text}written; the same with --skip-existing goes on"
