"""Letters and signs that a model has no piece for: Łódź, Győr, m², CO₂, § 5, ©.

A model spells such a character in bytes, mostly wrongly, or leaves it out. It is given
the nearest that it knows (Lodz, m2), and gets the word back as it was written; what has
nothing near (Правда, μg) is to be copied.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate.numbers import in_english
from satzpaar.translate.protection import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

# Latin letters that Unicode does not take apart into a letter and an accent.
_LETTERS = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ı": "i",
    "ħ": "h", "Ħ": "H", "ŋ": "ng", "Ŋ": "Ng", "ŧ": "t", "Ŧ": "T", "ə": "e", "Ə": "E",
    "ẞ": "SS",
}  # fmt: skip
# Marks for which others stand as well; they need not come back.
_MARKS = {
    "″": '"', "‟": '"', "❝": '"', "❞": '"', "′": "'", "‛": "'", "‹": "'", "›": "'",
    "‐": "-", "‑": "-", "‒": "–", "―": "–", "⸺": "–",
}  # fmt: skip
_SIGNS = {"©": "(c)", "®": "", "™": "", "−": "-", "⁄": "/"}
_PUNCTUATION_THAT_MATTERS = frozenset("§¶†‡‰")
_MATTER = frozenset(("So", "Sc", "Sm", "No", "Nl"))  # of Unicode's categories
_AVERAGE = re.compile(r"(?<!\w)Ø(?=-\w|\s[^\W\d_])")
_SHORT = 2  # letters of words that English is likely to have, too: Mỹ, Ås
_RUN = re.compile(r"\S+")
_SECTION = re.compile(r"(§§?)\s?(?=\w)")
_SUPERSCRIPTS = re.compile(r"[²³¹⁰⁴-⁹]+\Z")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in letters that a model knows, and what its words were before."""

    text: str
    source: str = ""  # the text before
    words: tuple[tuple[str, str], ...] = ()  # as they are now, as they were

    def restored(self, target: str) -> str:
        """Put the words of the source into a translation that has them plainly."""
        for plain, original in self.words:
            changed = _put_back(self.source, target, plain, original)
            if changed == target:  # Lodz for Lódz
                changed = _put_back(self.source, target, _bare(plain), original)
            if changed == target:  # a decimal comma before a footnote's number
                changed = _put_back(
                    self.source, target, in_english(plain), in_english(original)
                )
            if changed == target and (raised := _SUPERSCRIPTS.search(original)):
                digits = unicodedata.normalize("NFKC", raised.group())
                changed = re.sub(  # a footnote's number, behind whatever word it is
                    rf"(?<=[^\W\d_]){digits}(?!\w)", raised.group(), target, count=1
                )
            target = changed
        return target


def _put_back(source: str, target: str, plain: str, original: str) -> str:
    """Put a word back as often as the source has it, where it most likely stood.

    The source may have the plain word, too ("Ore, Øre"), and the translation one that
    is written alike ("My mother lives in Mỹ Tho").
    """
    # A number stands before a unit; a possessive may stand behind a name.
    either = rf"(?<![^\W\d_])(?:{re.escape(original)}|{re.escape(plain)})(?!\w)"
    asked = [word == original for word in re.findall(either, source)]
    places = list(re.finditer(rf"(?<![^\W\d_]){re.escape(plain)}(?!\w)", target))
    if len(places) == len(asked):
        chosen = [place for place, is_it in zip(places, asked, strict=True) if is_it]
    elif len(plain) > _SHORT and all(asked):  # "Åsas", "Åsa"
        chosen = places
    else:  # the first word of a sentence has its capital anyway
        places.sort(key=lambda place: place.start() == 0)
        chosen = sorted(places[: sum(asked) or 1], key=lambda place: place.start())
    for place in reversed(chosen):
        target = target[: place.start()] + original + target[place.end() :]
    return target


