"""The inline content of a block of Markdown, found again in its source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Mark
from satzpaar.translate.formats.html_elements import CODE
from satzpaar.translate.formats.html_scanner import scan
from satzpaar.translate.formats.inline import INVISIBLE, Inline, InlineBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from satzpaar.translate.document import Segment

SOFT_BREAK: Final = re.compile(r"[ \t]*\n[ \t]*")
HARD_BREAK: Final = re.compile(r"(?: {2,}|\\)\n[ \t]*")
UNSEEN: Final = re.compile(f"(?:{INVISIBLE.pattern})+")
BREAK_TAG: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^>]*?(/?)>", re.DOTALL)
VOID: Final = frozenset(["img", "input", "wbr", "hr", "source", "embed"])
LONGEST: Final = 400  # tokens of an element that is looked for its end; ours
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
    # Of open ones: where they end, and where their text starts.
    _links: list[tuple[int, int]] = field(default_factory=list)
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
            self._builder.empty(self.take(token.content))
        elif token.type == "with_text":
            self._builder.verbatim(self.take(token.content), token.content)
        elif token.type == "code_inline":
            ticks = re.escape(token.markup)
            code = re.compile(rf"{ticks}.*?(?<!`){ticks}(?!`)", re.DOTALL)
            self._builder.verbatim(self._take_match(code), token.content)
        elif token.type == "html_inline":
            self._html(token, rest)
        elif token.type == "image":
            self._image(token, rest)
        elif token.type == "link_open" and token.markup == "autolink":
            text = rest.pop(0).content
            rest.pop(0)
            self._builder.verbatim(self._take_match(re.compile("<[^>]*>")), text)
        elif name == "link":
            self._link(side)
        elif name in FORMATTING and side == "open":
            self._builder.open(self.take(token.markup), name)
            self._depth += 1
        elif name in FORMATTING:
            self._builder.close(self.take(token.markup), name)
            self._depth -= 1
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
        self.take(token.content)
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
        self._builder.verbatim(self.content[start : self.cursor], text)

    def _link(self, side: str) -> None:
        if side == "open":
            end = self.ends[self.content, self.cursor]
            self._links.append((end, self.cursor + 1))
            self._builder.open(self.take("["), "link")
            self._depth += 1
        else:
            end, start = self._links.pop()
            closing = self.take(self.content[self.cursor : end])
            label = self.content[start : end - len(closing)]
            self._builder.close(_with_label(closing, label), "link")
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
            self._builder.empty(self.take(self.content[self.cursor : end]))
            return
        self.finish_run()
        stop = start + len(token.content)
        closing = self.content[stop:end]
        labelled = _with_label(closing, token.content)
        inline = Inline(alt)
        if labelled != closing:
            stop = end
            inline = Inline(alt, (Mark(len(alt), len(alt), labelled, ""),))
        self.runs.append(Run(start, stop, inline, True))
        self._start = self.cursor = end


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


def _with_label(closing: str, label: str) -> str:
    """Let a reference name the label that was its text."""
    return f"][{' '.join(label.split())}]" if closing in {"]", "][]"} else closing


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
