"""What is to be benchmarked: systems, test sets and how they are measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from satzpaar.eval.compare import DEFAULT_RESAMPLES, DEFAULT_SEED
from satzpaar.eval.known_metrics import DEFAULT_METRICS
from satzpaar.translate.engines import DEFAULT_ENGINE
from satzpaar.translate.pipeline import BATCH_TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What `load_engine` takes where nothing is said; written out, because a figure belongs
# to a type of number, not to "the default".
USUAL_COMPUTE_TYPES: Final = {
    ("ctranslate2", "cpu"): "int8",
    ("ctranslate2", "cuda"): "float16",
    ("transformers", "cpu"): "float32",
    ("transformers", "cuda"): "bfloat16",
}
LEAST_REPEATS: Final = 3  # below, there are no quartiles to speak of
USUAL_TIMEOUT: Final = 4 * 3600.0  # seconds


@dataclass(frozen=True, slots=True)
class SystemSetting:
    """A model in an engine with its settings: what a cell is about."""

    name: str
    model: str  # bundled, a folder or a hub id
    engine: str = DEFAULT_ENGINE
    compute_type: str = "int8"
    beam: int = 4
    once: bool = False  # without the second look that `satzpaar translate` takes
    in_context: bool = False  # a segment goes on in the document of the one before it
    threads: int | None = None  # None: all cores
    batch_tokens: int = BATCH_TOKENS
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class TestSetSetting:
    """Where a test set is, and outputs of systems that are not run here."""

    __test__: ClassVar[bool] = False  # not for pytest to collect

    name: str
    load: str = ""  # what `satzpaar eval` takes for a test set; "": the files below
    source: Path | None = None
    references: Mapping[str, Path] = field(default_factory=dict)
    documents: Path | None = None  # a document's id a line
    outputs: Mapping[str, Path] = field(default_factory=dict)
    own_outputs: tuple[str, ...] = ()  # systems whose outputs came with the test set
    limit: int | None = None  # only the first segments

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the systems that are not run."""
        return (*self.own_outputs, *self.outputs)


@dataclass(frozen=True, slots=True)
class MeasureSetting:
    """How cost is measured."""

    repeats: int = LEAST_REPEATS  # fresh processes
    segments: int = 200  # of the test set, evenly spread, for the throughput
    single: int = 30  # of these, one at a time, for the latency
    warmup: int = 5


@dataclass(frozen=True, slots=True)
class EquivalenceSetting:
    """When two engines count as the same; differences are in points of the metric."""

    least_identical: float = 0.95
    most_difference: Mapping[str, float] = field(
        default_factory=lambda: {"bleu": 0.1, "chrf2": 0.1}
    )


@dataclass(frozen=True, slots=True)
class BenchSetting:
    """A whole configuration."""

    path: Path
    title: str
    systems: tuple[SystemSetting, ...]
    test_sets: tuple[TestSetSetting, ...]
    metrics: tuple[str, ...] = DEFAULT_METRICS
    baseline: str | None = None
    measure: MeasureSetting | None = field(default_factory=MeasureSetting)
    equivalence: EquivalenceSetting = field(default_factory=EquivalenceSetting)
    resamples: int = DEFAULT_RESAMPLES
    seed: int = DEFAULT_SEED
    timeout: float = USUAL_TIMEOUT  # of one worker
