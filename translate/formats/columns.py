"""Columns in plain text: tabs, blanks, bars and dots between the cells of a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLANKS: Final = re.compile(r"[ \t\u00a0]{2,}|\t")
EDGE: Final = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
# Blanks are taken from their first one, or long runs would cost quadratic time.
BOX: Final = re.compile(r"(?:(?<![ \t])[ \t]+)?[│┃║┆┇┊┋╎╏][ \t]*")
BAR: Final = re.compile(r"(?:(?<![ \t])[ \t]+)?\|[ \t]*")
SPACED_BAR: Final = re.compile(r"(?<=\S)[ \t]+\|[ \t]+(?=\S)")
# What leads to a page number, or is to be filled in; fewer dots are an ellipsis.
LEADER: Final = re.compile(
    r"(?:(?<![ \t\u00a0])[ \t\u00a0]+)?"
    r"(?:\.{6,}|\.{4,}(?=[ \t\u00a0]*\d)|(?:\. ){5,}\.?|…{3,})[ \t\u00a0]*"
)

# So many blanks are no slip of the thumb; one more than typists put after the end
# of a sentence, and programmes between words to make lines equally long. Ours.
FEWEST: Final = 3
FEWEST_IN_DOUBT: Final = 4
SHORTEST_JUSTIFIED: Final = 40  # characters; no programme makes lines shorter

SENTENCE_END: Final = re.compile("[.!?…][\"'”“»«’)\\]]*$")

# What stands before a colon and two blanks: »Datum:  3. Mai«, no sentence. Ours.
LONGEST_LABEL: Final = 30  # characters


def gaps(
    text: str, start: int, neighbours: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    """Return what stands between the cells of a line; nothing in a line of prose.

    Args:
        text: The line.
        start: Where its content begins, behind indentation and list marker.
        neighbours: The lines above and below, which may show the same columns.

    >>> gaps("Name  Ort", 0, ["Hans  Köln"]), gaps("Zwei  Wörter", 0, ["Ja."])
    (((4, 6),), ())
    """
    barred = tuple(match.span() for match in _bars(text, start, neighbours))
    if barred:
        return barred
    leaders = [match.span() for match in LEADER.finditer(text, start)]
    blanks = [
        blank
        for blank in _blanks(text, start, neighbours)
        if not any(first < blank[1] and blank[0] < last for first, last in leaders)
    ]
    return tuple(sorted([*leaders, *blanks]))


def _bars(text: str, start: int, neighbours: Sequence[str]) -> Iterator[re.Match[str]]:
    content = text[start:].strip()
    if BOX.search(text, start):
        return BOX.finditer(text, start)
    if len(content) > 1 and content[0] == "|" and content.count("|") > 1:
        return BAR.finditer(text, start)
    spaced = list(SPACED_BAR.finditer(text, start))
    if len(spaced) > 1 or any(map(SPACED_BAR.search, neighbours)):
        return iter(spaced)
    return iter(())


def _blanks(
    text: str, start: int, neighbours: Sequence[str]
) -> Iterator[tuple[int, int]]:
    edges = {match.end() for line in neighbours for match in EDGE.finditer(line)}
    aligned = all(match.end() in edges for match in EDGE.finditer(text, start))
    is_justified = len(text) >= SHORTEST_JUSTIFIED and any(
        len(match[0]) == 2 and line[match.start() - 1] not in ".!?…:"
        for line in (text, *neighbours)
        for match in EDGE.finditer(line)
    )
    for match in BLANKS.finditer(text, start, len(text.rstrip())):
        earliest = max(start, match.start() - LONGEST_LABEL)
        before = text[earliest : match.start()]
        ended = SENTENCE_END.search(before)
        is_label = earliest == start and before.endswith(":")
        is_doubtful = ended or (is_justified and match.end() not in edges)
        fewest = FEWEST_IN_DOUBT if is_doubtful else FEWEST
        if (
            "\t" in match[0]
            or len(match[0]) >= fewest
            or is_label
            or (aligned and not ended)
        ):
            yield match.span()
