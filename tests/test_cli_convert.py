"""`satzpaar convert`: the command as users call it."""

from __future__ import annotations

import errno
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.formats import read_bitext, write_bitext
from satzpaar.cli.main import main
from tests.bitexts import UNITS, pair

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = [pair("Ja.", "Yes."), pair("Das Haus ist rot.", "The house is red.")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, so that messages name short paths."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capfd: pytest.CaptureFixture[str]) -> str:
    """Return the one line that was said, and see to it that it is one."""
    _, errors = capfd.readouterr()
    assert errors.count("\n") == 1, errors
    return errors.rstrip("\n")


class TestConversion:
    def test_from_each_format_to_each(self, folder: Path) -> None:
        """The texts come through all of them in a row."""
        names = [
            "a.tmx",
            "b.tsv",
            "c.jsonl",
            "d.de",
            "e.xlf",
            "f.ladder",
            "g.vecalign",
            "h.tmx.gz",
            "i.jsonl.xz",
            "j.tsv.bz2",
        ]
        write_bitext("a.tmx", PLAIN)

        for source in names:
            for target in names:
                if source != target:
                    arguments = ["convert", source, target, "-q"]
                    if target in {"f.ladder", "g.vecalign"}:
                        stem = target[0]
                        arguments += ["--to-texts", f"{stem}.de", f"{stem}.en"]
                    assert main(arguments) == 0
                    found = [
                        (unit.source.text, unit.target.text)
                        for unit in read_bitext(target)
                    ]
                    assert found == [(u.source.text, u.target.text) for u in PLAIN]

    def test_says_what_could_not_be_kept(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """In one line, with counts."""
        write_bitext("a.tmx", UNITS)

        assert main(["convert", "a.tmx", "a.tsv"]) == 0

        assert said(capfd) == (
            "satzpaar: 2 units in a.tsv; not kept: ids (2), notes (1), dates (2), "
            "properties (2), inline codes (6)"
        )

    def test_says_nothing_of_losses_where_there_are_none(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """JSONL holds everything."""
        write_bitext("a.tmx", UNITS)

        assert main(["convert", "a.tmx", "a.jsonl"]) == 0

        assert said(capfd) == "satzpaar: 2 units in a.jsonl"

    def test_region_of_a_tag_is_written(self, folder: Path) -> None:
        """A tag without one only chooses."""
        write_bitext("a.de", PLAIN)
        tags = ["--source-language", "de-DE", "--target-language", "en"]

        assert main(["convert", "a.de", "a.tmx", "-q", *tags]) == 0

        unit = next(read_bitext("a.tmx"))
        assert (unit.source.language, unit.target.language) == ("de-DE", "en")

    def test_streams_need_a_format_each(
        self,
        folder: Path,
        capfd: pytest.CaptureFixture[str],
        feed: Callable[[bytes], None],
    ) -> None:
        """Packed input is seen by its bytes."""
        feed(gzip.compress(b"Ja.\tYes.\n"))

        assert main(["convert", "-", "-", "--from", "tsv", "--to", "jsonl"]) == 0

        output, errors = capfd.readouterr()
        assert json.loads(output)["target"] == "Yes."
        assert errors == "satzpaar: 1 unit in <stdout>\n"

    def test_options_of_tsv(self, folder: Path) -> None:
        """Columns are read, a header and escapes written."""
        Path("a.tsv").write_text("x\tYe\\ts.\tJa.\n", "utf-8")
        options = ["--columns", "3,2", "--header", "--escapes", "-q"]

        assert main(["convert", "a.tsv", "b.tsv", *options]) == 0

        assert Path("b.tsv").read_text("utf-8") == (
            "de\ten\tid\tcreated\tchanged\tnote\nJa.\tYe\\ts.\t\t\t\t\n"
        )


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[bytes], None]:
    """Return what makes bytes the standard input."""

    def put(data: bytes) -> None:
        (tmp_path / "stdin").write_bytes(data)
        stream = (tmp_path / "stdin").open(encoding="utf-8")
        monkeypatch.setattr("sys.stdin", stream)

    return put


BAD = [
    ("a.tmx", b"<tmx>\n<tu", "a.tmx:2: not well-formed XML (it ends too early)"),
    (
        "a.tsv",
        b"a\tb\na\n",
        "a.tsv:2: one column, but two are expected: source, a tab, target",
    ),
    (
        "a.tsv",
        b"a\tb\tc\n",
        (
            "a.tsv:1: 3 columns, but source and target are expected; a first line that "
            "names them (source, target), or --columns in a command that has it, says "
            "which they are"
        ),
    ),
    (
        "a.tsv",
        b'"source"\t"target"\n"a"\t"b"\n',
        (
            "a.tsv:1: the fields are in quotes, which would be part of the texts; a "
            "file without them is expected"
        ),
    ),
    ("a.tsv", b"de\ten\tid\na\tb\n", "a.tsv:2: 2 columns, but the header names 3"),
    (
        "a.tsv",
        b"a\tb\n\xff\tb\n",
        ("a.tsv:2: byte 0xff is invalid in UTF-8; convert the file to UTF-8"),
    ),
    ("a.tsv", b"a\0\tb\n", "a.tsv:1: a NUL; expected text"),
    (
        "a.tsv",
        b"a" * 1_000_002,
        ("a.tsv:1: longer than 1000000 bytes; no line of a bitext is"),
    ),
    (
        "a.jsonl",
        b'{"de": "a", "en": "b"}\n{"de"',
        ("a.jsonl:2: not JSON (Expecting ':' delimiter: line 1 column 6 (char 5))"),
    ),
    ("a.jsonl", b"[1]\n", "a.jsonl:1: a JSON object is expected"),
    (
        "a.jsonl",
        b'{"de": "a"}\n',
        ('a.jsonl:1: keys "de", "en" or "source", "target" are expected; it has "de"'),
    ),
    (
        "a.jsonl",
        b'{"de": 1, "en": "b"}\n',
        ("a.jsonl:1: source and target must be strings"),
    ),
    (
        "a.jsonl",
        b'{"de":"a","en":"b","created":"now"}',
        ('a.jsonl:1: "created" must be a date such as 2026-01-24T10:30:00Z'),
    ),
    (
        "a.jsonl",
        (
            b'{"de":"a","en":"b","source_codes":[{"position":2,"kind":"alone",'
            b'"number":1,"content":"x"}]}'
        ),
        (
            "a.jsonl:1: not the codes of this text (Code("
            "position=2, kind='alone', number=1, content='x') is out of order or "
            "outside 'a')"
        ),
    ),
    ("a.xlf", b"<xliff version='1.2'/>", "a.xlf:1: XLIFF version 1.2; 2.x is expected"),
    (
        "a.de",
        b"Ja.\nNein.\nDoch.\n",
        ("a.en: 1 lines, but a.de has 3; line N of each must be the same sentence"),
    ),
    (
        "a.de",
        b"",
        ("a.de: 0 lines, but a.en has 1; line N of each must be the same sentence"),
    ),
    (
        "a.parquet",
        b"PAR1",
        (
            "a.parquet: not Parquet, or damaged (Parquet file size is 4 "
            "bytes, smaller than the minimum file footer (8 bytes))"
        ),
    ),
    (
        "a.tsv.gz",
        gzip.compress(b"a\tb\n" * 999)[:30],
        (
            "a.tsv.gz: damaged or cut short "
            "(Compressed file ended before the end-of-stream marker was reached)"
        ),
    ),
]


class TestBadInput:
    @pytest.mark.parametrize(("name", "content", "complaint"), BAD)
    def test_is_one_line_and_no_output(
        self,
        name: str,
        content: bytes,
        complaint: str,
        folder: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """With the place and what was expected."""
        if name == "a.parquet":
            pytest.importorskip("pyarrow")
        Path("a.en").write_text("Yes.\n")
        Path(name).write_bytes(content)
        before = set(folder.iterdir())

        assert main(["convert", name, "b.tmx"]) == 1

        assert said(capfd) == f"satzpaar convert: {complaint}"
        assert set(folder.iterdir()) == before

    @pytest.mark.parametrize(
        ("arguments", "status", "complaint"),
        [
            (["a.tmx", "./a.tmx"], 2, "a.tmx: the output is the input a.tmx itself"),
            (
                [
                    "x.en",
                    "x.de",
                    "--source-language",
                    "en",
                    "--target-language",
                    "de",
                    "--to",
                    "moses",
                ],
                1,
                (
                    "x.de: of a Moses pair the source's file, .en, is "
                    "expected; --source-language says if it is another"
                ),
            ),
            (["a.tmx", "-"], 2, "--to FORMAT is expected with -"),
            (["-", "a.tsv"], 2, "--from FORMAT is expected with -"),
            (
                ["a.tmx", "a.docx"],
                1,
                (
                    "a.docx: not a bitext by its suffix; .tmx, .tsv, "
                    ".tab, .jsonl, .ndjson, .moses, .xlf, .xliff, .ladder, .vecalign, "
                    ".parquet or, of a Moses pair, .de is expected"
                ),
            ),
            (["b.tmx", "a.tsv"], 1, "b.tmx: no such file"),
            (
                [".", "a.tsv", "--from", "tmx"],
                1,
                (".: is a folder, expected a bitext's file"),
            ),
            (["a.tmx", "no/a.tsv"], 1, "no/a.tsv: there is no folder no"),
            (["a.tmx", ".", "--to", "tsv"], 1, ".: is a folder, expected a file"),
            (
                ["a.tsv", "b.tmx", "--columns", "1,1"],
                2,
                ("--columns 1,1: source and target would be the same"),
            ),
            (
                ["a.tmx", "a.tsv", "--columns", "1"],
                2,
                ("--columns 1: two are expected, such as 2,3"),
            ),
            (
                ["a.tmx", "a.tsv", "--columns", "1,2"],
                2,
                ("--columns goes with a TSV, not with tmx"),
            ),
            (
                ["a.tmx", "a.tsv", "--source-language", "d e"],
                2,
                ("no language tag: 'd e'; one such as de-DE is expected"),
            ),
            (
                ["a.tmx", "a.tsv", "--source-language", "fr"],
                1,
                ("a.tmx: no unit in fr and a target; the languages found: de, en"),
            ),
            (
                ["a.tmx", "x.ladder"],
                2,
                (
                    "x.de would be written over; --to-texts SOURCE "
                    "TARGET names other files for the texts"
                ),
            ),
            (
                ["-", "a.tmx", "--from", "ladder"],
                2,
                ("a list of beads from a stream needs its two texts named"),
            ),
            (
                ["a.tmx", "-", "--to", "moses"],
                2,
                ("a Moses pair is two files; a standard stream is one"),
            ),
        ],
    )
    def test_wrong_use_is_one_line(
        self,
        arguments: list[str],
        status: int,
        complaint: str,
        folder: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """Said before anything is written."""
        write_bitext("a.tmx", PLAIN)
        Path("x.de").write_text("mine\n")
        before = {path: path.read_bytes() for path in folder.iterdir()}

        assert main(["convert", *arguments]) == status

        assert said(capfd) == f"satzpaar convert: {complaint}"
        assert {path: path.read_bytes() for path in folder.iterdir()} == before

    def test_a_full_disk(
        self,
        folder: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """A real one: /dev/full takes nothing."""
        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full on this system")
        write_bitext("a.tmx", PLAIN)

        assert main(["convert", "a.tmx", "/dev/full", "--to", "jsonl"]) == 1

        assert said(capfd) == (
            "satzpaar convert: /dev/full: cannot be written: No space left on device"
        )

    def test_a_disk_that_is_full_at_the_end(
        self,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """The old file is as it was, the new one gone."""

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        write_bitext("a.tmx", PLAIN)
        Path("a.de").write_text("old\n")
        monkeypatch.setattr("os.fsync", full)

        assert main(["convert", "a.tmx", "a.de"]) == 1

        assert said(capfd) == (
            "satzpaar convert: a.de: cannot be written: No space left on device"
        )
        assert sorted(p.name for p in folder.iterdir()) == ["a.de", "a.tmx"]
        assert Path("a.de").read_text() == "old\n"


def test_the_other_file_of_a_pair_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has named it; what is a pair already is written anew."""
    monkeypatch.chdir(tmp_path)
    Path("a.tsv").write_text("Ja.\tYes.\n", "utf-8")
    Path("b.en").write_text("My article.\n", "utf-8")

    assert main(["convert", "a.tsv", "b.de"]) == 2
    assert "b.en would be written over, as the other" in capsys.readouterr().err
    assert Path("b.en").read_text("utf-8") == "My article.\n"
    for _ in range(2):
        assert main(["convert", "a.tsv", "c.de"]) == 0
    assert Path("c.en").read_text("utf-8") == "Yes.\n"


@pytest.mark.parametrize("output", ["b.tsv", "b.de"])
def test_half_a_pair_is_left_out(
    output: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """JSON may have one, and no file in UTF-8."""
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text('{"source": "A\\ud800", "target": "b"}\n', "utf-8")

    assert main(["convert", "a.jsonl", output]) == 0
    assert "control characters (1)" in capsys.readouterr().err
    assert Path(output).read_text("utf-8").startswith("A")
