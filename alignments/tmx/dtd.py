"""The document type of TMX 1.4 as rules for a stream of elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DTD: Final = "tmx14.dtd"
OCCURRENCES: Final = {"once": "", "opt": "?", "mult": "*", "plus": "+"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is legal of an attribute."""

    required: bool
    values: tuple[str, ...] = ()  # none: any


@dataclass(frozen=True, slots=True)
class Element:
    """What is legal of an element."""

    model: str  # its content as a DTD says it, without the outer brackets
    has_text: bool
    children: frozenset[str]
    # Of the names of the children, each followed by a space; None: any order will do.
    order: re.Pattern[str] | None
    attributes: Mapping[str, Attribute]


@cache
def elements() -> Mapping[str, Element]:
    """Read the document type that comes with the package; nothing is fetched."""
    from lxml import etree

    data = files("satzpaar.alignments.tmx").joinpath(DTD).read_bytes()
    declared = etree.DTD(BytesIO(data))
    return {str(one.name): _element(one) for one in declared.iterelements()}


def _element(declared: Any) -> Element:
    content = declared.content
    children: set[str] = set()
    _collect(content, children)
    # Of "(a | b)*" and "a*" the names alone tell, which a body of millions needs.
    any_order = declared.type in {"mixed", "empty"} or (
        content.occur == "mult" and _is_choice(content)
    )
    attributes = {}
    for attribute in declared.iterattributes():
        prefix = f"{attribute.prefix}:" if attribute.prefix else ""
        attributes[prefix + attribute.name] = Attribute(
            attribute.default == "required", tuple(attribute.itervalues())
        )
    model = _model(content) if content is not None else "nothing"
    if model.endswith(")"):
        model = model[1:-1]
    return Element(
        model,
        declared.type == "mixed",
        frozenset(children),
        None if any_order else re.compile(_pattern(content)),
        attributes,
    )


def _is_choice(content: Any) -> bool:
    if content.type == "element":
        return True
    return content.type == "or" and all(
        part.occur == "once" and _is_choice(part)
        for part in (content.left, content.right)
        if part is not None
    )


def _collect(content: Any, names: set[str]) -> None:
    if content is None:
        return
    if content.type == "element":
        names.add(content.name)
    _collect(content.left, names)
    _collect(content.right, names)


def _pattern(content: Any) -> str:
    """Return a content model as a regular expression over the children's names."""
    if content.type == "element":
        inner = f"(?:{re.escape(content.name)} )"
    else:
        joint = "|" if content.type == "or" else ""
        parts = (part for part in (content.left, content.right) if part is not None)
        inner = f"(?:{joint.join(map(_pattern, parts))})"
    return inner + OCCURRENCES[content.occur]


def _model(content: Any) -> str:
    """Return a content model in the notation of a DTD."""
    occurrence = OCCURRENCES[content.occur]
    if content.type == "pcdata":
        return "text"
    if content.type == "element":
        return f"{content.name}{occurrence}"
    joint = " | " if content.type == "or" else ", "
    inside = joint.join(_model(part) for part in _parts(content, content.type))
    return f"({inside}){occurrence}"


def _parts(content: Any, kind: str) -> list[Any]:
    """List what a DTD's "a, b, c" is made of; the parser has it as "a, (b, c)"."""
    left = [content.left]
    right = content.right
    if right is None:
        return left
    if right.type == kind and right.occur == "once":
        return left + _parts(right, kind)
    return [*left, right]
