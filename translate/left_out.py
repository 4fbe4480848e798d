"""What a translation leaves out, told by the words that nothing in it is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable

# Characters of the shortest words that are looked for: shorter ones, articles and
# prepositions mostly, have no word of their own in many a good translation.
SHORTEST_CONTENT = 3
SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """How many words of a German text have no word in its translation.

    Less is what has fewer nouns, names and numbers; of the same, fewer words.
    """

    content: int  # nouns, names and numbers, but for the first word of the text
    words: int  # words of ``SHORTEST_WORD`` characters or more, of any kind


def left_out(source: str, links: Iterable[tuple[int, int]]) -> LeftOut:
    """Count the words that are linked with none.

    >>> left_out("Der Rat hat am Freitag beraten.", [(0, 0), (1, 1), (5, 2)])
    LeftOut(content=1, words=1)
    """
    linked = {word for word, _ in links}
    content = words = 0
    for number, span in enumerate(stretches.words(source)):
        core = stretches.core(source, span)
        if core is None or number in linked:
            continue
        word = source[slice(*core)]
        says = number > 0 and (word[0].isupper() or any(map(str.isdigit, word)))
        content += says and len(word) >= SHORTEST_CONTENT
        words += len(word) >= SHORTEST_WORD
    return LeftOut(content, words)
