"""The cache of models converted for CTranslate2: each converted once and kept."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.models import cache_folder, content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from satzpaar.translate.ctranslate2_format import Storage
    from satzpaar.translate.models import Model

# Raised when what we write changes: conversions of an older version are left alone.
_OUR_VERSION = 3
_MANIFEST = "satzpaar.json"


# CTranslate2's names of number types, and the stored conversion that serves each.
COMPUTE_TYPES: Final[Mapping[str, Storage]] = {
    "int8": "int8",
    "int8_float32": "int8",
    "int8_float16": "int8",
    "int8_bfloat16": "int8",
    "int16": "float",
    "float16": "float",
    "bfloat16": "float",
    "float32": "float",
}


def storage_for(compute_type: str) -> Storage:
    """Say which stored conversion serves a compute type.

    Raises:
        UsageError: There is no such type.
    """
    if compute_type not in COMPUTE_TYPES:
        raise UsageError(
            f"no compute type {compute_type!r}; one of {', '.join(COMPUTE_TYPES)} is "
            "expected"
        )
    return COMPUTE_TYPES[compute_type]


def conversion_folder(model: Model, storage: Storage) -> Path:
    """Say where a model's conversion is, or would be."""
    return (
        cache_folder()
        / "ctranslate2"
        / content_hash(model)
        / f"{storage}-{_OUR_VERSION}"
    )


def is_converted(model: Model, storage: Storage = "int8") -> bool:
    """Say whether a whole conversion is there."""
    return _is_whole(conversion_folder(model, storage))


def convert(model: Model, storage: Storage = "int8") -> Path:
    """Return the folder of the model's conversion, made now if it is not there.

    Written beside and renamed, under a lock: a second process waits, and neither
    ever sees half of it.

    Raises:
        ModelError: The checkpoint cannot be read, or the cache cannot be written.
    """
    from filelock import FileLock

    folder = conversion_folder(model, storage)
    if _is_whole(folder):  # asked first without the lock: the cache may be read-only
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / f"{folder.name}.lock"):
            if not _is_whole(folder):
                _write_beside(model, storage, folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(
            f"{folder}: the converted model cannot be written: {reason}; another "
            "place can be named in the environment variable SATZPAAR_CACHE"
        ) from error
    return folder


def _write_beside(model: Model, storage: Storage, folder: Path) -> None:
    # Only now: numpy is a tenth of a second that a later start does not need.
    from satzpaar.translate.ctranslate2_format import write_model

    with tempfile.TemporaryDirectory(
        prefix=f".{folder.name}-", dir=folder.parent
    ) as temporary:
        beside = Path(temporary) / "conversion"
        beside.mkdir()
        write_model(model, storage, beside)
        sizes = {path.name: path.stat().st_size for path in sorted(beside.iterdir())}
        (beside / _MANIFEST).write_text(
            json.dumps({"model": model.name, "sizes": sizes}), encoding="utf-8"
        )
        shutil.rmtree(folder, ignore_errors=True)  # left by a crash or a full disk
        beside.rename(folder)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Read what a conversion says of itself; None if it is not whole."""
    try:
        content = json.loads((folder / _MANIFEST).read_bytes())
        sizes = dict(content["sizes"])
        whole = all(
            (folder / name).stat().st_size == size for name, size in sizes.items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return content if whole else None


def _is_whole(folder: Path) -> bool:
    return read_manifest(folder) is not None
