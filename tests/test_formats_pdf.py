"""PDF files that are translated: their paragraphs, from where letters stand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.texts import text_of
from satzpaar.cli.main import main
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats import pdf as format_pdf
from satzpaar.translate.formats.pdf import Letter
from satzpaar.translate.segmentation import segment_spans
from tests.pdfs import column, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.document import Document

LONG = (
    "Das alte Rad der Mühle steht seit vielen Jahren still, denn",
    "der Bach hat im Sommer zu wenig Wasser. Nur im März, wenn",
    "der Schnee taut, dreht es sich.",
)


def read(data: bytes) -> Document:
    return format_pdf.read(data, partial(segment_spans, language="de"), place="x.pdf")


def texts(data: bytes) -> list[list[str]]:
    """Return the sentences of each paragraph."""
    return [
        [segment.text for segment in block.segments] for block in read(data).blocks()
    ]


class TestParagraphs:
    def test_are_lines_that_go_on(self) -> None:
        """A sentence goes over them, and a paragraph ends with a line that is short."""
        data = pdf(column(*LONG, "Der Müller wartet darauf jedes Jahr."))

        assert texts(data) == [
            [
                f"{LONG[0]} der Bach hat im Sommer zu wenig Wasser.",
                "Nur im März, wenn der Schnee taut, dreht es sich.",
            ],
            ["Der Müller wartet darauf jedes Jahr."],
        ]

    def test_end_before_more_white(self) -> None:
        """However long their last lines are."""
        data = pdf([*column(*LONG[:2]), *column("Und so fort.", top=160)])

        assert [len(found) for found in texts(data)] == [2, 1]

    def test_end_before_an_indented_line(self) -> None:
        """As books have it."""
        full = "das Eis ist fort, dreht es sich, wie es einst war und ist."
        data = pdf(
            [*column(*LONG[:2], full), *column("Der Müller wartet.", left=75, top=154)]
        )

        assert texts(data)[-1] == ["Der Müller wartet."]

    def test_end_before_what_stands_elsewhere(self) -> None:
        """A table, a caption."""
        data = pdf([*column("Das alte Rad der Mühle"),
                    *column("Jahr 1998", left=150, top=118)])  # fmt: skip

        assert texts(data) == [["Das alte Rad der Mühle"], ["Jahr 1998"]]

    def test_end_before_a_bullet(self) -> None:
        """Whatever its sign is."""
        data = pdf(column("• Das alte Rad der Mühle", "• Der Bach dahinter"))

        assert texts(data) == [["• Das alte Rad der Mühle"], ["• Der Bach dahinter"]]

    def test_go_on_before_a_date(self) -> None:
        """Which is no number of an item in the middle of a sentence."""
        data = pdf(column(LONG[0], "3. Mai ist der Bach hier viel zu klein geworden."))

        assert len(texts(data)) == 1

    def test_go_on_in_the_next_column_and_on_the_next_page(self) -> None:
        """Where the sentence does."""
        one = [*column(*LONG[:1]), *column("der Bach ist zu klein", left=320)]
        data = pdf([*one], column("und zu trocken. Das ist alles."))

        assert texts(data) == [
            [
                f"{LONG[0]} der Bach ist zu klein und zu trocken.",
                "Das ist alles.",
            ]
        ]

    def test_larger_ones_are_headings(self) -> None:
        """They say their page, too."""
        data = pdf(
            [
                *column("Die Mühle steht", "still", size=20),
                *column(*LONG, top=160),
            ],
            column(*LONG),
        )

        blocks = list(read(data).blocks())

        assert [(block.kind, block.line) for block in blocks] == [
            ("heading", 1), ("paragraph", 1), ("paragraph", 2),
        ]  # fmt: skip
        assert blocks[0].segments[0].text == "Die Mühle steht still"


class TestWords:
    @pytest.mark.parametrize(
        ("one", "other", "whole"),
        [
            ("das Mühl-", "rad steht", "das Mühlrad steht"),
            ("der SPD-", "Vorstand geht", "der SPD-Vorstand geht"),
            ("Haupt-", "und Nebenstraßen", "Haupt- und Nebenstraßen"),
        ],
    )
    def test_are_whole_again(self, one: str, other: str, whole: str) -> None:
        """But for hyphens that are the word's own."""
        assert texts(pdf(column(one, other))) == [[whole]]


