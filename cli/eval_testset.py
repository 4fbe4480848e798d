"""`satzpaar eval testset`: which test sets are at hand, where others come from."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from satzpaar.cli.eval_inputs import with_sources_and_ids
from satzpaar.eval.inputs import (
    DEFAULT_LANGUAGES,
    check_languages,
    load_testset,
    read_lines,
)
from satzpaar.eval.inputs.lines import documents_of, name_systems
from satzpaar.eval.noticed import check_roles
from satzpaar.eval.registry import (
    damaged_testsets,
    fetch,
    import_testset,
    sacrebleu_names,
    stored_testsets,
    verify,
)
from satzpaar.eval.tables import Table, rendered
from satzpaar.eval.testset import Reference, TestSet
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from satzpaar.eval.registry import StoredTestSet

EPILOG = """\
examples:
  satzpaar eval testset import mine folder/
  satzpaar eval testset import news --source news.de --reference news.en
  satzpaar eval testset get wmt23
  satzpaar eval testset verify
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Keep test sets under names, with the checksums they had."
    parser.epilog = EPILOG
    actions = parser.add_subparsers(dest="deed", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the test sets at hand")
    listing.add_argument(
        "--all", action="store_true", help="also sacreBLEU's, which `get` fetches"
    )
    listing.add_argument(
        "--languages", metavar="PAIR", help="default: all at hand; of the others, de-en"
    )
    getting = actions.add_parser("get", help="fetch one of sacreBLEU's test sets")
    getting.add_argument("name", metavar="NAME", help="wmt23, wmt22, wmt19 …")
    importing = actions.add_parser("import", help="keep files as a test set")
    importing.add_argument("name", metavar="NAME")
    importing.add_argument(
        "place",
        nargs="?",
        metavar="PLACE",
        help="a folder or a file, as `score --testset` takes it",
    )
    importing.add_argument("-s", "--source", metavar="FILE")
    importing.add_argument(
        "-r", "--reference", action="append", default=[], metavar="[NAME=]FILE"
    )
    importing.add_argument("--document-ids", metavar="FILE")
    verifying = actions.add_parser("verify", help="compare files with their checksums")
    verifying.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    for each in (getting, importing):
        each.add_argument(
            "--languages", default="de-en", metavar="PAIR", help="default: %(default)s"
        )
    for each in (getting, importing):
        each.add_argument(
            "--replace", action="store_true", help="take the place of one of this name"
        )


def run(options: argparse.Namespace) -> int:
    """Do what the command line says."""
    deeds = {"list": _list, "get": _get, "import": _import, "verify": _verify}
    return deeds[options.deed](options)


def _list(options: argparse.Namespace) -> int:
    wanted = None
    if options.languages is not None:
        wanted = check_languages(options.languages)
    stored = [each for each in stored_testsets() if wanted in (None, each.languages)]
    status = 0
    for _, error in damaged_testsets():
        print(f"satzpaar eval: {error}", file=sys.stderr)
        status = 1
    rows = [_row(each) for each in stored]
    if options.all:
        languages = wanted or DEFAULT_LANGUAGES
        have = {each.name for each in stored if each.languages == languages}
        pair = "-".join(languages)
        asked = "" if languages == DEFAULT_LANGUAGES else f" --languages {pair}"
        rows += [
            (name, pair, "", "", f"satzpaar eval testset get {name}{asked}")
            for name in sacrebleu_names(languages)
            if name.replace("/", "_") not in have
        ]
    if not rows and status:
        return status  # one is at hand, but damaged
    if not rows:
        print(
            "satzpaar: no test set "
            + ("" if wanted is None else f"for {options.languages} ")
            + "is at hand; `import` keeps files, `list --all` shows what `get` fetches",
            file=sys.stderr,
        )
        return 0
    header = ("name", "languages", "segments", "references", "from")
    print(rendered(Table(header, tuple(rows), names=5), "text"))
    return status


def _row(stored: StoredTestSet) -> tuple[str, ...]:
    return (
        stored.name,
        "-".join(stored.languages),
        str(stored.segments),
        ", ".join(stored.references),
        stored.origin,
    )


def _get(options: argparse.Namespace) -> int:
    languages = check_languages(options.languages)
    print(fetch(options.name, languages, replace=options.replace).folder)
    return 0


def _import(options: argparse.Namespace) -> int:
    languages = check_languages(options.languages)
    if (options.place is None) == (not options.reference):
        raise UsageError("either a PLACE or --reference is expected")
    if options.place is not None:
        testset = load_testset(options.place, languages)
        origin = options.place
    else:
        named = name_systems(options.reference)
        testset = TestSet(
            options.name,
            tuple(Reference(name, read_lines(path), str(path)) for name, path in named),
            documents=documents_of(named[0][1]),
            source_language=languages[0],
            target_language=languages[1],
        )
        origin = str(named[0][1])
    testset = with_sources_and_ids(testset, options)
    check_roles(testset)
    stored = import_testset(
        options.name, testset, origin=origin, replace=options.replace
    )
    print(stored.folder)
    return 0


def _verify(options: argparse.Namespace) -> int:
    stored, damaged = stored_testsets(), damaged_testsets()
    known = {each.name for each in stored} | {name for name, _ in damaged}
    if unknown := set(options.names) - known:
        raise UsageError(f"no test set {min(unknown)!r} is at hand")
    status = 0
    for name, error in damaged:
        if not options.names or name in options.names:
            print(f"satzpaar eval: {error}", file=sys.stderr)
            print(f"{name}: damaged")
            status = 1
    for each in stored:
        if options.names and each.name not in options.names:
            continue
        complaints = verify(each)
        for complaint in complaints:
            print(f"satzpaar eval: {complaint}", file=sys.stderr)
            status = 1
        print(f"{each.name}: {'damaged' if complaints else 'as imported'}")
    return status
