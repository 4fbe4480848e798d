"""A parser of command lines that says what is wrong in a line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

WRONG_USAGE = 2


class Parser(argparse.ArgumentParser):
    """argparse's, without a block of all options before the line that matters."""

    def error(self, message: str) -> NoReturn:
        """Say it and end with the status of wrong usage."""
        self.exit(
            WRONG_USAGE,
            f"{self.prog}: error: {message}; {self.prog} --help tells more\n",
        )
