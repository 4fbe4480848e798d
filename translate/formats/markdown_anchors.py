"""Links to the headings of the same Markdown file, whose addresses are their words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from satzpaar.translate.document import Block, Language
from satzpaar.translate.formats.front_matter import FRONT_MATTER, TOML_FRONT_MATTER
from satzpaar.translate.formats.markdown_parser import parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from satzpaar.translate.document import Document

# What names a heading: a link, the definition of one, HTML. Code comes first, which is
# none of them.
ANCHOR: Final = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<before>\]\([ \t]*<?#|^[ \t>]*\[[^\[\]\n]+\]:[ \t]*<?#|\bhref=[\"']?#)"
    r"(?P<name>[^\s()<>\"']+)",
    re.MULTILINE,
)
LINE_END: Final = re.compile(r"\r\n|\r|\n")
OWN_NAME: Final = re.compile(r"\{:?[ ]*#")  # of a heading
NEITHER_WORD_NOR_BLANK: Final = re.compile(r"[^\w\- ]+")


def with_anchors(document: Document, pieces: Iterable[str]) -> Iterator[str]:
    """Yield what is written of a document, with links to its headings as they are now.

    What stands in the last line may change the first: where there are such links, all
    comes in one piece.

    Args:
        document: What was read.
        pieces: Its translation.
    """
    source = "".join(map(_source, document.parts))
    if not any(match["name"] for match in ANCHOR.finditer(source)):
        yield from pieces
        return
    text = "".join(pieces)
    names = _renamed(source, text) if text != source else {}
    yield _replaced(text, names) if names else text


def _source(part: str | Block | Language) -> str:
    if isinstance(part, str):
        return part
    return part.code if isinstance(part, Language) else part.source or ""


def _renamed(source: str, text: str) -> dict[str, str]:
    """Return the names of headings that are others now."""
    before, after = _headings(source), _headings(text)
    if len(before) != len(after):
        return {}
    names: dict[str, str] = {}
    for name in (_on_github, _in_python):
        pairs = zip(_names(before, name), _names(after, name), strict=True)
        for old, new in pairs:
            names.setdefault(old, new)
    return {old: new for old, new in names.items() if old and new and new != old}


def _parsed(text: str) -> list[Token]:
    """Parse all but the front matter; lines keep their numbers."""
    found = FRONT_MATTER.match(text) or TOML_FRONT_MATTER.match(text)
    start = found.end() if found else 0
    lines = len(LINE_END.findall(text[:start]))
    return parser().parse(lines * "\n" + LINE_END.sub("\n", text[start:]))


def _headings(text: str) -> list[str | None]:
    """Return the words of the headings; None: the author has named it."""
    found: list[str | None] = []
    tokens = iter(_parsed(text))
    for token in tokens:
        if token.type == "heading_open":
            inline = next(tokens)
            named = OWN_NAME.search(inline.content)
            found.append(None if named else _words(inline.children or ()))
    return found


def _words(tokens: Sequence[Token]) -> str:
    """Return what a reader sees of inline tokens."""
    return "".join(
        " "
        if token.type in {"softbreak", "hardbreak"}
        else ""
        if token.type in {"html_inline", "image", "without_text"}
        else token.content
        for token in tokens
    ).strip()


def _names(
    headings: Iterable[str | None], name: Callable[[str, int], str]
) -> Iterator[str]:
    """Yield the name of each heading, a number behind it where it was taken."""
    numbers: dict[str, int] = {}  # of what is taken, the last one behind it
    for heading in headings:
        if heading is None:
            yield ""
            continue
        plain = found = name(heading, 0)
        while found in numbers:
            numbers[plain] += 1
            found = name(heading, numbers[plain])
        numbers[found] = 0
        yield found


def _on_github(heading: str, number: int) -> str:
    """Name a heading as GitHub, VitePress and Docusaurus do, nearly.

    >>> _on_github("1. Häufige Fragen?", 0), _on_github("Das", 2)
    ('1-häufige-fragen', 'das-2')
    """
    words = NEITHER_WORD_NOR_BLANK.sub("", heading.lower()).replace(" ", "-")
    return f"{words}-{number}" if number else words


def _in_python(heading: str, number: int) -> str:
    """Name a heading as Python-Markdown does, and MkDocs with it.

    >>> _in_python("1. Häufige Fragen?", 0), _in_python("Das", 2)
    ('1-haufige-fragen', 'das_2')
    """
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    words = NEITHER_WORD_NOR_BLANK.sub("", plain).strip().lower()
    words = re.sub(r"[-\s]+", "-", words)
    return f"{words}_{number}" if number else words


def _replaced(text: str, names: Mapping[str, str]) -> str:
    """Put new names into all but blocks of code."""

    def renamed(match: re.Match[str]) -> str:
        name = match["name"]
        if not name:
            return match[0]
        new = names.get(name) or names.get(unquote(name)) or name
        return f"{match['before']}{new}"

    code = [
        token.map
        for token in _parsed(text)
        if token.type in {"fence", "code_block"} and token.map
    ]
    starts = [0, *(match.end() for match in LINE_END.finditer(text)), len(text)]
    pieces: list[str] = []
    done = 0
    for first, last in code:
        begin, end = starts[first], starts[min(last, len(starts) - 1)]
        pieces += [ANCHOR.sub(renamed, text[done:begin]), text[begin:end]]
        done = end
    return "".join([*pieces, ANCHOR.sub(renamed, text[done:])])
