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
from satzpaar.translate.course import Request, TooLong, together
from satzpaar.translate.engine import Hypothesis
from satzpaar.translate.pronouns import readings, refers_back
from satzpaar.translate.rules import Outcome, fault, links_of, plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.document import Block
    from satzpaar.translate.rules import Search

# How many sentences in a row are read one after the other, so that what a pronoun means
# in one of them holds in the next.
CHAIN = 3


def texts_before(blocks: Sequence[Block], most: int) -> Iterator[tuple[str, ...]]:
    """Yield for each segment the texts that it may go on from, in order.

    Those are sentences of the same paragraph, or of those right before it.

    Args:
        blocks: Of a document.
        most: How many the model reads before one; 0: none are given.
    """
    reach = most + CHAIN - 1 if most else 0
    before: tuple[str, ...] = ()
    for block, following in pairwise([*blocks, None]):
        assert block is not None
        for segment in block.segments:
            yield before
            whole = ends_sentence(segment.text)
            before = (*before, segment.text)[-reach:] if reach and whole else ()
        if following is None or not (block.kind == following.kind == "paragraph"):
            before = ()


def in_context(
    text: str,
    alone: Outcome,
    before: Sequence[str],
    most: int,
    search: Search,
    chain: int = CHAIN,
) -> Course[Outcome]:
    """Let the pronouns mean what is likeliest behind other texts.

    Args:
        text: A text with nothing to be copied.
        alone: Its translation by itself.
        before: The texts before it.
        most: How many of them are read.
        search: How to search; the model aligns.
        chain: How many texts in a row, this one the last, are read behind others.
    """
    if not before or not refers_back(text, alone.text):
        return alone
    links = yield from links_of(text, alone, search.options)
    if links is None:
        return alone
    read = before[-most:]
    others = readings(text, alone.text, links, " ".join(read))
    if not others:
        return alone
    said = yield from together(
        [
            _said(before[: len(before) - number], most, search, chain - 1)
            for number in reversed(range(len(read)))
        ]
    )
    prior = [plainly(one, search).text for one in read]
    if None in said:
        return alone
    after = " ".join(prior), " ".join(one or "" for one in said)
    options = replace(search.options, attention=False)
    judged = yield [
        Request(plainly(text, search).text, options, given=given, after=after)
        for given in (alone.text, *others)
    ]
    if any(isinstance(each, TooLong) for each in judged):
        return alone
    totals = [
        each.score * each.tokens for each in judged if isinstance(each, Hypothesis)
    ]
    best = max(range(1, len(totals)), key=lambda number: totals[number])
    if not totals[best] > totals[0]:
        return alone
    return replace(alone, text=others[best - 1], links=links)


def _said(
    texts: Sequence[str], most: int, search: Search, chain: int
) -> Course[str | None]:
    """Translate the last of some texts behind the others; None: not to be relied on."""
    *before, text = texts
    plain = plainly(text, search)
    (reply,) = yield [Request(plain.text, search.options)]
    if (
        isinstance(reply, TooLong)
        or fault(plain.text, reply)
        or is_copy(plain.text, reply.text)
    ):
        return None
    said = Outcome(reply.text, links=reply.links)
    if chain:
        said = yield from in_context(plain.text, said, before, most, search, chain)
    return said.text
