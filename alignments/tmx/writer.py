"""TMX 1.4 written as a stream, by the rules that CAT tools insist on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

from satzpaar.alignments.formats.options import (
    HALF_EMPTY,
    LANGUAGE_TAG,
    USUAL_SOURCE_LANGUAGE,
)
from satzpaar.alignments.formats.streams import Stage, place_of
from satzpaar.alignments.tmx.dates import written_date
from satzpaar.alignments.tmx.elements import (
    DOCTYPE,
    UNIT_ATTRIBUTES,
    VERSION,
    WHITE_SPACE,
)
from satzpaar.alignments.tmx.inline import written
from satzpaar.alignments.version import satzpaar_version
from satzpaar.translate.errors import InputError
from satzpaar.translate.xml import NO_XML, escaped, escaped_attribute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from satzpaar.alignments.bitext import TranslationUnit, Variant
    from satzpaar.alignments.formats.options import Write, Writing

TOOL: Final = "satzpaar"


@contextmanager
def open_writer(path: Path | str, how: Writing) -> Iterator[Write]:
    """Open a TMX file for units; it is there once the context is left without error.

    Units of which a side is empty are left out and counted in the losses, as are
    characters that XML cannot hold. The same units give the same bytes.

    Raises:
        InputError: The file cannot be written, or a unit's language is no tag.
    """
    with Stage() as stage:
        writer = _Writer(stage.open(path), how, place_of(path, writing=True))
        yield writer.write
        writer.finish()


class _Writer:
    """Writes units, and the header once the first tells its language."""

    def __init__(self, stream: BinaryIO, how: Writing, place: Path | str) -> None:
        self._stream = stream
        self._how = how
        self._losses = how.losses
        self._place = place
        self._source: str | None = None  # srclang, once the header is written
        self._tags: dict[tuple[str, str], tuple[str, str]] = {}

    def write(self, unit: TranslationUnit) -> None:
        """Write one unit."""
        source = self._segment(unit.source)
        target = self._segment(unit.target)
        if not source or not target:
            self._losses[HALF_EMPTY] += 1
            return
        languages = unit.source.language, unit.target.language
        tags = self._tags.get(languages) or self._learn_tags(languages)
        if self._source is None:
            self._write_header(tags[0])
        attributes, properties = _parted(unit)
        parts = ["    <tu", *self._attributes(unit)]
        parts += (f' {name}="{self._attribute(it)}"' for name, it in attributes.items())
        if tags[0] != self._source:
            parts.append(f' srclang="{tags[0]}"')
        parts.append(">\n")
        if unit.note is not None:
            parts.append(f"      <note>{self._text(unit.note)}</note>\n")
        parts += (
            f'      <prop type="{self._attribute(name)}">{self._text(it)}</prop>\n'
            for name, it in properties
        )
        parts.append(
            f'      <tuv xml:lang="{tags[0]}"><seg>{source}</seg></tuv>\n'
            f'      <tuv xml:lang="{tags[1]}"><seg>{target}</seg></tuv>\n'
            "    </tu>\n"
        )
        self._stream.write("".join(parts).encode())

    def finish(self) -> None:
        """Write what stands behind the last unit."""
        if self._source is None:
            self._write_header(self._how.source_language or USUAL_SOURCE_LANGUAGE)
        self._stream.write(b"  </body>\n</tmx>\n")

    def _write_header(self, source: str) -> None:
        self._source = source
        created = self._how.created
        date = f' creationdate="{written_date(created)}"' if created else ""
        tool_version = satzpaar_version()
        self._stream.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n{DOCTYPE}\n'
            f'<tmx version="{VERSION}">\n'
            f'  <header creationtool="{TOOL}" creationtoolversion="{tool_version}" '
            f'segtype="sentence" o-tmf="{TOOL}" adminlang="en" srclang="{source}" '
            f'datatype="plaintext"{date}/>\n  <body>\n'.encode()
        )

    def _learn_tags(self, languages: tuple[str, str]) -> tuple[str, str]:
        """Return how languages are written: as the header has them, also in case.

        CAT tools compare srclang with xml:lang letter by letter.
        """
        source = self._how.source_language or languages[0]
        target = self._how.target_language or languages[1]
        for tag in (source, target):
            if not LANGUAGE_TAG.fullmatch(tag):
                raise InputError(
                    self._place,
                    f"no language tag: {tag!r}, of a unit; one such as de-DE is "
                    "expected",
                )
        if self._source is not None and source.lower() == self._source.lower():
            source = self._source
        if self._source is not None and target.lower() == self._source.lower():
            target = self._source
        self._tags[languages] = source, target
        return source, target

    def _segment(self, variant: Variant) -> str:
        """Return the content of a segment, or nothing if there is no text in it."""
        text = variant.text
        if NO_XML.search(text):
            if not NO_XML.sub("", text).strip():
                return ""
        elif not text or text.isspace():
            return ""
        if variant.codes:
            return written(text, variant.codes, self._text)
        return self._text(text)

    def _attributes(self, unit: TranslationUnit) -> Iterator[str]:
        if unit.id and (tuid := self._clean(unit.id)):
            if WHITE_SPACE.search(tuid):
                self._losses["ids with white space, written without"] += 1
                tuid = WHITE_SPACE.sub(lambda found: f"%{ord(found[0]):02X}", tuid)
            yield f' tuid="{escaped_attribute(tuid)}"'
        if unit.created is not None:
            yield f' creationdate="{written_date(unit.created)}"'
        if unit.changed is not None:
            yield f' changedate="{written_date(unit.changed)}"'

    def _clean(self, text: str) -> str:
        if NO_XML.search(text):
            text, count = NO_XML.subn("", text)
            self._losses["control characters"] += count
        return text

    def _text(self, text: str) -> str:
        return escaped(self._clean(text))

    def _attribute(self, text: str) -> str:
        return escaped_attribute(self._clean(text))


def _parted(
    unit: TranslationUnit,
) -> tuple[dict[str, str], Sequence[tuple[str, str]]]:
    """Part what TMX has attributes for from the other properties."""
    attributes: dict[str, str] = {}
    if UNIT_ATTRIBUTES.keys().isdisjoint(name for name, _ in unit.properties):
        return attributes, unit.properties
    others = []
    for name, value in unit.properties:
        is_legal = UNIT_ATTRIBUTES.get(name)
        if is_legal is not None and is_legal(value) and name not in attributes:
            attributes[name] = value
        else:
            others.append((name, value))
    return attributes, others
