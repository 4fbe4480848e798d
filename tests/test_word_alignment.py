"""Which word goes with which, by a model's attention, and which head shows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from satzpaar.translate.checkpoint import HeadPlace, read_json
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import load_engine
from satzpaar.translate.errors import ModelError
from satzpaar.translate.models import find_model
from satzpaar.translate.training.export import write_head
from satzpaar.translate.training.heads import (
    TooFewAnchorsError,
    find_head,
    score_heads,
)
from satzpaar.translate.word_alignment import (
    alignment_error_rate,
    links_of,
    token_words,
    with_links,
    word_links,
    word_links_batch,
)

if TYPE_CHECKING:
    from satzpaar.translate.models import Model

GOLD = Path(__file__).parent / "data" / "word_alignment.jsonl"


def state_head(folder: Path, place: object) -> None:
    """Say in a model's folder which head shows word alignments."""
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(config | {"alignment_head": place}), encoding="utf-8")


@pytest.fixture(scope="module")
def pairs(tiny_folder: Path) -> list[tuple[str, str]]:
    """Sentences of the tiny model's world."""
    german, english = (
        (tiny_folder / f"sentences.{language}").read_text(encoding="utf-8").splitlines()
        for language in ("de", "en")
    )
    return list(zip(german, english, strict=True))


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    """Read our hand-aligned pairs."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


class TestTokenWords:
    @pytest.mark.parametrize(
        ("text", "tokens", "words"),
        [
            pytest.param("Ja.", ["▁", "Ja", "."], [None, 0, None], id="a lone space"),
            pytest.param(
                "zwei  Worte", ["▁zwei", "▁Wor", "te"], [0, 1, 1], id="two spaces"
            ),
            pytest.param(
                "„Nein“ – nie…",
                ['▁"', "Nein", '"', "▁-", "▁nie", "...", ""],
                [None, 0, None, 1, 2, None, None],
                id="normalised, and punctuation is of a word only by itself",
            ),
            pytest.param(
                "ein Ő da",
                ["▁ein", "▁", "<0xC5>", "<0x90>", "▁da"],
                [0, None, 1, 1, 2],
                id="bytes",
            ),
            pytest.param("", [], [], id="empty"),
        ],
    )
    def test_by_what_they_spell(
        self, text: str, tokens: list[str], words: list[int | None]
    ) -> None:
        """Whatever the tokenizer made of the text."""
        assert token_words(text, tokens) == words

    def test_fit_a_real_tokenizer(
        self, tiny_model: Model, pairs: list[tuple[str, str]]
    ) -> None:
        """Each word has tokens, in order."""
        engine = load_engine("ctranslate2", tiny_model, threads=1)
        texts = [source for source, _ in pairs]
        for text, tokens in zip(texts, engine.tokenizer.tokenize(texts), strict=True):
            found = [n for n in token_words(text, tokens) if n is not None]

            assert found == sorted(found)
            assert set(found) == set(range(len(text.split())))


class TestWordLinks:
    def test_tokens_are_summed_over_the_source_and_averaged_over_the_target(
        self,
    ) -> None:
        """By hand: a compound of two tokens that is two words in the translation."""
        weights = np.array(
            [[0.1, 0.4, 0.4, 0.1], [0.0, 0.2, 0.6, 0.2], [0.8, 0.0, 0.0, 0.2]]
        )

        found = links_of(weights, [0, 1, 1], [0, 1, 1], threshold=0.4)

        assert found == [(0, 1), (1, 0), (1, 1)]

    def test_the_end_of_sentence_is_no_word(self) -> None:
        """A word that goes with nothing looks there."""
        assert links_of(np.array([[0.1, 0.9]]), [0], [0]) == []

    @pytest.mark.parametrize("side", [0, 1])
    def test_nothing_goes_with_nothing(self, side: int) -> None:
        """A text without words has no links."""
        owners: list[list[int | None]] = [[0], [0]]
        owners[side] = []

        assert links_of(np.ones((len(owners[1]), 2)), *owners) == []

    @pytest.mark.parametrize("name", ["ctranslate2", "transformers"])
    def test_with_an_engine(self, name: str, tiny_model: Model) -> None:
        """The same alone and in a batch, and an empty text harms nobody."""
        engine: Any = load_engine(name, tiny_model, compute_type="float32", threads=1)
        couples = [
            ("Der Hund sieht das Haus.", "The dog sees the house."),
            ("", ""),
            ("Ja.", ""),
            ("Der Hund.", "The dog."),
        ]

        found = word_links_batch(engine, couples, threshold=0.2)

        assert found[0]
        assert found[1:3] == [[], []]
        assert found == [
            word_links(engine, *couple, threshold=0.2) for couple in couples
        ]

    @pytest.mark.parametrize("lag", [0, 1])
    def test_the_engines_attend_to_the_same(
        self, lag: int, tiny_copy: Path, pairs: list[tuple[str, str]]
    ) -> None:
        """CTranslate2's forced decoding against the network's own numbers.

        The head is neither the first nor in the last layer, and an end of sentence is
        where forced decoding ends, so that no step is missing behind the last token.
        """
        place = {"layer": 0, "head": 1, "lag": lag}
        state_head(tiny_copy, place)
        weights, said = [], []
        for name in ("ctranslate2", "transformers"):
            engine = load_engine(
                name, find_model(str(tiny_copy)), compute_type="float32", threads=1
            )
            sources = engine.tokenizer.tokenize([source for source, _ in pairs[:8]])
            targets = engine.tokenizer.tokenize_targets([t for _, t in pairs[:8]])
            weights.append(engine.attention_batch(sources, targets))
            options = DecodingOptions(beam_size=1)
            hypotheses = engine.translate_batch(sources, options, max_target_tokens=40)
            said.append([hypothesis.text for hypothesis in hypotheses])

        for first, second, target in zip(*weights, targets, strict=True):
            assert len(target) == len(first) == len(second)
            assert first.shape == second.shape
            assert np.allclose(first, second, atol=1e-4)
            assert np.allclose(first.sum(axis=1), 1, atol=1e-4)
        assert said[0] == said[1]  # heads that change places change no translation

    def test_a_search_attends_as_forced_decoding_does(
        self, tiny_copy: Path, pairs: list[tuple[str, str]]
    ) -> None:
        """What it comes by on the way saves asking for it, the alternatives' too."""
        state_head(tiny_copy, {"layer": 0, "head": 1, "lag": 1})
        engine = load_engine("ctranslate2", find_model(str(tiny_copy)), threads=1)
        texts = [source for source, _ in pairs[:8]]
        sources = engine.tokenizer.tokenize(texts)
        options = DecodingOptions(attention=True, alternatives=2)

        found = engine.translate_batch(sources, options, max_target_tokens=40)

        asked = [
            (tokens, one.attention)
            for tokens, each in zip(sources, found, strict=True)
            for one in (each, *each.alternatives)
            if one.attention
        ]
        assert len(asked) == 3 * len(found)
        forced = engine.attention_batch(
            [tokens for tokens, _ in asked], [mine.tokens for _, mine in asked]
        )
        for (_, mine), weights in zip(asked, forced, strict=True):
            assert mine.weights.shape == weights.shape
            assert np.allclose(mine.weights, weights, atol=1e-4)
        for text, tokens, each in zip(texts, sources, found, strict=True):
            linked = with_links(text, tokens, each)
            for one in (linked, *linked.alternatives):
                assert one.links == tuple(word_links(engine, text, one.text))
                assert one.attention is None

    @pytest.mark.parametrize(
        ("lag", "most"),
        [
            pytest.param(1, 2, id="broken off: its last token was never read"),
            pytest.param(0, 40, id="of the first step, which CTranslate2 mixes up"),
        ],
    )
    def test_a_search_may_have_none(self, lag: int, most: int, tiny_copy: Path) -> None:
        """Then it has to be asked for."""
        state_head(tiny_copy, {"layer": 0, "head": 1, "lag": lag})
        engine = load_engine("ctranslate2", find_model(str(tiny_copy)), threads=1)
        sources = engine.tokenizer.tokenize(["Der Hund sieht das Haus."])
        options = DecodingOptions(attention=True)

        (found,) = engine.translate_batch(sources, options, max_target_tokens=most)

        assert found.complete == (most == 40)
        assert found.attention is None

    @pytest.mark.parametrize("name", ["ctranslate2", "transformers"])
    def test_are_refused_where_no_head_shows_them(
        self, name: str, tiny_copy: Path
    ) -> None:
        """The model says so itself."""
        state_head(tiny_copy, None)
        engine = load_engine(name, find_model(str(tiny_copy)), threads=1)

        with pytest.raises(ValueError, match="no head shows word alignments"):
            word_links(engine, "Ja.", "Yes.")

    def test_refuses_what_the_model_cannot_take(self, tiny_model: Model) -> None:
        """Nothing is cut."""
        engine: Any = load_engine("ctranslate2", tiny_model, threads=1)

        with pytest.raises(ValueError, match="tokens; fewer than"):
            word_links(engine, "Haus " * 2000, "house")


