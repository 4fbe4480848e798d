"""Directives of MyST: fences whose content is Markdown, code, or a list of files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

# Their content is Markdown. Source: the MyST specification, and sphinx-design.
PROSE: Final = frozenset(
    """
    admonition attention caution danger error hint important note seealso tip warning
    blockquote card card-carousel dropdown epigraph exercise figure grid grid-item
    grid-item-card highlights list-table margin pull-quote sidebar solution tab-item
    tab-set table topic versionadded versionchanged deprecated
    """.split()
)
# What stands behind their name is no text, but a file, a number or a name.
NAMING: Final = frozenset(
    """
    card-carousel figure grid grid-item tab-set solution
    versionadded versionchanged deprecated
    """.split()
)
# In a fence of colons, too, these have no text in them.
CODE: Final = frozenset(
    """
    code code-block code-cell sourcecode literalinclude math mermaid raw toctree
    include eval-rst bibliography contents glossary iframe image
    """.split()
)
TEXTS: Final = frozenset(["alt", "caption", "title"])  # of options

OPENING: Final = re.compile(
    r"(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[A-Za-z][\w:-]*)\}"
    r"(?:[ \t]*(?P<title>\S.*))?"
)
YAML: Final = "---"  # before and behind options that are written as such
OPTION: Final = re.compile(r":(?P<name>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>\S.*)|)")

# What a later text refers to, at the beginning of a line.
TARGET: Final = re.compile(r"\([^()\s]+\)=")
# "%APPDATA%" and "%s" are words.
COMMENT: Final = re.compile(r"%(?:[ \t].*)?")
# Of Pandoc, at the beginning of a file: title, authors and date.
LINES_OF_TITLE: Final = 3


def add_directives(markdown: MarkdownIt) -> None:
    """Let a parser know the blocks of this module."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    ruler = markdown.block.ruler
    ruler.before("table", "directive", _directive, {"alt": ends})
    ruler.before("table", "target", _target, {"alt": ends})
    # In the midst of a paragraph a line may begin with "% der Befragten".
    ruler.before("table", "comment", _comment)


def _line(state: StateBlock, line: int) -> str:
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : state.eMarks[line]].rstrip()


def _copy(state: StateBlock, start: int, end: int) -> None:
    if start < end:
        state.push("copied", "", 0).map = [start, end]


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what is in a fence as the blocks that it is, options apart."""
    if state.is_code_block(start):
        return False
    head = OPENING.fullmatch(_line(state, start))
    if head is None:
        return False
    name, fence = head["name"], head["fence"]
    if name not in PROSE | CODE or (name in CODE and fence[0] != ":"):
        return False  # code as the parser knows it
    last = _end_of_fence(state, start, end, fence)
    if last is None:
        return False
    if silent:
        return True
    if name in CODE:
        _copy(state, start, last + 1)
    else:
        _copy_head(state, start, head)
        inside = _options(state, start + 1, last)
        before = state.lineMax, state.parentType
        state.lineMax, state.parentType = last, "directive"
        state.md.block.tokenize(state, inside, last)
        state.lineMax, state.parentType = before
        _copy(state, last, last + 1)
    state.line = last + 1
    return True


def _end_of_fence(state: StateBlock, start: int, end: int, fence: str) -> int | None:
    """Return the line that closes a fence; of those in it each has its own."""
    closing = re.compile(rf"{re.escape(fence[0])}{{{len(fence)},}}")
    opening = re.compile(rf"{re.escape(fence[0])}{{{len(fence)},}}[ \t]*[^\s:`~].*")
    depth = 0
    for line in range(start + 1, end):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            return None
        content = _line(state, line)
        if fence[0] == ":" and opening.fullmatch(content):
            depth += 1
        elif closing.fullmatch(content):
            if not depth:
                return line
            depth -= 1
    return None


def _copy_head(state: StateBlock, start: int, head: re.Match[str]) -> None:
    title = head["title"]
    if title is None or head["name"] in NAMING:
        _copy(state, start, start + 1)
    else:
        _text(state, title, start)


def _options(state: StateBlock, start: int, end: int) -> int:
    """Take the options below the head, and return the line behind them."""
    line = start
    if line < end and _line(state, line) == YAML:
        while line + 1 < end and _line(state, line + 1) != YAML:
            line += 1
        line = min(line + 2, end)
        _copy(state, start, line)
        return line
    while line < end and (option := OPTION.fullmatch(_line(state, line))):
        if option["value"] and option["name"] in TEXTS:
            _text(state, option["value"], line)
        else:
            _copy(state, line, line + 1)
        line += 1
    return line


def _text(state: StateBlock, content: str, line: int) -> None:
    state.push("admonition_open", "", 1).map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, line + 1], []
    state.push("admonition_close", "", -1)


def _target(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    if state.is_code_block(start) or not TARGET.fullmatch(_line(state, start)):
        return False
    if not silent:
        _copy(state, start, start + 1)
        state.line = start + 1
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    # Of a list's item or a quotation "% der Stimmen" is the text.
    if state.level or state.is_code_block(start):
        return False
    if not COMMENT.fullmatch(_line(state, start)):
        return False
    above = (state.src[state.bMarks[line] :] for line in range(start))
    if start < LINES_OF_TITLE and all(text.startswith("%") for text in above):
        return False
    if not silent:
        _copy(state, start, start + 1)
        state.line = start + 1
    return True
