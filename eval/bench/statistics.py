"""Sufficient statistics packed into a manifest, so that another run can be compared.

The difference of two runs has an interval only if both are drawn segment by segment;
for that the outputs need not be there, their counts are enough.
"""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from satzpaar.eval.metrics import Array


def packed(statistics: Array) -> dict[str, Any]:
    """Pack the statistics of one system, (segments, columns), into JSON.

    >>> unpacked(packed(np.array([[1.0, 2.0], [3.0, 4.5]]))).tolist()
    [[1.0, 2.0], [3.0, 4.5]]
    """
    whole = bool((statistics == np.rint(statistics)).all())
    small = whole and bool(np.abs(statistics).max(initial=0) < 2**31)
    kind = "<i4" if small else "<f8"
    columns = np.ascontiguousarray(statistics.T, dtype=kind)  # packs far better
    data = zlib.compress(columns.tobytes(), 9)
    return {
        "kind": kind,
        "shape": list(statistics.shape),
        "data": base64.b64encode(data).decode("ascii"),
    }


def unpacked(content: dict[str, Any]) -> Array:
    """Return what `packed` packed.

    Raises:
        ValueError: It is damaged.
    """
    try:
        segments, columns = content["shape"]
        data = zlib.decompress(base64.b64decode(content["data"]))
        if content["kind"] not in {"<i4", "<f8"}:
            raise ValueError(content["kind"])
        found = np.frombuffer(data, dtype=content["kind"])
        return found.reshape(columns, segments).T.astype(np.float64)
    except (KeyError, TypeError, ValueError, zlib.error) as error:
        raise ValueError(f"damaged statistics: {error}") from None
