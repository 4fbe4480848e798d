"""Documents, and the segments they are made of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

BlockKind = Literal["paragraph", "heading", "item", "cell", "attribute", "metadata"]

LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup over a stretch of a segment's text.

    Offsets are characters of the segment's text; ``start == end`` is an empty
    element such as an image. A mark that goes on into the next segment has an
    empty closing here and an empty opening there.
    """

    start: int
    end: int
    opening: str  # written before the stretch, e.g. "**" or '<a href="…">'
    closing: str  # written after it, e.g. "**" or "</a>"
    # The stretch is code or the like. The translation has it unchanged, and
    # *opening* is the whole of it as the file has it, written in its place.
    verbatim: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a mark from {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Segment:
    """One unit of translation, normally a sentence.

    The text has no line break and no outer white space: segmentation saw to it.
    Marks lie inside the text, outer before inner, and do not cross.
    """

    text: str
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        if "\n" in self.text or self.text != self.text.strip():
            raise ValueError(f"not a clean segment: {self.text!r}")
        for mark in self.marks:
            if mark.end > len(self.text):
                raise ValueError(f"{mark} lies outside {self.text!r}")
        _check_nesting(self.marks)


def _check_nesting(marks: tuple[Mark, ...]) -> None:
    around: list[Mark] = []
    earliest = 0
    for mark in marks:
        while around and around[-1].end <= mark.start:
            around.pop()
        if mark.start < earliest or (around and mark.end > around[-1].end):
            raise ValueError(f"{mark} is out of order or crosses another mark")
        earliest = mark.start
        around.append(mark)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table cell: segments and what joins them.

    ``separators[i]`` stands before ``segments[i]``; one more stands at the end.
    Separators are written as they are: white space, a list marker, and markup
    that lies outside the sentences.
    """

    segments: tuple[Segment, ...]
    separators: tuple[str, ...]
    kind: BlockKind = "paragraph"
    line: int = 1  # of the source, from 1: where the block begins

    # The block as the file has it, written when neither a segment nor its markup was
    # changed: runs of white space, entities and soft hyphens are not in the segments.
    source: str | None = None

    # Hard-wrapped text is wrapped again after translation: its longest line in
    # characters, what ends its lines, and what stands before every line but the
    # first. Width 0: not wrapped.
    width: int = 0
    newline: str = "\n"
    indent: str = ""

    markups: tuple[Markup, ...] = ()  # each once, however often it stands in the block

    def __post_init__(self) -> None:
        if len(self.separators) != len(self.segments) + 1:
            raise ValueError(
                f"{len(self.separators)} separators for {len(self.segments)} segments"
            )

    def inner(self) -> Iterator[Block]:
        """Yield the blocks in the block's markup."""
        parts = (part for markup in self.markups for part in markup.parts)
        return (part for part in parts if isinstance(part, Block))

    def changed(self, change: Callable[[Block], Block]) -> Block:
        """Return what *change* makes of the block, and of those in its markup."""
        markups = (
            replace(
                markup,
                parts=tuple(
                    change(part) if isinstance(part, Block) else part
                    for part in markup.parts
                ),
            )
            for markup in self.markups
        )
        return change(replace(self, markups=tuple(markups)))

    def lines(self) -> list[int]:
        """Return the line of the source that each segment begins in.

        Only of use where the source is text with lines, not the XML of an archive.

        Letters and digits tell: a segment has those of its source in their order,
        whatever became of line ends, hyphens, entities and the signs of markup.
        """
        if self.source is None or not LINE_END.search(self.source.strip()):
            return [self.line] * len(self.segments)
        # How many letters and digits the source has at the end of each line.
        ends = list(accumulate(map(_size, LINE_END.split(self.source.lstrip()))))
        sizes = [
            _size(separator) + _size_of(segment)
            for separator, segment in zip(self.separators, self.segments, strict=False)
        ]
        starts = [
            before + _size(separator)
            for before, separator in zip(
                [0, *accumulate(sizes)], self.separators, strict=True
            )
        ]
        last = len(ends) - 1
        return [
            # What has no letters stands where what is before it ends.
            self.line + min((bisect_right if size else bisect_left)(ends, start), last)
            for start, size in zip(starts, map(_size_of, self.segments), strict=False)
        ]


def _size(text: str) -> int:
    """Count letters and digits of text as a file has it."""
    return sum(map(str.isalnum, unescape(text)))


def _size_of(segment: Segment) -> int:
    """Count letters and digits of a segment as a file has it."""
    size = sum(map(str.isalnum, segment.text))
    for mark in segment.marks:
        size += _size(mark.opening) + _size(mark.closing)
        if mark.verbatim:  # the opening is all of it
            size -= sum(map(str.isalnum, segment.text[mark.start : mark.end]))
    return size


@dataclass(frozen=True, slots=True)
class Language:
    """A place where the document names the language it is written in."""

    code: str  # as the file has it: "de", "de-DE"
    of_territory: bool = False  # "de_DE": what reads it wants no language alone


@dataclass(frozen=True, slots=True)
class Markup:
    """Markup with texts in it: a picture, and the words that stand for it.

    Marks and separators have *source* as the file does; what becomes of *parts* is
    written wherever it stands in them. Comments, code and the like have one part, which
    is their source: what looks like other markup in them stays.
    """

    source: str
    parts: tuple[str | Block | Language, ...]


def parts_of(
    text: str, edits: Iterable[tuple[int, int, Block | Language]]
) -> list[str | Block | Language]:
    """Return a text as parts: what is to be replaced, and what is copied around it.

    Args:
        text: The whole.
        edits: Start, end and what stands there, in order and apart from each other.
    """
    parts: list[str | Block | Language] = []
    done = 0
    for start, end, part in edits:
        parts += [text[done:start], part]
        done = end
    return [*parts, text[done:]]


@dataclass(frozen=True, slots=True)
class Document:
    """What was read, in order, and how to write it back.

    A part is text to be copied as it is, a block to be translated, or the name
    of the language. Written with its own segments a document gives its source
    again, byte for byte; an archive gives its text and formatting again.
    """

    format: str  # a name in ``formats.READERS``
    parts: tuple[str | Block | Language, ...]
    encoding: str = "utf-8"  # as Python names it
    bom: bool = False  # whether a byte order mark stands before the text

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in the order of the text.

        Those in the markup of another stand before it.
        """
        for part in self.parts:
            if isinstance(part, Block):
                yield from part.inner()
                yield part

    def segments(self) -> Iterator[Segment]:
        """Yield the segments in the order of the text."""
        return (segment for block in self.blocks() for segment in block.segments)
