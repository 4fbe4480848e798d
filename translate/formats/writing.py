"""Writing a document as text again: what the writers of text formats share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from satzpaar.translate import files
from satzpaar.translate.document import Block, Language, Segment
from satzpaar.translate.markup import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from satzpaar.translate.document import Document

# Stands for a space at which no line may be broken. No text has a NUL: files that
# do are refused as binary.
UNBREAKABLE: Final = "\0"


def anywhere(word: str, block: Block) -> bool:  # noqa: ARG001
    """Allow every word at the beginning of a line."""
    return True


def written(
    document: Document,
    translations: Iterable[Segment],
    *,
    escape: Callable[[str, Block], str],
    target_language: str | None,
    may_begin_line: Callable[[str, Block], bool] = anywhere,
) -> Iterator[str]:
    """Yield the text of *document* with its segments replaced, in order.

    Args:
        document: Its parts say what is to be written.
        translations: One per segment.
        escape: Writes text that stands in a block.
        target_language: Replaces the document's language; None: nothing does.
        may_begin_line: Whether a word of a wrapped block may begin a line.

    Raises:
        ValueError: There are more or fewer translations than segments.
    """
    coming = iter(translations)
    for part in document.parts:
        yield _part(part, coming, escape, target_language, may_begin_line)
    if next(coming, None) is not None:
        raise ValueError("more translations than segments")


def encoded(
    document: Document, pieces: Iterable[str], *, references: bool = False
) -> Iterator[bytes]:
    """Yield text in the encoding of *document*, with its byte order mark.

    Args:
        document: Names the encoding.
        pieces: The text.
        references: Whether the format can name a character that the encoding lacks.

    Raises:
        InputError: The encoding lacks a character, and the format cannot name it.
    """
    if document.bom:
        yield files.encode(files.Decoded("", document.encoding, bom=True))
    for piece in filter(None, pieces):
        if references:
            yield piece.encode(document.encoding, "xmlcharrefreplace")
        else:
            yield files.encode(files.Decoded(piece, document.encoding, bom=False))


def _part(
    part: str | Block | Language,
    coming: Iterator[Segment],
    escape: Callable[[str, Block], str],
    target_language: str | None,
    may_begin_line: Callable[[str, Block], bool],
) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Language):
        return target_language or part.code
    segments = tuple(segment for _, segment in zip(part.segments, coming, strict=False))
    if len(segments) < len(part.segments):
        raise ValueError("fewer translations than segments")
    if part.source is not None and segments == part.segments:
        return part.source

    def escaped(text: str) -> str:
        return escape(text, part)

    if part.width:
        return _wrapped(part, segments, escaped, may_begin_line)
    pieces = [part.separators[0]]
    for segment, separator in zip(segments, part.separators[1:], strict=True):
        pieces += [render(segment, escaped), separator]
    return "".join(pieces)


def _wrapped(
    block: Block,
    segments: tuple[Segment, ...],
    escape: Callable[[str], str],
    may_begin_line: Callable[[str, Block], bool],
) -> str:
    """Fill lines up to the block's width; a longer word has a line of its own."""
    first, *between, last = block.separators
    pieces = [render(_unbreakable(segments[0]), escape)]
    for separator, segment in zip(between, segments[1:], strict=True):
        pieces += [
            re.sub(r"\s+", " ", separator),
            render(_unbreakable(segment), escape),
        ]
    lines = [first]
    empty = True  # the line has no word yet
    for word in "".join(pieces).split(" "):
        fits = len(lines[-1]) + 1 + len(word) <= block.width
        if empty:
            lines[-1] += word
        elif fits or not may_begin_line(word, block):
            lines[-1] += f" {word}"
        else:
            lines.append(block.indent + word)
        empty = False
    text = block.newline.join(lines) + last
    return text.replace(UNBREAKABLE, " ")


def _unbreakable(segment: Segment) -> Segment:
    """Protect blanks in markup: a link's title, code, an attribute."""

    def protected(literal: str) -> str:
        inner = literal.strip(" ")
        return literal.replace(inner, inner.replace(" ", UNBREAKABLE))

    marks = tuple(
        replace(mark, opening=protected(mark.opening), closing=protected(mark.closing))
        for mark in segment.marks
    )
    return replace(segment, marks=marks)
