"""Keys of millions of units, in little memory: which were seen, and as which one."""

from __future__ import annotations

from array import array
from hashlib import blake2b
from typing import Final

FIRST_SLOTS: Final = 1 << 10
FULLEST: Final = 0.6  # of the slots; beyond that, searches grow long
EMPTY: Final = 0


def key_of(*parts: str) -> int:
    """Return a number that stands for these texts, never 0.

    Of 64 bits: among ten million units two differ and are taken for one once in some
    hundred thousand runs.
    """
    digest = blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return int.from_bytes(digest.digest(), "little") or 1


class Keys:
    """Numbers keys in the order in which they come, from 0; 12 bytes a slot.

    Python's own dictionaries take ten times that, and a memory may have ten million
    units.
    """

    def __init__(self) -> None:
        self._keys = array("Q", [EMPTY]) * FIRST_SLOTS
        self._numbers = array("I", [0]) * FIRST_SLOTS
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def number(self, key: int) -> tuple[int, bool]:
        """Return a key's number, and whether it is new."""
        slot = self._slot(key)
        if self._keys[slot] == key:
            return self._numbers[slot], False
        if self._count >= FULLEST * len(self._keys):
            self._grow()
            slot = self._slot(key)
        self._keys[slot] = key
        self._numbers[slot] = self._count
        self._count += 1
        return self._count - 1, True

    def add(self, key: int) -> bool:
        """Take note of a key and say whether it is new."""
        return self.number(key)[1]

    def _slot(self, key: int) -> int:
        keys = self._keys
        mask = len(keys) - 1
        slot = key & mask
        while (found := keys[slot]) != EMPTY and found != key:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        old, numbers = self._keys, self._numbers
        size = 2 * len(old)
        self._keys = array("Q", [EMPTY]) * size
        self._numbers = array("I", [0]) * size
        for key, number in zip(old, numbers, strict=True):
            if key != EMPTY:
                slot = self._slot(key)
                self._keys[slot] = key
                self._numbers[slot] = number
