"""The front matter of Markdown files: what is translated, and how it is written."""

from __future__ import annotations

import tomllib

import pytest
import yaml

from tests.test_formats_markdown import document, segments, translated, written


def changed(front: str) -> object:
    """Translate a front matter and read it as its programmes do."""
    text = translated(f"---\n{front}---\n")
    return yaml.safe_load(text.split("---\n")[1])


class TestKeys:
    @pytest.mark.parametrize(
        "key",
        [
            "title", "subtitle", "linkTitle", "description", "tagline", "caption",
            "abstract", "toc-title", "sidebar_label",
        ],
    )  # fmt: skip
    def test_of_texts(self, key: str) -> None:
        """As Hugo, Jekyll, Quarto, VitePress and Docusaurus name them."""
        assert segments(f"---\n{key}: Das Rad\n---\n") == ["Das Rad"]
        assert segments(f'+++\n{key} = "Das Rad"\n+++\n') == ["Das Rad"]

    @pytest.mark.parametrize("key", ["author", "slug", "details", "text", "Titel"])
    def test_of_all_else(self, key: str) -> None:
        """They are names, or work on the page."""
        assert segments(f"---\n{key}: Das Rad\n---\n") == []

    def test_within_others(self) -> None:
        """Lists, too, at the margin or not."""
        front = (
            "seo:\n  title: Das Rad\n  robots: alle\n"
            "hero:\n  text: Ein Kran\n  actions:\n    - text: Los\n      link: /los\n"
            "features:\n- icon: rad\n  title: 'Ein Tor'\n  details: Es dreht.\n"
        )

        assert segments(f"---\n{front}---\n") == [
            "Das Rad", "Ein Kran", "Los", "Ein Tor", "Es dreht.",
        ]  # fmt: skip
        assert changed(front) == {
            "seo": {"title": "xxx xxx", "robots": "alle"},
            "hero": {"text": "xxx xxxx", "actions": [{"text": "xxx", "link": "/los"}]},
            "features": [{"icon": "rad", "title": "xxx xxx", "details": "xx xxxxx."}],
        }

    def test_within_text_are_none(self) -> None:
        """A script may look like an entry."""
        assert segments("---\nscript: |\n  title: Das Rad\n---\n") == []

    @pytest.mark.parametrize(
        "front",
        [
            "title: &a Das Rad\nlinkTitle: *a\n",
            "base: &a\n  title: *a\n",
            "title: !html Das Rad\n",
            "title: [Das, Rad]\n",
            'title: "Das \\q Rad"\n',
            'title: "Das \\U7fffffff Rad"\n',
            'title: "Das \\x00 Rad"\n',
            'title: "Das \\ud83d Rad"\n',
            "title: Das Rad\n  sub: Ein Tor\n",
        ],
    )
    def test_of_more_than_a_text(self, front: str) -> None:
        """It is left alone, and so is what is no YAML."""
        assert segments(f"---\n{front}---\n") == []

    @pytest.mark.parametrize("other", ["x: {{ y }}\n", "x: 'y\n", "x:\ty: z\n"])
    def test_beside_what_is_no_yaml(self, other: str) -> None:
        """One slip does not hide the rest."""
        front = f"title: Das Rad\n{other}summary: Es dreht.\n"

        assert segments(f"---\n{front}---\n") == ["Das Rad", "Es dreht."]

    def test_behind_which_stands_a_colon(self) -> None:
        """No YAML, but everybody knows what is meant."""
        text = "---\ntitle: Teil 2: Das Rad # kurz\n\n# Ende\n---\n"

        assert segments(text) == ["Teil 2: Das Rad"]
        assert 'title: "xxxx 2: xxx xxx" # kurz\n' in translated(text)


class TestLongValues:
    @pytest.mark.parametrize(
        "value",
        [
            pytest.param("Ein Titel,\n  der weitergeht", id="plain"),
            pytest.param("Ein\n Titel,\n   der weitergeht # kurz", id="three lines"),
            pytest.param('"Ein Titel,\n  der weitergeht"', id="in quotes"),
            pytest.param('"Ein Titel,\\\n  \\ der weitergeht"', id="with a backslash"),
            pytest.param("'Ein Titel,\n  der weitergeht'", id="in single quotes"),
            pytest.param("\n  Ein Titel,\n  der weitergeht", id="under its key"),
        ],
    )
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_come_into_one_line(self, value: str, newline: str) -> None:
        """Half of it would be half a sentence, and no YAML any more."""
        text = f"---\ntitle: {value}\ndraft: yes\n---\n".replace("\n", newline)

        assert segments(text) == ["Ein Titel, der weitergeht"]
        front = translated(text).split("---")[1]
        assert yaml.safe_load(front) == {
            "title": "xxx xxxxx, xxx xxxxxxxxxx",
            "draft": True,
        }
        assert written(document(text), document(text).segments()).decode() == text

    def test_of_several_paragraphs_stay(self) -> None:
        """One line has no room for them."""
        assert segments("---\ntitle: Ein Titel.\n\n  Noch einer.\n---\n") == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r'"Gr\u00fcn"', "Grün"),
        (r'"Gr\U000000fcn"', "Grün"),
        (r'"Ein\tRad\nhier"', "Ein Rad hier"),
        (r'"Das \"Rad\""', 'Das "Rad"'),
        (r'"In C:\\Neu"', "In C:\\Neu"),
    ],
)
def test_escapes_are_read(value: str, expected: str) -> None:
    """Programmes write what is not ASCII so."""
    assert segments(f"---\ntitle: {value}\n---\n") == [expected]
    assert segments(f"+++\ntitle = {value}\n+++\n") == [expected]


