"""What the dictionary has for a word, told to a model that has learnt to read it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.errors import UsageError
from satzpaar.translate.hints import hints, with_hints, without_hints
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.tokenizer import MarianTokenizer
from satzpaar.translate.training import Budget, Conduct, Corpus, Job, Learning, train
from satzpaar.translate.training.cleaning import Cleaning
from satzpaar.translate.training.prepare import Sources, prepare
from satzpaar.translate.word_alignment import token_words
from tests.test_dictionaries import dictionary

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model
    from satzpaar.translate.training import Outcome

Pairs = list[tuple[str, str]]

KNOWN = dictionary(
    "Steuerfrau\t+\tcox\tcoxswain",
    "Schwebebalken\t+\tbalance beam",
    "Verunsicherung\t-\tuncertainty",
    "hektisch\t+\thectic",
    "Oktoberfest\t+\tOktoberfest",
)
# A German word that the tiny model's world does not have, and that ours is sure of.
WORD = "Steuerfrau"


class TestHints:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("Die Steuerfrau jubelt.", "Die Steuerfrau= cox= jubelt."),
            ("„Steuerfrau“", "„Steuerfrau= cox=“"),
            ("Vom Schwebebalken, hektisch.",
             "Vom Schwebebalken= balance beam=, hektisch= hectic=."),
        ],
    )  # fmt: skip
    def test_stand_behind_the_word(self, source: str, expected: str) -> None:
        """Before the punctuation; the first translation alone."""
        assert with_hints(source, KNOWN) == expected

    @pytest.mark.parametrize(
        "source",
        [
            pytest.param("Es herrscht Verunsicherung.", id="not sure"),
            pytest.param("Das Oktoberfest beginnt.", id="the same"),
            pytest.param("Die Schwebebalken- und Bodenturner", id="half a word"),
            pytest.param("Ein Unbekanntes.", id="unknown"),
            pytest.param("Steuerfrau = S", id="the mark is in the text"),
            pytest.param("", id="nothing"),
        ],
    )
    def test_are_left_out(self, source: str) -> None:
        """Where they would say nothing, or could not be told from the text."""
        assert hints(source, KNOWN) == []
        assert with_hints(source, KNOWN) == source

    def test_are_taken_out_again(self) -> None:
        """Their tokens belong to the word before."""
        tokens = ["▁Ein", "▁Schwebe", "balken", "=", "▁balance", "▁beam", "=", ","]

        kept, owners = without_hints(tokens)

        assert kept == ["▁Ein", "▁Schwebe", "balken", ","]
        assert owners == [0, 1, 2, 2, 2, 2, 2, 3]


@pytest.fixture(scope="module")
def reading() -> MarianTokenizer:
    """Cut as for the bundled model, with hints."""
    model = find_model(BUNDLED)
    return MarianTokenizer(dataclasses.replace(model, reads_hints=True))


@pytest.fixture(scope="module")
def plain() -> MarianTokenizer:
    """Cut as for the bundled model, without."""
    model = find_model(BUNDLED)
    return MarianTokenizer(dataclasses.replace(model, reads_hints=False))


class TestTokens:
    def test_a_model_that_reads_none_gets_none(self, plain: MarianTokenizer) -> None:
        """As before."""
        (tokens,) = plain.tokenize([f"Die {WORD} jubelt."])
        assert "=" not in tokens

    def test_a_hint_is_cut_as_the_target_is(self, reading: MarianTokenizer) -> None:
        """So that the model may copy it."""
        english = german_english().entry(WORD)
        assert english is not None
        (tokens,) = reading.tokenize([f"Die {WORD} kam."])
        (hint,) = reading.tokenize_targets([english.translations[0]])

        first, last = (n for n, token in enumerate(tokens) if token == "=")

        assert tokens[first + 1 : last] == hint

    def test_words_keep_their_numbers(
        self, reading: MarianTokenizer, plain: MarianTokenizer
    ) -> None:
        """What attends to a hint attends to the word that has it."""
        source = f'Die "{WORD}" kam.'
        (told,), (untold,) = (each.tokenize([source]) for each in (reading, plain))

        words, others = (token_words(source, each) for each in (told, untold))

        kept, _ = without_hints(told)
        assert "".join(kept) == "".join(untold)
        assert sorted(filter(None, words)) == list(filter(None, words))
        hint = told[told.index("=") : told.index('="')]
        assert words.count(1) == others.count(1) + len(hint)
        assert set(words) == set(others)

    def test_a_sign_in_the_text_is_no_hint(self, reading: MarianTokenizer) -> None:
        """Its words are counted as ever."""
        source = f"{WORD} = 3"
        (tokens,) = reading.tokenize([source])
        assert {0, 1, 2} <= set(token_words(source, tokens))
        assert tokens.count("=") <= 1

    def test_long_texts_have_none(self, reading: MarianTokenizer) -> None:
        """Rather than to be cut in two for them."""
        source = f"Die {WORD} kam. " * 18
        (tokens,) = reading.tokenize([source])
        assert len(tokens) < reading.model.max_source_tokens
        assert "=" not in tokens


def pairs_with(word: str, pairs: Pairs) -> Pairs:
    return [(f"{source[:-1]} {word}.", target) for source, target in pairs]


def learn(start: Model, pairs: Pairs, folder: Path, **changes: object) -> Outcome:
    job = Job(
        output=folder,
        data=[Corpus("memory", pairs_with(WORD, pairs), "fingerprint")],
        start=start,
        budget=Budget(tokens=2000),
        learning=Learning(
            rate=1e-3, batch_tokens=512, micro_tokens=256, longest=64, dropout=0.1
        ),
        conduct=Conduct(validations=1, score_sentences=5, precision="float32"),
        keep_anyway=True,
    )
    return train(dataclasses.replace(job, **changes))  # type: ignore[arg-type]


class TestTraining:
    @pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
    def test_a_part_of_the_sources_has_them(
        self, part: float, tiny_model: Model, new_pairs: Pairs, tmp_path: Path
    ) -> None:
        """By chance, as is asked for."""
        prepared = prepare(
            Sources([Corpus("memory", pairs_with(WORD, new_pairs), "fingerprint")]),
            tiny_model,
            Cleaning(),
            tmp_path,
            hints=part,
            held_out=5,
            longest=64,
            seed=1,
        )
        reads = dataclasses.replace(tiny_model, reads_hints=True)
        mark = MarianTokenizer(reads).ids(["="])[0]
        rows = list(prepared.source.rows(np.arange(len(prepared.origin))))
        told = sum(mark in row for row in rows) / len(rows)
        assert abs(told - part) < 0.2

    def test_the_result_reads_hints_and_goes_on_so(
        self, tiny_model: Model, new_pairs: Pairs, tmp_path: Path
    ) -> None:
        """As its configuration says; nobody has to ask again."""
        first = learn(tiny_model, new_pairs, tmp_path / "first", hints=0.8)
        made = find_model(str(first.folder))
        second = learn(made, new_pairs, tmp_path / "second")

        assert made.reads_hints
        assert find_model(str(second.folder)).reads_hints

    @pytest.mark.parametrize(
        ("languages", "part", "said"),
        [
            (("de", "en"), 1.5, "hints for 1.5 of the sources; 0 to 1 expected"),
            (("de", "fr"), 0.5, "of a German-English dictionary"),
        ],
    )
    def test_what_cannot_be(
        self,
        languages: tuple[str, str],
        part: float,
        said: str,
        tiny_model: Model,
        tmp_path: Path,
    ) -> None:
        """One line."""
        model = dataclasses.replace(
            tiny_model, source_language=languages[0], target_language=languages[1]
        )
        with pytest.raises(UsageError, match=said):
            learn(model, [], tmp_path / "model", hints=part)
