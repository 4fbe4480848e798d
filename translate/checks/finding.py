"""What a check finds, and what a check is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

# major: a reader is told something else than the source says; minor: it can be read.
Severity = Literal["major", "minor"]

Span = tuple[int, int]  # start and end, in characters


@dataclass(frozen=True, slots=True)
class Finding:
    """One likely error, and where it shows.

    A finding without a span in the target is about what is not there.
    """

    kind: str  # a key of ``CHECKS``
    severity: Severity
    message: str  # for a person: "90 million became 19 million"
    source: Span | None = None
    target: Span | None = None

    def __post_init__(self) -> None:
        for span in (self.source, self.target):
            if span is not None and not 0 <= span[0] <= span[1]:
                raise ValueError(f"no span: {span}")


class Check(Protocol):
    """Looks for one class of errors in a German text's English translation."""

    def __call__(self, source: str, target: str) -> list[Finding]:
        """Return what is wrong, in the order of the text.

        Told from the two texts alone, so that a translation can be judged before there
        is a reference, and a reference by the same rules.
        """
        ...
