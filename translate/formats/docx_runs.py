"""What stands in a paragraph of a DOCX file, from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from satzpaar.translate.formats.archive import escape
from satzpaar.translate.formats.docx_styles import formatting_of
from satzpaar.translate.formats.xml_tree import Element, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.formats.docx_styles import Styles

# Of no meaning: where a page ended last time, what the spelling checker found, hints.
DROPPED: Final = frozenset(
    [
        "pPr", "rPr", "proofErr", "lastRenderedPageBreak", "softHyphen", "del",
        "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
        "moveToRangeEnd",
    ]
)  # fmt: skip
# Around runs; what a tracked change put in is text like any other.
UNWRAPPED: Final = frozenset(["ins", "moveTo"])
WRAPPERS: Final = frozenset(["hyperlink", "smartTag", "sdt", "customXml", "dir", "bdo"])
# Between two texts, as a reader sees them.
BREAKS: Final = frozenset(["br", "cr", "tab", "ptab"])

# Of a run's properties: its language, which will be another one, and what tells
# nothing of its looks. A run that differs in these alone is no other run.
NO_LOOKS: Final = re.compile(
    r"<(?P<tag>[\w-]+:(?:lang|noProof|rPrChange|webHidden))\b[^>]*?"
    r"(?:/>|>.*?</(?P=tag)>)",
    re.DOTALL,
)

# What is left of the properties then may be none.
NO_PROPERTY: Final = re.compile(r"<[^<>]*>\s*</[^<>]*>|<[^<>]*/>")

Kind = Literal["text", "inside", "between", "break", "open", "close", "verbatim"]


@dataclass(slots=True)
class Item:
    """A stretch of text, or of XML that has none.

    ``inside`` a run, ``between`` runs, a ``break`` (inside a run) between two texts,
    the ``open`` and ``close`` of what is around runs; ``verbatim``: whole runs whose
    text is not translated.
    """

    kind: Kind
    raw: str  # XML; of text the decoded text
    look: str = ""  # the run's properties, as XML
    shown: str = ""  # the text of ``verbatim``
    field: str = ""  # "begin", "separate" or "end" of a field, or its instruction


class RunReader:
    """Reads the items of a paragraph.

    Args:
        text: The part.
        prefix: What the names of WordprocessingML begin with, such as ``w:``.
        styles: Say what is hidden.
    """

    def __init__(self, text: str, prefix: str, styles: Styles) -> None:
        self._text = text
        self._prefix = prefix
        self._styles = styles

    def items(self, paragraph: Element) -> list[Item]:
        """Return what stands in a paragraph, but its properties."""
        return _with_fields(list(self._inside(paragraph)), self._prefix)

    def raw(self, element: Element) -> str:
        """Return an element as it is written."""
        return self._text[element.start : element.end]

    def _inside(self, parent: Element) -> Iterator[Item]:
        for child in parent.children:
            name = child.name
            if name in DROPPED:
                continue
            if name == "r":
                yield from self._run(child)
            elif name in UNWRAPPED:
                yield from self._inside(child)
            elif name in WRAPPERS or name == "fldSimple":
                yield from self._wrapper(child)
            else:
                yield Item("between", self.raw(child))

    def _wrapper(self, element: Element) -> Iterator[Item]:
        content = element.child("sdtContent") if element.name == "sdt" else element
        if content is None or not any(e.name == "t" for e in content.descendants()):
            yield Item("between", self.raw(element))
        elif element.name == "fldSimple" and not is_link(element.get("instr") or ""):
            shown = "".join(
                self._characters(e) for e in content.descendants() if e.name == "t"
            )
            yield Item("verbatim", self.raw(element), shown=shown)
        else:
            yield Item("open", self._text[element.start : content.inner])
            yield from self._inside(content)
            yield Item("close", self._text[content.outer : element.end])

    def _run(self, run: Element) -> Iterator[Item]:
        properties = run.child("rPr")
        look = NO_LOOKS.sub("", self.raw(properties)) if properties else ""
        look = "" if NO_PROPERTY.fullmatch(look) else look
        if properties and self._is_hidden(properties):
            yield Item("between", self.raw(run))
            return
        for child in run.children:
            name = child.name
            if name in DROPPED or name == "delText":
                continue
            if name == "t":
                yield Item("text", self._characters(child), look)
            elif name == "noBreakHyphen":
                yield Item("text", "\u2011", look)
            elif name in BREAKS:
                yield Item("break", self.raw(child), look)
            elif name == "fldChar":
                kind = child.get("fldCharType") or ""
                yield Item("inside", self.raw(child), look, field=kind)
            elif name == "instrText":
                instruction = self._characters(child) or " "
                yield Item("inside", self.raw(child), look, field=instruction)
            else:
                yield Item("inside", self.raw(child), look)

    def _is_hidden(self, properties: Element) -> bool:
        style = properties.child("rStyle")
        found = dict(self._styles.formatting(style.get("val") if style else None))
        for child in properties.children:
            found.update(formatting_of(child.name, {"val": child.get("val") or "1"}))
        return found.get("hidden", False)

    def _characters(self, element: Element) -> str:
        text = text_of(self._text[element.inner : element.outer])
        keeps = element.get("space") == "preserve" or element.name == "instrText"
        return text if keeps else text.strip(" \t\r\n")


def is_link(instruction: str) -> bool:
    """Whether a field gives the words of a link, which are text."""
    return instruction.split()[:1] == ["HYPERLINK"]


def in_run(prefix: str, look: str, raw: str) -> str:
    """Write a run."""
    return f"<{prefix}r>{look}{raw}</{prefix}r>"


def _with_fields(items: list[Item], prefix: str) -> list[Item]:
    """Make one of the parts of each field that the paragraph has whole.

    A link's words are text, of others what they show is kept as it is. What is a
    field's but has no partner here stays where it stands.
    """
    found: list[Item] = []
    begun: list[int] = []  # where in *found*
    for item in items:
        found.append(item)
        if item.field == "begin":
            begun.append(len(found) - 1)
        elif item.field == "end" and begun:
            start = begun.pop()
            whole = found[start:]
            if len({each.kind for each in whole} & {"open", "close"}) != 1:
                found[start:] = _field(whole, prefix)
    return found


def _field(whole: list[Item], prefix: str) -> list[Item]:
    kinds = [item.field for item in whole]
    cut = kinds.index("separate") + 1 if "separate" in kinds else len(whole)
    instruction = "".join(
        item.field for item in whole[1:cut] if item.field not in {"separate", "begin"}
    )
    raw = [as_runs(item, prefix) for item in whole]
    if is_link(instruction) and cut < len(whole) - 1:
        return [
            Item("open", "".join(raw[:cut])),
            *whole[cut:-1],
            Item("close", raw[-1]),
        ]
    shown = "".join(
        item.shown if item.kind == "verbatim" else item.raw
        for item in whole[cut:]
        if item.kind in {"text", "verbatim"}
    )
    return [Item("verbatim", "".join(raw), shown=shown)]


def as_runs(item: Item, prefix: str) -> str:
    """Write an item so that it can stand between runs."""
    if item.kind == "text":
        return in_run(prefix, item.look, text_element(prefix, item.raw))
    if item.kind in {"inside", "break"}:
        return in_run(prefix, item.look, item.raw)
    return item.raw


def text_element(prefix: str, text: str) -> str:
    """Write text as it stands in a run."""
    return f'<{prefix}t xml:space="preserve">{escape(text)}</{prefix}t>'
