"""Texts that cannot be each other's translation are named before they are paired."""

from __future__ import annotations

import gzip
import json
import os
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments import mt_cache, sides
from satzpaar.alignments.alignment import Alignment
from satzpaar.alignments.bead import Bead
from satzpaar.alignments.mt_cache import TranslationCache
from satzpaar.alignments.sides import Side, check_coverage, check_kinship, check_sides
from satzpaar.alignments.text import Text
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model

GERMAN = [
    "Der Bäcker stand schon um drei Uhr in seiner Backstube und knetete den Teig.",
    "Draußen war es noch dunkel, und niemand ging über die nasse Straße.",
]
ENGLISH = [
    "The baker was already standing in his bakery at three and kneading the dough.",
    "Outside it was still dark, and nobody walked along the wet street.",
]
FRENCH = [
    "Le boulanger était déjà debout dans son fournil à trois heures du matin.",
    "Dehors il faisait encore nuit et personne ne marchait dans la rue mouillée.",
]


def side(lines: list[str], language: str, place: str) -> Side:
    return Side(Text.of_lines(lines), language, place)


def check(source: list[str], target: list[str], *, lenient: bool = False) -> None:
    check_sides(
        side(source, "de-AT", "a.de"), side(target, "en", "b.en"), lenient=lenient
    )


def complaint(source: list[str], target: list[str]) -> str:
    with pytest.raises(InputError) as caught:
        check(source, target)
    return str(caught.value)


