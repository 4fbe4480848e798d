"""Hashes of text, and tables of them that never grow."""

from __future__ import annotations

import hashlib
import re
from typing import Final

_NOT_TELLING: Final = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Reduce a text to its letters and digits, no case, words apart.

    >>> fold("„Nein!“, rief sie – 3-mal.")
    'nein rief sie 3 mal'
    """
    return _NOT_TELLING.sub(" ", text.casefold()).strip()


def hash64(text: str) -> int:
    """Hash a text to 64 bits, the same in every run."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")
