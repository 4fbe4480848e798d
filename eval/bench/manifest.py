"""What a run came to, in one JSON file: figures, hashes, versions, seeds, machine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

from satzpaar.translate.errors import InputError
from satzpaar.translate.files import read_bytes, write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Self

FORMAT: Final = 1  # raised when its meaning changes


@dataclass(frozen=True, slots=True)
class Scored:
    """A score and all that it depends on beside the texts."""

    value: float
    metric: str
    signature: str
    specification: str  # what `make_metric` made the metric from
    higher_is_better: bool
    segmentation: str = ""


@dataclass(frozen=True, slots=True)
class Costed:
    """A cost over the repeats."""

    median: float
    low: float  # quartiles
    high: float
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A system on a test set. What is missing is not there, and `error` says why."""

    system: str
    test_set: str
    settings: Mapping[str, Any]  # {} for outputs that were given as a file
    error: str = ""
    model_hash: str = ""
    output_hash: str = ""
    given: str = ""  # the file of given outputs
    keys: Mapping[str, Any] = field(default_factory=dict)  # of the store, by stage
    asked: int = 0  # sources that the engine translated, in whichever run that was
    scores: Mapping[str, Scored] = field(default_factory=dict)
    costs: Mapping[str, Costed] = field(default_factory=dict)
    load_averages: tuple[float, ...] = ()  # before each repeat


@dataclass(frozen=True, slots=True)
class TestSetEntry:
    """A test set as it was used."""

    __test__: ClassVar[bool] = False  # not for pytest to collect

    name: str
    content_hash: str
    segments: int
    words: int  # of the sources
    references: tuple[str, ...]
    score_key: str = ""  # of the store
    analyse_key: str = ""  # of the first reference's own marks
    # Sufficient statistics by measure, for comparisons with other runs.
    statistics: Mapping[str, Any] = field(default_factory=dict)
    document_of_segment: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Whether two engines do the same with one model, in the same type of number."""

    first: str
    second: str
    test_set: str
    identical: float  # share of the outputs
    least_identical: float
    differences: Mapping[str, float]  # first minus second, by measure
    most_difference: Mapping[str, float]
    passed: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole run."""

    title: str
    created: str
    config_hash: str
    measured: Mapping[str, Any]  # how cost was measured; {} where it was not
    versions: Mapping[str, str]
    machine: Mapping[str, Any]
    code: Mapping[str, str]  # hashes of our own code
    seed: int
    resamples: int
    load_average: float | None  # before the run
    baseline: str | None
    test_sets: tuple[TestSetEntry, ...]
    cells: tuple[Cell, ...]
    equivalence: tuple[Equivalence, ...] = ()

    def cell(self, system: str, test_set: str) -> Cell | None:
        """Return a cell, None if there is none of that name."""
        for cell in self.cells:
            if (cell.system, cell.test_set) == (system, test_set):
                return cell
        return None

    def test_set(self, name: str) -> TestSetEntry | None:
        """Return a test set, None if there is none of that name."""
        return next((each for each in self.test_sets if each.name == name), None)

    def stored_keys(self) -> set[str]:
        """Return the keys of all results that the run is made of."""
        keys: set[str] = set()
        for each in self.test_sets:
            keys |= {each.score_key, each.analyse_key, each.content_hash}
        for cell in self.cells:
            for found in cell.keys.values():
                keys.update([found] if isinstance(found, str) else found)
        return keys - {""}

    def to_json(self) -> str:
        """Write the manifest so that `from_json` reads it."""
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            ValueError: It is no manifest of this format.
        """
        found = json.loads(text)
        if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
            raise ValueError(f"no manifest of a benchmark in format {FORMAT}")
        try:
            found["test_sets"] = tuple(map(_test_set, found["test_sets"]))
            found["cells"] = tuple(map(_cell, found["cells"]))
            found["equivalence"] = tuple(
                Equivalence(**each) for each in found["equivalence"]
            )
            return cls(**found)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no manifest of a benchmark: {error}") from None


def _test_set(found: dict[str, Any]) -> TestSetEntry:
    lists = {key: tuple(found[key]) for key in ("references", "document_of_segment")}
    return TestSetEntry(**{**found, **lists})


def _cell(found: dict[str, Any]) -> Cell:
    scores = {key: Scored(**each) for key, each in found["scores"].items()}
    costs = {
        key: Costed(**{**each, "values": tuple(each["values"])})
        for key, each in found["costs"].items()
    }
    return Cell(
        **{
            **found,
            "scores": scores,
            "costs": costs,
            "load_averages": tuple(found["load_averages"]),
        }
    )


def read_manifest(path: Path) -> Manifest:
    """Read a manifest, or that of a run's folder.

    Raises:
        InputError: There is none, or it is none.
    """
    if path.is_dir():
        path /= "manifest.json"
    data = read_bytes(path)
    try:
        return Manifest.from_json(data.decode("utf-8"))
    except ValueError as error:
        reason = str(error).partition("\n")[0]
        raise InputError(
            path, f"is no manifest of `satzpaar bench`: {reason}"
        ) from None


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest.

    Raises:
        InputError: It cannot be written.
    """
    data = manifest.to_json().encode("utf-8", "replace")
    write_atomically(path, data, make_folders=True)


def figures_of(cells: Sequence[Cell]) -> list[Any]:
    """Return what two runs of the same figures have in common."""
    return [
        [cell.system, cell.test_set, cell.error, cell.output_hash]
        + [[key, each.value] for key, each in cell.scores.items()]
        + [[key, each.values] for key, each in cell.costs.items()]
        for cell in cells
    ]
