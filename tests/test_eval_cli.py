"""`satzpaar eval`: from files to tables, and one line for what is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from satzpaar.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]

REFERENCE = ("He came home late.", "She saw the old house.", "They left it alone.")
MINE = ("He came home late.", "She saw an old house.", "They left it there.")
THEIRS = ("He arrived late.", "She looked at it.", "They went.")
SOURCE = ("Er kam spät nach Hause.", "Sie sah das alte Haus.", "Sie ließen es in Ruhe.")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SATZPAAR_TESTSETS", str(tmp_path / "testsets"))
    monkeypatch.chdir(tmp_path)
    for name, lines in {
        "ref.en": REFERENCE,
        "mine.en": MINE,
        "theirs.en": THEIRS,
        "source.de": SOURCE,
        "short.en": MINE[:2],
        "holes.en": ("", MINE[1], ""),
        "ids": ("d1", "d1", "d2"),
    }.items():
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines))
    (tmp_path / "latin.en").write_bytes("schön\nja\nnein\n".encode("latin-1"))
    (tmp_path / "empty.en").write_bytes(b"")
    (tmp_path / "text.txt").write_text(" ".join(MINE) + "\n")
    return tmp_path


class TestScore:
    def test_prints_a_table_with_its_signatures(self, capsys: Captured) -> None:
        """The best system first; a newcomer needs nothing but files."""
        assert main(["eval", "score", "-r", "ref.en", "theirs.en", "mine.en"]) == 0

        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split() == [
            "system", "BLEU", "chrF2", "chrF2++", "TER", "length",
        ]  # fmt: skip
        assert [line.split()[0] for line in lines[2:4]] == ["mine", "theirs"]
        assert lines[5].startswith("BLEU: nrefs:1|case:mixed|eff:no|tok:13a|")

    def test_writes_everything_for_programs(self, capsys: Captured) -> None:
        """JSON on standard output, and nothing else there."""
        assert main(["eval", "score", "-r", "ref.en", "mine.en", "--json"]) == 0

        found = json.loads(capsys.readouterr().out)
        assert found["systems"][0]["name"] == "mine"
        assert len(found["columns"][0]["segments"][0]) == 3

    @pytest.mark.parametrize(
        ("style", "start"), [("--markdown", "| system |"), ("--latex", "\\begin{tab")]
    )
    def test_writes_tables_for_papers(
        self, style: str, start: str, capsys: Captured
    ) -> None:
        """Markdown and LaTeX."""
        assert main(["eval", "score", "-r", "ref.en", "mine.en", style]) == 0

        assert capsys.readouterr().out.startswith(start)

    def test_writes_segments_and_documents(self, files: Path, capsys: Captured) -> None:
        """One line a segment or document and system."""
        given = ["-r", "ref.en", "-s", "source.de", "--document-ids", "ids", "mine.en"]
        wanted = ["--segments", "segments.tsv", "--documents", "documents.jsonl"]

        assert main(["eval", "score", *given, *wanted, "-m", "chrf"]) == 0

        with (files / "segments.tsv").open() as stream:
            rows = list(csv.DictReader(stream, delimiter="\t"))
        assert [row["hypothesis"] for row in rows] == list(MINE)
        assert rows[0]["chrF2"] == "100.0"
        assert rows[2]["document"] == "d2"
        lines = (files / "documents.jsonl").read_text().splitlines()
        assert [json.loads(line)["document"] for line in lines] == ["d1", "d2"]
        assert "segments.tsv written" in capsys.readouterr().err

    def test_takes_everything_from_one_file(
        self, files: Path, capsys: Captured
    ) -> None:
        """A table with sources, references and systems needs no option."""
        rows = zip(SOURCE, REFERENCE, MINE, strict=True)
        lines = ["\t".join(row) for row in [("source", "reference", "mine"), *rows]]
        (files / "all.tsv").write_text("\n".join(lines) + "\n")

        assert main(["eval", "score", "all.tsv", "-m", "chrf"]) == 0

        assert capsys.readouterr().out.splitlines()[2].startswith("mine")

    def test_counts_empty_hypotheses(self, capsys: Captured) -> None:
        """In the table, and by line on standard error."""
        assert main(["eval", "score", "-r", "ref.en", "holes.en", "-m", "chrf"]) == 0

        captured = capsys.readouterr()
        assert captured.out.splitlines()[2].split()[-1] == "2"
        assert "holes: 2 segments without text (lines 1, 3)" in captured.err

    def test_cuts_a_translation_as_the_reference_is(self, capsys: Captured) -> None:
        """And says so in the signature."""
        given = ["eval", "score", "-r", "ref.en", "text.txt", "-m", "bleu"]

        assert main([*given, "--resegment"]) == 0

        assert capsys.readouterr().out.rstrip().endswith("|seg:edit-distance")

    def test_writes_a_report(self, files: Path) -> None:
        """One file for a browser."""
        given = ["eval", "score", "-r", "ref.en", "mine.en", "-m", "chrf"]

        assert main([*given, "--html", "report.html"]) == 0

        page = (files / "report.html").read_text()
        assert "She saw an old house." in page
        assert "mine: chrF2 " in page


class TestCompare:
    def test_ends_with_a_verdict(self, files: Path, capsys: Captured) -> None:
        """Of 300 segments; the better system is named."""
        for name in ("ref.en", "mine.en", "theirs.en"):
            (files / name).write_text((files / name).read_text() * 100)
        given = ["eval", "compare", "-r", "ref.en", "theirs.en", "mine.en"]

        assert main([*given, "--trials", "200", "--resamples", "200"]) == 0

        out = capsys.readouterr().out
        assert out.rstrip().endswith("By BLEU and chrF2 mine is better than theirs.")
        assert "approximate randomisation, 200 trials; bootstrap, 200 resamples" in out

    def test_gives_no_verdict_on_three_segments(self, capsys: Captured) -> None:
        """But the numbers."""
        given = [
            "eval",
            "compare",
            "-r",
            "ref.en",
            "theirs.en",
            "mine.en",
            "-m",
            "chrf",
        ]

        assert main([*given, "--trials", "200"]) == 0

        captured = capsys.readouterr()
        assert captured.out.rstrip().endswith("No verdict: 3 segments are too few.")
        assert "no verdict: 3 segments" in captured.err

    def test_speaks_sacrebleu(self, capsys: Captured) -> None:
        """Its tests, its number of resamples."""
        given = ["eval", "compare", "-r", "ref.en", "theirs.en", "mine.en", "--json"]

        assert main([*given, "--compat", "sacrebleu", "-m", "bleu"]) == 0

        found = json.loads(capsys.readouterr().out)
        assert (found["compatible"], found["resamples"]) == (True, 1000)


class TestArticle:
    def test_scores_a_text_that_is_cut_otherwise(
        self, files: Path, capsys: Captured
    ) -> None:
        """The segments are the reference's; the worst are shown, with the source."""
        (files / "reference.txt").write_text(" ".join(REFERENCE) + "\n")
        (files / "artikel.txt").write_text(" ".join(SOURCE) + "\n")
        given = ["article", "text.txt", "-r", "reference.txt", "-s", "artikel.txt"]

        assert main(["eval", *given, "--show", "1", "--html", "r.html"]) == 0

        out = capsys.readouterr().out
        assert "seg:edit-distance" in out
        assert "the worst 1 of 3 segments by chrF2:" in out
        assert "3 source: Sie ließen es in Ruhe." in out
        assert "text" in out.splitlines()[2]
        assert (files / "r.html").exists()


