"""WMT's SGML until 2020: one text a file, cut into documents and segments.

No parser can read it: no DTD says which tags may stay open, and `&` often stands for
itself. The tags that matter are found by their names, as sacreBLEU finds them.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

SGML_SUFFIXES: Final = (".sgm", ".sgml")

TAG: Final = re.compile(r"<(doc|seg)\b([^>]*)>", re.IGNORECASE)
SEGMENT_END: Final = re.compile(r"</seg\s*>", re.IGNORECASE)
ATTRIBUTE: Final = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")

# With the semicolon only: "AT&T" and "R&D" are text.
ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SgmlText:
    """The segments of a file, and for each its document and its number there."""

    segments: tuple[str, ...]
    documents: tuple[str, ...]  # "" where the file names none
    numbers: tuple[str, ...]  # "" where a segment has none


def is_sgml(path: Path) -> bool:
    """Say by its name whether a file, perhaps packed, is WMT's SGML.

    >>> is_sgml(Path("newstest2018-ref.en.sgm.gz")), is_sgml(Path("x.en"))
    (True, False)
    """
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix in SGML_SUFFIXES


def sgml_text(text: str, path: Path) -> SgmlText:
    """Find the segments of a text in WMT's SGML.

    Raises:
        InputError: There is no segment, one has no end, or the file holds several
            translations of one document.
    """
    segments: list[str] = []
    documents: list[str] = []
    numbers: list[str] = []
    versions: dict[str, str] = {}  # who translated each document
    document, at = "", 0
    while (tag := TAG.search(text, at)) is not None:
        at = tag.end()
        attributes = _attributes(tag[2])
        if tag[1].lower() == "doc":
            document = attributes.get("docid", "")
            by = attributes.get("sysid", "")
            if document and document in versions:
                raise InputError(
                    path,
                    f"document {document} stands there twice "
                    f"({versions[document] or 'unnamed'}, {by or 'unnamed'}); a file "
                    "of one translation is expected",
                    line=_line(text, tag.start()),
                )
            versions[document] = by
            continue
        end = SEGMENT_END.search(text, at)
        following = TAG.search(text, at)
        if end is None or (following is not None and following.start() < end.start()):
            raise InputError(path, "<seg> without </seg>", line=_line(text, tag.end()))
        segments.append(_plain(text[at : end.start()]))
        documents.append(document)
        numbers.append(attributes.get("id", ""))
        at = end.end()
    if not segments:
        raise InputError(path, "no <seg>; WMT's SGML is expected in a file so called")
    return SgmlText(tuple(segments), tuple(documents), tuple(numbers))


def check_same_order(texts: Sequence[tuple[Path, SgmlText]]) -> None:
    """Refuse files whose documents or segments come in another order.

    Segments are paired by their place; these files say which is which. What one of them
    does not say is no difference.

    Raises:
        InputError: A segment of a file is another one than that of the first file.
    """
    for path, found in texts[1:]:
        first, model = texts[0]
        pairs = zip(
            zip(found.documents, found.numbers, strict=True),
            zip(model.documents, model.numbers, strict=True),
            strict=False,  # whoever scores them says that one is shorter
        )
        for place, (own, other) in enumerate(pairs, start=1):
            if any(a and b and a != b for a, b in zip(own, other, strict=True)):
                raise InputError(
                    path,
                    f"segment {place} is {_place(own)}, but {_place(other)} in "
                    f"{first}; both must have the same order",
                )


def _place(place: tuple[str, str]) -> str:
    document, number = place
    return f"number {number or '?'} of document {document or '?'}"


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in ATTRIBUTE.finditer(text)
    }


def _plain(text: str) -> str:
    unescaped = ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return " ".join(unescaped.split())


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
