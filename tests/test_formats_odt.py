"""ODT files that are translated: what is text, what is kept, what comes out."""

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

from satzpaar.alignments.texts import text_of
from satzpaar.cli.main import main
from satzpaar.translate.document import Segment
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats import odt as format_odt
from satzpaar.translate.markup import project_marks
from satzpaar.translate.segmentation import segment_spans
from tests.docx_parts import archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from satzpaar.translate.formats.archive import ArchiveDocument

NAMES = " ".join(
    f'xmlns:{prefix}="urn:{prefix}"'
    for prefix in ("office", "text", "table", "draw", "xlink", "fo", "style")
)
MIMETYPE = "application/vnd.oasis.opendocument.text"


def odt(*content: str, styles: str = "") -> bytes:
    """Return an ODT file with this in its body."""
    body = f"<office:text>{''.join(content)}</office:text>"
    return archive(
        {
            "mimetype": MIMETYPE,
            "content.xml": f"<office:document-content {NAMES}>{body}"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {NAMES}>{styles}"
            "</office:document-styles>",
        }
    )


def p(*content: str) -> str:
    return f'<text:p text:style-name="P1">{"".join(content)}</text:p>'


def span(*content: str) -> str:
    return f'<text:span text:style-name="T1">{"".join(content)}</text:span>'


def link(*content: str) -> str:
    return f'<text:a xlink:href="https://example.org/">{"".join(content)}</text:a>'


def note(*content: str) -> str:
    return (
        '<text:note text:id="n1"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{''.join(content)}</text:note-body></text:note>"
    )


def read(data: bytes) -> ArchiveDocument:
    return format_odt.read(data, partial(segment_spans, language="de"), place="x.odt")


def write(
    data: bytes, change: Callable[[Segment], Segment], language: str | None = None
) -> bytes:
    document = read(data)
    changed = [change(segment) for segment in document.segments()]
    return b"".join(format_odt.write(document, changed, target_language=language))


def shouted(segment: Segment) -> Segment:
    """Stand in for a translation: the same words, in capitals."""
    return replace(segment, text=segment.text.upper())


def turned(segment: Segment) -> Segment:
    """Stand in for a translation with its words in another order."""
    return project_marks(segment, " ".join(reversed(segment.text.upper().split())))


