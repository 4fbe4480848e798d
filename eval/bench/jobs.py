"""What a worker process does: translate a test set, or measure what that costs."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from satzpaar.eval.bench.machine import EnergyMeter, load_average, peak_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from satzpaar.eval.bench.config import SystemSetting
    from satzpaar.translate.document import Document
    from satzpaar.translate.translator import Translator


def load(system: SystemSetting) -> Translator:
    """Load a system's model into its engine; imports the engine's library.

    Raises:
        SatzpaarError: The model or a setting is not to be had.
    """
    from satzpaar.translate import load_translator

    return load_translator(
        system.model,
        engine=system.engine,
        device=system.device,
        compute_type=system.compute_type,
        threads=system.threads,
        beam_size=system.beam,
        once=system.once,
        batch_tokens=system.batch_tokens,
    )


def translate(
    system: SystemSetting,
    sources: Sequence[str],
    journal: Path,
    tell: Callable[[int], None],
    documents: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Translate a test set; what *journal* knows is not translated again.

    Args:
        system: What translates.
        sources: The segments.
        journal: Where the engine's answers are noted at once.
        tell: Called with the number of finished segments.
        documents: Each segment's; None: they are all of one. For a system that
            translates in context.
    """
    from filelock import FileLock

    from satzpaar.eval.bench.journal import JournalEngine
    from satzpaar.translate import Translator

    loaded = load(system)
    # The worker of a killed run may not have noticed yet that nobody listens.
    lock = FileLock(journal.with_name(f"{journal.name}.lock"), timeout=60)
    with lock, JournalEngine(loaded.engine, journal) as engine:
        translator = Translator(
            engine,
            loaded.options,
            once=system.once,
            batch_tokens=system.batch_tokens,
        )
        outputs, issues = [], []
        ids = (documents or [""] * len(sources)) if system.in_context else None
        for text, found in translate_texts(translator, sources, ids):
            outputs.append(text)
            issues.append(sorted(found))
            tell(len(outputs))
        return {
            "outputs": outputs,
            "issues": issues,
            "asked": engine.asked,
            "recalled": engine.recalled,
        }


def translate_texts(
    translator: Translator, texts: Sequence[str], ids: Sequence[str] | None = None
) -> Iterator[tuple[str, set[str]]]:
    """Yield each text's translation, on one line, and what is to be said of it.

    A text is cut into sentences as a document would be: a segment of a test set may
    be a paragraph, and a model translates only sentences without loss.

    Args:
        translator: What translates.
        texts: The segments.
        ids: The document of each; neighbours of one are its paragraphs. None: each is
            a document of its own.
    """
    documents: list[Document] = [
        translator.read(text.encode("utf-8", "replace"), encoding="utf-8")
        for text in (" ".join(text.split()) for text in texts)
    ]
    whole = documents if ids is None else list(_joined(documents, ids))
    translations = translator.translate_documents(iter(whole))
    for document in documents:
        found = [next(translations) for _ in document.segments()]
        written = b"".join(translator.write(document, iter(found))).decode()
        issues = {issue for translation in found for issue in translation.issues}
        yield " ".join(written.split()), set(map(str, issues))


def _joined(parts: Sequence[Document], ids: Sequence[str]) -> Iterator[Document]:
    """Make one document of neighbours with the same id."""
    pairs = zip(parts, ids, strict=True)
    for _, group in groupby(pairs, key=lambda pair: pair[1]):
        some = [part for part, _ in group]
        yield replace(some[0], parts=tuple(chain(*(one.parts for one in some))))


def measure(
    system: SystemSetting,
    sources: Sequence[str],
    *,
    single: int,
    warmup: int,
    started: float,
) -> dict[str, float | None]:
    """Measure one run in this process, which has done nothing else before.

    Args:
        system: What translates.
        sources: Segments for the throughput.
        single: How many of them, evenly spread, are translated one at a time.
        warmup: How many are translated before anything is timed.
        started: `time.monotonic` when the process was started.

    Returns:
        Figures by the keys of `costs.COSTS`; what cannot be read is None.
    """
    before = load_average()
    clock = time.perf_counter()
    translator = load(system)
    load_seconds = time.perf_counter() - clock

    texts = spread(sources, single)
    list(translate_texts(translator, texts[:1]))
    first_seconds = time.monotonic() - started
    list(translate_texts(translator, spread(sources, warmup)))

    latencies = []
    for text in texts:
        clock = time.perf_counter()
        list(translate_texts(translator, [text]))
        latencies.append((time.perf_counter() - clock) * 1000)

    energy = EnergyMeter()
    processor, clock = time.process_time(), time.perf_counter()
    # Those of the sample are no neighbours, but what is before them costs as much.
    ids = [""] * len(sources) if system.in_context else None
    list(translate_texts(translator, sources, ids))
    seconds = time.perf_counter() - clock
    processor = time.process_time() - processor
    joules = energy.joules()
    thousands = sum(len(text.split()) for text in sources) / 1000
    return {
        "load_seconds": load_seconds,
        "first_seconds": first_seconds,
        "latency_p50": percentile(latencies, 50),
        "latency_p95": percentile(latencies, 95),
        "words_per_second": thousands * 1000 / seconds,
        "cpu_seconds": processor / thousands,
        "peak_mb": peak_memory(),
        "disk_mb": size_on_disk(translator) / 1e6,
        "joules": None if joules is None else joules / thousands,
        "load_average": before,
    }


def size_on_disk(translator: Translator) -> int:
    """Return the bytes of the files that the engine loads."""
    from satzpaar.translate.models import model_info

    model = translator.engine.model
    if translator.engine.name != "ctranslate2":
        return model_info(model).size
    from satzpaar.translate.conversion import conversion_folder, storage_for

    compute_type: str = getattr(translator.engine, "compute_type")  # noqa: B009
    folder = conversion_folder(model, storage_for(compute_type))
    pieces = [path for path in folder.iterdir() if path.is_file()]
    # The subword models are read from the checkpoint.
    pieces += [path for path in model.folder.glob("*.spm") if path.is_file()]
    return sum(path.stat().st_size for path in pieces)


def spread(texts: Sequence[str], wanted: int) -> list[str]:
    """Choose *wanted* of the texts, evenly spread over them.

    >>> spread(["a", "b", "c", "d"], 2)
    ['a', 'c']
    """
    if wanted >= len(texts):
        return list(texts)
    return [texts[place * len(texts) // wanted] for place in range(wanted)]


def percentile(values: Sequence[float], percent: float) -> float:
    """Return a percentile, between two values in proportion.

    >>> percentile([1.0, 2.0, 3.0], 75)
    2.5
    """
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
