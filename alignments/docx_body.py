"""The paragraphs of ``word/document.xml``, as their elements pass by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.docx_inline import FORMATTING, Piece, Wrapper
from satzpaar.translate.formats.docx_styles import (
    BODY_LEVEL,
    Formatting,
    attribute,
    formatting_of,
    level_of,
)
from satzpaar.translate.xml import LONGEST_TEXT, escaped_attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from satzpaar.translate.document import BlockKind
    from satzpaar.translate.formats.docx_styles import Styles

# What is not in the text that a reader sees: what tracked changes took away, how
# things were formatted before, the second version of a drawing for old programs, the
# readings above Asian characters.
SKIPPED: Final = frozenset(
    [
        "del", "moveFrom", "delText", "delInstrText", "Fallback", "rt", "rPrChange",
        "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange",
        "tcPrChange", "tblGridChange", "numberingChange", "sdtPr", "sectPr",
    ]
)  # fmt: skip

# What stands in the text and has none: how it is written as a code.
LITERALS: Final[Mapping[str, str]] = {
    "drawing": "<img>", "pict": "<img>", "object": "<object>",
    "footnoteReference": "<footnote>", "endnoteReference": "<endnote>",
}  # fmt: skip
CHARACTERS: Final[Mapping[str, str]] = {
    "tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011",
}  # fmt: skip

# Fields over many paragraphs; they are no markup of a sentence.
LONG_FIELDS: Final = frozenset(["TOC", "INDEX", "TOA", "BIBLIOGRAPHY", "RD"])
LINK_FIELD: Final = re.compile(r'HYPERLINK\s+(\\l\s+)?"([^"]*)"', re.IGNORECASE)


@dataclass(slots=True)
class Paragraph:
    """A paragraph while it is read, and what it was found to be."""

    in_cell: bool
    style: str | None = None
    level: int | None = None
    numbered: bool | None = None
    mark_deleted: bool = False  # by a tracked change: the next one belongs to it
    pieces: list[Piece] = field(default_factory=list)
    links: list[Wrapper | None] = field(default_factory=list)  # that are open
    run: _Run | None = None
    size: int = 0  # characters

    def kind(self, styles: Styles) -> BlockKind:
        """Name the kind of block that it is."""
        if self.in_cell:
            return "cell"
        level = self.level
        if styles.is_heading(self.style) if level is None else level < BODY_LEVEL:
            return "heading"
        numbered = self.numbered
        is_item = styles.is_item(self.style) if numbered is None else numbered
        return "item" if is_item else "paragraph"


@dataclass(slots=True)
class _Run:
    style: str | None = None
    direct: Formatting = field(default_factory=dict)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shown: bool = False  # past the instruction, in what it gives
    wrapper: Wrapper | None = None
    has_text: bool = False


class BodyReader:
    """Takes the elements of a document; ``paragraphs`` are in their order.

    Those of a text box come after the paragraph that it hangs on.
    """

    def __init__(self, styles: Styles, links: Mapping[str, str]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.root: str | None = None
        self.styles = styles
        self._links = links  # from the ids of relations to their targets
        self._open: list[Paragraph] = []
        self._carried: Paragraph | None = None
        self._fields: list[_Field] = []
        self._cells = 0
        self._skipping = 0
        self._within: list[str] = []
        self._text: list[str] | None = None
        self._keeps_space = False

    def unfinished_field(self) -> str | None:
        """Return the instruction of a field that hides all that comes after it."""
        return next((f.instruction for f in self._fields if not f.shown), None)

    def too_long(self) -> bool:
        """Whether the present paragraph is longer than any that is one."""
        return bool(self._open) and self._open[-1].size > LONGEST_TEXT

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self.root = self.root or name
        if self._skipping or name in SKIPPED:
            if not self._skipping and "pPr" in self._within[-2:] and self._open:
                self._open[-1].mark_deleted |= name in {"del", "moveFrom"}
            self._skipping += 1
            return
        self._within.append(name)
        if name == "p":
            self._start_paragraph()
        elif name == "tc":
            self._cells += 1
        elif name == "oMath":
            self._add("", "<math>")
            self._within.pop()
            self._skipping += 1
        elif self._open:
            self._start_inside(self._open[-1], name, attributes)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipping:
            self._skipping -= 1
            return
        self._within.pop()
        if name == "p" and self._open:
            done = self._open.pop()
            self._carried = done if done.mark_deleted else None
        elif name == "tc":
            self._cells -= 1
            self._carried = None
        elif name == "txbxContent":
            self._carried = None
        elif name == "r" and self._open:
            self._open[-1].run = None
        elif name in {"hyperlink", "fldSimple"} and self._open:
            if self._open[-1].links:
                self._open[-1].links.pop()
        elif name in {"t", "instrText"}:
            self._end_text(name)

    def text(self, text: str) -> None:
        """Take a stretch of text."""
        if self._text is not None and not self._skipping:
            self._text.append(text)

    def _start_paragraph(self) -> None:
        if self._carried is not None:
            paragraph, self._carried = self._carried, None
            paragraph.mark_deleted = False
            paragraph.style = paragraph.level = paragraph.numbered = None
        else:
            paragraph = Paragraph(in_cell=self._cells > 0)
            self.paragraphs.append(paragraph)
        self._open.append(paragraph)

    def _start_inside(
        self, paragraph: Paragraph, name: str, attributes: dict[str, str]
    ) -> None:
        parent = self._within[-2]
        if parent == "rPr":
            self._run_property(paragraph, name, attributes)
        elif parent in {"pPr", "numPr"}:
            _paragraph_property(paragraph, name, attributes)
        elif name == "r":
            paragraph.run = _Run()
        elif name == "hyperlink":
            paragraph.links.append(self._link(attributes))
        elif name == "fldSimple":
            instruction = attribute(attributes, "instr") or ""
            paragraph.links.append(_field_wrapper(instruction))
        elif paragraph.run is None:
            pass
        elif name in {"t", "instrText"}:
            self._text = []
            self._keeps_space = attributes.get("xml:space") == "preserve"
        elif name in CHARACTERS:
            self._add(CHARACTERS[name])
        elif name in LITERALS:
            self._add("", LITERALS[name])
        elif name == "sym":
            code = escaped_attribute(attribute(attributes, "char") or "")
            self._add("", f'<sym char="{code}">')
        elif name == "fldChar":
            self._field_character(attribute(attributes, "fldCharType"))

    def _run_property(
        self, paragraph: Paragraph, name: str, attributes: dict[str, str]
    ) -> None:
        if paragraph.run is None:  # of the paragraph's end mark
            return
        if name == "rStyle":
            paragraph.run.style = attribute(attributes, "val")
        paragraph.run.direct.update(formatting_of(name, attributes))

    def _link(self, attributes: dict[str, str]) -> Wrapper | None:
        target = self._links.get(attribute(attributes, "id") or "", "")
        if anchor := attribute(attributes, "anchor"):
            target += f"#{anchor}"
        return _link_wrapper(target)

    def _field_character(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            found = self._fields[-1]
            found.shown, found.wrapper = True, _field_wrapper(found.instruction)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            wrapper = ended.wrapper or _field_wrapper(ended.instruction)
            if wrapper is not None and not ended.has_text:
                self._add("", wrapper.opening)

    def _end_text(self, name: str) -> None:
        text, self._text = "".join(self._text or []), None
        if name == "instrText":
            if self._fields and not self._fields[-1].shown:
                self._fields[-1].instruction += text
        else:
            self._add(text if self._keeps_space else text.strip(" \t\r\n"))

    def _add(self, text: str, literal: str = "") -> None:
        """Add text, or what has none, if a reader would see it."""
        if not self._open or not (text or literal):
            return
        paragraph = self._open[-1]
        run = paragraph.run or _Run()
        hidden = self.styles.formatting(paragraph.style).get("hidden", False)
        formatting = self.styles.formatting(run.style) | run.direct
        if formatting.get("hidden", hidden):
            return
        if not all(found.shown for found in self._fields):
            return
        for found in self._fields:
            found.has_text = True
        wrappers = [w for w in paragraph.links if w is not None]
        wrappers += [f.wrapper for f in self._fields if f.wrapper is not None]
        in_link = any(wrapper.name == "a" for wrapper in wrappers)
        for key, wrapper in FORMATTING.items():
            # Links are underlined by their style, and nobody means it.
            if formatting.get(key) and not (key == "u" and in_link):
                wrappers.append(wrapper)
        paragraph.pieces.append(Piece(text, tuple(wrappers), literal))
        paragraph.size += len(text)


def _paragraph_property(
    paragraph: Paragraph, name: str, attributes: Mapping[str, str]
) -> None:
    if name == "pStyle":
        paragraph.style = attribute(attributes, "val")
    elif name == "outlineLvl":
        paragraph.level = level_of(attributes)
    elif name == "numId":
        paragraph.numbered = attribute(attributes, "val") != "0"


def _link_wrapper(target: str) -> Wrapper | None:
    if not target:
        return None
    return Wrapper("a", f'<a href="{escaped_attribute(target)}">')


def _field_wrapper(instruction: str) -> Wrapper | None:
    """Return what is written around what a field gives."""
    if link := LINK_FIELD.search(instruction):
        return _link_wrapper(("#" if link[1] else "") + link[2])
    name = (instruction.split() or [""])[0].upper()
    if not name or name in LONG_FIELDS:
        return None
    return Wrapper("field", f'<field type="{escaped_attribute(name)}">')
