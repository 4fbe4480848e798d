"""What stands before a sentence, and decides what its pronouns are in English.

Alone, "Er liegt auf Platz drei" is "He is in third place", also where "er" is a club. A
model that has learnt to reads a sentence behind the one before it, and goes on behind
the translation of that. Which it is worth where a pronoun may refer back; and of what
it then says it is taken where the pronouns are others, and nothing is worse.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from satzpaar.translate.checks import is_copy
from satzpaar.translate.clauses import ending_as, ends_sentence
from satzpaar.translate.course import Request, TooLong
from satzpaar.translate.rules import Outcome, fault, links_of, plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.document import Block
    from satzpaar.translate.rules import Search

# Of German: personal pronouns of the third person, possessives, and what is like them.
_REFERS = re.compile(
    r"\b(?:er|ihn|ihm|sie|ihr|ihnen|es|(?:ihr|sein)(?:e[mnrs]?)?|deren|dessen|derer|"
    r"diese[mnrs]?|jene[mnrs]?|letztere[mnrs]?|selbst)\b",
    re.IGNORECASE,
)

_KINDS = {
    form: kind
    for kind, forms in {
        "m": "he him his himself",
        "f": "she her hers herself",
        "n": "it its itself",
        "p": "they them their theirs themselves",
    }.items()
    for form in forms.split()
}
_WORD = re.compile("[a-z]+")


def pronouns(english: str) -> Counter[str]:
    """Count the third person's pronouns by kind: m, f, n, or p for several.

    >>> pronouns("She says its rules are theirs.")
    Counter({'f': 1, 'n': 1, 'p': 1})
    """
    words = _WORD.findall(english.lower())
    return Counter(_KINDS[word] for word in words if word in _KINDS)


def refers_back(source: str, target: str) -> bool:
    """Say whether a pronoun of a text may stand for what a sentence before it names.

    >>> refers_back("Er liegt vorn.", "He is ahead.")
    True
    >>> refers_back("Kommen Sie?", "Are you coming?")
    False
    """
    return bool(_REFERS.search(source) and pronouns(target))


def texts_before(blocks: Sequence[Block], most: int) -> Iterator[tuple[str, ...]]:
    """Yield for each segment the texts that it may refer to, in order, at most so many.

    Those are sentences of the same paragraph, or of those right before it.
    """
    before: tuple[str, ...] = ()
    for block, following in pairwise([*blocks, None]):
        assert block is not None
        for segment in block.segments:
            yield before[-most:] if most else ()
            whole = ends_sentence(segment.text)
            before = (*before, segment.text)[-most:] if most and whole else ()
        if following is None or not (block.kind == following.kind == "paragraph"):
            before = ()


def in_context(
    text: str, alone: Outcome, before: Sequence[str], search: Search
) -> Course[Outcome]:
    """Take what is said behind other texts, if that has other pronouns and no fault.

    Args:
        text: A text with nothing to be copied.
        alone: Its translation by itself.
        before: The texts before it, at least one.
        search: How to search.
    """
    plain, prior = plainly(text, search), [plainly(one, search).text for one in before]
    replies = yield [Request(one, search.options) for one in prior]
    said = []
    for one, reply in zip(prior, replies, strict=True):
        if isinstance(reply, TooLong) or fault(one, reply) or is_copy(one, reply.text):
            return alone
        said.append(reply.text)
    options = replace(search.options, attention=False)
    after = " ".join(prior), " ".join(said)
    (reply,) = yield [Request(plain.text, options, after=after)]
    if isinstance(reply, TooLong) or fault(plain.text, reply):
        return alone
    words = ending_as(text, plain.restored(reply.text))
    if is_copy(text, words) or pronouns(words) == pronouns(alone.text):
        return alone
    outcome = Outcome(words, reply.score)
    if search.left_out is None:
        return outcome
    links = yield from links_of(text, outcome, search.options)
    return replace(outcome, links=links)
