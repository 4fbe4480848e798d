"""Spaces that a model puts between a mark and its word, as its source had them.

A model whose source is parted (``training.parting``) reads ``" Nein"`` for ``"Nein"``
and now and then says the space as well, mostly where it copies a name.
"""

from __future__ import annotations

import re

# Behind a quote, a bracket, a hyphen before a capital, a slash, and before a word.
_GAP = re.compile(
    r"""(?:(?<=^)|(?<=[\s(\["„“‘]))["“„‘'(\[][ ](?=\w)
    | (?<=\w)-[ ](?=[A-ZÄÖÜ])
    | (?<=\w)/[ ](?=\w)""",
    re.VERBOSE,
)


def close_up(source: str, target: str) -> str:
    """Take out spaces behind marks that have none in the source.

    >>> close_up('der "Erl", S-Bahn', 'the " Erl", S- Bahn')
    'the "Erl", S-Bahn'
    """
    if not _GAP.search(target) or _GAP.search(source):
        return target

    def closed(match: re.Match[str]) -> str:
        mark = match.group()[0]
        closes = mark == '"' and target.count('"', 0, match.start()) % 2 == 1
        return match.group() if closes else mark

    return _GAP.sub(closed, target)
