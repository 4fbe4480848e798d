"""Whether CAT tools will take a TMX file: all that is wrong with it, line by line.

OmegaT stops at the first breach of the schema; others say "invalid" and no more.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from satzpaar.alignments.formats.options import LANGUAGE_TAG
from satzpaar.alignments.formats.streams import opened, place_of
from satzpaar.alignments.keys import Keys, key_of
from satzpaar.alignments.tmx.dates import is_tmx_date
from satzpaar.alignments.tmx.dtd import elements
from satzpaar.alignments.tmx.elements import (
    ANY_LANGUAGE,
    CODES,
    UNIT_ATTRIBUTES,
    VERSION,
    WHITE_SPACE,
)
from satzpaar.translate.xml import LONGEST_TEXT, UTF16_MARKS, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from satzpaar.alignments.tmx.dtd import Element

# Of a warning no tool that we know stops.
Severity = Literal["error", "warning"]

DATES: Final = frozenset({"creationdate", "changedate", "lastusagedate"})
LANGUAGES: Final = frozenset({"xml:lang", "srclang", "adminlang"})
UTF16: Final = frozenset({"utf-16", "utf-16le", "utf-16be"})
ENCODINGS: Final = UTF16 | {"utf-8", "us-ascii"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    line: int  # from 1
    message: str  # what is wrong, and what was expected
    severity: Severity = "error"


def validate(path: Path | str) -> Iterator[Finding]:
    """Yield what is wrong with a TMX file, in the order of the file.

    Memory holds one unit, and twelve to forty bytes for the id of each.

    Raises:
        InputError: It is not well-formed, or declares entities: nothing can be said of
            what comes after.
    """
    with opened(path) as stream:
        yield from validate_stream(stream, place=place_of(path))


def validate_stream(
    stream: BinaryIO, *, place: Path | str = "<tmx>"
) -> Iterator[Finding]:
    """Yield what is wrong with a TMX stream, as `validate` does."""
    begun = _Begun(stream)
    checker = _Checker(place, utf16=begun.head.startswith(UTF16_MARKS))
    if begun.head.startswith(codecs.BOM_UTF8):
        yield Finding(1, "a byte order mark; some tools want UTF-8 without", "warning")
    for _ in checker.parser.feed(begun):  # type: ignore[arg-type]
        yield from checker.findings
        checker.findings.clear()


class _Begun:
    """A stream whose first bytes were looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.head = stream.read(4)
        self._given = False

    def read(self, size: int = -1) -> bytes:
        if not self._given:
            self._given = True
            return self.head
        return self._stream.read(size)


@dataclass(slots=True)
class _Open:
    """An element that has not ended yet."""

    name: str
    line: int
    rule: Element | None  # None: no element of TMX
    children: list[str] = field(default_factory=list)
    text: bool = False


@dataclass(slots=True)
class _Unit:
    """What is remembered of a <tu>."""

    line: int
    source: str  # the language that it must have
    languages: list[str] = field(default_factory=list)
    notes: int = 0


