"""A translation cut as its reference is."""

from __future__ import annotations

import random
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satzpaar.eval import Reference, SystemOutput, TestSet, load_testset, score_systems
from satzpaar.eval.resegment import resegment, resegmented
from satzpaar.translate.errors import InputError

WMT23 = Path(__file__).parents[2] / "shared" / "data" / "wmt23"

WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


def edit_distance(one: list[str], other: list[str]) -> int:
    """Fill the textbook's table."""
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, start=1):
        before, row = row, [i]
        for j, wanted in enumerate(other, start=1):
            cheapest = min(before[j], row[j - 1], before[j - 1] - (word == wanted))
            row.append(cheapest + 1)
    return row[-1]


class TestResegment:
    @settings(max_examples=300, deadline=None)
    @given(WORDS, st.lists(WORDS, min_size=1, max_size=5))
    def test_is_the_best_there_is(
        self, words: list[str], reference: list[list[str]]
    ) -> None:
        """The pieces' distances add up to the whole texts', which none can beat."""
        pieces, distance = resegment(" ".join(words), [" ".join(s) for s in reference])

        assert distance == edit_distance(words, list(chain.from_iterable(reference)))
        apart = [
            edit_distance(piece.split(), segment)
            for piece, segment in zip(pieces, reference, strict=True)
        ]
        assert sum(apart) == distance

    @settings(max_examples=100, deadline=None)
    @given(WORDS, st.lists(WORDS, min_size=1, max_size=5))
    def test_loses_no_word(self, words: list[str], reference: list[list[str]]) -> None:
        """All words stay, in their order."""
        pieces, _ = resegment(" ".join(words), [" ".join(s) for s in reference])

        assert " ".join(filter(None, pieces)).split() == words

    @pytest.mark.parametrize(
        ("text", "reference", "pieces"),
        [
            pytest.param(
                "He came late. He saw nothing.",
                ["He came.", "He saw."],
                ["He came late.", "He saw nothing."],
                id="words too many stay with their sentence",
            ),
            pytest.param(
                "The end. Yes.",
                ["The end.", "It is over.", "Yes."],
                ["The end.", "", "Yes."],
                id="what is missing leaves its place empty",
            ),
            pytest.param(
                "he SAID so then she left",
                ["He said so.", "Then she left."],
                ["he SAID so", "then she left"],
                id="case and punctuation are no matter",
            ),
            pytest.param(
                'He said: "Go!" She went.',
                ['He said: "Go!"', "She went."],
                ['He said: "Go!"', "She went."],
                id="closing quotes belong to what they close",
            ),
        ],
    )
    def test_cuts_between_sentences(
        self, text: str, reference: list[str], pieces: list[str]
    ) -> None:
        """Where the reference has a border, the text has its own near it."""
        assert resegment(text, reference)[0] == pieces

    def test_cuts_a_long_text(self) -> None:
        """More rows than are kept at a time; every fifth word is another."""
        generator = random.Random(1)
        reference = [
            " ".join(f"w{generator.randrange(500)}" for _ in range(20)) + "."
            for _ in range(60)
        ]
        words = " ".join(reference).split()
        text = ["other" if i % 5 == 0 else word for i, word in enumerate(words)]

        pieces, distance = resegment(" ".join(text), reference)

        assert distance == 240
        assert [len(piece.split()) for piece in pieces] == [20] * 60


class TestResegmented:
    def test_says_so_in_the_signature(self) -> None:
        """Such scores never stand beside those of a translation cut by itself."""
        testset = TestSet("t", (Reference("A", ("He came.", "He saw.")),))
        whole = SystemOutput("whole", ("He came. He saw.",))
        own = SystemOutput("own", ("He came.", "He saw."))

        table = score_systems(testset, [resegmented(whole, testset), own], ["bleu"])

        first, second = table.columns
        assert first.signature == f"{second.signature}|seg:edit-distance"
        assert [score is None for score in first.scores] == [False, True]
        assert [score is None for score in second.scores] == [True, False]

    def test_follows_the_closest_reference(self) -> None:
        """Of several references, one is cut where the text is."""
        testset = TestSet(
            "t",
            (
                Reference("far", ("Completely different words.", "Others yet.")),
                Reference("near", ("One two three.", "Four five.")),
            ),
        )
        system = SystemOutput("s", ("One two three. Four", "five."))

        assert resegmented(system, testset).hypotheses == (
            "One two three.",
            "Four five.",
        )

    def test_refuses_a_text_without_words(self) -> None:
        """There is nothing to cut."""
        testset = TestSet("t", (Reference("A", ("He came.",)),))

        with pytest.raises(InputError, match="s: has no text"):
            resegmented(SystemOutput("s", ("  ",)), testset)


@pytest.mark.skipif(not WMT23.exists(), reason="needs the WMT23 outputs in shared/data")
def test_finds_most_of_the_wmt23_segments_again() -> None:
    """30,000 words as one line: eight of ten paragraphs come back word for word."""
    testset = load_testset(WMT23)
    system = next(each for each in testset.systems if each.name == "ONLINE-A")

    found = resegmented(system, testset)

    pairs = zip(found.hypotheses, system.hypotheses, strict=True)
    again = sum(one.split() == other.split() for one, other in pairs)
    assert again > 0.8 * len(testset)
    values = [
        score_systems(testset, [each], ["bleu"]).columns[0].scores[0]
        for each in (found, system)
    ]
    assert values[0] is not None
    assert values[1] is not None
    assert values[0].value == pytest.approx(values[1].value, abs=0.2)
