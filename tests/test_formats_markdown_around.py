"""Markdown files: the front matter, and HTML between the blocks."""

from __future__ import annotations

import pytest

from tests.test_formats_markdown import document, segments, translated, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '<figure lang="de">\n<img alt="Ein Rad">\nDa &amp; er.\n</figure>\n',
            '<figure lang="en">\n<img alt="xxx xxx">\nxx &amp; xx.\n</figure>\n',
            id="figure",
        ),
        pytest.param(
            "<div>\n\nDas.\n\n</div>\n", "<div>\n\nxxx.\n\n</div>\n", id="around"
        ),
        pytest.param(
            "1. Das\n\n   <p>Rad\r\n   hier</p>\n",
            "1. xxx\n\n   <p>xxx xxxx</p>\n",
            id="list",
        ),
        pytest.param(
            "<p>1 < 2 und *x*</p>\n", "<p>1 &lt; 2 xxx *x*</p>\n", id="escapes"
        ),
    ],
)
def test_raw_html_is_read_as_html(text: str, expected: str) -> None:
    """Figures, details, tables: what Markdown has no signs for."""
    assert translated(text) == expected


def test_raw_html_that_goes_on_behind_it_stays() -> None:
    """Code whose end comes after an empty line is still code."""
    assert segments("<table>\n<tr><td><pre>\nx = y\n\n</pre></table>\n") == []


def test_raw_html_says_its_line() -> None:
    """Of the file."""
    blocks = list(document("Eins.\n\n<div>\n<p>Zwei.</p>\n</div>\n").blocks())

    assert [block.line for block in blocks] == [1, 4]


class TestFrontMatter:
    def test_folded_values_are_translated(self) -> None:
        """Over as many lines as they need, and nothing else is escaped."""
        text = '---\ndescription: >\n  Das "alte"\n  Rad.\ntags: [Rad]\n---\n'

        assert segments(text) == ['Das "alte" Rad.']
        assert translated(text) == (
            '---\ndescription: >\n  xxx "xxxx" xxx.\ntags: [Rad]\n---\n'
        )
        assert written(document(text), document(text).segments()).decode() == text

    def test_lines_of_a_literal_value_are_translated_one_by_one(self) -> None:
        """Unless a sentence goes on in the next line."""
        text = "---\nsummary: |\n  Ein Rad.\n  Ein Kran!\ntags: [Rad]\n---\n"
        goes_on = "---\nsummary: |-\n  Ein Rad\n  und ein Kran.\n---\n"

        assert segments(text) == ["Ein Rad.", "Ein Kran!"]
        assert translated(text) == (
            "---\nsummary: |\n  xxx xxx.\n  xxx xxxx!\ntags: [Rad]\n---\n"
        )
        assert segments(goes_on) == ["Ein Rad und ein Kran."]
        for each in (text, goes_on):
            assert written(document(each), document(each).segments()).decode() == each

    def test_titles_are_translated(self) -> None:
        """Keys, dates and all else are not."""
        text = (
            "---\ntitle: Die Bahn\ndate: 2023-09-12\ntags: [bahn]\n"
            "description: 'Es geht''s \"los\".' # kurz\nlang: de\n---\nText.\n"
        )

        assert segments(text) == ["Die Bahn", 'Es geht\'s "los".', "Text."]
        assert translated(text) == (
            '---\ntitle: "xxx xxxx"\ndate: 2023-09-12\ntags: [bahn]\n'
            'description: "xx xxxx\'x \\"xxx\\"." # kurz\nlang: en\n---\nxxxx.\n'
        )

    def test_toml(self) -> None:
        """Hugo's own."""
        text = (
            "+++\ntitle = 'Die \"Bahn\"'\ndraft = true\n"
            'description = "Es geht." # kurz\ntags = ["bahn"]\n+++\nText.\n'
        )

        assert segments(text) == ['Die "Bahn"', "Es geht.", "Text."]
        assert translated(text) == (
            '+++\ntitle = "xxx \\"xxxx\\""\ndraft = true\n'
            'description = "xx xxxx." # kurz\ntags = ["bahn"]\n+++\nxxxx.\n'
        )

    @pytest.mark.parametrize(
        "value", ["true", "42", ">", "[a, b]", "&anker x", "{a: b}", '"']
    )
    def test_leaves_what_is_no_plain_string(self, value: str) -> None:
        """YAML is more than we read."""
        text = f"---\ntitle: {value}\n---\n"

        assert segments(text) == []

    def test_a_rule_is_no_front_matter(self) -> None:
        """Three hyphens further down are a rule."""
        assert segments("Text.\n\n---\ntitle: Satz\n---\n") == ["Text.", "title: Satz"]
