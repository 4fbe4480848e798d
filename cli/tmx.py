"""`satzpaar tmx`: look at translation memories, and make others of them, as streams."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.formats import Losses
from satzpaar.alignments.formats.options import HALF_EMPTY, STREAM
from satzpaar.alignments.tmx.duplicates import (
    Doubles,
    identity,
    ids_once,
    text_key,
    without_doubles,
)
from satzpaar.alignments.tmx.splitting import (
    by_hash,
    by_property,
    by_size,
    parse_shares,
    split,
)
from satzpaar.cli import tmx_filter
from satzpaar.cli.bitexts import (
    add_format_arguments,
    add_language_arguments,
    check_outputs,
    format_of_copy,
    output_name,
    read_all,
    readable_twice,
    say,
    told_losses,
    write,
)
from satzpaar.cli.progress import counted
from satzpaar.translate.errors import SatzpaarError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.alignments.tmx.duplicates import Keep
    from satzpaar.alignments.tmx.statistics import Side, Statistics

DOCUMENT = "x-src-doc"

EPILOG = """\
examples:
  satzpaar tmx validate pair.tmx
  satzpaar tmx stats memory.tmx.gz
  satzpaar tmx merge old.tmx new.tmx --keep last -o memory.tmx
  satzpaar tmx dedupe memory.tmx --normalised --keep best -o clean.tmx
  satzpaar tmx filter memory.tmx --clean --rejected dirt.tmx -o clean.tmx
  satzpaar tmx filter memory.tmx --where 'x-confidence>=0.8' --where 'ratio<2.5' -o -
  satzpaar tmx split memory.tmx --parts train,dev=0.01,test=0.01 -o corpus.tmx

Other bitexts are read and written, too; `satzpaar convert --help` tells which.
exit status: 0 done; 1 a file is invalid or at fault; 2 wrong usage
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Check, count and change translation memories, as streams."
    parser.epilog = EPILOG
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    validate = actions.add_parser("validate", help="will CAT tools take it?")
    validate.add_argument("files", nargs="+", metavar="FILE")
    validate.add_argument(
        "--strict", action="store_true", help="warnings count as errors"
    )
    validate.add_argument(
        "--most", type=int, default=100, metavar="N", help="findings shown of a file, "
        "%(default)s")  # fmt: skip
    _add_quiet(validate)

    stats = actions.add_parser("stats", help="units, words, lengths, properties …")
    stats.add_argument("files", nargs="+", metavar="FILE")
    stats.add_argument("--json", action="store_true", help="for programs")
    _add_input(stats)

    merge = actions.add_parser("merge", help="several to one, each id once")
    merge.add_argument("files", nargs="+", metavar="FILE")
    merge.add_argument("--keep", choices=("first", "last", "newest", "best"),
        default="first", help="of units with one id, %(default)s")  # fmt: skip
    _add_score(merge)
    _add_output(merge)

    dedupe = actions.add_parser("dedupe", help="each pair of texts once")
    dedupe.add_argument("files", nargs="+", metavar="FILE")
    dedupe.add_argument("--by", choices=("both", "source", "target"), default="both",
        help="texts that are compared, %(default)s")  # fmt: skip
    dedupe.add_argument("--normalised", action="store_true",
        help="case, punctuation and white space do not count")  # fmt: skip
    dedupe.add_argument("--keep", choices=("first", "last", "newest", "best"),
        default="first", help="which of them, %(default)s")  # fmt: skip
    _add_score(dedupe)
    _add_output(dedupe)

    choose = actions.add_parser("filter", help="the units that are clean, or hold "
        "conditions")  # fmt: skip
    tmx_filter.add_arguments(choose)
    _add_output(choose)

    parts = actions.add_parser("split", help="one to several, named after -o")
    parts.add_argument("files", nargs="+", metavar="FILE")
    how = parts.add_mutually_exclusive_group(required=True)
    how.add_argument("--units", type=int, metavar="N", help="of each: out.0001.tmx …")
    how.add_argument("--by", nargs="?", const=DOCUMENT, metavar="PROPERTY",
        help=f"a file for each value, {DOCUMENT} if none is named")  # fmt: skip
    how.add_argument("--parts", metavar="LIST", help="drawn by the source's text: "
        "train,dev=0.01,test=0.01")  # fmt: skip
    parts.add_argument("--seed", type=int, default=1, metavar="N", help="of --parts, "
        "%(default)s")  # fmt: skip
    _add_output(parts)


