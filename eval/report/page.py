"""The report as one HTML file: tables made here, the rest drawn by its script.

The page asks for nothing: style, script and data stand in it, and its content security
policy lets the browser fetch nothing else and run no other script.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from satzpaar.eval.report.payload import payload
from satzpaar.eval.report.tables import MISSING, system_table
from satzpaar.translate.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from satzpaar.eval.report.data import Measure, ReportData, Section
    from satzpaar.eval.report.tables import Entry, Row, Table

# In the order in which they need one another.
SCRIPTS: Final = (
    "dom",
    "tables",
    "scales",
    "pareto",
    "matrix",
    "classes",
    "traits",
    "diff",
    "segments",
    "history",
    "main",
)


def write_report(path: Path, data: ReportData) -> None:
    """Write the report as one HTML file.

    Raises:
        InputError: The file cannot be written; an old one is as it was.
    """
    write_atomically(path, report_page(data).encode(), make_folders=True)


def report_page(data: ReportData) -> str:
    """Return the whole page as HTML."""
    style = _asset("page.css")
    script = (
        '(() => {\n"use strict";\n'
        + "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
        + "})();"
    )
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_source_hash(style)}'; script-src '{_source_hash(script)}'"
    )
    created = f", {data.created[:16].replace('T', ' ')}" if data.created else ""
    slots = {
        "policy": policy,
        "title": _text(data.title),
        "created": _text(created),
        "verdict": "".join(
            f"<p>{_text(line)}</p>" for line in data.verdict.splitlines()
        ),
        "notes": _notes(data.notes),
        "choice": _choice(data),
        "sections": "\n".join(
            _section(number, section, data)
            for number, section in enumerate(data.sections)
        ),
        "provenance": _provenance(data),
        "style": style,
        "script": script,
        "data": payload(data),
    }
    # Half a surrogate pair cannot be written in any encoding.
    return _filled("page.html", slots).encode(errors="replace").decode()


def _filled(name: str, slots: dict[str, str]) -> str:
    # In one pass, so that what is put in is not searched for slots again.
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: slots[slot[1]], _asset(name))


def _asset(name: str) -> str:
    return (files("satzpaar.eval.report") / "assets" / name).read_text(encoding="utf-8")


def _source_hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _text(text: str) -> str:
    return html.escape(text)


def _own_notes(section: Section, data: ReportData) -> list[str]:
    """Leave out what is said above: by the whole report, or by the verdict."""
    said = "no verdict"
    return [
        note
        for note in section.notes
        if note not in data.notes
        and not (
            note.lower().startswith(said) and section.verdict.lower().startswith(said)
        )
    ]


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    items = "".join(f"<li>{_text(note)}</li>" for note in notes)
    return f'<ul class="note">{items}</ul>'


def _choice(data: ReportData) -> str:
    if len(data.sections) == 1:
        return ""
    tabs = "".join(
        f'<button type="button" role="tab" id="tab-{number}" '
        f'aria-controls="set-{number}" aria-selected="{str(not number).lower()}">'
        f"{_text(section.name)}</button>"
        for number, section in enumerate(data.sections)
    )
    return f'<div class="tabs" role="tablist" aria-label="Test set">{tabs}</div>'


def _section(place: int, section: Section, data: ReportData) -> str:
    role = ""
    if len(data.sections) > 1:
        role = f' role="tabpanel" aria-labelledby="tab-{place}"'
    verdict = ""
    if section.verdict not in {"", data.verdict}:
        verdict = f'<p class="set-verdict">{_text(section.verdict)}</p>'
    facts = " · ".join(f"{_text(name)} {_text(value)}" for name, value in section.facts)
    slots = {
        "place": str(place),
        "role": role,
        "name": _text(section.name),
        "facts": facts,
        "verdict": verdict,
        "notes": _notes(_own_notes(section, data)),
        "systems": _systems(section),
        "level": "" if section.alpha is None else f" at the {section.alpha:.4g} level",
    }
    return _filled("section.html", slots)


def _systems(section: Section) -> str:
    table = system_table(section)
    heads = "".join(
        _head(number, measure, table) for number, measure in enumerate(table.measures)
    )
    kinds = [measure.kind for measure in table.measures]
    groups = ""
    if "cost" in kinds and "quality" in kinds:
        groups = (
            '<tr><th class="corner"></th>'
            f'<th class="group" scope="colgroup" colspan="{kinds.count("quality")}">'
            "Quality</th>"
            f'<th class="group" scope="colgroup" colspan="{kinds.count("cost")}">'
            "Cost</th></tr>"
        )
    rows = "\n".join(_row(row, table) for row in table.rows)
    signatures = "".join(
        f"<li>{_text(measure.label)}: <code>{_text(measure.signature)}</code></li>"
        for measure in table.measures
        if measure.signature
    )
    marked = {
        measure.kind
        for place, measure in enumerate(table.measures)
        if any(row.entries[place].best for row in table.rows)
    }
    hints = []
    if "quality" in marked:
        hints.append("★ the best score of its column, or not told apart from it.")
    if "cost" in marked:
        hints.append("★ of a cost: the best figure.")
    spreads = {
        measure.spread
        for place, measure in enumerate(table.measures)
        if any(row.entries[place].spread for row in table.rows)
    }
    if "interval" in spreads:
        hints.append("Below a score: its 95 % interval.")
    if "quartiles" in spreads:
        hints.append(
            "Below a cost: the quartiles of its repeats; the value is the median."
        )
    slots = {
        "hints": _text(" ".join(hints)),
        "groups": groups,
        "heads": heads,
        "rows": rows,
        "signatures": signatures,
    }
    return _filled("systems.html", slots)


def _head(place: int, measure: Measure, table: Table) -> str:
    first = "descending" if measure.better == "higher" else "ascending"
    starts = ' class="starts"' if _starts(place, table) else ""
    now = f' aria-sort="{first}"' if place == 0 else ""
    unit = f'<span class="unit">{_text(measure.unit)}</span>' if measure.unit else ""
    return (
        f'<th scope="col"{starts} data-column="{_text(measure.key)}" '
        f'data-kind="number" data-first="{first}"{now}>'
        f'<button type="button" class="sort">{_text(measure.label)}</button>'
        f"{unit}</th>\n"
    )


def _starts(place: int, table: Table) -> bool:
    """Say whether the costs begin with this column."""
    kinds = [measure.kind for measure in table.measures]
    return place > 0 and kinds[place] != kinds[place - 1]


def _row(row: Row, table: Table) -> str:
    system = row.system
    details = " · ".join(f"{name} {value}" for name, value in system.details)
    tag = ' <span class="tag">baseline</span>' if system.baseline else ""
    named = (
        f'<th scope="row" data-at="name" data-sort="{_text(system.name)}">'
        f'{_text(system.name)}{tag}<span class="details">{_text(details)}</span></th>'
    )
    if system.error and not system.figures:
        width = max(len(table.measures), 1)
        return (
            f'<tr>{named}<td class="error" colspan="{width}">'
            f"<span>{_text(system.error)}</span></td></tr>"
        )
    cells = "".join(
        _cell(entry, measure, starts=_starts(place, table))
        for place, (entry, measure) in enumerate(
            zip(row.entries, table.measures, strict=True)
        )
    )
    return f"<tr>{named}{cells}</tr>"


def _cell(entry: Entry, measure: Measure, *, starts: bool) -> str:
    wanted = (
        ("missing", entry.value is None),
        ("best", entry.best),
        ("starts", starts),
    )
    classes = " ".join(name for name, applies in wanted if applies)
    if entry.value is None:
        return f'<td class="{classes}" data-at="{_text(measure.key)}">{MISSING}</td>'
    spread = f'<span class="spread">{entry.spread}</span>' if entry.spread else ""
    return (
        f'<td class="{classes}" data-at="{_text(measure.key)}" '
        f'data-sort="{entry.value!r}"><span class="value">{entry.text}</span>'
        f"{spread}</td>"
    )


def _provenance(data: ReportData) -> str:
    if not data.provenance:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{_text(name)}</th><td>{_text(value)}</td></tr>'
        for name, value in data.provenance
    )
    return (
        '<section class="part"><h2>How this was made</h2>'
        f'<table class="provenance"><tbody>{rows}</tbody></table></section>'
    )
