"""EPUB: the archive is copied, only the words of the book are replaced.

Translated are its pages in the order in which they are read, both tables of contents,
title and description. Pictures stay, and so does the text in SVG.

Source: W3C, "EPUB 3.3"; IDPF, "Open Packaging Format 2.0.1" and, for the older table of
contents (NCX), ANSI/NISO Z39.86-2005, chapter 8.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING, Final
from unicodedata import normalize
from urllib.parse import unquote

from satzpaar.translate.document import Block, Document, Language
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats import html
from satzpaar.translate.formats.archive import (
    Archive,
    ArchiveDocument,
    Member,
    check_sound,
    written_members,
)
from satzpaar.translate.formats.xml_texts import OF_BOOKS, texts_of
from satzpaar.translate.xml import NO_XML

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from satzpaar.translate.document import Segment
    from satzpaar.translate.formats import Segmenter

CONTAINER: Final = "META-INF/container.xml"
ENCRYPTION: Final = "META-INF/encryption.xml"
EPUB: Final = "application/epub+zip"
PACKAGE: Final = "application/oebps-package+xml"
# The second is none that a book should have, and some do.
PAGES: Final = frozenset(["application/xhtml+xml", "text/html"])
CONTENTS: Final = frozenset(["application/x-dtbncx+xml"])
NAVIGATION: Final = "nav"

LABEL: Final = frozenset(["text"])  # of the older table of contents

# XHTML may name what HTML names. It is in no XML file that a parser understands alone.
NAMED_CHARACTER: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w+;")


class EpubArchive(Archive):
    """An EPUB file."""

    KIND = "EPUB"
    MAIN = CONTAINER
    TYPE = EPUB
    MAY_NAME_DTD = True  # the older table of contents does

    def package(self) -> str:
        """Return the name of the part that lists the others."""
        found: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "rootfile" and attributes.get("media-type") == PACKAGE:
                found.append(attributes.get("full-path", ""))

        if not self.has(CONTAINER):
            raise InputError(
                self.place, f"a ZIP archive without {CONTAINER}, expected EPUB"
            )
        self.parse(CONTAINER, start, lambda _: None)
        if not found or not self.has(found[0]):
            raise InputError(
                self.place, f"a broken EPUB file: {CONTAINER} names no package in it"
            )
        return found[0]

    def of_kind(self, package: str, kinds: Collection[str]) -> dict[str, bool]:
        """Return the parts of some media types: those to be read, in order, first.

        Each with whether it is the book's navigation.

        Raises:
            InputError: One that is to be read is not in the archive.
        """
        items: dict[str, str] = {}
        order: list[str] = []
        navigation: set[str] = set()
        by_name = {normalize("NFC", name): name for name in self.parts}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "item" and attributes.get("media-type") in kinds:
                href = unquote(attributes.get("href", ""))
                path = posixpath.join(posixpath.dirname(package), href)
                path = normalize("NFC", posixpath.normpath(path))
                items[attributes.get("id", path)] = path
                if NAVIGATION in attributes.get("properties", "").split():
                    navigation.add(path)
            elif name == "itemref":
                order.append(attributes.get("idref", ""))

        self.parse(package, start, lambda _: None)
        read = [items[one] for one in order if one in items]
        for path in read:
            if path not in by_name:
                raise InputError(
                    self.place, f"a broken EPUB file: {path} is named and not in it"
                )
        return {
            by_name[path]: path in navigation
            for path in [*read, *items.values()]
            if path in by_name
        }

    def encrypted(self) -> set[str]:
        """Return the parts that only a reader with a key can read: fonts, at best."""
        found: set[str] = set()

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "CipherReference":
                found.add(unquote(attributes.get("URI", "")))

        self.parse(ENCRYPTION, start, lambda _: None)
        return found


def read(
    data: bytes,
    segmenter: Segmenter,
    *,
    place: Path | str = "<epub>",
    encoding: str | None = None,  # noqa: ARG001  (each member says its own)
    language: str = "de",
) -> ArchiveDocument:
    """Read EPUB. See :class:`satzpaar.translate.formats.Reader`.

    The line of a block is the number of its paragraph. What is no page of the book, its
    tables of contents and title, is of the kind ``metadata``.
    """
    archive = EpubArchive(data, place)
    if archive.media_type() != EPUB:
        raise InputError(place, f"is {archive.media_type()}, expected EPUB")
    package = archive.package()
    pages = archive.of_kind(package, PAGES)
    if archive.encrypted().intersection([*pages, package]):
        raise InputError(place, "has a copy protection, expected EPUB without one")
    found = {
        name: html.parts(archive.text(name), segmenter, language) for name in pages
    }
    for name, is_navigation in pages.items():
        if is_navigation:
            found[name] = [_about_the_book(part) for part in found[name]]
    for name in archive.of_kind(package, CONTENTS):
        text = archive.sound_text(name)
        found[name] = texts_of(text, LABEL, "metadata", segmenter, language)
    text = archive.sound_text(package)
    found[package] = texts_of(text, OF_BOOKS, "metadata", segmenter, language)
    numbers = count(1)
    parts = [
        part.changed(partial(replace, line=next(numbers)))
        if isinstance(part, Block)
        else part
        for part in chain.from_iterable(found.values())
    ]
    members = [Member(name, (len(some),)) for name, some in found.items()]
    return ArchiveDocument(
        "epub",
        tuple(parts),
        place=place,
        archive=data,
        members=tuple(members),
        language=language,
    )


def _about_the_book(part: str | Block | Language) -> str | Block | Language:
    return replace(part, kind="metadata") if isinstance(part, Block) else part


def write(
    document: Document,
    translations: Iterable[Segment],
    *,
    target_language: str | None = None,
) -> Iterator[bytes]:
    """Write EPUB, all at once: an archive has its list of members at the end."""
    if not isinstance(document, ArchiveDocument):
        raise ValueError(f"a document of the format {document.format}, not EPUB")
    archive = EpubArchive(document.archive, document.place)
    texts = written_members(
        document,
        translations,
        target_language=target_language,
        escape=lambda text, block: html.escape(NO_XML.sub("", text), block),
    )
    for name, text in texts.items():
        if _is_sound(archive.text(name), name):  # not all that is sold as a book is
            check_sound(_plain(text), name)
    yield archive.with_parts({name: text.encode() for name, text in texts.items()})


def _is_sound(text: str, name: str) -> bool:
    try:
        check_sound(_plain(text), name)
    except InputError:
        return False
    return True


def _plain(text: str) -> str:
    return NAMED_CHARACTER.sub(" ", text)
