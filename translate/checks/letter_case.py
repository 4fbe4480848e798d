"""Capitals: at the start, in names of days and peoples, and where none belong."""

from __future__ import annotations

import re

from satzpaar.translate.casing import is_shouted
from satzpaar.translate.checks.finding import Finding
from satzpaar.translate.checks.words import LETTERS, without_links

KIND = "casing"

_START = re.compile(r"[^\W\d_]")
# Names that begin with a small letter: iPhone, eBay; and words that stay small.
_SMALL_START = re.compile(r"[a-z]{1,2}[A-Z]|(?:de|van|von|al|le|la|di|el|http|www)\b")

# English writes these with a capital always; "may", "march", "polish" and "china" are
# words as well.
_ALWAYS_CAPITAL = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|"
    r"april|june|july|august(?= \d)|september|october|november|december|german|germans|"
    r"germany|english|england|british|britain|america|american|americans|french|france|"
    r"italy|italian|spain|spanish|russia|russian|russians|ukraine|ukrainian|europe|"
    r"european|europeans|austria|austrian|poland|greek|greece|berlin|london|paris|"
    r"munich|moscow|washington|african|asian|israel|israeli|syria|syrian|iraq|iran|"
    r"i|i'm|i've|i'll|i'd)\b(?![-/@’'\w]|\.\w)"
)
_BEFORE_SMALL_I = re.compile(r"(?:[(\"/.]|\b[a-z])\Z")  # "(i)", "i.e.", a variable

# Words that a text in title case writes small too, and that prove nothing.
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into is it nor of off on onto or out over per "
    "so than that the this to up via was were with are be his her its their our your "
    "not has have had he she they we you who will would can could".split()
)
# Headlines have titles in English; a source without capitals for verbs is none.
SHORTEST_TITLE_CASE = 8  # words of the target
CAPITALS_IN_TITLE_CASE = 0.95


def check_casing(source: str, target: str) -> list[Finding]:
    """Find small letters where English wants capitals, and the other way round.

    >>> [found.message for found in check_casing("Er kam.", "he came on monday.")]
    ['begins with a small letter', 'small letter: "monday"']
    """
    target = without_links(target)
    if is_shouted(target) and not is_shouted(source):
        if len(LETTERS.findall(target)) < 3:
            return []
        return [Finding(KIND, "major", "all in capitals", None, (0, len(target)))]
    found = []
    first, theirs = _START.search(target), _START.search(source)
    if first and theirs and _begins_small(source, target, first, theirs):
        span = (first.start(), first.end())
        found.append(Finding(KIND, "minor", "begins with a small letter", None, span))
    for match in _ALWAYS_CAPITAL.finditer(target):
        if match.start() and _BEFORE_SMALL_I.search(target[: match.start()]):
            continue
        if match.group() == "i" and re.search(r"\bi\b", source):
            continue
        message = f'small letter: "{match.group()}"'
        found.append(Finding(KIND, "minor", message, None, match.span()))
    if _is_title_case(target) and not _is_title_case(source):
        span = (0, len(target))
        found.append(Finding(KIND, "minor", "every word has a capital", None, span))
    return found


def _begins_small(
    source: str, target: str, first: re.Match[str], theirs: re.Match[str]
) -> bool:
    if not first.group().islower() or not theirs.group().isupper():
        return False
    if _SMALL_START.match(target, first.start()):
        return False
    # After "…" or a number the sentence has begun elsewhere; a dash begins items.
    before = target[: first.start()]
    elsewhere = re.search(r"[\d.…%€$@/_]", before)
    listed = re.search(r"[\d.…]", source[: theirs.start()])
    return elsewhere is None and listed is None


def _is_title_case(text: str) -> bool:
    words = [
        word
        for word in LETTERS.findall(text)
        if word.lower() not in _SMALL_WORDS and len(word) > 1
    ]
    if len(words) < SHORTEST_TITLE_CASE:
        return False
    capitals: int = sum(word[0].isupper() for word in words)
    return capitals > CAPITALS_IN_TITLE_CASE * len(words)
