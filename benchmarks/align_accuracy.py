"""Accuracy of the aligner on gold alignments, beside Gale and Church's.

    python benchmarks/align_accuracy.py [--shared DIR] [--sets textberg easy hard noisy]
        [--systems bergamot-tiny FILE ...] [--seeds 11 12] [--no-mt] [--types]

Text+Berg is the development text; the semi-synthetic sets are made from WMT test sets
that nothing was tuned on (2017 and 2018), with seeds of the caller's choice. Strict and
lax precision, recall and F1 are those of vecalign's ``score.py``: beads that leave a
segment out count among those found, not among those sought; "pairs" leaves them out
altogether. The difference to Gale and Church comes with a 95 % interval from a paired
bootstrap over documents (of Text+Berg, over stretches of 20 gold beads). ECE is the
expected calibration error over ten bins with equally many beads, Brier the mean square
of confidence minus right.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from align_data import (
    HELD_OUT,
    LEVELS,
    Beads,
    Counts,
    GoldDocument,
    counts_of,
    semi_synthetic,
    textberg,
)

from satzpaar.alignments.aligner import Aligner, AlignerOptions
from satzpaar.alignments.rescoring import EngineScorer, RescoringOptions
from satzpaar.translate.translator import load_translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ALIGNERS = {"ours": Aligner()}
SAMPLES = 2000
BINS = 10
STRETCH = 20  # gold beads of Text+Berg that are drawn together


@dataclass(slots=True)
class Result:
    """What one aligner did on one set."""

    units: list[Counts] = field(default_factory=list)  # by document or stretch
    total: Counts = field(default_factory=Counts)
    pairs: Counts = field(default_factory=Counts)
    confidences: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    sought: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, document: GoldDocument, beads: Beads) -> None:
        """Score one document."""
        for gold, part in stretches(document, beads):
            self.units.append(counts_of(gold, part))
        self.total += counts_of(document.gold, beads)
        self.pairs += counts_of(document.gold, beads, two_sided=True)
        known = set(document.gold)
        for counter, some in (
            (self.sought, known),
            (self.found, beads),
            (self.hits, [bead for bead in beads if bead in known]),
        ):
            counter.update(f"{len(source)}-{len(target)}" for source, target in some)
        self.right += [bead in known for bead in beads]


def stretches(document: GoldDocument, beads: Beads) -> Iterator[tuple[Beads, Beads]]:
    """Cut the gold and the beads of a long text alike: what the bootstrap draws.

    A bead goes where its first source segment goes, or else its first target segment.
    """
    if len(document.gold) < 10 * STRETCH:
        yield document.gold, beads
        return
    starts = [gold for gold in document.gold if gold[0] and gold[1]][::STRETCH]
    borders = [(source[0], target[0]) for source, target in starts][1:]

    def place(bead: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
        side, segment = (0, bead[0][0]) if bead[0] else (1, bead[1][0])
        return sum(segment >= border[side] for border in borders)

    for k in range(len(borders) + 1):
        yield (
            [bead for bead in document.gold if place(bead) == k],
            [bead for bead in beads if place(bead) == k],
        )


def aligned(
    document: GoldDocument, *, mt: bool, both: bool
) -> tuple[Beads, list[float]]:
    """Align with ours."""
    found = ALIGNERS["ours"].align(
        *document.texts(),
        translation=document.translation if mt else None,
        back_translation=document.back_translation if both else None,
    )
    return (
        [(tuple(bead.source), tuple(bead.target)) for bead in found.beads],
        [bead.confidence or 0.0 for bead in found.beads],
    )


def gale_church(document: GoldDocument) -> Beads:
    """Align with NLTK's Gale and Church; what it links with nothing stands alone."""
    from nltk.translate import gale_church

    sides = (document.source, document.target)
    lengths = [[len(segment.strip()) for segment in side] for side in sides]
    beads: list[tuple[set[int], set[int]]] = []
    for i, j in gale_church.align_blocks(*lengths):
        if not beads or (i not in beads[-1][0] and j not in beads[-1][1]):
            beads.append((set(), set()))
        beads[-1][0].add(i)
        beads[-1][1].add(j)
    linked = [set().union(*(bead[k] for bead in beads)) for k in (0, 1)]
    return [
        *((tuple(sorted(source)), tuple(sorted(target))) for source, target in beads),
        *(((i,), ()) for i in range(len(sides[0])) if i not in linked[0]),
        *(((), (j,)) for j in range(len(sides[1])) if j not in linked[1]),
    ]


def calibration_errors(result: Result) -> tuple[float, float]:
    """Return the expected calibration error and the Brier score."""
    told, right = np.array(result.confidences), np.array(result.right, dtype=float)
    order = np.argsort(told, kind="stable")
    gaps = [
        abs(told[part].mean() - right[part].mean()) * len(part)
        for part in np.array_split(order, BINS)
    ]
    return float(sum(gaps) / len(told)), float(np.mean((told - right) ** 2))