class TestTestset:
    def test_keeps_and_finds_a_test_set(self, files: Path, capsys: Captured) -> None:
        """Import, list, verify, score by name."""
        given = ["eval", "testset", "import", "mine", "-r", "ref.en", "-s", "source.de"]

        assert main(given) == 0
        assert main(["eval", "testset", "list"]) == 0
        assert main(["eval", "testset", "verify"]) == 0
        assert main(["eval", "score", "-t", "mine", "mine.en", "-m", "chrf"]) == 0

        out = capsys.readouterr().out
        assert "mine  de-en" in out
        assert "mine: as imported" in out

    def test_notices_damage(self, files: Path, capsys: Captured) -> None:
        """Exit status 1, and the file by its name."""
        main(["eval", "testset", "import", "mine", "-r", "ref.en"])
        (files / "testsets" / "mine.de-en" / "mine.ref.ref.en").write_text("x\n")

        assert main(["eval", "testset", "verify"]) == 1
        assert main(["eval", "score", "-t", "mine", "mine.en"]) == 1

        assert capsys.readouterr().err.count("fails its checksum") == 2

    def test_one_damaged_manifest_hides_no_other_set(
        self, files: Path, capsys: Captured
    ) -> None:
        """The others are listed and verified, the damaged one is named: status 1."""
        main(["eval", "testset", "import", "mine", "-r", "ref.en"])
        main(["eval", "testset", "import", "other", "-r", "ref.en"])
        (files / "testsets" / "mine.de-en" / "testset.json").write_text("{")
        capsys.readouterr()

        assert main(["eval", "testset", "list"]) == 1
        listed = capsys.readouterr()
        assert main(["eval", "testset", "verify"]) == 1
        verified = capsys.readouterr()
        assert main(["eval", "testset", "verify", "other"]) == 0

        assert "other  de-en" in listed.out
        assert listed.err.count("\n") == 1
        assert "mine.de-en/testset.json: no JSON" in listed.err
        assert verified.out == "mine: damaged\nother: as imported\n"
        assert verified.err == listed.err


