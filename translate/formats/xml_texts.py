"""XML that is no page, but has some texts: titles, descriptions, lists of chapters."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from satzpaar.translate.document import Block, Language, parts_of
from satzpaar.translate.formats.archive import escape
from satzpaar.translate.formats.inline import Inline, cut
from satzpaar.translate.formats.xml_tree import TOKEN, elements, text_of

if TYPE_CHECKING:
    from satzpaar.translate.document import BlockKind
    from satzpaar.translate.formats import Segmenter

# Of Dublin Core, by which books and office documents say what they are. The description
# of the latter is mostly that of the program that made them.
OF_BOOKS: Final = frozenset(["title", "description"])
OF_PROPERTIES: Final = frozenset(["title", "subject"])
LANGUAGE: Final = "language"

TAG: Final = re.compile(r"</?[A-Za-z]")
NAMED_LANGUAGE: Final = re.compile(r"\bxml:lang\s*=\s*[\"']([\w-]+)[\"']")


def texts_of(
    text: str,
    names: frozenset[str],
    kind: BlockKind,
    segmenter: Segmenter,
    language: str,
    *,
    line: int = 1,
) -> list[str | Block | Language]:
    """Return XML as parts of a document.

    Args:
        text: XML that was found well-formed.
        names: Of the elements with texts, without prefix. What has elements in it or is
            HTML written as text stays as it is.
        kind: What these texts are.
        segmenter: Cuts them.
        language: To be translated; where it is named, another may be.
        line: Of all blocks.
    """

    def is_ours(code: str) -> bool:
        return code.strip().lower().split("-")[0] == language

    edits: list[tuple[int, int, Block | Language]] = [
        (*match.span(1), Language(match[1]))
        for tag in TOKEN.finditer(text)
        if tag["attributes"]
        for match in NAMED_LANGUAGE.finditer(text, *tag.span("attributes"))
        if is_ours(match[1])
    ]
    for element, _ in elements(text, names | {LANGUAGE}):
        raw = text[element.inner : element.outer]
        said = text_of(raw)
        inline = Inline(said)
        if element.children or not is_ours(element.get("lang") or language):
            continue
        if element.name == LANGUAGE:
            if is_ours(said):
                edits.append((element.inner, element.outer, Language(said)))
        elif inline.translatable() and not TAG.search(unescape(said)):
            segments, separators = cut(inline, segmenter, escape)
            block = Block(segments, separators, kind, line, source=raw)
            edits.append((element.inner, element.outer, block))
    return parts_of(text, sorted(edits, key=lambda edit: edit[0]))
