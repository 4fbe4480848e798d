"""Scores of single segments and documents as files for other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from satzpaar.eval.tables import column_titles
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from satzpaar.eval.score import ScoreTable
    from satzpaar.eval.testset import SystemOutput, TestSet


def segments_file(
    path: Path, scores: ScoreTable, testset: TestSet, systems: Sequence[SystemOutput]
) -> bytes:
    """Make a TSV or JSONL file, by its suffix: a line a segment and system.

    Raises:
        UsageError: The suffix is another.
    """
    titles = column_titles(scores.columns)
    records: list[dict[str, Any]] = []
    for number in range(scores.segments):
        shared: dict[str, Any] = {"segment": number + 1}
        if testset.documents is not None:
            shared["document"] = testset.documents[number]
        if testset.sources is not None:
            shared["source"] = testset.sources[number]
        for reference in testset.references:
            shared[f"reference:{reference.name}"] = reference.segments[number]
        for place, system in enumerate(systems):
            values = {
                title: round(column.segments[place][number], 4)
                for title, column in zip(titles, scores.columns, strict=True)
                if column.scores[place] is not None
            }
            texts = {"system": system.name, "hypothesis": system.hypotheses[number]}
            records.append({**shared, **texts, **values})
    return _written(path, records)


def documents_file(path: Path, scores: ScoreTable) -> bytes:
    """Make a TSV or JSONL file, by its suffix: a line a document and system.

    Raises:
        UsageError: The suffix is another, or there are no document ids.
    """
    if not scores.documents:
        raise UsageError(
            f"{scores.testset} has no document ids; --document-ids gives them"
        )
    titles = column_titles(scores.columns)
    records: list[dict[str, Any]] = []
    for number, document in enumerate(scores.documents):
        for place, system in enumerate(scores.systems):
            values = {
                title: round(column.documents[place][number], 4)
                for title, column in zip(titles, scores.columns, strict=True)
                if column.scores[place] is not None
            }
            records.append({"document": document, "system": system.name, **values})
    return _written(path, records)


def check_suffix(path: Path) -> None:
    """Refuse a file whose suffix says no format that can be written.

    Raises:
        UsageError: It does not.
    """
    if path.suffix.lower() not in {".tsv", ".jsonl"}:
        raise UsageError(f"{path}: a file that ends in .tsv or .jsonl is expected")


def _written(path: Path, records: Sequence[dict[str, Any]]) -> bytes:
    check_suffix(path)
    stream = io.StringIO()
    if path.suffix.lower() == ".jsonl":
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
        return stream.getvalue().encode()
    header = list(dict.fromkeys(key for record in records for key in record))
    # Texts have neither tabs nor line ends worth keeping: no quoting, for `cut`.
    writer = csv.writer(
        stream, "excel-tab", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n"
    )
    writer.writerow(header)
    for record in records:
        writer.writerow([" ".join(str(record.get(key, "")).split()) for key in header])
    return stream.getvalue().encode()
