"""Repeated and invented text: more said, or said more often, than the source does."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from satzpaar.translate.checks.finding import Finding
from satzpaar.translate.checks.whole import WORD, is_looping, repetition

KIND = "repetition"

# Words of a run that is said twice. Of 11,171 human translations (newstest 2013 to
# 2016) two say six words twice where the source does not repeat three.
SHORTEST_REPEATED_RUN = 6
SHORTEST_SOURCE_RUN = 3

# English may stand twice: "that that", "had had", "very very", "no, no".
_DOUBLE = frozenset(
    "that had very no yes is so really many more ha bye blah go knock years far much "
    "long never again her do you please what well who it in on".split()
)

# Function words meet in other ways: "hoped that with that ...".
_SMALL = frozenset(
    "them this these those when where what which there here then been being might "
    "could would should with from".split()
)

# A word, and again with little between: "head of the head", "discipline and
# discipline". Made on newstest 2013 to 2016, as the exceptions below.
_AGAIN = re.compile(
    r"(?<![\w'’-])(?P<word>[A-Za-z][A-Za-z'’-]{3,})"
    r"(?P<joint>, |,? (?:of|and|or|for|with|as|from|at|on) )"
    r"(?:(?:the|an?|its|his|her|their) )?"
    r"(?P=word)\b(?!-)"
)
# English joins so what goes on: "worse and worse", "years and years".
_GOES_ON = re.compile(
    r"\w+er|worse|more|less|again|over|round|lots|loads|time|minutes|hours|days|weeks|"
    r"months|years|decades|centuries|miles|pages|dozens|hundreds|thousands|millions|neck",
    re.IGNORECASE,
)
# And what is set against its like: "word for word".
_FOR_ITS_LIKE = frozenset("word blow like pound penny line step".split())
# Words of the source so near each other that begin alike may be one and its like:
# "Minister und Ministerinnen", which English has one word for.
BEGINNING = 4  # letters
NEAR = 8  # words between them, at most
_SMALL_BEGINNING = re.compile("eine|kein|dies|jede|jene|sein|ihre|über|werd|word|habe")

# A translation longer than this many times its source has invented something. Of the
# same human ones two are, the next is at 1.92.
LONGEST_TRANSLATION = 2.0
SHORTEST_JUDGED = 40  # characters of the source


def check_repetition(source: str, target: str) -> list[Finding]:
    """Find loops, runs of words said twice, doubled words, and far too much text."""
    if is_looping(source, target):
        times = repetition(target)
        span = (0, len(target))
        return [Finding(KIND, "major", f"repeats itself {times} times", None, span)]
    found = [
        *_repeated_runs(source, target),
        *_doubled_words(source, target),
        *_said_again(source, target),
    ]
    longest = LONGEST_TRANSLATION * max(len(source), SHORTEST_JUDGED)
    if len(target) > longest:
        ratio = len(target) / max(len(source), 1)
        message = f"{ratio:.1f} times as long as the source"
        found.append(Finding(KIND, "major", message, None, (0, len(target))))
    return found


def _repeated_runs(source: str, target: str) -> list[Finding]:
    words = list(WORD.finditer(target.lower()))
    size = SHORTEST_REPEATED_RUN
    places = defaultdict(list)
    for start in range(len(words) - size + 1):
        run = tuple(word.group() for word in words[start : start + size])
        if len(set(run)) > size // 2:
            places[run].append(start)
    again = sorted(start for starts in places.values() for start in starts[1:])
    if not again or _repeats(source):
        return []
    first, last = words[again[0]].start(), words[again[0] + size - 1].end()
    for before, after in pairwise(again):
        if after != before + 1:
            break
        last = words[after + size - 1].end()
    message = f'said twice: "{target[first:last]}"'
    return [Finding(KIND, "major", message, None, (first, last))]


def _repeats(source: str) -> bool:
    words = WORD.findall(source.lower())
    size = SHORTEST_SOURCE_RUN
    runs = [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]
    return len(set(runs)) < len(runs)


_DOUBLED = re.compile(r"\b([A-Za-z]+)[  ]+(\1)\b", re.IGNORECASE)
# English hardly ever says these twice, as it does others ("at at least", "pay pay").
_NEVER_DOUBLE = frozenset("a an and be go my now of our the their with".split())


def said_once(source: str, target: str) -> str:
    """Take out small words that are said twice in a row.

    >>> said_once("", "From now now on, he had had two two-room flats.")
    'From now on, he had had two two-room flats.'
    """
    for match in reversed(_doubled(source, target)):
        around = target[match.start() - 1 : match.start()] + target[match.end() :][:1]
        if match[1] in _NEVER_DOUBLE and not set(around) & set("-'’"):
            target = target[: match.start()] + target[match.start(2) :]
    return target


def _doubled(source: str, target: str) -> list[re.Match[str]]:
    if _DOUBLED.search(source):
        return []
    return [
        match
        for match in _DOUBLED.finditer(target)
        if match[1].lower() not in _DOUBLE and match[1].islower() and match[2].islower()
    ]


def _doubled_words(source: str, target: str) -> list[Finding]:
    return [
        Finding(KIND, "minor", f'doubled: "{match.group()}"', None, match.span())
        for match in _doubled(source, target)
    ]


def _said_again(source: str, target: str) -> list[Finding]:
    """Find a word that is joined with itself, or is of itself."""
    found = [match for match in _AGAIN.finditer(target) if not _may_join(match)]
    if not found or _alike_nearby(source):
        return []
    return [
        Finding(KIND, "minor", f'said again: "{match.group()}"', None, match.span())
        for match in found
    ]


def _may_join(match: re.Match[str]) -> bool:
    word, joint = match["word"].lower(), match["joint"].strip(" ")
    if word in _DOUBLE or word in _SMALL:
        return True
    if joint.endswith("for"):
        return word in _FOR_ITS_LIKE
    return joint.endswith(("and", ",")) and _GOES_ON.fullmatch(word) is not None


def _alike_nearby(source: str) -> bool:
    """Say whether two words near each other begin alike, small words apart."""
    words = [word.casefold() for word in WORD.findall(source)]
    last: dict[str, int] = {}
    for place, word in enumerate(words):
        beginning = word[:BEGINNING]
        if len(beginning) < BEGINNING or _SMALL_BEGINNING.match(beginning):
            continue
        if place - last.get(beginning, -NEAR - 2) <= NEAR + 1:
            return True
        last[beginning] = place
    return False
