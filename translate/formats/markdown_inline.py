"""The inline content of a block of Markdown, found again in its source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from satzpaar.translate.formats.html_elements import CODE
from satzpaar.translate.formats.html_scanner import scan
from satzpaar.translate.formats.inline import INVISIBLE, InlineBuilder
from satzpaar.translate.formats.markdown_markup import (
    Marked,
    Words,
    ending,
    in_values,
    picture,
    with_label,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from satzpaar.translate.document import Mark, Segment
    from satzpaar.translate.formats.inline import Inline

SOFT_BREAK: Final = re.compile(r"[ \t]*\n[ \t]*")
HARD_BREAK: Final = re.compile(r"(?: {2,}|\\)\n[ \t]*")
UNSEEN: Final = re.compile(f"(?:{INVISIBLE.pattern})+")
BREAK_TAG: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^>]*?(/?)>", re.DOTALL)
VOID: Final = frozenset(["img", "input", "wbr", "hr", "source", "embed"])
NOTE_SIDES: Final = {"note_open": 1, "note_close": -1}
LONGEST: Final = 400  # tokens of an element that is looked for its end; ours
FORMATTING: Final = frozenset(["em", "strong", "s", "mark", "wiki", "role", "span"])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block without a forced line break."""

    start: int  # in the block's content
    end: int
    inline: Inline
    marked: tuple[Marked, ...] = ()  # markup that has texts in it, or may seem to


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
    _marked: list[Marked] = field(default_factory=list)
    # Of open ones: the token, where they end, and where their text starts.
    _links: list[tuple[Token, int, int]] = field(default_factory=list)

    def finish_run(self) -> None:
        """End the run before the cursor."""
        inline, marked = self._builder.inline(), tuple(self._marked)
        self.runs.append(Run(self._start, self.cursor, inline, marked))
        self._builder, self._marked = InlineBuilder(), []

    def step(self, token: Token, rest: list[Token]) -> None:
        """Take one token, and those after it that belong to it."""
        name, _, side = token.type.rpartition("_")
        if token.type == "text":
            self._text(token.content)
        elif token.type == "text_special":
            self.take(token.markup)
            self._builder.text(token.content)
        elif token.type == "softbreak":
            self._take_match(SOFT_BREAK)
            self._builder.text("\n")
        elif token.type == "hardbreak":
            self._boundary(HARD_BREAK.match(self.content, self.cursor))
        elif token.type == "label":
            self.take(token.content)
            self._start = self.cursor
        elif token.type == "without_text":
            self._builder.empty(self._taken(token.content))
        elif token.type == "tag":
            self._builder.empty(self.take(token.content))
            self._marked.append(Marked(self.cursor - len(token.content), self.cursor))
        elif token.type == "note_open":
            self._note(token, rest)
        elif token.type == "with_text":
            self._verbatim(self.take(token.content), token.content)
        elif token.type == "code_inline":
            ticks = re.escape(token.markup)
            code = re.compile(rf"{ticks}.*?(?<!`){ticks}(?!`)", re.DOTALL)
            self._verbatim(self._take_match(code), token.content)
        elif token.type == "html_inline":
            self._html(token, rest)
        elif token.type == "image":
            self._image(token)
        elif token.type == "link_open" and token.markup == "autolink":
            text = rest.pop(0).content
            rest.pop(0)
            self._builder.verbatim(self._take_match(re.compile("<[^>]*>")), text)
        elif name == "link":
            self._link(token, side)
        elif name in FORMATTING and side == "open":
            self._builder.open(self.take(token.markup), name)
        elif name in FORMATTING:
            self._builder.close(self._taken(token.markup), name)
        else:
            raise UnknownTokenError(token.type)

    def _text(self, text: str) -> None:
        """Take text; what is not seen stays where blocks or signs are told by it."""
        begins = self.cursor == self._start
        self.take(text)
        unseen = UNSEEN.match(text)
        if unseen and (begins or unseen[0] == text):
            self._builder.empty(unseen[0])
            text = text[unseen.end() :]
        self._builder.text(text)

    def _verbatim(self, literal: str, text: str) -> None:
        """Add what was taken and is not translated."""
        self._builder.verbatim(literal, text)
        self._mark(literal)

    def _taken(self, literal: str) -> str:
        """Take markup that may have texts in it."""
        self.take(literal)
        self._mark(literal)
        return literal

    def _mark(self, literal: str) -> None:
        start = self.cursor - len(literal)
        self._marked.append(
            Marked(start, self.cursor, tuple(in_values(literal, start)))
        )

    def take(self, literal: str) -> str:
        """Go on behind what stands at the cursor."""
        if not self.content.startswith(literal, self.cursor):
            raise UnknownTokenError(f"{literal!r} in {self.content[self.cursor :]!r}")
        self.cursor += len(literal)
        return literal

    def _take_match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.content, self.cursor)
        if match is None:
            raise UnknownTokenError(self.content[self.cursor :])
        return self.take(match[0])

    def _boundary(self, match: re.Match[str] | None) -> None:
        if match is None:
            raise UnknownTokenError(self.content[self.cursor :])
        self.finish_run()
        self._start = self.cursor = match.end()

    def _html(self, token: Token, rest: list[Token]) -> None:
        tag = TAG.fullmatch(token.content)
        if BREAK_TAG.fullmatch(token.content):
            self._boundary(BREAK_TAG.match(self.content, self.cursor))
            return
        end = _end_of_untouched(tag, rest) if tag else None
        if end is not None:
            self._untouched(token.content, rest, end)
            return
        start = self.cursor
        self.take(token.content)
        self._marked.append(Marked(start, self.cursor, is_tag=True))
        if tag is None or tag[3] or tag[2].lower() in VOID:
            self._builder.empty(token.content)
        elif tag[1]:
            self._builder.close(token.content, f"<{tag[2].lower()}")
        else:
            self._builder.open(token.content, f"<{tag[2].lower()}")

    def _untouched(self, tag: str, rest: list[Token], end: int) -> None:
        """Take an element as a whole, with the tokens up to its closing tag."""
        start = self.cursor
        inside = _Walk(self.content, self.ends, start, _start=start)
        inside.take(tag)
        waiting = rest[:end]
        while waiting:
            inside.step(waiting.pop(0), waiting)
        inside.finish_run()
        self.cursor = inside.cursor
        self.take(rest[end].content)
        del rest[: end + 1]
        text = " ".join(" ".join(run.inline.text for run in inside.runs).split())
        self._verbatim(self.content[start : self.cursor], text)

    def _note(self, token: Token, rest: list[Token]) -> None:
        """Take a footnote within a sentence: a text of its own."""
        start = self.cursor
        depths = accumulate(NOTE_SIDES.get(each.type, 0) for each in rest)
        end = list(depths).index(-1)
        self.take(token.markup)
        inside = _Walk(self.content, self.ends, self.cursor, _start=self.cursor)
        waiting = rest[:end]
        while waiting:
            inside.step(waiting.pop(0), waiting)
        inside.finish_run()
        first, self.cursor = self.cursor, inside.cursor
        self.take(rest[end].markup)
        del rest[: end + 1]
        words = [
            Words(first, inside.cursor, "", note=replace(run.inline, text=on_one_line))
            for run in inside.runs
            if (on_one_line := run.inline.text.replace("\n", " ")).strip()
        ]
        if len(words) > 1:  # a forced break, which no footnote needs
            words = []
        self._builder.empty(self.content[start : self.cursor])
        self._marked.append(Marked(start, self.cursor, tuple(words)))

    def _link(self, token: Token, side: str) -> None:
        if side == "open":
            end = self.ends[self.content, self.cursor]
            self._links.append((token, end, self.cursor + 1))
            self._builder.open(self.take("["), "link")
        else:
            opening, end, start = self._links.pop()
            self._marked.append(ending(self.content, self.cursor, end, opening))
            closing = self.take(self.content[self.cursor : end])
            label = self.content[start : end - len(closing)]
            self._builder.close(with_label(closing, label), "link")

    def _image(self, token: Token) -> None:
        start, end = self.cursor, self.ends[self.content, self.cursor]
        plain = _plain(token.children or ())
        self._marked.append(picture(self.content, start, end, token, plain))
        self._builder.empty(self.take(self.content[start:end]))


