"""XML from files nobody vouches for: a stream, with nothing declared or fetched.

Expat is twice as fast as lxml here and always knows its line.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.parsers import expat

from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHUNK: Final = 1 << 16  # bytes
LONGEST_TEXT: Final = 10_000_000  # characters of one text; no segment is as long
# Bytes of one tag, comment or the like. Expat begins each anew with every chunk, which
# makes long ones slow: 20 MB took a quarter of a minute.
LONGEST_TAG: Final = 1_000_000
DEEPEST: Final = 256  # elements in each other
MOST_NAMES: Final = 1000  # of elements that are remembered; a format has some dozen

# Source: Extensible Markup Language (XML) 1.0, fifth edition, production 2, Char.
NO_XML: Final = re.compile(
    "[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)
SURROGATE: Final = re.compile("[\\ud800-\\udfff]")  # half a pair, no character
SPACE_IN_ATTRIBUTE: Final = re.compile("[\\t\\n\\r]")

UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

CODES: Final = expat.errors.codes
UNDEFINED_ENTITY: Final = CODES[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
# What expat says is for programmers; these are what users have.
REASONS: Final = {
    CODES[expat.errors.XML_ERROR_NO_ELEMENTS]: "it ends too early",
    CODES[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "it ends too early",
    CODES[expat.errors.XML_ERROR_INVALID_TOKEN]: "a bare & or <, a control character, "
    "or a byte that is invalid in its encoding",
}


class Parser:
    """An expat parser that refuses what no text needs.

    Args:
        place: What errors call the file.
        start: Called with the name, without its prefix, and the attributes.
        end: Called with the name, without its prefix.
        text: Called with each stretch of text.
        doctype: Called with the name in the DOCTYPE, if there is one.
        declaration: Called with the encoding that the file declares, if any.
    """

    def __init__(
        self,
        place: Path | str,
        *,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        text: Callable[[str], None],
        doctype: Callable[[str], None] | None = None,
        declaration: Callable[[str | None], None] | None = None,
    ) -> None:
        self.place = place
        self._local: dict[str, str] = {}  # names without prefix, made once each
        self._depth = 0
        self._start = start
        self._end = end
        self._doctype = doctype
        self._declaration = declaration
        self._text = text
        self._parser = self._made()

    def _made(self, encoding: str | None = None) -> expat.XMLParserType:
        """Return a new expat parser, which believes *encoding* more than the file."""
        made = expat.ParserCreate(encoding)
        made.buffer_text = True
        made.buffer_size = CHUNK
        made.StartElementHandler = self._start_element
        made.EndElementHandler = self._end_element
        made.CharacterDataHandler = self._text
        made.XmlDeclHandler = self._declare
        made.StartDoctypeDeclHandler = self._start_doctype
        made.EntityDeclHandler = self._refuse_declaration
        made.SkippedEntityHandler = self._refuse_entity
        # The order: no parameter entity is read, so that no DTD is asked for.
        made.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        return made

    @property
    def line(self) -> int:
        """The line that is being read, from 1."""
        return self._parser.CurrentLineNumber

    def feed(self, stream: BinaryIO) -> Iterator[None]:
        """Parse a stream piece by piece; between two pieces the caller may act.

        Raises:
            InputError: It is empty, not well-formed, or has what is refused.
        """
        fed = 0
        try:
            while chunk := stream.read(CHUNK):
                if not fed and chunk.startswith(UTF16_MARKS):
                    # Some tools write UTF-16 and declare UTF-8; the mark is right.
                    self._parser = self._made("utf-16")
                self._parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - self._parser.CurrentByteIndex > LONGEST_TAG:
                    raise self.error(f"a tag or comment of over {LONGEST_TAG} bytes")
                yield
            if not fed:
                raise InputError(self.place, "is empty")
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self._not_well_formed(error) from None
        yield

    def error(self, message: str) -> InputError:
        """Return an error at the present line."""
        return InputError(self.place, message, line=self.line)

    def _not_well_formed(self, error: expat.ExpatError) -> InputError:
        if error.code == UNDEFINED_ENTITY:
            return self.error("an unknown entity, which is refused")
        reason = REASONS.get(error.code) or expat.ErrorString(error.code)
        return InputError(
            self.place, f"not well-formed XML ({reason})", line=error.lineno
        )

    def _start_element(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.error(f"over {DEEPEST} elements in each other, which is refused")
        self._start(self._local.get(name) or self._without_prefix(name), attributes)

    def _end_element(self, name: str) -> None:
        self._depth -= 1
        self._end(self._local.get(name) or self._without_prefix(name))

    def _without_prefix(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self._local) < MOST_NAMES:
            self._local[name] = local
        return local

    def _declare(self, _version: str, encoding: str | None, _alone: int) -> None:
        if self._declaration is not None:
            self._declaration(encoding)

    def _start_doctype(
        self, name: str, _system: str | None, _public: str | None, subset: int
    ) -> None:
        if subset:
            raise self.error("its DOCTYPE declares things of its own, which is refused")
        if self._doctype is not None:
            self._doctype(name)

    def _refuse_declaration(self, *_: object) -> None:
        raise self.error("its DOCTYPE declares entities, which is refused")

    def _refuse_entity(self, name: str, is_parameter: int) -> None:
        del is_parameter
        raise self.error(f"an unknown entity &{name};, which is refused")


def escaped(text: str) -> str:
    """Return text as an element has it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text


def escaped_attribute(text: str) -> str:
    """Return text as an attribute in double quotes has it."""
    text = escaped(text).replace('"', "&quot;")
    return SPACE_IN_ATTRIBUTE.sub(lambda found: f"&#{ord(found[0])};", text)
