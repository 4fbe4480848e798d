"""English pronouns of the third person, and the others that a German one may be.

German has a gender for clubs and bridges: "er" is he or it, "sie" she, it or they.
Which it is, the sentence itself does often not say.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from satzpaar.translate import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Link = tuple[int, int]  # numbers of a word of the source and of the target

_SUBJECT, _OBJECT, _DETERMINER, _POSSESSIVE, _REFLEXIVE = range(5)
_FORMS = {
    "m": "he him his his himself".split(),
    "f": "she her her hers herself".split(),
    "n": "it it its its itself".split(),
    "p": "they them their theirs themselves".split(),
}
_KINDS = {form: kind for kind, forms in _FORMS.items() for form in forms}

# What a German word can be. "Sein" of neuters is with the masculine ones: his, its, and
# her where it is a girl's. "Ihnen" is for several alone.
_ER, _SIE, _IHNEN = "er", "sie", "ihnen"
_MEANINGS = {_ER: "mn", _SIE: "fnp", _IHNEN: "p"}
_FAMILIES = {
    form: family
    for family, forms in {
        _ER: "er ihn ihm sein seine seinem seinen seiner seines dessen "
        "dieser diesen diesem jener jenen jenem letzterer letzteren letzterem",
        _SIE: "sie ihr ihre ihrem ihren ihrer ihres deren derer diese jene letztere",
        _IHNEN: "ihnen",
    }.items()
    for form in forms.split()
}
_NEUTER_PERSON = re.compile(r"\b(?:\w+chen|\w*[Kk]ind|\w*[Mm]itglied|Opfer|Baby)s?\b")
_POSSESSIVES = re.compile(r"(?:ihre|seine|deren|dessen)\w*")

_SOURCE_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(rf"\b(?:{'|'.join(_KINDS)})\b(?!-)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")

# What stands behind an object, and not behind "her" or "its" that owns something.
_BEHIND_OBJECT = re.compile(
    r"""\W*\Z | \s*[^\w\s"'“‘(] | \s+(?:to|in|on|at|for|with|from|by|of|as|that|and|or
    |but|when|while|because|if|the|an?|after|before|about|into|over|out|up|down|off|back
    |away|again|not|too|also|this|these|until|since|without|under|how|what|who|so|than
    |through|more|there|here|yesterday|today|tomorrow)\b""",
    re.VERBOSE,
)
_AUXILIARIES = {
    "is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't",
    "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_OF_SEVERAL = {several: one for one, several in _AUXILIARIES.items()}
# The same of one and of several: modal verbs, and the past of irregular ones.
_UNCHANGED = frozenset(
    """
    will would can could should may might must had did cannot can't won't wouldn't
    couldn't shouldn't hadn't didn't
    arose ate awoke became began bent bit bled blew bore bought bound bred broke brought
    built burnt came caught chose clung crept dealt drank drew drove dug fed fell felt
    fled flew forbade forgave forgot fought found froze gave got grew ground held hid
    hung kept knelt knew laid lay leapt learnt led left lent lit lost made meant met
    overcame overtook paid ran rang rode rose said sang sank sat saw sent shone shook
    shot shrank slept slid sold sought spent spoke sprang stole stood struck stuck stung
    swam swept swore swung taught thought threw told took tore undertook understood went
    withdrew withstood woke won wore wound wove wrote
    """.split()
)
_PAST_OR_PARTICIPLE = re.compile(
    r"(?!(?:[bf]l?|br|h|n|s|sp|w|proc|succ|exc)eed\Z)\w+ed|\w+ing"
)
_BETWEEN = frozenset(
    """
    also still now already only never always then often even not just once soon both all
    either each ever again
    """.split()
)
_BEFORE_SUBJECT = frozenset(
    """
    and but or that because when if although though while where which as after before
    once until what how why so since whether than
    """.split()
)

MOST_READINGS = 9  # of a text; more cost more than they are worth


def pronouns(english: str) -> Counter[str]:
    """Count the third person's pronouns by kind: m, f, n, or p for several.

    >>> pronouns("She says its rules are theirs.")
    Counter({'f': 1, 'n': 1, 'p': 1})
    """
    return Counter(_KINDS[found[0].lower()] for found in _PRONOUN.finditer(english))


def refers_back(source: str, target: str) -> bool:
    """Say whether a pronoun of a text may stand for what a sentence before it names.

    >>> refers_back("Er liegt vorn.", "He is ahead.")
    True
    >>> refers_back("Kommen Sie?", "Are you coming?")
    False
    """
    return bool(_PRONOUN.search(target)) and any(
        word.lower() in _FAMILIES for word in _SOURCE_WORD.findall(source)
    )


def readings(
    source: str, target: str, links: Iterable[Link], before: str = ""
) -> list[str]:
    """Return translations that differ in what pronouns mean, without the given one.

    First all words of a gender mean the same, then one of them something else. Verbs
    agree.

    Args:
        source: A German text.
        target: Its translation.
        links: Which words go with which.
        before: The German text that stands before it.

    >>> readings("Er liegt vor ihr.", "He is ahead of her.", [(0, 0), (3, 4)])
    ['He is ahead of it.', 'He is ahead of them.', 'It is ahead of her.', \
'It is ahead of it.', 'It is ahead of them.']
    """
    found = _groups(source, target, links)
    choices = []
    for family, places in found.items():
        kinds = _MEANINGS[family]
        if family == _ER and _NEUTER_PERSON.search(f"{before} {source}"):
            kinds += "f"
        now = {place.kind for place in places}
        # What it is now comes first, so that the readings nearest to it do.
        same = "".join(now) if len(now) == 1 else ""
        choices.append(sorted(kinds, key=lambda kind: (kind != same, kind)))
    made: list[str] = []
    for chosen in product(*choices):
        wanted = [
            (place, kind)
            for group, kind in zip(found.values(), chosen, strict=True)
            for place in group
        ]
        made += _written(target, wanted)
    for group, each in zip(found.values(), choices, strict=True):
        if len(group) > 1:
            for one in product(group, each):
                made += _written(target, [one])
    return [text for text in dict.fromkeys(made) if text != target][:MOST_READINGS]


@dataclass(frozen=True, slots=True)
class _Place:
    """A pronoun of the target that a German one stands behind."""

    start: int  # in characters
    end: int
    kind: str
    german: str  # in small letters; "": none that is linked
    slots: tuple[int, ...]  # what it may be in its sentence


def _groups(source: str, target: str, links: Iterable[Link]) -> dict[str, list[_Place]]:
    """Return the pronouns of the target by the family of their German ones."""
    words = [
        source[slice(*span)].strip("\"'“”„‘’«»()[].,;:!?…–-").lower()
        for span in stretches.words(source)
    ]
    behind: dict[int, list[str]] = {}
    for number, to in links:
        word = words[number] if number < len(words) else ""
        if word in _FAMILIES:
            behind.setdefault(to, []).append(word)
    spans = list(stretches.words(target))
    groups: dict[str, list[_Place]] = {}
    loose: list[tuple[re.Match[str], str]] = []
    for found in _PRONOUN.finditer(target):
        number = next(n for n, span in enumerate(spans) if found.start() < span[1])
        germans = behind.get(number, [])
        families = {_FAMILIES[german] for german in germans}
        if len(families) == 1:
            place = _place(target, found, germans[0])
            groups.setdefault(families.pop(), []).append(place)
        elif not families and found[0].lower() != "it":
            loose.append((found, _KINDS[found[0].lower()]))
    for found, kind in loose:  # "shook his head", where German has no word for it
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
        owns = bool(_POSSESSIVES.fullmatch(german)) or not (
            german == "sie" or _BEHIND_OBJECT.match(target, found.end())
        )
        slots = (_DETERMINER,) if owns else (_OBJECT,)
    elif form in ("his", "its"):
        slots = (_DETERMINER,)
    elif form == "it":
        slots = _slots_of_it(target, found, german)
    return _Place(found.start(), found.end(), kind, german, slots)


def _slots_of_it(target: str, found: re.Match[str], german: str) -> tuple[int, ...]:
    if german in ("ihn", "ihm"):
        return (_OBJECT, _SUBJECT) if german == "ihm" else (_OBJECT,)
    before = _WORD.findall(target[: found.start()])
    after = _WORD.match(target[found.end() :].lstrip())
    following = after[0].lower() if after else ""
    if (
        not before
        or before[-1].lower() in _BEFORE_SUBJECT
        or following in _AUXILIARIES
        or following in _UNCHANGED
    ):
        return (_SUBJECT,)
    if _BEHIND_OBJECT.match(target, found.end()):
        return (_OBJECT,)
    return (_SUBJECT, _OBJECT)


def _written(target: str, wanted: Sequence[tuple[_Place, str]]) -> Iterator[str]:
    """Yield the target with its pronouns of the kinds that are wanted."""
    unsure = [
        place.slots if place.kind != kind else place.slots[:1] for place, kind in wanted
    ]
    for slots in product(*unsure):
        edits: list[tuple[int, int, str]] = []
        for (place, kind), slot in zip(wanted, slots, strict=True):
            if kind == place.kind:
                continue
            new = _FORMS[kind][slot]
            if target[place.start].isupper():
                new = new.capitalize()
            edits.append((place.start, place.end, new))
            if slot == _SUBJECT and "p" in (kind, place.kind):
                verb = _agreed(target, place.end, several=kind == "p")
                if verb is None:
                    break
                edits += verb
        else:
            text = target
            for start, end, new in sorted(edits, reverse=True):
                text = text[:start] + new + text[end:]
            yield text


def _agreed(
    target: str, at: int, *, several: bool
) -> list[tuple[int, int, str]] | None:
    """Return how the verb behind a pronoun changes; None: it is not to be told."""
    if target[at : at + 1] in ("'", "’"):  # it's, they're
        return None
    for found in _WORD.finditer(target, at):
        word = found[0].lower()
        if word in _BETWEEN or word.endswith("ly"):
            continue
        new = _of_several(word) if several else _of_one(word)
        if new == word:
            return []
        return [(found.start(), found.end(), new)]
    return None


def _of_several(verb: str) -> str:
    """Say of several what is said of one.

    >>> [_of_several(verb) for verb in ("has", "tries", "goes", "passes", "wants")]
    ['have', 'try', 'go', 'pass', 'want']
    """
    if verb in _AUXILIARIES:
        return _AUXILIARIES[verb]
    if verb in _UNCHANGED or verb.endswith(("ss", "us", "is")):
        return verb
    if len(verb) > len("dies") and verb.endswith("ies"):
        return verb.removesuffix("ies") + "y"
    if re.search(r"(?:ss|sh|ch|x|zz|o)es$", verb):
        return verb.removesuffix("es")
    return verb.removesuffix("s")


def _of_one(verb: str) -> str:
    """Say of one what is said of several.

    >>> [_of_one(verb) for verb in ("have", "try", "go", "pass", "want", "wanted")]
    ['has', 'tries', 'goes', 'passes', 'wants', 'wanted']
    """
    if verb in _OF_SEVERAL:
        return _OF_SEVERAL[verb]
    if verb in _UNCHANGED or _PAST_OR_PARTICIPLE.fullmatch(verb):
        return verb
    if re.search(r"[^aeiou]y$", verb):
        return verb.removesuffix("y") + "ies"
    return verb + ("es" if re.search(r"(?:s|sh|ch|x|z|o)$", verb) else "s")
