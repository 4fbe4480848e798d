"""A benchmark's folder: the manifest, earlier ones, stages, tables and the report."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from satzpaar.eval.bench.manifest import (
    figures_of,
    read_manifest,
    write_manifest,
)
from satzpaar.eval.bench.report import report_of
from satzpaar.eval.bench.store import Store
from satzpaar.eval.report import without_texts, write_report, write_tables
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from satzpaar.eval.bench.manifest import Manifest


class BenchFolder:
    """Where a benchmark keeps what it found out.

    Args:
        path: Made where it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest_path = path / "manifest.json"
        self.history_path = path / "history"
        self.report_path = path / "report.html"
        self.store = Store(path / "stages")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second run out; the lock of a killed one is free.

        Raises:
            InputError: Another run is at work, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / ".lock", timeout=0)
            lock.acquire()
        except Timeout:
            raise InputError(self.path, "another run is at work here") from None
        except OSError as error:
            raise InputError(
                self.path, f"cannot be written: {error.strerror}"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def keep(self, manifest: Manifest) -> None:
        """Write a new manifest; the one before goes to the history.

        A run that found the same figures is no point of its own.
        """
        if self.manifest_path.exists():
            before = read_manifest(self.manifest_path)
            if figures_of(before.cells) != figures_of(manifest.cells):
                stamp = before.created.replace(":", "").replace("-", "")
                write_manifest(self.history_path / f"{stamp}.json", before)
        write_manifest(self.manifest_path, manifest)

    def history(self) -> list[Manifest]:
        """Read the manifests of earlier runs."""
        return [
            read_manifest(path) for path in sorted(self.history_path.glob("*.json"))
        ]

    def sources(self) -> Iterator[Path]:
        """Yield the files that the page is made from."""
        yield self.manifest_path
        yield from self.history_path.glob("*.json")
        yield from self.store.folder.glob("*/*.json")

    def write_report(
        self, more: Sequence[Manifest] = (), *, bare_page: Path | None = None
    ) -> Manifest:
        """Write the page and the tables of the last run.

        Args:
            more: Other runs for the history.
            bare_page: Write only this page, without the texts of the test sets.

        Raises:
            InputError: There is no manifest, or a result that it names is missing.
        """
        manifest = read_manifest(self.manifest_path)
        data = report_of(manifest, self.store, [*self.history(), *more])
        if bare_page is not None:
            write_report(bare_page, without_texts(data))
        else:
            write_report(self.report_path, data)
            write_tables(self.path, data)
        return manifest

    def clean(self) -> tuple[int, int]:
        """Delete what neither the last run nor an earlier one is made of.

        Returns:
            How many files were deleted, and their bytes together.
        """
        keep = set(read_manifest(self.manifest_path).stored_keys())
        return self.store.clean(keep)
