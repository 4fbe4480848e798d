"""`satzpaar align`: what it knows of the texts, and from where."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from satzpaar.cli.main import main
from tests.mill import (
    GERMAN,
    GERMAN_AS_TARGET,
    WordEncoder,
    places,
    stand_in_for_labse,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Captured = pytest.CaptureFixture[bytes]


class TestEvidence:
    def test_says_that_there_was_none(
        self, mill_folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Captured
    ) -> None:
        """Without a translation it is less accurate, which one must know."""
        monkeypatch.chdir(mill_folder)

        assert main(["align", "muehle.de.md", "mill.en.md", "--no-mt"]) == 0

        out, err = capfdbinary.readouterr()
        assert b"no MT: lengths, numbers and names alone" in err
        assert len(out.splitlines()) >= 7

    def test_may_be_given_for_both_directions(
        self, align: Callable[..., int], mill_folder: Path, capfdbinary: Captured
    ) -> None:
        """A translation of the target counts its lines too."""
        (mill_folder / "back.txt").write_text(
            GERMAN.replace(". ", ".\n"), encoding="utf-8"
        )
        assert align("--back-mt", "back.txt", "-o", "x.tmx") == 1
        told = capfdbinary.readouterr().err
        assert b"back.txt: 12 lines, but mill.en.md has 9 segments" in told

        lines = [" ".join(s.split()) for s in GERMAN_AS_TARGET.split("|")]
        (mill_folder / "back.txt").write_text("\n".join(lines), encoding="utf-8")
        assert align("--back-mt", "back.txt", "-o", "x.tmx") == 0

        assert places(written("x.tmx"))[-1] == ("8", "8 9")
        assert b"MT: mt.txt, back: back.txt" in capfdbinary.readouterr().err

    def test_is_not_made_twice(
        self,
        mill_folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        tiny_folder: Path,
        capfdbinary: Captured,
    ) -> None:
        """What `satzpaar translate` has just translated is remembered."""
        monkeypatch.chdir(mill_folder)
        monkeypatch.setenv("SATZPAAR_CACHE", str(mill_folder / "cache"))
        model = ["--model", str(tiny_folder)]
        main(["translate", "muehle.de.md", "-o", "machine.en.md", *model])
        capfdbinary.readouterr()

        align = ["align", "muehle.de.md", "mill.en.md", *model]
        main([*align, "-o", "x.tmx"])
        first = capfdbinary.readouterr().err
        main([*align, "-o", "y.tmx", "--no-cache"])
        second = capfdbinary.readouterr().err

        assert f"MT: {tiny_folder} (remembered)".encode() in first
        assert b"remembered" not in second
        assert places(written("x.tmx")) == places(written("y.tmx"))

    def test_may_be_the_models_own_opinion(
        self, align: Callable[..., int], tiny_folder: Path
    ) -> None:
        """Beads that compete closely are judged by the model; the pairs say so."""
        model = "--model", str(tiny_folder)
        assert align("-o", "x.tmx", "--rescore", *model) == 0

        (unit, *_) = written("x.tmx")
        assert str(unit.get("x-aligner")).endswith("rescored")

    def test_may_be_a_neural_model_of_sentences(
        self,
        mill_folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfdbinary: Captured,
    ) -> None:
        """LaBSE stands for the translation; here what knows the words of both."""
        monkeypatch.chdir(mill_folder)
        asked = stand_in_for_labse(monkeypatch, WordEncoder)

        arguments = ["align", "muehle.de.md", "mill.en.md", "--labse", "-o", "x.jsonl"]
        assert main(arguments) == 0
        assert main([*arguments, "--offline", "-q"]) == 0

        units = written("x.jsonl")
        assert (units[-1].get("x-src-ids"), units[-1].get("x-trg-ids")) == ("8", "8 9")
        assert "LaBSE" in str(units[0].get("x-aligner"))
        assert units[0].get("x-mt-model") is None
        assert b"no MT: LaBSE" in capfdbinary.readouterr().err
        name = "sentence-transformers/LaBSE"
        assert asked == [(name, False), (name, True)]

    @pytest.mark.parametrize(
        ("more", "how"),
        [
            ([], b"the network is needed, once"),
            (["--offline"], b"without --offline it is fetched, once"),
        ],
    )
    def test_of_a_model_that_is_not_at_hand(
        self,
        mill_folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfdbinary: Captured,
        more: list[str],
        how: bytes,
    ) -> None:
        """What sentence-transformers raises becomes a line."""

        def missing() -> WordEncoder:
            raise OSError("We couldn't connect, and found nothing in the cache.")

        monkeypatch.chdir(mill_folder)
        stand_in_for_labse(monkeypatch, missing)

        assert main(["align", "muehle.de.md", "mill.en.md", "--labse", *more]) == 1

        assert capfdbinary.readouterr().err == (
            b"satzpaar align: sentence-transformers/LaBSE is not at hand; %b\n" % how
        )

    def test_of_a_model_that_is_not_installed(
        self, mill_folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Captured
    ) -> None:
        """The line says how to get it."""
        monkeypatch.chdir(mill_folder)
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)

        assert main(["align", "muehle.de.md", "mill.en.md", "--labse"]) == 2

        assert capfdbinary.readouterr().err == (
            b"satzpaar align: LaBSE needs sentence-transformers: "
            b"pip install 'satzpaar[labse]'\n"
        )

    def test_of_the_model_must_be_of_the_languages(
        self, mill_folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Captured
    ) -> None:
        """A German-English model says nothing about French."""
        monkeypatch.chdir(mill_folder)

        arguments = ["align", "muehle.de.md", "mill.en.md", "--source-language", "fr"]
        assert main(arguments) == 2

        assert (
            b"--source-language fr: the model's is de" in capfdbinary.readouterr().err
        )
