"""The paragraphs of a DOCX file as blocks, that become paragraphs again.

A block is written as one run that begins in its first separator and ends in its last.
What looks otherwise, and whatever stands between runs, are marks: they end the run and
begin another. So no order of marks makes XML that is not well-formed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from satzpaar.translate.document import Block, Language
from satzpaar.translate.formats.alternatives import (
    alternatives,
    each_once,
    parts_with,
)
from satzpaar.translate.formats.archive import escape
from satzpaar.translate.formats.docx_runs import (
    Item,
    RunReader,
    as_runs,
)
from satzpaar.translate.formats.docx_styles import BODY_LEVEL
from satzpaar.translate.formats.inline import InlineBuilder, cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.document import BlockKind
    from satzpaar.translate.formats import Segmenter
    from satzpaar.translate.formats.docx_styles import Styles
    from satzpaar.translate.formats.xml_tree import Element

NOT_A_NUMBER = "0"  # of a list: none


@dataclass(slots=True)
class ParagraphReader:
    """Makes parts of a document of the paragraphs in a part of a DOCX file.

    Args:
        text: The part.
        prefix: What the names of WordprocessingML begin with, such as ``w:``.
        styles: Say what kind a paragraph is of.
        segmenter: Cuts the text of a block into segments.
        line: The number of the next paragraph, which stands for its line.
    """

    text: str
    prefix: str
    styles: Styles
    segmenter: Segmenter
    line: int = 1
    _runs: RunReader = field(init=False)

    def __post_init__(self) -> None:
        self._runs = RunReader(self.text, self.prefix, self.styles)

    def parts(
        self, paragraph: Element, *, in_cell: bool
    ) -> Iterator[str | Block | Language]:
        """Yield what a paragraph is made of."""
        line, self.line = self.line, self.line + 1
        properties = paragraph.child("pPr")
        start = properties.end if properties else paragraph.inner
        yield self.text[paragraph.start : start]
        stretches = _stretches(self._runs.items(paragraph))
        # Of one stretch alone: a run may go on behind a break.
        source = self.text[start : paragraph.outer] if len(stretches) == 1 else None
        kind = self._kind(properties, in_cell=in_cell)
        for items, ending in stretches:
            yield from self._stretch(items, kind, line, source)
            if ending is not None:
                yield as_runs(ending, self.prefix)
        yield self.text[paragraph.outer : paragraph.end]

    def _stretch(
        self, items: Sequence[Item], kind: BlockKind, line: int, source: str | None
    ) -> Iterator[str | Block | Language]:
        writer = _Stretch(self.prefix, items)
        inline = writer.builder.inline()
        if not inline.translatable():
            raw = writer.as_it_is() if source is None else source
            yield from parts_with(raw, alternatives(raw, self.segmenter, line))
            return
        segments, (first, *between, last) = cut(inline, self.segmenter, escape)
        first, last = writer.begin + first, last + writer.end
        separators = (first, *between, last)
        markups = (
            markup
            for item in items
            if item.kind not in {"text", "verbatim"}
            for markup in alternatives(item.raw, self.segmenter, line)
        )
        yield Block(
            segments, separators, kind, line, source=source, markups=each_once(markups)
        )

    def _kind(self, properties: Element | None, *, in_cell: bool) -> BlockKind:
        if in_cell:
            return "cell"
        found = (
            {child.name: child for child in properties.children} if properties else {}
        )
        style = found["pStyle"].get("val") if "pStyle" in found else None
        level = found["outlineLvl"].get("val") if "outlineLvl" in found else None
        if level is not None and level.isdecimal():
            is_heading = int(level) < BODY_LEVEL
        else:
            is_heading = self.styles.is_heading(style)
        if is_heading:
            return "heading"
        number = found["numPr"].child("numId") if "numPr" in found else None
        is_item = number.get("val") != NOT_A_NUMBER if number else None
        is_item = self.styles.is_item(style) if is_item is None else is_item
        return "item" if is_item else "paragraph"


def _stretches(items: Sequence[Item]) -> list[tuple[list[Item], Item | None]]:
    """Cut items at breaks, each with what ends it; not within what is around runs."""
    found: list[tuple[list[Item], Item | None]] = []
    stretch: list[Item] = []
    depth = 0
    for item in items:
        depth += (item.kind == "open") - (item.kind == "close")
        if item.kind == "break" and not depth:
            found.append((stretch, item))
            stretch = []
        else:
            stretch.append(item)
    return [*found, (stretch, None)]


class _Stretch:
    """Text without breaks, while it is taken in."""

    def __init__(self, prefix: str, items: Sequence[Item]) -> None:
        self._prefix, self._items = prefix, items
        self.builder = InlineBuilder()
        usual = _usual_look(items, 0)
        self.begin, self.end = self._run(usual), self._run_end()
        self._level(0, usual)

    def as_it_is(self) -> str:
        """Write it without a change."""
        return "".join(as_runs(item, self._prefix) for item in self._items)

    def _run(self, look: str) -> str:
        return f'<{self._prefix}r>{look}<{self._prefix}t xml:space="preserve">'

    def _run_end(self) -> str:
        return f"</{self._prefix}t></{self._prefix}r>"

    def _level(self, index: int, usual: str) -> int:
        """Take in all up to the end of what is around; return where that was."""
        look = usual
        while index < len(self._items):
            item = self._items[index]
            if item.kind == "close":
                break
            if item.kind == "text":
                # Blanks look the same in whatever they are set.
                if item.look != look and not item.raw.isspace():
                    self._change(look, item.look, usual)
                    look = item.look
                self.builder.text(item.raw)
            elif item.kind == "open":
                index = self._around(index, look)
            else:
                self._literal(item, look)
            index += 1
        self._change(look, usual, usual)
        return index

    def _change(self, look: str, new: str, usual: str) -> None:
        if look != usual:
            self.builder.close(self._run_end() + self._run(usual), "r")
        if new != usual:
            self.builder.open(self._run_end() + self._run(new), "r")

    def _around(self, index: int, look: str) -> int:
        usual = _usual_look(self._items, index + 1)
        opening = self._run_end() + self._items[index].raw + self._run(usual)
        self.builder.open(opening, "around")
        index = self._level(index + 1, usual)
        closing = self._run_end() + self._items[index].raw + self._run(look)
        self.builder.close(closing, "around")
        return index

    def _literal(self, item: Item, look: str) -> None:
        raw = as_runs(item, self._prefix)
        literal = self._run_end() + raw + self._run(look)
        if item.kind == "verbatim":
            self.builder.verbatim(literal, item.shown)
        else:
            if item.kind == "break":  # two words
                self.builder.text(" ")
            self.builder.empty(literal)


def _usual_look(items: Sequence[Item], start: int) -> str:
    """Return how most characters look, up to the end of what is around them."""
    sizes: Counter[str] = Counter()
    depth = 0
    for item in items[start:]:
        depth += (item.kind == "open") - (item.kind == "close")
        if depth < 0:
            break
        if item.kind == "text" and not depth:
            sizes[item.look] += len(item.raw.strip())
    return max(sizes, key=lambda look: sizes[look]) if sizes else ""
