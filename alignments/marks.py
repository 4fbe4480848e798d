"""The codes of a translation unit as inline markup of a segment again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.alignments.tmx.inline import paired
from satzpaar.translate.document import Mark, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.alignments.bitext import Code, Variant


def segment_of(variant: Variant) -> Segment:
    """Return a variant as a segment: line ends are spaces, outer space is gone.

    Pairs are marks over what they enclose. A half whose other half lies in another
    segment is a mark to the end of the text, or from its beginning, that has nothing to
    write there. Pairs that cross others cannot be marks: each half is written where it
    stands, as codes that stand alone are.

    >>> from satzpaar.alignments.bitext import Code, Variant
    >>> codes = Code(4, "open", 1, "<b>"), Code(8, "close", 1, "</b>")
    >>> segment_of(Variant("Das Haus.", "de", codes)).marks[0].opening
    '<b>'
    """
    flat = variant.text.replace("\r\n", "  ").replace("\n", " ").replace("\r", " ")
    text = flat.strip()
    outer = len(flat) - len(flat.lstrip())
    positions = [
        min(max(code.position - outer, 0), len(text)) for code in variant.codes
    ]
    return Segment(text, _marks(variant.codes, positions, len(text)))


def _marks(
    codes: Sequence[Code], positions: Sequence[int], size: int
) -> tuple[Mark, ...]:
    """Make marks of codes, outer before inner."""
    opening_of = _nested(codes)
    closing_of = {opening: closing for closing, opening in opening_of.items()}
    marks: list[Mark] = []
    depth = 0  # pairs, and halves that go on to the end, around the present place
    for place, (code, position) in enumerate(zip(codes, positions, strict=True)):
        if place in closing_of:
            closing = closing_of[place]
            end = positions[closing]
            marks.append(Mark(position, end, code.content, codes[closing].content))
            depth += 1
        elif place in opening_of:
            depth -= 1
        elif code.kind == "open" and not depth and position < size:
            marks.append(Mark(position, size, code.content, ""))
            depth += 1
        elif code.kind == "close" and not depth and position:
            # Around all that came before it.
            marks.insert(0, Mark(0, position, "", code.content))
        else:
            marks.append(Mark(position, position, code.content, ""))
    return tuple(marks)


def _nested(codes: Sequence[Code]) -> dict[int, int]:
    """Return the pairs that cross no other, as `paired` does."""
    pairs = paired(codes)
    openings = set(pairs.values())
    around: list[int] = []
    for place in range(len(codes)):
        if place in openings:
            around.append(place)
        elif place in pairs:
            if around and around[-1] == pairs[place]:
                around.pop()
            else:
                around.remove(pairs[place])
                del pairs[place]
    return pairs