class Alphabet:
    """What a model can read.

    Args:
        characters: Those that it has pieces for.
        language: Of the texts; in German, which None is taken for, § is a Paragraf.
    """

    def __init__(self, characters: Iterable[str], language: str | None = "de") -> None:
        self._characters = frozenset(characters)
        self._german = language in ("de", None)
        self._marks = str.maketrans(
            {mark: _MARKS[mark] for mark in _MARKS.keys() - self._characters}
        )

    def plain(self, text: str) -> Plain:
        """Write a text in characters that the model knows; others stay as they are.

        >>> letters = Alphabet("abcdefghijklmnopqrstuvwxyzGL25. ")
        >>> letters.plain("Győr, Łódź, 5 km².").text
        'Gyor, Lodz, 5 km2.'
        """
        source = text
        text = text.translate(self._marks)
        if not self._is_lacking(text):
            return Plain(text, source)
        if self._german and "§" not in self._characters:
            text = _SECTION.sub(_spelled_section, text)
        if self._german and "Ø" not in self._characters:
            text = _AVERAGE.sub("Durchschnitt", text)
        words: list[tuple[str, str]] = []

        def rewritten(match: re.Match[str]) -> str:
            run = match.group()
            start, end = self._core(run)
            core = run[start:end]
            if not self._is_lacking(core):
                return run
            plain = self._written(core)
            if not plain:
                return run  # foreign
            parts, originals = plain.split("-"), core.split("-")
            if len(parts) != len(originals):
                parts, originals = [plain], [core]
            words.extend(
                (part, original)
                for part, original in zip(parts, originals, strict=True)
                if part != original and (len(part) > 1 or part.isalpha())
            )
            return run[:start] + plain + run[end:]

        plain_text = _RUN.sub(rewritten, text)
        return Plain(plain_text, source, tuple(dict.fromkeys(words)))

    def foreign(self, text: str) -> list[Span]:
        """Return the words that have no plain form and are best copied, in order."""
        spans: list[Span] = []
        if not self._is_lacking(text):
            return spans
        averages = {match.start() for match in _AVERAGE.finditer(text)}
        for match in _RUN.finditer(text):
            start, end = self._core(match.group())
            core = match.group()[start:end]
            is_average = self._german and match.start() + start in averages
            if core and not is_average and not self._written(core):
                spans.append(Span(match.start() + start, match.start() + end))
        return spans

    def _is_lacking(self, text: str) -> bool:
        return not text.isascii() and any(
            letter not in self._characters and _matters(letter) for letter in text
        )

    def _written(self, word: str) -> str:
        """Write a word plainly; nothing: there is no way.

        1½ is 1 1/2; a raised number behind another is left out, as 12¹ is not 121.
        """
        if word in ("Ø", "ø") and word not in self._characters:
            return ""  # a diameter or an average, not an O
        written = ""
        for letter in word:
            nearest = self._nearest(letter)
            if nearest is None:
                return ""
            if nearest != letter and written[-1:].isdigit() and nearest[:1].isdigit():
                nearest = f" {nearest}" if "/" in nearest else ""
            written += nearest
        return written

    def _nearest(self, letter: str) -> str | None:
        """Return what the model knows that is like a character; None: nothing."""
        if letter.isascii() or letter in self._characters or not _matters(letter):
            return letter
        if letter == "§" and self._german:
            return "Paragraf"
        if letter in _SIGNS:
            return _SIGNS[letter]
        if letter in _LETTERS:
            return _LETTERS[letter]
        apart = unicodedata.normalize("NFKD", letter)
        bare = "".join(_SIGNS.get(c, c) for c in apart if not unicodedata.combining(c))
        if bare == letter:
            return None
        known = (c.isascii() or c in self._characters for c in bare)
        return bare if bare and all(known) else None

    def _core(self, run: str) -> tuple[int, int]:
        """Leave out the punctuation around a word."""
        inner = [n for n, letter in enumerate(run) if _matters(letter)]
        return (inner[0], inner[-1] + 1) if inner else (0, 0)


def _matters(letter: str) -> bool:
    """Say whether a character is more than a mark that models take for another."""
    return (
        letter.isalnum()
        or letter in _PUNCTUATION_THAT_MATTERS
        or unicodedata.category(letter) in _MATTER
    )


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _spelled_section(match: re.Match[str]) -> str:
    return "Paragrafen " if match[1] == "§§" else "Paragraf "
