"""Forms of English words, and of the terms of a glossary."""

from __future__ import annotations

import pytest

from satzpaar.translate.english_forms import is_plural, plural, verb_forms
from satzpaar.translate.glossary import Glossary, Term, forms


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

    def test_other_languages_have_no_known_forms(self) -> None:
        """A French plural is not made as an English one is."""
        glossary = Glossary([("Pumpe", "pompe à chaleur")], inflects=False)
        (only,) = glossary.occurrences("Die Pumpen")
        assert forms(only.term) == ("pompe à chaleur",)
