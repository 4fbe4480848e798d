"""Test sets and outputs from files of all kinds."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
from satzpaar.alignments.formats import write_bitext
from satzpaar.eval import load_testset
from satzpaar.eval.inputs import READERS
from satzpaar.eval.inputs.lines import (
    COLUMN_SUFFIXES,
    check_order,
    documents_of,
    name_systems,
    read_lines,
    read_systems,
)
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = ("Er kam an.", "Sie sah es.")
REFERENCES = ("He arrived.", "She saw it.")
OUTPUTS = ("He came.", "She saw that.")


def write(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


class TestReadLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_takes_a_segment_a_line(self, tmp_path: Path, end: str) -> None:
        """Whatever ends a line; other separators are text."""
        path = tmp_path / "x"
        path.write_bytes(end.join(["a\u2028b ", "", "c"]).encode() + end.encode())

        assert read_lines(path) == ("a\u2028b", "", "c")

    def test_takes_a_cr_within_a_line_for_white_space(self, tmp_path: Path) -> None:
        """As sacreBLEU does: it moves no line of those that come after it."""
        path = tmp_path / "x"
        path.write_bytes(b"one\rtwo\r\nthree\n")

        assert read_lines(path) == ("one two", "three")

    @pytest.mark.parametrize("packed", ["", ".gz"])
    @pytest.mark.parametrize("suffix", COLUMN_SUFFIXES)
    def test_refuses_files_of_several_texts(
        self, tmp_path: Path, suffix: str, packed: str
    ) -> None:
        """Scored as lines of text, their columns would only lower the score."""
        path = write(tmp_path / f"x{suffix.upper()}{packed}", "Er kam.\tHe came.")

        with pytest.raises(InputError, match="holds several texts, which"):
            read_lines(path)

    def test_unpacks(self, tmp_path: Path) -> None:
        """By what the file is, not by its name; a byte order mark is no text."""
        path = tmp_path / "x"
        path.write_bytes(gzip.compress("\ufeffja\nnein".encode()))

        assert read_lines(path) == ("ja", "nein")

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
    def test_takes_the_encoding_that_a_mark_names(
        self, tmp_path: Path, encoding: str
    ) -> None:
        """As spreadsheets write it."""
        path = tmp_path / "x"
        path.write_bytes("\ufeffschön\nnein\n".encode(encoding))

        assert read_lines(path) == ("schön", "nein")

    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            pytest.param(
                b"ja\nsch\xf6n\n", "x:2: byte 0xf6 is invalid in UTF-8", id="cp1252"
            ),
            pytest.param(b"\n \n", "x: is empty; one segment a line", id="empty"),
            pytest.param(b"\xff\xfe\n\0", "x: is empty", id="empty UTF-16"),
            pytest.param(b"a\0b", "x:1: no text has", id="NUL"),
            pytest.param(b"\x1f\x8bnot", "x: damaged gzip", id="gzip"),
        ],
    )
    def test_refuses_what_is_no_utf8_text(
        self, tmp_path: Path, data: bytes, complaint: str
    ) -> None:
        """A guessed encoding would change scores silently."""
        (tmp_path / "x").write_bytes(data)

        with pytest.raises(InputError, match=complaint):
            read_lines(tmp_path / "x")


SGML = """\
<refset setid="mini" srclang="any" trglang="en">
<doc sysid="ref" docid="one" genre="news" origlang="de">
<p>
<seg id="1">Tom &amp; Ann came to the R&D fair.</seg>
<seg id="2"></seg>
</p>
</doc>
<DOC docid='two' sysid='ref'><hl><seg id=1> It
rained. </seg></hl></DOC>
</refset>
"""


class TestSgml:
    @pytest.mark.parametrize("name", ["x.sgm", "x.SGML", "x.en.sgm.gz"])
    def test_has_its_segments_for_lines(self, tmp_path: Path, name: str) -> None:
        """Its markup, scored as if it were text, would raise every score."""
        data = SGML.encode()
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)

        assert read_lines(path) == (
            "Tom & Ann came to the R&D fair.",
            "",
            "It rained.",
        )
        assert documents_of(path) == ("one", "one", "two")

    def test_may_name_no_documents(self, tmp_path: Path) -> None:
        """As other texts do not."""
        path = write(tmp_path / "x.sgm", '<seg id="1">Yes.</seg>')

        assert documents_of(path) is None
        assert documents_of(write(tmp_path / "x.en", "Yes.")) is None

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            pytest.param("He came.\n", "x.sgm: no <seg>", id="plain text"),
            pytest.param(
                "<seg>He came.\n<seg>She saw.</seg>\n",
                "x.sgm:1: <seg> without </seg>",
                id="no end",
            ),
            pytest.param("\n<seg>He came.\n", "x.sgm:2: <seg> without", id="cut off"),
            pytest.param(
                '<doc docid="a" sysid="A"><seg>He came.</seg></doc>\n'
                '<doc docid="a" sysid="B"><seg>He came.</seg></doc>\n',
                r"x.sgm:2: document a stands there twice \(A, B\)",
                id="two translations",
            ),
        ],
    )
    def test_says_what_it_lacks(
        self, tmp_path: Path, text: str, complaint: str
    ) -> None:
        """With the line."""
        path = tmp_path / "x.sgm"
        path.write_text(text)

        with pytest.raises(InputError, match=complaint):
            read_lines(path)

    def test_keeps_documents_in_order(self, tmp_path: Path) -> None:
        """Files that say which segment is which are not paired by place alone."""
        first = write(tmp_path / "ref.sgm", SGML)
        plain = write(tmp_path / "mine.en", "a", "b", "c")
        other = write(tmp_path / "theirs.sgm", SGML.replace("'two'", "'three'"))

        check_order([str(first), str(plain), str(first)])
        with pytest.raises(
            InputError,
            match=r"theirs\.sgm: segment 3 is number 1 of document three, but number 1 "
            r"of document two in \S+ref\.sgm",
        ):
            check_order([str(first), str(plain), str(other)])

    def test_takes_what_does_not_say_its_place(self, tmp_path: Path) -> None:
        """Numbers and documents are optional; what is not said is not otherwise."""
        first = write(tmp_path / "ref.sgm", SGML)
        bare = write(tmp_path / "mine.sgm", *["<seg>Yes.</seg>"] * 3)

        check_order([str(first), str(bare)])


def test_json_lines_have_two_suffixes(tmp_path: Path) -> None:
    """.ndjson is the other name of .jsonl."""
    path = write(tmp_path / "x.ndjson", '{"source": "Ja.", "reference": "Yes."}')

    assert load_testset(path).references[0].segments == ("Yes.",)


class TestNameSystems:
    @pytest.mark.parametrize(
        ("files", "names"),
        [
            (["mine.en", "theirs.en"], ["mine", "theirs"]),
            (["article.en.txt"], ["article"]),
            (["test.de-en.hyp.A-B.en", "test.de-en.hyp.C_D.en"], ["A-B", "C_D"]),
            (["new/out.txt", "old/out.txt"], ["new", "old"]),
            (["v1.2.en", "v1.3.en"], ["2", "3"]),
            (["a/x.en", "b/y.en"], ["a.x", "b.y"]),
            (["base=x.en", "x.en"], ["base", "x"]),
        ],
    )
    def test_takes_what_sets_files_apart(
        self, files: list[str], names: list[str]
    ) -> None:
        """Short names for tables; NAME=FILE has the last word."""
        assert [name for name, _ in name_systems(files)] == names

    def test_refuses_one_name_for_two(self) -> None:
        """Both files are named."""
        with pytest.raises(UsageError, match=r"a\.en and b\.en are both called 'x'"):
            name_systems(["x=a.en", "x=b.en"])

    def test_refuses_one_file_twice(self) -> None:
        """Its copy could not be told from it."""
        with pytest.raises(UsageError, match=r"a\.en and a\.en are both called"):
            name_systems(["a.en", "a.en"])

    def test_reads_the_outputs(self, tmp_path: Path) -> None:
        """One system a file."""
        write(tmp_path / "one.en", *OUTPUTS)

        (system,) = read_systems([str(tmp_path / "one.en")])

        assert (system.name, system.hypotheses) == ("one", OUTPUTS)


def test_every_file_of_several_texts_has_a_reader() -> None:
    """What is refused as one text is a test set."""
    assert set(READERS) == set(COLUMN_SUFFIXES)


class TestRecords:
    def test_reads_tsv_by_its_header(self, tmp_path: Path) -> None:
        """Columns without a role are systems."""
        path = write(
            tmp_path / "set.tsv",
            "source\treference:A\treference:B\tdocument\tmine",
            "Er kam an.\tHe arrived.\t\td1\tHe came.",
            "Sie sah es.\tShe saw it.\tShe saw.\td1\t",
        )

        testset = load_testset(path)

        assert testset.sources == SOURCES
        assert testset.reference_names == ("A", "B")
        assert testset.references[1].segments == ("", "She saw.")
        assert testset.documents == ("d1", "d1")
        assert [each.hypotheses for each in testset.systems] == [("He came.", "")]

    def test_reads_two_columns_without_a_header(self, tmp_path: Path) -> None:
        """As bitexts mostly are."""
        path = write(tmp_path / "set.tsv", "Er kam an.\tHe arrived.", "Ja.\tYes.")

        testset = load_testset(path)

        assert testset.sources == ("Er kam an.", "Ja.")
        assert testset.references[0].segments == ("He arrived.", "Yes.")

    def test_reads_jsonl(self, tmp_path: Path) -> None:
        """References and hypotheses by name."""
        path = write(
            tmp_path / "set.jsonl",
            '{"source": "J", "references": ["Yes.", "Aye."], "hypotheses": {"m": "Y"}}',
            '{"source": "N", "references": ["No.", ""], "hypotheses": {"m": "N"}}',
        )

        testset = load_testset(path)

        assert testset.reference_names == ("1", "2")
        assert testset.systems[0].hypotheses == ("Y", "N")

    def test_documents_may_be_numbered(self, tmp_path: Path) -> None:
        """As a program numbers them that knows no quotation marks."""
        path = write(
            tmp_path / "set.jsonl",
            '{"reference": "Yes.", "document": 1}',
            '{"reference": "No.", "document": 2}',
        )

        assert load_testset(path).documents == ("1", "2")

    @pytest.mark.parametrize("name", ["set.tsv.gz", "set.jsonl.gz", "set.xml.gz"])
    def test_unpacks(self, tmp_path: Path, name: str) -> None:
        """What can be read can be read packed."""
        text = {
            "set.tsv.gz": "reference\nHe arrived.\nShe saw it.\n",
            "set.jsonl.gz": '{"ref": "He arrived."}\n{"ref": "She saw it."}\n',
            "set.xml.gz": WMT_XML,
        }[name]
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))

        assert load_testset(tmp_path / name).references[0].segments == REFERENCES

    @pytest.mark.parametrize(
        ("name", "lines", "complaint"),
        [
            (
                "x.tsv",
                ["a\tb\tc", "1\t2\t3"],
                "x.tsv:1: a first line with column names",
            ),
            ("x.tsv", ["source\treference", "1\t2\t3"], "x.tsv:2: 3 columns, 2 are"),
            ("x.tsv", ["source\treference\tm", "1\t2"], "x.tsv:2: 2 columns, 3 are"),
            ("x.tsv", ["reference\tm", "1\t2", ""], "x.tsv:3: 1 column, 2 are"),
            ("x.tsv", ["reference\tm\tm", "1\t2\t3"], "two columns have one name"),
            ("x.jsonl", ["{"], "x.jsonl:1: no JSON"),
            ("x.jsonl", ["[1]"], "x.jsonl:1: an object is expected"),
            ("x.jsonl", ['{"source": "a"}'], "x.jsonl: no key is a reference"),
            (
                "x.jsonl",
                ['{"reference": "a", "m": "b"}', '{"reference": "a"}'],
                "x.jsonl:2: this line lacks 'm'",
            ),
            ("x.jsonl", ['{"references": {"A": 1}}'], "'A' holds no text"),
            ("x.jsonl", ['{"source": "Ja", "reference": 1}'], "'reference' holds no"),
        ],
    )
    def test_names_the_line_that_is_wrong(
        self, tmp_path: Path, name: str, lines: list[str], complaint: str
    ) -> None:
        """Where, what, and what was expected."""
        with pytest.raises(InputError, match=complaint):
            load_testset(write(tmp_path / name, *lines))


def test_reads_references_from_a_translation_memory(tmp_path: Path) -> None:
    """TMX as `satzpaar align` writes it, with the documents of its units."""
    units = [
        TranslationUnit(
            Variant(source, "de"),
            Variant(target, "en"),
            properties=(("x-src-doc", "article.txt"),),
        )
        for source, target in zip(SOURCES, REFERENCES, strict=True)
    ]
    write_bitext(tmp_path / "memory.tmx", units)

    testset = load_testset(tmp_path / "memory.tmx")

    assert testset.sources == SOURCES
    assert testset.references[0].segments == REFERENCES
    assert testset.documents == ("article.txt", "article.txt")


def test_a_line_break_of_a_memory_parts_words(tmp_path: Path) -> None:
    """Codes are no part of a segment; without a space two words would be one."""
    target = Variant("Wait.Thanks.", "en", (Code(5, "alone", 1, "<br/>"),))
    unit = TranslationUnit(Variant("Warte. Danke.", "de"), target)
    write_bitext(tmp_path / "memory.tmx", [unit])

    testset = load_testset(tmp_path / "memory.tmx")

    assert testset.references[0].segments == ("Wait. Thanks.",)


WMT_XML = """<?xml version='1.0' encoding='utf-8'?>
<dataset id="test">
 <doc id="d1" origlang="de">
  <src lang="de"><p><seg id="1">Er kam an.</seg><seg id="2">Niemand.</seg></p></src>
  <ref lang="en" translator="A"><p><seg id="1">He arrived.</seg></p></ref>
  <hyp system="mine" lang="en"><seg id="1">He came.</seg><seg id="2">x</seg></hyp>
 </doc>
 <doc id="suite" testsuite="x"><src lang="de"><seg id="1">x</seg></src></doc>
 <doc id="d2" origlang="de">
  <src lang="de"><p><seg id="1">Sie sah es.</seg></p></src>
  <ref lang="en" translator="A"><p><seg id="1">She saw it.</seg></p></ref>
  <ref lang="en" translator="B"><p><seg id="1">She did see it.</seg></p></ref>
  <hyp system="mine" lang="en"><p><seg id="1">She saw that.</seg></p></hyp>
 </doc>
