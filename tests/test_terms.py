"""Terms of a glossary: how they get into a translation, and what goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.translate import load_translator
from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.glossary import Glossary, Term
from satzpaar.translate.memory import Memory
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import ALTERNATIVELY, EchoEngine

if TYPE_CHECKING:
    from satzpaar.translate.engine import DecodingOptions
    from satzpaar.translate.translation import Translation


def translated(text: str, say: str, *terms: tuple[str, str]) -> Translation:
    """Translate with an engine that says one thing, and attends to the same place."""
    engine = EchoEngine(lambda *_: say, aligns=True)
    (only,) = translate_segments([Segment(text)], engine, glossary=Glossary(terms))
    return only


class TestPutIn:
    @pytest.mark.parametrize(
        ("text", "say", "term", "expected"),
        [
            pytest.param(
                "Die Feuerwehren kamen.",
                "The firemen came.",
                ("Feuerwehr", "fire service"),
                "The fire services came.",
                id="in the number of what stood there",
            ),
            pytest.param(
                "Das Auto der Feuerwehr kam.",
                "The car of firemen came.",
                ("Auto", "European Union van"),
                "The European Union van of firemen came.",
                id="with words that end as articles do",
            ),
            pytest.param(
                "Der Feuerwehrmann Auto kam.",
                "The firemen's car came.",
                ("Feuerwehrmann", "firefighter"),
                "The firefighters' car came.",
                id="with the genitive of a plural",
            ),
            pytest.param(
                "Er gab es der GmbH.",
                "He gave it the firm.",
                ("GmbH", "Ltd."),
                "He gave it the Ltd.",
                id="with one full stop",
            ),
            pytest.param(
                "Die Flut kam.",
                "The floods came.",
                ("Flut", "flooding"),
                "The flooding came.",
                id="but what has no plural",
            ),
            pytest.param(
                "Ein Rat kam.",
                "A council came.",
                ("Rat", "advisory board"),
                "An advisory board came.",
                id="with its article",
            ),
            pytest.param(
                "Der Bund zahlt.",
                "The state pays.",
                ("Bund", "the federal government"),
                "The federal government pays.",
                id="not with two articles",
            ),
            pytest.param(
                "Peters Auto hielt.",
                "Peter's car stopped.",
                ("Peter", "Pete"),
                "Pete's car stopped.",
                id="with a genitive",
            ),
            pytest.param(
                "Feuerwehr kam spät",
                "Firemen came late",
                ("Feuerwehr", "fire service"),
                "Fire services came late",
                id="with the capital of a sentence",
            ),
            pytest.param(
                "DIE FEUERWEHR KAM",
                "The fireman came",
                ("Feuerwehr", "fire service"),
                "THE FIRE SERVICE CAME",
                id="in capitals",
            ),
            pytest.param(
                "Die Zeitenwende kam.",
                "The turn came.",
                ("Zeitenwende", "Zeitenwende"),
                "The Zeitenwende came.",
                id="as it is",
            ),
        ],
    )
    def test_for_what_stood_there(
        self, text: str, say: str, term: tuple[str, str], expected: str
    ) -> None:
        """The words that the model links with the term and nothing else."""
        translation = translated(text, say, term)
        assert translation.target.text == expected
        assert (translation.terms, translation.missed) == (1, ())

    def test_what_is_there_stays(self) -> None:
        """In any form, and with a capital too."""
        engine = EchoEngine(lambda *_: "Heat pumps are loud.", aligns=True)
        glossary = Glossary([("Wärmepumpe", "heat pump")])
        (only,) = translate_segments(
            [Segment("Wärmepumpen sind laut.")], engine, glossary=glossary
        )
        assert only.target.text == "Heat pumps are loud."
        assert len(engine.asked) == 1

    def test_a_hypothesis_that_has_it_is_preferred(self) -> None:
        """It fits its sentence better than what is put into another."""
        say = f"The firemen came.{ALTERNATIVELY}The fire service was there."
        translation = translated(
            "Die Feuerwehr kam.", say, ("Feuerwehr", "fire service")
        )
        assert translation.target.text == "The fire service was there."

    def test_marks_go_with_it(self) -> None:
        """Bold stays on what stands for the bold word."""
        segment = Segment("Die Feuerwehr kam.", (Mark(4, 13, "<b>", "</b>"),))
        engine = EchoEngine(lambda *_: "The fireman came.", aligns=True)
        (only,) = translate_segments(
            [segment], engine, glossary=Glossary([("Feuerwehr", "fire service")])
        )
        assert only.target == Segment(
            "The fire service came.", (Mark(4, 16, "<b>", "</b>"),)
        )

    def test_marks_on_a_part_of_it_go_with_all_of_it(self) -> None:
        """Of several words each is linked with what stands for all."""
        segment = Segment("Die neue Feuerwehr kam.", (Mark(9, 18, "<b>", "</b>"),))
        engine = EchoEngine(lambda *_: "The new fireman came.", aligns=True)
        (only,) = translate_segments(
            [segment], engine, glossary=Glossary([("neue Feuerwehr", "rescue team")])
        )
        assert only.target == Segment(
            "The rescue team came.", (Mark(4, 15, "<b>", "</b>"),)
        )

    def test_of_two_the_one_that_is_not_said(self) -> None:
        """Not the last one of the source."""
        translation = translated(
            "Der Rat sah den Rat.", "The body saw the council.", ("Rat", "council")
        )
        assert translation.target.text == "The council saw the council."

    def test_short_words_of_others_stay(self) -> None:
        """A term does not swallow what stands within its words."""
        engine = EchoEngine(lambda *_: "Heads EU government came.", aligns=True)
        source = Segment("Regierungschefs EU Bonner kamen.")
        glossary = Glossary([("Regierungschefs", "leaders")])
        (only,) = translate_segments([source], engine, glossary=glossary)
        assert only.target.text == "Leaders EU government came."

    def test_without_attention_a_name_stands_for_it(self) -> None:
        """A model without an alignment head says names as they are."""

        def say(text: str, _: DecodingOptions) -> str:
            return text.replace("Feuerwehr", "firemen").replace("Die", "The")

        engine = EchoEngine(say)
        (only,) = translate_segments(
            [Segment("Die Feuerwehr came.")],
            engine,
            glossary=Glossary([("Feuerwehr", "fire service")]),
        )
        assert engine.asked == ["Die Feuerwehr came.", "Die Peter came."]
        assert only.target.text == "The fire service came."

    @pytest.mark.parametrize(
        ("text", "term", "expected"),
        [
            ("A Rat kam.", ("Rat", "advisory board"), "An advisory board came."),
            ("Die Feuerwehren kam.", ("Feuerwehr", "squad"), "Die squads came."),
            ("Des Rats car kam.", ("Rat", "board"), "Des board car came."),
        ],
    )
    def test_for_a_name_it_fits_as_well(
        self, text: str, term: tuple[str, str], expected: str
    ) -> None:
        """With its article, and in the number that the source shows."""
        engine = EchoEngine(lambda said, _: said.replace("kam", "came"))
        (only,) = translate_segments([Segment(text)], engine, glossary=Glossary([term]))
        assert only.target.text == expected

    def test_what_cannot_be_put_in_is_told(self) -> None:
        """Nothing is linked with it, and the name is lost."""
        engine = EchoEngine(lambda *_: "They came.")
        (only,) = translate_segments(
            [Segment("Die Feuerwehr kam.")],
            engine,
            glossary=Glossary([("Feuerwehr", "fire service")]),
        )
        assert only.target.text == "They came."
        assert only.missed == (Term("Feuerwehr", "fire service"),)

    def test_a_heading_that_is_a_term(self) -> None:
        """Before what stands around articles, and after one's own memory."""
        glossary = Glossary([("Anzeige", "ad"), ("Bürgergeld", "citizen's allowance")])
        engine = EchoEngine()
        texts = "Anzeige", "BÜRGERGELD", "Bürgergeld"
        done = list(
            translate_segments(
                map(Segment, texts),
                engine,
                glossary=glossary,
                memory=Memory([("Bürgergeld", "Basic income")]),
            )
        )
        assert [each.target.text for each in done] == [
            "Ad",
            "BASIC INCOME",
            "Basic income",
        ]
        assert (done[0].known_from, done[0].terms) == ("glossary", 1)
        assert not engine.asked

    def test_a_heading_in_the_plural_is_the_models(self) -> None:
        """It is the listed form alone that is known as a whole."""
        translation = translated(
            "Feuerwehren", "Firemen", ("Feuerwehr", "fire service")
        )
        assert translation.target.text == "Fire services"
        assert translation.known_from is None

    def test_links_are_no_terms(self) -> None:
        """They come out as they are."""
        terms = Glossary([("Rat", "council")])
        link = "https://feuer.de/?Rat"
        assert len(terms.occurrences(f"Mehr auf {link} heute")) == 1
        translation = translated(f"Mehr auf {link} heute", "x", ("Rat", "council"))
        assert (translation.terms, translation.missed) == (0, ())
        assert link in translation.target.text


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_with_the_bundled_model(engine: str) -> None:
    """Both engines, also with a translation that is not looked at again."""
    terms = [("Oberbürgermeister", "Lord Mayor"), ("Haushalt", "spending plan")]
    text = "Die Oberbürgermeister stritten über den Haushalt."
    for once in (False, True):
        translator = load_translator(engine=engine, once=once, glossary=terms)
        (only,) = translator.translate_segments([text])
        assert "Lord Mayor" in only.target.text  # in which number, is the model's
        assert "the spending plan" in only.target.text
        assert (only.terms, only.missed) == (2, ())
