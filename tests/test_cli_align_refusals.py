"""`satzpaar align`: what cannot be aligned is told in a line."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.tmx.validation import validate
from satzpaar.cli.main import main
from tests.mill import (
    BOTH,
    GERMAN,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Captured = pytest.CaptureFixture[bytes]


def binary(mill_folder: Path) -> list[str]:
    (mill_folder / "bild.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return ["bild.txt", "mill.en.md"]


def text(name: str, content: str) -> Callable[[Path], list[str]]:
    """Return what writes a German text, and the arguments that align it."""

    def arguments(mill_folder: Path) -> list[str]:
        (mill_folder / name).write_text(content, encoding="utf-8")
        return [name, "mill.en.md"]

    return arguments


def lines_of_mt(mill_folder: Path) -> list[str]:
    (mill_folder / "short.txt").write_text("One line.\n")
    return ["muehle.de.md", "mill.en.md", "--mt", "short.txt"]


def copied(mill_folder: Path) -> list[str]:
    shutil.copy(mill_folder / "muehle.de.md", mill_folder / "kopie.md")
    return ["muehle.de.md", "kopie.md"]


def moses(mill_folder: Path) -> list[str]:
    for name, suffix in zip(BOTH, ("de", "en"), strict=True):
        shutil.copy(mill_folder / name, mill_folder / f"p.{suffix}")
    return ["p.de", "p.en", "-o", "p.de"]


def named(*arguments: str) -> Callable[[Path], list[str]]:
    return lambda _: list(arguments)


# name: what is given, what is said, the exit status
CASES: dict[str, tuple[Callable[[Path], list[str]], str, int]] = {
    "missing": (named("fehlt.txt", "mill.en.md"), "fehlt.txt: no such file", 1),
    "binary": (binary, "bild.txt: looks like a PNG image, expected text", 1),
    "empty source": (text("leer.txt", ""), "leer.txt: has no text to align", 1),
    "blank source": (text("leer.txt", " \n\n "), "leer.txt: has no text to align", 1),
    "empty target": (
        lambda d: ["muehle.de.md", *text("leer.txt", "")(d)[:1]],
        "leer.txt: has no text to align",
        1,
    ),
    "swapped": (
        named("mill.en.md", "muehle.de.md"),
        "mill.en.md: is in en and muehle.de.md in de: the sides are swapped",
        1,
    ),
    "one language": (copied, "kopie.md: is in de like muehle.de.md, expected en", 1),
    "one file": (
        named("muehle.de.md", "./muehle.de.md"),
        "muehle.de.md: is the same file as",
        1,
    ),
    "wrong language": (
        text(
            "fr.txt",
            "Le vieux moulin ne moud plus de grain depuis longtemps, mais sa roue "
            "tourne encore. Chaque dimanche, des visiteurs viennent la voir tourner.",
        ),
        "fr.txt: is in fr, expected de",
        1,
    ),
    "unrelated": (
        named("muehle.de.md", "other.en.txt"),
        "other.en.txt: does not seem to belong to muehle.de.md: ",
        1,
    ),
    "control character": (
        text("alt.txt", GERMAN.replace("Tor", "T\x02or")),
        "has the control character U+0002",
        1,
    ),
    "endless segment": (
        text("lang.txt", GERMAN + "\n" + "x" * 100_000),
        "has 100,000 characters; a sentence has at most 10,000",
        1,
    ),
    "lines of the translation": (
        lines_of_mt,
        "short.txt: 1 lines, but muehle.de.md has 8 segments",
        1,
    ),
    "not a bitext": (named(*BOTH, "-o", "x.doc"), "x.doc: not a bitext", 1),
    "no folder": (named(*BOTH, "-o", "x/y.tmx"), "there is no folder x", 1),
    "output is an input": (
        named(*BOTH, "--format", "tsv", "-o", "mill.en.md"),
        "mill.en.md: the output is the input",
        2,
    ),
    "page is an input": (
        named(*BOTH, "--html", "mill.en.md"),
        "mill.en.md: the output is the input",
        2,
    ),
    "texts of a Moses pair would be the inputs": (
        moses,
        "p.de: the output is the input",
        2,
    ),
    "two outputs in one file": (
        named(*BOTH, "-o", "x.tmx", "--min-confidence", ".5", "--rejected", "x.tmx"),
        "x.tmx: two outputs would be one file",
        2,
    ),
    "a list of what is left out": (
        named(*BOTH, "--rejected", "x.ladder"),
        "--rejected x.ladder: a ladder has all beads; name another format",
        2,
    ),
    "no such confidence": (
        named(*BOTH, "--min-confidence", "80"),
        "--min-confidence 80: 0 to 1 is expected",
        2,
    ),
    "no such side": (
        named(*BOTH, "--max-side", "0"),
        "--max-side: 0 segments a side; 1 to 10 are expected",
        2,
    ),
    "twice stdin": (named("-", "-"), "one text can come from standard input", 2),
    "a list lacks beads": (
        named(*BOTH, "-o", "x.ladder", "--min-confidence", ".5"),
        "a ladder has all beads: --min-confidence and --rejected mean nothing",
        2,
    ),
    "a model that nobody asks": (
        named(*BOTH, "-m", "other"),
        "--model other: no model is asked with --mt, --no-mt or --labse",
        2,
    ),
    "one language twice": (
        named(*BOTH, "--target-language", "DE"),
        "source and target language are both de",
        2,
    ),
    "no such tag": (
        named(*BOTH, "--target-language", "en_GB!"),
        "no language tag: 'en_GB!'; one such as de-DE is expected",
        2,
    ),
}


class TestBadInput:
    @pytest.mark.parametrize(("given", "said", "status"), CASES.values(), ids=CASES)
    def test_is_told_in_a_line(
        self,
        given: Callable[[Path], list[str]],
        said: str,
        status: int,
        mill_folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfdbinary: Captured,
    ) -> None:
        """Where and what; nothing is written, not even by half."""
        monkeypatch.chdir(mill_folder)
        arguments = given(mill_folder)
        if "-o" not in arguments and "--format" not in arguments:
            arguments += ["-o", "pair.tmx"]
        if "--mt" not in arguments:
            arguments.append("--no-mt")
        before = {path: path.read_bytes() for path in mill_folder.iterdir()}

        found = main(["align", *arguments])

        out, err = capfdbinary.readouterr()
        told = err.decode()
        assert (found, out) == (status, b"")
        assert told.count("\n") == 1
        assert told.startswith("satzpaar align: ")
        assert said in told
        assert {path: path.read_bytes() for path in mill_folder.iterdir()} == before

    @pytest.mark.parametrize("mt", [True, False])
    def test_is_a_stranger_however_short(
        self, mt: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        capfdbinary: Captured,
    ) -> None:  # fmt: skip
        """Lengths alone cannot tell, and the summary says so."""
        monkeypatch.chdir(tmp_path)
        Path("a.txt").write_text("Die Hebamme kam erst gegen Mitternacht ins Dorf.\n")
        Path("b.txt").write_text("The budget was voted down by both of the chambers.\n")
        Path("mt.txt").write_text("The midwife came to the village towards midnight.\n")

        by = ["--mt", "mt.txt"] if mt else ["--no-mt"]
        status = main(["align", "a.txt", "b.txt", "-o", "x.tmx", *by])

        told = capfdbinary.readouterr().err.decode()
        assert status == mt
        assert Path("x.tmx").exists() is not mt
        assert ("b.txt: does not seem to belong to a.txt" in told) is mt
        assert (
            "too little to tell whether the texts belong together" in told
        ) is not mt

    def test_of_a_text_can_be_insisted_on(
        self, mill_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever knows better gets a file; what TMX cannot hold is left out."""
        monkeypatch.chdir(mill_folder)
        (mill_folder / "alt.md").write_text(GERMAN.replace("Tor", "T\x02or"), "utf-8")

        arguments = ["alt.md", "other.en.txt", "--no-mt", "-o", "x.tmx"]
        assert main(["align", *arguments, "--force"]) == 0

        assert list(validate("x.tmx")) == []
