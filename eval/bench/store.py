"""What a run has found out, filed under the hash of all that it depends on."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from satzpaar.translate.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path


def key_of(inputs: Mapping[str, Any]) -> str:
    """Hash what a result depends on: 64 hexadecimal digits.

    >>> key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})
    True
    """
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of results: ``STAGE/KEY.json``, each whole or not there at all."""

    folder: Path

    def path(self, stage: str, key: str, suffix: str = ".json") -> Path:
        """Say where a result is, or would be."""
        return self.folder / stage / f"{key}{suffix}"

    def get(self, stage: str, key: str) -> Any | None:
        """Return a result, None if it is not there or is damaged.

        What is damaged is made again: a result never changes, only disks do.
        """
        try:
            content = json.loads(self.path(stage, key).read_bytes())
            return content["result"] if content["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, stage: str, key: str, result: Any, inputs: Mapping[str, Any]) -> None:
        """File a result with what it was made from.

        Raises:
            InputError: It cannot be written.
        """
        content = {"key": key, "inputs": inputs, "result": result}
        data = json.dumps(content, ensure_ascii=True).encode("ascii")
        write_atomically(self.path(stage, key), data, make_folders=True)

    def made(
        self, stage: str, inputs: Mapping[str, Any], make: Callable[[], Any]
    ) -> tuple[str, Any]:
        """Return a result and its key; *make* is called only if it is not there."""
        key = key_of({"stage": stage, **inputs})
        found = self.get(stage, key)
        if found is None:
            found = make()
            self.put(stage, key, found, inputs)
        return key, found

    def clean(self, keep: Collection[str]) -> tuple[int, int]:
        """Delete all results whose key is not in *keep*.

        Returns:
            How many files were deleted, and their bytes together.
        """
        deleted = size = 0
        for path in sorted(self.folder.glob("*/*")):
            key = re.match("[0-9a-f]{64}", path.name)
            if key and key[0] not in keep and path.is_file():
                size += path.stat().st_size
                path.unlink()
                deleted += 1
        return deleted, size
