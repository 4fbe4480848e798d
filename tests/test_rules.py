"""No silent loss: what is done with a segment that could get lost on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.markup import render
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import ALTERNATIVELY, EchoEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.translation import Translation


def translate(engine: EchoEngine, *texts: str) -> list[Translation]:
    return list(translate_segments((Segment(text) for text in texts), engine))


def one(engine: EchoEngine, text: str) -> Translation:
    (translation,) = translate(engine, text)
    return translation


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("2024", id="number"),
        pytest.param("+49 30 123456", id="telephone"),
        pytest.param("35 km", id="unit"),
        pytest.param("11.09.2023", id="date"),
        pytest.param("date 2023-09", id="date key"),
        pytest.param("https://example.de/a?b=c#d", id="link"),
        pytest.param("redaktion@example.de", id="e-mail"),
        pytest.param("😀🇩🇪👍🏽", id="emoji"),
        pytest.param("* * *", id="ornament"),
        pytest.param("…", id="ellipsis"),
        pytest.param("(dpa/AFP)", id="credit"),
        pytest.param("{{name}} %s ${x}", id="placeholders"),
        pytest.param("XIV.", id="Roman number"),
    ],
)
def test_copies_what_has_no_words(text: str) -> None:
    """A model given nothing to translate invents something."""
    engine = EchoEngine(lambda text, _: "Invented!")

    assert one(engine, text).target.text == text
    assert engine.asked == []


class TestTooLong:
    def test_is_cut_at_clauses_and_joined(self) -> None:
        """Nothing above the limit reaches the engine, and every word comes out."""
        engine = EchoEngine(limit=8)
        text = (
            "Er kam spät nach Hause, weil der Zug stand, und sie schlief schon, "
            "während der Hund, der sonst bellte, still vor der Tür lag."
        )

        assert one(engine, text).target.text == text
        assert "weil der Zug stand," in engine.asked

    def test_even_without_a_comma(self) -> None:
        """Words without any border are cut at white space."""
        text = " ".join(f"Wort{n}" for n in range(300))

        assert one(EchoEngine(limit=10), text).target.text == text

    def test_an_endless_word_is_left_as_it_is(self) -> None:
        """What cannot be cut is copied, and somebody is told."""

        class LetterTokenizer:
            characters = None

            def tokenize(self, texts: Sequence[str]) -> list[list[str]]:
                return [list(text) for text in texts]

            def tokenize_targets(self, texts: Sequence[str]) -> list[list[str]]:
                return self.tokenize(texts)

        engine = EchoEngine(limit=32)
        engine.tokenizer = LetterTokenizer()
        translation = one(engine, "A" * 5000 + "ende")

        assert translation.target.text == "A" * 5000 + "ende"
        assert translation.issues == {"untranslated"}


class TestBrokenOff:
    def test_is_asked_again_without_repetitions(self) -> None:
        """A hypothesis that ran into the limit is no translation."""

        def say(text: str, options: DecodingOptions) -> str:
            return text if options.no_repeat_ngram_size else "the the the~"

        translation = one(EchoEngine(say), "Der Hund bellt.")

        assert translation.target.text == "Der Hund bellt."
        assert not translation.issues

    def test_then_in_halves(self) -> None:
        """Where that does not help, a shorter text often does."""

        def say(text: str, options: DecodingOptions) -> str:
            words = text.split()
            return "a a a~" if len(words) > 4 else " ".join(reversed(words))

        translation = one(EchoEngine(say), "Der Hund bellt laut, weil er Hunger hat.")

        assert translation.target.text == "laut, bellt Hund Der hat. Hunger er weil"
        assert not translation.issues

    def test_and_in_the_end_it_is_said(self) -> None:
        """What cannot be repaired is marked, never passed off as done."""
        engine = EchoEngine(lambda text, _: "and and~")

        assert one(engine, "Sonnenaufgang").issues == {"incomplete"}

    def test_a_loop_counts_as_broken(self) -> None:
        """A model may end a loop by itself; it is a loop all the same."""

        def say(text: str, options: DecodingOptions) -> str:
            loop = "He said that he said that he said that he said."
            return text if options.no_repeat_ngram_size else loop

        assert one(EchoEngine(say), "Er hat es gesagt.").target.text == (
            "Er hat es gesagt."
        )


class TestOmission:
    """A translation much shorter than any human one has lost something."""

    TEXT = "Der Hund bellt, weil er seit gestern großen Hunger hat."

    def test_is_translated_in_halves(self) -> None:
        """Shorter texts lose less."""

        def say(text: str, options: DecodingOptions) -> str:
            return "The dog." if len(text) > 40 else text.upper()

        assert one(EchoEngine(say), self.TEXT).target.text == self.TEXT.upper()

    @pytest.mark.parametrize("said", ["The dog.", ""], ids=["short", "empty"])
    def test_and_in_the_end_it_is_said(self, said: str) -> None:
        """As with what broke off."""
        engine = EchoEngine(lambda text, _: said)

        assert one(engine, "Donaudampfschifffahrtsgesellschaftskapitäne").issues == {
            "incomplete"
        }


class TestErrors:
    """The best hypothesis gets a number wrong; among the next there may be better."""

    SOURCE = "Das Haus hat 40 Zimmer."

    @staticmethod
    def engine(*alternatives: str) -> EchoEngine:
        """Say something wrong first."""
        said = ALTERNATIVELY.join(["The house has 14 rooms.", *alternatives])
        return EchoEngine(lambda _, __: said)

    def test_gives_way_to_the_likeliest_right_one(self) -> None:
        """In a second, wider search."""
        engine = self.engine(
            "The house has 4 rooms.", "The house has 40 rooms.", "It has 40 rooms."
        )

        assert one(engine, self.SOURCE).target.text == "The house has 40 rooms."
        assert engine.asked == [self.SOURCE] * 2

    @pytest.mark.parametrize(
        ("source", "said", "better"),
        [
            pytest.param(
                "Er kommt heute nicht.", "He comes today.", "He is not coming today.",
                id="a negation lost",
            ),
            pytest.param(
                "Er kommt heute.", "He will not come today.", "He will come today.",
                id="a negation added",
            ),
            pytest.param(
                "Er kommt aus Rom.", "He comes from from Rome.", "He is from Rome.",
                id="a word said twice",
            ),
            pytest.param(
                "Das \"Haus\" (40 m) brennt.", "The house\" (40 m) burns.",
                "The \"house\" (40 m) burns.", id="a quote without a partner",
            ),
            pytest.param(
                "Das Haus (40 Meter) brennt.", "The house 40 metres) burns.",
                "The house (40 metres) burns.", id="a bracket without a partner",
            ),
        ],
    )  # fmt: skip
    def test_so_do_other_errors(self, source: str, said: str, better: str) -> None:
        """A "not" more or less turns a report around; stammering is just ugly."""
        engine = EchoEngine(lambda _, __: ALTERNATIVELY.join([said, better]))

        assert one(engine, source).target.text == better

    def test_the_better_one_is_tidied_as_the_first_would_be(self) -> None:
        """A space of the model's own behind a quotation mark goes."""
        said = ('The "Tom" has 14 rooms.', 'The " Tom" has 40 rooms.')
        engine = EchoEngine(lambda _, __: ALTERNATIVELY.join(said))

        found = one(engine, 'Das "Tom" hat 40 Zimmer.')

        assert found.target.text == 'The "Tom" has 40 rooms.'

    def test_what_is_right_is_not_asked_again(self) -> None:
        """A second search takes twice the time of the first."""
        engine = self.engine("A house has 14 rooms.")
        text = "Das Haus hat 14 Zimmer."

        assert one(engine, text).target.text == "The house has 14 rooms."
        assert engine.asked == [text]

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param("The house has 15 rooms.", id="wrong too"),
            pytest.param("40~", id="breaks off"),
            pytest.param("Das Haus hat 40 Zimmer.", id="the German"),
            pytest.param("40 40 40 40 40 40 40 40 40 40 40 40", id="loops"),
        ],
    )
    def test_stays_where_no_other_is_sound(self, other: str) -> None:
        """Right numbers in a wrong sentence are no gain."""
        assert one(self.engine(other), self.SOURCE).target.text.endswith("14 rooms.")

    def test_stays_in_other_languages(self) -> None:
        """What is known of numbers is known of German and English."""
        engine = self.engine("The house has 40 rooms.")
        engine.model = replace(engine.model, source_language="nl")

        assert one(engine, self.SOURCE).target.text.endswith("14 rooms.")

    def test_a_greedy_search_stays_one(self) -> None:
        """Who asks for a beam of one asks for speed."""
        engine = self.engine("The house has 40 rooms.")
        segments = [Segment(self.SOURCE)]

        (said,) = translate_segments(segments, engine, options=DecodingOptions(1))

        assert said.target.text.endswith("14 rooms.")
        assert engine.asked == [self.SOURCE]


