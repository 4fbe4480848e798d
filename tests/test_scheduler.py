"""The scheduler: order, sameness, limits and streaming."""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from satzpaar.translate.course import Course, Request, TooLong, together
from satzpaar.translate.engine import DecodingOptions, Hypothesis
from satzpaar.translate.scheduler import FIRST_WINDOW, Scheduler
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPTIONS = DecodingOptions()


def ask(text: str) -> Course[str]:
    """Translate *text* and say what came, or how long it was."""
    (reply,) = yield [Request(text, OPTIONS)]
    return f"{reply.tokens} tokens" if isinstance(reply, TooLong) else reply.text


def run(engine: EchoEngine, texts: Sequence[str]) -> list[str]:
    scheduler: Scheduler[str] = Scheduler(engine, batch_tokens=64)
    return list(scheduler.run(ask(text) for text in texts))


class TestScheduler:
    def test_keeps_the_order(self) -> None:
        """Batches are sorted by length, results are not."""
        texts = [f"{'lang ' * (n * 7 % 13)}Satz {n}" for n in range(500)]

        assert run(EchoEngine(), texts) == texts

    def test_translates_the_same_once(self) -> None:
        """A sentence that stands in a text a hundred times costs one translation."""
        engine = EchoEngine()

        assert run(engine, ["Ja", "Nein"] * 100) == ["Ja", "Nein"] * 100
        assert sorted(engine.asked) == ["Ja", "Nein"]

    def test_lets_nothing_above_the_limit_through(self) -> None:
        """The engine's contract: fewer tokens than the limit, for none is cut."""
        engine = EchoEngine(limit=4)

        assert run(engine, ["a b c", "a b c d"]) == ["a b c", "4 tokens"]
        assert engine.asked == ["a b c"]

    def test_asks_no_engine_for_nothing(self) -> None:
        """A text without tokens is empty in every language."""
        engine = EchoEngine()

        assert run(engine, ["", " "]) == ["", ""]
        assert engine.asked == []

    def test_streams(self) -> None:
        """The first result does not need the last course."""
        read = 0

        def endless() -> Iterator[Course[str]]:
            nonlocal read
            for read in range(10**9):
                yield ask(f"Satz {read}")

        scheduler: Scheduler[str] = Scheduler(EchoEngine(), batch_tokens=64)
        first = list(islice(scheduler.run(endless()), 1))

        assert first == ["Satz 0"]
        assert read < 10 * FIRST_WINDOW

    def test_a_slow_source_holds_up_no_result(self) -> None:
        """Who reads from a network sees each translation while the next comes."""
        read = 0

        def slow() -> Iterator[Course[str]]:
            nonlocal read
            for read in range(200):
                time.sleep(0.01 if read > FIRST_WINDOW else 0)
                yield ask(f"Satz {read}")

        scheduler: Scheduler[str] = Scheduler(EchoEngine(), batch_tokens=64)
        results = scheduler.run(slow())
        first = list(islice(results, 2 * FIRST_WINDOW))

        assert len(first) == 2 * FIRST_WINDOW
        assert read < 150

    def test_a_failing_source_costs_nothing_that_was_read(self) -> None:
        """The error comes in its place, after the results before it."""

        def failing() -> Iterator[Course[str]]:
            yield from (ask(f"Satz {n}") for n in range(41))
            raise OSError("the line is dead")

        scheduler: Scheduler[str] = Scheduler(EchoEngine(), batch_tokens=64)
        results = scheduler.run(failing())

        assert list(islice(results, 41)) == [f"Satz {n}" for n in range(41)]
        with pytest.raises(OSError, match="dead"):
            next(results)

    def test_passes_on_what_the_engine_raises(self) -> None:
        """A failing engine ends the run; no result is made up."""

        def fail(text: str, options: DecodingOptions) -> str:
            raise MemoryError

        with pytest.raises(MemoryError):
            run(EchoEngine(fail), ["Ja"])

    def test_refuses_an_engine_that_drops_a_source(self) -> None:
        """A missing hypothesis is an error, never a shift of the rest."""

        class ShortEngine(EchoEngine):
            def translate_batch(
                self,
                sources: Sequence[Sequence[str]],
                options: DecodingOptions,
                *,
                max_target_tokens: int,
            ) -> list[Hypothesis]:
                return []

        with pytest.raises(ValueError, match="shorter"):
            run(ShortEngine(), ["Ja", "Nein"])


