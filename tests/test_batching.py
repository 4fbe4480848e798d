"""Batches: how they are cut, and how long a translation may become."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from satzpaar.translate.batching import Job, make_batches, target_limit
from satzpaar.translate.course import Request
from satzpaar.translate.engine import DecodingOptions

GREEDY = DecodingOptions(beam_size=1)
BEAM = DecodingOptions(beam_size=4)


def job(length: int, options: DecodingOptions = BEAM) -> Job:
    return Job(Request("x", options), ["x"] * length)


class TestMakeBatches:
    @given(st.lists(st.integers(1, 50)), st.integers(1, 200))
    def test_loses_nothing_and_keeps_the_bound(
        self, lengths: list[int], bound: int
    ) -> None:
        """Every job is in one batch; a batch above the bound is a single job."""
        jobs = [job(length) for length in lengths]

        batches = list(make_batches(jobs, batch_tokens=bound))

        assert sorted(len(j.tokens) for b in batches for j in b.jobs) == sorted(lengths)
        for batch in batches:
            assert len(batch.jobs) * batch.longest <= bound or len(batch.jobs) == 1

    def test_begins_with_the_longest(self) -> None:
        """The last batch to be started is the shortest to wait for."""
        batches = make_batches([job(2), job(9), job(5)], batch_tokens=9)

        assert [batch.longest for batch in batches] == [9, 5, 2]

    def test_parts_what_is_decoded_otherwise(self) -> None:
        """A batch has one set of options."""
        batches = make_batches([job(3, GREEDY), job(3, BEAM)], batch_tokens=100)

        assert [batch.options for batch in batches] == [GREEDY, BEAM]


def test_target_limit_leaves_room_for_short_sources() -> None:
    """One German word may need several English ones; the model's bound holds."""
    assert target_limit(1, most=512) >= 10
    assert target_limit(100, most=512) >= 200
    assert target_limit(400, most=512) == 512
