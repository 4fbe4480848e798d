"""The configuration read from its YAML file; docs/benchmarking.md describes it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.eval.bench.config import (
    LEAST_REPEATS,
    USUAL_COMPUTE_TYPES,
    USUAL_TIMEOUT,
    BenchSetting,
    EquivalenceSetting,
    MeasureSetting,
    SystemSetting,
    TestSetSetting,
)
from satzpaar.eval.bench.yaml_values import Value, read_yaml
from satzpaar.eval.compare import DEFAULT_RESAMPLES, DEFAULT_SEED
from satzpaar.eval.known_metrics import DEFAULT_METRICS, make_metric
from satzpaar.translate.engines import DEFAULT_ENGINE, ENGINES
from satzpaar.translate.errors import SatzpaarError
from satzpaar.translate.models import BUNDLED
from satzpaar.translate.pipeline import BATCH_TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TOP: Final = (
    "title",
    "systems",
    "test_sets",
    "metrics",
    "baseline",
    "measure",
    "equivalence",
    "resamples",
    "seed",
    "timeout",
)
_SYSTEM: Final = (
    "name",
    "model",
    "engine",
    "compute_type",
    "beam",
    "once",
    "in_context",
    "threads",
    "batch_tokens",
    "device",
)
_TEST_SET: Final = (
    "name",
    "load",
    "source",
    "reference",
    "documents",
    "outputs",
    "limit",
)


def read_config(path: Path, data: Path | None = None) -> BenchSetting:
    """Read a configuration.

    Args:
        path: A YAML file.
        data: The folder that files of test sets are named from; None: where *path* is.

    Raises:
        InputError: The file is not what it has to be; the line is named.
    """
    whole = read_yaml(path)
    top = whole.mapping(_TOP)
    folder = path.parent if data is None else data
    if "test_sets" not in top:
        raise whole.complaint("no test_sets; at least one is expected")
    test_sets = [_test_set(item, folder) for item in top["test_sets"].items()]
    _check_distinct("test sets", (each.name for each in test_sets), top["test_sets"])
    systems = []
    if "systems" in top:
        groups = [_group(item, path.parent) for item in top["systems"].items()]
        systems = _named([system for group in groups for system in group])
        _check_distinct("systems", (each.name for each in systems), top["systems"])
    names = {system.name for system in systems}
    for test_set in test_sets:
        if both := sorted(names.intersection(test_set.given)):
            raise top["test_sets"].complaint(
                f"{test_set.name}: outputs are called {both[0]!r}, as a system is"
            )
    names.update(name for test_set in test_sets for name in test_set.given)
    if not names:
        raise whole.complaint(
            "no systems, and no test set has outputs; at least one is expected"
        )
    baseline = top["baseline"].text() if "baseline" in top else None
    if baseline is not None and baseline not in names:
        raise top["baseline"].complaint(
            f"no system is called {baseline!r}; there are {', '.join(sorted(names))}"
        )
    return BenchSetting(
        path=path,
        title=top["title"].text() if "title" in top else path.stem,
        systems=tuple(systems),
        test_sets=tuple(test_sets),
        metrics=_metrics(top.get("metrics")),
        baseline=baseline,
        measure=_measure(top.get("measure")),
        equivalence=_equivalence(top.get("equivalence")),
        resamples=_integer(top, "resamples", DEFAULT_RESAMPLES, least=100),
        seed=_integer(top, "seed", DEFAULT_SEED, least=0),
        timeout=top["timeout"].number(1) if "timeout" in top else USUAL_TIMEOUT,
    )


def _integer(
    found: Mapping[str, Value], key: str, default: int, *, least: int = 1
) -> int:
    return found[key].integer(least) if key in found else default


def _group(item: Value, folder: Path) -> list[tuple[str, SystemSetting]]:
    """Make every combination of what an item of ``systems`` lists.

    Returns:
        Each with the template of its name, "" where it has none.
    """
    found = item.mapping(_SYSTEM)

    def listed(key: str) -> list[Value]:
        return found[key].one_or_more() if key in found else []

    models = [_model(value, folder) for value in listed("model")] or [BUNDLED]
    engines = [_known_engine(value) for value in listed("engine")] or [DEFAULT_ENGINE]
    device = found["device"].text() if "device" in found else "cpu"
    if device not in {"cpu", "cuda"}:
        raise found["device"].complaint(f"is {device!r}; cpu or cuda is expected")
    types: list[str | None] = [value.text() for value in listed("compute_type")] or [
        None
    ]
    beams = [value.integer() for value in listed("beam")] or [4]
    once = [value.boolean() for value in listed("once")] or [False]
    contexts = [value.boolean() for value in listed("in_context")] or [False]
    threads: list[int | None] = [value.integer() for value in listed("threads")] or [
        None
    ]
    sizes = [value.integer() for value in listed("batch_tokens")] or [BATCH_TOKENS]
    template = found["name"].text() if "name" in found else ""
    return [
        (
            template,
            SystemSetting(
                name="",
                model=model,
                engine=engine,
                compute_type=compute_type or USUAL_COMPUTE_TYPES[engine, device],
                beam=beam,
                once=only_once,
                in_context=in_context,
                threads=cores,
                batch_tokens=size,
                device=device,
            ),
        )
        for (
            model,
            engine,
            compute_type,
            beam,
            only_once,
            in_context,
            cores,
            size,
        ) in product(models, engines, types, beams, once, contexts, threads, sizes)
    ]


def _model(value: Value, folder: Path) -> str:
    """Return a model's name; a folder is named from the configuration's."""
    name = value.text()
    path = folder / Path(name).expanduser()
    if name != BUNDLED and (name.startswith((".", "~")) or path.is_dir()):
        return str(path)
    return name


def _known_engine(value: Value) -> str:
    name = value.text()
    if name not in ENGINES:
        raise value.complaint(
            f"no engine {name!r}; one of {', '.join(ENGINES)} is expected"
        )
    return name


def _named(systems: list[tuple[str, SystemSetting]]) -> list[SystemSetting]:
    """Name systems by their template, or by what tells them apart."""
    settings = [setting for _, setting in systems]
    vary = {
        key: len({getattr(setting, key) for setting in settings}) > 1
        for key in ("model", "threads", "batch_tokens", "device")
    }
    named = []
    for template, setting in systems:
        if template:
            fields = {key: getattr(setting, key) for key in _SYSTEM if key != "name"}
            fields["model"] = _short(setting.model)
            name = template
            for key, value in fields.items():
                name = name.replace(f"{{{key}}}", str(value or "all"))
        else:
            parts = [_short(setting.model)] if vary["model"] else []
            parts += [setting.engine, setting.compute_type, f"beam {setting.beam}"]
            parts += ["once"] if setting.once else []
            parts += ["in context"] if setting.in_context else []
            if vary["threads"]:
                plural = "" if setting.threads == 1 else "s"
                parts.append(f"{setting.threads or 'all'} thread{plural}")
            if vary["batch_tokens"]:
                parts.append(f"batches of {setting.batch_tokens}")
            if vary["device"]:
                parts.append(setting.device)
            name = " ".join(parts)
        named.append(replace(setting, name=name))
    return named


def _short(model: str) -> str:
    return Path(model).name


def _test_set(item: Value, folder: Path) -> TestSetSetting:
    found = item.mapping(_TEST_SET)
    if ("load" in found) == ("source" in found):
        raise item.complaint("either load, or source and reference are expected")

    def files(value: Value) -> dict[str, Path]:
        return {
            name: folder / Path(each.text()).expanduser()
            for name, each in value.mapping().items()
        }

    references: dict[str, Path] = {}
    source = load = None
    if "source" in found:
        source = folder / Path(found["source"].text()).expanduser()
        if "reference" not in found:
            raise item.complaint("no reference; a file is expected")
        value = found["reference"]
        if isinstance(value.content, dict):
            references = files(value)
        else:
            paths = [folder / Path(each.text()) for each in value.one_or_more()]
            references = {path.name: path for path in paths}
            if len(references) < len(paths):
                raise value.complaint(
                    "two references have one name; name each: {A: FILE, B: FILE}"
                )
    else:
        for key in ("reference", "documents"):
            if key in found:
                raise found[key].complaint("goes with source, not with load")
        load = found["load"].text()
        # A path, unless nothing begins so: then it may be the name of a known set.
        path = folder / Path(load).expanduser()
        if path.exists() or any(path.parent.glob(f"{path.name}.*")):
            load = str(path)
    default = Path(load or source or "").name
    outputs: dict[str, Path] = {}
    own: tuple[str, ...] = ()
    if "outputs" in found:
        if isinstance(found["outputs"].content, list):
            own = tuple(each.text() for each in found["outputs"].items())
        else:
            outputs = files(found["outputs"])
    return TestSetSetting(
        name=found["name"].text() if "name" in found else default,
        load=load or "",
        source=source,
        references=references,
        documents=folder / found["documents"].text() if "documents" in found else None,
        outputs=outputs,
        own_outputs=own,
        limit=found["limit"].integer() if "limit" in found else None,
    )


def _metrics(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return DEFAULT_METRICS
    names = []
    for item in value.one_or_more():
        try:
            make_metric(item.text())
        except SatzpaarError as error:
            raise item.complaint(str(error)) from None
        names.append(item.text())
    return tuple(names)


def _measure(value: Value | None) -> MeasureSetting | None:
    if value is None:
        return MeasureSetting()
    if value.content is False:
        return None
    usual = MeasureSetting()
    found = value.mapping(("repeats", "segments", "single", "warmup"))
    return MeasureSetting(
        repeats=_integer(found, "repeats", usual.repeats, least=LEAST_REPEATS),
        segments=_integer(found, "segments", usual.segments),
        single=_integer(found, "single", usual.single),
        warmup=_integer(found, "warmup", usual.warmup),
    )


def _equivalence(value: Value | None) -> EquivalenceSetting:
    usual = EquivalenceSetting()
    if value is None:
        return usual
    found = value.mapping(("least_identical", "most_difference"))
    identical = usual.least_identical
    if "least_identical" in found:
        identical = found["least_identical"].number()
        if identical > 1:
            raise found["least_identical"].complaint("a share from 0 to 1 is expected")
    differences = dict(usual.most_difference)
    if "most_difference" in found:
        differences = {
            metric: each.number()
            for metric, each in found["most_difference"].mapping().items()
        }
    return EquivalenceSetting(identical, differences)


def _check_distinct(what: str, names: Iterable[str], place: Value) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise place.complaint(
                f"two {what} are called {name!r}; `name` gives another"
            )
        seen.add(name)
