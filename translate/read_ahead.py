"""Word lists that are read while the model is, on another core.

Together they take longer than the model, and the first translation needs them.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import wraps
from threading import Lock, Thread
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
Result = TypeVar("Result")


def read_once(function: Callable[P, Result]) -> Callable[P, Result]:
    """Keep what a function of a few plain arguments returns.

    As ``functools.cache``, but who asks for what is just being read waits for it and
    does not read it again.
    """
    kept: dict[object, Result] = {}
    lock = Lock()

    def unlocked() -> None:
        nonlocal lock
        lock = Lock()

    # A process that is forked while another thread reads would wait for it for ever.
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=unlocked)

    @wraps(function)
    def kept_or_read(*args: P.args, **kwargs: P.kwargs) -> Result:
        key = args, tuple(kwargs.items())
        if key not in kept:
            with lock:
                if key not in kept:
                    kept[key] = function(*args, **kwargs)
        return kept[key]

    return kept_or_read


def read_ahead() -> Thread:
    """Begin to read what puts translations right; return the thread that does."""
    thread = Thread(target=_read, name="satzpaar-read-ahead", daemon=True)
    thread.start()
    return thread


def _read() -> None:
    from satzpaar.translate.dictionaries import german_english
    from satzpaar.translate.dictionaries.nouns import german_nouns
    from satzpaar.translate.lexicon import word_counts

    # What cannot be read is said by whoever needs it.
    with suppress(Exception):
        word_counts("en")
        german_english()
        word_counts("de")
        german_nouns()
