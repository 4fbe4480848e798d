"""What German pronouns may be in English."""

from __future__ import annotations

import pytest

from satzpaar.translate.pronouns import (
    MOST_READINGS,
    pronouns,
    readings,
    refers_back,
)


def read(source: str, target: str, before: str = "") -> list[str]:
    """Link word by word, as the texts are written for it, and read."""
    same = range(min(len(source.split()), len(target.split())))
    return readings(source, target, [(number, number) for number in same], before)


@pytest.mark.parametrize(
    ("source", "target", "others"),
    [
        ("Er siegte.", "He won.", ["It won."]),
        ("Er siegte.", "It won.", ["He won."]),
        ("Sie siegte.", "She won.", ["It won.", "They won."]),
        ("Wir sahen ihn.", "We saw him.", ["We saw it."]),
        ("Wir sahen ihn", "We saw it", ["We saw him"]),
        (
            "Das Haus ihres Vaters.",
            "The house her father's.",
            ["The house its father's.", "The house their father's."],
        ),
        ("Sein Haus brannte.", "His house burned.", ["Its house burned."]),
        ("„Er siegte“, hieß es.", '"He won," it was.', ['"It won," it was.']),
    ],
)
def test_the_kinds_of_a_gender(source: str, target: str, others: list[str]) -> None:
    """Er: he or it; sie: she, it or they; each in its form."""
    assert read(source, target) == others


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Wir siegten.", "We won."),
        ("Ihnen gefiel das.", "They liked that."),
        ("Haben Sie Zeit?", "Have you time?"),
        ("Es regnet heute.", "It rains today."),
        ("Er siegte.", "Peter won."),
    ],
)
def test_what_can_be_nothing_else(source: str, target: str) -> None:
    """Several persons, an it, and what is no pronoun."""
    assert read(source, target) == []


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("She wants more.", "They want more."),
        ("She is late.", "They are late."),
        ("She has still not come.", "They have still not come."),
        ("She really tries.", "They really try."),
        ("She doesn't pay.", "They don't pay."),
        ("She will pay.", "They will pay."),
        ("She paid.", "They paid."),
        ("She asked.", "They asked."),
        ("She agreed.", "They agreed."),
        ("She needs help.", "They need help."),
        ("She left.", "They left."),
    ],
)
def test_verbs_agree(one: str, several: str) -> None:
    """In the present, behind an adverb also."""
    assert several in readings("Sie ...", one, [(0, 0)])
    assert one in readings("Sie ...", several, [(0, 0)])


def test_a_verb_that_is_a_part_of_the_pronoun() -> None:
    """What "she's" is of several ("they are", "they have") is not told."""
    assert read("Sie ist spät.", "She's late now.") == ["It's late now."]


@pytest.mark.parametrize(
    ("source", "target", "other"),
    [
        ("Ich sah sie gestern.", "I saw her yesterday.", "I saw it yesterday."),
        ("Wir dankten ihr.", "We thanked her.", "We thanked it."),
        ("Wir trafen ihre Tochter.", "We met her daughter.", "We met its daughter."),
        ("Wir trafen ihr Kind.", "We met her child.", "We met its child."),
    ],
)
def test_her_is_an_object_or_owns_something(
    source: str, target: str, other: str
) -> None:
    """By the German word, or by what follows."""
    assert other in read(source, target)


def test_it_may_be_either() -> None:
    """Where neither what stands before nor what follows says so, both are written."""
    found = readings("Heute sah Karl sie.", "Today Karl saw it swim.", [(3, 3)])

    assert "Today Karl saw she swim." in found
    assert "Today Karl saw her swim." in found


def test_words_of_one_gender_mean_the_same_first() -> None:
    """Then one of them something else; a word that has no German goes with its kind."""
    found = readings(
        "Er hob den Kopf und rief sein Pferd.",
        "He raised his head and called his horse.",
        [(0, 0), (1, 1), (3, 3), (5, 5), (6, 6), (7, 7)],
    )

    assert found[0] == "It raised its head and called its horse."
    assert "He raised his head and called its horse." in found
    assert len(found) == 1 + 3


def test_kinds_that_are_mixed_may_be_one() -> None:
    """The model said its and his for the same man."""
    found = readings(
        "Er verband sich mit seinen Wählern auf seiner Seite.",
        "He connected with its voters on his page.",
        [(0, 0), (1, 1), (4, 3), (5, 4), (7, 6)],
    )

    assert "He connected with his voters on his page." in found


def test_two_genders() -> None:
    """Each has its own meanings."""
    found = readings("Er verkauft sie.", "He sells it.", [(0, 0), (2, 2)])
    assert {"He sells them.", "It sells it.", "It sells them."} <= set(found)


def test_a_girl_is_neuter() -> None:
    """And so are children, members and victims: her, where German has his."""
    plain = read("Seine Mutter rief.", "His mother called.")
    girls = read("Seine Mutter rief.", "His mother called.", "Das Mädchen lief los.")

    assert plain == ["Its mother called."]
    assert girls == ["Her mother called.", "Its mother called."]


def test_several_persons() -> None:
    """Whoever else is meant by another word."""
    assert read("Sie dankte ihnen.", "She thanked them.") == [
        "It thanked them.",
        "They thanked them.",
    ]
    assert read("Ihnen fehlte Geld.", "She lacked money.") == ["They lacked money."]


def test_no_more_than_can_be_judged() -> None:
    """A long sentence has many pronouns."""
    source = " ".join(["sie", "ihn"] * 6)
    target = " ".join(["her", "him"] * 6)

    assert len(read(source, target)) == MOST_READINGS


@pytest.mark.parametrize(
    ("source", "target", "refers"),
    [
        ("Sein Trainer schwieg.", "His coach was silent.", True),
        ("Das gefiel ihr.", "She liked that.", True),
        ("Dieser kam nicht.", "He did not come.", True),
        ("Haben Sie Zeit?", "Do you have time?", False),
        ("Der Trainer schwieg.", "The coach was silent.", False),
        ("Es regnet.", "It is raining.", False),
    ],
)
def test_pronouns_that_may_refer_back(source: str, target: str, refers: bool) -> None:
    """Of the third person, on both sides."""
    assert refers_back(source, target) is refers


def test_kinds_of_pronouns() -> None:
    """There is no it in Italy, and none in an it-girl."""
    assert pronouns("He fed his dog in Italy; they liked it. An it-girl") == {
        "m": 2,
        "p": 1,
        "n": 1,
    }
