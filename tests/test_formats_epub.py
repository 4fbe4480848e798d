"""EPUB files that are translated: what is text, what is kept, what comes out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.texts import text_of
from satzpaar.cli.main import main
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats import epub as format_epub
from satzpaar.translate.segmentation import segment_spans
from tests.docx_parts import archive
from tests.test_formats_odt import shouted, turned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from satzpaar.translate.document import Segment
    from satzpaar.translate.formats.archive import ArchiveDocument

MIMETYPE = "application/epub+zip"
XHTML = "application/xhtml+xml"
CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/book.opf"
  media-type="application/oebps-package+xml"/></rootfiles></container>"""
NCX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN"
  "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" xml:lang="de"><navMap>
<navPoint id="n1"><navLabel><text>Das Rad</text></navLabel>
<content src="text/eins.xhtml"/></navPoint></navMap></ncx>"""


def package(*more: str, order: tuple[str, ...] = ("eins", "zwei")) -> str:
    """Return a package whose pages stand in the manifest in another order."""
    return f"""<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xml:lang="de">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Die Mühle</dc:title><dc:creator>Martha Feld</dc:creator>
<dc:language>de-DE</dc:language><dc:language>fr</dc:language>{"".join(more)}</metadata>
<manifest>
<item id="zwei" href="text/zwei%20a.xhtml" media-type="{XHTML}"/>
<item id="eins" href="text/eins.xhtml" media-type="{XHTML}"/>
<item id="nav" href="nav.xhtml" media-type="{XHTML}" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="bild" href="bild.jpg" media-type="image/jpeg"/>
</manifest>
<spine toc="ncx">{"".join(f'<itemref idref="{one}"/>' for one in order)}</spine>
</package>"""


def page(*content: str) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html '
        f'xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><head><title/></head>'
        f"<body>{''.join(content)}</body></html>"
    )


def epub(one: str = "", two: str = "", **changed: str) -> bytes:
    """Return a book of two pages with this in their bodies.

    Keywords are other parts: ``opf``, ``ncx``, ``nav``, ``mimetype``, ``encryption``.
    """
    parts: dict[str, str | bytes] = {
        "mimetype": changed.get("mimetype", MIMETYPE),
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": changed.get("opf", package()),
        "OEBPS/toc.ncx": changed.get("ncx", NCX),
        "OEBPS/nav.xhtml": page(
            changed.get("nav", "<nav><ol><li><a>Das Rad</a></li></ol></nav>")
        ),
        "OEBPS/text/zwei a.xhtml": page(two),
        "OEBPS/text/eins.xhtml": page(one),
        "OEBPS/bild.jpg": "kein Bild",
    }
    if "encryption" in changed:
        parts["META-INF/encryption.xml"] = changed["encryption"]
    return archive(parts)


def read(data: bytes) -> ArchiveDocument:
    return format_epub.read(data, partial(segment_spans, language="de"), place="x.epub")


def texts(data: bytes) -> list[str]:
    return [segment.text for segment in read(data).segments()]


def write(
    data: bytes, change: Callable[[Segment], Segment], language: str | None = None
) -> bytes:
    document = read(data)
    changed = [change(segment) for segment in document.segments()]
    return b"".join(format_epub.write(document, changed, target_language=language))


def member(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(f"OEBPS/{name}").decode()


class TestSegments:
    def test_come_in_the_order_in_which_the_book_is_read(self) -> None:
        """Pages, then both tables of contents and what the shelf says."""
        data = epub("<h1>Das Rad</h1><p>Es ruht. Es knarrt.</p>", "<p>Ende gut.</p>")

        blocks = list(read(data).blocks())

        assert [segment.text for block in blocks for segment in block.segments] == [
            "Das Rad", "Es ruht.", "Es knarrt.", "Ende gut.",
            "Das Rad", "Das Rad", "Die Mühle",
        ]  # fmt: skip
        assert [(block.kind, block.line) for block in blocks] == [
            ("heading", 1), ("paragraph", 2), ("paragraph", 3),
            ("metadata", 4), ("metadata", 5), ("metadata", 6),
        ]  # fmt: skip

    def test_are_of_pages_that_nobody_leafs_to_as_well(self) -> None:
        """What only a link leads to, such as notes."""
        data = epub("<p>Eins.</p>", "<p>Zwei.</p>", opf=package(order=("eins",)))

        assert texts(data)[:2] == ["Eins.", "Zwei."]

    def test_of_the_package_are_title_and_description(self) -> None:
        """Not who wrote it; and not HTML that is written as text."""
        description = "<dc:description>{}</dc:description>"
        plain = package(description.format("Ein Roman &amp; mehr."))
        marked = package(description.format("&lt;p&gt;Ein Roman.&lt;/p&gt;"))

        assert texts(epub(opf=plain))[-2:] == ["Die Mühle", "Ein Roman & mehr."]
        assert texts(epub(opf=marked))[-1] == "Die Mühle"
        assert "Ein Roman.&lt;/p&gt;" in member(
            write(epub(opf=marked), shouted), "book.opf"
        )

    def test_of_other_languages_stay(self) -> None:
        """Books say so by xml:lang; what only looks like it is text."""
        plain = "<dc:description>Das xml:lang=&quot;de&quot; ist alt.</dc:description>"
        data = epub(
            '<p>Er sagt <i xml:lang="fr">bonjour monsieur</i>.</p>', opf=package(plain)
        )

        made = write(data, shouted, "en")

        assert ">bonjour monsieur</i>" in member(made, "text/eins.xhtml")
        assert 'DAS XML:LANG="DE" IST ALT.' in member(made, "book.opf")

    @pytest.mark.parametrize("kind", ["text/html", XHTML])
    def test_are_of_pages_by_whatever_name(self, kind: str) -> None:
        """Old books call them HTML; macOS packs names with their accents apart."""
        opf = package().replace("text/eins.xhtml", "text/M%C3%BChle.xhtml")
        parts = {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": opf.replace(XHTML, kind).replace('idref="zwei"', ""),
            "OEBPS/text/Mu\u0308hle.xhtml": page("<p>Das Rad ruht.</p>"),
        }

        assert texts(archive({**parts}))[0] == "Das Rad ruht."

    @pytest.mark.parametrize(
        "empty", ['<a id="s7"/>', "<svg/>", "<code/>", '<span class="x"/>']
    )
    def test_go_on_behind_an_element_without_content(self, empty: str) -> None:
        """As XHTML writes it; HTML would wait for the end."""
        data = epub(f"<p>Das {empty}Rad ruht.</p><p>Es <svg></svg> knarrt.</p>")

        assert texts(data)[:2] == ["Das Rad ruht.", "Es knarrt."]
        assert empty in member(write(data, shouted), "text/eins.xhtml")


class TestWritten:
    def test_is_each_text_in_its_place(self) -> None:
        """Marks go along with their words; characters have their names."""
        data = epub("<p>Das <i>rote</i> Rad &amp; er.</p>", '<p><img alt="„Rad“"/></p>')

        made = write(data, turned)

        assert "<p>ER. &amp; RAD <i>ROTE</i> DAS</p>" in member(made, "text/eins.xhtml")
        assert 'alt="„RAD“"' in member(made, "text/zwei a.xhtml")
        assert "<text>RAD DAS</text>" in member(made, "toc.ncx")
        assert "<li><a>RAD DAS</a></li>" in member(made, "nav.xhtml")
        assert "<dc:title>MÜHLE DIE</dc:title>" in member(made, "book.opf")

    def test_of_a_tag_stands_in_its_quotes(self) -> None:
        """In pages and in the table of contents, within a sentence and alone."""
        tags = "<p>Das <img alt='\"Rad\" &amp;'/> <a title='\"x\"'>da</a>.</p>"
        nav = "<nav title='\"Mühle\"'><a title='\"Rad\"'>Das Rad</a></nav>"

        made = write(epub(tags, nav=nav), shouted)

        quoted = (
            'DAS <img alt="&quot;RAD&quot; &amp;"/> <a title="&quot;X&quot;">DA</a>'
        )
        assert quoted in member(made, "text/eins.xhtml")
        assert '<nav title="&quot;MÜHLE&quot;"><a title="&quot;RAD&quot;">' in (
            member(made, "nav.xhtml")
        )

    def test_of_a_tag_is_counted_with_its_paragraph(self) -> None:
        """What a warning about it names."""
        book = read(epub("<p>Eins.</p><p>Das <img alt='Rad'/> da.</p>"))

        assert [block.line for block in book.blocks()][:3] == [1, 2, 2]

    def test_is_the_same_book_if_no_word_is_changed(self) -> None:
        """Part by part; the media type comes first and unpacked, as readers want."""
        data = epub("<p>Das&nbsp;Rad</p>", "<p>ruht<br/>nie</p>")

        before, after = (
            zipfile.ZipFile(io.BytesIO(each)) for each in (data, write(data, str_same))
        )

        assert after.namelist() == before.namelist()
        assert after.namelist()[0] == "mimetype"
        assert all(before.read(name) == after.read(name) for name in before.namelist())
        for one, other in zip(before.infolist(), after.infolist(), strict=True):
            assert one.compress_type == other.compress_type

    def test_is_refused_if_it_were_broken(self) -> None:
        """A page that no reader could show would be a mistake of ours."""
        data = epub("<p>Das <i>Rad</i> ruht</p>")

        def broken(segment: Segment) -> Segment:
            marks = tuple(replace(mark, closing="") for mark in segment.marks)
            return replace(segment, marks=marks)

        with pytest.raises(InputError, match=r"eins.xhtml:\d+: not well-formed XML"):
            write(data, broken)

    def test_names_the_language_of_the_translation(self) -> None:
        """Readers hyphenate and speak by it; French stays French."""
        made = write(epub("<p>Rad</p>"), shouted, "en")

        assert "<dc:language>en</dc:language><dc:language>fr" in member(
            made, "book.opf"
        )
        for name in ("book.opf", "toc.ncx", "text/eins.xhtml"):
            assert 'xml:lang="en"' in member(made, name)


def str_same(segment: Segment) -> Segment:
    """Stand in for a translation that changes nothing."""
    return segment


FONT = """<encryption><EncryptedData><CipherData>
<CipherReference URI="{}"/></CipherData></EncryptedData></encryption>"""


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            (b"", "is empty"),
            (
                b"Text",
                "is no EPUB file, expected a ZIP archive with META-INF/container",
            ),
            (archive({"a": "b"}), "a ZIP archive without META-INF/container.xml"),
            (epub(mimetype="application/zip"), "is application/zip, expected EPUB"),
            (
                archive({"META-INF/container.xml": CONTAINER}),
                "META-INF/container.xml names no package in it",
            ),
            (
                epub(opf=package().replace("text/eins", "text/drei")),
                "OEBPS/text/drei.xhtml is named and not in it",
            ),
            (epub(opf="<package"), r"x.epub \(OEBPS/book.opf\):1: not well-formed XML"),
            (epub(ncx='<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "refused"),
            (epub(encryption=FONT.format("OEBPS/text/eins.xhtml")), "copy protection"),
        ],
    )
    def test_is_what_is_no_book_or_nobody_may_read(
        self, data: bytes, complaint: str
    ) -> None:
        """In one line."""
        with pytest.raises(InputError, match=complaint):
            read(data)

    def test_is_no_book_for_its_fonts(self) -> None:
        """Which are often encrypted, and stay as they are."""
        data = epub("<p>Rad</p>", encryption=FONT.format("OEBPS/font.otf"))

        assert texts(data)[0] == "Rad"


class TestCommands:
    def test_translate_writes_a_book(
        self, tmp_path: Path, tiny_folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Named by its suffix; a name for text is refused before anything is done."""
        source, target = tmp_path / "buch.epub", tmp_path / "book.epub"
        source.write_bytes(epub("<p>Der Mann schläft.</p>"))
        options = ["--model", str(tiny_folder), "--once"]

        assert main(["translate", str(source), "-o", str(target), *options]) == 0
        assert "Der Mann schläft" not in member(target.read_bytes(), "text/eins.xhtml")
        assert zipfile.ZipFile(target).testzip() is None

        assert main(["translate", str(source), "-o", str(tmp_path / "x.txt")]) != 0
        assert "stays EPUB; a name with .epub is expected" in capsys.readouterr().err

    def test_align_reads_a_book(self) -> None:
        """The pages' sentences, once each, and which of them are headings."""
        text = text_of(
            epub("<h1>Das Rad</h1><p>Es ruht.</p>"), language="de", format="epub"
        )

        assert [segment.text for segment in text.segments] == ["Das Rad", "Es ruht."]
        assert text.kinds == ("heading", "paragraph")
