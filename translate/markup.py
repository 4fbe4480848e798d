"""Inline markup of a segment: writing it, and finding its place in a translation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.mark_tree import find_code, grow
from satzpaar.translate.placing import Placing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# A first letter, with the quotation mark before it.
INITIAL: Final = re.compile(r"[\"'„“”»«‚‘›‹]?[^\W\d_]")


def render(segment: Segment, escape: Callable[[str], str] = str) -> str:
    """Write a segment's text with its marks; only the text is escaped."""
    pieces: list[str] = []
    around: list[Mark] = []
    done = 0

    def text_until(end: int) -> None:
        nonlocal done
        pieces.append(escape(segment.text[done:end]) if end > done else "")
        done = max(done, end)

    def close_until(start: int) -> None:
        while around and around[-1].end <= start:
            text_until(around[-1].end)
            pieces.append(around.pop().closing)

    for mark in segment.marks:
        close_until(mark.start)
        text_until(mark.start)
        pieces.append(mark.opening)
        if mark.verbatim or mark.start == mark.end:
            pieces.append(mark.closing)
            done = mark.end
        else:
            around.append(mark)
    close_until(len(segment.text))
    text_until(len(segment.text))
    return "".join(pieces)


def is_among_words(mark: Mark, text: str) -> bool:
    """Whether it takes a word alignment to know a mark's place.

    It does not for code, for a mark over all words, and for a point before or after all
    of them.
    """
    before, after = (
        any(map(str.isalnum, part)) for part in (text[: mark.start], text[mark.end :])
    )
    is_point = mark.start == mark.end
    among = before and after if is_point else before or after
    return among and not mark.verbatim


def project_marks(
    source: Segment,
    target_text: str,
    *,
    alignment: Sequence[tuple[int, int]] | None = None,
) -> Segment:
    """Put the marks of *source* where they belong in its translation.

    Code is where the translation has its words, and what marks were around it go
    there too, unless they would cross. What else is found literally (names, numbers)
    is marked there, a mark over all goes over all. Other stretches go where the words
    are alike, else to the proportional place. No mark is lost or doubled, none cross,
    and each keeps a word as long as there are enough. An initial stays one letter.

    Args:
        source: Its marks are those of :class:`Segment`.
        target_text: The translation, clean as a segment's text.
        alignment: Pairs of word numbers in source and translation, from 0, words
            being what white space separates.
    """
    if not source.marks:
        return Segment(target_text)
    if (initial := _initial(source)) is not None:
        rest = replace(source, marks=tuple(m for m in source.marks if m is not initial))
        others = project_marks(rest, target_text, alignment=alignment)
        if (marked := _with_initial(others, initial)) is not None:
            return marked
    tree = grow(Mark(0, len(source.text), "", ""), source.marks)
    find_code(tree, source.text, target_text)
    placing = Placing(source.text, target_text, tuple(alignment or ()))
    marks = placing.inside(tree, (0, len(target_text)))
    return Segment(target_text, tuple(marks))


def _initial(segment: Segment) -> Mark | None:
    """Return the innermost mark over a letter that is set larger than its word."""
    found = None
    for mark in segment.marks:
        if mark.start:
            break
        is_whole = mark.opening and mark.closing and not mark.verbatim
        behind = segment.text[mark.end : mark.end + 1]
        if (
            is_whole
            and behind.isalpha()
            and INITIAL.fullmatch(segment.text[: mark.end])
        ):
            found = mark
    return found


def _with_initial(segment: Segment, initial: Mark) -> Segment | None:
    """Mark the first letter; None where there is none, or other markup ends in it."""
    letter = INITIAL.match(segment.text)
    if letter is None:
        return None
    size = letter.end()
    # What has no text, such as the anchor of a page, stands before the letter.
    around = [m for m in segment.marks if not m.start and not 0 < m.end < size]
    behind = [m for m in segment.marks if size <= m.start]
    if len(around) + len(behind) < len(segment.marks) or any(
        m.verbatim for m in around
    ):
        return None
    moved = replace(initial, end=size)
    return replace(segment, marks=(*around, moved, *behind))
