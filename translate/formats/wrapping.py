"""Which lines of plain text belong together: hard-wrapped paragraphs.

A line break inside a sentence must not reach the translator, and a heading must
not be glued to the paragraph under it. Nothing in the file says which is which,
so the shape has to: lines that were wrapped are full, and the next word would not
have fit.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Below, lines are verse, addresses or lists; above, no programme wraps. Ours.
NARROWEST, WIDEST = 40, 120  # characters

# How far below its width a line may end and still be full: people who wrap by
# hand, and programmes that count the line end. Ours.
SLACK: Final = 4  # characters

# Of the lines of a run that could go on, how many must be full before a full line
# means anything: in a list of headlines or sentences some line is the longest too.
LEAST_FULL: Final = 0.5
# The same for a line that ends a sentence. There a join that is left out costs
# only the shape of the paragraph, a wrong one joins lines that stood alone.
LEAST_FULL_AT_END: Final = 0.75

# Two lines prove nothing by their widths, the longer one is always full. A single
# pair needs a line as long as programmes make them (60 to 80), or other signs.
SHORTEST_LONE: Final = 58  # characters

# A line that goes on in lower case, but ends far before the margin, was broken
# where its author wanted it: verse, captions. Ours.
LEAST_FILL: Final = 0.6

SENTENCE_END: Final = re.compile("[.!?…:][\"'”“»«’)\\]]*$")
CLAUSE_END: Final = re.compile("[.!?…:;,][\"'”“»«’)\\]]*$")
SPLIT_WORD: Final = re.compile(r"\w[-\u2010\u00ad]$")
ADDRESS: Final = re.compile(r"[^\s<>@]+@[^\s<>@]+>|https?://[^\s<>]+>")

BULLET: Final = r"[-*+!•·‣▪◦–—]"  # "!": changed, in a list of changes
NUMBER: Final = r"(?:\d{1,3}|[a-zA-Z])(?:[.)])|\((?:\d{1,3}|[a-zA-Z])\)"
MARKER: Final = re.compile(rf"(?:{BULLET}|{NUMBER})[ \t\u00a0]+(?=\S)")
MONTH: Final = re.compile(
    r"\d+\.\s+(?:Jan|Feb|Mär|Maerz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert)"
)
# Signs that are list markers, but also occur inside a sentence.
AMBIGUOUS: Final = re.compile(r"[–—-]|\d{1,3}\.|[a-zA-Z]\.")
# A letter and a full stop are more often an abbreviation (»z. B.«) or the initial
# of a name than a marker.
LETTER: Final = re.compile(r"[a-zA-Z]\.")
NEAR: Final = 10  # lettered items, to find the next letter of a list; ours

# Words that end no heading and no sentence: what follows belongs to them.
GOES_ON: Final = frozenset(
    re.findall(
        r"\w+",
        """
        aber als am an auf aus bei beim bis das dass dem den denn der des die durch
        ein eine einem einen einer eines für gegen hat haben im in ins ist kein keine
        mit nach oder ob ohne sein seine seit sich sie sind sowie über um und unter
        vom von vor war waren weil wenn werden wie wird wurde wurden zu zum zur
        zwischen
        """,
    )
)

HYPHENS_STAY_BEFORE: Final = frozenset(["und", "oder", "bis", "sowie", "bzw."])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text file."""

    text: str
    ending: str  # as in the file; empty at the end of a file without one
    gaps: tuple[tuple[int, int], ...] = ()  # between the cells of a table, see columns
    lead: str = field(init=False)  # indentation, quoting and list marker
    indent: str = field(init=False)  # the lead without the list marker
    content: str = field(init=False)  # what follows the lead

    def __post_init__(self) -> None:
        indent = re.match(r"(?:\s*>)*\s*", self.text)
        start = indent.end() if indent else 0
        marker = MARKER.match(self.text, start)
        if marker and MONTH.match(self.text, start):
            marker = None
        end = marker.end() if marker else start
        object.__setattr__(self, "indent", self.text[:start])
        object.__setattr__(self, "lead", self.text[:end])
        object.__setattr__(self, "content", self.text[end:])

    @property
    def marker(self) -> str:
        """The list marker, or nothing."""
        return self.lead[len(self.indent) :].strip()

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text.strip("\u200b\ufeff \t\u00a0") or self.text.isspace()

    @property
    def drawn(self) -> bool:
        """Whether there is something to see, but no word: a rule, an ornament."""
        return not (self.blank or any(map(str.isalnum, self.text)))

    @property
    def length(self) -> int:
        """Characters up to the last visible one."""
        return len(self.text.rstrip())

    def without_marker(self) -> Line:
        """Return the line as the continuation of a sentence."""
        line = Line(self.text, self.ending, self.gaps)
        object.__setattr__(line, "lead", self.indent)
        object.__setattr__(line, "content", self.text[len(self.indent) :])
        return line


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Group lines: wrapped ones together, all others alone."""
    runs = _with_true_letters(list(_runs(lines)))
    width = _width_of_file(runs)
    for run in runs:
        yield from _split(run, width)


def joined(contents: Sequence[str]) -> str:
    """Make one line of wrapped lines, and whole words of hyphenated ones.

    >>> joined(["die Waffen-", "lieferungen"]), joined(["ein Atom-", "U-Boot"])
    ('die Waffenlieferungen', 'ein Atom-U-Boot')
    >>> joined(["die Ein-", "und Ausfuhr"]), joined(["er -", "nicht sie"])
    ('die Ein- und Ausfuhr', 'er - nicht sie')
    >>> joined(["Anna Muster <", "anna@example.de>:"])
    'Anna Muster <anna@example.de>:'
    >>> joined(["Wenn a <", "b ist"])
    'Wenn a < b ist'
    """
    text = contents[0]
    for content in contents[1:]:
        text = text.rstrip()
        if text.endswith("<") and ADDRESS.match(content):  # as mail programmes part it
            text += content
            continue
        word = content.split()[0] if content else ""
        if not SPLIT_WORD.search(text) or word in {"", *HYPHENS_STAY_BEFORE}:
            text += f" {content}"
        elif content[0].islower() and _is_word_part(text[:-1]):
            text = text[:-1] + content
        else:  # "Atom-U-Boot", "CDU-geführt", "19-jährig"
            text += content
    return text


def _is_word_part(text: str) -> bool:
    """Whether *text* ends in a word that goes on: not in "US", "E" or "19"."""
    words = re.findall(r"\w+$", text)
    part = words[0] if words else ""
    return len(part) > 1 and part.isalpha() and not part.isupper()


def _runs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield stretches without a blank line or the end of a page, and the rest.

    A line of a table stands alone like a blank one, and so does a rule, whose
    length says nothing about the margin.
    """
    run: list[Line] = []
    for line in lines:
        if line.blank or line.gaps or line.drawn:
            if run:
                yield run
            run = []
            yield [line]
            continue
        run.append(line)
        if line.ending not in {"\n", "\r\n", "\r", "\x85"}:
            yield run
            run = []
    if run:
        yield run


