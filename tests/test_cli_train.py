"""`satzpaar train`: what is typed, what comes out, what is said when it cannot be."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from satzpaar.cli.main import main
from satzpaar.translate.models import find_model
from satzpaar.translate.training.parting import words_parted

QUICK = [
    *("--learning-rate", "2e-3"),
    *("--batch-tokens", "512", "--micro-tokens", "256", "--max-tokens", "64"),
    *("--validations", "1", "--score-sentences", "20"),
]
SCRATCH = ["--from-scratch", "--minutes", "1"]


@pytest.fixture
def bitext(tiny_folder: Path, tmp_path: Path) -> Path:
    """Write sentences of the tiny model's world with a word that is new to it."""
    german, english = (
        (tiny_folder / f"sentences.{language}").read_text(encoding="utf-8").splitlines()
        for language in ("de", "en")
    )
    rows = [
        f"{source}\t{target.replace('The ', 'That ').replace('the ', 'that ')}\n"
        for source, target in zip(german[:100], english[:100], strict=True)
    ]
    path = tmp_path / "memory.tsv"
    path.write_text("".join(rows), encoding="utf-8")
    return path


def test_a_bitext_makes_a_model_that_translates(
    bitext: Path, tiny_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The example of the documentation, from end to end."""
    output, article = tmp_path / "mine", tmp_path / "artikel.txt"
    article.write_text("Heute kauft die Frau das Buch.\n", encoding="utf-8")
    command = ["train", str(bitext), "-o", str(output), "--model", str(tiny_folder)]

    status = main([*command, *QUICK, "--tokens", "20000"])

    told = capfd.readouterr()
    assert status == 0
    assert told.out == ""
    assert "90 pairs, " in told.err
    assert "held-out loss" in told.err
    assert f"{output} is ready for --model" in told.err
    assert "\r" not in told.err  # the bar is for terminals
    assert "transformers]" not in told.err  # nor does a library chat
    assert main(["translate", "-q", "--model", str(output), str(article)]) == 0
    assert capfd.readouterr().out == "That woman buys that book today.\n"


def test_a_worse_result_fails(
    bitext: Path, tiny_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1, one line that says where the rejected model is."""
    rows = [line.split("\t") for line in bitext.read_text("utf-8").splitlines()]
    sources, targets = zip(*rows, strict=True)
    valid = tmp_path / "valid.jsonl"
    valid.write_text(
        "".join(json.dumps({"de": s, "en": t}) + "\n" for s, t in rows[:20])
    )
    bitext.write_text(
        "".join(f"{s}\t{t}\n" for s, t in zip(sources[20:], targets[:80], strict=True)),
        encoding="utf-8",
    )
    output = tmp_path / "worse"
    command = ["train", str(bitext), "-o", str(output), "--valid", str(valid), "-q"]

    status = main([*command, "-m", str(tiny_folder), *QUICK, "--tokens", "6000"])

    [line] = capfd.readouterr().err.splitlines()
    assert status == 1
    assert line.startswith("satzpaar train: worse than the start: ")
    assert "--keep-anyway" in line
    assert not output.exists()
    assert len(list((tmp_path / "worse.work").glob("rejected-*"))) == 1


def test_words_behind_marks_are_cut_as_elsewhere_where_it_is_asked_for(
    bitext: Path, tiny_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """By the result's tokenizer; the start's stays as it is."""
    output = tmp_path / "mine"
    command = ["train", str(bitext), "-o", str(output), "--model", str(tiny_folder)]

    wanted = ["--tokens", "1000", "--part-words", "--keep-anyway"]
    assert main([*command, *QUICK, *wanted]) == 0

    assert words_parted(find_model(str(output)))
    assert not words_parted(find_model(str(tiny_folder)))


def test_ctrl_c_writes_a_checkpoint(
    bitext: Path, tiny_folder: Path, tmp_path: Path
) -> None:
    """Exit status 130 and how to go on; nothing at the output."""
    command = ["train", str(bitext), "-o", str(tmp_path / "mine"), *QUICK]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "satzpaar.cli.main", *command),
            *("--model", str(tiny_folder), "--minutes", "5"),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("step 0"):
            break

    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()

    assert process.wait(30) == 130
    assert "the same command goes on from there" in rest
    assert "Traceback" not in rest
    assert (tmp_path / "mine.work" / "state.pt").exists()
    assert not (tmp_path / "mine").exists()


Arguments = Callable[[Path], list[str]]

# name: what is typed after `train` in a folder with memory.tsv, what is said, status
CASES: dict[str, tuple[Arguments, str, int]] = {
    "no file": (lambda d: [f"{d}/fehlt.tmx"], "fehlt.tmx: no such file", 1),
    "not a bitext": (lambda d: [f"{d}/memory.docx"], "not a bitext by its suffix", 1),
    "half a Moses pair": (lambda d: [f"{d}/half.de"], "half.en: no such file", 1),
    "bad line": (lambda d: [f"{d}/bad.tsv"], "bad.tsv:2: one column", 1),
    "bad column": (
        lambda d: [f"{d}/memory.tsv", "--columns", "1,3"],
        "memory.tsv:1: 2 columns, but column 3 is wanted",
        1,
    ),
    "weight": (lambda d: [f"{d}/memory.tsv:-2"], "a weight of -2", 2),
    "no weight": (
        lambda d: [f"{d}/memory.tsv:1:0"],
        "every bitext has the weight 0 in the cooldown",
        2,
    ),
    "columns": (lambda d: [f"{d}/memory.tsv", "--columns", "a"], "such as 2,3", 2),
    "no budget": (
        lambda d: [f"{d}/memory.tsv", "--from-scratch"],
        "--from-scratch needs a budget",
        2,
    ),
    "budget": (lambda d: [f"{d}/memory.tsv", "--minutes", "0"], "a budget of 0", 2),
    "model and none": (
        lambda d: [f"{d}/memory.tsv", *SCRATCH, "-m", "bundled"],
        "exclude each other",
        2,
    ),
    "architecture of a model": (
        lambda d: [f"{d}/memory.tsv", "--decoder-layers", "3"],
        "--decoder-layers goes with --from-scratch",
        2,
    ),
    "narrower": (
        lambda d: [f"{d}/memory.tsv", "--width", "64"],
        " wide; a larger multiple is expected, not 64",
        2,
    ),
    "no multiple": (
        lambda d: [f"{d}/memory.tsv", "--width", "5000"],
        "the model is 512 wide; a larger multiple is expected, not 5000",
        2,
    ),
    "as wide as it is": (
        lambda d: [f"{d}/memory.tsv", "--width", "512"],
        "the model is 512 wide; a larger multiple is expected, not 512",
        2,
    ),
    "fewer units": (
        lambda d: [f"{d}/memory.tsv", "--feed-forward", "64"],
        " units; no fewer are expected, not 64",
        2,
    ),
    "layers that it has": (
        lambda d: [f"{d}/memory.tsv", "--encoder-layers", "6"],
        "the encoder has 6 layers; more are expected, not 6",
        2,
    ),
    "heads": (
        lambda d: [f"{d}/memory.tsv", *SCRATCH, "--width", "100"],
        "a width of 100 cannot be cut into 8 heads",
        2,
    ),
    "vocabulary": (
        lambda d: [f"{d}/memory.tsv", *SCRATCH, "--vocabulary", "100"],
        "no vocabulary of 100 pieces can be made from this bitext",
        2,
    ),
    "pieces of its own": (
        lambda d: [f"{d}/memory.tsv", "--no-byte-fallback"],
        "--no-byte-fallback goes with --from-scratch or --vocabulary",
        2,
    ),
    "rate of the embeddings": (
        lambda d: [f"{d}/memory.tsv", "--embedding-rate", "0"],
        "a rate of the embeddings of 0.0 times the others'",
        2,
    ),
    "languages": (
        lambda d: [f"{d}/memory.tsv", *SCRATCH, "--languages", "German"],
        "such as de-en",
        2,
    ),
    "rate": (
        lambda d: [f"{d}/memory.tsv", "--learning-rate", "7"],
        "a learning rate of 7.0; 0 to 1 is expected",
        2,
    ),
    "threads": (
        lambda d: [f"{d}/memory.tsv", "--threads", "0"],
        "threads: 0, but at least 1 is expected",
        2,
    ),
    "device": (  # before the bitext is read, which may take long
        lambda d: [f"{d}/memory.tsv", "--device", "cuda"],
        "no CUDA device is found",
        2,
    ),
    "no model": (
        lambda d: [f"{d}/memory.tsv", "-m", f"{d}/fehlt/modell"],
        "no such folder; a model's folder is expected",
        1,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_one_line_and_leaves_nothing(
    name: str, bitext: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, and no folder that would be in the way of the next try."""
    arguments, complaint, expected = CASES[name]
    (tmp_path / "memory.docx").write_bytes(b"PK")
    (tmp_path / "half.de").write_text("Ja.\n")
    (tmp_path / "bad.tsv").write_text("Ja, gut.\tYes, fine.\nNein.\n")
    output = tmp_path / "new" / "model"
    output.parent.mkdir()

    status = main(["train", *arguments(tmp_path), "-o", str(output)])

    [line] = capfd.readouterr().err.splitlines()
    assert line.startswith("satzpaar train: ")
    assert complaint in line
    assert status == expected
    assert list(output.parent.iterdir()) == []


def test_an_output_in_use_is_left_alone(
    bitext: Path, tiny_copy: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Somebody's model stays what it is."""
    status = main(["train", str(bitext), "-o", str(tiny_copy), "-m", str(tiny_copy)])

    assert status == 2
    assert "a folder with other files in it" in capfd.readouterr().err
    assert find_model(str(tiny_copy))
