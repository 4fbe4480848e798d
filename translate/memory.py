"""Translations that are known as a whole: what stands around articles, and one's own.

A segment that is in it is not given to the model: "Anzeige" is an advertisement, and
not what somebody shows. Of "Quelle: dpa" the word before the colon is.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from satzpaar.translate.numbers import in_english

if TYPE_CHECKING:
    from collections.abc import Iterable

# What may stand around a segment's words and be another there than in the memory.
_EDGES = " -–—.:…*•|<>►▸→"
_TICKER = "+++"
_BRACKETS = ("()", "[]")
_LABEL_END = re.compile(r":(?=\s)")
_NUMBER = re.compile(r"\b\d{1,3}(?:\.\d{3})+\b|\b\d+\b")
# A score is no date: "Stand: 3:1".
_SCORE = re.compile(r"\s*\d+:\d")


class Memory:
    """Segments and their translations, found by their words.

    First a segment is looked for as it is, but for white space; then without dashes,
    full stops, brackets and the like around it, which come out as the source has them.
    Capitals matter, but for a segment that is all in capitals.

    Args:
        pairs: Source and translation, whose white space is tidied. Of several with one
            source the first counts; one that nobody has translated yet is left out. A
            source that ends in a colon is also known before other text.
        numbered: Whether "#" stands for any number in them.
    """

    def __init__(
        self, pairs: Iterable[tuple[str, str]], *, numbered: bool = False
    ) -> None:
        self._numbered = numbered
        self._exact: dict[str, str] = {}
        self._cores: dict[str, str] = {}
        self._capitals: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        for source, target in pairs:
            tidy, said = " ".join(source.split()), " ".join(target.split())
            if not tidy or not said:  # the segment would vanish from the text
                continue
            self._exact.setdefault(tidy, said)
            core, english = _core(tidy), _core(said)
            if any(map(str.isalpha, core)) and english:
                self._cores.setdefault(core, english)
                self._capitals.setdefault(core.upper(), english.upper())
                if tidy.endswith(":"):
                    self._labels.setdefault(core, english)
                    self._labels.setdefault(core.upper(), english.upper())

    def __len__(self) -> int:
        return len(self._exact)

    def translation(self, source: str) -> str | None:
        """Return the translation of a segment that is known as a whole.

        >>> Memory([("Anzeige", "Advertisement")]).translation("– ANZEIGE –")
        '– ADVERTISEMENT –'
        """
        tidy = " ".join(source.split())
        if (known := self._exact.get(tidy)) is not None:
            return known
        core = _core(tidy)
        english = self._of_words(core)
        return None if english is None else tidy.replace(core, english, 1)

    def _of_words(self, core: str) -> str | None:
        english = self._cores.get(core) or self._capitals.get(core)
        if english is not None or not self._numbered:
            return english
        numbers = _NUMBER.findall(core)
        if len(numbers) != 1:
            return None
        open_place = _NUMBER.sub("#", core)
        english = self._cores.get(open_place) or self._capitals.get(open_place)
        return english and english.replace("#", in_english(numbers[0]))

    def labelled(self, source: str, target: str) -> str:
        """Put what the label of a source is in the place of what was said for it.

        >>> Memory([("Quelle:", "Source:")]).labelled("Quelle: dpa", "Spring: dpa")
        'Source: dpa'
        """
        asked, said = _LABEL_END.split(source), _LABEL_END.split(target)
        if len(asked) != len(said) or len(asked) == 1 or _SCORE.match(asked[1]):
            return target
        core = _core(asked[0].lstrip("(["))
        english = self._labels.get(core)
        if english is None:
            return target
        return ":".join([asked[0].replace(core, english, 1), *said[1:]])


@cache
def standing_phrases() -> Memory:
    """Return what stands around German articles again and again, in English."""
    path = files("satzpaar.translate.dictionaries") / "standing.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return Memory(((german, english) for german, english in rows), numbered=True)


def _core(text: str) -> str:
    """Leave out what stands around the words."""
    core = text.strip(_EDGES)
    if core.startswith(_TICKER):
        core = core.strip("+ ")
    if core[:1] + core[-1:] in _BRACKETS:
        core = core[1:-1].strip(_EDGES)
    return core
