"""`satzpaar corpus`: folders of documents in two languages, one clean corpus out."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from satzpaar.alignments.aligner import AlignerOptions
from satzpaar.alignments.bead_lists import LISTERS
from satzpaar.alignments.corpus import Corpus, Files, fingerprint
from satzpaar.alignments.corpus_work import Work
from satzpaar.alignments.corpus_worker import LEAST_COVERAGE, CorpusSettings, Setup
from satzpaar.alignments.filters import load_filters
from satzpaar.alignments.formats import files_of, format_of_path
from satzpaar.alignments.matching import list_documents, match_by_name, passed_over
from satzpaar.cli.bitexts import check_other_file
from satzpaar.cli.cleaning import FILTER_NAMES, threshold_of, without_of
from satzpaar.cli.jobs import check_output
from satzpaar.cli.model_arguments import add_model_arguments
from satzpaar.cli.pairs import languages_of, now
from satzpaar.cli.progress import Progress, counted
from satzpaar.translate.errors import UsageError
from satzpaar.translate.models import BUNDLED, find_model

if TYPE_CHECKING:
    import argparse

    from satzpaar.alignments.filters import Filter
    from satzpaar.translate.models import Model

MOST_NAMED = 20  # documents without a counterpart; all stand in the manifest

EPILOG = f"""\
examples:
  satzpaar corpus deutsch/ english/ -o corpus.tmx
  satzpaar corpus site/ site/ -o corpus.tmx --no-mt       artikel.de.txt, artikel.en.txt
  satzpaar corpus de/ en/ -o corpus.jsonl --match content --rejected rejected.jsonl
  satzpaar corpus de/ en/ -o corpus.tmx --filter long=600 --no-filter duplicate

Beside the output: corpus.manifest.json, corpus.summary.txt, corpus.summary.json, and
while it runs corpus.tmx.work; the same command goes on after a kill.

{FILTER_NAMES}

exit status: 0 done; 1 a document, the model or the disk is at fault, all others being
done; 2 wrong usage
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Turn folders of documents into one clean parallel corpus."
    parser.epilog = EPILOG
    add = parser.add_argument
    add("source", metavar="SRC_DIR", type=Path, help="the documents")
    add("target", metavar="TGT_DIR", type=Path, help="their translations; may be the "
        "same folder, if names say the language: artikel.de.txt")  # fmt: skip
    add("-o", "--output", metavar="FILE", type=Path, required=True,
        help="the corpus; its suffix says the format")  # fmt: skip
    add("-j", "--jobs", type=int, metavar="N", help="processes; default: all cores")
    add("-q", "--quiet", action="store_true", help="no progress bar, no summary")
    add("--keep-work", action="store_true",
        help="keep the work folder, to filter anew without aligning anew")  # fmt: skip
    group = parser.add_argument_group("documents")
    group.add_argument("--match", choices=("name", "content"), default="name",
        help="how documents are paired; default: %(default)s")  # fmt: skip
    group.add_argument("--min-coverage", type=float, metavar="X",
        default=LEAST_COVERAGE, help="of two documents at least this part has to "
        "find a counterpart, or they are unrelated; default: %(default)s")  # fmt: skip
    group.add_argument("--source-language", metavar="TAG",
        help="default: the model's, or de; written as given: de-DE")  # fmt: skip
    group.add_argument("--target-language", metavar="TAG",
        help="default: the model's, or en")  # fmt: skip
    group.add_argument("--max-side", type=int, metavar="N",
        help="most segments of a bead on one side")  # fmt: skip
    group = parser.add_argument_group("filters")
    group.add_argument("--min-confidence", type=float, metavar="X",
        help="reject beads that are right with a lower probability")  # fmt: skip
    group.add_argument("--filter", action="append", default=[], metavar="NAME=X",
        help="another threshold")  # fmt: skip
    group.add_argument("--no-filter", action="append", default=[], metavar="NAME",
        help="leave a filter out; all: every one")  # fmt: skip
    group.add_argument("--rejected", metavar="FILE", type=Path,
        help="keep here what the filters reject, with the reasons")  # fmt: skip
    group = parser.add_argument_group("machine translation of the source")
    group.add_argument("--no-mt", action="store_true",
        help="align by length, numbers and names alone")  # fmt: skip
    add_model_arguments(group)


