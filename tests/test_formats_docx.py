"""DOCX files that are translated: what is text, what is kept, what comes out."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.docx import read_docx
from satzpaar.cli.main import main
from satzpaar.translate.document import Segment
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats import docx as format_docx
from satzpaar.translate.markup import project_marks
from satzpaar.translate.segmentation import segment_spans
from tests.docx_parts import (
    OFFICE,
    RELATIONS,
    WORD,
    archive,
    document,
    docx,
    field,
    paragraph,
    with_parts,
)
from tests.docx_parts import run as styled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from satzpaar.translate.formats.archive import ArchiveDocument

BOLD, RED = "<w:b/>", '<w:color w:val="FF0000"/>'
BREAK, TAB = "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"
PICTURE = '<w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r>'
BOOKMARK = '<w:bookmarkStart w:id="0" w:name="x"/><w:bookmarkEnd w:id="0"/>'


def link(*runs: str) -> str:
    return f'<w:hyperlink r:id="r2">{"".join(runs)}</w:hyperlink>'


def read(data: bytes) -> ArchiveDocument:
    segmenter = partial(segment_spans, language="de")
    return format_docx.read(data, segmenter, place="x.docx")


def write(
    data: bytes, change: Callable[[Segment], Segment], language: str | None = None
) -> bytes:
    document = read(data)
    changed = [change(segment) for segment in document.segments()]
    return b"".join(format_docx.write(document, changed, target_language=language))


def shouted(segment: Segment) -> Segment:
    """Stand in for a translation: the same words, in capitals."""
    return replace(segment, text=segment.text.upper())


def turned(segment: Segment) -> Segment:
    """Stand in for a translation with its words in another order."""
    return project_marks(segment, " ".join(reversed(segment.text.upper().split())))


def member(data: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def body(data: bytes) -> str:
    """Return the paragraphs of a file, without what every one of ours has."""
    inner = re.sub(r".*<w:body>|<w:sectPr/>.*", "", member(data), flags=re.DOTALL)
    return inner.replace(' xml:space="preserve"', "").replace("<w:pPr></w:pPr>", "")


def plain(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def bare(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}<w:t>{text}</w:t></w:r>"


class TestSegments:
    def test_are_those_that_align_reads(self) -> None:
        """One file has one text, whoever reads it."""
        data = docx(
            paragraph(styled("Die Mühle"), properties='<w:pStyle w:val="Kapitel"/>'),
            paragraph(styled("Sie mahlt. Ihr "), styled("Rad", BOLD), styled(" ruht.")),
            f"<w:tbl><w:tr><w:tc>{paragraph(styled('Jahr'))}</w:tc></w:tr></w:tbl>",
            paragraph(styled("Brot"), properties='<w:pStyle w:val="Punkt"/>'),
        )

        blocks = list(read(data).blocks())

        expected = read_docx(data, language="de")
        found = [segment.text for block in blocks for segment in block.segments]
        assert found == [segment.text for segment in expected.segments]
        assert [block.kind for block in blocks] == [
            "heading", "paragraph", "cell", "item",
        ]  # fmt: skip
        assert [block.line for block in blocks] == [1, 2, 3, 4]

    def test_word_splits_runs_where_it_likes(self) -> None:
        """By who typed what when, by spelling and language: no reader sees it."""
        german, swiss = (f'<w:lang w:val="{code}"/>' for code in ("de-DE", "de-CH"))
        data = docx(
            paragraph(
                styled("Die Müh", german), '<w:proofErr w:type="spellStart"/>',
                styled("le am ", swiss), styled("Bach.", "<w:noProof/>"),
            )
        )  # fmt: skip

        (segment,) = read(data).segments()

        assert segment == Segment("Die Mühle am Bach.")
        assert body(write(data, shouted)) == plain(bare("DIE MÜHLE AM BACH."))

    @pytest.mark.parametrize("between", [BREAK, TAB, "<w:r><w:cr/></w:r>"])
    def test_end_at_breaks_and_tabs(self, between: str) -> None:
        """An address, a price behind a label: two texts."""
        data = docx(paragraph(styled("Eintritt"), between, styled("3 Euro")))

        assert [segment.text for segment in read(data).segments()] == [
            "Eintritt",
            "3 Euro",
        ]
        said = plain(bare("EINTRITT"), between, bare("3 EURO"))
        assert body(write(data, shouted)) == said

    @pytest.mark.parametrize("before", ["", "Das "])
    def test_are_what_pictures_say(self, before: str) -> None:
        """As in a page; a name of one is none, and a bookmark has no picture."""
        drawing = (
            '<w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" id="1" name="Bild" '
            "descr={} title={}/></w:drawing></w:r>"
        )
        picture = drawing.format(
            '"Ein &lt;Rad&gt;.&#10;&#10;Es ruht."', "'Das \"Rad\"'"
        )
        mark = '<w:bookmarkStart w:id="0" descr="Rad" w:name="x"/>'
        runs = [styled(before)] if before else []
        data = docx(paragraph(*runs, picture, mark, styled("da") if before else ""))

        made = write(data, shouted)

        said = drawing.format(
            '"EIN &lt;RAD&gt;.&#10;&#10;ES RUHT."', "'DAS &quot;RAD&quot;'"
        )
        assert said in member(made)
        assert mark in member(made)
        assert member(write(data, lambda segment: segment)) == member(data)

    def test_are_in_text_boxes_notes_headers_and_footers(self) -> None:
        """Wherever a reader of the page sees words."""
        box = f"<w:txbxContent>{paragraph(styled('Im Kasten.'))}</w:txbxContent>"
        around = {
            name: paragraph(styled(f"In {name}."))
            for name in ("footnotes", "header", "footer")
        }
        data = with_parts(
            paragraph(styled("Oben."), f"<w:r><w:pict>{box}</w:pict></w:r>"), **around
        )

        texts = [segment.text for segment in read(data).segments()]

        assert texts == [
            "Oben.",
            "Im Kasten.",
            "In footnotes.",
            "In header.",
            "In footer.",
        ]
        assert "IM KASTEN." in member(write(data, shouted))
        assert "IN FOOTER." in member(write(data, shouted), "word/footer.xml")

    def test_are_the_title_in_the_properties(self) -> None:
        """Which many programs show before the file's name."""
        core = (
            '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:title>{}'
            "</dc:title><dc:description>Von Word</dc:description></cp:coreProperties>"
        )
        relation = (
            f'<Relationship Id="c" Type="{RELATIONS}/metadata/core-properties" '
            'Target="docProps/core.xml"/>'
        )
        data = archive(
            {
                "word/document.xml": document(paragraph(styled("Oben."))),
                "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{relation}'
                "</Relationships>",
                "docProps/core.xml": core.format("Die Mühle"),
            }
        )

        texts = [segment.text for segment in read(data).segments()]

        assert texts == ["Oben.", "Die Mühle"]
        made = write(data, shouted)
        assert member(made, "docProps/core.xml") == core.format("DIE MÜHLE")


