"""Which of our own code a result depends on: what its modules import, hashed."""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS: Final = "satzpaar."

# Where the ways of translating and of scoring begin. Modules that are imported by a
# name made up at run time are named here.
_TRANSLATION: Final = (
    "satzpaar.eval.bench.jobs",
    "satzpaar.translate.formats.text",
)
_SCORING: Final = (
    "satzpaar.eval.score",
    "satzpaar.eval.compare",
    "satzpaar.eval.known_metrics",
)
_MARKS: Final = ("satzpaar.translate.checks.registry",)


@cache
def translation_code(engine: str) -> str:
    """Hash our code that a translation by *engine* depends on."""
    others = {"ctranslate2": "transformers", "transformers": "ctranslate2"}
    other = f"satzpaar.translate.engines.{others[engine]}"
    return _code(_TRANSLATION, "satzpaar.translate", without=other)


@cache
def scoring_code() -> str:
    """Hash our code that scores and comparisons depend on."""
    return _code(_SCORING, "satzpaar.eval")


@cache
def checking_code() -> str:
    """Hash our code that marks errors."""
    return _code(_MARKS, "satzpaar.translate.checks")


def _code(roots: tuple[str, ...], within: str, *, without: str = "") -> str:
    digest = hashlib.sha256()
    for name, path in sorted(modules_of(roots, within, without=without).items()):
        for file in (path, *data_beside(path)):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{name} {content}\n".encode("ascii"))
    return digest.hexdigest()[:16]


def data_beside(module: Path) -> list[Path]:
    """Return what a package has beside its modules, such as a dictionary."""
    if module.name != "__init__.py":
        return []
    files = (path for path in module.parent.iterdir() if path.is_file())
    return sorted(path for path in files if path.suffix not in (".py", ".typed"))


def modules_of(
    roots: tuple[str, ...], within: str, *, without: str = ""
) -> dict[str, Path]:
    """Find the modules *roots* and all that they import of the package *within*.

    Args:
        roots: Names of modules.
        within: A package; what is imported from elsewhere is not followed.
        without: A module that is left out.

    Returns:
        Files by the modules' names.
    """
    found: dict[str, Path] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        path = _path(name)
        if name in found or path is None or name == without:
            continue
        found[name] = path
        tree = ast.parse(path.read_bytes())
        wanted = [*_imported(tree), name.rpartition(".")[0]]  # a package runs first
        waiting += [each for each in wanted if f"{each}.".startswith(f"{within}.")]
    return found


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules of ours that a module imports, also within its functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue  # types decide nothing
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            # What is imported from a package may be a module of it.
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [node.module, *inner]
        yield from (name for name in names if name.startswith(OURS))
        yield from _imported(node)


def _path(name: str) -> Path | None:
    """Return a module's file without importing it, None if there is no such module."""
    _, room, *parts = name.split(".")
    spec = find_spec(f"{OURS}{room}")
    if spec is None or spec.origin is None:
        return None
    stem = Path(spec.origin).parent.joinpath(*parts)
    for path in (stem / "__init__.py", stem.with_suffix(".py")):
        if path.is_file():
            return path
    return None
