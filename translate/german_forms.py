"""Forms of German words: what a noun, an adjective or a verb may end in.

Rules that err on the side of too few: Mieter is no form of Miete. What they miss a
glossary can list.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

_SHORTEST_STEM: Final = 3  # letters

# What German puts behind a noun; "nen" is for Lehrerin, "se" for Zeugnis.
_NOUN_ENDINGS: Final = tuple("e en ens es n nen ns s se sen ses".split())
_ER_PLURAL: Final = ("er", "ern")
_ADJECTIVE_ENDINGS: Final = ("e", "er", "es", "em", "en")
_VERB_ENDINGS: Final = ("t", "te", "ten", "st", "tet", "end", "ende", "enden", "ender")

# Endings that a plural has another one for: Museum, Virus, Firma, Stadion.
_FOREIGN_ENDINGS: Final = ("um", "us", "a", "on")
_NO_FOREIGN: Final = ("datum",)  # Daten are data

# Nouns with a plural in -er; of others that is who does it (Arbeit, Käufer).
_WITH_ER: Final = (
    "amt", "bad", "bild", "blatt", "brett", "buch", "dach", "denkmal", "dorf", "fach",
    "fass", "feld", "geld", "gesicht", "gespenst", "glas", "glied", "gott", "grab",
    "gras", "gut", "haupt", "haus", "holz", "horn", "huhn", "kalb", "kind", "kleid",
    "korn", "kraut", "lamm", "land", "licht", "lied", "loch", "mann", "mal", "maul",
    "mund", "nest", "pfand", "rad", "rand", "regiment", "rind", "schild", "schloss",
    "schwert", "spital", "strauch", "tal", "tuch", "tum", "volk", "wald", "wort",
    "wurm",
)  # fmt: skip

# Nouns that are declined as the adjectives and participles they are: Angehörige.
_LIKE_ADJECTIVE: Final = re.compile(
    r"""(?: \w{3}(?:ige|liche|lose|ische) | \w{2}[nrtgbdfhkmls]ende | \w{2}[aeo]nde
    | (?:ord|g|d|t|b)nete | \w(?:elte|erte|igte|ellte|ndte|nnte|ierte|etzte|affte)
    | fangene | offene | \w{2}gene | tote | kranke | grüne | linke | fremde | deutsche
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_LIKE_ADJECTIVE: Final = ("spende", "gemeinde", "legende", "wende")

_UMLAUTS: Final = {"au": "äu", "a": "ä", "o": "ö", "u": "ü"}
_LAST_VOWEL: Final = re.compile(
    r"(au|[aou])(?=[^aeiouäöü]*(?:e[lnr])?\Z)", re.IGNORECASE
)


class WordForms:
    """A German word, and whether others are forms of it.

    Args:
        base: The word as a dictionary lists it.
        declines: Whether it has other forms at all.
        before_noun: It is not the last of several words: an adjective may have any
            ending, and a capital ("Weißes Haus", "im Weißen Haus").

    >>> WordForms("Rathaus").has("Rathäuser"), WordForms("Miete").has("Mieter")
    (True, False)
    """

    def __init__(
        self, base: str, *, declines: bool = True, before_noun: bool = False
    ) -> None:
        self.base = base
        self._declines = declines
        self._before_noun = before_noun

    def has(self, word: str, *, folded: bool = False) -> bool:
        """Say whether a word is this one in some form.

        Args:
            word: As it stands in a text.
            folded: Pay no regard to capitals.
        """
        if folded:
            return word.casefold() in self._folded
        return word == self.base or word in self._forms

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(form.casefold() for form in {self.base, *self._forms})

    @cached_property
    def _forms(self) -> frozenset[str]:
        """All forms that the rules make; most are no words and do no harm."""
        if not self._declines or not self.base.isalpha():
            return frozenset()
        stems: list[tuple[str, tuple[str, ...]]] = []
        if self._before_noun:
            stems.append((_without(self.base, _ADJECTIVE_ENDINGS), _ADJECTIVE_ENDINGS))
        if self.base[0].isupper():
            stems += _noun_stems(self.base)
        else:
            stems += _other_stems(self.base)
        return frozenset(stem + ending for stem, endings in stems for ending in endings)


def _noun_stems(base: str) -> list[tuple[str, tuple[str, ...]]]:
    small = base.lower()
    with_er = _ER_PLURAL if small.endswith(_WITH_ER) else ()
    changed = _LAST_VOWEL.sub(
        lambda found: _like(found[1], _UMLAUTS[found[1].lower()]), base, count=1
    )
    stems: list[tuple[str, tuple[str, ...]]] = [(base, (*_NOUN_ENDINGS, *with_er))]
    if base.isupper():
        return [(base, ("s",))]
    if changed != base:
        stems.append((changed, ("", "e", "en", "n", *with_er)))
    bare = base.removesuffix("r") if small.endswith("er") else base
    if _LIKE_ADJECTIVE.search(bare) and not small.endswith(_NOT_LIKE_ADJECTIVE):
        stems.append((bare[:-1], _ADJECTIVE_ENDINGS))
    if not small.endswith(_NO_FOREIGN):
        stems += [
            (base.removesuffix(ending), ("en",))
            for ending in _FOREIGN_ENDINGS
            if small.endswith(ending) and len(base) >= len(ending) + _SHORTEST_STEM
        ]
    return stems


def _other_stems(base: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the stems of an adjective, or of a verb in the infinitive."""
    stems: list[tuple[str, tuple[str, ...]]] = [(base, _ADJECTIVE_ENDINGS)]
    if base.endswith(("el", "er")):  # dunkel, teuer: dunkle, teure
        stems.append((base[:-2] + base[-1], _ADJECTIVE_ENDINGS))
    if base.endswith("hoch"):
        stems.append((base[:-2] + "h", _ADJECTIVE_ENDINGS))
    stem = _without(base, ("en", "n"))
    if stem != base and base.endswith(("en", "eln", "ern")):
        stems.append((stem, _VERB_ENDINGS))
    return stems


def _without(base: str, endings: tuple[str, ...]) -> str:
    for ending in sorted(endings, key=len, reverse=True):
        if base.endswith(ending) and len(base) >= len(ending) + _SHORTEST_STEM:
            return base.removesuffix(ending)
    return base


def _like(letters: str, changed: str) -> str:
    return changed.capitalize() if letters[0].isupper() else changed
