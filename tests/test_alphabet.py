"""Letters and signs that a model has no piece for."""

from __future__ import annotations

import string

import pytest

from satzpaar.translate.alphabet import Alphabet
from satzpaar.translate.document import Segment
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import EchoEngine, WordTokenizer

KNOWN = frozenset(string.printable + "äöüßÄÖÜéó°€")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Győr und Łódź", "Gyor und Lódz"),  # what is known stays
        ("Åsa Østergaard", "Asa Ostergaard"),
        ("Œuvre", "Oeuvre"),
        ("„80 m²“, 3 km².", "„80 m2“, 3 km2."),  # punctuation is no matter of ours
        ("CO₂-Ausstoß", "CO2-Ausstoß"),
        ("um ½ Prozent", "um 1/2 Prozent"),
        ("1½ Stunden, 5½-Zimmer", "1 1/2 Stunden, 5 1/2-Zimmer"),
        ("12,5¹ im Jahr 2020², 10⁶", "12,5 im Jahr 2020, 10"),
        ("im Ø um 5, der Ø-Preis", "im Durchschnitt um 5, der Durchschnitt-Preis"),
        ("© 2024", "(c) 2024"),
        ("Nordlicht®, Kroll™", "Nordlicht, Kroll"),
        ("−5 Grad", "-5 Grad"),
        ("″Nein″, E‐Mail", '"Nein", E-Mail'),
        ("nach § 218 und §5", "nach Paragraf 218 und Paragraf 5"),
        ("§§ 3, 4", "Paragrafen 3, 4"),
        ("Größe und Café für 5 €", "Größe und Café für 5 €"),
        ("Ein – Satz … mit „Zeichen“", "Ein – Satz … mit „Zeichen“"),
    ],
)  # fmt: skip
def test_a_text_is_written_in_known_characters(text: str, plain: str) -> None:
    """In the nearest that there are."""
    assert Alphabet(KNOWN).plain(text).text == plain
    assert not Alphabet(KNOWN).foreign(text)


def test_a_model_that_knows_them_gets_them() -> None:
    """Many models have a piece for each letter of Europe and for §."""
    text = "§ 5, Győr, 3 km², ®"
    alphabet = Alphabet(KNOWN | frozenset(text))

    assert alphabet.plain(text).text == text
    assert not alphabet.foreign(text)


def test_only_german_has_a_paragraf() -> None:
    """Of other languages the sign is copied."""
    alphabet = Alphabet(KNOWN, "fr")

    assert alphabet.plain("à l' § 5").text == "a l' § 5"
    assert [span.of("à l' § 5") for span in alphabet.foreign("à l' § 5")] == ["§"]


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ('Die "Правда" aus 东京.', ["Правда", "东京"]),
        ("30 μg bei ± 5 und 0,8 ‰", ["μg", "±", "‰"]),
        ("® und ™", ["®", "™"]),
        ("Ø 5 mm", ["Ø"]),
        ("Für ¥500.", ["¥500"]),
    ],
)
def test_what_is_like_nothing_known_is_copied(text: str, copied: list[str]) -> None:
    """The whole word of it."""
    assert [span.of(text) for span in Alphabet(KNOWN).foreign(text)] == copied


@pytest.mark.parametrize(
    ("source", "said", "restored"),
    [
        ("Er wohnt in Łódź.", "He lives in Lódz.", "He lives in Łódź."),
        ("Er wohnt in Łódź.", "He lives in Lodz.", "He lives in Łódź."),
        ("Győrs Trainer", "Gyor's coach", "Gyor's coach"),
        ("Åsas Haus, Åsa", "Asa's house, Asa", "Åsa's house, Åsa"),
        ("80 m² groß", "80m2 large", "80m² large"),
        ("CO₂-Ausstoß", "CO2 emissions", "CO₂ emissions"),
        ("Fußnote² hier", "footnote2 here", "footnote² here"),
        ("−5 Grad", "-5 degrees", "−5 degrees"),
        ("Ore, Øre", "Ore, Ore", "Ore, Øre"),
        ("Mutter in Mỹ Tho", "My mother in My Tho", "My mother in Mỹ Tho"),
        ("Kroll® und Kroll", "Kroll and Kroll", "Kroll® and Kroll"),
        ("1½ Stunden", "1 1/2 hours", "1½ hours"),
        ("12,5¹ Prozent 2020¹", "12.5 percent in 2020", "12.5¹ percent in 2020¹"),
        ("Der Öre ± ²", "The 2 of them", "The 2 of them"),
    ],
)
def test_words_come_back_as_they_were(source: str, said: str, restored: str) -> None:
    """Where the translation has them, whole."""
    assert Alphabet(KNOWN).plain(source).restored(said) == restored


def test_a_translation_has_the_words_of_its_source() -> None:
    """The model never sees what it does not know."""

    class Tokenizer(WordTokenizer):
        characters = KNOWN

    engine = EchoEngine(lambda text, _: text.replace("zog von", "moved from"))
    engine.tokenizer = Tokenizer()
    source = "Er zog von Łódź nach Győr, las die Правда und § 5."

    (translation,) = translate_segments([Segment(source)], engine)

    assert all(letter in KNOWN for letter in "".join(engine.asked))
    assert translation.target.text == (
        "Er moved from Łódź nach Győr, las die Правда und Paragraf 5."
    )
