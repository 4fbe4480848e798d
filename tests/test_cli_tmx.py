"""`satzpaar tmx`: the command as users call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satzpaar.alignments.formats import read_bitext, write_bitext
from satzpaar.alignments.tmx.validation import validate
from satzpaar.cli.main import main
from tests.bitexts import UNITS, pair

MANY = [
    pair(
        f"Satz {n}.",
        f"Sentence {n}." + " and more" * (n % 4),
        id=f"{n}",
        properties=(("x-confidence", f"{n / 10}"), ("x-src-doc", f"{n // 4}.txt")),
    )
    for n in range(10)
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, with a memory in it."""
    monkeypatch.chdir(tmp_path)
    write_bitext("a.tmx", MANY)
    return tmp_path


def feed(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    stream = Path(path).open(encoding="utf-8")  # noqa: SIM115 - it is read later
    monkeypatch.setattr("sys.stdin", stream)


def ids(path: str) -> str:
    assert not list(validate(path))
    return "".join(unit.id or "?" for unit in read_bitext(path))


class TestValidate:
    def test_a_valid_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing on stdout, one line on stderr."""
        assert main(["tmx", "validate", "a.tmx"]) == 0

        assert capsys.readouterr() == (
            "",
            "satzpaar: a.tmx is valid: 0 errors, 0 warnings\n",
        )

    def test_an_invalid_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A line for each finding, as compilers have it; a good file beside is said."""
        text = Path("a.tmx").read_text("utf-8").replace('version="1.4"', 'version="2"')
        Path("b.tmx").write_text(text.replace("<seg>Satz 3.", "<seg>"), "utf-8")

        assert main(["tmx", "validate", "b.tmx", "a.tmx"]) == 1

        output, errors = capsys.readouterr()
        assert output.splitlines() == [
            'b.tmx:3: version="2"; exactly 1.4 is expected',
            "b.tmx:27: an empty <seg>; text is expected",
        ]
        assert errors.splitlines() == [
            "satzpaar: b.tmx is invalid: 2 errors, 0 warnings",
            "satzpaar: a.tmx is valid: 0 errors, 0 warnings",
        ]

    def test_what_cannot_be_parsed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The place, and that the rest was not looked at."""
        Path("b.tmx").write_bytes(Path("a.tmx").read_bytes()[:-30])

        assert main(["tmx", "validate", "b.tmx"]) == 1

        output, errors = capsys.readouterr()
        assert output == "b.tmx:64: not well-formed XML (it ends too early)\n"
        assert errors == (
            "satzpaar: b.tmx is invalid: 1 error, 0 warnings, and nothing behind the "
            "last is known\n"
        )

    def test_says_nothing_of_a_file_that_is_not_there(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """But that it is not."""
        assert main(["tmx", "validate", "nix.tmx"]) == 1

        output, errors = capsys.readouterr()
        assert (output, errors) == ("nix.tmx: no such file\n", "")

    def test_warnings_count_with_strict(self) -> None:
        """For a check in CI."""
        text = Path("a.tmx").read_text("utf-8")
        Path("b.tmx").write_text("\ufeff" + text, "utf-8")

        assert main(["tmx", "validate", "b.tmx", "-q"]) == 0
        assert main(["tmx", "validate", "b.tmx", "-q", "--strict"]) == 1

    def test_many_findings_are_cut(self, capsys: pytest.CaptureFixture[str]) -> None:
        """How many more there are is said."""
        text = Path("a.tmx").read_text("utf-8").replace("xml:lang=", "lang=")
        Path("b.tmx").write_text(text, "utf-8")

        assert main(["tmx", "validate", "b.tmx", "--most", "3", "-q"]) == 1

        assert capsys.readouterr().out.splitlines()[3:] == ["b.tmx: and 37 more"]


class TestHalfEmpty:
    """What TMX cannot hold is not counted among what is in a file."""

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            ("merge h.tsv -o x.tmx", "1 unit of 3 in x.tmx"),
            ("dedupe h.tsv -o x.tmx", "1 unit of 3 in x.tmx"),
            ("filter h.tsv --where ratio>=0 -o x.tmx", "1 unit of 3 in x.tmx"),
            ("split h.tsv --parts a=1 -o x.tmx", "1 unit in 1 file: x.a.tmx 1"),
        ],
    )
    def test_is_not_counted(
        self, command: str, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each command says how many units there are."""
        Path("h.tsv").write_text("Ja.\tYes.\nNein.\t\n\tNo.\n", "utf-8")

        assert main(["tmx", *command.split()]) == 0
        assert said in capsys.readouterr().err


class TestStats:
    def test_as_a_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        """For people."""
        assert main(["tmx", "stats", "a.tmx"]) == 0

        rows = dict(line.split(":", 1) for line in capsys.readouterr().out.splitlines())
        assert {name: " ".join(value.split()) for name, value in rows.items()} == {
            "units": "10",
            "languages": "de-en 10",
            "source": "20 words, 70 characters (7.0 a unit, 7 at most), 0 codes, "
            "0 empty",
            "target": "46 words, 227 characters (22.7 a unit, 38 at most), 0 codes, "
            "0 empty",
            "target to source": "2.86 in the middle, 1.58 to 5.38 for nine of ten "
            "units",
            "doubles": "0 of both texts, 0 of the source",
            "copies": "0",
            "ids, notes": "10, 0",
            "property x-confidence": "10, 0 to 0.9, mean 0.45",
            "property x-src-doc": "10",
        }

    def test_as_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        """For programs; several files are one bitext."""
        write_bitext("b.jsonl", UNITS)

        assert main(["tmx", "stats", "a.tmx", "b.jsonl", "--json"]) == 0

        found = json.loads(capsys.readouterr().out)
        assert found["units"] == 12
        assert found["source"]["codes"] == 3
        assert found["oldest"] == "2026-01-24T10:30:00+00:00"


class TestMerge:
    def test_is_idempotent(self) -> None:
        """The same file any number of times is that file."""
        assert main(["tmx", "merge", "a.tmx", "a.tmx", "-o", "b.tmx", "-q"]) == 0
        assert main(["tmx", "merge", "b.tmx", "a.tmx", "-o", "c.tmx", "-q"]) == 0

        a, b, c = (Path(f"{name}.tmx").read_bytes() for name in "abc")
        assert a == b == c

    @pytest.mark.parametrize(("keep", "text"), [("first", "Satz 3."), ("last", "Neu.")])
    def test_says_which_ids_have_two_texts(
        self, keep: str, text: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Which one stays, the option says."""
        write_bitext("b.tmx", [pair("Neu.", "New.", id="3")])

        files = ["a.tmx", "b.tmx"]
        assert main(["tmx", "merge", *files, "--keep", keep, "-o", "c.tmx"]) == 0

        assert capsys.readouterr().err == (
            "satzpaar: 10 units of 11 in c.tmx; 1 dropped: the id of another, but "
            "other texts; dedupe goes by the texts\n"
        )
        found = {unit.id: unit.source.text for unit in read_bitext("c.tmx")}
        assert found["3"] == text


class TestDedupe:
    def test_of_memories_that_count_their_units(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Both have a 1, and both units stay; in a file each id may stand once."""
        write_bitext(
            "b.tmx", [pair("Ja.", "Yes.", id="1"), pair("Nein.", "No.", id="2")]
        )
        write_bitext("c.tmx", [pair("Doch.", "Of course.", id="1")])

        assert main(["tmx", "dedupe", "b.tmx", "c.tmx", "-o", "d.tmx"]) == 0

        assert [unit.id for unit in read_bitext("d.tmx")] == ["1", "2", None]
        assert list(validate("d.tmx")) == []
        assert capsys.readouterr().err == (
            "satzpaar: 3 units of 3 in d.tmx; not kept: ids that come again (1)\n"
        )

    def test_keeps_the_best(self, capsys: pytest.CaptureFixture[str]) -> None:
        """By the confidence that the aligner gave."""
        doubles = [
            pair("Ja.", "Yes.", id="a", properties=(("x-confidence", "0.5"),)),
            pair("ja", "YES", id="b", properties=(("x-confidence", "0.9"),)),
            pair("Nein.", "No.", id="c"),
        ]
        write_bitext("b.tmx", doubles)
        options = ["--normalised", "--keep", "best", "-o", "c.tmx"]

        assert main(["tmx", "dedupe", "b.tmx", *options]) == 0

        assert ids("c.tmx") == "bc"
        assert capsys.readouterr().err == "satzpaar: 2 units of 3 in c.tmx\n"

    def test_reads_a_stream_twice(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """It is kept in a file for as long as it takes."""
        feed(monkeypatch, "a.tmx")

        assert main(["tmx", "dedupe", "-", "--keep", "newest", "-q"]) == 0

        assert capfd.readouterr().out.encode() == Path("a.tmx").read_bytes()


class TestFilter:
    def test_keeps_what_holds_all_conditions(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The others go where they are wanted."""
        conditions = ["--where", "x-confidence>=0.4", "--max-ratio", "3"]
        outputs = ["-o", "b.tmx", "--rejected", "c.jsonl"]

        assert main(["tmx", "filter", "a.tmx", *conditions, *outputs]) == 0

        assert ids("b.tmx") == "4589"
        assert len(list(read_bitext("c.jsonl"))) == 6
        assert capsys.readouterr().err == "satzpaar: 4 units of 10 in b.tmx\n"

    def test_tells_why_in_tsv_too(self) -> None:
        """Under a header, in which a property has a column."""
        options = ["--where", "x-confidence>=0.4", "-o", "b.tmx", "--rejected", "c.tsv"]

        assert main(["tmx", "filter", "a.tmx", "-q", *options]) == 0

        whys = [str(unit.get("x-rejected")) for unit in read_bitext("c.tsv")]
        assert whys
        assert all(why.startswith("not x-confidence") for why in whys)

    def test_says_what_no_unit_has(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A name that is mistyped holds nothing."""
        options = ["--where", "x-confidnce>=0.4", "-o", "b.tmx"]

        assert main(["tmx", "filter", "a.tmx", *options]) == 0

        assert "no unit has such a property" in capsys.readouterr().err

    @pytest.mark.parametrize("condition", ["x-confidence=>0.5", "ratio>=abc"])
    def test_refuses_what_compares_nothing(self, condition: str) -> None:
        """Instead of keeping no unit."""
        assert (
            main(["tmx", "filter", "a.tmx", "--where", condition, "-o", "b.tmx"]) == 2
        )

    def test_invert(self) -> None:
        """The units that do not hold them."""
        options = ["--where", "source~[0-4]", "--invert", "-o", "b.tmx", "-q"]

        assert main(["tmx", "filter", "a.tmx", *options]) == 0

        assert ids("b.tmx") == "56789"

    def test_lengths_are_of_both_sides(self) -> None:
        """In characters."""
        options = ["--min-characters", "7", "--max-characters", "11", "-o", "b.tmx"]

        assert main(["tmx", "filter", "a.tmx", *options]) == 0

        assert ids("b.tmx") == "048"


DIRTY = [
    pair("Der Zug fährt um 9 Uhr ab.", "The train leaves at 9 o'clock.", id="a"),
    pair("Der Zug fährt um 9 Uhr ab.", "The train leaves at 9 o'clock.", id="b"),
    pair("Die Brücke kostet 45 Millionen.", "The bridge costs 46 million.", id="c"),
    pair("Das Wetter ist heute sehr schön und warm.", "Nice.", id="d"),
    pair("Die Gäste kommen aus fünf Ländern.", "The guests come from home.", id="e"),
]


class TestCleaning:
    @pytest.fixture(autouse=True)
    def dirty(self, folder: Path) -> None:
        """Write a memory with most of what may be wrong."""
        write_bitext("d.tmx", DIRTY)

    def test_by_all_filters(self) -> None:
        """What is rejected is kept elsewhere, with every reason."""
        options = ["--clean", "-o", "b.tmx", "--rejected", "c.tmx", "-q"]

        assert main(["tmx", "filter", "d.tmx", *options]) == 0

        assert ids("b.tmx") == "ae"
        reasons = {u.id: u.get("x-rejected") or "" for u in read_bitext("c.tmx")}
        assert reasons["b"].startswith("duplicate 1 > 0.8")
        assert reasons["c"].startswith("numbers 0 < 0.75 (no match for 45, 46)")
        assert reasons["d"].startswith("length-ratio ")

    @pytest.mark.parametrize(
        ("options", "kept"),
        [
            (["--filter", "numbers"], "abde"),
            (["--filter", "long=35"], "abce"),
            (["--filter", "numbers", "--filter", "duplicate"], "ade"),
            (["--clean", "--no-filter", "duplicate"], "abe"),
            (["--clean", "--invert"], "bcd"),
            # Of two doubles the first that holds the conditions stays.
            (["--clean", "--where", "id!=a"], "be"),
        ],
    )
    def test_by_those_that_are_chosen(self, options: list[str], kept: str) -> None:
        """One alone, or all but one."""
        assert main(["tmx", "filter", "d.tmx", *options, "-o", "b.tmx"]) == 0

        assert ids("b.tmx") == kept

    def test_what_is_usual_is_learnt_from_a_stream_too(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A language that is always twice as long is no fault of its pairs."""
        wide = [pair("Wort hier " * 9, "a longer word " * 13)] * 500
        options = ["--filter", "length-ratio=2", "-o", "b.tmx"]
        kept = []
        for units in (wide[:1], wide):
            write_bitext("w.tmx", units)
            feed(monkeypatch, "w.tmx")
            assert main(["tmx", "filter", "-", *options]) == 0
            kept.append(len(ids("b.tmx")))

        assert kept == [0, 500]

    def test_a_condition_is_a_reason_too(self) -> None:
        """Said as it was given."""
        options = ["--where", "target~train", "-o", "b.tmx", "--rejected", "c.tmx"]

        assert main(["tmx", "filter", "d.tmx", *options]) == 0

        assert [unit.get("x-rejected") for unit in read_bitext("c.tmx")] == [
            "not target~train"
        ] * 3


class TestSplit:
    @pytest.mark.parametrize(
        ("options", "files"),
        [
            (
                ["--units", "4"],
                {"b.0001.tmx": "0123", "b.0002.tmx": "4567", "b.0003.tmx": "89"},
            ),
            (
                ["--by"],
                {"b.0.txt.tmx": "0123", "b.1.txt.tmx": "4567", "b.2.txt.tmx": "89"},
            ),
        ],
    )
    def test_writes_a_file_for_each_part(
        self, options: list[str], files: dict[str, str], folder: Path
    ) -> None:
        """Named after the output."""
        assert main(["tmx", "split", "a.tmx", *options, "-o", "b.tmx", "-q"]) == 0

        assert {path.name: ids(path.name) for path in folder.glob("b.*")} == files

    def test_parts_are_all_units(self, folder: Path) -> None:
        """Each of them once."""
        options = ["--parts", "train,dev=0.3", "--seed", "3", "-o", "b.tmx", "-q"]

        assert main(["tmx", "split", "a.tmx", *options]) == 0

        parts = sorted(path.name for path in folder.glob("b.*"))
        assert parts == ["b.dev.tmx", "b.train.tmx"]
        assert sorted("".join(map(ids, parts))) == list("0123456789")


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (
            ["merge", "a.tmx", "-o", "a.tmx"],
            2,
            ("a.tmx: the output is the input a.tmx itself"),
        ),
        (["merge", "-", "-"], 2, "- can be read once"),
        (["merge", "a.tmx", "--score", "x"], 2, "--score goes with --keep best"),
        (
            ["filter", "a.tmx"],
            2,
            "no condition; --where, --max-ratio, --clean … are expected",
        ),
        (["filter", "a.tmx", "--no-filter", "x"], 2, "--no-filter goes with --clean"),
        (
            ["filter", "a.tmx", "--filter", "long=nan"],
            2,
            "--filter long=nan: NAME=X is expected, X a number",
        ),
        (
            ["filter", "a.tmx", "--where", "x"],
            2,
            (
                "no condition: 'x'; one such as "
                "'x-confidence>=0.8' or 'target~[.!?]$' is expected"
            ),
        ),
        (
            [
                "filter",
                "a.tmx",
                "--max-ratio",
                "2",
                "-o",
                "b.tmx",
                "--rejected",
                "b.tmx",
            ],
            2,
            "--rejected b.tmx: is the output itself",
        ),
        (
            ["split", "a.tmx", "--units", "0", "-o", "b.tmx"],
            2,
            ("--units 0: at least 1 is expected"),
        ),
        (
            ["split", "a.tmx", "--units", "2"],
            2,
            ("several files are written: -o FILE is expected, no stream"),
        ),
        (
            ["split", "a.tmx", "--parts", "a=.5", "-o", "b.tmx"],
            2,
            ("a=.5: the shares sum to 0.5, 1 is expected"),
        ),
        (
            ["split", "a.tmx", "--by", "x-none", "-o", "b.tmx"],
            1,
            (
                "0: no property x-none to split by; satzpaar tmx filter --where "
                "'x-none~.' takes the units that have it"
            ),
        ),
        (
            ["split", "a.tmx", "--by", "-o", "no/b.tmx"],
            1,
            ("no/b.tmx: there is no folder no"),
        ),
        (["stats", "b.tmx"], 1, "b.tmx: no such file"),
    ],
)
def test_wrong_use_is_one_line(
    arguments: list[str],
    status: int,
    complaint: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And leaves nothing behind."""
    assert main(["tmx", *arguments]) == status

    assert capsys.readouterr().err == f"satzpaar tmx: {complaint}\n"
    assert [path.name for path in folder.iterdir()] == ["a.tmx"]
