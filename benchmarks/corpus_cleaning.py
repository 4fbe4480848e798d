"""What the filters of alignments/filters find, and what they take by mistake.

    python benchmarks/corpus_cleaning.py ../shared/data            every filter
    python benchmarks/corpus_cleaning.py ../shared/data --show numbers

Clean pairs of news and of general text are damaged in known ways; each filter is then
asked about the damaged and the clean ones. The clean ones are human translations, but
not without faults: some of what a filter takes there deserves it (--show).
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import sys
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.bitext import TranslationUnit as Unit
from satzpaar.alignments.bitext import Variant
from satzpaar.alignments.filters import FILTERS, apply, learn, load_filters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from satzpaar.alignments.filters import Filter

    Units = Sequence[Unit]
    Damage = Callable[[Unit, Random, Units], Unit | None]

YEARS = range(2013, 2019)
DIGITS = re.compile(r"\d+")
WORD = re.compile(r"[^\W\d_]+")

BANNERS = [
    (
        "Wir verwenden Cookies, um Ihnen mehr zu bieten.",
        "We use cookies to offer more.",
    ),
    ("Alle Cookies akzeptieren", "Accept all cookies"),
    ("Alle Rechte vorbehalten.", "All rights reserved."),
    ("Jetzt den Newsletter abonnieren!", "Subscribe to the newsletter now!"),
    ("Auf Facebook teilen", "Share on Facebook"),
    ("Start | Politik | Wirtschaft | Sport", "Home | Politics | Business | Sports"),
    ("Zum Inhalt springen", "Skip to content"),
    ("Bitte aktivieren Sie JavaScript.", "Please enable JavaScript."),
]


def unit(source: str, target: str, document: str = "") -> Unit:
    """Make a unit; its document is what boilerplate is counted by."""
    properties = (("x-src-doc", document),) if document else ()
    return Unit(Variant(source, "de"), Variant(target, "en"), properties=properties)


def texts(one: Unit) -> tuple[str, str]:
    """Return both texts."""
    return one.source.text, one.target.text


def news(data: Path) -> list[Unit]:
    """Read the WMT news sets; every 25 segments stand for a document."""
    found = []
    for year in YEARS:
        sides = [
            (data / "wmt" / f"newstest{year}.{language}")
            .read_text(encoding="utf-8")
            .splitlines()
            for language in ("de", "en")
        ]
        for number, (source, target) in enumerate(zip(*sides, strict=True)):
            found.append(unit(source, target, f"{year}-{number // 25}"))
    return found


def general(data: Path, sources: Sequence[str], most: int) -> list[Unit]:
    """Take evenly spread pairs of some origins of the general training text."""
    path = data / "train" / "general.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    chosen = [row for row in rows if row[0] in sources]
    step = max(1, len(chosen) // most)
    return [unit(row[1], row[2]) for row in chosen[::step]]


def with_target(one: Unit, text: str) -> Unit:
    """Replace the target's text."""
    return replace(one, target=Variant(text, "en"))


def mispaired(one: Unit, rng: Random, others: Units) -> Unit | None:
    """Take another's target."""
    return with_target(one, rng.choice(others).target.text)


def mispaired_alike(one: Unit, rng: Random, others: Units) -> Unit | None:
    """Take the target of a pair that is as long as this one."""
    length = len(one.target.text)
    for _ in range(200):
        other = rng.choice(others).target.text
        if other != one.target.text and abs(len(other) - length) < 0.15 * length:
            return with_target(one, other)
    return None


def renumbered(one: Unit, rng: Random, _others: Units) -> Unit | None:
    """Change a number of the target that has a match in the source."""
    found = [
        match
        for match in DIGITS.finditer(one.target.text)
        if re.search(rf"\b{match[0]}\b", one.source.text)
    ]
    if not found:
        return None
    match = rng.choice(found)
    while (changed := str(rng.randrange(10 ** len(match[0])))) == match[0]:
        pass
    text = one.target.text
    return with_target(one, text[: match.start()] + changed + text[match.end() :])


def swapped(one: Unit, _rng: Random, _others: Units) -> Unit | None:
    """Put German where English is expected, and the other way round."""
    return replace(
        one,
        source=Variant(one.target.text, "de"),
        target=Variant(one.source.text, "en"),
    )


def german_target(one: Unit, rng: Random, others: Units) -> Unit | None:
    """Take another's source for the target: the wrong language, and no copy."""
    return with_target(one, rng.choice(others).source.text)


