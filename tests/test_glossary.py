"""Glossaries: which words are terms, and which of them a translation has."""

from __future__ import annotations

import pytest

from satzpaar.translate.glossary import Glossary, missing


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
                [("Rat", "Council"), ("Ratsamt", "council office")],
                "Der Rat und das Ratsamt",
                "the body and the council office",
                ["Rat"],
                id="a term within another, whatever its capitals",
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
