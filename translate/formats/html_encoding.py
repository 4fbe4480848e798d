"""The encoding that a page says it is in."""

from __future__ import annotations

import codecs
import re
from typing import Final

from satzpaar.translate.files import BYTE_ORDER_MARKS

# Source: HTML Living Standard, 13.2.3.2: a declaration stands this early.
PRESCAN: Final = 1024  # bytes
CHARSET: Final = re.compile(
    rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([\w.:-]+)"
    rb"|^<\?xml[^>]+?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
# Source: WHATWG Encoding Standard: these labels mean windows-1252.
READ_AS_CP1252: Final = frozenset(["iso8859-1", "ascii"])


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the page names, where it can be trusted.

    UTF-8 is named by many pages that are not: detection is as good.
    """
    match = CHARSET.search(data[:PRESCAN])
    if match is None or any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii", "replace")).name
    except LookupError:
        return None
    if name.startswith("utf"):
        return None
    return "cp1252" if name in READ_AS_CP1252 else name
