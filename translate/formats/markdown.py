"""Markdown: the structure is copied byte for byte, only text is replaced."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from satzpaar.translate import files
from satzpaar.translate.document import Block, Document, Language, parts_of
from satzpaar.translate.formats import html
from satzpaar.translate.formats.front_matter import NARROWEST, FoldedBlock, front_matter
from satzpaar.translate.formats.inline import SIGNS, cut
from satzpaar.translate.formats.markdown_anchors import with_anchors
from satzpaar.translate.formats.markdown_inline import runs, shortened
from satzpaar.translate.formats.markdown_markup import (
    HtmlBlock,
    Marked,
    Reading,
    TitleBlock,
    escape_within,
    in_values,
    of_definition,
    of_html,
)
from satzpaar.translate.formats.markdown_parser import ends_of_links, parser
from satzpaar.translate.formats.spacing import unbroken
from satzpaar.translate.formats.writing import encoded, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from satzpaar.translate.document import BlockKind, Mark, Segment
    from satzpaar.translate.formats import Segmenter
    from satzpaar.translate.formats.html_attributes import Edit
    from satzpaar.translate.formats.markdown_inline import Run

LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")

# Words that would begin a list, a heading, a quotation or the like.
BEGINS_BLOCK: Final = re.compile(
    r"[-+*]$|#{1,6}$|>|\d{1,9}[.)]$|[=-]+$|[*_-]{3}|```|~~~|<(?!https?:)|[:|]"
    r"|!!!|\?\?\?|===|\*\[|\[\[?_?TOC|\[\^\S+\]:|\\[A-Za-z]|\\\[$|\{\{|\{%|\$\$"
)
# The same in a text, with the place for a backslash.
BLOCK_AT_START: Final = re.compile(
    r"^(\d{1,9}(?=[.)](?:\s|$))|(?=(?:[-+]|#{1,6})(?:\s|$)|>|=+$|~~~|\{[{%]|\$\$"
    r"|\\begin\{|\\[A-Za-z]+(?:\[[^\[\]]*\]|\{[^{}]*\})*$"
    r"|:(?:::|\s)|(?:!!!|\?\?\?\+?|===[+!]?)(?:[ \t]*[a-z\"]|$)))"
)
# Stands for that backslash until it is known whether the text begins a line. Unicode
# keeps this character for such uses, no text has it.
MAYBE_BACKSLASH: Final = "\ufdd0"
# What stands on a line before it: the signs of quotations, lists and notes, and the
# number that would be one of a list.
BEFORE_BLOCK: Final = re.compile(
    r"(?:[ \t>]|(?:[-+*:]|\d{1,9}[.)])(?=[ \t])|\[\^[^\]\s]+\]:)*(?:\d{1,9})?"
)
SYNTAX: Final = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"
    r"|`"
    r"|(?<!\s)\*|\*(?!\s)"
    r"|(?<![\w\s])_|_(?![\w\s])"
    r"|~(?=~)|(?<=~)~"
    r"|\[(?=\^|[^\[\]]*\][(\[:])|\](?=[(\[:])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|(?<=\s)#+$"
)
BAR_AT_EDGE: Final = re.compile(r"^\||\|$")
LINE_END: Final = re.compile(r"\r\n|\r|\n")
OF_TEMPLATE: Final = re.compile(r"[ \t>]*(?:\{[{%]|:::)")  # no program, no formula
URL: Final = re.compile(r"((?:https?://|www\.)\S+)")


def read(
    data: bytes,
    segmenter: Segmenter,
    *,
    place: Path | str = "<text>",
    encoding: str | None = None,
    language: str = "de",
) -> Document:
    """Read Markdown. See :class:`satzpaar.translate.formats.Reader`."""
    decoded = files.decode(data, place=place, encoding=encoding)
    text = decoded.text
    edits, start = front_matter(text, segmenter, language)
    edits.extend(_edits(text, start, segmenter, language))
    parts = parts_of(text, edits)
    return Document("markdown", tuple(parts), decoded.encoding, decoded.bom)


def write(
    document: Document,
    translations: Iterable[Segment],
    *,
    target_language: str | None = None,
) -> Iterator[bytes]:
    """Write Markdown; characters the encoding lacks become references."""
    pieces = written(
        document,
        shortened(document.segments(), unbroken(document, translations)),
        escape=_escape,
        target_language=target_language,
        may_begin_line=_may_begin_line,
    )
    pieces = with_anchors(document, _with_backslashes(document, pieces))
    return encoded(document, pieces, references=True)


def _escape(text: str, block: Block) -> str:
    if isinstance(block, HtmlBlock | TitleBlock):
        return escape_within(text, block)
    if isinstance(block, FoldedBlock):
        return text
    if block.kind == "metadata":  # a double-quoted string of YAML
        return text.replace("\\", "\\\\").replace('"', '\\"')
    pieces = [
        piece if index % 2 else SYNTAX.sub(r"\\\g<0>", piece)
        for index, piece in enumerate(URL.split(text))
    ]
    text = BLOCK_AT_START.sub(rf"\1{MAYBE_BACKSLASH}", "".join(pieces))
    if block.kind == "heading" and LINE_END.search(block.source or ""):
        # Its lines are one now: a bar, escaped or not, would make a table of it.
        text = BAR_AT_EDGE.sub("&#124;", text)
    return text.replace("|", "\\|") if block.kind == "cell" else text


def _may_begin_line(word: str, _: Block) -> bool:
    return not BEGINS_BLOCK.match(word.replace(MAYBE_BACKSLASH, ""))


def _with_backslashes(document: Document, pieces: Iterable[str]) -> Iterator[str]:
    """Decide for the text of each part where it would begin a block."""
    line = ""  # what is written of it
    for part, piece in zip(document.parts, pieces, strict=True):
        text = piece
        if isinstance(part, Block) and text != part.source:
            first, *others = text.split(MAYBE_BACKSLASH)
            text = first
            for other in others:
                before = LINE_END.split(line + text)[-1]
                text += "\\" if BEFORE_BLOCK.fullmatch(before) else ""
                text += other
        yield text
        line = LINE_END.split(line + text)[-1]


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a file by lines."""

    text: str
    starts: tuple[int, ...]  # of the lines, and the end of the text
    endings: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Source:
        """Divide *text*."""
        lines = [match for match in LINE.finditer(text) if match[0]]
        starts = (*(match.start() for match in lines), len(text))
        return cls(text, starts, tuple(match[2] for match in lines))

    def line(self, number: int) -> str:
        """Return a line, counted from 0, without its ending."""
        end = self.starts[number + 1] - len(self.endings[number])
        return self.text[self.starts[number] : end]

    def number(self, offset: int) -> int:
        """Return the line, counted from 0, that an offset is in."""
        return bisect_right(self.starts, offset, hi=len(self.endings)) - 1


