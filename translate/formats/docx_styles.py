"""What the styles of a Word document say of its paragraphs and runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# Formatting that is told, by the HTML element that means the same.
TOLD: Final[Mapping[str, str]] = {
    "b": "b", "i": "i", "u": "u", "strike": "s", "dstrike": "s", "vanish": "hidden",
}  # fmt: skip
OFF: Final = frozenset(["0", "false", "off", "none"])

# Word keeps the names of its own styles in English, whatever language it speaks.
HEADING: Final = re.compile("(?:heading [1-9]|title|subtitle)", re.IGNORECASE)
BODY_LEVEL: Final = 9  # the outline level of what is no heading

# From a property to whether it holds: {"b": True, "hidden": False}.
Formatting = dict[str, bool]


def attribute(attributes: Mapping[str, str], name: str) -> str | None:
    """Return an attribute whatever prefix it has."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return value
    return None


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether a property such as ``<w:b/>`` or ``<w:b w:val="0"/>`` holds."""
    return (attribute(attributes, "val") or "1").lower() not in OFF


def formatting_of(name: str, attributes: Mapping[str, str]) -> Formatting:
    """Return what one element of ``w:rPr`` says; nothing if it is of no interest."""
    if name == "vertAlign":
        value = attribute(attributes, "val")
        return {"sup": value == "superscript", "sub": value == "subscript"}
    return {TOLD[name]: is_on(attributes)} if name in TOLD else {}


def level_of(attributes: Mapping[str, str]) -> int | None:
    """Return the level in ``w:outlineLvl``."""
    value = attribute(attributes, "val") or ""
    return int(value) if re.fullmatch("[0-9]", value) else None


@dataclass(slots=True)
class Style:
    """One style, without what it has from the one it is based on."""

    name: str
    base: str | None = None
    formatting: Formatting = field(default_factory=dict)
    level: int | None = None
    numbered: bool | None = None


@dataclass(slots=True)
class Styles:
    """The styles by their ids; one that is missing is known by its id alone."""

    _styles: dict[str, Style] = field(default_factory=dict)
    _merged: dict[str, Formatting] = field(default_factory=dict)

    def add(self, style_id: str, style: Style) -> None:
        """Add a style."""
        self._styles[style_id] = style

    def formatting(self, style_id: str | None) -> Formatting:
        """Return the formatting of a style and all below it."""
        if style_id is None:
            return {}
        if style_id not in self._merged:
            merged: Formatting = {}
            for style in self._chain(style_id):
                merged = style.formatting | merged
            self._merged[style_id] = merged
        return self._merged[style_id]

    def is_heading(self, style_id: str | None) -> bool:
        """Whether the nearest style that tells says so, by its level or name."""
        for style in self._chain(style_id):
            if style.level is not None:
                return style.level < BODY_LEVEL
            if HEADING.fullmatch(style.name):
                return True
        return False

    def is_item(self, style_id: str | None) -> bool:
        """Whether paragraphs of this style have a number or bullet."""
        numbered = (style.numbered for style in self._chain(style_id))
        return next((value for value in numbered if value is not None), False)

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        seen: set[str] = set()  # a broken file may base styles on each other
        while style_id is not None and style_id not in seen:
            seen.add(style_id)
            style = self._styles.get(style_id)
            style = style or Style(re.sub(r"(\d)$", r" \1", style_id))
            yield style
            style_id = style.base


@dataclass(slots=True)
class StyleReader:
    """Takes the elements of ``word/styles.xml``."""

    styles: Styles = field(default_factory=Styles)
    _style: Style | None = None
    _within: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        parent = self._within[-1] if self._within else ""
        self._within.append(name)
        if name == "style" and parent == "styles":
            style_id = attribute(attributes, "styleId") or ""
            self._style = Style(style_id)
            self.styles.add(style_id, self._style)
        elif self._style is None:
            pass
        elif parent == "style":
            value = attribute(attributes, "val")
            if name == "name" and value:
                self._style.name = value
            elif name == "basedOn":
                self._style.base = value
        elif self._within[-3:-1] == ["style", "rPr"]:
            self._style.formatting.update(formatting_of(name, attributes))
        elif name == "outlineLvl" and self._within[-3:-1] == ["style", "pPr"]:
            self._style.level = level_of(attributes)
        elif name == "numId" and parent == "numPr":
            self._style.numbered = attribute(attributes, "val") != "0"

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._within.pop()
        if name == "style":
            self._style = None


def relation_reader(
    found: dict[str, tuple[str, str]],
) -> Callable[[str, dict[str, str]], None]:
    """Return what takes the elements of a ``.rels`` part: id to type and target."""

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = kind, attributes.get("Target", "")

    return start
