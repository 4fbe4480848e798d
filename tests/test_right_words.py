"""Words that are made up or mistaken: which are put right, and how they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.engine import DecodingOptions, ForcedScore
from satzpaar.translate.finishing import reworded
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.right_words import doubts, is_made_up, replacements
from satzpaar.translate.rules import Search
from satzpaar.translate.scheduler import Scheduler
from tests.doubles import EchoEngine
from tests.test_dictionaries import dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from satzpaar.translate.dictionaries import Dictionary
    from satzpaar.translate.rules import Link

KNOWN = dictionary(
    "Steuerfrau\t+\tcox",
    "Verunsicherung\t-\tuncertainty\tunease",
    "hektischen\t-\thectic",
    "Schwebebalken\t+\tbalance beam",
    "Ehrung\t+\thonor",
    "Schlamm\t+\tmud",
    "Wasser\t-\twater",
    "Trainers\t+\tcoach",
    "versorgt\t+\tsupplies\tsupplied",
    "gemeint\t+\topined",
    "=supplying",
    "=supply",
    "Einbahn\t+\tone-way street",
    "Verbandes\t+\tSPD man",
    "Staatsmann\t+\tUS citizen",
    "Unbekannter\t+\tunidentified man",
    "Skippers\t+\tskipper's",
    "religiös\t+\treligious\treligiously",
    "Östlichen\t+\teastern",
    "Osten\t+\teast",
    "Schlusslicht\t+\tbottom team",
    "Bundesstraße\t+\tfederal highway\tfederal road",
    "Ratsvorsitzende\t+\tchairman of the council",
    "einbringen\t+\tintroduce",
    "mitgeschnitten\t+\trecorded",
    "selbstbewusst\t+\tself-assured",
    "Rekorder\t+\trecorder",
    "ganzheitliche\t+\tholistic",
    "wollen\t+\twant",
    "=taxwoman",
    "=the",
)


def righted(
    source: str, target: str, *links: tuple[int, int], overrules: bool = True
) -> str:
    """Put right what a dictionary knows."""
    return put_right(source, target, links, KNOWN, overrules=overrules)[0]


def put_right(
    source: str,
    target: str,
    links: Sequence[Link],
    known: Dictionary,
    *,
    overrules: bool = True,
) -> tuple[str, Sequence[Link]]:
    """Put right what a dictionary knows, and say which words go with which then."""
    found = doubts(source, target, known, overrules=overrules)
    search = Search(DecodingOptions())
    course = reworded(source, target, found, links, known, search)
    scheduler: Scheduler[tuple[str, Sequence[Link]]]
    scheduler = Scheduler(EchoEngine(), batch_tokens=1024)
    (made,) = scheduler.run([course])
    return made


class TestMadeUp:
    @pytest.mark.parametrize("word", ["hectical", "Insurvection", "deshusiast's"])
    def test_no_english(self, word: str) -> None:
        """No list has it."""
        assert is_made_up(word, "Das war hektisch.", KNOWN)

    @pytest.mark.parametrize(
        "word", ["boat", "taxwoman", "Zwerchhausen", "B2B4x", "xq"]
    )
    def test_others(self, word: str) -> None:
        """English, the dictionary's, the source's, with digits, an acronym, short."""
        assert not is_made_up(word, "Er ging nach Zwerchhausen.", KNOWN)


class TestPutRight:
    def test_made_up(self) -> None:
        """Whatever the entry is worth."""
        source, target = "Es herrscht Verunsicherung.", "There is insurvection."
        assert righted(source, target, (0, 0), (2, 2)) == "There is uncertainty."

    def test_made_up_and_shared(self) -> None:
        """With a word that has others of its own; not with one that has none."""
        source, target = "Die Verunsicherung jubelt.", 'The "Insurvection" cheers.'
        expected = 'The "Uncertainty" cheers.'
        assert righted(source, target, (1, 1), (2, 1), (2, 2)) == expected
        assert righted(source, target, (1, 1), (2, 1)) == target

    def test_mistaken(self) -> None:
        """By English that the dictionary does not have for it, if it is sure."""
        source, target = "Die Steuerfrau jubelt.", "The taxwoman cheers."
        assert righted(source, target, (0, 0), (1, 1), (2, 2)) == "The cox cheers."

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            (
                "In the east begins the Owner Forum",
                "In the east begins the Eastern Forum",
            ),
            ("In the East begins the East Forum", "In the East begins the East Forum"),
        ],
    )
    def test_what_is_said_for_another_word(self, target: str, expected: str) -> None:
        """The east is the Osten's, and only one of the two has been said."""
        links = [(0, 0), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]
        assert (
            righted("Im Osten beginnt das Östlichen Forum", target, *links) == expected
        )

    def test_unsure_entries_overrule_nothing(self) -> None:
        """What is English may be right."""
        source, target = "Es herrscht Verunsicherung.", "There is doubt."
        assert righted(source, target, (2, 2)) == target

    def test_strong_models_are_not_overruled(self) -> None:
        """What they make up is put right all the same."""
        source = "Die Steuerfrau jubelt."
        english, made_up = "The taxwoman cheers.", "The taxocress cheers."

        assert righted(source, english, (1, 1), overrules=False) == english
        assert righted(source, made_up, (1, 1), overrules=False) == "The cox cheers."

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("They were self-assured.", "They were self-assured."),
            ("They were self-made.", "They were self-assured."),
        ],
    )
    def test_hyphens_part_words(self, target: str, expected: str) -> None:
        """A translation that has one is said where all of its words are."""
        assert righted("Sie waren selbstbewusst.", target, (2, 2)) == expected

    def test_what_is_said_in_the_plural(self) -> None:
        """The recorders are the Rekorder's, and nothing has been recorded."""
        source = "Alle Rekorder haben mitgeschnitten."
        target = "All recorders have cut."
        links = [(0, 0), (1, 1), (2, 2), (3, 3)]
        assert righted(source, target, *links) == "All recorders have recorded."

    def test_a_compound(self) -> None:
        """Of two words that are known, for one that is made up."""
        source, target = "Da floss Schlammwasser.", "There flowed schlowter."
        assert righted(source, target, (2, 2)) == "There flowed mud water."

    def test_half_a_compound_is_no_word(self) -> None:
        """Its other half is behind the next one."""
        source, target = (
            "Die Schwebebalken- und Bodenturner.",
            "The beam and floor men.",
        )
        assert righted(source, target, (1, 1)) == target

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("Einbahn", "It was a one-way street."),
            ("Verbandes", "It was an SPD man."),
            ("Staatsmann", "It was a US citizen."),
            ("Unbekannter", "It was an unidentified man."),
        ],
    )
    def test_articles_go_by_the_sound(self, word: str, expected: str) -> None:
        """Not by the letter."""
        target = "It was a wirfing."
        assert righted(f"Es war ein {word}.", target, (3, 3)) == expected

    def test_a_possessive_is_not_doubled(self) -> None:
        """The dictionary has some."""
        source, target = "Die Jacke des Skippers.", "The wirfing's jacket."
        assert righted(source, target, (3, 1)) == "The skipper's jacket."

    def test_words_side_by_side(self) -> None:
        """That stand for the same German one."""
        source, target = "Sie fiel vom Schwebebalken.", "She fell off suspicion bars."
        links = [(0, 0), (1, 1), (2, 2), (3, 3), (3, 4)]
        assert righted(source, target, *links) == "She fell off balance beam."

    def test_small_words_beside_it_stay(self) -> None:
        """They are part of the sentence."""
        source, target = "Es war die Ehrung.", "It was the wirfing of"
        assert righted(source, target, (3, 3), (3, 4)) == "It was the honor of"

    @pytest.mark.parametrize(
        ("target", "links"),
        [
            pytest.param("The cox cheers.", [(1, 1)], id="it is there"),
            pytest.param("Coxes cheer.", [(1, 0)], id="in another form"),
            pytest.param("The taxwoman cheers.", [(1, 1), (2, 1)], id="shared"),
            pytest.param("The taxwoman cheers.", [], id="no link"),
            pytest.param("Woman tax the cheers.", [(1, 0), (1, 3)], id="apart"),
            pytest.param("Bea Steuerfrau cheers.", [(1, 1)], id="a name"),
        ],
    )
    def test_left_alone(self, target: str, links: list[tuple[int, int]]) -> None:
        """What is right, and what is not known to stand for the word."""
        assert righted("Die Steuerfrau jubelt.", target, *links) == target

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("He got a wirfing.", "He got an honor."),
            ("A wirfing came.", "An honor came."),
            ("Wirfing came.", "Honor came."),
            ('"Wirfing," he said.', '"Honor," he said.'),
            ("Such a wirfing's end.", "Such an honor's end."),
            ("It came (wirfing).", "It came (honor)."),
            ('He got a "wirfing".', 'He got an "honor".'),
            ("In Group A wirfing came.", "In Group A honor came."),
            ("It came to Wirfing. He left.", "It came to honor. He left."),
            ("The Wirfing Society left.", "The Honor Society left."),
        ],
    )
    def test_how_it_comes_in(self, target: str, expected: str) -> None:
        """With article, capital, ending and marks as they are to be."""
        at = next(n for n, w in enumerate(target.split()) if "irfing" in w)
        assert righted("Es gab Ehrung.", target, (2, at)) == expected

    def test_an_article_before_a_consonant(self) -> None:
        """It loses its n."""
        source, target = "Das Lob des Trainers.", "An actuator praised."
        assert righted(source, target, (3, 1)) == "A coach praised."

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("He is suing them.", "He is supplying them."),
            ("He sues them.", "He supplies them."),
            ("He may sue them.", "He may supply them."),
            ("He sued them.", "He supplied them."),
        ],
    )
    def test_the_form_of_a_verb(self, target: str, expected: str) -> None:
        """That of what stood there, if the dictionary has it."""
        at = target.split().index("them.") - 1
        assert righted("Er versorgt sie.", target, (1, at)) == expected

    def test_adjectives_have_one_form(self) -> None:
        """Though it ends in an s."""
        source, target = "Er war religiös.", "He was wirfing."
        assert righted(source, target, (2, 2)) == "He was religious."

    def test_a_participle_stays_one(self) -> None:
        """Of those that have no ending nobody can tell."""
        source, target = "Er hat gemeint.", "He has taken."
        assert righted(source, target, (2, 2)) == "He has opined."

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("The coxes cheer.", "The coxes cheer."),
            ("He thought so.", "He thought so."),
            ("The coming thoughts.", "The suspected thoughts."),
            ("He thinks so.", "He thinks so."),
            ("They have sensed it.", "They have sensed it."),
            ("Two women wait.", "Two women wait."),
            ("He went away.", "He went away."),
            ("The government decides.", "The suspected decides."),
            ("He did so.", "He suspected so."),
        ],
    )
    def test_forms_of_their_own(self, target: str, expected: str) -> None:
        """What is "think" in the dictionary may be "thought"; "did" is for any verb."""
        known = dictionary("ahnte\t+\tsuspected\tthink\tsense\tdo\twoman\tcox\tgo")
        source = "Er ahnte das."
        assert put_right(source, target, [(1, 1)], known)[0] == expected

    @pytest.mark.parametrize(
        ("word", "forms"),
        [
            ("Ehrung", {"honor", "honors"}),
            ("Rechte", {"rights of workers", "right of workers"}),
            ("gelog", {"lied", "lie", "lies", "lying"}),
            ("versorgt", {"supplied", "supplies", "supply", "supplying"}),
            ("hektischen", {"hectic"}),
        ],
    )
    def test_the_forms_it_may_come_in(self, word: str, forms: set[str]) -> None:
        """Those that English has: a noun's numbers, a verb's persons and tenses."""
        known = dictionary(
            "Rechte\t+\trights of workers", "gelog\t+\tlied", "=right", "=lie", "=lies",
            "=lying", "Ehrung\t+\thonor", "versorgt\t+\tsupplied",
            "hektischen\t+\thectic",
            "=honors", "=supply", "=supplies", "=supplying", "=supplied",
        )  # fmt: skip
        source, target = f"Es hat {word}.", "It has bread."
        found = doubts(source, target, known, overrules=True)
        (made,) = replacements(source, target, found, [(2, 2)], known)
        assert set(made.forms) == forms

    def test_links_have_new_numbers(self) -> None:
        """One word became two."""
        source, target = "Der Schwebebalken hielt lange.", "The xuspicion held long."
        links = [(0, 0), (1, 1), (2, 2), (3, 3)]

        text, new = put_right(source, target, links, KNOWN)

        assert text == "The balance beam held long."
        assert new == ((0, 0), (1, 1), (1, 2), (2, 3), (3, 4))


