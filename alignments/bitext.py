"""Translation units: what a bitext is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import datetime

CodeKind = Literal["open", "close", "alone"]

# Codes that part words: line breaks and tabs of HTML, DOCX, ODT and RTF, or a bare one.
PARTING: Final = re.compile(
    r"\s*(<(br|w:br|w:cr|w:tab|text:line-break|text:tab)\b[^>]*>|\\(line|tab|n|t)\b|[\n\t])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Code:
    """Inline code of the format that a text was taken from, such as ``<b>``.

    Codes with one ``number`` belong together: an opening with its closing one, and both
    with their counterparts in the other language.
    """

    position: int  # characters of the text that stand before it
    kind: CodeKind
    number: int  # from 1
    content: str  # as the format has it

    def __post_init__(self) -> None:
        if self.position < 0 or self.number < 1:
            raise ValueError(f"no such code: {self}")


@dataclass(frozen=True, slots=True)
class Variant:
    """A text in one language, TMX's ``<tuv>``."""

    text: str  # without its codes
    language: str  # as the user wants it written: "de", "de-DE"
    codes: tuple[Code, ...] = ()  # in the order of the text

    def __post_init__(self) -> None:
        last = 0
        for code in self.codes:
            if not last <= code.position <= len(self.text):
                raise ValueError(f"{code} is out of order or outside {self.text!r}")
            last = code.position

    def plain(self) -> str:
        """Return the text for whoever has no place for codes.

        Where a line break among them is all that parts two words there is a space.

        >>> Variant("Warten.Danke.", "de", (Code(7, "alone", 1, "<br/>"),)).plain()
        'Warten. Danke.'
        """
        if not self.codes:
            return self.text
        parting = {
            code.position
            for code in self.codes
            if 0 < code.position < len(self.text)
            and PARTING.match(code.content)
            and not self.text[code.position - 1].isspace()
            and not self.text[code.position].isspace()
        }
        ends = [0, *sorted(parting), len(self.text)]
        return " ".join(self.text[start:end] for start, end in pairwise(ends))


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A text, its translation, and what is known of the pair."""

    source: Variant
    target: Variant
    id: str | None = None  # TMX's tuid
    # Names as TMX has them ("x-bead", "x-align-score"), in the order they are written.
    properties: tuple[tuple[str, str], ...] = ()
    note: str | None = None
    created: datetime | None = None  # with its time zone
    changed: datetime | None = None

    def __post_init__(self) -> None:
        for date in (self.created, self.changed):
            if date is not None and date.tzinfo is None:
                raise ValueError(f"{date} has no time zone")

    def get(self, name: str) -> str | None:
        """Return the first property of that name."""
        return next((value for key, value in self.properties if key == name), None)
