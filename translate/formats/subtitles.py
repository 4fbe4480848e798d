"""Subtitles, SRT and WebVTT: times, numbers, settings and notes stay as they are.

A sentence goes over several cues; it is translated whole, and its translation is cut
into as many cues at much the same places.

Source: W3C, "WebVTT: The Web Video Text Tracks Format"; SubRip has no standard.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from satzpaar.translate import files
from satzpaar.translate.document import Block, Document, Language
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.inline import InlineBuilder, cut
from satzpaar.translate.formats.spacing import unbroken
from satzpaar.translate.formats.subtitle_lines import TAG, Place, apart, in_lines
from satzpaar.translate.formats.writing import encoded, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from satzpaar.translate.document import Segment
    from satzpaar.translate.formats import Segmenter
    from satzpaar.translate.formats.inline import Inline

LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
CLOCK: Final = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
TIMES: Final = re.compile(rf"\s*{CLOCK}\s*-->\s*{CLOCK}(?:\s.*)?")
ARROW: Final = re.compile(r"\d:\d[\d:.,]*\s*--?>\s*\d+:\d")
# Of another speaker, not of "-5 Grad".
SPEAKS: Final = r"(?:\s+(?=\S)|(?=[^\s\d]))"
DASH: Final = re.compile(rf"\s*(?:<[^>]*>|\{{\\[^}}]*\}})*\s*[-‐–—]{SPEAKS}")
# A longer one may be a part of the sentence that goes on: "– so sagt man –".
HYPHEN: Final = re.compile(rf"\s*(?:<[^>]*>|\{{\\[^}}]*\}})*\s*[-‐]{SPEAKS}")
# ERIKA: as is written where there are no voices.
SPEAKER: Final = re.compile(
    r"\s*(?:<[^>]*>|\{\\[^}]*\})*\s*[A-ZÄÖÜ][A-ZÄÖÜẞ\d .-]{0,20}"
    r"(?:</[^>]*>)*:(?:</[^>]*>)*(?=\s|\Z)"
)
# What colours whoever speaks; of WebVTT by a class.
COLOUR: Final = re.compile(
    r"<(?P<slash>/?)(?:font|c)(?P<colour>[\s.][^<>]*)?>", re.IGNORECASE
)
# A line that is only heard, or sung.
SOUND: Final = re.compile(
    r"(?:<[^>]*>|\{\\[^}]*\}|\s)*"
    r"(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫#].*[♪♫#])"
    r"(?:<[^>]*>|\s)*"
)
ENDING: Final = re.compile(r"</[A-Za-z]+>\s*\Z")
VOICE: Final = re.compile(r"\s*<v[\s.][^>]*>")
# Around what is said: who says it, a dash, where it is shown.
BEFORE: Final = re.compile(rf"(?:<v[^>]*>|\{{\\[^}}]*\}}|\s|[-‐–—]{SPEAKS})*")
BREAK: Final = re.compile(r"(?<![:\\])\\N")  # as ASS has it; no C:\Neu
NAME: Final = re.compile(r"[\w.-]*\d[\w.-]*")  # of a cue: 2b
BEHIND: Final = re.compile(r"(?:</v>|\s)*\Z")
SENTENCE_END: Final = re.compile(r"[.!?…:♪♫#)\]][\"'”“»«’]*\s*\Z")
# Nobody puts a full stop behind an address.
ADDRESS_AT_END: Final = re.compile(
    r"(?:\b(?:https?://|www\.)\S*[\w/]|(?<!\S)(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)\s*\Z"
)
LANGUAGE: Final = re.compile(  # in the header, which an empty line ends
    r"WEBVTT[^\r\n]*(?:(?:\r\n|\r|\n)[^\r\n]+)*?(?:\r\n|\r|\n)"
    r"Language:[ \t]*(?P<code>[A-Za-z-]+)[ \t]*(?=[\r\n]|\Z)"
)

# A pause after which a speaker begins anew, whatever the full stop says. Ours.
LONGEST_PAUSE: Final = 3.0  # seconds
# What has no full stops at all, as speech that a machine wrote down, is cut somewhere.
LONGEST_SENTENCE: Final = 800  # characters, times included
# Characters of a line that most broadcasters allow; a file may have longer ones.
USUAL_WIDTH: Final = 42
NEARLY_ALL: Final = 0.98  # of the lines


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at a time: its lines by their offsets in the file."""

    lines: tuple[tuple[int, int], ...]
    start: float  # seconds
    end: float


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a block goes on in another cue."""

    literal: str  # what stands between the two, with number and times
    place: Place  # in the block's text


@dataclass(frozen=True, slots=True)
class Shown:
    """How a block is shown: over how many cues, each of how many lines."""

    cuts: tuple[Cut, ...]
    lines: tuple[int, ...]  # one more


@dataclass(frozen=True, slots=True)
class SubtitleDocument(Document):
    """Subtitles; ``shown`` has an entry per block."""

    shown: tuple[Shown, ...] = ()
    width: int = USUAL_WIDTH  # characters of a line
    newline: str = "\n"
    names_characters: bool = False  # &amp;: of WebVTT


# What somebody says, by its lines, cue by cue.
Utterance = list[Cue]


def read(
    data: bytes,
    segmenter: Segmenter,
    *,
    place: Path | str = "<subtitles>",
    encoding: str | None = None,
    language: str = "de",
) -> SubtitleDocument:
    """Read SRT or WebVTT. See :class:`satzpaar.translate.formats.Reader`."""
    decoded = files.decode(data, place=place, encoding=encoding)
    text = decoded.text
    is_vtt = text.startswith("WEBVTT")
    cues = list(_cues(text, is_vtt=is_vtt))
    _check_times(text, place, is_vtt=is_vtt)
    parts: list[str | Block | Language] = []
    shown: list[Shown] = []
    starts = [line.start() for line in LINE.finditer(text)]
    done = 0
    named = LANGUAGE.match(text)
    if named and named["code"].lower().split("-")[0] == language:
        parts += [text[: named.start("code")], Language(named["code"])]
        done = named.end("code")
    for utterance in _utterances(text, cues):
        utterance = [_bare(text, cue) for cue in utterance]
        start, end = utterance[0].lines[0][0], utterance[-1].lines[-1][1]
        inline, offsets = _inline(text, utterance, is_vtt=is_vtt)
        if not inline.translatable():
            continue
        segments, separators = cut(inline, segmenter)
        spans = segmenter(re.sub(r"\s", " ", inline.text))
        gaps = [
            text[one.lines[-1][1] : other.lines[0][0]]
            for one, other in pairwise(utterance)
        ]
        cuts = [
            Cut(gap, _place(offset, spans))
            for gap, offset in zip(gaps, offsets, strict=True)
        ]
        parts += [
            text[done:start],
            Block(
                segments,
                separators,
                line=bisect_right(starts, start),
                source=text[start:end],
            ),
        ]
        shown.append(Shown(tuple(cuts), tuple(len(cue.lines) for cue in utterance)))
        done = end
    return SubtitleDocument(
        "subtitles",
        (*parts, text[done:]),
        decoded.encoding,
        decoded.bom,
        shown=tuple(shown),
        width=_width(text, cues),
        newline=next((each for each in ("\r\n", "\n", "\r") if each in text), "\n"),
        names_characters=is_vtt,
    )


def write(
    document: Document,
    translations: Iterable[Segment],
    *,
    target_language: str | None = None,
) -> Iterator[bytes]:
    """Write subtitles. See :class:`satzpaar.translate.formats.Writer`."""
    if not isinstance(document, SubtitleDocument):
        raise ValueError(f"a document of the format {document.format}, no subtitles")
    segments: deque[Segment] = deque()

    def remembered() -> Iterator[Segment]:
        for segment in unbroken(document, translations):
            segments.append(segment)
            yield segment

    pieces = written(
        document,
        remembered(),
        escape=_named if document.names_characters else lambda text, _: text,
        target_language=target_language,
    )
    return encoded(document, _in_cues(document, pieces, segments))


def _in_cues(
    document: SubtitleDocument, pieces: Iterable[str], segments: deque[Segment]
) -> Iterator[str]:
    """Cut each block into its cues and lines; *segments* fill as pieces come."""
    coming = iter(document.shown)
    for part, piece in zip(document.parts, pieces, strict=True):
        if not isinstance(part, Block):
            yield piece
            continue
        shown = next(coming)
        said = [segments.popleft() for _ in part.segments]
        if piece == part.source:
            yield piece
            continue
        starts = _starts(part, said)
        texts = apart(piece, starts, [each.place for each in shown.cuts])
        for text, lines, literal in zip(
            texts, shown.lines, [*(c.literal for c in shown.cuts), ""], strict=True
        ):
            yield in_lines(text, lines, document.width, document.newline) + literal


def _width(text: str, cues: Sequence[Cue]) -> int:
    """Return how long lines may be: as nearly all are, but no credits in one line."""
    lengths = sorted(
        len(TAG.sub("", text[slice(*line)])) for cue in cues for line in cue.lines
    )
    longest = lengths[int(len(lengths) * NEARLY_ALL)] if lengths else 0
    return max(USUAL_WIDTH, longest)


def _starts(block: Block, segments: Sequence[Segment]) -> list[int]:
    """Return where each segment begins, and where the last one ends."""
    at, starts = 0, []
    for separator, segment in zip(block.separators[:-1], segments, strict=True):
        at += len(TAG.sub("", separator))
        starts.append(at)
        at += len(segment.text)
    return [*starts, at]


def _named(text: str, _: Block) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _check_times(text: str, place: Path | str, *, is_vtt: bool) -> None:
    """Refuse what has no times, or some that nobody understands."""
    expected = "00:00:01,000 --> 00:00:02,000"
    found = [line for line in text.splitlines() if TIMES.fullmatch(line)]
    if text.strip() and not found and not is_vtt:
        raise InputError(place, f"has no times as {expected}, expected subtitles")
    for number, line in enumerate(text.splitlines(), 1):
        if ARROW.search(line) and not TIMES.fullmatch(line):
            complaint = f"is no time: {line.strip()[:40]!r}, expected as {expected}"
            raise InputError(place, complaint, line=number)


def _cues(text: str, *, is_vtt: bool) -> Iterator[Cue]:
    """Find what is shown: the lines below times.

    Of WebVTT down to an empty one, notes and styles come behind it; SRT has nothing
    but cues, and at times an empty line in one.
    """
    lines = list(LINE.finditer(text))
    found = [TIMES.fullmatch(line[1]) for line in lines]
    timed = [number for number, times in enumerate(found) if times]
    for number, following in pairwise([*timed, len(lines)]):
        below = [line.span(1) for line in lines[number + 1 : following]]
        is_empty = [not text[slice(*span)].strip() for span in below]
        if is_vtt:
            below = below[: [*is_empty, True].index(True)]
        else:
            if following < len(lines) and _is_name(text, below, is_empty):
                below, is_empty = below[:-1], is_empty[:-1]
            below = [
                span for span, empty in zip(below, is_empty, strict=True) if not empty
            ]
        times = found[number]
        if below and times is not None:
            yield Cue(tuple(below), _seconds(times, 1), _seconds(times, 5))


def _is_name(
    text: str, lines: Sequence[tuple[int, int]], is_empty: Sequence[bool]
) -> bool:
    """Say whether the last line is the number or name of the cue behind it."""
    if not lines or is_empty[-1]:
        return False
    last = text[slice(*lines[-1])].strip("\ufeff \t")
    behind_an_empty_one = len(lines) > 1 and is_empty[-2]
    return last.isdecimal() or (
        behind_an_empty_one and NAME.fullmatch(last) is not None
    )


def _seconds(times: re.Match[str], first: int) -> float:
    hours, minutes, seconds, parts = times.group(*range(first, first + 4))
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + float(f"0.{parts or 0}")


def _utterances(text: str, cues: Sequence[Cue]) -> Iterator[Utterance]:
    """Join what goes on in the next cue; part those who speak in one."""
    open_: Utterance = []
    for cue in cues:
        shown = _shown(text, cue)
        colours = _colours(shown)
        begun = [
            number
            for number in range(1, len(shown))
            if VOICE.match(shown[number])
            or SPEAKER.match(shown[number])
            or colours[number] != colours[number - 1]
            or SOUND.fullmatch(shown[number - 1])
            or (
                SOUND.fullmatch(shown[number])
                and SENTENCE_END.search(TAG.sub("", shown[number - 1]))
            )
            or (
                DASH.match(shown[number])
                and (DASH.match(shown[0]) or SENTENCE_END.search(shown[number - 1]))
            )
        ]
        for first, last in pairwise([0, *begun, len(cue.lines)]):
            said = Cue(cue.lines[first:last], cue.start, cue.end)
            size = said.lines[0][0] - open_[0].lines[0][0] if open_ else 0
            goes_on = open_ and first == 0 and size < LONGEST_SENTENCE
            if open_ and not (goes_on and _goes_on(text, open_[-1], said)):
                yield open_
                open_ = []
            open_ = [*open_, said]
    if open_:
        yield open_


def _goes_on(text: str, one: Cue, other: Cue) -> bool:
    before = TAG.sub("", text[one.lines[0][0] : one.lines[-1][1]])
    behind = text[slice(*other.lines[0])]
    return not (
        SENTENCE_END.search(before)
        or SOUND.fullmatch(text[slice(*one.lines[-1])])  # * Musik *
        or (
            ADDRESS_AT_END.search(before)
            and not TAG.sub("", behind).lstrip()[:1].islower()
        )
        or before.isupper()  # where it is, who speaks
        or not any(map(str.isalpha, before))
        or HYPHEN.match(behind)
        or SPEAKER.match(behind)
        or _voice(text, one) != _voice(text, other)
        or _colours(_shown(text, one))[-1] != _colours(_shown(text, other))[0]
        or other.start - one.end > LONGEST_PAUSE
    )


def _shown(text: str, cue: Cue) -> list[str]:
    return [text[slice(*line)] for line in cue.lines]


def _colours(lines: Iterable[str]) -> list[str]:
    """Return the colour in which each line begins; none where it has no own."""
    colours: list[str] = []
    around: list[str] = []
    for line in lines:
        colour: str | None = None
        done = 0
        for tag in [*TAG.finditer(line), None]:
            plain = line[done : tag.start() if tag else None]
            if colour is None and any(map(str.isalnum, plain)):
                colour = around[-1] if around else ""
            if tag is None:
                break
            done = tag.end()
            found = COLOUR.fullmatch(tag[0])
            if found and not found["slash"]:
                around.append((found["colour"] or "").strip())
            elif found and around:
                around.pop()
        colours.append(colour or "")
    return colours


def _voice(text: str, cue: Cue) -> str:
    found = VOICE.match(text, *cue.lines[0])
    return found[0].strip() if found else ""


def _bare(text: str, cue: Cue) -> Cue:
    """Leave out of a cue what stands around that which is said in it."""
    lines = list(cue.lines)
    start, end = lines[0]
    found = BEFORE.match(text, start, end)
    lines[0] = (found.end() if found else start, end)
    start, end = lines[-1]
    rest = BEHIND.search(text, start, end)
    lines[-1] = (start, rest.start() if rest else end)
    return replace(cue, lines=tuple(lines))


def _inline(
    text: str, utterance: Utterance, *, is_vtt: bool
) -> tuple[Inline, list[int]]:
    """Return all that is said, and where in it each cue but the first begins."""
    builder = InlineBuilder()
    offsets = []
    lines = iter(_seamless([line for cue in utterance for line in _shown(text, cue)]))
    for number, cue in enumerate(utterance):
        if number:
            builder.text(" ")
            offsets.append(len(builder.so_far().text))
        for line in range(len(cue.lines)):
            if line:
                builder.text(" ")
            _add(builder, next(lines), is_vtt=is_vtt)
    return builder.inline(), offsets


def _seamless(lines: Sequence[str]) -> list[str]:
    """Let formatting go on that ends with a line and begins anew with the next.

    A word that the translation puts elsewhere would else fall between the two.
    """
    found: list[str] = []
    around: list[str] = []  # tags that are open
    closed: list[str] = []  # those that the line before closed
    for line in lines:
        line = line.strip()
        while found and closed:
            ending, opening = ENDING.search(found[-1]), TAG.match(line)
            if not (ending and opening and opening[0] == closed[-1]):
                break
            found[-1] = found[-1][: ending.start()].rstrip()
            line = line[opening.end() :].lstrip()
            around.append(closed.pop())
        closed = []
        for tag in TAG.finditer(line):
            if tag["name"] and not tag["slash"]:
                around.append(tag[0])
            elif tag["slash"] and around and _name(around[-1]) == _name(tag[0]):
                closed.append(around.pop())
        found.append(line)
    return found


def _name(tag: str) -> str:
    return tag.strip("</>").split()[0].split(".")[0].lower()


def _add(builder: InlineBuilder, raw: str, *, is_vtt: bool) -> None:
    done = 0
    for tag in [*TAG.finditer(raw), None]:
        plain = BREAK.sub(" ", raw[done : tag.start() if tag else None])
        builder.text(unescape(plain) if is_vtt else plain)
        if tag is None:
            return
        done = tag.end()
        if not tag["name"]:
            builder.empty(tag[0])
        elif tag["name"].lower() == "br":
            builder.text(" ")
        elif tag["slash"]:
            builder.close(tag[0], tag["name"].lower())
        else:
            builder.open(tag[0], tag["name"].lower())


def _place(offset: int, spans: Sequence[tuple[int, int]]) -> Place:
    """Say in which segment a place lies, and how far in it."""
    number = sum(end <= offset for _, end in spans[:-1])
    start, end = spans[number]
    return Place(number, min(max(0, offset - start) / (end - start), 1.0))
