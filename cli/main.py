"""The command `satzpaar COMMAND`: what is common to all commands."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from satzpaar.alignments.version import satzpaar_version
from satzpaar.cli.parser import WRONG_USAGE, Parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FAILED = 1
INTERRUPTED = 130

# Each is a module of this package with `add_arguments` and `run`; only the one that is
# called is imported.
COMMANDS = {
    "translate": "translate German files into English and keep their form",
    "align": "pair the sentences of a text and its translation: a TMX, TSV …",
    "corpus": "turn folders of documents in two languages into a parallel corpus",
    "convert": "turn a bitext into another format: TMX, TSV, JSONL, XLIFF …",
    "tmx": "validate, count, merge, dedupe, filter and split translation memories",
    "eval": "score translations, compare systems, find their errors",
    "bench": "measure quality and cost of models, engines and settings",
    "train": "fine-tune a Marian model on your own bitext, or train a new one",
    "models": "list, describe, download and convert translation models",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    try:
        return _main(arguments)
    except KeyboardInterrupt:  # also while a command is still being imported
        return INTERRUPTED
    except UnicodeEncodeError as error:
        if error.encoding == "utf-8":  # half a surrogate pair: our bug
            raise
        print(
            f"satzpaar: standard output is {sys.stdout.encoding}, which lacks "
            f"{error.object[error.start]!r}; PYTHONIOENCODING=utf-8 has it",
            file=sys.stderr,
        )
        return FAILED


def _main(arguments: Sequence[str] | None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = next((word for word in given if not word.startswith("-")), None)
    parser, of_command = _parsers(command if command in COMMANDS else None)
    options, unknown = parser.parse_known_args(given)
    if unknown:
        parser_of(of_command, given).error(
            f"unrecognized arguments: {' '.join(unknown)}"
        )
    if options.command is None:
        parser.print_help()
        return 0
    module = import_module(f"satzpaar.cli.{options.command}")
    return guarded(lambda: module.run(options), prog=f"satzpaar {options.command}")


def _parsers(command: str | None) -> tuple[Parser, argparse.ArgumentParser]:
    """Make the parser and *command*'s, whose own arguments alone are known to it."""
    parser = Parser(
        prog="satzpaar",
        description="Translate German articles, pair texts, score translations.",
        epilog="`satzpaar COMMAND --help` tells a command's options.",
    )
    version = f"satzpaar {satzpaar_version()}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands"
    )
    of_command: argparse.ArgumentParser = parser
    for name, summary in COMMANDS.items():
        added = commands.add_parser(
            name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == command:
            import_module(f"satzpaar.cli.{name}").add_arguments(added)
            of_command = added
    return parser, of_command


def parser_of(
    parser: argparse.ArgumentParser, words: Iterable[str]
) -> argparse.ArgumentParser:
    """Return the parser of the action that *words* name: its help has the options."""
    for word in words:
        for action in parser._actions:
            if (
                isinstance(action, argparse._SubParsersAction)
                and word in action.choices
            ):
                parser = action.choices[word]
                break
    return parser


def guarded(command: Callable[[], int], *, prog: str) -> int:
    """Run *command* and turn what went wrong into a line on stderr.

    An unexpected exception is our bug: it keeps its traceback.
    """
    from satzpaar.translate.errors import SatzpaarError, UsageError

    try:
        status = command()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, say `head`, has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (SatzpaarError, OSError) as error:
        print(f"{prog}: {error}", file=sys.stderr)
        return WRONG_USAGE if isinstance(error, UsageError) else FAILED
    return status


if __name__ == "__main__":
    sys.exit(main())
