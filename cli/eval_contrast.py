"""`satzpaar eval contrast`: does a model prefer right translations to wrong ones."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.cli.eval_inputs import say, write_file
from satzpaar.cli.model_arguments import add_model_arguments
from satzpaar.cli.parser import Once
from satzpaar.eval.contrast import (
    PERTURBATIONS,
    judge_pairs,
    make_pairs,
    read_pairs,
    summarize,
    write_pairs,
)
from satzpaar.eval.inputs import read_lines
from satzpaar.eval.noticed import check_roles
from satzpaar.eval.tables import Table, rendered
from satzpaar.eval.testset import Reference, TestSet
from satzpaar.translate.engines import DEFAULT_ENGINE, ENGINES, load_engine
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.models import find_model
from satzpaar.translate.translator import (
    USUAL_SOURCE_LANGUAGE,
    USUAL_TARGET_LANGUAGE,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterable, Sequence

    from satzpaar.eval.contrast import ClassAccuracy, ContrastPair, Judgement

EPILOG = f"""\
examples:
  satzpaar eval contrast --source src.de --reference ref.en -o pairs.jsonl
  satzpaar eval contrast --pairs mine.jsonl --engine transformers

From each reference a wrong translation is made by changing one thing; the model is
right if it finds the reference likelier as a whole. Chance is 50 %. `per token` counts
the same by the mean log-probability, which does not favour the shorter text. Pairs of
your own are objects, one a line, with kind, source, reference and contrast.

kinds: {", ".join(PERTURBATIONS)}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = (
        "Test whether a model prefers right translations to wrong ones."
    )
    parser.epilog = EPILOG
    inputs = parser.add_argument_group("pairs")
    inputs.add_argument(
        "-s", "--source", metavar="FILE", help="German, one segment a line"
    )
    inputs.add_argument(
        "-r",
        "--reference",
        action=Once,
        metavar="FILE",
        help="its English, line by line",
    )
    inputs.add_argument(
        "--pairs", metavar="FILE", help="instead: pairs of your own, JSON Lines"
    )
    inputs.add_argument(
        "--kinds", metavar="NAMES", help="separated by commas; default: all"
    )
    inputs.add_argument(
        "--limit", type=int, metavar="N", help="of pairs of each kind; default: none"
    )
    inputs.add_argument(
        "--seed", type=int, default=1, metavar="N", help="default: %(default)s"
    )
    results = parser.add_argument_group("results")
    results.add_argument(
        "-o", "--output", metavar="FILE", help="every pair with its scores, JSON Lines"
    )
    results.add_argument(
        "--pairs-only", action="store_true", help="write the pairs, score nothing"
    )
    results.add_argument(
        "--json", action="store_true", help="the accuracies for programs"
    )
    results.add_argument(
        "-q", "--quiet", action="store_true", help="no notes on standard error"
    )
    model = parser.add_argument_group("model")
    add_model_arguments(model)
    model.add_argument(
        "--engine",
        choices=sorted(ENGINES),
        default=DEFAULT_ENGINE,
        help="default: %(default)s",
    )
    model.add_argument(
        "--device",
        choices=("auto", "cpu", "cuda"),
        default="auto",
        help="default: %(default)s",
    )
    model.add_argument("--compute-type", metavar="TYPE", help="int8, float32 …")
    model.add_argument("--threads", type=int, metavar="N", help="default: all cores")


def run(options: argparse.Namespace) -> int:
    """Make, read and judge pairs as the command line says."""
    if options.limit is not None and options.limit < 1:
        raise UsageError(f"--limit {options.limit}: at least 1 is expected")
    if options.pairs_only and options.output is None:
        raise UsageError("--pairs-only goes with --output")
    pairs = _limited(_pairs(options), options.limit)
    if not pairs:
        raise UsageError("no pairs: no segment has a place for such an error")
    if options.pairs_only:
        write_file(options.output, write_pairs(pairs), options)
        return 0
    model = find_model(
        options.model, offline=options.offline, allow_pickle=options.allow_pickle
    )
    engine = load_engine(
        options.engine,
        model,
        device=options.device,
        compute_type=options.compute_type,
        threads=options.threads,
    )
    judgements = list(judge_pairs(pairs, engine))
    if options.output is not None:
        write_file(options.output, _written(judgements), options)
    found = summarize(judgements)
    if options.json:
        print(json.dumps([_content(each) for each in found], indent=1))
        return 0
    print(rendered(_table(found), "text"))
    if unscored := sum(each.unscored for each in found):
        say([f"{unscored} pairs longer than the model takes have no score"], options)
    return 0


