"""Which pairs of a bitext are worth learning from, and why the others are not."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from satzpaar.translate.training.bitext import Pair

# Lengths of short texts differ more than those of long ones ("Ja" is "Yes, we do"); in
# characters, of the longer side. Both by eye on German-English.
SHORT = 30
SHORT_RATIO = 5.0

# Longer copies are text that nobody translated; shorter ones names.
LONGEST_COPY = 20

# A side with fewer letters than this occurs in too many pairs to tell that two pairs
# are of one origin.
TELLING_LETTERS = 15

_LETTER = re.compile(r"[^\W\d_]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can write halves of characters
_NOT_TELLING = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,'\u00a0\u202f ]\d+)*")
_NO_DIGIT = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What a pair has to be to be kept."""

    longest: int = 600  # characters of a side
    ratio: float = 2.3  # of the lengths in characters, the longer by the shorter
    letters: float = 0.5  # part of a side's characters that are letters, at least
    numbers: bool = False  # both sides have to have the same numbers
    copies: bool = False  # keep pairs whose sides are the same
    duplicates: bool = False  # keep a pair as often as it comes

    def __post_init__(self) -> None:
        if self.longest < 2 or self.ratio < 1 or not 0 <= self.letters <= 1:
            raise UsageError(
                "cleaning: a length from 2, a ratio from 1 and a part of letters from "
                "0 to 1 are expected"
            )


class Cleaner:
    """Passes the good pairs on and counts the others; one for all corpora of a run."""

    def __init__(self, cleaning: Cleaning) -> None:
        self.cleaning = cleaning
        self.dropped: Counter[str] = Counter()  # by reason
        self.kept = 0
        self._seen: set[int] = set()

    def clean(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Yield what is kept, its white space tidied."""
        for source, target in pairs:
            pair = (" ".join(source.split()), " ".join(target.split()))
            reason = complaint(*pair, self.cleaning)
            if reason is None and not self.cleaning.duplicates:
                key = _hash("\t".join(pair))  # not folded: capitals may be wanted
                if key in self._seen:
                    reason = "duplicate"
                self._seen.add(key)
            if reason is not None:
                self.dropped[reason] += 1
                continue
            self.kept += 1
            yield pair


def complaint(source: str, target: str, cleaning: Cleaning) -> str | None:
    """Say why a pair is not worth learning from; None if it is."""
    if not source or not target:
        return "empty"
    if _SURROGATE.search(source) or _SURROGATE.search(target):
        return "not text"
    longer = max(len(source), len(target))
    if longer > cleaning.longest:
        return "too long"
    ratio = longer / min(len(source), len(target))
    if ratio > (cleaning.ratio if longer > SHORT else SHORT_RATIO):
        return "lengths differ"
    if source == target and longer > LONGEST_COPY and not cleaning.copies:
        return "copy"
    for side in (source, target):
        if len(_LETTER.findall(side)) < cleaning.letters * len(side.replace(" ", "")):
            return "few letters"
    if cleaning.numbers and numbers(source) != numbers(target):
        return "numbers differ"
    return None


def numbers(text: str) -> list[str]:
    """List the digits of a text's numbers, whatever parts thousands and decimals.

    >>> numbers("1.234,5 von 10") == numbers("10 of 1,234.5")
    True
    """
    return sorted(_NO_DIGIT.sub("", found) for found in _NUMBER.findall(text))


def fold(text: str) -> str:
    """Reduce a text to what makes two texts the same: letters and digits, no case."""
    return _NOT_TELLING.sub("", text.casefold())


def side_keys(source: str, target: str) -> tuple[int, int]:
    """Return two numbers that pairs of one origin share at least one of.

    Pairs share one if they have the same source or the same target, or, where a side
    is short, if they are the same pair.
    """
    folded = fold(source), fold(target)
    whole = "\t".join(folded)
    first, second = (side if len(side) >= TELLING_LETTERS else whole for side in folded)
    return _hash(f"source\t{first}"), _hash(f"target\t{second}")


def _hash(text: str) -> int:
    # Not Python's own, which differs from run to run: a run has to be repeatable.
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")
