"""German sentence segmentation, ours and the peers', side by side in one table.

    python benchmarks/segmentation.py [--data FOLDER] [--lines 10] [--rules]

Consecutive lines of the WMT news test sets are joined with a space into
paragraphs; the line ends are then to be found again. Positions are counted in
characters that are not white space, so that no segmenter is punished for what it
does to spaces. The hard cases of ``tests/data/segmentation`` count as solved
only if every boundary is right. Speed is in processor time. Peers that are not
installed are left out.
"""

from __future__ import annotations

import argparse
import importlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from satzpaar.translate.segmentation import segment_spans

Segmenter = Callable[[str], list[str]]

REPOSITORY = Path(__file__).resolve().parent.parent
DATA = REPOSITORY.parent / "shared" / "data" / "wmt"
CASES = REPOSITORY / "tests" / "data" / "segmentation" / "hard.de.txt"
BOUNDARY = " ⏎ "

DEVELOPMENT = (2013, 2014, 2015)  # the rules were written looking at these
HELD_OUT = (2016, 2017, 2018)  # and never at these

# A line without such an end, most often a headline, leaves nothing to be found.
_MARKED = re.compile(r"[.!?…][\"'“”»«’‘)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """How many boundaries were right, invented and missed."""

    right: int = 0
    invented: int = 0
    missed: int = 0
    missed_unmarked: int = 0  # of the missed: no full stop or the like stands there

    def __add__(self, other: Found) -> Found:
        return Found(
            self.right + other.right,
            self.invented + other.invented,
            self.missed + other.missed,
            self.missed_unmarked + other.missed_unmarked,
        )

    @property
    def precision(self) -> float:
        """Share of the boundaries found that are line ends."""
        return self.right / max(self.right + self.invented, 1)

    @property
    def recall(self) -> float:
        """Share of the line ends that were found."""
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.invented + self.missed, 1)

    @property
    def f1_marked(self) -> float:
        """The same, leaving out the line ends that no mark shows."""
        missed = self.missed - self.missed_unmarked
        return 2 * self.right / max(2 * self.right + self.invented + missed, 1)


def ours() -> Segmenter:
    """Give satzpaar's segmenter."""
    return lambda text: [text[start:end] for start, end in segment_spans(text)]


def pysbd() -> Segmenter:
    """Give pySBD with its German rules."""
    segmenter = importlib.import_module("pysbd").Segmenter(language="de", clean=False)
    return lambda text: list(segmenter.segment(text))


def sentence_splitter() -> Segmenter:
    """Give the Moses splitter with its German list of prefixes."""
    module = importlib.import_module("sentence_splitter")
    splitter = module.SentenceSplitter(language="de")
    return lambda text: list(splitter.split(text))


def syntok() -> Segmenter:
    """Give syntok, which has one set of rules for German, English and Spanish."""
    module = importlib.import_module("syntok.segmenter")

    def segment(text: str) -> list[str]:
        return [
            text[sentence[0].offset : sentence[-1].offset + len(sentence[-1].value)]
            for paragraph in module.analyze(text)
            for sentence in map(list, paragraph)
        ]

    return segment


def punkt() -> Segmenter:
    """Give Punkt with the German parameters that NLTK distributes."""
    module = importlib.import_module("punkt")
    tokenizer = module.PunktSentenceTokenizer(module.load_model("german"))
    return lambda text: list(tokenizer.tokenize(text))


SEGMENTERS: dict[str, Callable[[], Segmenter]] = {
    "**satzpaar**": ours,
    "pySBD": pysbd,
    "sentence-splitter": sentence_splitter,
    "syntok": syntok,
    "NLTK Punkt": punkt,
}


def positions(segments: Iterable[str]) -> list[int]:
    """Where the segments end, in characters that are not white space."""
    return list(accumulate(len("".join(segment.split())) for segment in segments))


def compare(lines: Sequence[str], segments: Iterable[str]) -> Found:
    """Compare inner boundaries with the line ends of one paragraph."""
    ends = positions(lines)
    wanted = set(ends[:-1])
    found = set(positions(segments)[:-1]) - {ends[-1]}
    unmarked = {
        end
        for line, end in zip(lines[:-1], ends[:-1], strict=True)
        if _MARKED.search(line) is None
    }
    missed = wanted - found
    return Found(
        len(wanted & found), len(found - wanted), len(missed), len(missed & unmarked)
    )


def only_marked(lines: Sequence[str]) -> list[str]:
    """Segment as an oracle would that sees every marked line end and no other."""
    segments = [""]
    for line in lines:
        segments[-1] += line
        if _MARKED.search(line) is not None:
            segments.append("")
    return [segment for segment in segments if segment]


def paragraphs(path: Path, size: int) -> Iterator[list[str]]:
    """Yield *size* lines at a time; 0: all of them."""
    lines = [
        " ".join(line.split())
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    size = size or len(lines)
    for start in range(0, len(lines), size):
        yield lines[start : start + size]


def measure(
    segment: Segmenter, years: Iterable[int], data: Path, size: int
) -> tuple[Found, float, int]:
    """Segment the test sets of *years*: counts, seconds, bytes."""
    total, seconds, read = Found(), 0.0, 0
    for year in years:
        for lines in paragraphs(data / f"newstest{year}.de", size):
            text = " ".join(lines)
            began = time.process_time()
            segments = segment(text)
            seconds += time.process_time() - began
            read += len(text.encode())
            total += compare(lines, segments)
    return total, seconds, read


def solved(segment: Segmenter, cases: Sequence[str]) -> int:
    """How many cases come out with every boundary right."""
    count = 0
    for case in cases:
        wanted = case.split(BOUNDARY)
        count += positions(segment(" ".join(wanted))) == positions(wanted)
    return count


def by_rule(path: Path) -> dict[str, list[str]]:
    """Read the cases under the headings they stand below."""
    rules: dict[str, list[str]] = {}
    cases: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            cases = rules.setdefault(line.removeprefix("## "), [])
        elif line and re.match(r"#(?: |\Z)", line) is None:
            cases.append(line)
    return rules


def print_rules(segmenters: dict[str, Segmenter]) -> None:
    """Print how many hard cases of each rule every segmenter solves."""
    print(f"\n| rule | cases | {' | '.join(segmenters)} |")
    print("|---|---:|" + "---:|" * len(segmenters))
    for rule, cases in by_rule(CASES).items():
        counts = (str(solved(segment, cases)) for segment in segmenters.values())
        print(f"| {rule} | {len(cases)} | {' | '.join(counts)} |")


def row(name: str, segment: Segmenter, options: argparse.Namespace) -> str:
    """Measure one segmenter and write its row of the table."""
    cases = [case for cases in by_rule(CASES).values() for case in cases]
    segment("Zum Aufwärmen. Ein Satz.")
    early, early_seconds, early_bytes = measure(
        segment, DEVELOPMENT, options.data, options.lines
    )
    late, late_seconds, late_bytes = measure(
        segment, HELD_OUT, options.data, options.lines
    )
    speed = (early_bytes + late_bytes) / (early_seconds + late_seconds) / 1e6
    both = early + late
    cells = [
        name,
        *(f"{100 * value:.2f}" for value in (early.precision, early.recall, early.f1)),
        *(f"{100 * value:.2f}" for value in (late.precision, late.recall, late.f1)),
        f"{100 * both.f1:.2f}",
        f"{100 * both.f1_marked:.2f}",
        f"{solved(segment, cases)}/{len(cases)}",
        f"{speed:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def ceiling(options: argparse.Namespace) -> str:
    """Write the row of an oracle that errs only where no mark shows the end."""
    found = []
    for years in (DEVELOPMENT, HELD_OUT):
        total = Found()
        for year in years:
            for lines in paragraphs(options.data / f"newstest{year}.de", options.lines):
                total += compare(lines, only_marked(lines))
        found.append(total)
    early, late = found
    both = early + late
    cells = [
        "*every marked line end*",
        *(f"{100 * value:.2f}" for value in (early.precision, early.recall, early.f1)),
        *(f"{100 * value:.2f}" for value in (late.precision, late.recall, late.f1)),
        f"{100 * both.f1:.2f}",
        f"{100 * both.f1_marked:.2f}",
        "",
        "",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, default=DATA, help="folder of newstest2013.de and on"
    )
    parser.add_argument(
        "--lines", type=int, default=10, help="lines a paragraph; 0: the whole file"
    )
    parser.add_argument(
        "--only", choices=[name.strip("*") for name in SEGMENTERS], action="append"
    )
    parser.add_argument(
        "--rules", action="store_true", help="also print the hard cases by rule"
    )
    options = parser.parse_args()
    segmenters = {}
    print(
        "| | P 2013-15 | R | F1 | P 2016-18 | R | F1 | F1 all | F1 marked "
        "| hard cases | MB/s |\n|---|" + "---:|" * 10
    )
    for name, load in SEGMENTERS.items():
        if options.only and name.strip("*") not in options.only:
            continue
        try:
            segment = load()
        except ImportError:
            print(f"| {name} |" + " |" * 9 + " not installed |")
            continue
        segmenters[name] = segment
        print(row(name, segment, options), flush=True)
    print(ceiling(options))
    if options.rules:
        print_rules(segmenters)


if __name__ == "__main__":
    main()