def _edits(
    text: str, start: int, segmenter: Segmenter, language: str
) -> Iterator[tuple[int, int, Block | Language]]:
    """Yield the stretches to be replaced, in order."""
    source = _Source.of(text)
    environment: dict[str, object] = {}
    around: list[Token] = []
    cursor = 0  # in a row of a table
    for token in parser().parse(_body(text, start), environment):
        if token.nesting == 1:
            around.append(token)
        elif token.nesting == -1:
            around.pop()
        if token.type == "html_block":
            yield from _in_html(source, token, segmenter, language)
        elif token.type in {"copied", "definition"}:
            yield from _in_copied(source, token, segmenter, language)
        if token.type != "inline" or token.map is None or not token.content:
            continue
        kind = _kind(around)
        if kind == "cell":
            cursor = max(cursor, source.starts[token.map[0]])
            offsets = _offsets_in_row(source, cursor, token)
            cursor = offsets[-1] if offsets else cursor
        else:
            offsets = _offsets(source, token)
        if offsets is None:
            continue
        ends = ends_of_links(environment)
        reading = Reading(
            token.content, offsets, source.number, segmenter, language, kind == "cell"
        )
        for run in runs(token.content, token.children or (), ends):
            if run.inline.translatable():
                yield _block(source, run, kind, reading)
            else:
                yield from _alone(source, run, reading)


def _in_html(
    source: _Source, token: Token, segmenter: Segmenter, language: str
) -> Iterator[tuple[int, int, Block | Language]]:
    """Yield what is to be replaced in HTML; none behind a sign of Markdown."""
    assert token.map is not None
    first, last = token.map
    raw = source.text[source.starts[first] : source.starts[last]]
    stripped, content = (
        [line.strip() for line in LINE_END.split(text.rstrip())]
        for text in (raw, token.content)
    )
    if stripped != content or not html.stands_alone(raw, language):
        return
    at = source.starts[first]
    for part in html.parts(raw, segmenter, language):
        if isinstance(part, Block):
            assert part.source is not None
            end = at + len(part.source)
            yield at, end, part.changed(partial(of_html, line=first))
            at = end
        elif isinstance(part, Language):
            yield at, at + len(part.code), part
            at += len(part.code)
        else:
            at += len(part)


def _in_copied(
    source: _Source, token: Token, segmenter: Segmenter, language: str
) -> Iterator[Edit]:
    """Yield the texts in lines that are none themselves.

    They are values in templates and containers, and the title of a link's address.
    """
    assert token.map is not None
    first, last = token.map
    start, end = source.starts[first], source.starts[last]
    content = source.text[start:end]
    if token.type == "definition":
        words = of_definition(content, token.meta["title"])
    elif OF_TEMPLATE.match(content):
        words = in_values(content, 0)
    else:
        return
    offsets = range(start, end + 1)
    reading = Reading(
        content, offsets, source.number, segmenter, language, in_cell=False
    )
    for at, behind, part in reading.edits([Marked(0, len(content), tuple(words))]):
        yield start + at, start + behind, part


def _body(text: str, start: int) -> str:
    """Blank the front matter; count lines and characters as the parser does."""
    text = re.sub(r"\r\n|\r", "\n", text[:start]).count("\n") * "\n" + text[start:]
    return re.sub(r"\r\n|\r", "\n", text)


