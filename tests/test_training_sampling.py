"""What a step draws by chance: how pieces are cut, and what is in the softmax."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from torch.nn import functional

from satzpaar.translate.errors import UsageError
from satzpaar.translate.models import find_model
from satzpaar.translate.tokenizer import MarianTokenizer
from satzpaar.translate.training import (
    Budget,
    Conduct,
    Corpus,
    Guidance,
    Job,
    Learning,
    train,
)
from satzpaar.translate.training.packed import pad_rows
from satzpaar.translate.training.shortlist import Shortlist
from satzpaar.translate.training.splitting import Splitter

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from satzpaar.translate.models import Model

Pairs = list[tuple[str, str]]

SCORES = {
    "▁Brücken": -9.0,
    "▁Brücke": -8.0,
    "▁Brü": -11.0,
    "cke": -10.0,
    "cken": -12.0,
    "n": -4.0,
    "zoll": -9.0,
    "▁": -3.0,
    "▁der": -3.0,
    "2024": -9.0,
    "20": -5.0,
    "24": -5.0,
}
IDS = {piece: number for number, piece in enumerate(SCORES)}


def ids(*pieces: str) -> NDArray[np.int64]:
    return np.array([IDS[piece] for piece in pieces])


def split(row: NDArray[np.int64], times: int, part: float) -> list[str]:
    pieces = list(SCORES)
    random = np.random.default_rng(1)
    rows = Splitter(IDS, SCORES, part).split([row] * times, random, 100)
    return [" ".join(pieces[number] for number in found) for found in rows]


def test_a_piece_is_cut_into_others_the_likeliest_most_often() -> None:
    found = split(ids("▁Brücken", "zoll"), 2000, 1.0)

    ways = {way: found.count(way) for way in set(found)}
    assert ways.keys() == {
        "▁Brücke n zoll",  # -12
        "▁Brü cken zoll",  # -23
        "▁Brü cke n zoll",  # -25
    }
    # By e to the half of the difference: 245 to 1, and 2.7 to 1.
    assert ways["▁Brücke n zoll"] > 1950
    assert ways["▁Brü cken zoll"] > ways["▁Brü cke n zoll"]


def test_as_many_are_cut_as_is_told() -> None:
    found = split(ids("▁Brücken", "zoll"), 2000, 0.25)

    assert 400 < sum(way != "▁Brücken zoll" for way in found) < 600


def test_short_words_digits_and_what_has_no_parts_stay() -> None:
    row = ids("▁der", "2024", "zoll")

    assert set(split(row, 50, 1.0)) == {"▁der 2024 zoll"}


def test_what_would_be_too_long_stays_whole() -> None:
    row = ids("▁Brücken", "zoll")

    found = Splitter(IDS, SCORES, 1.0).split([row], np.random.default_rng(1), 3)

    assert [list(each) for each in found] == [list(row)]


def test_the_text_is_the_same() -> None:
    """With a real vocabulary, whatever is cut."""
    tokenizer = MarianTokenizer(find_model("bundled"))
    texts = ["Die Brückenbauer erreichten die Grenzstation.", "Niemand war verwundert."]
    rows = [np.array(tokenizer.ids(row)) for row in tokenizer.tokenize(texts)]
    splitter = Splitter(tokenizer.source_ids, tokenizer.source_scores(), 0.9)

    cut = splitter.split(rows, np.random.default_rng(3), 100)

    names = {number: piece for piece, number in tokenizer.source_ids.items()}
    for before, after in zip(rows, cut, strict=True):
        assert len(after) > len(before)
        words = ["".join(names[number] for number in row) for row in (before, after)]
        assert words[0] == words[1]


def test_rows_are_padded_behind_their_ends() -> None:
    table = pad_rows([ids("▁der"), ids("20", "24")], 4, end=99, padding=-1)

    assert table.tolist() == [[8, 99, -1, -1], [10, 11, 99, -1]]


@pytest.fixture
def hidden() -> torch.Tensor:
    torch.manual_seed(1)
    return 0.4 * torch.randn(30, 8)


@pytest.fixture
def layer() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(2)
    return torch.randn(200, 8, requires_grad=True), torch.randn(200)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_a_shortlist_of_all_tokens_gives_the_cross_entropy(
    hidden: torch.Tensor,
    layer: tuple[torch.Tensor, torch.Tensor],
    smoothing: float,
) -> None:
    labels = torch.arange(30)
    shortlist = Shortlist(np.arange(200), 200)

    loss = shortlist.loss(hidden, labels, *layer, smoothing=smoothing)

    logits = functional.linear(hidden, *layer)
    expected = functional.cross_entropy(
        logits, labels, label_smoothing=smoothing, reduction="sum"
    )
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)


def test_a_shortlist_of_some_does_on_average(
    hidden: torch.Tensor, layer: tuple[torch.Tensor, torch.Tensor]
) -> None:
    """Both the loss and what is learnt from it."""
    weight, bias = layer
    labels = torch.arange(30)
    shortlist = Shortlist(np.arange(200), 90)
    expected = functional.cross_entropy(
        functional.linear(hidden, weight, bias),
        labels,
        label_smoothing=0.1,
        reduction="sum",
    )
    (whole,) = torch.autograd.grad(expected, weight)

    losses, gradients = [], []
    for _ in range(300):
        loss = shortlist.loss(hidden, labels, weight, bias, smoothing=0.1)
        losses.append(loss.item())
        gradients.append(torch.autograd.grad(loss, weight)[0])

    assert np.std(losses) > 0  # it does draw
    assert np.mean(losses) == pytest.approx(expected.item(), rel=0.02)
    mean = torch.stack(gradients).mean(0)
    assert functional.cosine_similarity(mean.flatten(), whole.flatten(), 0) > 0.99


def test_the_commonest_tokens_and_the_labels_are_always_in_it(
    hidden: torch.Tensor, layer: tuple[torch.Tensor, torch.Tensor]
) -> None:
    weight, bias = layer
    shortlist = Shortlist(np.arange(200)[::-1].copy(), 3)

    loss = shortlist.loss(hidden, torch.full((30,), 150), weight, bias, smoothing=0.0)

    (gradient,) = torch.autograd.grad(loss, weight)
    moved = set(gradient.any(1).nonzero().flatten().tolist())
    assert {0, 1, 150} <= moved
    assert len(moved) < 10


@pytest.fixture
def job(new_pairs: Pairs, tiny_model: Model, tmp_path: Path) -> Job:
    return Job(
        output=tmp_path / "mine",
        data=[Corpus("pairs", new_pairs, "pairs")],
        start=tiny_model,
        budget=Budget(epochs=4),
        learning=Learning(
            rate=2e-3,
            batch_tokens=512,
            micro_tokens=256,
            longest=64,
            split_pieces=0.3,
            softmax=64,
        ),
        conduct=Conduct(score_sentences=20, patience=0, device="cpu"),
        keep_anyway=True,
    )


def test_a_model_learns_by_chance_too(job: Job) -> None:
    outcome = train(job)

    assert outcome.scores["held out"].chrf > outcome.start_scores["held out"].chrf


def test_pieces_by_chance_have_no_word_alignments(job: Job) -> None:
    with pytest.raises(UsageError, match="--split-pieces and --guided-alignment"):
        Job(
            output=job.output,
            data=job.data,
            start=job.start,
            budget=job.budget,
            learning=job.learning,
            guidance=Guidance(),
        )