class _Checker:
    """Holds the stream of elements against the document type and the tools' rules."""

    def __init__(self, place: Path | str, *, utf16: bool) -> None:
        self.findings: list[Finding] = []
        self._utf16 = utf16  # whatever the file declares
        self._rules = elements()
        self._open: list[_Open] = []
        self._doctype = False
        self._source = ANY_LANGUAGE
        self._unit: _Unit | None = None
        self._ids = Keys()
        self._segment_has_text = False
        self._codes = 0  # inside how many codes we are; their text is none
        self._pairs: dict[str, int] = {}  # lines of the <bpt> not closed yet, by i
        self._used: set[str] = set()  # i of the segment
        self._size = 0
        self.parser = Parser(
            place,
            start=self._start,
            end=self._end,
            text=self._characters,
            doctype=self._take_doctype,
            declaration=self._take_declaration,
        )

    def _find(
        self, message: str, severity: Severity = "error", *, line: int | None = None
    ) -> None:
        self.findings.append(Finding(line or self.parser.line, message, severity))

    def _take_doctype(self, name: str) -> None:
        self._doctype = True
        if name != "tmx":
            self._find(f"the DOCTYPE is {name}, tmx is expected")

    def _take_declaration(self, encoding: str | None) -> None:
        if self._utf16 and encoding is not None and encoding.lower() not in UTF16:
            self._find(f"encoding {encoding}, but it is in UTF-16")
        elif encoding is not None and encoding.lower() not in ENCODINGS:
            self._find(f"encoding {encoding}; UTF-8 or UTF-16 is expected", "warning")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._size = 0
        rule = self._rules.get(name)
        if not self._open:
            self._start_root(name, attributes)
        else:
            self._check_place(name, known=rule is not None)
        self._open.append(_Open(name, self.parser.line, rule))
        if rule is not None:
            self._check_attributes(name, rule, attributes)
        if name in CODES or name == "sub":
            self._start_code(name, attributes)
        elif name == "header":
            self._start_header(attributes)
        elif name == "tu":
            self._start_unit(attributes)
        elif name == "tuv" and self._unit is not None:
            self._unit.languages.append(attributes.get("xml:lang", ""))
        elif name == "note" and self._unit is not None:
            self._unit.notes += 1
        elif name == "seg":
            self._segment_has_text = False
            self._codes = 0
            self._pairs, self._used = {}, set()

    def _start_root(self, name: str, attributes: dict[str, str]) -> None:
        if name != "tmx":
            raise self.parser.error(f"begins with <{name}>, <tmx> is expected")
        version = attributes.get("version")
        if version is not None and version != VERSION:
            self._find(f'version="{version}"; exactly {VERSION} is expected')
        if not self._doctype:
            self._find('no DOCTYPE; <!DOCTYPE tmx SYSTEM "tmx14.dtd">', "warning")

    def _check_place(self, name: str, *, known: bool) -> None:
        parent = self._open[-1]
        if parent.rule is None:
            return  # said of the parent
        if not known:
            self._find(f"<{name}> is no element of TMX {VERSION}")
        elif name not in parent.rule.children:
            self._find(f"<{name}> in <{parent.name}>; {parent.rule.model} is expected")
        elif parent.rule.order is not None:
            parent.children.append(name)

    def _check_attributes(
        self, name: str, rule: Element, attributes: dict[str, str]
    ) -> None:
        for attribute, value in attributes.items():
            legal = rule.attributes.get(attribute)
            if legal is None:
                if attribute.startswith("xmlns"):
                    continue
                hint = "; xml:lang is expected" if attribute == "lang" else ""
                self._find(f"<{name}> has no attribute {attribute}{hint}")
            elif legal.values and value not in legal.values:
                expected = " or ".join(legal.values)
                self._find(f'{attribute}="{value}"; {expected} is expected')
            else:
                self._check_value(attribute, value)
        for attribute, legal in rule.attributes.items():
            if legal.required and attribute not in attributes:
                self._find(f"<{name}> without {attribute}, which is required")

    def _check_value(self, attribute: str, value: str) -> None:
        if attribute in DATES:
            if not is_tmx_date(value):
                self._find(f'{attribute}="{value}"; YYYYMMDDThhmmssZ is expected')
        elif attribute in LANGUAGES:
            is_any = attribute == "srclang" and value == ANY_LANGUAGE
            if not is_any and not LANGUAGE_TAG.fullmatch(value):
                self._find(f'{attribute}="{value}"; a tag such as de-DE is expected')
        elif attribute == "usagecount" and not UNIT_ATTRIBUTES[attribute](value):
            self._find(f'{attribute}="{value}"; a number is expected')
        elif attribute == "tuid" and WHITE_SPACE.search(value):
            self._find(f'tuid="{value}"; no white space is expected')

    def _start_header(self, attributes: dict[str, str]) -> None:
        self._source = attributes.get("srclang", ANY_LANGUAGE)
        if attributes.get("creationtool") == "OmegaT":
            message = 'creationtool="OmegaT"; OmegaT takes that for a file of its own'
            self._find(message, "warning")

    def _start_unit(self, attributes: dict[str, str]) -> None:
        line = self.parser.line
        self._unit = _Unit(line, attributes.get("srclang", self._source))
        identifier = attributes.get("tuid")
        if identifier is not None and not self._ids.add(key_of(identifier)):
            self._find(f'tuid="{identifier}" comes again; each is expected once')

    def _start_code(self, name: str, attributes: dict[str, str]) -> None:
        self._codes += name != "sub"
        number = attributes.get("i")
        if number is None:
            return
        if name == "bpt":
            if number in self._used:
                self._find(f'<bpt i="{number}"> comes again in its segment')
            self._used.add(number)
            self._pairs[number] = self.parser.line
        elif name == "ept" and self._pairs.pop(number, None) is None:
            self._find(f'<ept i="{number}"> without a <bpt i="{number}"> before it')

    def _characters(self, text: str) -> None:
        self._size += len(text)
        if self._size > LONGEST_TEXT:
            raise self.parser.error(f"a text of over {LONGEST_TEXT} characters")
        if not text.isspace():
            inner = self._open[-1]
            if inner.rule is not None and not inner.rule.has_text and not inner.text:
                inner.text = True  # said once
                expected = inner.rule.model
                self._find(f"text in <{inner.name}>; {expected} is expected")
            if not self._codes:
                self._segment_has_text = True

    def _end(self, name: str) -> None:
        self._size = 0
        closed = self._open.pop()
        rule = closed.rule
        if rule is not None and rule.order is not None:
            names = "".join(f"{child} " for child in closed.children)
            if not rule.order.fullmatch(names):
                found = ", ".join(closed.children[:20]) or "nothing"
                self._find(
                    f"<{name}> has {found}; {rule.model} is expected", line=closed.line
                )
        if name in CODES:
            self._codes -= 1
            if name == "ut":
                self._find("<ut> is deprecated; <it> or <ph> is expected", "warning")
        elif name == "seg":
            self._end_segment(closed.line)
        elif name == "tu" and self._unit is not None:
            self._end_unit(self._unit)
            self._unit = None

    def _end_segment(self, line: int) -> None:
        if not self._segment_has_text:
            self._find("an empty <seg>; text is expected", line=line)
        for number, opened_at in self._pairs.items():
            self._find(
                f'<bpt i="{number}"> without an <ept i="{number}"> behind it; halves '
                "that stand alone are <it>",
                line=opened_at,
            )

    def _end_unit(self, unit: _Unit) -> None:
        if unit.languages and all(unit.languages):  # else it is said already
            self._check_languages(unit)
        if unit.notes > 1:
            message = f"{unit.notes} notes; some tools keep one only"
            self._find(message, "warning", line=unit.line)

    def _check_languages(self, unit: _Unit) -> None:
        languages, source = unit.languages, unit.source
        lower = [language.lower() for language in languages]
        for place, language in enumerate(lower):
            if language in lower[:place]:
                self._find(
                    f"two <tuv> in {languages[place]}; one is expected", line=unit.line
                )
        if len(set(lower)) == 1:
            message = "a single language; a text and its translation are expected"
            self._find(message, "warning", line=unit.line)
        if source == ANY_LANGUAGE or source in languages:
            return
        if source.lower() in lower:
            found = languages[lower.index(source.lower())]
            message = f"xml:lang={found}, but srclang={source}; tools compare case"
        else:
            message = f"no <tuv> in the srclang {source}, but {', '.join(languages)}"
        self._find(message, line=unit.line)
