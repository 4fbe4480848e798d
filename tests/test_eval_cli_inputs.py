"""What `satzpaar eval` makes of the files and names that it is given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satzpaar.cli.main import main

Captured = pytest.CaptureFixture[str]

GERMAN = (
    "Der alte Hafen war nicht leer.",
    "Am Montag kam Frau Weber mit 40 Kisten.",
    "Die Kisten und das Boot sind von der Insel.",
    "Das ist nicht das Boot, und sie blieb auf der Insel.",
)
ENGLISH = (
    "The old harbour was not empty.",
    "On Monday Mrs Weber came with 40 crates.",
    "The crates and the boat are from the island.",
    "It is not the boat, and she stayed on the island.",
)
OTHERS = ("Er lief.", "Sein Hund bellte laut!", "Wann?", "Vier Uhr, sagt Karl Meier.")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SATZPAAR_TESTSETS", str(tmp_path / "testsets"))
    monkeypatch.chdir(tmp_path)
    for name, lines in {
        "src.de": GERMAN,
        "ref.en": ENGLISH,
        "mine.en": ENGLISH,
    }.items():
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines))
    pairs = zip(GERMAN, ENGLISH, strict=True)
    (tmp_path / "pairs.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in pairs))
    pairs = zip(ENGLISH, GERMAN, strict=True)
    (tmp_path / "swapped.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in pairs))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        ("score -r ref.en pairs.tsv", 1, "pairs.tsv: .tsv holds several texts"),
        ("score -r ref.en -s pairs.tsv mine.en", 1, ".tsv holds several texts"),
        ("score -r ref.en --document-ids pairs.tsv mine.en", 1, "several texts"),
        ("score pairs.tsv mine.en", 2, "is expected; is pairs.tsv the --testset?"),
        ("article pairs.tsv -r ref.en", 1, ".tsv holds several texts"),
        ("article mine.en -r pairs.tsv", 1, ".tsv holds several texts"),
        ("contrast -s pairs.tsv -r ref.en", 1, ".tsv holds several texts"),
        ("testset import new -r pairs.tsv", 1, ".tsv holds several texts"),
        ("testset import new -s ref.en -r src.de", 1, "src.de: reads as de, en is"),
        ("testset import new swapped.tsv", 1, "swapped.tsv: reads as de, en is"),
        ("testset list --languages de", 2, "a pair such as de-en is expected"),
        ("contamination swapped.tsv -b pairs.tsv", 1, "swapped.tsv: reads as de"),
        ("contamination pairs.tsv -b swapped.tsv", 1, "are the sides swapped?"),
        ("contamination pairs.tsv -b pairs.tsv --columns 2,1", 1, "sides swapped?"),
    ],
)
def test_refuses_what_has_another_place(
    arguments: str, status: int, complaint: str, capsys: Captured
) -> None:
    """A line, and no figures that look like figures."""
    assert main(["eval", *arguments.split()]) == status

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert complaint in captured.err


def sgml(lines: tuple[str, ...]) -> str:
    """Write WMT's SGML of two documents."""
    cut = [f'<seg id="{n}">{line}</seg>' for n, line in enumerate(lines, start=1)]
    return "\n".join(
        ['<doc docid="a">', *cut[:2], "</doc>", '<doc docid="b">', *cut[2:], "</doc>\n"]
    )


class TestSgml:
    @pytest.fixture(autouse=True)
    def texts(self, files: Path) -> None:
        """Write sources and reference as WMT did until 2020."""
        (files / "src.de.sgm").write_text(sgml(GERMAN))
        (files / "ref.en.sgm").write_text(sgml(ENGLISH))

    def test_is_scored_as_its_text_is(self, files: Path, capsys: Captured) -> None:
        """Beside plain files too; its documents are the test set's."""
        command = "score -r ref.en.sgm -s src.de.sgm mine.en -m bleu --documents d.tsv"

        assert main(["eval", *command.split()]) == 0

        assert "mine    100.00   1.000" in capsys.readouterr().out
        lines = (files / "d.tsv").read_text().splitlines()
        assert [line.split("\t")[0] for line in lines] == ["document", "a", "b"]

    def test_is_kept_with_its_documents(self, capsys: Captured) -> None:
        """As a test set; a name for the files that WMT no longer has."""
        command = "testset import old -s src.de.sgm -r ref.en.sgm"

        assert main(["eval", *command.split()]) == 0

        folder = Path(capsys.readouterr().out.strip())
        assert (folder / "old.docs").read_text() == "a\na\nb\nb\n"

    @pytest.mark.parametrize(
        "command",
        [
            "score -r ref.en.sgm theirs.sgm",
            "score -r ref.en.sgm -s theirs.sgm mine.en",
            "testset import old -s theirs.sgm -r ref.en.sgm",
        ],
    )
    def test_is_refused_in_another_order(
        self, command: str, files: Path, capsys: Captured
    ) -> None:
        """The score of shifted segments looks like a score."""
        (files / "theirs.sgm").write_text(sgml(GERMAN).replace('"b"', '"c"'))

        assert main(["eval", *command.split()]) == 1

        assert "theirs.sgm: segment 3 is number 3 of" in capsys.readouterr().err

    def test_is_no_article(self, capsys: Captured) -> None:
        """`article` would take its tags for words."""
        assert main(["eval", "article", "mine.en", "-r", "ref.en.sgm"]) == 1

        assert "ref.en.sgm: WMT's SGML is cut into" in capsys.readouterr().err