def _kind(around: Sequence[Token]) -> BlockKind:
    types = [token.type for token in around[-2:]]
    if types[-1] in {"heading_open", "admonition_open"}:
        return "heading"
    if types[-1] in {"th_open", "td_open"}:
        return "cell"
    in_item = types[0] in {"list_item_open", "definition_open"}
    return "item" if in_item else "paragraph"


def _offsets(source: _Source, token: Token) -> list[int] | None:
    """Map the content of a block to its source; its end is the last entry.

    The parser has taken away what stands before and after the lines, and nothing
    else: each line of the content is a line's end but for white space, or, in a
    heading, "#".
    """
    assert token.map is not None
    offsets: list[int] = []
    for number, content in enumerate(token.content.split("\n"), start=token.map[0]):
        line = source.line(number)
        if token.meta.get("behind"):  # the title of an admonition
            line = line[: line.rindex(token.meta["behind"])]
        visible = content.strip()
        at = line.rfind(visible)
        closing = line[at + len(visible) :]
        if closing.strip() and token.map[1] - token.map[0] == 1:
            at = line.rfind(visible, 0, len(re.sub(r"[ \t]+#+[ \t]*$", "", line)))
            closing = line[at + len(visible) :].strip("#")
        if at < 0 or closing.strip():
            return None
        at += source.starts[number]
        leading = len(content) - len(content.lstrip())
        offsets += [at] * leading
        offsets += range(at, at + len(content) - leading + 1)
    return offsets


def _offsets_in_row(source: _Source, cursor: int, token: Token) -> list[int] | None:
    """Map the content of a cell, in whose source every bar has a backslash."""
    at = source.text.find(token.content.replace("|", "\\|"), cursor)
    if at < 0:
        return None
    offsets = [at]
    for character in token.content:
        offsets.append(offsets[-1] + (2 if character == "|" else 1))
    return offsets


def _alone(source: _Source, run: Run, reading: Reading) -> Iterator[Edit]:
    """Yield the texts in markup that has none around it."""
    for first, last, part in reading.edits(run.marked):
        start, end = reading.offsets[first], reading.offsets[last]
        if isinstance(part, Block):
            yield start, end, replace(part, source=source.text[start:end])
        else:
            yield start, end, part


def _block(
    source: _Source, run: Run, kind: BlockKind, reading: Reading
) -> tuple[int, int, Block]:
    offsets = reading.offsets
    start, end = offsets[run.start], offsets[run.end]
    first, last = source.number(start), source.number(end)
    bar = "\\|" if kind == "cell" else "|"  # which even code escapes there
    inline = replace(run.inline, marks=_with(run.inline.marks, "|", bar))
    # A bar of a cell would end it.
    signs = SIGNS.replace("|", "") if kind == "cell" else SIGNS
    segments, separators = cut(inline, reading.segmenter, signs=signs)
    # A line of soft hyphens alone is no blank line in the source, but would be in ours.
    separators = (separators[0].lstrip("\n"), *separators[1:])
    separators = (*separators[:-1], separators[-1].rstrip("\n"))
    block = Block(
        segments,
        separators,
        kind=kind,
        line=first + 1,
        source=source.text[start:end],
        newline=source.endings[first] or "\n",
    )
    first_break = reading.content.find("\n", run.start, run.end)
    if first_break < 0:
        markups = reading.markups(run.marked, "|", bar)
        return start, end, replace(block, markups=markups)
    # Code and tags over a line end need what stands before the next line.
    indent = source.text[source.starts[first + 1] : offsets[first_break + 1]]
    newline = block.newline + indent
    marked = (replace(s, marks=_with(s.marks, "\n", newline)) for s in segments)
    markups = reading.markups(run.marked, "\n", newline)
    block = replace(block, segments=tuple(marked), markups=markups)
    breaks = run.inline.text.count("\n")
    if not breaks or breaks == sum(separator.count("\n") for separator in separators):
        # One sentence a line: some write so on purpose.
        separators = tuple(text.replace("\n", newline) for text in separators)
        return start, end, replace(block, separators=separators)
    prefix = source.text[source.starts[first] : start]
    if run.start > 0 and reading.content[run.start - 1] != "\n":
        prefix = ""
    head, *between, tail = (text.replace("\n", newline) for text in separators)
    block = replace(
        block,
        separators=(prefix + head, *between, tail),
        source=source.text[start - len(prefix) : end],
        width=max(
            NARROWEST,
            *(len(source.line(n).rstrip()) for n in range(first, last + 1)),
        ),
        indent=indent,
    )
    return start - len(prefix), end, block


def _with(marks: Iterable[Mark], old: str, new: str) -> tuple[Mark, ...]:
    """Replace something in the markup of marks."""
    return tuple(
        replace(
            mark,
            opening=mark.opening.replace(old, new),
            closing=mark.closing.replace(old, new),
        )
        for mark in marks
    )