def copied(one: Unit, _rng: Random, _others: Units) -> Unit | None:
    """Leave the source untranslated."""
    return with_target(one, one.source.text)


def copied_edited(one: Unit, rng: Random, _others: Units) -> Unit | None:
    """Leave the source untranslated but for a word."""
    words = one.source.text.split()
    words[rng.randrange(len(words))] = "something"
    return with_target(one, " ".join(words))


def garbled(one: Unit, _rng: Random, _others: Units) -> Unit | None:
    """Read UTF-8 as cp1252, as browsers do; undefined bytes stay."""
    if one.source.text.isascii():
        return None
    return replace(one, source=Variant(as_cp1252(one.source.text), "de"))


def garbled_twice(one: Unit, rng: Random, others: Units) -> Unit | None:
    """Do it again."""
    once = garbled(one, rng, others)
    return once and replace(once, source=Variant(as_cp1252(once.source.text), "de"))


def as_cp1252(text: str) -> str:
    """Read a text's UTF-8 as cp1252, and bytes that it lacks as Latin-1."""
    return "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)
        for byte in text.encode()
    )


def replaced(one: Unit, _rng: Random, _others: Units) -> Unit | None:
    """Put U+FFFD for umlauts."""
    text = re.sub("[äöüßÄÖÜ]", "\ufffd", one.source.text)
    return replace(one, source=Variant(text, "de")) if text != one.source.text else None


def questioned(one: Unit, _rng: Random, _others: Units) -> Unit | None:
    """Put question marks for umlauts inside words."""
    text = re.sub(r"(?<=[a-z])[äöüß](?=[a-z])", "?", one.source.text)
    return replace(one, source=Variant(text, "de")) if text != one.source.text else None


def truncated(one: Unit, _rng: Random, _others: Units) -> Unit | None:
    """Keep the first 40 % of the target's words."""
    words = one.target.text.split()
    return with_target(one, " ".join(words[: max(1, int(0.4 * len(words)))]))


def extended(one: Unit, rng: Random, others: Units) -> Unit | None:
    """Put another's target behind the target."""
    return with_target(one, f"{one.target.text} {rng.choice(others).target.text}")


def repeated(one: Unit, _rng: Random, _others: Units) -> Unit | None:
    """Keep the unit as it is: its first occurrence stands among the clean ones."""
    return one


def repeated_loosely(one: Unit, _rng: Random, _others: Units) -> Unit | None:
    """Change capitals, quotation marks and the last punctuation."""
    source, target = (side.rstrip(".!? ").upper() for side in texts(one))
    return replace(
        one, source=Variant(f"»{source}«", "de"), target=Variant(target, "en")
    )


def repeated_edited(one: Unit, rng: Random, _others: Units) -> Unit | None:
    """Change one word of each side of a sentence of at least 15."""
    sides = [side.split() for side in texts(one)]
    if min(map(len, sides)) < 15:
        return None
    for side in sides:
        side[rng.randrange(len(side))] = "anders"
    return replace(
        one,
        source=Variant(" ".join(sides[0]), "de"),
        target=Variant(" ".join(sides[1]), "en"),
    )


def banner(_one: Unit, rng: Random, _others: Units) -> Unit | None:
    """Take a banner, a footer, a menu, of a page seen once."""
    return unit(*rng.choice(BANNERS))


# By damage: what makes it, and the filters that are there for it.
DAMAGES: dict[str, tuple[Damage, tuple[str, ...]]] = {
    "mispaired": (mispaired, ("length-ratio", "numbers")),
    "mispaired, lengths alike": (mispaired_alike, ("numbers",)),
    "target cut to 40 %": (truncated, ("length-ratio",)),
    "two targets": (extended, ("length-ratio",)),
    "a number changed": (renumbered, ("numbers",)),
    "languages swapped": (swapped, ("language",)),
    "German target": (german_target, ("language",)),
    "copy": (copied, ("copy", "language")),
    "copy, a word changed": (copied_edited, ("copy", "language")),
    "UTF-8 read as cp1252": (garbled, ("encoding",)),
    "the same, twice": (garbled_twice, ("encoding",)),
    "U+FFFD for umlauts": (replaced, ("encoding",)),
    "? for umlauts": (questioned, ("encoding",)),
    "again": (repeated, ("duplicate",)),
    "again, in capitals": (repeated_loosely, ("duplicate",)),
    "again, a word changed": (repeated_edited, ("duplicate",)),
    "banner, footer, menu": (banner, ("boilerplate",)),
}


