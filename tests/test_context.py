"""Sentences read behind the one before them, for what their pronouns mean."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from satzpaar.translate.context import texts_before
from satzpaar.translate.document import Block, BlockKind, Document, Mark, Segment
from satzpaar.translate.engine import DecodingOptions, ForcedScore
from satzpaar.translate.pipeline import translate_documents, translate_segments
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

SAID = {
    "Der Klub siegte.": "The club won.",
    "Karl siegte.": "Karl won.",
    "Karl und der Klub siegten.": "Karl and the club won.",
    "Er liegt vorn.": "He is ahead.",
    "Klub siegt": "Club wins",
    "Wir liegen vorn.": "We are ahead.",
    "Er hofft noch.": "He hopes still.",
    "Der Klub brach ab.": "The club broke~",
    "Der Klub siegte nie mehr.": "Der Klub siegte nie mehr.",
}

BOTH = "Karl und der Klub siegten."  # either may be "er"


class Reader(EchoEngine):
    """Knows some sentences, and finds "it" likely behind a club and "he" elsewhere."""

    def __init__(
        self, *, reads: bool = True, aligns: bool = True, limit: int = 64
    ) -> None:
        super().__init__(lambda text, _: SAID[text], aligns=aligns, limit=limit)
        self.model = dataclasses.replace(self.model, reads_context=reads)

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

    def test_what_is_said_of_a_picture_stands_beside_the_text(self) -> None:
        """It is not what goes on."""
        picture = block("Klub siegt", kind="attribute")

        found = translations(
            Reader(), block("Der Klub siegte."), picture, block("Er liegt vorn.")
        )

        assert found[2] == "It is ahead."

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

        found = translations(engine, block(BOTH, "Er liegt vorn."))

        assert found[1] == "It is ahead."
        assert engine.scored == [
            [
                "Karl and the club won. He is ahead.",
                "Karl and the club won. It is ahead.",
            ]
        ]

    def test_nothing_is_judged_where_only_one_is_named(self) -> None:
        """A club is no he, whatever is likely."""
        engine = Reader()

        found = translations(engine, block("Der Klub siegte.", "Er liegt vorn."))

        assert found[1] == "It is ahead."
        assert engine.scored == []

    @pytest.mark.parametrize(
        "before", ["Der Klub brach ab.", "Der Klub siegte nie mehr."]
    )
    def test_a_sentence_before_that_came_to_nothing(self, before: str) -> None:
        """It broke off, or is left in German: nothing is judged behind it."""
        engine = Reader()
        engine.say = lambda text, _: SAID.get(text, text)

        found = translations(engine, block(before, "Er liegt vorn."))

        assert found[1] == "He is ahead."
        assert engine.scored == []

    def test_both_sentences_may_be_too_long(self) -> None:
        """Then each is translated by itself."""
        engine = Reader(limit=6)

        found = translations(engine, block(BOTH, "Er liegt vorn."))

        assert found[1] == "He is ahead."
        assert engine.scored == []

    def test_a_segment_with_what_is_copied(self) -> None:
        """Its translation may be put together of parts."""
        link = "Er liegt vorn."
        segment = Segment(link, (Mark(3, 8, "<code>", "</code>", verbatim=True),))
        blocks = [block("Der Klub siegte."), Block((segment,), ("", ""))]
        engine = Reader()
        engine.say = lambda text, _: SAID.get(text, text)

        translations(engine, *blocks)

        assert engine.scored == []

    def test_what_a_pronoun_means_holds_in_the_next_sentence(self) -> None:
        """It is read behind what was said of the club."""
        engine = Reader()

        translations(engine, block(BOTH, "Er liegt vorn.", "Er hofft noch."))

        assert engine.scored[-1] == [
            "It is ahead. He hopes still.",
            "It is ahead. It hopes still.",
        ]

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
        ("engine", "once", "beam"),
        [
            pytest.param(Reader(reads=False), False, 4, id="a model that cannot"),
            pytest.param(Reader(aligns=False), False, 4, id="one that does not align"),
            pytest.param(Reader(), True, 4, id="once"),
            pytest.param(Reader(), False, 1, id="a beam of one"),
        ],
    )
    def test_who_does_not_read_before(
        self, engine: Reader, once: bool, beam: int
    ) -> None:
        """A model that has not learnt it, and who wants speed."""
        found = translations(
            engine,
            block("Der Klub siegte.", "Er liegt vorn."),
            once=once,
            beam=beam,
        )

        assert found[1] == "He is ahead."


def test_what_a_segment_may_go_on_from() -> None:
    """The nearest three sentences, in order, of one run."""
    blocks = [
        block("A.", "B."),
        block("C."),
        block("D."),
        block("E."),
        block("Head", "F.", kind="heading"),
        block("G."),
        block("H."),
    ]

    assert list(texts_before(blocks)) == [
        (),
        ("A.",),
        ("A.", "B."),
        ("A.", "B.", "C."),
        ("B.", "C.", "D."),
        (),
        (),
        (),
        ("G.",),
    ]
