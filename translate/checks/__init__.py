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

__all__ = ["are_for", "is_copy", "is_looping", "is_omission", "repetition"]

LANGUAGES = ("de", "en")


def are_for(source: str | None, target: str | None) -> bool:
    """Say whether the error classes are made for a model's languages.

    A checkpoint that names none is taken for a German-English one, as elsewhere.
    """
    return (source or LANGUAGES[0], target or LANGUAGES[1]) == LANGUAGES