class TestFormatting:
    def test_goes_along_with_its_words(self) -> None:
        """What looks otherwise than most of the sentence is a mark."""
        data = docx(
            paragraph(styled("Das "), styled("rote", RED), styled(" Rad steht still."))
        )

        assert body(write(data, turned)) == plain(
            bare("STILL. STEHT RAD "), bare("ROTE", RED), bare(" DAS")
        )

    def test_links_keep_their_targets_and_looks(self) -> None:
        """A link is around runs, not in them."""
        data = docx(
            paragraph(
                styled("Mehr hat "),
                link(styled("die ", BOLD), styled("Stadt", BOLD + RED)),
                styled("."),
            )
        )

        assert body(write(data, shouted)) == plain(
            bare("MEHR HAT "),
            link(bare("DIE ", BOLD), bare("STADT", BOLD + RED)),
            bare("."),
        )

    def test_pictures_notes_and_bookmarks_stay(self) -> None:
        """At the words that they stood at."""
        note = '<w:r><w:rPr><w:b/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
        data = docx(
            paragraph(BOOKMARK, styled("Das Rad"), note, styled(" ruht."), PICTURE)
        )

        found = body(write(data, shouted))

        assert found == plain(BOOKMARK, bare("DAS RAD"), note, bare(" RUHT."), PICTURE)

    def test_fields_are_kept_and_links_among_them_translated(self) -> None:
        """A page number is no text, the words of a link are."""
        data = docx(
            paragraph(
                styled("Seite "), field(" PAGE ", styled("3")), styled(" von "),
                field(' HYPERLINK "https://example.org" ', styled("hier")),
            )
        )  # fmt: skip

        (segment,) = read(data).segments()

        assert segment.text == "Seite 3 von hier"
        assert [segment.text[m.start : m.end] for m in segment.marks] == ["3", "hier"]
        assert [mark.verbatim for mark in segment.marks] == [True, False]
        found = write(data, shouted)
        assert read_docx(found, language="de").segments[0].text == "SEITE 3 VON HIER"
        assert member(found).count("fldChar ") == 6

    def test_a_table_of_contents_over_paragraphs_stays_one(self) -> None:
        """Its field begins in the first entry and ends behind the last."""
        begin, separate, end = (
            f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
            for kind in ("begin", "separate", "end")
        )
        start = f"{begin}<w:r><w:instrText> TOC </w:instrText></w:r>{separate}"
        data = docx(
            paragraph(start, styled("Die Mühle")), paragraph(styled("Rad"), end)
        )

        assert body(write(data, shouted)) == (
            plain(start, bare("DIE MÜHLE")) + plain(bare("RAD"), end)
        )


