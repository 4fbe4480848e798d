"""The work folder beside a corpus: what lets a run go on after a kill."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from satzpaar.alignments.corpus_report import DocumentReport
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from satzpaar.alignments.bitext import TranslationUnit

_RUN: Final = "run.json"
_LOCK: Final = "lock"


@dataclass(frozen=True, slots=True)
class Work:
    """The folder ``OUTPUT.work``.

    Each pair of documents has two files named by its key: the units, and the report,
    which is written last. What has a report is whole.
    """

    folder: Path

    def report_path(self, key: str) -> Path:
        """Say where the report of a pair is."""
        return self.folder / key[:2] / f"{key}.json"

    def units_path(self, key: str) -> Path:
        """Say where the units of a pair are."""
        return self.folder / key[:2] / f"{key}.jsonl"

    def find(self, key: str) -> DocumentReport | None:
        """Return the report of a pair that was done before."""
        try:
            content = json.loads(self.report_path(key).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise InputError(
                self.report_path(key), f"is damaged ({error}); delete it to go on"
            ) from None
        return DocumentReport.from_json(content)

    def keep(self, report: DocumentReport, units: Iterable[TranslationUnit]) -> None:
        """Store a pair, in whichever process."""
        from satzpaar.alignments.formats import write_bitext

        if report.key is None:
            raise ValueError(f"{report.name} has no key to be stored under")
        self.report_path(report.key).parent.mkdir(exist_ok=True)
        write_bitext(self.units_path(report.key), units)
        write_json(self.report_path(report.key), asdict(report))

    def units(self, report: DocumentReport) -> Iterator[TranslationUnit]:
        """Read the units of a pair that was stored."""
        from satzpaar.alignments.formats import read_bitext

        if report.key is None:
            raise ValueError(f"{report.name} has no key; nothing is stored of it")
        yield from read_bitext(self.units_path(report.key))

    @contextmanager
    def opened(self, settings: dict[str, Any], started: str) -> Iterator[str]:
        """Make the folder or find it; give the time at which the run was begun.

        Args:
            settings: What the stored results depend on.
            started: Now, as ISO 8601 has it.

        Raises:
            UsageError: The folder is of a run with other settings, of something else,
                or another process is at it.
        """
        from filelock import FileLock, Timeout

        fresh = not self.folder.exists()
        begun = self._begun(settings)
        if not self.folder.parent.exists():
            raise InputError(self.folder, f"there is no folder {self.folder.parent}")
        self.folder.mkdir(exist_ok=True)
        lock = FileLock(self.folder / _LOCK, blocking=False)
        try:
            with lock:
                if begun is None:
                    run = {"settings": settings, "started": started}
                    write_json(self.folder / _RUN, run)
                yield begun or started
        except Timeout:
            raise UsageError(f"{self.folder}: another process is at this run") from None
        except BaseException:
            if fresh and not any(path.is_dir() for path in self.folder.iterdir()):
                self.remove()
            raise

    def _begun(self, settings: dict[str, Any]) -> str | None:
        path = self.folder / _RUN
        if not path.is_file():
            if self.folder.exists():
                if not self.folder.is_dir():
                    raise InputError(self.folder, "is a file, expected a work folder")
                if {one.name for one in self.folder.iterdir()} - {_LOCK}:
                    raise UsageError(f"{self.folder}: is no work folder of a corpus")
            return None
        try:
            run = json.loads(path.read_text(encoding="utf-8"))
            found, started = run["settings"], run["started"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                path, f"is damaged ({error}); delete its folder to begin anew"
            ) from None
        wanted = json.loads(json.dumps(settings))
        for name in {**found, **wanted}:
            if found.get(name) != wanted.get(name):
                raise UsageError(
                    f"{self.folder} is of a run with {name} {found.get(name)!r}, now "
                    f"it is {wanted.get(name)!r}; give the same settings, name another "
                    "output, or delete the folder to begin anew"
                )
        return str(started)

    def remove(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def write_json(path: Path, content: Any) -> None:
    """Write a file of ours, whole or not at all."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    write_atomically(path, f"{text}\n".encode("utf-8", "surrogateescape"))