def test_the_translation_whose_end_stands_there() -> None:
    """A road is not called highway road, if it may be a federal road."""
    source, target = "Die Bundesstraße nehmen.", "Take the main road."
    links = [(1, 2), (1, 3)]
    assert righted(source, target, *links) == "Take the federal highway."
    both = [*links, (2, 3)]  # the road is linked with another word, too
    assert righted(source, target, *both) == "Take the federal road."


class TestOnlyIfLikely:
    """What is worth less than what the model finds."""

    @pytest.mark.parametrize(
        ("source", "target", "links", "expected"),
        [
            pytest.param("Das soll Geld einbringen.", "It brings money in.",
                         [(3, 1)], True, id="a verb"),
            pytest.param("Das soll Geld einbringen.", "It brungs money in.",
                         [(3, 1)], False, id="made up"),
            pytest.param("Eine ganzheitliche Lehre.", "A whole theory.",
                         [(1, 1)], False, id="an attribute"),
            pytest.param("Eine ganzheitliche, schöne Lehre.", "A whole fine theory.",
                         [(1, 1)], False, id="one of two"),
            pytest.param("Die Lehre ist ganzheitliche.", "The theory is whole.",
                         [(3, 3)], True, id="no noun behind it"),
            pytest.param("Das Schlusslicht verliert.", "The rear loses.",
                         [(1, 1)], False, id="a noun"),
            pytest.param("Schlusslicht ist Lindenau.", "Rear is Lindenau.",
                         [(0, 0)], False, id="a noun that begins"),
            pytest.param("Das Schlusslicht verliert.", "The bottom club loses.",
                         [(1, 1)], True, id="a part of the noun"),
            pytest.param("Der Ratsvorsitzende spricht.", "The chairman speaks.",
                         [(1, 1)], False, id="what the noun is in the end"),
        ],
    )  # fmt: skip
    def test_what(
        self, source: str, target: str, links: list[Link], *, expected: bool
    ) -> None:
        """Verbs, and nouns of which a part is said."""
        found = doubts(source, target, KNOWN, overrules=True)
        (made,) = replacements(source, target, found, links, KNOWN)
        assert made.if_likely == expected

    @pytest.mark.parametrize(
        ("cost", "expected"),
        [(3.0, "They introduce money."), (5.0, "They bring money.")],
    )
    def test_how_likely(self, cost: float, expected: str) -> None:
        """Not less by more than four nats than what stands there."""
        engine = Grudging("introduce", cost)
        source, target = "Sie wollten Geld einbringen.", "They bring money."
        found = doubts(source, target, KNOWN, overrules=True)
        search = Search(DecodingOptions())
        course = reworded(source, target, found, [(3, 1)], KNOWN, search)
        scheduler: Scheduler[tuple[str, Sequence[Link]]]
        scheduler = Scheduler(engine, batch_tokens=1024)

        ((text, _),) = scheduler.run([course])

        assert text == expected