@pytest.mark.parametrize(
    ("source", "said", "expected"),
    [
        ("Streit um Brücke", "Dispute over bridge.", "Dispute over bridge"),
        ("Er sagte:", "He said.", "He said:"),
        ("Er geht.", "He goes.", "He goes."),
        ("„Er geht.“", "“He goes.”", "“He goes.”"),
        ("Äpfel usw", "Apples etc.", "Apples etc."),
        ("Was nun …", "What now...", "What now..."),
        ("Wahl in den USA", "Election in the U.S.", "Election in the U.S."),
    ],
)
def test_a_heading_gets_no_full_stop(source: str, said: str, expected: str) -> None:
    """Models add one, since nearly all their sentences had one."""
    assert one(EchoEngine(lambda text, _: said), source).target.text == expected


def test_marks_what_comes_back_untranslated() -> None:
    """A copy of a German sentence is no translation."""
    engine = EchoEngine()

    assert one(engine, "Das ist ein Satz.").issues == {"untranslated"}
    assert not one(engine, "Angela Merkel").issues


class TestProtected:
    def test_goes_through_as_a_word(self) -> None:
        """The model sees a whole sentence with a stand-in that it can copy."""
        engine = EchoEngine(lambda text, _: text.replace("Mehr unter", "More at"))

        assert one(engine, "Mehr unter https://example.de/x.").target.text == (
            "More at https://example.de/x."
        )
        assert engine.asked == ["Mehr unter Tom."]

    @pytest.mark.parametrize(
        "spoil",
        [
            pytest.param(lambda text: text.replace("Tom", ""), id="lost"),
            pytest.param(lambda text: text.replace("Tom", "Tom Tom"), id="doubled"),
            pytest.param(lambda text: text.replace("15", "15,000"), id="changed"),
        ],
    )
    def test_is_cut_out_where_the_model_spoils_it(self, spoil: object) -> None:
        """Then the text around it is translated for itself."""
        assert callable(spoil)
        engine = EchoEngine(lambda text, _: str(spoil(text)).replace("Gruß", "Hello"))

        assert one(engine, "Gruß, {name}! Und: #Berlin").target.text == (
            "Hello, {name}! Und: #Berlin"
        )

    def test_is_looked_for_among_less_likely_translations(self) -> None:
        """They say the sentence as a whole, too."""
        said = ALTERNATIVELY.join(["More", "More at Tom Tom.", "More at Tom."])
        engine = EchoEngine(lambda text, _: said if "Tom" in text else text)

        assert one(engine, "Mehr unter https://example.de/x.").target.text == (
            "More at https://example.de/x."
        )
        assert set(engine.asked) == {"Mehr unter Tom."}

    def test_takes_no_stand_in_that_the_text_has(self) -> None:
        """Or the wrong one would become the link."""
        engine = EchoEngine()

        text = "Das Haus von Tom steht auf example.de im Netz."

        assert one(engine, text).target.text == text
        assert engine.asked == ["Das Haus von Tom steht auf 15 im Netz."]