class TestMargins:
    def test_are_left_out(self) -> None:
        """What stands on every page, and the page's number; not what is there once."""
        pages = [
            [
                *column(f"Lindenauer Bote, Seite {number}", top=30),
                *column(f"{word} ruht das Rad."),
                *column(str(number), top=810),
            ]
            for number, word in enumerate(("Hier", "Dort", "Oben"), 1)
        ]
        once = [*column("Stand: 3. Mai", top=30), *column("Unten ruht es.")]

        assert texts(pdf(*pages, once)) == [
            ["Hier ruht das Rad."], ["Dort ruht das Rad."], ["Oben ruht das Rad."],
            ["Stand: 3. Mai"], ["Unten ruht es."],
        ]  # fmt: skip

    def test_may_have_two_lines(self) -> None:
        """Or be all that a page has."""
        pages = [
            [
                *column("Mühlenblatt", "Ausgabe Mai", top=30, size=9),
                *column(f"{word} ruht das Rad der alten Mühle."),
            ]
            for word in ("Hier", "Dort", "Oben")
        ]

        assert texts(pdf(*pages, column("4", top=810))) == [
            [f"{word} ruht das Rad der alten Mühle."]
            for word in ("Hier", "Dort", "Oben")
        ]

    def test_are_no_chapters_and_no_last_lines(self) -> None:
        """A heading on each page is text, and so is the end of a paragraph."""
        pages = [
            [
                *column(f"Kapitel {number}", top=60, size=20),
                *column(
                    *LONG[:2],
                    "wie man heute noch in der ganzen Stadt erzählt, seit dem Jahr",
                    "1998.",
                    top=735,
                ),
            ]
            for number in range(1, 4)
        ]

        found = texts(pdf(*pages))

        assert [each[0] for each in found if len(each) == 1] == [
            "Kapitel 1", "Kapitel 2", "Kapitel 3",
        ]  # fmt: skip
        assert found[-1][-1].endswith("seit dem Jahr 1998.")


def letters(*lines: str) -> list[Letter]:
    """Return letters ten points apart, lines twenty."""
    return [
        Letter(character, 10.0 * at, -20.0 * row, 10.0 * at + 9, 12 - 20.0 * row)
        for row, line in enumerate(lines)
        for at, character in enumerate(line)
    ]


def parted(*lines: str) -> list[str]:
    found = format_pdf._parted(letters(*lines))
    return ["".join(letter.text for letter in line) for line in found]


class TestLetters:
    def test_that_nobody_knows_are_left_out(self) -> None:
        """The same sign of pdfium is a hyphen where a line ends."""
        assert parted("Ein\ufffe Rad") == ["Ein Rad"]
        assert parted("Mühl\ufffe", "rad") == ["Mühl-", "rad"]
        assert parted("\ufffe\ufffe") == [""]

    def test_far_apart_are_in_other_cells(self) -> None:
        """However few blanks the file has between them."""
        far = [
            replace(each, left=each.left + 80, right=each.right + 80)
            for each in letters("1998")
        ]

        found = list(format_pdf._parted([*letters("Jahr"), *far]))

        assert [len(line) for line in found] == [4, 4]


class TestCommands:
    def test_translate_writes_text(
        self, tmp_path: Path, tiny_folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Into the terminal, a file or a folder; never PDF."""
        source = tmp_path / "artikel.pdf"
        source.write_bytes(pdf(column("Der Mann", "schläft.")))
        options = ["-q", "--model", str(tiny_folder), "--once"]

        assert main(["translate", str(source), *options]) == 0
        made = capsys.readouterr().out
        assert made.endswith(".\n")
        assert "schläft" not in made

        folder = tmp_path / "en"
        assert (
            main(["translate", str(source), "--output-dir", str(folder), *options]) == 0
        )
        assert (folder / "artikel.en.txt").read_text(encoding="utf-8") == made

        assert main(["translate", str(source), "-o", str(tmp_path / "x.pdf")]) == 2
        assert "x.pdf: PDF is read, not written; a name with .txt" in (
            capsys.readouterr().err
        )

    def test_align_reads_it(self) -> None:
        """As every format that is translated."""
        text = text_of(pdf(column(*LONG)), language="de", format="pdf")

        assert len(text.segments) == 2

    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            (b"", "x.pdf: is empty, expected one that begins with %PDF-"),
            (b"Text", "is no PDF file, expected one that begins with %PDF-"),
            (b"%PDF-1.4\nkein Ende", "a broken PDF file"),
            (pdf([]), "has no text, only pictures perhaps"),
        ],
    )
    def test_other_files_are_refused_in_one_line(
        self, data: bytes, complaint: str
    ) -> None:
        """Say what is wrong with them."""
        with pytest.raises(InputError, match=complaint):
            read(data)
