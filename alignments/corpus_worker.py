"""What is done with one pair of documents, in whichever process."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.aligner import Aligner, AlignerOptions, coverage
from satzpaar.alignments.corpus_report import BINS, DocumentReport
from satzpaar.alignments.mt_cache import recalled_or_made
from satzpaar.alignments.sides import (
    Side,
    check_coverage,
    check_kinship,
    check_side,
    check_sides,
)
from satzpaar.alignments.summary import summary_of
from satzpaar.alignments.texts import text_of
from satzpaar.alignments.units import Origin, units_of
from satzpaar.translate.errors import InputError
from satzpaar.translate.files import read_bytes
from satzpaar.translate.formats import format_of
from satzpaar.translate.models import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from satzpaar.alignments.alignment import Alignment
    from satzpaar.alignments.corpus_work import Work
    from satzpaar.alignments.matching import DocumentPair
    from satzpaar.alignments.text import Text
    from satzpaar.translate.models import Model
    from satzpaar.translate.translator import Translator


# Of documents of 5 to 40 lines of the WMT news sets, translated throughout, the least
# coverage in a hundred is 0.97. Unrelated ones that reach 0.3 have no kinship. Texts of
# which much was left out are wanted. A pair that a user names gets more patience.
LEAST_COVERAGE: Final = 0.3


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """What the alignment of each pair of documents depends on."""

    source_language: str = "de"  # as it is to be written: "de", "de-DE"
    target_language: str = "en"
    mt: bool = True  # align by a machine translation of the source
    beam_size: int = 4  # that of `satzpaar translate`, whose translations are reused
    max_side: int | None = None  # segments of a bead on one side; None: the aligner's
    least_coverage: float = LEAST_COVERAGE  # below it two documents are unrelated


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a worker has to know; is sent to other processes."""

    settings: CorpusSettings
    source_folder: Path
    target_folder: Path
    model: Model | None  # None: no MT
    work: Work
    created: datetime
    threads: int = 1  # of each worker


class CorpusWorker:
    """Aligns pairs of documents; the model is loaded at the first that needs it."""

    def __init__(self, setup: Setup) -> None:
        if setup.settings.mt and setup.model is None:
            raise ValueError("a model is expected where there is to be MT")
        self.setup = setup

    @cached_property
    def aligner(self) -> Aligner:
        """The aligner, made once."""
        settings = self.setup.settings
        if settings.max_side is None:
            return Aligner()
        return Aligner(options=AlignerOptions(max_side=settings.max_side))

    @cached_property
    def translator(self) -> Translator:
        """The model, loaded once."""
        from satzpaar.translate import load_translator

        return load_translator(
            self.setup.model or BUNDLED,
            threads=self.setup.threads,
            beam_size=self.setup.settings.beam_size,
            once=True,  # to align by, the gist will do
        )

    def align(self, pair: DocumentPair) -> DocumentReport:
        """Align a pair and store it, unless that was done before.

        What is wrong with a document is told in its report; it stops no other.
        """
        setup = self.setup
        report = DocumentReport(
            pair.name,
            _relative(pair.source, setup.source_folder),
            _relative(pair.target, setup.target_folder),
            "failed",
            likeness=pair.likeness,
        )
        try:
            return self._align(pair, report)
        except (InputError, OSError) as error:
            return replace(report, error=str(error))

    def _align(self, pair: DocumentPair, report: DocumentReport) -> DocumentReport:
        setup = self.setup
        data = [read_bytes(path) for path in (pair.source, pair.target)]
        hashes = [hashlib.sha256(content).hexdigest() for content in data]
        named = "\n".join([pair.name, report.source, report.target, *hashes])
        key = hashlib.sha256(named.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        if (done := setup.work.find(key)) is not None:
            return replace(done, likeness=pair.likeness)
        source, target = (
            self._side(path, content, language)
            for path, content, language in zip(
                (pair.source, pair.target),
                data,
                (setup.settings.source_language, setup.settings.target_language),
                strict=True,
            )
        )
        check_sides(source, target)
        translation = self.translation(source.text) if setup.settings.mt else None
        alignment = self.aligner.align(
            source.text, target.text, translation=translation
        )
        report = _filled(report, alignment, hashes)
        least = setup.settings.least_coverage
        try:
            check_coverage(report.coverage or 0.0, source, target, least=least)
            if least > 0:  # with 0 everything is wanted
                check_kinship(alignment, source, target, translation)
        except InputError as error:
            report = replace(report, status="unrelated", error=str(error), key=key)
            setup.work.keep(report, [])
            return report
        origin = Origin(
            setup.settings.source_language,
            setup.settings.target_language,
            report.source,
            report.target,
            mt_model=setup.model.name if setup.model and translation else None,
            created=setup.created,
        )
        units = list(units_of(alignment, origin))
        report = replace(report, status="aligned", units=len(units), key=key)
        setup.work.keep(report, units)
        return report

    def content(self, path: Path, *, is_source: bool) -> str:
        """Return the text by which a document finds its counterpart.

        Of a source it is the machine translation, if there is to be one.

        Raises:
            InputError: The document cannot be read, is empty, or in another language.
        """
        settings = self.setup.settings
        language = settings.source_language if is_source else settings.target_language
        side = self._side(path, read_bytes(path), language)
        # One in the wrong language is most like its own counterpart's counterparts, and
        # would keep them from theirs.
        check_side(side)
        if is_source and settings.mt:
            return "\n".join(self.translation(side.text))
        return "\n".join(segment.text for segment in side.text.segments)

    def translation(self, text: Text) -> Sequence[str]:
        """Translate a text, or find its translation in the cache."""
        segments = [segment.text for segment in text.segments]
        assert self.setup.model is not None  # seen to when the worker was made
        found, _ = recalled_or_made(
            self.setup.model,
            self.setup.settings.beam_size,
            segments,
            lambda: (
                translation.target.text
                for translation in self.translator.translate_segments(segments)
            ),
        )
        return found

    def _side(self, path: Path, data: bytes, language: str) -> Side:
        text = text_of(data, language=language, format=format_of(path), place=path)
        return Side(text, language, str(path))


def _filled(
    report: DocumentReport, alignment: Alignment, hashes: Sequence[str]
) -> DocumentReport:
    """Add what the alignment tells."""
    summary = summary_of(alignment)
    bins = Counter(
        min(int(bead.confidence * BINS), BINS - 1)
        for bead in alignment.beads
        if bead.confidence is not None
    )
    return replace(
        report,
        source_hash=hashes[0],
        target_hash=hashes[1],
        source_segments=summary.sources,
        target_segments=summary.targets,
        beads=summary.kinds,
        confidences=tuple(bins[number] for number in range(BINS)),
        coverage=coverage(alignment),
        method=alignment.method,
    )


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
