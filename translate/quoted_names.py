"""Names in quotation marks of which a model translated a half: the "Freie trip".

Of an association "Freie Fahrt", a paper "Neustädter Zeitung" or a "Haus der Kunst"
either all is put into English or nothing. Where a German word was left, all is left.
"""

from __future__ import annotations

import re

from satzpaar.translate.lexicon import unknown_parts

_QUOTED = re.compile(r"[„“”\"»«](?P<name>[^„“”\"»«]{1,60})[“”\"«»]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FEWEST, _MOST = 2, 4  # words of a name
_SMALL_WORDS = frozenset(
    "am an auf aus bei das dem den der des die für im in mit und von zum zur".split()
)


def whole_names(source: str, target: str) -> str:
    """Give names in quotes back that are half translated.

    >>> whole_names('der Verein „Freie Fahrt“', 'the "Freie trip" association')
    'the "Freie Fahrt" association'
    """
    asked = [match["name"] for match in _QUOTED.finditer(source)]
    said = list(_QUOTED.finditer(target))
    if len(asked) != len(said):
        return target
    for name, match in reversed(list(zip(asked, said, strict=True))):
        if _is_name(name) and _is_half(name, match["name"]):
            target = target[: match.start("name")] + name + target[match.end("name") :]
    return target


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        _FEWEST <= len(words) <= _MOST
        and all(_WORD.fullmatch(word) for word in words)
        and all(word[0].isupper() or word in _SMALL_WORDS for word in words)
        and words[0][0].isupper()
    )


def _is_half(name: str, said: str) -> bool:
    """Say whether some words were left in German, and others not."""
    german, words = set(name.split()), _WORD.findall(said)
    left = [word for word in words if word in german]
    return len(left) < len(german) and any(
        word[0].isupper() and unknown_parts(word, "en") for word in left
    )
