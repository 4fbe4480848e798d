"""Word lists read beside the model: once, and only where they are asked for."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from threading import Barrier, Event, Thread
from typing import TYPE_CHECKING

import pytest

from satzpaar.translate import load_translator
from satzpaar.translate.read_ahead import read_ahead, read_once

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model


def test_what_several_ask_for_at_a_time_is_read_once() -> None:
    """The others wait for it."""
    calls: list[str] = []
    all_there = Barrier(4)

    @read_once
    def read(name: str) -> str:
        calls.append(name)
        time.sleep(0.02)  # for the others to come
        return name.upper()

    def ask() -> None:
        all_there.wait()
        assert read("de") == "DE"

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read("en") == "EN"
    assert calls == ["de", "en"]


def test_what_fails_is_tried_again_by_whoever_needs_it() -> None:
    """And says why."""
    tries = []

    @read_once
    def read() -> str:
        tries.append(1)
        raise OSError("no such list")

    for _ in range(2):
        with pytest.raises(OSError, match="no such list"):
            read()
    assert len(tries) == 2


def test_all_lists_are_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a thread that ends by itself."""
    asked: list[str] = []
    monkeypatch.setattr("satzpaar.translate.lexicon.word_counts", asked.append)
    monkeypatch.setattr(
        "satzpaar.translate.dictionaries.german_english", lambda: asked.append("both")
    )

    thread = read_ahead()
    thread.join(timeout=30)

    assert sorted(asked) == ["both", "de", "en"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_process_that_is_forked_meanwhile_does_not_wait(tmp_path: Path) -> None:
    """Its lock would be another's for ever."""
    begun, go_on = Event(), Event()

    @read_once
    def read() -> str:
        begun.set()
        go_on.wait(0.5)
        return "read"

    reader = Thread(target=read)
    reader.start()
    begun.wait()
    child = os.fork()
    if not child:  # pragma: no cover
        (tmp_path / "child").write_text(read())
        os._exit(0)
    os.waitpid(child, 0)
    go_on.set()
    reader.join()
    assert (tmp_path / "child").read_text() == "read"


@pytest.mark.parametrize(("once", "expected"), [(False, 1), (True, 0)])
def test_nothing_is_read_that_nothing_is_put_right_by(
    tiny_model: Model, monkeypatch: pytest.MonkeyPatch, *, once: bool, expected: int
) -> None:
    """With --once, and for a model whose attention shows nothing."""
    begun = []
    monkeypatch.setattr(
        "satzpaar.translate.translator.read_ahead", lambda: begun.append(1)
    )
    load_translator(tiny_model, once=once)
    assert len(begun) == expected

    load_translator(replace(tiny_model, alignment_head=None))
    assert len(begun) == expected
