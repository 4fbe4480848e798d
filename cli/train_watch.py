"""How a training is watched and stopped from a terminal."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from satzpaar.translate.training.reports import Steps, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from tqdm import tqdm

    from satzpaar.translate.training.reports import Report


class Stop:
    """Whether somebody has pressed Ctrl-C."""

    def __init__(self) -> None:
        self._asked = False
        self._listening = False

    def asked(self) -> bool:
        """Say so; from the first time on, Ctrl-C waits for the next time."""
        self._listening = True
        return self._asked

    def hear(self, _number: int, _frame: FrameType | None) -> None:
        """Take a signal; a second one does not wait."""
        if self._asked or not self._listening:
            raise KeyboardInterrupt
        self._asked = True
        print("satzpaar train: writing a checkpoint …", file=sys.stderr)


@contextmanager
def interruptible() -> Iterator[Stop]:
    """Let Ctrl-C and SIGTERM ask for an end, as long as the context lasts."""
    stop = Stop()
    before = {
        number: signal.signal(number, stop.hear)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Watch:
    """Shows how it goes: a bar on a terminal, lines elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def report(self, report: Report) -> None:
        """Show one report."""
        if self._quiet:
            return
        if not isinstance(report, Steps) or not sys.stderr.isatty():
            if self._bar is not None:
                self._bar.write(line(report), file=sys.stderr)
            else:
                print(line(report), file=sys.stderr, flush=True)
            return
        if self._bar is None:
            from tqdm import tqdm

            form = "{percentage:3.0f}%|{bar}|{postfix} {remaining} left"
            self._bar = tqdm(
                total=1.0,
                initial=report.progress,
                bar_format=form,
                dynamic_ncols=True,
                leave=False,
            )
        self._bar.set_postfix_str(
            f"loss {report.loss:.3f}, {report.tokens_per_second:.0f} tokens/s",
            refresh=False,
        )
        self._bar.update(report.progress - self._bar.n)