class Grudging(EchoEngine):
    """Finds a word improbable, and all others certain."""

    def __init__(self, word: str, cost: float) -> None:
        super().__init__()
        self.word, self.cost = word, cost

    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """So many nats for it."""
        return [
            ForcedScore(tuple(-self.cost * (word == self.word) for word in target))
            for target in targets
        ]


class Judge(EchoEngine):
    """Finds all words improbable but one."""

    def __init__(
        self, probable: str, say: Callable[[str, DecodingOptions], str]
    ) -> None:
        super().__init__(say, aligns=True)
        self.probable = probable

    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """Three nats for each word that is not it."""
        return [
            ForcedScore(tuple(-3.0 * (word != self.probable) for word in target))
            for target in targets
        ]


class TestPipeline:
    """With the dictionary that comes with us."""

    SAID = "There reigns insurvection."

    def test_put_right(self) -> None:
        """And a mark around the word stays around it."""
        source = "Es herrscht Verunsicherung."
        engine = EchoEngine(lambda text, _: self.SAID, aligns=True)
        segment = Segment(source, (Mark(12, 26, "**", "**"),))

        (found,) = translate_segments([segment], engine)

        (mark,) = found.target.marks
        assert found.target.text == "There reigns uncertainty."
        assert found.target.text[mark.start : mark.end] == "uncertainty"

    @pytest.mark.parametrize(
        ("probable", "expected"),
        [
            ("uncertainties.", "There reign uncertainties."),
            ("uncertainty.", "There reign uncertainty."),
            ("doubts.", "There reign uncertainty."),
        ],
    )
    def test_the_form_that_the_model_finds_likelier(
        self, probable: str, expected: str
    ) -> None:
        """If it is that by far."""
        engine = Judge(probable, lambda text, _: "There reign insurvections.")
        segment = Segment("Es herrscht Verunsicherung.")

        (found,) = translate_segments([segment], engine)

        assert found.target.text == expected

    def test_once_is_once(self) -> None:
        """Who wants speed gets it."""
        engine = EchoEngine(lambda text, _: self.SAID, aligns=True)
        segment = Segment("Es herrscht Verunsicherung.")

        (found,) = translate_segments([segment], engine, once=True)

        assert found.target.text == self.SAID

    @pytest.mark.parametrize(
        ("once", "expected"),
        [
            (False, "From now on, it is allowed."),
            (True, "From now now on, it is allowed."),
        ],
    )
    def test_a_word_is_not_said_twice_in_a_row(
        self, *, once: bool, expected: str
    ) -> None:
        """Where no hypothesis is without it."""
        engine = EchoEngine(lambda text, _: "From now now on, it is allowed.")
        segment = Segment("Von jetzt an ist es erlaubt.")

        (found,) = translate_segments([segment], engine, once=once)

        assert found.target.text == expected
