"""An alignment as one HTML page: no network, no foreign script, all text escaped."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.summary import DOUBTFUL, is_doubtful, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from satzpaar.alignments.alignment import Alignment
    from satzpaar.alignments.bead import Bead
    from satzpaar.alignments.text import Text

# From here on a bead is shown as sure; what lies between is shown as fair.
SURE: Final = 0.95

BARS: Final = 20  # of the histogram of confidences
BAR_WIDTH, BARS_HEIGHT = 8, 36  # pixels


@dataclass(frozen=True, slots=True)
class Heading:
    """What the page says above the beads."""

    title: str
    source_name: str
    target_name: str
    source_language: str
    target_language: str
    remarks: tuple[str, ...] = ()  # how it was made: the method, the coverage, the day


def page_of(
    alignment: Alignment, heading: Heading, *, doubtful_below: float = DOUBTFUL
) -> Iterator[str]:
    """Yield the page, piece by piece."""
    style, script = _asset("page.css"), _asset("page.js")
    before, after = _asset("page.html").split("$beads")
    values = {
        "style": style,
        "script": script,
        # Whatever the texts hold, the browser runs this one script and no other.
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "title": escape(heading.title),
        "source_name": escape(heading.source_name),
        "target_name": escape(heading.target_name),
        "source_language": escape(heading.source_language),
        "target_language": escape(heading.target_language),
        "remarks": "\n".join(f"<li>{escape(line)}</li>" for line in heading.remarks),
        "doubtful_below": f"{doubtful_below * 100:.0f}",
        "sure": f"{SURE * 100:.0f}",
        **_numbers(alignment, doubtful_below),
    }
    yield Template(before).substitute(values)
    previous = -1, -1
    for number, bead in enumerate(alignment.beads, 1):
        paragraphs = _paragraphs(alignment, bead, previous)
        yield _row(
            alignment,
            bead,
            number,
            heading,
            doubtful_below,
            begins_paragraph=paragraphs != previous,
        )
        previous = paragraphs
    yield Template(after).substitute(values)


def _numbers(alignment: Alignment, doubtful_below: float) -> Mapping[str, str]:
    summary = summary_of(alignment)
    kinds = "\n".join(
        f'<label class="chip"><input type="checkbox" name="kind" value="{kind}" '
        f"checked><span>{_kind(kind)} <small>{count:,}</small></span></label>"
        for kind, count in summary.kinds.items()
    )
    confidence = summary.confidence
    doubtful = sum(is_doubtful(bead, doubtful_below) for bead in alignment.beads)
    return {
        "sources": f"{summary.sources:,}",
        "targets": f"{summary.targets:,}",
        "bead_count": f"{summary.beads:,}",
        "confidence": "–" if confidence is None else f"{confidence:.0%}",
        "doubtful": f"{doubtful:,}",
        "kinds": kinds,
        "histogram": _histogram(alignment, doubtful_below),
    }


def _histogram(alignment: Alignment, doubtful_below: float) -> str:
    counts = [0] * BARS
    for bead in alignment.beads:
        if bead.confidence is not None:
            counts[min(int(bead.confidence * BARS), BARS - 1)] += 1
    most = max(*counts, 1)
    bars = []
    for place, count in enumerate(counts):
        # By the root, or the few doubtful beads would not be seen beside the others.
        height = round((count / most) ** 0.5 * BARS_HEIGHT)
        height = max(height, 2) if count else 1
        level = _level(place / BARS + 0.5 / BARS, doubtful_below) if count else "none"
        bars.append(
            f'<rect class="{level}" x="{place * BAR_WIDTH}" y="{BARS_HEIGHT - height}" '
            f'width="{BAR_WIDTH - 1}" height="{height}"><title>'
            f"{place / BARS:.0%} to {(place + 1) / BARS:.0%}: {count}</title></rect>"
        )
    width = BARS * BAR_WIDTH
    return (
        f'<svg class="histogram" viewBox="0 0 {width} {BARS_HEIGHT}" width="{width}" '
        f'height="{BARS_HEIGHT}" role="img" aria-label="How many beads have which '
        f'confidence, from 0% on the left to 100%">{"".join(bars)}</svg>'
    )


def _row(
    alignment: Alignment,
    bead: Bead,
    number: int,
    heading: Heading,
    doubtful_below: float,
    *,
    begins_paragraph: bool,
) -> str:
    level = _level(bead.confidence, doubtful_below)
    if bead.confidence is None:
        told, value = "confidence not told", ""
        shown = "–"
    else:
        shown, value = f"{bead.confidence:.0%}", f"{bead.confidence * 100:.1f}"
        told = f"confidence {shown}"
    classes = f"bead {level} {'begins' if begins_paragraph else ''}".strip()
    source = _side(alignment.source, bead.source, heading.source_language, "source")
    target = _side(alignment.target, bead.target, heading.target_language, "target")
    return (
        f'<li class="{classes}" id="b{number}" tabindex="-1" data-kind="{bead.kind}" '
        f'data-confidence="{value}">{source}'
        f'<a class="link" href="#b{number}" aria-label="Bead {number}, '
        f'{bead.kind}, {told}"><span class="kind">{_kind(bead.kind)}</span>'
        f'<span class="confidence">{shown}</span></a>'
        f"{target}</li>\n"
    )


def _side(text: Text, side: range, language: str, name: str) -> str:
    if not side:
        return f'<div class="side {name} empty"><span>no counterpart</span></div>'
    segments = "".join(
        f'<p class="{text.kinds[i]}"><span class="number">{i + 1}</span>'
        f"<bdi>{escape(text.segments[i].text)}</bdi></p>"
        for i in side
    )
    return f'<div class="side {name}" lang="{escape(language)}">{segments}</div>'


def _level(confidence: float | None, doubtful_below: float) -> str:
    if confidence is None:
        return "untold"
    if confidence < doubtful_below:
        return "doubtful"
    return "sure" if confidence >= SURE else "fair"


def _kind(kind: str) -> str:
    return kind.replace("-", "–")


def _paragraphs(
    alignment: Alignment, bead: Bead, previous: tuple[int, int]
) -> tuple[int, int]:
    """Return which paragraphs a bead ends in; an empty side stays where it was."""
    source, target = previous
    if bead.source:
        source = alignment.source.paragraphs[bead.source[-1]]
    if bead.target:
        target = alignment.target.paragraphs[bead.target[-1]]
    return source, target


@cache
def _asset(name: str) -> str:
    return files("satzpaar.alignments.page").joinpath(name).read_text("utf-8")


def _hash(content: str) -> str:
    return b64encode(hashlib.sha256(content.encode()).digest()).decode()
