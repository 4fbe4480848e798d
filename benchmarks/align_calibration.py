"""Find how posteriors become confidences, on the development sets.

    python benchmarks/align_calibration.py [--shared DIR] [--no-mt]

Logistic regression of "the bead is in the gold" on the log-odds of its posterior, by
Newton's method. What it prints stands in ``alignments/calibration.py``.
`align_accuracy.py` measures the error on other texts.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from align_data import DEVELOPMENT, LEVELS, semi_synthetic, textberg

from satzpaar.alignments.aligner import Aligner
from satzpaar.alignments.calibration import Calibration, log_odds
from satzpaar.alignments.cost import NgramCost, Pair

SYSTEMS = ("bergamot-tiny", "google", "microsoft")
TEXTBERG_COUNTS = 4  # as often as a document: it is five times as long, and real


@dataclass(frozen=True, slots=True)
class Recording(Calibration):
    """Leaves posteriors as they are, and notes whether the last text has many gaps."""

    asked: list[bool] = field(default_factory=list)

    def confidence(self, posterior: float, *, one_sided: bool, many: bool) -> float:
        """Return the posterior."""
        self.asked.append(many)
        return Calibration.confidence(self, posterior, one_sided=one_sided, many=many)

    @property
    def many(self) -> bool:
        """What was last told."""
        return self.asked[-1]


class Uncalibrated(NgramCost):
    """The usual cost with a calibration of one's own."""

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration

    def calibration(self, pair: Pair) -> Calibration:  # noqa: ARG002
        """Return the one given."""
        return self._calibration


def main() -> None:
    """Align, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--no-mt", action="store_true")
    parser.add_argument("--documents", type=int, default=8, help="of each set")
    arguments = parser.parse_args()

    documents = [textberg(arguments.shared)] * TEXTBERG_COUNTS
    sets = [(year, level) for year in DEVELOPMENT for level in LEVELS]
    for k, (year, level) in enumerate(sets):
        made = semi_synthetic(
            arguments.shared,
            year,
            level,
            seed=1000 + year + k,  # not those that the weights were found on
            translation=SYSTEMS[k % 3],
        )
        documents += made[: arguments.documents]
    rows, right = [], []
    recording = Recording(1.0, 0.0, 0.0, 0.0)
    aligner = Aligner(Uncalibrated(recording))
    for document in documents:
        gold = set(document.gold)
        aligned = aligner.align(
            *document.texts(),
            translation=None if arguments.no_mt else document.translation,
        )
        for bead in aligned.beads:
            assert bead.confidence is not None
            one_sided = not bead.source or not bead.target
            many = one_sided and recording.many
            rows.append((log_odds(bead.confidence), 1.0, float(one_sided), float(many)))
            right.append((tuple(bead.source), tuple(bead.target)) in gold)
    features, found = np.array(rows), np.array(right, dtype=float)
    weights = np.array([1.0, 0.0, 0.0, 0.0])
    for _ in range(20):
        told = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (found - told)
        curvature = (features.T * (told * (1 - told))) @ features
        weights = weights + np.linalg.solve(curvature, slope)
    print(f"{len(found)} beads, {found.mean():.3f} right")
    print(Calibration(*(round(float(weight), 3) for weight in weights)))


if __name__ == "__main__":
    main()