def _is_protected(tag: str) -> bool:
    """Whether an opening tag says that its element is not to be translated."""
    (piece, *_) = scan(tag)
    classes = (piece.get("class") or "").split()
    return piece.get("translate") == "no" or "notranslate" in classes


def _end_of_untouched(tag: re.Match[str], rest: Sequence[Token]) -> int | None:
    """Return which token closes an element that is not translated, if one does."""
    name = tag[2].lower()
    if tag[1] or tag[3] or not (name in CODE or _is_protected(tag[0])):
        return None
    elements = 1
    marks = 0  # that began inside
    for index, token in enumerate(rest[:LONGEST]):
        marks += token.nesting
        if marks < 0:
            return None
        inner = TAG.fullmatch(token.content) if token.type == "html_inline" else None
        if inner and inner[2].lower() == name and not inner[3]:
            elements += -1 if inner[1] else 1
        if not elements:
            return index if not marks else None
    return None


def shortened(
    sources: Iterable[Segment], translations: Iterable[Segment]
) -> Iterator[Segment]:
    """Yield translations, their links with no label that is the very text."""
    coming = iter(sources)
    for translation in translations:
        if translation == next(coming, None):  # or it would count as changed
            yield translation
            continue
        marks = tuple(
            replace(mark, closing="]") if _names_itself(mark, translation) else mark
            for mark in translation.marks
        )
        yield replace(translation, marks=marks)


def _names_itself(mark: Mark, segment: Segment) -> bool:
    """Whether a reference has its text as its label, and may do without."""
    if mark.opening != "[" or mark.closing != (
        f"][{segment.text[mark.start : mark.end]}]"
    ):
        return False
    behind = "".join(each.opening for each in segment.marks if each.start == mark.end)
    behind += segment.text[mark.end : mark.end + 1]
    return behind[:1] not in {"(", "[", ":"}  # with which it would be another link


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(
        "\n" if token.type in {"softbreak", "hardbreak"} else token.content
        for token in tokens
    ).strip()