def member(data: bytes, name: str = "content.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def with_member(data: bytes, name: str, text: str) -> bytes:
    """Return an archive with one more member."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as packed:
        packed.writestr(name, text)
    return buffer.getvalue()


def body(data: bytes) -> str:
    found = re.search(r"<office:text>(.*)</office:text>", member(data), re.DOTALL)
    assert found is not None
    return found[1]


PICTURE = '<draw:frame draw:name="x"><draw:image xlink:href="a.png"/></draw:frame>'
BREAK, TAB, BLANKS = "<text:line-break/>", "<text:tab/>", '<text:s text:c="3"/>'
PAGE = "<text:page-number>3</text:page-number>"
BOOKMARK = '<text:bookmark text:name="x"/>'


class TestSegments:
    def test_are_of_paragraphs_headings_items_and_cells(self) -> None:
        """In the order of the text."""
        data = odt(
            '<text:h text:outline-level="1">Die Mühle</text:h>',
            p("Sie mahlt. Ihr ", span("Rad"), " ruht."),
            f"<text:list><text:list-item>{p('Brot')}</text:list-item></text:list>",
            f"<table:table-cell>{p('Jahr')}</table:table-cell>",
        )

        blocks = list(read(data).blocks())

        assert [(block.kind, block.line) for block in blocks] == [
            ("heading", 1), ("paragraph", 2), ("item", 3), ("cell", 4),
        ]  # fmt: skip
        texts = [segment.text for block in blocks for segment in block.segments]
        assert texts == ["Die Mühle", "Sie mahlt.", "Ihr Rad ruht.", "Brot", "Jahr"]

    @pytest.mark.parametrize("around", ["{}", "Das {} ruht."])
    def test_are_what_pictures_say(self, around: str) -> None:
        """As in a page."""
        frame = (
            '<draw:frame draw:name="Rad" xmlns:svg="urn:svg"><draw:image/>'
            "<svg:title>{}</svg:title><svg:desc>{}</svg:desc></draw:frame>"
        )
        picture = frame.format("Das Rad", "Ein &lt;Rad&gt;. Es ruht.")
        data = odt(p(around.format(picture)))

        made = body(write(data, shouted))

        said = frame.format("DAS RAD", "EIN &lt;RAD&gt;. ES RUHT.")
        assert made == p(around.upper().format(said))

    @pytest.mark.parametrize("between", [BREAK, TAB])
    def test_end_at_breaks_and_tabs(self, between: str) -> None:
        """An address, a price behind a label: two texts."""
        data = odt(p("Eintritt", between, "3 Euro"))

        assert body(write(data, shouted)) == p("EINTRITT", between, "3 EURO")
        assert len(list(read(data).segments())) == 2

    def test_notes_and_frames_do_not_cut_the_sentence_they_hang_on(self) -> None:
        """Their paragraphs come after the others, and go back to their places."""
        frame = "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"
        data = odt(p("Das Rad", note(p("Im ", span("Jahr"), " 1911.")), " ruht.",
                     frame.format(p("Kasten"))))  # fmt: skip

        texts = [segment.text for segment in read(data).segments()]

        assert texts == ["Das Rad ruht.", "Im Jahr 1911.", "Kasten"]
        assert body(write(data, shouted)) == p(
            "DAS RAD", note(p("IM ", span("JAHR"), " 1911.")), " RUHT.",
            frame.format(p("KASTEN")),
        )  # fmt: skip

    def test_headers_and_footers_are_in_the_styles(self) -> None:
        """Of the pages, as ODT has it."""
        data = odt(p("Rad"), styles=f"<style:footer>{p('Seite ', PAGE)}</style:footer>")

        made = write(data, shouted)

        assert p("SEITE ", PAGE) in member(made, "styles.xml")


class TestMarks:
    def test_go_along_with_their_words(self) -> None:
        """Spans look otherwise, links lead somewhere."""
        data = odt(p("Das ", span("rote"), " Rad steht ", link("still"), "."))

        made = body(write(data, turned))

        assert made == p(link("STILL"), ". STEHT RAD ", span("ROTE"), " DAS")

    def test_fields_show_what_they_show(self) -> None:
        """The number of a page is no text."""
        (segment,) = read(odt(p("Auf Seite ", PAGE, " steht es."))).segments()

        assert segment.text == "Auf Seite 3 steht es."
        assert [mark.verbatim for mark in segment.marks] == [True]

    def test_blanks_are_blanks(self) -> None:
        """However many; and a line end in the file is one."""
        (segment,) = read(odt(p("Das", BLANKS, "Rad\n ruht."))).segments()

        assert segment == Segment("Das Rad ruht.")


class TestRest:
    def test_is_as_it_was(self) -> None:
        """What was deleted, comments, pictures; and all, if no word is changed."""
        deleted = f"<text:tracked-changes>{p('alt')}</text:tracked-changes>"
        comment = f"<office:annotation>{p('Warum das?')}</office:annotation>"
        words = p("Das ", BOOKMARK, span("Rad"), BLANKS, comment)
        data = odt(deleted, p(PICTURE), words)

        assert body(write(data, lambda segment: segment)) == body(data)
        assert deleted in body(write(data, shouted))
        assert comment in body(write(data, shouted))
        assert [segment.text for segment in read(data).segments()] == ["Das Rad"]
        made = zipfile.ZipFile(io.BytesIO(write(data, shouted)))
        assert made.namelist()[0] == "mimetype"

    def test_the_title_in_the_properties_is_text(self) -> None:
        """What the window shows; who wrote it stays."""
        meta = (
            '<office:document-meta xmlns:office="urn:o" xmlns:dc="urn:dc"><dc:title>{}'
            "</dc:title><dc:creator>Eva Rad</dc:creator><dc:language>{}</dc:language>"
            "</office:document-meta>"
        )
        data = with_member(odt(p("Rad")), "meta.xml", meta.format("Das Rad", "de-DE"))

        made = write(data, shouted, "en")

        assert member(made, "meta.xml") == meta.format("DAS RAD", "en")
        assert [block.kind for block in read(data).blocks()][-1] == "metadata"

    def test_the_language_of_the_styles_is_that_of_the_translation(self) -> None:
        """Else every word is underlined."""
        styles = '<style:x fo:language="{}" fo:country="{}"/>'
        german, french = styles.format("de", "AT"), styles.format("fr", "FR")

        made = write(odt(p("Rad"), styles=german + french), shouted, "en")

        assert styles.format("en", "US") + french in member(made, "styles.xml")


TEXTS = st.sampled_from(
    ["Das Rad", " ruht. ", "Am ", "Bach", " ", ".", "Da. Es ", "\n"]
)
ALONE = st.sampled_from([BREAK, TAB, BLANKS, PAGE, PICTURE, BOOKMARK, "<text:span/>"])
PIECES = st.recursive(
    TEXTS | ALONE,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda some: span(*some))
        | st.lists(inner, max_size=3).map(lambda some: link(*some))
        | st.lists(inner, max_size=2).map(lambda some: note(p(*some)))
    ),
    max_leaves=8,
)
KEPT = ("<text:span", "<text:a ", "<text:note ", "<draw:image", BREAK, TAB, BOOKMARK)


@given(st.lists(st.lists(PIECES, max_size=6), min_size=1, max_size=2))
def test_whatever_is_written_comes_out_whole(content: list[list[str]]) -> None:
    """Well-formed, with every link, note and picture, and every word."""
    data = odt(*(p(*pieces) for pieces in content))

    same = write(data, shouted)
    other = write(data, turned)

    for made in (same, other):
        for kept in KEPT:
            assert member(made).count(kept) == member(data).count(kept)
    assert words_of(same) == words_of(data)


def test_a_link_over_a_space_at_a_cut_does_not_cross_what_it_stands_in() -> None:
    """It opens and closes on one side of what is cut at the sentence around it."""
    blank = span(" ruht. ", span(link("\n"), "Das Rad"))
    data = odt(p(blank, "Das Rad"))

    made = write(data, shouted)

    assert words_of(made) == words_of(data)
    assert member(made).count("<text:a ") == 1


def words_of(data: bytes) -> list[str]:
    return " ".join(each.text.lower() for each in read(data).segments()).split()


class TestCommand:
    @pytest.fixture
    def article(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return a document with a marked word, in the current folder."""
        monkeypatch.chdir(tmp_path)
        path = tmp_path / "artikel.odt"
        path.write_bytes(odt(p("Das Haus ist ", span("groß"), ".")))
        return path

    def test_translates_a_file(self, article: Path) -> None:
        """By its suffix, with the bundled model."""
        assert main(["translate", "-q", article.name, "-o", "article.odt"]) == 0

        made = body(article.with_name("article.odt").read_bytes())
        assert re.fullmatch(p("The house is ", span(r"\w+"), r"\."), made)

    def test_is_read_for_alignment_too(self, article: Path) -> None:
        """As every format that is translated."""
        text = text_of(article.read_bytes(), language="de", format="odt")

        assert [segment.text for segment in text.segments] == ["Das Haus ist groß."]

    def test_stays_odt(self, article: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """One format does not become another."""
        assert main(["translate", article.name, "-o", "a.docx"]) == 2

        assert (
            "a.docx: artikel.odt stays ODT; a name with .odt" in capfd.readouterr().err
        )


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "is empty"),
        (b"Text", "is no ODT file, expected a ZIP archive with content.xml"),
        (archive({"a": "b"}), "a ZIP archive without content.xml"),
        (
            archive({"mimetype": "application/epub+zip", "content.xml": "<x/>"}),
            r"is application/epub\+zip, expected ODT",
        ),
        (archive({"content.xml": "<x"}), "not well-formed XML"),
        (archive({"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "DOCTYPE"),
    ],
)
def test_other_files_are_refused_in_one_line(data: bytes, complaint: str) -> None:
    """Where and what; nothing of it is read."""
    with pytest.raises(InputError, match=complaint) as caught:
        read(data)

    assert "\n" not in str(caught.value)
