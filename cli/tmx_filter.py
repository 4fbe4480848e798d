"""`satzpaar tmx filter`: the units that hold conditions and pass the filters."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.filters import (
    FILTERS,
    REJECTED,
    Learner,
    apply,
    learn,
    load_filters,
)
from satzpaar.alignments.formats import Losses
from satzpaar.alignments.formats.options import HALF_EMPTY, STREAM
from satzpaar.alignments.tmx.conditions import VALUES, Condition, parse_condition
from satzpaar.cli.bitexts import (
    check_outputs,
    format_of_copy,
    output_name,
    read_all,
    readable_twice,
    say,
    told_losses,
    write,
)
from satzpaar.cli.cleaning import FILTER_NAMES, threshold_of, without_of
from satzpaar.cli.progress import counted
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.alignments.filters import Filter
    from satzpaar.alignments.formats import Write

EPILOG = f"""\
NAME of a condition is a property, or source, target, source-characters,
target-characters, source-words, target-words, ratio (of the longer to the shorter),
source-language, target-language, id, note, created, changed; SIGN is >= <= > < = !=
or, for patterns, ~ !~

{FILTER_NAMES}

examples:
  satzpaar tmx filter memory.tmx --clean -o clean.tmx --rejected rejected.tmx
  satzpaar tmx filter memory.tmx --filter language --filter long=600 -o clean.tmx
  satzpaar tmx filter memory.tmx --where 'x-confidence>=0.8' --max-ratio 2.5 -o -
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what is chosen by."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE")
    add("--where", action="append", default=[], metavar="CONDITION",
        help="NAME SIGN VALUE: 'x-confidence>=0.8'; all must hold")  # fmt: skip
    add("--max-ratio", type=float, metavar="X", help="of the lengths")
    add("--max-characters", type=int, metavar="N", help="of a side")
    add("--min-characters", type=int, metavar="N", help="of a side")
    add("--clean", action="store_true",
        help="all filters of `satzpaar corpus`")  # fmt: skip
    add("--filter", action="append", default=[], metavar="NAME[=X]",
        help="this filter, with another threshold")  # fmt: skip
    add("--no-filter", action="append", default=[], metavar="NAME",
        help="of --clean, leave this one out")  # fmt: skip
    add("--invert", action="store_true", help="keep the others")
    add("--rejected", metavar="FILE", help="where the others go, with the reasons")


def run(options: argparse.Namespace) -> int:
    """Filter what the command line names."""
    conditions = _conditions(options)
    filters = _filters(options)
    if not conditions and not filters:
        raise UsageError("no condition; --where, --max-ratio, --clean … are expected")
    outputs = [options.output, *([options.rejected] if options.rejected else [])]
    check_outputs(options, options.files, outputs)
    if options.rejected is not None and _same(options.rejected, options.output):
        raise UsageError(f"--rejected {options.rejected}: is the output itself")
    losses = Losses()
    numbers = dict.fromkeys((True, False), 0)  # of units that hold all, and others
    unknown = {one.name for one in conditions if one.name not in VALUES}
    is_learnt = any(isinstance(one, Learner) for one in filters)
    with readable_twice(options.files if is_learnt else []) as copies:
        paths = copies or options.files
        options.from_format = format_of_copy(options, copies)
        if is_learnt:
            learn(_kept(read_all(options, paths, Losses()), conditions), filters)
        with write(options, options.output, losses) as take, _rejects(options) as leave:
            units = _watched(read_all(options, paths, losses), unknown)
            for unit, why in _judged(units, conditions, filters):
                numbers[not why] += 1
                if bool(why) == options.invert:
                    take(unit)
                elif leave is not None:
                    leave(_marked(unit, why) if why else unit)
    kept, read = numbers[not options.invert], sum(numbers.values())
    kept -= losses[HALF_EMPTY]
    text = f"{counted(kept, 'unit')} of {read} in {output_name(options)}"
    say(options, text + told_losses(losses))
    for name in sorted(unknown):
        say(options, f"--where {name}: no unit has such a property")
    return 0


def _judged(
    units: Iterable[TranslationUnit],
    conditions: Iterable[Condition],
    filters: Iterable[Filter],
) -> Iterator[tuple[TranslationUnit, str]]:
    """Yield each unit, in order, with what speaks against it, or nothing.

    What holds not all conditions is as if it were not there for the filters.
    """
    conditions, filters = list(conditions), list(filters)
    for unit in units:
        broken = [one for one in conditions if not one.holds(unit)]
        if broken:
            yield unit, "; ".join(f"not {one}" for one in broken)
        else:
            # One at a time: what the filters remember, they remember themselves.
            (verdict,) = apply([unit], filters)
            yield unit, "; ".join(map(str, verdict.reasons))


def _watched(
    units: Iterable[TranslationUnit], unknown: set[str]
) -> Iterator[TranslationUnit]:
    """Yield units, and take the names of their properties from those unknown."""
    for unit in units:
        unknown.difference_update(name for name, _ in unit.properties)
        yield unit


def _kept(
    units: Iterable[TranslationUnit], conditions: Iterable[Condition]
) -> Iterator[TranslationUnit]:
    return (unit for unit, why in _judged(units, conditions, []) if not why)


def _marked(unit: TranslationUnit, why: str) -> TranslationUnit:
    others = tuple(item for item in unit.properties if item[0] != REJECTED)
    return replace(unit, properties=(*others, (REJECTED, why)))


def _conditions(options: argparse.Namespace) -> list[Condition]:
    conditions = [parse_condition(text) for text in options.where]
    if options.max_ratio is not None:
        conditions.append(Condition("ratio", "<=", str(options.max_ratio)))
    for sign, number in (
        (">=", options.min_characters),
        ("<=", options.max_characters),
    ):
        if number is not None:
            conditions += (
                Condition(f"{side}-characters", sign, str(number))
                for side in ("source", "target")
            )
    return conditions


def _filters(options: argparse.Namespace) -> list[Filter]:
    if options.no_filter and not options.clean:
        raise UsageError("--no-filter goes with --clean")
    thresholds = dict(threshold_of(one) for one in options.filter if "=" in one)
    named = [one.partition("=")[0] for one in options.filter]
    load_filters(without=named)  # refuses names that are none
    if options.clean:
        return load_filters(thresholds, without_of(options.no_filter))
    return load_filters(thresholds, [name for name in FILTERS if name not in named])


def _same(first: str, second: str) -> bool:
    return first != STREAM and Path(first).resolve() == Path(second).resolve()


def _rejects(options: argparse.Namespace) -> AbstractContextManager[Write | None]:
    if options.rejected is None:
        return nullcontext()
    return write(options, options.rejected, Losses(), with_reasons=True)
