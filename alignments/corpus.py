"""Folders of documents in two languages to one clean parallel corpus.

Every pair of documents is aligned for itself and stored in a work folder, so that a run
that was killed goes on where it was. The filters come last, over all units in the order
of the documents' names.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from satzpaar.alignments.corpus_pool import Workers
from satzpaar.alignments.corpus_report import (
    Cleaned,
    CorpusSummary,
    DocumentReport,
    summary_of_corpus,
)
from satzpaar.alignments.corpus_work import write_json
from satzpaar.alignments.filters import apply, learn
from satzpaar.alignments.formats import open_bitext
from satzpaar.alignments.matching import Matches, match_by_content
from satzpaar.alignments.version import satzpaar_version
from satzpaar.translate.errors import InputError
from satzpaar.translate.files import write_atomically
from satzpaar.translate.models import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from satzpaar.alignments.corpus_worker import (
        CorpusSettings,
        CorpusWorker,
        Setup,
    )
    from satzpaar.alignments.filters import Filter
    from satzpaar.alignments.formats import Write
    from satzpaar.alignments.matching import DocumentPair
    from satzpaar.translate.models import Model

PACKED: tuple[str, ...] = (".gz", ".xz", ".bz2")


@dataclass(frozen=True, slots=True)
class Files:
    """What a run writes."""

    output: Path  # the format is that of its suffix
    rejected: Path | None = None  # units that the filters took out, with the reason

    @property
    def work(self) -> Path:
        """The work folder."""
        return self.output.with_name(f"{self.output.name}.work")

    @property
    def manifest(self) -> Path:
        """Every document and every setting."""
        return self._beside("manifest.json")

    @property
    def summary_text(self) -> Path:
        """The summary for people."""
        return self._beside("summary.txt")

    @property
    def summary_json(self) -> Path:
        """The summary for programs."""
        return self._beside("summary.json")

    def _beside(self, ending: str) -> Path:
        plain = self.output
        if plain.suffix in PACKED:
            plain = plain.with_suffix("")
        return plain.with_name(f"{plain.stem}.{ending}")


@dataclass(slots=True)
class Corpus:
    """The documents of a run as they get done, and then the corpus."""

    setup: Setup
    files: Files
    filters: Sequence[Filter]
    jobs: int = 1
    reports: dict[str, DocumentReport] = field(default_factory=dict)  # by name
    matches: Matches = field(default_factory=lambda: Matches(()))
    _cleaned: dict[str, Cleaned] = field(default_factory=dict)  # by document
    _workers: Workers = field(init=False)  # of both steps: a model is loaded once

    def __post_init__(self) -> None:
        self._workers = Workers(self.setup, self.jobs)

    def match_by_content(
        self,
        sources: dict[str, Path],
        targets: dict[str, Path],
        watch: Callable[[int], None],
    ) -> Matches:
        """Read all documents, translate the sources if need be, and pair them.

        Documents that cannot be read are reported as failed and left out.

        Args:
            sources: By name.
            targets: By name.
            watch: Is told of each document that was read: how many pieces of work.
        """
        items = [(name, path, True) for name, path in sources.items()]
        items += [(name, path, False) for name, path in targets.items()]
        items.sort(key=lambda item: -_size(item[1]))
        texts: dict[tuple[str, bool], str] = {}
        for (name, path, is_source), found in self._workers.each(content_of, items):
            watch(1)
            if isinstance(found, _Unreadable):
                self._fail_to_read(name, path, found.error, is_source=is_source)
            else:
                texts[name, is_source] = found
        readable = (
            {name: path for name, path in side.items() if (name, is_source) in texts}
            for side, is_source in ((sources, True), (targets, False))
        )
        readable_sources, readable_targets = readable
        self.matches = match_by_content(
            readable_sources,
            readable_targets,
            [texts[name, True] for name in readable_sources],
            [texts[name, False] for name in readable_targets],
        )
        return self.matches

    def align(self) -> Iterator[DocumentReport]:
        """Align what belongs together; yield each document as it gets done.

        Raises:
            SatzpaarError: The model cannot be loaded, or a process was killed.
        """
        pairs = sorted(
            self.matches.pairs,
            key=lambda pair: -_size(pair.source) - _size(pair.target),
        )
        for pair, report in self._workers.each(align_pair, pairs):
            self.reports[pair.name] = report
            yield report

    def finish(self, provenance: Mapping[str, Any]) -> CorpusSummary:
        """Filter all units and write the corpus, its manifest and its summary.

        Args:
            provenance: What the manifest says of the run beside what is known here.

        Raises:
            InputError: No document was aligned, or a file cannot be written.
        """
        if not any(report.status == "aligned" for report in self.reports.values()):
            raise InputError(
                self.files.output, "not written: no pair of documents was aligned"
            )
        self._filter()
        cleaned = Cleaned()
        for one in self._cleaned.values():
            cleaned.kept += one.kept
            cleaned.rejected += one.rejected
            cleaned.reasons.update(one.reasons)
        summary = summary_of_corpus(
            self.reports.values(),
            cleaned,
            without_counterpart=len(self.matches.sources) + len(self.matches.targets),
        )
        write_json(self.files.manifest, self._manifest(provenance, summary))
        write_json(self.files.summary_json, summary.as_json())
        text = "".join(f"{line}\n" for line in summary.lines())
        write_atomically(self.files.summary_text, text.encode())
        return summary

    def _fail_to_read(
        self, name: str, path: Path, error: str, *, is_source: bool
    ) -> None:
        folders = self.setup.source_folder, self.setup.target_folder
        place = path.relative_to(folders[0 if is_source else 1]).as_posix()
        name = f"{name} ({'source' if is_source else 'target'})"
        self.reports[name] = DocumentReport(
            name,
            place if is_source else "",
            "" if is_source else place,
            "failed",
            error=error,
        )

    def _filter(self) -> None:
        """Write the units that pass, and the others if wanted, and count both."""
        aligned = [
            report
            for _, report in sorted(self.reports.items())
            if report.status == "aligned"
        ]
        units = self.setup.work.units
        learn(chain.from_iterable(map(units, aligned)), self.filters)
        with ExitStack() as files:
            keep = files.enter_context(self._opened(self.files.output))
            reject = None
            if self.files.rejected is not None:
                reject = files.enter_context(
                    self._opened(self.files.rejected, header=True)
                )
            for report in aligned:
                counted = self._cleaned[report.name] = Cleaned()
                for verdict in apply(units(report), self.filters):
                    counted.add(verdict)
                    if verdict.kept:
                        keep(verdict.unit)
                    elif reject is not None:
                        reject(verdict.marked())

    def _opened(
        self, path: Path, *, header: bool = False
    ) -> AbstractContextManager[Write]:
        settings = self.setup.settings
        return open_bitext(
            path,
            source_language=settings.source_language,
            target_language=settings.target_language,
            created=self.setup.created,
            header=header,  # of TSV: it could not hold the reasons otherwise
        )

    def _manifest(
        self, provenance: Mapping[str, Any], summary: CorpusSummary
    ) -> dict[str, Any]:
        documents = []
        for name, report in sorted(self.reports.items()):
            content = asdict(report)
            del content["key"]
            if name in self._cleaned:
                content["cleaned"] = self._cleaned[name].as_json()
            documents.append(content)
        setup = self.setup
        return {
            **provenance,
            "satzpaar": satzpaar_version(),
            "created": setup.created.isoformat(),
            "output": self.files.output.name,
            "settings": fingerprint(setup.settings, setup.model),
            "filters": {judge.name: judge.threshold for judge in self.filters},
            "totals": summary.as_json(),
            "documents": documents,
            "without_counterpart": {
                "sources": _relative(self.matches.sources, setup.source_folder),
                "targets": _relative(self.matches.targets, setup.target_folder),
            },
        }


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """Stands for the text of a document that cannot be read."""

    error: str


def align_pair(worker: CorpusWorker, pair: DocumentPair) -> DocumentReport:
    """Do one piece of work of `Corpus.align`."""
    return worker.align(pair)


def content_of(worker: CorpusWorker, item: tuple[str, Path, bool]) -> str | _Unreadable:
    """Do one piece of work of `Corpus.match_by_content`."""
    _, path, is_source = item
    try:
        return worker.content(path, is_source=is_source)
    except (InputError, OSError) as error:
        return _Unreadable(str(error))


def fingerprint(settings: CorpusSettings, model: Model | None) -> dict[str, Any]:
    """Return what the stored results depend on, the model by its content."""
    return {
        **asdict(settings),
        "version": satzpaar_version(),
        "model": model.name if model else None,
        "model_hash": content_hash(model) if model else None,
    }


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it will say why


def _relative(paths: Iterable[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]
