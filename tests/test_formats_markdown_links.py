"""Links of a Markdown file that have no address of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.translate.formats import markdown
from satzpaar.translate.markup import project_marks
from tests.test_formats_markdown import document, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.document import Document, Segment

ENGLISH = {
    "Unveröffentlicht": "Unpublished",
    "Siehe Handbuch.": "See manual.",
    "Das ist die Hilfe.": "This is the help.",
    "Das GitHub ist da.": "The GitHub is here.",
    "Das GitHub: da.": "The GitHub: here.",
    "Das Wappen": "The arms",
    "Ende.": "End.",
    "[x](#häufige-fragen) Ende.": "[x](#häufige-fragen) End.",
    "Fragen": "Questions",
    "Häufige Fragen": "Common questions",
    "Häufige Fragen!": "Common questions!",
    "Siehe dort.": "See there.",
    "Der Befehl ls": "The command ls",
}


def english(document: Document) -> Iterator[Segment]:
    for segment in document.segments():
        yield project_marks(segment, ENGLISH.get(segment.text, segment.text))


def in_english(text: str) -> str:
    found = document(text)
    return written(found, english(found)).decode()


class TestReferences:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                "## [Unveröffentlicht]", "## [Unpublished][Unveröffentlicht]", id="all"
            ),
            pytest.param("Siehe [Handbuch].", "See [manual][Handbuch].", id="within"),
            pytest.param(
                "Das ist [die\nHilfe][].",
                "This is [the help][die Hilfe].",
                id="empty brackets",
            ),
            pytest.param(
                "Das ist [**die** Hilfe].",
                "This is [**the** help][**die** Hilfe].",
                id="marks",
            ),
            pytest.param("![Das Wappen]", "![The arms][Das Wappen]", id="image"),
            pytest.param(
                "![Das Wappen][] Ende.",
                "![The arms][Das Wappen] End.",
                id="image and text",
            ),
            pytest.param(
                "Das [GitHub] ist da.", "The [GitHub] is here.", id="the same name"
            ),
            pytest.param(
                "Das [GitHub][]: da.", "The [GitHub][GitHub]: here.", id="a colon"
            ),
        ],
    )
    def test_keep_the_name_of_their_target(self, text: str, expected: str) -> None:
        """It was their text, which is another now."""
        names = ["Unveröffentlicht", "Handbuch", "die Hilfe", "**die** Hilfe"]
        names += ["Das Wappen", "GitHub"]
        definitions = "".join(f"[{name}]: https://x.de\n" for name in names)

        result = in_english(f"{text}\n\n{definitions}")

        assert result == f"{expected}\n\n{definitions}"

    def test_stay_where_nothing_is_translated(self) -> None:
        """Nothing is added for its own sake."""
        text = "Das [x] und\n[y z][], ![x].\n\n![y z]\n\n[x]: u\n[y z]: v\n"
        found = document(text)

        assert written(found, found.segments()).decode() == text


class TestAnchors:
    @pytest.mark.parametrize(
        ("link", "expected"),
        [
            pytest.param(
                "[Fragen](#häufige-fragen)",
                "[Questions](#common-questions)",
                id="words",
            ),
            pytest.param(
                "[Fragen](#h%C3%A4ufige-fragen-1 'T')",
                "[Questions](#common-questions-1 'T')",
                id="the second of a name",
            ),
            pytest.param(
                "[Fragen](#haufige-fragen_1)",
                "[Questions](#common-questions_1)",
                id="in the way of MkDocs",
            ),
            pytest.param(
                "[`ls`](#der-befehl-ls)", "[`ls`](#the-command-ls)", id="without text"
            ),
            pytest.param("[x]: #fragen", "[x]: #fragen", id="a name of its own"),
            pytest.param(
                "[x]: #häufige-fragen", "[x]: #common-questions", id="definition"
            ),
            pytest.param(
                '<a href="#häufige-fragen">Fragen</a>',
                '<a href="#common-questions">Questions</a>',
                id="HTML",
            ),
            pytest.param("[Fragen](#ende)", "[Questions](#ende)", id="of no heading"),
            pytest.param(
                "`[x](#häufige-fragen)` Ende.",
                "`[x](#häufige-fragen)` End.",
                id="code",
            ),
            pytest.param(
                "```\n[x](#häufige-fragen)\n```",
                "```\n[x](#häufige-fragen)\n```",
                id="a block of code",
            ),
        ],
    )
    def test_are_those_of_the_translated_headings(
        self, link: str, expected: str
    ) -> None:
        """What shows the page names headings by their words."""
        headings = (
            "# Häufige Fragen\n\n## Häufige *Fragen*!\n\n## Fragen {#fragen}\n\n"
            "### Der Befehl `ls`\n"
        )
        translated = (
            "# Common questions\n\n## Common *questions*!\n\n## Questions {#fragen}\n\n"
            "### The command `ls`\n"
        )
        front = "---\ntitle: x\n---\n\n"

        result = in_english(f"{front}{link}\n\n{headings}\n{link}\n")

        assert result == f"{front}{expected}\n\n{translated}\n{expected}\n"

    def test_without_them_a_document_streams(self) -> None:
        """The first part needs none of the later translations."""
        found = document("# Fragen\n\n[Fragen](#)\n\nEnde.\n")
        coming = english(found)

        pieces = markdown.write(found, coming)

        assert b"".join([next(pieces), next(pieces)]) == b"# Questions"
        assert next(coming).text == "Questions"


def test_links_of_a_row_keep_their_places() -> None:
    """The sign between them is no part of a sentence; in cells a bar is the edge."""
    row = "[Start](a.md) · [Hilfe](b.md) | [Ende](c.md)\n"
    table = "| A |\n| --- |\n| [Start](a.md) · [Hilfe](b.md) |\n"

    for text, texts in (
        (row, ["Start", "Hilfe", "Ende"]),
        (table, ["A", "Start", "Hilfe"]),
    ):
        found = document(text)
        assert [segment.text for segment in found.segments()] == texts
        assert written(found, found.segments()) == text.encode()


def test_a_number_keeps_its_blank() -> None:
    """No line is to be broken between it and its unit."""
    found = document("Es sind 1.000\u00a0Euro.\n")
    (segment,) = found.segments()

    said = project_marks(segment, "It is 1,000 euros.")
    assert written(found, [said]).decode() == "It is 1,000\u00a0euros.\n"
