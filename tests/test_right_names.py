"""Names that a model garbled: which are put right, and which are left alone."""

from __future__ import annotations

from typing import ClassVar

import pytest

from satzpaar.translate.document import Block, Document, Segment
from satzpaar.translate.known_names import known_names
from satzpaar.translate.pipeline import translate_documents, translate_segments
from satzpaar.translate.right_names import lost_names, parted, restored
from tests.doubles import EchoEngine


def put_right(
    source: str,
    target: str,
    *links: tuple[int, int],
    known: frozenset[str] = frozenset(),
) -> str:
    """Restore the names that are lost."""
    return restored(source, target, lost_names(source, target, known), links)


class TestRestored:
    @pytest.mark.parametrize(
        ("said", "expected"), [("Israeli", "Israeli"), ("Isreal", "Israel")]
    )
    def test_an_adjective_of_a_place_is_not_the_place_spoilt(
        self, said: str, expected: str
    ) -> None:
        """But a slip is."""
        source = "Der Präsident von Israel kam."
        made = put_right(source, f"The {said} president came.", (3, 1), (1, 2))
        assert made == f"The {expected} president came."

    @pytest.mark.parametrize(
        ("source", "target", "links", "expected"),
        [
            pytest.param(
                "Gestern kam Anna Flynn.",
                "Yesterday came Anna Flyn.",
                [(2, 2), (3, 3)],
                "Yesterday came Anna Flynn.",
                id="a letter lost",
            ),
            pytest.param(
                "Das sagte Frau Weiß gestern.",
                "That said Mrs White, yesterday.",
                [(2, 2), (3, 3)],
                "That said Mrs Weiß, yesterday.",
                id="translated",
            ),
            pytest.param(
                "Die Rede von Peter Krug war lang.",
                "Peter Kruger’s speech was long.",
                [(0, 1), (3, 0), (4, 1)],
                "Peter Kruger’s speech was long.",
                id="goes with another word too",
            ),
            pytest.param(
                "Die Rede von Peter Krug war lang.",
                "Peter Jar's speech was long.",
                [(1, 2), (3, 0), (4, 1)],
                "Peter Krug's speech was long.",
                id="a possessive stays",
            ),
            pytest.param(
                "Das sagte Dr. Ines Kolbe.",
                "Dr. Iness Colbe said that.",
                [(1, 3), (2, 0), (3, 1), (4, 2)],
                "Dr. Ines Kolbe said that.",
                id="sounds the same, and is not English for it",
            ),
            pytest.param(
                "Die NCAA (USA) wartet.",
                "The NCA (US) waits.",
                [(1, 1), (2, 2)],
                "The NCAA (US) waits.",
                id="an acronym, and one that English writes otherwise",
            ),
            pytest.param(
                "Sie hilft dem XBC mit dem LKW.",
                "She helps the sarxiC with the truck.",
                [(1, 1), (3, 3), (6, 6)],
                "She helps the XBC with the truck.",
                id="an acronym that became no English word",
            ),
            pytest.param(
                "Die Rede der EZB.",
                "The speech of the ECB.",
                [(3, 4)],
                "The speech of the ECB.",
                id="an acronym that is translated",
            ),
        ],
    )
    def test_names(
        self, source: str, target: str, links: list[tuple[int, int]], expected: str
    ) -> None:
        """The source has the right spelling."""
        assert put_right(source, target, *links) == expected

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            pytest.param("Das war Wladimir Kohl.", "It was Vladimir Kohl.", id="sound"),
            pytest.param("Das ist Peter Ottos.", "It is Peter Otto's.", id="genitive"),
            pytest.param("Das sagt Herr Präsident.", "So says President.", id="title"),
            pytest.param("Das sagt Frau Wien.", "So says Mrs Vienna.", id="place"),
            pytest.param("Das tut Frau Otto.", "This does somebody.", id="small"),
        ],
    )
    def test_what_english_writes_otherwise_stays(
        self, source: str, target: str
    ) -> None:
        """Word by word."""
        links = [(n, n) for n in range(len(target.split()))]

        assert put_right(source, target, *links) == target

    @pytest.mark.parametrize(
        ("source", "target", "expected"),
        [
            pytest.param(
                "Heute spielt Kordulas gegen Wirantow.",
                "Today plays Cordula's against Weantow.",
                "Today plays Kordula's against Wirantow.",
                id="a genitive is one in both",
            ),
            pytest.param(
                "Der Domkapellmeister ging nach Fischerbach.",
                "The Domkapellor went to Fischrbach.",
                "The Domkapellmeister went to Fischerbach.",
                id="a German word is better than none",
            ),
        ],
    )
    def test_no_word_of_either_language(
        self, source: str, target: str, expected: str
    ) -> None:
        """What no list has is taken for a name."""
        links = [(n, n) for n in range(len(target.split()))]

        assert put_right(source, target, *links) == expected

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            pytest.param("Das war Fischrbach.", "It was Fishing.", id="English"),
            pytest.param("Das sind Birnen.", "They are Pirnes.", id="a German word"),
            pytest.param("Das war Fischrbach.", "It was Quezl.", id="nothing like it"),
            pytest.param("Das war Fischrbach.", "It was fishrbak.", id="no capital"),
            pytest.param(
                "Das ist SKG-finanziert.", "It is SKG-financed.", id="in part"
            ),
        ],
    )
    def test_what_may_be_no_name_stays(self, source: str, target: str) -> None:
        """Word by word."""
        links = [(n, n) for n in range(len(target.split()))]

        assert put_right(source, target, *links) == target

    def test_a_name_is_known_in_the_whole_document(self) -> None:
        """There it stands without a title; in the genitive it is the same."""
        known = known_names(["Gestern kam Frau Scherer.", "Scherer lachte."])

        assert known == {"Scherer"}
        said = put_right("Das gefiel Scherer.", "Shearerer it.", (2, 0), known=known)
        assert said == "Scherer it."
        said = put_right("Am Tag Scherers.", "On Scher's day.", (2, 1), known=known)
        assert said == "On Scherer's day."
        alone = put_right("Das gefiel Scherer.", "Shearerer it.", (2, 0))
        assert alone == "Shearerer it."

    def test_a_word_that_is_gone_is_not_looked_for(self) -> None:
        """The full stop that a model puts after a heading by itself."""
        assert put_right("Bei Frau Otto", "Somewhere", (2, 1)) == "Somewhere"

    def test_at_the_start_of_a_sentence_it_may_be_another_word(self) -> None:
        """A surname is a conjunction as well."""
        known = frozenset({"Weil"})

        said = put_right("Weil es regnet.", "Because it rains.", (0, 0), known=known)

        assert said == "Because it rains."


