"""Common words that were left in German, and names that stay."""

from __future__ import annotations

import pytest

from satzpaar.translate.left_in_german import is_left
from satzpaar.translate.right_words import doubts
from tests.test_dictionaries import dictionary
from tests.test_right_words import put_right

KNOWN = dictionary(
    "Gasse\t+\talley",
    "Lethargie\t+\tlethargy",
    "Sitte\t+\tcustom",
    "Temperatur\t-\ttemperature",
    "anabole\t+\tanabolic",
    "nette\t*\tnice",
    "Freiheit\t+\tfreedom",
    "goldschmied\t*\tgoldsmith",
    "lausbubenstreich\t*\tboyish prank",
)


def left(source: str, word: str, target: str) -> bool:
    """Ask for a word of a sentence."""
    entry = KNOWN.entry(word)
    assert entry is not None
    start = source.index(word)
    return is_left(source, (start, start + len(word)), target, entry, KNOWN)


@pytest.mark.parametrize(
    ("source", "word", "target"),
    [
        ("Es ging um anabole Mittel.", "anabole", "It was about anabole agents."),
        ("Temperatur: 5 Grad", "Temperatur", "Temperatur: 5 degrees"),
        (
            "Das war ein Lausbubenstreich.",
            "Lausbubenstreich",
            "It was a Lausbubenstreich.",
        ),
        ("Er kennt keine Lethargie.", "Lethargie", "He knows no Lethargie."),
        (
            "„Das ist wohl ein Lausbubenstreich“, sagte er.",
            "Lausbubenstreich",
            '"That is probably a Lausbubenstreich," he said.',
        ),
    ],
)
def test_what_no_name_is_like(source: str, word: str, target: str) -> None:
    """Small letters, the ending of a noun, a compound, an article before it."""
    assert left(source, word, target)


@pytest.mark.parametrize(
    ("source", "word", "target"),
    [
        ("Das sagte Sitte am Montag.", "Sitte", "That is what Sitte said on Monday."),
        ("Goldschmied sagte das.", "Goldschmied", "Goldschmied said so."),
        ("Das Schiff Freiheit sank.", "Freiheit", "The ship Freiheit sank."),
        ("Das Magazin anabole schrieb.", "anabole", "The magazine anabole wrote."),
        ("die Angelika Sitte", "Sitte", "Angelika Sitte"),
        ("Er wohnt in der Kaufinger Gasse.", "Gasse", "He lives in Kaufinger Gasse."),
        ("Der Windpark an der Nette bleibt.", "Nette", "The Nette wind farm stays."),
        ("Das Stück „Die Lethargie“ kam an.", "Lethargie", 'Liked: "Die Lethargie"'),
        ("Sie schrieb #anabole dazu.", "anabole", "She added #anabole."),
        ("Er will die Lethargie besiegen.", "Lethargie", "He wants to beat lethargy."),
    ],
)
def test_names_titles_and_tags(source: str, word: str, target: str) -> None:
    """And what is not there."""
    assert not left(source, word, target)


def test_what_is_no_translation_at_all_stays() -> None:
    """Word by word it would be no better."""
    source = "Er will die Lethargie anabole besiegen."
    assert doubts(source, source, KNOWN, overrules=False) == []


def test_what_stands_for_another_word_stays() -> None:
    """The word itself gives way, not what the model links it with."""
    source, target = "Er kennt die Lethargie der Stadt.", "He knows a city's Lethargie."
    made, _ = put_right(source, target, [(0, 0), (1, 1), (3, 3), (5, 4)], KNOWN)
    assert made == target


def test_the_dictionary_puts_it_into_english() -> None:
    """Even where its English begins as the German does, and it is not sure of it."""
    made, _ = put_right(
        "Temperatur: 5 Grad", "Temperatur: 5 degrees", [(0, 0), (1, 1), (2, 2)], KNOWN
    )
    assert made == "Temperature: 5 degrees"
    (doubt,) = doubts("Temperatur: 5 Grad", "Temperatur: 5", KNOWN, overrules=False)
    assert doubt.left
