"""How a bitext is to be read and written, and what got lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from satzpaar.alignments.bitext import TranslationUnit

STREAM: Final = "-"  # a standard stream; a file of that name is ./-

# Of files that do not name their languages.
USUAL_SOURCE_LANGUAGE: Final = "de"
USUAL_TARGET_LANGUAGE: Final = "en"

# Source: RFC 5646, 2.1, without languages of four to eight letters, of which none is
# registered: XML Schema's `language` lets "q" and "German" pass, which no tool knows.
LANGUAGE_TAG: Final = re.compile(
    "([A-Za-z]{2,3}|[IXix](?=-))(-[A-Za-z0-9]{1,8})*",
)

MOST_LANGUAGES_NAMED: Final = 40  # in a message

# What a file could not hold, or a reader not use, and how often: "notes", 3.
Losses = Counter[str]
INLINE_CODES: Final = "inline codes"  # a loss: formatting, links and the like
_HALF: Final = re.compile("[\ud800-\udfff]")
HALF_EMPTY: Final = "half-empty units"  # a loss: one side has no text


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read. Formats pass over what does not concern them."""

    # As tags: "de" takes de-AT too, "de-AT" takes other German where there is no such.
    # None: as the file says, and what it does not say is German and English.
    source_language: str | None = None
    target_language: str | None = None
    columns: tuple[int, int] | None = None  # of a TSV without header, from 1
    header: bool | None = None  # of a TSV; None: by its first line
    escapes: bool = False  # of a TSV: \t, \n, \r and \\ are escapes
    texts: tuple[Path, Path] | None = None  # whose lines a ladder or list pairs
    losses: Losses = field(default_factory=Counter, compare=False)

    def __post_init__(self) -> None:
        _check_languages(self.source_language, self.target_language)

    @property
    def languages(self) -> tuple[str, str]:
        """What the languages are where the file does not say."""
        return (
            self.source_language or USUAL_SOURCE_LANGUAGE,
            self.target_language or USUAL_TARGET_LANGUAGE,
        )


@dataclass(frozen=True, slots=True)
class Writing:
    """How to write. Formats pass over what does not concern them."""

    # The tags written, whatever the units have: "de-DE". None: as the units have them.
    source_language: str | None = None
    target_language: str | None = None
    created: datetime | None = None  # the file, where its format tells
    header: bool = False  # of a TSV: column names, and columns for what else is known
    escapes: bool = False  # of a TSV: \t, \n, \r and \\ are escapes
    texts: tuple[Path, Path] | None = None  # whose lines a ladder or list pairs
    losses: Losses = field(default_factory=Counter, compare=False)

    def __post_init__(self) -> None:
        _check_languages(self.source_language, self.target_language)


def _check_languages(*tags: str | None) -> None:
    for tag in tags:
        if tag is not None and not LANGUAGE_TAG.fullmatch(tag):
            raise UsageError(f"no language tag: {tag!r}; one such as de-DE is expected")


def primary(tag: str) -> str:
    """Return the language of a tag without its region, in lower case.

    >>> primary("DE_at")
    'de'
    """
    return re.split("[-_]", tag.strip().lower())[0]


class Wanted:
    """The languages that are wanted of a file whose units name theirs.

    Args:
        place: The file.
        how: What is wanted, and what holds of units that name none.
    """

    def __init__(self, place: Path | str, how: Reading) -> None:
        self._place = place
        self._how = how
        self._found = False
        self._seen: set[str] = set()

    def tags(self, source: str | None, target: str | None) -> tuple[str, str] | None:
        """Return a unit's tags, or None, which is counted, if others are wanted."""
        how = self._how
        for found, wanted in (
            (source, how.source_language),
            (target, how.target_language),
        ):
            if found and wanted and primary(found) != primary(wanted):
                how.losses["units without both languages"] += 1
                self._seen.add(f"{source}-{target}")
                return None
        self._found = True
        return source or how.languages[0], target or how.languages[1]

    def check_end(self) -> None:
        """Refuse a file that has units, but none that is wanted."""
        if self._seen and not self._found:
            source, target = self._how.languages
            raise InputError(
                self._place,
                f"no unit in {source} and {target}; the languages found: "
                f"{', '.join(sorted(self._seen)[:MOST_LANGUAGES_NAMED])}",
            )


class Pair:
    """The pair of languages of a file that can hold only one.

    Args:
        place: The file.
        how: Its tags, if given, are those of the file; else the first unit's are.
    """

    def __init__(self, place: Path | str, how: Writing) -> None:
        self._place = place
        self._how = how
        self._units = 0
        self.source = how.source_language
        self.target = how.target_language

    def check(self, unit: TranslationUnit) -> None:
        """Take the languages of the first unit, and refuse units in others.

        Raises:
            InputError: The unit is in other languages; of another region is no matter.
        """
        self._units += 1
        found = unit.source.language, unit.target.language
        self.source = self.source or found[0]
        self.target = self.target or found[1]
        own = primary(found[0]), primary(found[1])
        held = primary(self.source), primary(self.target)
        if own != held:
            turned = f"; --source-language {held[0]} turns it round"
            raise InputError(
                self._place,
                f"unit {self._units} is {found[0]} to {found[1]}; this format holds one"
                f" pair of languages, here {self.source} to {self.target}"
                f"{turned if own == held[::-1] else ''}",
            )

    @property
    def tags(self) -> tuple[str, str]:
        """The tags, also of a file without a unit."""
        return (
            self.source or USUAL_SOURCE_LANGUAGE,
            self.target or USUAL_TARGET_LANGUAGE,
        )


def count_losses(
    unit: TranslationUnit,
    losses: Losses,
    *,
    keeps: Mapping[str, object] | frozenset[str] = frozenset(),
) -> None:
    """Count what a unit has beside its texts, but for what the format *keeps*."""
    if unit.id is not None and "ids" not in keeps:
        losses["ids"] += 1
    if unit.note is not None and "notes" not in keeps:
        losses["notes"] += 1
    dates = (unit.created is not None) + (unit.changed is not None)
    if dates and "dates" not in keeps:
        losses["dates"] += dates
    if unit.properties and "properties" not in keeps:
        losses["properties"] += len(unit.properties)
    codes = len(unit.source.codes) + len(unit.target.codes)
    if codes and INLINE_CODES not in keeps:
        losses[INLINE_CODES] += codes


def without_halves(text: str, losses: Losses) -> str:
    """Leave out halves of surrogate pairs, which JSON may have and no file in UTF-8."""
    if _HALF.search(text):
        text, count = _HALF.subn("", text)
        losses["control characters"] += count
    return text


# What a writer gives to whoever has units: a function that takes them one by one.
Write: TypeAlias = "Callable[[TranslationUnit], None]"
