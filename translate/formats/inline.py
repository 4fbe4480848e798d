"""The inline content of one block, and how it is cut into segments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.formats.spacing import tidy, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from satzpaar.translate.formats import Segmenter

# Hints for line breaking, and joiners within words; outside words the joiners
# hold emoji together.
INVISIBLE: Final = re.compile(
    "[\u00ad\u200b\u2060\ufeff]|(?<=\\w)[\u200c\u200d]+(?=\\w)"
)

# What stands between the texts of a row: links of a menu, the path to a page.
SIGNS: Final = "|·•→›»"
# Where these are in the text, the others may be quotation marks.
CLOSED_BY: Final = {"›": "‹", "»": "«"}


def visible(text: str) -> str:
    """Remove soft hyphens and characters without width."""
    return INVISIBLE.sub("", text)


@dataclass(frozen=True, slots=True)
class Inline:
    """The text of a block, decoded, with marks over it as in a segment."""

    text: str
    marks: tuple[Mark, ...] = ()

    def translatable(self) -> bool:
        """Whether there is a letter or digit outside verbatim stretches."""
        outside = list(self.text)
        for mark in self.marks:
            if mark.verbatim:
                outside[mark.start : mark.end] = " " * (mark.end - mark.start)
        return any(character.isalnum() for character in outside)


@dataclass(slots=True)
class _Event:
    kind: Literal["open", "close", "empty", "verbatim"]
    start: int
    end: int
    literal: str
    name: str = ""
    partner: _Event | None = None
    closing: str = ""


@dataclass(slots=True)
class InlineBuilder:
    """Collects text and tags from left to right.

    A tag without its partner becomes an empty mark: it is kept where it is.
    """

    _texts: list[str] = field(default_factory=list)
    _length: int = 0
    _events: list[_Event] = field(default_factory=list)
    _open: list[_Event] = field(default_factory=list)

    def text(self, text: str) -> None:
        """Add decoded text."""
        text = visible(text)
        self._texts.append(text)
        self._length += len(text)

    def open(self, literal: str, name: str) -> None:
        """Add an opening tag; *name* must be that of its closing tag."""
        self._add("open", literal, name)
        self._open.append(self._events[-1])

    def close(self, literal: str, name: str) -> None:
        """Add a closing tag."""
        self._add("close", literal, name)
        for index in range(len(self._open) - 1, -1, -1):
            opening = self._open[index]
            if opening.name == name:
                opening.partner = self._events[-1]
                self._events[-1].partner = opening
                del self._open[index:]
                return

    def empty(self, literal: str) -> None:
        """Add what has no text: an image, a comment, a footnote's number."""
        self._add("empty", literal)

    def verbatim(self, literal: str, text: str) -> None:
        """Add a stretch that is not translated; *literal* is all of it."""
        start = self._length
        self.text(visible(text).strip())
        if self._length == start:
            self.empty(literal)
        else:
            self._events.append(_Event("verbatim", start, self._length, literal))

    def last_character(self) -> str:
        """Return the last character collected; empty: there is none."""
        return next((text[-1] for text in reversed(self._texts) if text), "")

    def opened_amid_text(self) -> bool:
        """Whether an element is open that has text before it."""
        if not self._open or not self._open[-1].start:
            return False
        return bool("".join(self._texts)[: self._open[-1].start].strip())

    def so_far(self) -> Inline:
        """Return the text collected, without marks that go on."""
        marks = (
            Mark(event.start, event.end, event.literal, "", verbatim=True)
            for event in self._events
            if event.kind == "verbatim"
        )
        return Inline("".join(self._texts), tuple(marks))

    def inline(self) -> Inline:
        """Return all that was collected; nothing can be added any more."""
        marks = [
            Mark(
                event.start,
                event.end,
                event.literal,
                event.closing,
                event.kind == "verbatim",
            )
            for event in _folded(_without_hollow_pairs(self._events))
        ]
        return Inline("".join(self._texts), tuple(marks))

    def _add(
        self, kind: Literal["open", "close", "empty"], literal: str, name: str = ""
    ) -> None:
        event = _Event(kind, self._length, self._length, literal, name)
        self._events.append(event)


