"""Names: who and what the source names, the translation must name too."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from satzpaar.translate.checks.finding import Finding
from satzpaar.translate.checks.name_lists import (
    OFFICE,
    SAYS,
    SURNAMES,
    TITLES,
    first_names,
    shared_names,
)
from satzpaar.translate.checks.places import EXONYMS
from satzpaar.translate.checks.words import fold
from satzpaar.translate.lexicon import unknown_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.checks.finding import Span

KIND = "names"

_NAME = re.compile(r"(?<![\w-])[A-ZÄÖÜÉÁŠŽČĆŁ][\w’'-]*\w")
_SPACES = (" ", "\u00a0")
_TOKEN = re.compile(r"[\w’'.-]*\w")

# How alike two spellings of one name are: Tschernobyl and Chernobyl, Lissabon and
# Lisbon; two different names of a text rarely reach it.
ALIKE = 0.6
# Letters that a piece of a name lacks; fewer may be an ending.
LEFT_OVER = 3

# How the two languages write the same sound, in the order in which it is replaced.
_SOUNDS = (
    ("tsch", "ch"), ("dsch", "j"), ("sch", "sh"), ("ow", "ov"), ("ew", "ev"),
    ("w", "v"), ("j", "y"), ("ck", "k"), ("ph", "f"), ("ss", "s"), ("iy", "y"),
    ("kh", "ch"), ("zh", "sh"), ("ts", "z"), ("ks", "x"), ("ae", "a"), ("oe", "o"),
    ("ue", "u"), ("ou", "u"), ("c", "k"),
)  # fmt: skip

# A second word with a capital, right behind the first.
_ANOTHER = re.compile(r"[ \u00a0]([A-ZÄÖÜÉÁŠŽČĆŁ][\w’'-]*\w)")

# German words that begin with a capital after a name without belonging to it.
_NO_SURNAMES = frozenset(
    """
    Uhr Prozent Euro Dollar Jahre Jahr Jahren Tage Millionen Milliarden Anfang Ende
    Mitte Januar Februar März April Mai Juni Juli August September Oktober November
    Dezember Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Sohn Tochter
    Vater Mutter Bruder Schwester Team Film Fans Chef Erste Zweite Erster Zweiter
    Großen Große Jüngere Ältere Heilige Sie Er Es Der Die Das Ihr Ihre Ihnen Jr Sr Sir
    Co Konzept Gruppe Seite Version Straße Platz Weg Kirche Schule Universität Stiftung
    Preis Konzern Familie Junior Senior
    """.split()
)

# Titles that are no words for anybody without a name behind them.
_BEFORE_NAMES_ALONE = frozenset("Herr Herrn Dr Prof Sir Lady Lord".split())

# What parts a noun from the name behind it, itself or before adjectives.
DETERMINERS = frozenset(
    """
    der die das den dem des ein eine einem einen einer eines dieser diese diesem diesen
    dieses jeder jede jedem jeden jener jene kein keine keinem keinen keiner mein meine
    meinem meinen meiner sein seine seinem seinen seiner ihr ihre ihrem ihren ihrer
    unser unsere unserem unseren unserer beim im am zum zur vom als deren dessen welche
    welcher welches welchem welchen manche mancher manches dein deine deinem deinen
    deiner seines ihres meines keines jedes eures
    """.split()
)
# "sehr junge", "40-jährige", "Berliner"
_ADJECTIVE = re.compile(r"(?:[\w-]*[a-zäöüß](?:e|em|en|er|es)|sehr|so|ganz)")

# Before Mark, which is money then: "zehn Mark Silber".
_NUMBER = re.compile(
    r"(?:\d|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zig|ßig|"
    r"hundert|tausend|Millionen|Milliarden|paar|viele|Deutsche)\s\Z"
)

# Words that begin a sentence before a place, and no name of more words.
_FUNCTION_WORDS = frozenset(
    """
    Aber Als Also Am An Auch Auf Aus Außer Außerhalb Bei Beim Bis Da Dabei Dann Das
    Dass Dem Den Denn Der Des Die Dies Diese Dieser Dieses Doch Durch Ein Eine Einem
    Einen Einer Er Es Für Ganz Gegen Gegenüber Hat Hatte Hier Hinter Ich Ihr Im In
    Innerhalb Ins Ist Ja Jetzt Kein Keine Mit Nach Nahe Nein Neben Nicht Nur Ob Obwohl
    Oder Ohne Seit Sie So Statt Trotz Um Und Unter Vom Von Vor Warum Was Weder Weil
    Wenn Wer Wie Wir Wird Wo Während Zu Zum Zur Zwischen Über
    """.split()
)


def check_names(source: str, target: str) -> list[Finding]:
    """Find names that are gone, or have become others.

    German writes every noun with a capital, so that a capital alone is no evidence.
    A word counts as a name if it stands after a title or a first name, or if it is a
    place that English calls otherwise. Other names are not looked after.

    >>> [found.message for found in
    ...     check_names("Frau Müller lachte.", "Mrs Fischer laughed.")]
    ['Müller became Fischer']
    """
    sure, named = names(source), list(places(source))
    if not sure and not named:
        return []
    spoken = _Spoken(source, target)
    lost = [(name, span) for name, span in sure if not spoken.has(name)]
    new = _new_names(source, target) if lost else []
    findings = []
    for name, span in lost:
        if new:
            other, place = new.pop(0)
            message = f"{name} became {other}"
            findings.append(Finding(KIND, "major", message, span, place))
        else:
            findings.append(_missing(name, span))
    findings += [_missing(*one) for one in named if not says_place(target, one[0])]
    return sorted(findings, key=lambda finding: finding.source or (0, 0))


def _missing(name: str, span: Span) -> Finding:
    return Finding(KIND, "minor", f"{name} is missing", span, None)


def names(source: str) -> list[tuple[str, Span]]:
    """Return the words of a German text that are surely names, and where they are."""
    words = [(match.group(), match.span()) for match in _NAME.finditer(source)]
    found: dict[Span, str] = {}
    after_title: Span | None = None
    for (before, first), (word, span) in pairwise(words):
        if word in _NO_SURNAMES or word.isupper():
            continue
        if word in TITLES and not _is_surname_too(before, word, source[span[1] :]):
            continue
        if {word, word.removesuffix("s")} & EXONYMS.keys():  # "Präsident Frankreichs"
            continue
        gap = source[first[1] : span[0]]
        titled = before in TITLES and (
            gap in _SPACES or (gap == ". " and before in ("Prof", "Dr"))
        )
        # "Frau Ines Kolbe": what follows a title may be a first name.
        named = first == after_title or (
            before in first_names()
            and not (before == "Mark" and _NUMBER.search(source[: first[0]]))
        )
        if titled and _is_titled(before, word, source[: first[0]], source[span[1] :]):
            found[span] = word
            after_title = span
        elif named and gap in _SPACES:
            found[first] = before
            found[span] = word
        elif gap in _SPACES and _is_office_of(before, word, source[: first[0]]):
            found[span] = word
            after_title = span
    return [(word, span) for span, word in sorted(found.items())]


def _is_surname_too(title: str, word: str, behind: str) -> bool:
    """Say whether a word that is a title is a name here: "Richter Richter rief"."""
    return title in TITLES and word in SURNAMES and not _ANOTHER.match(behind)


def _is_titled(title: str, word: str, before: str, behind: str) -> bool:
    """Say whether a word behind a title is a name.

    With an article any noun may follow: "hat der Minister Hilfen versprochen". So it is
    one that is known for a name, or that German is not known to have, or it stands
    before such a word: "hat der Minister Kais Quedel".
    """
    if title in _BEFORE_NAMES_ALONE or not has_determiner(before):
        return True
    if word in SURNAMES or word in first_names() | shared_names():
        return True
    another = _ANOTHER.match(behind)
    return bool(unknown_parts(word, "de")) or (
        another is not None and bool(unknown_parts(another[1], "de"))
    )


def _is_office_of(office: str, word: str, before: str) -> bool:
    """Say whether a noun is the office of whom the word behind it names.

    With an article any noun may follow: "gab der Kapitän Entwarnung", and without one
    those that German has: "Leiterin Vertrieb". So it is a first name, or without one a
    frequent surname or no German word.
    """
    if office in first_names() or not OFFICE.search(office):  # Valentin, Kristin
        return False
    if word in first_names():
        return True
    if has_determiner(before):
        return False
    return word in SURNAMES or bool(unknown_parts(word, "de"))


def has_determiner(before: str) -> bool:
    """Say whether a noun has an article or the like, before its adjectives."""
    for word in reversed(before.split()):
        if word.lower() in DETERMINERS or re.fullmatch(r"[A-ZÄÖÜ]\w*s", word):
            return True
        if word in SAYS or not _ADJECTIVE.fullmatch(word):
            return False
    return False


def places(source: str) -> Iterator[tuple[str, Span]]:
    """Yield the places of a German text that English calls otherwise.

    Each by its name in ``EXONYMS``, and where it is.
    """
    for match in _NAME.finditer(source):
        word = match.group()
        name = word if word in EXONYMS else word.removesuffix("s")
        # Not in "Deutsche Bank Österreich", "Bayern München": names of their own.
        before = re.search(r"[A-ZÄÖÜ]\w*\Z", source[: match.start()].rstrip(" "))
        after = source[match.end() : match.end() + 2]
        stands_alone = before is None or before.group() in _FUNCTION_WORDS
        if name in EXONYMS and stands_alone and not re.match(r" [A-ZÄÖÜ]", after):
            yield name, match.span()


def sounds(name: str) -> str:
    """Write a name as both languages pronounce it, roughly.

    >>> sounds("Tschernobyl") == sounds("Chernobyl")
    True
    """
    folded = fold(name)
    for german, english in _SOUNDS:
        folded = folded.replace(german, english)
    return folded


class _Spoken:
    """The words of a translation, ready to be looked up."""

    def __init__(self, source: str, target: str) -> None:
        words = [part for word in _TOKEN.findall(target) for part in _parts(word)]
        self._folded = {fold(word) for word in words}
        # What the source has as it is stands for itself and for no other name.
        theirs = (part for word in _TOKEN.findall(source) for part in _parts(word))
        left = Counter(words) - Counter(theirs)
        self._sounds = {sounds(word) for word in left if word[:1].isupper()}
        self._text = fold(" " + target)

    def has(self, name: str) -> bool:
        """Say whether *name* is there in any spelling, or a part of it."""
        return any(self._has(part) for part in _parts(name))

    def _has(self, name: str) -> bool:
        wanted = fold(name)
        if wanted in self._folded or _bare(wanted) in self._folded:
            return True
        if len(wanted) >= 4 and _bare(wanted) in self._text:
            return True
        spelled = sounds(name)
        return any(
            SequenceMatcher(None, spelled, other, autojunk=False).ratio() >= ALIKE
            and not _is_torn_off(other, spelled)
            for other in self._sounds
        )


def _is_torn_off(piece: str, name: str) -> bool:
    """Say whether a word is a mere piece of a name: "flour Dorn" is no Mehldorn."""
    lacks = len(name) - len(piece)
    return lacks >= LEFT_OVER and (name.endswith(piece) or name.startswith(piece))


def says_name(source: str, target: str, name: str) -> bool:
    """Say whether a translation has a name of its source, or one that sounds like it.

    >>> says_name("Tschernobyls Erbe", "Chernobyl's past", "Tschernobyl")
    True
    >>> says_name("Funk von Suncor", "Radio of Suncor", "Funk")
    False
    >>> says_name("Mehldorn sagte zu", "Flour Dorn agreed", "Mehldorn")
    False
    """
    return _Spoken(source, target).has(name)


def says_place(target: str, name: str) -> bool:
    """Say whether an English text has a place of ``EXONYMS`` in any of its ways."""
    text = fold(" " + target)
    ways = (*EXONYMS[name], fold(name))
    return any(re.search(rf"(?<!\w){re.escape(way)}", text) for way in ways)


def _parts(word: str) -> list[str]:
    return [word, *(part for part in re.split(r"[-’'.]", word) if len(part) > 1)]


def _bare(name: str) -> str:
    """Take the genitive from a German name."""
    return name.removesuffix("s") if len(name) > 3 else name


SENTENCE_START = re.compile(r"(?:\A|[.!?:…]\s+)[\"“”'‘„»(]*\Z")
# Capitals in English that are no names of persons.
NO_NAMES = frozenset(
    """
    I Mr Mrs Ms Dr Prof Sir Lady Lord The A An In On At He She It They We You And But
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March
    April May June July August September October November December German Germans
    Germany English British American French President Chancellor Minister Prime Mayor
    Judge Professor Pope King Queen Prince Princess General Senator Governor EU US UK
    """.split()
)


def _new_names(source: str, target: str) -> list[tuple[str, Span]]:
    """Return capitalised words of the target that nothing in the source is like."""
    theirs = {sounds(match.group()) for match in _NAME.finditer(source)}
    new = []
    for match in _NAME.finditer(target):
        word = match.group()
        if word in NO_NAMES or word.removesuffix("'s") in NO_NAMES:
            continue
        if SENTENCE_START.search(target[: match.start()]) and (
            word not in first_names()
        ):
            continue
        spelled = sounds(re.sub(r"[’']s\Z", "", word))
        if not any(
            SequenceMatcher(None, spelled, other, autojunk=False).ratio() >= ALIKE
            for other in theirs
        ):
            new.append((re.sub(r"[’']s\Z", "", word), match.span()))
    return new
