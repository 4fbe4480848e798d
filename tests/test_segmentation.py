"""German and English text comes apart where a reader would cut it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from satzpaar.translate.segmentation import segment_spans

DATA = Path(__file__).parent / "data" / "segmentation"
BOUNDARY = " ⏎ "


def read_cases(name: str) -> list[object]:
    """One parameter a case, named after its rule and its line in the file."""
    rule = ""
    cases: list[object] = []
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.startswith("## "):
            rule = line.removeprefix("## ")
        elif line and re.match(r"#(?: |\Z)", line) is None:
            cases.append(pytest.param(line, id=f"{number}: {rule}"))
    return cases


def segments(text: str, language: str = "de") -> list[str]:
    return [text[start:end] for start, end in segment_spans(text, language)]


class TestHardCases:
    @pytest.mark.parametrize("case", read_cases("hard.de.txt"))
    def test_german(self, case: str) -> None:
        """The published cases, each right from end to end."""
        assert segments(case.replace(BOUNDARY, " ")) == case.split(BOUNDARY)

    @pytest.mark.parametrize("case", read_cases("hard.en.txt"))
    def test_english(self, case: str) -> None:
        """The aligner cuts English too."""
        assert segments(case.replace(BOUNDARY, " "), "en") == case.split(BOUNDARY)

    @pytest.mark.xfail(strict=True, reason="needs more than words and marks")
    @pytest.mark.parametrize("case", read_cases("unsolved.de.txt"))
    def test_unsolved(self, case: str) -> None:
        """What we know to be wrong; a case that comes right moves to the others."""
        assert segments(case.replace(BOUNDARY, " ")) == case.split(BOUNDARY)

    def test_there_are_many(self) -> None:
        """The suite is a promise; it does not shrink."""
        assert len(read_cases("hard.de.txt")) >= 150


class TestWhiteSpace:
    def test_a_line_break_is_white_space(self) -> None:
        """Hard-wrapped text may break inside an abbreviation or a date."""
        text = "Am 3.\nOktober kam z.\n  B. Dr.\nWeiß.\r\nDann ging er."

        assert segments(text) == [
            "Am 3.\nOktober kam z.\n  B. Dr.\nWeiß.",
            "Dann ging er.",
        ]

    def test_a_no_break_space_holds_an_abbreviation(self) -> None:
        """Whoever writes one says that the words belong together."""
        assert segments("Nr.\u00a0Die fehlt.") == ["Nr.\u00a0Die fehlt."]
        assert segments("Es sind 5\u202fMio. Das reicht.") == [
            "Es sind 5\u202fMio.",
            "Das reicht.",
        ]

    def test_a_no_break_space_does_not_hold_sentences(self) -> None:
        """The web is full of them where a plain space was meant."""
        assert segments("Er geht.\u00a0Sie bleibt.") == ["Er geht.", "Sie bleibt."]

    @pytest.mark.parametrize(
        "text",
        [
            "Offen ist Mo.–Fr. 10–18 Uhr, So. nicht.",
            "Termine: 3.5. Flohmarkt, 10.5. Konzert, 17.5. Lesung",
            "REISE NACH ST. GALLEN",
            "Neuer – Müller (64. Wolf), Koch (46. Vogel/60. Sand) – Lang",
            "Stein (81. Notbremse), Lang (12. Berg / 80. Thal)",
        ],
    )
    def test_abbreviations_and_dates_in_rows(self, text: str) -> None:
        """From day to day, date after date, in capitals, and minutes in brackets."""
        assert segment_spans(text) == [(0, len(text))]

    def test_nothing_comes_apart_without_white_space(self) -> None:
        """A separator is never empty, so that every segment stays a whole word."""
        assert segments("Er ging.Sie blieb.") == ["Er ging.Sie blieb."]

    @pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0"])
    def test_no_words_no_segments(self, text: str) -> None:
        """An empty block has no segments rather than an empty one."""
        assert segment_spans(text) == []

    def test_offsets_are_the_texts_own(self) -> None:
        """They count from the text as it was given, outer white space and all."""
        assert segment_spans("  Ja. Und? ") == [(2, 5), (6, 10)]


class TestOtherLanguages:
    def test_unknown_languages_get_the_rules_that_hold_everywhere(self) -> None:
        """Any language is cut, if with less knowledge."""
        assert segments("M. Dupont part. Il revient ! Vraiment ?", "fr") == [
            "M. Dupont part.",
            "Il revient !",
            "Vraiment ?",
        ]

    def test_other_scripts_have_their_own_marks(self) -> None:
        """A script without capitals has plain beginnings everywhere."""
        assert segments("वह गया। वह आया।", "hi") == ["वह गया।", "वह आया।"]

    def test_a_region_is_no_other_language(self) -> None:
        """de-AT is German."""
        assert segments("Am 3. Mai ging er.", "de-AT") == ["Am 3. Mai ging er."]


# Everything a sentence may end or begin with, and white space of all sorts.
_PIECES = st.sampled_from(
    """
    Die das Dr. z. B. usw. Mio. 3. 12. XIV. J. § Nr. Oktober 2012. 24.12. ! ? … ... . ?!
    " „ “ » « ( ) [1] [ ] ‚ ‘ – - • 🙂 :-) # @ a) 1.) (dpa) Berlin (dpa) - MOSKAU
    2023-09-11 date Haus. ging. iPhone www.a.de. :
    """.split()
)
_SPACES = st.sampled_from([" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u202f", "\u2028"])
_SENTENCES = [
    "Der Rat tagt.",
    "Wer war das?",
    "„Wir gehen!“, rief er.",
    "Das kostet viel.",
    "Am 3. Mai kam sie.",
    "Die Fa. Bosch baut.",
    "Er sagte: „Ja.“",
]
_TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(_PIECES | _SPACES, max_size=30).map("".join),
    st.lists(_PIECES, max_size=30).map(" ".join),
)
_LANGUAGES = st.sampled_from(["de", "en", "fr"])


class TestProperties:
    @given(_TEXTS, _LANGUAGES)
    @settings(max_examples=300, deadline=None)
    @example("date 2023-09 „", "de")
    def test_segments_and_separators_give_the_text_back(
        self, text: str, language: str
    ) -> None:
        """Spans are in order and clean; only white space lies outside them."""
        position = 0
        for start, end in segment_spans(text, language):
            assert position <= start < end
            assert not text[position:start].strip()
            assert text[start:end] == text[start:end].strip()
            assert position == 0 or start > position
            position = end

        assert not text[position:].strip()

    @given(_TEXTS)
    @settings(max_examples=100, deadline=None)
    def test_outer_white_space_shifts_and_does_no_more(self, text: str) -> None:
        """Indentation has no say in where sentences end."""
        shifted = [(start + 3, end + 3) for start, end in segment_spans(text)]

        assert segment_spans(f" \n {text} ") == shifted

    @given(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=8))
    @settings(max_examples=50, deadline=None)
    def test_sentences_stay_sentences_in_any_company(self, chosen: list[str]) -> None:
        """Joined and cut again, plain sentences come back as they were."""
        assert segments(" ".join(chosen)) == chosen

    @pytest.mark.parametrize("case", read_cases("hard.de.txt"))
    def test_kinds_of_white_space_are_alike(self, case: str) -> None:
        """Where lines are wrapped makes no difference."""
        text = case.replace(BOUNDARY, " ")

        assert segment_spans(text.replace(" ", "\n")) == segment_spans(text)


class TestTime:
    """Nothing that a paragraph may hold is read more than a few times."""

    def test_a_megabyte_of_prose_takes_no_time(self) -> None:
        """Some 0.3 seconds on a quiet machine."""
        text = "Am 3. Mai kam Dr. Weiß z. B. nach Köln. Er blieb dort. " * 18_000
        began = time.perf_counter()

        found = segment_spans(text)

        assert len(found) == 2 * 18_000
        assert time.perf_counter() - began < 10

    @pytest.mark.parametrize(
        "piece",
        [
            pytest.param("Am 3. Mai kam Dr. Weiß z. B. nach Köln. ", id="prose"),
            pytest.param("x", id="one word"),
            pytest.param(".", id="full stops"),
            pytest.param(" ", id="white space"),
            pytest.param("(", id="opening brackets"),
            pytest.param("a.) ", id="closing brackets"),
            pytest.param("[1]", id="footnotes"),
            pytest.param("[1] ", id="footnotes apart"),
            pytest.param("„a? ", id="open quotations"),
            pytest.param("? “ ", id="closing quotes"),
            pytest.param('. " ', id="straight quotes"),
            pytest.param("- ", id="dashes"),
            pytest.param("z. B. ", id="abbreviations"),
            pytest.param("1. ", id="numbers"),
            pytest.param(". 🙂 ", id="emoji"),
            pytest.param("Berlin/", id="places"),
        ],
    )
    def test_grows_with_the_length_alone(self, piece: str) -> None:
        """Ten times the text takes about ten times as long."""
        text = piece * (20_000 // len(piece))
        began = time.perf_counter()
        segment_spans(text)
        short = time.perf_counter() - began

        began = time.perf_counter()
        segment_spans(text * 10)
        long = time.perf_counter() - began

        # Ten times the text; a hundred times would be quadratic. The second term
        # forgives a busy machine.
        assert long < 40 * short + 0.5
