"""The lexicon of word forms: what is found in it, and how."""

from __future__ import annotations

from itertools import pairwise

import pytest

from satzpaar.translate.dictionaries import Dictionary, Entry, german_english


def dictionary(*lines: str) -> Dictionary:
    """Make one of these lines, in whatever order."""
    return Dictionary(b"".join(sorted(f"{line}\n".encode() for line in lines)))


ONE = dictionary(
    "Arme\t-\tarms\tpoor",
    "arme\t+\tpoor",
    "Steuerfrau\t+\tcox",
    "grosse\t*\tgreat",
    "gelbes\t+\tyellow",
    "Wasser\t-\twater",
    "Schlamm\t+\tmud",
    "Trophäe\t+\ttrophy",
    "Baumes\t+\ttree",
    "Connor\t+\tConnor",
    "Chocolatiers\t+\tchocolatiers",
    "grünes\t+\tgreen",
    "=cox",
    "=yellow",
)


class TestEntry:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("Steuerfrau", Entry(("cox",), sure=True)),
            ("Arme", Entry(("arms", "poor"), sure=False)),
            ("arme", Entry(("poor",), sure=True)),
            ("Große", Entry(("great",), sure=True, written=True)),
            ("Steuerfra", None),
            ("Steuerfrauen", None),
            ("gelbes", Entry(("yellow",), sure=True)),
            ("grüner", None),
            ("=cox", None),
            ("", None),
        ],
    )
    def test_as_it_is_written(self, word: str, expected: Entry | None) -> None:
        """But for what is written in small letters alone, which goes for all."""
        assert ONE.entry(word) == expected

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("gelbem", ("yellow",)),
            ("gelbe", ("yellow",)),
            ("gelber", None),
            ("Trophäes", ("trophy",)),
            ("Baum", ("tree",)),
            ("Wassers", None),
            ("Connors", None),
            ("Chocolatier", None),
        ],
    )
    def test_forms_that_english_has_not(
        self, word: str, expected: tuple[str, ...] | None
    ) -> None:
        """Of what is sure: adjectives, but for comparatives, and genitives."""
        found = ONE.entry(word)

        assert (found.translations if found else None) == expected

    def test_the_capital_of_a_sentence(self) -> None:
        """It says nothing about the word."""
        assert ONE.entry("Gelbes", begins=True) == Entry(("yellow",), sure=True)
        assert ONE.entry("Steuerfrau", begins=True) == ONE.entry("Steuerfrau")

    def test_every_line_is_found(self) -> None:
        """Wherever it stands in the file."""
        words = [f"w{number}" for number in range(200)]
        many = dictionary(*(f"{word}\t+\tsaid {word}" for word in words))

        assert [many.entry(word) for word in words] == [
            Entry((f"said {word}",), sure=True) for word in words
        ]
        assert many.entry("w") is None
        assert Dictionary(b"").entry("w") is None


class TestCompound:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("Schlammwasser", "mud water"),
            ("Trophäenwasser", "trophy water"),
            ("Schlammsand", None),
            ("Wasser", None),
        ],
    )
    def test_of_two_parts(self, word: str, expected: str | None) -> None:
        """Whatever joins them."""
        assert ONE.compound(word) == expected


def test_english_words() -> None:
    """What the bitexts say."""
    assert ONE.has_english("cox")
    assert not ONE.has_english("co")
    assert not ONE.has_english("arms")


class TestOurs:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [("Haus", "house"), ("Rathaus", "town hall"), ("schrieb", "wrote")],
    )
    def test_what_everybody_knows(self, word: str, expected: str) -> None:
        """A file that was read wrongly would not have it."""
        found = german_english().entry(word)

        assert found is not None
        assert found.translations[0] == expected

    @pytest.mark.parametrize(
        ("word", "expected", "part"),
        [
            ("Jahresprognose", "annual forecast", "annual"),
            ("Wasserrohrbruch", "burst water pipe", "water"),
            ("Essensgutscheine", "meal vouchers", "meal"),
            ("Marktmeisterin", "market supervisor", "Market"),
        ],
    )
    def test_compounds_are_whole(self, word: str, expected: str, part: str) -> None:
        """What stands for half of one would pass for its English."""
        found = german_english().entry(word)

        assert found is not None
        assert found.sure
        assert found.translations[0] == expected
        assert part not in found.translations

    def test_in_order(self) -> None:
        """Or nothing would be found."""
        lines = german_english()._lines.splitlines()
        assert len(lines) > 200_000
        assert all(one < other for one, other in pairwise(lines))
