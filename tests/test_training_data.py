"""From pairs to batches: cleaning, packing, planning, the learning rate."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from satzpaar.translate.errors import InputError
from satzpaar.translate.training import Cleaner, Cleaning, Corpus
from satzpaar.translate.training.batches import EDGES, Batch, plan_epoch, prefetch
from satzpaar.translate.training.cleaning import numbers, side_keys
from satzpaar.translate.training.packed import Packed, PackedWriter
from satzpaar.translate.training.prepare import Sources, prepare
from satzpaar.translate.training.schedule import rate_factor

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model


class TestCleaning:
    @pytest.mark.parametrize(
        ("source", "target", "reason"),
        [
            ("", "Yes.", "empty"),
            ("Ja.", "  ", "empty"),
            ("a" * 700, "b" * 700, "too long"),
            ("Das ist ein langer deutscher Satz mit Wörtern.", "No.", "lengths differ"),
            ("Copyright by the authors", "Copyright by the authors", "copy"),
            ("12 + 34 = 46", "12 + 34 = 46.", "few letters"),
            ("Die Zahl ist 12.", "The number is 13.", "numbers differ"),
            ("Halb \ud800 Zeichen", "Half a character", "not text"),
        ],
    )
    def test_drops_and_says_why(self, source: str, target: str, reason: str) -> None:
        """Reasons are counted for the report."""
        cleaner = Cleaner(Cleaning(numbers=True))

        assert list(cleaner.clean([(source, target)])) == []
        assert dict(cleaner.dropped) == {reason: 1}

    def test_keeps_good_pairs_once_and_tidies_them(self) -> None:
        """Over all corpora of a run."""
        cleaner = Cleaner(Cleaning())
        first = list(cleaner.clean([(" Das\u00a0 Haus. ", "The\nhouse.")]))

        again = list(cleaner.clean([("Das Haus.", "The house."), ("OK", "OK")]))

        assert first == [("Das Haus.", "The house.")]
        assert again == [("OK", "OK")]
        assert cleaner.dropped == {"duplicate": 1}

    def test_capitals_are_no_duplicate(self) -> None:
        """Headlines in capitals may have been added on purpose."""
        pairs = [("Das Haus.", "The house."), ("DAS HAUS.", "THE HOUSE.")]

        assert list(Cleaner(Cleaning()).clean(pairs)) == pairs

    def test_numbers_are_the_same_however_written(self) -> None:
        """German and English part thousands and decimals the other way round."""
        assert numbers("1.234,5 und 7") == numbers("7 and 1,234.5")

    def test_pairs_of_one_origin_share_a_key(self) -> None:
        """What is held out is not learnt in other capitals or other words."""
        held_out = side_keys("Der Minister kommt heute.", "The minister comes today.")

        alike = side_keys("der Minister kommt heute", "The minister will come today.")
        other = side_keys("Der Minister kommt nicht.", "The minister does not come.")
        short = side_keys("Ja.", "Yes."), side_keys("Ja.", "Yeah.")

        assert set(held_out) & set(alike)
        assert not set(held_out) & set(other)
        assert not set(short[0]) & set(short[1])


class TestHeldOut:
    def held_out(
        self, model: Model, folder: Path, *weights: float | None, size: int = 100
    ) -> list[int]:
        """Count the pairs held out of a bitext of 400 pairs and one of 3,600."""
        words = "Haus Tag Buch Mann Frau Zug Jahr Stadt Land Wort".split()
        lines = [" ".join(four) + "." for four in product(words, repeat=4)]
        pairs = [(line, f"The {line}") for line in lines[:4000]]
        some = dict(pairs[:400])
        corpora = [
            Corpus("small", pairs[:400], "a", 1.0, weights[0]),
            Corpus("large", pairs[400:], "b", 1.0, weights[1]),
        ]
        prepared = prepare(
            Sources(corpora), model, Cleaning(), folder,
            held_out=size, longest=64, seed=1,
        )  # fmt: skip
        small = sum(source in some for source, _ in prepared.valid)
        return [small, len(prepared.valid) - small]

    def test_is_drawn_as_the_pairs_are(self, tiny_model: Model, tmp_path: Path) -> None:
        """Without weights a pair is as good as any other."""
        assert self.held_out(tiny_model, tmp_path, None, None) == [10, 90]

    def test_is_what_the_end_of_the_training_is_for(
        self, tiny_model: Model, tmp_path: Path
    ) -> None:
        """Or a gain on what was weighed up would drown in what was not."""
        assert self.held_out(tiny_model, tmp_path, 3.0, 1 / 3, size=40) == [20, 20]

    def test_takes_a_tenth_of_each_at_most(
        self, tiny_model: Model, tmp_path: Path
    ) -> None:
        """A small bitext is there to be learnt from first of all."""
        assert self.held_out(tiny_model, tmp_path, 9.0, 1.0) == [40, 50]

    def test_has_none_of_what_is_for_the_beginning(
        self, tiny_model: Model, tmp_path: Path
    ) -> None:
        """A weight of 0 in the cooldown is a bitext to warm up with."""
        assert self.held_out(tiny_model, tmp_path, None, 0.0) == [40, 0]


class TestBatches:
    lengths = np.random.default_rng(0).integers(1, 120, (2, 3000))

    def plan(self, seed: int = 1, times: float = 1.0) -> list[list[Batch]]:
        """Plan an epoch of pairs of all lengths."""
        return plan_epoch(
            self.lengths[0],
            self.lengths[1],
            np.full(3000, times),
            micro_tokens=1024,
            batches_a_step=2,
            longest=128,
            random=np.random.default_rng(seed),
        )

    def test_every_pair_comes_once(self) -> None:
        """None is lost with an incomplete batch."""
        index = [n for step in self.plan() for b in step for n in b.index]

        assert sorted(index) == list(range(3000))

    def test_batches_keep_to_their_size(self) -> None:
        """And every pair fits its widths, the end of sentence included."""
        for step in self.plan():
            for batch in step:
                wider = max(batch.source_width, batch.target_width)
                longest = self.lengths[:, batch.index].max(axis=1) + 1

                assert len(batch.index) * wider <= 1024
                assert {batch.source_width, batch.target_width} <= set(EDGES)
                assert longest[0] <= batch.source_width
                assert longest[1] <= batch.target_width

    def test_weights_repeat_and_leave_out(self) -> None:
        """2.5 takes each pair twice or thrice, 0.25 a quarter of them."""
        more, fewer = (
            sum(len(b.index) for step in self.plan(times=times) for b in step)
            for times in (2.5, 0.25)
        )

        assert more == pytest.approx(7500, rel=0.03)
        assert fewer == pytest.approx(750, rel=0.15)

    def test_a_plan_can_be_made_again(self) -> None:
        """Otherwise a resumed run would see other pairs."""
        assert repr(self.plan(3)) == repr(self.plan(3)) != repr(self.plan(4))

    def test_prefetch_hands_errors_on(self) -> None:
        """A thread that died must not leave the trainer waiting."""
        with pytest.raises(ZeroDivisionError):
            list(prefetch([1, 0], lambda n: 1 // n))

    @pytest.mark.parametrize("largest", [100, 70_000])
    def test_packed_ids_are_padded_rows(self, largest: int, tmp_path: Path) -> None:
        """Two bytes an id where they are enough, four where not."""
        with PackedWriter(tmp_path, "side", largest) as writer:
            writer.add([[1, 2, largest], []])
            writer.add([[5]])

        packed = Packed(tmp_path, "side", largest)

        rows = packed.padded(np.array([2, 0]), 5, end=0, padding=9)
        assert rows.tolist() == [[5, 0, 9, 9, 9], [1, 2, largest, 0, 9]]

    def test_a_cut_cache_is_told(self, tmp_path: Path) -> None:
        """A full disk leaves such files."""
        with PackedWriter(tmp_path, "side", 9) as writer:
            writer.add([[1, 2]])
        path = tmp_path / "side.ids"
        path.write_bytes(path.read_bytes()[:-2])

        with pytest.raises(InputError, match="delete the work folder"):
            Packed(tmp_path, "side", 9)


class TestSchedule:
    def factor(self, step: int, progress: float) -> float:
        """Tell the rate of a usual schedule."""
        return rate_factor(step, progress, warmup_steps=100, cooldown=0.4)

    def test_rises_stays_and_falls(self) -> None:
        """Warm-up by steps, flat, then 1 - sqrt (Hägele et al. 2024) to 2 %."""
        assert self.factor(0, 0.0) == 0.01
        assert self.factor(49, 0.01) == 0.5
        assert self.factor(100, 0.05) == 1.0
        assert self.factor(900, 0.6) == 1.0
        assert self.factor(900, 0.7) == pytest.approx(0.5)
        assert self.factor(900, 1.0) == 0.02

    def test_a_small_budget_has_a_short_warm_up(self) -> None:
        """A tenth of the budget at most."""
        assert self.factor(5, 0.1) == 1.0

    def test_the_flat_part_does_not_know_its_end(self) -> None:
        """So that a larger budget later is as if it had been so from the start."""
        assert {self.factor(500, progress / 100) for progress in range(11, 60)} == {1.0}