class TestCheckSides:
    def test_takes_a_text_and_its_translation(self) -> None:
        """Whatever the region."""
        check(GERMAN, ENGLISH)

    @pytest.mark.parametrize(
        ("source", "target", "said"),
        [
            pytest.param([], ENGLISH, "a.de: has no text", id="empty source"),
            pytest.param(GERMAN, [], "b.en: has no text", id="empty target"),
            pytest.param(["", ""], ENGLISH, "a.de: has no text", id="empty lines"),
            pytest.param(
                ENGLISH, GERMAN, "a.de: is in en and b.en in de: the", id="swapped"
            ),
            pytest.param(
                GERMAN,
                GERMAN,
                "b.en: is in de like a.de, expected en",
                id="both German",
            ),
            pytest.param(
                ENGLISH,
                ENGLISH,
                "a.de: is in en like b.en, expected de",
                id="both English",
            ),
            pytest.param(
                FRENCH, ENGLISH, "a.de: is in fr, expected de", id="a third language"
            ),
            pytest.param(
                FRENCH, FRENCH, "a.de: is in fr like b.en, expected de", id="both other"
            ),
            pytest.param(
                [*GERMAN, "Er \x02kam."],
                ENGLISH,
                "a.de: segment 3 (»Er �kam.«) has the control character U+0002",
                id="control character",
            ),
            pytest.param(
                GERMAN,
                [*ENGLISH, "x" * 100_000],
                f"b.en: segment 3 (»{'x' * 40}…«) has 100,000 characters",
                id="endless segment",
            ),
        ],
    )
    def test_says_what_is_wrong(
        self, source: list[str], target: list[str], said: str
    ) -> None:
        """One line: which of the two, what, and what was expected."""
        told = complaint(source, target)

        assert told.startswith(said)
        assert "\n" not in told

    @pytest.mark.parametrize("repeated", [1, 8], ids=["short", "long"])
    def test_notices_swapped_sides_of_any_length(self, repeated: int) -> None:
        """Long texts are told by their commonest words, short ones by a model."""
        said = complaint(ENGLISH * repeated, GERMAN * repeated)

        assert said.startswith("a.de: is in en and b.en in de")
        check(GERMAN * repeated, ENGLISH * repeated)

    def test_asks_no_model_about_a_plain_text(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It takes longer to load than the texts to align."""
        monkeypatch.delattr(sides, "doubt")

        check(GERMAN * 8, ENGLISH * 8)

    def test_says_to_swap(self) -> None:
        """The most frequent mistake has its own advice."""
        assert complaint(ENGLISH, GERMAN).endswith("the source comes first")

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            pytest.param(["Berlin 2023"], ["Paris 2023"], id="names"),
            pytest.param(["1,5"], ["2.5"], id="numbers"),
            pytest.param(["OK"], ["Okay"], id="a word"),
        ],
    )
    def test_says_nothing_of_what_is_too_short_to_tell(
        self, source: list[str], target: list[str]
    ) -> None:
        """A guess would be a wrong refusal."""
        check(source, target)

    def test_can_be_lenient(self) -> None:
        """A user who knows better may go on, but not without any text."""
        check(ENGLISH, [*GERMAN, "\x02"], lenient=True)

        with pytest.raises(InputError, match="no text"):
            check([], ENGLISH, lenient=True)

    def test_pairs_of_one_language_are_not_judged_by_it(self) -> None:
        """Two versions of a text can be aligned too."""
        check_sides(side(GERMAN, "de-DE", "a"), side(GERMAN, "de-CH", "b"))


class TestCheckCoverage:
    def test_names_both_texts_and_how_little_they_share(self) -> None:
        """So that the user sees how far it was from being enough."""
        sides = side(GERMAN, "de", "a.de"), side(ENGLISH, "en", "b.en")

        with pytest.raises(InputError) as caught:
            check_coverage(0.123, *sides, least=0.3)

        assert str(caught.value) == (
            "b.en: does not seem to belong to a.de: of both texts only 12% found a "
            "counterpart, at least 30% is expected"
        )

    def test_takes_what_is_enough(self) -> None:
        """The threshold itself is enough."""
        sides = side(GERMAN, "de", "a.de"), side(ENGLISH, "en", "b.en")

        check_coverage(0.3, *sides, least=0.3)


NAMES = ["Anton", "Berta", "Cäsar", "Dora", "Emil", "Friedrich", "Gustav", "Heinrich"]


def paired(source: list[str], target: list[str]) -> Alignment:
    """Pair segment by segment, as surely as an aligner may do with any two texts."""
    beads = (
        Bead(range(n, n + 1), range(n, n + 1), confidence=1.0)
        for n in range(len(source))
    )
    return Alignment(Text.of_lines(source), Text.of_lines(target), tuple(beads), "hand")


SOURCE = [f"{name} ging um {n + 1} Uhr." for n, name in enumerate(NAMES)]
TARGET = [f"At {n + 1} o'clock {name} left." for n, name in enumerate(NAMES)]
TRANSLATIONS = {
    "no MT": None,
    "MT": [f"{name} went." for name in NAMES],
    "useless MT": ["The man."] * len(NAMES),
}


@pytest.mark.parametrize("translation", TRANSLATIONS.values(), ids=TRANSLATIONS)
class TestCheckKinship:
    """The confidence of a bead is that among other beads, not that of the two texts."""

    sides = side(GERMAN, "de", "a.de"), side(ENGLISH, "en", "b.en")

    def test_takes_texts_that_share_what_they_say(
        self, translation: list[str] | None
    ) -> None:
        """Names and numbers in the right places are enough, whatever the machine."""
        check_kinship(paired(SOURCE, TARGET), *self.sides, translation)

    def test_refuses_what_is_alike_in_other_places(
        self, translation: list[str] | None
    ) -> None:
        """The words are the same, but nobody does there what he does here."""
        alignment = paired(SOURCE, [*TARGET[3:], *TARGET[:3]])

        with pytest.raises(InputError, match=r"b\.en: does not .* 100% of both texts"):
            check_kinship(alignment, *self.sides, translation)

    def test_says_that_it_could_tell(self, translation: list[str] | None) -> None:
        """Of eight beads it can."""
        assert check_kinship(paired(SOURCE, TARGET), *self.sides, translation)


class TestCheckKinshipOfFew:
    """Each source can hardly be compared with the others' targets, but has its MT."""

    sides = side(GERMAN, "de", "a.de"), side(ENGLISH, "en", "b.en")
    machine = (
        "The baker was in his bakery at three o'clock and kneaded the dough.",
        "It was still dark outside, and nobody went over the wet street.",
    )
    others = (
        "Shares of the car maker fell by a tenth after the news from the court.",
        "Analysts believe that the board will have to resign before the summer.",
    )

    @pytest.mark.parametrize("count", [1, 2])
    def test_takes_a_text_like_the_translation(self, count: int) -> None:
        """Though a person chose other words."""
        alignment = paired(GERMAN[:count], ENGLISH[:count])

        assert check_kinship(alignment, *self.sides, self.machine[:count])

    @pytest.mark.parametrize("count", [1, 2])
    def test_refuses_a_stranger_of_the_same_length(self, count: int) -> None:
        """The aligner is sure of the pair, having no other."""
        alignment = paired(GERMAN[:count], list(self.others[:count]))

        with pytest.raises(
            InputError, match=r"b\.en: does not seem to belong to a\.de"
        ):
            check_kinship(alignment, *self.sides, self.machine[:count])

    def test_without_a_machine_four_short_sentences_do_not_tell(self) -> None:
        """They may have no name, no number and no word in common."""
        source = ["Warte hier.", "Es regnet.", "Niemand weiß es.", "Geh nach Hause."]
        target = ["Stay there.", "It rains.", "Nobody can tell.", "Run along."]

        assert not check_kinship(paired(source, target), *self.sides)

    def test_takes_names_that_a_weak_machine_lost(self) -> None:
        """They stand in the source itself."""
        alignment = paired(
            ["Otto Rehhagel traf Franz Beckenbauer in Kaiserslautern."],
            ["Otto Rehhagel met Franz Beckenbauer in Kaiserslautern."],
        )

        assert check_kinship(alignment, *self.sides, ["The man struck."])

    @pytest.mark.parametrize(
        ("target", "translation"),
        [
            pytest.param("What do you mean?", ["How this?"], id="too short"),
            pytest.param("Who are you and why are you out at this hour of the day?",
                ["Who are you, and what do you want here at that time?"],
                id="hardly a long word"),
            pytest.param(others[0], None, id="no MT"),
            pytest.param("Пекарь уже в три часа утра месил тесто в пекарне.", ["The"],
                id="other letters"),
        ],
    )  # fmt: skip
    def test_says_that_it_cannot_tell(
        self, target: str, translation: list[str] | None
    ) -> None:
        """Then it is the user who has to look."""
        alignment = paired(GERMAN[:1], [target])

        assert not check_kinship(alignment, *self.sides, translation)


def test_texts_without_anything_in_common_may_be_of_two_scripts() -> None:
    """There is no ground to judge by."""
    sides = side(["Ja"], "de", "a.de"), side(["Да"], "ru", "b.ru")

    check_kinship(paired(["Ja"] * 9, ["Да"] * 9), *sides)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache's folder of translations."""
    monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
    return tmp_path / "translations"


class TestTranslationCache:
    def test_gives_what_was_kept(self, folder: Path, tiny_model: Model) -> None:
        """For the same text, the same model and the same beam only."""
        text, translation = ["Ja.", "Größe"], ["Yes.", "Size"]
        TranslationCache(tiny_model, 4).keep(text, translation)

        assert TranslationCache(tiny_model, 4).find(text) == translation
        assert TranslationCache(tiny_model, 4).find(["Ja. Größe"]) is None
        assert TranslationCache(tiny_model, 1).find(text) is None

    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b"no gzip", id="no gzip"),
            pytest.param(gzip.compress(b"[1"), id="no JSON"),
            pytest.param(gzip.compress(b"[1]"), id="no text"),
            pytest.param(
                gzip.compress(json.dumps(["a", "b"]).encode()), id="other size"
            ),
        ],
    )
    def test_passes_over_what_is_damaged(
        self, folder: Path, tiny_model: Model, damage: bytes
    ) -> None:
        """A bad cache must cost time only."""
        cache = TranslationCache(tiny_model, 4)
        cache.keep(["Ja."], ["Yes."])
        (path,) = folder.iterdir()
        path.write_bytes(damage)

        assert cache.find(["Ja."]) is None

    def test_works_where_nothing_can_be_written(
        self, folder: Path, tiny_model: Model
    ) -> None:
        """As on a read-only disk."""
        folder.parent.joinpath("translations").write_text("a file")

        TranslationCache(tiny_model, 4).keep(["Ja."], ["Yes."])

        assert TranslationCache(tiny_model, 4).find(["Ja."]) is None

    def test_forgets_the_oldest(
        self, folder: Path, tiny_model: Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was used last stays; the folder does not grow for ever."""
        cache = TranslationCache(tiny_model, 4)
        for word in ("Eins", "Zwei", "Drei"):
            cache.keep([word], [word])
        for age, word in enumerate(("Drei", "Zwei", "Eins")):
            path = cache._path([word])
            status = path.stat()
            os.utime(path, (status.st_atime, status.st_mtime - 100 * age - 10))
        cache.find(["Eins"])
        size = sum(path.stat().st_size for path in folder.iterdir())
        monkeypatch.setattr(mt_cache, "MOST_BYTES", size)

        cache.keep(["Vier"], ["Vier"])

        found = [cache.find([w]) is not None for w in ("Eins", "Zwei", "Drei", "Vier")]
        assert found == [True, False, True, True]
