"""Forced decoding: both engines, training's loss, and the stream of pairs."""

from __future__ import annotations

import math
import re
from itertools import count, islice
from typing import TYPE_CHECKING, Any

import pytest

from satzpaar.translate.engine import DecodingOptions, Engine, ForcedScore
from satzpaar.translate.engines import ENGINES, load_engine
from satzpaar.translate.models import find_model
from satzpaar.translate.scoring import PairScore, score_pairs
from satzpaar.translate.tokenizer import normalize_punctuation
from satzpaar.translate.translator import Translator
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model

NEWS = [
    (
        "Der Minister sagte am Montag, das Geld sei knapp.",
        "The minister said on Monday that money was tight.",
    ),
    ("Es regnet.", "It is raining."),
    ("Es regnet.", "Completely different words stand here, 1,234 of them: ψ."),
    ("Die Bürger von Köln haben gewählt.", ""),
    ("", "An answer to nothing."),
]


def load(model: Model) -> list[Engine]:
    return [
        load_engine(name, model, device="cpu", compute_type="float32", threads=1)
        for name in ENGINES
    ]


@pytest.fixture(scope="module")
def tiny_engines(tiny_model: Model) -> list[Engine]:
    return load(tiny_model)


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tiny_engines: list[Engine]) -> Engine:
    """Give each engine in turn."""
    return tiny_engines[list(ENGINES).index(request.param)]


def score(engine: Engine, pairs: list[tuple[str, str]]) -> list[ForcedScore]:
    """Score as one batch."""
    sources, targets = ([pair[side] for pair in pairs] for side in (0, 1))
    return engine.score_batch(
        engine.tokenizer.tokenize(sources), engine.tokenizer.tokenize_targets(targets)
    )


def assert_alike(first: list[ForcedScore], second: list[ForcedScore]) -> None:
    for one, other in zip(first, second, strict=True):
        assert one.log_probabilities == pytest.approx(other.log_probabilities, abs=2e-3)


class TestParity:
    def test_the_tiny_model(
        self, tiny_engines: list[Engine], tiny_folder: Path, tiny_sentences: list[str]
    ) -> None:
        """Token by token, for pairs of all lengths in one batch."""
        text = (tiny_folder / "sentences.en").read_text(encoding="utf-8")
        pairs = [*zip(tiny_sentences, text.splitlines(), strict=True)][:60]

        first, second = (score(engine, [*pairs, *NEWS]) for engine in tiny_engines)

        assert_alike(first, second)

    def test_the_bundled_model(self) -> None:
        """A real vocabulary, unknown characters, empty sides."""
        first, second = (score(engine, NEWS) for engine in load(find_model()))

        assert_alike(first, second)
        assert first[1].mean > first[2].mean  # a translation beats what is none

    def test_pad_takes_no_part(self, tiny_copy: Path) -> None:
        """Also where the pad row is not zero and cannot be left out."""
        from safetensors.numpy import load_file, save_file

        path = tiny_copy / "model.safetensors"
        tensors = load_file(path)
        tensors["model.shared.weight"][-1] = 0.3
        save_file(tensors, path)

        engines = load(find_model(str(tiny_copy)))

        assert_alike(*(score(engine, NEWS) for engine in engines))


