"""Names that a translation has in no way: which are seen, and how they come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from satzpaar.translate.document import Block, Document, Mark, Segment
from satzpaar.translate.forgotten_names import (
    Renamed,
    forgotten_names,
    names_back,
    renamed,
)
from satzpaar.translate.pipeline import translate_documents, translate_segments
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from satzpaar.translate.engine import DecodingOptions


def forgotten(source: str, target: str, *known: str) -> list[str]:
    """Return the names that are forgotten."""
    return [
        source[start:end] for start, end in forgotten_names(source, target, set(known))
    ]


class TestForgotten:
    @pytest.mark.parametrize(
        ("source", "target", "expected"),
        [
            pytest.param(
                "Das sagt Michael Kellner.",
                "Michael waiter says so.",
                ["Kellner"],
                id="translated",
            ),
            pytest.param(
                "Frau Weiß und Lars Brodbeck kamen.",
                "They came.",
                ["Weiß", "Lars", "Brodbeck"],
                id="left out",
            ),
            pytest.param(
                "Er wohnt in Quedelbach.", "He lives in waste.", ["Quedelbach"], id="in"
            ),
            pytest.param(
                "Hintzke sagte, es eile.",
                "It was said to be urgent.",
                ["Hintzke"],
                id="who said it",
            ),
            pytest.param(
                "Das meint Werkleiterin Quedel.",
                "That is what she thinks.",
                ["Quedel"],
                id="behind an office",
            ),
            pytest.param(
                "Stadtrat Sommer ging.",
                "The council left in summer.",
                ["Sommer"],
                id="a surname behind an office",
            ),
            pytest.param(
                "In der Holzstraße brennt es.",
                "The wooden street is burning.",
                ["Holzstraße"],
                id="a street",
            ),
            pytest.param(
                "2:0 Süß (40.)", "2-0 sweet (40)", ["Süß"], id="who shot the goal"
            ),
            pytest.param(
                "Nach Nigeria ist das Land das größte.",
                "The country is the largest.",
                ["Nigeria"],
                id="both languages write it alike",
            ),
            pytest.param(
                "Die Armee Nigerias floh.", "The army fled.", ["Nigeria"], id="its s"
            ),
            pytest.param(
                "Den Preis bekam Shoilu Quedengo für ein Lied.",
                "He got the prize for a song.",
                ["Shoilu", "Quedengo"],
                id="two words that nobody knows",
            ),
        ],
    )
    def test_seen(self, source: str, target: str, expected: list[str]) -> None:
        """After titles, first names and prepositions, and next to verbs of saying."""
        assert forgotten(source, target) == expected

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            pytest.param("Frau Kolbe kam.", "Mrs Colbe came.", id="sounds like it"),
            pytest.param("Er lebt in Köln.", "He lives there.", id="an English name"),
            pytest.param("Er lebt in Armut.", "He is poor.", id="a word"),
            pytest.param("Sie baden in Klärteichen.", "They do.", id="a compound"),
            pytest.param("Das lief in Quoxation.", "It ran.", id="a noun's ending"),
            pytest.param("Der Quedelbach trat über.", "It flooded.", id="an article"),
            pytest.param("Er kam in Quedels Haus an.", "He came.", id="a genitive"),
            pytest.param(
                "Präsident Scherers Beziehung war eng.",
                "President Scherer's relation was close.",
                id="what belongs to a name",
            ),
            pytest.param(
                "Nun hat Thomas Angst.", "Now Thomas is afraid.", id="any noun"
            ),
            pytest.param("Er zahlte 20 Mark Strafe.", "He paid.", id="money"),
            pytest.param(
                "Nun hat Valentin Angst.", "Now Valentin is afraid.", id="no office"
            ),
            pytest.param(
                "Da gab der Berliner Pilot Entwarnung.", "He did.", id="an adjective"
            ),
            pytest.param(
                "Sie bekam das Quedelikum Hydroquedin.", "She got it.", id="a substance"
            ),
            pytest.param(
                "Das war der Anquedler Jamie Kolbe.",
                "It was Jamie Kolbe.",
                id="what somebody does",
            ),
            pytest.param(
                "Die Ombudsfrau sagte nein.", "The lady said no.", id="who it was"
            ),
            pytest.param(
                "Er war bei Quedelbach-Werken.", "He was there.", id="a hyphen"
            ),
        ],
    )
    def test_left_alone(self, source: str, target: str) -> None:
        """What may be no name, or is there in another way."""
        assert forgotten(source, target) == []

    @pytest.mark.parametrize(
        "source",
        [
            "Eine Seitenstraße ist gesperrt.",
            "Die Bergstraße ist gesperrt.",  # a mountain road, or one of the name
            "Eine Holzstraße ist gesperrt.",
            "Die Erschließungsstraße ist gesperrt.",
            "In der Kneipengasse ist es laut.",
            "Eine lange, schattige Kastanienallee ist gesperrt.",
        ],
    )
    def test_a_kind_of_street(self, source: str) -> None:
        """It is no name, or may be none."""
        assert forgotten(source, "It is closed.") == []

    @pytest.mark.parametrize(
        "source",
        [
            "Sommer will weitermachen.",
            "Koch tritt zurück",
            "„Fischer kommt nach Köln.“",
            "Schwarz gewinnt Wahl",
            "Stark traf zum 2:0.",
            "Für Sommer ist es das Ende.",
            "Sie sprach mit Fischer.",
        ],
    )
    def test_a_noun_would_have_an_article(self, source: str) -> None:
        """Of a word that is a name elsewhere in the document."""
        known = ["Sommer", "Koch", "Fischer", "Schwarz", "Stark"]

        assert len(forgotten(source, "It is gone.", *known)) == 1

    @pytest.mark.parametrize(
        "source",
        [
            "Der Sommer kommt.",
            "Sommer und Winter",
            "Trends für Sommer und Herbst",
            "Pläne für Sommer 2024",
            "Hilfe für Fischer",  # several
            "Fischer protestieren",
            "Sie kam in Schwarz, mit Schwarz kombiniert.",
            "Stark war die Leistung.",
            "Schwarz trägt die Braut.",
            "Er arbeitet als Koch.",
            "Die Sage geht zu Ende.",
            "Sie war zu Gast, mit Blick auf den See.",
            "Er hat Recht.",
        ],
    )
    def test_a_noun_that_has_none_either(self, source: str) -> None:
        """In the plural, a colour, an adjective, a trade, an idiom."""
        known = "Sommer Koch Fischer Schwarz Stark Ende Gast Blick Recht".split()

        assert forgotten(source, "It is gone.", *known) == []

    def test_genitives_keep_their_ending(self) -> None:
        """It is not a part of the name."""
        source, target = "Michael Kellners Rede war kurz.", "Michael waiter was brief."
        assert forgotten(source, target) == ["Kellner"]
        source = "Michael Brodbecks Rede war kurz."
        assert forgotten(source, "Michael's was brief.") == ["Brodbeck"]

    def test_by_the_document(self) -> None:
        """A name of it is one everywhere, unless German has a word like it."""
        source = "Der Rat hörte Brodbecks Rede und den Ruf der Kellner."
        target = "The council heard it all."

        assert forgotten(source, target, "Brodbeck", "Kellner") == ["Brodbeck"]
        assert forgotten(source, target) == []

    @pytest.mark.parametrize(
        "source",
        [
            "Nun hat Weil das Amt.",
            "Das sei gut, so Koch.",
            "Das sagte Koch gestern.",
            "Koch: Das ist ein schöner Ort.",
            "Laut Stadtrat, sagt Koch, geht das.",
        ],
    )
    def test_a_word_that_is_a_name_of_the_document(self, source: str) -> None:
        """Where it can be no other: no noun, who speaks, or whose answer follows."""
        found = forgotten(source, "It is gone.", "Weil", "Koch")
        assert found in (["Weil"], ["Koch"])

    @pytest.mark.parametrize(
        "source",
        [
            "Weil es regnet, bleibt sie.",
            "– Weil es regnet, bleibt sie.",
            "„Das geht nicht.“ Weil es regnet, bleibt sie.",
            "Er rief „Weil ich will“.",
            "Der Koch kam.",
            "Koch ist ein schöner Beruf.",
        ],
    )
    def test_the_same_word_as_it_is_meant_elsewhere(self, source: str) -> None:
        """Because, a cook."""
        assert forgotten(source, "It is gone.", "Weil", "Koch") == []


class TestNamesBack:
    SOURCE = "Das sagen Weiß und Brodbecks Sohn."

    def made(self) -> Renamed:
        """Put others in the places of two names."""
        made = renamed(self.SOURCE, [(10, 14), (19, 27)])
        assert made is not None
        return made

    def test_a_place_stands_for_a_place(self) -> None:
        """Nobody goes "nach Peter"."""
        made = renamed("Weil fuhr nach Quedel.", [(0, 4), (15, 21)])

        assert made is not None
        assert made.text == "Peter fuhr nach London."
        assert names_back(made, "Peter went to London.") == "Weil went to Quedel."

    def test_a_street_stands_for_a_street(self) -> None:
        """A model would say nothing sensible of a person there."""
        source = "In der Holzstraße brennt es."

        made = renamed(source, [(7, 17)])

        assert made is not None
        assert made.text == "In der Bahnhofstraße brennt es."

    def test_another_name_in_each_place(self) -> None:
        """A genitive keeps its ending."""
        assert self.made().text == "Das sagen Peter und Pauls Sohn."

    def test_back(self) -> None:
        """Wherever the stand-ins come out."""
        target = "Paul's son and Peter say so."

        assert names_back(self.made(), target) == "Brodbeck's son and Weiß say so."

    @pytest.mark.parametrize("target", ["Peter says so.", "Peter, Paul and Peter."])
    def test_not_all_or_twice(self, target: str) -> None:
        """Then nothing comes of it."""
        assert names_back(self.made(), target) is None

    def test_none_that_the_text_has(self) -> None:
        """Or it would not be known which is which."""
        made = renamed("Peter sah Weiß.", [(10, 14)])
        assert made is not None
        assert made.text == "Peter sah Paul."

    def test_more_names_than_stand_ins(self) -> None:
        """The sentence stays as it is."""
        source = "Aa Bb Cc Dd Ee"
        assert renamed(source, [(at, at + 2) for at in range(0, 14, 3)]) is None

    def test_what_stands_behind_moves(self) -> None:
        """As far as the names before it are longer or shorter."""
        made = self.made()
        places = [self.SOURCE.index(word) for word in ("Das", "und", "Sohn")]

        moved = [made.moved(at) for at in places]

        assert [made.text[at : at + 3] for at in moved] == ["Das", "und", "Soh"]


class TestPipeline:
    SAID: ClassVar = {
        "Das sagt Michael Kellner.": "Michael waiter says so.",
        "Das sagt Michael Peter.": "Michael Peter says so.",
    }

    def translated(self, said: dict[str, str], *segments: Segment) -> list[str]:
        """Translate as if by a model that says this."""

        def say(text: str, options: DecodingOptions) -> str:
            return said.get(text, text)

        engine = EchoEngine(say, aligns=True)
        return [each.target.text for each in translate_segments(segments, engine)]

    def test_said_anew(self) -> None:
        """With another name, which goes again."""
        found = self.translated(self.SAID, Segment("Das sagt Michael Kellner."))

        assert found == ["Michael Kellner says so."]

    def test_a_link_stays(self) -> None:
        """It stands elsewhere in the sentence that is translated."""
        source = "Michael Kellner auf www.beispiel.de antwortet."
        said = {
            "Michael Kellner auf Tom antwortet.": "Michael waiter on Tom answers.",
            "Michael Peter auf Tom antwortet.": "Michael Peter on Tom answers.",
        }

        found = self.translated(said, Segment(source))

        assert found == ["Michael Kellner on www.beispiel.de answers."]

    def test_a_mark_is_placed(self) -> None:
        """By the words of what was said anew."""
        mark = Mark(17, 24, "**", "**")
        engine = EchoEngine(lambda text, _: self.SAID.get(text, text), aligns=True)
        segment = Segment("Das sagt Michael Kellner.", (mark,))

        (found,) = translate_segments([segment], engine)

        (placed,) = found.target.marks
        assert found.target.text == "Michael Kellner says so."
        assert placed.start < placed.end

    def test_what_is_worse_is_not_taken(self) -> None:
        """A number is wrong in it."""
        source = "Michael Kellner zahlt 30 Euro."
        said = {
            source: "Michael waiter pays 30 euros.",
            "Michael Peter zahlt 30 Euro.": "Michael Peter pays 80 euros.",
        }

        assert self.translated(said, Segment(source)) == [said[source]]

    def test_documents_know_their_names(self) -> None:
        """Said with a first name once, it is a name everywhere."""
        said = {
            "Da kam Lars Brodbeck.": "There came Lars Brodbeck.",
            "Alle grüßten Brodbeck.": "All greeted.",
            "Alle grüßten Peter.": "All greeted Peter.",
        }
        segments = (
            Segment("Da kam Lars Brodbeck."),
            Segment("Alle grüßten Brodbeck."),
        )
        engine = EchoEngine(lambda text, _: said.get(text, text), aligns=True)
        block = Block(segments, ("", " ", ""))

        found = list(translate_documents([Document("text", (block,))], engine))

        assert [each.target.text for each in found] == [
            "There came Lars Brodbeck.",
            "All greeted Brodbeck.",
        ]

    def test_once_is_once(self) -> None:
        """Who wants speed gets it."""
        engine = EchoEngine(lambda text, _: self.SAID.get(text, text), aligns=True)
        segment = Segment("Das sagt Michael Kellner.")

        (found,) = translate_segments([segment], engine, once=True)

        assert found.target.text == "Michael waiter says so."
