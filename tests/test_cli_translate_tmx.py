"""`satzpaar translate --tmx`: the pairs of a translation, in the same run."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.formats import read_bitext
from satzpaar.alignments.mt_cache import TranslationCache, recalled_or_made
from satzpaar.alignments.tmx.validation import validate
from satzpaar.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.translate.models import Model

Captured = pytest.CaptureFixture[bytes]


@pytest.fixture
def folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_sentences: list[str]
) -> Path:
    """Return a folder, where the command is run, with two articles."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "cache"))
    first, *rest = tiny_sentences[1].split()
    (tmp_path / "a.de.md").write_text(
        f"# {tiny_sentences[0]}\n\n**{first}** {' '.join(rest)} {tiny_sentences[2]}\n"
    )
    (tmp_path / "b.txt").write_text(f"{tiny_sentences[3]}\n")
    return tmp_path


@pytest.fixture
def model(tiny_folder: Path) -> list[str]:
    return ["--model", str(tiny_folder)]


def written(path: Path) -> list[TranslationUnit]:
    return list(read_bitext(path))


class TestOneDocument:
    def test_gives_a_unit_for_each_segment(
        self, folder: Path, model: list[str], tiny_sentences: list[str]
    ) -> None:
        """A TMX that validates, with the markup and with what translated."""
        arguments = ["a.de.md", "-o", "a.en.md", "--tmx", "pair.tmx", *model]
        assert main(["translate", *arguments]) == 0

        assert list(validate("pair.tmx")) == []
        units = written(folder / "pair.tmx")
        assert [unit.source.text for unit in units] == tiny_sentences[:3]
        text = (folder / "a.en.md").read_text()
        assert all(unit.target.text.split()[0] in text for unit in units)
        assert [code.content for code in units[1].target.codes] == ["**", "**"]
        assert units[2].get("x-src-doc") == "a.de.md"
        assert units[2].get("x-src-ids") == "3"
        assert units[2].get("x-mt-model") == model[1]
        assert units[2].get("x-mt-engine") == "ctranslate2"
        assert float(units[2].get("x-mt-score") or 1) <= 0

    def test_while_the_translation_goes_to_stdout(
        self,
        folder: Path,
        model: list[str],
        monkeypatch: pytest.MonkeyPatch,
        capfdbinary: Captured,
        tiny_sentences: list[str],
    ) -> None:
        """A pipe may have both."""
        data = f"{tiny_sentences[0]}\n".encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

        assert main(["translate", "-", "--tmx", "pair.tmx", *model]) == 0

        out, err = capfdbinary.readouterr()
        (unit,) = written(folder / "pair.tmx")
        assert out.decode() == f"{unit.target.text}\n"
        assert unit.get("x-src-doc") == "stdin"
        assert err.decode().splitlines()[-1] == "satzpaar: pair.tmx: 1 pair"

    def test_with_languages_as_they_are_to_be_written(
        self, folder: Path, model: list[str]
    ) -> None:
        """CAT tools look a memory up by the region too."""
        tags = ["--source-language", "de-AT", "--target-language", "en-GB"]
        main(["translate", "b.txt", "-o", "b.en", "--tmx", "pair.tmx", *tags, *model])

        (unit,) = written(folder / "pair.tmx")
        assert (unit.source.language, unit.target.language) == ("de-AT", "en-GB")

    def test_is_remembered_for_align(
        self, folder: Path, model: list[str], tiny_model: Model
    ) -> None:
        """Unless the user does not want it."""
        main(["translate", "b.txt", "-o", "b.en", "--tmx", "pair.tmx", *model])
        main(["translate", "a.de.md", "-o", "a.en", "--no-cache", *model])

        (unit,) = written(folder / "pair.tmx")
        cache = TranslationCache(tiny_model, 4)
        assert cache.find([unit.source.text]) == [unit.target.text]
        assert len(list((folder / "cache" / "translations").iterdir())) == 1

    def test_what_was_made_in_a_hurry_is_remembered_as_such(
        self, folder: Path, model: list[str], tiny_model: Model
    ) -> None:
        """`satzpaar align` takes it, `satzpaar translate` would have made another."""
        main(
            ["translate", "b.txt", "-o", "b.en", "--tmx", "pair.tmx", "--once", *model]
        )

        (unit,) = written(folder / "pair.tmx")
        texts, made = [unit.source.text], [unit.target.text]
        assert TranslationCache(tiny_model, 4).find(texts) is None
        assert TranslationCache(tiny_model, 4, once=True).find(texts) == made
        assert recalled_or_made(tiny_model, 4, texts, list) == (made, True)
        new = recalled_or_made(tiny_model, 4, ["Neu."], lambda: ["New."])
        assert new == (["New."], False)
        assert TranslationCache(tiny_model, 4, once=True).find(["Neu."]) == ["New."]


