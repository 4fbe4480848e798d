"""English articles that agree with the word behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from satzpaar.translate import articles
from satzpaar.translate.articles import agree
from satzpaar.translate.document import Segment
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import EchoEngine


@pytest.mark.parametrize(
    ("target", "agreeing"),
    [
        ("such a exchange of arms", "such an exchange of arms"),
        ('a "order" and a (early) end.', 'an "order" and an (early) end.'),
        ("A apartment burned", "An apartment burned"),
        ("It was an companion", "It was a companion"),
        ("an European, an unit, an one-off", "a European, a unit, a one-off"),
        ("an usual, an unanimous vote", "a usual, a unanimous vote"),
        ("a uninterested, a hourly, a honest", "an uninterested, an hourly, an honest"),
        ("a EU plan, a ARD film, an BMW", "an EU plan, an ARD film, a BMW"),
        ("a 8 percent rise, a 80-year-old", "an 8 percent rise, an 80-year-old"),
        ("a 11-year-old, a 18,000 loan", "an 11-year-old, an 18,000 loan"),
        ("an 118 bus, an 7-year-old", "a 118 bus, a 7-year-old"),
        ("He wants a end.", "He wants an end."),
        ("a FDP plan, a NDR film, a MRT", "an FDP plan, an NDR film, an MRT"),
    ],
)  # fmt: skip
def test_an_article_is_made_to_agree(target: str, agreeing: str) -> None:
    """As the word is spoken, not as it is written."""
    assert agree("Ein Satz.", target) == agreeing
    assert agree("Ein Satz.", agreeing) == agreeing


@pytest.mark.parametrize(
    "target",
    [
        "an historic day, a historic day",
        "a NATO plan, an NATO plan, an NBA team",
        "Group A is out, vitamin A or B, plan A in use",
        "category A exceptions",
        "a U.S. senator, a U-turn, an F-16",
        "Frankfurt an der Oder, an die Arbeit",
        "an unusual, unanswered, an unannounced visit, a unanimous vote, a Uighur",
        "a 1800 document, a III",
        "Banana exports and extra eggs",
        "an mRNA vaccine, an MoU, an Xbox, an Rh-negative mother, an nth, an sms",
        "a Uruguayan, a Ouattara man, a urethral one, an unironic smile",
        "an 18000 loan, a 1600 loan",
    ],
)
def test_what_may_be_right_is_left_alone(target: str) -> None:
    """What is said in two ways, letters, and what is no English."""
    assert agree("Ein Satz.", target) == target


def test_another_language_has_other_articles() -> None:
    """Il a aussi obtenu un prix."""
    engine = EchoEngine(lambda _, __: "Il a aussi un prix.")
    engine.model = replace(engine.model, target_language="fr")

    (translation,) = translate_segments([Segment("Ein Preis.")], engine)

    assert translation.target.text == "Il a aussi un prix."


def test_what_the_source_has_as_well_is_left_alone() -> None:
    """A title of a film, say."""
    target = 'the film "A unknown"'
    assert agree('der Film "A unknown"', target) == target
    assert agree("da EU-Staaten", "a EU plan") == "an EU plan"


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("such a ", "exchange", "such an "),
        ("An ", "plan", "A "),
        ("It was an ", "SPD man", "It was an "),
        ("Group A ", "exits", "Group A "),
        ("in ", "exile", "in "),
    ],
)
def test_an_article_before_another_word(text: str, word: str, expected: str) -> None:
    """As when the dictionary puts a word in the place of another."""
    assert articles.before(text, word) == expected
