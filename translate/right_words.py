"""Words that a model made up or mistook, put right by a dictionary.

A small model has learnt of a seldom word no more than what it looks like ("taxwoman"
for Steuerfrau, cox; "hectical"). Where a word of the translation stands for one German
word alone, and is either no English at all or nothing that the dictionary knows for it,
what the dictionary has comes in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate import stretches
from satzpaar.translate.checks.names import SENTENCE_START
from satzpaar.translate.lexicon import unknown_parts
from satzpaar.translate.right_names import without_possessive
from satzpaar.translate.right_places import renumbered
from satzpaar.translate.substitution import substitute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.dictionaries import Dictionary
    from satzpaar.translate.stretches import Span

Link = tuple[int, int]  # the numbers of two words, of the source and the target

_SHORTEST = 5  # letters of a German word that is looked up; of 4 to 6 all did alike
_SMALL = 2  # letters of words that are not looked at: in, of, he
_LONGEST_RUN = 3
_ALIKE = 3  # letters that the forms of a verb begin with
_ENDINGS = ("ing", "ed", "s")

# Longer ones that stand beside the word that is meant and not for it.
FUNCTION_WORDS = frozenset(
    """
    the his her its our their your this that these those and but not for with from into
    was were are has had have been will would can may who which
    """.split()
)

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A German word that a wrong word of a translation may stand for."""

    word: int  # its number in the source, from 0
    translations: tuple[str, ...]
    overrules: bool  # also a word that is English


def doubts(
    source: str, target: str, dictionary: Dictionary, *, overrules: bool
) -> list[Doubt]:
    """Return the German words that a wrong word may stand for, with their English.

    Where a word of the target is made up, all that the dictionary has; otherwise those
    that it is sure of and that the target has in no way.

    Args:
        source: A German text.
        target: Its translation.
        dictionary: What German words are in English.
        overrules: Whether what is English may be wrong.
    """
    invents = any(
        is_made_up(_core(target, span), source, dictionary)
        for span in stretches.words(target)
    )
    if not invents and not overrules:
        return []
    folded = f" {target.casefold()}"
    found = []
    for number, span in enumerate(stretches.words(source)):
        word = _core(source, span)
        if len(word) < _SHORTEST or not _WORD.fullmatch(word):
            continue
        if f"{word}-" in source[slice(*span)] or f"-{word}" in source[slice(*span)]:
            continue  # half a compound: "Haupt- und Nebenrollen"
        begins = bool(SENTENCE_START.search(source[: span[0]]))
        entry = dictionary.entry(word, begins=begins)
        if entry is None:
            english = dictionary.compound(word) if invents else None
            if english is not None:
                found.append(Doubt(number, (english,), overrules=False))
            continue
        there = any(_is_there(english, folded) for english in entry.translations)
        mistaken = overrules and entry.sure and not there
        if mistaken or invents:
            found.append(Doubt(number, entry.translations, overrules=mistaken))
    return found


def put_right(
    source: str,
    target: str,
    found: Sequence[Doubt],
    links: Sequence[Link],
    dictionary: Dictionary,
) -> tuple[str, tuple[Link, ...]]:
    """Put the English of the dictionary in the places of what stands there.

    That is a word, or a few side by side, which go with the German word and with no
    other; what is made up, if nothing else stands for the German word, may also go with
    others that have words of their own. It comes back with the links, by the new
    numbers of the words.
    """
    owners: dict[int, set[int]] = {}
    for number, to in links:
        owners.setdefault(to, set()).add(number)
    words = {_core(source, span).casefold() for span in stretches.words(source)}
    spans = list(stretches.words(target))
    cores = [_core(target, span) for span in spans]
    made_up = {
        to
        for to, core in enumerate(cores)
        if core and is_made_up(core, source, dictionary)
    }
    settled = {n for owned in owners.values() if len(owned) == 1 for n in owned}

    def lone(doubt: Doubt, owned: set[int]) -> bool:
        return doubt.word not in settled and owned - {doubt.word} <= settled

    changes: list[tuple[range, str]] = []
    for doubt in found:
        run = sorted(
            to
            for to, owned in owners.items()
            if doubt.word in owned
            and (owned == {doubt.word} or (to in made_up and lone(doubt, owned)))
            and to < len(cores)
            and len(cores[to]) > _SMALL
            and cores[to].casefold() not in FUNCTION_WORDS
        )
        if not run or run[-1] - run[0] >= min(len(run), _LONGEST_RUN):
            continue
        said = [cores[to] for to in run]
        if any(part.casefold() in words for part in said):
            continue  # a name, or left in German
        if doubt.overrules or made_up.intersection(run):
            english = without_possessive(
                _in_form(doubt.translations, said[-1], dictionary)
            )
            changes.append((range(run[0], run[-1] + 1), english))
    for place, english in sorted(changes, key=lambda one: -one[0].start):
        target = substitute(target, place, english, title_cased=True)
        links = renumbered(links, place, len(english.split()))
    return target, tuple(links)


def is_made_up(word: str, source: str, dictionary: Dictionary) -> bool:
    """Say whether a word is no English, and not what the source has."""
    plain = without_possessive(word)
    if len(plain) <= _SMALL or plain.isupper() or any(map(str.isdigit, plain)):
        return False
    folded = source.casefold()
    if plain.casefold() in folded or dictionary.has_english(plain.lower()):
        return False
    return any(
        part.casefold() not in folded and not dictionary.has_english(part.lower())
        for part in unknown_parts(plain, "en")
    )


def _in_form(translations: Sequence[str], said: str, dictionary: Dictionary) -> str:
    """Choose the form of the first translation that ends as what was said.

    If it is a verb: of one the dictionary mostly has several forms.
    """
    best = translations[0]
    others = [one for one in translations[1:] if one[:_ALIKE] == best[:_ALIKE]]
    if not any(one.endswith(("ed", "ing")) for one in others):
        return best
    ending = next((one for one in _ENDINGS if said.endswith(one)), "")
    # "taken" has no ending and is a participle all the same: only an s is too much.
    if best.endswith(ending) if ending else not best.endswith("s"):
        return best
    if ending in ("", "ing"):
        others += filter(dictionary.has_english, _forms(best, ending))
    fits = (
        form
        for form in others
        if (form.endswith(ending) if ending else not form.endswith(_ENDINGS))
    )
    return next(fits, best)


def _forms(verb: str, ending: str) -> Iterator[str]:
    """Yield what may be the form of a verb with an ending; most are no English.

    >>> "supplying" in _forms("supplies", "ing"), "supply" in _forms("supplies", "")
    (True, True)
    """
    for old, plain in (("ies", "y"), ("ied", "y"), ("es", ""), ("ed", ""), ("s", "")):
        if verb.endswith(old):
            base = verb.removesuffix(old) + plain
            yield base + ending
            yield base.removesuffix("e") + ending
            if ending:
                yield base + base[-1:] + ending
    if ending:
        yield verb + ending
        yield verb.removesuffix("e") + ending
        yield verb + verb[-1:] + ending


def _core(text: str, span: Span) -> str:
    core = stretches.core(text, span)
    return text[slice(*core)] if core else ""


def _is_there(english: str, folded: str) -> bool:
    """Say whether a text has all of some words, in whatever form."""
    words = english.split()
    return all(
        # A short one may be a part of anything.
        (_stem(word) if len(word) > _SMALL else f" {word.casefold()}") in folded
        for word in [word for word in words if len(word) > _SMALL] or words
    )


def _stem(word: str) -> str:
    """Cut a word to what its forms have in common, roughly."""
    small = word.casefold()
    return small[: max(4, len(small) - 3)]
