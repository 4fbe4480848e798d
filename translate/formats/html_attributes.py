"""Which attributes of HTML hold text, or name the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.translate.formats.html_elements import ATTRIBUTES, BUTTONS, LABELLED, META
from satzpaar.translate.formats.inline import Inline

if TYPE_CHECKING:
    from satzpaar.translate.formats.html_scanner import Attribute, Piece


def translatable(piece: Piece, language: str) -> list[Attribute]:
    """Return the attributes of a tag that hold text, or name *language*."""
    chosen = set(ATTRIBUTES)
    if piece.name == "meta":
        names = {(piece.get("name") or "").lower(), piece.get("property") or ""}
        names |= {*(piece.get("itemprop") or "").split()}
        chosen = {"content"} if names & META or _is_of_language(piece) else set()
    elif piece.name == "input" and (piece.get("type") or "").lower() in BUTTONS:
        chosen.add("value")
    elif piece.name in LABELLED:
        chosen.add("label")
    return [
        attribute
        for attribute in piece.attributes
        if attribute.start < attribute.end
        and (
            names_language(attribute, piece, language)
            or (attribute.name in chosen and Inline(attribute.value).translatable())
        )
    ]


def names_language(attribute: Attribute, piece: Piece, language: str) -> bool:
    """Say whether an attribute of a tag names *language*."""
    names = ["lang", "xml:lang"]
    if _is_of_language(piece):
        names.append("content")
    code = attribute.value.strip().lower().replace("_", "-")
    return attribute.name in names and code.split("-")[0] == language


def _is_of_language(piece: Piece) -> bool:
    return (piece.get("http-equiv") or "").lower() == "content-language"
