"""Glossaries: which words are terms, their forms in English, and how they get in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.translate import load_translator
from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.english_forms import is_plural, plural, verb_forms
from satzpaar.translate.glossary import Glossary, Term, forms, missing
from satzpaar.translate.memory import Memory
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import ALTERNATIVELY, EchoEngine

if TYPE_CHECKING:
    from satzpaar.translate.engine import DecodingOptions
    from satzpaar.translate.translation import Translation


def found(text: str, *terms: str) -> list[str]:
    """Return the stretches of a text that are terms."""
    glossary = Glossary((term, term.upper()) for term in terms)
    return [text[slice(*one.span)] for one in glossary.occurrences(text)]


class TestFound:
    @pytest.mark.parametrize(
        ("term", "text"),
        [
            ("Wärmepumpe", "Wärmepumpen"),
            ("Rathaus", "Rathäuser"),
            ("Rathaus", "Rathauses"),
            ("Gemeinderat", "Gemeinderäten"),
            ("Vogel", "Vögel"),
            ("Museum", "Museen"),
            ("Virus", "Viren"),
            ("Firma", "Firmen"),
            ("Lehrerin", "Lehrerinnen"),
            ("Zeugnis", "Zeugnisse"),
            ("Angehörige", "Angehöriger"),
            ("Abgeordneter", "Abgeordneten"),
            ("Verdächtiger", "Verdächtigen"),
            ("Kind", "Kindern"),
            ("Weißes Haus", "Weißen Haus"),
            ("offen", "offenem"),
            ("hoch", "hohe"),
            ("teuer", "teure"),
            ("§ 218", "§ 218"),
            ("erneuerbare Energie", "erneuerbaren Energien"),
            ("erneuerbar", "erneuerbarem"),
            ("einreichen", "einreichte"),
            ("GmbH", "GmbHs"),
        ],
    )
    def test_in_any_form(self, term: str, text: str) -> None:
        """Plurals, cases, adjectives with their nouns."""
        assert found(f"Es geht um {text}, sagt er.", term) == [text]

    @pytest.mark.parametrize(
        ("term", "text"),
        [
            pytest.param("Wärmepumpe", "Wärmepumpenhersteller", id="in a compound"),
            pytest.param("Wärmepumpe", "Wärmepumpen-Hersteller", id="with a hyphen"),
            pytest.param("Grüne", "grüne", id="an adjective"),
            pytest.param("grün", "Grünen", id="a noun within a sentence"),
            pytest.param("Bande", "Bänder", id="another word"),
            pytest.param("SIE", "sie", id="an abbreviation"),
            pytest.param("künstliche Intelligenz", "künstliche Hüfte", id="half of it"),
            pytest.param("Gemeinderat", "die Gemeinderats- und Kreiswahl", id="half"),
            pytest.param("soziale Medien", "soziale, Medien", id="a comma between"),
            pytest.param("Miete", "Mieter", id="who does it"),
            pytest.param("Wahl", "Wähler", id="who does it, with an umlaut"),
            pytest.param("Spende", "Spender", id="who does it, no participle"),
            pytest.param("sicher", "sich", id="a word within"),
            pytest.param("§ 218", "218", id="without its sign"),
            pytest.param("C++", "C", id="without its signs"),
        ],
    )
    def test_not(self, term: str, text: str) -> None:
        """What only looks like it."""
        assert found(f"Es geht um {text}, sagt er.", term) == []

    def test_the_longest_counts(self) -> None:
        """And what is within it is not found again."""
        text = "Die freiwillige Feuerwehr und die Feuerwehr kamen."
        terms = "Feuerwehr", "freiwillige Feuerwehr"
        assert found(text, *terms) == ["freiwillige Feuerwehr", "Feuerwehr"]

    def test_capitals_of_a_sentence_and_of_a_heading(self) -> None:
        """Both are no more than that."""
        twice = "Einreichen muss man es. Einreichte sie niemand."
        assert found(twice, "einreichen") == ["Einreichen", "Einreichte"]
        assert found("NEUE WÄRMEPUMPEN FÜR ALLE", "Wärmepumpe") == ["WÄRMEPUMPEN"]
        assert found("NEUE STRASSE GESPERRT", "Straße") == ["STRASSE"]

    def test_what_is_listed_comes_before_what_may_be_a_form(self) -> None:
        """In whatever order they stand."""
        for terms in (("Rat", "Rates"), ("Rates", "Rat")):
            glossary = Glossary((term, term.upper()) for term in terms)
            (only,) = glossary.occurrences("Die Wahl des Rates")
            assert only.term.target == "RATES"

    def test_words_are_numbered_by_white_space(self) -> None:
        """As links are; marks around a term belong to its words."""
        glossary = Glossary([("künstliche Intelligenz", "AI")])
        (only,) = glossary.occurrences('Was kann "künstliche Intelligenz" (KI)?')
        assert only.words == range(2, 4)

    def test_of_several_the_first_counts(self) -> None:
        """As with a memory."""
        terms = ("Rat", "council"), ("Rat", "advice"), ("", "nothing"), ("Amt", " ")
        (only,) = Glossary(terms).occurrences("Der Rat kam zum Amt.")
        assert (only.term.target, len(Glossary(terms))) == ("council", 1)

    def test_other_languages_are_not_declined(self) -> None:
        """What is known of forms is German."""
        glossary = Glossary([("Pompe", "pump")], declines=False)
        assert [len(glossary.occurrences(text)) for text in ("Pompe", "Pompen")] == [
            1,
            0,
        ]


class TestMissing:
    @pytest.mark.parametrize(
        ("terms", "text", "target", "expected"),
        [
            pytest.param(
                [("Antisemitismus", "anti-Semitism")],
                "Antisemitismus wächst.",
                "Anti-Semitism is growing.",
                [],
                id="the capital of a sentence",
            ),
            pytest.param(
                [("Pumpe", "pump"), ("Wärmepumpe", "heat pump")],
                "Die Pumpe und die Wärmepumpe",
                "the device and the heat pump",
                ["Pumpe"],
                id="a term within another",
            ),
            pytest.param(
                [("Rat", "council")],
                "Der Rat fragt den Rat.",
                "The council asks.",
                ["Rat"],
                id="as often as it is there",
            ),
            pytest.param(
                [("Bund", "the federal government"), ("melden", "to report")],
                "Der Bund wird es melden.",
                "A federal government reported it.",
                [],
                id="the article and the to are not part of it",
            ),
            pytest.param(
                [("Grüne", "Green Party")],
                "Die Grünen kamen.",
                "The green party came.",
                ["Grüne"],
                id="capitals that it has",
            ),
        ],
    )
    def test_counted(
        self,
        terms: list[tuple[str, str]],
        text: str,
        target: str,
        expected: list[str],
    ) -> None:
        """Each form of each term once, the longest first."""
        found = Glossary(terms).occurrences(text)
        assert [each.term.source for each in missing(found, target)] == expected


class TestForms:
    @pytest.mark.parametrize(
        ("noun", "many"),
        [
            ("heat pump", "heat pumps"),
            ("Ministry of Finance", "Ministries of Finance"),
            ("mother-in-law", "mothers-in-law"),
            ("power-to-gas plant", "power-to-gas plants"),
            ("chairwoman", "chairwomen"),
            ("energy crisis", "energy crises"),
            ("works council", "works councils"),
            ("box", "boxes"),
            ("Child", "Children"),
            ("aircraft", "aircraft"),
            ("human", "humans"),
            ("spokesperson", "spokespersons"),
            ("monarch", "monarchs"),
        ],
    )
    def test_plurals(self, noun: str, many: str) -> None:
        """Of the head of what it is."""
        assert plural(noun) == many

    def test_what_is_a_plural(self) -> None:
        """By its ending, with the words that end so in the singular left out."""
        many = "pumps", "rights to asylum", "firewomen", "areas"
        one = "boss", "series", "crisis", "pump", "gas", "specimen", "headquarters"
        assert all(map(is_plural, many))
        assert not any(map(is_plural, one))

    @pytest.mark.parametrize(
        ("verb", "expected"),
        [
            ("lodge", ["lodges", "lodged", "lodging"]),
            ("apply for", ["applies for", "applied for", "applying for"]),
            ("ban", ["bans", "banned", "banning"]),
            ("take over", ["takes over", "took over", "taken over", "taking over"]),
            ("overcome", ["overcomes", "overcame", "overcome", "overcoming"]),
            ("undergo", ["undergoes", "underwent", "undergone", "undergoing"]),
            ("have", ["has", "had", "had", "having"]),
            ("die", ["dies", "died", "dying"]),
        ],
    )
    def test_verbs(self, verb: str, expected: list[str]) -> None:
        """The first word changes."""
        assert list(verb_forms(verb)) == expected

    @pytest.mark.parametrize(
        ("term", "expected"),
        [
            (Term("Wärmepumpe", "heat pump"), ("heat pump", "heat pumps")),
            (Term("Kosten", "costs"), ("costs",)),
            (Term("Zeitenwende", "Zeitenwende"), ("Zeitenwende",)),
            (Term("grün", "eco-friendly"), ("eco-friendly",)),
            (Term("melden", "say"), ("say", "says", "said", "saying")),
        ],
    )
    def test_of_terms(self, term: Term, expected: tuple[str, ...]) -> None:
        """By what the German word is."""
        assert forms(term) == expected


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

    def test_other_languages_have_no_known_forms(self) -> None:
        """A French plural is not made as an English one is."""
        glossary = Glossary([("Pumpe", "pompe à chaleur")], inflects=False)
        (only,) = glossary.occurrences("Die Pumpen")
        assert forms(only.term) == ("pompe à chaleur",)


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
