"""Which attributes of HTML hold text, or name the language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Block, Language
from satzpaar.translate.formats.html_elements import ATTRIBUTES, BUTTONS, LABELLED, META
from satzpaar.translate.formats.inline import Inline, cut

if TYPE_CHECKING:
    from satzpaar.translate.formats import Segmenter
    from satzpaar.translate.formats.html_scanner import Attribute, Piece

Edit = tuple[int, int, Block | Language]

# <meta property=…> whose content is a language with its territory, as in de_DE.
# Source: the Open Graph protocol, ogp.me.
LOCALE: Final = "og:locale"


def translatable(piece: Piece, language: str) -> list[Attribute]:
    """Return the attributes of a tag that hold text, or name *language*.

    None, if the tag says that what it has is not to be translated.
    """
    if is_kept(piece, language):
        return []
    chosen = set(ATTRIBUTES)
    if piece.name == "meta":
        chosen = {"content"} if _names(piece) & META else set()
    elif piece.name == "input" and (piece.get("type") or "").lower() in BUTTONS:
        chosen.add("value")
    elif piece.name in LABELLED:
        chosen.add("label")
    return [
        attribute
        for attribute in piece.attributes
        if attribute.start < attribute.end
        and (
            _names_language(attribute, piece, language)
            or (attribute.name in chosen and Inline(attribute.value).translatable())
        )
    ]


def is_kept(piece: Piece, language: str) -> bool:
    """Whether a tag tells that what it has is not to be translated."""
    named = piece.get("lang") or piece.get("xml:lang") or language
    is_other = named.lower().split("-")[0] != language and piece.name != "html"
    return (
        piece.get("translate") == "no"
        or "notranslate" in (piece.get("class") or "").split()
        or is_other
    )


def edit_of(
    attribute: Attribute,
    piece: Piece,
    text: str,
    segmenter: Segmenter,
    language: str,
    *,
    line: int,
) -> Edit:
    """Return what is to be replaced of an attribute, with the quotes if it is text.

    Args:
        attribute: One of ``translatable``.
        piece: Its tag.
        text: What the tag was found in.
        segmenter: Cuts the text of a block into segments.
        language: The language to be translated.
        line: Of the attribute.
    """
    raw = text[attribute.start : attribute.end]
    if _names_language(attribute, piece, language):
        start = attribute.start + (raw[0] in "\"'")
        end = attribute.end - (raw[-1] in "\"'")
        of_territory = attribute.name == "content" and LOCALE in _names(piece)
        return start, end, Language(text[start:end], of_territory)
    segments, (first, *between, last) = cut(Inline(attribute.value), segmenter, spaces)
    block = Block(
        segments,
        (f'"{first}', *between, f'{last}"'),
        kind="attribute",
        line=line,
        source=raw,
    )
    return attribute.start, attribute.end, block


def spaces(text: str) -> str:
    r"""Write white space as HTML does, where no line may be broken by its number.

    >>> spaces("\u00a0 ")
    '&#160; '
    """
    return text.replace("\u00a0", "&#160;")


def _names_language(attribute: Attribute, piece: Piece, language: str) -> bool:
    names = ["lang", "xml:lang"]
    if piece.name == "meta" and (_is_of_language(piece) or LOCALE in _names(piece)):
        names.append("content")
    code = attribute.value.strip().lower().replace("_", "-")
    return attribute.name in names and code.split("-")[0] == language


def _is_of_language(piece: Piece) -> bool:
    return (piece.get("http-equiv") or "").lower() == "content-language"


def _names(piece: Piece) -> set[str]:
    """Return what <meta> calls its content."""
    name, properties = (piece.get("name") or "").lower(), piece.get("property") or ""
    return {name, properties, *(piece.get("itemprop") or "").split()}
