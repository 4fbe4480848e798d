"""White space of HTML pages, and elements that touch."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.translate.document import Block
from satzpaar.translate.markup import project_marks
from tests.html_pages import document, segments, translated, written


class TestWhiteSpace:
    @given(
        st.lists(
            st.sampled_from(
                [
                    "Wort",
                    "eins",
                    ",",
                    " | ",
                    " ",
                    " ",
                    "\n ",
                    "<img>",
                    "<!-- c -->",
                    "<b>",
                    "</b>",
                    "<i>",
                    "</i>",
                    "<code>x</code>",
                    "<a><img></a>",
                ]
            ),
            max_size=20,
        ).map("".join)
    )
    def test_one_space_is_left_of_many(self, text: str) -> None:
        """Between words, marks and images there is one wherever there was one."""
        text = re.sub(r"(</\w+>(<!-- c -->)*)(?=<\w)", r"\1 ", text)  # else words touch

        found = document(text)
        without_source = tuple(
            replace(part, source=None) if isinstance(part, Block) else part
            for part in found.parts
        )

        rewritten = written(
            replace(found, parts=without_source), found.segments()
        ).decode()

        assert re.sub(r"\s+", " ", rewritten) == re.sub(r"\s+", " ", text)

    @pytest.mark.parametrize(
        ("text", "plain", "target", "expected"),
        [
            pytest.param(
                "<p>Lade <img src=i> herunter",
                "Lade herunter",
                "DOWN LOAD",
                "<p>DOWN <img src=i> LOAD",
                id="between words",
            ),
            pytest.param(
                "<p>Lade <a href=x><img src=i> alles</a> herunter",
                "Lade alles herunter",
                "DOWN LOAD ALL",
                "<p>DOWN LOAD <a href=x><img src=i> ALL</a>",
                id="in a link",
            ),
            pytest.param(
                "<p>Ein Bild <img>.",
                "Ein Bild.",
                "PICTURE A.",
                "<p>PICTURE A <img>.",
                id="before the full stop",
            ),
        ],
    )
    def test_images_keep_apart(
        self, text: str, plain: str, target: str, expected: str
    ) -> None:
        """Also when the words change places."""
        found = document(text)

        (segment,) = found.segments()
        page = written(found, [project_marks(segment, target)]).decode()

        assert segment.text == plain
        assert page == expected


def test_an_element_that_goes_on_may_hold_one_that_ends_with_the_sentence() -> None:
    """The blank behind the sentence is in both of them."""
    page = "<p>Das Rad<b> <i>ruht. </i>Es steht</b> still.</p>"

    assert segments(page) == ["Das Rad ruht.", "Es steht still."]
    said = "<p>DAS RAD<b> <i>RUHT.</i> ES STEHT</b> STILL.</p>"
    assert translated(page) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "<nav><a href=a>Politik</a><a href=b>Kultur</a></nav>",
            ["Politik", "Kultur"],
            id="menu",
        ),
        pytest.param(
            "<b>Autor:</b><span>Hans Meier</span>", ["Autor:", "Hans Meier"], id="label"
        ),
        pytest.param(
            "<a><i></i>Politik</a><!-- --><a><i></i>Kultur</a>",
            ["Politik", "Kultur"],
            id="icons and comments between",
        ),
        pytest.param(
            "<label>Name<input></label><label>Ort<input></label>",
            ["Name", "Ort"],
            id="form",
        ),
        pytest.param("Hallo<style>b{}</style>Welt", ["Hallo", "Welt"], id="style"),
        pytest.param(
            "Siehe <b><i>Politik</i><i>Kultur</i></b> heute.",
            ["Siehe Politik Kultur heute."],
            id="in a sentence",
        ),
        pytest.param("<b>S</b>üden", ["Süden"], id="an initial"),
        pytest.param("<b>S</b><i>üden</i>", ["Süden"], id="an initial, both marked"),
        pytest.param("Wort<i>teil</i>e", ["Wortteile"], id="a part of a word"),
        pytest.param("<b>Wort</b><sup>2</sup>", ["Wort"], id="a note"),
        pytest.param("Wort.<sup><a href=#n>[12]</a></sup>", ["Wort."], id="a link"),
        pytest.param(
            "Ein Rad<a epub:type=noteref href=#n>7</a>.", ["Ein Rad."], id="of a book"
        ),
        pytest.param(
            "Es<a role='doc-noteref backlink' href=#n>[7]</a>", ["Es"], id="by its role"
        ),
        pytest.param("Es<a href=#n>7</a>", ["Es7"], id="another link"),
        pytest.param("5 km<sup>2</sup> groß", ["5 km2 groß"], id="a power"),
        pytest.param("das 3<sup>te</sup> Rad", ["das 3te Rad"], id="an ordinal"),
    ],
)
def test_elements_that_touch(text: str, expected: list[str]) -> None:
    """Two elements with a word each are two texts; a part of a word is not."""
    assert segments(text) == expected
