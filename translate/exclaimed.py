"""Several exclamation or question marks in a row, of which a model knows one alone."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[!?]+")
# Begun where a run of marks begins: from each of them, time would grow with the square.
_AT_END = re.compile(r"(?<![.!?])[.!?]+(?=[\"'”’)\]]*\Z)")


def with_one_mark(text: str) -> str:
    """Write one mark for several; a question stays one.

    >>> with_one_mark("Was nun?! Nie wieder!!!")
    'Was nun? Nie wieder!'
    """
    return _MARKS.sub(lambda found: "?" if "?" in found[0] else "!", text)


def with_marks_of(source: str, target: str) -> str:
    """Give the marks of a source to its translation, each where it has one.

    >>> with_marks_of("Hör auf!!! Sofort!", "Stop it! At once!")
    'Stop it!!! At once!'
    """
    asked = _MARKS.findall(source)
    if all(len(marks) == 1 for marks in asked):
        return target
    said = list(_MARKS.finditer(target))
    if len(said) == len(asked):
        given = iter(asked)
        return _MARKS.sub(lambda _: next(given), target)
    if source.rstrip("\"'“”‘’«»)]").endswith(asked[-1]):
        return _AT_END.sub(lambda _: asked[-1], target, count=1)
    return target