class TestRest:
    def test_is_as_it_was(self) -> None:
        """Members that have no text, properties of the page, what is hidden."""
        hidden = styled("Geheim.", "<w:vanish/>")
        data = docx(paragraph(styled("Rad")), paragraph(hidden), paragraph(PICTURE))

        made = write(data, shouted)

        assert hidden in member(made)
        assert paragraph(PICTURE) in member(made)
        before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, made))
        assert before.namelist() == after.namelist()
        for name in before.namelist():
            if name != "word/document.xml":
                assert before.read(name) == after.read(name)

    def test_a_document_with_its_own_segments_is_the_same(self) -> None:
        """Nothing is lost by reading and writing."""
        data = docx(paragraph(styled("Das "), styled("Rad", BOLD), BOOKMARK))

        assert member(write(data, lambda segment: segment)) == member(data)

    def test_tracked_changes_are_accepted_where_there_are_words(self) -> None:
        """A translation of what was deleted would help nobody."""
        inserted = f"<w:ins w:id='1'>{styled('neue ')}</w:ins>"
        deleted = "<w:del w:id='2'><w:r><w:delText>alte </w:delText></w:r></w:del>"
        data = docx(paragraph(styled("Das "), deleted, inserted, styled("Rad.")))

        assert body(write(data, shouted)) == plain(bare("DAS NEUE RAD."))

    def test_the_language_of_the_styles_is_that_of_the_translation(self) -> None:
        """Else Word underlines every word of it."""
        styles = f'<w:styles xmlns:w="{WORD}"><w:lang w:val="de-AT"/></w:styles>'
        data = docx(paragraph(styled("Rad")))
        parts = zipfile.ZipFile(io.BytesIO(data))
        whole = {name: parts.read(name) for name in parts.namelist()}
        data = archive({**whole, "word/styles.xml": styles})

        made = write(data, shouted, "en")

        assert member(made, "word/styles.xml") == styles.replace("de-AT", "en-US")

    def test_characters_that_xml_lacks_are_left_out(self) -> None:
        """Word would call the file damaged."""
        data = docx(paragraph(styled("Rad")))

        made = write(data, lambda segment: replace(segment, text="a\x02 & <b>"))

        assert body(made) == plain(bare("a &amp; &lt;b&gt;"))


TEXTS = st.sampled_from(["Das Rad", " ruht. ", "Am ", "Bach", " ", ".", "Da. Es "])
LOOKS = st.sampled_from(["", BOLD, RED, BOLD + RED, '<w:lang w:val="de-DE"/>'])
RUNS = st.builds(styled, TEXTS, LOOKS)
ALONE = st.sampled_from([BREAK, TAB, PICTURE, BOOKMARK, styled("x", "<w:vanish/>")])
PIECES = st.recursive(
    RUNS | ALONE,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda runs: link(*runs))
        | st.lists(inner, max_size=2).map(lambda runs: field(" REF x ", "".join(runs)))
        | st.lists(inner, max_size=3).map(
            lambda runs: field(' HYPERLINK "u" ', "".join(runs))
        )
        | st.lists(inner, max_size=3).map(
            lambda runs: (
                "<w:sdt><w:sdtPr/><w:sdtContent>"
                + "".join(runs)
                + "</w:sdtContent></w:sdt>"
            )
        )
    ),
    max_leaves=8,
)
KEPT = ("<w:hyperlink", "<w:sdt>", "<w:drawing", "<w:bookmarkStart", "<w:vanish/>")


