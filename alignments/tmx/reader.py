"""TMX read as a stream of units: leniently, safely, in constant memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.formats.options import (
    MOST_LANGUAGES_NAMED,
    Reading,
    primary,
)
from satzpaar.alignments.formats.streams import opened, place_of
from satzpaar.alignments.tmx.dates import parsed_date
from satzpaar.alignments.tmx.elements import (
    ANY_LANGUAGE,
    CODES,
    LINE_BREAK,
    UNIT_ATTRIBUTES,
)
from satzpaar.alignments.tmx.inline import RawCode, numbered
from satzpaar.translate.errors import InputError
from satzpaar.translate.xml import LONGEST_TEXT, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

# What is kept of a code beside its content; others have type and assoc.
CODE_ATTRIBUTES: Final = frozenset({"i", "x", "pos"})
MOST_CHOICES: Final = 10_000  # that are remembered; few files have more than one


def read_tmx(path: Path | str, how: Reading | None = None) -> Iterator[TranslationUnit]:
    """Yield the units of a file that have both languages, read as `stream_units` does.

    Raises:
        InputError: There is no such file, it is no TMX, or none in these languages.
    """
    with opened(path) as stream:
        yield from stream_units(stream, how or Reading(), place=place_of(path))


def stream_units(
    stream: BinaryIO, how: Reading, *, place: Path | str = "<tmx>"
) -> Iterator[TranslationUnit]:
    """Yield the units of a TMX stream that have both languages, in order.

    The source is by default what the unit or the header says or, if that is ``*all*``,
    the first unit's first language; the target is the first other one. Languages
    match as a whole if they can, else by their first part, whatever the case. Of
    several variants in one language the first is taken. What is passed over is counted
    in the losses.

    Raises:
        InputError: Not well-formed, no TMX, with a DTD of its own, or without a single
            unit in both languages.
    """
    builder = _Builder(place, how)
    found = False
    for _ in builder.parser.feed(stream):
        if builder.units:
            found = True
            yield from builder.units
            builder.units.clear()
    if not found and builder.seen:
        languages = ", ".join(sorted(builder.seen)[:MOST_LANGUAGES_NAMED])
        source, target = builder.source or "a source", builder.target or "a target"
        raise InputError(
            place,
            f"no unit in {source} and {target}; the languages found: {languages}",
        )


@dataclass(slots=True)
class _Variant:
    """A <tuv> on its way."""

    language: str
    line: int
    attributes: dict[str, str]
    text: str | None = None  # None: no <seg> so far
    codes: list[RawCode] = field(default_factory=list)


class _Builder:
    """Makes units of what the parser finds."""

    def __init__(self, place: Path | str, how: Reading) -> None:
        self.units: list[TranslationUnit] = []
        self.seen: set[str] = set()  # languages
        # Which variants were chosen, by their languages and the unit's own srclang.
        self._places: dict[tuple[str | None, ...], tuple[int, int]] = {}
        self.source = how.source_language
        self.target = how.target_language
        self._how = how
        self._losses = how.losses
        self._begun = False
        self._in_unit = False
        self._attributes: dict[str, str] = {}
        self._properties: list[tuple[str, str]] = []
        self._notes: list[str] = []
        self._variants: list[_Variant] = []
        self._variant: _Variant | None = None
        self._type = ""  # of the <prop> that is being read
        # Where text goes: the pieces of a segment, code, note or property, or nowhere.
        self._pieces: list[str] | None = None
        self._size = 0  # characters in the pieces
        self._in_segment = False
        self._outer: tuple[list[str], int] | None = None  # the segment around a code
        self._code: tuple[str, dict[str, str]] | None = None
        self._code_depth = 0
        self.parser = Parser(
            place, start=self._start, end=self._end, text=self._characters
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._begun:
            self._begun = True
            if name.lower() != "tmx":
                raise self.parser.error(f"begins with <{name}>, <tmx> is expected")
        elif self._in_segment:
            self._start_inline(name, attributes)
        elif name == "tu":
            self._start_unit(attributes)
        elif name == "header":
            language = attributes.get("srclang", ANY_LANGUAGE).strip()
            if self.source is None and language.lower() not in {ANY_LANGUAGE, ""}:
                self.source = language.replace("_", "-")
        elif name in {"note", "prop"}:
            if not self._in_unit:
                self._losses["notes and properties of the header"] += 1
                return
            self._type = attributes.get("type", "")
            self._pieces, self._size = [], 0
        elif self._in_unit and name == "tuv":
            self._start_variant(attributes)
        elif self._variant is not None and name == "seg":
            self._pieces, self._size = [], 0
            self._in_segment = True

    def _start_unit(self, attributes: dict[str, str]) -> None:
        self._in_unit = True
        self._attributes = attributes
        self._properties = []
        self._notes = []
        self._variants = []

    def _start_variant(self, attributes: dict[str, str]) -> None:
        language = attributes.get("xml:lang") or attributes.get("lang") or ""
        language = language.strip().replace("_", "-")
        if not language:
            raise self.parser.error("<tuv> without xml:lang")
        self._variant = _Variant(language, self.parser.line, attributes)
        self._variants.append(self._variant)
        self.seen.add(language)

    def _start_inline(self, name: str, attributes: dict[str, str]) -> None:
        if self._code is not None:
            self._code_depth += 1
            if name == "sub":
                self._losses["texts inside codes"] += 1
        elif name in CODES:
            assert self._pieces is not None
            self._code = name, attributes
            self._code_depth = 0
            self._outer = self._pieces, self._size
            self._pieces, self._size = [], 0
        else:  # <hi> and what others add hold text
            self._losses["highlights"] += 1

    def _characters(self, text: str) -> None:
        if self._pieces is None:
            return
        self._pieces.append(text)
        self._size += len(text)
        if self._size > LONGEST_TEXT:
            raise self.parser.error(
                f"a text of over {LONGEST_TEXT} characters, which is refused"
            )

    def _end(self, name: str) -> None:
        if self._in_segment:
            self._end_inline(name)
        elif name == "tu":
            if self._in_unit:
                self._finish_unit()
            self._in_unit = False
        elif name == "tuv":
            if self._variant is not None and self._variant.text is None:
                raise InputError(
                    self.parser.place, "<tuv> without <seg>", line=self._variant.line
                )
            self._variant = None
        elif self._pieces is not None and name in {"note", "prop"}:
            text = "".join(self._pieces)
            if name == "note":
                self._notes.append(text)
            elif (self._type, text) not in self._properties or self._variant is None:
                self._properties.append((self._type, text))
            self._pieces = None

    def _end_inline(self, name: str) -> None:
        assert self._pieces is not None
        if self._code is not None:
            if self._code_depth:
                self._code_depth -= 1
                return
            assert self._outer is not None
            assert self._variant is not None
            tag, attributes = self._code
            get = attributes.get
            content = "".join(self._pieces)
            if not attributes.keys() <= CODE_ATTRIBUTES:
                self._losses["attributes of codes"] += 1
            if not content and get("type") == LINE_BREAK:
                content = "\n"  # or nothing would say what the empty code stands for
            self._pieces, self._size = self._outer
            self._code = None
            self._variant.codes.append(
                RawCode(self._size, tag, get("i"), get("x"), get("pos"), content)
            )
        elif name == "seg":
            assert self._variant is not None
            self._variant.text = "".join(self._pieces)
            self._pieces = None
            self._in_segment = False

    def _finish_unit(self) -> None:
        pair = self._chosen()
        if pair is None:
            self._losses["units without both languages"] += 1
            return
        source, target = pair
        if len(self._variants) > 2:
            self._losses["variants in other languages"] += len(self._variants) - 2
        source_codes, target_codes = (
            numbered(source.codes, target.codes)
            if source.codes or target.codes
            else ((), ())
        )
        assert source.text is not None
        assert target.text is not None
        created = changed = None
        # Most say nothing but their id and language, and there are millions.
        if (
            len(self._attributes) > ("tuid" in self._attributes)
            or len(source.attributes) + len(target.attributes) > 2
        ):
            created = self._date("creationdate", source, target)
            changed = self._date("changedate", source, target)
            self._keep_attributes(source, target)
        self.units.append(
            TranslationUnit(
                Variant(source.text, source.language, source_codes),
                Variant(target.text, target.language, target_codes),
                id=self._attributes.get("tuid") or None,
                properties=tuple(self._properties),
                note="\n".join(self._notes) if self._notes else None,
                created=created,
                changed=changed,
            )
        )

    def _chosen(self) -> tuple[_Variant, _Variant] | None:
        """Find the two variants that are wanted; for the same languages the same."""
        variants = self._variants
        asked = (
            self._attributes.get("srclang"),
            *[variant.language for variant in variants],
        )
        places = self._places.get(asked)
        if places is None:
            chosen = self._choose()
            if chosen is not None and len(self._places) < MOST_CHOICES:
                self._places[asked] = (
                    variants.index(chosen[0]),
                    variants.index(chosen[1]),
                )
            return chosen
        return variants[places[0]], variants[places[1]]

    def _choose(self) -> tuple[_Variant, _Variant] | None:
        """Find the two variants that are wanted.

        Where nobody said which, a memory of several languages gives of each unit the
        languages of the first one, or what the unit has instead.
        """
        if not self._variants:
            return None
        wanted = self._how.source_language
        own = self._attributes.get("srclang", "").strip()
        source = _matching(self._variants, wanted or own or self.source)
        if source is None:
            if wanted is not None:
                return None
            source = self._variants[0]
        others = [variant for variant in self._variants if variant is not source]
        target = _matching(others, self.target)
        if target is None:
            if self._how.target_language is not None:
                return None
            tag = source.language.lower()
            target = next((v for v in others if v.language.lower() != tag), None)
            if target is None:
                return None
        self.source = self.source or source.language
        self.target = self.target or target.language
        return source, target

    def _date(self, name: str, source: _Variant, target: _Variant) -> datetime | None:
        """Return the unit's date or, as some tools have it, one of its variants'."""
        for owner in (self._attributes, target.attributes, source.attributes):
            if name in owner:
                date = parsed_date(owner[name])
                if date is None:
                    self._losses["unreadable dates"] += 1
                return date
        return None

    def _keep_attributes(self, source: _Variant, target: _Variant) -> None:
        """Make properties of attributes, the unit's own before its variants'."""
        kept = [item for item in self._attributes.items() if item[0] in UNIT_ATTRIBUTES]
        for owner in (target.attributes, source.attributes):
            if len(owner) > 1:  # it says more than its language
                known = {name for name, _ in (*kept, *self._properties)}
                kept += (
                    (name, value)
                    for name, value in owner.items()
                    if name in UNIT_ATTRIBUTES and name not in known
                )
        if kept:
            self._properties[:0] = kept


def _matching(variants: list[_Variant], wanted: str | None) -> _Variant | None:
    if wanted is None:
        return None
    tag = wanted.lower().replace("_", "-")
    for variant in variants:
        if variant.language.lower() == tag:
            return variant
    return next((v for v in variants if primary(v.language) == primary(wanted)), None)
