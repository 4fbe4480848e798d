"""`satzpaar eval`: is a translation good, and which of two is better."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.cli.parser import Parser
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.files import check_distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

# Each is a module of this package, `eval_NAME` with _ for -, that has `add_arguments`
# and `run`; only the one that is called is imported.
SUBCOMMANDS: Final = {
    "score": "score translations with BLEU, chrF, TER and neural metrics",
    "compare": "say which of several translations is better, and how sure that is",
    "article": "score a translated article that is not cut as its reference is",
    "analyze": "count what goes wrong: numbers, names, negation, omissions",
    "contrast": "test whether a model prefers right translations to wrong ones",
    "testset": "list, get, import and verify test sets",
    "contamination": "find text of a test set in training data",
    "install-metric": "install a neural metric in an environment of its own",
}

# Options that name files to be written, whatever the action.
OUTPUTS: Final = ("html", "segments", "documents", "json", "output")

# What the files of some end in, and what they begin with. `--json` takes a file in one
# action and none in others, as `--markdown` does: the translation named behind it would
# be written over.
KINDS: Final = {
    "html": ((".html", ".htm"), b"<!doctype html"),
    "json": ((".json",), b"{"),
}

EPILOG: Final = """\
examples:
  satzpaar eval score --reference ref.en mine.en
  satzpaar eval compare --reference ref.en mine.en theirs.en
  satzpaar eval article article.en.txt --reference ref.txt --source artikel.de.txt
"""


class _LazyParser(Parser):
    """A parser that learns its arguments when it has to parse some."""

    describe: Callable[[argparse.ArgumentParser], None] | None = None

    def parse_known_args(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        namespace: argparse.Namespace | None = None,
    ) -> tuple[argparse.Namespace, list[str]]:
        if self.describe is None:  # `parse_known_intermixed_args` comes here again
            return super().parse_known_args(args, namespace)
        describe, self.describe = self.describe, None
        describe(self)
        given = sys.argv[1:] if args is None else args
        parse = super().parse_known_args
        # Files may stand on both sides of an option. argparse cannot have that where
        # there are actions, and loses a `--`.
        if self._subparsers is None and "--" not in given:
            parse = self.parse_known_intermixed_args
        found, unknown = parse(args, namespace)
        if unknown:  # else the parser above complains, which knows other options
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Score translations, compare systems, keep test sets."
    parser.epilog = EPILOG
    actions = parser.add_subparsers(
        dest="action",
        metavar="ACTION",
        required=True,
        parser_class=_LazyParser,
    )
    for name, summary in SUBCOMMANDS.items():
        added = actions.add_parser(
            name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        added.describe = lambda parser, name=name: _module(name).add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Do what the command line says."""
    _check_outputs(options)
    _check_kinds(options)
    status: int = _module(options.action).run(options)
    return status


def _check_outputs(options: argparse.Namespace) -> None:
    """Refuse to write over what is being read, or two outputs into one file.

    Raises:
        InputError: The folder of an output is not there.
        UsageError: An output is a file that another argument names, or `-`.
    """
    given = vars(options)
    for name in OUTPUTS:
        if not isinstance(given.get(name), str):
            continue
        if given[name] == "-":
            raise UsageError(f"--{name} -: a file's name is expected")
        path = Path(given[name])
        if not path.parent.is_dir():  # nobody should learn it after the scoring
            raise InputError(
                path, f"cannot be written, there is no folder {path.parent}"
            )
    outputs = [
        Path(given[name]) for name in OUTPUTS if isinstance(given.get(name), str)
    ]
    named: list[str] = []
    for name, value in given.items():
        if name not in OUTPUTS:
            values = value if isinstance(value, list) else [value]
            named += [each for each in values if isinstance(each, str)]
    # A file may have a name before it: MINE=mine.en.
    read = [Path(part) for each in named for part in (each, each.partition("=")[2])]
    for number, output in enumerate(outputs):
        for source in read:
            if source.is_file():
                check_distinct(source, output)
        others = [other.resolve() for other in outputs[:number]]
        if output.resolve() in others and not output.is_char_device():
            raise UsageError(f"{output}: two outputs would be one file")


def _check_kinds(options: argparse.Namespace) -> None:
    """Refuse to write a page or JSON over another kind of file, say a translation.

    Raises:
        UsageError: A file that is there is of another kind.
    """
    given = vars(options)
    for name, (suffixes, start) in KINDS.items():
        if not isinstance(given.get(name), str):
            continue
        path = Path(given[name])
        if path.suffix.lower() in suffixes or not path.is_file():
            continue
        with path.open("rb") as stream:
            found = stream.read(len(start)).lower()
        # No suffix says what it is; JSONL and the like begin as JSON does. Standard
        # output that is a file has the tables, which would be written into a page.
        is_another = found and (path.suffix or found != start)
        if is_another or path.is_relative_to("/dev"):
            raise UsageError(
                f"--{name} {path}: a file to write is expected, one that ends in "
                f"{suffixes[0]}"
            )


def _module(name: str) -> ModuleType:
    # The matrix products here are small: numpy's threads would wait for each other
    # for longer than they work. It reads this when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return import_module(f"satzpaar.cli.eval_{name.replace('-', '_')}")
