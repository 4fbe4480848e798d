"""XLIFF 2.0 and 2.1 read as a stream: a translation unit for each segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
from satzpaar.alignments.formats.options import Reading, primary
from satzpaar.alignments.formats.streams import opened, place_of
from satzpaar.alignments.formats.xliff_writer import (
    DATES,
    NO_ID,
    STATE,
    STATES,
    USUAL_STATE,
)
from satzpaar.alignments.tmx.dates import parsed_date
from satzpaar.translate.xml import LONGEST_TEXT, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from satzpaar.alignments.bitext import CodeKind

TEXTS: Final = frozenset({"source", "target", "data", "note", "meta"})


def read_xliff(path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
    """Yield a unit for each segment; what has no target has an empty one.

    The id is the unit's ``name`` or else its ``id``, with the number of the segment if
    there are several.

    Raises:
        InputError: There is no such file, it is no XLIFF 2, or in other languages.
    """
    place = place_of(path)
    with opened(path) as stream:
        yield from stream_units(stream, how, place=place)


def stream_units(
    stream: BinaryIO, how: Reading, *, place: Path | str = "<xliff>"
) -> Iterator[TranslationUnit]:
    """Yield the units of a stream, as `read_xliff` does."""
    builder = _Builder(place, how)
    for _ in builder.parser.feed(stream):
        yield from builder.units
        builder.units.clear()


@dataclass(frozen=True, slots=True)
class _RawCode:
    """A code whose content is still an id of original data."""

    position: int
    kind: CodeKind
    id: str
    data: str | None


@dataclass(slots=True)
class _Side:
    """A <source> or <target> on its way."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    codes: list[_RawCode] = field(default_factory=list)
    open: list[tuple[str, str | None]] = field(default_factory=list)  # of <pc>


@dataclass(slots=True)
class _Segment:
    """A <segment> on its way."""

    state: str | None
    source: _Side = field(default_factory=_Side)
    target: _Side = field(default_factory=_Side)


