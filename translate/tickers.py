"""Rows of signs around headlines and between them, which a model takes for words.

"+++ Rat stimmt zu +++ Neuer Chef bei Opel +++", "*** Achtung ***", "--- Ende ---": of
the signs a model makes "offshoot" or nothing, and loses words over them. What stands
between them is translated for itself.
"""

from __future__ import annotations

import re

# Two hyphens may be a dash, and a dash of three within a sentence is one as well.
# Stars within one are those of a hotel or of a word that is not to be said.
_ANYWHERE = r"\+{2,}|/{3,}|\|{2,}"
_AT_THE_EDGES = (
    rf"{_ANYWHERE}|\*{{2,}}|-{{3,}}|={{2,}}|~{{2,}}|_{{2,}}|\#{{2,}}|<{{2,}}|>{{2,}}|→"
)
_ROW = re.compile(
    rf"\A(?:{_AT_THE_EDGES})\s+|\s+(?:{_ANYWHERE})\s+|\s+(?:{_AT_THE_EDGES})\Z"
)


def between_signs(text: str) -> list[str]:
    """Part a text at rows of signs: what stands between, and the rows.

    A row has an odd number in the list. A text without any comes back alone.

    >>> between_signs("+++ Rat sagt Ja +++ Opel +++")
    ['', '+++ ', 'Rat sagt Ja', ' +++ ', 'Opel', ' +++', '']
    >>> between_signs("Er kann C++ und -- mehr nicht.")
    ['Er kann C++ und -- mehr nicht.']
    """
    parts, end = [], 0
    for row in _ROW.finditer(text):
        parts += [text[end : row.start()], row[0]]
        end = row.end()
    return [*parts, text[end:]]
