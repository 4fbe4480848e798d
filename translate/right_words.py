"""Words that a model made up or mistook, put right by a dictionary.

A small model has learnt of a seldom word no more than what it looks like ("taxwoman"
for Steuerfrau, cox; "hectical"). Where a word of the translation stands for one German
word alone, and is either no English at all or nothing that the dictionary knows for it,
what the dictionary has comes in its place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate import stretches
from satzpaar.translate.checks.names import SENTENCE_START
from satzpaar.translate.english_forms import (
    head,
    irregular_forms,
    is_plural,
    plural,
    singular,
    verb_bases,
    verb_forms,
)
from satzpaar.translate.left_in_german import is_left, is_mostly_german
from satzpaar.translate.lexicon import unknown_parts
from satzpaar.translate.right_names import without_possessive
from satzpaar.translate.right_places import renumbered
from satzpaar.translate.substitution import substitute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from satzpaar.translate.dictionaries import Dictionary, Entry
    from satzpaar.translate.stretches import Span

Link = tuple[int, int]  # the numbers of two words, of the source and the target

_SHORTEST = 5  # letters of a German word that is looked up; of 4 to 6 all did alike
_SMALL = 2  # letters of words that are not looked at: in, of, he
_LONGEST_RUN = 3
_ALIKE = 3  # letters that the forms of a verb begin with
_ENDINGS = ("ing", "ed", "s")
_FEW_FORMS = 2  # of a word that is no verb, though some look like its forms

# Longer ones that stand beside the word that is meant and not for it.
FUNCTION_WORDS = frozenset(
    """
    the his her its our their your this that these those and but not for with from into
    was were are has had have been will would can may who which
    """.split()
)

# Forms that other verbs are helped by, or that are another verb or a noun.
_AMBIGUOUS = frozenset(
    """
    be was been have had do did done get got found saw left lay fell felt wound ground
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORDS = re.compile(r"[^\W\d_]+")

