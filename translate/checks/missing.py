"""Text that is not there: omissions by length, and sentences that break off."""

from __future__ import annotations

from satzpaar.translate.checks.calendar import check_dates
from satzpaar.translate.checks.finding import Finding
from satzpaar.translate.checks.names import check_names
from satzpaar.translate.checks.numbers import check_numbers
from satzpaar.translate.checks.words import LETTERS, fold
from satzpaar.translate.segmentation import segment_spans

OMISSION = "omission"
TRUNCATION = "truncation"

# Characters of the translation for one of the source, below which text is missing.
# Of 9,901 human translations this long (newstest 2013 to 2016) 0.2 % are below the
# first and 7 % below the second, where something else has to be missing too.
SHORTEST = 0.52
SHORT = 0.72
SHORTEST_JUDGED = 50  # characters of the source

_AFTER_BRACKETS = "\"'”“’‘«»*_ \u00a0"
_CLOSING = f"{_AFTER_BRACKETS})]"
_SENTENCE_ENDS = (".", "!", "?", "…")
_ENDS = (*_SENTENCE_ENDS, ":", ";")
# English does not end a sentence with these.
_OPEN = frozenset(
    "the a an of and or to in on at by for with from that which who whose as if but "
    "than into his her their its my our your is are was were be been has have had "
    "will would can could should may might because while when where about between "
    "during since through under over after before de this these those".split()
)
# These may stand last: "the one he came from", "as it was".
_LAST_AS_WELL = frozenset(
    "in on by for with from to at of that is are was were be been has have had will "
    "would can could should may might her this these those about through under over "
    "after before since when where while his".split()
)


def check_omission(source: str, target: str) -> list[Finding]:
    """Find translations too short to say all that the source says.

    >>> [found.message for found in check_omission("Er kam am Abend heim.", "")]
    ['empty']
    """
    if not target.strip():
        if not source.strip():
            return []
        return [Finding(OMISSION, "major", "empty", (0, len(source)), None)]
    if len(source) < SHORTEST_JUDGED:
        return []
    ratio = len(target) / len(source)
    if ratio >= SHORT:
        return []
    sentences = _lost_sentences(source, target)
    if ratio < SHORTEST or sentences > 0 or _lost_facts(source, target):
        message = f"{ratio:.0%} of the source's length"
        if sentences > 0:
            message += f", {sentences} sentences fewer"
        return [Finding(OMISSION, "major", message, (0, len(source)), None)]
    return []


def _lost_sentences(source: str, target: str) -> int:
    return len(segment_spans(source)) - len(segment_spans(target, language="en"))


def _lost_facts(source: str, target: str) -> int:
    """Count the numbers, days and names of the source that are not in the target."""
    checks = (check_numbers, check_dates, check_names)
    found = (finding for check in checks for finding in check(source, target))
    return sum(finding.source is not None for finding in found)


def check_truncation(source: str, target: str) -> list[Finding]:
    """Find sentences that the source ends and the translation does not.

    >>> [found.severity for found in check_truncation("Er kam heim.", "He came to the")]
    ['major']
    """
    ours, theirs = target.rstrip(_CLOSING), source.rstrip(_CLOSING)
    if not ours or not theirs.endswith(_SENTENCE_ENDS):
        return []
    if ours.endswith(_ENDS):
        return []
    words = LETTERS.findall(ours)
    last = fold(words[-1]) if words else ""
    dangling = ours.endswith((",", "-", "(", "–")) or (
        last in _OPEN and last not in _LAST_AS_WELL
    )
    span = (max(ours.rfind(words[-1]), 0) if words else 0, len(ours))
    if dangling:
        message = f'breaks off at "{ours[slice(*span)]}"'
        return [Finding(TRUNCATION, "major", message, None, span)]
    if _ends_in_brackets(source):
        return []
    return [Finding(TRUNCATION, "minor", "no full stop at the end", None, span)]


def _ends_in_brackets(source: str) -> bool:
    """Say whether what ends the text ends only what it has in brackets: "(Wh.)".

    A sentence may stand in brackets as a whole, alone or behind another.
    """
    text = source.rstrip(_AFTER_BRACKETS)
    if not text.endswith((")", "]")):
        return False
    before = text[: max(text.rfind("("), text.rfind("["), 0)].rstrip(_CLOSING)
    return bool(before) and not before.endswith(_SENTENCE_ENDS)
