"""Which word of a text goes with which word of its translation, by a model's attention.

One head attends to the words that are being translated: in some models by itself, in
others because it was trained to (``satzpaar train --guided-alignment``). Which it is
says ``alignment_head`` in the model's ``config.json``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import numpy as np

from satzpaar.translate import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from satzpaar.translate.engine import Engine, Hypothesis

Link = tuple[int, int]  # numbers of a word of the source and of the target, from 0

# Of a target word's attention, what a source word has to have to be linked with it; the
# best of 0.2, 0.25, 0.3 and 0.4 on our gold pairs (docs/word-alignment.md).
THRESHOLD = 0.25

_SPACE = "▁"  # how SentencePiece writes a space
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")  # a byte of a character without a piece


def word_links(
    engine: Engine, source: str, target: str, *, threshold: float = THRESHOLD
) -> list[Link]:
    """Link the words of a source with those of a given translation of it.

    Words are what white space separates, as in ``project_marks``; a word may have
    several links or none. The links are in order.

    Raises:
        ValueError: A text has more tokens than the model takes.
    """
    return word_links_batch(engine, [(source, target)], threshold=threshold)[0]


def word_links_batch(
    engine: Engine,
    pairs: Iterable[tuple[str, str]],
    *,
    threshold: float = THRESHOLD,
) -> list[list[Link]]:
    """Link the words of several pairs at once; they fit in memory."""
    pairs = list(pairs)
    sources = engine.tokenizer.tokenize([source for source, _ in pairs])
    targets = engine.tokenizer.tokenize_targets([target for _, target in pairs])
    for tokens, limit in (
        (sources, engine.model.max_source_tokens),
        (targets, engine.model.max_target_tokens),
    ):
        longest = max(map(len, tokens), default=0)
        if longest >= limit:
            raise ValueError(f"{longest} tokens; fewer than {limit} are expected")
    return links_of_tokens(engine, pairs, sources, targets, threshold=threshold)


def links_of_tokens(
    engine: Engine,
    pairs: Sequence[tuple[str, str]],
    sources: Sequence[Sequence[str]],
    targets: Sequence[Sequence[str]],
    *,
    threshold: float = THRESHOLD,
) -> list[list[Link]]:
    """Link the words of pairs whose tokens are known, as the engine takes them."""
    attentions = engine.attention_batch(sources, targets)
    rows = zip(pairs, sources, targets, attentions, strict=True)
    return [
        links_of(
            weights,
            token_words(source, source_tokens),
            token_words(target, target_tokens),
            threshold=threshold,
        )
        for (source, target), source_tokens, target_tokens, weights in rows
    ]


def with_links(
    source: str, tokens: Sequence[str], hypothesis: Hypothesis
) -> Hypothesis:
    """Turn the attention of a hypothesis and of its alternatives into links.

    Args:
        source: The text that was translated.
        tokens: Its tokens.
        hypothesis: Its translation.
    """
    words = token_words(source, tokens)

    def linked(one: Hypothesis) -> Hypothesis:
        if (attention := one.attention) is None:
            return one
        theirs = token_words(one.text, attention.tokens)
        links = tuple(links_of(attention.weights, words, theirs))
        return replace(one, links=links, attention=None)

    others = tuple(map(linked, hypothesis.alternatives))
    return replace(linked(hypothesis), alternatives=others)


def links_of(
    weights: NDArray[Any],
    source_words: Sequence[int | None],
    target_words: Sequence[int | None],
    *,
    threshold: float = THRESHOLD,
) -> list[Link]:
    """Read links of words off the attention of tokens.

    A target word attends as its tokens do on average; a source word is attended to as
    its tokens are together. Each target word is linked with the source words that
    reach the threshold.

    Args:
        weights: (target tokens, source tokens or more), rows sum to 1.
        source_words: The word that each token is of; None: of none.
        target_words: The same of the target.
        threshold: 0 to 1.
    """
    found = word_attention(weights, source_words, target_words)
    return sorted(
        (int(source), int(target))
        for target, source in zip(*np.nonzero(found >= threshold), strict=True)
    )


def word_attention(
    weights: NDArray[Any],
    source_words: Sequence[int | None],
    target_words: Sequence[int | None],
) -> NDArray[np.float64]:
    """Return what words attend to, (target words, source words); see ``links_of``."""
    sources, targets = (_incidence(owners) for owners in (source_words, target_words))
    size = np.maximum(targets.sum(axis=1, keepdims=True), 1)
    mine = np.asarray(weights, np.float64)[:, : len(source_words)]
    found: NDArray[np.float64] = targets @ mine @ sources.T / size
    return found


def _incidence(owners: Sequence[int | None]) -> NDArray[np.float64]:
    """Return (words, tokens), 1 where a token is of a word."""
    words = max((owner for owner in owners if owner is not None), default=-1) + 1
    matrix = np.zeros((words, len(owners)))
    for token, owner in enumerate(owners):
        if owner is not None:
            matrix[owner, token] = 1
    return matrix


def token_words(text: str, tokens: Sequence[str]) -> list[int | None]:
    """Say for each token of a text which word it is of, words counted from 0.

    A token that has no letter of the text (a lone space, a language code) is of none,
    nor is punctuation beside a word: a comma attends to a comma, whatever the words.
    A token that reaches over several words is of the first.

    >>> token_words("Das Haus – ja.", ["▁Das", "▁Ha", "us", "▁–", "▁ja", "."])
    [0, 1, 1, 2, 3, None]
    """
    spans = list(stretches.words(text))
    starts = [start for start, _ in spans]
    places = [n for start, end in spans for n in range(start, end)]
    surfaces = [
        "\ufffd" if _BYTE.fullmatch(token) else token.replace(_SPACE, "")
        for token in tokens
    ]
    plain = "".join(text[n] for n in places)
    at = _mapped("".join(surfaces), plain)
    spoken = [any(map(str.isalnum, text[start:end])) for start, end in spans]
    words: list[int | None] = []
    done = 0
    for surface in surfaces:
        found = [at[n] for n in range(done, done + len(surface))]
        done += len(surface)
        known = [places[n] for n in found if n is not None]
        word = bisect_right(starts, known[0]) - 1 if known else None
        if word is not None and spoken[word]:
            word = word if any(text[n].isalnum() for n in known) else None
        words.append(word)
    return words


def _mapped(written: str, text: str) -> list[int | None]:
    """Say for each character of what tokens spell where it is in the text.

    Tokens spell a normalised text: quotes are others, an ellipsis is three dots, a
    rare character its bytes.
    """
    if written == text:
        return list(range(len(text)))
    at: list[int | None] = [None] * len(written)
    matcher = SequenceMatcher(None, written, text, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind in ("equal", "replace"):
            for n in range(start, end):
                at[n] = first + (n - start) * (last - first) // (end - start)
    return at


def alignment_error_rate(
    found: Sequence[set[Link]],
    sure: Sequence[set[Link]],
    possible: Sequence[set[Link]],
) -> tuple[float, float, float]:
    """Return the alignment error rate, precision and recall, each 0 to 1.

    Source: Och and Ney (2003), "A Systematic Comparison of Various Statistical
    Alignment Models", Computational Linguistics 29(1).

    Args:
        found: The links of each pair.
        sure: Those that have to be found.
        possible: Those that may be; the sure ones are, whether they are in it or not.
    """
    links = hits = good = wanted = 0
    for mine, must, may in zip(found, sure, possible, strict=True):
        links += len(mine)
        hits += len(mine & must)
        good += len(mine & (may | must))
        wanted += len(must)
    if not links or not wanted:
        return 1.0, 0.0, 0.0
    return 1 - (hits + good) / (links + wanted), good / links, hits / wanted
