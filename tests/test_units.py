"""Beads to translation units: texts, codes, provenance; and reading the texts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.alignment import Alignment
from satzpaar.alignments.bead import Bead
from satzpaar.alignments.bitext import Code, Variant
from satzpaar.alignments.codes import joined_codes
from satzpaar.alignments.text import Text
from satzpaar.alignments.texts import read_text, text_of, without_controls
from satzpaar.alignments.units import (
    MachineOrigin,
    Origin,
    translated_unit,
    units_of,
)
from satzpaar.translate.document import Segment
from satzpaar.translate.errors import InputError
from satzpaar.translate.translation import Translation

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORIGIN = Origin("de-AT", "en-GB", "see.de.md", "lake.en.md", "bundled", NOON)


def markdown(text: str, language: str = "de") -> Text:
    return text_of(
        text.encode(), language=language, format="markdown", encoding="utf-8"
    )


def aligned(source: Text, target: Text, *beads: Bead) -> Alignment:
    return Alignment(source, target, beads, "satzpaar 1, by hand")


def written(variant: Variant) -> str:
    """Write a text with its codes: <1…1> is a pair, {2} stands alone."""
    pieces, done = [], 0
    signs = {"open": "<{}", "close": "{}>", "alone": "{{{}}}"}
    for code in variant.codes:
        pieces.append(variant.text[done : code.position])
        pieces.append(signs[code.kind].format(code.number))
        done = code.position
    return "".join([*pieces, variant.text[done:]])


class TestUnitsOf:
    def test_give_the_texts_in_the_languages_as_they_are_written(self) -> None:
        """Segments of a side are one text, parted by a space."""
        source = Text.of_lines(["Der See ist still.", "Es ist Mai."])
        target = Text.of_lines(["The lake is calm, it is May."])

        (unit,) = units_of(aligned(source, target, bead(2, 1)), ORIGIN)

        assert unit.source == Variant("Der See ist still. Es ist Mai.", "de-AT")
        assert unit.target == Variant("The lake is calm, it is May.", "en-GB")
        assert unit.created == NOON

    def test_say_where_they_come_from(self) -> None:
        """Numbers of segments are those that people count, from 1."""
        source = Text.of_lines(["Ja.", "Er kam.", "Er ging."])
        target = Text.of_lines(["Yes.", "He came and went."])
        alignment = aligned(
            source,
            target,
            bead(1, 1),
            Bead(range(1, 3), range(1, 2), score=2.5, confidence=0.875),
        )

        *_, unit = units_of(alignment, ORIGIN)

        assert dict(unit.properties) == {
            "x-bead": "2-1",
            "x-align-score": "2.5000",
            "x-confidence": "0.8750",
            "x-src-doc": "see.de.md",
            "x-trg-doc": "lake.en.md",
            "x-src-ids": "2 3",
            "x-trg-ids": "2",
            "x-aligner": "satzpaar 1, by hand",
            "x-mt-model": "bundled",
        }

    def test_say_nothing_that_is_not_known(self) -> None:
        """No confidence, no property; no translation, no model."""
        alignment = aligned(Text.of_lines(["Ja"]), Text.of_lines(["Yes"]), bead(1, 1))

        (unit,) = units_of(alignment, Origin("de", "en", "a", "b"))

        assert unit.get("x-confidence") is None
        assert unit.get("x-mt-model") is None

    def test_leave_out_what_has_one_side(self) -> None:
        """CAT tools refuse it; an empty line of a file cut by hand is no side."""
        source = Text.of_lines(["Eins.", "Zwei.", "", "Drei."])
        target = Text.of_lines(["One.", "Nought.", "x", "Three."])
        alignment = aligned(
            source,
            target,
            bead(1, 1),
            Bead(range(1, 2), range(1, 1)),
            Bead(range(2, 2), range(1, 2)),
            Bead(range(2, 3), range(2, 3)),
            Bead(range(3, 4), range(3, 4)),
        )

        units = list(units_of(alignment, ORIGIN))

        assert [unit.source.text for unit in units] == ["Eins.", "Drei."]

    def test_have_the_same_ids_every_time(self) -> None:
        """So that merging twice changes nothing; other documents have other ids."""
        alignment = aligned(
            Text.of_lines(["Ja.", "Nein."]),
            Text.of_lines(["Yes.", "No."]),
            bead(1, 1),
            Bead(range(1, 2), range(1, 2)),
        )
        other = Origin("de", "en", "anders.txt", "lake.en.md")

        first, again, elsewhere = (
            [unit.id for unit in units_of(alignment, origin)]
            for origin in (ORIGIN, ORIGIN, other)
        )

        assert first == again
        assert len({*first, *elsewhere}) == 4

    def test_empty_lines_leave_no_double_space(self) -> None:
        """The text of a bead over an empty line is as if there were none."""
        source, target = Text.of_lines(["Ja.", "", "Ja."]), Text.of_lines(["Yes, yes."])

        (unit,) = units_of(aligned(source, target, bead(3, 1)), ORIGIN)

        assert unit.source.text == "Ja. Ja."


def bead(sources: int, targets: int) -> Bead:
    """Make a first bead."""
    return Bead(range(sources), range(targets))


CODES = {
    "a pair": ("Ein **roter** Kahn.", "A **red** boat.", "Ein <1roter1> Kahn."),
    "a link to another place": (
        "Siehe [hier](http://a.de) nach.",
        "See [here](http://a.en).",
        "Siehe <1hier1> nach.",
    ),
    "other order": (
        "*Gestern* kam **er**.",
        "**He** came *yesterday*.",
        "<1Gestern1> kam <2er2>.",
    ),
    "inside one another": (
        "Das ist **sehr *rot***.",
        "This is **very *red***.",
        "Das ist <1sehr <2rot2>1>.",
    ),
    "code": ("Ruf `lauf()` auf.", "Call `lauf()`.", "Ruf <1lauf()1> auf."),
    "an image": ("Ein ![](a.png)Bild.", "A ![](a.png)picture.", "Ein {1}Bild."),
    "only one side": ("Ein *Boot*.", "A boat.", "Ein <1Boot1>."),
    "none": ("Ein Boot.", "A boat.", "Ein Boot."),
}


class TestCodes:
    @pytest.mark.parametrize(("de", "en", "expected"), CODES.values(), ids=CODES)
    def test_stand_where_the_markup_was(self, de: str, en: str, expected: str) -> None:
        """Paired, numbered in the order of the text where the sides agree."""
        source, target = markdown(de), markdown(en, "en")

        (unit,) = units_of(aligned(source, target, bead(1, 1)), ORIGIN)

        assert written(unit.source) == expected

    def test_are_numbered_alike_on_both_sides(self) -> None:
        """By what they are, not by their place."""
        source, target = CODES["other order"][:2]
        alignment = aligned(markdown(source), markdown(target, "en"), bead(1, 1))

        (unit,) = units_of(alignment, ORIGIN)

        assert written(unit.target) == "<2He2> came <1yesterday1>."

    def test_are_numbered_alike_in_two_formats(self) -> None:
        """What is strong, or a link, is so however it is written."""
        page = "<p>Das <b>alte</b> <a href='b.html'>Boot</a> ist <em>leck</em>.</p>"
        source = text_of(page.encode(), language="de", format="html")
        target = markdown("_Leaky_ is the __old__ [boat](b.html).", "en")

        (unit,) = units_of(aligned(source, target, bead(1, 1)), ORIGIN)

        assert written(unit.source) == "Das <1alte1> <2Boot2> ist <3leck3>."
        assert written(unit.target) == "<3Leaky3> is the <1old1> <2boat2>."

    def test_without_a_counterpart_have_a_number_of_their_own(self) -> None:
        """A number on both sides says that the codes are the same."""
        codes = joined_codes(
            markdown("Ein *altes* Boot.").segments,
            markdown("An **old** boat.", "en").segments,
        )

        assert {code.number for code in codes[0]} == {1}
        assert {code.number for code in codes[1]} == {2}

    def test_of_a_mark_over_two_segments_are_a_pair_in_one_bead(self) -> None:
        """The two halves find each other again."""
        source = markdown("Es war **still. Und kühl** dort.")
        target = markdown("It was **calm and cool** there.", "en")
        assert len(source) == 2

        (unit,) = units_of(aligned(source, target, bead(2, 1)), ORIGIN)

        assert written(unit.source) == "Es war <1still. Und kühl1> dort."
        assert written(unit.target) == "It was <1calm and cool1> there."

    def test_of_half_a_mark_stand_alone(self) -> None:
        """An opening without its end would be malformed in a TMX."""
        source = markdown("Es war **still. Und kühl** dort.")

        first, second = (joined_codes([one], [])[0] for one in source.segments)

        assert first == (Code(7, "alone", 1, "**"),)
        assert second == (Code(8, "alone", 1, "**"),)

    def test_of_escaped_code_hold_no_text_twice(self) -> None:
        """HTML writes "<" in code as an entity; the text has it once."""
        source = text_of(
            b"<p>Es gilt <code>a &lt; b</code> hier.</p>", language="de", format="html"
        )

        (codes, _) = joined_codes(source.segments, [])

        assert source.segments[0].text == "Es gilt a < b hier."
        assert [code.content for code in codes] == ["<code>", "</code>"]


class TestTranslatedUnit:
    def test_says_what_translated_and_how_sure_it_was(self) -> None:
        """Whoever uses the memory must see that no human translated."""
        translation = Translation(
            markdown("Ein *Boot*.").segments[0],
            markdown("A *boat*.").segments[0],
            -0.25,
            frozenset({"repetitive"}),
        )
        origin = MachineOrigin("de", "en", "bundled", "ctranslate2")

        unit = translated_unit(("see.md", 4, translation), origin)

        assert written(unit.target) == "A <1boat1>."
        assert dict(unit.properties) == {
            "x-src-doc": "see.md",
            "x-src-ids": "5",
            "x-mt-model": "bundled",
            "x-mt-engine": "ctranslate2",
            "x-mt-score": "-0.2500",
            "x-mt-issues": "repetitive",
        }


class TestReadText:
    def test_cuts_by_the_rules_of_the_language(self, tmp_path: Path) -> None:
        """A German "3. Mai" is a date; by the English rules a sentence ends there."""
        path = tmp_path / "a.txt"
        path.write_text("Am 3. Mai kam er. Er blieb.", encoding="utf-8")

        assert len(read_text(path, language="de-AT")) == 2
        assert len(read_text(path, language="en")) == 3

    def test_knows_headings_and_paragraphs(self, tmp_path: Path) -> None:
        """They are anchors when texts are aligned."""
        path = tmp_path / "a.md"
        path.write_text("# Der See\n\nEr ist tief. Er ist kalt.\n\nUnd blau.\n")

        text = read_text(path, language="de")

        assert text.kinds == ("heading", "paragraph", "paragraph", "paragraph")
        assert text.paragraphs == (0, 1, 1, 2)

    def test_takes_lines_as_they_are(self) -> None:
        """Line numbers stay: an empty line is a segment, the last line end is none."""
        text = text_of(b"Eins. Zwei.\r\n\r\nDrei", language="de", lines=True)
        ended = text_of(b"Eins\n", language="de", lines=True)
        nothing = text_of(b"", language="de", lines=True)

        assert [s.text for s in text.segments] == ["Eins. Zwei.", "", "Drei"]
        assert (len(ended), len(nothing)) == (1, 0)

    def test_names_the_file_that_it_cannot_read(self, tmp_path: Path) -> None:
        """And what is wrong with it."""
        path = tmp_path / "bild.txt"
        path.write_bytes(b"\x89PNG\r\n\x1a\n\0")

        with pytest.raises(InputError, match=r"bild\.txt: looks like a PNG image"):
            read_text(path, language="de")


class TestWithoutControls:
    def test_leaves_all_else_in_place(self) -> None:
        """Marks move with the text that they stand over."""
        text = markdown("Ein \x02**fe\x01tter** Satz.")

        (segment,) = without_controls(text).segments

        assert segment.text == "Ein fetter Satz."
        mark = segment.marks[0]
        assert segment.text[mark.start : mark.end] == "fetter"

    def test_leaves_out_segments_of_nothing_else(self) -> None:
        """But not the empty lines of a file cut by hand."""
        text = Text.of_lines(["Ja.", "\x02", "", "\x01 Nein. \x01"])

        found = without_controls(text).segments

        assert found == (Segment("Ja."), Segment(""), Segment("Nein."))
