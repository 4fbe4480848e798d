"""Translations that are known as a whole: what stands around articles, and one's own.

A segment that is in it is not given to the model: "Anzeige" is an advertisement, and
not what somebody shows. Of "Quelle: dpa" the word before the colon is.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What stands around the words: dashes, brackets, quotes, arrows, a colon.
_AROUND = re.compile(r"(?P<lead>[\W_]*)(?P<core>.*?)(?P<trail>[\W_]*)", re.DOTALL)
_GERMAN_QUOTES = frozenset("„“”»«›‹‚‘")  # these are not English
_LABEL = re.compile(r"(?P<lead>[\W_]*)(?P<label>\w[^:]{0,40}):(?=\s)")
_LABEL_SAID = re.compile(r"[\W_]*\w[^:]{0,60}:(?=\s)")


class Memory:
    """Segments and their translations, found by their words.

    White space, and punctuation around a segment, are no matter: they come out as the
    source has them. Capitals matter, but for a segment that is all in capitals.

    Args:
        pairs: Source and translation. Of several with one source the first counts.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._known: dict[str, str] = {}
        for source, target in pairs:
            key, english = _core(source)[1], _core(target)[1]
            if key and english:
                self._known.setdefault(key, english)
        self._small = {
            key.casefold(): english for key, english in reversed(self._known.items())
        }

    def __len__(self) -> int:
        return len(self._known)

    def translation(self, source: str) -> str | None:
        """Return the translation of a segment that is known as a whole.

        >>> Memory([("Anzeige", "Advertisement")]).translation("– ANZEIGE –")
        '– ADVERTISEMENT –'
        """
        lead, core, trail = _core(source)
        english = self._of(core)
        if english is None or not _GERMAN_QUOTES.isdisjoint(lead + trail):
            return None
        return f"{lead}{english}{trail}"

    def labelled(self, source: str, target: str) -> str:
        """Put what the word before a colon is in the place of what was said for it.

        >>> Memory([("Quelle", "Source")]).labelled("Quelle: dpa", "Spring: dpa")
        'Source: dpa'
        """
        wanted, said = _LABEL.match(source), _LABEL_SAID.match(target)
        if wanted is None or said is None:
            return target
        english = self._of(wanted["label"])
        if english is None:
            return target
        return f"{wanted['lead']}{english}{target[said.end() - 1 :]}"

    def _of(self, core: str) -> str | None:
        if (english := self._known.get(core)) is not None:
            return english
        if core.isupper() and len(core) > 1:
            english = self._small.get(core.casefold())
            return english and english.upper()
        return None


@cache
def standing_phrases() -> Memory:
    """Return what stands around German articles again and again, in English."""
    path = files("satzpaar.translate.dictionaries") / "standing.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return Memory(
        (german, english) for german, english in (x.split("\t") for x in lines)
    )


def _core(text: str) -> tuple[str, str, str]:
    match = _AROUND.fullmatch(" ".join(text.split()))
    assert match is not None  # whatever the text
    return match["lead"], match["core"], match["trail"]
