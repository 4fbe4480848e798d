"""What files call the source and the target: columns of a table, keys of an object."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.formats.options import LANGUAGE_TAG, primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# No name of one row is a translation of one of the other, so that two of them are never
# the first pair of a file that has no header.
SOURCES: Final = frozenset(
    {
        "source", "src", "source text", "source sentence", "source segment", "src text",
        "quelle", "quelltext", "ausgangstext", "original",
    }
)  # fmt: skip
TARGETS: Final = frozenset(
    {
        "target", "tgt", "trg", "target text", "target sentence", "target segment",
        "tgt text", "trg text", "ziel", "zieltext", "translation", "übersetzung",
    }
)  # fmt: skip
LANGUAGES: Final = {
    "german": "de", "deutsch": "de", "deu": "de", "ger": "de",
    "english": "en", "englisch": "en", "eng": "en",
}  # fmt: skip

WORD_BREAK: Final = re.compile("[-_ ]+")


@lru_cache(maxsize=100)  # objects of one file have few sets of keys, and are many
def places_of(
    names: tuple[str, ...], languages: tuple[str, str]
) -> tuple[int, int] | None:
    """Return the places of source and target, told by language or by role, or None.

    >>> places_of(("id", "de", "en"), ("de", "en"))
    (1, 2)
    """
    return by_language(names, languages) or by_role(names)


def by_role(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the places of a name for a source and of one for a target, or None.

    >>> by_role(["id", "Quelle", "Ziel"])
    (1, 2)
    """
    plain = [_plain(name) for name in names]
    return _both(
        (place for place, name in enumerate(plain) if name in SOURCES),
        (place for place, name in enumerate(plain) if name in TARGETS),
    )


def by_language(
    names: Sequence[str], languages: tuple[str, str]
) -> tuple[int, int] | None:
    """Return the places of the names of both languages, or None.

    A tag as it is wanted comes before one of another region.

    >>> by_language(["English", "German"], ("de-AT", "en"))
    (1, 0)
    """
    found = [language_of(name) for name in names]

    def places(wanted: str) -> Iterator[int]:
        tag = wanted.replace("_", "-").lower()
        yield from (k for k, own in enumerate(found) if own and own.lower() == tag)
        yield from (k for k, own in enumerate(found) if own and _same(own, tag))

    return _both(places(languages[0]), places(languages[1]))


def language_of(name: str) -> str | None:
    """Return the tag of the language that a name says, or None.

    >>> language_of("de_AT"), language_of("German"), language_of("Der Hund")
    ('de-AT', 'de', None)
    """
    plain = _plain(name)
    if plain in LANGUAGES:
        return LANGUAGES[plain]
    if plain in SOURCES or plain in TARGETS:  # "src" could be a tag
        return None
    tag = name.strip().replace("_", "-")
    return tag if LANGUAGE_TAG.fullmatch(tag) else None


def _plain(name: str) -> str:
    return WORD_BREAK.sub(" ", name.strip().lower())


def _same(tag: str, other: str) -> bool:
    return primary(tag) == primary(other)


def _both(first: Iterator[int], second: Iterator[int]) -> tuple[int, int] | None:
    source, target = next(first, None), next(second, None)
    return None if source is None or target is None else (source, target)
