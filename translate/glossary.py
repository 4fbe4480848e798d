"""Terms that are to be said in one way, found in a text in whatever form they stand.

German declines what a glossary lists in one form: "Wärmepumpe" is also in "der
Wärmepumpen", "erneuerbare Energie" in "mit erneuerbaren Energien".
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from satzpaar.translate.casing import is_shouted
from satzpaar.translate.checks.names import SENTENCE_START
from satzpaar.translate.english_forms import is_plural, plural, verb_forms
from satzpaar.translate.german_forms import WordForms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.translate.stretches import Span

_WORD: Final = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")
_INFINITIVE: Final = ("en", "eln", "ern")
# How glossaries list nouns and verbs: the federal government, to lodge.
_PARTICLE: Final = re.compile(r"\A(?:the|an?|to) (?=\S)")
# Letters that all forms of a word begin with, but for umlauts, by the word's length.
_KEYS: Final = {1: 1, 2: 2, 3: 2, 4: 2, 5: 3}
_LONGEST_KEY: Final = 4


@dataclass(frozen=True, slots=True)
class Term:
    """A word or some, and what they are to be in the other language."""

    source: str
    target: str
    inflects: bool = True  # the target is English, whose forms are known

    @property
    def is_noun(self) -> bool:
        """Whether it is one, as German shows it: by the capital of its last word."""
        *_, last = _WORD.finditer(self.source)
        return last.group()[0].isupper()

    @property
    def is_kept(self) -> bool:
        """Whether it is to be left as it is."""
        return self.source == self.target


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term where it stands in a source."""

    term: Term
    span: Span
    words: range  # numbers of the words, parted by white space, that it is in


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term, and how its words are known."""

    term: Term
    words: tuple[WordForms, ...]
    # What stands before, between and behind its words, such as "§ ", " " and "++".
    gaps: tuple[str, ...]


class Glossary:
    """Terms, found by their words; the longest where several begin.

    A term as it is listed comes before another one of which it may be a form. Capitals
    matter: "Grüne" is not "grün". A term in small letters may begin a sentence, and a
    text in capitals is read without regard to them. A part of a compound is no term.

    Args:
        terms: Source and target. Of several with one source the first counts; one
            without a word, or without a target, is left out. "the", "a" and "to" at
            the start of a target are not part of it.
        declines: Whether the source is German, whose words have other forms.
        inflects: Whether the target is English, whose words have.
    """

    def __init__(
        self,
        terms: Iterable[tuple[str, str]],
        *,
        declines: bool = True,
        inflects: bool = True,
    ) -> None:
        self._terms: dict[str, Term] = {}
        self._by_key: dict[str, list[_Entry]] = {}
        for source, target in terms:
            tidy, wanted = " ".join(source.split()), " ".join(target.split())
            if inflects and tidy != wanted:
                wanted = _PARTICLE.sub("", wanted)
            if not _WORD.search(tidy) or not wanted or tidy in self._terms:
                continue
            term = self._terms[tidy] = Term(tidy, wanted, inflects)
            entry = _entry(term, declines=declines)
            key = _key(entry.words[0].base)
            self._by_key.setdefault(key, []).append(entry)

    def __len__(self) -> int:
        return len(self._terms)

    def occurrences(self, text: str) -> list[Occurrence]:
        """Return the terms of a text in order, apart from each other.

        >>> glossary = Glossary([("Wärmepumpe", "heat pump")])
        >>> [found.term.target for found in glossary.occurrences("Die Wärmepumpen")]
        ['heat pump']
        """
        places = [match.span() for match in _WORD.finditer(text)]
        shouted = is_shouted(text)
        found = []
        at = 0
        while at < len(places):
            entry = self._at(text, places[at:], shouted=shouted)
            if entry is None:
                at += 1
                continue
            last = at + len(entry.words) - 1
            span = places[at][0] - len(entry.gaps[0]), places[last][1]
            words = _words_in(text, span)
            span = span[0], span[1] + len(entry.gaps[-1])
            found.append(Occurrence(entry.term, span, words))
            at = last + 1
        return found

    def _at(self, text: str, places: Sequence[Span], *, shouted: bool) -> _Entry | None:
        """Return the term that begins at the first of some words."""
        first = text[slice(*places[0])]
        best, exact = None, False
        for entry in self._alike(first):
            if best is not None and len(entry.words) < len(best.words):
                break
            there = places[: len(entry.words)]
            if not _has_gaps(text, there, entry.gaps):
                continue
            words = [text[slice(*place)] for place in there]
            if not shouted and not entry.words[0].base[0].isupper():
                words[0] = _small(text, there[0])
            as_listed = [word.base for word in entry.words] == words
            if (as_listed and not exact) or (
                best is None
                and all(
                    wanted.has(word, folded=shouted)
                    for word, wanted in zip(words, entry.words, strict=True)
                )
            ):
                best, exact = entry, as_listed
        return best

    def _alike(self, word: str) -> Iterator[_Entry]:
        """Yield the terms that a form of *word* may begin, the longest first."""
        folded = _folded(word)
        keys = dict.fromkeys(folded[:length] for length in range(_LONGEST_KEY, 0, -1))
        alike = [entry for key in keys for entry in self._by_key.get(key, ())]
        return iter(sorted(alike, key=lambda entry: -len(entry.words)))

    def whole(self, text: str) -> Term | None:
        """Return the term that a text consists of as it is listed, but for capitals."""
        found = self.occurrences(text)
        if len(found) == 1 and found[0].span == (0, len(text)):
            term = found[0].term
            if term.source.casefold() == text.casefold():
                return term
        return None


def words_of(found: Iterable[Occurrence]) -> frozenset[int]:
    """Return the numbers of the words of the source that are in a term."""
    return frozenset(number for occurrence in found for number in occurrence.words)


def missing(found: Sequence[Occurrence], target: str) -> list[Occurrence]:
    """Return the occurrences for which a translation does not have the term.

    In one of its forms, and as often as the source has it; of one that comes more often
    in the source than in the target, the last are missing. "heat pump" does not say
    "pump".
    """
    said = said_forms([occurrence.term for occurrence in found], target)
    left = []
    for occurrence in found:
        ways = (form.casefold() for form in forms(occurrence.term))
        there = next((form for form in ways if said[form] > 0), None)
        if there is None:
            left.append(occurrence)
        else:
            said[there] -= 1
    return left


def said_forms(terms: Iterable[Term], target: str) -> Counter[str]:
    """Count how often a translation has each form of some terms, without capitals."""
    wanted = {form for term in terms for form in forms(term)}
    if not wanted:
        return Counter()
    longest_first = sorted(wanted, key=lambda form: (-len(form), form))
    pattern = rf"(?<![\w-])(?:{'|'.join(map(_pattern, longest_first))})(?![\w-])"
    return Counter(match.group().casefold() for match in re.finditer(pattern, target))


def forms(term: Term) -> tuple[str, ...]:
    """Return how a term may stand in English, as the glossary has it first.

    A noun also in the plural, a verb in all its forms; what is kept, as it is.

    >>> forms(Term("Wärmepumpe", "heat pump"))
    ('heat pump', 'heat pumps')
    """
    found = [term.target]
    if not term.inflects or term.is_kept:
        pass
    elif term.is_noun:
        if not is_plural(term.target):
            found.append(plural(term.target))
    elif term.source.endswith(_INFINITIVE):
        found += verb_forms(term.target)
    return tuple(dict.fromkeys(found))


def _pattern(form: str) -> str:
    """Write a form as a pattern; its first letter may be a capital, or all of it."""
    if form.islower():
        return rf"(?i:{re.escape(form)})"
    first = "".join(sorted({form[0].lower(), form[0].upper()}))
    written = rf"[{first}]{re.escape(form[1:])}" if form[0].isalpha() else None
    return rf"(?:{written or re.escape(form)}|{re.escape(form.upper())})"


def _entry(term: Term, *, declines: bool) -> _Entry:
    places = [match.span() for match in _WORD.finditer(term.source)]
    edges = [0, *(edge for place in places for edge in place), len(term.source)]
    gaps = [
        term.source[start:end]
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    words = [
        WordForms(
            term.source[slice(*place)],
            declines=declines,
            before_noun=number < len(places) - 1,
        )
        for number, place in enumerate(places)
    ]
    return _Entry(term, tuple(words), tuple(gaps))


def _has_gaps(text: str, places: Sequence[Span], gaps: Sequence[str]) -> bool:
    """Say whether nothing but what a term has stands between the words of a text."""
    if len(places) < len(gaps) - 1:
        return False
    start, end = places[0][0], places[-1][1]
    if text[max(0, start - len(gaps[0])) : start] != gaps[0]:
        return False
    if text[end : end + len(gaps[-1])] != gaps[-1]:
        return False
    outer = text[:start].removesuffix(gaps[0])[-1:], text[end + len(gaps[-1]) :][:1]
    if "-" in outer:  # half a compound
        return False
    return all(
        " ".join(text[one[1] : other[0]].split()) == gap.strip()
        for one, other, gap in zip(places, places[1:], gaps[1:-1], strict=False)
    )


def _small(text: str, place: Span) -> str:
    """Return a word in small letters if only its sentence gives it a capital."""
    word = text[slice(*place)]
    if word[0].isupper() and SENTENCE_START.search(text[: place[0]]):
        return word[0].lower() + word[1:]
    return word


def _words_in(text: str, span: Span) -> range:
    """Return the numbers of the words, parted by white space, that a span is in."""
    first = len(text[: span[0]].split())
    if span[0] and not text[span[0] - 1].isspace():
        first -= 1  # within a word: behind a bracket or a quote
    return range(first, len(text[: span[1]].split()))


def _key(word: str) -> str:
    return _folded(word)[: _KEYS.get(len(word), _LONGEST_KEY)]


def _folded(word: str) -> str:
    return word.casefold().translate(_PLAIN_VOWELS)


_PLAIN_VOWELS: Final = str.maketrans("äöü", "aou")
