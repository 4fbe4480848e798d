"""What a German pronoun can stand for by what is named around it."""

from __future__ import annotations

import pytest

from satzpaar.translate.antecedents import named, possible


def seen(text: str) -> list[tuple[str, str]]:
    """Return the genders of what a text names, and whether those are persons."""
    return [(one.genders, "/".join(sorted(one.kinds))) for one in named(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der Verein wächst.", [("m", "thing")]),
        ("Die Ministerin reist.", [("f", "person")]),
        ("Die Lehrer streiken.", [("p", "person")]),
        ("Der Lehrer streikt.", [("mp", "person")]),  # "der Lehrer" of several, too
        ("Wir sahen 31 Lehrer.", [("p", "person")]),
        ("Das Mädchen fiel.", [("n", "person")]),
        ("Die 61-Jährige fiel.", [("fp", "person")]),
        ("Der Hund bellte.", [("m", "thing")]),
    ],
)
def test_nouns(text: str, found: list[tuple[str, str]]) -> None:
    """By their forms and articles; animals are things but for their names."""
    assert seen(text) == found


def test_compounds_are_what_their_last_part_is() -> None:
    """If the first is a word as well."""
    assert seen("Die Konzerthalleneröffnung gelang.") == [("f", "thing")]


def test_names() -> None:
    """A first name has a gender, a surname behind it says nothing new."""
    assert seen("Petra Lindhorst kam.") == [("f", "person")]
    assert seen("Der Vorsitzende Udo Lindhorst kam.") == [("m", "person")]


def test_two_that_are_joined_are_several() -> None:
    """Also behind another article."""
    assert seen("Der Mann und die Frau kamen.")[1] == ("fp", "person")


def test_times_and_measures_are_named_in_passing() -> None:
    """Nobody says "it" of a Tuesday."""
    assert seen("Am Dienstag dauerte es drei Stunden.") == []


@pytest.mark.parametrize(
    ("before", "source", "family", "kinds"),
    [
        ("Die Feuerwehr kam.", "Beifall bekam sie aus Ulm.", "sie", "n"),
        ("Die Ministerin kam.", "Beifall bekam sie aus Ulm.", "sie", "f"),
        ("Der Satellit taumelt.", "Seine Batterie ist leer.", "er", "n"),
        ("Der Schmied hob den Karren an.", "Er wog viel.", "er", "mn"),
        ("Die Gäste lobten die Köchin.", "Sie war müde.", "sie", "f"),
        ("Die Gäste lobten die Köchin.", "Sie waren müde.", "sie", "p"),
        ("Der Bote kam.", "Die Branche klagt, weil sie schrumpft.", "sie", "n"),
        ("Das Mädchen fiel.", "Dort fand sie der Vater.", "sie", "f"),
    ],
)
def test_what_is_possible(before: str, source: str, family: str, kinds: str) -> None:
    """The nearest that fit, and the verb of a "sie" that begins."""
    assert possible([before], "", source)[family] == kinds


def test_what_is_owned_does_not_own() -> None:
    """The pilot of "ihre Pilotin" is not who she belongs to."""
    before = ["Die Maschine flog nach Norden."]
    assert possible(before, "", "Dann rief ihre Pilotin um Hilfe.")["sie"] == "n"


def test_the_owner_may_stand_behind() -> None:
    """Where a preposition begins the text."""
    source = "In ihrem Bericht rügt die Behörde den Bau."
    assert "n" in possible(["Petra Lindhorst klagte."], "", source)["sie"]


def test_the_speaker_may_stand_behind() -> None:
    """Who says it is named at its end."""
    source = "Er habe keine Wahl, sagte Konzernchef Kolbe."
    assert "m" in possible(["Der Konzern baut Stellen ab."], "", source)["er"]


def test_persons_reach_further_than_things() -> None:
    """She may be meant two sentences later, where a firm has been named since."""
    before = ["Petra Lindhorst gründete die Firma.", "Die Fabrik steht in Ulm."]
    assert possible(before, "", "Sie liegt am Fluss.")["sie"] == "fn"


def test_who_was_she_may_be_she_again() -> None:
    """By the English of the sentence before, if that had such a pronoun."""
    before = ["Sie lobte die Fabrik."]
    assert "f" in possible(before, "She praised the factory.", "Sie lachte.")["sie"]


def test_all_is_possible_where_nothing_fits() -> None:
    """Nothing is known of whom is spoken of."""
    assert possible(["Es regnete."], "", "Er kam.")["er"] == "mn"
    assert possible([], "", "Dort fand man sie.")["sie"] == "fnp"