class _Builder:
    """Makes units of what the parser finds."""

    def __init__(self, place: Path | str, how: Reading) -> None:
        self.units: list[TranslationUnit] = []
        self._how = how
        self._languages = ("", "")
        self._begun = False
        self._segments: list[_Segment] = []
        self._segment: _Segment | None = None
        self._side: _Side | None = None
        self._identifier: str | None = None
        self._data: dict[str, str] = {}
        self._notes: list[str] = []
        self._dates: dict[str, datetime | None] = {}
        self._properties: list[tuple[str, str]] = []
        self._in_unit = False
        self._matches = 0  # of a <match>, whose texts are suggestions, not ours
        self._text: list[str] | None = None  # of <data>, <note> or <meta>
        self._size = 0
        self._key = ""  # the id of the data, or type of the metadata
        self._category = ""
        self.parser = Parser(
            place, start=self._start, end=self._end, text=self._characters
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        get = attributes.get
        if not self._begun:
            self._begin(name, attributes)
        elif self._matches or name == "match":
            self._matches += 1
        elif self._side is not None:
            self._start_inline(name, attributes)
        elif self._text is not None and name == "cp":
            self._characters(self._code_point(attributes))
        elif name == "unit":
            self._in_unit = True
            self._identifier = get("name") or get("id")
            if not get("name") and get("id", "").startswith(NO_ID):
                self._identifier = None  # our writer's
            self._segments = []
            self._data, self._dates = {}, {}
            self._notes, self._properties = [], []
        elif name == "segment":
            self._segment = _Segment(get("state"))
            self._segments.append(self._segment)
        elif name == "source" and self._segment is not None:
            self._side = self._segment.source
        elif name == "target" and self._segment is not None:
            self._side = self._segment.target
        elif name == "metaGroup":
            self._category = get("category", "")
        elif name in TEXTS and self._in_unit and name not in {"source", "target"}:
            self._key = get("id" if name == "data" else "type", "")
            self._text, self._size = [], 0

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._begun = True
        version = attributes.get("version", "")
        if name != "xliff":
            raise self.parser.error(f"begins with <{name}>, <xliff> is expected")
        if not version.startswith("2."):
            raise self.parser.error(f"XLIFF version {version or '?'}; 2.x is expected")
        found = attributes.get("srcLang"), attributes.get("trgLang")
        for wanted, tag in zip(
            (self._how.source_language, self._how.target_language), found, strict=True
        ):
            if wanted and tag and primary(wanted) != primary(tag):
                raise self.parser.error(
                    f"it is {found[0]}-{found[1]}; {wanted} is expected"
                )
        usual = self._how.languages
        self._languages = found[0] or usual[0], found[1] or usual[1]

    def _start_inline(self, name: str, attributes: dict[str, str]) -> None:
        side = self._side
        assert side is not None
        get = attributes.get
        if name == "cp":
            self._characters(self._code_point(attributes))
        elif name == "ph":
            self._code("alone", get("id", ""), get("dataRef"))
        elif name == "sc":
            self._code("open", get("id", ""), get("dataRef"))
        elif name == "ec":
            self._code("close", get("startRef") or get("id", ""), get("dataRef"))
        elif name == "pc":
            identifier = get("id", "")
            side.open.append((identifier, get("dataRefEnd")))
            self._code("open", identifier, get("dataRefStart"))
        elif name in {"mrk", "sm"}:
            self._how.losses["annotations"] += 1

    def _code(self, kind: CodeKind, identifier: str, data: str | None) -> None:
        assert self._side is not None
        self._side.codes.append(_RawCode(self._side.size, kind, identifier, data))

    def _code_point(self, attributes: dict[str, str]) -> str:
        try:
            return chr(int(attributes.get("hex", ""), 16))
        except (ValueError, OverflowError):
            raise self.parser.error("<cp> without a hex that is a code point") from None

    def _characters(self, text: str) -> None:
        if self._side is not None:
            self._side.pieces.append(text)
            self._side.size += len(text)
            size = self._side.size
        elif self._text is not None:
            self._text.append(text)
            self._size += len(text)
            size = self._size
        else:
            return
        if size > LONGEST_TEXT:
            raise self.parser.error(f"a text of over {LONGEST_TEXT} characters")

    def _end(self, name: str) -> None:
        if self._matches:
            self._matches -= 1
        elif self._side is not None:
            if name == "pc":
                identifier, data = self._side.open.pop()
                self._code("close", identifier, data)
            elif name in {"source", "target"}:
                self._side = None
        elif self._text is not None and name in TEXTS:
            self._keep(name, "".join(self._text))
            self._text = None
        elif name == "segment":
            self._segment = None
        elif name == "unit":
            self._finish_unit()
            self._in_unit = False

    def _keep(self, name: str, text: str) -> None:
        if name == "data":
            self._data[self._key] = text
        elif name == "note":
            self._notes.append(text)
        elif self._category == DATES and self._key in {"created", "changed"}:
            self._dates[self._key] = parsed_date(text)
        else:
            self._properties.append((self._key, text))

    def _finish_unit(self) -> None:
        several = len(self._segments) > 1
        for number, segment in enumerate(self._segments, start=1):
            properties = list(self._properties)
            if (
                segment.state in STATES
                and segment.state != USUAL_STATE
                and not any(name == STATE for name, _ in properties)
            ):
                properties.append((STATE, segment.state))
            numbers: dict[str, int] = {}
            sides = [
                Variant(
                    "".join(side.pieces), language, self._codes(side.codes, numbers)
                )
                for side, language in zip(
                    (segment.source, segment.target), self._languages, strict=True
                )
            ]
            identifier = self._identifier
            if several and identifier is not None:
                identifier = f"{identifier}/{number}"
            self.units.append(
                TranslationUnit(
                    sides[0],
                    sides[1],
                    id=identifier,
                    properties=tuple(properties),
                    note="\n".join(self._notes) if self._notes else None,
                    created=self._dates.get("created"),
                    changed=self._dates.get("changed"),
                )
            )

    def _codes(
        self, codes: list[_RawCode], numbers: dict[str, int]
    ) -> tuple[Code, ...]:
        """Give codes numbers by their ids, the same on both sides."""
        found = []
        for code in codes:
            number = numbers.get(code.id)
            if number is None:
                # Where our own writer had to make ids of one number differ.
                plain = code.id.partition("_")[0]
                if plain.isascii() and plain.isdecimal() and int(plain) > 0:
                    number = int(plain)
                else:
                    number = max(numbers.values(), default=0) + 1
                numbers[code.id] = number
            content = self._data.get(code.data, "") if code.data is not None else ""
            found.append(Code(code.position, code.kind, number, content))
        return tuple(found)
