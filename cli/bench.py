"""`satzpaar bench`: models, engines and settings, quality and cost in one table."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.translate.errors import InputError, SatzpaarError, UsageError
from satzpaar.translate.files import check_distinct

if TYPE_CHECKING:
    import argparse

    from satzpaar.eval.bench.folder import BenchFolder
    from satzpaar.eval.bench.gate import Judgement

EPILOG = """\
examples:
  satzpaar bench run bench.yaml                          to the folder bench/
  satzpaar bench report bench/ --history older.json      the page once more
  satzpaar bench gate --baseline main.json --max-drop bleu=0.5 bench/

docs/benchmarking.md describes the configuration. A run that was interrupted goes on
where it was; what is there is not translated again.

exit status: 0 done; 1 something is at fault, cells failed; 2 wrong usage
"""
GATE_EPILOG = """\
A measure is a score (bleu, chrf2, chrf2++, ter) or a cost (words_per_second,
latency_p50, peak_mb …); drops are in its own points or in percent of the baseline.

exit status: 0 pass; 1 regression; 2 wrong usage, or a file that is no manifest;
3 inconclusive: the interval of the difference holds the limit, or test set, signature
or machine differ, or a cell is missing
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    import argparse

    parser.description = "Measure quality and cost of models, engines and settings."
    parser.epilog = EPILOG
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    run_parser = actions.add_parser("run", help="run what a configuration names")
    run_parser.add_argument(
        "config",
        metavar="BENCH.YAML",
        type=Path,
        help="the configuration, as docs/benchmarking.md describes it",
    )
    run_parser.add_argument(
        "-o",
        "--output-dir",
        metavar="DIR",
        type=Path,
        help="where the results go; default: a folder here, named as the "
        "configuration is",
    )
    run_parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        help="where the files of test sets are; default: beside the configuration",
    )
    run_parser.add_argument("-q", "--quiet", action="store_true", help="say nothing")
    report_parser = actions.add_parser("report", help="write the page and the tables")
    report_parser.add_argument(
        "folder", metavar="DIR", type=Path, help="that `bench run` wrote"
    )
    report_parser.add_argument(
        "--history",
        metavar="MANIFEST",
        type=Path,
        nargs="+",
        default=[],
        help="manifests of other runs, for the lines over time",
    )
    report_parser.add_argument(
        "--without-texts",
        metavar="FILE",
        type=Path,
        help="write only a page, one that may be shown where the test sets may not",
    )
    list_parser = actions.add_parser("list", help="the cells and what they came to")
    list_parser.add_argument(
        "folder", metavar="DIR", type=Path, help="that `bench run` wrote"
    )
    clean_parser = actions.add_parser(
        "clean", help="delete results that the last run does not use"
    )
    clean_parser.add_argument(
        "folder", metavar="DIR", type=Path, help="that `bench run` wrote"
    )
    gate_parser = actions.add_parser(
        "gate",
        help="refuse what is worse than a baseline; for CI",
        epilog=GATE_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    gate_parser.add_argument(
        "current",
        metavar="CURRENT",
        nargs="?",
        type=Path,
        default=Path("manifest.json"),
        help="manifest or folder of the run to judge; default: %(default)s",
    )
    gate_parser.add_argument(
        "--baseline",
        metavar="MANIFEST",
        type=Path,
        help="manifest or folder of the run to keep up with",
    )
    gate_parser.add_argument(
        "--max-drop",
        metavar="MEASURE=NUMBER[%]",
        action="append",
        default=[],
        help="how much worse it may become: bleu=0.5,words_per_second=20%%; repeatable",
    )
    gate_parser.add_argument(
        "--equivalence",
        action="store_true",
        help="also ask that engines do the same with one model in float32",
    )


def run(options: argparse.Namespace) -> int:
    """Do what the command line says."""
    actions = {
        "run": _run,
        "report": _report,
        "list": _list,
        "clean": _clean,
        "gate": _gate,
    }
    return actions[options.action](options)


class _Watcher:
    """Tells on stderr how a run goes."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.live = sys.stderr.isatty() and not quiet
        self._dirty = False

    def say(self, line: str) -> None:
        """Write a line."""
        if not self.quiet:
            self._wipe()
            print(line, file=sys.stderr, flush=True)

    def done(self, part: int, whole: int) -> None:
        """Show how many segments are finished, on a terminal."""
        if self.live:
            print(
                f"\r  {part} of {whole} segments", end="", file=sys.stderr, flush=True
            )
            self._dirty = True

    def _wipe(self) -> None:
        if self._dirty:
            print("\r\033[K", end="", file=sys.stderr)
            self._dirty = False


def _run(options: argparse.Namespace) -> int:
    from satzpaar.eval.bench.config_file import read_config
    from satzpaar.eval.bench.folder import BenchFolder
    from satzpaar.eval.bench.process import FreshProcess
    from satzpaar.eval.bench.run import Bench

    setting = read_config(options.config, options.data)
    folder = BenchFolder(options.output_dir or Path(options.config.stem))
    watcher = _Watcher(quiet=options.quiet)
    with folder.locked():
        worker = FreshProcess(setting.timeout)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Bench(setting, folder.path, worker, watcher).run(created)
        folder.keep(manifest)
        folder.write_report()
    watcher.say(f"{folder.manifest_path}\n{folder.report_path}")
    failed = [cell for cell in manifest.cells if cell.error]
    for cell in failed:
        line = f"{cell.system} on {cell.test_set}: {cell.error}"
        print(f"satzpaar bench: {line}", file=sys.stderr)
    return 1 if failed else 0


def _opened(path: Path) -> BenchFolder:
    from satzpaar.eval.bench.folder import BenchFolder

    if not path.is_dir():
        raise InputError(path, "no such folder; that of a benchmark is expected")
    return BenchFolder(path)


def _report(options: argparse.Namespace) -> int:
    from satzpaar.eval.bench.manifest import read_manifest

    folder = _opened(options.folder)
    if options.without_texts == Path("-"):
        raise UsageError("--without-texts -: a file's name is expected")
    if options.without_texts is not None:
        others = [_manifest_file(path) for path in options.history]
        for path in (*folder.sources(), *others):
            check_distinct(path, options.without_texts)
    earlier = [read_manifest(path) for path in options.history]
    folder.write_report(earlier, bare_page=options.without_texts)
    print(options.without_texts or folder.report_path)
    return 0


def _manifest_file(path: Path) -> Path:
    """Name the file that is read of a run: it may be given by its folder."""
    from satzpaar.eval.bench.folder import BenchFolder

    return BenchFolder(path).manifest_path if path.is_dir() else path


def _list(options: argparse.Namespace) -> int:
    from satzpaar.eval.bench.manifest import read_manifest

    manifest = read_manifest(_opened(options.folder).manifest_path)
    for cell in manifest.cells:
        scores = [f"{each.metric} {each.value:.2f}" for each in cell.scores.values()]
        if "words_per_second" in cell.costs:
            scores.append(f"{cell.costs['words_per_second'].median:.0f} words/s")
        said = cell.error or ", ".join(scores)
        print(f"{cell.test_set}\t{cell.system}\t{said}")
    return 0


def _clean(options: argparse.Namespace) -> int:
    folder = _opened(options.folder)
    with folder.locked():
        deleted, size = folder.clean()
    files = "1 file" if deleted == 1 else f"{deleted} files"
    print(f"{files} deleted, {size / 1e6:.1f} MB")
    return 0


def _gate(options: argparse.Namespace) -> int:
    from satzpaar.eval.bench.gate import (
        equivalence_judgements,
        judgements,
        read_limit,
        status_of,
    )
    from satzpaar.eval.bench.manifest import read_manifest

    limits = [
        read_limit(text) for given in options.max_drop for text in given.split(",")
    ]
    if bool(limits) != (options.baseline is not None):
        raise UsageError("--baseline and --max-drop go together")
    if not limits and not options.equivalence:
        raise UsageError("--baseline with --max-drop, or --equivalence is expected")
    try:
        current = read_manifest(options.current)
        baseline = read_manifest(options.baseline) if limits else None
    except (SatzpaarError, OSError) as error:
        # Status 1 would say that something has become worse.
        raise UsageError(str(error)) from error
    judged: list[Judgement] = []
    if baseline is not None:
        judged += judgements(baseline, current, limits)
        if not judged:
            raise UsageError(f"{options.baseline}: no cell with a score or a cost")
    if options.equivalence:
        found = list(equivalence_judgements(current))
        if not found:
            raise UsageError(
                f"{options.current}: no two engines ran one model in float32"
            )
        judged += found
    for judgement in judged:
        print(judgement)
    return status_of(judged)
