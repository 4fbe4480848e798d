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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from satzpaar.translate.stretches import Span

_WORD: Final = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")

# What German puts behind a noun; "innen" is for Lehrerin, Lehrerinnen.
_NOUN_ENDINGS = frozenset("e en ens er ern es n nen ns s se sen ses".split())
_ADJECTIVE_ENDINGS = ("er", "es", "em", "en", "e")
_VERB_ENDINGS = ("t", "te", "ten", "st", "tet", "end", "ende", "enden", "ender")
# Endings that a plural has another one for: Museum, Virus, Firma, Thema, Stadion.
_FOREIGN_ENDINGS = ("um", "us", "a", "on")
_INFINITIVE = ("en", "eln", "ern")
_UMLAUTS = {"au": "äu", "a": "ä", "o": "ö", "u": "ü"}
_LAST_VOWEL = re.compile(r"(au|[aou])(?=[^aeiouäöü]*(?:e[lnr])?\Z)")

_KEY = 2  # letters that all forms of a word begin with, but for umlauts
_SHORTEST_STEM = 3  # letters


@dataclass(frozen=True, slots=True)
class Term:
    """A word or some, and what they are to be in the other language."""

    source: str
    target: str

    @property
    def is_noun(self) -> bool:
        """Whether it is one, as German shows it: by the capital of its last word."""
        return self.source.split()[-1][0].isupper()

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


class Glossary:
    """Terms, found by their words; the longest where several begin.

    Capitals matter: "Grüne" is not "grüne". A term in small letters may begin a
    sentence, and a text in capitals is read without regard to them. A part of a
    compound is no term.

    Args:
        terms: Source and target. Of several with one source the first counts.
        declines: Whether to find other forms of the words, as German has them.
    """

    def __init__(
        self, terms: Iterable[tuple[str, str]], *, declines: bool = True
    ) -> None:
        self._declines = declines
        self._terms: dict[tuple[str, ...], Term] = {}
        self._by_key: dict[str, list[tuple[str, ...]]] = {}
        for source, target in terms:
            words = tuple(_WORD.findall(source))
            if words and words not in self._terms:
                term = Term(" ".join(source.split()), " ".join(target.split()))
                self._terms[words] = term
                self._by_key.setdefault(_key(words[0]), []).append(words)
        for alike in self._by_key.values():
            alike.sort(key=len, reverse=True)

    def __len__(self) -> int:
        return len(self._terms)

    def occurrences(self, text: str) -> list[Occurrence]:
        """Return the terms of a text in order, apart from each other.

        >>> glossary = Glossary([("Wärmepumpe", "heat pump")])
        >>> [found.term.target for found in glossary.occurrences("Die Wärmepumpen")]
        ['heat pump']
        """
        places = [match.span() for match in _WORD.finditer(text)]
        words = [text[slice(*place)] for place in places]
        shouted = is_shouted(text)
        found = []
        at = 0
        while at < len(words):
            begins = bool(SENTENCE_START.search(text[: places[at][0]]))
            for wanted in self._by_key.get(_key(words[at]), ()):
                stop = at + len(wanted)
                if self._is(wanted, words[at:stop], begins=begins, shouted=shouted):
                    span = places[at][0], places[stop - 1][1]
                    first = len(text[: span[0]].split())
                    if span[0] and not text[span[0] - 1].isspace():
                        first -= 1  # within a word: behind a bracket or a quote
                    last = len(text[: span[1]].split())
                    found.append(
                        Occurrence(self._terms[wanted], span, range(first, last))
                    )
                    at = stop - 1
                    break
            at += 1
        return found

    def whole(self, text: str) -> Term | None:
        """Return the term that a text consists of, if it does."""
        found = self.occurrences(text)
        if len(found) == 1 and found[0].span == (0, len(text)):
            return found[0].term
        return None

    def _is(
        self,
        wanted: tuple[str, ...],
        words: list[str],
        *,
        begins: bool,
        shouted: bool,
    ) -> bool:
        """Say whether words are those of a term, in whatever form."""
        if len(words) < len(wanted):
            return False
        for number, (word, base) in enumerate(zip(words, wanted, strict=True)):
            noun = base[0].isupper()
            if shouted:
                word, base = word.lower(), base.lower()
            elif begins and not number and not noun:
                word = word[0].lower() + word[1:]
            if word == base:
                continue
            if not self._declines or not _is_form(word, base, noun=noun):
                return False
        return True