class TestMarksInARow:
    @pytest.mark.parametrize(
        ("text", "asked", "said", "expected"),
        [
            ("Nie wieder!!!", "Nie wieder!", "Never again!", "Never again!!!"),
            ("Was nun?!", "Was nun?", "What now?", "What now?!"),
            ("„Hilfe!!!“, rief sie.", "„Hilfe!“, rief sie.", '"Help!" she cried.',
             '"Help!!!" she cried.'),
            ("Ja, nein!!!", "Ja, nein!", "Yes, no.", "Yes, no!!!"),
        ],
    )  # fmt: skip
    def test_the_model_reads_one(
        self, text: str, asked: str, said: str, expected: str
    ) -> None:
        """It would invent something for several; they come back."""
        engine = EchoEngine(lambda _text, _options: said)

        assert one(engine, text).target.text == expected
        assert asked in engine.asked


class TestCapitals:
    def test_are_taken_from_the_model_and_given_back(self) -> None:
        """Models have seen little text in capitals."""
        engine = EchoEngine(lambda text, _: "Weapons for the front")

        assert one(engine, "WAFFEN FÜR DIE FRONT").target.text == (
            "WEAPONS FOR THE FRONT"
        )
        assert engine.asked == ["Waffen für die Front"]

    def test_leave_abbreviations_alone(self) -> None:
        """One that stands for itself is not shouted."""
        engine = EchoEngine(lambda text, _: "NATO")

        assert one(engine, "NATO").target.text == "NATO"
        assert engine.asked == ["NATO"]

    def test_leave_links_alone(self) -> None:
        """A link in capitals text keeps its own letters."""
        engine = EchoEngine(lambda text, _: text.replace("Mehr unter", "More at"))

        assert one(engine, "MEHR UNTER www.example.de/Seite").target.text == (
            "MORE AT www.example.de/Seite"
        )