def test_finds_a_test_set_in_training_data(files: Path, capsys: Captured) -> None:
    """Lines and pairs are named."""
    (files / "train.tsv").write_text("Sie sah das alte Haus.\tshe saw the old house\n")
    main(["eval", "testset", "import", "mine", "-r", "ref.en", "-s", "source.de"])
    capsys.readouterr()

    assert main(["eval", "contamination", "mine", "-b", "train.tsv"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "mine: 3 segments, 1 training pairs"
    assert lines[1].startswith("sources:    1 found whole (33.3%)")
    assert lines[3] == "  line 2, reference: whole, in pair 1"


def test_lists_neural_metrics(capsys: Captured) -> None:
    """With their licences."""
    assert main(["eval", "install-metric"]) == 0

    assert capsys.readouterr().out.startswith("comet    not installed  Unbabel/")


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        ("score mine.en", 2, "no --reference and no --testset"),
        ("score -r ref.en", 2, "no translation to score; name its file"),
        ("score -r ref.en -t x mine.en", 2, "--testset has its own references"),
        ("score -r ref.en short.en", 1, "short.en: 2 segments, but ref.en has 3"),
        ("score -r ref.en mine.en -s short.en", 1, "short.en: 2 segments, but ref.en"),
        ("score -r ref.en mine.en --document-ids short.en", 1, "short.en: 2 segments"),
        ("score -r ref.en mine.en x=mine.en y=none.en", 1, "none.en: no such file"),
        ("score -r ref.en mine.en mine=theirs.en", 2, "are both called 'mine'"),
        ("score -r ref.en latin.en", 1, "latin.en:1: byte 0xf6 is invalid in UTF-8"),
        ("score -r ref.en empty.en", 1, "empty.en: is empty"),
        ("score -r empty.en mine.en", 1, "empty.en: is empty"),
        (
            "score -r source.de -s source.de mine.en",
            1,
            "3 of 3 segments are the source",
        ),
        ("score -r ref.en mine.en -m blue", 2, "no metric 'blue'"),
        ("score -r ref.en mine.en -m comet", 1, "comet is not installed; `satzpaar"),
        ("score -r ref.en mine.en -m bleu,bleu", 2, "BLEU is asked for twice"),
        ("score -r ref.en mine.en -m worker:'", 2, "No closing quotation"),
        ("score -r ref.en mine.en -m ,", 2, "--metrics: names such as bleu,chrf"),
        ("score -r ref.en mine.en --segments x.csv", 2, "ends in .tsv or .jsonl"),
        ("score -r ref.en mine.en --documents x.tsv", 2, "has no document ids"),
        ("score -r ref.en mine.en --languages de", 2, "a pair such as de-en"),
        ("score -r ref.en mine.en --include x", 2, "the test set came without systems"),
        ("score -t none mine.en", 2, "no file, folder or test set 'none'"),
        ("score -t ref.en mine.en", 1, "a plain file holds one text"),
        ("compare -r ref.en mine.en", 2, "two systems or more are compared"),
        ("compare -r ref.en mine.en theirs.en --baseline x", 2, "no system 'x'"),
        ("compare -r ref.en mine.en theirs.en --trials 9", 2, "at least 100 trials"),
        ("compare -r ref.en mine.en theirs.en --alpha 2", 2, "between 0 and 1"),
        ("compare -r ref.en mine.en theirs.en --seed -1", 2, "seed -1: 0 or more"),
        ("analyze -r ref.en mine.en", 2, "no sources, from which errors"),
        (
            "analyze -r ref.en -s source.de mine.en --languages en-de",
            2,
            "from de to en, not en-de",
        ),
        (
            "analyze -r ref.en -s source.de mine.en --frequencies-from empty.en",
            1,
            "empty.en: has no words",
        ),
        ("score -r ref.en mine.en --html ref.en", 2, "the output is the input ref.en"),
        ("score -r ref.en M=mine.en --segments mine.en", 2, "is the input mine.en"),
        ("score -r ref.en mine.en --html x --segments x", 2, "would be one file"),
        ("analyze -s source.de -r ref.en mine.en --json ref.en", 2, "is the input"),
        ("article empty.en -r ref.en", 1, "empty"),
        ("article text.txt -r ref.en -s empty.en", 1, "empty.en: the source has no"),
        ("article text.txt -r none.txt", 1, "none.txt: no such file"),
        ("article text.txt -r ref.en --show -1", 2, "--show -1"),
        ("testset import mine", 2, "either a PLACE or --reference"),
        ("testset import ../x -r ref.en", 2, "a name of letters"),
        ("testset verify nosuch", 2, "no test set 'nosuch' is at hand"),
        ("contamination ref.en -b x.tsv", 1, "a plain file holds one text"),
        (
            "contamination mine -b x.tsv --columns 0,1",
            2,
            "two are expected, such as 2,3",
        ),
    ],
)
def test_says_in_one_line_what_is_wrong(
    arguments: str, status: int, complaint: str, capsys: Captured
) -> None:
    """Status 2 for what was asked, 1 for what the files are; nothing on stdout."""
    assert main(["eval", *arguments.split()]) == status

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("satzpaar eval: ")
    assert complaint in captured.err


