"""Statistics that are slow to compute, kept by the content of what they are of."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from satzpaar.translate.errors import InputError
from satzpaar.translate.files import write_atomically
from satzpaar.translate.models import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from satzpaar.eval.metrics import Array


def remembered(
    metric: str, key: str, shape: tuple[int, int], compute: Callable[[], Array]
) -> Array:
    """Return what *compute* gave for this key before, or gives now.

    Args:
        metric: Names a folder of the cache.
        key: A hash of all texts and settings that the result depends on.
        shape: Of the result; a file of another is made again.
        compute: Makes the result.
    """
    path = cache_folder() / "evaluation" / metric / f"{key}.npy"
    if path.exists():
        try:
            rows: Array = np.load(path, allow_pickle=False)
        except (ValueError, EOFError):
            pass  # damaged
        else:
            if rows.shape == shape:
                return rows
    rows = compute()
    stream = io.BytesIO()
    np.save(stream, rows)
    with suppress(InputError):  # a cache that cannot be written costs time, no more
        write_atomically(path, stream.getvalue(), make_folders=True)
    return rows
