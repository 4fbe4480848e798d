"""BLEU: what sacreBLEU counts, to the last digit, counted faster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from satzpaar.eval.metrics import present_references, sacrebleu_signature
from satzpaar.eval.ngrams import match, tokens_of_words, totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from satzpaar.eval.metrics import Array
    from satzpaar.eval.ngrams import Integers
    from satzpaar.eval.testset import SystemOutput, TestSet

BLEU_ORDER: Final = 4

# The tokenizer whose rules look no further than white space: each word is cut once.
WORD_BY_WORD: Final = "13a"


class Bleu:
    """BLEU by sacreBLEU's counts and smoothing ("exp").

    Source: Papineni et al. (2002), "Bleu: a Method for Automatic Evaluation of Machine
    Translation", ACL; Post (2018), "A Call for Clarity in Reporting BLEU Scores", WMT.

    Args:
        tokenizer: One of sacreBLEU's: ``13a``, ``intl``, ``char``, ``none`` …
        lowercase: Whether the case of letters is ignored.
    """

    name = "BLEU"
    higher_is_better = True
    needs_source = False
    needs_reference = True

    def __init__(self, *, tokenizer: str = "13a", lowercase: bool = False) -> None:
        from sacrebleu.metrics.bleu import BLEU

        self._lowercase = lowercase
        self._tokens_of_words: dict[str, list[str]] = {}
        self._corpus = BLEU(lowercase, tokenize=tokenizer)
        self._segment = BLEU(lowercase, tokenize=tokenizer, effective_order=True)

    def signature(self, testset: TestSet) -> str:
        """Give sacreBLEU's signature."""
        return sacrebleu_signature(self._corpus, testset)

    def segment_signature(self, testset: TestSet) -> str:
        """Give sacreBLEU's signature, with effective order."""
        return sacrebleu_signature(self._segment, testset)

    def statistics(self, testset: TestSet, systems: Sequence[SystemOutput]) -> Array:
        """Count words: columns are both lengths, the four matches, the four totals."""
        texts = [ref.segments for ref in testset.references]
        texts += [system.hypotheses for system in systems]
        tokens, bound = tokens_of_words([self._tokenized(text) for text in texts])
        references = tokens[: len(testset.references)]
        hypotheses = tokens[len(testset.references) :]
        matches = match(hypotheses, references, BLEU_ORDER, bound, pooled=True)[0]
        lengths = np.array([reference.lengths for reference in references])
        present = present_references(testset)
        rows = [
            np.concatenate(
                [
                    tried.lengths[:, None],
                    _closest(tried.lengths, lengths, present)[:, None],
                    found,
                    totals(tried, BLEU_ORDER),
                ],
                axis=1,
            )
            for tried, found in zip(hypotheses, matches, strict=True)
        ]
        return np.array(rows, dtype=np.float64)

    def _tokenized(self, text: Sequence[str]) -> list[list[str]]:
        if self._lowercase:
            text = [segment.lower() for segment in text]
        tokenize = self._corpus.tokenizer
        if self._corpus.tokenizer_signature != WORD_BY_WORD:
            return [tokenize(segment.rstrip()).split() for segment in text]
        tokens_of = self._tokens_of_words
        tokenized: list[list[str]] = []
        for segment in text:
            tokens: list[str] = []
            for word in segment.split():
                found = tokens_of.get(word)
                if found is None:
                    found = tokens_of[word] = tokenize(word).split()
                tokens += found
            tokenized.append(tokens)
        return tokenized

    def scores(self, sums: Array) -> Array:
        """Score whole texts: without matches of an order the score is smoothed."""
        return bleu(sums, effective_order=False)

    def segment_scores(self, statistics: Array) -> Array:
        """Score single segments by as many orders as they have words."""
        return bleu(statistics, effective_order=True)


def _closest(
    lengths: Integers, references: Integers, present: npt.NDArray[np.bool_]
) -> Integers:
    """Take each segment's reference length that is closest, of two the shorter."""
    far = np.iinfo(np.int64).max // 4
    distances = np.where(present, np.abs(references - lengths), far)
    nearest = distances == distances.min(axis=0)
    closest: Integers = np.where(nearest, references, far).min(axis=0)
    return closest


def bleu(sums: Array, *, effective_order: bool) -> Array:
    """BLEU of summed statistics, (10, ...) to (...), in percent.

    A zero precision counts as half, a quarter … of one match ("exp" smoothing).
    Source: Chen and Cherry (2014), "A Systematic Comparison of Smoothing Techniques for
    Sentence-Level BLEU", WMT, method 3.
    """
    length, wanted = sums[0], sums[1]
    matches, total = sums[2:6], sums[6:10]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        penalty = np.exp(np.minimum(1 - wanted / length, 0))
        if matches.size and matches.min() > 0:
            mean = np.log((matches / total).prod(axis=0)) / BLEU_ORDER
            usual: Array = 100 * penalty * np.exp(mean)
            return usual
        halvings = np.cumsum((matches == 0) & (total > 0), axis=0)
        smoothed = np.where(matches > 0, matches, 0.5**halvings)
        logarithms = np.where(total > 0, np.log(smoothed / total), 0)
        orders = (total > 0).sum(axis=0)
        if effective_order:
            mean = logarithms.sum(axis=0) / np.maximum(orders, 1)
        else:
            mean = np.where(orders < BLEU_ORDER, -np.inf, logarithms.sum(axis=0) / 4)
        scores = 100 * penalty * np.exp(mean)
    found: Array = np.where(matches.any(axis=0), scores, 0.0)
    return found
