"""A new vocabulary: what it is made of, and one for a model that learns on."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest
import sentencepiece
import torch

from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import ENGINES, load_engine
from satzpaar.translate.errors import UsageError
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.tokenizer import MarianTokenizer
from satzpaar.translate.training import (
    Architecture,
    Budget,
    Conduct,
    Corpus,
    Job,
    Learning,
    Scratch,
    Vocabulary,
    train,
)
from satzpaar.translate.training.network import (
    clear_padding,
    load_network,
    token_loss,
    trained_weights,
)
from satzpaar.translate.training.optimizers import make_optimizers
from satzpaar.translate.training.pieces import change_vocabulary
from satzpaar.translate.training.vocabulary import (
    PairEncoder,
    cut_anew,
    train_vocabulary,
    weighed,
)

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.settings import Optimizer

Pairs = list[tuple[str, str]]
LEARNING = Learning(
    rate=2e-3, batch_tokens=512, micro_tokens=256, longest=64, dropout=0.1
)


def counted(texts: list[str]) -> dict[str, float]:
    words = [word for text in texts for word in text.split()]
    return {word: float(words.count(word)) for word in words}


@pytest.fixture
def cut(tiny_model: Model, new_pairs: Pairs, tmp_path: Path) -> Model:
    """Return the tiny model's description with pieces of its own world, others."""
    model = cut_anew(tiny_model, tmp_path / "cut")
    words = counted([pair[0] for pair in new_pairs]), counted([p[1] for p in new_pairs])
    train_vocabulary(words, Vocabulary(size=400), model, seed=1)
    return model


def test_a_frequent_word_weighs_less_than_it_is_frequent() -> None:
    """Pieces are to make many words of; what is frequent is a piece anyway."""
    weights = weighed({"und": 100_000.0, "Regenmantel": 10.0, "Regentag": 10.0})

    assert weights["Regenmantel"] == weights["Regentag"]
    assert 100 < weights["und"] / weights["Regenmantel"] < 1000


def test_both_languages_weigh_the_same() -> None:
    """However little there is of one of them, and each word counts."""
    much = {f"Wort{number}": 1000.0 / (number + 1) for number in range(5000)}
    little = {"weather": 3.0, "leather": 1.0, "feather": 0.02}

    german, english = sum(weighed(much).values()), sum(weighed(little).values())

    assert german == pytest.approx(english, rel=0.01)
    assert min(weighed(little).values()) >= 1


def _mean(
    table: torch.Tensor, tokenizer: MarianTokenizer, *ways: list[str]
) -> torch.Tensor:
    pieces = min(ways, key=len)
    rows = zip(pieces, table[tokenizer.ids(pieces)], strict=True)
    return torch.stack([len(piece) * row for piece, row in rows]).sum(0)


def test_what_stands_inside_a_word_is_cut_as_it_is_there(
    tiny_model: Model, cut: Model
) -> None:
    """Not as a word of its own: the two have other pieces."""
    old, new = MarianTokenizer(tiny_model), MarianTokenizer(cut)
    inside = [
        token
        for token in new.source_ids
        if token.isalpha() and token not in old.source_ids and len(token) > 1
    ]
    network = load_network(tiny_model)

    table = change_vocabulary(network, old, new).get_encoder().embed_tokens.weight

    before = network.get_encoder().embed_tokens.weight
    assert inside
    for token in inside:
        german, english = (
            cut([f"a-{token}"])[0][len(cut(["a-"])[0]) :]
            for cut in (old.tokenize, old.tokenize_targets)
        )
        assert "".join(german) == "".join(english) == token
        mean = _mean(before, old, german, english)
        row = table[new.source_ids[token]]
        assert torch.cosine_similarity(row, mean, dim=0) > 0.999


def test_what_the_model_had_keeps_its_place(tiny_model: Model, cut: Model) -> None:
    """A piece that is not new has its embedding; a new one the mean of its parts."""
    network = load_network(tiny_model)
    old, new = MarianTokenizer(tiny_model), MarianTokenizer(cut)

    changed = change_vocabulary(network, old, new)

    before = network.get_encoder().embed_tokens.weight
    after = changed.get_encoder().embed_tokens.weight
    kept = [token for token in new.source_ids if token in old.source_ids]
    assert len(kept) > 50
    for token in kept:
        assert torch.equal(after[new.source_ids[token]], before[old.source_ids[token]])
    words = [token for token in new.source_ids if token.startswith("▁")]
    added = [token for token in words if token not in old.source_ids]
    assert added
    for token in added:
        text = token.replace("▁", "")
        ways = old.tokenize([text])[0], old.tokenize_targets([text])[0]
        row = after[new.source_ids[token]]
        assert torch.cosine_similarity(row, _mean(before, old, *ways), dim=0) > 0.999
    assert changed.config.pad_token_id == len(new.source_ids) - 1
    assert changed.generation_config.bad_words_ids == [[len(new.source_ids) - 1]]


