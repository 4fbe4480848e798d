"""What writers of notes, books and sites write within a line, beyond CommonMark.

Wiki links are those of Obsidian, spans and notes those of Pandoc and Quarto, roles
those of MyST, templates those of Hugo and Jekyll. Each rule is one of markdown-it: it
takes what stands at its place, or says that there is nothing. *silent*: it only goes on
behind it.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

from markdown_it import helpers

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# Classes and the like, behind what they are of.
ATTRIBUTES: Final = (
    r"\{:[^{}\n]*\}"
    r"|\{[ ]*(?:[#.][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}]+))[^{}\n]*\}"
)
BEHIND_SPAN: Final = re.compile(ATTRIBUTES)

# [[Ziel]], [[Ziel|Text]]; [[1]](x) is a link with a text in brackets.
WIKI_LINK: Final = re.compile(
    r"\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<text>[^\[\]\n]+))?\]\](?![(\[])"
)
# {ref}`ziel`, {doc}`Text <ziel>`; in {numref}`Abb. %s <ziel>` a number is put.
ROLE: Final = re.compile(
    r"\{[A-Za-z][\w:+.-]*\}(?P<ticks>`+)(?P<content>[^`\n]+)(?P=ticks)(?!`)"
)
OF_ROLE: Final = re.compile(r"(?P<text>(?!.*(?:%s|\{\w+\}))[^<>]*[^<>\s])\s*<[^<>]+>")

# An address with a template in it, which may have blanks and quotes.
TEMPLATE: Final = r"\{\{(?:(?!\}\}).)*\}\}|\{%(?:(?!%\}).)*%\}"
ADDRESS: Final = re.compile(rf"(?:[^\s()<>{{}}]|{TEMPLATE})+")

# What readers see of the values in templates and attribute lists.
VALUE: Final = re.compile(
    r"(?<![\w-])(?:title|subtitle|alt|caption|summary|description|fig-alt|fig-cap"
    r"|tbl-cap|lst-cap|aria-label)=\"(?P<text>(?:[^\"\\\n]|\\.)*)\""
)


# Of MDX: a component with values that are programs, as CommonMark has no tags.
PROGRAM: Final = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
COMPONENT: Final = re.compile(
    r"<[A-Z][\w.]*"
    rf"(?:\s+(?:[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|{PROGRAM}))?|{PROGRAM}))*\s*/?>"
)


def add_notations(markdown: MarkdownIt) -> None:
    """Let a parser know the notations of this module."""
    for rule in (_component, _role, _wiki_link, _span, _note):
        markdown.inline.ruler.before("escape", rule.__name__, rule)
    changed = SimpleNamespace(
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkTitle=helpers.parseLinkTitle,
        parseLinkDestination=_destination,
    )
    markdown.helpers = cast("Any", changed)  # its type is that module and no other


def values(markup: str) -> list[re.Match[str]]:
    """Return the values in markup that readers see, but for those that others make.

    >>> [value["text"] for value in values('{{< figure src="a" alt="Ein Haus" >}}')]
    ['Ein Haus']
    """
    found = VALUE.finditer(markup)
    return [value for value in found if not re.search(r"\{[{%]", value["text"])]


def _destination(text: str, start: int, end: int) -> object:
    """Take the address of a link, as the parser does, or one with templates."""
    found = helpers.parseLinkDestination(text, start, end)
    match = ADDRESS.match(text, start, end)
    if match and re.search(r"\{[{%]", match[0]):
        found.ok, found.pos, found.str = True, match.end(), match[0]
    return found


def _component(state: StateInline, silent: bool) -> bool:
    match = COMPONENT.match(state.src, state.pos, state.posMax)
    if match is None or "{" not in match[0]:  # of others the parser knows the tags
        return False
    if not silent:
        state.push("tag", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _role(state: StateInline, silent: bool) -> bool:
    match = ROLE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        named = OF_ROLE.fullmatch(match["content"])
        if named:
            end = match.start("content") + named.end("text")
            opening = state.push("role_open", "", 1)
            opening.markup = state.src[state.pos : match.start("content")]
            state.push("text", "", 0).content = named["text"]
            closing = state.push("role_close", "", -1)
            closing.markup = state.src[end : match.end()]
        else:
            state.push("with_text", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    match = WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if match["text"]:
        _around(state, "wiki", match.span("text"), match.end(), silent=silent)
        return True
    if not silent:
        state.push("with_text", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _span(state: StateInline, silent: bool) -> bool:
    """Take what is in brackets that have attributes behind them."""
    if state.src[state.pos] != "[":
        return False
    end = helpers.parseLinkLabel(state, state.pos)
    match = BEHIND_SPAN.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if match is None:
        return False
    _around(state, "span", (state.pos + 1, end), match.end(), silent=silent)
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """Take a footnote that stands in its sentence."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    _around(state, "note", (state.pos + 2, end), end + 1, silent=silent)
    return True


def _around(
    state: StateInline, name: str, inner: tuple[int, int], end: int, *, silent: bool
) -> None:
    """Take markup up to *end*, and the text in it as the parser reads it."""
    start, last = state.pos, state.posMax
    if not silent:
        state.push(f"{name}_open", "", 1).markup = state.src[start : inner[0]]
        state.pos, state.posMax = inner
        state.md.inline.tokenize(state)
        state.push(f"{name}_close", "", -1).markup = state.src[inner[1] : end]
    state.pos, state.posMax = end, last
