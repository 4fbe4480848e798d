"""TSV: a unit a line, source and target in two columns, more of them under a header."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.formats.names import by_role, language_of, places_of
from satzpaar.alignments.formats.options import (
    Pair,
    Reading,
    count_losses,
    without_halves,
)
from satzpaar.alignments.formats.streams import Stage, lines, place_of
from satzpaar.alignments.tmx.dates import parsed_date
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from satzpaar.alignments.formats.options import Write, Writing

# Columns that are no properties. Of the two texts the languages are the names.
KNOWN_COLUMNS: Final = ("id", "created", "changed", "note")
LOOKED_AT: Final = 1000  # units whose properties become columns: a file has few names

BREAK: Final = re.compile("\r\n|[\t\n\r]")
ESCAPES: Final = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"}
TO_ESCAPE: Final = re.compile(r"[\t\n\r\\]")
UNESCAPES: Final = {sign[1]: plain for plain, sign in ESCAPES.items()}
ESCAPED: Final = re.compile(r"\\([tnr\\])")


def read_tsv(path: Path | str, how: Reading) -> Iterator[TranslationUnit]:
    """Yield a unit for each line that is not blank.

    A first line that names both languages, or ``source`` and ``target``, as `names`
    knows them, is a header: columns ``id``, ``created``, ``changed`` and ``note`` are
    taken as that, the others as properties. Without it the columns are two, or those
    that *how* says, under a header or not.

    Raises:
        InputError: A line has other columns, or the header is in quotes, as tables are
            written whose fields are not what they read.
    """
    place = place_of(path)
    numbered = lines(path)
    source_language, target_language = how.languages
    columns: _Columns | None = None
    for number, line in numbered:
        if number == 1 and how.header is not False:
            _check_unquoted(line.split("\t"), how, place)
        if number == 1 and how.header is not False and how.columns is None:
            columns = _header(line.split("\t"), how)
            if columns is not None:
                if how.source_language is None and columns.source_language:
                    source_language = columns.source_language
                if how.target_language is None and columns.target_language:
                    target_language = columns.target_language
                continue
        if number == 1 and how.header:
            raise InputError(
                place,
                "a header is expected that names both languages, or source and target",
                line=number,
            )
        if not line.strip():
            continue
        fields = line.split("\t")
        if number == 1 and how.header is not False and _are_names(fields, how):
            continue
        if how.escapes:
            fields = [_unescaped(field) for field in fields]
        if columns is not None:
            yield columns.unit(
                fields, (source_language, target_language), how, place, number
            )
            continue
        first, second = _chosen(fields, how, place, number)
        yield TranslationUnit(
            Variant(fields[first], source_language),
            Variant(fields[second], target_language),
        )


def _chosen(
    fields: Sequence[str], how: Reading, place: Path | str, number: int
) -> tuple[int, int]:
    """Return where source and target are, from 0."""
    columns = how.columns
    if columns is None and len(fields) != 2:
        if len(fields) == 1:
            found = "one column, but two are expected: source, a tab, target"
            if ";" in fields[0]:
                found += "; a semicolon parts none"
        else:
            who = (
                "--columns says"
                if how.header is False
                else "a first line that names them (source, target), or --columns in a "
                "command that has it, says"
            )
            found = (
                f"{len(fields)} columns, but source and target are expected; {who} "
                "which they are"
            )
        raise InputError(place, found, line=number)
    first, second = columns or (1, 2)
    if max(first, second) > len(fields):
        raise InputError(
            place,
            f"{len(fields)} columns, but column {max(first, second)} is wanted",
            line=number,
        )
    return first - 1, second - 1


class _Columns:
    """The columns of a file with a header."""

    def __init__(self, names: list[str], source: int, target: int) -> None:
        self._names = names
        self._source = source
        self._target = target

    @property
    def source_language(self) -> str | None:
        """What the header calls the source, if that is a language."""
        return language_of(self._names[self._source])

    @property
    def target_language(self) -> str | None:
        """What the header calls the target, if that is a language."""
        return language_of(self._names[self._target])

    def unit(
        self,
        fields: list[str],
        languages: tuple[str, str],
        how: Reading,
        place: Path | str,
        number: int,
    ) -> TranslationUnit:
        """Make a line a unit; an empty field is none."""
        if len(fields) != len(self._names):
            raise InputError(
                place,
                f"{len(fields)} columns, but the header names {len(self._names)}",
                line=number,
            )
        known: dict[str, str] = {}
        properties: list[tuple[str, str]] = []
        for index, (name, field) in enumerate(zip(self._names, fields, strict=True)):
            if index in {self._source, self._target} or not field:
                continue
            if name in KNOWN_COLUMNS and name not in known:
                known[name] = field
            else:
                properties.append((name, field))
        return TranslationUnit(
            Variant(fields[self._source], languages[0]),
            Variant(fields[self._target], languages[1]),
            id=known.get("id"),
            properties=tuple(properties),
            note=known.get("note"),
            created=_date(known.get("created"), how),
            changed=_date(known.get("changed"), how),
        )


def _date(text: str | None, how: Reading) -> datetime | None:
    if text is None:
        return None
    date = parsed_date(text)
    if date is None:
        how.losses["unreadable dates"] += 1
    return date


def _header(names: list[str], how: Reading) -> _Columns | None:
    """Return what a first line says of the columns, or None if it is no header."""
    named = [name.strip() for name in names]
    if how.header and len(named) > 1 and how.source_language is None:
        # Whoever says that there is a header need not say the languages, too.
        texts = [i for i, name in enumerate(named) if name not in KNOWN_COLUMNS]
        places = by_role(named) or tuple(texts[:2])
        return _Columns(named, *places) if len(places) == 2 else None
    both = places_of(tuple(named), how.languages)
    return None if both is None else _Columns(named, *both)


def _are_names(fields: Sequence[str], how: Reading) -> bool:
    """Say whether the chosen columns of a first line are the names of both sides."""
    if how.columns is None or max(how.columns) > len(fields):
        return False
    chosen = tuple(fields[column - 1] for column in how.columns)
    return places_of(chosen, how.languages) is not None


def _check_unquoted(names: Sequence[str], how: Reading, place: Path | str) -> None:
    """Refuse a header in quotes: those around the texts would become part of them.

    Raises:
        InputError: The first line is one.
    """
    bare = [name.strip() for name in names]
    if not all(len(name) > 2 and name[0] == name[-1] == '"' for name in bare):
        return
    if places_of(tuple(name[1:-1] for name in bare), how.languages) is not None:
        raise InputError(
            place,
            "the fields are in quotes, which would be part of the texts; a file without"
            " them is expected",
            line=1,
        )


@contextmanager
def open_writer(path: Path | str, how: Writing) -> Iterator[Write]:
    """Open a TSV file for units, with or without a header."""
    with Stage() as stage:
        writer = _Writer(stage.open(path), how, place_of(path, writing=True))
        yield writer.write
        writer.finish()


class _Writer:
    """Writes lines, after it has seen which properties there are."""

    def __init__(self, stream: BinaryIO, how: Writing, place: Path | str) -> None:
        self._stream = stream
        self._how = how
        self._losses = how.losses
        self._pair = Pair(place, how)
        self._waiting: list[TranslationUnit] = []
        self._properties: list[str] | None = None if how.header else []

    def write(self, unit: TranslationUnit) -> None:
        """Write one unit, or keep it until the header is known."""
        self._pair.check(unit)
        if self._properties is not None:
            self._write(unit)
            return
        self._waiting.append(unit)
        if len(self._waiting) >= LOOKED_AT:
            self._write_header()

    def finish(self) -> None:
        """Write what waits."""
        if self._properties is None:
            self._write_header()

    def _write_header(self) -> None:
        names = {name: 0 for unit in self._waiting for name, _ in unit.properties}
        reserved = {*KNOWN_COLUMNS, *self._pair.tags, "source", "target", ""}
        self._properties = [
            name for name in names if name not in reserved and not BREAK.search(name)
        ]
        self._line([*self._pair.tags, *KNOWN_COLUMNS, *self._properties])
        for unit in self._waiting:
            self._write(unit)
        self._waiting.clear()

    def _write(self, unit: TranslationUnit) -> None:
        texts = [unit.source.plain(), unit.target.plain()]
        if not self._how.header:
            count_losses(unit, self._losses)
            self._line(texts)
            return
        assert self._properties is not None
        count_losses(
            unit, self._losses, keeps=frozenset({"ids", "notes", "dates", "properties"})
        )
        values: dict[str, str] = {}
        for name, value in unit.properties:
            if name in values or name not in self._properties:
                self._losses["properties"] += 1
            else:
                values[name] = value
        dates = (
            date.isoformat() if date is not None else ""
            for date in (unit.created, unit.changed)
        )
        properties = (values.get(name, "") for name in self._properties)
        self._line([*texts, unit.id or "", *dates, unit.note or "", *properties])

    def _line(self, fields: Sequence[str]) -> None:
        self._stream.write(("\t".join(map(self._field, fields)) + "\n").encode())

    def _field(self, text: str) -> str:
        text = without_halves(text, self._losses)
        if self._how.escapes:
            return TO_ESCAPE.sub(lambda found: ESCAPES[found[0]], text)
        if BREAK.search(text):
            text, count = BREAK.subn(" ", text)
            self._losses["tabs and line ends, written as spaces"] += count
        return text


def _unescaped(field: str) -> str:
    return ESCAPED.sub(lambda found: UNESCAPES[found[1]], field)