def forms(term: Term) -> tuple[str, ...]:
    """Return how a term may stand in English, as the glossary has it first.

    A noun also in the plural, a verb in all its forms; what is kept, as it is.

    >>> forms(Term("Wärmepumpe", "heat pump"))
    ('heat pump', 'heat pumps')
    """
    if term.is_kept:
        return (term.target,)
    if term.is_noun and not is_plural(term.target):
        return tuple(dict.fromkeys((term.target, plural(term.target))))
    if not term.is_noun and term.source.endswith(_INFINITIVE):
        return tuple(dict.fromkeys((term.target, *verb_forms(term.target))))
    return (term.target,)


def missing(found: Sequence[Occurrence], target: str) -> list[Occurrence]:
    """Return the occurrences for which a translation does not have the term.

    In one of its forms, and as often as the source has it; of one that comes more often
    in the source than in the target, the last are missing.
    """
    said = Counter(
        {
            term: _times_said(term, target)
            for term in {occurrence.term for occurrence in found}
        }
    )
    left = []
    for occurrence in found:
        if said[occurrence.term] > 0:
            said[occurrence.term] -= 1
        else:
            left.append(occurrence)
    return left


def _key(word: str) -> str:
    folded = word.casefold().replace("ä", "a").replace("ö", "o").replace("ü", "u")
    return folded[:_KEY]


def _is_form(word: str, base: str, *, noun: bool) -> bool:
    """Say whether a German word is a form of another one.

    >>> _is_form("Rathäuser", "Rathaus", noun=True)
    True
    """
    if noun:
        return any(
            word.startswith(stem) and word[len(stem) :] in endings
            for stem, endings in _noun_stems(base)
        )
    stem = base
    for ending in (*_ADJECTIVE_ENDINGS, "n"):
        if base.endswith(ending) and len(base) >= len(ending) + _SHORTEST_STEM:
            stem = base.removesuffix(ending)
            break
    if not word.startswith(stem):
        return False
    rest = word[len(stem) :]
    return rest in ("", *_ADJECTIVE_ENDINGS) or (
        base.endswith("n") and rest in _VERB_ENDINGS
    )


def _noun_stems(base: str) -> list[tuple[str, frozenset[str] | tuple[str, ...]]]:
    """Return what forms of a noun begin with, each with what may follow."""
    stems: list[tuple[str, frozenset[str] | tuple[str, ...]]] = [
        (base, _NOUN_ENDINGS),
        (
            _LAST_VOWEL.sub(lambda found: _UMLAUTS[found[1]], base, count=1),
            (*_NOUN_ENDINGS, ""),
        ),
    ]
    if base.endswith("e"):  # Angehörige
        stems.append((base[:-1], _ADJECTIVE_ENDINGS))
    if base.endswith(("ter", "nder")):  # Abgeordneter, Vorsitzender
        stems.append((base[:-2], ("e", "en", "em")))
    return stems + [
        (base.removesuffix(ending), ("en", "a"))
        for ending in _FOREIGN_ENDINGS
        if base.endswith(ending) and len(base) >= len(ending) + _SHORTEST_STEM
    ]


def _times_said(term: Term, target: str) -> int:
    written = "|".join(re.escape(form) for form in sorted(forms(term), key=len)[::-1])
    # What the glossary writes in small letters may begin a sentence or be shouted.
    flags = 0 if re.search(r"[A-Z]", term.target) else re.IGNORECASE
    shouted = "" if flags else f"|{written.upper()}"
    pattern = rf"(?<![\w-])(?:{written}{shouted})(?![\w-])"
    return len(re.findall(pattern, target, flags))
