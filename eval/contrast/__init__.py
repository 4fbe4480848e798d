"""Contrastive tests: whether a model finds references likelier than wrong texts."""

from satzpaar.eval.contrast.pairs import (
    ContrastPair,
    make_pairs,
    read_pairs,
    write_pairs,
)
from satzpaar.eval.contrast.perturbations import PERTURBATIONS
from satzpaar.eval.contrast.scoring import (
    ClassAccuracy,
    Judgement,
    judge_pairs,
    summarize,
)

__all__ = [
    "PERTURBATIONS",
    "ClassAccuracy",
    "ContrastPair",
    "Judgement",
    "judge_pairs",
    "make_pairs",
    "read_pairs",
    "summarize",
    "write_pairs",
]
