"""What can go wrong through no fault of ours, said in the words of the task."""

from pathlib import Path


class SatzpaarError(Exception):
    """Something a user can act on: its text is one line that says what to do."""


class UsageError(SatzpaarError):
    """The command or call cannot mean anything as it was given."""


class InputError(SatzpaarError):
    """A file or stream is not what it has to be.

    Args:
        place: The file, or a name such as ``<stdin>``.
        message: What is wrong and what was expected.
        line: The line, from 1, where one can be named.
    """

    def __init__(
        self, place: Path | str, message: str, *, line: int | None = None
    ) -> None:
        where = f"{place}:{line}" if line is not None else f"{place}"
        super().__init__(f"{where}: {message}")


class ModelError(SatzpaarError):
    """A model cannot be found, read or used."""
