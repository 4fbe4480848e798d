"""Markdown: the text changes, what it is made of does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from satzpaar.translate.document import Document, Segment
from satzpaar.translate.formats import markdown, markdown_parser

if TYPE_CHECKING:
    from collections.abc import Iterable


def sentences(text: str) -> list[tuple[int, int]]:
    """Segment at full stops: a stand-in that is wrong about German, but lossless."""
    found = re.finditer(r"\S(?:.*?[.!?](?=\s|$)|.*\S)?", text)
    return [match.span() for match in found]


def document(text: str) -> Document:
    return markdown.read(text.encode(), sentences)


def written(
    document: Document,
    translations: Iterable[Segment],
    target_language: str | None = None,
) -> bytes:
    return b"".join(
        markdown.write(document, translations, target_language=target_language)
    )


def segments(text: str) -> list[str]:
    return [segment.text for segment in document(text).segments()]


def shape(segment: Segment) -> Segment:
    """Replace every letter that is not code: the words keep their length."""
    kept = [range(mark.start, mark.end) for mark in segment.marks if mark.verbatim]
    text = "".join(
        "x" if letter.isalpha() and not any(at in span for span in kept) else letter
        for at, letter in enumerate(segment.text)
    )
    return Segment(text, segment.marks)


def translated(text: str) -> str:
    found = document(text)
    changed = [shape(segment) for segment in found.segments()]
    return written(found, changed, target_language="en").decode()


SOUP = st.lists(
    st.sampled_from(
        [
            "Satz",
            "eins.",
            "Zwei!",
            " ",
            " ",
            "\n",
            "\n\n",
            "  \n",
            "\\\n",
            "> ",
            "- ",
            "1. ",
            "# ",
            "* ",
            "*",
            "**",
            "_",
            "`",
            "``",
            "~~",
            "[",
            "](x)",
            "](<a b> 'c')",
            "][r]",
            "[r]: u\n",
            "![",
            "<b>",
            "</b>",
            "<br>",
            "<u:v>",
            "| a | b |\n|--|--|\n",
            "|",
            "\\",
            "\\*",
            "&amp;",
            "&ouml;",
            "---\n",
            "===\n",
            "```\n",
            "    ",
            "\t",
            "[^1]",
            "[^1]: ",
            "$x$",
            "{{ y }}",
            "\r\n",
            "<!-- c -->",
            "- [ ] ",
            "> [!NOTE]\n",
            "\u00ad",
            "title: x\n",
            ":::x\n",
            "\n: ",
            "!!! a\n    ",
            '??? a "B"\n',
            "*[A]: ",
            "[TOC]",
            "\n\\x\n",
            "{% raw %}\n",
            "{% endraw %}\n",
            "$$\n",
            "\\[\n",
            "\\]\n",
            "\\(",
            "\\)",
            "{ .a }",
            "++a++",
            "<kbd>",
            "</kbd>",
            "> [!TIP] a\n",
            ":::tip B\n",
            "[r][]",
            "](#satz)",
            "\r",
        ]
    ),
    max_size=25,
).map("".join)


class TestExactness:
    @given(SOUP)
    def test_untranslated_text_is_the_source(self, text: str) -> None:
        """Nothing is normalised, whatever it is."""
        found = document(text)

        assert written(found, found.segments()).decode() == text

    @given(st.text(max_size=60))
    def test_any_characters(self, text: str) -> None:
        """And nothing is refused but what is no text."""
        text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff]", "", text)
        found = markdown.read(text.encode(), sentences, encoding="utf-8")

        assert written(found, found.segments()).decode() == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# Titel #\n\nText.\n", id="heading"),
        pytest.param("Titel\n=====\n", id="underlined heading"),
        pytest.param("> Zitat.\n>\n> > Darin.\n", id="quotation"),
        pytest.param("* Eins.\n* Zwei.\n\n  Weiter.\n", id="list"),
        pytest.param("1. Eins.\n   - Zwei.\n", id="lists in lists"),
        pytest.param("- [x] Getan.\n- [ ] Offen.\n", id="tasks"),
        pytest.param("> [!NOTE]\n> Hinweis.\n", id="alert"),
        pytest.param("| A | B |\n|---|:-:|\n| Eins. Zwei. | |\n", id="table"),
        pytest.param("Mit **fett**, *kursiv* und ~~weg~~.", id="emphasis"),
        pytest.param("Ein [Verweis](https://x.de/a_b '1').", id="link"),
        pytest.param("Ein [Verweis][1].\n\n[1]: https://x.de\n", id="reference"),
        pytest.param("Hart  \numbrochen\\\nzweimal.", id="forced breaks"),
        pytest.param("Satz eins.\nSatz zwei.\n", id="one sentence a line"),
        pytest.param("**Satz eins. Satz zwei.** Drei.", id="mark over sentences"),
        pytest.param("Ein Satz.[^1] Noch einer.\n\n[^1]: Quelle.\n", id="footnote"),
        pytest.param("Ende.\r\n\r\n* Punkt.\r\n", id="CR LF"),
        pytest.param("## Titel {#anker}\n", id="anchor"),
        pytest.param(":::\nBitte lesen.\n:::\n", id="container"),
        pytest.param("> ::: {.b}\n> Bitte lesen.\n> :::\n", id="in a quotation"),
        pytest.param("[^1]: Eins.\n[^2]: Zwei.\n", id="footnotes in a row"),
        pytest.param("[^1]: Eins.\n\n    Drei.\n", id="a footnote's second"),
        pytest.param("Das ==ist es== == 1.\n", id="marked"),
        pytest.param("Apfel\n:   Eine Frucht.\n    Sie ist rot.\n", id="definition"),
        pytest.param("Apfel\n: Eine.\n: Zwei.\n\n  Drei.\n", id="definitions"),
    ],
)
def test_structure_stays(text: str) -> None:
    """Only letters of the text itself are replaced."""
    kept = re.compile(
        r"\]\(.*?\)|\]\[.*?\]|\[[x^].*?\]|^\[1\].*|NOTE|\{.*\}", re.MULTILINE
    )
    expected, done = "", 0
    for match in [*kept.finditer(text), None]:
        end = match.start() if match else len(text)
        expected += re.sub(r"[^\W\d_]", "x", text[done:end])
        expected += match[0] if match else ""
        done = match.end() if match else end

    assert translated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\nCode.\n```\n",
        "    Code.\n",
        "<script>\nHTML.\n</script>\n",
        "> <p>HTML.</p>\n",
        "<div>\n<pre>\nCode.\n\n</pre></div>\n".replace("\n\n", "\n"),
        '<div markdown="1">\nMarkdown\n</div>\n',
        "[ref]: https://x.de\n",
        "`code`\n",
        "<https://x.de>\n",
        "$$a + b$$\n",
        "***\n\n---\n",
        "<!-- Kommentar -->\n",
        "{{ eintrag }}\n",
    ],
)
def test_what_is_no_text_is_not_translated(text: str) -> None:
    """Code, addresses, and HTML between the signs of a quotation have no segments."""
    assert segments(text) == []
    assert translated(text) == text


def test_what_is_raised_stays_with_its_word() -> None:
    """As code does; what is struck is no part of a word."""
    (segment,) = document("Nimm H~2~O auf 5 m^2^ statt ~3~").segments()

    assert [segment.text[mark.start : mark.end] for mark in segment.marks] == [
        "H~2~O", "m^2^",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["[==a== b](x)", "![x==1 oder y==2](u)", "==Das [Rad==](x)", "x==1"],
)
def test_equals_signs_stop_nothing(text: str) -> None:
    """In links, half in them, or as in programs."""
    found = document(text)

    assert written(found, found.segments()).decode() == text


class TestSegments:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                "\\*kein\\* Stern &amp; &ouml;", ["*kein* Stern & ö"], id="escapes"
            ),
            pytest.param("Ein **fettes** Wort", ["Ein fettes Wort"], id="emphasis"),
            pytest.param("Nimm `f(x)` dafür", ["Nimm f(x) dafür"], id="code is seen"),
            pytest.param("> Zwei\n> Zeilen", ["Zwei Zeilen"], id="lines are joined"),
            pytest.param("A  \nB", ["A", "B"], id="not over a forced break"),
            pytest.param("A<br>B", ["A", "B"], id="nor over a break tag"),
            pytest.param("![Bild](x.png)", ["Bild"], id="image"),
            pytest.param("[![Bild](x)](y)", ["Bild"], id="image in a link"),
            pytest.param("![Bild](x) Text.", ["Bild", "Text."], id="image at the edge"),
            pytest.param("Im ![B](x) Rad.", ["B", "Im Rad."], id="image in a sentence"),
            pytest.param("Satz.[^1] Zwei.", ["Satz.", "Zwei."], id="footnote"),
            pytest.param("[^1]: Quelle", ["Quelle"], id="footnote of one word"),
            pytest.param("Ein <b>Wort</b>", ["Ein Wort"], id="inline HTML"),
        ],
    )
    def test_are_what_a_reader_sees(self, text: str, expected: list[str]) -> None:
        """The translator gets words, not signs."""
        assert segments(text) == expected

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("# Titel", "heading"),
            ("Titel\n---", "heading"),
            ("- Punkt", "item"),
            ("Absatz", "paragraph"),
            ("![Bild](x)", "attribute"),
            ("| A |\n|---|", "cell"),
        ],
    )
    def test_have_a_kind(self, text: str, kind: str) -> None:
        """A heading is translated unlike a sentence."""
        assert [block.kind for block in document(text).blocks()] == [kind]

    def test_know_their_line(self) -> None:
        """Front matter and tables counted."""
        text = "---\ntitle: T\n---\n\nA\n\n| B | C |\n|---|---|\n| D |\n"

        found = [(b.line, b.segments[0].text) for b in document(text).blocks()]

        assert found == [(2, "T"), (5, "A"), (7, "B"), (7, "C"), (9, "D")]


class TestWriting:
    @pytest.mark.parametrize(
        ("text", "translation", "expected"),
        [
            pytest.param("Eins", "a*b*", "a\\*b\\*", id="stars"),
            pytest.param(
                "Eins", "snake_case und 2 * 3", "snake_case und 2 * 3", id="none"
            ),
            pytest.param("Eins", "1. April", "1\\. April", id="no list"),
            pytest.param("Eins", "# x", "\\# x", id="no heading"),
            pytest.param("Eins", "<b> & &amp;", "\\<b> & \\&amp;", id="no HTML"),
            pytest.param("Eins", "[a](b)", "\\[a\\](b)", id="no link"),
            pytest.param("Eins [sic]", "One [sic]", "One [sic]", id="brackets"),
            pytest.param(
                "Eins", "https://x.de/a_b_", "https://x.de/a_b_", id="addresses"
            ),
            pytest.param(
                "| A |\n|---|\n| B |", "a|b", "| a\\|b |\n|---|\n| a\\|b |", id="cell"
            ),
        ],
    )
    def test_text_stays_text(self, text: str, translation: str, expected: str) -> None:
        """No more is escaped than must be."""
        found = document(text)
        changed = [Segment(translation) for _ in found.segments()]

        assert written(found, changed).decode() == expected

    def test_code_in_a_cell(self) -> None:
        """There even code escapes its bars."""
        text = "| A |\n|---|\n| Mit `a \\| b` |\n"

        assert translated(text) == "| x |\n|---|\n| xxx `a \\| b` |\n"

    def test_wrapped_text_is_wrapped_again(self) -> None:
        """At its own width, with the signs of its quotation before each line."""
        text = (
            "> Die Strecke zwischen Oberstadt und Niederbach\n"
            "> wird im Sommer saniert. Busse fahren\n"
            "> stattdessen.\n"
        )
        found = document(text)
        longer = [Segment(f"Also, {s.text}") for s in found.segments()]

        lines = written(found, longer).decode().splitlines()

        assert all(line.startswith("> ") and len(line) <= 48 for line in lines)
        assert " ".join(line[2:] for line in lines) == " ".join(
            segment.text for segment in longer
        )

    @given(
        st.lists(
            st.sampled_from(
                ["wort", "1.", "-", "#", "+", ">", "===", "```", "|", "2)"]
            ),
            min_size=8,
            max_size=40,
        )
    )
    def test_wrapping_makes_no_lists(self, words: list[str]) -> None:
        """A word that would begin a block does not begin a line."""
        found = document("Ein Absatz,\nder umbrochen ist.")

        result = written(found, [Segment(" ".join(["a", *words]))]).decode()

        tokens = MarkdownIt().parse(result)
        assert [token.type for token in tokens] == [
            "paragraph_open",
            "inline",
            "paragraph_close",
        ]

    @given(SOUP)
    @example("*a\n> b*")
    @example("Satz\n\xad\n---\n")
    @example("!!! a\n    Satz `b\n    c`")
    @example("\xad    Satz")
    @example("\xad<!-- c -->Satz")
    @example("~~\xad~~Satz")
    @example("\\\\Satz")
    @example("!!! a\n    Satz\n    Satz.\n    Satz\n    <b>")
    def test_the_blocks_stay(self, text: str) -> None:
        """A parser sees the same blocks in the translation."""
        text = re.sub(r"\r\n?|\t", "\n", text)
        parser = markdown_parser.parser()

        before = [token.type for token in parser.parse(text)]
        after = [token.type for token in parser.parse(translated(text))]

        assert after == before


def test_keeps_the_encoding() -> None:
    """Characters it lacks become references, which Markdown knows."""
    found = markdown.read("Größe\n".encode("cp1252"), sentences)

    assert written(found, [Segment("→ é")]) == b"&#8594; \xe9\n"
