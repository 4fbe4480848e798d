"""What a long computation asks of the machine's libraries, before they are loaded."""

from __future__ import annotations

import ctypes
import os

# oneDNN, by which PyTorch multiplies on Intel's and AMD's processors, makes a program
# for each shape of matrices, which takes as long as two or three products, and keeps
# 1,024 of them. A training has a few thousand shapes (widths of two sides, forward and
# backward), so that each would be thrown away before it is needed again.
_PROGRAMS = ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "8000")

# Of <malloc.h>: the parameters of mallopt.
_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
_NEVER = 2**31 - 1


def settle_for_training() -> None:
    """Keep programs and memory from step to step, where the libraries can be told.

    Call it before PyTorch is loaded. What the environment says already stays.
    """
    os.environ.setdefault(*_PROGRAMS)
    _keep_memory()


def _keep_memory() -> None:
    """Let glibc keep what is freed.

    It gives large blocks back at once, and the system clears each page anew in the
    next step. Other C libraries have no such function.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(_MMAP_MAX, 0)
    mallopt(_TRIM_THRESHOLD, _NEVER)