class TestParted:
    @pytest.mark.parametrize(
        ("source", "target", "expected"),
        [
            pytest.param(
                "Das sagte Leiterin Anna Kolbe.",
                "That's what head Annazug's deputy said.",
                "That's what head Anna Kolbe's deputy said.",
                id="a surname after a first name",
            ),
            pytest.param(
                "Der Film Seven Bridges Later läuft.",
                "The film Sevenguges Later is on.",
                "The film Seven Bridges Later is on.",
                id="what is no German word",
            ),
            pytest.param(
                "Das ist Anna Kolbe.",
                "That is Annakolbe.",
                "That is Anna Kolbe.",
                id="the same letters",
            ),
        ],
    )
    def test_what_became_one_word(
        self, source: str, target: str, expected: str
    ) -> None:
        """With its possessive, or without."""
        assert parted(source, target, frozenset()) == expected

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            pytest.param(
                "Die Partei Narkos Staffel.",
                "The party Narkosreel.",
                id="a German word",
            ),
            pytest.param(
                "Bei Anna Kolbe.", "Anna Kolbe has Annaxeon.", id="said elsewhere"
            ),
            pytest.param("Im Star Kolbe.", "In Starlet.", id="an English word"),
            pytest.param(
                "Er las Anna: Kolbe ging.", "He read Annazug went.", id="two names"
            ),
            pytest.param("Das ist Anna Kolbe.", "This is Anna's.", id="a possessive"),
        ],
    )
    def test_what_may_be_meant_stays(self, source: str, target: str) -> None:
        """And what is a name's only by chance."""
        assert parted(source, target, frozenset()) == target


class TestPipeline:
    SAID: ClassVar = {
        "Frau Connors kam.": "Mrs Connors came.",
        "Da ging Connors.": "There went Conerse.",
    }

    def engine(self) -> EchoEngine:
        """Make one that garbles a name."""
        return EchoEngine(lambda text, _: self.SAID.get(text, text), aligns=True)

    def test_documents_know_their_names(self) -> None:
        """Segments alone do not."""
        segments = [Segment(text) for text in self.SAID]
        block = Block(tuple(segments), ("", " ", ""))

        found = list(translate_documents([Document("text", (block,))], self.engine()))

        assert [each.target.text for each in found] == [
            "Mrs Connors came.",
            "There went Connors.",
        ]
        alone = list(translate_segments(segments, self.engine()))
        assert alone[1].target.text == "There went Conerse."

    @pytest.mark.parametrize("text", SAID)
    def test_nothing_is_aligned_for_it_again(self, text: str) -> None:
        """The look at what is left out has done it, and it takes time."""
        engine = self.engine()

        list(translate_segments([Segment(text)], engine))

        assert engine.aligned == [[self.SAID[text]]]
