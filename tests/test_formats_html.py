"""HTML: the text changes, the page does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from satzpaar.translate.document import Segment
from satzpaar.translate.formats import html
from tests.html_pages import document, segments, sentences, translated, written

SOUP = st.lists(
    st.sampled_from(
        [
            "Satz",
            "eins.",
            " ",
            "\n",
            "\u00a0",
            " | ",
            " » ",
            "<p>",
            "</p>",
            "<P CLASS=x>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<br>",
            "<br/>",
            "<img alt='Ein Bild'>",
            "<a title=x>",
            "</a>",
            "<div>",
            "</div>",
            "<!-- c -->",
            "<!--",
            "-->",
            "<!DOCTYPE html>",
            "<script>",
            "</script>",
            "<style>",
            "</style>",
            "<pre>",
            "</pre>",
            "<code>",
            "</code>",
            "<title>",
            "</title>",
            "&amp;",
            "&ouml;",
            "&copy",
            "&#228;",
            "&",
            "<",
            ">",
            '"',
            "'",
            "<li",
            "<html lang=de>",
            "<span translate=no>",
            "</span>",
            "<svg>",
            "</svg>",
            "<?xml?>",
            "</>",
            "<![CDATA[x]]>",
            "<p lang='en'>",
            "\u00ad",
            "<meta name=description content='Der Text'>",
            "<input type=submit value=Los>",
        ]
    ),
    max_size=25,
).map("".join)


class TestExactness:
    @given(SOUP)
    def test_an_untranslated_page_is_the_source(self, text: str) -> None:
        """Malformed pages too: nothing is repaired."""
        found = document(text)

        assert written(found, found.segments()).decode() == text

    @given(st.text(max_size=60))
    def test_any_characters(self, text: str) -> None:
        """And nothing is refused but what is no text."""
        text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff]", "", text)
        found = html.read(text.encode(), sentences, encoding="utf-8")

        assert written(found, found.segments()).decode() == text

    @given(SOUP)
    def test_a_translation_keeps_every_tag(self, text: str) -> None:
        """No tag is lost or doubled, and they stay in order."""
        text = text.replace("title>", "em>").replace(
            "<li", "<li>"
        )  # else tags are text
        text = re.sub("<(?=Satz|eins)", "< ", text)  # no tag if a comment follows
        tags = re.compile(r"</?[a-zA-Z]+|<!--.*?-->|<br/?>")

        before, after = tags.findall(text), tags.findall(translated(text))

        assert [tag.lower() for tag in after] == [tag.lower() for tag in before]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<p>Ein Satz.</p>", "<p>EIN SATZ.</p>", id="paragraph"),
        pytest.param("Ein Satz.", "EIN SATZ.", id="fragment"),
        pytest.param("<p>Ä &lt; &ouml; &amp; b", "<p>Ä &lt; Ö &amp; B", id="entities"),
        pytest.param("<p>a < b & c</p>", "<p>A &lt; B &amp; C</p>", id="bare signs"),
        pytest.param(
            "<p>Das <b>ist</b> ein <a href='x?a=1&b=2'>Wort</a>.",
            "<p>DAS <b>IST</b> EIN <a href='x?a=1&b=2'>WORT</a>.",
            id="inline",
        ),
        pytest.param(
            "<p><b>Eins. Zwei.</b> <i>Drei.</i></p>",
            "<p><b>EINS. ZWEI.</b> <i>DREI.</i></p>",
            id="marks around sentences",
        ),
        pytest.param(
            "<p>Ein <b id=x>Satz. Noch</b> einer.</p>",
            "<p>EIN <b id=x>SATZ. NOCH</b> EINER.</p>",
            id="a mark over parts of sentences is not doubled",
        ),
        pytest.param(
            "<p>\n  Eins\n  zwei.\n</p>", "<p>\n  EINS ZWEI.\n</p>", id="lines"
        ),
        pytest.param("<p>A&nbsp;b.&nbsp;", "<p>A B.&#160;", id="no-break space"),
        pytest.param(
            "<li>Eins<ul><li>Zwei</ul> Drei",
            "<li>EINS<ul><li>ZWEI</ul> DREI",
            id="text and blocks mixed",
        ),
        pytest.param(
            "<a>Mehr</a> | <a href='#o'>Nach oben</a>\u00a0» <b>Ende</b>",
            "<a>MEHR</a> | <a href='#o'>NACH OBEN</a>&#160;» <b>ENDE</b>",
            id="signs between links",
        ),
        pytest.param("<img alt=Bild>", '<img alt="BILD">', id="bare attribute"),
        pytest.param(
            "<img alt='Der \"Zug\"'>", '<img alt="DER &quot;ZUG&quot;">', id="quotes"
        ),
        pytest.param(
            '<input placeholder="Suche" value="x">',
            '<input placeholder="SUCHE" value="x">',
            id="placeholder",
        ),
        pytest.param(
            "<button aria-label='Zu'>X</button>",
            '<button aria-label="ZU">X</button>',
            id="label",
        ),
        pytest.param(
            '<a title="Mehr" href=x>Lesen</a>',
            '<a title="MEHR" href=x>LESEN</a>',
            id="link with a title",
        ),
        pytest.param(
            '<p><a title="Tipp" href=x>Lies</a> das.',
            '<p><a title="TIPP" href=x>LIES</a> DAS.',
            id="link with a title, text behind",
        ),
        pytest.param(
            "<title>A &amp; B</title>", "<title>A &amp; B</title>", id="title"
        ),
        pytest.param(
            "<meta name=description content='Neu'><meta name=robots content='all'>",
            "<meta name=description content=\"NEU\"><meta name=robots content='all'>",
            id="meta",
        ),
        pytest.param(
            "<meta property=og:site_name content=Blatt>"
            "<meta itemprop=description content=Neu>"
            "<meta itemprop=datePublished content=heute>",
            '<meta property=og:site_name content="BLATT">'
            '<meta itemprop=description content="NEU">'
            "<meta itemprop=datePublished content=heute>",
            id="meta for networks and search engines",
        ),
        pytest.param(
            "<textarea placeholder=Frage>Bleibt</textarea>",
            '<textarea placeholder="FRAGE">Bleibt</textarea>',
            id="field whose text stays",
        ),
        pytest.param(
            "<p>Der Plan: <iframe title=Karte src=x></iframe> Ende",
            '<p>DER PLAN: <iframe title="KARTE" src=x></iframe> ENDE',
            id="frame",
        ),
        pytest.param(
            "<select><optgroup label=Obst><option label=Apfel>A</select>",
            '<select><optgroup label="OBST"><option label="APFEL">A</select>',
            id="labels of a list",
        ),
        pytest.param(
            "<video title=Film><track label=Untertitel><b title=x>Alt</b></video>",
            '<video title="FILM"><track label="UNTERTITEL"><b title=x>Alt</b></video>',
            id="film and its tracks",
        ),
        pytest.param('<html lang="de-AT">', '<html lang="en">', id="language"),
        pytest.param(
            "<html xml:lang='de' lang=de>",
            "<html xml:lang='en' lang=en>",
            id="language, twice",
        ),
        pytest.param("<html lang=fr>", "<html lang=fr>", id="another language"),
        pytest.param(
            "<p>Ja<!-- nein --> doch", "<p>JA<!-- nein --> DOCH", id="comment"
        ),
        pytest.param("<p>Waf&shy;fen</p>", "<p>WAFFEN</p>", id="soft hyphen"),
        pytest.param(
            "<p>Mit <code>a &lt; <i>b</i></code> geht es.",
            "<p>MIT <code>a &lt; <i>b</i></code> GEHT ES.",
            id="code",
        ),
        pytest.param(
            "<p>Sie sagt <span lang=en>yes, we can</span>.",
            "<p>SIE SAGT <span lang=en>yes, we can</span>.",
            id="a foreign phrase",
        ),
        pytest.param(
            "<p>Die <span class='x notranslate'>Bahn</span> kommt.",
            "<p>DIE <span class='x notranslate'>Bahn</span> KOMMT.",
            id="a name",
        ),
    ],
)
def test_translates(text: str, expected: str) -> None:
    """What a reader of the page sees, and only that."""
    assert translated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>var a = 'Text <b>';</script>",
        "<style>p { content: 'Text' }</style>",
        "<pre>Text\n  hier</pre>",
        "<textarea>Text</textarea>",
        "<svg><text>Text</text></svg>",
        "<template><p>Text</p></template>",
        "<p><code>text</code></p>",
        "<div translate='no'><div>Text</div>Text</div>",
        "<div class='notranslate'>Text</div>",
        "<blockquote lang='en'><p>Some text</p></blockquote>",
        "<textarea lang=en placeholder='Your name'></textarea>",
        "<iframe translate=no title=Name></iframe>",
        "<style title=Hell>p {}</style>",
        "<!-- <p>Text</p> -->",
        "<!DOCTYPE html>",
        "<p>*** – ***</p>",
    ],
)
def test_leaves_alone(text: str) -> None:
    """What is no text, or shall not be touched."""
    assert segments(text) == []


@pytest.mark.parametrize("text", ["<p>Text <b", "<p>Text <a href='x", "<p>Text </p"])
def test_an_unfinished_tag_is_no_text(text: str) -> None:
    """Browsers do not show it."""
    assert segments(text) == ["Text"]


def test_an_unclosed_element_hides_nothing() -> None:
    """A forgotten end tag must not leave the rest of the page in German."""
    assert segments("<p translate=no>Name<p>Der Text.") == ["Name", "Der Text."]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<h2>A</h2>B", ["heading", "paragraph"]),
        ("<ul><li>A<li>B</ul>C", ["item", "item", "paragraph"]),
        ("<table><tr><th>A<td>B</table>", ["cell", "cell"]),
        ("<title>A</title><img alt=B>", ["heading", "attribute"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    """End tags may be missing where HTML allows it."""
    assert [block.kind for block in document(text).blocks()] == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '<a>Mehr</a> | <a href="#o">Nach oben</a> | <a>Impressum</a>',
            ["Mehr", "Nach oben", "Impressum"],
            id="menu",
        ),
        pytest.param(
            "Start › <a>Sport</a> → <b>Fußball</b> · heute",
            ["Start", "Sport", "Fußball", "heute"],
            id="path",
        ),
        pytest.param(
            "<i><a>Eins</a> <b>|</b> <img> | <a>Zwei</a></i>",
            ["Eins", "Zwei"],
            id="signs marked, and an image",
        ),
        pytest.param("<a>Ende.</a> | <a>Ja</a>", ["Ende.", "Ja"], id="sentence"),
        pytest.param("Foto: Brandl | dpa", ["Foto: Brandl | dpa"], id="plain"),
        pytest.param("<i>Bund | Land</i>", ["Bund | Land"], id="within a mark"),
        pytest.param(
            "<b>So</b> geht <code>a | b</code> hier",
            ["So geht a | b hier"],
            id="in code",
        ),
        pytest.param(
            "Er rief » <b>Ja</b> « laut", ["Er rief » Ja « laut"], id="quotation"
        ),
    ],
)
def test_signs_between_links_part_them(text: str, expected: list[str]) -> None:
    """In one text a translation would lose a link, or take the sign for a word."""
    assert segments(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "<h1>\n<span class='text-kicker'>Rat</span>\n<b>Er tagt</b></h1>",
            ["Rat", "Er tagt"],
            id="set above",
        ),
        pytest.param(
            "<h2><a href=x><i class=eyebrow>Der <b>Rat:</b></i> Er tagt</a></h2>",
            ["Der Rat:", "Er tagt"],
            id="set before, in a link",
        ),
        pytest.param(
            "<h2>Der <i class=kicker>Rat</i> tagt</h2>", ["Der Rat tagt"], id="within"
        ),
        pytest.param("<p><i class=kicker>Rat</i> da</p>", ["Rat da"], id="no heading"),
        pytest.param(
            "<h2><i class=kickers>Rat</i> da</h2>", ["Rat da"], id="another class"
        ),
    ],
)
def test_kickers_are_no_part_of_their_heading(text: str, expected: list[str]) -> None:
    """Newspapers put a line of their own before it, and tell it by a class."""
    found = document(text)

    assert segments(text) == expected
    assert written(found, found.segments()).decode() == text
    assert re.findall(r"<[^>]*>", translated(text)) == re.findall(r"<[^>]*>", text)


def test_blocks_know_their_line() -> None:
    """A warning about a translation names the place."""
    text = "<p>\n\nEins.</p>\n<p>Zwei.</p>"

    assert [block.line for block in document(text).blocks()] == [3, 4]


def test_a_parser_sees_the_same_tree() -> None:
    """The elements of a real page stay what and where they were."""
    page = (
        "<html lang=de><head><title>Bahn</title></head><body><h1>Die <em>Bahn</em></h1>"
        "<p>Ein <a href=x>Satz. Noch</a> einer.<ul><li>Ja<li>Nein</ul></body></html>"
    )

    before, after = (
        [(e.tag, e.get("href")) for e in lxml_html.fromstring(text).iter()]
        for text in (page, translated(page))
    )

    assert after == before


class TestEncoding:
    @pytest.mark.parametrize(
        ("head", "encoding"),
        [
            ("<meta charset=iso-8859-1>", "cp1252"),
            (
                '<meta http-equiv="x" content="text/html; charset=iso-8859-2">',
                "iso8859-2",
            ),
            ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso8859-2"),
            ("<meta charset=utf-8>", "utf-8"),
            ("<meta charset=klingon>", "utf-8"),
        ],
    )
    def test_the_page_names_it(self, head: str, encoding: str) -> None:
        """As browsers read it."""
        data = f"{head}<p>Größe".encode(encoding)

        found = html.read(data, sentences)

        assert found.encoding == encoding
        assert written(found, found.segments()) == data

    def test_what_it_lacks_becomes_a_reference(self) -> None:
        """A page can say every character in any encoding."""
        found = html.read("<meta charset=latin1><p>Größe".encode("latin-1"), sentences)

        data = written(found, [Segment("→ é")])

        assert data == b"<meta charset=latin1><p>&#8594; \xe9"

    def test_the_mark_wins(self) -> None:
        """A byte order mark is more certain than what the page says."""
        data = b"\xef\xbb\xbf" + "<meta charset=latin1>Größe".encode()

        found = html.read(data, sentences)

        assert found.encoding == "utf-8"
        assert [segment.text for segment in found.segments()] == ["Größe"]
