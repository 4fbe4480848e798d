"""`satzpaar eval`: where arguments may stand, and what standard output can show."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest

from satzpaar.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]

REFERENCE = "He came home late.\nShe saw the old house.\nThey left it alone.\n"
OTHER = "He was late home.\nShe saw that old house.\nThey let it be.\n"
MINE = "He came home late.\nShe saw an old house.\nThey left it there.\n"
THEIRS = "He arrived late.\nShe looked at it.\n\n"
SOURCE = "Er kam spät nach Hause.\nSie sah das alte Haus.\nSie ließen es in Ruhe.\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "ref.en": REFERENCE,
        "other.en": OTHER,
        "mine.en": MINE,
        "theirs.en": THEIRS,
        "-odd.en": THEIRS,
        "source.de": SOURCE,
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def systems(capsys: Captured) -> list[str]:
    found = json.loads(capsys.readouterr().out)
    return [system["name"] for system in found["systems"]]


class TestArguments:
    @pytest.mark.parametrize(
        "given",
        [
            pytest.param("mine.en -r ref.en theirs.en --json", id="around an option"),
            pytest.param("mine.en theirs.en --json -r ref.en", id="before"),
            pytest.param("--json -r ref.en mine.en theirs.en", id="after"),
        ],
    )
    def test_files_stand_where_they_like(self, given: str, capsys: Captured) -> None:
        """In the order in which they are given."""
        assert main(["eval", "score", *given.split(), "-m", "chrf"]) == 0

        assert systems(capsys) == ["mine", "theirs"]

    def test_two_dashes_end_the_options(self, capsys: Captured) -> None:
        """As everywhere: what follows is a file, whatever it begins with."""
        given = "score -r ref.en -m chrf --json -- mine.en -odd.en"

        assert main(["eval", *given.split()]) == 0

        assert systems(capsys) == ["mine", "-odd"]

    @pytest.mark.parametrize("action", ["score mine.en -r ref.en", "testset list"])
    def test_an_unknown_option_points_to_the_help_that_has_the_others(
        self, action: str, capsys: Captured
    ) -> None:
        """That of the action: `satzpaar --help` knows none of its options."""
        with pytest.raises(SystemExit, match="2"):
            main(["eval", *action.split(), "--metrix", "bleu"])

        said = capsys.readouterr().err
        name = action.split()[0]
        assert said.startswith(f"satzpaar eval {name}: error: unrecognized arguments")
        assert said.endswith(f"; satzpaar eval {name} --help tells more\n")

    @pytest.mark.parametrize(
        "given",
        [
            "score mine.en -r ref.en --html -",
            "analyze mine.en -r ref.en -s source.de --json -",
            "contrast -s source.de -r ref.en --pairs-only --output -",
        ],
    )
    def test_no_output_is_called_by_a_dash(
        self, given: str, files: Path, capsys: Captured
    ) -> None:
        """It would be a file of that name: standard output has the tables."""
        before = sorted(files.iterdir())

        assert main(["eval", *given.split()]) == 2

        option = given.split()[-2]
        assert f"{option} -: a file's name is expected" in capsys.readouterr().err
        assert sorted(files.iterdir()) == before

    @pytest.mark.parametrize(
        ("given", "end"),
        [
            ("analyze -r ref.en -s source.de --json mine.en theirs.en", ".json"),
            ("score -r ref.en --html mine.en theirs.en", ".html"),
        ],
    )
    def test_no_translation_is_written_over(
        self, given: str, end: str, files: Path, capsys: Captured
    ) -> None:
        """In other actions --json takes no file: what comes next is a translation."""
        assert main(["eval", *given.split()]) == 2

        said = capsys.readouterr().err
        assert f"mine.en: a file to write is expected, one that ends in {end}" in said
        assert (files / "mine.en").read_text() == MINE

    @pytest.mark.parametrize(
        ("option", "start"), [("--html page", b"<!doctype"), ("--json all", b"{")]
    )
    def test_a_report_may_be_called_anything(
        self, option: str, start: bytes, files: Path
    ) -> None:
        """And be written over by the next one."""
        command = f"analyze -r ref.en -s source.de mine.en {option}".split()
        if "--html" in command:
            command = f"score -r ref.en mine.en -m chrf {option}".split()

        assert main(["eval", *command]) == 0
        assert main(["eval", *command]) == 0

        assert (files / command[-1]).read_bytes().lower().startswith(start)

    @pytest.mark.parametrize(("to_file", "status"), [(False, 0), (True, 2)])
    def test_a_page_goes_to_standard_output_unless_that_is_a_file(
        self, to_file: bool, status: int, files: Path
    ) -> None:
        """A pipe takes one thing after the other; in a file they would overlap."""
        program = "from satzpaar.cli.main import main; raise SystemExit(main())"
        command = "eval score -r ref.en mine.en -m chrf -q --html /dev/stdout"
        (files / "all.txt").write_text("So far.\n")
        with (files / "all.txt").open("ab") as stream:
            done = subprocess.run(
                [sys.executable, "-c", program, *command.split()],
                stdout=stream if to_file else subprocess.PIPE,
                stderr=subprocess.PIPE,
                check=False,
            )

        assert done.returncode == status
        assert b"</html>" in (done.stdout or b"") or to_file
        assert (b"one that ends in .html" in done.stderr) == to_file
        assert (files / "all.txt").read_text() == "So far.\n"

    @pytest.mark.parametrize(
        "given",
        [
            "score -r ref.en mine.en --html no/page.html",
            "score -r ref.en mine.en --segments no/scores.tsv",
            "analyze -r ref.en -s source.de mine.en --json no/all.json",
        ],
    )
    def test_a_missing_folder_is_told_before_the_work(
        self, given: str, capsys: Captured
    ) -> None:
        """Scoring may take an hour, and its table would be lost."""
        assert main(["eval", *given.split()]) == 1

        captured = capsys.readouterr()
        assert captured.out == ""
        assert "cannot be written, there is no folder no" in captured.err

    def test_says_how_to_score_another_number_of_lines(
        self, files: Path, capsys: Captured
    ) -> None:
        """--resegment is of this command alone."""
        (files / "short.en").write_text("He came home late.\n")

        assert main(["eval", "score", "-r", "ref.en", "short.en"]) == 1

        assert "(a translation that is cut otherwise: --res" in capsys.readouterr().err


def test_says_that_standard_output_lacks_a_character(
    files: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name with an umlaut where only ASCII goes out: a line, no traceback."""
    (files / "grüße.en").write_text(MINE)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), "ascii"))

    assert main("eval score -r ref.en grüße.en -m chrf".split()) == 1

    assert capsys.readouterr().err == (
        "satzpaar: standard output is ascii, which lacks 'ü'; PYTHONIOENCODING=utf-8 "
        "has it\n"
    )


