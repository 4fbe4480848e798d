"""What the dictionary has for a word, told to a model that has learnt to read it."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.document import Segment
from satzpaar.translate.engines import load_engine
from satzpaar.translate.errors import UsageError
from satzpaar.translate.hints import hints, with_hints, without_hints
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.tokenizer import MarianTokenizer
from satzpaar.translate.training import (
    Budget,
    Conduct,
    Corpus,
    Job,
    Learning,
    Vocabulary,
    train,
)
from satzpaar.translate.training.cleaning import Cleaning
from satzpaar.translate.training.prepare import Sources, prepare
from satzpaar.translate.word_alignment import token_words, word_links
from tests.doubles import EchoEngine
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
            pytest.param("Steuerfrau ⁼ S", id="the mark, raised"),
            pytest.param("Das sagt Frau Steuerfrau.", id="a name"),
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
        """So that the model may copy it; but for words behind a hyphen."""
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

        words, others = (
            token_words(source, each, hinted=True) for each in (told, untold)
        )

        kept, _ = without_hints(told)
        assert "".join(kept) == "".join(untold)
        numbers = [word for word in words if word is not None]
        assert numbers == sorted(numbers)
        hint = told[told.index("=") : told.index('="')]
        assert words.count(1) == others.count(1) + len(hint)
        assert set(words) == set(others)

    @pytest.mark.parametrize("sign", ["=", "＝", "⁼"])
    def test_a_sign_in_the_text_is_no_hint(
        self, reading: MarianTokenizer, sign: str
    ) -> None:
        """Its words are counted as ever."""
        source = f"{WORD} {sign} 3 und mehr"
        (tokens,) = reading.tokenize([source])
        assert tokens.count("▁=") == 1
        words = token_words(source, tokens, hinted=True)
        assert set(words) == {0, 1, 2, 3, 4} | ({None} & set(words))

    def test_long_texts_have_none(self, reading: MarianTokenizer) -> None:
        """Rather than to be cut in two for them."""
        source = f"Die {WORD} kam. " * 18
        (tokens,) = reading.tokenize([source])
        assert len(tokens) < reading.model.max_source_tokens
        assert "=" not in tokens


def test_marks_that_were_copied_are_taken_out() -> None:
    """A model that copies a hint may copy what is around it."""
    engine = EchoEngine(lambda _text, _options: "The coxswain= cheers.")
    engine.model = dataclasses.replace(engine.model, reads_hints=True)

    sources = [f"Die {WORD} jubelt.", "Es gilt: a = b."]
    found = translate_segments(map(Segment, sources), engine, once=True)

    said = ["The coxswain cheers.", "The coxswain= cheers."]
    assert [each.target.text for each in found] == said


def test_links_go_by_the_words_of_the_text() -> None:
    """And not by those of the hints, which stand between."""
    model = find_model(BUNDLED)
    engine = load_engine(
        "ctranslate2", dataclasses.replace(model, reads_hints=True), device="cpu"
    )
    source, target = f"Die {WORD} gewinnt.", "The coxswain wins."

    assert word_links(engine, source, target)[-1] == (2, 2)


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


@pytest.fixture
def marking_model(tiny_copy: Path) -> Model:
    """Give the tiny model a piece for the mark, in the place of its last one."""
    path = tiny_copy / "vocab.json"
    pieces = json.loads(path.read_bytes())
    last = max(pieces.keys() - {"<pad>"}, key=pieces.__getitem__)
    pieces["="] = pieces.pop(last)
    path.write_text(json.dumps(pieces))
    return find_model(str(tiny_copy))


class TestTraining:
    @pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
    def test_a_part_of_the_sources_has_them(
        self, part: float, marking_model: Model, new_pairs: Pairs, tmp_path: Path
    ) -> None:
        """By chance, as is asked for."""
        prepared = prepare(
            Sources([Corpus("memory", pairs_with(WORD, new_pairs), "fingerprint")]),
            marking_model,
            Cleaning(),
            tmp_path,
            hints=part,
            held_out=5,
            longest=64,
            seed=1,
        )
        reads = dataclasses.replace(marking_model, reads_hints=True)
        mark = MarianTokenizer(reads).ids(["="])[0]
        rows = list(prepared.source.rows(np.arange(len(prepared.origin))))
        told = sum(mark in row for row in rows) / len(rows)
        assert abs(told - part) < 0.2

    def test_the_result_reads_hints_and_goes_on_so(
        self, marking_model: Model, new_pairs: Pairs, tmp_path: Path
    ) -> None:
        """As its configuration says, until it is asked otherwise."""
        reads = []
        start = marking_model
        for number, part in enumerate((0.8, None, 0.0)):
            outcome = learn(start, new_pairs, tmp_path / str(number), hints=part)
            start = find_model(str(outcome.folder))
            reads.append(start.reads_hints)

        assert reads == [True, True, False]

    def test_a_new_vocabulary_has_the_mark(
        self, tiny_model: Model, new_pairs: Pairs, tmp_path: Path
    ) -> None:
        """As a piece of its own."""
        outcome = learn(
            tiny_model,
            new_pairs,
            tmp_path / "new",
            hints=1.0,
            vocabulary=Vocabulary(size=400),
        )
        made = MarianTokenizer(find_model(str(outcome.folder)))
        (tokens,) = made.tokenize([f'Die "{WORD}" kam.'])
        assert tokens.count("=") == 2

    def test_a_vocabulary_without_the_mark(
        self, tiny_model: Model, new_pairs: Pairs, tmp_path: Path
    ) -> None:
        """It cannot be told."""
        with pytest.raises(UsageError, match="has no piece"):
            learn(tiny_model, new_pairs, tmp_path / "model", hints=0.5)

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
