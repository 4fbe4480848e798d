"""XLIFF 2.1 written as a stream: a unit of one segment for each translation unit.

Source: OASIS, "XLIFF Version 2.1", OASIS Standard, 13 February 2018; the metadata
module for properties and dates. Version 2.1 keeps the namespace of 2.0.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

from satzpaar.alignments.formats.options import LANGUAGE_TAG, Pair
from satzpaar.alignments.formats.streams import Stage, place_of
from satzpaar.alignments.tmx.dates import written_date
from satzpaar.alignments.tmx.inline import paired
from satzpaar.translate.errors import InputError
from satzpaar.translate.xml import (
    NO_XML,
    SURROGATE,
    escaped,
    escaped_attribute,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
    from satzpaar.alignments.formats.options import Write, Writing

NO_ID: Final = "satzpaar-"  # what begins the id of a unit that has none of its own
XLIFF: Final = "urn:oasis:names:tc:xliff:document:2.0"
METADATA: Final = "urn:oasis:names:tc:xliff:metadata:2.0"
VERSION: Final = "2.1"
STATES: Final = ("initial", "translated", "reviewed", "final")
USUAL_STATE: Final = "translated"
STATE: Final = "state"  # the property that says another one
PROPERTIES: Final = "properties"  # categories of metadata
DATES: Final = "dates"


@contextmanager
def open_writer(path: Path | str, how: Writing) -> Iterator[Write]:
    """Open an XLIFF file for units of one pair of languages.

    Control characters are written as <cp> where that is allowed, and else left out
    and counted. A unit without a text on either side has an empty one.

    Raises:
        InputError: The file cannot be written, or a unit is in other languages.
    """
    with Stage() as stage:
        writer = _Writer(stage.open(path), how, place_of(path, writing=True))
        yield writer.write
        writer.finish()


class _Writer:
    """Writes units, and the root once the first tells the languages."""

    def __init__(self, stream: BinaryIO, how: Writing, place: Path | str) -> None:
        self._stream = stream
        self._how = how
        self._losses = how.losses
        self._place = place
        self._pair = Pair(place, how)
        self._count = 0

    def write(self, unit: TranslationUnit) -> None:
        """Write one unit."""
        self._pair.check(unit)
        if not self._count:
            self._write_head()
        self._count += 1
        data: dict[str, str] = {}  # content of codes to its id
        source_ids = _ids_of(unit.source.codes, frozenset())
        target_ids = _ids_of(unit.target.codes, frozenset(source_ids.values()))
        source = self._content(unit.source, source_ids, data)
        target = self._content(unit.target, target_ids, data)
        name = f' name="{escaped_attribute(self._clean(unit.id))}"' if unit.id else ""
        state = unit.get(STATE)
        if state not in STATES:
            state = USUAL_STATE
        own = "u" if unit.id else NO_ID
        parts = [f'  <unit id="{own}{self._count}"{name}>\n', *self._metadata(unit)]
        if unit.note is not None:
            note = escaped(self._clean(unit.note))
            parts.append(f"   <notes>\n    <note>{note}</note>\n   </notes>\n")
        if data:
            parts.append("   <originalData>\n")
            parts += (
                f'    <data id="{identifier}">{self._with_cp(content)}</data>\n'
                for content, identifier in data.items()
            )
            parts.append("   </originalData>\n")
        parts.append(
            f'   <segment state="{state}">\n'
            f"    <source>{source}</source>\n"
            f"    <target>{target}</target>\n"
            "   </segment>\n  </unit>\n"
        )
        self._stream.write("".join(parts).encode())

    def finish(self) -> None:
        """Write what stands behind the last unit."""
        if not self._count:
            # A <file> without a <unit> is no XLIFF.
            raise InputError(self._place, "no unit to write; XLIFF needs one at least")
        self._stream.write(b" </file>\n</xliff>\n")

    def _write_head(self) -> None:
        for tag in self._pair.tags:
            if not LANGUAGE_TAG.fullmatch(tag):
                raise InputError(
                    self._place,
                    f"no language tag: {tag!r}, of a unit; one such as de-DE is "
                    "expected",
                )
        source, target = self._pair.tags
        self._stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<xliff xmlns="{XLIFF}" xmlns:mda="{METADATA}" version="{VERSION}" '
            f'srcLang="{source}" trgLang="{target}">\n'
            ' <file id="f1" xml:space="preserve">\n'.encode()
        )

    def _metadata(self, unit: TranslationUnit) -> Iterator[str]:
        dates = [
            (name, written_date(date))
            for name, date in (("created", unit.created), ("changed", unit.changed))
            if date is not None
        ]
        if not dates and not unit.properties:
            return
        yield "   <mda:metadata>\n"
        for category, pairs in ((DATES, dates), (PROPERTIES, unit.properties)):
            if not pairs:
                continue
            yield f'    <mda:metaGroup category="{category}">\n'
            for name, value in pairs:
                kind = escaped_attribute(self._clean(name))
                text = escaped(self._clean(value))
                yield f'     <mda:meta type="{kind}">{text}</mda:meta>\n'
            yield "    </mda:metaGroup>\n"
        yield "   </mda:metadata>\n"

    def _content(
        self, variant: Variant, ids: Mapping[int, str], data: dict[str, str]
    ) -> str:
        """Return the content of <source> or <target>."""
        codes = variant.codes
        opening_of = paired(codes)
        closed = set(opening_of.values())
        pieces: list[str] = []
        last = 0
        for place, code in enumerate(codes):
            pieces.append(self._with_cp(variant.text[last : code.position]))
            last = code.position
            ref = ""
            if code.content:
                identifier = data.setdefault(code.content, f"d{len(data) + 1}")
                ref = f' dataRef="{identifier}"'
            if code.kind == "alone":
                pieces.append(f'<ph id="{ids[place]}"{ref}/>')
            elif place in closed:
                pieces.append(f'<sc id="{ids[place]}"{ref}/>')
            elif place in opening_of:
                start = ids[opening_of[place]]
                pieces.append(f'<ec startRef="{start}"{ref}/>')
            else:
                name = "sc" if code.kind == "open" else "ec"
                pieces.append(f'<{name} id="{ids[place]}" isolated="yes"{ref}/>')
        pieces.append(self._with_cp(variant.text[last:]))
        return "".join(pieces)

    def _with_cp(self, text: str) -> str:
        if not NO_XML.search(text):
            return escaped(text)
        text, halves = SURROGATE.subn("", text)
        if halves:
            self._losses["control characters"] += halves
        return NO_XML.sub(
            lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escaped(text)
        )

    def _clean(self, text: str) -> str:
        if NO_XML.search(text):
            text, count = NO_XML.subn("", text)
            self._losses["control characters"] += count
        return text


def _ids_of(codes: tuple[Code, ...], shared: frozenset[str]) -> dict[int, str]:
    """Give each code that needs one, by its place, an id unique among the codes.

    It is the code's number, so that counterparts share it; of several codes with one
    number the others get ids that no code of the other side has.

    Args:
        codes: Of one side.
        shared: Ids of the other side.
    """
    closings = paired(codes)
    ids: dict[int, str] = {}
    used: set[str] = set()
    for place, code in enumerate(codes):
        if place in closings:
            continue
        wanted = str(code.number)
        suffix = 1
        while wanted in used or (suffix > 1 and wanted in shared):
            suffix += 1
            wanted = f"{code.number}_{suffix}"
        used.add(wanted)
        ids[place] = wanted
    return ids
