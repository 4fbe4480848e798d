"""The work folder beside the output: what lets a run go on after a kill."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from satzpaar.translate.training.reports import Report

_MANIFEST = "run.json"
RECORD = "training.json"  # in the finished model: which run it is of


@dataclass(frozen=True, slots=True)
class Work:
    """A run's folder, ``OUTPUT.work``."""

    output: Path

    @property
    def folder(self) -> Path:
        """Where everything but the finished model is."""
        return self.output.with_name(f"{self.output.name}.work")

    @property
    def data(self) -> Path:
        """The bitexts as ids."""
        return self.folder / "data"

    @property
    def state(self) -> Path:
        """The last checkpoint."""
        return self.folder / "state.pt"

    @property
    def before_cooldown(self) -> Path:
        """The checkpoint that a larger budget goes on from."""
        return self.folder / "before-cooldown.pt"

    @property
    def best(self) -> Path:
        """The averaged weights with the lowest held-out loss."""
        return self.folder / "best.pt"

    @property
    def start_scores(self) -> Path:
        """What the model scored before it was trained."""
        return self.folder / "start.json"

    @property
    def precision(self) -> Path:
        """In what it multiplies, by device: a measurement may be another next time."""
        return self.folder / "precision.json"

    @property
    def log(self) -> Path:
        """Every report as a line of JSON."""
        return self.folder / "log.jsonl"

    @contextmanager
    def opened(self, manifest: dict[str, Any]) -> Iterator[bool]:
        """Make the folder or find it; give whether the run was begun before.

        A folder that came to nothing, because a bitext was bad, is taken away again.

        Raises:
            UsageError: It is of a run with other data or settings, or in use, or the
                output is something else's.

        """
        from filelock import FileLock, Timeout

        fresh = not self.folder.exists()
        begun = self._check(manifest)
        if not self.output.parent.exists():
            raise InputError(self.output, f"there is no folder {self.output.parent}")
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(
                self.folder, f"cannot be made: {error.strerror}"
            ) from error
        lock = FileLock(self.folder / "lock", blocking=False)
        try:
            with lock:
                if not begun:
                    write_json(self.folder / _MANIFEST, manifest)
                yield begun
        except Timeout:
            raise UsageError(f"{self.folder}: another process is at this run") from None
        except BaseException:
            if fresh and not self.state.exists() and not self.start_scores.exists():
                shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _check(self, manifest: dict[str, Any]) -> bool:
        begun = (self.folder / _MANIFEST).is_file()
        if not begun and self.folder.exists():
            names = {path.name for path in self.folder.iterdir()}
            if names - {"lock"}:
                raise UsageError(f"{self.folder}: is no work folder of a training")
        if begun:
            found, wanted = read_json(self.folder / _MANIFEST), as_read(manifest)
            if found != wanted:
                raise UsageError(
                    f"{self.folder} is of a run with other settings: "
                    f"{_difference(found, wanted)}; name another --output, or delete "
                    "it to begin anew"
                )
        if self.output.is_dir() and any(self.output.iterdir()):
            record = self.output / RECORD
            if not (
                begun and record.is_file() and read_json(record) == as_read(manifest)
            ):
                raise UsageError(
                    f"{self.output}: a folder with other files in it; name a new one"
                )
        elif self.output.exists() and not self.output.is_dir():
            raise InputError(self.output, "a file; a new folder is expected")
        return begun

    def place(self, made: Path) -> None:
        """Move a finished folder to the output, in one step or nearly."""
        old = self.folder / "old"
        shutil.rmtree(old, ignore_errors=True)
        if self.output.is_dir() and any(self.output.iterdir()):
            self.output.rename(old)
        made.rename(self.output)
        shutil.rmtree(old, ignore_errors=True)

    def append(self, report: Report) -> None:
        """Add a report to the log."""
        content = {
            "kind": type(report).__name__.lower(),
            **{name: getattr(report, name) for name in report.__slots__},
        }
        with self.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(content, ensure_ascii=False) + "\n")

    def size(self) -> int:
        """Count the bytes of all that is kept."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in files)


def as_read(content: Any) -> Any:
    """Return what a value is after it was written as JSON and read again."""
    return json.loads(json.dumps(content))


def _difference(found: Any, wanted: Any, path: str = "") -> str:
    """Name the first value that differs."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        for key in {**found, **wanted}:
            if found.get(key) != wanted.get(key):
                longer = f"{path} {key}".strip()
                return _difference(found.get(key), wanted.get(key), longer)
    return f"{path} was {json.dumps(found)}, now {json.dumps(wanted)}"


def read_json(path: Path) -> Any:
    """Read a file of ours.

    Raises:
        InputError: It is damaged.

    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be read ({error})") from error


def write_json(path: Path, content: Any) -> None:
    """Write a file of ours, whole or not at all."""
    beside = path.with_name(f"{path.name}.tmp")
    beside.write_text(json.dumps(content, indent=1), encoding="utf-8")
    beside.replace(path)


def save_tensors(path: Path, content: dict[str, Any]) -> None:
    """Write tensors and plain values, whole or not at all."""
    import torch

    beside = path.with_name(f"{path.name}.tmp")
    with beside.open("wb") as file:
        torch.save(content, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def load_tensors(path: Path) -> dict[str, Any]:
    """Read what ``save_tensors`` wrote; runs no code from it.

    Raises:
        InputError: The file is damaged.

    """
    import torch

    try:
        found: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (
        OSError,
        RuntimeError,
        EOFError,
        ValueError,
        pickle.UnpicklingError,
    ) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(path, f"a damaged checkpoint ({reason})") from error
    return found
