"""ODT: the archive is copied, only the text of its paragraphs is replaced.

Translated are the body with its tables, lists, frames and notes, headers and footers,
title and subject in the properties, and what pictures say to those who do not see them.
Tracked deletions, comments and the words in charts and formulas stay as they are.

Source: OASIS, "Open Document Format for Office Applications (OpenDocument)", version
1.3, part 3, chapters 5 to 7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Block, Document, Language
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.alternatives import (
    alternatives,
    each_once,
    parts_with,
)
from satzpaar.translate.formats.archive import (
    Archive,
    ArchiveDocument,
    Member,
    check_sound,
    escape,
    written_members,
)
from satzpaar.translate.formats.inline import InlineBuilder, cut
from satzpaar.translate.formats.xml_texts import OF_PROPERTIES, texts_of
from satzpaar.translate.formats.xml_tree import elements, lifted, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from satzpaar.translate.document import BlockKind, Segment
    from satzpaar.translate.formats import Segmenter
    from satzpaar.translate.formats.xml_tree import Element

CONTENT, STYLES, META = "content.xml", "styles.xml", "meta.xml"
# Also of templates and master documents, whose names go on.
TEXT: Final = "application/vnd.oasis.opendocument.text"

PARAGRAPHS: Final = frozenset(["p", "h"])
# Whose paragraphs are not of the text as it is now.
ASIDE: Final = frozenset(["tracked-changes", "annotation"])

AROUND: Final = frozenset(["span", "a", "meta", "meta-field", "ruby", "ruby-base"])
BREAKS: Final = frozenset(["tab", "line-break"])

# A language and, behind it, its country.
LANGUAGE: Final = re.compile(
    r"(?P<name>[\w-]+:language=)(?P<quote>[\"'])(?P<language>[\w-]+)(?P=quote)"
    r"(?P<between>\s+[\w-]+:country=)(?P<other>[\"'])(?P<country>[\w-]*)(?P=other)"
)
COUNTRIES: Final = {"en": "US", "de": "DE"}  # as for DOCX


class OdtArchive(Archive):
    """An ODT file."""

    KIND = "ODT"
    MAIN = CONTENT
    TYPE = TEXT


def read(
    data: bytes,
    segmenter: Segmenter,
    *,
    place: Path | str = "<odt>",
    encoding: str | None = None,  # noqa: ARG001  (each member says its own)
    language: str = "de",
) -> ArchiveDocument:
    """Read ODT. See :class:`satzpaar.translate.formats.Reader`.

    The line of a block is the number of its paragraph.
    """
    archive = OdtArchive(data, place)
    if not archive.has(CONTENT):
        raise InputError(place, f"a ZIP archive without {CONTENT}, expected ODT")
    if not archive.media_type().startswith(TEXT):
        raise InputError(place, f"is {archive.media_type()}, expected ODT")
    parts: list[str | Block | Language] = []
    members = []
    line = 1
    for name in (CONTENT, STYLES):  # headers and footers are among the styles
        if not archive.has(name):
            continue
        sizes = []
        for text in lifted(archive.sound_text(name), PARAGRAPHS, ASIDE):
            reader = _Reader(text, segmenter, line)
            some = list(reader.parts())
            parts += some
            sizes.append(len(some))
            line = reader.line
        members.append(Member(name, tuple(sizes)))
    if archive.has(META) and archive.is_sound(META):
        text = archive.text(META)
        titles = texts_of(
            text, OF_PROPERTIES, "metadata", segmenter, language, line=line
        )
        parts += titles
        members.append(Member(META, (len(titles),)))
    return ArchiveDocument(
        "odt",
        tuple(parts),
        place=place,
        archive=data,
        members=tuple(members),
        language=language,
    )


def write(
    document: Document,
    translations: Iterable[Segment],
    *,
    target_language: str | None = None,
) -> Iterator[bytes]:
    """Write ODT, all at once: an archive has its list of members at the end."""
    if not isinstance(document, ArchiveDocument):
        raise ValueError(f"a document of the format {document.format}, not ODT")
    texts = written_members(document, translations, target_language=target_language)
    changed = {}
    for name, text in texts.items():
        named = _in_language(text, document.language, target_language)
        changed[name] = check_sound(named, name)
    yield OdtArchive(document.archive, document.place).with_parts(changed)


def _in_language(text: str, source: str, target: str | None) -> str:
    """Name another language wherever the styles name the one that was translated."""
    if target is None:
        return text

    def other(match: re.Match[str]) -> str:
        if match["language"] != source:
            return match.group()
        quote, country = match["quote"], COUNTRIES.get(target, "none")
        named = f"{match['name']}{quote}{target}{quote}"
        return f"{named}{match['between']}{match['other']}{country}{match['other']}"

    return LANGUAGE.sub(other, text)


@dataclass(slots=True)
class _Reader:
    text: str
    segmenter: Segmenter
    line: int

    def parts(self) -> Iterator[str | Block | Language]:
        done = 0
        for paragraph, around in elements(self.text, PARAGRAPHS):
            if ASIDE & set(around):
                continue
            yield self.text[done : paragraph.inner]
            yield from self._paragraph(paragraph, _kind(paragraph, around))
            done = paragraph.outer
        yield self.text[done:]

    def _paragraph(
        self, paragraph: Element, kind: BlockKind
    ) -> Iterator[str | Block | Language]:
        line, self.line = self.line, self.line + 1
        edges = [paragraph.inner]
        for child in paragraph.children:
            if child.name in BREAKS:
                edges += [child.start, child.end]
        edges.append(paragraph.outer)
        for index in range(0, len(edges), 2):
            start, end = edges[index : index + 2]
            children = [c for c in paragraph.children if start <= c.start < end]
            source = self.text[start:end]
            found = self._cut(start, end, children)
            said = alternatives(source, self.segmenter, line)
            if found:
                markups = each_once(said)
                yield Block(*found, kind, line, source=source, markups=markups)
            else:
                yield from parts_with(source, said)
            yield self.text[end : edges[index + 2]] if index + 2 < len(edges) else ""

    def _cut(
        self, start: int, end: int, children: Sequence[Element]
    ) -> tuple[tuple[Segment, ...], tuple[str, ...]] | None:
        """Return segments and separators; None: there is nothing to translate."""
        builder = InlineBuilder()
        self._take(builder, start, end, children)
        inline = builder.inline()
        return cut(inline, self.segmenter, escape) if inline.translatable() else None

    def _take(
        self, builder: InlineBuilder, start: int, end: int, children: Sequence[Element]
    ) -> None:
        for child in children:
            builder.text(text_of(self.text[start : child.start]))
            self._element(builder, child)
            start = child.end
        builder.text(text_of(self.text[start:end]))

    def _element(self, builder: InlineBuilder, element: Element) -> None:
        raw = self.text[element.start : element.end]
        if element.name == "s":
            builder.text(" ")
        elif element.name in AROUND and element.inner < element.outer:
            builder.open(self.text[element.start : element.inner], element.tag)
            self._take(builder, element.inner, element.outer, element.children)
            builder.close(self.text[element.outer : element.end], element.tag)
        elif element.name in BREAKS:  # within a link or the like
            builder.text(" ")
            builder.empty(raw)
        elif not element.children:  # a field, and what it shows
            builder.verbatim(raw, text_of(self.text[element.inner : element.outer]))
        else:
            builder.empty(raw)


def _kind(paragraph: Element, around: Sequence[str]) -> BlockKind:
    if "table-cell" in around:
        return "cell"
    if paragraph.name == "h":
        return "heading"
    return "item" if "list-item" in around else "paragraph"
