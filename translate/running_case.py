"""How German words in capitals are written in running text: small, or with a capital.

German case carries meaning, and a model that has read hardly anything in capitals needs
it. The forms of the dictionary that comes with us are written as its bitexts have them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.dictionaries import Dictionary

# Forms of adjectives, which stand before the noun that they say something of.
_DECLINED = ("e", "en", "er", "es", "em")
# Behind these an infinitive ends the clause.
_AUXILIARIES = frozenset(
    """
    darf dürfen kann können könnte könnten lassen lässt mag muss müssen müsste möchte
    möchten soll sollen sollte sollten werden wird will wollen wollte wollten würde
    würden konnte konnten musste mussten durfte durften
    """.split()
)
# What has ß where both are known: bitexts have Swiss and old spellings too.
_SHARP = re.compile(
    r"(?:[aeä]u|ei|ie)ss|(?:gr[oöuü]|str[aä]|f[uü]|sp[aä]|m[aä]|st[oö]|[bs]ü|blo|scho)ss"
)
_SHARP_ROOTS = re.compile(r"(str[aä]|gr[oö]|f[uü]|ma(?=ssn)|hei|wei|schlie|au)ss")


def in_running_text(words: Sequence[str], dictionary: Dictionary) -> list[str]:
    """Return each word in capitals as running text has it; what is unknown is a name.

    Where it may be a noun or something else, what stands around it decides.

    Args:
        words: Those of one text, in order.
        dictionary: Whose forms are written as in text.
    """
    known = [_forms(word, dictionary) for word in words]
    return [
        _one_of(number, known) or _SHARP_ROOTS.sub(r"\1ß", word.lower()).capitalize()
        for number, word in enumerate(words)
    ]


def _forms(word: str, dictionary: Dictionary) -> tuple[str | None, str | None]:
    """Return how a word is written small and with a capital, as far as it is known."""
    small = word.lower()
    found: list[tuple[str | None, str | None]] = []
    for spelled in dict.fromkeys((small.replace("ss", "ß"), small)):
        capital = spelled[0].upper() + spelled[1:]
        each = (
            spelled if dictionary.has_german(spelled) else None,
            capital if dictionary.has_german(capital) else None,
        )
        if any(each):
            found.append(each)
    if len(found) < 2:
        return found[0] if found else (None, None)
    # But MASSE, which may be mass or measures, has two words for them.
    sharp, plain = (_english(a or b, dictionary) for a, b in found)
    return found[0] if sharp & plain and _SHARP.search(small) else found[1]


def _one_of(number: int, known: Sequence[tuple[str | None, str | None]]) -> str | None:
    small, capital = known[number]
    if small is None or capital is None:
        return small or capital
    usual = small if small in _usually_small() else capital
    if small.endswith("n"):  # an infinitive
        if number and known[number - 1][0] == "zu":
            return small
        auxiliary = any(each[0] in _AUXILIARIES for each in known[:number])
        if auxiliary and number + 1 == len(known):
            return small
    after = known[number + 1 : number + 2]
    is_before_noun = bool(after) and after[0][0] is None and after[0][1] is not None
    return small if is_before_noun and small.endswith(_DECLINED) else usual


def _english(form: str | None, dictionary: Dictionary) -> frozenset[str]:
    entry = dictionary.entry(form) if form else None
    return frozenset(map(str.lower, entry.translations)) if entry else frozenset()


@cache
def _usually_small() -> frozenset[str]:
    """Return forms that may be nouns and mostly are none.

    Of those that the dictionary has in both ways, what our bitexts write small more
    often than with a capital, behind another word (``benchmarks/make_usual_case.py``).
    """
    listed = files("satzpaar.translate.dictionaries").joinpath("usually_small.txt")
    return frozenset(listed.read_text(encoding="utf-8").split())
