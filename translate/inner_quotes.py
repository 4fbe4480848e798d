"""Quotations within quotations: a model that has closed one may close it again."""

from __future__ import annotations

import re

_BOTH_END = re.compile(r"[‘’'‹›][.,!?]?[“”\"«»]")
_OPENING = re.compile(r"(?<![\w.,!?…])['‘](?=\w)")
# Behind an s and before a word it is rather an apostrophe: "the players' rights".
_CLOSING = re.compile(r"(?<=[\w.,!?…])(?:(?<!s)['’](?!\w)|['’](?![\w ]))")
_BOTH_CLOSE = re.compile(r"(?<=[\w.,!?…])(?<!s)['’](?=[\"”])")


def closed_once(source: str, target: str) -> str:
    """Take away the mark that closes an inner quotation where only the outer one ends.

    Of „Sie rief ‚Halt!‘ und ging“, "She called 'Stop!' and left'" loses the last of its
    single marks.
    """
    opened = len(_OPENING.findall(target))
    if not opened:  # "the players'"
        return target
    ends = list(_BOTH_CLOSE.finditer(target))
    surplus = min(
        len(ends) - len(_BOTH_END.findall(source)),
        len(_CLOSING.findall(target)) - opened,
    )
    for end in reversed(ends[-surplus:] if surplus > 0 else []):
        target = target[: end.start()] + target[end.end() :]
    return target
