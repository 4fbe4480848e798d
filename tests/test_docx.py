"""DOCX files as texts: what is read, what becomes a code, and what is refused."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.codes import joined_codes
from satzpaar.alignments.docx import read_docx
from satzpaar.alignments.formats import read_bitext
from satzpaar.alignments.matching import list_documents
from satzpaar.alignments.texts import read_text, text_of
from satzpaar.alignments.tmx.validation import validate
from satzpaar.cli.main import main
from satzpaar.translate.errors import InputError
from tests.docx_parts import archive, document, docx, field, paragraph, run, with_parts

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.alignments.text import Text


def read(*content: str) -> Text:
    return read_docx(docx(*content), language="de", place="x.docx")


def texts(*content: str) -> list[str]:
    return [segment.text for segment in read(*content).segments]


def written(*content: str) -> list[str]:
    """Return the segments with their marks written where they stand."""
    found = []
    for segment in read(*content).segments:
        codes, _ = joined_codes([segment], [])
        text = segment.text
        for code in reversed(codes):
            text = text[: code.position] + code.content + text[code.position :]
        found.append(text)
    return found


class TestParagraphs:
    def test_are_cut_into_sentences(self) -> None:
        """By the language's rules; which paragraph each is of stays known."""
        text = read(
            paragraph(run("Am 3. Mai kam Dr. Weiß. Er blieb.")),
            paragraph(),
            paragraph(run("* * *")),
            paragraph(run("Dann ging er.")),
        )

        assert [s.text for s in text.segments] == [
            "Am 3. Mai kam Dr. Weiß.",
            "Er blieb.",
            "Dann ging er.",
        ]
        assert text.paragraphs == (0, 0, 1)

    @pytest.mark.parametrize(
        ("properties", "kind"),
        [
            ("", "paragraph"),
            ('<w:pStyle w:val="berschrift1"/>', "heading"),
            ('<w:pStyle w:val="Kapitel"/>', "heading"),
            ('<w:pStyle w:val="Ebene"/>', "heading"),
            ('<w:outlineLvl w:val="0"/>', "heading"),
            ('<w:pStyle w:val="Heading2"/>', "heading"),
            ('<w:pStyle w:val="Inhalt"/>', "paragraph"),
            ('<w:pStyle w:val="berschrift1"/><w:outlineLvl w:val="9"/>', "paragraph"),
            ('<w:pStyle w:val="Ring"/>', "paragraph"),
            ('<w:pStyle w:val="Punkt"/>', "item"),
            ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>', "item"),
            (
                '<w:pStyle w:val="Punkt"/><w:numPr><w:numId w:val="0"/></w:numPr>',
                "paragraph",
            ),
        ],
    )
    def test_have_the_kind_that_their_style_says(
        self, properties: str, kind: str
    ) -> None:
        """Ids are of the user's language; names, levels and bases tell."""
        assert read(paragraph(run("Der Bach"), properties=properties)).kinds == (kind,)

    def test_tables_are_read_cell_by_cell(self) -> None:
        """Also a table in a cell; what comes after is none."""
        inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('innen'))}</w:tc></w:tr></w:tbl>"
        table = (
            f"<w:tbl><w:tr><w:tc>{paragraph(run('links'))}</w:tc>"
            f"<w:tc>{inner}{paragraph(run('rechts'))}</w:tc></w:tr></w:tbl>"
        )

        text = read(table, paragraph(run("Danach.")))

        assert [s.text for s in text.segments] == [
            "links",
            "innen",
            "rechts",
            "Danach.",
        ]
        assert text.kinds == ("cell", "cell", "cell", "paragraph")

    def test_text_boxes_come_after_what_they_hang_on_and_once(self) -> None:
        """Word writes them twice, the second time for old programs."""
        box = f"<w:txbxContent>{paragraph(run('Im Kasten.'))}</w:txbxContent>"
        both = (
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )

        assert texts(paragraph(run("Davor, "), both, run("danach."))) == [
            "Davor, danach.",
            "Im Kasten.",
        ]

    def test_an_empty_document_is_an_empty_text(self) -> None:
        """What to make of that is the caller's."""
        assert len(read(paragraph())) == 0


