"""Sentences read behind the one before them, for what their pronouns mean."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from satzpaar.translate.context import CHAIN, texts_before
from satzpaar.translate.document import Block, BlockKind, Document, Segment
from satzpaar.translate.engine import DecodingOptions, ForcedScore
from satzpaar.translate.pipeline import translate_documents, translate_segments
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

SAID = {
    "Der Klub siegte.": "The club won.",
    "Karl siegte.": "Karl won.",
    "Er liegt vorn.": "He is ahead.",
    "Klub siegt": "Club wins",
    "Wir liegen vorn.": "We are ahead.",
    "Er hofft noch.": "He hopes still.",
}


class Reader(EchoEngine):
    """Knows some sentences, and finds "it" likely behind a club and "he" elsewhere."""

    def __init__(self, sentences: int = 1) -> None:
        super().__init__(lambda text, _: SAID[text], aligns=True)
        self.model = dataclasses.replace(self.model, sentences_before=sentences)

    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """Judge the last sentence by the nearest thing before it; see the batch."""
        super().score_batch(sources, targets)
        judged = []
        for source, target in zip(sources, targets, strict=True):
            named = [word for word in source[:-3] if word in ("Klub", "Karl")]
            likely = "It" if named and named[-1] == "Klub" else "He"
            judged.append(
                ForcedScore(
                    (
                        *(
                            -0.1 if word in (likely, "won.") else -1.0
                            for word in target
                        ),
                        0.0,
                    )
                )
            )
        return judged


def block(*texts: str, kind: BlockKind = "paragraph") -> Block:
    """Make a block of sentences."""
    between = ("", *[" "] * (len(texts) - 1), "")
    return Block(tuple(map(Segment, texts)), between, kind)


def translations(
    engine: EchoEngine, *blocks: Block, once: bool = False, beam: int = 4
) -> list[str]:
    """Translate one document."""
    found = translate_documents(
        [Document("text", blocks)],
        engine,
        options=DecodingOptions(beam_size=beam),
        once=once,
    )
    return [each.target.text for each in found]


class TestWhatIsTaken:
    """What comes of a sentence behind another."""

    def test_a_pronoun_means_what_stands_before(self) -> None:
        """The club, and nobody."""
        found = translations(Reader(), block("Der Klub siegte.", "Er liegt vorn."))

        assert found == ["The club won.", "It is ahead."]

    def test_nothing_stands_before_the_first(self) -> None:
        """It is translated by itself."""
        assert translations(Reader(), block("Er liegt vorn.")) == ["He is ahead."]

    def test_a_paragraph_goes_on_behind_another(self) -> None:
        """As articles do, with one sentence each."""
        found = translations(
            Reader(), block("Der Klub siegte."), block("Er liegt vorn.")
        )

        assert found[1] == "It is ahead."

    def test_pronouns_that_no_sentence_before_decides(self) -> None:
        """Nothing is asked again."""
        engine = Reader()

        translations(engine, block("Der Klub siegte.", "Wir liegen vorn."))

        assert engine.scored == []

    def test_what_is_likeliest_may_be_what_was_said(self) -> None:
        """A man is a he."""
        found = translations(Reader(), block("Karl siegte.", "Er liegt vorn."))

        assert found[1] == "He is ahead."

    def test_only_what_comes_behind_is_judged(self) -> None:
        """What was said before it is the same for all readings."""
        engine = Reader()

        translations(engine, block("Der Klub siegte.", "Er liegt vorn."))

        assert engine.scored == [
            ["The club won. He is ahead.", "The club won. It is ahead."]
        ]

    def test_what_a_pronoun_means_holds_in_the_next_sentence(self) -> None:
        """It is read behind what was said of the club."""
        engine = Reader()

        translations(
            engine, block("Der Klub siegte.", "Er liegt vorn.", "Er hofft noch.")
        )

        assert engine.scored[-1] == [
            "It is ahead. He hopes still.",
            "It is ahead. It hopes still.",
        ]

    def test_more_sentences_may_stand_before(self) -> None:
        """The club is in the first of three."""
        texts = "Der Klub siegte.", "Wir liegen vorn.", "Er liegt vorn."

        assert translations(Reader(1), block(*texts))[2] == "He is ahead."
        assert translations(Reader(2), block(*texts))[2] == "It is ahead."

    @pytest.mark.parametrize(
        "blocks",
        [
            pytest.param(
                [block("Klub siegt", kind="heading"), block("Er liegt vorn.")],
                id="a heading",
            ),
            pytest.param(
                [block("Klub siegt"), block("Er liegt vorn.")],
                id="a paragraph without an end",
            ),
            pytest.param(
                [
                    block("Der Klub siegte.", kind="cell"),
                    block("Er liegt vorn.", kind="cell"),
                ],
                id="a table's cells",
            ),
        ],
    )
    def test_what_a_pronoun_does_not_go_back_to(self, blocks: list[Block]) -> None:
        """Who stands in another part is not meant."""
        assert translations(Reader(), *blocks)[1] == "He is ahead."

    def test_documents_are_apart(self) -> None:
        """The last sentence of one says nothing of the next."""
        documents = [
            Document("text", (block(text),))
            for text in ("Der Klub siegte.", "Er liegt vorn.")
        ]

        found = list(translate_documents(documents, Reader()))

        assert found[1].target.text == "He is ahead."

    def test_segments_are_no_text(self) -> None:
        """They may come from anywhere."""
        segments = [Segment("Der Klub siegte."), Segment("Er liegt vorn.")]

        found = list(translate_segments(segments, Reader()))

        assert found[1].target.text == "He is ahead."

    @pytest.mark.parametrize(
        ("sentences", "once", "beam"), [(0, False, 4), (1, True, 4), (1, False, 1)]
    )
    def test_who_does_not_read_before(
        self, sentences: int, once: bool, beam: int
    ) -> None:
        """A model that has not learnt it, and who wants speed."""
        found = translations(
            Reader(sentences),
            block("Der Klub siegte.", "Er liegt vorn."),
            once=once,
            beam=beam,
        )

        assert found[1] == "He is ahead."


def test_as_many_texts_before_as_are_wanted() -> None:
    """The nearest, in order, of one run of sentences."""
    blocks = [
        block("A.", "B."),
        block("C."),
        block("X."),
        block("Head", kind="heading"),
        block("D."),
        block("E."),
    ]

    assert CHAIN == 3
    assert list(texts_before(blocks, 1)) == [
        (),
        ("A.",),
        ("A.", "B."),
        ("A.", "B.", "C."),
        (),
        (),
        ("D.",),
    ]
    assert list(texts_before(blocks, 0)) == [()] * 7
