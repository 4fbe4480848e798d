"""`satzpaar align` as its users call it."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.tmx.validation import validate
from satzpaar.cli.main import main
from tests.mill import (
    GERMAN,
    WEAK_MT,
    places,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Captured = pytest.CaptureFixture[bytes]


class TestOutput:
    def test_is_tsv_on_stdout(
        self, align: Callable[..., int], capfdbinary: Captured
    ) -> None:
        """One pair a line, for the next command of the pipe."""
        assert align() == 0

        lines = capfdbinary.readouterr().out.decode().splitlines()
        assert lines[0] == "Die Mühle am Bach\tThe mill by the stream"
        assert lines[-1].endswith("Admission is 3 euros. Children pay nothing.")
        assert len(lines) == 8

    def test_is_a_valid_tmx(self, align: Callable[..., int]) -> None:
        """With the languages as the user writes them, and with the markup."""
        tags = "--source-language", "de-DE", "--target-language", "en-GB"
        assert align("-o", "pair.tmx", *tags) == 0

        assert list(validate("pair.tmx")) == []
        units = written("pair.tmx")
        assert {(u.source.language, u.target.language) for u in units} == {
            ("de-DE", "en-GB")
        }
        assert places(units)[-1] == ("8", "8 9")
        assert [code.content for code in units[2].source.codes] == ["**", "**"]
        assert units[2].get("x-mt-model") == "file mt.txt"

    def test_is_the_same_every_time(
        self, align: Callable[..., int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Byte for byte, once the clock is stopped."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

        align("-o", "a.tmx")
        align("-o", "b.tmx")

        assert Path("a.tmx").read_bytes() == Path("b.tmx").read_bytes()
        assert b'creationdate="20231114T221320Z"' in Path("a.tmx").read_bytes()

    @pytest.mark.parametrize("name", ["x.jsonl", "x.tmx.gz", "x.xlf", "x.tsv", "x.de"])
    def test_is_of_the_format_that_the_suffix_says(
        self, align: Callable[..., int], name: str
    ) -> None:
        """Whatever the next tool reads."""
        assert align("-o", name) == 0

        assert written(name)[0].source.text == "Die Mühle am Bach"

    def test_can_be_named(
        self, align: Callable[..., int], capfdbinary: Captured
    ) -> None:
        """For standard output, or a file without such a suffix."""
        assert align("--format", "jsonl") == 0

        first = capfdbinary.readouterr().out.splitlines()[0]
        assert json.loads(first)["target"] == "The mill by the stream"

    def test_lists_of_beads_count_the_lines_of_the_texts(
        self, align: Callable[..., int]
    ) -> None:
        """Evaluation scripts look the numbers up there; nothing is left out."""
        assert align("-o", "x.vecalign") == 0

        assert Path("x.vecalign").read_text().splitlines()[-1].startswith("[7]:[7, 8]:")
        assert len(Path("x.de").read_text(encoding="utf-8").splitlines()) == 8
        assert len(Path("x.en").read_text(encoding="utf-8").splitlines()) == 9

    def test_ids_of_two_documents_with_one_name_differ(
        self, mill_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Sites have an index.html in every folder; merging must not lose one."""
        ids = []
        for name in ("a", "b"):
            (mill_folder / name).mkdir()
            shutil.copy(
                mill_folder / "muehle.de.md", mill_folder / name / "index.de.md"
            )
            monkeypatch.chdir(mill_folder)
            texts = [f"{name}/index.de.md", str(mill_folder / "mill.en.md")]
            assert main(["align", *texts, "--mt", "mt.txt", "-o", f"{name}.tmx"]) == 0
            units = written(f"{name}.tmx")
            assert units[0].get("x-src-doc") == f"{name}/index.de.md"
            assert units[0].get("x-trg-doc") == "mill.en.md"
            ids += [unit.id for unit in units]
        assert len(ids) == len(set(ids)) == 16

    def test_documents_elsewhere_are_named_with_their_folder_alone(
        self, mill_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A memory that is passed on does not tell where its maker's files lie."""
        (mill_folder / "here").mkdir()
        monkeypatch.chdir(mill_folder / "here")

        arguments = ["../muehle.de.md", "../mill.en.md", "--no-mt", "-o", "x.tmx"]
        assert main(["align", *arguments]) == 0

        assert (
            written("x.tmx")[0].get("x-src-doc") == f"{mill_folder.name}/muehle.de.md"
        )

    def test_goes_with_a_page(self, align: Callable[..., int]) -> None:
        """All beads are in it, and how they came about."""
        assert align("-o", "x.tmx", "--html", "x.html") == 0

        page = Path("x.html").read_text(encoding="utf-8")
        assert page.count('<li class="bead') == 8
        assert "muehle.de.md – mill.en.md" in page
        assert "MT: mt.txt" in page

    def test_sums_up_in_two_lines(
        self, align: Callable[..., int], capfdbinary: Captured
    ) -> None:
        """Segments, beads by type, how sure, by what; and what was written."""
        align("-o", "x.tmx")

        first, second = capfdbinary.readouterr().err.decode().splitlines()
        assert re.fullmatch(
            r"satzpaar: 8 and 9 segments, 8 beads \(1-1 7, 1-2 1\), coverage \d+%, "
            r"mean confidence 0\.\d\d, \d+ doubtful, MT: mt\.txt",
            first,
        )
        assert second == "satzpaar: x.tmx: 8 pairs"

    def test_is_silent_when_told(
        self, align: Callable[..., int], capfdbinary: Captured
    ) -> None:
        """For scripts."""
        align("-q", "-o", "x.tmx")

        assert capfdbinary.readouterr() == (b"", b"")

    def test_leaves_out_what_is_not_sure_and_keeps_it_elsewhere(
        self, align: Callable[..., int], capfdbinary: Captured
    ) -> None:
        """Nothing is lost: the two files have all the pairs, one says why."""
        align("-o", "all.tmx")
        confidences = sorted(
            float(unit.get("x-confidence") or 0) for unit in written("all.tmx")
        )
        threshold = f"{(confidences[2] + confidences[3]) / 2:.6f}"
        capfdbinary.readouterr()

        align("-o", "x.tmx", "--min-confidence", threshold, "--rejected", "no.tmx")

        kept, rejected = written("x.tmx"), written("no.tmx")
        assert (len(kept), len(rejected)) == (5, 3)
        assert {u.id for u in kept + rejected} == {u.id for u in written("all.tmx")}
        assert all("confidence 0" in str(u.get("x-rejected")) for u in rejected)
        told = capfdbinary.readouterr().err.decode().splitlines()[1]
        assert told.startswith("satzpaar: x.tmx: 5 pairs; 3 below confidence ")
        assert told.endswith(" left out; no.tmx has 3 of them")

    def test_counts_what_has_no_counterpart(
        self, align: Callable[..., int], mill_folder: Path, capfdbinary: Captured
    ) -> None:
        """A sentence that nobody translated is no pair, and is not passed over."""
        text = GERMAN.replace(
            "Danach gibt", "Wer will, bleibt bis zum Abend. Danach gibt"
        )
        (mill_folder / "muehle.de.md").write_text(text, encoding="utf-8")
        lines = WEAK_MT.splitlines()
        lines.insert(4, "Last year got the roof new slate from the Thuringian forest.")
        (mill_folder / "mt.txt").write_text("\n".join(lines))

        assert align("-o", "x.tmx") == 0

        assert (
            b"; 1 bead without a counterpart left out" in capfdbinary.readouterr().err
        )
        assert "Schiefer" not in Path("x.tmx").read_text(encoding="utf-8")


class TestTexts:
    def test_may_come_from_stdin(
        self, mill_folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Captured
    ) -> None:
        """One of the two; its format can be said."""
        monkeypatch.chdir(mill_folder)
        monkeypatch.setattr(
            "sys.stdin", io.TextIOWrapper(io.BytesIO(GERMAN.encode()), "utf-8")
        )
        arguments = ["-", "mill.en.md", "--no-mt", "--input-format", "markdown"]

        assert main(["align", *arguments, "--format", "jsonl"]) == 0

        first = json.loads(capfdbinary.readouterr().out.splitlines()[0])
        assert first["source"] == "Die Mühle am Bach"
        assert first["properties"]["x-src-doc"] == "stdin"

    def test_may_be_cut_already(self, mill_folder: Path, capfdbinary: Captured) -> None:
        """A line is a segment, whatever is in it; the list counts lines."""
        source, target = mill_folder / "a.de", mill_folder / "a.en"
        source.write_text("Ja. Er kam um 8.\n\nDann ging er 12 Meilen.\n")
        target.write_text("Yes. He came at 8.\nThen he walked 12 miles.\n")
        names = [str(source), str(target)]

        assert main(["align", *names, "--lines", "--no-mt", "--force"]) == 0
        tsv = capfdbinary.readouterr().out.decode()
        output = mill_folder / "x.ladder"
        main(["align", *names, "--lines", "--no-mt", "--force", "-o", str(output)])

        assert tsv.splitlines()[0] == "Ja. Er kam um 8.\tYes. He came at 8."
        assert output.read_text().splitlines()[-1].startswith("3\t2\t")
        assert source.read_text().count("\n") == 3
