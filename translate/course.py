"""The course of one text through the engine: what is asked, and what is asked next.

A course is a generator. It yields requests, is sent the replies in the same order,
and returns its result. So each rule (redo a loop, split what is too long, keep a
link whole) reads from top to bottom for one text, while the scheduler runs
thousands of courses at once and the engine sees full batches.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.engine import DecodingOptions, Hypothesis


@dataclass(frozen=True, slots=True)
class Request:
    """A text to be translated as one piece. Equal requests are translated once.

    Where the translation is given, its words are linked with those of the text: the
    reply is a hypothesis of that text, with its links. The model has to have an
    alignment head.

    Where it is judged, the reply says how probable it is instead: its total. It may
    come after another text, with the translation of that; the total is that of both.
    """

    text: str
    options: DecodingOptions
    given: str | None = None
    judged: bool = False  # with given
    after: tuple[str, str] | None = None  # a source and its translation; with judged

    def __post_init__(self) -> None:
        if self.judged and self.given is None:
            raise ValueError("what is judged is to be given")
        if self.after is not None and not self.judged:
            raise ValueError("what comes after another text is to be judged")


@dataclass(frozen=True, slots=True)
class TooLong:
    """The reply to a request that has more tokens than the model takes."""

    tokens: int


Result = TypeVar("Result")
Course = Generator["list[Request]", "list[Hypothesis | TooLong]", Result]


def together(courses: Sequence[Course[Result]]) -> Course[list[Result]]:
    """Run courses side by side as one, and return their results in order."""
    results: dict[int, Result] = {}
    waiting: dict[int, list[Request]] = {}

    def advance(number: int, replies: list[Hypothesis | TooLong] | None) -> None:
        try:
            course = courses[number]
            waiting[number] = next(course) if replies is None else course.send(replies)
        except StopIteration as stop:
            results[number] = stop.value

    for number in range(len(courses)):
        advance(number, None)
    while waiting:
        asked = dict(waiting)
        waiting.clear()
        replies = yield [request for part in asked.values() for request in part]
        taken = 0
        for number, part in asked.items():
            advance(number, replies[taken : taken + len(part)])
            taken += len(part)
    return [results[number] for number in range(len(courses))]