def _without_hollow_pairs(events: Sequence[_Event]) -> list[_Event]:
    """Make one empty event of an element without text and all that is in it."""
    found: list[_Event] = []
    closer: _Event | None = None
    for event in events:
        if closer is not None:
            found[-1].literal += event.literal
            closer = None if event is closer else closer
        elif event.kind == "open" and event.partner is not None:
            if event.partner.start == event.start:
                closer = event.partner
                found.append(_Event("empty", event.start, event.start, event.literal))
            else:
                found.append(event)
        elif event.kind in {"open", "close"} and event.partner is None:
            found.append(_Event("empty", event.start, event.start, event.literal))
        else:
            found.append(event)
    return found


def _folded(events: Sequence[_Event]) -> list[_Event]:
    """Give pairs their end; fold empty elements at their edges into their tags.

    Else an image at the edge of a link could fall out of it.
    """
    found: list[_Event] = []
    opened: _Event | None = None  # directly before
    trailing: list[_Event] = []  # empty ones directly before
    for event in events:
        if opened is not None and opened.start != event.start:
            opened = None
        if trailing and trailing[-1].start != event.start:
            trailing = []
        if event.kind == "close" and event.partner is not None:
            event.partner.end = event.start
            if trailing:
                del found[-len(trailing) :]
            literals = [empty.literal for empty in trailing]
            event.partner.closing = "".join([*literals, event.literal])
            opened, trailing = None, []
        elif event.kind == "empty" and opened is not None:
            opened.literal += event.literal
        elif event.kind == "empty":
            found.append(event)
            trailing.append(event)
        else:
            found.append(event)
            opened = event if event.kind == "open" else None
            trailing = []
    return found


def cut(
    inline: Inline,
    segmenter: Segmenter,
    escape: Callable[[str], str] = str,
    *,
    signs: str = "",
) -> tuple[tuple[Segment, ...], tuple[str, ...]]:
    """Cut inline content into segments and the separators around them.

    Markup at the border of a sentence goes into the separator; a mark over
    parts of several sentences is cut, see :class:`Mark`.

    Args:
        inline: Its text has at least one segment.
        segmenter: Sees every white space as a plain space.
        escape: How white space in separators is written.
        signs: Those of `SIGNS` that may part the texts of a row. They go into a
            separator and are written there as they are.

    Raises:
        ValueError: The segmenter lost text.
    """
    text = inline.text
    spans = _spans(inline, segmenter)
    if signs:
        spans = _parted(inline, spans, signs)
    outside: list[list[tuple[int, str]]] = [[] for _ in range(len(spans) + 1)]
    inside: list[list[Mark]] = [[] for _ in spans]
    around: list[Mark] = []
    for kind, at, index in walk(inline.marks):
        mark = inline.marks[index]
        if kind == "close":
            around.pop()
        _place(kind, at, mark, around, spans, outside, inside)
        if kind == "open":
            around.append(mark)
    # White space in a mark that goes over a part of a sentence stays with it.
    padded = [
        (
            min([start, *(mark.start for mark in marks)]),
            max([end, *(mark.end for mark in marks)]),
        )
        for (start, end), marks in zip(spans, inside, strict=True)
    ]
    edges = [(0, 0), *padded, (len(text), len(text))]
    gaps = [(before[1], after[0]) for before, after in pairwise(edges)]
    separators = []
    for (start, end), literals in zip(gaps, outside, strict=True):
        pieces, done = [], start
        for at, literal in literals:
            pieces += [escape(text[done:at]), literal]
            done = at
        separators.append("".join([*pieces, escape(text[done:end])]))
    segments = [
        tidy(text[start:end], [_shifted(mark, -start) for mark in marks])
        for (start, end), marks in zip(padded, inside, strict=True)
    ]
    return tuple(segments), tuple(separators)


def _spans(inline: Inline, segmenter: Segmenter) -> list[tuple[int, int]]:
    text = re.sub(r"\s", " ", inline.text)
    spans: list[tuple[int, int]] = []
    done = 0
    for start, end in [*segmenter(text), (len(text), len(text))]:
        if text[done:start].strip() or not done <= start <= end:
            raise ValueError(f"the segmenter lost {text[done:start]!r} of {text!r}")
        done = end
        if start < end:
            spans.append((start, end))
    for mark in inline.marks:
        if mark.verbatim:  # code is in one piece, whatever full stops it has
            touched = [s for s in spans if s[0] < mark.end and mark.start < s[1]]
            if len(touched) > 1:
                first = spans.index(touched[0])
                spans[first : first + len(touched)] = [(touched[0][0], touched[-1][1])]
    return spans


