"""Where sentences are cut, and what tells that a translation went wrong."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.translate.checks import is_copy, is_looping, repetition
from satzpaar.translate.clauses import halves


class TestHalves:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            (
                "Er kam, sah, und blieb dort; sie ging fort.",
                "Er kam, sah, und blieb dort;",
            ),
            ("Er wusste, ja, dass sie kommt, nein.", "Er wusste, ja,"),
            ("Sie kam am Abend, er am Morgen.", "Sie kam am Abend,"),
            ("Das Haus am See und der Garten", "Das Haus am See"),
            ("eins zwei drei vier", "eins zwei"),
        ],
    )
    def test_cuts_at_the_best_border_near_the_middle(
        self, text: str, first: str
    ) -> None:
        """Semicolon before conjunction, before comma, before any white space."""
        assert halves(text)[0] == first

    def test_a_word_stays_whole(self) -> None:
        """There is no border in a word."""
        assert halves("Donaudampfschifffahrt") == ["Donaudampfschifffahrt"]

    @given(st.text(alphabet="ab ,;.", max_size=60).map(str.strip))
    def test_loses_nothing_but_a_space(self, text: str) -> None:
        """Both parts together are the text."""
        assert "".join(halves(text)).replace(" ", "") == text.replace(" ", "")


class TestRepetition:
    @pytest.mark.parametrize(
        ("text", "times"),
        [
            ("", 1),
            ("It was very, very good.", 1),
            ("no no no", 1),
            ("the the the the the", 5),
            ("to be or not to be", 1),
            ("in the house in the house in the house", 3),
            ("a b a b", 1),
        ],
    )
    def test_counts_runs(self, text: str, times: int) -> None:
        """Language repeats itself a little; a loop does not stop."""
        assert repetition(text) == times

    def test_the_source_may_do_so_too(self) -> None:
        """What the text itself repeats is translated as it is."""
        assert is_looping("Er ruft.", "Ha ha ha ha ha")
        assert not is_looping("Ha ha ha ha ha", "Ha ha ha ha ha")

    def test_long_texts_are_quick(self) -> None:
        """The time grows with the length alone."""
        started = time.perf_counter()

        repetition("the house " * 50_000)

        assert time.perf_counter() - started < 5


def test_is_copy_needs_a_few_words() -> None:
    """A name stays a name; a sentence does not stay a sentence."""
    assert is_copy("Das ist ein Satz.", "Das ist ein Satz")
    assert not is_copy("Angela Merkel", "Angela Merkel")
    assert not is_copy("Das ist ein Satz.", "This is a sentence.")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            "„Wir sahen Dinge, die keiner kannte“, was die Leiterin freute.",
            ["„Wir sahen Dinge, die keiner kannte“,", "was die Leiterin freute."],
            id="not in a quotation",
        ),
        pytest.param(
            "Es gab Dinge dort, die keiner kannte, sagte Leiterin Kolbe aus Trier.",
            [
                "Es gab Dinge dort,",
                "die keiner kannte, sagte Leiterin Kolbe aus Trier.",
            ],
            id="not before who speaks",
        ),
        pytest.param(
            '"Ja, das geht sicher sehr gut"',
            ['"Ja, das geht sicher sehr gut"'],
            id="not at all",
        ),
        pytest.param(
            "Er ging heute sehr früh fort",
            ["Er ging heute sehr früh fort"],
            id="nor between any two words",
        ),
    ],
)
def test_a_sentence_is_parted_only_at_its_borders(text: str, parts: list[str]) -> None:
    """Where it need not be parted at all."""
    assert halves(text, anywhere=False) == parts
