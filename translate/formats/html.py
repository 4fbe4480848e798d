"""HTML: the page is copied byte for byte, only its text is replaced."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

from satzpaar.translate import files
from satzpaar.translate.document import Block, Document, Language, Markup, parts_of
from satzpaar.translate.formats.html_attributes import (
    edit_of,
    is_kept,
    spaces,
    translatable,
)
from satzpaar.translate.formats.html_elements import (
    ATTACHED,
    BETWEEN_TEXTS,
    CELLS,
    CODE,
    HEADINGS,
    INLINE,
    ITEMS,
    KICKER,
    NAMED,
    SAID_OF_PICTURE,
    UNSEEN,
    UNTOUCHED,
    VOID,
    WITHOUT_TEXT,
)
from satzpaar.translate.formats.html_encoding import declared_encoding
from satzpaar.translate.formats.html_scanner import (
    RAW_TEXT,
    Piece,
    end_of_element,
    scan,
)
from satzpaar.translate.formats.inline import (
    SIGNS,
    Inline,
    InlineBuilder,
    cut,
    visible,
)
from satzpaar.translate.formats.spacing import unbroken
from satzpaar.translate.formats.writing import encoded, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from satzpaar.translate.document import BlockKind, Segment
    from satzpaar.translate.formats import Segmenter
    from satzpaar.translate.formats.html_attributes import Edit

# At the end of a label, although no space is behind it.
STOPS: Final = frozenset(".,:;!?…)")

NOTE: Final = re.compile(r"[\[(]?\d{1,3}[\])]?")
# In German all words of note are of four letters at least; behind stops too.
WORD_BEFORE: Final = re.compile(r"[^\W\d_]{4,}[.,:;!?\"”“»«)]*\Z")

LINE_END: Final = re.compile(r"\r\n|\r|\n")
VISIBLE: Final = re.compile(r"\S")


def read(
    data: bytes,
    segmenter: Segmenter,
    *,
    place: Path | str = "<text>",
    encoding: str | None = None,
    language: str = "de",
) -> Document:
    """Read HTML. See :class:`satzpaar.translate.formats.Reader`."""
    encoding = encoding or declared_encoding(data)
    decoded = files.decode(data, place=place, encoding=encoding)
    found = parts(decoded.text, segmenter, language)
    return Document("html", tuple(found), decoded.encoding, decoded.bom)


def parts(
    text: str, segmenter: Segmenter, language: str
) -> list[str | Block | Language]:
    """Return the parts of a page, as a document has them."""
    reading = _Reading(text, segmenter, language)
    reading.read()
    return parts_of(text, reading.edits)


def stands_alone(text: str, language: str) -> bool:
    """Say whether a piece of HTML in Markdown may be translated without what follows.

    Not if what is to stay as it is goes on behind it, nor if Markdown is in it.
    """
    reading = _Reading(text, lambda _: [], language)
    pieces = scan(text)
    return not any(
        piece.kind == "open"
        and (
            piece.get("markdown") is not None
            or (
                reading.is_untouched(piece)
                and not piece.self_closing
                and end_of_element(pieces, index) is None
            )
        )
        for index, piece in enumerate(pieces)
    )


def write(
    document: Document,
    translations: Iterable[Segment],
    *,
    target_language: str | None = None,
) -> Iterator[bytes]:
    """Write HTML; characters the encoding lacks become references."""
    pieces = written(
        document,
        unbroken(document, translations),
        escape=escape,
        target_language=target_language,
    )
    return encoded(document, pieces, references=True)


def escape(text: str, block: Block) -> str:
    """Return text as a page has it, within quotes or without."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # Not by its kind: in a book's table of contents attributes are metadata.
    in_quotes = block.separators[0].startswith('"')
    return text.replace('"', "&quot;") if in_quotes else text


