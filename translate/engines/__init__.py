"""The libraries that can run a model, by name; imported when one is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from satzpaar.translate.engine import Engine
    from satzpaar.translate.models import Model

DEFAULT_ENGINE = "ctranslate2"


def _load_ctranslate2(
    model: Model, device: str, compute_type: str | None, threads: int | None
) -> Engine:
    from satzpaar.translate.engines.ctranslate2 import CTranslate2Engine

    return CTranslate2Engine(
        model, device=device, compute_type=compute_type, threads=threads
    )


def _load_transformers(
    model: Model, device: str, compute_type: str | None, threads: int | None
) -> Engine:
    from satzpaar.translate.engines.transformers import TransformersEngine

    return TransformersEngine(
        model, device=device, compute_type=compute_type, threads=threads
    )


ENGINES: dict[str, Callable[[Model, str, str | None, int | None], Engine]] = {
    "ctranslate2": _load_ctranslate2,
    "transformers": _load_transformers,
}


def load_engine(
    name: str,
    model: Model,
    *,
    device: str = "auto",
    compute_type: str | None = None,
    threads: int | None = None,
) -> Engine:
    """Load a model into an engine.

    Args:
        name: A key of ``ENGINES``.
        model: What ``find_model`` found.
        device: ``auto`` (CUDA where there is a card), ``cpu`` or ``cuda``.
        compute_type: The type of the numbers. None: int8 for ctranslate2 and float32
            for transformers on a CPU, float16 and bfloat16 on a card.
        threads: Cores to use. None: all that this process may use.

    Raises:
        UsageError: There is no such engine, device or compute type.
        ModelError: The model cannot be loaded or converted.
    """
    if name not in ENGINES:
        raise UsageError(f"no engine {name!r}; one of {', '.join(ENGINES)} is expected")
    if threads is not None and threads < 1:
        raise UsageError(f"{threads} threads; at least 1 is needed")
    return ENGINES[name](model, device, compute_type, threads)