def _with_true_letters(runs: Sequence[list[Line]]) -> list[list[Line]]:
    """Take back markers of one letter that no list goes on from or to.

    That is, where neither the run nor the next one above has an item with the
    letter before, and neither it nor the next one below one with the letter after.
    """
    texts = [run for run in runs if not run[0].blank]
    items = [
        (number, ord(line.marker[0]))
        for number, run in enumerate(texts)
        for line in run
        if _may_be_lettered(line)
    ]
    true = iter([_has_neighbour(items, index) for index in range(len(items))])
    return [
        [
            line.without_marker()
            if LETTER.fullmatch(line.marker)
            and not (_may_be_lettered(line) and next(true))
            else line
            for line in run
        ]
        for run in runs
    ]


def _may_be_lettered(line: Line) -> bool:
    """Whether the line begins »a. …«, not »z. B. …«."""
    return bool(LETTER.fullmatch(line.marker)) and not LETTER.match(line.content)


def _has_neighbour(items: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether near an item is the one before or after: run and letter of each."""
    run, letter = items[index]
    above = items[max(0, index - NEAR) : index]
    below = items[index + 1 : index + 1 + NEAR]
    return any((at, letter - 1) in above for at in (run - 1, run)) or any(
        (at, letter + 1) in below for at in (run, run + 1)
    )


def _width_of_file(runs: Sequence[Sequence[Line]]) -> int:
    """Return the margin of a hard-wrapped file; 0 where lines are paragraphs."""
    long = sum(line.length for run in runs for line in run if _too_long(line))
    wrapped = [
        line.length
        for run in runs
        if len(run) > 1 and not any(_too_long(line) for line in run)
        for line in run
    ]
    return max(wrapped, default=0) if sum(wrapped) > long else 0


def _too_long(line: Line) -> bool:
    """Whether nobody wrapped the line; a URL is as long as it is."""
    return line.length > WIDEST and len(line.content.split()) > 1


def _split(run: Sequence[Line], width_of_file: int) -> Iterator[list[Line]]:
    written, run = run, _with_true_markers(run)
    width = max((line.length for line in run if not _too_long(line)), default=0)
    if len(run) <= 3:  # too few to show a margin of their own
        width = max(width, width_of_file)
    if not width_of_file or any(_too_long(line) for line in run):
        width = 0
    pairs = list(pairwise(run))
    could = [_could_join(upper, lower) for upper, lower in pairs]
    full = [_full(upper, lower, width) for upper, lower in pairs]
    candidates = [is_full for is_full, can in zip(full, could, strict=True) if can]
    share = sum(candidates) / len(candidates) if candidates else 0.0
    if sum(candidates) == 1 and width == max(line.length for line in run):
        lone = max(upper.length for upper, _ in pairs)
        share = share if width_of_file > width or lone >= SHORTEST_LONE else 0.0
    paragraph = [run[0]]
    for index, (upper, lower) in enumerate(pairs):
        goes_on = (
            width >= NARROWEST
            and could[index]
            and _same_margin(paragraph, lower)
            and (
                (full[index] and share >= _least_full(upper))
                or _broken_off(upper, lower)
                or (
                    _in_mid_sentence(upper, lower)
                    and upper.length >= LEAST_FILL * width
                )
            )
        )
        if not goes_on:
            yield paragraph
            paragraph = []
            if re.match(BULLET, lower.content):  # no dash, as nothing stands before it
                lower = written[index + 1]
        paragraph.append(lower)
    yield paragraph


def _with_true_markers(run: Sequence[Line]) -> list[Line]:
    """Take back markers that are a dash or an ordinal at the edge of a line."""
    width = max(line.length for line in run)
    kinds = [re.sub(r"\w+", "1", line.marker) for line in run]
    number = Counter(kinds)
    found = [run[0]]
    for index, line in enumerate(run[1:], start=1):
        upper = run[index - 1]
        if (
            line.marker
            and not _is_next_item(found[-1], line)
            and AMBIGUOUS.fullmatch(line.marker)
            and number[kinds[index]] == 1
            and upper.length + 1 + len(line.marker) > width - SLACK
            and not CLAUSE_END.search(upper.text.rstrip())
        ):
            found.append(line.without_marker())
        else:
            found.append(line)
    return found


def _is_next_item(upper: Line, lower: Line) -> bool:
    """Whether another bullet stands above, though not the same one."""
    is_bullet = re.fullmatch(BULLET, upper.marker) is not None
    return is_bullet and upper.indent == lower.indent


def _could_join(upper: Line, lower: Line) -> bool:
    """Whether nothing but width speaks against one paragraph."""
    return not lower.marker and (
        lower.indent == upper.indent
        or bool(upper.marker)
        or len(lower.indent) < len(upper.indent)
    )


def _same_margin(paragraph: Sequence[Line], lower: Line) -> bool:
    """First lines may be indented or hang; all others stand at one margin."""
    if len(paragraph) > 1:
        return lower.indent == paragraph[-1].indent
    first = paragraph[0]
    if first.marker:  # an item goes on under its text, or at the margin
        return len(lower.indent) <= len(first.lead)
    return lower.indent == first.indent or not lower.indent


def _least_full(upper: Line) -> float:
    ended = SENTENCE_END.search(upper.content.rstrip())
    return LEAST_FULL_AT_END if ended else LEAST_FULL


def _full(upper: Line, lower: Line, width: int) -> bool:
    """Whether the next word would have gone over the margin."""
    word = lower.content.split()[0] if lower.content.split() else ""
    return upper.length + 1 + len(word) > width - SLACK


def _broken_off(upper: Line, lower: Line) -> bool:
    """Whether the line ends within a word or after one that ends no sentence."""
    text = upper.content.rstrip()
    last = re.search(r"\w+$", text)
    return bool(lower.content) and (
        bool(SPLIT_WORD.search(text))
        or (last is not None and last[0].lower() in GOES_ON)
    )


def _in_mid_sentence(upper: Line, lower: Line) -> bool:
    """Whether a sentence has no end here, and what follows no beginning.

    That is, it starts in lower case or hangs under the text of a list item.
    """
    ended = SENTENCE_END.search(upper.content.rstrip())
    hangs = bool(upper.marker) and len(lower.indent) == len(upper.lead)
    return not ended and (hangs or lower.content[:1].islower())
