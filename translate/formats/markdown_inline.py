"""The inline content of a block of Markdown, found again in its source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from satzpaar.translate.formats.inline import INVISIBLE, Inline, InlineBuilder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

SOFT_BREAK: Final = re.compile(r"[ \t]*\n[ \t]*")
HARD_BREAK: Final = re.compile(r"(?: {2,}|\\)\n[ \t]*")
UNSEEN: Final = re.compile(f"(?:{INVISIBLE.pattern})+")
BREAK_TAG: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^>]*?(/?)>", re.DOTALL)
VOID: Final = frozenset(["img", "input", "wbr", "hr", "source", "embed"])
SENTENCE_END: Final = re.compile(r"[.!?:…][\"'”“»«)\]]*\s*$")
FORMATTING: Final = frozenset(["em", "strong", "s", "mark"])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block without a forced line break."""

    start: int  # in the block's content
    end: int
    inline: Inline
    is_alt: bool = False  # the text in place of an image


class UnknownTokenError(ValueError):
    """The parser gave something that is not in the source at its place."""


def runs(
    content: str, children: Sequence[Token], ends: Mapping[tuple[str, int], int]
) -> list[Run]:
    """Divide the content of a block into runs.

    Args:
        content: As the parser has it, without the signs of quotations and lists.
        children: The parser's tokens for it.
        ends: Where links and images end, see ``markdown_parser.ends_of_links``.

    Raises:
        UnknownTokenError: A token cannot be found in the content.
    """
    walk = _Walk(content, ends)
    waiting = list(children)
    while waiting:
        walk.step(waiting.pop(0), waiting)
    if content[walk.cursor :].strip():
        raise UnknownTokenError(content[walk.cursor :])
    walk.finish_run()
    return walk.runs


@dataclass(slots=True)
class _Walk:
    content: str
    ends: Mapping[tuple[str, int], int]
    cursor: int = 0
    runs: list[Run] = field(default_factory=list)
    _start: int = 0  # of the run
    _builder: InlineBuilder = field(default_factory=InlineBuilder)
    _links: list[int] = field(default_factory=list)  # ends of open ones
    _depth: int = 0  # of open marks

    def finish_run(self) -> None:
        """End the run before the cursor."""
        self.runs.append(Run(self._start, self.cursor, self._builder.inline()))
        self._builder = InlineBuilder()
        self._depth = 0

    def step(self, token: Token, rest: list[Token]) -> None:
        """Take one token, and those after it that belong to it."""
        name, _, side = token.type.rpartition("_")
        if token.type == "text":
            self._text(token.content)
        elif token.type == "text_special":
            self._take(token.markup)
            self._builder.text(token.content)
        elif token.type == "softbreak":
            self._take_match(SOFT_BREAK)
            self._builder.text("\n")
        elif token.type == "hardbreak":
            self._boundary(HARD_BREAK.match(self.content, self.cursor))
        elif token.type == "label":
            self._take(token.content)
            self._start = self.cursor
        elif token.type == "without_text":
            self._builder.empty(self._take(token.content))
        elif token.type == "with_text":
            self._builder.verbatim(self._take(token.content), token.content)
        elif token.type == "code_inline":
            ticks = re.escape(token.markup)
            code = re.compile(rf"{ticks}.*?(?<!`){ticks}(?!`)", re.DOTALL)
            self._builder.verbatim(self._take_match(code), token.content)
        elif token.type == "html_inline":
            self._html(token)
        elif token.type == "image":
            self._image(token, rest)
        elif token.type == "link_open" and token.markup == "autolink":
            text = rest.pop(0).content
            rest.pop(0)
            self._builder.verbatim(self._take_match(re.compile("<[^>]*>")), text)
        elif name == "link":
            self._link(side)
        elif name in FORMATTING and side == "open":
            self._builder.open(self._take(token.markup), name)
            self._depth += 1
        elif name in FORMATTING:
            self._builder.close(self._take(token.markup), name)
            self._depth -= 1
        else:
            raise UnknownTokenError(token.type)

    def _text(self, text: str) -> None:
        """Take text; what is not seen stays where blocks or signs are told by it."""
        begins = self.cursor == self._start
        self._take(text)
        unseen = UNSEEN.match(text)
        if unseen and (begins or unseen[0] == text):
            self._builder.empty(unseen[0])
            text = text[unseen.end() :]
        self._builder.text(text)

    def _take(self, literal: str) -> str:
        if not self.content.startswith(literal, self.cursor):
            raise UnknownTokenError(f"{literal!r} in {self.content[self.cursor :]!r}")
        self.cursor += len(literal)
        return literal

    def _take_match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.content, self.cursor)
        if match is None:
            raise UnknownTokenError(self.content[self.cursor :])
        return self._take(match[0])

    def _boundary(self, match: re.Match[str] | None) -> None:
        if match is None:
            raise UnknownTokenError(self.content[self.cursor :])
        self.finish_run()
        self._start = self.cursor = match.end()

    def _html(self, token: Token) -> None:
        tag = TAG.fullmatch(token.content)
        if BREAK_TAG.fullmatch(token.content):
            self._boundary(BREAK_TAG.match(self.content, self.cursor))
            return
        self._take(token.content)
        if tag is None or tag[3] or tag[2].lower() in VOID:
            self._builder.empty(token.content)
        elif tag[1]:
            self._builder.close(token.content, f"<{tag[2].lower()}")
        else:
            self._builder.open(token.content, f"<{tag[2].lower()}")

    def _link(self, side: str) -> None:
        if side == "open":
            self._links.append(self.ends[self.content, self.cursor])
            self._builder.open(self._take("["), "link")
            self._depth += 1
        else:
            end = self._links.pop()
            self._builder.close(self._take(self.content[self.cursor : end]), "link")
            self._depth -= 1

    def _image(self, token: Token, rest: Sequence[Token]) -> None:
        """Give the text of an image a run of its own where no sentence breaks."""
        end = self.ends[self.content, self.cursor]
        start = self.cursor + len("![")
        before = self._builder.so_far()
        text = before.text
        alone = not before.translatable() or (
            not self._depth and (SENTENCE_END.search(text) or not _has_words(rest))
        )
        alt = _plain(token.children or ())
        if not alone or not self.content.startswith(token.content, start):
            self._builder.empty(self._take(self.content[self.cursor : end]))
            return
        self.finish_run()
        self.runs.append(Run(start, start + len(token.content), Inline(alt), True))
        self._start = self.cursor = end


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(
        "\n" if token.type in {"softbreak", "hardbreak"} else token.content
        for token in tokens
    ).strip()


def _has_words(tokens: Sequence[Token]) -> bool:
    """Whether there is text up to the next forced line break."""
    for token in tokens:
        if token.type == "hardbreak":
            return False
        if token.type in {"text", "code_inline"} and token.content.strip():
            return True
    return False
