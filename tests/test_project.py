"""The project as a whole: what is imported, installed and promised."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("translate", "alignments", "eval", "cli")


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments, "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )


def test_help_is_quick_and_light() -> None:
    """`satzpaar --help` answers in under 0.3 s and loads no model library."""
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "satzpaar.cli.main", "--help"],
            capture_output=True,
            check=True,
        )
        seconds.append(time.perf_counter() - started)
    loaded = python(
        "import sys; from satzpaar.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'transformers', 'ctranslate2', 'lxml', 'numpy'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )

    assert min(seconds) < 0.3
    assert "translate" in loaded.stdout


def test_every_package_is_installed() -> None:
    """Setuptools is told every package by name; a new one is easily forgotten."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    listed = set(settings["tool"]["setuptools"]["packages"])

    found = {
        "satzpaar." + ".".join(init.parent.relative_to(ROOT).parts)
        for room in ROOMS
        for init in (ROOT / room).rglob("__init__.py")
    }
    assert listed == found


def test_every_package_says_that_it_is_typed() -> None:
    """Each sub-package needs its own py.typed: the namespace has none."""
    packages = [i.parent for r in ROOMS for i in (ROOT / r).rglob("__init__.py")]

    assert [p for p in packages if not (p / "py.typed").exists()] == []


def test_no_module_is_loaded_twice() -> None:
    """From the repository's root `import translate` works too, and must not happen.

    It would make second classes that are unequal to the first.
    """
    done = python(
        "import sys; sys.path.insert(0, '.'); import satzpaar.cli.translate\n"
        "import satzpaar.cli.models\n"
        f"twice = [m for m in sys.modules if m.split('.')[0] in {ROOMS}]\n"
        "print(twice)"
    )

    assert done.stdout.strip() == "[]"


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """`satzpaar --version` says what is installed."""
    done = subprocess.run(
        [sys.executable, "-m", "satzpaar.cli.main", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == f"satzpaar {importlib.metadata.version('satzpaar')}"
