"""What several test modules share: the tiny checkpoint and a cache of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from satzpaar.cli.main import main
from satzpaar.translate.models import find_model
from tests.mill import BOTH, write_mill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from satzpaar.translate.models import Model

# Idle threads that spin take the core from those that work.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# A busy machine makes no property false. CI tries the same examples every time, so that
# a change is judged by what it changed; who develops meets new ones at every run.
settings.register_profile("satzpaar", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "satzpaar")

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep what the tests convert out of the user's own cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SATZPAAR_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def tiny_folder() -> Path:
    """Return the folder of a real, tiny Marian checkpoint, de-en."""
    return DATA / "tiny-marian"


@pytest.fixture(scope="session")
def tiny_model(tiny_folder: Path) -> Model:
    """Find the tiny checkpoint as a user would."""
    return find_model(str(tiny_folder))


@pytest.fixture
def tiny_copy(tiny_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the tiny checkpoint that a test may damage."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "tiny-copy"))


@pytest.fixture(scope="session")
def new_pairs(tiny_folder: Path) -> list[tuple[str, str]]:
    """Pair sentences of the tiny model's world with an English that is new to it."""
    german, english = (
        (tiny_folder / f"sentences.{language}").read_text(encoding="utf-8").splitlines()
        for language in ("de", "en")
    )
    new = [line.replace("the ", "that ").replace("The ", "That ") for line in english]
    return list(zip(german, new, strict=True))[:120]


@pytest.fixture(scope="session")
def tiny_sentences(tiny_folder: Path) -> list[str]:
    """Read German sentences of the tiny model's small world, not trained on."""
    text = (tiny_folder / "sentences.de").read_text(encoding="utf-8")
    return text.splitlines()


@pytest.fixture
def mill_folder(tmp_path: Path) -> Path:
    """Return a folder with two texts about a mill and a translation of one."""
    write_mill(tmp_path)
    return tmp_path


@pytest.fixture
def align(mill_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Return the command on the two texts, with a translation given; more arguments."""
    monkeypatch.chdir(mill_folder)

    def run(*arguments: str) -> int:
        return main(["align", *BOTH, "--mt", "mt.txt", *arguments])

    return run
