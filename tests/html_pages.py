"""HTML pages read with a segmenter that cuts at full stops, and written again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate.document import Document, Segment
from satzpaar.translate.formats import html

if TYPE_CHECKING:
    from collections.abc import Iterable


def sentences(text: str) -> list[tuple[int, int]]:
    """Segment at full stops: a stand-in that is wrong about German, but lossless."""
    found = re.finditer(r"\S(?:.*?[.!?](?=\s|$)|.*\S)?", text)
    return [match.span() for match in found]


def document(text: str) -> Document:
    """Read a page."""
    return html.read(text.encode(), sentences)


def written(
    document: Document,
    translations: Iterable[Segment],
    target_language: str | None = None,
) -> bytes:
    """Write a page with its translations."""
    return b"".join(html.write(document, translations, target_language=target_language))


def segments(text: str) -> list[str]:
    """Return the texts of a page's segments."""
    return [segment.text for segment in document(text).segments()]


def translated(text: str) -> str:
    """Write every segment in capitals, marks where they were."""
    found = document(text)
    changed = [
        Segment(s.text.replace("ß", "s").upper(), s.marks) for s in found.segments()
    ]
    return written(found, changed, target_language="en").decode()
