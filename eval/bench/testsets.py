"""The test sets of a benchmark, read as its configuration says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from satzpaar.eval.inputs import load_testset, read_lines
from satzpaar.eval.inputs.lines import check_order, documents_of
from satzpaar.eval.testset import Reference, SystemOutput, TestSet, check_systems
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from satzpaar.eval.bench.config import TestSetSetting


@dataclass(frozen=True, slots=True)
class LoadedTestSet:
    """A test set and the outputs that were given with it."""

    testset: TestSet
    given: tuple[SystemOutput, ...]


def loaded(setting: TestSetSetting) -> LoadedTestSet:
    """Read a test set, and the outputs of systems that are not run.

    Raises:
        InputError: A file is not what it has to be, or has another number of lines.
        UsageError: There is no such test set.
    """
    testset = _read(setting)
    own = {output.name: output for output in testset.systems}
    given = []
    for name in setting.own_outputs:
        if name not in own:
            there = ", ".join(own) or "none"
            raise InputError(
                setting.name, f"has no outputs of {name!r}; there are: {there}"
            )
        given.append(own[name])
    given += [
        SystemOutput(name, read_lines(path), place=str(path))
        for name, path in setting.outputs.items()
    ]
    if given:
        check_systems(testset, given)
    places = [reference.place for reference in testset.references]
    places += [output.place for output in given]
    check_order([*places, *([str(setting.source)] if setting.source else [])])
    testset = replace(testset, name=setting.name, systems=())
    if setting.limit is None:
        return LoadedTestSet(testset, tuple(given))
    return LoadedTestSet(
        _first(testset, setting.limit),
        tuple(
            replace(output, hypotheses=output.hypotheses[: setting.limit])
            for output in given
        ),
    )


def _read(setting: TestSetSetting) -> TestSet:
    if setting.source is None:
        return load_testset(setting.load)
    named = setting.documents
    return TestSet(
        name=setting.name,
        references=tuple(
            Reference(name, read_lines(path), place=str(path))
            for name, path in setting.references.items()
        ),
        sources=read_lines(setting.source),
        documents=documents_of(setting.source) if named is None else read_lines(named),
        source_language="de",
        target_language="en",
    )


def _first(testset: TestSet, limit: int) -> TestSet:
    return replace(
        testset,
        references=tuple(
            replace(reference, segments=reference.segments[:limit])
            for reference in testset.references
        ),
        sources=testset.sources[:limit] if testset.sources else None,
        documents=testset.documents[:limit] if testset.documents else None,
    )


def as_json(testset: TestSet) -> dict[str, Any]:
    """Return a test set's texts for the store; a report needs them again."""
    return {
        "sources": testset.sources,
        "references": {ref.name: ref.segments for ref in testset.references},
        "documents": testset.documents,
        "languages": [testset.source_language, testset.target_language],
    }


def testset_from(content: dict[str, Any], name: str) -> TestSet:
    """Return the test set that `as_json` wrote down."""
    source, target = content["languages"]
    return TestSet(
        name=name,
        references=tuple(
            Reference(reference, tuple(segments))
            for reference, segments in content["references"].items()
        ),
        sources=None if content["sources"] is None else tuple(content["sources"]),
        documents=None if content["documents"] is None else tuple(content["documents"]),
        source_language=source,
        target_language=target,
    )