def _parted(
    inline: Inline, spans: Sequence[tuple[int, int]], signs: str
) -> list[tuple[int, int]]:
    """Part spans at signs between two texts of which one is marked.

    The model would make one text of them, and marks would change places; but a sign
    between plain words, or within a mark, may be a part of the sentence.
    """
    text = inline.text
    rows = [
        (row.start(), row.end())
        for row in re.finditer(
            rf"(?<!\S)[{re.escape(signs)}](?:\s+[{re.escape(signs)}])*(?!\S)", text
        )
        if not _may_quote(row[0], text) and _parts(inline, *row.span())
    ]
    parted = []
    for start, end in spans:
        for row_start, row_end in rows:
            if row_start < end and start < row_end:
                parted.append((start, row_start))
                start = row_end
        parted.append((start, end))
    return [
        (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        for start, piece in ((start, text[start:end]) for start, end in parted)
        if piece.strip()
    ]


def _may_quote(row: str, text: str) -> bool:
    return any(sign in row and other in text for sign, other in CLOSED_BY.items())


def _parts(inline: Inline, start: int, end: int) -> bool:
    """Whether the signs from *start* to *end* stand between words, a mark at one."""
    before, after = inline.text[:start].rstrip(), inline.text[end:]
    following = len(inline.text) - len(after.lstrip())
    if not (any(map(str.isalnum, before)) and any(map(str.isalnum, after))):
        return False
    for mark in inline.marks:
        if mark.start < end and start < mark.end:
            left, right = inline.text[mark.start : start], inline.text[end : mark.end]
            if mark.verbatim or bool(left.strip()) != bool(right.strip()):
                return False  # the sign belongs to what is marked
    return any(
        mark.start < mark.end
        and (len(before) <= mark.end <= start or end <= mark.start <= following)
        for mark in inline.marks
    )


def _place(
    kind: Literal["open", "close", "whole"],
    at: int,
    mark: Mark,
    around: Sequence[Mark],
    spans: Sequence[tuple[int, int]],
    outside: list[list[tuple[int, str]]],
    inside: list[list[Mark]],
) -> None:
    """Put one border into a separator or, as marks, into segments."""
    touched = [i for i, s in enumerate(spans) if s[0] < mark.end and mark.start < s[1]]
    # Both borders of a mark over white space go to where the first of them goes.
    place = at if touched else mark.start
    gap = sum(end <= place for _, end in spans)  # segments that end before it
    within = gap if gap < len(spans) and spans[gap][0] < place else None
    begun = inside[gap] if gap < len(spans) else []
    if within is None and any(m.start <= place and m.opening for m in begun):
        within = gap  # in white space at the beginning of a mark
    elif within is None and gap and any(m in inside[gap - 1] for m in around):
        within = gap - 1  # at its end
    if mark.verbatim:
        inside[touched[0]].append(mark)
        return
    if not touched or mark.start == mark.end:  # white space only, or nothing
        literal = mark.closing if kind == "close" else mark.opening
        if mark.start < mark.end and within == gap - 1:  # in one piece, else they cross
            whole = Mark(mark.start, mark.start, f"{mark.opening} {mark.closing}", "")
            inside[gap - 1] += [whole] if kind == "open" else []
        elif within is None:
            outside[gap].append((at, literal))
        else:
            inside[within].append(Mark(at, at, literal, ""))
        return
    first, last = touched[0], touched[-1]
    from_border = mark.start <= spans[first][0]
    to_border = mark.end >= spans[last][1]
    if first == last and not (from_border and to_border):
        if kind == "open":
            if any(_goes_on(outer, spans) for outer in around):
                # What is around it is cut at the sentence, and so is its white space.
                start, end = spans[first]
                mark = replace(
                    mark, start=max(start, mark.start), end=min(end, mark.end)
                )
            inside[first].append(mark)
    elif kind == "open":
        if from_border:
            outside[first].append((min(at, spans[first][0]), mark.opening))
        else:
            inside[first].append(Mark(mark.start, spans[first][1], mark.opening, ""))
        if not to_border:
            inside[last].append(Mark(spans[last][0], mark.end, "", mark.closing))
    elif to_border:
        outside[last + 1].append((max(at, spans[last][1]), mark.closing))


def _goes_on(mark: Mark, spans: Sequence[tuple[int, int]]) -> bool:
    return sum(start < mark.end and mark.start < end for start, end in spans) > 1


def _shifted(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start + by, end=mark.end + by)
