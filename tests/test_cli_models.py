"""`satzpaar models`: what is at hand, what it is, and getting it ready."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satzpaar.cli.main import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def empty_hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


def test_list_begins_with_the_bundled_model(capsys: Captured) -> None:
    """It is there without a network."""
    assert main(["models", "list"]) == 0

    assert capsys.readouterr().out.startswith("bundled ")


def test_info_tells_what_a_model_is(tiny_folder: Path, capsys: Captured) -> None:
    """Languages, layers, size, and whether it is converted."""
    assert main(["models", "info", "--model", str(tiny_folder)]) == 0

    rows = dict(
        line.split(":", 1) for line in capsys.readouterr().out.splitlines() if line
    )
    assert rows["languages"].strip() == "de to en"
    assert rows["content hash"].strip().isalnum()
    assert rows["word alignment"].strip().startswith("head 0 of decoder layer 1")
    assert {"layers", "width", "vocabulary", "parameters", "ctranslate2"} <= set(rows)


def test_a_model_is_named_as_download_has_it(
    tiny_folder: Path, capsys: Captured
) -> None:
    """Who has written `models download NAME` writes `models info NAME` next."""
    assert main(["models", "info", "--model", str(tiny_folder)]) == 0
    named = capsys.readouterr().out
    assert main(["models", "info", str(tiny_folder)]) == 0
    assert capsys.readouterr().out == named

    assert main(["models", "convert", str(tiny_folder)]) == 0
    assert (Path(capsys.readouterr().out.strip()) / "model.bin").is_file()

    assert main(["models", "info", "bundled", "-m", "bundled"]) == 2
    assert "one model is expected" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "shown"),
    [({}, "as they stand"), ({"plain_idioms": True}, "read in plain German")],
)
def test_info_tells_how_idioms_are_read(
    said: dict[str, object], shown: str, tiny_copy: Path, capsys: Captured
) -> None:
    """As the configuration says."""
    path = tiny_copy / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **said}))

    assert main(["models", "info", "--model", str(tiny_copy)]) == 0

    assert f"idioms:          {shown}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({}, "each sentence alone"),
        ({"reads_context": True}, "pronouns by the sentence before"),
        ({"reads_context": True, "alignment_head": None}, "each sentence alone"),
    ],
)
def test_info_tells_whether_the_sentence_before_is_read(
    said: dict[str, object], shown: str, tiny_copy: Path, capsys: Captured
) -> None:
    """As the configuration says, and the model can."""
    path = tiny_copy / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **said}))

    assert main(["models", "info", "--model", str(tiny_copy)]) == 0

    assert f"context:         {shown}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({}, "for made-up words"),
        ({"dictionary_overrules": True}, "overrules its words"),
        ({"alignment_head": None}, "not used"),
    ],
)
def test_info_tells_what_the_dictionary_is_for(
    said: dict[str, object], shown: str, tiny_copy: Path, capsys: Captured
) -> None:
    """As the configuration says."""
    path = tiny_copy / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **said}))

    assert main(["models", "info", "--model", str(tiny_copy)]) == 0

    assert f"dictionary:      {shown}\n" in capsys.readouterr().out


def test_convert_prints_the_folder(tiny_folder: Path, capsys: Captured) -> None:
    """And the next start finds it there."""
    assert main(["models", "convert", "--model", str(tiny_folder)]) == 0

    folder = Path(capsys.readouterr().out.strip())
    assert (folder / "model.bin").is_file()


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (["convert", "--compute-type", "bogus"], "no compute type 'bogus'", 2),
        (["download", "unsinn"], "OWNER/NAME is expected", 2),
        (["info", "--model", "./fehlt/hier"], "no such folder", 1),
    ],
)
def test_says_what_is_wrong(
    arguments: list[str], said: str, status: int, capsys: Captured
) -> None:
    """In a line, with the status of a wrong usage or of a fault."""
    assert main(["models", *arguments]) == status

    assert said in capsys.readouterr().err
