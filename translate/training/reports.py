"""What a training run tells while it runs, for a terminal or a log file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is said once."""

    text: str


@dataclass(frozen=True, slots=True)
class Steps:
    """How far the training is; the figures are of the steps since the last report."""

    step: int
    progress: float  # part of the budget
    loss: float  # per target token, smoothed labels, natural log
    rate: float  # the learning rate
    tokens: int  # target tokens since the start of the run
    tokens_per_second: float
    guided: float | None = None  # loss of the alignment head per linked token


@dataclass(slots=True)
class Counter:
    """What happened since the last report; sums, tensors where a device has them."""

    loss: torch.Tensor | float = 0.0
    guided: torch.Tensor | float = 0.0
    linked: int = 0  # target tokens with links
    tokens: int = 0
    rate: float = 0.0
    seconds: float = 0.0

    def steps(self, step: int, progress: float, tokens: int) -> Steps:
        """Make a report of it; *tokens* are those since the start of the run."""
        return Steps(
            step=step,
            progress=progress,
            loss=float(self.loss) / self.tokens,
            rate=self.rate,
            tokens=tokens,
            tokens_per_second=self.tokens / self.seconds,
            guided=float(self.guided) / self.linked if self.linked else None,
        )


@dataclass(frozen=True, slots=True)
class Validation:
    """How well the averaged weights do on the pairs held out."""

    step: int
    progress: float  # part of the budget
    loss: float  # per target token, labels as they are, natural log
    bleu: float
    chrf: float
    best: bool  # the lowest loss of the run
    # Losses like the one above, of a few pairs of each bitext that is learnt from
    learnt: dict[str, float] = field(default_factory=dict)


Report = Note | Steps | Validation


def line(report: Report) -> str:
    """Say a report in one line."""
    if isinstance(report, Note):
        return report.text
    if isinstance(report, Steps):
        guided = "" if report.guided is None else f"links {report.guided:.3f}, "
        return (
            f"step {report.step}, {report.progress:.0%}: loss {report.loss:.3f}, "
            f"{guided}rate {report.rate:.1e}, {report.tokens_per_second:.0f} tokens/s"
        )
    best = ", the best so far" if report.best else ""
    known = ", ".join(f"{name} {loss:.2f}" for name, loss in report.learnt.items())
    return (
        f"step {report.step}, {report.progress:.0%}: held-out loss {report.loss:.3f}, "
        f"BLEU {report.bleu:.1f}, chrF {report.chrf:.1f} (greedy){best}"
        f"{f'; learnt from: {known}' if known else ''}"
    )
