"""Signs of ASCII that stand in for typographic ones in an encoding without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOKALIKES: Final[Mapping[str, str]] = {
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‘’‚‛′‹›", "'"),
    **dict.fromkeys("‐‑‒–−", "-"),
    **dict.fromkeys("—―", "--"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f", " "),
    **dict.fromkeys("\u00ad\u200b\u2060", ""),
    "…": "...",
}


def encoded_with_lookalikes(text: str, encoding: str) -> bytes:
    """Encode *text*; what the encoding lacks is replaced where a sign looks alike.

    Raises:
        UnicodeEncodeError: The encoding lacks a character that has no look-alike.

    >>> encoded_with_lookalikes("“Größe” – ja…", "latin-1").decode("latin-1")
    '"Größe" - ja...'
    """
    while True:
        try:
            return text.encode(encoding)
        except UnicodeEncodeError as error:
            lacking = text[error.start]
            if lacking not in LOOKALIKES:
                raise
            text = text.replace(lacking, LOOKALIKES[lacking])
