"""How far the work is, for whoever watches the terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from satzpaar.translate.translation import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from tqdm import tqdm

    from satzpaar.translate.translation import Translation

BAR = "{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} {unit}{postfix} {remaining} left"


def counted(number: int, noun: str) -> str:
    """Return "1 file", "2 files"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class Progress:
    """A bar on stderr while the work is done, on a terminal only.

    Args:
        noun: What is counted.
        quiet: Never show the bar.
    """

    def __init__(self, noun: str = "segments", *, quiet: bool = False) -> None:
        self.tally = Tally()
        self._started = time.perf_counter()
        self._total = 0
        self._bar: tqdm[Any] | None = None
        if sys.stderr.isatty() and not quiet:
            from tqdm import tqdm

            self._bar = tqdm(
                bar_format=BAR, unit=noun, dynamic_ncols=True, leave=False, total=0
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    @property
    def seconds(self) -> float:
        """The wall time since the start."""
        return time.perf_counter() - self._started

    @property
    def words_per_second(self) -> float:
        """Source words translated a second."""
        return self.tally.words / max(self.seconds, 1e-9)

    def expect(self, number: int) -> None:
        """Learn of so many more that will come."""
        self._total += number
        if self._bar is not None:
            self._bar.total = self._total
            self._bar.refresh()

    def watch(self, translations: Iterable[Translation]) -> Iterator[Translation]:
        """Pass *translations* on and count them."""
        for translation in translations:
            self.tally.add(translation)
            if self._bar is not None:
                self._bar.set_postfix_str(
                    f"{self.words_per_second:.0f} words/s", refresh=False
                )
            self.advance(1)
            yield translation

    def advance(self, number: int) -> None:
        """Show that so much more is done."""
        if self._bar is not None:
            self._bar.update(number)

    def say(self, line: str) -> None:
        """Write a line to stderr without tearing the bar."""
        if self._bar is not None:
            self._bar.write(line, file=sys.stderr)
        else:
            print(line, file=sys.stderr)
