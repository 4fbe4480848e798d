"""The examples in docstrings: they are promises, so they are run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOMS = ("translate", "alignments", "eval", "cli")


def modules_with_examples() -> list[str]:
    """Only these are imported: a module without examples may be a heavy one."""
    found = []
    for room in ROOMS:
        package = import_module(f"satzpaar.{room}")
        for path in package.__path__:
            for file in sorted(Path(path).rglob("*.py")):
                if ">>> " in file.read_text(encoding="utf-8"):
                    parts = file.relative_to(path).with_suffix("").parts
                    found.append(".".join((package.__name__, *parts)))
    return [name.removesuffix(".__init__") for name in found]


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_are_right(name: str) -> None:
    """In any order, each module by itself."""
    result = doctest.testmod(import_module(name))

    assert result.attempted > 0
    assert result.failed == 0
