"""What stands before a sentence, and decides what its pronouns are in English.

Alone, "Er liegt auf Platz drei" is "He is in third place", also where "er" is a club.
So where a pronoun may refer back, all that it may mean is put to the model behind the
sentence before and its translation, and what it finds likeliest there is taken. The
rest of the sentence stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from satzpaar.translate.antecedents import possible
from satzpaar.translate.checks import is_copy
from satzpaar.translate.clauses import ends_sentence
from satzpaar.translate.course import Request, TooLong
from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.judging import likeliest
from satzpaar.translate.pronouns import readings, refers_back
from satzpaar.translate.rules import Outcome, fault, links_of, plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.document import Block, BlockKind
    from satzpaar.translate.rules import Search

# How many sentences in a row, a last one included, are judged each behind the one
# before, so that what is meant in one of them mostly holds in the next. A fixed number,
# so that a sentence's translation depends on these alone.
CHAIN = 3


def texts_before(blocks: Sequence[Block]) -> Iterator[tuple[str, ...]]:
    """Yield for each segment the texts that it may go on from, in order.

    Those are the sentences right before it, of the same block or, where both are
    paragraphs, of those before; at most ``CHAIN``. Attributes stand beside the text.
    """
    before: tuple[str, ...] = ()
    last: BlockKind | None = None
    for block in blocks:
        if block.kind == "attribute":
            yield from (() for _ in block.segments)
            continue
        if not (last == block.kind == "paragraph"):
            before = ()
        last = block.kind
        for segment in block.segments:
            yield before
            whole = ends_sentence(segment.text)
            before = (*before, segment.text)[-CHAIN:] if whole else ()


def in_context(
    text: str,
    alone: Outcome,
    before: Sequence[str],
    search: Search,
    chain: int = CHAIN,
) -> Course[Outcome]:
    """Let the pronouns mean what is likeliest behind the text before.

    Args:
        text: A text with nothing to be copied.
        alone: Its translation by itself.
        before: The texts before it.
        search: How to search; the model aligns.
        chain: How many texts, this one the last, are judged behind one another.
    """
    if not before or not refers_back(text, alone.text, before[-1]):
        return alone
    links = yield from links_of(text, alone, search.options)
    if links is None:
        return alone
    prior = plainly(before[-1], search).text
    said = yield from _said(prior, before[:-1], search, chain - 1)
    if said is None:
        return alone
    all_read = readings(
        text,
        alone.text,
        links,
        before=before[-1],
        possible=possible(before, said, text),
        is_english=german_english().has_english,
    )
    best = yield from likeliest(text, all_read, search, after=(prior, said))
    if best is None or all_read[best] == alone.text:
        return alone
    return replace(alone, text=all_read[best], links=links)


def _said(
    plain: str, before: Sequence[str], search: Search, chain: int
) -> Course[str | None]:
    """Translate a text behind others; None: what comes is not to be relied on."""
    (reply,) = yield [Request(plain, search.options)]
    if isinstance(reply, TooLong) or fault(plain, reply) or is_copy(plain, reply.text):
        return None
    said = Outcome(reply.text, links=reply.links)
    if chain:
        said = yield from in_context(plain, said, before, search, chain)
    return said.text
