"""The filter for text that was decoded the wrong way, and how it would be mended."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from satzpaar.alignments.filters.filter import Score

if TYPE_CHECKING:
    from satzpaar.alignments.bitext import TranslationUnit

# The characters that cp1252 has for the bytes 80 to BF, which follow in UTF-8.
_FOLLOWING: Final = "".join(
    bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)
    for byte in range(0x80, 0xC0)
) + "".join(map(chr, range(0x80, 0xA0)))
_F: Final = f"[{re.escape(_FOLLOWING)}]"
# Ä, Ö and Ü open sequences too, of Arabic and such; »Ä“ in German is none of them. The
# same holds for Å and a quotation mark.
_NO_PUNCTUATION: Final = f"(?![„“”‘’‚…–—›‹»«]){_F}"
MOJIBAKE: Final = re.compile(
    rf"(?:[ÂÃ]{_F}|[ÄÅÐÑ]{_NO_PUNCTUATION}|â[€‚„†ˆ\x80-\x9f]{_F}|ï[¬»]{_F}|ðŸ{_F}{_F})+"
)
# UTF-8 read as Mac OS Roman: √º for ü, ‚Äû for „.
MAC_MOJIBAKE: Final = re.compile("(?:√[ÄÑÖ†¢§©®´≠≤∂∏∫º°ü±]|‚Ä[ûúùìîòô¶])+")
# The first half of a no-break space whose second became a plain one.
HALF_SPACE: Final = re.compile(r"(?<=\S)Â(?= )")
REPLACED: Final = re.compile("\ufffd+")
# A question mark for an umlaut: "f?r". Not in links, and not after a word of itself.
LOST: Final = re.compile(r"(?<![\w/=&?.])[^\W\d_]+\?[a-zäöüß][^\W\d_]*(?![\w=/])")
# Character references that markup has and text has not.
REFERENCE: Final = re.compile(
    r"&amp;(?:[a-z]{2,8}|#\d{2,5});"
    r"|(?<=\w)&(?:[a-zA-Z]{2,8}|#\d{2,5});|&(?:[a-zA-Z]{2,8}|#\d{2,5});(?=\w)"
)
# Controls, private use, byte order marks inside, and what is no character at all.
NO_TEXT: Final = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\uf8ff\ufeff\ufff0-\ufffb\ufffe\uffff]+"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A place that no author wrote so."""

    text: str
    mended: str | None  # None: what stood there is lost


@dataclass(slots=True)
class Encoding:
    """The number of places that show a wrong encoding."""

    threshold: float = 0
    name: ClassVar[str] = "encoding"
    at_most: ClassVar[bool] = True

    def score(self, unit: TranslationUnit) -> Score:
        """Count on both sides; the reason says how they would be mended."""
        found = [*faults(unit.source.text), *faults(unit.target.text)]
        told = [
            f"{fault.text!r} "
            + ("lost a character" if fault.mended is None else f"is {fault.mended!r}")
            for fault in found[:3]
        ]
        return Score(len(found), ", ".join(dict.fromkeys(told)))


def faults(text: str) -> list[Fault]:
    """List the places of *text* that show a wrong encoding.

    >>> faults("StraÃŸe")
    [Fault(text='ÃŸ', mended='ß')]
    """
    found = []
    if not text.isascii():
        for pattern, encoding in ((MOJIBAKE, "cp1252"), (MAC_MOJIBAKE, "mac_roman")):
            for match in pattern.finditer(text):
                mended = _decoded(match[0], encoding)
                if mended is not None:
                    found.append(Fault(match[0], mended))
        found += [Fault(match[0], "") for match in HALF_SPACE.finditer(text)]
    found += [Fault(match[0], None) for match in REPLACED.finditer(text)]
    found += [Fault(match[0], None) for match in LOST.finditer(text)]
    found += [
        Fault(match[0], mended)
        for match in REFERENCE.finditer(text)
        if (mended := html.unescape(html.unescape(match[0]))) != match[0]
    ]
    covered = {character for fault in found for character in fault.text}
    found += [
        Fault(match[0], "")
        for match in NO_TEXT.finditer(text)
        if not covered.issuperset(match[0])
    ]
    return found


def mend(text: str) -> str:
    """Return *text* as it was meant, as far as that can be known.

    Text that was decoded the wrong way twice is mended twice.

    >>> mend("fÃ¼r"), mend("fÃƒÂ¼r"), mend("für")
    ('für', 'für', 'für')
    """
    for _ in range(3):
        for fault in faults(text):
            if fault.mended is not None:
                text = text.replace(fault.text, fault.mended)
    return text


def _decoded(text: str, encoding: str) -> str | None:
    """Decode UTF-8 whose bytes were taken for *encoding*; None if it is none."""
    data = bytearray()
    for character in text:
        try:
            data += character.encode(encoding)
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            data.append(ord(character))  # a byte that cp1252 has no character for
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
