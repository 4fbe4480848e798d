"""Texts in the markup of Markdown: in place of a picture, titles, attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from markdown_it.common.utils import unescapeAll

from satzpaar.translate.document import Block, Markup, parts_of
from satzpaar.translate.formats import html
from satzpaar.translate.formats.html_attributes import edit_of, translatable
from satzpaar.translate.formats.html_scanner import scan
from satzpaar.translate.formats.inline import Inline, cut
from satzpaar.translate.formats.markdown_notations import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from satzpaar.translate.formats import Segmenter
    from satzpaar.translate.formats.html_attributes import Edit

# Behind the address of a link or a picture, with what ends both.
QUOTED: Final = (
    r"\s(?P<title>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*"
)
TITLE: Final = re.compile(rf"{QUOTED}\)\Z", re.DOTALL)
TITLE_AT_END: Final = re.compile(rf"{QUOTED}\Z", re.DOTALL)
# What is a sign in the brackets of a picture, and in the quotes of a title.
IN_BRACKETS: Final = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)|[\[\]`]"
    r"|(?<!\s)\*|\*(?!\s)|(?<![\w\s])_|_(?![\w\s])|~(?=~)|(?<=~)~"
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
)
ESCAPED: Final = re.compile(r"\\(.)")  # in a value
IN_QUOTES: Final = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|\"|&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class HtmlBlock(Block):
    """A text in HTML: between the blocks of Markdown, or in a tag within them."""

    in_cell: bool = False


@dataclass(frozen=True, slots=True)
class TitleBlock(Block):
    """A text in brackets in place of a picture, or a title in quotes."""

    in_cell: bool = False
    of_template: bool = False  # the value of an attribute there, or in a list of them


def escape_within(text: str, block: HtmlBlock | TitleBlock) -> str:
    """Return a text as markup has it."""
    if isinstance(block, HtmlBlock):
        text = html.escape(text, block)
    elif block.of_template:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    else:
        in_quotes = block.separators[0].startswith('"')
        text = (IN_QUOTES if in_quotes else IN_BRACKETS).sub(r"\\\g<0>", text)
    return text.replace("|", "\\|") if block.in_cell else text


def of_html(block: Block, line: int = 0, *, in_cell: bool = False) -> HtmlBlock:
    """Return a block of HTML, *line* lines further down, as one of Markdown."""
    found = {each.name: getattr(block, each.name) for each in fields(Block)}
    return HtmlBlock(**found | {"line": block.line + line}, in_cell=in_cell)


@dataclass(frozen=True, slots=True)
class Words:
    """A text within markup, by its place in the content of a block."""

    start: int
    end: int
    text: str  # decoded
    before: str = ""  # what is written around a translation
    after: str = ""
    of_template: bool = False
    note: Inline | None = None  # in place of *text*: with the marks over it


@dataclass(frozen=True, slots=True)
class Marked:
    """Markup by its place in the content of a block, and the texts in it."""

    start: int
    end: int
    words: tuple[Words, ...] = ()
    is_tag: bool = False  # of HTML, whose attributes may be texts


def picture(content: str, start: int, end: int, token: Token, plain: str) -> Marked:
    """Find the texts of a picture.

    Args:
        content: The block's.
        start: Where the picture begins in it.
        end: Where it ends.
        token: The parser's.
        plain: What the text in its brackets says.
    """
    first = start + len("![")
    last = first + len(token.content)
    if content[first:last] != token.content:
        return Marked(start, end)
    closing = content[last:end]
    words = [Words(first, last, plain)]
    if (labelled := with_label(closing, token.content)) != closing:
        words = [Words(first, end, plain, after=labelled)]
    return Marked(start, end, (*words, *_title(content, last, end, token)))


def ending(content: str, start: int, end: int, token: Token) -> Marked:
    """Find the title of a link in what stands behind its text."""
    return Marked(start, end, tuple(_title(content, start, end, token)))


def with_label(closing: str, label: str) -> str:
    """Let a reference name the label that was its text."""
    return f"][{' '.join(label.split())}]" if closing in {"]", "][]"} else closing


def _title(content: str, start: int, end: int, token: Token) -> Iterator[Words]:
    """Yield the title that stands there; one that stands elsewhere stays."""
    title = token.attrGet("title")
    found = TITLE.search(content, start, end)
    # What looks like one may be a part of the address.
    if found and content[start] == "]" and unescapeAll(found["title"][1:-1]) == title:
        yield Words(*found.span("title"), str(title), before='"', after='"')


def in_values(markup: str, start: int) -> Iterator[Words]:
    """Yield the texts in the values of a template, or of a list of attributes.

    Args:
        markup: The whole.
        start: Where it begins in the content of its block.
    """
    for value in values(markup):
        first, last = (start + at for at in value.span("text"))
        text = ESCAPED.sub(r"\1", value["text"])
        yield Words(first - 1, last + 1, text, '"', '"', of_template=True)


def of_definition(content: str, title: str) -> Iterator[Words]:
    """Yield the title behind the address that a reference has."""
    found = TITLE_AT_END.search(content)
    if found and title and unescapeAll(found["title"][1:-1]) == title:
        yield Words(*found.span("title"), title, before='"', after='"')


@dataclass(frozen=True, slots=True)
class Reading:
    """How the markup of one block is read."""

    content: str
    offsets: Sequence[int]  # in the file, of each place in the content
    number: Callable[[int], int]  # of the line that an offset is in, from 0
    segmenter: Segmenter
    language: str
    in_cell: bool

    def edits(self, marked: Iterable[Marked]) -> Iterator[Edit]:
        """Yield what is to be replaced, by its place in the content."""
        for each in marked:
            yield from self._edits(each)

    def markups(
        self, marked: Iterable[Marked], old: str, new: str
    ) -> tuple[Markup, ...]:
        """Return all markup, or none where there is no text in any.

        Args:
            marked: What the text of one block has.
            old: Something in the content.
            new: What marks have in its place.
        """
        found: dict[str, Markup] = {}
        for each in marked:
            edits = [
                (start - each.start, end - each.start, part)
                for start, end, part in self._edits(each)
            ]
            source = self.content[each.start : each.end]
            parts = tuple(
                replace(part, source=(part.source or "").replace(old, new))
                if isinstance(part, Block)
                else part.replace(old, new)
                if isinstance(part, str)
                else part
                for part in parts_of(source, edits)
            )
            found[source] = Markup(source.replace(old, new), parts)
        changes = any(len(markup.parts) > 1 for markup in found.values())
        return tuple(found.values()) if changes else ()

    def _edits(self, marked: Marked) -> Iterator[Edit]:
        for words in marked.words:
            if (words.note or Inline(words.text)).translatable():
                yield words.start, words.end, self._block(words)
        if not marked.is_tag:
            return
        tag = self.content[marked.start : marked.end]
        for piece in scan(tag):
            for attribute in translatable(piece, self.language):
                start, end, part = edit_of(
                    attribute,
                    piece,
                    tag,
                    self.segmenter,
                    self.language,
                    line=self._line(marked.start + attribute.start),
                )
                if isinstance(part, Block):
                    part = of_html(part, in_cell=self.in_cell)
                yield marked.start + start, marked.start + end, part

    def _block(self, words: Words) -> Block:
        if words.note is not None:
            return Block(
                *cut(words.note, self.segmenter),
                kind="cell" if self.in_cell else "paragraph",
                line=self._line(words.start),
                source=self.content[words.start : words.end],
            )
        segments, (first, *between, last) = cut(Inline(words.text), self.segmenter)
        return TitleBlock(
            segments,
            (words.before + first, *between, last + words.after),
            kind="attribute",
            line=self._line(words.start),
            source=self.content[words.start : words.end],
            in_cell=self.in_cell,
            of_template=words.of_template,
        )

    def _line(self, at: int) -> int:
        return self.number(self.offsets[at]) + 1
