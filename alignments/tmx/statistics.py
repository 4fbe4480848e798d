"""What a bitext is made of, counted in one pass."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.keys import Keys
from satzpaar.alignments.tmx.duplicates import text_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from satzpaar.alignments.bitext import TranslationUnit, Variant

# Ratios of length are counted in steps of 2 percent, so that a median needs no list.
STEP: Final = math.log(1.02)
MOST_PROPERTIES: Final = 1000  # names; a file that has more has them by mistake


@dataclass(slots=True)
class Side:
    """One language's share."""

    words: int = 0
    characters: int = 0
    codes: int = 0
    longest: int = 0  # characters
    empty: int = 0

    def add(self, variant: Variant) -> None:
        """Count a text."""
        size = len(variant.text)
        self.words += len(variant.text.split())
        self.characters += size
        self.codes += len(variant.codes)
        self.longest = max(self.longest, size)
        self.empty += not variant.text.strip()


@dataclass(slots=True)
class Property:
    """What the values of one property are."""

    count: int = 0
    numbers: int = 0
    lowest: float = math.inf
    highest: float = -math.inf
    total: float = 0.0

    def add(self, value: str) -> None:
        """Count a value."""
        self.count += 1
        try:
            number = float(value)
        except ValueError:
            return
        if math.isfinite(number):
            self.numbers += 1
            self.total += number
            self.lowest = min(self.lowest, number)
            self.highest = max(self.highest, number)


@dataclass(slots=True)
class Statistics:
    """The numbers of a bitext."""

    units: int = 0
    source: Side = field(default_factory=Side)
    target: Side = field(default_factory=Side)
    languages: Counter[str] = field(default_factory=Counter)  # "de-en"
    properties: dict[str, Property] = field(default_factory=dict)
    ids: int = 0
    notes: int = 0
    doubles: int = 0  # units whose texts both came before
    same_sources: int = 0  # units whose source came before
    copies: int = 0  # units whose texts are one
    oldest: datetime | None = None
    newest: datetime | None = None
    ratios: Counter[int] = field(default_factory=Counter)  # of target to source

    def ratio(self, part: float) -> float | None:
        """Return the ratio of length below which *part* of the units are, to 2 %.

        It is that of the target's characters to the source's.
        """
        total = self.ratios.total()
        if not total:
            return None
        below = 0
        for step in sorted(self.ratios):
            below += self.ratios[step]
            if below >= part * total:
                return math.exp(step * STEP)
        raise AssertionError(part)


def statistics_of(units: Iterable[TranslationUnit]) -> Statistics:
    """Count; memory holds some thirty bytes a unit, to tell doubles."""
    found = Statistics()
    pairs, sources = Keys(), Keys()
    for unit in units:
        found.units += 1
        found.source.add(unit.source)
        found.target.add(unit.target)
        found.languages[f"{unit.source.language}-{unit.target.language}"] += 1
        found.ids += unit.id is not None
        found.notes += unit.note is not None
        found.copies += unit.source.text == unit.target.text
        found.doubles += not pairs.add(text_key(unit))
        found.same_sources += not sources.add(text_key(unit, side="source"))
        if unit.source.text and unit.target.text:
            ratio = len(unit.target.text) / len(unit.source.text)
            found.ratios[round(math.log(ratio) / STEP)] += 1
        for name, value in unit.properties:
            if name in found.properties or len(found.properties) < MOST_PROPERTIES:
                found.properties.setdefault(name, Property()).add(value)
        for date in (unit.created, unit.changed):
            if date is not None:
                found.oldest = min(found.oldest or date, date)
                found.newest = max(found.newest or date, date)
    return found