class TestManyDocuments:
    def test_are_one_file(self, folder: Path, model: list[str]) -> None:
        """Each unit knows its document; none has the id of another."""
        arguments = ["a.de.md", "b.txt", "--output-dir", "en", "--tmx", "all.tmx"]
        assert main(["translate", *arguments, *model]) == 0

        assert list(validate("all.tmx")) == []
        units = written(folder / "all.tmx")
        documents = [unit.get("x-src-doc") for unit in units]
        assert documents == ["a.de.md", "a.de.md", "a.de.md", "b.txt"]
        assert len({unit.id for unit in units}) == 4

    def test_of_which_one_is_bad_are_those_that_are_good(
        self, folder: Path, model: list[str]
    ) -> None:
        """As with the translations themselves."""
        (folder / "bild.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")

        arguments = ["bild.txt", "b.txt", "--output-dir", "en", "--tmx", "all.tmx"]
        assert main(["translate", *arguments, *model]) == 1

        assert [u.get("x-src-doc") for u in written(folder / "all.tmx")] == ["b.txt"]


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        pytest.param(
            ["b.txt", "--tmx", "b.txt"], "b.txt: the output is the input", 2, id="input"
        ),
        pytest.param(
            ["b.txt", "-o", "x", "--tmx", "x"], "would be one file", 2, id="output"
        ),
        pytest.param(
            ["b.txt", "--tmx", "x.tsv"], "a name that ends in .tmx", 2, id="suffix"
        ),
        pytest.param(["b.txt", "--tmx", "x/y"], "there is no folder x", 1, id="folder"),
        pytest.param(
            ["b.txt", "--output-dir", "en", "--skip-existing", "--tmx", "x.tmx"],
            "--tmx would lack what --skip-existing leaves out",
            2,
            id="skipped",
        ),
        pytest.param(
            ["b.txt", "--target-language", "en-GB"], "go with --tmx", 2, id="alone"
        ),
        pytest.param(
            ["b.txt", "--tmx", "x.tmx", "--source-language", "fr"],
            "--source-language fr: the model's is de",
            2,
            id="language",
        ),
        pytest.param(
            ["fehlt.txt", "--tmx", "x.tmx"], "fehlt.txt: no such file", 1, id="missing"
        ),
    ],
)
def test_what_cannot_be_is_told_before_the_work(
    arguments: list[str],
    said: str,
    status: int,
    folder: Path,
    model: list[str],
    capfdbinary: Captured,
) -> None:
    """One line, and no file is written or changed."""
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    assert main(["translate", *arguments, *model]) == status

    out, err = capfdbinary.readouterr()
    assert (out, err.count(b"\n")) == (b"", 1)
    assert said in err.decode()
    after = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after == before


def test_a_run_that_breaks_off_leaves_the_old_file(
    folder: Path, model: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a memory would look like a whole one."""
    (folder / "pair.tmx").write_text("old")
    (folder / "b.txt").write_text("\n\n".join(f"Wir sehen {n}." for n in range(200)))

    def broken(chunk: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("satzpaar.cli.translation_run.write_to_stdout", broken)

    assert main(["translate", "b.txt", "--tmx", "pair.tmx", *model]) == 130

    assert (folder / "pair.tmx").read_text() == "old"
    assert [path.name for path in folder.iterdir() if "satzpaar" in path.name] == []
