"""A whole benchmark: translate, measure, score, analyse, each of them once."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Protocol

from satzpaar.eval.bench import code, machine
from satzpaar.eval.bench.costs import with_costs
from satzpaar.eval.bench.equivalence import equivalences
from satzpaar.eval.bench.jobs import spread
from satzpaar.eval.bench.manifest import Cell, Manifest, TestSetEntry
from satzpaar.eval.bench.process import JobError
from satzpaar.eval.bench.scoring import analysed, scored, scores_in
from satzpaar.eval.bench.store import Store, key_of
from satzpaar.eval.bench.testsets import LoadedTestSet, as_json, loaded
from satzpaar.eval.testset import SystemOutput
from satzpaar.translate.errors import SatzpaarError
from satzpaar.translate.files import read_bytes
from satzpaar.translate.models import content_hash, find_model

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.eval.bench.config import BenchSetting, MeasureSetting, SystemSetting
    from satzpaar.eval.bench.process import Worker


class Watcher(Protocol):
    """Is told how a run goes."""

    def say(self, line: str) -> None:
        """Take a line for people."""
        ...

    def done(self, part: int, whole: int) -> None:
        """Learn how many segments of the current job are finished."""
        ...


class Bench:
    """One run of a configuration in its folder.

    Args:
        setting: What is benchmarked.
        folder: Holds the stages' results, and the manifest.
        worker: Does the jobs that need a fresh process.
        watcher: Is told how it goes.
    """

    def __init__(
        self, setting: BenchSetting, folder: Path, worker: Worker, watcher: Watcher
    ) -> None:
        self.setting = setting
        self.store = Store(folder / "stages")
        self.worker = worker
        self.watcher = watcher
        self.outputs: dict[tuple[str, str], list[str]] = {}

    def run(self, created: str) -> Manifest:
        """Run what is not there yet, and return what all of it came to.

        A cell that fails carries its error; the others go on.

        Args:
            created: The time for the manifest, ISO 8601.

        Raises:
            InputError: A test set is not what it has to be.
        """
        load = machine.load_average()
        sets = {each.name: loaded(each) for each in self.setting.test_sets}
        cells = [
            self._translated(system, name, sets[name])
            for system in self.setting.systems
            for name in sets
        ]
        if self.setting.measure is not None:
            cells = self._measured(cells, sets, self.setting.measure)
        for name, found in sets.items():
            cells += [self._given(name, output) for output in found.given]
        entries = []
        for name, found in sets.items():
            entry, cells = self._scored(name, found, cells)
            entries.append(entry)
        return Manifest(
            title=self.setting.title,
            created=created,
            config_hash=hashlib.sha256(read_bytes(self.setting.path)).hexdigest(),
            measured=asdict(self.setting.measure) if self.setting.measure else {},
            versions=machine.versions(),
            machine=machine.description(),
            code={
                **{
                    f"translation by {engine}": code.translation_code(engine)
                    for engine in sorted({each.engine for each in self.setting.systems})
                },
                "scoring": code.scoring_code(),
                "checks": code.checking_code(),
            },
            seed=self.setting.seed,
            resamples=self.setting.resamples,
            load_average=load,
            baseline=self.setting.baseline,
            test_sets=tuple(entries),
            cells=tuple(cells),
            equivalence=tuple(
                equivalences(cells, self.outputs, self.setting.equivalence)
            ),
        )

    def _translated(
        self, system: SystemSetting, name: str, found: LoadedTestSet
    ) -> Cell:
        """Translate a test set, or fetch what was translated before."""
        label = f"{system.name} on {name}"
        cell = Cell(system.name, name, settings=asdict(system))
        sources = found.testset.sources
        if sources is None:
            return replace(cell, error="the test set has no sources to translate")
        try:
            model_hash = content_hash(find_model(system.model))
        except SatzpaarError as error:
            self.watcher.say(f"{label}: {error}")
            return replace(cell, error=str(error))
        inputs = {
            "sources": key_of({"sources": sources}),
            "model": model_hash,
            **_settings(system),
            "versions": machine.engine_versions(system.engine),
            "code": code.translation_code(system.engine),
        }
        documents = found.testset.documents if system.in_context else None
        if documents is not None:
            inputs["documents"] = key_of({"documents": documents})
        key = key_of({"stage": "translate", **inputs})
        result = self.store.get("translate", key)
        if result is None:
            self.watcher.say(f"{label}: translating {len(sources)} segments")
            journal = self.store.path("translate", key, ".journal")
            job = {
                "job": "translate",
                "system": asdict(system),
                "sources": sources,
                "documents": documents,
                "journal": str(journal),
            }
            try:
                result = self.worker(
                    job, lambda part: self.watcher.done(part, len(sources))
                )
            except JobError as error:
                self.watcher.say(f"{label}: {error}")
                return replace(cell, model_hash=model_hash, error=str(error))
            self.store.put("translate", key, result, inputs)
            journal.unlink(missing_ok=True)
            journal.with_name(f"{journal.name}.lock").unlink(missing_ok=True)
        else:
            self.watcher.say(f"{label}: translated before")
        output = SystemOutput(system.name, tuple(result["outputs"]))
        self.outputs[system.name, name] = list(output.hypotheses)
        return replace(
            cell,
            model_hash=model_hash,
            output_hash=output.content_hash,
            keys={"translate": key},
            asked=result["asked"],
        )

    def _given(self, test_set: str, output: SystemOutput) -> Cell:
        """Make the cell of a system whose outputs are a file."""
        self.outputs[output.name, test_set] = list(output.hypotheses)
        hashed = output.content_hash
        if self.store.get("given", hashed) is None:
            self.store.put("given", hashed, {"outputs": output.hypotheses}, {})
        return Cell(
            output.name,
            test_set,
            settings={},
            output_hash=hashed,
            given=output.place or "came with the test set",
            keys={"given": hashed},
        )

    def _measured(
        self,
        cells: list[Cell],
        sets: dict[str, LoadedTestSet],
        setting: MeasureSetting,
    ) -> list[Cell]:
        """Measure what all cells cost.

        First all cells once, then all again: what disturbs the machine for a while
        disturbs one repeat of several cells rather than all repeats of one.
        """
        systems = {system.name: system for system in self.setting.systems}
        repeats: dict[int, list[dict[str, Any]]] = {}
        keys: dict[int, list[str]] = {}
        for repeat in range(setting.repeats):
            for place, cell in enumerate(cells):
                if cell.error:
                    continue
                sources = sets[cell.test_set].testset.sources or ()
                try:
                    key, figures = self._repeat(
                        systems[cell.system], cell, list(sources), setting, repeat
                    )
                except JobError as error:
                    self.watcher.say(f"{cell.system} on {cell.test_set}: {error}")
                    cells[place] = replace(cell, error=f"not measured: {error}")
                    continue
                repeats.setdefault(place, []).append(figures)
                keys.setdefault(place, []).append(key)
        return [
            with_costs(cell, repeats.get(place, []), keys.get(place, []), setting)
            for place, cell in enumerate(cells)
        ]

    def _repeat(
        self,
        system: SystemSetting,
        cell: Cell,
        sources: list[str],
        setting: MeasureSetting,
        repeat: int,
    ) -> tuple[str, dict[str, Any]]:
        sample = spread(sources, setting.segments)

        def measured() -> dict[str, Any]:
            self.watcher.say(
                f"{cell.system} on {cell.test_set}: measuring, "
                f"{repeat + 1} of {setting.repeats}"
            )
            job = {
                "job": "measure",
                "system": asdict(system),
                "sources": sample,
                "single": setting.single,
                "warmup": setting.warmup,
            }
            return self.worker(job, lambda _: None)

        return self.store.made(
            "measure",
            {
                "translation": cell.keys["translate"],
                "sample": key_of({"sources": sample}),
                "single": setting.single,
                "warmup": setting.warmup,
                "machine": machine.description(),
                "repeat": repeat,
            },
            measured,
        )

    def _scored(
        self, name: str, found: LoadedTestSet, cells: list[Cell]
    ) -> tuple[TestSetEntry, list[Cell]]:
        """Score a test set's cells and mark their errors."""
        testset = found.testset
        if self.store.get("testset", testset.content_hash) is None:
            self.store.put("testset", testset.content_hash, as_json(testset), {})
        outputs = [
            SystemOutput(cell.system, tuple(self.outputs[cell.system, name]))
            for cell in cells
            if cell.test_set == name and (cell.system, name) in self.outputs
        ]
        entry = TestSetEntry(
            name=name,
            content_hash=testset.content_hash,
            segments=len(testset),
            words=sum(len(text.split()) for text in testset.sources or ()),
            references=testset.reference_names,
            document_of_segment=testset.document_numbers()[1],
        )
        if not outputs:
            return entry, cells
        self.watcher.say(f"{name}: scoring {len(outputs)} systems")
        key, result = self.store.made(
            "score",
            {
                "test_set": [name, testset.content_hash],
                "outputs": [[each.name, each.content_hash] for each in outputs],
                "metrics": self.setting.metrics,
                "resamples": self.setting.resamples,
                "seed": self.setting.seed,
                "baseline": self.setting.baseline,
                "versions": machine.scoring_versions(),
                "code": code.scoring_code(),
            },
            lambda: scored(testset, outputs, self.setting),
        )
        marks = {}
        languages = testset.source_language or "de", testset.target_language or "en"
        if testset.sources is not None and languages == ("de", "en"):  # the checks' own
            marks = {each.name: self._analysed(found, each) for each in outputs}
            reference = testset.references[0]
            alone = SystemOutput(reference.name, reference.segments)
            marks[""] = self._analysed(found, alone)
        scores = scores_in(result, testset)
        return replace(
            entry,
            score_key=key,
            statistics=result["statistics"],
            analyse_key=marks.get("", ""),
        ), [
            replace(
                cell,
                scores=scores[cell.system],
                keys={**cell.keys, "analyse": marks.get(cell.system, "")},
            )
            if cell.test_set == name and cell.system in scores
            else cell
            for cell in cells
        ]

    def _analysed(self, found: LoadedTestSet, output: SystemOutput) -> str:
        key, _ = self.store.made(
            "analyse",
            {
                "test_set": found.testset.content_hash,
                "output": output.content_hash,
                "code": code.checking_code(),
            },
            lambda: analysed(found.testset, output.hypotheses),
        )
        return key


def _settings(system: SystemSetting) -> dict[str, Any]:
    """Return all that has a say in a translation; names have none."""
    names = {"name", "model"}
    return {key: value for key, value in asdict(system).items() if key not in names}