@given(st.lists(st.lists(PIECES, max_size=6), min_size=1, max_size=2))
def test_whatever_word_writes_comes_out_whole(content: list[list[str]]) -> None:
    """Well-formed, with every link, field and picture, and every word."""
    data = docx(*(paragraph(*pieces) for pieces in content))

    same = write(data, shouted)
    other = write(data, turned)

    for made in (same, other):
        for kept in (*KEPT, "fldChar ", "<w:br/>", "<w:tab/>"):
            assert member(made).count(kept) == member(data).count(kept)
    assert words_of(same) == words_of(data)


def words_of(data: bytes) -> list[str]:
    segments = read_docx(data, language="de").segments
    return " ".join(segment.text.lower() for segment in segments).split()


class TestCommand:
    @pytest.fixture
    def article(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return a document with a bold word, in the current folder."""
        monkeypatch.chdir(tmp_path)
        path = tmp_path / "artikel.docx"
        path.write_bytes(
            docx(paragraph(styled("Das Haus ist "), styled("groß", BOLD), styled(".")))
        )
        return path

    def test_translates_a_file(self, article: Path) -> None:
        """By its suffix, with the bundled model."""
        assert main(["translate", "-q", article.name, "-o", "article.docx"]) == 0

        text = body(article.with_name("article.docx").read_bytes())
        assert re.fullmatch(
            plain(bare("The house is "), bare(r"\w+", BOLD), bare(r"\.")), text
        )

    def test_takes_those_of_a_folder(self, article: Path) -> None:
        """As any other document."""
        assert main(["translate", "-q", ".", "--output-dir", "en"]) == 0

        assert (article.parent / "en" / "artikel.en.docx").exists()

    @pytest.mark.parametrize(
        ("arguments", "complaint"),
        [
            (["artikel.docx", "-o", "a.txt"], "a.txt: artikel.docx stays DOCX; a name"),
            (["artikel.txt", "-o", "a.docx"], "a.docx: artikel.txt is no DOCX"),
        ],
    )
    def test_does_not_turn_one_format_into_another(
        self,
        arguments: list[str],
        complaint: str,
        article: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """A text file with an archive in it helps nobody."""
        article.with_name("artikel.txt").write_text("Haus", encoding="utf-8")

        assert main(["translate", *arguments]) == 2

        assert complaint in capfd.readouterr().err
        assert not list(article.parent.glob("a.*"))


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"PK\x03\x04", "a broken ZIP archive"),
        (archive({"word/document.xml": "<w/>"}), "is no WordprocessingML"),
        (archive({"xl/workbook.xml": "<w/>"}), "an Excel workbook"),
        (archive({"word/document.xml": b"\xff<"}), "not well-formed XML"),
    ],
)
def test_other_files_are_refused_in_one_line(data: bytes, complaint: str) -> None:
    """As `satzpaar align` refuses them."""
    with pytest.raises(InputError, match=complaint):
        read(data)


def test_a_damaged_picture_is_told_before_anything_is_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is copied, and what cannot be read cannot be."""
    main_part = member(docx(paragraph(styled("Das Haus."))))
    picture = bytes(range(256)) * 40
    data = archive({"word/media/rad.png": picture, "word/document.xml": main_part})
    path = tmp_path / "artikel.docx"
    path.write_bytes(data[:80] + bytes([data[80] ^ 0xFF]) + data[81:])

    status = main(["translate", "-q", str(path), "-o", str(tmp_path / "article.docx")])

    told = capfd.readouterr().err
    assert status == 1
    assert f"{path}: a broken DOCX file: word/media/rad.png cannot be unpacked" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "article.docx").exists()


def test_a_header_that_is_named_twice_is_translated_once() -> None:
    """Sections share them."""
    relation = '<Relationship Id="{}" Type="{}/header" Target="header.xml"/>'
    relations = "".join(relation.format(key, OFFICE) for key in ("a", "b"))
    data = archive(
        {
            "word/document.xml": member(docx(paragraph(styled("Rad")))),
            "word/header.xml": f'<w:hdr xmlns:w="{WORD}">{plain(bare("Kopf"))}</w:hdr>',
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
            ),
        }
    )

    assert [segment.text for segment in read(data).segments()] == ["Rad", "Kopf"]