def test_escapes_of_yaml_alone_are_read() -> None:
    """JSON, which is YAML, writes an emoji in two halves."""
    assert segments('---\ntitle: "Gr\\xfcn \\ud83d\\ude00"\n---\n') == [
        "Grün \U0001f600"
    ]


def test_what_needs_an_escape_gets_it() -> None:
    """The value is the same text, whatever it was written in."""
    yaml_, toml = (
        "---\ntitle: 'Das \"\\ Rad'\n---\n",
        "+++\ntitle = 'Das \"\\ Rad'\n+++\n",
    )

    assert yaml.safe_load(translated(yaml_)[4:-4])["title"] == 'xxx "\\ xxx'
    assert tomllib.loads(translated(toml)[4:-4])["title"] == 'xxx "\\ xxx'


class TestBlocks:
    @pytest.mark.parametrize(
        ("front", "expected"),
        [
            pytest.param(
                "summary: |\n  - Der Kran\n  - Das Rad\n  1. Ein Tor\n",
                ["Der Kran", "Das Rad", "Ein Tor"],
                id="a list",
            ),
            pytest.param(
                "summary: |\n  # Das Rad\n  Es dreht\n  sich.\n",
                ["Das Rad", "Es dreht sich."],
                id="a heading",
            ),
            pytest.param(
                "summary: |\n  > Ein Rad, das\n  > sich dreht.\n  Ja\n",
                ["Ein Rad, das sich dreht.", "Ja"],
                id="a quotation",
            ),
            pytest.param(
                "summary: |\n  - Ein Rad, das\n  sich dreht\n  Ja\n  - Ein Tor\n",
                ["Ein Rad, das sich dreht Ja", "Ein Tor"],
                id="an item that goes on",
            ),
            pytest.param(
                "summary: >  # kurz\n  Das Rad\n  dreht.\n",
                ["Das Rad dreht."],
                id="a comment",
            ),
            pytest.param(
                "summary: |\n  Das Rad\n  dreht.\n\n  - Ein Tor\n\nx: y\n",
                ["Das Rad dreht.", "Ein Tor"],
                id="paragraphs",
            ),
            pytest.param(
                "summary: |\n  Das Rad\n  -------\n  Ein Tor\n",
                ["Das Rad", "Ein Tor"],
                id="a rule",
            ),
            pytest.param(
                "seo:\n  summary: >-\n    Das Rad\n    dreht.\n  x: y\n",
                ["Das Rad dreht."],
                id="within others",
            ),
        ],
    )
    def test_are_read_line_by_line_where_they_are_shown_so(
        self, front: str, expected: list[str]
    ) -> None:
        """A list made one sentence is a list no more; its signs stay as they are."""
        text = f"---\n{front}---\n"
        found = document(text)

        assert segments(text) == expected
        assert written(found, found.segments()).decode() == text
        kept = [
            line[:4] for line in text.splitlines() if line[2:4] in {"- ", "1.", "# "}
        ]
        assert [
            line[:4]
            for line in translated(text).splitlines()
            if line[2:4] in {"- ", "1.", "# "}
        ] == kept

    def test_have_dates_that_are_no_items(self) -> None:
        """German writes »3. Mai«."""
        text = "---\nsummary: |\n  Das Rad dreht seit dem\n  3. Mai wieder.\n---\n"

        assert len(list(document(text).blocks())) == 1

    @pytest.mark.parametrize(
        "front",
        [
            "summary: |\n  Das Rad\n    dreht\n",
            "summary: |2\n  Das Rad\n",
            "summary: >\nx: y\n",
            "summary: |\n  ---\n  123\n",
        ],
    )
    def test_are_left_if_blanks_tell_in_them_or_nothing_is(self, front: str) -> None:
        """Code, a drawing, figures."""
        assert segments(f"---\n{front}---\n") == []
