"""Blocks of Markdown that CommonMark takes for text: what writers of sites add to it.

Each rule is one of markdown-it: told the lines that are left, it takes those of one
block, or says that there is none. *silent*: only says whether there is one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

# Lines that are copied: the fence of a container (Docusaurus, VitePress, Pandoc), a
# table of contents, a command of LaTeX. Values in the first may be texts.
COPIED: Final = re.compile(
    r":{3,}.*|\[TOC\]|\[\[_?TOC_?\]\]|\\[A-Za-z]+(?:\[[^\[\]]*\]|\{[^{}]*\})*",
    re.IGNORECASE,
)

# The head of an admonition or a tab (Python-Markdown, Material for MkDocs); its text
# is indented by four columns.
HEAD: Final = re.compile(
    r"(?:(?:!!!|\?\?\?\+?)[ \t]*(?P<kinds>[a-z][\w-]*(?:[ \t]+[a-z][\w-]*)*)?"
    r"|===[+!]?)"
    r"(?:[ \t]*\"(?P<title>.*)\")?"
)
BODY_INDENT: Final = 4  # columns

# The fence of a container with a title (Docusaurus, VitePress), no attributes.
CONTAINER: Final = re.compile(
    r":{3,}[ \t]*(?:note|tip|info|warning|danger|caution|important|success|details)"
    r"(?:[ \t]+(?!\S*=)(?P<title>[^\s{\[:].*?)|\[(?P<bracketed>[^\[\]]+)\])"
    r"[ \t]*(?:\{[^{}]*\})?[ \t]*:*"
)

# A line of tags of a template (Jekyll, Hugo); and those from which on all is copied,
# up to their end.
TAGS: Final = re.compile(r"(?:(?:\{\{(?:(?!\}\}).)*\}\}|\{%(?:(?!%\}).)*%\})[ \t]*)+")
# Programs and displayed formulas: how the first line begins, and the last one ends.
STRETCHES: Final = (
    (
        re.compile(r"\{%-?[ \t]*(?P<name>highlight|raw|comment|verbatim)\b.*"),
        r"\{{%-?[ \t]*end{name}[ \t]*-?%\}}",
    ),
    (
        re.compile(r"\{\{[<%][ \t]*(?P<name>highlight|mermaid)\b.*"),
        r"\{{\{{[<%][ \t]*/[ \t]*{name}[ \t]*[%>]\}}\}}",
    ),
    # A template over several lines (Hugo), a comment (Obsidian).
    (re.compile(r"(?P<name>\{\{[<%])(?!.*[>%]\}\}).*"), r"[>%]\}}\}}"),
    (re.compile(r"(?P<name>%%)(?!.*%%).*"), r"%%"),
    (re.compile(r"(?P<name>\{/\*)(?!.*\*/\}).*"), r"\*/\}}"),
    (re.compile(r"(?P<name>\$\$)(?!.*\$\$).*"), r"\$\$(?:[ \t]*\{{[^{{}}]*\}})?"),
    (re.compile(r"(?P<name>\\\[)"), r"\\\]"),
    (
        re.compile(
            r"\\begin\{(?P<name>(?:align|alignat|aligned|array|cases|displaymath|eqnarray"
            r"|equation|flalign|gather|[bpvBV]?matrix|math|multline|split|tikzpicture"
            r"|tabular|verbatim|lstlisting)\*?)\}.*"
        ),
        r"\\end\{{{name}\}}",
    ),
)

# A line of its own, with a name before its text: an abbreviation, a field of a note
# (Dataview of Obsidian, Logseq), which is no sentence with "std::" in it.
NAMED: Final = re.compile(
    r"(?:\*\[[^\[\]]+\]:|[^\W\d_][\w-]*(?: [\w-]+){0,2}::[ \t])[ \t]*"
    r"(?P<text>\S.*)"
)
# What MDX takes for a program, up to an empty line.
MODULE: Final = re.compile(
    r"import\s+(?:[\w$*{},\s]+\sfrom\s+)?[\"'][^\"'\n]+[\"'];?(?:\s*//.*)?(?:\n|\Z)"
    r"|export[ \t]+(?:const|let|var)[ \t]+[\w$]+[ \t]*(?:[=:;]|$)"
    r"|export[ \t]+(?:const|let|var)[ \t]*[{\[]"
    r"|export[ \t]+(?:default[ \t]+)?(?:async[ \t]+)?(?:function|class)\b.*[({]"
    r"|export[ \t]+default[ \t]+(?:[\w$.]+(?:;|[ \t]*(?:$|\(|=>))|[({\[<\"'])"
    r"|export[ \t]*[{*].*(?:\bfrom[ \t]+[\"']|\}|,[ \t]*$|\{[ \t]*$)",
    re.MULTILINE,
)

DEFINITION: Final = re.compile(r":[ \t]+(?=\S)")
FOOTNOTE: Final = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")

ENDS_PARAGRAPH: Final = ("paragraph", "reference", "blockquote", "list")


def add_blocks(markdown: MarkdownIt) -> None:
    """Let a parser know the blocks of this module."""
    for rule in (
        _module,
        _container,
        _stretch,
        _copied,
        _admonition,
        _named,
        _definition,
        _footnote,
    ):
        markdown.block.ruler.before(
            "table", rule.__name__, rule, {"alt": list(ENDS_PARAGRAPH)}
        )


def _content(state: StateBlock, line: int) -> str:
    """Return a line without what stands around it; nothing where it is code."""
    if state.is_code_block(line):
        return ""
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : state.eMarks[line]].rstrip()


def _copied(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    content = _content(state, start)
    if not (COPIED.fullmatch(content) or TAGS.fullmatch(content)):
        return False
    if not silent:
        state.push("copied", "", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def _stretch(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Copy programs in templates, and formulas over several lines."""
    last = _end_of_stretch(state, start, end)
    if last is None:
        return False
    if not silent:
        state.push("copied", "", 0).map = [start, last + 1]
        state.line = last + 1
    return True