class TestJudged:
    """Requests for how likely a translation is, also behind that of a text before."""

    def judged(
        self, engine: EchoEngine, given: str, after: tuple[str, str] | None
    ) -> Hypothesis | TooLong:
        """Ask for the likelihood of one translation."""

        def course() -> Course[Hypothesis | TooLong]:
            (reply,) = yield [
                Request("b", OPTIONS, given=given, judged=True, after=after)
            ]
            return reply

        scheduler: Scheduler[Hypothesis | TooLong] = Scheduler(engine, batch_tokens=64)
        (found,) = scheduler.run([course()])
        return found

    def test_both_texts_are_judged(self) -> None:
        """The engine reads both, and both translations."""
        engine = EchoEngine()

        found = self.judged(engine, "x b", ("a", "u v"))

        assert engine.scored == [["u v x b"]]
        assert isinstance(found, Hypothesis)
        assert found.text == "x b"
        assert found.total == pytest.approx(-2.0 * 3 - 0.1 - 0.1)

    def test_by_itself(self) -> None:
        """Nothing stands before it."""
        engine = EchoEngine()

        found = self.judged(engine, "x b", None)

        assert engine.scored == [["x b"]]
        assert isinstance(found, Hypothesis)
        assert found.total == pytest.approx(-2.0 - 0.1 - 0.1)

    def test_what_is_judged_is_given(self) -> None:
        """And nothing is translated behind another text."""
        with pytest.raises(ValueError, match="judged is to be given"):
            Request("b", OPTIONS, judged=True)
        with pytest.raises(ValueError, match="after another text is to be judged"):
            Request("b", OPTIONS, given="b", after=("a", "u"))

    @pytest.mark.parametrize(
        ("given", "after", "tokens"),
        [
            ("x", ("a a a", "u"), 4),
            ("x", ("a", "u v w"), 4),
            ("x y z", ("a", "u"), 4),
        ],
    )
    def test_both_texts_together_may_be_too_long(
        self, given: str, after: tuple[str, str], tokens: int
    ) -> None:
        """Of the source, or of the translation."""
        engine = EchoEngine(limit=4)

        assert self.judged(engine, given, after) == TooLong(tokens)
        assert engine.scored == []

    def test_the_same_translation_behind_two_texts(self) -> None:
        """It is judged twice, and behind the same text once."""
        engine = EchoEngine()
        asked = [
            Request("b", OPTIONS, given="b", judged=True, after=("a", said))
            for said in ("a", "u", "a")
        ]

        def course() -> Course[list[Hypothesis | TooLong]]:
            return (yield asked)

        (found,) = Scheduler[list[Hypothesis | TooLong]](engine, batch_tokens=64).run(
            [course()]
        )

        assert found[0] == found[2]
        assert sorted(engine.scored[0]) == ["a b", "u b"]


def test_together_runs_courses_in_lock_step() -> None:
    """Courses side by side ask in one list, and get each its own replies."""

    def twice(text: str) -> Course[str]:
        first = yield from ask(text)
        return first + (yield from ask(text.upper()))

    rounds = []

    def spy(course: Course[list[str]]) -> Course[list[str]]:
        asked = next(course)
        while True:
            rounds.append([request.text for request in asked])
            replies = yield asked
            try:
                asked = course.send(replies)
            except StopIteration as stop:
                return list(stop.value)

    scheduler: Scheduler[list[str]] = Scheduler(EchoEngine(), batch_tokens=64)
    courses = together([twice("a"), ask("b"), twice("c")])
    results = list(scheduler.run([spy(courses)]))

    assert results == [["aA", "b", "cC"]]
    assert rounds == [["a", "b", "c"], ["A", "C"]]