class TestGold:
    def test_links_are_of_words_that_there_are(
        self, gold: list[dict[str, Any]]
    ) -> None:
        """None is sure and possible at once."""
        assert len(gold) >= 40
        for pair in gold:
            words = len(pair["source"].split()), len(pair["target"].split())
            links = [tuple(link) for link in (*pair["sure"], *pair["possible"])]
            assert len(links) == len(set(links))
            assert all(s < words[0] and t < words[1] for s, t in links)

    def test_the_error_rate_is_that_of_the_paper(self) -> None:
        """By hand: 2 links, both possible, one sure; 2 sure in all."""
        rate, precision, recall = alignment_error_rate(
            [{(0, 0), (1, 1)}], [{(0, 0), (2, 2)}], [{(1, 1)}]
        )

        assert rate == pytest.approx(1 - 3 / 4)
        assert (precision, recall) == (1.0, 0.5)

    def test_the_bundled_model_aligns(self, gold: list[dict[str, Any]]) -> None:
        """As fast_align or eflomal do with a large bitext: docs/training.md."""
        texts = [(pair["source"], pair["target"]) for pair in gold]
        links = word_links_batch(load_engine("ctranslate2", find_model()), texts)
        sure, possible = (
            [{(s, t) for s, t in pair[kind]} for pair in gold]
            for kind in ("sure", "possible")
        )

        rate, *_ = alignment_error_rate([set(each) for each in links], sure, possible)

        assert rate < 0.15


