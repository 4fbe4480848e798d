"""Progress on a terminal: what is counted has its name, and lines do not tear it."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from satzpaar.cli.progress import Progress

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        """Say that a person is watching."""
        return True


def test_counts_what_it_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """More may be announced on the way."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    with Progress("documents read") as progress:
        progress.expect(2)
        progress.expect(3)
        progress.advance(4)
        progress.say("a.txt: is empty")

    shown = terminal.getvalue()
    assert " 4/5 documents read " in shown
    assert "\ra.txt: is empty\n" in shown


def test_shows_no_bar_to_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    """Nor where it is to be quiet; lines are written all the same."""
    with Progress("documents read") as progress:
        progress.expect(1)
        progress.advance(1)
        progress.say("a.txt: is empty")

    assert capsys.readouterr().err == "a.txt: is empty\n"
