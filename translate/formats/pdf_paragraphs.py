"""The paragraphs of pages that say only where on the paper each line stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DIGITS: Final = re.compile(r"\d+")
PAGE_NUMBER: Final = re.compile(
    r"(?:[-–—|]\s*)?(?:(?:Seite|S\.|Page)\s*)?\d{1,4}"
    r"(?:\s*(?:/|von|of)\s*\d{1,4})?(?:\s*[-–—|])?"
)
SENTENCE_END: Final = re.compile(r"[.!?:…][\"'”“»«’)\]]*\Z")
HYPHEN: Final = re.compile(r"(?<=\w)[-\u00ad\u2010]\Z")
# "Haupt- und Nebenstraßen"
GOES_ON_WITH: Final = re.compile(r"(?:und|oder|bzw\.|sowie|bis|als|wie)\b")
DASHES: Final = "-\u00ad\u2010"
BULLET: Final = re.compile(r"[•‣▪◦●○■□]\s")
# These begin an item only where nothing goes on: "seit dem / 3. Mai".
ITEM: Final = re.compile(r"[–—-]\s|\d{1,2}[.)]\s")

# Ours, by eye, on articles printed by browsers and word processors.
MARGIN: Final = 0.12  # of the page's height, where running heads and feet stand
FEWEST_PAGES: Final = 3  # that have the same line there
LARGER: Final = 1.15  # times the usual size: a heading
OTHER_SIZE: Final = 0.1  # of it: not the same paragraph
WIDE_GAP: Final = 1.6  # times the usual distance of lines
INDENTED: Final = 0.7  # times the size: where a paragraph begins
USUAL_DISTANCE: Final = 1.5  # of lines, times the size, where there are few to ask
FEWEST_DISTANCES: Final = 5
FAR: Final = 3.0  # times the size: farther than a paragraph is indented
FITS: Final = 1.2  # times its width: a word that would have fitted, if it went on
FREE: Final = 0.3  # of the column's width, behind what ends without a full stop
COLUMN: Final = 4.0  # points: lines that begin so near each other begin at one place
LONGEST_HEADING: Final = 150  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; lengths are in points, from the left and the bottom."""

    text: str
    page: int  # from 1
    box: int  # lines of one number stand together
    left: float
    right: float
    bottom: float
    size: float  # of its letters
    height: float  # of the page


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[Line] = field(default_factory=list)

    @property
    def page(self) -> int:
        """Where it begins."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """All of it; words that were parted at a line's end are whole again."""
        text = ""
        for line in self.lines:
            text = _joined(text, line.text) if text else line.text
        return text

    def is_heading(self, usual: float) -> bool:
        """Whether it is larger than what is *usual*, and short."""
        size = median(line.size for line in self.lines)
        return size >= LARGER * usual and len(self.text) <= LONGEST_HEADING


def usual_size(lines: Iterable[Line]) -> float:
    """Return the size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0)


def without_margins(lines: Sequence[Line]) -> list[Line]:
    """Leave out running heads and feet, and the numbers of pages.

    These are lines at the edge of a page, apart from its text and not larger: such as
    three pages and half of all have, but for digits, and such as are a number.
    """
    usual = usual_size(lines)
    edges = {id(line) for line in _at_edges(lines, usual)}
    pages: dict[str, set[int]] = {}
    for line in lines:
        if id(line) in edges:
            pages.setdefault(_alike(line.text), set()).add(line.page)
    fewest = max(FEWEST_PAGES, len({line.page for line in lines}) / 2)
    repeated = {text for text, on in pages.items() if len(on) >= fewest}
    return [
        line
        for line in lines
        if id(line) not in edges
        or not (_alike(line.text) in repeated or PAGE_NUMBER.fullmatch(line.text))
    ]


def _at_edges(lines: Sequence[Line], usual: float) -> Iterator[Line]:
    """Yield what stands at the edge of a page, with white between it and the text."""
    on_pages: dict[int, list[Line]] = {}
    for line in lines:
        on_pages.setdefault(line.page, []).append(line)
    for on_page in on_pages.values():
        groups: list[list[Line]] = []
        for line in sorted(on_page, key=lambda line: line.bottom):
            before = groups[-1][-1] if groups else None
            apart = WIDE_GAP * USUAL_DISTANCE * line.size
            if before is None or line.bottom - before.bottom > apart:
                groups.append([])
            groups[-1].append(line)
        for group in groups:
            if all(_is_marginal(line, usual) for line in group):
                yield from group


def _is_marginal(line: Line, usual: float) -> bool:
    from_top = line.height - line.bottom - line.size
    at_edge = min(line.bottom, from_top) < MARGIN * line.height
    return at_edge and line.size < LARGER * usual


def _alike(text: str) -> str:
    return DIGITS.sub("0", text)


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Put lines together in their order."""
    usual = usual_size(lines)
    distances = [
        one.bottom - other.bottom
        for one, other in pairwise(lines)
        if one.box == other.box and one.bottom > other.bottom
    ]
    few = len(distances) < FEWEST_DISTANCES
    distance = USUAL_DISTANCE * usual if few else median(distances)
    ends: dict[tuple[int, int, int], float] = {}
    for line in lines:
        ends[_column(line)] = max(line.right, ends.get(_column(line), 0.0))
    open_ = Paragraph()
    for line in lines:
        if open_.lines and not _goes_on(
            open_, line, usual, distance, ends.get(_column(open_.lines[-1]), 0.0)
        ):
            yield open_
            open_ = Paragraph()
        open_.lines.append(line)
    if open_.lines:
        yield open_


def _column(line: Line) -> tuple[int, int, int]:
    """Return what lines have in common that are set in the same way."""
    return line.page, round(line.left / COLUMN), round(line.size)


def _goes_on(
    paragraph: Paragraph,
    line: Line,
    usual: float,
    distance: float,
    end: float,
) -> bool:
    """Say whether a line goes on with a paragraph.

    Args:
        paragraph: Of lines before it.
        line: The next one.
        usual: Size of most letters.
        distance: Of most lines.
        end: How far lines go to the right that begin where the last one does.
    """
    before = paragraph.lines[-1]
    if abs(before.size - line.size) > OTHER_SIZE * before.size:
        return False
    if BULLET.match(line.text):
        return False
    ended = bool(SENTENCE_END.search(before.text))
    if ended and ITEM.match(line.text):
        return False
    is_heading = paragraph.is_heading(usual)
    if line.box != before.box:  # in another column, on another page
        if is_heading:
            return False
        begun = bool(HYPHEN.search(before.text)) or line.text[:1].islower()
        return begun and not ended
    if before.bottom - line.bottom > WIDE_GAP * distance * before.size / usual:
        return False
    if HYPHEN.search(before.text):
        return True
    shift = line.left - before.left
    if abs(shift) > FAR * line.size and not is_heading:  # a table, a caption
        return False
    word = line.text.split()[0]
    width = (len(word) + 1) * (before.right - before.left) / len(before.text)
    free = end - before.right
    ended_early = free > (FITS * width if ended else FREE * (end - before.left))
    return not (
        (ended_early and not is_heading) or (ended and shift > INDENTED * line.size)
    )


def _joined(text: str, line: str) -> str:
    """Join two lines; a hyphen stays before a capital and where a word is left out."""
    if not HYPHEN.search(text):
        return f"{text} {line}"
    if GOES_ON_WITH.match(line):
        return f"{text} {line}"
    if line[:1].islower():
        return text.rstrip(DASHES) + line
    return text + line