class TestContamination:
    @pytest.mark.parametrize("second", ["more.tsv", "noise.tsv"])
    def test_names_the_file_of_a_pair(
        self, second: str, files: Path, capsys: Captured
    ) -> None:
        """A number counted through several files leads to none of them."""
        noise = "".join(f"Satz {n}.\tSentence {n}.\n" for n in range(7))
        (files / "noise.tsv").write_text(noise)
        (files / "more.tsv").write_text(noise + (files / "pairs.tsv").read_text())
        command = f"contamination pairs.tsv -b noise.tsv -b {second} -b pairs.tsv"
        pair = {"more.tsv": ("more.tsv", 8), "noise.tsv": ("pairs.tsv", 1)}[second]

        assert main(["eval", *command.split(), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)["found"][0]
        assert main(["eval", *command.split()]) == 0

        assert (found["bitext"], found["pair"]) == pair
        assert f"whole, in pair {pair[1]} of {pair[0]}\n" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["article mine.en", "contrast -s src.de"])
def test_takes_one_reference(command: str, capsys: Captured) -> None:
    """Where one counts, the first of two is not dropped silently."""
    with pytest.raises(SystemExit) as ended:
        main(["eval", *command.split(), "-r", "ref.en", "-r", "mine.en"])

    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "--reference: one is expected, ref.en and mine.en are given" in said


def test_names_of_systems_may_have_spaces_between(
    files: Path, capsys: Captured
) -> None:
    """As people write lists."""
    rows = zip(("reference", *ENGLISH), ("A", *ENGLISH), ("B", *ENGLISH), strict=True)
    (files / "set.tsv").write_text("".join("\t".join(row) + "\n" for row in rows))
    given = ["eval", "score", "-t", "set.tsv", "--include", "A, B", "-m", "chrf"]

    assert main([*given, "--json"]) == 0

    systems = json.loads(capsys.readouterr().out)["systems"]
    assert [system["name"] for system in systems] == ["A", "B"]


class TestArticle:
    @pytest.fixture(autouse=True)
    def articles(self, files: Path) -> None:
        """Write whole texts; the one translation is half as long as the other."""
        for name, lines in {
            "ref.txt": ENGLISH,
            "long.txt": ENGLISH,
            "short.txt": ENGLISH[:2],
            "artikel.txt": (f"{GERMAN[0][:-1]}, {GERMAN[1]}", *GERMAN[2:]),
            "other.txt": OTHERS * 20,
        }.items():
            (files / name).write_text(" ".join(lines) + "\n")

    def test_is_cut_as_the_reference_alone(self, capsys: Captured) -> None:
        """Whatever is scored with it, in whichever order, and with or without a source.

        Signatures say nothing of these, so they must not matter.
        """
        found = []
        for given in (
            "short.txt long.txt",
            "short.txt",
            "short.txt long.txt -s artikel.txt",
            "long.txt short.txt -s artikel.txt",
        ):
            command = f"article {given} -r ref.txt -m bleu,chrf --json"

            assert main(["eval", *command.split()]) == 0

            table = json.loads(capsys.readouterr().out)
            place = [each["name"] for each in table["systems"]].index("short")
            scores = [each["scores"][place]["value"] for each in table["columns"]]
            found.append((table["segments"], scores))
        assert found == [found[0]] * 4
        assert found[0][0] == len(ENGLISH)

    def test_shows_the_source_of_each_segment(self, capsys: Captured) -> None:
        """Of two that were one sentence, both times."""
        command = "article long.txt -r ref.txt -s artikel.txt -m chrf"

        assert main(["eval", *command.split()]) == 0

        out = " ".join(capsys.readouterr().out.split())
        first = f"{GERMAN[0][:-1]}, {GERMAN[1]}"
        assert f"1 source: {first} 1 reference: {ENGLISH[0]}" in out
        assert f"2 source: {first} 2 reference: {ENGLISH[1]}" in out
        assert f"3 source: {GERMAN[2]} 3 reference: {ENGLISH[2]}" in out

    def test_refuses_a_source_that_does_not_belong(self, capsys: Captured) -> None:
        """Metrics that read the source would be wrong, and nobody would see why."""
        command = "article long.txt -r ref.txt -s other.txt"

        assert main(["eval", *command.split()]) == 1

        said = capsys.readouterr().err
        assert "ref.txt: does not seem to belong to other.txt" in said


class TestTestsets:
    def test_lists_those_of_a_pair_of_languages(self, capsys: Captured) -> None:
        """All, unless a pair is asked for."""
        main("eval testset import german -r ref.en".split())
        main("eval testset import english -r src.de --languages en-de".split())
        capsys.readouterr()

        assert main("eval testset list".split()) == 0
        everything = capsys.readouterr().out
        assert main("eval testset list --languages en-de".split()) == 0
        some = capsys.readouterr().out
        assert main("eval testset list --languages cs-uk".split()) == 0
        none = capsys.readouterr()

        assert "german " in everything
        assert "english " in everything
        assert [line.split()[0] for line in some.splitlines()[2:]] == ["english"]
        assert none.out == ""
        assert "no test set for cs-uk is at hand" in none.err


def test_does_not_look_for_sources_that_are_not_there(capsys: Captured) -> None:
    """That none was found would be a clean bill."""
    main("eval testset import mine -r ref.en".split())
    capsys.readouterr()

    assert main("eval contamination mine -b pairs.tsv".split()) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "sources:    the test set has none; not looked for"
    assert lines[2].startswith("references: 4 found whole")
