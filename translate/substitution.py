"""English words put in the places of others, as those stand in their sentence."""

from __future__ import annotations

import re

from satzpaar.translate import articles, stretches
from satzpaar.translate.checks.names import SENTENCE_START
from satzpaar.translate.english_forms import is_plural
from satzpaar.translate.right_names import without_possessive

_OPENING = ('"', "“", "‘", "„")
_OPENED = re.compile(r"(?<!\w)['‘]")
_TITLE_GOES_ON = re.compile(r"\s[A-Z][a-z]")


def substitute(
    target: str,
    run: range,
    english: str,
    *,
    articled: bool = True,
    title_cased: bool = False,
) -> str:
    """Put other words in the place of some, with the article, genitive and capital.

    Args:
        target: An English text.
        run: The numbers of the words, as white space separates them, that give way; the
            punctuation around them stays.
        english: What comes in their place, without a genitive.
        articled: Whether "a" before them may become "an" and back.
        title_cased: Whether a capital is also kept at the beginning of a quotation and
            before another ("Owelcome Economic Forum"), not only of a sentence.

    >>> substitute("A taxwoman's exam is a test.", range(1, 2), "examiners")
    "An examiners' exam is a test."
    """
    core = _place(target, run)
    if core is None:
        raise ValueError("no word is there")
    start, end = core
    # The "s'" of a plural has lost its mark: it is no letter. Or it closes a quotation.
    if target[end - 1] == "s" and not _OPENED.search(target[:start]):
        end += target[end : end + 1] in ("'", "’")
    said = target[start:end]
    before, behind = target[:start], target[end:]
    if articled:
        before = articles.before(before, english)
    begins = bool(SENTENCE_START.search(before)) or (
        title_cased
        and (before.endswith(_OPENING) or bool(_TITLE_GOES_ON.match(behind)))
    )
    if said[0].isupper() and begins:
        english = _capital(english)
    if said != without_possessive(said):
        english += "'" if is_plural(english) and english.endswith("s") else "'s"
    if english.endswith(".") and behind.startswith("."):
        behind = behind[1:]
    return before + english + behind


def said_by(target: str, run: range) -> str:
    """Return what some words say, without a genitive and the punctuation around."""
    core = _place(target, run)
    return without_possessive(target[slice(*core)]) if core else ""


def _place(target: str, run: range) -> stretches.Span | None:
    spans = list(stretches.words(target))
    return stretches.core(target, (spans[run.start][0], spans[run.stop - 1][1]))


def _capital(english: str) -> str:
    # iPhone, eBay
    return english if english[1:2].isupper() else english[0].upper() + english[1:]
