"""English words in the places of others."""

from __future__ import annotations

import pytest

from satzpaar.translate.substitution import said_by, substitute


@pytest.mark.parametrize(
    ("target", "run", "english", "expected"),
    [
        # The genitive of what comes, not of what was there
        ("The boss's car", range(1, 2), "managers", "The managers' car"),
        ("The managers' car", range(1, 2), "boss", "The boss's car"),
        # A quotation's end is no genitive
        ("He cried ‘oxens’.", range(2, 3), "oxen", "He cried ‘oxen’."),
        ("(the boss's)", range(1, 2), "women", "(the women's)"),
        # The article, and the capital of a sentence but not of a brand
        ("It is a mistake.", range(3, 4), "error", "It is an error."),
        ("Mistakes happen.", range(1), "errors", "Errors happen."),
        ("Phones are dear.", range(1), "iPhones", "iPhones are dear."),
        # An abbreviation's full stop is the sentence's, too
        (
            "He runs the firm.",
            range(3, 4),
            "Beispiel Corp.",
            "He runs the Beispiel Corp.",
        ),
        ('"The firm", he said', range(2), "the plant", '"The plant", he said'),
    ],
)
def test_words_stand_as_those_before_them(
    target: str, run: range, english: str, expected: str
) -> None:
    """In their genitive, with their article and capital, between their marks."""
    assert substitute(target, run, english) == expected


def test_a_term_that_does_not_inflect_leaves_the_article() -> None:
    """Nobody knows how it is spoken."""
    assert substitute("a mistake", range(1, 2), "XXE", articled=False) == "a XXE"


def test_a_title_keeps_its_capital_if_asked() -> None:
    """The "Eastern Economic Forum", but "The prosecutor Meier" of a glossary's term."""
    target = "The Owelcome Economic Forum"
    run = range(1, 2)
    english = "eastern"
    assert (
        substitute(target, run, english, title_cased=True)
        == "The Eastern Economic Forum"
    )
    assert substitute(target, run, english) == "The eastern Economic Forum"


def test_where_there_is_no_word_nothing_can_be_replaced() -> None:
    """A dash is none."""
    assert not said_by("this - that", range(1, 2))
    with pytest.raises(ValueError, match="no word"):
        substitute("this - that", range(1, 2), "word")
