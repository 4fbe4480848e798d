"""A parser of command lines that says what is wrong in a line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

WRONG_USAGE = 2


class Parser(argparse.ArgumentParser):
    """argparse's, without a block of all options before the line that matters."""

    def error(self, message: str) -> NoReturn:
        """Say it and end with the status of wrong usage."""
        self.exit(
            WRONG_USAGE,
            f"{self.prog}: error: {message}; {self.prog} --help tells more\n",
        )


class Once(argparse.Action):
    """Store a value that is given once: argparse would drop all but the last.

    For options that other commands take again and again.
    """

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> None:
        """Store *values*, or refuse them where some are stored."""
        before = getattr(namespace, self.dest)
        if before is not None:
            raise argparse.ArgumentError(
                self, f"one is expected, {before} and {values} are given"
            )
        setattr(namespace, self.dest, values)
