"""German nouns: their gender and number, and whether they name persons or things.

``nouns.tsv.xz`` has word forms as they stand in news, TAB some of m, f, n and p, which
is several, and one letter: P a person, G a body of people or a place, A an animal, T
anything else, N a first name. S alone is a surname, G alone a firm, - no noun at all.
A language model (Anthropic's Claude) wrote it.
"""

from __future__ import annotations

import lzma
from importlib.resources import files

from satzpaar.translate.read_ahead import read_once


@read_once
def german_nouns() -> dict[str, str]:
    """Load the codes of the nouns, by their forms."""
    packed = files(__package__).joinpath("nouns.tsv.xz").read_bytes()
    lines = lzma.decompress(packed).decode().splitlines()
    return dict(line.split("\t") for line in lines)
