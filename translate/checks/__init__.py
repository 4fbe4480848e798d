"""What may have gone wrong in a translation, told from the two texts alone.

The questions that translating asks of every hypothesis are here; the error classes,
with the place of each error, are in ``satzpaar.translate.checks.registry``, which a
start of the command need not load.
"""

from satzpaar.translate.checks.whole import (
    is_copy,
    is_looping,
    is_omission,
    repetition,
)

__all__ = ["is_copy", "is_looping", "is_omission", "repetition"]
