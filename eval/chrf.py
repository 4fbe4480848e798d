"""chrF and chrF++: what sacreBLEU counts, to the last digit, counted faster."""

from __future__ import annotations

from functools import lru_cache
from string import punctuation
from typing import TYPE_CHECKING, Final

import numpy as np

from satzpaar.eval.metrics import present_references, sacrebleu_signature
from satzpaar.eval.ngrams import match, tokens_of_characters, tokens_of_words, totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.eval.metrics import Array
    from satzpaar.eval.ngrams import Integers, Tokens
    from satzpaar.eval.testset import SystemOutput, TestSet

    Texts = tuple[tuple[str, ...], ...]

CHARACTER_ORDER: Final = 6
RECALL_WEIGHT: Final = 4  # chrF2: beta is 2, squared


class Chrf:
    """chrF2 and, with words of up to two, chrF2++, by sacreBLEU's counts.

    Source: Popović (2015), "chrF: character n-gram F-score for automatic MT
    evaluation", WMT; Popović (2017), "chrF++: words helping character n-grams", WMT.

    Args:
        word_order: The longest n-grams of words that count beside the characters'.
        lowercase: Whether the case of letters is ignored.
    """

    higher_is_better = True
    needs_source = False
    needs_reference = True

    def __init__(self, *, word_order: int = 0, lowercase: bool = False) -> None:
        from sacrebleu.metrics.chrf import CHRF

        self.name = "chrF2" + "+" * word_order
        self._word_order = word_order
        self._lowercase = lowercase
        self._sacrebleu = CHRF(word_order=word_order, lowercase=lowercase)

    def signature(self, testset: TestSet) -> str:
        """Give sacreBLEU's signature."""
        return sacrebleu_signature(self._sacrebleu, testset)

    def segment_signature(self, testset: TestSet) -> str:
        """Give the same: segments are scored as whole texts are."""
        return self.signature(testset)

    def statistics(self, testset: TestSet, systems: Sequence[SystemOutput]) -> Array:
        """Count n-grams: for each order the hypothesis's, the reference's, the shared.

        Of several references the one counts that gives a segment its best score.
        """
        references: Texts = tuple(ref.segments for ref in testset.references)
        hypotheses: Texts = tuple(system.hypotheses for system in systems)
        if self._lowercase:
            references, hypotheses = _lowered(references), _lowered(hypotheses)
        counts = _character_counts(references, hypotheses)
        if self._word_order:
            words = _word_counts(references, hypotheses, self._word_order)
            counts = np.concatenate([counts, words], axis=3)
        triples: Array = counts.reshape(*counts.shape[:3], -1).astype(np.float64)
        if len(references) == 1:
            only: Array = triples[0]
            return only
        f_scores = self.scores(np.moveaxis(triples, 3, 0))
        f_scores[
            ~np.broadcast_to(present_references(testset)[:, None], f_scores.shape)
        ] = -1
        best = f_scores.argmax(axis=0)[None, :, :, None]
        chosen: Array = np.take_along_axis(triples, best, axis=0)[0]
        return chosen

    def scores(self, sums: Array) -> Array:
        """Score by the mean precision and recall over the orders that occur."""
        return chrf(sums)

    def segment_scores(self, statistics: Array) -> Array:
        """Score single segments, as whole texts are."""
        return chrf(statistics)


def _lowered(texts: Texts) -> Texts:
    return tuple(tuple(segment.lower() for segment in text) for text in texts)


@lru_cache(maxsize=1)  # chrF2 and chrF2++ are mostly asked for together
def _character_counts(references: Texts, hypotheses: Texts) -> Integers:
    """Count character n-grams, (references, hypotheses, segments, order, 3)."""
    texts = [
        ["".join(segment.split()) for segment in text]
        for text in (*references, *hypotheses)
    ]
    tokens, bound = tokens_of_characters(texts)
    return _counts(
        tokens[len(references) :], tokens[: len(references)], CHARACTER_ORDER, bound
    )


def _word_counts(references: Texts, hypotheses: Texts, order: int) -> Integers:
    texts = [
        [_words(segment) for segment in text] for text in (*references, *hypotheses)
    ]
    tokens, bound = tokens_of_words(texts)
    return _counts(tokens[len(references) :], tokens[: len(references)], order, bound)


def _counts(
    hypotheses: Sequence[Tokens], references: Sequence[Tokens], order: int, bound: int
) -> Integers:
    matches = match(hypotheses, references, order, bound, pooled=False)
    counts = np.empty((*matches.shape, 3), dtype=np.int64)
    for r, reference in enumerate(references):
        wanted = totals(reference, order)
        for h, hypothesis in enumerate(hypotheses):
            counts[r, h, :, :, 0] = totals(hypothesis, order) * (wanted > 0)
            counts[r, h, :, :, 1] = wanted
    counts[..., 2] = matches
    return counts


def _words(segment: str) -> list[str]:
    """Split off one punctuation mark a word, as chrF++ has it.

    >>> _words("(yes), no!")
    ['(yes)', ',', 'no', '!']
    """
    words: list[str] = []
    for word in segment.split():
        if len(word) > 1 and word[-1] in punctuation:
            words += [word[:-1], word[-1]]
        elif len(word) > 1 and word[0] in punctuation:
            words += [word[0], word[1:]]
        else:
            words.append(word)
    return words


def chrf(sums: Array) -> Array:
    """chrF2 of summed statistics, (3 x orders, ...) to (...), in percent."""
    tried, wanted, matches = sums[0::3], sums[1::3], sums[2::3]
    if sums.size and tried.min() > 0 and wanted.min() > 0:
        precision = (matches / tried).mean(axis=0)
        recall = (matches / wanted).mean(axis=0)
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            occurs = (tried > 0) & (wanted > 0)
            orders = np.maximum(occurs.sum(axis=0), 1)
            precision = np.where(occurs, matches / tried, 0).sum(axis=0) / orders
            recall = np.where(occurs, matches / wanted, 0).sum(axis=0) / orders
    weighted = RECALL_WEIGHT * precision + recall
    product = 100 * (1 + RECALL_WEIGHT) * precision * recall
    scores: Array = product / np.where(weighted > 0, weighted, 1)
    return scores