class TestHeads:
    def test_the_best_is_found_by_words_that_are_the_same(
        self, gold: list[dict[str, Any]]
    ) -> None:
        """The one that the bundled model's configuration names; others are far off."""
        model = find_model()
        texts = [(pair["source"], pair["target"]) for pair in gold]

        anchors, shares = score_heads(model, texts)

        assert anchors > 15
        assert len(shares) == 2 * 8 * 2  # layers, heads, steps
        assert max(shares, key=lambda place: shares[place]) == model.alignment_head
        assert min(shares.values()) < 0.5
        assert find_head(model, texts * 3) == model.alignment_head

    def test_a_few_words_do_not_decide(self) -> None:
        """Chance would."""
        with pytest.raises(TooFewAnchorsError, match=r"^1 words of the held-out pairs"):
            find_head(find_model(), [("Ja, Otto.", "Yes, Otto.")])

    def test_a_model_may_have_none(self, tiny_model: Model) -> None:
        """Its heads all look elsewhere."""
        # Nothing that it was trained on: it has never seen such words.
        texts = [(f"{n} Otto {n + 1}", f"{n + 1} Otto {n}") for n in range(100, 150)]

        assert find_head(tiny_model, texts) is None

    def test_what_a_model_says_is_read(self, tiny_copy: Path) -> None:
        """And if it says nothing, it is the one that Marian trains."""
        assert find_model(str(tiny_copy)).alignment_head == HeadPlace(1, 0, 0)

        state_head(tiny_copy, {"layer": 0, "head": 1, "lag": 1})
        assert find_model(str(tiny_copy)).alignment_head == HeadPlace(0, 1, 1)

        state_head(tiny_copy, None)
        assert find_model(str(tiny_copy)).alignment_head is None

    def test_what_was_found_is_written(self, tiny_copy: Path) -> None:
        """Where it is read again."""
        before = read_json(tiny_copy / "config.json")
        for place in (HeadPlace(0, 1, 1), None):
            model = write_head(find_model(str(tiny_copy)), place)

            assert model.alignment_head == place
            after = read_json(tiny_copy / "config.json")
            assert after.items() >= before.items()

    @pytest.mark.parametrize(
        "place",
        [
            3,
            {"layer": 2, "head": 0, "lag": 0},
            {"layer": 0, "head": -1, "lag": 0},
            {"layer": 0, "head": 0, "lag": True},
            {"layer": 0, "head": 0},
        ],
    )
    def test_a_head_that_is_none_is_refused(
        self, place: object, tiny_copy: Path
    ) -> None:
        """With what is expected."""
        state_head(tiny_copy, place)

        with pytest.raises(ModelError, match=r"layer 0 to 1, head 0 to \d, lag 0 to 1"):
            find_model(str(tiny_copy))
