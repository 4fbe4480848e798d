"""Names that a model garbled, put right where its attention shows them.

A weak model spells names anew ("Flyn" for Flynn) or translates them ("White" for Frau
Weiß). English writes most as German does, so that the source has the right spelling.
Without a title or a first name a word is taken for a name if German is not known to
have it, and what was made of it looks like it and is no English either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from satzpaar.translate import stretches
from satzpaar.translate.checks.name_lists import shared_names
from satzpaar.translate.checks.names import NO_NAMES, names, sounds
from satzpaar.translate.checks.places import EXONYMS
from satzpaar.translate.checks.words import fold
from satzpaar.translate.known_names import is_one_here, may_begin
from satzpaar.translate.lexicon import unknown_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.translate.stretches import Span

_ACRONYM = re.compile(r"[A-ZÄÖÜ]{3,6}")
# Israeli, Nigerian, Berliners: of a place, and not the place spoilt
_OF_A_PLACE = r"(?:i|n|an|ian|ese|ish|er)s?"
_POSSESSIVE = re.compile(r"['’]s?\Z")

# Acronyms that English makes by adding or dropping letters.
_SHORTER = {"USA": "US", "UNO": "UN"}

# At the start of a sentence a name may be another word ("Weil", because), and what is
# only taken for a name may be none: there what was made of it has to look like it.
# Ours; of .3 to .7 no value was much better (benchmarks/right_names.py).
_LIKE = 0.5

_SHORTEST = 3  # letters of what is only taken for a name


@dataclass(frozen=True, slots=True)
class LostName:
    """A name that the translation does not have as it is."""

    word: int  # its number in the source, from 0
    name: str
    sure: bool = True  # that it is a name


def lost_names(source: str, target: str, known: frozenset[str]) -> list[LostName]:
    """Return the names of a German text that stand in no word of its translation.

    Args:
        source: The text.
        target: Its translation.
        known: Names of the document, as ``known_names`` gives them.
    """
    here = {span for _, span in names(source)}
    said = {without_possessive(word) for word in _words(target)}
    invents = any(_is_invented(word, source) for word in said)
    lost = []
    for number, span in enumerate(stretches.words(source)):
        core = stretches.core(source, span)
        if core is None:
            continue
        word = source[slice(*core)]
        if not word[:1].isupper() or EXONYMS.keys() & {word, word.removesuffix("s")}:
            continue
        sure = True
        if core in here or _ACRONYM.fullmatch(word) or _is_known(source, core, known):
            name = word
        elif word.endswith("s") and word[:-1] in known:
            name = word[:-1]
        elif invents and len(word) >= _SHORTEST and unknown_parts(word, "de"):
            name, sure = word, False
        else:
            continue
        if not {name, word, word.removesuffix("s")} & said:
            lost.append(LostName(number, name, sure))
    return lost


def _is_known(source: str, core: Span, known: frozenset[str]) -> bool:
    """Say whether a word is a name of the document, or one that everybody knows.

    At the beginning of a sentence it may be another word (Weil, because).
    """
    name, before = source[slice(*core)], source[: core[0]]
    if name in shared_names():
        return True
    if name not in known:
        return False
    return not may_begin(before) or is_one_here(name, before, source[core[1] :])


def restored(
    source: str,
    target: str,
    lost: Sequence[LostName],
    links: Iterable[tuple[int, int]],
) -> str:
    """Put the names in the places of the words that were made of them.

    Only where one word of the translation goes with the name and with nothing else, is
    written with a capital, if it is not for an acronym, and is not the English way to
    write it. The words keep their numbers.
    """
    sources = list(_words(source))
    words = list(stretches.words(target))
    targets = {name.word: [t for s, t in links if s == name.word] for name in lost}
    owners = {t: [s for s, to in links if to == t] for _, t in links}
    found: dict[Span, str] = {}
    for name in lost:
        linked = targets[name.word]
        if len(linked) != 1 or owners[linked[0]] != [name.word]:
            continue
        # The full stop after a heading, which may have been a word, is taken away.
        core = (
            stretches.core(target, words[linked[0]]) if linked[0] < len(words) else None
        )
        if core is None:
            continue
        said = without_possessive(target[slice(*core)])
        if not name.sure and not _is_invented(said, source):
            continue
        if name.name in shared_names() and re.fullmatch(
            rf"{re.escape(name.name[:-1])}\w?{_OF_A_PLACE}", said
        ):
            continue
        if said not in sources and _is_garbled(name, said):
            new = name.name
            if not name.sure and target[core[0] + len(said) : core[1]]:
                new = new.removesuffix("s")  # what is a genitive in both languages
            found[core[0], core[0] + len(said)] = new
    for (start, end), name_there in sorted(found.items(), reverse=True):
        target = target[:start] + name_there + target[end:]
    return target


def parted(source: str, target: str, known: frozenset[str]) -> str:
    """Part names that were written as one word with what became of the next.

    A model that cannot say a name goes on within the word before: "Annazug" for Anna
    Krug. The next word has to be a name, or no word that German is known to have.

    >>> parted("Das sagt Anna Krug.", "Annazug says so.", frozenset())
    'Anna Krug says so.'
    """
    here = {span for _, span in names(source)}
    said = {without_possessive(word) for word in _words(target)}
    cores = [stretches.core(source, span) for span in stretches.words(source)]
    for first, second in pairwise(cores):
        # Nothing but a space between them.
        if not (first and second and second[0] == first[1] + 1):
            continue
        begun, name = source[slice(*first)], source[slice(*second)]
        if not (begun[0].isupper() and name[0].isupper()) or {begun, name} & said:
            continue
        joined = re.search(rf"\b{re.escape(begun)}[a-zäöüß]{{2,}}\b", target)
        # The word lists are asked last: it takes time to load them.
        if (
            joined
            and (second in here or name in known or unknown_parts(name, "de"))
            and unknown_parts(joined[0], "en")
        ):
            start, end = joined.span()
            target = f"{target[:start]}{begun} {name}{target[end:]}"
    return target


def _is_garbled(name: LostName, said: str) -> bool:
    """Say whether a word is a name spoilt, and not the English for it."""
    if _ACRONYM.fullmatch(name.name):
        if not said.isupper():  # "Bwind" for BNT; "truck" is the English for LKW
            return bool(unknown_parts(said, "en"))
        # A letter lost, added or said twice; others are of an English acronym.
        return (
            len(said) != len(name.name)
            and set(said) <= set(name.name)
            and _SHORTER.get(name.name) != said
        )
    if not said[:1].isupper() or said in NO_NAMES:
        return False
    mine, theirs = sounds(name.name), sounds(said)
    if mine.removesuffix("s") == theirs.removesuffix("s"):
        # Vladimir is English for Wladimir, Colbe is nothing for Kolbe, Otto is Ottos.
        plain = fold(name.name)
        same = fold(said) in (plain, plain.removesuffix("s"))
        return not same and _bare(name.name) == _bare(said)
    likeness = SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
    return (name.sure and name.word > 0) or likeness >= _LIKE


def _is_invented(word: str, source: str) -> bool:
    """Say whether a word with a capital is neither English nor from the source."""
    return word[:1].isupper() and any(
        part not in source for part in unknown_parts(word, "en")
    )


def _bare(word: str) -> str:
    """Take from a word what is no transliteration: c for k, doubles, a genitive."""
    plain = fold(word).replace("ck", "k").replace("c", "k")
    return re.sub(r"(.)\1+", r"\1", plain).removesuffix("s")


def without_possessive(word: str) -> str:
    """Take the ending of an English genitive away."""
    return _POSSESSIVE.sub("", word)


def _words(text: str) -> Iterator[str]:
    for span in stretches.words(text):
        core = stretches.core(text, span)
        yield text[slice(*core)] if core else ""
