"""Parquet: a unit a row, with all that is known of it; the extra `parquet`."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
from satzpaar.alignments.formats.names import language_of, places_of
from satzpaar.alignments.formats.options import STREAM, Wanted
from satzpaar.alignments.formats.streams import Stage, place_of
from satzpaar.translate.errors import InputError, SatzpaarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.alignments.formats.options import Reading, Write, Writing

ROWS: Final = 10_000  # of a row group, which is what is in memory at once

KNOWN_COLUMNS: Final = frozenset(
    {
        "id", "source", "target", "source_language", "target_language", "note",
        "created", "changed", "properties", "source_codes", "target_codes",
    }
)  # fmt: skip


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise SatzpaarError(
            "Parquet needs pyarrow, which is not installed: "
            "pip install 'satzpaar[parquet]'"
        ) from None
    return pyarrow, pyarrow.parquet


def _schema(arrow: Any) -> Any:
    text = arrow.string()
    date = arrow.timestamp("us", tz="UTC")
    properties = arrow.list_(arrow.struct([("name", text), ("value", text)]))
    codes = arrow.list_(
        arrow.struct(
            [
                ("position", arrow.int64()),
                ("kind", text),
                ("number", arrow.int64()),
                ("content", text),
            ]
        )
    )
    return arrow.schema(
        [
            ("id", text),
            ("source", text),
            ("target", text),
            ("source_language", text),
            ("target_language", text),
            ("note", text),
            ("created", date),
            ("changed", date),
            ("properties", properties),
            ("source_codes", codes),
            ("target_codes", codes),
        ]
    )


def read_parquet(path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
    """Yield a unit for each row, one row group being in memory at a time.

    Beside our own columns, those of others are read: the texts under their languages,
    or both in a struct ``translation``. Other columns with text or numbers are
    properties.
    """
    if str(path) == STREAM:
        raise UsageError("Parquet is read from its end: a file is expected, no stream")
    arrow, parquet = _library()
    path = Path(path)
    if not path.exists():
        raise InputError(path, "no such file")
    if path.is_dir():
        raise InputError(path, "is a folder, expected a bitext's file")
    try:
        with parquet.ParquetFile(path) as file:
            names = _columns(file.schema_arrow, path, how)
            wanted = Wanted(path, how)
            row = 0
            for batch in file.iter_batches(batch_size=ROWS):
                for content in batch.to_pylist():
                    row += 1
                    try:
                        unit = _unit(content, names, how, wanted)
                    except (KeyError, TypeError, ValueError, AttributeError) as error:
                        complaint = f"row {row} is no unit ({error})"
                        raise InputError(path, complaint) from None
                    if unit is not None:
                        yield unit
        wanted.check_end()
    except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError) as error:
        reason = " ".join(str(error).split())
        raise InputError(path, f"not Parquet, or damaged ({reason})") from None


def _columns(schema: Any, path: Path, how: Reading) -> tuple[str, str]:
    present = list(schema.names)
    if "translation" in present:
        kind = schema.field("translation").type
        present += [kind.field(i).name for i in range(getattr(kind, "num_fields", 0))]
    both = places_of(tuple(present), how.languages)
    if both is not None:
        return present[both[0]], present[both[1]]
    raise InputError(
        path,
        "columns source and target, or "
        f"{how.languages[0]} and {how.languages[1]}, are expected; it has "
        f"{', '.join(present)}",
    )


def _unit(
    content: dict[str, Any], names: tuple[str, str], how: Reading, wanted: Wanted
) -> TranslationUnit | None:
    if isinstance(content.get("translation"), dict):
        content = {**content, **content.pop("translation")}
    source, target = content[names[0]], content[names[1]]
    properties = [
        (item["name"], item["value"]) for item in content.get("properties") or []
    ]
    for name, value in content.items():
        if name in KNOWN_COLUMNS or name in names or value is None:
            continue
        if isinstance(value, (str, int, float)):
            properties.append((name, str(value)))
        else:
            how.losses["values that are neither text nor number"] += 1
    tags = wanted.tags(
        content.get("source_language") or how.source_language or language_of(names[0]),
        content.get("target_language") or how.target_language or language_of(names[1]),
    )
    if tags is None:
        return None
    return TranslationUnit(
        Variant(
            source or "",
            tags[0],
            _codes(content.get("source_codes")),
        ),
        Variant(
            target or "",
            tags[1],
            _codes(content.get("target_codes")),
        ),
        id=None if content.get("id") is None else str(content["id"]),
        properties=tuple(properties),
        note=content.get("note"),
        created=_date(content.get("created")),
        changed=_date(content.get("changed")),
    )


def _codes(codes: list[dict[str, Any]] | None) -> tuple[Code, ...]:
    return tuple(Code(**code) for code in codes or ())


def _date(date: datetime | None) -> datetime | None:
    if date is None or date.tzinfo is not None:
        return date
    return date.replace(tzinfo=UTC)


@contextmanager
def open_writer(path: Path | str, how: Writing) -> Iterator[Write]:
    """Open a Parquet file for units; they are written by row groups."""
    arrow, parquet = _library()
    schema = _schema(arrow)
    place = place_of(path, writing=True)
    rows: list[dict[str, Any]] = []

    def flush() -> None:
        try:
            table = arrow.Table.from_pylist(rows, schema=schema)
        except UnicodeEncodeError:
            complaint = "half a surrogate pair, which Parquet cannot hold"
            raise InputError(place, complaint) from None
        file.write_table(table)
        rows.clear()

    def write(unit: TranslationUnit) -> None:
        rows.append(_row(unit, how))
        if len(rows) >= ROWS:
            flush()

    with Stage() as stage:
        stream = stage.open(path)
        with parquet.ParquetWriter(stream, schema, compression="zstd") as file:
            yield write
            flush()


def _row(unit: TranslationUnit, how: Writing) -> dict[str, Any]:
    return {
        "id": unit.id,
        "source": unit.source.text,
        "target": unit.target.text,
        "source_language": how.source_language or unit.source.language,
        "target_language": how.target_language or unit.target.language,
        "note": unit.note,
        "created": unit.created,
        "changed": unit.changed,
        "properties": [{"name": n, "value": v} for n, v in unit.properties],
        "source_codes": [_code(code) for code in unit.source.codes],
        "target_codes": [_code(code) for code in unit.target.codes],
    }


def _code(code: Code) -> dict[str, object]:
    return {
        "position": code.position,
        "kind": code.kind,
        "number": code.number,
        "content": code.content,
    }
