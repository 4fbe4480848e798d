"""JSONL: a unit a line, with all that is known of it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
from satzpaar.alignments.formats.names import language_of, places_of
from satzpaar.alignments.formats.options import Wanted
from satzpaar.alignments.formats.streams import Stage, lines, place_of
from satzpaar.alignments.tmx.dates import parsed_date
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from satzpaar.alignments.formats.options import Reading, Write, Writing

LONGEST_LINE: Final = 20_000_000  # bytes; escapes make six of one

MOST_KEYS_NAMED: Final = 10  # in a message

KNOWN_KEYS: Final = frozenset(
    {
        "id", "source", "target", "source_language", "target_language", "note",
        "created", "changed", "properties", "source_codes", "target_codes",
    }
)  # fmt: skip


def read_jsonl(path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
    """Yield a unit for each line that is not blank.

    Beside our own keys, those of others are read: the texts under their languages
    (``{"de": …, "en": …}``), or both in an object ``translation``. Other keys with a
    string or a number are properties.
    """
    place = place_of(path)
    wanted = Wanted(place, how)
    for number, line in lines(path, longest=LONGEST_LINE):
        if not line.strip():
            continue
        try:
            content = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(place, f"not JSON ({error})", line=number) from None
        try:
            unit = _unit(content, how, wanted)
        except _UnitError as error:
            raise InputError(place, str(error), line=number) from None
        if unit is not None:
            yield unit
    wanted.check_end()


class _UnitError(Exception):
    """A line is JSON, but no unit."""


def _unit(content: object, how: Reading, wanted: Wanted) -> TranslationUnit | None:
    if isinstance(content, dict) and isinstance(content.get("translation"), dict):
        content = {
            **{key: content[key] for key in content if key != "translation"},
            **content["translation"],
        }
    if not isinstance(content, dict):
        raise _UnitError("a JSON object is expected")
    languages = how.languages
    keys = tuple(content)
    both = places_of(keys, languages)
    if both is None:
        expected = " or ".join(
            f'"{source}", "{target}"'
            for source, target in (languages, ("source", "target"))
        )
        found = ", ".join(f'"{key}"' for key in keys[:MOST_KEYS_NAMED]) or "none"
        raise _UnitError(f"keys {expected} are expected; it has {found}")
    source_key, target_key = keys[both[0]], keys[both[1]]
    source, target = content[source_key], content[target_key]
    if not isinstance(source, str) or not isinstance(target, str):
        raise _UnitError("source and target must be strings")
    properties = _properties(content.get("properties", {}))
    for key, value in content.items():
        if key in KNOWN_KEYS or key in {source_key, target_key}:
            continue
        if isinstance(value, (str, int, float)):
            said = value if isinstance(value, str) else json.dumps(value)
            properties.append((key, said))
        elif value is not None:
            how.losses["values that are neither text nor number"] += 1
    tags = wanted.tags(
        _text(content, "source_language")
        or how.source_language
        or language_of(source_key),
        _text(content, "target_language")
        or how.target_language
        or language_of(target_key),
    )
    if tags is None:
        return None
    return TranslationUnit(
        _variant(source, tags[0], content.get("source_codes", [])),
        _variant(target, tags[1], content.get("target_codes", [])),
        id=_id(content),
        properties=tuple(properties),
        note=_text(content, "note"),
        created=_date(content, "created"),
        changed=_date(content, "changed"),
    )


def _text(content: dict[str, Any], key: str) -> str | None:
    value = content.get(key)
    if value is not None and not isinstance(value, str):
        raise _UnitError(f'"{key}" must be a string')
    return value


def _id(content: dict[str, Any]) -> str | None:
    value = content.get("id")
    return str(value) if isinstance(value, int) else _text(content, "id")


def _date(content: dict[str, Any], key: str) -> datetime | None:
    text = _text(content, key)
    if text is None:
        return None
    date = parsed_date(text)
    if date is None:
        raise _UnitError(f'"{key}" must be a date such as 2026-01-24T10:30:00Z')
    return date


def _properties(content: object) -> list[tuple[str, str]]:
    pairs = list(content.items()) if isinstance(content, dict) else content
    if not isinstance(pairs, list) or not all(
        isinstance(pair, (list, tuple))
        and len(pair) == 2
        and all(isinstance(part, str) for part in pair)
        for pair in pairs
    ):
        raise _UnitError('"properties" must be an object of strings, or pairs of them')
    return [(name, value) for name, value in pairs]


def _variant(text: str, language: str, codes: object) -> Variant:
    try:
        if not isinstance(codes, list):
            raise _UnitError("codes must be a list")
        return Variant(text, language, tuple(_code(code) for code in codes))
    except (KeyError, TypeError, ValueError) as error:
        raise _UnitError(f"not the codes of this text ({error})") from None


def _code(content: dict[str, Any]) -> Code:
    position, kind, number, written = (
        content[key] for key in ("position", "kind", "number", "content")
    )
    if kind not in {"open", "close", "alone"} or not isinstance(written, str):
        raise ValueError(f"{kind!r}, {written!r}")
    return Code(int(position), kind, int(number), written)


@contextmanager
def open_writer(path: Path | str, how: Writing) -> Iterator[Write]:
    """Open a JSONL file for units; what a unit has not is not written."""

    def write(unit: TranslationUnit) -> None:
        line = json.dumps(
            _content(unit, how), ensure_ascii=False, separators=(",", ":")
        )
        try:
            data = line.encode()
        except UnicodeEncodeError:  # half a surrogate pair; JSON can write it
            data = json.dumps(_content(unit, how), separators=(",", ":")).encode()
        stream.write(data + b"\n")

    with Stage() as stage:
        stream = stage.open(path)
        yield write


def _content(unit: TranslationUnit, how: Writing) -> dict[str, object]:
    names = [name for name, _ in unit.properties]
    content: dict[str, object] = {
        "id": unit.id,
        "source": unit.source.text,
        "target": unit.target.text,
        "source_language": how.source_language or unit.source.language,
        "target_language": how.target_language or unit.target.language,
        "note": unit.note,
        "created": _written_date(unit.created),
        "changed": _written_date(unit.changed),
        # An object can hold each name only once.
        "properties": dict(unit.properties)
        if len(set(names)) == len(names)
        else unit.properties,
        "source_codes": [_written_code(code) for code in unit.source.codes],
        "target_codes": [_written_code(code) for code in unit.target.codes],
    }
    kept = {"source", "target"}
    return {
        key: value
        for key, value in content.items()
        if key in kept or value or (key in {"id", "note"} and value is not None)
    }


def _written_code(code: Code) -> dict[str, object]:
    return {
        "position": code.position,
        "kind": code.kind,
        "number": code.number,
        "content": code.content,
    }


def _written_date(date: datetime | None) -> str | None:
    if date is None:
        return None
    text = date.isoformat()
    return text.replace("+00:00", "Z") if date.tzinfo is UTC else text