def test_json_has_the_warnings_that_tables_come_with(capsys: Captured) -> None:
    """A program that reads it can tell that a system left a segment out."""
    given = "eval compare -r ref.en mine.en theirs.en -m chrf --trials 200 --json"

    assert main(given.split()) == 0

    notes = json.loads(capsys.readouterr().out)["notes"]
    assert notes[0].startswith("theirs: 1 segment without text (line 3)")
    assert notes[1].startswith("no verdict: 3 segments")


class TestPage:
    def test_begins_with_one_figure_a_metric(self, files: Path) -> None:
        """Against several references those of all together, not BLEU three times."""
        given = "score -r ref.en -r other.en mine.en -m bleu,chrf --html page.html"

        assert main(["eval", *given.split()]) == 0

        page = (files / "page.html").read_text("utf-8")
        verdict = page.partition('class="verdict">')[2].partition("</")[0]
        assert [part.split()[0] for part in verdict.split(": ")[1].split(", ")] == [
            "BLEU",
            "chrF2",
        ]

    def test_names_the_level_that_was_asked_for(self, files: Path) -> None:
        """In the facts of the test set and below the pairs."""
        given = "compare -r ref.en mine.en theirs.en -m chrf --trials 200 --alpha 0.01"

        assert main(["eval", *given.split(), "--html", "page.html"]) == 0

        page = (files / "page.html").read_text("utf-8")
        assert "200 trials by segment, Holm, p &lt; 0.01, seed 12345" in page
        assert "▼ worse</span> at the 0.01 level;" in page


def test_the_references_errors_stand_under_reference(
    files: Path, capsys: Captured
) -> None:
    """Under its file's name it would be a system, if one had that name too."""
    (files / "ours").mkdir()
    (files / "ours" / "ref.en").write_text(MINE)

    assert main("eval analyze -r ref.en -s source.de ours/ref.en".split()) == 0

    heads = capsys.readouterr().out.splitlines()[4].split()
    assert heads == ["class", "reference", "ref"]


def test_says_that_a_tokenizers_model_is_not_at_hand(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model is on a server, which may not answer: a line, no traceback."""

    def unreachable(*_: object, **__: object) -> None:
        raise URLError("no such host")

    monkeypatch.setattr("urllib.request.urlopen", unreachable)
    monkeypatch.setattr("sacrebleu.tokenizers.tokenizer_spm.SACREBLEU_DIR", "sacrebleu")

    assert main("eval score -r ref.en mine.en -m bleu:tok:flores200".split()) == 1

    assert capsys.readouterr().err == (
        "satzpaar eval: BLEU: tokenizer 'flores200': its model is not at hand, nor can "
        "it be fetched: no such host\n"
    )
