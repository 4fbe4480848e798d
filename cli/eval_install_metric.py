"""`satzpaar eval install-metric`: neural metrics, each in an environment of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.eval.install import RECIPES, install, installed_names

if TYPE_CHECKING:
    import argparse

EPILOG = """\
examples:
  satzpaar eval install-metric comet
  satzpaar eval score --reference ref.en --source src.de mine.en --metrics bleu,comet

The environment and the model lie in the cache folder. The network is asked at
installation only. CometKiwi and XCOMET may not be used commercially (CC-BY-NC-SA): they
are no default.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Install a neural metric in an environment of its own."
    parser.epilog = EPILOG
    parser.add_argument(
        "name", nargs="?", choices=sorted(RECIPES), help="default: list what there is"
    )
    parser.add_argument("--model", metavar="ID", help="of the hub; default: the usual")
    parser.add_argument(
        "--python", metavar="PROGRAM", help="of the environment; default: this one's"
    )


def run(options: argparse.Namespace) -> int:
    """Install the metric, or list what there is."""
    if options.name is None:
        have = installed_names()
        for name, recipe in RECIPES.items():
            state = "installed" if name in have else "not installed"
            print(f"{name:<9}{state:<15}{recipe.model} ({recipe.license})")
        return 0
    print(install(options.name, model=options.model, python=options.python))
    return 0
