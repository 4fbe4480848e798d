"""TBX, the exchange format of terminology, read as a stream: a unit for each term.

Source: ISO 30042, TBX-Basic of 2008 (``martif``, ``termEntry``, ``langSet``) and of
2019 (``tbx``, ``conceptEntry``, ``langSec``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.formats.options import MOST_LANGUAGES_NAMED, primary
from satzpaar.alignments.formats.streams import opened, place_of
from satzpaar.translate.errors import InputError
from satzpaar.translate.xml import LONGEST_TEXT, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from satzpaar.alignments.formats.options import Reading

_ROOTS: Final = frozenset({"martif", "tbx"})
_ENTRIES: Final = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES: Final = frozenset({"langSet", "langSec"})
_TERMS: Final = frozenset({"tig", "ntig", "termSec"})
_STATUS: Final = frozenset({"administrativeStatus", "normativeAuthorization"})
_PREFERRED: Final = ("preferredTerm",)
_REFUSED: Final = ("deprecatedTerm", "supersededTerm")


def read_tbx(path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
    """Yield a unit for each term of the source language, in the order of the file.

    It is paired with the preferred term of its entry in the target language, or else
    with the first. Terms that the file calls deprecated or superseded are left out, and
    counted.

    Raises:
        InputError: There is no such file, it is no TBX, or has no entry in both
            languages.
    """
    place = place_of(path)
    builder = _Builder(place, how)
    with opened(path) as stream:
        for _ in builder.parser.feed(stream):
            yield from builder.units
            builder.units.clear()
    builder.check_end()


@dataclass(slots=True)
class _Term:
    """A term on its way."""

    language: str
    text: str = ""
    status: str = ""


@dataclass(slots=True)
class _Entry:
    """What is known of a concept."""

    id: str | None
    terms: list[_Term] = field(default_factory=list)


def _is_status(name: str, attributes: dict[str, str]) -> bool:
    """Say whether an element tells if a term is preferred, in either style of TBX."""
    return name in _STATUS or (name == "termNote" and attributes.get("type") in _STATUS)


class _Builder:
    """Makes units of what the parser finds."""

    def __init__(self, place: Path | str, how: Reading) -> None:
        self.units: list[TranslationUnit] = []
        self._place = place
        self._how = how
        self._begun = self._found = False
        self._seen: set[str] = set()
        self._entry: _Entry | None = None
        self._language = ""
        self._text: list[str] | None = None  # of <term> or a status
        self._size = 0
        self.parser = Parser(
            place, start=self._start, end=self._end, text=self._characters
        )

    def check_end(self) -> None:
        """Refuse a file that has no pair that is wanted."""
        if not self._seen:
            raise InputError(self._place, "has no terms")
        if not self._found:
            source, target = self._how.languages
            raise InputError(
                self._place,
                f"no entry has terms in {source} and {target}; the languages found: "
                f"{', '.join(sorted(self._seen)[:MOST_LANGUAGES_NAMED])}",
            )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._begun:
            self._begun = True
            if name not in _ROOTS:
                raise self.parser.error(
                    f"begins with <{name}>, <martif> or <tbx> is expected"
                )
        elif name in _ENTRIES:
            self._entry = _Entry(attributes.get("id"))
        elif self._entry is None:
            return
        elif name in _LANGUAGES:
            self._language = attributes.get("xml:lang", "")
            self._seen.add(self._language)
        elif name in _TERMS:
            self._entry.terms.append(_Term(self._language))
        elif name == "term" or _is_status(name, attributes):
            self._text, self._size = [], 0

    def _characters(self, text: str) -> None:
        if self._text is None:
            return
        self._text.append(text)
        self._size += len(text)
        if self._size > LONGEST_TEXT:
            raise self.parser.error(f"a text of over {LONGEST_TEXT} characters")

    def _end(self, name: str) -> None:
        if name in _ENTRIES and self._entry is not None:
            self.units += self._made(self._entry)
            self._entry = None
        elif self._text is not None and name in ("term", "termNote", *_STATUS):
            text = " ".join("".join(self._text).split())
            self._text = None
            if self._entry is None or not self._entry.terms:
                raise self.parser.error(f"<{name}> outside of a term's section")
            if name == "term":
                self._entry.terms[-1].text = text
            else:
                self._entry.terms[-1].status = text

    def _made(self, entry: _Entry) -> Iterator[TranslationUnit]:
        wanted = [primary(language) for language in self._how.languages]
        sides: list[list[_Term]] = [[], []]
        for term in entry.terms:
            if term.status.startswith(_REFUSED):
                self._how.losses["deprecated terms"] += 1
            elif term.text and primary(term.language) in wanted:
                sides[wanted.index(primary(term.language))].append(term)
        sources, targets = sides
        if not sources or not targets:
            self._how.losses["entries without both languages"] += 1
            return
        self._found = True
        best = next(
            (term for term in targets if term.status.startswith(_PREFERRED)), targets[0]
        )
        for term in sources:
            yield TranslationUnit(
                Variant(term.text, term.language),
                Variant(best.text, best.language),
                id=entry.id if len(sources) == 1 else None,
            )