class TestText:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            pytest.param(
                run("Das ") + "<w:del>" + run("alte ") + "</w:del><w:ins>"
                + run("neue ") + "</w:ins>" + run("Rad."),
                "Das neue Rad.", id="tracked changes",
            ),
            pytest.param(
                "<w:moveFrom>" + run("Weg. ") + "</w:moveFrom><w:moveTo>" + run("Hin.")
                + "</w:moveTo>",
                "Hin.", id="moved",
            ),
            pytest.param(
                run("Das ") + run("geheime ", "<w:vanish/>") + run("Rad."),
                "Das Rad.", id="hidden",
            ),
            pytest.param(
                run("Das ") + run("geheime ", '<w:rStyle w:val="Geheim"/>')
                + run("Rad.", '<w:rStyle w:val="Geheim"/><w:vanish w:val="0"/>'),
                "Das Rad.", id="hidden by a style",
            ),
            pytest.param(
                "<w:r><w:t>Das</w:t><w:br/><w:t>alte</w:t><w:tab/><w:t>Rad.</w:t></w:r>",
                "Das alte Rad.", id="breaks and tabs",
            ),
            pytest.param(
                "<w:r><w:t>S</w:t><w:noBreakHyphen/><w:t>Bahn</w:t><w:softHyphen/>"
                "<w:t>hof</w:t></w:r>",
                "S\u2011Bahnhof", id="hyphens",
            ),
            pytest.param(
                "<w:r><w:t> Das </w:t></w:r>" + run(" Rad."), "Das Rad.", id="space",
            ),
        ],
    )  # fmt: skip
    def test_is_what_a_reader_sees(self, content: str, expected: str) -> None:
        """With all changes accepted."""
        assert texts(paragraph(content)) == [expected]

    def test_tab_stops_of_a_paragraph_are_no_tabs(self) -> None:
        """They have the same name."""
        stops = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'

        assert texts(paragraph(run("Rad"), run("haus"), properties=stops)) == [
            "Radhaus"
        ]

    def test_a_deleted_end_joins_two_paragraphs(self) -> None:
        """A tracked change may delete the break alone."""
        deleted = '<w:rPr><w:del w:id="1"/></w:rPr>'

        assert texts(
            paragraph(run("Das Rad "), properties=deleted),
            paragraph(run("dreht sich.")),
        ) == ["Das Rad dreht sich."]


