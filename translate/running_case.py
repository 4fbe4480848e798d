"""How German words in capitals are written in running text: small, or with a capital.

German case carries meaning, and a model that has read hardly anything in capitals needs
it. The forms of the dictionary that comes with us are written as its bitexts have them;
of what may be a noun or something else, what stands before and behind it decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from satzpaar.translate.checks.name_lists import SURNAMES, TITLES, first_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.dictionaries import Dictionary

WORD = re.compile(r"[^\W\d_]+")

# The words that German writes small inside a sentence and that headlines are made of.
SMALL_WORDS = frozenset(
    """
    ab aber alle allem allen aller alles als also am an ans auch auf aufs aus außer
    bald bei beim bereits bevor bis da dabei dafür dagegen daher damit danach dann
    daran darf darum das dass dein dem den denn der deren des dessen die dies diese
    diesem diesen dieser dieses doch dort drei droht drohen durch dürfen ein eine
    einem einen einer eines er erst erste ersten erster es etwa euch fast für fürs
    gab gegen geht gegenüber gibt hat hatte hatten haben habe her hier hin hinter
    ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem
    jeden jeder jedes jetzt kann kaum kein keine keinem keinen keiner kommt können
    könnte könnten laut lässt man mehr mein mit muss müssen nach nahe neben
    nein neu neue neuem neuen neuer neues nicht nichts noch nun nur ob oder ohne pro
    rund schon sehr sei sein seine seinem seinen seiner seit selbst sich sie sind so
    soll sollen sollte sondern sowie statt trotz über um und uns unser unsere
    unserem unseren unter viel viele vielen vom von vor war waren warum was
    wegen weil weiter welche wenn wer werden wenig wie wieder will wir wird wo
    wollen wurde wurden während würde zu zum zur zwei zwischen
    """.split()
)

# Forms of adjectives, which stand before the noun that they say something of.
_DECLINED = ("em", "en", "er", "es", "e")
# Behind these an infinitive ends the clause.
_AUXILIARIES = frozenset(
    """
    darf dürfen kann können könnte könnten lassen lässt mag muss müssen müsste möchte
    möchten soll sollen sollte sollten werden wird will wollen wollte wollten würde
    würden konnte konnten musste mussten durfte durften
    """.split()
)
# What a noun follows. "das" is left out where a verb may follow as well.
_BEFORE_NOUNS = frozenset(
    """
    der die des dem den ein eine einen einem eines einer im am zum zur vom beim ins ans
    kein keine keinen keinem keines keiner mehr weniger viele wenige
    """.split()
)
_PRONOUNS = frozenset("ich du er wir".split())
_PREPOSITIONS = frozenset("auf für gegen um über von vom zum zur".split())
_CREDITS = frozenset("foto fotos archivfoto bild grafik text trainer".split())
_MONTHS = frozenset(
    """
    januar februar märz april mai juni juli august september oktober november dezember
    """.split()
)
# What has ß where both are known: bitexts have Swiss and old spellings too.
_SHARP = re.compile(
    r"(?:[aeä]u|ei|ie)ss|(?:gr[oöuü]|str[aä]|f[uü]|sp[aä]|m[aä]|st[oö]|[bs]ü|blo|scho)ss"
)
# Where neither is known: in compounds.
_SHARP_ROOTS = re.compile(
    r"(str[aä]|gr[oö]|f[uü]|ma(?=ssn)|hei|wei(?!ssag)|schlie|\Aau(?=sse[nr]))ss"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """What is known of one word."""

    plain: str  # in small letters
    small: str | None  # as it is written small, if it is
    capital: str | None  # and with a capital
    joined: bool  # by a hyphen, to the one before
    is_declined: bool  # as adjectives are

    @property
    def is_noun(self) -> bool:
        return self.small is None and self.capital is not None


_NO_WORD = _Word("", None, None, joined=False, is_declined=False)


def in_running_text(text: str, dictionary: Dictionary) -> list[str | None]:
    """Return the words of a text in capitals, in order, as running text has them.

    None: the dictionary does not have it; a name, perhaps.

    Args:
        text: In capitals.
        dictionary: Whose forms are written as in text.
    """
    known = []
    for match in WORD.finditer(text):
        small, capital = _forms(match.group(), dictionary)
        joined = text[: match.start()].endswith("-")
        declined = small is not None and _is_declined(small, dictionary)
        known.append(_Word(match.group().lower(), small, capital, joined, declined))
    return [_one_of(number, known) for number in range(len(known))]


def as_a_name(word: str) -> str:
    """Write a word in capitals that nobody knows: with one, and ß in its roots.

    >>> as_a_name("HOLMSTRASSE"), as_a_name("RATHAUSSANIERUNG")
    ('Holmstraße', 'Rathaussanierung')
    """
    return _SHARP_ROOTS.sub(r"\1ß", word.lower()).capitalize()


def _forms(word: str, dictionary: Dictionary) -> tuple[str | None, str | None]:
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


def _is_declined(small: str, dictionary: Dictionary) -> bool:
    """Say whether it is an adjective, by other forms of it: alte, altes."""
    ending = next((each for each in _DECLINED if small.endswith(each)), None)
    stem = small.removesuffix(ending or "")
    return ending is not None and (
        dictionary.has_german(f"{stem}es") or dictionary.has_german(f"{stem}em")
    )


def _one_of(number: int, known: Sequence[_Word]) -> str | None:
    word = known[number]
    small, capital = word.small, word.capital
    before = known[number - 1] if number else _NO_WORD
    if before.plain in _PRONOUNS and number == 1 and not word.joined:
        return small or word.plain  # ICH TRETE, but WARUM ICH FRAUEN LIEBE
    if small is None or capital is None:
        return small or capital
    after = known[number + 1] if number + 1 < len(known) else None
    if before.plain.capitalize() in first_names():
        return capital  # SEBASTIAN KURZ
    stands_alone = number == 1 and after is None
    if capital in SURNAMES and before.plain in _CREDITS and stands_alone:
        return capital  # FOTO: SCHWARZ
    is_name = capital in SURNAMES and before.plain.capitalize() in TITLES
    if is_name and (after is None or after.plain not in {"vor", "nach"}):
        return capital  # MINISTER SCHWARZ, but KANZLER KURZ VOR DEM RÜCKTRITT
    if before.plain == "zu" and small.endswith("n"):
        return small
    describes = word.is_declined and after is not None and _may_be_described(after)
    if word.joined or before.plain in _BEFORE_NOUNS or _begins_with_das(before, after):
        return small if describes else capital  # EU-RECHT, DIE MACHT
    if describes:
        return small
    auxiliary = any(each.plain in _AUXILIARIES for each in known[:number])
    if auxiliary and after is None and small.endswith("n") and not before.is_declined:
        return small
    return small if small in _usually_small() else capital


def _may_be_described(word: _Word) -> bool:
    """Say whether an adjective may stand before it: a noun, or another adjective."""
    if word.is_noun:
        return word.plain not in _MONTHS  # ENDE MÄRZ
    return word.capital is not None and word.is_declined


def _begins_with_das(before: _Word, after: _Word | None) -> bool:
    """Say whether a noun follows "das": DAS RECHT AUF ARBEIT, but DAS MACHT MUT."""
    return before.plain == "das" and after is not None and after.plain in _PREPOSITIONS


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
