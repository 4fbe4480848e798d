"""Whether a sentence ends after a word, by the word and by what follows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate.segmentation.anatomy import Beginning, Ending, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.segmentation.language import Language, Ordinals

_NUMBER = re.compile(r"\d+\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
_ORDINAL_RANGE = re.compile(r"\d{1,3}\.[-–/](?P<last>\d{1,3})\Z")
_DAY_AND_MONTH = re.compile(r"(?:[0-3]?\d)\.(?:[01]?\d)\Z")
_PART_OF_DATE = re.compile(r"\d{1,2}\.(?:\d{2}|\d{4})?\Z|\d{4}\b")
_SECOND_ORDINAL = re.compile(r"\d{1,3}\.[,;]?\Z")
_MINUTE = re.compile(r"[(\[]\d{1,3}\.")
_ANOTHER_MINUTE = re.compile(r"(?:[^\W\d_]|\A)/\d{1,3}\Z")  # Koch (46. Vogel/60. Lang)
_ENUMERATOR = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[IVX]{1,5})\Z")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_LETTERS = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]\Z")  # J, U.S, J.-P
_VOWEL = re.compile(r"[aeiouyäöüáàâéèêíìîóòôúùû]", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]]")
_NOTE = re.compile(r"\[\d+\]")
_LAST_PART = re.compile(r"[-–/(\[.]")

# Conjunctions between two ordinals: vom 18. bis 20. Juli.
_BETWEEN = frozenset(
    {"und", "oder", "bis", "bzw.", "sowie", "-", "–", "/", "to", "and"}
)

_CLOSERS = ")]\"“”»«'’"
_SHORT = 5  # letters; longer words without a vowel are not abbreviations
_PIECES = 4  # z. Zt., Anm. d. Red., u. v. a. m.
_BACK = 40  # words that a quotation's beginning is searched back for
_DAYS = 31
_YEAR = 4  # figures


class Rules:
    """The decisions about one block's words; *starts* grows as they are made."""

    __slots__ = (
        "_language",
        "_open",
        "_opened",
        "_read",
        "_starts",
        "_tight",
        "_words",
    )

    def __init__(
        self,
        words: Sequence[str],
        tight: frozenset[int],
        starts: set[int],
        language: Language,
    ) -> None:
        self._words = words
        self._tight = tight
        self._starts = starts
        self._language = language
        self._open: list[int] = []  # words whose bracket is still open
        self._opened = -1  # word that opened the bracket closed last
        self._read = 0  # words read for brackets so far

    def ends(self, index: int, ending: Ending, beginning: Beginning) -> bool:
        """Say whether a sentence ends with word *index*, given what follows."""
        kind, stop = beginning.kind, ending.stop
        if kind is Kind.NOTHING:
            return False
        if kind is Kind.LOWER and (stop != "." or beginning.openers[:1] != "("):
            return False
        if not ending.word and index in self._starts:
            return False  # "... und dann", "[...]"
        if self._is_enumerator(index, ending.word):
            return False
        if _closes_bracket(ending.closers) and not self._bracket_is_sentence(index):
            return bool(ending.word) and self._starts_plainly(beginning)
        if not stop:
            return self._starts_plainly(beginning) or (
                bool(ending.word) and kind is Kind.CAPITAL
            )
        if "!" in stop or "?" in stop:
            return self._after_exclamation(index, ending, beginning)
        if stop == ".":
            return self._after_full_stop(index, ending, beginning)
        if len(stop) > 1 or stop == "…":
            return self._after_ellipsis(ending, beginning)
        return True

    def _starts_plainly(self, beginning: Beginning) -> bool:
        """Say whether a word follows that begins sentences and little else."""
        return beginning.kind is Kind.CAPITAL and beginning.word in (
            self._language.starters
        )

    # Exclamation and question marks, ellipses

    def _after_exclamation(
        self, index: int, ending: Ending, beginning: Beginning
    ) -> bool:
        """Titles and names keep their mark within a sentence: die Show „Los!“."""
        if ending.word in self._language.exclaiming:
            return self._starts_plainly(beginning)
        if ending.closers and self._quotes_a_title(index):
            return self._starts_plainly(beginning)
        return True

    def _after_ellipsis(self, ending: Ending, beginning: Beginning) -> bool:
        """Between spaces, dots leave something out rather than ending with it."""
        if ending.word or ending.closers or not self._language.starters:
            return True
        return self._starts_plainly(beginning)

    # Full stops

    def _after_full_stop(
        self, index: int, ending: Ending, beginning: Beginning
    ) -> bool:
        word = ending.word
        if not word:  # a full stop by itself, as in tokenised text
            return True
        if _MINUTE.fullmatch(self._words[index]):
            return False  # Müller (64. Wolf): no sentence is a number alone
        if _ANOTHER_MINUTE.search(f"{self._before(index)}{word}"):
            return self._starts_plainly(beginning)
        if word[0].isdigit():
            verdict = self._after_number(index, word, beginning)
        else:
            verdict = self._after_word(index, word, beginning)
        if verdict is None:
            return True
        return verdict and beginning.kind is not Kind.LOWER and index not in self._tight

    def _is_enumerator(self, index: int, word: str) -> bool:
        """Say whether nothing but bullets stands before "1.", "a." or "II."."""
        if _ENUMERATOR.match(word) is None:
            return False
        before = index
        while before not in self._starts and before > index - 2:
            before -= 1
            if any(map(str.isalnum, self._words[before][:_SHORT])):
                break
        else:
            return True
        return word[0].isdigit() and self._words[index - 1][-1] in ":;"

    def _after_number(self, index: int, word: str, beginning: Beginning) -> bool | None:
        """None: as after any word; else what the figures say."""
        if beginning.kind is Kind.LOWER:
            return False
        ordinals = self._language.ordinals
        if ordinals is None:
            return None
        before = self._before(index)
        plainly = self._starts_plainly(beginning)
        span = _ORDINAL_RANGE.match(word)
        if span is not None:
            word = span["last"]
        if _NUMBER.match(word) is None:
            if _THOUSANDS.match(word) is not None:
                return None if before not in ordinals.after else plainly
            if _DAY_AND_MONTH.match(word) is None:
                return None
            if beginning.kind is Kind.DIGIT:
                return before not in ordinals.after
            if before.endswith((",", ";", ":")):  # Termine: 3.5. Fest, 10.5. Tanz
                return plainly
            return plainly or before not in ordinals.after
        if beginning.kind is Kind.DIGIT:
            return not self._date_goes_on(index, word, beginning)
        if beginning.kind is Kind.SYMBOL:
            return None
        return not self._is_ordinal(index, word, before, beginning, ordinals)

    def _date_goes_on(self, index: int, word: str, beginning: Beginning) -> bool:
        """Say whether figures belong together: 3. 10. 1990, 1. – 3. Platz."""
        if self._words[index + 1].startswith("000"):
            return True  # 77. 000: a space too many
        if len(word) > 2 or int(word) > _DAYS:
            return False
        if beginning.openers.strip(" ") in {"-", "–", "—"}:
            return True
        following = self._words[index + 1]
        if _PART_OF_DATE.match(following) is None:
            return False
        if following.endswith("."):
            return self._before(index) not in {"platz", "rang", "nummer"}
        return index > 0 and _SECOND_ORDINAL.match(self._words[index - 1]) is not None

    def _is_ordinal(
        self,
        index: int,
        word: str,
        before: str,
        beginning: Beginning,
        ordinals: Ordinals,
    ) -> bool:
        """Say whether "3." counts the noun after it rather than ending a sentence."""
        noun = beginning.word
        if beginning.openers.strip("„\"“»«‚'*_"):
            return False
        if noun in self._language.starters:
            return False
        if noun in ordinals.nouns or noun.lower().endswith(ordinals.noun_endings):
            return len(word) < _YEAR or before in ordinals.after
        if before in ordinals.after:
            return len(word) != _YEAR or before not in {"im", "ab"}
        if before.endswith(",") and len(word) < 3:
            return True  # Sonntag, 3. Advent; 1. Hase, 2. Igel
        other = index - 2 if before in _BETWEEN else index - 1
        if other >= 0 and _SECOND_ORDINAL.match(self._words[other]) is not None:
            return True
        if len(word) > 2 or int(word) > _DAYS or before in ordinals.cardinal_after:
            return False
        # "feiert 2. Filiale" against "Terminal 2. Präsident": a noun takes the
        # number to itself.
        return index in self._tight or not self._words[index - 1][:1].isupper()

    def _after_word(self, index: int, word: str, beginning: Beginning) -> bool | None:
        """None: no abbreviation; else whether a sentence ends after it."""
        language = self._language
        plainly = self._starts_plainly(beginning)
        for key in self._keys(index, word):
            if key in language.bound:
                return False
            if key in language.closing:
                return True
            if key in language.free:
                return plainly
            if key in language.before_number:
                return None if beginning.kind is not Kind.DIGIT else False
        word = word.rstrip(_CLOSERS)
        if not word:
            return None
        before = self._words[index - 1] if index else ""
        if before in language.numbered and len(word) <= _SHORT and word.isupper():
            return None
        if word in language.units and (len(word) > 1 or before[-1:].isdigit()):
            return None
        if len(word) <= _SHORT and _ROMAN.match(word):
            return plainly
        if _LETTERS.match(word.rpartition("-")[2]):
            return plainly
        if word.lower().endswith(language.endings):
            return plainly
        if (
            language.starters
            and len(word) <= _SHORT
            and word.isalpha()
            and not word.isupper()
            and _VOWEL.search(word) is None
        ):
            return plainly
        return None

    def _keys(self, index: int, word: str) -> list[str]:
        """Give the word as the lists may have it, longest first.

        After "Anm. d." the word "Red" is looked up as Anm.d.Red, d.Red and Red;
        Vize-Präs as itself and as Präs.
        """
        keys = [word]
        for before in range(index - 1, max(index - _PIECES, -1), -1):
            piece = self._words[before].lstrip("([„\"“»«‚'")
            if len(piece) > _SHORT or piece[-1:] != ".":
                break
            keys.append(piece + keys[-1])
        keys.reverse()
        last = _LAST_PART.split(word)[-1]
        if last != word and last:
            keys.append(last)
        if word.isupper() and len(word) > 1 and index + 1 < len(self._words):
            after = self._words[index + 1]
            if after.isupper() and len(after) > 1:  # ST. GALLEN, but: im SEK. Beamte
                keys.append(word.capitalize())
        return keys

    # What stands before

    def _before(self, index: int) -> str:
        """Word before *index*, in lower case and without opening marks."""
        if index == 0:
            return ""
        return self._words[index - 1][-24:].lstrip("([„\"“»«‚'").lower()

    def _bracket_is_sentence(self, index: int) -> bool:
        """Say whether the bracket that closes in word *index* opened a sentence.

        Words are asked for in order, so that each is read once.
        """
        while self._read <= index:
            for mark in _BRACKET.findall(self._words[self._read]):
                if mark in "([":
                    self._open.append(self._read)
                else:
                    self._opened = self._open.pop() if self._open else -1
            self._read += 1
        return self._opened in self._starts

    def _quotes_a_title(self, index: int) -> bool:
        """Say whether the quotation that ends in word *index* began in a clause."""
        for before in range(index, max(index - _BACK, -1), -1):
            if before in self._starts:
                return False
            if self._words[before][0] in "\"“„»«‚'‘":
                return before > 0 and self._words[before - 1][-1].isalnum()
        return False


def _closes_bracket(closers: str) -> bool:
    """Say whether a bracket is among the marks, footnote marks apart."""
    return ")" in closers or "]" in _NOTE.sub("", closers)