def _end_of_stretch(state: StateBlock, start: int, end: int) -> int | None:
    content = _content(state, start)
    for opening, closing in STRETCHES:
        match = opening.fullmatch(content)
        if match is None:
            continue
        ending = re.compile(closing.format(name=re.escape(match["name"])))
        begun = match.end("name")  # the end is no part of the beginning
        for line in range(start, end):
            if state.isEmpty(line):
                continue
            if state.sCount[line] < state.blkIndent:
                return None
            at = state.bMarks[line] + state.tShift[line]
            text = state.src[at : state.eMarks[line]].rstrip()
            found = ending.search(text, begun if line == start else 0)
            if found:  # what stands behind it is text
                return line if found.end() == len(text) else None
    return None


def _module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Copy what is imported and exported; it interrupts no paragraph."""
    if silent or not MODULE.match(state.src, state.bMarks[start]):
        return False
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    state.push("copied", "", 0).map = [start, last]
    state.line = last
    return True


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    content = _content(state, start)
    head = CONTAINER.fullmatch(content)
    if head is None:
        return False
    if not silent:
        group = "title" if head["title"] else "bracketed"
        state.push("admonition_open", "", 1).map = [start, start + 1]
        behind = content[head.end(group) :]
        _text(state, head[group], start).meta = {"behind": behind.strip()}
        state.push("admonition_close", "", -1)
        state.line = start + 1
    return True


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    head = HEAD.fullmatch(_content(state, start))
    if head is None:
        return False
    indent = state.blkIndent + BODY_INDENT
    stop = after = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= indent):
        after += 1
        if not state.isEmpty(after - 1):
            stop = after
    if head["title"] is None and (stop == start + 1 or not head["kinds"]):
        return False
    if silent:
        return True
    state.push("admonition_open", "", 1).map = [start, stop]
    if head["title"]:
        _text(state, head["title"], start).meta = {"behind": '"'}
    before = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = indent, stop, "admonition"
    state.line = start + 1
    state.md.block.tokenize(state, start + 1, stop)
    state.blkIndent, state.lineMax, state.parentType = before
    state.line = stop
    state.push("admonition_close", "", -1)
    return True


def _named(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    match = NAMED.fullmatch(_content(state, start))
    if match is None:
        return False
    if not silent:
        state.push("named_open", "", 1)
        _text(state, match["text"], start)
        state.push("named_close", "", -1)
        state.line = start + 1
    return True


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what stands behind the colon, as of a list item."""
    marker = DEFINITION.match(_content(state, start))
    if marker is None:
        return False
    if not silent:
        width = len(marker[0].expandtabs(4))
        _behind(state, start, end, "definition", marker.end(), (width,))
    return True


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what stands behind the colon, and what is indented below it."""
    marker = FOOTNOTE.match(_content(state, start))
    if marker is None:
        return False
    if not silent:
        _behind(
            state, start, end, "footnote", marker.end(), (marker.end(), BODY_INDENT)
        )
    return True


def _behind(
    state: StateBlock,
    start: int,
    end: int,
    name: str,
    marker: int,
    indents: Sequence[int],
) -> None:
    """Read blocks behind a marker of so many characters.

    *indents*: By how many columns the first line, and what goes on with it, counts as
    indented; then those below.
    """
    before = state.blkIndent, state.parentType, state.tShift[start], state.sCount[start]
    state.push(f"{name}_open", "", 1).map = [start, end]
    state.tShift[start] += marker
    state.sCount[start] = before[3] + indents[0]
    state.parentType = name
    state.line = start
    for indent in indents:
        state.blkIndent = before[3] + indent
        state.md.block.tokenize(state, state.line, end)
    state.blkIndent, state.parentType, state.tShift[start], state.sCount[start] = before
    state.push(f"{name}_close", "", -1)


def _text(state: StateBlock, content: str, line: int) -> Token:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, line + 1], []
    return token
