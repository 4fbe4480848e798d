"""Which head of a model shows word alignments, found without knowing any."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import torch

from satzpaar.translate import stretches
from satzpaar.translate.checkpoint import HeadPlace
from satzpaar.translate.tokenizer import END, MarianTokenizer
from satzpaar.translate.training.network import load_network
from satzpaar.translate.word_alignment import token_words, word_attention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.bitext import Pair
    from satzpaar.translate.word_alignment import Link

    Words = Sequence[int | None]  # the word that each token is of

# Fewer words than this that stand on both sides say little about a head.
LEAST_ANCHORS = 50

# Of these words, the share that a head has to get right. Heads of one bundled model
# that reached it placed marks better than likeness and order do, all others worse.
LEAST_SHARE = 0.8

LAGS = (0, 1)


class TooFewAnchorsError(ValueError):
    """Too few words stand on both sides to tell good heads from bad ones."""


def find_head(model: Model, pairs: Iterable[Pair]) -> HeadPlace | None:
    """Find the head that shows a model's word alignments best; None: none does well.

    Judged by words that stand in source and target alike, names and numbers mostly: a
    head that aligns looks at the one when the model says the other.

    Raises:
        TooFewAnchorsError: The pairs have fewer such words than ``LEAST_ANCHORS``.
    """
    anchors, shares = score_heads(model, pairs)
    if anchors < LEAST_ANCHORS:
        raise TooFewAnchorsError(
            f"{anchors} words of the held-out pairs are the same in both languages, "
            f"{LEAST_ANCHORS} are needed to judge by"
        )
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= LEAST_SHARE else None


def score_heads(
    model: Model, pairs: Iterable[Pair]
) -> tuple[int, dict[HeadPlace, float]]:
    """Return how many words there were to judge by, and each head's share of hits.

    Pairs that are too long for the model are left out.
    """
    hits: Counter[HeadPlace] = Counter()
    total = 0
    for weights, source, target, anchors in _attentions(model, pairs):
        total += len(anchors)
        for layer, head, lag in np.ndindex(*weights.shape[:2], len(LAGS)):
            rows = weights[layer, head, lag : lag + len(target)]
            most = word_attention(rows, source, target).argmax(axis=1)
            hits[HeadPlace(layer, head, lag)] += sum(most[t] == s for s, t in anchors)
    return total, {place: count / max(total, 1) for place, count in hits.items()}


@torch.no_grad()
def _attentions(
    model: Model, pairs: Iterable[Pair]
) -> Iterator[tuple[NDArray[np.float32], Words, Words, list[Link]]]:
    """Yield what all heads attend to, the words of the tokens, and the anchors.

    The attention: (layers, heads, target tokens + 1, source tokens + 1).
    """
    network = load_network(model).eval()
    network.set_attn_implementation("eager")  # which gives the weights
    tokenizer = MarianTokenizer(model)
    end, start = tokenizer.source_ids[END], network.config.decoder_start_token_id
    for source, target in pairs:
        anchors = anchors_of(source, target)
        (mine,) = tokenizer.tokenize([source])
        (theirs,) = tokenizer.tokenize_targets([target])
        fits = len(mine) < model.max_source_tokens
        if not (anchors and fits and len(theirs) < model.max_target_tokens):
            continue
        output = network.model(
            input_ids=torch.tensor([[*tokenizer.ids(mine), end]]),
            decoder_input_ids=torch.tensor(
                [[start, *tokenizer.target_numbers(theirs)]]
            ),
            use_cache=False,
            output_attentions=True,
        )
        weights = torch.cat(output.cross_attentions).numpy()
        words = token_words(source, mine), token_words(target, theirs)
        yield weights, *words, anchors


def anchors_of(source: str, target: str) -> list[tuple[int, int]]:
    """Return the numbers of the words that stand once in either text, the same.

    >>> anchors_of("Am 3. Mai kam Frau Krüger.", "Ms Krüger came on 3 May.")
    [(1, 4), (5, 1)]
    """
    sides = []
    for text in (source, target):
        words = [_bare(text, span) for span in stretches.words(text)]
        once = {word for word, count in Counter(words).items() if word and count == 1}
        sides.append({word: n for n, word in enumerate(words) if word in once})
    mine, theirs = sides
    return [(mine[word], theirs[word]) for word in mine if word in theirs]


def _bare(text: str, span: tuple[int, int]) -> str:
    core = stretches.core(text, span)
    return text[slice(*core)].casefold() if core else ""
