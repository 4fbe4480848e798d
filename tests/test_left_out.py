"""What a translation leaves out is looked for among others, and in halves."""

from __future__ import annotations

import pytest

from satzpaar.translate.document import Segment
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import ALTERNATIVELY, EchoEngine


class TestLeftOut:
    SOURCE = "Der Rat tagt am Freitag, die Presse wartet vor dem Haus."
    GAPS = "Der Rat tagt die Presse wartet vor dem"
    HALVES = ("Der Rat tagt am Freitag,", "die Presse wartet vor dem Haus.")

    def said(
        self, whole: str, *parts: str, aligns: bool = True, options: str = ""
    ) -> tuple[str, EchoEngine]:
        """Translate with an engine that says this of the whole and of its halves."""
        answers = dict(zip((self.SOURCE, *self.HALVES), (whole, *parts), strict=False))
        engine = EchoEngine(lambda text, _: answers.get(text, text), aligns=aligns)
        (found,) = translate_segments(
            [Segment(self.SOURCE)],
            engine,
            options=DecodingOptions(beam_size=1 if options == "beam 1" else 4),
            once=options == "once",
        )
        return found.target.text, engine

    def test_a_less_likely_hypothesis_says_more(self) -> None:
        """Of those that leave out least the likeliest; the sentence stays whole."""
        full = "Freitag, tagt Rat, wartet Presse vor Haus."
        partly = f"{self.GAPS} Freitag"
        said = ALTERNATIVELY.join([self.GAPS, partly, full, f"Also {full}"])
        text, engine = self.said(said, *self.HALVES)

        assert text == full
        assert set(engine.asked) == {self.SOURCE}

    def test_but_not_one_with_another_error(self) -> None:
        """A wrong number is worse."""
        wrong = "Freitag, tagt Rat 17, wartet Presse vor Haus."
        text, _ = self.said(f"{self.GAPS}{ALTERNATIVELY}{wrong}", self.GAPS)

        assert text == self.GAPS

    def test_halves_say_more(self) -> None:
        """Nouns that nothing in the translation is from come back."""
        text, _ = self.said(self.GAPS, "Freitag, tagt Rat", "wartet Presse Haus.")

        assert text == "Freitag, tagt Rat wartet Presse Haus."

    def test_for_one_noun_it_is_not_cut(self) -> None:
        """Halves are less fluent, and longer."""
        said = "Rat tagt Freitag, Presse wartet vor dem"
        text, engine = self.said(said, *self.HALVES)

        assert text == said
        assert set(engine.asked) == {self.SOURCE}

    def test_halves_that_say_no_more_are_not_taken(self) -> None:
        """They are less fluent."""
        text, engine = self.said(self.GAPS, "Der Rat tagt,", "die Presse wartet")

        assert text == self.GAPS
        assert set(self.HALVES) <= set(engine.asked)

    def test_nor_those_with_another_error(self) -> None:
        """A wrong number is worse."""
        text, _ = self.said(self.GAPS, "Der Rat tagt am Freitag, 17", self.HALVES[1])

        assert text == self.GAPS

    def test_what_leaves_nothing_out_is_not_cut(self) -> None:
        """Nouns and numbers count: small words go astray in good translations."""
        said = "Rat tagt Freitag, Presse wartet vor Haus."
        text, engine = self.said(said)

        assert text == said
        assert engine.asked == [self.SOURCE]

    @pytest.mark.parametrize("options", ["once", "beam 1"])
    def test_who_is_in_a_hurry_gets_the_first(self, options: str) -> None:
        """It takes more than half the time again."""
        text, engine = self.said(self.GAPS, options=options)

        assert text == self.GAPS
        assert engine.aligned == []

    def test_needs_a_model_that_aligns(self) -> None:
        """By length alone too little is seen."""
        text, engine = self.said(self.GAPS, aligns=False)

        assert text == self.GAPS
        assert engine.asked == [self.SOURCE]