# By the ending of a German adjective: others of the same ending, and a noun.
_BEHIND_ATTRIBUTE = {
    ending: re.compile(
        rf"(?:(?:,|\s+(?:und|oder|aber))?\s+[a-zäöüß]\w*{ending}\b)*"
        r"\s+[^\w\s]*[A-ZÄÖÜ]"
    )
    for ending in ("e", "en", "er", "es", "em")
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A German word that a wrong word of a translation may stand for."""

    word: int  # its number in the source, from 0
    translations: tuple[str, ...]
    overrules: bool  # also a word that is English
    is_noun: bool
    left: bool = False  # it stands in the translation as it is
    is_attribute: bool = False  # of a noun behind it


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
    said = _Said(target)
    may_be_left = not is_mostly_german(source, target)
    looked_up = list(_looked_up(source, dictionary))
    for each in looked_up:
        if each.entry is not None:
            said.spend(each.entry.translations)
    found = []
    for each in looked_up:
        word, entry, left = each.word, each.entry, False
        if entry is None:
            english = dictionary.compound(word) if invents else None
            translations: tuple[str, ...] = (english,) if english else ()
            mistaken = False
        else:
            translations = entry.translations
            there = any(map(said.has, translations))
            left = may_be_left and is_left(source, each.span, target, entry, dictionary)
            mistaken = left or (overrules and entry.sure and not there)
        if translations and (mistaken or invents):
            small = word[0].lower() + word[1:]
            may_be_small = each.begins and dictionary.has_german(small)
            is_noun = word[0].isupper() and not may_be_small
            is_attribute = not is_noun and _is_attribute(source, each)
            found.append(
                Doubt(each.number, translations, mistaken, is_noun, left, is_attribute)
            )
    return found


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """A German word that was looked up."""

    number: int
    span: Span
    word: str
    begins: bool  # a sentence
    entry: Entry | None


def _is_attribute(source: str, each: _LookedUp) -> bool:
    """Say whether a word is declined, and a noun behind it or behind others like it.

    Some verbs before their object look so, too.
    """
    end = source.index(each.word, each.span[0]) + len(each.word)
    return any(
        each.word.endswith(ending) and behind.match(source, end)
        for ending, behind in _BEHIND_ATTRIBUTE.items()
    )


def _looked_up(source: str, dictionary: Dictionary) -> Iterator[_LookedUp]:
    for number, span in enumerate(stretches.words(source)):
        word = _core(source, span)
        if len(word) < _SHORTEST or not _WORD.fullmatch(word):
            continue
        if f"{word}-" in source[slice(*span)] or f"-{word}" in source[slice(*span)]:
            continue  # half a compound: "Haupt- und Nebenrollen"
        begins = bool(SENTENCE_START.search(source[: span[0]]))
        entry = dictionary.entry(word, begins=begins)
        yield _LookedUp(number, span, word, begins, entry)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words of a translation that give way, and what comes in their place."""

    words: range  # their numbers
    forms: tuple[str, ...]  # of what comes; the first goes by what stood there
    if_likely: bool = False  # only if the model finds it not much less likely

    def put_in(
        self, target: str, links: Sequence[Link], form: str
    ) -> tuple[str, tuple[Link, ...]]:
        """Return the translation with a form in it, and the links by new numbers."""
        text = substitute(target, self.words, form, title_cased=True)
        return text, tuple(renumbered(links, self.words, len(form.split())))


def replacements(
    source: str,
    target: str,
    found: Sequence[Doubt],
    links: Iterable[Link],
    dictionary: Dictionary,
) -> list[Replacement]:
    """Return what gives way to the English of the dictionary, the last first.

    That is a word, or a few side by side, which go with the German word and with no
    other; what is made up, if nothing else stands for the German word, may also go with
    others that have words of their own.
    """
    owners: dict[int, set[int]] = {}
    for number, to in links:
        owners.setdefault(to, set()).add(number)
    german = [_core(source, span) for span in stretches.words(source)]
    words = set(map(str.casefold, german))
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

    made: list[Replacement] = []
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
        same = [part for part in said if part.casefold() in words]
        if same and not (doubt.left and german[doubt.word] in same):
            continue  # a name, or left in German
        if doubt.left and not same:
            continue  # it stands for another word
        invented = not made_up.isdisjoint(run)
        if doubt.overrules or invented:
            forms = _in_forms(doubt, said[-1], dictionary)
            end = run[-1] + 1
            if whole := _begun(doubt, cores, owners, end):
                forms, end = (whole[0],), end + whole[1]
            # The rest of what a noun is may stand beside it in other words: "bottom
            # club" for the "bottom team".
            named = doubt.is_noun or doubt.is_attribute
            sure = invented or doubt.left or (named and not _is_part(said, forms[0]))
            made.append(Replacement(range(run[0], end), forms, if_likely=not sure))
    return sorted(made, key=lambda each: -each.words.start)


def _begun(
    doubt: Doubt, cores: Sequence[str], owners: Mapping[int, set[int]], end: int
) -> tuple[str, int] | None:
    """Return the translation whose last words stand behind already, and how many.

    "Federal road", not "federal highway", where a road follows that is of this word.
    """
    for translation in doubt.translations:
        words = _parts(translation)
        for behind in range(len(words) - 1, 0, -1):
            places = range(end, min(end + behind, len(cores)))
            if [cores[to].casefold() for to in places] == words[-behind:] and all(
                doubt.word in owners.get(to, {doubt.word}) for to in places
            ):
                return without_possessive(translation), behind
    return None


def _is_part(said: Iterable[str], english: str) -> bool:
    """Say whether words are a part of others, without what these are in the end.

    A chairman is one "of the state council"; who is at the bottom need be no club.
    """
    parts = set(_parts(" ".join(said)))
    head = _OF.split(english.casefold(), maxsplit=1)[0].split()[-1]
    return parts < set(_parts(english)) and head not in parts


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


def _in_forms(doubt: Doubt, said: str, dictionary: Dictionary) -> tuple[str, ...]:
    """Return the first translation in its forms, the one first that ends as was said.

    Only a verb does, of which the dictionary mostly has several forms.
    """
    best, *others = (without_possessive(each) for each in doubt.translations)
    alike = [each for each in others if each[:_ALIKE] == best[:_ALIKE]]
    if doubt.is_noun:
        made = _numbers(best, dictionary)
    else:
        made = _conjugated(best, dictionary)
    first = _ending_as(said, best, alike, made)
    return tuple(dict.fromkeys((first, best, *alike, *made)))


def _ending_as(said: str, best: str, alike: Sequence[str], made: Sequence[str]) -> str:
    if not any(each.endswith(("ed", "ing")) for each in alike):
        return best
    ending = next((one for one in _ENDINGS if said.endswith(one)), "")
    # "taken" has no ending and is a participle all the same: only an s is too much.
    if best.endswith(ending) if ending else not best.endswith("s"):
        return best
    return next(
        (
            form
            for form in (*alike, *made)
            if (form.endswith(ending) if ending else not form.endswith(_ENDINGS))
        ),
        best,
    )


def _conjugated(words: str, dictionary: Dictionary) -> list[str]:
    """Return the forms of a verb that English has; none of what can be no verb."""
    verb, space, rest = words.partition(" ")

    def known(form: str) -> bool:
        return form == verb or dictionary.has_english(form)

    best: list[str] = []
    for base in filter(known, verb_bases(verb)):
        forms = [base, *filter(known, verb_forms(base))]
        if len(base) > _SMALL and verb in forms and len(forms) > len(best):
            best = forms
    if len(best) <= _FEW_FORMS:
        return []
    return [form + space + rest for form in best]


def _numbers(noun: str, dictionary: Dictionary) -> list[str]:
    """Return a noun in its other number, if English has that."""
    other = singular(noun) if is_plural(noun) else plural(noun)
    return [other] if dictionary.has_english(head(other).lower()) else []


def _core(text: str, span: Span) -> str:
    core = stretches.core(text, span)
    return text[slice(*core)] if core else ""


_OF = re.compile(r" (?:of|for|in|on|to|from|with|at|by) ")


def _parts(english: str) -> list[str]:
    return _WORDS.findall(english.casefold())


class _Said:
    """What a translation says, in whatever form."""

    def __init__(self, target: str) -> None:
        self._left = Counter(_parts(target))
        self._words = frozenset(self._left)

    def spend(self, translations: Iterable[str]) -> None:
        """Let a German word have one of the words that are its English or its plural.

        Nothing that is only like it is said by that word, too: "the far east" of the
        Osten says nothing of a Östliches Forum.
        """
        for english in translations:
            word = english.casefold()
            for form in (word, plural(word)):
                if form in self._words:
                    self._left[form] -= 1
                    return

    def has(self, english: str) -> bool:
        """Say whether it has all of some words, roughly."""
        words = _parts(english)
        return all(
            not self._words.isdisjoint((word, plural(word)))
            # A short one may begin anything.
            or (len(word) > _SMALL and self._has_like(_stem(word)))
            or not self._words.isdisjoint(_others(word))
            for word in [word for word in words if len(word) > _SMALL] or words
        )

    def _has_like(self, stem: str) -> bool:
        return any(stem in word for word, left in self._left.items() if left > 0)


def _stem(word: str) -> str:
    """Cut a word to what its forms have in common, roughly."""
    return word[: max(4, len(word) - 3)]


def _others(word: str) -> Iterator[str]:
    """Yield the forms of a word that have another stem."""
    return (form for form in irregular_forms(word) if form not in _AMBIGUOUS)