def run(options: argparse.Namespace) -> int:
    """Build the corpus that the command line describes."""
    filters = _filters(options)
    model = None
    if options.no_mt and options.model != BUNDLED:
        raise UsageError(f"--model {options.model}: no model is asked with --no-mt")
    if not options.no_mt:
        model = find_model(
            options.model, offline=options.offline, allow_pickle=options.allow_pickle
        )
    settings = _settings(options, model)
    files = Files(options.output, options.rejected)
    same = _is_same_folder(options.source, options.target)
    sources = list_documents(options.source, settings.source_language, only_named=same)
    targets = list_documents(options.target, settings.target_language, only_named=same)
    if not options.quiet:
        _name_other_formats([options.source] + [options.target] * (not same))
    for documents in (sources, targets):
        _leave_out_summary(documents, files)
    _check_outputs(files, settings, [*sources.values(), *targets.values()])
    jobs = (os.cpu_count() or 1) if options.jobs is None else options.jobs
    if jobs < 1:
        raise UsageError(f"--jobs {jobs}: at least 1 is expected")
    work = Work(files.work)
    identity = {
        "source folder": str(options.source.resolve()),
        "target folder": str(options.target.resolve()),
        **fingerprint(settings, model),
    }
    with work.opened(identity, now().isoformat()) as started:
        setup = Setup(
            settings,
            options.source,
            options.target,
            model,
            work,
            datetime.fromisoformat(started),
            threads=max(1, (os.cpu_count() or 1) // jobs),
        )
        corpus = Corpus(setup, files, filters, jobs)
        failed = _build(corpus, sources, targets, options)
    if not failed and not options.keep_work:
        work.remove()
    return 1 if failed else 0


def _build(
    corpus: Corpus,
    sources: dict[str, Path],
    targets: dict[str, Path],
    options: argparse.Namespace,
) -> bool:
    """Run it and say how it went; return whether anything failed."""
    by_name = options.match == "name"
    with Progress("documents read", quiet=options.quiet or by_name) as bar:
        bar.expect(len(sources) + len(targets))
        if by_name:
            corpus.matches = match_by_name(sources, targets)
        else:
            corpus.match_by_content(sources, targets, bar.advance)
    failed = False
    for report in corpus.reports.values():  # what could not even be read
        _say(f"satzpaar corpus: {report.error}")
        failed = True
    _name_what_is_left(corpus, by_name=by_name)
    failed |= by_name and bool(corpus.matches.sources or corpus.matches.targets)
    with Progress("documents aligned", quiet=options.quiet) as bar:
        bar.expect(len(corpus.matches.pairs))
        for report in corpus.align():
            bar.advance(1)
            if report.status != "aligned":
                bar.say(f"satzpaar corpus: {report.error}")
                failed |= report.status == "failed" or by_name
    started = time.perf_counter()
    summary = corpus.finish({"match": options.match, "jobs": corpus.jobs})
    if not options.quiet:
        for line in summary.lines():
            _say(line)
        seconds = time.perf_counter() - started
        kept = counted(summary.cleaned.kept, "unit")
        _say(f"satzpaar: {corpus.files.output}: {kept}, filtered in {seconds:.1f} s")
        if failed:
            _say(
                f"satzpaar: {corpus.files.work} is kept; the same command takes up "
                "what has been put right"
            )
    return failed


def _name_other_formats(folders: list[Path]) -> None:
    """Say of each folder how many documents in it cannot be read at all."""
    for folder in folders:
        found = passed_over(folder)
        if found:
            kinds = ", ".join(f"{kind} {found[kind]}" for kind in sorted(found))
            number = counted(found.total(), "document")
            told = f"{number} of other formats passed over: {kinds}"
            _say(f"satzpaar corpus: {folder}: {told}")


def _name_what_is_left(corpus: Corpus, *, by_name: bool) -> None:
    setup, matches = corpus.setup, corpus.matches
    folders = setup.source_folder, setup.target_folder
    sides = zip((matches.sources, matches.targets), folders, folders[::-1], strict=True)
    for paths, _, other in sides:
        why = f"no document of that name in {other}" if by_name else "no counterpart"
        for path in paths[:MOST_NAMED]:
            _say(f"satzpaar corpus: {path}: {why}")
        if len(paths) > MOST_NAMED:
            _say(f"satzpaar corpus: and {len(paths) - MOST_NAMED} more such documents")


def _filters(options: argparse.Namespace) -> list[Filter]:
    thresholds: dict[str, float] = {}
    if options.min_confidence is not None:
        if not 0 <= options.min_confidence <= 1:
            raise UsageError(
                f"--min-confidence {options.min_confidence:g}: 0 to 1 is expected"
            )
        thresholds["confidence"] = options.min_confidence
    thresholds |= dict(map(threshold_of, options.filter))
    return load_filters(thresholds, without_of(options.no_filter))


def _settings(options: argparse.Namespace, model: Model | None) -> CorpusSettings:
    source_language, target_language = languages_of(options, model)
    given: dict[str, Any] = {
        "source_language": source_language,
        "target_language": target_language,
        "mt": model is not None,
    }
    if not 0 <= options.min_coverage <= 1:
        raise UsageError(f"--min-coverage {options.min_coverage:g}: 0 to 1 is expected")
    given["least_coverage"] = options.min_coverage
    if options.max_side is not None:
        try:
            AlignerOptions(max_side=options.max_side)
        except ValueError as error:
            raise UsageError(f"--max-side: {error}") from None
        given["max_side"] = options.max_side
    return CorpusSettings(**given)


def _is_same_folder(source: Path, target: Path) -> bool:
    try:
        return source.samefile(target)
    except OSError:
        return False  # `list_documents` says which does not exist


def _leave_out_summary(documents: dict[str, Path], files: Files) -> None:
    """Take the summary of an earlier run for no document, if its manifest is there."""
    if not files.manifest.exists():
        return
    for name, path in list(documents.items()):
        if path.resolve() == files.summary_text.resolve():
            del documents[name]


def _check_outputs(
    files: Files, settings: CorpusSettings, documents: list[Path]
) -> None:
    """Refuse before hours of work what could not be written after them."""
    beside = (files.manifest, files.summary_json, files.summary_text)
    for one in beside:
        check_output(one, documents)
    taken = {one.resolve() for one in beside}
    for path in (files.output, files.rejected):
        if path is None:
            continue
        if (name := format_of_path(path, settings.source_language)) in LISTERS:
            raise UsageError(f"{path}: {name} lists beads of two texts, not of many")
        files_written = files_of(
            path,
            source_language=settings.source_language,
            target_language=settings.target_language,
        )
        if name == "moses":
            check_other_file(files_written)
        for written in files_written:
            check_output(written, documents)
            if written.resolve() in taken:
                raise UsageError(f"{written}: would be written twice; name another")
            taken.add(written.resolve())


def _say(line: str) -> None:
    print(line, file=sys.stderr)
