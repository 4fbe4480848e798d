"""TMX read as a stream of pairs, in constant memory, from files nobody vouches for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from lxml import etree

from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Pair = tuple[str, str]
    Element = etree._Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# TMX 1.4b needs no internal subset: whoever has one declares entities.
_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[|<!ENTITY", re.IGNORECASE)
_HEAD = 65_536  # bytes in which a DOCTYPE is looked for; the parser's own guards follow

# What these hold is code of the format the text was taken from. <hi> holds text.
_CODES = {"bpt", "ept", "ph", "it", "ut", "sub"}


class _Stream:
    """Hands the first bytes out again after they were looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.head = stream.read(_HEAD)
        self._given = False

    def read(self, size: int = -1) -> bytes:
        if not self._given:
            self._given = True
            return self.head
        return self._stream.read(size)


def read_tmx(
    stream: BinaryIO,
    source_language: str,
    target_language: str,
    *,
    place: Path | str = "<tmx>",
) -> Iterator[Pair]:
    """Yield the source and the target of each unit that has both.

    Languages match by their first part, whatever the case: ``DE-at`` is ``de``. Of
    several variants in one language the first is taken.

    Raises:
        InputError: Not well-formed, no TMX, with a DTD of its own, or without a single
            unit in both languages.

    """
    source = _Stream(stream)
    if _SUBSET.search(source.head.replace(b"\0", b"")):
        raise InputError(
            place, "its DOCTYPE declares things of its own, which is refused"
        )
    seen: set[str] = set()
    found = False
    try:
        for unit in _units(source, place):
            variants: dict[str, Element] = {}
            for variant in unit.iterchildren("{*}tuv"):
                language = _language(variant, place)
                seen.add(language)
                variants.setdefault(language, variant)
            if source_language in variants and target_language in variants:
                found = True
                yield (
                    _text(variants[source_language], place),
                    _text(variants[target_language], place),
                )
    except etree.XMLSyntaxError as error:
        # libxml2 names no line where it simply stops.
        reason = error.msg if error.lineno else "cut short, or an unknown entity"
        raise InputError(
            place, f"not well-formed XML ({reason})", line=error.lineno or None
        ) from None
    if not found:
        languages = ", ".join(sorted(seen)) or "none"
        raise InputError(
            place,
            f"no unit in {source_language} and {target_language}; the languages found: "
            f"{languages}",
        )


def _units(source: _Stream, place: Path | str) -> Iterator[Element]:
    root = None
    events = etree.iterparse(
        source,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in events:
        name = etree.QName(element).localname
        if event == "start":
            if root is None:
                root = element
                if name != "tmx":
                    raise InputError(place, f"begins with <{name}>, <tmx> is expected")
                dtd = root.getroottree().docinfo.internalDTD
                if dtd is not None and list(dtd.iterentities()):
                    raise InputError(place, "its DOCTYPE declares entities")
            continue
        if name == "tu":
            yield element
        if name in {"tu", "header"}:
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def _language(variant: Element, place: Path | str) -> str:
    code = variant.get(_XML_LANG) or variant.get("lang")
    if not code:
        raise InputError(place, "<tuv> without xml:lang", line=_line(variant))
    return re.split("[-_]", str(code).strip().lower())[0]


def _text(variant: Element, place: Path | str) -> str:
    segment = variant.find("{*}seg")
    if segment is None:
        raise InputError(place, "<tuv> without <seg>", line=_line(variant))
    return "".join(_texts(segment, place))


def _texts(element: Element, place: Path | str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            raise InputError(
                place, f"an unknown entity {child.text}", line=_line(child)
            )
        if etree.QName(child).localname not in _CODES:
            yield from _texts(child, place)
        yield child.tail or ""


def _line(element: Element) -> int | None:
    # lxml's type stubs do not promise one.
    line = element.sourceline
    return line if isinstance(line, int) else None
