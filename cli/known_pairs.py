"""Bitexts that the user knows better than a model: memories and glossaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GLOSSARY_HELP = (
    "a TSV of terms and what they are in English, a TBX or another bitext: {}; may be "
    "given again, the first that has a term counts"
)


def known_pairs(
    paths: Sequence[str] | None,
    source_language: str | None,
    target_language: str | None,
) -> Iterator[tuple[str, str]] | None:
    """Read bitexts, one after the other; None where there are none."""
    if not paths:
        return None
    from satzpaar.alignments.formats import read_bitext  # most runs need none

    return (
        (unit.source.plain(), unit.target.plain())
        for path in paths
        for unit in read_bitext(
            path, source_language=source_language, target_language=target_language
        )
    )


def glossary_pairs(
    paths: Sequence[str] | None,
    source_language: str | None,
    target_language: str | None,
) -> Iterator[tuple[str, str]] | None:
    """Read glossaries, one after the other; None where there are none.

    Raises:
        InputError: A term has no translation. Some may have been yielded.
    """
    if not paths:
        return None
    return (
        pair
        for path in paths
        for pair in _terms(path, source_language, target_language)
    )


def _terms(
    path: str, source_language: str | None, target_language: str | None
) -> Iterator[tuple[str, str]]:
    for source, target in known_pairs([path], source_language, target_language) or ():
        if not target.strip():
            raise InputError(
                path,
                f"{source} has no translation; what is to be left as it is is repeated",
            )
        yield source, target