class TestScoreBatch:
    def test_agrees_with_the_search(
        self, engine: Engine, tiny_sentences: list[str]
    ) -> None:
        """What a search found has, when forced, the score that the search gave."""
        sources = tiny_sentences[:20]
        tokens = engine.tokenizer.tokenize(sources)
        options = DecodingOptions(beam_size=3)
        found = engine.translate_batch(tokens, options, max_target_tokens=60)

        forced = score(
            engine,
            [
                (source, hypothesis.text)
                for source, hypothesis in zip(sources, found, strict=True)
            ],
        )

        for hypothesis, again in zip(found, forced, strict=True):
            assert again.mean == pytest.approx(hypothesis.score, abs=1e-3)

    def test_is_the_loss_that_training_lowers(
        self, engine: Engine, tiny_model: Model
    ) -> None:
        """The same cross-entropy, without smoothing."""
        import torch

        from satzpaar.translate.training.network import load_network, token_loss

        tokenizer: Any = engine.tokenizer
        source = "Heute kauft der Mann ein Haus."
        target = "The man sells a house."
        network = load_network(tiny_model).eval()
        ids = [*tokenizer.ids(tokenizer.tokenize([source])[0]), 0]
        labels = tokenizer.target_numbers(tokenizer.tokenize_targets([target])[0])
        start = network.config.decoder_start_token_id

        with torch.no_grad():
            loss = token_loss(
                network,
                torch.tensor([ids]),
                torch.tensor([[start, *labels]]),
                torch.tensor([[*labels, 0]]),
                smoothing=0.0,
            )

        found = score(engine, [(source, target)])[0]
        assert found.total == pytest.approx(-float(loss), abs=2e-3)
        assert found.tokens == len(labels) + 1

    def test_neighbours_change_nothing(self, engine: Engine) -> None:
        """Padding is masked on both sides."""
        together = score(engine, NEWS)

        alone = [score(engine, [pair])[0] for pair in NEWS]

        assert_alike(together, alone)

    def test_an_empty_translation(self, engine: Engine) -> None:
        """Is scored as ending at once: one token."""
        (found,) = score(engine, [("Heute kauft der Mann ein Haus.", "")])

        assert found.tokens == 1
        assert found.total < math.log(0.5)

    def test_the_last_of_the_longest_counts(self, engine: Engine) -> None:
        """Nothing is cut up to the limits of the model."""
        model = engine.model
        source = ["▁a"] * (model.max_source_tokens - 1)
        target = ["▁the"] * (model.max_target_tokens - 1)
        other = [*target[:-1], "."]

        first, second = engine.score_batch([source, source], [target, other])

        assert first.tokens == second.tokens == model.max_target_tokens
        assert first.log_probabilities[:-2] == pytest.approx(
            second.log_probabilities[:-2], abs=1e-4
        )
        assert first.log_probabilities[-2:] != second.log_probabilities[-2:]

    def test_no_pairs(self, engine: Engine) -> None:
        """An empty batch gives an empty list."""
        assert engine.score_batch([], []) == []

    def test_refuses_what_is_not_parallel(self, engine: Engine) -> None:
        """Never the shorter part alone."""
        with pytest.raises(ValueError, match="1 sources, but 0 targets"):
            engine.score_batch([["▁a"]], [])


class TestScorePairs:
    def test_keeps_the_order(self, engine: Engine) -> None:
        """Whatever the lengths, and however the pairs are cut into batches."""
        expected = [
            PairScore(found.total, found.tokens) for found in score(engine, NEWS)
        ]

        found = list(score_pairs(NEWS * 20, engine, batch_tokens=50))

        assert len(found) == len(NEWS) * 20
        for number, one in enumerate(found):
            assert one is not None
            other = expected[number % len(NEWS)]
            assert one.tokens == other.tokens
            assert one.mean == pytest.approx(other.mean, abs=1e-3)

    def test_streams(self) -> None:
        """The first score needs only the first windows."""
        engine = EchoEngine()
        endless = ((f"Satz {n}", f"Satz {n}") for n in count())

        first = list(islice(score_pairs(endless, engine), 2))

        assert [found and found.tokens for found in first] == [3, 3]
        assert sum(map(len, engine.scored)) < 200

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            pytest.param("wort " * 64, "word", id="source"),
            pytest.param("wort", "word " * 64, id="target"),
        ],
    )
    def test_what_is_too_long_has_no_score(self, source: str, target: str) -> None:
        """Not half a score; and its neighbours keep theirs."""
        pairs = [("ja", "ja"), (source, target), ("nein", "no")]

        first, second, third = score_pairs(pairs, EchoEngine(limit=64))

        assert first == PairScore(pytest.approx(-0.2), 2)  # type: ignore[arg-type]
        assert second is None
        assert third == PairScore(pytest.approx(-2.1), 2)  # type: ignore[arg-type]

    def test_batches_are_cut_by_tokens(self) -> None:
        """Their padded size stays within the bound."""
        engine = EchoEngine()
        pairs = [("wort", "word " * length) for length in (1, 9, 2, 8, 3, 7, 4, 6)]

        list(score_pairs(pairs, engine, batch_tokens=20))

        for batch in engine.scored:
            widest = max(len(target.split()) + 1 for target in batch)
            assert len(batch) * widest <= 20
        assert sum(map(len, engine.scored)) == len(pairs)

    def test_from_the_translator(self) -> None:
        """The front door has it too."""
        found = list(Translator(EchoEngine()).score_pairs([("ja", "ja")]))

        assert found[0] is not None
        assert found[0].mean == pytest.approx(-0.1)

    def test_no_pairs(self) -> None:
        """Nothing in, nothing out."""
        assert list(score_pairs([], EchoEngine())) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", '"Yes," he said - "no."'), ("de", '"Yes", he said - "no".')],
)
def test_the_language_decides_where_commas_stand(language: str, text: str) -> None:
    """OPUS-MT's targets were normalised by the rules of their own language."""
    quoted = re.sub('"(Yes|no)([,.])"', r'"\1"\2', '"Yes," he said – "no."')

    assert normalize_punctuation(quoted, language) == text
