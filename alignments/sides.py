"""What may be wrong with two texts before they are aligned, and with the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.aligner import coverage
from satzpaar.alignments.formats.options import primary
from satzpaar.alignments.kinship import kinship, likeness_of_few
from satzpaar.alignments.language_id import doubt
from satzpaar.alignments.texts import CONTROLS
from satzpaar.translate.common_words import is_plainly
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.alignments.alignment import Alignment
    from satzpaar.alignments.text import Text

# Of 3,000 pieces of one to ten lines of newstest2016, German and English, not one was
# taken for another language at this doubt, and 98.7 % of the other language's were.
CERTAIN: Final = 0.99
JUDGED_BY: Final = 20_000  # characters from the start

# The longest line of the WMT news test sets 2013 to 2018 has 626 characters. What is
# fifteen times as long was not cut into sentences, or is no text.
LONGEST_SEGMENT: Final = 10_000
# Of 150 runs of 8 to 60 lines of newstest2015, beside their own translation none is
# refused, beside another text 149 are; beside a text that is half their own, which may
# be wanted, 9 without MT and 1 with it. Of 50 of 5 lines 1 and 0 of their own, 37 and
# 36 of the others: benchmarks/align_refusals.py, --texts 50, MT by bergamot-tiny.
LEAST_COVERAGE: Final = 0.2
LEAST_KINSHIP: Final = 0.02
LEAST_KINSHIP_WITHOUT_MT: Final = 0.004
# Of 445 runs of four or five short lines of the same test sets with fewer characters 30
# have nothing in common with their own translation, of 555 with more 12.
FEWEST_CHARACTERS_WITHOUT_MT: Final = 180
# The same for texts of one to three beads, MT by bergamot-tiny: of 365 single lines of
# newstest2013, 2015 and 2016 3 are less like their own translation, of 799 twos and
# threes none; of those from elsewhere that are as long 98 in a hundred are.
LEAST_LIKENESS_OF_FEW: Final = 0.15

SHOWN: Final = 40  # characters, of what a message quotes


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts, and what it should be."""

    text: Text
    language: str  # "de", "de-DE"
    place: str  # what messages call it


def check_sides(source: Side, target: Side, *, lenient: bool = False) -> None:
    """Refuse texts that cannot be each other's translation, or are no texts.

    Args:
        source: The text that was translated.
        target: Its translation.
        lenient: Look for nothing but text: take also what is in the wrong language,
            has control characters or endless sentences.

    Raises:
        InputError: A text is empty, or something is wrong that *lenient* lets pass.
    """
    for side in (source, target):
        _check_text(side)
    if lenient:
        return
    for side in (source, target):
        _check_characters(side)
    _check_languages(source, target)


def check_side(side: Side) -> None:
    """Refuse a text that, whatever the other one is, cannot be what it should be.

    Raises:
        InputError: It is empty, no text, or in another language.
    """
    _check_text(side)
    _check_characters(side)
    if (language := _other_language(side)) is not None:
        raise InputError(
            side.place, f"is in {language}, expected {primary(side.language)}"
        )


def check_coverage(covered: float, source: Side, target: Side, *, least: float) -> None:
    """Refuse a result that says that the texts do not belong together.

    Raises:
        InputError: Less than *least* of both texts found its counterpart.
    """
    if covered < least:
        raise InputError(
            target.place,
            f"does not seem to belong to {source.place}: of both texts only "
            f"{covered:.0%} found a counterpart, at least {least:.0%} is expected",
        )


def check_kinship(
    alignment: Alignment,
    source: Side,
    target: Side,
    translation: Sequence[str] | None = None,
) -> bool:
    """Refuse beads whose sides are no more alike than any two texts.

    Returns:
        Whether there was enough to tell; without a translation, of one to three beads
        or a few words with nothing in common, there is not.

    Raises:
        InputError: They are not; *translation* of the source makes it surer.
    """
    # A weak machine loses names and numbers, which the texts themselves then share.
    itself = kinship(alignment)
    by_translation = None if translation is None else kinship(alignment, translation)
    if itself is None and by_translation is None:
        return _check_few(alignment, source, target, translation)
    akin = (itself or 0.0) >= LEAST_KINSHIP_WITHOUT_MT
    if akin or (by_translation or 0.0) >= LEAST_KINSHIP:
        return True
    size = sum(len(alignment.target.join(bead.target)) for bead in alignment.beads)
    if translation is None and size < FEWEST_CHARACTERS_WITHOUT_MT:
        return False
    raise _strangers(alignment, source, target)


def _check_few(
    alignment: Alignment,
    source: Side,
    target: Side,
    translation: Sequence[str] | None,
) -> bool:
    """Refuse texts of a few beads of which a translation shares hardly anything."""
    if translation is None:
        return False
    likeness = likeness_of_few(alignment, translation)
    if likeness is None:
        return False
    if likeness < LEAST_LIKENESS_OF_FEW:
        raise _strangers(alignment, source, target)
    return True


def _strangers(alignment: Alignment, source: Side, target: Side) -> InputError:
    return InputError(
        target.place,
        f"does not seem to belong to {source.place}: {coverage(alignment):.0%} of "
        "both texts was paired, but no more alike than any two sentences of them",
    )


def _check_text(side: Side) -> None:
    if not any(segment.text for segment in side.text.segments):
        raise InputError(side.place, "has no text to align")


def _check_characters(side: Side) -> None:
    for number, segment in enumerate(side.text.segments, 1):
        if found := CONTROLS.search(segment.text):
            raise InputError(
                side.place,
                f"segment {number} ({_start(segment.text)}) has the control character "
                f"U+{ord(found[0]):04X}, which no text has",
            )
        if len(segment.text) > LONGEST_SEGMENT:
            raise InputError(
                side.place,
                f"segment {number} ({_start(segment.text)}) has "
                f"{len(segment.text):,} characters; a sentence has at most "
                f"{LONGEST_SEGMENT:,}",
            )


def _check_languages(source: Side, target: Side) -> None:
    expected = [primary(side.language) for side in (source, target)]
    if expected[0] == expected[1]:
        return
    actual = [
        _other_language(side) or own
        for side, own in zip((source, target), expected, strict=True)
    ]
    if actual == expected[::-1]:
        raise InputError(
            source.place,
            f"is in {actual[0]} and {target.place} in {actual[1]}: the sides are "
            "swapped; the source comes first",
        )
    for side, other, is_in, own in zip(
        (source, target), (target, source), actual, expected, strict=True
    ):
        if is_in != own:
            like = f" like {other.place}" if actual[0] == actual[1] else ""
            raise InputError(side.place, f"is in {is_in}{like}, expected {own}")


def _other_language(side: Side) -> str | None:
    """Name the language of a text if it is certainly not the one expected."""
    taken: list[str] = []
    size = 0
    for segment in side.text.segments:
        taken.append(segment.text)
        size += len(segment.text)
        if size > JUDGED_BY:
            break
    text, language = " ".join(taken), primary(side.language)
    if is_plainly(text, language):  # the language model takes longer to load
        return None
    found = doubt(text, language)
    return found.language if found.value > CERTAIN else None


def _start(text: str) -> str:
    start = CONTROLS.sub("\ufffd", text)
    return f"»{start}«" if len(start) <= SHOWN else f"»{start[:SHOWN]}…«"
