"""`satzpaar eval contamination`: what of a test set is in the training data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.formats import read_bitext
from satzpaar.cli.bitexts import check_columns, columns_of
from satzpaar.eval.contamination import (
    DEFAULT_LENGTH,
    checked_sides,
    find_contamination,
)
from satzpaar.eval.inputs import check_languages, load_testset
from satzpaar.eval.noticed import check_roles

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from satzpaar.eval.contamination import Contamination

EPILOG = """\
examples:
  satzpaar eval contamination newstest2018 --bitext train.tsv.gz
  satzpaar eval contamination wmt23 --bitext europarl.tmx --bitext corpus.de --json
"""

SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Find text of a test set in training data."
    parser.epilog = EPILOG
    parser.add_argument("testset", metavar="TESTSET", help="a file, folder or name")
    parser.add_argument(
        "-b",
        "--bitext",
        action="append",
        required=True,
        metavar="FILE",
        help="training data: TSV, TMX, JSONL, Moses (corpus.de beside corpus.en) …",
    )
    parser.add_argument(
        "--words",
        type=int,
        default=DEFAULT_LENGTH,
        metavar="N",
        help="length of the runs looked for; default: %(default)s",
    )
    parser.add_argument(
        "--languages", default="de-en", metavar="PAIR", help="default: %(default)s"
    )
    parser.add_argument(
        "--columns", metavar="N,M", help="source and target in a TSV without header"
    )
    parser.add_argument("--json", action="store_true", help="everything, for programs")


def run(options: argparse.Namespace) -> int:
    """Look for the test set in the training data."""
    languages = check_languages(options.languages)
    columns = columns_of(options.columns)
    check_columns(options, options.bitext)
    testset = load_testset(options.testset, languages)
    check_roles(testset)

    sizes: list[tuple[str, int]] = []  # each file, and how many pairs it has

    def training() -> Iterator[tuple[str, str]]:
        for name in options.bitext:
            units = read_bitext(
                Path(name),
                source_language=languages[0],
                target_language=languages[1],
                columns=columns,
            )
            pairs = ((unit.source.plain(), unit.target.plain()) for unit in units)
            size = 0
            for pair in checked_sides(pairs, languages, place=name):
                size += 1
                yield pair
            sizes.append((name, size))

    result = find_contamination(testset, training(), length=options.words)
    if options.json:
        content = asdict(result)
        for found in content["found"]:
            found["bitext"], found["pair"] = _place(found["place"], sizes)
        print(json.dumps(content, ensure_ascii=False))
    else:
        _print(result, sizes)
    return 0


def _place(place: int, sizes: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Return the file of a pair that was counted through all files, and its number.

    >>> _place(12, [("a.tsv", 10), ("b.tsv", 5)])
    ('b.tsv', 2)
    """
    for name, size in sizes:
        if place <= size:
            return name, place
        place -= size
    raise ValueError(f"no pair {place} beyond the last")


def _print(result: Contamination, sizes: Sequence[tuple[str, int]]) -> None:
    print(
        f"{result.testset}: {result.segments} segments, {result.pairs} training pairs"
    )
    if "source" not in result.sides:
        print("sources:    the test set has none; not looked for")
    for side in result.sides:
        whole = result.count(side, whole=True)
        touched = result.count(side, whole=False)
        print(
            f"{side + 's:':<12}{whole} found whole ({whole / result.segments:.1%}), "
            f"{touched} by {result.length} words or whole "
            f"({touched / result.segments:.1%})"
        )
    for each in result.found[:SHOWN]:
        what = "whole" if each.whole else f"{each.share:.0%}"
        bitext, pair = _place(each.place, sizes)
        where = f"pair {pair}" + (f" of {bitext}" if len(sizes) > 1 else "")
        print(f"  line {each.segment + 1}, {each.side}: {what}, in {where}")
    if len(result.found) > SHOWN:
        print(f"  … {len(result.found) - SHOWN} more; --json lists all")