@pytest.mark.parametrize("command", ["analyze", "contrast", "score"])
def test_notices_that_source_and_reference_are_swapped(
    command: str, files: Path, capsys: Captured
) -> None:
    """Figures of the wrong direction would look like figures."""
    (files / "a.de").write_text("Das ist nicht der Hund und die Katze.\n" * 4)
    (files / "a.en").write_text("It is not the dog and the cat of that man.\n" * 4)
    systems = [] if command == "contrast" else ["a.en"]

    assert main(["eval", command, "-s", "a.en", "-r", "a.de", *systems]) == 1

    assert "a.de: reads as de, en is expected" in capsys.readouterr().err


def test_writes_no_file_where_another_cannot_be_made(files: Path) -> None:
    """Scores by document want document ids; the segments' are not written either."""
    given = "score -r ref.en mine.en --segments s.tsv --documents d.tsv -m chrf"

    assert main(["eval", *given.split()]) == 2

    assert not (files / "s.tsv").exists()


def test_reads_standard_input(
    files: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in `satzpaar translate … | satzpaar eval score -r ref.en -`."""
    data = (files / "mine.en").read_bytes()
    for arguments in ("score -r ref.en - -m chrf --json", "article - -r ref.en --json"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

        assert main(["eval", *arguments.split()]) == 0

        systems = json.loads(capsys.readouterr().out)["systems"]
        assert [system["name"] for system in systems] == ["stdin"]


def test_says_what_a_tokenizer_lacks(
    files: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some need a package, some a model: one line, no traceback."""
    monkeypatch.setitem(sys.modules, "MeCab", None)
    given = "eval score -r ref.en mine.en -m bleu:tok:ja-mecab".split()

    assert main(given) == 1

    said = capsys.readouterr().err
    assert said.startswith("satzpaar eval: BLEU: tokenizer 'ja-mecab': ")
    assert said.count("\n") == 1


def test_help_loads_no_library() -> None:
    """It comes at once; a subcommand's help knows its own options only."""
    code = (
        "import sys; from satzpaar.cli.main import main\n"
        "try: main(['eval', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit('numpy' in sys.modules)"
    )
    environment = {**os.environ, "COLUMNS": "100"}

    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, env=environment
    )

    assert done.returncode == 0
    assert b"testset" in done.stdout
    assert b"--reference" not in done.stdout.split(b"examples:")[0]