</dataset>
"""


class TestWmtXml:
    def test_reads_documents_references_and_systems(self, tmp_path: Path) -> None:
        """Test suites and segments that nobody translated are left out."""
        testset = load_testset(write(tmp_path / "wmt.xml", WMT_XML))

        assert testset.sources == SOURCES
        assert testset.documents == ("d1", "d2")
        assert [ref.segments for ref in testset.references] == [
            REFERENCES,
            ("", "She did see it."),
        ]
        assert testset.systems[0].hypotheses == OUTPUTS

    @pytest.mark.parametrize(
        ("old", "new", "complaint"),
        [
            pytest.param("</dataset>", "", "not well-formed XML", id="cut short"),
            pytest.param(
                '<seg id="1">She saw that.',
                '<seg id="3">She saw that.',
                "system mine lacks segment 1 of document d2",
                id="segment",
            ),
            pytest.param(
                "<dataset",
                '<!DOCTYPE d [<!ENTITY e "x">]><dataset',
                "declares entities",
                id="entity",
            ),
            pytest.param('<doc id="d1"', "<doc", "<doc> without id", id="id"),
            pytest.param(
                'translator="A"', 'translator="A" x="<"', "wmt.xml:5", id="line"
            ),
        ],
    )
    def test_refuses_broken_files(
        self, tmp_path: Path, old: str, new: str, complaint: str
    ) -> None:
        """In the words of the task, with the line."""
        path = write(tmp_path / "wmt.xml", WMT_XML.replace(old, new))

        with pytest.raises(InputError, match=complaint):
            load_testset(path)


class TestFolders:
    def test_reads_plain_files_by_their_names(self, tmp_path: Path) -> None:
        """As this project's own test data lie, and what `testset import` writes."""
        write(tmp_path / "set.src.de", *SOURCES)
        write(tmp_path / "set.ref.A.en", *REFERENCES)
        write(tmp_path / "set.hyp.mine.v2.en", *OUTPUTS)
        write(tmp_path / "set.docs", "d1", "d2")

        testset = load_testset(tmp_path)

        assert (testset.sources, testset.reference_names) == (SOURCES, ("A",))
        assert testset.documents == ("d1", "d2")
        assert [each.name for each in testset.systems] == ["mine.v2"]

    def test_reads_files_by_what_they_begin_with(self, tmp_path: Path) -> None:
        """Several sets in one folder."""
        write(tmp_path / "news1.de", *SOURCES)
        write(tmp_path / "news1.en", *REFERENCES)
        write(tmp_path / "news2.de", "Ja.")
        write(tmp_path / "news2.en", "Yes.")

        testset = load_testset(tmp_path / "news1")

        assert (testset.name, testset.sources) == ("news1", SOURCES)
        with pytest.raises(InputError, match=r"2 files are sources: news1\.de"):
            load_testset(tmp_path)

    @pytest.mark.parametrize(
        ("other", "complaint"),
        [
            ("b.src.de", "2 files are sources: a.src.de, b.src.de"),
            ("b.ref.A.en", "are the reference A: a.ref.A.en, b.ref.A.en"),
            ("b.hyp.mine.en", "are the system mine: a.hyp.mine.en, b.hyp.mine.en"),
            ("b.docs", "are the documents' ids: a.docs, b.docs"),
        ],
    )
    def test_refuses_two_sets_as_one(
        self, tmp_path: Path, other: str, complaint: str
    ) -> None:
        """No part of one silently takes the place of the other's."""
        for name in ("a.src.de", "a.ref.A.en", "a.hyp.mine.en", "a.docs", other):
            write(tmp_path / name, *OUTPUTS)

        with pytest.raises(InputError, match=f"{complaint}; name one set by what"):
            load_testset(tmp_path)

    def test_reads_mt_metrics_eval(self, tmp_path: Path) -> None:
        """References that are also scored as systems are left out."""
        folder = tmp_path / "wmt99"
        write(folder / "sources" / "de-en.txt", *SOURCES)
        write(folder / "references" / "de-en.refA.txt", *REFERENCES)
        write(folder / "documents" / "de-en.docs", "news\td1", "news\td2")
        write(folder / "system-outputs" / "de-en" / "mine.txt", *OUTPUTS)
        write(folder / "system-outputs" / "de-en" / "refA.txt", *REFERENCES)

        testset = load_testset(folder)

        assert testset.documents == ("d1", "d2")
        assert [each.name for each in testset.systems] == ["mine"]
        with pytest.raises(InputError, match=r"no references/cs-uk.*there are de-en"):
            load_testset(folder, ("cs", "uk"))

    def test_says_what_names_are_expected(self, tmp_path: Path) -> None:
        """A folder of something else."""
        write(tmp_path / "notes.txt", "x")

        with pytest.raises(InputError, match=r"no file is a reference; names such as"):
            load_testset(tmp_path)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("wmt23", "wmt23 .de-en. is not at hand; .* `satzpaar eval testset get wmt23`"),
        ("nosuch", "no file, folder or test set 'nosuch'"),
    ],
)
def test_names_what_is_missing(
    name: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No network is asked unless `get` says so."""
    monkeypatch.setenv("SATZPAAR_TESTSETS", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match=complaint):
        load_testset(name)


def test_a_plain_file_is_no_test_set(tmp_path: Path) -> None:
    """It holds one text; the message says where that goes."""
    with pytest.raises(InputError, match="take as --reference"):
        load_testset(write(tmp_path / "ref.en", *REFERENCES))
