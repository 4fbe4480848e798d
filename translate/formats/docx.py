"""DOCX: the archive is copied, only the text of its paragraphs is replaced.

Translated are the body with its tables, lists and text boxes, footnotes and endnotes,
headers and footers, title and subject in the properties, and what pictures say to those
who do not see them. Of tracked changes the text is the one that accepts them all; in
paragraphs with words they are gone afterwards. Hidden text, comments and the words in
pictures, charts and formulas stay as they are.

Source: ECMA-376, "Office Open XML File Formats", part 1, WordprocessingML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Block, Document, Language
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.archive import (
    ArchiveDocument,
    Member,
    check_sound,
    written_members,
)
from satzpaar.translate.formats.docx_archive import DocxArchive
from satzpaar.translate.formats.docx_paragraphs import ParagraphReader
from satzpaar.translate.formats.docx_styles import StyleReader
from satzpaar.translate.formats.xml_texts import OF_PROPERTIES, texts_of
from satzpaar.translate.formats.xml_tree import elements, lifted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from satzpaar.translate.document import Segment
    from satzpaar.translate.formats import Segmenter

# Source: ECMA-376, part 1, 22.9.2.6 (transitional), and part 1, Annex A (strict).
NAMESPACE: Final = re.compile(
    r"xmlns(?::([\w.-]+))?\s*=\s*[\"'](?:"
    r"http://schemas\.openxmlformats\.org/wordprocessingml/2006/main"
    r"|http://purl\.oclc\.org/ooxml/wordprocessingml/main)[\"']"
)
LANGUAGE: Final = re.compile(r"<[\w-]*:?lang\b[^>]*?\bval\s*=\s*[\"']([\w-]+)[\"']")
# What Word's own dialogue gives who chooses the language without a country.
COUNTRIES: Final = {"en": "en-US", "de": "de-DE"}

# Where a mark ends the run that another begins.
EMPTY_RUN: Final = re.compile(
    r"<(?P<p>[\w.-]*:?)r>(?:<(?P=p)rPr>(?:(?!</(?P=p)rPr>).)*</(?P=p)rPr>)?"
    r'<(?P=p)t xml:space="preserve"></(?P=p)t></(?P=p)r>',
    re.DOTALL,
)

PARAGRAPH: Final = frozenset(["p"])


def read(
    data: bytes,
    segmenter: Segmenter,
    *,
    place: Path | str = "<docx>",
    encoding: str | None = None,  # noqa: ARG001  (each member says its own)
    language: str = "de",
) -> ArchiveDocument:
    """Read DOCX. See :class:`satzpaar.translate.formats.Reader`.

    The line of a block is the number of its paragraph.
    """
    archive = DocxArchive(data, place)
    main = archive.main_part()
    styles = StyleReader()
    style_parts = archive.targets(main, "styles")
    for part in style_parts:
        archive.parse(part, styles.start, styles.end)
    parts: list[str | Block | Language] = []
    members = []
    line = 1
    for name in archive.with_text(main):
        text = archive.sound_text(name)
        if (found := NAMESPACE.search(text)) is None:
            raise InputError(f"{place} ({name})", "is no WordprocessingML")
        prefix = f"{found[1]}:" if found[1] else ""
        sizes = []
        for piece in lifted(text, PARAGRAPH):
            reader = ParagraphReader(piece, prefix, styles.styles, segmenter, line)
            some = list(_parts(reader))
            parts += some
            sizes.append(len(some))
            line = reader.line
        members.append(Member(name, tuple(sizes)))
    for name in style_parts:
        found_languages = list(_languages(archive.text(name), language))
        parts += found_languages
        members.append(Member(name, (len(found_languages),)))
    for name in filter(archive.is_sound, archive.properties()):
        text = archive.text(name)
        titles = texts_of(
            text, OF_PROPERTIES, "metadata", segmenter, language, line=line
        )
        parts += titles
        members.append(Member(name, (len(titles),)))
    return ArchiveDocument(
        "docx", tuple(parts), place=place, archive=data, members=tuple(members)
    )


def write(
    document: Document,
    translations: Iterable[Segment],
    *,
    target_language: str | None = None,
) -> Iterator[bytes]:
    """Write DOCX, all at once: an archive has its list of members at the end."""
    if not isinstance(document, ArchiveDocument):
        raise ValueError(f"a document of the format {document.format}, not DOCX")
    if target_language is not None:
        target_language = COUNTRIES.get(target_language, target_language)
    texts = written_members(
        document,
        translations,
        target_language=target_language,
        tidy=lambda piece: EMPTY_RUN.sub("", piece),
    )
    changed = {name: check_sound(text, name) for name, text in texts.items()}
    yield DocxArchive(document.archive, document.place).with_parts(changed)


def _parts(reader: ParagraphReader) -> Iterator[str | Block | Language]:
    done = 0
    for paragraph, around in elements(reader.text, PARAGRAPH):
        yield reader.text[done : paragraph.start]
        yield from reader.parts(paragraph, in_cell="tc" in around)
        done = paragraph.end
    yield reader.text[done:]


def _languages(text: str, language: str) -> Iterator[str | Language]:
    """Yield a part with the places that name the language to be translated."""
    done = 0
    for match in LANGUAGE.finditer(text):
        if match[1].lower().split("-")[0] == language:
            yield text[done : match.start(1)]
            yield Language(match[1])
            done = match.end(1)
    yield text[done:]
