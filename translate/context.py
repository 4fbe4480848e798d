"""What stands before a sentence, and decides what its pronouns are in English.

Alone, "Er liegt auf Platz drei" is "He is in third place", also where "er" is a club.
So where a pronoun may refer back, all that it may mean is put to the model behind the
sentence before and its translation, and what it finds likeliest there is taken. The
rest of the sentence stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from satzpaar.translate.checks import is_copy
from satzpaar.translate.clauses import ends_sentence
from satzpaar.translate.course import Request, TooLong
from satzpaar.translate.engine import Hypothesis
from satzpaar.translate.pronouns import readings
from satzpaar.translate.rules import Outcome, fault, links_of, plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.document import Block
    from satzpaar.translate.rules import Search

# How much likelier a reading has to be than what was said, as a natural logarithm.
LIKELIER = 0.0


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
    """Let the pronouns mean what is likeliest behind other texts.

    Args:
        text: A text with nothing to be copied.
        alone: Its translation by itself.
        before: The texts before it, at least one.
        search: How to search; the model aligns.
    """
    links = yield from links_of(text, alone, search.options)
    if links is None:
        return alone
    others = readings(text, alone.text, links, " ".join(before))
    if not others:
        return alone
    plain, prior = plainly(text, search), [plainly(one, search).text for one in before]
    replies = yield [Request(one, search.options) for one in prior]
    said = []
    for one, reply in zip(prior, replies, strict=True):
        if isinstance(reply, TooLong) or fault(one, reply) or is_copy(one, reply.text):
            return alone
        said.append(reply.text)
    after = " ".join(prior), " ".join(said)
    options = replace(search.options, attention=False)
    judged = yield [
        Request(plain.text, options, given=given, after=after)
        for given in (alone.text, *others)
    ]
    if any(isinstance(each, TooLong) for each in judged):
        return alone
    totals = [
        each.score * each.tokens for each in judged if isinstance(each, Hypothesis)
    ]
    best = max(range(len(totals)), key=lambda number: totals[number])
    if totals[best] <= totals[0] + LIKELIER:
        return alone
    return replace(alone, text=others[best - 1], links=links)
