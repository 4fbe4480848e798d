"""`satzpaar translate` as its users call it, with the bundled model."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from satzpaar.cli.main import main
from satzpaar.translate.document import Segment
from satzpaar.translate.glossary import Term
from satzpaar.translate.translation import Translation
from satzpaar.translate.translator import Translator
from tests.docx_parts import docx, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.document import Document

SENTENCE = "Der Mann kaufte gestern ein neues Auto.\n"
EXAMPLE = Path(__file__).parent.parent / "examples" / "artikel.de.txt"

Captured = pytest.CaptureFixture[bytes]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "artikel.de.txt"
    path.write_text(f"Ein Auto\n\n  {SENTENCE}", encoding="utf-8")
    return path


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


class TestGlossary:
    def test_terms_are_said_as_it_has_them(
        self, article: Path, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """The summary counts them."""
        terms = tmp_path / "terms.tsv"
        terms.write_text("Auto\tmotorcar\n", encoding="utf-8")

        assert main(["translate", str(article), "--glossary", str(terms)]) == 0

        out, err = capfdbinary.readouterr()
        assert out.decode().startswith("A motorcar\n\n  ")
        assert "a new motorcar yesterday" in out.decode()
        assert "2 segments (2 of 2 terms as in the glossary), 9 words" in err.decode()

    def test_one_that_has_nothing_of_the_text_is_told(
        self, article: Path, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """It may be the wrong one, or have its sides swapped; so may a memory."""
        ours, terms = tmp_path / "ours.tsv", tmp_path / "terms.tsv"
        ours.write_text("Ein Haus\tA house\n", encoding="utf-8")
        terms.write_text("motorcar\tAuto\n", encoding="utf-8")

        options = ["--memory", str(ours), "--glossary", str(terms)]
        assert main(["translate", str(article), *options]) == 0

        err = capfdbinary.readouterr().err.decode()
        assert "2 segments (0 from memory, no term of the glossary in them), " in err

    def test_what_is_missing_is_named_with_its_line(
        self, tmp_path: Path, capfdbinary: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whatever the model would say."""
        terms, text = tmp_path / "terms.tsv", tmp_path / "kurz.txt"
        terms.write_text("Auto\tmotorcar\n", encoding="utf-8")
        text.write_text("Na ja.\n\nDas Auto kam.\n", encoding="utf-8")

        def translate(_: Translator, document: Document) -> Iterator[Translation]:
            first, second = document.segments()
            yield Translation(first, Segment("Oh well."), 0.0)
            missed = (Term("Auto", "motorcar"),)
            yield Translation(second, Segment("It came."), 0.0, terms=1, missed=missed)

        monkeypatch.setattr(Translator, "translate_document", translate)
        assert main(["translate", str(text), "--glossary", str(terms)]) == 0

        err = capfdbinary.readouterr().err.decode()
        missing = "the glossary's motorcar for Auto is missing: It came."
        assert f"{text}:3: {missing}" in err
        assert "2 segments (0 of 1 term as in the glossary)" in err

    def test_one_that_cannot_be_read_stops_it(
        self, article: Path, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """Before anything is written, with the line."""
        terms, output = tmp_path / "terms.tsv", tmp_path / "article.txt"
        options = ["-o", str(output), "--glossary", str(terms)]
        for content, message in (
            ("Auto\n", f"{terms}:1: "),
            ("Auto\t\n", f"{terms}: Auto has no translation"),
        ):
            terms.write_text(content, encoding="utf-8")

            assert main(["translate", str(article), *options]) == 1

            assert message in capfdbinary.readouterr().err.decode()
            assert not output.exists()

    def test_it_is_not_written_over(self, article: Path, tmp_path: Path) -> None:
        """A slip that would cost somebody's work."""
        terms = tmp_path / "terms.tsv"
        terms.write_text("Auto\tcar\n", encoding="utf-8")
        options = ["-o", str(terms), "--glossary", str(terms)]

        assert main(["translate", str(article), *options]) == 2

        assert terms.read_text(encoding="utf-8") == "Auto\tcar\n"


class TestMemory:
    def test_what_it_has_is_not_translated(
        self, article: Path, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """The first file that has a segment counts; the summary counts them."""
        ours, theirs = tmp_path / "ours.tsv", tmp_path / "theirs.tsv"
        ours.write_text("Ein Auto\tOne automobile\n", encoding="utf-8")
        theirs.write_text(
            "Ein Auto\tA vehicle\nDer Mann kaufte gestern ein neues Auto.\tHe did.\n",
            encoding="utf-8",
        )

        options = ["--memory", str(ours), "--memory", str(theirs)]
        assert main(["translate", str(article), *options]) == 0

        out, err = capfdbinary.readouterr()
        assert out.decode() == "One automobile\n\n  He did.\n"
        assert "2 segments (2 from memory), 9 words in" in err.decode()

    def test_one_that_cannot_be_read_stops_it(
        self, article: Path, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """Before anything is written."""
        output = tmp_path / "article.txt"
        arguments = ["translate", str(article), "-o", str(output)]

        assert main([*arguments, "--memory", str(tmp_path / "no.tmx")]) == 1

        assert "no.tmx: no such file" in capfdbinary.readouterr().err.decode()
        assert not output.exists()

    def test_it_is_not_written_over(
        self, article: Path, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """By the pairs of this run, which are not all that it has."""
        memory = tmp_path / "ours.tmx"
        memory.write_text("kept", encoding="utf-8")
        for option in ("--tmx", "-o"):
            options = ["--memory", str(memory), option, str(memory)]

            assert main(["translate", str(article), *options]) == 2

            assert b"is the input" in capfdbinary.readouterr().err
        assert memory.read_text(encoding="utf-8") == "kept"


class TestOneDocument:
    def test_goes_to_stdout(self, article: Path, capfdbinary: Captured) -> None:
        """Paragraphs and white space are as they were, the words are English."""
        assert main(["translate", str(article)]) == 0

        out, err = capfdbinary.readouterr()
        heading, blank, text, end = out.decode().split("\n")
        assert heading
        assert (blank, end) == ("", "")
        assert text.startswith("  The man")
        assert text.endswith(" car yesterday.")
        assert err.count(b"\n") == 1

    def test_sums_up_in_a_line_on_stderr(
        self, article: Path, capfdbinary: Captured
    ) -> None:
        """Segments, words, seconds, speed and model."""
        main(["translate", str(article)])

        summary = capfdbinary.readouterr().err.decode()
        assert summary.startswith("satzpaar: 2 segments, 9 words in ")
        assert "words/s), model bundled, ctranslate2" in summary

    def test_says_that_it_reads_as_another_language(
        self, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """It may be the wrong file; it is translated all the same."""
        path = tmp_path / "article.txt"
        path.write_text("This is the house in which he lives with his cat. " * 2)

        assert main(["translate", str(path), "--once"]) == 0

        err = capfdbinary.readouterr().err.decode()
        assert f"{path}: reads as en, expected de\n" in err

    def test_says_nothing_more_when_quiet(
        self, article: Path, capfdbinary: Captured
    ) -> None:
        """For scripts that keep stderr for errors."""
        main(["translate", "-q", str(article)])

        assert capfdbinary.readouterr().err == b""

    @pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs /dev/null")
    def test_goes_where_no_name_says_a_format(self, tmp_path: Path) -> None:
        """What comes out of a pipe, or nowhere, is called as it is called."""
        source, pipe = tmp_path / "brief.docx", tmp_path / "pipe"
        source.write_bytes(docx(paragraph(run("Ja."))))
        os.mkfifo(pipe)

        with os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
            assert main(["translate", "-q", str(source), "-o", str(pipe)]) == 0
            assert reader.read(2) == b"PK"
        assert main(["translate", "-q", str(source), "-o", "/dev/null"]) == 0

    def test_goes_to_a_file(self, article: Path, capfdbinary: Captured) -> None:
        """The file holds what the terminal would have shown."""
        output = article.with_name("article.txt")
        main(["translate", "-q", str(article)])
        shown = capfdbinary.readouterr().out

        assert main(["translate", str(article), "-o", str(output)]) == 0

        assert output.read_bytes() == shown
        assert capfdbinary.readouterr().out == b""

    @pytest.mark.parametrize("names", [["-"], []], ids=["dash", "nothing"])
    def test_comes_from_stdin(
        self, names: list[str], monkeypatch: pytest.MonkeyPatch, capfdbinary: Captured
    ) -> None:
        """In a pipe nobody needs to say so."""
        stdin(monkeypatch, SENTENCE.encode())

        assert main(["translate", *names]) == 0
        assert capfdbinary.readouterr().out.startswith(b"The man")

    def test_an_empty_file_gives_an_empty_file(
        self, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """Nothing in, nothing out, and that is no error."""
        empty, output = tmp_path / "leer.txt", tmp_path / "empty.txt"
        empty.touch()

        assert main(["translate", str(empty), "-o", str(output)]) == 0
        assert output.read_bytes() == b""

    @pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
    def test_keeps_the_encoding_and_names_it(
        self, encoding: str, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """Who keeps files in another encoding wants them back in it."""
        path = tmp_path / "alt.txt"
        path.write_bytes(f"Müller „kaufte“ ein Auto.\r\n{SENTENCE}".encode(encoding))

        assert main(["translate", str(path)]) == 0

        out, err = capfdbinary.readouterr()
        assert "The man" in out.decode(encoding)
        assert ("read and written as" in err.decode()) == (encoding != "utf-8-sig")

    def test_a_terminal_reads_what_it_gets(self, tmp_path: Path) -> None:
        """It shows UTF-8, whatever the file is in; the message says what that is."""
        path = tmp_path / "alt.txt"
        path.write_bytes(SENTENCE.encode("utf-16"))
        command = [sys.executable, "-m", "satzpaar.cli.main", "translate", str(path)]

        main_end, terminal = pty.openpty()
        done = subprocess.run(
            command, stdout=terminal, stderr=subprocess.PIPE, check=True
        )
        os.close(terminal)

        assert os.read(main_end, 1000).decode().startswith("The man bought")
        assert "read as utf-16-le\n" in done.stderr.decode()

    def test_the_transformers_engine_says_the_same(
        self, article: Path, capfdbinary: Captured
    ) -> None:
        """One checkpoint, two libraries, numbers of the same size."""
        main(["translate", "-q", str(article), "--compute-type", "float32"])
        fast = capfdbinary.readouterr().out

        main(["translate", "-q", str(article), "--engine", "transformers"])

        assert capfdbinary.readouterr().out == fast


class TestManyDocuments:
    def test_a_folder_is_translated_into_another(
        self, tmp_path: Path, capfdbinary: Captured
    ) -> None:
        """Folders stay folders, names tell the language."""
        (tmp_path / "de/innen").mkdir(parents=True)
        (tmp_path / "de/a.de.txt").write_text(SENTENCE)
        (tmp_path / "de/innen/b.md").write_text(f"# Das Auto\n\n{SENTENCE}")
        (tmp_path / "de/innen/leer.html").touch()
        out = tmp_path / "en"

        assert main(["translate", str(tmp_path / "de"), "--output-dir", str(out)]) == 0

        assert (out / "a.en.txt").read_text().startswith("The man")
        assert (out / "innen/b.en.md").read_text().startswith("# ")
        assert (out / "innen/leer.en.html").read_bytes() == b""
        assert b"satzpaar: 3 segments" in capfdbinary.readouterr().err

    def test_a_bad_file_stops_no_other(
        self, article: Path, capfdbinary: Captured
    ) -> None:
        """The good ones are written, the bad one is named, the status tells."""
        bad = article.with_name("bild.txt")
        bad.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
        out = article.with_name("en")

        status = main(["translate", str(bad), str(article), "--output-dir", str(out)])

        assert status == 1
        assert [path.name for path in out.iterdir()] == ["artikel.en.txt"]
        err = capfdbinary.readouterr().err.decode()
        assert f"{bad}: looks like a PNG image" in err
        assert "1 file failed" in err

    def test_what_is_not_read_is_told(
        self, article: Path, capfdbinary: Captured
    ) -> None:
        """Who names a folder means all that is in it; the summary counts files."""
        folder, out = article.parent, article.with_name("en")
        for name in ("bild.png", "tabelle.csv", "alt.csv", "liesmich", ".versteckt"):
            (folder / name).touch()

        assert main(["translate", str(folder), "--output-dir", str(out)]) == 0

        left_out, summary = capfdbinary.readouterr().err.decode().splitlines()
        assert left_out == (
            f"satzpaar: {folder}: 4 files of other formats left out "
            "(.csv 2, .png 1, without a suffix 1)"
        )
        assert summary.endswith("; 1 file written")

    def test_ctrl_c_tells_what_is_done(
        self,
        article: Path,
        capfdbinary: Captured,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """And how to go on."""
        other, out = article.with_name("b.txt"), article.with_name("en")
        other.write_text(SENTENCE)

        def translate(
            _: Translator, documents: Iterator[Document]
        ) -> Iterator[Translation]:
            for segment in next(documents).segments():
                yield Translation(segment, segment, 0.0)
            raise KeyboardInterrupt

        monkeypatch.setattr(Translator, "translate_documents", translate)
        files = [str(article), str(other)]

        assert main(["translate", *files, "--output-dir", str(out)]) == 130

        assert [path.name for path in out.iterdir()] == ["artikel.en.txt"]
        assert capfdbinary.readouterr().err.decode() == (
            "satzpaar translate: interrupted; 1 of 2 files written; the same with "
            "--skip-existing goes on\n"
        )

    def test_what_is_there_can_be_left_out(
        self, article: Path, capfdbinary: Captured
    ) -> None:
        """A run that was broken off goes on where it was."""
        out = article.with_name("en")
        out.mkdir()
        (out / "artikel.en.txt").write_text("by hand")

        arguments = ["translate", str(article), "--output-dir", str(out)]
        assert main([*arguments, "--skip-existing"]) == 0

        assert (out / "artikel.en.txt").read_text() == "by hand"
        assert b"nothing left" in capfdbinary.readouterr().err


def test_the_example_is_translated_whole(capfdbinary: Captured) -> None:
    """As many paragraphs as the source, the link and the capitals in place."""
    assert main(["translate", str(EXAMPLE)]) == 0

    source = EXAMPLE.read_text(encoding="utf-8").split("\n")
    out, _ = capfdbinary.readouterr()
    target = out.decode().split("\n")
    assert [bool(line) for line in target] == [bool(line) for line in source]
    assert "https://www.lindenau.example/fest" in out.decode()
    assert target[source.index("WAS NUN GEPLANT IST")].isupper()


def test_a_terminal_sees_a_bar(article: Path) -> None:
    """Progress is for people: a bar on a terminal, none in a log."""
    article.write_text("".join(f"Wir sehen {n} Autos.\n\n" for n in range(500)))
    ours, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 100))

    subprocess.run(
        [sys.executable, "-m", "satzpaar.cli.main", "translate", str(article)],
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        check=True,
    )

    shown = b""
    while b"satzpaar:" not in shown:
        shown += os.read(ours, 65536)
    assert b"/500 segments" in shown
    assert re.search(rb"\d+ words/s \d\d:\d\d left", shown)
