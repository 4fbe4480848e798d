"""The files that hold a model's weights, read without torch where that can be.

Safetensors is read here, header first, so that neither torch nor transformers is
needed to check a checkpoint or to convert it.
"""

from __future__ import annotations

import json
import math
import struct
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from satzpaar.translate.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[Any]

LFS_POINTER = b"version https://git-lfs"
_LARGEST_HEADER = 100_000_000  # bytes; the limit of the safetensors library itself

# Little-endian by the format; BF16 is unknown to numpy and widened by hand.
_DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


class TensorFile:
    """The tensors of a safetensors file, read when asked for.

    Args:
        path: The file; its header is read and checked at once.

    Raises:
        ModelError: The file is cut short, a git-LFS pointer, or no safetensors.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
            if start == LFS_POINTER[:8]:
                raise ModelError(lfs_complaint(path))
            length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
            if not 2 <= length <= min(_LARGEST_HEADER, size - 8):
                raise ModelError(f"{path}: not a safetensors file, or cut short")
            try:
                header = json.loads(file.read(length))
                header.pop("__metadata__", None)
                self._entries: dict[str, tuple[str, tuple[int, ...], int, int]] = {
                    name: (
                        entry["dtype"],
                        tuple(entry["shape"]),
                        *entry["data_offsets"],
                    )
                    for name, entry in header.items()
                }
                end = max((entry[3] for entry in self._entries.values()), default=0)
            except (ValueError, AttributeError, KeyError, TypeError) as error:
                raise ModelError(f"{path}: not a safetensors file") from error
        self._data_start = 8 + length
        if size < self._data_start + end:
            raise ModelError(
                f"{path}: cut short: {size} bytes, but its header promises "
                f"{self._data_start + end}"
            )

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return each tensor's shape."""
        return {name: entry[1] for name, entry in self._entries.items()}

    def parameters(self) -> int:
        """Count the numbers the file holds."""
        return sum(map(math.prod, self.shapes().values()))

    def tensor(self, name: str) -> Array:
        """Read one tensor: float16 as it is, everything else as float32."""
        import numpy as np

        dtype, shape, start, end = self._entries[name]
        if dtype not in _DTYPES:
            raise ModelError(
                f"{self.path}: {name} is {dtype}, but one of {', '.join(_DTYPES)} "
                "is expected"
            )
        with self.path.open("rb") as file:
            file.seek(self._data_start + start)
            raw = np.frombuffer(file.read(end - start), dtype=_DTYPES[dtype])
        if dtype == "BF16":  # the upper half of a float32
            raw = (raw.astype(np.uint32) << 16).view(np.float32)
        elif dtype == "F64":
            raw = raw.astype(np.float32)
        return cast("Array", raw.reshape(shape))


class PickleFile:
    """The tensors of a ``pytorch_model.bin``: needs torch, and the user's consent."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            if file.read(len(LFS_POINTER)) == LFS_POINTER:
                raise ModelError(lfs_complaint(path))

    @cached_property
    def _tensors(self) -> Mapping[str, Any]:
        import pickle

        import torch

        try:
            return cast(
                "Mapping[str, Any]",
                torch.load(self.path, map_location="cpu", weights_only=True),
            )
        except (RuntimeError, EOFError, ValueError, pickle.UnpicklingError) as error:
            reason = str(error).partition("\n")[0]
            raise ModelError(f"{self.path}: cannot be loaded: {reason}") from error

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return each tensor's shape; loads the file."""
        return {name: tuple(tensor.shape) for name, tensor in self._tensors.items()}

    def parameters(self) -> int:
        """Count the numbers the file holds; loads the file."""
        return sum(map(math.prod, self.shapes().values()))

    def tensor(self, name: str) -> Array:
        """Return one tensor: float16 as it is, everything else as float32."""
        import torch

        tensor = self._tensors[name]
        if tensor.dtype != torch.float16:
            tensor = tensor.to(torch.float32)
        return cast("Array", tensor.numpy())


def lfs_complaint(path: Path) -> str:
    """Say what a file is that git-LFS has not fetched, and what to do."""
    return f"{path}: a git-LFS pointer, not the file itself; run `git lfs pull`"
