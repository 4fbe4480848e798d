"""PDF files of lines at places on pages, in Helvetica."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH, HEIGHT = 595, 842  # points, A4

# Left, from the top, size, text.
Placed = tuple[float, float, float, str]


def pdf(*pages: Iterable[Placed]) -> bytes:
    """Return a file of pages, whose lines are drawn in this order."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects.append(
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    )
    kids = []
    for lines in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf {left} {HEIGHT - top} Td ({_escaped(text)}) Tj ET\n"
            for left, top, size, text in lines
        )
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    made, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    made += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    made += f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF"
    return made.encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def column(
    *texts: str, left: float = 60, top: float = 100, size: float = 12
) -> list[Placed]:
    """Place lines below each other, at one and a half times their size."""
    return [
        (left, top + number * 1.5 * size, size, text)
        for number, text in enumerate(texts)
    ]
