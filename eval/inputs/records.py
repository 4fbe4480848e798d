"""Test sets with everything of a segment in one line: TSV and JSONL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from satzpaar.eval.inputs.lines import lines_of, read_text
from satzpaar.eval.testset import Reference, SystemOutput, TestSet
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from satzpaar.eval.inputs import Languages

SOURCE: Final = {"source", "src"}
REFERENCE: Final = {"reference", "ref", "target"}
DOCUMENT: Final = {"document", "doc", "docid", "document_id"}
NAMED: Final = SOURCE | REFERENCE | DOCUMENT
IGNORED: Final = {"id", "line", "segment", "score"}

EXPECTED: Final = (
    "a first line with column names is expected: source, reference (or reference:A, "
    "reference:B), document; every other column is a system"
)


def read_tsv(path: Path, languages: Languages) -> TestSet:
    """Read columns apart by tabs, named by the first line.

    Two columns without names are sources and references.

    Raises:
        InputError: A line has too many or too few columns, or none is a reference.
    """
    rows = [line.split("\t") for line in lines_of(read_text(path))]
    header = [name.strip() for name in rows[0]]
    roles = [_role(name) for name in header]
    if "reference" in roles:
        rows = rows[1:]
        first = 2
    elif len(header) == 2:
        header, first = ["source", "reference"], 1
    else:
        raise InputError(path, EXPECTED, line=1)
    for number, row in enumerate(rows, start=first):
        if len(row) != len(header):
            found = "1 column" if len(row) == 1 else f"{len(row)} columns"
            raise InputError(path, f"{found}, {len(header)} are expected", line=number)
    columns = {
        name: tuple(row[i].strip() for row in rows) for i, name in enumerate(header)
    }
    if len(columns) != len(header):
        raise InputError(path, "two columns have one name", line=1)
    return _made(path, columns, languages)


def read_jsonl(path: Path, languages: Languages) -> TestSet:
    """Read an object a line.

    Its keys are those of TSV's columns; ``references`` and ``hypotheses`` may hold
    objects from name to text, ``references`` also a list.

    Raises:
        InputError: A line is no such object, or lacks what the first has.
    """
    columns: dict[str, list[str]] = {}
    count = 0
    for number, line in enumerate(lines_of(read_text(path)), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(path, f"no JSON: {error.msg}", line=number) from None
        if not isinstance(record, dict):
            raise InputError(path, "an object is expected", line=number)
        fields = dict(_fields(path, record, number))
        if not columns:
            columns = {name: [] for name in fields}
        for name in columns.keys() | fields.keys():
            if name not in columns or name not in fields:
                missing = "the first line" if name not in columns else "this line"
                raise InputError(path, f"{missing} lacks {name!r}", line=number)
            columns[name].append(fields[name])
        count += 1
    if not any(_role(name) == "reference" for name in columns):
        raise InputError(
            path, "no key is a reference; source, reference, document are expected"
        )
    return _made(path, {k: tuple(v) for k, v in columns.items()}, languages)


def _fields(path: Path, record: dict[str, Any], line: int) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if key in {"references", "hypotheses", "systems"}:
            prefix = "reference:" if key == "references" else ""
            if isinstance(value, list) and prefix:
                value = {str(i): text for i, text in enumerate(value, start=1)}
            if not isinstance(value, dict):
                raise InputError(
                    path,
                    f"{key!r} holds names and texts, expected an object",
                    line=line,
                )
            for name, text in value.items():
                yield prefix + name, _text(path, name, text, line)
        elif key in DOCUMENT and type(value) is int:
            yield key, str(value)
        elif key not in IGNORED and (isinstance(value, str) or key in NAMED):
            yield key, _text(path, key, value, line)


def _text(path: Path, key: str, value: object, line: int) -> str:
    if not isinstance(value, str):
        raise InputError(path, f"{key!r} holds no text", line=line)
    return " ".join(value.split())


def _role(name: str) -> str:
    plain = name.lower().partition(":")[0]
    if plain in SOURCE:
        return "source"
    if plain in REFERENCE:
        return "reference"
    if plain in DOCUMENT:
        return "document"
    return "other" if plain in IGNORED else "system"


def _made(
    path: Path, columns: dict[str, tuple[str, ...]], languages: Languages
) -> TestSet:
    by_role: dict[str, list[str]] = {}
    for name in columns:
        by_role.setdefault(_role(name), []).append(name)
    for role in ("source", "document"):
        if len(by_role.get(role, [])) > 1:
            raise InputError(path, f"two columns are the {role}: {by_role[role]}")
    references = [
        Reference(name.partition(":")[2] or name, columns[name], str(path))
        for name in by_role["reference"]
    ]
    systems = [
        SystemOutput(name, columns[name], place=f"{path}, column {name}")
        for name in by_role.get("system", [])
    ]
    sources = by_role.get("source")
    documents = by_role.get("document")
    return TestSet(
        name=path.stem,
        references=tuple(references),
        sources=columns[sources[0]] if sources else None,
        documents=columns[documents[0]] if documents else None,
        source_language=languages[0],
        target_language=languages[1],
        systems=tuple(systems),
    )