@torch.no_grad()
def test_a_model_with_a_new_vocabulary_knows_more_than_a_new_one(
    tiny_model: Model, cut: Model, new_pairs: Pairs
) -> None:
    """What the layers have learnt is of use at once."""
    network = load_network(tiny_model)
    old, new = MarianTokenizer(tiny_model), MarianTokenizer(cut)
    changed = change_vocabulary(network, old, new).eval()
    clear_padding(changed)
    blank = change_vocabulary(network, old, new).eval()
    torch.manual_seed(1)
    table = blank.model.shared.weight
    table.normal_(std=float(table.std()))
    clear_padding(blank)

    losses = [
        sum(
            float(
                token_loss(
                    each,
                    torch.tensor([[*new.ids(new.tokenize([source])[0]), 0]]),
                    torch.tensor([[new.source_ids["<pad>"], *target]]),
                    torch.tensor([[*target, 0]]),
                    smoothing=0.0,
                )
            )
            for source, text in new_pairs[:20]
            for target in [new.target_numbers(new.tokenize_targets([text])[0])]
        )
        for each in (changed, blank)
    ]

    assert losses[0] < 0.7 * losses[1]


def test_it_learns_on_and_translates(
    new_pairs: Pairs, tiny_model: Model, tmp_path: Path
) -> None:
    """With both engines alike, and an ordinary folder comes out."""
    outcome = train(
        Job(
            output=tmp_path / "recut",
            data=[Corpus("memory", new_pairs, "fingerprint")],
            start=tiny_model,
            budget=Budget(tokens=30_000),
            learning=dataclasses.replace(
                LEARNING, embedding_rate=2.0, embeddings_first=10
            ),
            conduct=Conduct(validations=2, score_sentences=20, precision="float32"),
            vocabulary=Vocabulary(size=400),
        )
    )

    assert outcome.accepted
    assert outcome.scores["held out"].chrf > 60
    made = find_model(str(outcome.folder))
    assert (made.source_language, made.target_language) == ("de", "en")
    vocabulary = json.loads((made.folder / "vocab.json").read_bytes())
    config = json.loads((made.folder / "config.json").read_bytes())
    assert config["vocab_size"] == config["decoder_vocab_size"] == len(vocabulary)
    assert config["vocab_size"] != load_network(tiny_model).config.vocab_size
    pieces = sentencepiece.SentencePieceProcessor(
        model_file=str(made.folder / "source.spm")
    )
    assert len(pieces) == len(vocabulary) - 1
    said = []
    for name in ENGINES:
        engine = load_engine(name, made, device="cpu", compute_type="float32")
        tokens = engine.tokenizer.tokenize([source for source, _ in new_pairs[:5]])
        found = engine.translate_batch(tokens, DecodingOptions(), max_target_tokens=40)
        said.append([each.text for each in found])
    assert said[0] == said[1]


def test_what_has_no_piece_is_learnt_from_as_it_will_be_read() -> None:
    """Plainly; a sign of German law is a word in the source alone."""
    encoder = PairEncoder(find_model(BUNDLED))

    written = encoder.sources(["80 m² in Łódź nach § 5"])
    assert written == encoder.sources(["80 m2 in Lódz nach Paragraf 5"])
    assert encoder.targets(["80 m² in Győr"]) == encoder.targets(["80 m2 in Gyor"])


@pytest.mark.parametrize("optimizer", ["adamw", "muon"])
def test_the_embeddings_are_a_group_of_their_own(
    tiny_model: Model, optimizer: Optimizer
) -> None:
    """Only where they are moved otherwise; every weight is with one optimizer."""
    network = load_network(tiny_model)
    usual = dataclasses.replace(LEARNING, optimizer=optimizer)
    apart = dataclasses.replace(usual, embedding_rate=2.0)

    plain, split = (
        [
            group
            for each in make_optimizers(network, learning, precision=torch.float32)
            for group in each.param_groups
        ]
        for learning in (usual, apart)
    )

    assert not any("embeddings" in group for group in plain)
    tables = [group["params"] for group in split if group.get("embeddings")]
    assert tables == [[network.model.shared.weight]]
    weights = [weight for group in split for weight in group["params"]]
    assert len(weights) == len({id(weight) for weight in weights})
    assert len(weights) == len(trained_weights(network))


def test_a_new_model_says_its_vocabulary_itself(tmp_path: Path) -> None:
    """There is one place that says it."""
    with pytest.raises(UsageError, match="it says itself"):
        Job(
            output=tmp_path / "new",
            data=[Corpus("memory", [("Ja.", "Yes.")], "fingerprint")],
            start=Scratch(Architecture(), Vocabulary()),
            budget=Budget(tokens=1),
            vocabulary=Vocabulary(),
        )
