"""An engine that writes down what it said, so that nothing is translated twice."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from satzpaar.translate.engine import Hypothesis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    import numpy as np
    from numpy.typing import NDArray

    from satzpaar.translate.engine import DecodingOptions, Engine, ForcedScore


class JournalEngine:
    """Passes requests on to an engine and notes each answer in a file at once.

    Whoever is killed and begins again gets from the file what the engine said before:
    only what was on its way is asked a second time. A line that was being written is
    dropped.

    Args:
        engine: Who answers.
        path: The journal; begun where there is none.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine = engine
        self.name = engine.name
        self.model = engine.model
        self.workers = engine.workers
        self.tokenizer = engine.tokenizer
        self.asked = 0  # sources that the engine itself translated
        self.recalled = 0  # sources that the journal knew
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._known, whole = _read(path)
        self._file = path.open("ab")
        self._file.truncate(whole)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def translate_batch(
        self,
        sources: Sequence[Sequence[str]],
        options: DecodingOptions,
        *,
        max_target_tokens: int,
    ) -> list[Hypothesis]:
        """Return the best hypothesis for each source, in the same order."""
        # What it does not write down it must not give: who wants links asks for them.
        options = replace(options, attention=False)
        keys = [_key(source, options) for source in sources]
        # The limit has no say: it depends on the longest source of a batch, and
        # batches are cut anew after an interruption.
        new = [place for place, key in enumerate(keys) if key not in self._known]
        if new:
            made = self.engine.translate_batch(
                [sources[place] for place in new],
                options,
                max_target_tokens=max_target_tokens,
            )
            with self._lock:
                for place, hypothesis in zip(new, made, strict=True):
                    self._known[keys[place]] = hypothesis
                    line = json.dumps([keys[place], asdict(hypothesis)])
                    self._file.write(line.encode("ascii") + b"\n")
                self._file.flush()
        with self._lock:
            self.asked += len(new)
            self.recalled += len(sources) - len(new)
        return [self._known[key] for key in keys]

    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """Pass forced decoding on; it is not written down."""
        return self.engine.score_batch(sources, targets)

    def attention_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[NDArray[np.float32]]:
        """Pass it on likewise."""
        return self.engine.attention_batch(sources, targets)


def _key(source: Sequence[str], options: DecodingOptions) -> str:
    text = json.dumps([list(source), asdict(options)], sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def _hypothesis(noted: dict[str, Any]) -> Hypothesis:
    """Undo ``asdict``; a line may be older than alternatives."""
    others = tuple(map(_hypothesis, noted.pop("alternatives", ())))
    return Hypothesis(**noted, alternatives=others)


def _read(path: Path) -> tuple[dict[str, Hypothesis], int]:
    """Read a journal.

    Returns:
        The answers in it, and how many of its bytes are whole lines.
    """
    known: dict[str, Hypothesis] = {}
    whole = 0
    if not path.exists():
        return known, whole
    with path.open("rb") as file:
        for line in file:
            try:
                key, hypothesis = json.loads(line)
                known[str(key)] = _hypothesis(hypothesis)
            except (ValueError, TypeError, AttributeError):
                break
            if not line.endswith(b"\n"):
                known.pop(key)
                break
            whole += len(line)
    return known, whole
