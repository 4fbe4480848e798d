"""English pronouns of the third person, and the others that a German one may be.

German has a gender for clubs and bridges: "er" is he or it, "sie" she, it or they.
Which it is, the sentence itself does often not say.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

from satzpaar.translate import stretches
from satzpaar.translate.agreement import AUXILIARIES, UNCHANGED, agreed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from satzpaar.translate.agreement import Edit

    Link = tuple[int, int]  # numbers of a word of the source and of the target

# The places of the forms; a reflexive one has a place of its own, the last.
_SUBJECT, _OBJECT, _DETERMINER = range(3)
_FORMS = {
    "m": "he him his himself".split(),
    "f": "she her her herself".split(),
    "n": "it it its itself".split(),
    "p": "they them their themselves".split(),
}
_KINDS = {form: kind for kind, forms in _FORMS.items() for form in forms}
_ALL_KINDS = {**_KINDS, "hers": "f", "theirs": "p"}

# What a German word can be. "Sein" of neuters is with the masculine ones: his, its, and
# her where it is a girl's. "Ihnen" is for several alone; "es" for a thing, or a child.
ER, SIE, _IHNEN, _ES = "er", "sie", "ihnen", "es"
_MEANINGS = {ER: "mn", SIE: "fnp", _IHNEN: "p", _ES: "n"}
FAMILIES = {
    form: family
    for family, forms in {
        ER: "er ihn ihm sein seine seinem seinen seiner seines dessen "
        "dieser diesen diesem jener jenen jenem letzterer letzteren letzterem",
        SIE: "sie ihr ihre ihrem ihren ihrer ihres deren derer diese jene letztere",
        _IHNEN: "ihnen",
        _ES: "es",
    }.items()
    for form in forms.split()
}
_NEUTER_PERSON = re.compile(
    r"\b(?:Mädchen|Fräulein|Baby|Model|\w*[Kk]ind|\w*[Mm]itglied|\w*[Oo]pfer)s?\b"
)
_OF_NEUTERS = re.compile(r"es|sein\w*|ihm|dessen|")
_OWNING = re.compile(r"ihre\w+|ihre|deren")
# What goes with "his head" or "himself" where German has no such pronoun.
_NO_PRONOUNS = frozenset(
    "der die das den dem des im am zum zur beim vom sich selbst selber".split()
)

_SOURCE_WORD = re.compile(r"\w+")
_EDGES = "\"'“”„‘’«»()[].,;:!?…–-"
_PRONOUN = re.compile(rf"\b(?:{'|'.join(_ALL_KINDS)})\b(?!-)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")

# What stands behind an object, and not behind "her" or "its" that owns something.
_BEHIND_OBJECT = re.compile(
    r"""\W*\Z | \s*[^\w\s"'“‘(] | \s+(?:to|in|on|at|for|with|from|by|of|as|that|and|or
    |but|when|while|because|if|the|an?|after|before|about|into|over|out|up|down|off|back
    |away|again|not|too|also|this|these|until|since|without|under|how|what|who|than
    |through|more|there|here|yesterday|today|tomorrow)\b""",
    re.VERBOSE,
)
_BEHIND_SUBJECT = frozenset("also not too again".split())
_BEFORE_SUBJECT = frozenset(
    """
    that because when if although though while where which what how why so once
    """.split()
)
# Prepositions that begin clauses as well.
_BEFORE_EITHER = frozenset("before after since until than as and or but".split())

MOST_READINGS = 5  # of a text; with 9 no more pronouns are right
_MOST_UNSURE = 2  # words of a reading that are tried in each place they may have


def pronouns(english: str) -> Counter[str]:
    """Count the third person's pronouns by kind: m, f, n, or p for several.

    >>> pronouns("She says its rules are theirs.")
    Counter({'f': 1, 'n': 1, 'p': 1})
    """
    words = (found[0] for found in _PRONOUN.finditer(english))
    return Counter(_ALL_KINDS[word.lower()] for word in words if word != "IT")


def refers_back(source: str, target: str, before: str = "") -> bool:
    """Say whether a pronoun of a text may stand for what a sentence before it names.

    "Es" mostly stands for nothing; it may behind a text with a child in it.

    >>> refers_back("Er liegt vorn.", "He is ahead.")
    True
    >>> refers_back("Kommen Sie?", "Are you coming?")
    False
    """
    words = {word.lower() for word in _SOURCE_WORD.findall(source)}
    if not _NEUTER_PERSON.search(before):
        words.discard(_ES)
    return bool(_PRONOUN.search(target)) and not words.isdisjoint(FAMILIES)


def readings(
    source: str,
    target: str,
    links: Iterable[Link],
    *,
    before: str = "",
    possible: Mapping[str, str] | None = None,
    is_english: Callable[[str], bool],
) -> list[str]:
    """Return translations that differ in what pronouns mean, the given one first.

    First all words of a gender mean the same, then one of them something else. Verbs
    agree; where it is not to be told how, there is no such reading. The given one is
    left out if it means what it cannot, and there are others.

    Args:
        source: A German text.
        target: Its translation.
        links: Which words go with which.
        before: The German text that stands before it.
        possible: What "er" and "sie" can mean here (``antecedents``); None: anything.
        is_english: Whether there is such a word, in small letters.

    >>> links = [(0, 0), (3, 4)]
    >>> readings("Er liegt vor ihr.", "He is ahead of her.", links, is_english=bool)
    ['He is ahead of her.', 'He is ahead of it.', 'He is ahead of them.', \
'It is ahead of her.', 'It is ahead of it.', 'It is ahead of them.']
    """
    found = _groups(source, target, links)
    girls = bool(_NEUTER_PERSON.search(f"{before} {source}"))
    choices = [
        _meanings(family, group, girls, possible or {})
        for family, group in found.items()
    ]
    written = (
        text
        for wanted in _assignments(list(found.values()), choices)
        for text in _written(target, wanted, is_english)
    )
    new = list(
        islice((text for text in _unique(written) if text != target), MOST_READINGS)
    )
    stands = all(
        place.kind in kinds
        for group, kinds in zip(found.values(), choices, strict=True)
        for place in group
    )
    return [target, *new] if stands or not new else new


def _meanings(
    family: str, group: Sequence[_Place], girls: bool, possible: Mapping[str, str]
) -> list[str]:
    """Return what the words of a gender may mean, first what they do now."""
    kinds = possible.get(family, _MEANINGS[family])
    if girls and all(_OF_NEUTERS.fullmatch(one.german) for one in group):
        kinds = "fmn"
    now = {place.kind for place in group}
    return sorted(kinds, key=lambda kind: (now != {kind}, kind))


def _assignments(
    groups: Sequence[Sequence[_Place]], choices: Sequence[Sequence[str]]
) -> Iterator[list[tuple[_Place, str]]]:
    """Yield what each word is to mean: those of a gender alike, then one by itself."""
    for chosen in product(*choices):
        yield [
            (place, kind)
            for group, kind in zip(groups, chosen, strict=True)
            for place in group
        ]
    for group, kinds in zip(groups, choices, strict=True):
        if len(group) > 1:
            for one in product(group, kinds):
                yield [one]


def _unique(texts: Iterable[str]) -> Iterator[str]:
    seen = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text


@dataclass(frozen=True, slots=True)
class _Place:
    """A pronoun of the target that a German one stands behind."""

    start: int  # in characters
    end: int
    kind: str
    german: str  # in small letters; "": none that is linked
    slots: tuple[int, ...]  # what it may be in its sentence, the likelier first


def _groups(source: str, target: str, links: Iterable[Link]) -> dict[str, list[_Place]]:
    """Return the pronouns of the target by the family of their German ones."""
    words = [
        source[slice(*span)].strip(_EDGES).lower() for span in stretches.words(source)
    ]
    behind: dict[int, set[str]] = {}
    for number, to in links:
        behind.setdefault(to, set()).add(words[number] if number < len(words) else "")
    spans = list(stretches.words(target))
    groups: dict[str, list[_Place]] = {}
    loose: list[tuple[re.Match[str], str]] = []
    for found in _PRONOUN.finditer(target):
        if found[0].lower() not in _KINDS or found[0] == "IT":
            continue
        number = next(n for n, span in enumerate(spans) if found.start() < span[1])
        linked = behind.get(number, set())
        germans = sorted(word for word in linked if word in FAMILIES)
        families = {FAMILIES[german] for german in germans}
        if len(families) == 1:
            place = _place(target, found, germans[0])
            groups.setdefault(families.pop(), []).append(place)
        elif linked <= _NO_PRONOUNS and found[0].lower() != "it":
            loose.append((found, _KINDS[found[0].lower()]))
    for found, kind in loose:
        for places in groups.values():
            if all(place.kind == kind for place in places):
                places.append(_place(target, found, ""))
                break
    return groups


def _place(target: str, found: re.Match[str], german: str) -> _Place:
    form = found[0].lower()
    kind = _KINDS[form]
    slots = tuple(n for n, other in enumerate(_FORMS[kind]) if other == form)
    if form == "her":
        if _OWNING.fullmatch(german):
            slots = (_DETERMINER,)
        elif german == "sie" or _BEHIND_OBJECT.match(target, found.end()):
            slots = (_OBJECT,)
        else:
            slots = (_DETERMINER, _OBJECT)
    elif form == "it":
        slots = _slots_of_it(target, found)
    return _Place(found.start(), found.end(), kind, german, slots)


def _slots_of_it(target: str, found: re.Match[str]) -> tuple[int, ...]:
    before = _WORD.findall(target[: found.start()])
    last = before[-1].lower() if before else ""
    after = _WORD.match(target[found.end() :].lstrip())
    following = after[0].lower() if after else ""
    if not before or last in _BEFORE_SUBJECT:
        return (_SUBJECT,)
    if _BEHIND_OBJECT.match(target, found.end()):
        either = last in AUXILIARIES or following in _BEHIND_SUBJECT
        return (_SUBJECT, _OBJECT) if either else (_OBJECT,)
    if (following in AUXILIARIES | UNCHANGED) and last not in _BEFORE_EITHER:
        return (_SUBJECT,)
    return (_SUBJECT, _OBJECT)


def _written(
    target: str,
    wanted: Sequence[tuple[_Place, str]],
    is_english: Callable[[str], bool],
) -> Iterator[str]:
    """Yield the target with its pronouns of the kinds that are wanted."""
    changed = [(place, kind) for place, kind in wanted if place.kind != kind]
    unsure = sum(len(place.slots) > 1 for place, _ in changed)
    slots = [
        place.slots if unsure <= _MOST_UNSURE else place.slots[:1]
        for place, _ in changed
    ]
    for chosen in product(*slots):
        edits: list[Edit] = []
        for (place, kind), slot in zip(changed, chosen, strict=True):
            old = target[place.start : place.end]
            edits.append((place.start, place.end, _like(old, _FORMS[kind][slot])))
            if slot == _SUBJECT and "p" in (kind, place.kind):
                verbs = agreed(
                    target,
                    place.start,
                    place.end,
                    several=kind == "p",
                    is_english=is_english,
                )
                if verbs is None:
                    break
                edits += verbs
        else:
            # Two that share a verb change it in the same way.
            yield _edited(target, sorted(set(edits)))


def _like(old: str, new: str) -> str:
    """Write a word in the letters of another."""
    if old.isupper():
        return new.upper()
    return new.capitalize() if old[0].isupper() else new


def _edited(text: str, edits: Sequence[Edit]) -> str:
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text