def _add_quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary")


def _add_input(parser: argparse.ArgumentParser) -> None:
    add_format_arguments(parser)
    add_language_arguments(parser)
    _add_quiet(parser)


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", default=STREAM, metavar="FILE", help="default: - (stdout)"
    )
    _add_input(parser)


def _add_score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--score", metavar="PROPERTY", help="of --keep best, default: "
        "x-confidence, else x-align-score")  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Do what the command line says."""
    action: Callable[[argparse.Namespace], int] = {
        "validate": _validate,
        "stats": _stats,
        "merge": _merge,
        "dedupe": _dedupe,
        "filter": tmx_filter.run,
        "split": _split,
    }[options.action]
    if options.files.count(STREAM) > 1:
        raise UsageError("- can be read once")
    return action(options)


def _validate(options: argparse.Namespace) -> int:
    from satzpaar.alignments.tmx.validation import validate

    invalid = 0
    for path in options.files:
        errors = warnings = 0
        place = "<stdin>" if path == STREAM else path
        broken: SatzpaarError | None = None
        try:
            for finding in validate(path):
                errors += finding.severity == "error"
                warnings += finding.severity == "warning"
                if errors + warnings <= options.most:
                    kind = "" if finding.severity == "error" else "warning: "
                    print(f"{place}:{finding.line}: {kind}{finding.message}")
        except SatzpaarError as error:
            broken = error
        if errors + warnings > options.most:
            print(f"{place}: and {errors + warnings - options.most} more")
        if broken is not None:
            print(broken)
        is_bad = broken is not None or errors or (options.strict and warnings)
        invalid += bool(is_bad)
        errors += broken is not None
        found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        state = "invalid" if is_bad else "valid"
        if broken is not None:
            found += ", and nothing behind the last is known"
        if broken is None or path == STREAM or Path(path).exists():
            say(options, f"{place} is {state}: {found}")
    return 1 if invalid else 0


def _stats(options: argparse.Namespace) -> int:
    from satzpaar.alignments.tmx.statistics import statistics_of

    losses = Losses()
    found = statistics_of(read_all(options, options.files, losses))
    rows = _told(found)
    if options.json:
        print(json.dumps(_numbers(found), ensure_ascii=False, indent=2))
    else:
        width = max(map(len, rows)) + 2
        for name, value in rows.items():
            print(f"{name + ':':<{width}}{value}")
    if losses:
        say(options, f"passed over: {told_losses(losses).partition(': ')[2]}")
    return 0


def _told(found: Statistics) -> dict[str, str]:
    rows = {
        "units": f"{found.units}",
        "languages": ", ".join(f"{k} {n}" for k, n in found.languages.most_common()),
        "source": _told_side(found.source, found.units),
        "target": _told_side(found.target, found.units),
    }
    ratios = [found.ratio(part) for part in (0.05, 0.5, 0.95)]
    if None not in ratios:
        low, middle, high = (f"{ratio:.2f}" for ratio in ratios)
        rows["target to source"] = (
            f"{middle} in the middle, {low} to {high} for nine of ten units"
        )
    rows["doubles"] = (
        f"{found.doubles} of both texts, {found.same_sources} of the source"
    )
    rows["copies"] = f"{found.copies}"
    rows["ids, notes"] = f"{found.ids}, {found.notes}"
    if found.oldest is not None and found.newest is not None:
        rows["dates"] = f"{found.oldest:%Y-%m-%d} to {found.newest:%Y-%m-%d}"
    for name, one in found.properties.items():
        rows[f"property {name}"] = f"{one.count}" + (
            f", {one.lowest:g} to {one.highest:g}, mean {one.total / one.numbers:.4g}"
            if one.numbers
            else ""
        )
    return rows


def _told_side(side: Side, units: int) -> str:
    mean = side.characters / max(units, 1)
    return (
        f"{side.words} words, {side.characters} characters ({mean:.1f} a unit, "
        f"{side.longest} at most), {side.codes} codes, {side.empty} empty"
    )


def _numbers(found: Statistics) -> dict[str, object]:
    return {
        "units": found.units,
        "source": asdict(found.source),
        "target": asdict(found.target),
        "languages": dict(found.languages.most_common()),
        "properties": {
            name: {"count": one.count}
            | (
                {"lowest": one.lowest, "highest": one.highest, "total": one.total}
                if one.numbers
                else {}
            )
            for name, one in found.properties.items()
        },
        "ids": found.ids,
        "notes": found.notes,
        "doubles": found.doubles,
        "same_sources": found.same_sources,
        "copies": found.copies,
        "oldest": found.oldest.isoformat() if found.oldest else None,
        "newest": found.newest.isoformat() if found.newest else None,
        "target_to_source": {
            str(part): found.ratio(part) for part in (0.01, 0.05, 0.5, 0.95, 0.99)
        },
    }


def _merge(options: argparse.Namespace) -> int:
    return _without_doubles(options, identity)


def _dedupe(options: argparse.Namespace) -> int:
    return _without_doubles(
        options,
        lambda unit: text_key(unit, side=options.by, normalised=options.normalised),
    )


def _without_doubles(
    options: argparse.Namespace, key: Callable[[TranslationUnit], int]
) -> int:
    if options.score is not None and options.keep != "best":
        raise UsageError("--score goes with --keep best")
    keep: Keep = options.keep
    losses, again = Losses(), Losses()
    doubles = Doubles()
    check_outputs(options, options.files, [options.output])
    with readable_twice(options.files if keep != "first" else []) as copies:
        paths = copies or options.files
        passes = itertools.chain([losses], itertools.repeat(again))
        options.from_format = format_of_copy(options, copies)
        kept = without_doubles(
            lambda: read_all(options, paths, next(passes)),
            key,
            keep=keep,
            score=options.score,
            found=doubles,
        )
        with write(options, options.output, losses) as take:
            for unit in ids_once(kept, losses):
                take(unit)
    number = doubles.kept - losses[HALF_EMPTY]
    text = f"{counted(number, 'unit')} of {doubles.read} in {output_name(options)}"
    if options.action == "merge" and doubles.conflicts:
        text += f"; {doubles.conflicts} dropped: the id of another, but other texts"
        text += "; dedupe goes by the texts"
    say(options, text + told_losses(losses))
    return 0


def _split(options: argparse.Namespace) -> int:
    if options.units is not None and options.units < 1:
        raise UsageError(f"--units {options.units}: at least 1 is expected")
    if options.output == STREAM:
        raise UsageError("several files are written: -o FILE is expected, no stream")
    if options.units is not None:
        part = by_size(options.units)
    elif options.by is not None:
        part = by_property(options.by)
    else:
        part = by_hash(parse_shares(options.parts), seed=options.seed)
    check_outputs(options, options.files, [options.output])
    losses = Losses()
    of_parts: dict[str, Losses] = {}  # by the names of their files
    counts = split(
        read_all(options, options.files, losses),
        part,
        options.output,
        lambda path: write(options, path, of_parts.setdefault(path.name, Losses())),
        one_by_one=options.units is not None,
    )
    for path in counts:
        counts[path] -= of_parts[path.name][HALF_EMPTY]
    for lost in of_parts.values():
        losses.update(lost)
    shown = [f"{path.name} {count}" for path, count in sorted(counts.items())[:10]]
    if len(counts) > 10:
        shown.append("…")
    say(
        options,
        f"{counted(sum(counts.values()), 'unit')} in {counted(len(counts), 'file')}"
        f": {', '.join(shown)}{told_losses(losses)}",
    )
    return 0
