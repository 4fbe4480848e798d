"""`satzpaar corpus` as it is called."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.formats import read_bitext
from satzpaar.cli.main import main
from tests.corpora import STORIES, write_stories

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with the stories in ``de`` and ``en``."""
    write_stories(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def corpus(*arguments: str) -> int:
    return main(["corpus", *arguments])


USUAL = ("de", "en", "-o", "c.tmx", "--no-mt", "-j", "1", "--no-filter", "confidence")


def test_two_folders_become_a_corpus(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert corpus(*USUAL) == 0
    units = list(read_bitext(here / "c.tmx"))
    assert len(units) > 3 * len(STORIES)
    told = capsys.readouterr()
    assert told.out == ""
    assert f"{len(STORIES)} aligned" in told.err
    assert f"c.tmx: {len(units)} units" in told.err
    assert {path.name for path in here.iterdir()} == {
        "de", "en", "c.tmx", "c.manifest.json", "c.summary.txt", "c.summary.json",
    }  # fmt: skip


def test_quiet_says_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert corpus(*USUAL, "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_the_suffix_says_the_format_and_the_tags_are_as_given(here: Path) -> None:
    assert corpus(
        "de", "en", "-o", "c.jsonl", "--no-mt", "-q", "-j", "1", "--source-language",
        "de-DE", "--target-language", "en-US", "--no-filter", "all",
    ) == 0  # fmt: skip
    first = next(iter(read_bitext(here / "c.jsonl")))
    assert (first.source.language, first.target.language) == ("de-DE", "en-US")


def test_the_summary_is_no_document(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the documents it is written again; one that is there already stays."""
    beside = ("de", "en", "-o", "en/c.tmx", "--no-mt", "-j", "1")
    for _ in range(2):
        assert corpus(*beside) == 0
        assert f"{len(STORIES)} aligned" in capsys.readouterr().err
    (here / "en" / "d.summary.txt").write_text("Mine.\n", "utf-8")

    assert corpus("de", "en", "-o", "en/d.tmx", "--no-mt", "-j", "1") == 2
    assert (here / "en" / "d.summary.txt").read_text("utf-8") == "Mine.\n"


def test_one_folder_with_both_languages(here: Path) -> None:
    (here / "both").mkdir()
    for language in ("de", "en"):
        for path in (here / language).iterdir():
            path.rename(here / "both" / f"{path.stem}.{language}.txt")
    assert corpus("both", "both", *USUAL[2:], "-q") == 0


def test_a_model_translates_and_its_name_stands_in_the_units(
    here: Path, tiny_folder: Path
) -> None:
    few = ["bruecke"]
    for path in [*(here / "de").iterdir(), *(here / "en").iterdir()]:
        if path.stem not in few:
            path.unlink()
    status = corpus(
        "de", "en", "-o", "c.jsonl", "-q", "-j", "1", "--model", str(tiny_folder),
        "--no-filter", "all", "--min-coverage", "0",
    )  # fmt: skip
    assert status == 0
    units = list(read_bitext(here / "c.jsonl"))
    assert {unit.get("x-mt-model") for unit in units} == {str(tiny_folder)}


def test_filters_by_the_command_line(here: Path) -> None:
    status = corpus(*USUAL, "-q", "--filter", "long=60", "--rejected", "r.tsv")
    assert status == 0
    kept = list(read_bitext(here / "c.tmx"))
    assert all(len(unit.source.text) <= 60 for unit in kept)
    rejected = list(read_bitext(here / "r.tsv"))
    assert all("long" in (unit.get("x-rejected") or "") for unit in rejected)
    assert rejected
    manifest = json.loads((here / "c.manifest.json").read_text(encoding="utf-8"))
    assert manifest["filters"]["long"] == 60
    assert "confidence" not in manifest["filters"]


def test_by_content_names_do_not_matter(here: Path) -> None:
    for number, path in enumerate(sorted((here / "en").iterdir())):
        path.rename(here / "en" / f"page{number}.txt")
    assert corpus(*USUAL, "-q", "--match", "content") == 0
    manifest = json.loads((here / "c.manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["documents"]) == len(STORIES)
    assert all(one["likeness"] > 0.05 for one in manifest["documents"])


# Something is wrong with a document


def test_a_bad_document_is_named_and_the_others_are_done(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "de" / "ernte.txt").write_bytes(b"")
    (here / "en" / "allein.txt").write_text("I am alone here, says the last page.")
    assert corpus(*USUAL) == 1
    told = capsys.readouterr().err
    assert "satzpaar corpus: de/ernte.txt: has no text to align" in told
    assert "satzpaar corpus: en/allein.txt: no document of that name in de" in told
    assert f"{len(STORIES) - 1} aligned, 1 failed, 1 without a counterpart" in told
    manifest = json.loads((here / "c.manifest.json").read_text(encoding="utf-8"))
    status = {one["source"]: one["status"] for one in manifest["documents"]}
    assert status["ernte.txt"] == "failed"
    assert manifest["without_counterpart"] == {"sources": [], "targets": ["allein.txt"]}


def test_documents_of_other_formats_are_missed(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of a folder may be of an older Word."""
    (here / "de" / "alt.doc").write_bytes(b"?")

    assert corpus(*USUAL) == 0
    told = "satzpaar corpus: de: 1 document of other formats passed over: .doc 1\n"
    assert capsys.readouterr().err.count(told) == 1
    assert corpus(*USUAL, "-q") == 0
    assert capsys.readouterr().err == ""


def test_what_was_put_right_is_taken_up(here: Path) -> None:
    good = (here / "de" / "ernte.txt").read_bytes()
    (here / "de" / "ernte.txt").write_bytes(b"")
    assert corpus(*USUAL, "-q") == 1
    (here / "de" / "ernte.txt").write_bytes(good)
    assert corpus(*USUAL, "-q") == 0
    assert not (here / "c.tmx.work").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (["de", "nowhere", "-o", "c.tmx"], 1, "nowhere: no such folder"),
        (["de/ernte.txt", "en", "-o", "c.tmx"], 1, "a file, expected a folder"),
        (["de", "en", "-o", "c.doc"], 1, "not a bitext by its suffix"),
        (["de", "en", "-o", "c.ladder"], 2, "lists beads of two texts, not of many"),
        (["de", "en", "-o", "no/c.tmx"], 1, "there is no folder no"),
        (["de", "en", "-o", "de"], 1, "not a bitext by its suffix"),
        (["de", "en", "-o", "c.tmx", "-j", "-1"], 2, "at least 1 is expected"),
        (["de", "en", "-o", "c.tmx", "--filter", "long"], 2, "NAME=X is expected"),
        (["de", "en", "-o", "c.tmx", "--filter", "lon=3"], 2, "no filter 'lon'"),
        (["de", "en", "-o", "c.tmx", "--no-filter", "lon"], 2, "no filter 'lon'"),
        (["de", "en", "-o", "c.tmx", "--min-confidence", "2"], 2, "0 to 1 is expected"),
        (["de", "en", "-o", "c.tmx", "--min-coverage", "7"], 2, "0 to 1 is expected"),
        (["de", "en", "-o", "c.tmx", "--max-side", "0"], 2, "1 to 10 are expected"),
        (["de", "en", "-o", "c.tmx", "--max-side", "11"], 2, "1 to 10 are expected"),
        (["de", "en", "-o", "c.tmx", "-m", "other"], 2, "no model is asked with"),
        (["de", "en", "-o", "c.tmx", "-j", "0"], 2, "at least 1 is expected"),
        (["de", "en", "-o", "c.tmx", "--filter", "long=nan"], 2, "X a number"),
        (["de", "en", "-o", "c.tmx", "--rejected", "c.tmx"], 2, "written twice"),
    ],
)
def test_what_cannot_be_is_refused_before_any_work(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    complaint: str,
) -> None:
    assert corpus(*arguments, "--no-mt") == status
    told = capsys.readouterr().err
    assert complaint in told
    assert told.count("\n") == 1
    assert {path.name for path in here.iterdir()} == {"de", "en"}


def test_nothing_that_could_be_aligned_leaves_nothing_behind(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (here / "en").iterdir():
        path.write_bytes(b"")
    assert corpus(*USUAL) == 1
    assert "not written: no pair of documents was aligned" in capsys.readouterr().err
    assert {path.name for path in here.iterdir()} == {"de", "en"}


def test_duplicate_names_are_refused(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "de" / "ernte.de.md").write_text("Noch einmal.")
    assert corpus(*USUAL) == 1
    told = capsys.readouterr().err
    assert "is 'ernte' in de as" in told
    assert "may stand for one file alone" in told


# Killed


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "satzpaar.cli.main", "corpus", *arguments]


def test_a_run_that_was_killed_goes_on_and_gives_the_same(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert corpus(*USUAL, "-q") == 0
    expected = (here / "c.tmx").read_bytes()
    (here / "c.tmx").unlink()

    run = subprocess.Popen(
        command("de", "en", "-o", "c.tmx", "--no-mt", "-j", "2", *USUAL[-2:]),
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    patience = time.monotonic() + 60
    while run.poll() is None and time.monotonic() < patience:
        if list(here.glob("c.tmx.work/*/*.json")):
            break
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert not (here / "c.tmx").exists()

    assert corpus(*USUAL, "--max-side", "2") == 2
    assert "a run with max_side None, now it is 2" in capsys.readouterr().err
    assert corpus(*USUAL, "-q") == 0
    assert (here / "c.tmx").read_bytes() == expected
    assert not (here / "c.tmx.work").exists()


def test_no_process_outlives_a_parent_that_was_killed(here: Path) -> None:
    run = subprocess.Popen(
        command("de", "en", "-o", "c.tmx", "--no-mt", "-j", "2"),
        start_new_session=True,
        stderr=subprocess.PIPE,
    )
    patience = time.monotonic() + 60
    while run.poll() is None and time.monotonic() < patience:
        if list(here.glob("c.tmx.work/*/*.json")):
            break
        time.sleep(0.01)
    run.kill()
    assert run.stderr is not None
    run.stderr.read()  # ends when the last process that could write is gone
    run.wait()
