"""Places that a model lost: which are put right, and which are left alone."""

from __future__ import annotations

import pytest

from satzpaar.translate.checks.places import EXONYMS, PLACES
from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.right_places import lost_places, placed
from tests.doubles import EchoEngine


class TestLostPlaces:
    def test_named_in_no_way(self) -> None:
        """By the word in the source, each with its English name."""
        source = "In Polen, Nordkorea und Athens hohem Norden."

        assert lost_places(source, "In Poland, South Africa and north of there.") == {
            2: "North Korea",
            4: "Athens",
        }

    @pytest.mark.parametrize(
        "target",
        ["Polish people.", "Warsaw says so.", "The POLES came.", "In Poland's north."],
    )
    def test_named_in_another_way(self, target: str) -> None:
        """By its people or its capital."""
        assert lost_places("In Polen.", target) == {}

    def test_left_in_german(self) -> None:
        """Unless English says it that way too."""
        source = "Von Warschau nach Hannover."

        assert lost_places(source, "From Warschau to Hannover.") == {1: "Warsaw"}

    def test_not_within_other_names(self) -> None:
        """Clubs and banks keep theirs."""
        assert lost_places("Bank Polen zahlt.", "It pays.") == {}


class TestPlaced:
    def test_more_words_than_before(self) -> None:
        """The words behind get new numbers."""
        links = [(0, 0), (1, 1), (2, 2), (3, 3)]

        text, new = placed("From Nordkoria's capital today.", {1: "North Korea"}, links)

        assert text == "From North Korea's capital today."
        assert new == ((0, 0), (1, 1), (1, 2), (2, 3), (3, 4))

    def test_fewer_words(self) -> None:
        """A run becomes one."""
        links = [(0, 0), (1, 1), (1, 2), (2, 3)]

        text, new = placed("From Polish Land, today.", {1: "Poland"}, links)

        assert text == "From Poland, today."
        assert new == ((0, 0), (1, 1), (2, 2))

    def test_a_name_behind_that_goes_with_nothing(self) -> None:
        """It belongs to what was made of the place; after a comma it does not."""
        links = [(0, 0), (1, 1)]

        assert placed("From Northern Europe.", {1: "North Korea"}, links) == (
            "From North Korea.",
            ((0, 0), (1, 1), (1, 2)),
        )
        apart, _ = placed("From Northern, Europe.", {1: "North Korea"}, links)
        assert apart == "From North Korea, Europe."

    def test_two_in_one_text(self) -> None:
        """Each in its place."""
        links = [(0, 0), (2, 2)]

        text, _ = placed("Nordkoria and Pole", {0: "North Korea", 2: "Poland"}, links)

        assert text == "North Korea and Poland"

    @pytest.mark.parametrize(
        ("target", "links"),
        [
            pytest.param("In the north.", [(1, 2)], id="a word that is no name"),
            pytest.param("In Pole.", [(1, 1), (0, 1)], id="stands for more"),
            pytest.param("In Pole the Land.", [(1, 1), (1, 3)], id="not side by side"),
            pytest.param("In Pole.", [], id="nothing stands for it"),
            pytest.param("In", [(1, 1)], id="the word is gone"),
        ],
    )
    def test_stays(self, target: str, links: list[tuple[int, int]]) -> None:
        """Where it is not sure what to replace."""
        assert placed(target, {1: "Poland"}, links) == (target, tuple(links))

    def test_a_small_word_that_is_no_english(self) -> None:
        """It was meant for a name."""
        assert placed("In polandia.", {1: "Poland"}, [(1, 1)])[0] == "In Poland."


class TestTable:
    def test_every_place_says_itself(self) -> None:
        """A place put right is none that the check misses."""
        for german, english in PLACES.items():
            assert lost_places(f"In {german}.", f"In {english}.") == {}, german

    def test_names_are_single_words(self) -> None:
        """That is how they are looked for."""
        assert not [german for german in EXONYMS if " " in german]


class TestPipeline:
    def test_marks_follow(self) -> None:
        """What stands behind a longer name keeps its mark."""
        said = {"In Nordkorea heute früh.": "In Nordkoria today early."}
        engine = EchoEngine(lambda text, _: said[text], aligns=True)
        (source,) = said
        bold = Mark(source.index("heute"), source.index(" früh"), "<b>", "</b>")

        (found,) = translate_segments([Segment(source, (bold,))], engine)

        text = found.target.text
        assert text == "In North Korea today early."
        (mark,) = found.target.marks
        assert text[mark.start : mark.end] == "today"
