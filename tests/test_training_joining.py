"""Pairs that stand in a row, learnt joined as well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.models import find_model
from satzpaar.translate.training import (
    Budget,
    Conduct,
    Corpus,
    Job,
    Learning,
    Outcome,
    train,
)
from satzpaar.translate.training.cleaning import Cleaning
from satzpaar.translate.training.joining import Joiner, Row
from satzpaar.translate.training.prepare import Sources, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model

Pairs = list[tuple[str, str]]


def rows(*sources: str, first: int = 0, origin: int = 0) -> list[Row]:
    """Make a row of each source, in capitals its target."""
    return [
        Row(number, origin, source, source.upper())
        for number, source in enumerate(sources, first)
    ]


def joined(given: list[Row], before: int = 1) -> list[str]:
    """Return the sources of the runs."""
    return [row.source for row in Joiner(before, 2, 1).runs(given)]


class TestRuns:
    """What is joined with what."""

    def test_each_pair_is_in_one_run(self) -> None:
        """With both its sides."""
        runs = list(Joiner(1, 2, 1).runs(rows("a.", "b.", "c.", "d.", "e.")))

        assert [(run.source, run.target) for run in runs] == [
            ("a. b.", "A. B."),
            ("c. d.", "C. D."),
        ]

    def test_runs_of_all_lengths(self) -> None:
        """From two on, drawn alike, to one more than stand before."""
        given = rows(*["a."] * 6000)

        lengths = [len(run.split()) for run in joined(given, before=3)]

        assert set(lengths) == {2, 3, 4}
        assert all(lengths.count(each) > 0.3 * len(lengths) for each in set(lengths))

    def test_nothing_follows_a_heading(self) -> None:
        """It ends no sentence; but it may be the last of a run."""
        assert joined(rows("a.", "Head", "b.", "c.")) == ["a. Head", "b. c."]

    def test_what_is_no_neighbour(self) -> None:
        """A pair between them is held out, or another bitext begins."""
        assert joined([*rows("a."), *rows("c.", first=2)]) == []
        assert joined([*rows("a."), *rows("b.", first=1, origin=1)]) == []

    def test_general_text_is_in_no_order(self) -> None:
        """It comes behind the bitexts that are."""
        assert joined(rows("a.", "b.", origin=2)) == []
        assert joined(rows("a.", "b.", origin=1)) == ["a. b."]

    def test_none_are_wanted(self) -> None:
        """As of old."""
        assert joined(rows("a.", "b."), before=0) == []


@pytest.mark.parametrize("before", [0, 2])
def test_a_run_reads_pairs_alone_and_joined(
    tiny_model: Model, new_pairs: Pairs, tmp_path: Path, before: int
) -> None:
    """None that is held out is in a joined one."""
    prepared = prepare(
        Sources([Corpus("memory", new_pairs, "fingerprint")]),
        tiny_model,
        Cleaning(),
        tmp_path / "data",
        sentences_before=before,
        held_out=10,
        longest=100,
        seed=1,
    )

    pieces = {number: piece for piece, number in _pieces(prepared.model).items()}
    texts = [
        "".join(pieces[number] for number in row).replace("▁", " ")
        for row in prepared.target.rows(np.arange(len(prepared.origin)))
    ]
    alone = [text for text in texts if text.count(".") == 1]
    longer = [text for text in texts if text.count(".") > 1]
    assert len(alone) == prepared.facts["pairs"][0] - len(longer) >= 100
    assert (len(longer) > 20) is (before > 0)
    held_out = [target for _, target in prepared.valid]
    assert len(held_out) == 10
    assert not any(target in text for target in held_out for text in longer)
    # An end of sentence behind each.
    tokens = int(prepared.target.lengths.sum()) + len(texts)
    assert prepared.facts["target_tokens"] == [tokens]


def _pieces(model: Model) -> dict[str, int]:
    vocabulary: dict[str, int] = json.loads((model.folder / "vocab.json").read_bytes())
    return vocabulary


def learn(
    start: Model, pairs: Pairs, folder: Path, before: int, tokens: int = 600
) -> Outcome:
    """Train for a moment."""
    return train(
        Job(
            output=folder,
            data=[Corpus("memory", pairs, "fingerprint")],
            start=start,
            budget=Budget(tokens=tokens),
            learning=Learning(batch_tokens=256, micro_tokens=256, longest=64),
            conduct=Conduct(validations=1, score_sentences=5, precision="float32"),
            sentences_before=before,
            keep_anyway=True,
        )
    )


def test_the_model_says_what_it_has_learnt(
    tiny_model: Model, new_pairs: Pairs, tmp_path: Path
) -> None:
    """And who learns on from it hands it on."""
    assert tiny_model.sentences_before == 0
    outcome = learn(tiny_model, new_pairs, tmp_path / "reader", before=2)
    reader = find_model(str(outcome.folder))
    assert reader.sentences_before == 2
    assert '"sentences before": 2' in (outcome.folder / "README.md").read_text()

    again = learn(reader, new_pairs, tmp_path / "again", before=0)

    assert find_model(str(again.folder)).sentences_before == 2


def test_another_number_is_another_run(
    tiny_model: Model, new_pairs: Pairs, tmp_path: Path
) -> None:
    """What was written down holds no joined pairs."""
    learn(tiny_model, new_pairs, tmp_path / "model", before=0)

    with pytest.raises(UsageError, match="sentences before"):
        learn(tiny_model, new_pairs, tmp_path / "model", before=1, tokens=900)


@pytest.mark.parametrize("before", [-1, 5])
def test_numbers_out_of_reach(tiny_model: Model, tmp_path: Path, before: int) -> None:
    """The longest pairs that are learnt from hold five sentences."""
    with pytest.raises(UsageError, match="sentences before; 0 to 4 are expected"):
        learn(tiny_model, [("a", "b")], tmp_path / "model", before=before)


@pytest.mark.parametrize("said", ["two", -1, 1.5])
def test_what_no_model_can_say(tiny_copy: Path, said: object) -> None:
    """With what is expected."""
    path = tiny_copy / "config.json"
    path.write_text(
        json.dumps({**json.loads(path.read_text()), "sentences_before": said})
    )

    with pytest.raises(
        ModelError, match=r"sentences_before is .* a whole number from 0"
    ):
        find_model(str(tiny_copy))
