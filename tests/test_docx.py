"""DOCX files as texts: what is read, what becomes a code, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.codes import joined_codes
from satzpaar.alignments.docx import read_docx
from tests.docx_parts import docx, field, paragraph, run, with_parts

if TYPE_CHECKING:
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
