"""DOCX files that are at fault, and the commands that take them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.docx import read_docx
from satzpaar.alignments.formats import read_bitext
from satzpaar.alignments.matching import list_documents
from satzpaar.alignments.texts import read_text, text_of
from satzpaar.alignments.tmx.validation import validate
from satzpaar.cli.main import main
from satzpaar.translate.errors import InputError
from tests.docx_parts import archive, document, docx, paragraph, run

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.alignments.text import Text


def read(*content: str) -> Text:
    return read_docx(docx(*content), language="de", place="x.docx")


NO_XML = b"<w:document"


def changed(data: bytes, field: int, value: int) -> bytes:
    """Change a number of the archive's directory, at an offset of each entry."""
    changed = bytearray(data)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + field : place + field + 4] = value.to_bytes(4, "little")
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def encrypted() -> bytes:
    """Set the flag that says so; the four bytes hold the method of packing too."""
    return changed(docx(), 8, 1 | zipfile.ZIP_DEFLATED << 16)


def damaged() -> bytes:
    data = archive({"word/document.xml": document(paragraph(run("Rad " * 500)))})
    return data[:80] + bytes([data[80] ^ 0xFF]) + data[81:]


UNPACKED_SIZE = 24  # where an entry of the directory has it
BOMB = changed(docx(), UNPACKED_SIZE, 200_000_001)
LYING_BOMB = changed(docx(paragraph(run("Rad " * 10_000))), UNPACKED_SIZE, 100)


class TestBadInput:
    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            pytest.param(b"", "is empty", id="empty"),
            pytest.param(b"Nur Text.", "is no DOCX file", id="text"),
            pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a password", id="doc"),
            pytest.param(docx()[:-60], "a broken ZIP archive", id="cut off"),
            pytest.param(damaged(), "cannot be unpacked", id="damaged"),
            pytest.param(BOMB, "has 200000001 bytes unpacked", id="bomb"),
            pytest.param(LYING_BOMB, "cannot be unpacked", id="bomb that lies"),
            pytest.param(encrypted(), "is encrypted", id="encrypted"),
            pytest.param(
                archive({"xl/workbook.xml": "<w/>"}), "an Excel workbook", id="xlsx"
            ),
            pytest.param(
                archive({"mimetype": "application/vnd.oasis.opendocument.text"}),
                "an OpenDocument or EPUB file", id="odt",
            ),
            pytest.param(
                archive({"a.txt": "Text"}), "without word/document.xml", id="zip"
            ),
            pytest.param(
                archive({"word/document.xml": "<w/>"}), "is <w>, expected", id="other"
            ),
            pytest.param(
                archive({"word/document.xml": NO_XML}), "not well-formed XML", id="xml"
            ),
            pytest.param(
                archive({"word/document.xml": "<!DOCTYPE x><document/>"}),
                "has a DOCTYPE", id="doctype",
            ),
            pytest.param(
                archive(
                    {
                        "word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]>'
                        "<document>&a;</document>"
                    }
                ),
                "DOCTYPE declares", id="entities",
            ),
            pytest.param(
                docx(
                    paragraph(
                        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("Weg.")
                    )
                ),
                "the field '' does not end", id="field",
            ),
        ],
    )  # fmt: skip
    def test_is_refused_in_one_line(self, data: bytes, complaint: str) -> None:
        """Where and what; nothing of it is read."""
        with pytest.raises(InputError) as caught:
            read_docx(data, language="de", place="x.docx")

        assert str(caught.value).startswith("x.docx")
        assert complaint in str(caught.value)
        assert "\n" not in str(caught.value)


GERMAN = docx(
    paragraph(run("Die Mühle am Bach"), properties='<w:pStyle w:val="berschrift1"/>'),
    paragraph(
        run("Die alte Mühle von Rodenau mahlt seit 1911 kein Korn mehr. Ihr Rad "),
        run("dreht "), run("noch immer", "<w:b/>"),
        run(" im Bach. Am Sonntag kommen 40 Besucher."),
    ),
    paragraph(run("Der Eintritt kostet 3 Euro, und die Kinder zahlen nichts.")),
)  # fmt: skip
ENGLISH = docx(
    paragraph(run("The mill by the stream"), properties='<w:pStyle w:val="Heading1"/>'),
    paragraph(
        run("The old mill of Rodenau has ground no grain since 1911. Its wheel is "),
        run("still", "<w:b/>"), run(" turning there. On Sundays 40 visitors come."),
    ),
    paragraph(run("The admission is 3 euros, and the children do not pay at all.")),
)  # fmt: skip


class TestUse:
    @pytest.fixture
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Stand in a folder with a document in each of two languages."""
        for name, data in (("de", GERMAN), ("en", ENGLISH)):
            (tmp_path / name).mkdir()
            (tmp_path / name / "muehle.docx").write_bytes(data)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def test_is_known_by_suffix_and_by_its_bytes(self, here: Path) -> None:
        """Standard input has no suffix."""
        by_suffix = read_text(here / "de" / "muehle.docx", language="de")

        assert by_suffix.kinds[0] == "heading"
        assert text_of(GERMAN, language="de") == by_suffix

    def test_align_writes_a_valid_tmx_with_codes(self, here: Path) -> None:
        """Bold is bold in both, by one number."""
        names = [f"{language}/muehle.docx" for language in ("de", "en")]

        assert main(["align", *names, "--no-mt", "-q", "-o", "x.tmx"]) == 0

        assert list(validate(here / "x.tmx")) == []
        units = list(read_bitext(here / "x.tmx"))
        assert len(units) == 5
        assert units[2].source.text == "Ihr Rad dreht noch immer im Bach."
        for side in (units[2].source, units[2].target):
            assert [(c.kind, c.number, c.content) for c in side.codes] == [
                ("open", 1, "<b>"),
                ("close", 1, "</b>"),
            ]

    def test_align_reads_it_beside_markdown(self, here: Path) -> None:
        """The codes of the two are of one kind."""
        (here / "mill.md").write_text(
            "# The mill by the stream\n\nThe old mill of Rodenau has ground no grain "
            "since 1911. Its wheel is **still** turning there. On Sundays 40 visitors "
            "come.\n\nThe admission is 3 euros, and the children do not pay at all.\n"
        )

        arguments = ["de/muehle.docx", "mill.md", "--no-mt", "-q", "-o", "x.tmx"]
        assert main(["align", *arguments]) == 0

        codes = [u.source.codes + u.target.codes for u in read_bitext(here / "x.tmx")]
        assert [(c.number, c.content) for c in codes[2]] == [
            (1, "<b>"), (1, "</b>"), (1, "**"), (1, "**"),
        ]  # fmt: skip

    def test_a_file_at_fault_is_named(
        self, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """And no output is begun."""
        (here / "x.docx").write_bytes(archive({"xl/workbook.xml": "<w/>"}))

        arguments = ["x.docx", "en/muehle.docx", "--no-mt", "-o", "x.tmx"]
        assert main(["align", *arguments]) == 1

        assert "x.docx: an Excel workbook, expected DOCX" in capsys.readouterr().err
        assert not (here / "x.tmx").exists()

    def test_a_corpus_takes_it(self, here: Path) -> None:
        """Paired by name, also with another format."""
        (here / "de" / "muehle.docx").rename(here / "de" / "muehle.de.docx")

        assert list(list_documents(here / "de", "de")) == ["muehle"]
        assert main([
            "corpus", "de", "en", "-o", "c.tmx", "--no-mt", "-j", "1", "-q",
            "--no-filter", "all",
        ]) == 0  # fmt: skip
        assert len(list(read_bitext(here / "c.tmx"))) == 5
