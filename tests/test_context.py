"""Sentences read behind the one before them, for what their pronouns mean."""

from __future__ import annotations

import dataclasses

import pytest

from satzpaar.translate.context import pronouns, refers_back, texts_before
from satzpaar.translate.document import Block, BlockKind, Document, Segment
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.pipeline import translate_documents, translate_segments
from tests.doubles import EchoEngine

SAID = {
    "Der Klub siegte.": "The club won.",
    "Er liegt vorn.": "He is ahead.",
    "Der Klub siegte. Er liegt vorn. [The club won.]": "It is ahead.",
    "Klub siegt": "Club wins",
    "Klub siegt Er liegt vorn. [Club wins]": "It is ahead.",
    "ER LIEGT VORN.": "HE IS AHEAD.",
    "Wir liegen vorn.": "We are ahead.",
    "Der Klub siegte. Er kam mit ihm. [The club won.]": "It came with him.",
    "Er kam mit ihm.": "He came with it.",
    "Der Klub siegte. Er hat 3 Punkte. [The club won.]": "It has 4 points.",
    "Er hat 3 Punkte.": "He has 3 points.",
}


def say(text: str, options: DecodingOptions) -> str:
    """Translate what is known, and nothing else."""
    return SAID[text]


def reader(sentences: int = 1) -> EchoEngine:
    """Return an engine whose model reads so many sentences before one."""
    engine = EchoEngine(say, aligns=True)
    engine.model = dataclasses.replace(engine.model, sentences_before=sentences)
    return engine


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
        found = translations(reader(), block("Der Klub siegte.", "Er liegt vorn."))

        assert found == ["The club won.", "It is ahead."]

    def test_nothing_stands_before_the_first(self) -> None:
        """It is translated by itself."""
        assert translations(reader(), block("Er liegt vorn.")) == ["He is ahead."]

    def test_a_paragraph_goes_on_behind_another(self) -> None:
        """As articles do, with one sentence each."""
        found = translations(
            reader(), block("Der Klub siegte."), block("Er liegt vorn.")
        )

        assert found[1] == "It is ahead."

    def test_pronouns_that_no_sentence_before_decides(self) -> None:
        """Nothing is asked again."""
        engine = reader()

        translations(engine, block("Der Klub siegte.", "Wir liegen vorn."))

        assert engine.asked == ["Der Klub siegte.", "Wir liegen vorn."]

    def test_what_is_more_wrong_is_not_taken(self) -> None:
        """The points are 3."""
        found = translations(reader(), block("Der Klub siegte.", "Er hat 3 Punkte."))

        assert found[1] == "He has 3 points."

    def test_the_same_pronouns_are_left_alone(self) -> None:
        """In whatever order: the sentence by itself is the better one."""
        found = translations(reader(), block("Der Klub siegte.", "Er kam mit ihm."))

        assert found[1] == "He came with it."

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
        assert translations(reader(), *blocks)[1] == "He is ahead."

    def test_documents_are_apart(self) -> None:
        """The last sentence of one says nothing of the next."""
        documents = [
            Document("text", (block(text),))
            for text in ("Der Klub siegte.", "Er liegt vorn.")
        ]

        found = list(translate_documents(documents, reader()))

        assert found[1].target.text == "He is ahead."

    def test_segments_are_no_text(self) -> None:
        """They may come from anywhere."""
        segments = [Segment("Der Klub siegte."), Segment("Er liegt vorn.")]

        found = list(translate_segments(segments, reader()))

        assert found[1].target.text == "He is ahead."

    @pytest.mark.parametrize(
        ("sentences", "once", "beam"), [(0, False, 4), (1, True, 4), (1, False, 1)]
    )
    def test_who_does_not_read_before(
        self, sentences: int, once: bool, beam: int
    ) -> None:
        """A model that has not learnt it, and who wants speed."""
        found = translations(
            reader(sentences),
            block("Der Klub siegte.", "Er liegt vorn."),
            once=once,
            beam=beam,
        )

        assert found[1] == "He is ahead."


def test_as_many_texts_before_as_are_wanted() -> None:
    """The nearest, in order, of one run of sentences."""
    blocks = [
        block("A.", "B.", "C."),
        block("Head", kind="heading"),
        block("D."),
        block("E."),
    ]

    assert list(texts_before(blocks, 2)) == [
        (),
        ("A.",),
        ("A.", "B."),
        (),
        (),
        ("D.",),
    ]
    assert list(texts_before(blocks, 0)) == [()] * 6


@pytest.mark.parametrize(
    ("source", "target", "refers"),
    [
        ("Sein Trainer schwieg.", "His coach was silent.", True),
        ("Das gefiel ihr.", "She liked that.", True),
        ("Dieser kam nicht.", "He did not come.", True),
        ("Haben Sie Zeit?", "Do you have time?", False),
        ("Der Trainer schwieg.", "The coach was silent.", False),
    ],
)
def test_pronouns_that_may_refer_back(source: str, target: str, refers: bool) -> None:
    """Of the third person, on both sides."""
    assert refers_back(source, target) is refers


def test_kinds_of_pronouns() -> None:
    """His dog is no she, and there is no it in Italy."""
    assert pronouns("He fed his dog in Italy; they liked it.") == {
        "m": 2,
        "p": 1,
        "n": 1,
    }
