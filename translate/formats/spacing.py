"""White space around marks: a segment has one space where a text has many."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.numbers import in_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.translate.document import Document

BLANKS: Final = re.compile(r"\s+")

# A number and a blank at which no line is to be broken, in front of its unit.
KEPT_TOGETHER: Final = re.compile(
    r"(?<![\w.,])(\d+(?:[.,]\d+)*)([\u00a0\u202f])(?=[^\s\d])"
)

# Before these a translation has no space.
STOPS: Final = frozenset(".,;:!?")

Kind = Literal["open", "close", "whole"]


def walk(marks: Sequence[Mark]) -> Iterator[tuple[Kind, int, int]]:
    """Yield the borders of marks as they are written: kind, place, index of mark."""
    around: list[int] = []
    for index, mark in enumerate(marks):
        while around and marks[around[-1]].end <= mark.start:
            yield "close", marks[around[-1]].end, around.pop()
        if mark.verbatim or mark.start == mark.end:
            yield "whole", mark.start, index
        else:
            yield "open", mark.start, index
            around.append(index)
    while around:
        yield "close", marks[around[-1]].end, around.pop()


def tidy(text: str, marks: Sequence[Mark]) -> Segment:
    """Make runs of white space one space and move the marks along.

    White space at the ends of *text* is in marks.

    Of a run with marks in it, one space stays in the text and the marks keep the
    others: an image between two words never comes to touch one.
    """
    marks = _joined(marks)
    borders = [
        _Border(kind, at, index)
        for kind, at, index in walk(marks)
        if not marks[index].verbatim
    ]
    openings = [mark.opening for mark in marks]
    closings = [mark.closing for mark in marks]
    pieces: list[str] = []
    moved = [0] * (len(text) + 1)
    folded: set[int] = set()
    done = length = passed = 0
    for run in BLANKS.finditer(text):
        start, end = run.span()
        pieces.append(text[done:start])
        for at in range(done, start + 1):
            moved[at] = length + at - done
        length += start - done
        while passed < len(borders) and borders[passed].at < start:
            passed += 1
        here = []
        for border in borders[passed:]:
            if border.at > end:
                break
            here.append(border)
        gaps = list(pairwise([start, *(border.at for border in here), end]))
        kept = _kept(gaps, here, text[end : end + 1])
        if start == 0 or end == len(text):  # all of it is the marks'
            kept = len(here) if start else 0
        for number, border in enumerate(here):
            side = closings if border.kind == "close" else openings
            if number < kept and gaps[number][0] < gaps[number][1]:
                side[border.mark] = " " + side[border.mark]
            elif number >= kept and gaps[number + 1][0] < gaps[number + 1][1]:
                side[border.mark] += " "
        folded |= _fold(here[:kept], here[kept:], openings, closings)
        first, last = gaps[kept]
        blank = " " if first < last else ""
        pieces.append(blank)
        for at in range(start + 1, end + 1):
            moved[at] = length + (len(blank) if at > first else 0)
        length += len(blank)
        done = end
    for at in range(done, len(text) + 1):
        moved[at] = length + at - done
    pieces.append(text[done:])
    return Segment(
        "".join(pieces),
        tuple(
            Mark(moved[mark.start], moved[mark.end], opening, closing, mark.verbatim)
            for index, (mark, opening, closing) in enumerate(
                zip(marks, openings, closings, strict=True)
            )
            if index not in folded
        ),
    )


def unbroken(document: Document, translations: Iterable[Segment]) -> Iterator[Segment]:
    """Yield translations with the blanks behind numbers that no line may break at.

    A model knows plain ones only, and segments have them; what the file has, says the
    source of each block. A translation that is its segment stays, as all of it does
    in the file.
    """
    coming = iter(translations)
    for block in document.blocks():
        kept = [
            (in_english(number), blank)
            for number, blank in KEPT_TOGETHER.findall(unescape(block.source or ""))
        ]
        for segment, translation in zip(block.segments, coming, strict=False):
            if not kept or translation == segment:
                yield translation
            else:
                yield replace(translation, text=_kept_together(translation.text, kept))
    yield from coming  # too many, as the writer will say


def _kept_together(text: str, kept: list[tuple[str, str]]) -> str:
    """Put back the blanks behind the numbers that *text* has, and forget those."""
    for number, blank in list(kept):
        # "€5 a day": its unit stands before it.
        plain = rf"(?<![\w.,€$£]){re.escape(number)} (?=[^\s\d])"
        text, found = re.subn(plain, number + blank, text, count=1)
        if found:
            kept.remove((number, blank))
    return text


@dataclass(frozen=True, slots=True)
class _Border:
    kind: Kind
    at: int
    mark: int  # its index


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """Make one of empty marks that touch: they go together."""
    found: list[Mark] = []
    for mark in marks:
        before = found[-1] if found else mark
        empty = before.start == before.end == mark.start == mark.end
        if found and empty:
            found[-1] = replace(before, opening=before.opening + mark.opening)
        else:
            found.append(mark)
    return found


def _fold(
    left: Sequence[_Border],
    right: Sequence[_Border],
    openings: list[str],
    closings: list[str],
) -> set[int]:
    """Write empty marks into the tag they come to touch, else they could leave it.

    Returns:
        The marks that are no marks any more.
    """
    folded: set[int] = set()
    waiting: list[int] = []
    for border in left:
        if border.kind == "whole":
            waiting.append(border.mark)
        elif border.kind == "close":
            inner = "".join(openings[mark] for mark in waiting)
            closings[border.mark] = inner + closings[border.mark]
            folded.update(waiting)
            waiting = []
        else:
            waiting = []
    opened: int | None = None
    for border in right:
        if border.kind == "open":
            opened = border.mark
        elif border.kind == "whole" and opened is not None:
            openings[opened] += openings[border.mark]
            folded.add(border.mark)
        else:
            opened = None
    return folded


def _kept(gaps: Sequence[tuple[int, int]], here: Sequence[_Border], after: str) -> int:
    """Choose the gap whose white space stays in the text.

    It lies behind what is closed and before what is opened, if it can. Empty: the
    text has no space, because only an image stands between the word and its stop.
    """
    if here and here[-1].kind == "whole" and after and after in STOPS:
        first, last = gaps[-1]
        if first == last:
            return len(here)
    closed = [number for number, border in enumerate(here) if border.kind == "close"]
    wanted = closed[-1] + 1 if closed else 0
    wide = [number for number, (first, last) in enumerate(gaps) if first < last]
    return min(wide, key=lambda number: (number > wanted, abs(number - wanted)))
