"""The Markdown parser: CommonMark, common extensions, and what we protect."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from satzpaar.translate.formats.markdown_blocks import add_blocks
from satzpaar.translate.formats.markdown_directives import add_directives
from satzpaar.translate.formats.markdown_notations import ATTRIBUTES, add_notations

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# What may stand before the text of a block and is no part of it: the box of a
# task, the head of an alert.
LABEL: Final = re.compile(
    r"\[[ xX]\][ \t]+|\[![A-Za-z][\w-]*\][+-]?(?:[ \t]+|(?=\n|$))\n?"
)

# Extensions that CommonMark takes for text: footnotes, attributes, comments, names of
# blocks and what is shown in place of its name (Obsidian), which have no text, and
# templates, formulas, keys, tags and references, which have one that must stay.
WITHOUT_TEXT: Final = re.compile(
    rf"\[\^[^\]\s]+\]|{ATTRIBUTES}|(?<!\w)%%(?!%)[^\n]+?%%|!\[\[[^\[\]\n]+\]\]"
    r"|\{/\*(?:(?!\*/\}).)*\*/\}"
    r"|(?<!\S)\^[A-Za-z\d-]+\Z"
)
KEY: Final = r"(?:[\w-]+|\"[^\"\n]*\")"
WITH_TEXT: Final = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\$\$[^$]+\$\$|\$(?![\s$])[^$\n]*?[^\s$]\$(?![\w$])"
    rf"|(?<![\w+])\+\+{KEY}(?:\+{KEY})*\+\+(?![\w+])"
    r"|(?<![\w&/#@])#(?=[\w/-]*[^\W\d_])\w+(?:/\w+|-[^\WA-ZÄÖÜ_]\w*)(?:[-/]\w+)*"
    r"|(?<![\w@/.])@[A-Za-z]\w*[-:][^\WA-ZÄÖÜ_]\w*(?:[-:]\w+)*"
)
# Of LaTeX; in CommonMark these are brackets, and what is in them may be words.
FORMULA: Final = re.compile(
    r"\\\((?:[^\\]|\\(?![()]))+\\\)|\\\[(?:[^\\]|\\(?![\[\]]))+\\\]"
)
COMMAND: Final = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})*")
WORD: Final = re.compile(r"[^\W\d_]{3,}")
OF_FORMULA: Final = re.compile(r"[-=+<>^_\\*/|\d]")

# The head of an alert with a title of its own (Obsidian), or without.
ALERT: Final = re.compile(r"\[![A-Za-z][\w-]*\][+-]?(?=[ \t]|$)")

# ==So== is marked what is to be seen.
MARK: Final = "=="
MARKED: Final = "satzpaar-marked"
HIGHLIGHTED: Final = re.compile(
    r"(?<!\w)==(?=[^\s=])[^=\n]{1,300}(?<=\S)==(?![=\w])"  # not x==1 or y==2
)

# H~2~O, m^2^: a part of the word before it, which the parser has taken by then.
RAISED: Final = re.compile(r"(?<=\w)(?:~\w{1,8}~|\^\w{1,8}\^)\w*")
WORD_BEFORE: Final = re.compile(r"\w+\Z")

# Where the parser's environment keeps the ends of links and images, which its
# tokens do not tell: from text and start to end.
ENDS: Final = "satzpaar-ends"


@cache
def parser() -> MarkdownIt:
    """Return a parser whose inline tokens can be found again in the source."""
    markdown = MarkdownIt("commonmark", {"inline_definitions": True})
    markdown.enable(["table", "strikethrough"])
    markdown.disable("text_join")  # it would drop the source of escapes
    inline, block = markdown.inline.ruler, markdown.block.ruler
    for name in ("link", "image"):
        rule = next(r.fn for r in inline.__rules__ if r.name == name)
        inline.at(name, _remembering(rule))
    inline.before("escape", "protected", _protected)
    inline.before("escape", "marked", _marked)
    inline.before("escape", "raised", _raised)
    add_notations(markdown)
    reference = next(r.fn for r in block.__rules__ if r.name == "reference")
    block.at("reference", _unless_footnote(reference))
    add_directives(markdown)
    add_blocks(markdown)
    markdown.core.ruler.after("block", "lines", _lines)
    return markdown


def ends_of_links(
    environment: MutableMapping[str, object],
) -> dict[tuple[str, int], int]:
    """Return where links and images end, by their text and start."""
    found = environment.setdefault(ENDS, {})
    assert isinstance(found, dict)
    return found


def _remembering(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    def remember(state: StateInline, silent: bool) -> bool:
        start = state.pos
        found = rule(state, silent)
        if found and not silent:
            ends_of_links(state.env)[state.src, start] = state.pos
        return found

    return remember


def _protected(state: StateInline, silent: bool) -> bool:
    rules = [
        ("without_text", WITHOUT_TEXT),
        ("with_text", WITH_TEXT),
        ("with_text", FORMULA),
    ]
    if state.pos == 0:
        rules.insert(0, ("label", LABEL))
    for name, pattern in rules:
        match = pattern.match(state.src, state.pos, state.posMax)
        if match and (pattern is not FORMULA or _is_formula(match[0][2:-2])):
            if not silent:
                state.push(name, "", 0).content = match[0]
            state.pos = match.end()
            return True
    return False


def _is_formula(text: str) -> bool:
    """Whether there is a formula in the brackets, no words.

    >>> _is_formula("a + b"), _is_formula("f(x)"), _is_formula("siehe oben")
    (True, True, False)
    """
    rest = COMMAND.sub(" ", text)
    if WORD.search(rest):
        return False
    return bool(OF_FORMULA.search(text)) or " " not in text.strip()


def _raised(state: StateInline, silent: bool) -> bool:
    """Take a word with what is raised or lowered in it."""
    match = RAISED.match(state.src, state.pos, state.posMax)
    before = WORD_BEFORE.search(state.pending) if match else None
    if match is None or (before is None and not silent):
        return False
    if not silent and before is not None:
        state.pending = state.pending[: before.start()]
        state.push("with_text", "", 0).content = before[0] + match[0]
    state.pos = match.end()
    return True


def _marked(state: StateInline, silent: bool) -> bool:
    """Take the signs around what is ==marked==."""
    if not state.src.startswith(MARK, state.pos):
        return False
    ends = state.env.setdefault(MARKED, set())
    closes = (state.src, state.pos) in ends
    match = None if closes else HIGHLIGHTED.match(state.src, state.pos, state.posMax)
    if not closes and match is None:
        return False
    if silent:
        state.pos += len(MARK)
        return True
    ends.discard((state.src, state.pos))
    token = state.push(
        f"mark_{'close' if closes else 'open'}", "mark", -1 if closes else 1
    )
    token.markup = MARK
    if match is not None:
        ends.add((state.src, match.end() - len(MARK)))
    state.pos += len(MARK)
    return True


def _lines(state: StateCore) -> None:
    """Take lines that are no paragraph apart: terms to be defined, titles."""
    found: list[Token] = []
    tokens = state.tokens
    for index, token in enumerate(tokens):
        found.append(token)
        if token.type != "paragraph_close":
            continue
        opening, inline = tokens[index - 2 : index]
        assert inline.map is not None
        lines = inline.content.split("\n")
        apart = _lines_apart(lines, tokens, index)
        if not apart or len(lines) == 1:
            continue
        del found[-3:]
        first, last = inline.map
        contents = [*lines[:apart], "\n".join(lines[apart:])]
        for number, content in enumerate(filter(None, contents), start=first):
            place = [number, number + 1 if number < first + apart else last]
            found += [
                opening.copy(map=place),
                inline.copy(content=content.strip(), map=place, children=[]),
                token.copy(),
            ]
    state.tokens = found


def _lines_apart(lines: Sequence[str], tokens: Sequence[Token], end: int) -> int:
    """Return how many of a paragraph's first lines are none of it."""
    opening = tokens[end - 2]
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    if after and after.type == "definition_open" and after.map and opening.map:
        return len(lines) if after.map[0] == opening.map[1] else 0
    quoted = end > 2 and tokens[end - 3].type == "blockquote_open"
    return 1 if quoted and ALERT.match(lines[0]) else 0


def _unless_footnote(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    """Keep a footnote of one word from being taken for a link's address."""

    def check(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
            return False
        return rule(state, start, end, silent)

    return check
