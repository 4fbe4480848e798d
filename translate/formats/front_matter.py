"""The YAML or TOML before a Markdown file: titles are translated, keys are not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

import yaml

from satzpaar.translate.document import Block, Language
from satzpaar.translate.formats.inline import Inline, cut, visible
from satzpaar.translate.formats.wrapping import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.formats import Segmenter

    Edit = tuple[int, int, Block | Language]

FRONT_MATTER: Final = re.compile(
    r"---[ \t]*(?:\r\n|\r|\n)(.*?(?:\r\n|\r|\n))??(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)",
    re.DOTALL,
)
TOML_FRONT_MATTER: Final = re.compile(
    r"\+\+\+[ \t]*(?:\r\n|\r|\n)(.*?(?:\r\n|\r|\n))??\+\+\+[ \t]*(?=[\r\n]|$)",
    re.DOTALL,
)
# What readers see, in the words of Jekyll, Hugo, Pandoc, Quarto, VitePress and
# Docusaurus.
KEYS: Final = frozenset(
    [
        "title", "subtitle", "linkTitle", "description", "summary", "excerpt",
        "tagline", "caption", "abstract", "toc-title", "sidebar_label",
    ]
)  # fmt: skip
# They are texts in the parts of a start page; elsewhere they may be anything.
KEYS_OF_PARTS: Final = frozenset(["details", "text"])
PARTS: Final = frozenset(["hero", "features"])
LANGUAGES: Final = frozenset(["lang", "language"])

TOML_ENTRY: Final = re.compile(
    rf"^[ \t]*(?:{'|'.join(sorted(KEYS))})[ \t]*=[ \t]*"
    r"(?P<value>\"(?:[^\"\\\r\n]|\\.)*\"|'[^'\r\n]*')"
    r"(?=[ \t]*(?:#[^\r\n]*)?(?:\r|\n|$))",
    re.MULTILINE,
)
# Where an entry of the outermost mapping begins; a list may stand at the margin.
ENTRY: Final = re.compile(r"^[^\s#\]}-]", re.MULTILINE)
# `title: Teil 2: Die Bahn` is no YAML, and yet written.
CARELESS: Final = re.compile(
    rf"(?:{'|'.join(sorted(KEYS))})[ \t]*:[ \t]+"
    r"(?P<value>[^\s\"'|>&*!%@`#\[{,?-][^\r\n]*?)[ \t]*(?:[ \t]#[^\r\n]*)?"
    r"(?=\r|\n|\Z)"
)
# With a digit, an author says that blanks at the margin belong to the text.
BLOCK_HEADER: Final = re.compile(r"[>|][+-]?(?:[ \t]+#[^\r\n]*)?[ \t]*(\r\n|\r|\n)")
LINE: Final = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n|\r|\n|\Z)")
LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
BREAKS: Final = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
EMPTY_LINE: Final = re.compile(r"(?:\r\n?+|\n)[ \t]*[\r\n]")
# What Markdown, as which it is shown, begins a line with that stands alone.
LEAD: Final = re.compile(r"(?:>[ \t]?)*(?:(?:[-*+]|\d{1,3}[.)]|#{1,6})[ \t]+(?=\S))?")
# What no line ends with that goes on in the next.
LINE_END: Final = re.compile(r"[.!?:;…][\"'”“»)]*\Z")
# Wrapped text is not made narrower, however short its lines were. Ours.
NARROWEST: Final = 40  # characters
STRING: Final = "tag:yaml.org,2002:str"  # not a number, a date, yes or null


@dataclass(frozen=True, slots=True)
class FoldedBlock(Block):
    """A value without quotes, in which nothing is escaped."""


def front_matter(
    text: str, segmenter: Segmenter, language: str
) -> tuple[list[tuple[int, int, Block | Language]], int]:
    """Return what is to be replaced in the front matter, and where it ends.

    Source: what Jekyll, Hugo and Pandoc read as such.
    """
    if match := FRONT_MATTER.match(text):
        edits = _in_yaml(text, *match.span(1), segmenter, language)
    elif match := TOML_FRONT_MATTER.match(text):
        edits = _in_toml(text, *match.span(1), segmenter)
    else:
        return [], 0
    return list(edits) if match[1] else [], match.end()


def _in_toml(text: str, start: int, end: int, segmenter: Segmenter) -> Iterator[Edit]:
    for entry in TOML_ENTRY.finditer(text, start, end):
        raw = entry["value"]
        if raw.startswith('"'):  # YAML has all escapes of TOML, and more
            node = _composed(raw)
            value = node.value if isinstance(node, yaml.ScalarNode) else ""
        else:
            value = raw[1:-1]
        yield from _quoted(text, *entry.span("value"), value, segmenter)


def _in_yaml(
    text: str, start: int, end: int, segmenter: Segmenter, language: str
) -> Iterator[Edit]:
    """Read entry by entry: one that is no YAML does not hide the others."""
    entries = [match.start() for match in ENTRY.finditer(text, start, end)]
    for first, last in pairwise(sorted({start, *entries, end})):
        root = _composed(text[first:last])
        if root is None:
            careless = CARELESS.match(text, first, last)
            if careless and _is_comment(text[careless.end() : last]):
                span = careless.span("value")
                yield from _quoted(text, *span, careless["value"], segmenter)
            continue
        for keys, node in _scalars(text[first:last], root):
            at, behind = first + node.start_mark.index, first + node.end_mark.index
            raw = text[at:behind]
            if len(keys) == 1 and keys[0] in LANGUAGES:
                if raw == node.value and raw.lower().split("-")[0] == language:
                    yield at, behind, Language(raw)
            elif not _is_text(keys) or node.tag != STRING:
                continue
            elif node.style in {"|", ">"}:
                yield from _in_lines(text, at, behind, segmenter)
            elif not EMPTY_LINE.search(raw):  # one paragraph
                yield from _quoted(text, at, behind, node.value, segmenter)


def _composed(text: str) -> yaml.Node | None:
    """Read YAML; None where it is none, or says nothing."""
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    except (ValueError, OverflowError):  # \Uffffffff is no character
        return None


def _is_comment(text: str) -> bool:
    lines = (line.strip() for line in LINE_BREAK.split(text))
    return all(not line or line.startswith("#") for line in lines)


def _scalars(
    entry: str, node: yaml.Node, keys: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    """Yield values with the keys that lead to them, in order.

    Left are items of lists, as tags are, and what has an anchor: it stands elsewhere,
    too, or even in itself.
    """
    at = node.start_mark.index
    if entry[at : at + 1] in {"&", "!"}:
        return
    if isinstance(node, yaml.ScalarNode):
        yield keys, node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield from _scalars(entry, value, (*keys, key.value))
    else:
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
                yield from _scalars(entry, item, keys)


def _is_text(keys: Sequence[str]) -> bool:
    *around, key = keys or ("",)
    return key in KEYS or (key in KEYS_OF_PARTS and not PARTS.isdisjoint(around))


def _quoted(
    text: str, start: int, end: int, value: str, segmenter: Segmenter
) -> Iterator[Edit]:
    """Make a value one line in double quotes, whatever it was in before."""
    value = visible(BREAKS.sub(" ", _with_whole_characters(value)))
    categories = {unicodedata.category(character) for character in value}
    if not any(map(str.isalpha, value)) or categories & {"Cc", "Cs"}:
        return
    segments, (first, *between, last) = cut(Inline(value), segmenter)
    block = Block(
        segments,
        (f'"{first}', *between, f'{last}"'),
        kind="metadata",
        line=len(LINE_BREAK.findall(text, 0, start)) + 1,
        source=text[start:end],
    )
    yield start, end, block


def _with_whole_characters(value: str) -> str:
    r"""Join what JSON writes in two halves, as in "\ud83d\ude00"."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: str
    lead: str  # a list's marker, #, >
    content: str

    @property
    def quotes(self) -> bool:
        return bool(self.lead) and not self.lead.strip("> \t")

    @property
    def ended(self) -> bool:
        return bool(LINE_END.search(self.content))

    def goes_on_in(self, other: _Line) -> bool:
        """Whether a line with a sign before it is not the whole of a sentence."""
        if self.ended or self.lead.strip().endswith("#"):
            return False
        if other.lead:
            return self.quotes and self.lead == other.lead
        return other.content[0].islower()


