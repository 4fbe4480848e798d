"""What tags of HTML say themselves: alternatives, titles, the language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.texts import text_of
from satzpaar.translate.document import Segment
from satzpaar.translate.markup import project_marks
from tests.html_pages import document, segments, translated, written


def said(page: str, *translations: str, language: str | None = None) -> str:
    """Write a page with these texts, marks where words are alike."""
    found = document(page)
    changed = [
        project_marks(segment, text)
        for segment, text in zip(found.segments(), translations, strict=True)
    ]
    return written(found, changed, target_language=language).decode()


class TestAmidASentence:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                '<p>Das Bild <img src=a.png alt="Ein Hund" title="Der Hund"> zeigt es.',
                '<p>DAS BILD <img src=a.png alt="EIN HUND" title="DER HUND"> ZEIGT ES.',
                id="picture",
            ),
            pytest.param(
                '<p>Am <a href="/x" title="Der Kreml in Moskau">Kreml</a> ist es.',
                '<p>AM <a href="/x" title="DER KREML IN MOSKAU">KREML</a> IST ES.',
                id="link",
            ),
            pytest.param(
                '<p>Das ist <abbr title="im Sinne von">i. S. v.</abbr> so.',
                '<p>DAS IST <abbr title="IM SINNE VON">I. S. V.</abbr> SO.',
                id="abbreviation",
            ),
            pytest.param(
                "<p>Das <img alt='Der \"Zug\" &amp; er'> da, <img alt=Rad> dort.",
                '<p>DAS <img alt="DER &quot;ZUG&quot; &amp; ER"> DA, <img alt="RAD"> '
                "DORT.",
                id="quotes",
            ),
            pytest.param(
                "<p>Lies <a href=x><img src=i alt=Pfeil>mehr</a> dazu.",
                '<p>LIES <a href=x><img src=i alt="PFEIL">MEHR</a> DAZU.',
                id="picture in a link",
            ),
            pytest.param(
                "<p>Lies <a href=x><img alt=Pfeil></a> dazu.",
                '<p>LIES <a href=x><img alt="PFEIL"></a> DAZU.',
                id="link of a picture",
            ),
            pytest.param(
                "<p>Am <svg aria-label=Rad><title>Das &amp; Rad</title><g>"
                "<desc lang=de>Es ruht.</desc><text>Rad</text></g></svg> ruht es.",
                '<p>AM <svg aria-label="RAD"><title>DAS &amp; RAD</title><g>'
                "<desc lang=en>ES RUHT.</desc><text>Rad</text></g></svg> RUHT ES.",
                id="drawing",
            ),
            pytest.param(
                "<a href=x><svg><title>Suche</title></svg></a>",
                "<a href=x><svg><title>SUCHE</title></svg></a>",
                id="nothing but a drawing",
            ),
            pytest.param(
                "<p>Ein Wort.<sup><a title='Zur Note'>3</a></sup> Und noch eins.",
                '<p>EIN WORT.<sup><a title="ZUR NOTE">3</a></sup> UND NOCH EINS.',
                id="note",
            ),
            pytest.param(
                "<p>Ein <b title='Eins. Zwei.'>Satz. Noch</b> einer.",
                '<p>EIN <b title="EINS. ZWEI.">SATZ. NOCH</b> EINER.',
                id="over parts of two sentences",
            ),
            pytest.param(
                "<p>Satz. <img alt=Rad> <!-- c --> <i title=Rat>Satz.</i>",
                '<p>SATZ. <img alt="RAD"> <!-- c --> <i title="RAT">SATZ.</i>',
                id="between sentences",
            ),
            pytest.param(
                "<p>Das <span lang=de>ist</span> <q lang='de-AT'>so</q>.",
                "<p>DAS <span lang=en>IST</span> <q lang='en'>SO</q>.",
                id="language",
            ),
        ],
    )
    def test_texts_are_translated(self, text: str, expected: str) -> None:
        """As they are where they stand alone."""
        assert translated(text) == expected
        assert written(document(text), document(text).segments()).decode() == text

    def test_each_is_a_text_of_its_own(self) -> None:
        """The sentence has no hole, and comes last: it is written with them."""
        text = "<p>Das <img alt='Ein Rad. Ein Kran.'> zeigt <a title=Rat>es</a>.</p>"

        blocks = list(document(text).blocks())

        assert [[s.text for s in block.segments] for block in blocks] == [
            ["Ein Rad.", "Ein Kran."], ["Rat"], ["Das zeigt es."],
        ]  # fmt: skip
        assert [block.kind for block in blocks] == [
            "attribute", "attribute", "paragraph",
        ]  # fmt: skip

    def test_go_where_their_tag_goes(self) -> None:
        """Words change places, and links with them."""
        page = "<p><a title=Rat>Heute</a> ruht <a title=Tat>Rad</a>.</p>"

        result = said(page, "Advice", "Deed", "Rad rests heute.")

        assert result == (
            '<p><a title="Deed">Rad</a> rests <a title="Advice">heute</a>.</p>'
        )

    def test_a_tag_that_comes_again_is_translated_once(self) -> None:
        """And written as often as it was there."""
        page = "<p>Das <img alt=Rad> und <img alt=Rad> da. <img alt=Rad> So.</p>"

        assert segments(page) == ["Rad", "Das und da.", "So."]
        assert said(page, "Wheel", "This and there.", "So.") == (
            '<p>This <img alt="Wheel"> and <img alt="Wheel"> there. '
            '<img alt="Wheel"> So.</p>'
        )

    @pytest.mark.parametrize(
        ("texts", "expected"),
        [
            (["Advice", "Angela"], '<p><a title="Advice">Angela</a></p>'),
            (["Rat", "Angie"], "<p><a title='Rat'>Angie</a></p>"),
        ],
    )
    def test_one_may_stay_while_the_other_does_not(
        self, texts: list[str], expected: str
    ) -> None:
        """A name with a title; what is the same keeps its quotes."""
        assert said("<p><a title='Rat'>Angela</a></p>", *texts) == expected

    @pytest.mark.parametrize(
        "kept",
        [
            "<!-- <img alt=Rad> -->",
            "<code><img alt=Rad> x</code>",
            "<span translate=no><img alt=Rad></span>",
            "<span lang=en><img alt=Rad> the</span>",
            "<img translate=no alt=Rad>",
            "<img class='x notranslate' title=Rad>",
            "<a lang=en title=Rad>the</a>",
            "<svg translate=no aria-label=Rad><title>Rad</title></svg>",
            "<svg><text>Rad</text></svg>",
            "<i title={rad}></i>",
        ],
    )
    def test_what_is_not_translated_stays(self, kept: str) -> None:
        """Also beside a tag that is written the same and does not."""
        before, after = (f"<p>{{}} <img alt={alt}> {{}}" for alt in ("Rad", '"RAD"'))

        result = translated(before.format(f"Das {kept}", "da"))

        assert result == after.format(f"DAS {kept}", "DA")

    def test_know_their_line(self) -> None:
        """A warning about one names the place."""
        page = "<p>Das\n<img\nalt=Rad>\n<a\ntitle='Ein\nRat'>da</a>.</p>"

        assert [block.lines() for block in document(page).blocks()] == [[3], [5], [1]]

    def test_the_aligner_leaves_them_out(self) -> None:
        """They would part sentences, and the other page has other links."""
        page = "<p>Eins.</p><p>Das <a title=Rat>ist</a> so.</p><p><img alt=Rad></p>"

        text = text_of(page.encode(), language="de", format="html")

        assert [segment.text for segment in text.segments] == [
            "Eins.", "Das ist so.", "Rad",
        ]  # fmt: skip
        assert text.paragraphs == (0, 1, 2)

    @given(
        st.lists(
            st.sampled_from(
                [
                    "satz",
                    "eins.",
                    " ",
                    "&amp;",
                    " | ",
                    "<p>",
                    "<b>",
                    "</b>",
                    "</a>",
                    "<br>",
                    "<img alt='ein \"bild\"'>",
                    "<img alt=rad title='r &lt;s'>",
                    "<a title=rat>",
                    '<a href=y title="die &amp; der">',
                    "<!-- <img alt=rad> -->",
                    "<code><img alt=rad>x</code>",
                    "<iframe title=z></iframe>",
                    "<sup><a title=note>1</a></sup>",
                ]
            ),
            max_size=12,
        ).map("".join)
    )
    def test_nothing_stays_and_nothing_is_lost(self, text: str) -> None:
        """Wherever they stand; a page that is read again has the same texts."""
        found = document(text)
        texts = [
            "".join(
                letter
                if any(m.verbatim and m.start <= at < m.end for m in segment.marks)
                else letter.upper()
                for at, letter in enumerate(segment.text)
            )
            for segment in found.segments()
        ]
        changed = [
            Segment(text, segment.marks)
            for text, segment in zip(texts, found.segments(), strict=True)
        ]

        result = written(found, changed).decode()

        assert segments(result) == texts
        names = re.compile(r"<!--|</?\w+")
        assert names.findall(result.lower()) == names.findall(text)


class TestLanguage:
    @pytest.mark.parametrize(
        ("target", "expected"),
        [("en", "en_US"), ("en-GB", "en_GB"), ("fr", "fr_FR"), ("sv", "sv_SE")],
    )
    def test_networks_are_told_a_territory(self, target: str, expected: str) -> None:
        """Open Graph knows no language without one."""
        page = '<meta property="og:locale" content="{}">'

        assert said(page.format("de_DE"), language=target) == page.format(expected)

    @pytest.mark.parametrize(
        "page",
        [
            "<meta property=og:locale content=fr_FR>",
            "<meta property=og:locale:alternate content=de_AT>",
            "<meta http-equiv=content-language content=fr>",
        ],
    )
    def test_another_one_is_no_text(self, page: str) -> None:
        """And stays."""
        assert segments(page) == []
        assert translated(page) == page
