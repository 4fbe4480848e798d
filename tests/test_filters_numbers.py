"""Which numbers of two languages agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.filters.number_words import spelled
from satzpaar.alignments.filters.numbers import Numbers


def agreement(source: str, target: str, target_language: str = "en") -> float:
    unit = TranslationUnit(Variant(source, "de"), Variant(target, target_language))
    return Numbers().score(unit).value


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("1.234,5 Tonnen", "1,234.5 tons"),
        ("10 000 Besucher", "10,000 visitors"),
        ("1'500 Franken", "1,500 francs"),
        ("3,5 Mio. Euro", "3.5 million euros"),
        ("3,5 Millionen Euro", "€3,500,000"),
        ("2 Milliarden", "2 billion"),
        ("10 bis 20 Millionen", "10 million to 20 million"),
        ("5 Prozent", "5 %"),
        ("Am 3. Mai 2023", "On May 3, 2023"),
        ("Am 3.5.2023", "On 3 May 2023"),
        ("Am 03.05.23", "On 5/3/2023"),
        ("um 14.30 Uhr", "at 2:30 p.m."),
        ("um 14 Uhr", "at 2 pm"),
        ("gegen 20.40 Uhr", "at about 8.40pm"),
        ("von 9.30 bis 11.00 Uhr", "from 9.30 am to 11 am"),
        ("im 19. Jahrhundert", "in the nineteenth century"),
        ("die 90er Jahre", "the 1990s"),
        ("in den 1960ern", "in the sixties"),
        ("2016/17", "2016-2017"),
        ("zwölf Leute", "12 people"),
        ("Seite 22", "page twenty-two"),
        ("zweihundertfünfzig Seiten", "250 pages"),
        ("der 1. Platz", "first place"),
        ("zum 3. Mal", "for the third time"),
        ("innerhalb von 14 Tagen", "within two weeks"),
        ("seit 40 Jahren", "for four decades"),
        ("1 Million", "a million"),
        ("0,5 Liter", "half a litre"),
        ("anderthalb Stunden", "1.5 hours"),
        ("ein Dutzend Eier", "12 eggs"),
        ("Sie gewannen 3:1", "They won 3-1"),
        ("15 Meter hoch", "50ft up"),
        ("CO2 wird teurer", "Carbon dioxide will cost more"),
        ("die A 9 bei Halle", "the A9 near Halle"),
        ("Er hat zwei Kinder", "He has a boy and a girl"),
        ("2 Äpfel und 2 Birnen", "2 apples and pears"),
        ("Keine Zahl", "No number"),
    ],
)
def test_these_agree(source: str, target: str) -> None:
    assert agreement(source, target) == 1


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("15 Leute", "50 people", 0),
        ("95000 Stellen", "9,500 jobs", 0),
        ("3 Milliarden", "3 million", 0),
        ("1.500 Euro", "1.5 euros", 0),
        ("2,5 Prozent", "25 per cent", 0),
        ("um 14.30 Uhr", "at 4:30 p.m.", 0),
        ("12 von 20", "12 of 30", 0.5),
        ("7 Leute", "people", 0),
        ("Leute", "7 people", 0),
        ("1999", "1989", 0),
    ],
)
def test_these_do_not(source: str, target: str, expected: float) -> None:
    assert agreement(source, target) == expected


def test_languages_without_rules_compare_digits() -> None:
    assert agreement("1.234,5 Tonnen", "1.234,5 tonnes", "fr") == 1
    assert agreement("12 Leute", "13 personnes", "fr") == 0


@given(st.integers(0, 999))
def test_german_numbers_below_a_thousand_are_known_in_words(value: int) -> None:
    units = (
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn "
        "vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
    ).split()
    tens = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
    hundreds, rest = divmod(value, 100)
    if rest < 20:
        word = units[rest] if rest or not hundreds else ""
    else:
        one = f"{units[rest % 10]}und" if rest % 10 else ""
        word = one + tens[rest // 10 - 2]
    if hundreds:
        word = f"{units[hundreds]}hundert{word}"
    if value and word.endswith("ein"):
        word += "s"
    assert float(value) in spelled(word, "de")


@given(st.floats(0.01, 999_999).map(lambda value: round(value, 2)))
def test_a_number_agrees_with_itself_in_the_others_notation(value: float) -> None:
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert agreement(f"{german} Euro", f"{english} euros") == 1