def _in_lines(text: str, start: int, end: int, segmenter: Segmenter) -> Iterator[Edit]:
    """Make blocks of a value behind ``|`` or ``>``; none if its lines are shifted."""
    header = BLOCK_HEADER.match(text, start, end)
    if header is None:
        return
    is_folded = text[start] == ">"
    lines = [
        _line(match, is_folded=is_folded)
        for match in LINE.finditer(text, header.end(), end)
        if match[0]
    ]
    if len({line.indent for line in lines if line.content}) != 1:
        return
    for is_text, run in groupby(lines, key=_has_words):
        if is_text:
            for piece in [list(run)] if is_folded else _pieces(list(run)):
                yield from _piece(
                    text, piece, header[1], segmenter, is_folded=is_folded
                )


def _has_words(line: _Line) -> bool:
    return any(map(str.isalnum, line.content))


def _line(match: re.Match[str], *, is_folded: bool) -> _Line:
    content = match[2].rstrip()
    lead = LEAD.match(content)
    end = 0 if lead is None or is_folded or MONTH.match(content) else lead.end()
    behind = match.start(2) + len(content)
    return _Line(match.start(), behind, match[1], content[:end], content[end:])


def _pieces(run: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Part lines that are shown one by one; others are one text."""
    piece: list[_Line] = []
    for line in run:
        if piece and piece[0].lead:
            goes_on = piece[-1].goes_on_in(line) or (
                len(piece) > 1 and not piece[-1].ended and not line.lead
            )
        else:
            goes_on = bool(piece) and not line.lead
        if piece and not goes_on:
            yield from _sentences(piece)
            piece = []
        piece.append(line)
    yield from _sentences(piece)


def _sentences(piece: list[_Line]) -> Iterator[list[_Line]]:
    """Leave lines apart that are sentences each."""
    if all(line.ended for line in piece[:-1]):
        yield from ([line] for line in piece)
    else:
        yield piece


def _piece(
    text: str,
    lines: Sequence[_Line],
    newline: str,
    segmenter: Segmenter,
    *,
    is_folded: bool,
) -> Iterator[Edit]:
    """Make a block of lines that are one text, wrapped as it was."""
    first, *rest = lines
    inline = Inline(visible(" ".join(line.content for line in lines)))
    if not any(map(str.isalpha, inline.text)):
        return
    segments, (_, *between, _) = cut(inline, segmenter)
    longest = max(line.end - line.start for line in lines)
    block = FoldedBlock(
        segments,
        (first.indent + first.lead, *between, ""),
        kind="metadata",
        line=len(LINE_BREAK.findall(text, 0, first.start)) + 1,
        source=text[first.start : lines[-1].end],
        width=max(NARROWEST, longest) if rest or is_folded else 0,
        newline=newline,
        indent=first.indent + (first.lead if first.quotes else ""),
    )
    yield first.start, lines[-1].end, block