# What a user might set instead of the default.
SWEEPS: dict[str, tuple[float, ...]] = {
    "length-ratio": (3, 3.5, 4, 4.5, 5, 6),
    "numbers": (0.01, 0.34, 0.5, 0.67, 0.8, 1),
    "language": (0.5, 0.7, 0.8, 0.9, 0.95, 0.99),
    "copy": (0.5, 0.6, 0.7, 0.8, 0.9, 0.99),
    "duplicate": (0.6, 0.7, 0.75, 0.8, 0.85, 0.9),
}


def table(title: str, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Print rows of Markdown; the first holds the headings."""
    print(f"\n{title}\n")
    for number, (name, cells) in enumerate(rows):
        print(f"| {name} | " + " | ".join(cells) + " |")
        if number == 0:
            print("|---|" + "---|" * len(cells))


def rejected(one: Unit, filters: Sequence[Filter]) -> dict[str, float]:
    """Return the scores of the filters that reject a unit; remember nothing."""
    scores = ((judge, judge.score(one).value) for judge in filters)
    return {
        judge.name: value
        for judge, value in scores
        if (value > judge.threshold if judge.at_most else value < judge.threshold)
    }


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--size", type=int, default=1000, help="damaged pairs a kind")
    parser.add_argument("--show", metavar="FILTER", help="print what it takes of clean")
    arguments = parser.parse_args()
    rng = random.Random(20261124)

    everything = news(arguments.data)
    rng.shuffle(everything)
    seen, base = everything[: arguments.size], everything[arguments.size :]
    clean = {
        "news (newstest2013-2018)": base[: 3 * arguments.size],
        "Tatoeba": general(arguments.data, ["tatoeba"], 2 * arguments.size),
        "documentation": general(
            arguments.data, ["debian_webwml", "hetzner", "rustbook"], 2 * arguments.size
        ),
    }
    filters = load_filters()
    learn(seen, filters)
    for _ in apply(seen, filters):
        pass

    rows = [("clean pairs", ["pairs", *FILTERS, "any"])]
    false_alarms: dict[str, float] = {}
    for name, units in clean.items():
        started = time.perf_counter()
        found = [rejected(one, filters) for one in units]
        rate = len(units) / (time.perf_counter() - started)
        print(f"{name}: {rate:.0f} units/s", file=sys.stderr)
        shares = [sum(key in one for one in found) / len(units) for key in FILTERS]
        total = sum(map(bool, found)) / len(units)
        cells = [f"{100 * share:.2f}" for share in (*shares, total)]
        rows.append((name, [str(len(units)), *cells]))
        false_alarms = false_alarms or dict(zip(FILTERS, shares, strict=True))
        for one, reasons in zip(units, found, strict=True):
            if arguments.show in reasons:
                print(reasons, *texts(one), sep="\n  ")
    table("Percent of clean pairs rejected", rows)

    damaged: dict[str, list[Unit]] = {}
    rows = [("damage", ["pairs", "for it", "recall", "precision", "any filter"])]
    for name, (damage, meant) in DAMAGES.items():
        pool = seen if name.startswith("again") else base
        made = (damage(one, rng, pool) for one in pool)
        units = list(islice((one for one in made if one), arguments.size))
        damaged[name] = units
        found = [rejected(one, filters) for one in units]
        recall = sum(any(key in one for key in meant) for one in found) / len(units)
        alarms = sum(false_alarms[key] for key in meant)
        total = sum(map(bool, found)) / len(units)
        precision = recall / (recall + alarms) if recall else 0.0
        cells = [f"{100 * share:.1f}" for share in (recall, precision, total)]
        rows.append((name, [str(len(units)), " ".join(meant), *cells]))
    table("Percent of damaged pairs found; precision with as many clean news", rows)

    for name, thresholds in SWEEPS.items():
        judge = next(one for one in filters if one.name == name)
        kinds = [kind for kind, (_, meant) in DAMAGES.items() if name in meant]
        rows = [(name, [f"{value:g}" for value in thresholds])]
        groups = {"clean news": clean["news (newstest2013-2018)"]}
        groups |= {kind: damaged[kind] for kind in kinds}
        for kind, units in groups.items():
            values = [judge.score(one).value for one in units]
            shares = [
                sum(v > limit if judge.at_most else v < limit for v in values)
                for limit in thresholds
            ]
            rows.append((kind, [f"{100 * n / len(units):.2f}" for n in shares]))
        table(f"Percent rejected by {name} at other thresholds", rows)


if __name__ == "__main__":
    main()
