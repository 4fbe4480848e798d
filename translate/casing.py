"""Text in capitals: re-cased for the model, which has seen little of it, and back."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from satzpaar.translate.checks.places import PLACES
from satzpaar.translate.running_case import (
    SMALL_WORDS,
    WORD,
    as_a_name,
    in_running_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

# A shorter word in capitals alone is more likely an abbreviation than a heading.
SHORTEST_SHOUTED_WORD = 5

# Abbreviations of the news that are spoken by letters or as a word, in capitals.
ABBREVIATIONS = frozenset(
    """
    AfD ADAC AFP AG AP ARD BASF BBC BGH BIP BKA BMW BND BRD BSW BVB CDU CIA CNN CO
    CSU DAX DDR DFB DGB DLR DNA EKD EU EZB FBI FC FDP FIFA GmbH HIV IAEA ICE IG IKEA
    IOC IS IT IWF KI KZ LKA MDR NATO NDR NGO NRW NSU OECD ÖVP PC PKK RAF RTL SAP SED
    SPD SPÖ SS SUV SV SWR SZ TSV TV UEFA UKW UN UNESCO UNHCR UNICEF UNO USA US USB
    VfB VfL VW WDR WHO WM WTO ZDF EM GB FPÖ SVP OSZE
    """.split()
)
BY_CAPITALS = {word.upper(): word for word in ABBREVIATIONS}
ROMAN = re.compile(
    r"(?=..)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)


def is_shouted(text: str) -> bool:
    """Say whether *text* is in capitals as a whole and not just an abbreviation.

    >>> is_shouted("WAFFEN FÜR DIE FRONT"), is_shouted("USA"), is_shouted("EU: Nein")
    (True, False, False)
    >>> is_shouted("JA ZUM EURO"), is_shouted("AN/AUS"), is_shouted("AM/FM")
    (True, True, False)
    """
    words = WORD.findall(text)
    if any(letter.islower() and letter != "ß" for word in words for letter in word):
        return False
    if any(
        len(word) >= SHORTEST_SHOUTED_WORD and word not in BY_CAPITALS for word in words
    ):
        return True
    if not _places_in_capitals().isdisjoint(_UNHYPHENED.split(text)):
        return True
    if len(words) < 2 or not any(word.lower() in SMALL_WORDS for word in words):
        return False
    # Of two, the small word may be letters as well: AM/FM, MAN SE, SO-DIMM.
    parts = [part for part in text.split() if WORD.search(part)]
    return len(parts) > 2 or all(map(_is_word, words))


_UNHYPHENED = re.compile(r"[^\w-]+")  # of a CD-ROM no part is a town


@cache
def _places_in_capitals() -> frozenset[str]:
    """Return places that English calls otherwise; Köln is too short for a heading."""
    return frozenset(map(str.upper, PLACES))


def _is_word(capitals: str) -> bool:
    from satzpaar.translate.dictionaries import german_english

    small = capitals.lower()
    known = german_english().has_german
    return (
        small in SMALL_WORDS
        or small == "s"  # SO GEHT'S
        or capitals in BY_CAPITALS
        or known(small)
        or known(small.capitalize())
    )


# Words that begin a text with a capital, and are no names.
COMMON_BEGINNINGS = frozenset(
    """
    A An The This That These Those Some Any No All Both Each Every Many Much More
    Most Few One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve And Or
    But If When While As In On At By For From With Without To Of Into Over Under
    About After Before During Since Until Not He She It We You They His Her Its
    Our Your Their My Who What Which Where How Why New Old Red Blue Green White
    Black Yellow Big Small Large Little Good Bad Better Best First Second Third
    Last Next Other Own High Low Long Short Young
    """.split()
)


def begun_like(source: str, text: str) -> str:
    """Begin *text* with a capital if *source* does: a heading, not only a sentence.

    And not with one if the source has none, as an item of a list, where it is surely
    not a name's. After a figure, and where the source has the same first word, nothing
    changes.

    >>> begun_like("Ein neues Haus", "a new house"), begun_like("2 Meter", "2 metres")
    ('A new house', '2 metres')
    >>> begun_like("drei Äpfel", "Three apples"), begun_like("deutsch", "German cars")
    ('three apples', 'German cars')
    """
    ours, theirs = WORD.search(text), WORD.search(source)
    if ours is None or theirs is None or ours.group() in WORD.findall(source):
        return text
    start = ours.start()
    if any(map(str.isdigit, text[:start])):
        return text
    if theirs.group()[0].isupper():
        return text[:start] + text[start].upper() + text[start + 1 :]
    is_item = source[0].islower() and theirs.group().islower() and not start
    goes_on = text[ours.end() :].lstrip()[:1].islower()  # no Red Square
    if (
        is_item
        and goes_on
        and source[-1] not in ".!?"
        and ours.group() in COMMON_BEGINNINGS
    ):
        return text[0].lower() + text[1:]
    return text


def shout(text: str) -> str:
    """Return *text* in capitals."""
    return text.upper()


# What an agency's report begins with: "BRÜSSEL/WIEN, 12. Juni (APA) – ". With neither a
# date nor an agency, it may be any word in capitals: "LED – eine Diode".
_DATED = (
    r"(?=(?:,? \d{1,2}\. ?[A-Z][a-zä]+(?: \d{4})?(?: \([^()]{2,40}\))?"
    r"| \([^()]{2,40}\))"
    r":? [–-](?: |\Z))"
)
DATELINE = re.compile(
    rf"[A-ZÄÖÜ]{{3,}}(?:[/ -][A-ZÄÖÜ]{{2,}}){{0,4}}(?:{_DATED}|(?=:? [–-](?: |\Z)))"
)
_WITH_DATE = re.compile(rf"[^a-z]+{_DATED}")
_PLACE = re.compile(
    r"[A-Z][\w']*(?:-\w[\w']*|[/ ][A-Z][\w']*){0,5}"
    r"(?=(?:,? (?:\d{1,2} [A-Z]\w+|[A-Z]\w+ \d{1,2})(?:,? \d{4})?)?"
    r"(?: \([^()]{2,40}\))?:? [–-](?: |\Z))"
)


def dateline(text: str) -> str | None:
    """Return the place in capitals that a report begins with, if it does.

    >>> dateline("MÜNCHEN/WIEN, 3. April (APA) – Der Zug"), dateline("LED – eine Diode")
    ('MÜNCHEN/WIEN', None)
    """
    place = DATELINE.match(text)
    if place is None or BY_CAPITALS.keys() >= set(WORD.findall(place[0])):
        return None
    names = _places_in_capitals()
    words = [word for word in re.split("[/ ]", place[0]) if word]
    known = any(word in names or word.partition("-")[0] in names for word in words)
    return place[0] if known or _WITH_DATE.match(text) else None


def with_place_in_capitals(text: str) -> str:
    """Write the place at the beginning of a report in capitals.

    >>> with_place_in_capitals("Brussels, June 12 – The EU")
    'BRUSSELS, June 12 – The EU'
    """
    place = _PLACE.match(text)
    return shout(place[0]) + text[place.end() :] if place else text


# What a short report begins with: "KÖLN: Mann verletzt", "WIEN (mz). Der Rat".
_BEHIND_A_TOWN = r"(?=: | \| | \([^()]{2,40}\)[.:]?(?: |\Z))"
_TOWN = re.compile(rf"[A-ZÄÖÜ]{{3,}}(?:[/ -][A-ZÄÖÜ]{{2,}}){{0,4}}{_BEHIND_A_TOWN}")
_ENGLISH_TOWN = re.compile(rf"[^:|(]{{2,80}}?{_BEHIND_A_TOWN}")


def town_before(text: str) -> str | None:
    """Return the towns in capitals that stand before a report, if one is known.

    >>> town_before("KÖLN: Mann verletzt"), town_before("CDU: Merz gewählt")
    ('KÖLN', None)
    """
    town = _TOWN.match(text)
    if town is None or _places_in_capitals().isdisjoint(re.split("[/ -]", town[0])):
        return None
    return town[0]


def with_town_in_capitals(text: str) -> str:
    """Write what stands before a report in capitals.

    >>> with_town_in_capitals("Cologne: man injured")
    'COLOGNE: man injured'
    """
    town = _ENGLISH_TOWN.match(text)
    return shout(town[0]) + text[town.end() :] if town else text


# The only noun among the small words.
_THE_END = re.compile(
    r"\b([Dd]as|[Dd]em|[Vv]orm|[Bb]eim|[Zz]um) aus"
    r"(?= (?:für|des|von)\b)"
)
# Behind the preposition stands what is counted: "20 EURO PRO KOPF".
_OF_A_PRODUCT = re.compile(
    r"\bpro\b(?= (?:Max|Plus|Mini|Ultra)\b| [A-Z]{1,3}\d|\s*(?:[^\w\s-]|\Z))"
)
_VOWEL = re.compile("[AEIOUÄÖÜY]")
_LONGEST_ACRONYM = 5  # letters, without a vowel


class Casing:
    """How words are written where the text does not shout.

    Args:
        texts: Segments of the same document; words that occur there in running
            text, after the first word of a segment, are written as they are there.
        german: Whether it is German, which is written by a dictionary of ours.
    """

    def __init__(self, texts: Iterable[str] = (), *, german: bool = True) -> None:
        self._german = german
        seen: dict[str, Counter[str]] = {}
        for text in texts:
            if is_shouted(text):
                continue
            place = DATELINE.match(text)  # whose capitals are not those of its words
            for word in WORD.findall(text, place.end() if place else 0)[1:]:
                seen.setdefault(word.upper(), Counter())[word] += 1
        self._written = {
            capitals: forms.most_common(1)[0][0] for capitals, forms in seen.items()
        }

    def calm(self, text: str) -> str:
        """Return a text in capitals as running text would have it.

        >>> Casing(["Putin soll drohen."]).calm("USA UND PUTIN DROHEN")
        'USA und Putin drohen'
        """
        usual: Iterable[str | None] = (None for _ in WORD.finditer(text))
        if self._german:
            from satzpaar.translate.dictionaries import german_english

            usual = in_running_text(text, german_english())
        known = iter(usual)
        calmed = WORD.sub(lambda word: self._calm_word(word[0], next(known)), text)
        calmed = _OF_A_PRODUCT.sub("Pro", _THE_END.sub(r"\1 Aus", calmed))
        first = WORD.search(calmed)
        if first is None:
            return calmed
        start = first.start()
        return calmed[:start] + calmed[start].upper() + calmed[start + 1 :]

    def _calm_word(self, word: str, usual: str | None) -> str:
        if written := self._written.get(word.upper()):
            return written
        if not self._german:
            return word if ROMAN.fullmatch(word) else word.capitalize()
        if written := BY_CAPITALS.get(word):
            return written
        small = word.lower()
        if small in SMALL_WORDS:
            return small
        if usual is not None:
            return usual
        if len(word) <= _LONGEST_ACRONYM and not _VOWEL.search(word):
            return word  # DRK, THW
        return word if ROMAN.fullmatch(word) else as_a_name(word)