class TestMarks:
    def test_are_written_as_html_would_be(self) -> None:
        """So that they find their counterparts in HTML and Markdown."""
        assert written(
            paragraph(
                run("Das "), run("alte", "<w:b/>"), run(" "), run("Rad", "<w:i/>"),
                run(" "), run("dreht", '<w:u w:val="single"/>'), run(" "),
                run("sich", "<w:strike/>"), run(" m"),
                run("2", '<w:vertAlign w:val="superscript"/>'), run(" H"),
                run("2", '<w:vertAlign w:val="subscript"/>'), run("O "),
                run("sehr", '<w:rStyle w:val="Stark"/>'), run(" "),
                run("gut", '<w:rStyle w:val="Stark"/><w:b w:val="false"/>'), run("."),
            )
        ) == [
            ("Das <b>alte</b> <i>Rad</i> <u>dreht</u> <s>sich</s> m<sup>2</sup> "
             "H<sub>2</sub>O <b>sehr</b> gut.")
        ]  # fmt: skip

    def test_do_not_tell_how_word_split_its_runs(self) -> None:
        """Spelling and saving cut runs anywhere; spaces are formatted by chance."""
        assert written(
            paragraph(
                run("Das "), run("al", "<w:b/>"), "<w:proofErr/>",
                run("te", '<w:b/><w:lang w:val="de-DE"/>'), run(" "),
                run("Rad ", "<w:b/>"), run("dreht sich."),
            )
        ) == ["Das <b>alte Rad</b> dreht sich."]  # fmt: skip

    def test_nest(self) -> None:
        """What goes on longest is outermost; what would cross is split."""
        assert written(
            paragraph(
                run("A "), run("b ", "<w:i/>"), run("c ", "<w:b/><w:i/>"),
                run("d", "<w:b/>"), run(" e."),
            )
        ) == ["A <i>b <b>c</b></i> <b>d</b> e."]  # fmt: skip

    def test_over_the_end_of_a_sentence_become_two(self) -> None:
        """One is closed by nothing, the other opened by nothing."""
        text = read(paragraph(run("Das Rad "), run("ruht. Das Korn", "<w:b/>"),
                              run(" liegt da.")))  # fmt: skip

        first, second = text.segments
        assert [s.text for s in text.segments] == [
            "Das Rad ruht.",
            "Das Korn liegt da.",
        ]
        assert [(m.opening, m.closing) for m in first.marks] == [("<b>", "")]
        assert [(m.opening, m.closing) for m in second.marks] == [("", "</b>")]

    @pytest.mark.parametrize(
        ("link", "address"),
        [
            (
                '<w:hyperlink r:id="r2">{}</w:hyperlink>',
                "https://example.org/?a=1&amp;b=2",
            ),
            ('<w:hyperlink w:anchor="unten">{}</w:hyperlink>', "#unten"),
            (
                field(' HYPERLINK "https://example.org/" ', "{}"),
                "https://example.org/",
            ),
        ],
    )
    def test_links_have_their_address(self, link: str, address: str) -> None:
        """By a relation, a bookmark or a field; nobody means their underline."""
        linked = link.format(run("die ", '<w:u w:val="single"/>') + run("Mühle"))

        assert written(paragraph(run("Siehe "), linked, run(" hier."))) == [
            f'Siehe <a href="{address}">die Mühle</a> hier.'
        ]

    def test_of_notes_and_headers_come_last(self) -> None:
        """As where the document is translated; a note's links are the note's own."""
        data = with_parts(
            paragraph(run("Das Rad ruht.")),
            footer=paragraph(run("Seite")),
            footnotes=paragraph(run("Seit "), field(' HYPERLINK "a.de" ', run("1911"))),
        )

        text = read_docx(data, language="de")

        assert [s.text for s in text.segments] == [
            "Das Rad ruht.",
            "Seit 1911",
            "Seite",
        ]
        assert text.paragraphs == (0, 1, 2)
        assert text.segments[1].marks[0].opening == '<a href="a.de">'

    def test_images_notes_and_formulas_stand_alone(self) -> None:
        """They have no text of their sentence; they part no formatting."""
        assert written(
            paragraph(
                run("Das ", "<w:b/>"), "<w:r><w:drawing/></w:r>", run("Rad", "<w:b/>"),
                '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" hat "),
                "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", run(" Meter."),
            )
        ) == ["<b>Das <img>Rad</b><footnote> hat <math> Meter."]  # fmt: skip

    def test_fields_show_what_they_give(self) -> None:
        """Their instructions are no text; without a result they stand alone."""
        simple = '<w:fldSimple w:instr=" REF bild \\h ">' + run("3") + "</w:fldSimple>"
        silent = field(' XE "Rad" ')
        parts = run("Bild "), simple, run(" zeigt ein Rad"), silent, run(" hier.")

        assert written(paragraph(*parts)) == [
            'Bild <field type="REF">3</field> zeigt ein Rad<field type="XE"> hier.'
        ]

    def test_a_field_may_go_over_paragraphs(self) -> None:
        """A table of contents does; its entries are read, without codes."""
        begin, end = field(r' TOC \o "1-3" ', "|").split("|")

        assert written(
            paragraph(begin, run("Die Mühle")), paragraph(run("Das Korn"), end)
        ) == ["Die Mühle", "Das Korn"]


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