def _pairs(options: argparse.Namespace) -> list[ContrastPair]:
    kinds = _kinds(options)
    if options.pairs is not None:
        if options.source is not None or options.reference is not None:
            raise UsageError("--pairs goes without --source and --reference")
        pairs = read_pairs(options.pairs)
        if kinds is None:
            return pairs
        _check_kinds(kinds, dict.fromkeys(pair.kind for pair in pairs))
        return [pair for pair in pairs if pair.kind in kinds]
    if options.source is None or options.reference is None:
        raise UsageError("--source and --reference, or --pairs, are expected")
    sources = read_lines(Path(options.source))
    references = read_lines(Path(options.reference))
    if len(sources) != len(references):
        raise InputError(
            options.reference,
            f"{len(references)} lines, but {options.source} has {len(sources)}; line N "
            "of each must be the same segment",
        )
    reference = Reference(options.reference, references, options.reference)
    check_roles(
        TestSet(
            options.reference,
            (reference,),
            sources,
            source_language=USUAL_SOURCE_LANGUAGE,
            target_language=USUAL_TARGET_LANGUAGE,
        )
    )
    chosen = PERTURBATIONS
    if kinds is not None:
        _check_kinds(kinds, PERTURBATIONS)
        chosen = {kind: PERTURBATIONS[kind] for kind in kinds}
    segments = zip(sources, references, strict=True)
    return list(make_pairs(segments, seed=options.seed, kinds=chosen))


def _kinds(options: argparse.Namespace) -> list[str] | None:
    if options.kinds is None:
        return None
    return [kind.strip() for kind in options.kinds.split(",") if kind.strip()]


def _check_kinds(kinds: Iterable[str], known: Collection[str]) -> None:
    for kind in kinds:
        if kind not in known:
            raise UsageError(
                f"no kind {kind!r}; some of {', '.join(known)} are expected"
            )


def _limited(pairs: Sequence[ContrastPair], limit: int | None) -> list[ContrastPair]:
    """Keep the first *limit* pairs of each kind, the kinds one after the other."""
    order: dict[str, int] = {}
    for pair in pairs:
        order.setdefault(pair.kind, len(order))
    by_kind = sorted(pairs, key=lambda pair: order[pair.kind])
    groups = groupby(by_kind, key=lambda pair: pair.kind)
    return [pair for _, group in groups for pair in list(group)[:limit]]


def _written(judgements: Sequence[Judgement]) -> bytes:
    lines = []
    for judgement in judgements:
        content = asdict(judgement.pair)
        for name, score in (
            ("reference_score", judgement.reference),
            ("contrast_score", judgement.contrast),
        ):
            content[name] = None if score is None else asdict(score)
        content["right"] = judgement.right if judgement.scored else None
        lines.append(json.dumps(content, ensure_ascii=False).encode() + b"\n")
    return b"".join(lines)


def _content(found: ClassAccuracy) -> dict[str, object]:
    content = asdict(found)
    if found.pairs:
        content["accuracy"] = found.accuracy
        content["accuracy_per_token"] = found.accuracy_per_token
    return content


def _table(found: Sequence[ClassAccuracy]) -> Table:
    rows = []
    for each in found:
        if each.pairs:
            accuracy = f"{each.accuracy:.1%}"
            interval = f"{each.low:.1%} to {each.high:.1%}"
            per_token = f"{each.accuracy_per_token:.1%}"
        else:
            accuracy = interval = per_token = "-"
        rows.append((each.kind, f"{each.pairs}", accuracy, interval, per_token))
    header = ("kind", "pairs", "right", "95 % interval", "per token")
    return Table(header, tuple(rows))
