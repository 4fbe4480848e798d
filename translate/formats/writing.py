"""Writing a document as text again: what the writers of text formats share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from satzpaar.translate import files
from satzpaar.translate.document import Block, Language, Segment
from satzpaar.translate.markup import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from satzpaar.translate.document import Document

# Stands for a space at which no line may be broken. No text has a NUL: files that
# do are refused as binary.
UNBREAKABLE: Final = "\0"

# The territory that most who speak a language live in, where it is not called as the
# language is, as DE is for de. Source: CLDR 46, likely subtags.
TERRITORIES: Final = {
    "cs": "CZ", "da": "DK", "el": "GR", "en": "US", "et": "EE", "ja": "JP", "ko": "KR",
    "nb": "NO", "pt": "BR", "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE", "uk": "UA",
    "zh": "CN",
}  # fmt: skip
LENGTH_OF_TERRITORY: Final = 2  # in a language's code, as GB in en-GB


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
    writing = _Writing(coming, escape, target_language, may_begin_line)
    for part in document.parts:
        yield writing.part(part)
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


@dataclass(frozen=True, slots=True)
class _Writing:
    """What :func:`written` was given, and the translations yet to come."""

    coming: Iterator[Segment]
    escape: Callable[[str, Block], str]
    target_language: str | None
    may_begin_line: Callable[[str, Block], bool]

    def part(self, part: str | Block | Language) -> str:
        """Return what becomes of a part; of a block, with what is in its markup."""
        if isinstance(part, str):
            return part
        if isinstance(part, Language):
            return named(part, self.target_language)
        inner = {
            markup.source: "".join(map(self.part, markup.parts))
            for markup in part.markups
        }
        segments = tuple(islice(self.coming, len(part.segments)))
        if len(segments) < len(part.segments):
            raise ValueError("fewer translations than segments")
        is_same = segments == part.segments and all(
            source == text for source, text in inner.items()
        )
        if is_same and part.source is not None:
            return part.source
        return self._block(part, segments, inner)

    def _block(
        self, block: Block, segments: tuple[Segment, ...], inner: Mapping[str, str]
    ) -> str:
        def escaped(text: str) -> str:
            return self.escape(text, block)

        def with_inner(literal: str) -> str:
            return _replaced(literal, inner)

        separators = block.separators
        if inner:
            if block.width:
                inner = {s: _on_one_line(t, block) for s, t in inner.items()}
            separators = tuple(map(with_inner, separators))
            segments = tuple(_with_literals(each, with_inner) for each in segments)
        if block.width:
            block = replace(block, separators=separators)
            return _wrapped(block, segments, escaped, self.may_begin_line)
        pieces = [separators[0]]
        for segment, separator in zip(segments, separators[1:], strict=True):
            pieces += [render(segment, escaped), separator]
        return "".join(pieces)


def named(language: Language, target: str | None) -> str:
    """Return how a document names the language *target*; None: as it did.

    >>> named(Language("de-DE"), "en")
    'en'
    >>> named(Language("de_DE", of_territory=True), "en")
    'en_US'
    """
    if target is None:
        return language.code
    if not language.of_territory:
        return target
    code, *others = target.split("-")
    named = [each for each in others if len(each) == LENGTH_OF_TERRITORY]
    territory = named[0] if named else TERRITORIES.get(code, code)
    return f"{code}_{territory.upper()}"


def _replaced(literal: str, replacements: Mapping[str, str]) -> str:
    """Replace all that is in a literal, of what overlaps what begins first."""
    if literal in replacements:
        return replacements[literal]
    found = [each for each in replacements if each in literal]
    if not found:
        return literal
    longest_first = sorted(found, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return re.sub(pattern, lambda match: replacements[match[0]], literal)


def _on_one_line(literal: str, block: Block) -> str:
    literal = literal.replace(block.newline + block.indent, " ")
    return literal.replace(" ", UNBREAKABLE)


def _with_literals(segment: Segment, change: Callable[[str], str]) -> Segment:
    """Change what is written before and after marked stretches."""
    marks = tuple(
        replace(mark, opening=change(mark.opening), closing=change(mark.closing))
        for mark in segment.marks
    )
    return replace(segment, marks=marks)


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

    return _with_literals(segment, protected)