def interval(ours: Sequence[Counts], theirs: Sequence[Counts]) -> tuple[float, float]:
    """Return the 95 % interval of the difference in strict F1, by paired bootstrap."""
    tables = [np.array([unit.row() for unit in units]) for units in (ours, theirs)]
    draws = np.random.default_rng(12345).integers(len(ours), size=(SAMPLES, len(ours)))
    scores = []
    for table in tables:
        sums = table[draws].sum(axis=1)
        precision = sums[:, 0] / np.maximum(sums[:, 2], 1)
        recall = sums[:, 3] / np.maximum(sums[:, 5], 1)
        scores.append(2 * precision * recall / np.maximum(precision + recall, 1e-9))
    low, high = np.percentile(scores[0] - scores[1], [2.5, 97.5])
    return float(low), float(high)


def evaluated(
    documents: Iterable[GoldDocument],
    align: Callable[[GoldDocument], tuple[Beads, list[float]]],
) -> Result:
    """Align and score all documents of a set."""
    result = Result()
    for document in documents:
        start = time.process_time()
        beads, confidences = align(document)
        result.seconds += time.process_time() - start
        result.confidences += confidences
        result.add(document, beads)
    return result


def row(name: str, result: Result) -> str:
    """Return a line of the table."""
    total = result.total
    strict = "/".join(f"{score:.3f}" for score in total.strict())
    line = f"{name:<44} {strict}  {total.lax()[2]:.3f}  {result.pairs.strict()[2]:.3f}"
    if result.confidences:
        line += "  {:.3f} {:.3f}".format(*calibration_errors(result))
    return line


def types(result: Result) -> Iterator[str]:
    """Yield a line for each type of bead that the gold has often."""
    for kind, sought in result.sought.most_common():
        if sought < 5:
            break
        found, hits = result.found[kind], result.hits[kind]
        yield (
            f"    {kind}: {sought} sought, {found} found, {hits} right; "
            f"precision {hits / max(found, 1):.3f}, recall {hits / sought:.3f}"
        )


def main() -> None:
    """Make the sets, align them and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--sets", nargs="+", default=["textberg", *LEVELS], metavar="SET"
    )
    parser.add_argument("--systems", nargs="+", default=["bergamot-tiny"])
    parser.add_argument("--years", nargs="+", type=int, default=list(HELD_OUT))
    parser.add_argument("--seeds", nargs="+", type=int, default=[11])
    parser.add_argument("--no-mt", action="store_true", help="without a translation")
    parser.add_argument("--types", action="store_true", help="tell beads by type too")
    parser.add_argument("--no-peer", action="store_true", help="without Gale-Church")
    parser.add_argument(
        "--rescore",
        type=float,
        metavar="WEIGHT",
        help="ask the bundled model about doubtful beads, with this weight",
    )
    arguments = parser.parse_args()

    if arguments.rescore is not None:
        rescoring = RescoringOptions(weight=arguments.rescore)
        ALIGNERS["ours"] = Aligner(
            options=AlignerOptions(rescoring=rescoring),
            scorer=EngineScorer(load_translator().engine),
        )
    sets: dict[str, list[GoldDocument]] = {}
    for name in arguments.sets:
        if name == "textberg":
            for known in ("google", "europarlfull"):
                berg = textberg(arguments.shared, f"dev.{known}.fr")
                sets[f"textberg, {known}"] = [berg]
            continue
        for system in arguments.systems:
            sets[f"{name}, {system}"] = [
                document
                for year in arguments.years
                for seed in arguments.seeds
                for document in semi_synthetic(
                    arguments.shared, year, name, seed=seed, translation=system
                )
            ]
    print(f"{'':<44} strict P/R/F1      lax F1 pairs  ECE   Brier")
    for name, documents in sets.items():
        mt = not arguments.no_mt
        trials = {"ours": (mt, False)}
        if mt and documents[0].back_translation:
            trials["ours, both directions"] = (True, True)
        results = {
            label: evaluated(documents, partial(aligned, mt=with_mt, both=both))
            for label, (with_mt, both) in trials.items()
        }
        for label, result in results.items():
            print(row(f"{name}: {label}", result), flush=True)
            if arguments.types:
                print("\n".join(types(result)))
        if not arguments.no_peer:
            peer = evaluated(documents, lambda d: (gale_church(d), []))
            print(row(f"{name}: Gale-Church (NLTK)", peer))
            low, high = interval(results["ours"].units, peer.units)
            print(f"    ours - Gale-Church, strict F1: {low:+.3f} to {high:+.3f}")


if __name__ == "__main__":
    main()
