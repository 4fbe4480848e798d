"""Codes of units as marks of segments: what is written is what the codes say."""

from __future__ import annotations

from hypothesis import given

from satzpaar.alignments.bitext import Code, Variant
from satzpaar.alignments.codes import joined_codes
from satzpaar.alignments.marks import segment_of
from satzpaar.translate.document import Mark, Segment
from tests.bitexts import texts, variants


def spelled(segment: Segment) -> str:
    """Write a segment with its marks, as a format would."""
    pieces: list[str] = []
    around: list[Mark] = []
    last = 0

    def write_until(position: int) -> None:
        nonlocal last
        pieces.append(segment.text[last:position])
        last = position

    def close_until(position: int) -> None:
        while around and around[-1].end <= position:
            mark = around.pop()
            write_until(mark.end)
            pieces.append(mark.closing)

    for mark in segment.marks:
        close_until(mark.start)
        write_until(mark.start)
        pieces.append(mark.opening)
        if mark.start == mark.end:
            pieces.append(mark.closing)
        else:
            around.append(mark)
    close_until(len(segment.text))
    write_until(len(segment.text))
    return "".join(pieces)


class TestSegmentOf:
    def test_pairs_are_marks_and_others_stand_where_they_are(self) -> None:
        """Outer before inner."""
        codes = (
            Code(0, "open", 1, "<i>"),
            Code(0, "open", 2, "<b>"),
            Code(3, "close", 2, "</b>"),
            Code(4, "alone", 3, "<br>"),
            Code(8, "close", 1, "</i>"),
        )

        assert segment_of(Variant("Das Haus.", "de", codes)).marks == (
            Mark(0, 8, "<i>", "</i>"),
            Mark(0, 3, "<b>", "</b>"),
            Mark(4, 4, "<br>", ""),
        )

    def test_halves_go_on_beyond_the_text(self) -> None:
        """Their other halves are in the segments before and after."""
        codes = (Code(3, "close", 1, "</b>"), Code(4, "open", 2, "<i>"))

        assert segment_of(Variant("Das Haus.", "de", codes)).marks == (
            Mark(0, 3, "", "</b>"),
            Mark(4, 9, "<i>", ""),
        )

    def test_pairs_that_cross_lose_no_code(self) -> None:
        """Marks cannot cross; what is written is the same all the same."""
        codes = (
            Code(0, "open", 1, "<b>"),
            Code(2, "open", 2, "<i>"),
            Code(4, "close", 1, "</b>"),
            Code(6, "close", 2, "</i>"),
        )

        assert spelled(segment_of(Variant("abcdefg", "de", codes))) == (
            "<b>ab<i>cd</b>ef</i>g"
        )

    def test_outer_space_goes_and_codes_move(self) -> None:
        """A segment has none, and no line end."""
        codes = (Code(1, "open", 1, "<b>"), Code(5, "close", 1, "</b>"))

        found = segment_of(Variant("  a\nb ", "de", codes))

        assert found == Segment("a b", (Mark(0, 3, "<b>", "</b>"),))

    @given(variants("de", texts(), codes=True))
    def test_any_codes_make_a_segment(self, variant: Variant) -> None:
        """With every code in it."""
        written = spelled(segment_of(variant))

        assert all(code.content in written for code in variant.codes)

    def test_is_the_way_back_of_joined_codes(self) -> None:
        """Of a single segment."""
        marks = (Mark(0, 8, "<i>", "</i>"), Mark(4, 8, "<b>", "</b>"))
        segment = Segment("Das Haus.", marks)
        codes, _ = joined_codes([segment], [])

        assert segment_of(Variant(segment.text, "de", codes)) == segment