def test_white_space_in_a_hypothesis_is_tidied() -> None:
    """A segment has no line break, whatever a model says."""
    engine = EchoEngine(lambda text, _: " a \n b ")

    assert one(engine, "Haus und Hof").target.text == "A b"


class TestMarks:
    @staticmethod
    def placed(engine: EchoEngine, text: str, *marks: Mark) -> str:
        """Translate a text with marks, without a second look, which aligns too."""
        (said,) = translate_segments([Segment(text, marks)], engine, once=True)
        return render(said.target)

    def test_go_by_the_words_that_the_model_aligns(self) -> None:
        """Whatever stands where they would be by place."""
        engine = EchoEngine(lambda text, _: "wir heute gehen", aligns=True)

        found = self.placed(engine, "gehen wir heute", Mark(0, 5, "<b>", "</b>"))

        assert found == "wir heute <b>gehen</b>"
        assert engine.aligned == [["wir heute gehen"]]

    @pytest.mark.parametrize(
        "marks",
        [
            pytest.param((), id="none"),
            pytest.param((Mark(0, 15, "<b>", "</b>"),), id="over all"),
            pytest.param((Mark(0, 0, "<img>", ""),), id="before all"),
            pytest.param((Mark(6, 9, "`wir`", "", verbatim=True),), id="code"),
        ],
    )
    def test_that_need_no_alignment_ask_for_none(self, marks: tuple[Mark, ...]) -> None:
        """It takes time."""
        engine = EchoEngine(aligns=True)

        self.placed(engine, "gehen wir heute", *marks)

        assert engine.aligned == []

    def test_are_placed_without_where_no_head_aligns(self) -> None:
        """By likeness."""
        engine = EchoEngine(lambda text, _: "wir heute gehen")

        found = self.placed(engine, "gehen wir heute", Mark(0, 5, "<b>", "</b>"))

        assert found == "wir heute <b>gehen</b>"
        assert engine.aligned == []

    def test_are_placed_without_where_the_model_cannot_take_all(self) -> None:
        """A sentence that was translated in parts."""
        engine = EchoEngine(limit=4, aligns=True)

        found = self.placed(
            engine, "wir gehen, sie bleiben heute", Mark(0, 3, "<b>", "</b>")
        )

        assert found == "<b>wir</b> gehen, sie bleiben heute"
        assert engine.aligned == []

    def test_of_a_heading_in_capitals_are_aligned_in_small_letters(self) -> None:
        """Which the model knows."""
        engine = EchoEngine(lambda text, _: "heute wir gehen", aligns=True)

        found = self.placed(engine, "WIR GEHEN HEUTE", Mark(4, 9, "<b>", "</b>"))

        assert found == "HEUTE WIR <b>GEHEN</b>"
        assert engine.aligned == [["heute wir gehen"]]
