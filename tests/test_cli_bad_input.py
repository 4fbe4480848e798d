"""Bad input: one line that says where, what and what was expected; nothing lost."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from satzpaar.cli.main import main
from satzpaar.translate.models import find_model

TEXT = "Der Mann kaufte ein Auto.\n"
SATZPAAR = [sys.executable, "-m", "satzpaar.cli.main"]


def model_without(folder: Path, *names: str) -> Path:
    """Copy the bundled model, less some of its files."""
    copied = folder / "model"
    shutil.copytree(find_model().folder, copied)
    for name in names:
        (copied / name).unlink()
    return copied


def written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def linked(path: Path, target: Path) -> str:
    path.symlink_to(target)
    return str(path)


def foreign_model(folder: Path) -> list[str]:
    copied = model_without(folder)
    (copied / "config.json").write_text(json.dumps({"model_type": "t5"}))
    return [str(folder / "artikel.txt"), "--model", str(copied)]


Arguments = Callable[[Path], list[str]]

# name: what is given in a folder with artikel.txt, what is said, the exit status
CASES: dict[str, tuple[Arguments, str, int]] = {
    "missing file": (lambda d: [str(d / "fehlt.txt")], "fehlt.txt: no such file", 1),
    "folder for a file": (lambda d: [str(d)], "is a folder; --output-dir DIR", 2),
    "folder for an output": (
        lambda d: [str(d / "artikel.txt"), "-o", str(d)],
        "is a folder, expected a file",
        1,
    ),
    "no folder for an output": (
        lambda d: [str(d / "artikel.txt"), "-o", str(d / "x/y.txt")],
        "there is no folder",
        1,
    ),
    "binary file": (
        lambda d: [written(d / "bild.txt", b"\x89PNG\r\n\x1a\n\0\0")],
        "bild.txt: looks like a PNG image, expected text",
        1,
    ),
    "invalid UTF-8 in the middle": (
        lambda d: [
            written(d / "x.txt", "Größe\nÄpfel".encode() + b"\xff\nG\xc3\xbcte")
        ],
        "x.txt:2: ",
        1,
    ),
    "unknown encoding": (
        lambda d: [str(d / "artikel.txt"), "--encoding", "klingon"],
        "klingon",
        2,
    ),
    "wrong encoding": (
        lambda d: [written(d / "x.txt", b"Gr\xfc\xdfe"), "--encoding", "utf-8"],
        "x.txt:1: ",
        1,
    ),
    "format not supported": (
        lambda d: [written(d / "x.pptx", b"PK\x03\x04")],
        "x.pptx: .pptx is not supported yet; supported: .txt",
        1,
    ),
    "unknown format": (
        lambda d: [str(d / "artikel.txt"), "--format", "docm"],
        "invalid choice: 'docm'",
        2,
    ),
    "output equal to input": (
        lambda d: [str(d / "artikel.txt"), "-o", str(d / "artikel.txt")],
        "the output is the input",
        2,
    ),
    "output a link to the input": (
        lambda d: [
            str(d / "artikel.txt"),
            "-o",
            linked(d / "l", d / "artikel.txt"),
        ],
        "the output is the input",
        2,
    ),
    "file for an output folder": (
        lambda d: [str(d / "artikel.txt"), "--output-dir", str(d / "artikel.txt/en")],
        "artikel.txt: is a file, expected a folder",
        1,
    ),
    "no folder for what comes from a stream": (
        lambda d: ["-", "-o", str(d / "x/y.txt")],
        "there is no folder",
        1,
    ),
    "a stream and a file": (
        lambda d: ["-", str(d / "artikel.txt")],
        "- stands alone",
        2,
    ),
    "several files, no folder": (
        lambda d: [str(d / "artikel.txt"), written(d / "b.txt", b"Ja.")],
        "2 files are named; --output-dir DIR is expected",
        2,
    ),
    "pattern without a file": (
        lambda d: [str(d / "*.md"), "--output-dir", str(d)],
        "*.md: the pattern matches no file",
        1,
    ),
    "no such model": (
        lambda d: [str(d / "artikel.txt"), "--model", "unsinn"],
        "no model 'unsinn'; 'bundled', a folder, or a hub id",
        2,
    ),
    "model folder missing": (
        lambda d: [str(d / "artikel.txt"), "--model", "./fehlt/hier"],
        "./fehlt/hier: no such folder",
        1,
    ),
    "model not in the cache": (
        lambda d: [str(d / "artikel.txt"), "--offline", "--model", "owner/nothing"],
        "not in the local Hugging Face cache",
        1,
    ),
    "foreign model": (foreign_model, "t5", 1),
    "model without vocabulary": (
        lambda d: [
            str(d / "artikel.txt"),
            "--model",
            str(model_without(d, "vocab.json")),
        ],
        "vocab.json",
        1,
    ),
    "model without weights": (
        lambda d: [
            str(d / "artikel.txt"),
            "--model",
            str(model_without(d, "model.safetensors")),
        ],
        "model.safetensors",
        1,
    ),
    "unreadable model": (
        lambda d: [
            str(d / "artikel.txt"),
            "--model",
            str(
                Path(written(model_without(d) / "model.safetensors", b"\0\1\2")).parent
            ),
        ],
        "model.safetensors",
        1,
    ),
    "beam of none": (
        lambda d: [str(d / "artikel.txt"), "--beam", "0"],
        "--beam 0: at least 1 is expected",
        2,
    ),
    "another format by the output's name": (
        lambda d: [written(d / "a.md", b"# Ja"), "-o", str(d / "a.en.html")],
        "a.md stays Markdown; a name with .md is expected",
        2,
    ),
    "text for subtitles": (
        lambda d: [str(d / "artikel.txt"), "-o", str(d / "a.srt")],
        "artikel.txt stays plain text; a name with .txt is expected",
        2,
    ),
    "PDF for a page": (
        lambda d: [written(d / "a.pdf", b"%PDF-1.7"), "-o", str(d / "a.html")],
        "a.pdf becomes plain text; a name with .txt is expected",
        2,
    ),
    "a page from a stream, taken for text": (
        lambda d: ["-", "-o", str(d / "a.html")],
        "standard input is taken for plain text; --format html is expected",
        2,
    ),
    "unknown compute type": (
        lambda d: [str(d / "artikel.txt"), "--compute-type", "int3"],
        "int3",
        2,
    ),
    "--skip-existing without a folder": (
        lambda d: [str(d / "artikel.txt"), "--skip-existing"],
        "--skip-existing goes with --output-dir",
        2,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_is_said_in_a_line(
    case: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where, what, what was expected; the right exit status; no output."""
    arguments, said, expected = CASES[case]
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    (tmp_path / "artikel.txt").write_text(TEXT)

    try:
        status = main(["translate", *arguments(tmp_path)])
    except SystemExit as stop:  # argparse's way
        status = int(str(stop.code))

    out, err = capfd.readouterr()
    assert status == expected
    assert out == ""
    (complaint,) = err.splitlines()
    assert said in complaint
    assert complaint.startswith("satzpaar translate: ")
    assert (tmp_path / "artikel.txt").read_text() == TEXT


