"""The YAML or TOML before a Markdown file: titles are translated, keys are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Block, Language
from satzpaar.translate.formats.inline import Inline, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.formats import Segmenter

FRONT_MATTER: Final = re.compile(
    r"---[ \t]*(?:\r\n|\r|\n)(.*?(?:\r\n|\r|\n))??(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)",
    re.DOTALL,
)
TOML_FRONT_MATTER: Final = re.compile(
    r"\+\+\+[ \t]*(?:\r\n|\r|\n)(.*?(?:\r\n|\r|\n))??\+\+\+[ \t]*(?=[\r\n]|$)",
    re.DOTALL,
)
TOML_ENTRY: Final = re.compile(
    r"^(?P<key>title|subtitle|description|summary|excerpt)[ \t]*=[ \t]*"
    r"(?P<value>\"(?:[^\"\\\r\n]|\\.)*\"|'[^'\r\n]*')"
    r"(?=[ \t]*(?:#[^\r\n]*)?(?:\r|\n|$))",
    re.MULTILINE,
)
# A value in quotes, or plain up to a comment; blocks, lists and aliases are left.
ENTRY: Final = re.compile(
    r"^(?P<key>title|subtitle|description|summary|excerpt|lang|language)[ \t]*:[ \t]+"
    r"(?P<value>\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\r\n]|'')*'"
    r"|[^\s\"'|>&*!%@`#\[{,?-][^\r\n]*?)"
    r"(?=[ \t]*(?:[ \t]#[^\r\n]*)?(?:\r|\n|$))",
    re.MULTILINE,
)
# A value folded over lines, which are one; of `|` each is one to whoever shows it.
FOLDED: Final = re.compile(
    r"^(?:title|subtitle|description|summary|excerpt)[ \t]*:[ \t]*"
    r"(?P<style>[>|])[+-]?[ \t]*(?P<newline>\r\n|\r|\n)"
    r"(?P<value>(?P<indent>[ \t]+)\S[^\r\n]*"
    r"(?:(?P=newline)(?P=indent)\S[^\r\n]*)*)",
    re.MULTILINE,
)
# In another paragraph, or a line that stays one: all of it is left.
GOES_ON: Final = re.compile(r"(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*[ \t]+\S")
# What no line ends with that goes on in the next.
LINE_END: Final = re.compile(r"[.!?:;…][\"'“”»)]*\Z")
# Wrapped text is not made narrower, however short its lines were. Ours.
NARROWEST: Final = 40  # characters
NO_STRINGS: Final = frozenset(["true", "false", "yes", "no", "null", "on", "off"])


@dataclass(frozen=True, slots=True)
class FoldedBlock(Block):
    """A value without quotes, in which nothing is escaped."""


def front_matter(
    text: str, segmenter: Segmenter, language: str
) -> tuple[list[tuple[int, int, Block | Language]], int]:
    """Return what is to be replaced in the front matter, and where it ends.

    Source: what Jekyll, Hugo and Pandoc read as such.
    """
    match, entry_pattern = FRONT_MATTER.match(text), ENTRY
    if match is None:
        match, entry_pattern = TOML_FRONT_MATTER.match(text), TOML_ENTRY
    if match is None:
        return [], 0
    edits: list[tuple[int, int, Block | Language]] = []
    for entry in entry_pattern.finditer(text, 0, match.end()):
        start, end = entry.span("value")
        raw = entry["value"]
        value = _value(raw)
        if entry["key"].startswith("lang"):
            if value.lower().split("-")[0] == language and value == raw:
                edits.append((start, end, Language(raw)))
            continue
        inline = Inline(value)
        if not any(map(str.isalpha, value)) or raw.lower() in NO_STRINGS:
            continue
        segments, (first, *between, last) = cut(inline, segmenter)
        block = Block(
            segments,
            (f'"{first}', *between, f'{last}"'),
            kind="metadata",
            line=len(re.findall(r"\r\n|\r|\n", text[:start])) + 1,
            source=raw,
        )
        edits.append((start, end, block))
    if entry_pattern is ENTRY:
        edits += _folded(text, match.end(), segmenter)
    return sorted(edits, key=lambda edit: edit[0]), match.end()


def _folded(
    text: str, end: int, segmenter: Segmenter
) -> Iterator[tuple[int, int, Block]]:
    for entry in FOLDED.finditer(text, 0, end):
        lines = [line.strip() for line in entry["value"].split(entry["newline"])]
        if GOES_ON.match(text, entry.end()):
            continue
        start = entry.start("value")
        if entry["style"] == "|" and all(map(LINE_END.search, lines[:-1])):
            for line in entry["value"].split(entry["newline"]):
                end_of_line = start + len(line)
                if block := _folded_block(text, start, end_of_line, entry, segmenter):
                    yield start, end_of_line, block
                start = end_of_line + len(entry["newline"])
        elif block := _folded_block(text, start, entry.end("value"), entry, segmenter):
            yield start, entry.end("value"), block


def _folded_block(
    text: str, start: int, end: int, entry: re.Match[str], segmenter: Segmenter
) -> FoldedBlock | None:
    """Make a block of lines that are one text, wrapped as it was."""
    indent, newline = entry["indent"], entry["newline"]
    lines = [line.strip() for line in text[start:end].split(newline)]
    inline = Inline(" ".join(lines))
    if not inline.translatable():
        return None
    segments, (_, *between, _) = cut(inline, segmenter)
    alone = entry["style"] == "|" and len(lines) == 1  # not to be wrapped
    return FoldedBlock(
        segments,
        (indent, *between, ""),
        kind="metadata",
        line=len(re.findall(r"\r\n|\r|\n", text[:start])) + 1,
        source=text[start:end],
        width=0 if alone else max(NARROWEST, *(len(indent + line) for line in lines)),
        newline=newline,
        indent=indent,
    )


def _value(raw: str) -> str:
    if raw.startswith('"'):
        return re.sub(r"\\(.)", _unescaped, raw[1:-1])
    return raw[1:-1].replace("''", "'") if raw.startswith("'") else raw


def _unescaped(match: re.Match[str]) -> str:
    return " " if match[1] in "nrt" else match[1]
