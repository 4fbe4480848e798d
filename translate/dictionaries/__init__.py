"""What German words are in English: a lexicon of word forms.

Made by ``benchmarks/make_lexicon.py`` of bitexts and of a written dictionary. It knows
far more of the seldom words than a small model can learn from the same text.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from satzpaar.translate.lexicon import JOINTS
from satzpaar.translate.read_ahead import read_once

if TYPE_CHECKING:
    from collections.abc import Iterator

# The letters of the shortest parts that compounds are cut into.
_SHORTEST = 4

_DECLENSION = ("en", "es", "em", "e")

# What stands before an English word that the bitexts have, on a line of its own.
_ENGLISH: Final = "="


@dataclass(frozen=True, slots=True)
class Entry:
    """A German word form in English."""

    translations: tuple[str, ...]  # the most frequent first; words parted by spaces
    sure: bool  # it is mostly the first of them
    written: bool = False  # of the written dictionary, which knows no capitals


class Dictionary:
    """The forms of a file, sorted, and looked up as they stand there.

    Nothing is made of its lines before it is asked for: reading them all takes longer
    than an article.

    Args:
        lines: ``form TAB +|-|* TAB translation TAB ...`` and ``=word``, in the order
            of their bytes, each with its line feed. ``+`` is sure, ``*`` is written, in
            small letters and with ss for ß.
    """

    def __init__(self, lines: bytes) -> None:
        self._lines = lines

    def entry(self, word: str, *, begins: bool = False) -> Entry | None:
        """Look a word up, or a form of it that is the same in English.

        Args:
            word: As it stands in a text.
            begins: Whether its capital may be that of a sentence.
        """
        found = self._as_written(word, begins=begins)
        if found is not None:
            return found
        for other in _declined(word):
            found = self._as_written(other, begins=begins)
            # What ends in s may be a plural, or a verb of another person; what is the
            # same in English is a name: Connor is not Connors.
            if (
                found is not None
                and found.sure
                and found.translations[0][-1] != "s"
                and found.translations[0] != other
            ):
                return found
        return None

    def _as_written(self, word: str, *, begins: bool) -> Entry | None:
        small = word[:1].lower() + word[1:]
        return (
            (self._found(small) if begins else None)
            or self._found(word)
            or self._found(word.casefold(), written=True)
        )

    def compound(self, word: str) -> str | None:
        """Put together what the two parts of a compound are; None: one is unknown.

        The last part is the longest that is known, so that it is cut as late as it
        has to be.
        """
        is_noun = word[:1].isupper()
        for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
            begun, ended = word[:at], word[at:]
            last = self.entry(ended.capitalize() if is_noun else ended)
            if last is None:
                continue
            for joint in JOINTS:
                part = begun.removesuffix(joint)
                if not begun.endswith(joint) or len(part) < _SHORTEST:
                    continue
                first = self.entry(part.capitalize()) or self.entry(part.lower())
                if first is not None:
                    return f"{first.translations[0]} {last.translations[0]}"
        return None

    def has_english(self, word: str) -> bool:
        """Say whether the English of the bitexts has a word, in small letters."""
        return self._line(f"{_ENGLISH}{word}\n".encode()) is not None

    def has_german(self, form: str) -> bool:
        """Say whether the German of the bitexts has a form, small or large as here."""
        found = self._found(form)
        return found is not None and not found.written

    def _found(self, form: str, *, written: bool = False) -> Entry | None:
        line = self._line(f"{form}\t".encode())
        if line is None:
            return None
        _, kind, *translations = line.split("\t")
        if written and kind != "*":
            return None
        return Entry(tuple(translations), kind != "-", kind == "*")

    def _line(self, beginning: bytes) -> str | None:
        """Return the line that begins so, without its line feed."""
        lines, low, high = self._lines, 0, len(self._lines)
        while low < high:
            start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = lines.index(b"\n", start) + 1
            if lines.startswith(beginning, start):
                return lines[start : end - 1].decode()
            if lines[start:end] < beginning:
                low = end
            else:
                high = start
        return None


def _declined(word: str) -> Iterator[str]:
    """Yield forms of a word that English does not tell apart from it.

    Those of an adjective, but for -er, which may be a comparative; the genitive of a
    noun, and what it is of.
    """
    if word[:1].islower():
        ending = next((one for one in _DECLENSION if word.endswith(one)), None)
        stem = word.removesuffix(ending or "")
        if ending and len(stem) >= _SHORTEST:
            yield from (stem + other for other in ("", *_DECLENSION) if other != ending)
        return
    for ending in ("es", "s"):
        yield word + ending
        if word.endswith(ending) and len(word) > _SHORTEST + len(ending):
            yield word.removesuffix(ending)


@read_once
def german_english() -> Dictionary:
    """Load the one that comes with us."""
    packed = files(__name__).joinpath("de-en.tsv.xz").read_bytes()
    return Dictionary(lzma.decompress(packed))