def test_a_failed_run_leaves_the_old_output(tmp_path: Path) -> None:
    """What was there before is there after, whole."""
    bad, output = tmp_path / "x.txt", tmp_path / "out.txt"
    bad.write_bytes(b"%PDF-1.7")
    output.write_text("old")

    assert main(["translate", str(bad), "-o", str(output)]) == 1
    assert output.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.txt", "x.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The one error that comes when all the work is done."""
    article = tmp_path / "artikel.txt"
    article.write_text(TEXT)

    assert main(["translate", "-q", str(article), "-o", "/dev/full"]) == 1
    assert "/dev/full: cannot be written: No space left" in capfd.readouterr().err

    with Path("/dev/full").open("wb") as full:
        command = [*SATZPAAR, "translate", "-q", str(article)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"<stdout>: cannot be written: No space left" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    """`satzpaar translate … | head -1` ends quietly."""
    article = tmp_path / "artikel.txt"
    article.write_text("Ja.\n\nNein.\n\n" * 5000)

    command = f"{' '.join(SATZPAAR)} translate {article} | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)

    assert len(done.stdout) == 1
    assert b"Traceback" not in done.stderr


def test_ctrl_c_while_a_command_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first tenths of a second are no exception."""

    def interrupt(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("satzpaar.cli.main.import_module", interrupt)

    assert main(["translate", "x.txt"]) == 130


def test_ctrl_c_is_no_traceback(tmp_path: Path) -> None:
    """Interrupted is exit status 130, and no half file stays."""
    article, output = tmp_path / "artikel.txt", tmp_path / "out.txt"
    article.write_text(
        "".join(f"Der Mann {n} ging mit {n} Leuten nach Haus.\n\n" for n in range(9999))
    )
    with subprocess.Popen(
        [*SATZPAAR, "translate", str(article), "-o", str(output)],
        stderr=subprocess.PIPE,
        # Who is started in the background ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert err == b""
    assert [path.name for path in tmp_path.iterdir()] == ["artikel.txt"]


@pytest.mark.parametrize("command", ["convert", "translate"])
def test_an_unknown_option_points_to_the_help_of_its_command(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`satzpaar --help` has no option of any command."""
    with pytest.raises(SystemExit, match="2"):
        main([command, "x", "y", "--colour"])

    assert capsys.readouterr().err == (
        f"satzpaar {command}: error: unrecognized arguments: --colour; "
        f"satzpaar {command} --help tells more\n"
    )


@pytest.mark.parametrize("action", ["tmx stats", "bench list", "models info"])
def test_an_unknown_option_of_an_action_points_to_the_help_of_that(
    action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`satzpaar tmx --help` has no option of `satzpaar tmx stats`."""
    with pytest.raises(SystemExit, match="2"):
        main([*action.split(), "x", "--colour"])

    assert capsys.readouterr().err == (
        f"satzpaar {action}: error: unrecognized arguments: --colour; "
        f"satzpaar {action} --help tells more\n"
    )


@pytest.mark.parametrize("options", [["-o"], ["-o", "x.txt", "--tmx"]])
def test_a_read_only_folder_is_said_before_the_work(
    options: list[str],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not when a book has been translated, which there is then no place for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "artikel.txt").write_text(TEXT)
    closed = tmp_path / "closed"
    closed.mkdir()

    def access(path: Path, _: int) -> bool:  # root, as tests may be, is let in
        return path != closed

    monkeypatch.setattr("satzpaar.cli.jobs.os.access", access)
    status = main(["translate", "artikel.txt", *options, "closed/pairs.tmx"])

    assert status == 1
    assert capfd.readouterr().err == (
        "satzpaar translate: closed/pairs.tmx: cannot be written: Permission denied\n"
    )
