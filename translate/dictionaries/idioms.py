"""German idioms and set phrases, each with plain German that means the same.

A list in which every line was written for this project and judged by what the bundled
model makes of it; see docs/idioms.md.
"""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files


@cache
def idioms() -> tuple[tuple[str, str], ...]:
    """Return the idioms and their plain German, as ``plain_german.Idiom`` reads it."""
    packed = files("satzpaar.translate.dictionaries").joinpath("idioms.tsv.xz")
    lines = lzma.decompress(packed.read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines)
    return tuple((idiom, plain) for idiom, plain in rows)
