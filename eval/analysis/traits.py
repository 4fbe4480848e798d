"""Scores of the segments whose source has a trait: a question, a quotation, a bracket.

Kinds of text differ in how hard they are for everyone. What says something of a system
is its distance from another one: whether it falls behind on questions further than it
does elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from satzpaar.eval.significance import CELLS_AT_A_TIME, ROUNDING, holm
from satzpaar.translate.checks.negation import negates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from satzpaar.eval.metrics import Array, Metric

# Of fewer segments, or of all but fewer, a score says next to nothing; ours.
LEAST_SEGMENTS: Final = 20
DRAWS: Final = 5000  # of as many segments at random
SEED: Final = 12345  # sacreBLEU's

_CONJUNCTIONS = (
    "als|bevor|damit|dass|daß|ehe|falls|indem|nachdem|ob|obgleich|obwohl|sobald|sodass|"
    "sofern|solange|soweit|während|weil|wenn"
)
_ADVERBS = (
    "bis|da|wie|wo|wobei|wodurch|womit|wonach|woran|worauf"  # begin other things too
)
_PREPOSITIONS = (
    "an|auf|aus|bei|durch|für|gegen|hinter|in|mit|nach|neben|ohne|über|um|unter|von|vor|"
    "zu|zwischen"
)


def _has(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[str], bool]:
    search = re.compile(pattern, flags).search
    return lambda text: search(text) is not None


# What a German sentence has, as far as that can be seen on its surface.
TRAITS: Final[Mapping[str, Callable[[str], bool]]] = {
    "question": _has(r"\?"),
    "quotation": _has(r"[\"„“”«»]"),
    "bracket or dash": _has(r"[(\[]|\s[-–—]\s"),
    "colon": _has(r":(?=\s)"),
    "number": _has(r"\d"),
    "negation": negates,
    "subordinate clause": _has(
        rf"(?:^|, (?:und |oder |aber )?)(?:{_CONJUNCTIONS})\b|, (?:{_ADVERBS})\b",
        re.IGNORECASE,
    ),
    "relative clause": _has(
        rf", (?:(?:{_PREPOSITIONS}) )?(?:der|die|das|dem|den|denen|deren|dessen|"
        r"welche[mnrs]?)\b"
    ),
    "zu and infinitive": _has(
        r"\bzu (?!den\b|denen\b|einen\b)[a-zäöüß]+n\b(?! [A-ZÄÖÜ\d])"
        r"|\b[a-zäöüß]{2,}zu[a-zäöüß]{2,}n\b"
    ),
    "past passive": _has(r"\bw(?:urden?|orden)\b"),
    "subjunctive": _has(
        r"\b(?:seien?|habe|hätten?|wären?|werde|würden?|könnten?|könne|müssten?|müsse|"
        r"solle|wolle|dürfe|dürften?|gebe|gehe|komme|bleibe)\b"
    ),
    "I or we": _has(
        r"\b(?:ich|mich|mir|mein(?:e[mnrs]?)?|wir|uns|unser(?:e[mnrs]?)?)\b",
        re.IGNORECASE,
    ),
    "er or sie": _has(r"\b(?:er|ihn|ihm|sie|Er)\b"),
    "man": _has(r"\b[Mm]an\b"),
    "two long words": _has(r"\b\w{15,}\b.*\b\w{15,}\b"),
    "abbreviation": _has(r"\b[A-ZÄÖÜ]{2,}\b"),
    "no end mark": _has(r"[^.!?…:;\"“”»«'’)]\s*$"),
}


@dataclass(frozen=True, slots=True)
class TraitBucket:
    """The segments whose source has a trait, scored together as a corpus of their own.

    Attributes:
        members: Their numbers, from 0.
        scores: One a system, by the metric's corpus score.
        gaps: Of each system, how much its distance from the baseline (its score less
            the baseline's) differs from that in the other segments; 0 for the
            baseline itself.
        p: How often as many segments drawn at random differ as much from the others,
            corrected for the number of traits and systems; 1 for the baseline itself.
    """

    trait: str
    members: tuple[int, ...]
    scores: tuple[float, ...]
    gaps: tuple[float, ...]
    p: tuple[float, ...]


def by_trait(
    sources: Sequence[str], statistics: Array, metric: Metric, *, baseline: int = 0
) -> tuple[TraitBucket, ...]:
    """Score by what sources have, but for what hardly any or nearly all of them have.

    Args:
        sources: German.
        statistics: The metric's, (systems, segments, columns).
        metric: What scores.
        baseline: The system whose distance from the others is looked at.
    """
    members = {
        trait: np.fromiter(map(has, sources), bool, len(sources))
        for trait, has in TRAITS.items()
    }
    members = {
        trait: own
        for trait, own in members.items()
        if LEAST_SEGMENTS <= own.sum() <= len(sources) - LEAST_SEGMENTS
    }
    scores, gaps = {}, {}
    for trait, own in members.items():
        within, without = _split(statistics, metric, own[None].astype(float))
        scores[trait] = within[:, 0]
        gaps[trait] = _gaps(within, without, baseline)[:, 0]
    others = [n for n in range(len(statistics)) if n != baseline]
    chances = _chances(statistics, metric, members, gaps, baseline) if others else {}
    tests = [(trait, system) for trait in members for system in others]
    corrected = holm([float(chances[trait][system]) for trait, system in tests])
    p_values = dict(zip(tests, corrected, strict=True))
    return tuple(
        TraitBucket(
            trait,
            tuple(map(int, np.flatnonzero(own))),
            tuple(map(float, scores[trait])),
            tuple(map(float, gaps[trait])),
            tuple(p_values.get((trait, n), 1.0) for n in range(len(statistics))),
        )
        for trait, own in members.items()
    )


def _chances(
    statistics: Array,
    metric: Metric,
    members: Mapping[str, npt.NDArray[np.bool_]],
    gaps: Mapping[str, Array],
    baseline: int,
) -> dict[str, Array]:
    """Return of each trait a p-value a system, two-sided.

    Whether a segment has a trait is exchanged among segments at random: what a trait
    does to all systems alike takes no part, for gaps are between systems.
    """
    drawn: dict[str, list[Array]] = {trait: [] for trait in members}
    for ranks in _ranks(statistics.shape[1]):
        for trait, own in members.items():
            scored = _split(statistics, metric, (ranks < own.sum()).astype(float))
            drawn[trait].append(_gaps(*scored, baseline))
    found = {}
    for trait, parts in drawn.items():
        by_chance = np.concatenate(parts, axis=1)  # (systems, draws)
        centre = by_chance.mean(axis=1, keepdims=True)
        observed = np.abs(gaps[trait][:, None] - centre)
        hits = (np.abs(by_chance - centre) >= observed - ROUNDING).sum(axis=1)
        found[trait] = (hits + 1) / (DRAWS + 1)
    return found


def _ranks(segments: int) -> Iterator[npt.NDArray[np.int64]]:
    """Yield orders of the segments at random, DRAWS in all, (some, segments)."""
    generator = np.random.default_rng(SEED)
    size = max(1, CELLS_AT_A_TIME // max(segments, 1))
    for at in range(0, DRAWS, size):
        orders = np.tile(np.arange(segments), (min(size, DRAWS - at), 1))
        yield generator.permuted(orders, axis=1)


def _split(statistics: Array, metric: Metric, members: Array) -> tuple[Array, Array]:
    """Score members, (draws, segments), and all others: (systems, draws) each."""
    within = np.stack(
        [members @ own for own in statistics]
    )  # (systems, draws, columns)
    without = statistics.sum(axis=1)[:, None] - within
    first, second = (
        metric.scores(np.moveaxis(sums, 2, 0)) for sums in (within, without)
    )
    return first, second


def _gaps(within: Array, without: Array, baseline: int) -> Array:
    """Say how far systems are from the baseline within, less what they are without."""
    gaps: Array = (within - within[baseline]) - (without - without[baseline])
    return gaps
