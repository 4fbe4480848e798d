"""Ways to make a right translation wrong by one thing alone.

Each takes a German source, its English reference and a source of chance, and returns
the reference with one error, or None where the reference offers no place for it.
"""

# ruff: noqa: ARG001 (all take what the protocol gives)

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from satzpaar.eval.contrast.word_pairs import (
    ANTONYMS,
    AUXILIARIES,
    FEMALE_TO_MALE,
    MALE_TO_FEMALE,
    MONTHS,
    UNITS,
    WEEKDAYS,
)
from satzpaar.translate.checks.name_lists import first_names
from satzpaar.translate.checks.names import names
from satzpaar.translate.checks.quantities import any_of, german_support, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from satzpaar.translate.checks.finding import Span


class Perturbation(Protocol):
    """Makes one kind of error."""

    def __call__(self, source: str, reference: str, random: Random) -> str | None:
        """Return *reference* with the error, None if there is no place for it."""
        ...


def _put(text: str, span: Span, word: str) -> str:
    return text[: span[0]] + word + text[span[1] :]


def _like(word: str, model: str) -> str:
    """Write *word* with the capitals of *model*."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def change_number(source: str, reference: str, random: Random) -> str | None:
    """Change one digit of a number that the source has too."""
    support = german_support(source)
    places = [
        number
        for number in numbers(reference, "en")
        if any_of(number.values, support)
        and not reference[: number.digits[0]].endswith(("http", "www", "/"))
    ]
    if not places:
        return None
    start, end = random.choice(places).digits
    written = reference[start:end]
    digits = [place for place, letter in enumerate(written) if letter.isdigit()]
    place = random.choice(digits)
    first = place == digits[0]
    others = [
        digit
        for digit in "123456789"
        if digit != written[place] and not (first and len(digits) == 1 and digit == "1")
    ]
    changed = written[:place] + random.choice(others) + written[place + 1 :]
    again, _ = _values(changed)
    if again & support:  # "2 or 3": the other number of the same sentence
        return None
    return _put(reference, (start, end), changed)


def _values(written: str) -> tuple[frozenset[object], int]:
    found = numbers(written, "en")
    return frozenset(value for number in found for value in number.values), len(found)


_CONTRACTED = re.compile(
    r"\b(?P<verb>is|are|was|were|do|does|did|has|have|had|would|could|should|must|"
    r"need)n['’]t\b|\b(?P<will>wo)n['’]t\b|\bca(?P<can>n)['’]t\b|\bcan(?P<cannot>not)\b"
)
_NEGATION = re.compile(
    rf"(?<=\b)(?:{AUXILIARIES}) (?P<drop>(?:not|never) )(?!only|just|to mention|least)"
    r"|(?P<without>\b[Ww]ithout)(?= (?:the|a|an|any|his|her|their|its|[a-z]+ing)\b)"
    rf"|\b(?:is|are|was|were|be|had|has|have|with|of|there) (?P<no>no )"
    r"(?!longer|more|less|doubt|one|wonder|matter)"
    r"|\b(?P<no_one>[Nn]obody|[Nn]o one)\b"
)


def drop_negation(source: str, reference: str, random: Random) -> str | None:
    """Turn a negated clause into its opposite."""
    if not re.search(
        r"\b(?:nicht|kein\w*|nie\w*|ohne|nichts|weder)\b", source, re.IGNORECASE
    ):
        return None
    places = [*_CONTRACTED.finditer(reference), *_NEGATION.finditer(reference)]
    if not places:
        return None
    match = random.choice(places)
    group = str(match.lastgroup)
    if group == "drop":
        return _put(reference, match.span("drop"), "")
    if group == "no":
        return _put(reference, match.span("no"), "")
    new = {
        "will": "will",
        "can": "can",
        "cannot": "can",
        "without": _like("with", match.group()),
        "no_one": _like("everyone", match.group()),
    }.get(group) or match["verb"]
    return _put(reference, match.span(), new)


_AFTER_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|must|may|might)\b"
    r"(?= (?!not\b|n['’]t|no\b|never\b|only\b|also\b|to\b)[a-z])"
)


def add_negation(source: str, reference: str, random: Random) -> str | None:
    """Negate a clause that is not negated."""
    if re.search(
        r"\b(?:not|never|no|nor|without)\b|n['’]t\b", reference, re.IGNORECASE
    ):
        return None
    places = list(_AFTER_AUXILIARY.finditer(reference))
    if not places:
        return None
    end = random.choice(places).end()
    return reference[:end] + " not" + reference[end:]


# Surnames of nobody in particular, common in both languages' news.
_SURNAMES = (
    *("Müller", "Fischer", "Weber", "Wagner", "Becker", "Hoffmann", "Koch", "Richter"),
    *("Smith", "Johnson", "Williams", "Brown", "Miller", "Davis", "Wilson", "Taylor"),
)
_SPOKEN_FIRST_NAMES = (
    *("Anna", "Peter", "Maria", "Thomas", "Julia", "Michael", "Laura", "Robert"),
    *("Emma", "David", "Sarah", "Martin", "Lisa", "Stefan", "Helen", "Paul"),
)


def swap_name(source: str, reference: str, random: Random) -> str | None:
    """Put another name for one that source and reference share."""
    words = set(re.findall(r"[\w’'-]*\w", reference))
    shared = sorted({name for name, _ in names(source) if name in words})
    if not shared:
        return None
    name = random.choice(shared)
    pool = _SPOKEN_FIRST_NAMES if name in first_names() else _SURNAMES
    other = random.choice([one for one in pool if one not in words and one != name])
    return re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", other, reference)


_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
# What follows "her" where it means "him".
_NO_NOUN_AFTER = re.compile(
    r"\W*(?:\Z|[.,;:!?)”\"]| (?:to|in|on|at|by|for|from|with|and|or|as|that|when|the|"
    r"a|an|after|before|about|into|because|if|was|is|were|had|has|out|up|down|off)\b)"
)


def swap_pronoun(source: str, reference: str, random: Random) -> str | None:
    """Change the gender of every pronoun of one person.

    Only where the German pronouns are of one gender and the English ones agree.
    """
    found = [match.group().lower() for match in _PRONOUN.finditer(reference)]
    male = {word for word in found if word.startswith("hi") or word == "he"}
    if not found or (male and len(male) != len(set(found))):
        return None
    if male and not re.search(r"\b(?:er|ihm|ihn|sein\w*)\b", source, re.IGNORECASE):
        return None
    if not male and not re.search(r"\b(?:sie|ihr\w*)\b", source, re.IGNORECASE):
        return None

    def swapped(match: re.Match[str]) -> str:
        word = match.group().lower()
        if word == "her":
            after = reference[match.end() :]
            new = "him" if _NO_NOUN_AFTER.match(after) else "his"
        else:
            new = (MALE_TO_FEMALE | FEMALE_TO_MALE)[word]
        return _like(new, match.group())

    return _PRONOUN.sub(swapped, reference)


def _swap_word(
    reference: str, random: Random, words: tuple[str, ...]
) -> tuple[re.Match[str], str] | None:
    places = list(re.finditer(rf"\b(?:{'|'.join(words)})\b", reference))
    if not places:
        return None
    match = random.choice(places)
    named = {place.group() for place in places}
    return match, random.choice([word for word in words if word not in named])


def swap_date(source: str, reference: str, random: Random) -> str | None:
    """Put another month or weekday."""
    for words in (MONTHS, WEEKDAYS):
        found = _swap_word(reference, random, words)
        if found:
            return _put(reference, found[0].span(), found[1])
    return None


def _swap_by(
    table: Mapping[str, str], reference: str, random: Random, before: str = ""
) -> str | None:
    names_in_order = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    pattern = re.compile(
        rf"{before}(?<!\w)(?P<word>{names_in_order})(?!\w)", re.IGNORECASE
    )
    places = list(pattern.finditer(reference))
    if not places:
        return None
    match = random.choice(places)
    new = table[match["word"].lower()]
    return _put(reference, match.span("word"), _like(new, match["word"]))


def swap_unit(source: str, reference: str, random: Random) -> str | None:
    """Put another unit or scale behind a number: million for billion."""
    return _swap_by(UNITS, reference, random, before=r"\d[\s-]?")


def swap_antonym(source: str, reference: str, random: Random) -> str | None:
    """Say the opposite: more for less, before for after."""
    return _swap_by(ANTONYMS, reference, random)


PERTURBATIONS: Mapping[str, Perturbation] = {
    "number": change_number,
    "unit": swap_unit,
    "date": swap_date,
    "name": swap_name,
    "pronoun": swap_pronoun,
    "negation dropped": drop_negation,
    "negation added": add_negation,
    "antonym": swap_antonym,
}