@dataclass(slots=True)
class _Reading:
    text: str
    segmenter: Segmenter
    language: str
    edits: list[Edit] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _builder: InlineBuilder = field(default_factory=InlineBuilder)
    _start: int = 0  # of the text being collected
    _line_ends: list[int] = field(default_factory=list)
    # Within that text: where markup begins and ends, what is to be replaced in it.
    _inside: list[tuple[int, int, list[Edit]]] = field(default_factory=list)
    _around: list[str] = field(default_factory=list)  # names of NAMED elements

    def read(self) -> None:
        """Find what is to be replaced."""
        self._pieces = scan(self.text)
        self._line_ends = [match.start() for match in LINE_END.finditer(self.text)]
        index = 0
        while index < len(self._pieces):
            index = self._step(index)
        self._finish(len(self.text))

    def _step(self, index: int) -> int:
        """Take the piece at *index*; return the next one."""
        piece = self._pieces[index]
        raw = self.text[piece.start : piece.end]
        if piece.kind == "text":
            self._builder.text(unescape(raw))
        elif piece.kind == "comment":
            self._builder.empty(raw)
            self._inside.append((piece.start, piece.end, []))
        elif piece.kind == "open" and self.is_untouched(piece):
            return self._skip(index)
        elif piece.kind == "open" and (after := self._end_of_note(index)):
            self._builder.empty(self.text[piece.start : self._pieces[after - 1].end])
            for each in self._pieces[index:after]:
                self._look_into(each)
            return after
        elif piece.name in INLINE and piece.kind == "close":
            self._builder.close(raw, piece.name)
            if self._ends_kicker(index):
                self._finish(piece.end)
        elif piece.name in INLINE and piece.self_closing:
            self._builder.empty(raw)  # XHTML: <a id="page-7"/>
        elif piece.name in INLINE:
            if self._touches(index):
                self._separate(piece)
            self._builder.open(raw, piece.name)
            self._look_into(piece)
        elif piece.name in BETWEEN_TEXTS:
            self._boundary(piece)
        elif piece.name in WITHOUT_TEXT:
            self._builder.empty(raw)
            self._look_into(piece)
        else:
            self._boundary(piece)
        return index + 1

    def is_untouched(self, piece: Piece) -> bool:
        """Say whether an element stays as it is."""
        if piece.name in VOID:
            return False
        return (
            piece.name in UNTOUCHED
            or piece.name in CODE
            or piece.name in WITHOUT_TEXT
            or is_kept(piece, self.language)
        )

    def _skip(self, index: int) -> int:
        """Leave an element as it is; if it is never closed, only its tag.

        Of one that stands between texts, what its tag itself says is translated, and
        what its tracks are called; of a picture, what is said of it.
        """
        # A script without an end goes on to the end of the page.
        unclosed = index + 2 if self._pieces[index].name in RAW_TEXT else index + 1
        after = end_of_element(self._pieces, index) or unclosed
        inside = self._pieces[index:after]
        first, last = inside[0], inside[-1]
        raw = self.text[first.start : last.end]
        said: list[Edit] = []
        if first.self_closing and first.name in INLINE | CODE:
            self._builder.empty(raw)
        elif first.name in INLINE or first.name in CODE:
            texts = [self.text[p.start : p.end] for p in inside if p.kind == "text"]
            if after == index + 1:
                self._builder.open(raw, first.name)
            else:
                self._builder.verbatim(raw, unescape("".join(texts)))
        elif first.name in WITHOUT_TEXT - BETWEEN_TEXTS:
            self._builder.empty(raw)
            if first.name == "svg" and not is_kept(first, self.language):
                said = list(self._said_of_picture(inside))
        else:
            self._finish(first.start)
            self._start = last.end
            if first.name not in UNSEEN and not is_kept(first, self.language):
                for piece in inside:
                    if piece is first or piece.name == "track":
                        self.edits += self._edits_in(piece)
            return after
        self._inside.append((first.start, last.end, said))
        return after

    def _said_of_picture(self, inside: Sequence[Piece]) -> Iterator[Edit]:
        """Yield what an inline SVG says to those who do not see it, or point at it."""
        around = ""
        for piece in inside:
            if piece.kind == "open":
                around = piece.name
                yield from self._edits_in(piece)
            elif piece.kind == "close":
                around = ""
            elif piece.kind == "text" and around in SAID_OF_PICTURE:
                raw = self.text[piece.start : piece.end]
                inline = Inline(visible(unescape(raw)))
                if inline.translatable():
                    block = Block(
                        *cut(inline, self.segmenter, spaces),
                        kind="attribute",
                        line=self._line(piece.start),
                        source=raw,
                    )
                    yield piece.start, piece.end, block

    def _end_of_note(self, index: int) -> int | None:
        """Return where the number of a note ends that stands behind a word.

        The model would take it for a part of the word. It is raised, or says what it
        is, as in books. A unit's power has a short word before it: m, km, cm.
        """
        is_reference = _is_reference(self._pieces[index])
        if self._pieces[index].name != "sup" and not is_reference:
            return None
        after = end_of_element(self._pieces, index)
        inside = self._pieces[index + 1 : (after or index + 1) - 1]
        if not all(p.kind == "text" or p.name in INLINE for p in inside):
            return None
        shown = "".join(self.text[p.start : p.end] for p in inside if p.kind == "text")
        word = is_reference or WORD_BEFORE.search(self._builder.so_far().text)
        return after if word and NOTE.fullmatch(shown.strip()) else None

    def _boundary(self, piece: Piece) -> None:
        """End the text before a tag, and translate what the tag itself says."""
        self._finish(piece.start)
        self._start = piece.end
        self.edits += self._edits_in(piece)
        if piece.kind == "open" and piece.name in NAMED and not piece.self_closing:
            self._around.append(piece.name)
        elif piece.kind == "close" and piece.name in self._around:
            del self._around[_last_index(self._around, piece.name) :]

    def _look_into(self, piece: Piece) -> None:
        """Note what a tag within a text says itself."""
        if edits := self._edits_in(piece):
            self._inside.append((piece.start, piece.end, edits))

    def _edits_in(self, piece: Piece) -> list[Edit]:
        return [
            edit_of(
                attribute,
                piece,
                self.text,
                self.segmenter,
                self.language,
                line=self._line(attribute.start),
            )
            for attribute in translatable(piece, self.language)
        ]

    def _ends_kicker(self, index: int) -> bool:
        """Whether an element ends that stands before a heading, by its class."""
        if not self._around or self._around[-1] not in HEADINGS:
            return False
        name, depth, is_kicker = self._pieces[index].name, 0, False
        for at in range(index, -1, -1):  # back to where the text begins
            piece = self._pieces[at]
            if piece.start < self._start:
                break
            if is_kicker and piece.kind == "text":
                if self.text[piece.start : piece.end].strip():
                    return False
            elif not is_kicker and piece.name == name:
                depth += 1 if piece.kind == "close" else -1
                if not depth and not KICKER.search(piece.get("class") or ""):
                    return False
                is_kicker = not depth
        return is_kicker

    def _touches(self, index: int) -> bool:
        """Whether an element begins where another ended, and both have words.

        They are not one word: a menu, or a label and what it is for.
        """
        name = self._pieces[index].name
        while index and self._pieces[index - 1].kind == "comment":
            index -= 1
        before = self._pieces[index - 1]
        if not index or before.kind != "close" or before.name not in INLINE:
            return False
        if {name, before.name} & ATTACHED:
            return False
        inner = self._pieces[index - 2]  # a lone letter begins a word: an initial
        if before.name != "a" and inner.kind == "text" and inner.end - inner.start == 1:
            return False
        last, following = self._builder.last_character(), self._character_after(index)
        return bool(last) and (last.isalnum() or last in STOPS) and following.isalnum()

    def _character_after(self, index: int) -> str:
        """Return the next character of the text; empty: something else comes first."""
        for piece in self._pieces[index:]:
            if piece.kind == "text":
                text = visible(unescape(self.text[piece.start : piece.end]))
                if text:
                    return text[0]
            elif piece.kind != "comment" and piece.name not in INLINE:
                return ""
        return ""

    def _separate(self, piece: Piece) -> None:
        """End the text before a tag; within an element only the word."""
        if self._builder.opened_amid_text():
            self._builder.text(" ")
        else:
            self._finish(piece.start)

    def _finish(self, end: int) -> None:
        """Make a block of the text collected up to *end*, or only of its markup."""
        inline, inside = self._builder.inline(), self._inside
        start = self._start
        self._builder, self._inside, self._start = InlineBuilder(), [], end
        if not inline.translatable():
            self.edits += [edit for _, _, edits in inside for edit in edits]
            return
        segments, separators = cut(inline, self.segmenter, spaces, signs=SIGNS)
        block = Block(
            segments,
            separators,
            kind=self._kind(),
            line=self._line(start),
            source=self.text[start:end],
            markups=self._markups(inside),
        )
        self.edits.append((start, end, block))

    def _markups(
        self, inside: Iterable[tuple[int, int, list[Edit]]]
    ) -> tuple[Markup, ...]:
        found: dict[str, Markup] = {}
        for start, end, edits in inside:
            source = self.text[start:end]
            shifted = [(a - start, b - start, part) for a, b, part in edits]
            found[source] = Markup(source, tuple(parts_of(source, shifted)))
        changes = any(len(markup.parts) > 1 for markup in found.values())
        return tuple(found.values()) if changes else ()

    def _kind(self) -> BlockKind:
        innermost = self._around[-1] if self._around else ""
        if innermost in HEADINGS:
            return "heading"
        if innermost in ITEMS:
            return "item"
        return "cell" if innermost in CELLS else "paragraph"

    def _line(self, start: int) -> int:
        visible = VISIBLE.search(self.text, start)
        return bisect_left(self._line_ends, visible.start() if visible else start) + 1


def _is_reference(piece: Piece) -> bool:
    """Say whether a link is one to a note."""
    types = f"{piece.get('epub:type') or ''} {piece.get('role') or ''}".split()
    return piece.name == "a" and not {"noteref", "doc-noteref"}.isdisjoint(types)


def _last_index(names: list[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name)
