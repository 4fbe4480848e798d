"""The table of systems: worked out once, written as Markdown, LaTeX, JSON and HTML."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from satzpaar.translate.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from satzpaar.eval.report.data import (
        Figure,
        Measure,
        ReportData,
        Section,
        SystemReport,
    )

MISSING: Final = "–"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the table, in words."""

    value: float | None  # None: missing
    text: str
    spread: str = ""  # "27.1 to 28.9"
    best: bool = False  # as `_best_systems` has it


@dataclass(frozen=True, slots=True)
class Row:
    """A system with one entry a column."""

    system: SystemReport
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The systems of a test set by its measures, quality first."""

    section: Section
    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]


def system_table(section: Section) -> Table:
    """Lay out a section's systems, the best first by the first measure of quality.

    Measures without any figure are left out; systems without figures come last.
    """
    measured = [
        measure
        for kind in ("quality", "cost")
        for measure in section.measures
        if measure.kind == kind
        and any(measure.key in system.figures for system in section.systems)
    ]
    best = {measure.key: _best_systems(section, measure) for measure in measured}

    def rank(system: SystemReport) -> tuple[bool, float]:
        figure = system.figures.get(measured[0].key) if measured else None
        if figure is None:
            return True, 0.0
        return False, figure.value * (-1 if measured[0].better == "higher" else 1)

    rows = [
        Row(
            system,
            tuple(
                _entry(
                    system.figures.get(measure.key),
                    measure,
                    best=system.name in best[measure.key],
                )
                for measure in measured
            ),
        )
        for system in sorted(section.systems, key=rank)
    ]
    return Table(section, tuple(measured), tuple(rows))


def _best_systems(section: Section, measure: Measure) -> set[str]:
    """Return the best system and those that no test tells apart from it.

    Nobody is best by a score if somebody was not tested against the best, or nobody is
    told apart from it: a mark says that those without one are worse. Costs are not
    tested; a mark is only the best figure there.
    """
    values = {
        system.name: system.figures[measure.key].value
        for system in section.systems
        if measure.key in system.figures
    }
    if len(values) < 2:
        return set()
    top = (max if measure.better == "higher" else min)(values.values())
    first = {name for name, value in values.items() if value == top}
    best, worse = set(first), set[str]()
    for pair in section.comparisons:
        names = {pair.first, pair.second}
        if pair.measure == measure.key and names & first:
            if pair.significant:
                worse |= names - first
            elif pair.significant is False:
                best |= names - first
    untested = values.keys() - best - worse
    if len(best) == len(values) or (measure.kind == "quality" and untested):
        return set()
    return best


def _entry(figure: Figure | None, measure: Measure, *, best: bool) -> Entry:
    if figure is None:
        return Entry(None, MISSING)
    spread = ""
    if figure.low is not None and figure.high is not None:
        low, high = number(figure.low, measure), number(figure.high, measure)
        spread = f"{low} to {high}" if low != high else ""
    return Entry(figure.value, number(figure.value, measure), spread, best)


def number(value: float, measure: Measure) -> str:
    """Write a value as its column does.

    >>> from satzpaar.eval.report.data import Measure
    >>> number(-1234.56, Measure("x", "X"))
    '−1,234.6'
    """
    text = f"{value:,.{measure.digits}f}"
    if not re.search("[1-9]", text):
        text = text.removeprefix("-")
    return text.replace("-", "−")


def head(measure: Measure) -> str:
    """Name a column with its unit."""
    return f"{measure.label}, {measure.unit}" if measure.unit else measure.label


def markdown_tables(data: ReportData) -> str:
    """Write the tables of all sections as Markdown, with signatures below each."""
    parts = [f"# {_markdown(data.title)}"]
    parts += [_markdown(line) for line in data.verdict.splitlines()]
    parts += [f"> {_markdown(note)}" for note in data.notes]
    for section in data.sections:
        table = system_table(section)
        lines = [f"## {_markdown(section.name)}", ""]
        if section.verdict:
            lines += [_markdown(section.verdict), ""]
        for note in section.notes:
            lines += [f"> {_markdown(note)}", ""]
        heads = ["System", *(head(measure) for measure in table.measures)]
        lines.append("| " + " | ".join(map(_markdown, heads)) + " |")
        lines.append("|---|" + "--:|" * len(table.measures))
        for row in table.rows:
            cells = [_markdown(row.system.name)]
            cells += [
                (f"**{e.text}**" if e.best else e.text)
                + (f" ({e.spread})" if e.spread else "")
                for e in row.entries
            ]
            lines.append("| " + " | ".join(cells) + " |")
        lines += [
            f"\n{_markdown(row.system.name)}: {_markdown(row.system.error)}"
            for row in table.rows
            if row.system.error
        ]
        signatures = [
            f"- {measure.label}: `{measure.signature}`"
            for measure in table.measures
            if measure.signature
        ]
        parts.append("\n".join(lines))
        if signatures:
            parts.append("\n".join(signatures))
    return "\n\n".join(parts) + "\n"


def latex_tables(data: ReportData) -> str:
    """Write the tables of all sections as LaTeX; needs the package booktabs."""
    parts = ["% needs \\usepackage{booktabs}"]
    for section in data.sections:
        table = system_table(section)
        lines = [
            "\\begin{table}",
            "\\centering",
            "\\begin{tabular}{l" + "r" * len(table.measures) + "}",
            "\\toprule",
            " & ".join(
                ["System", *(_latex(head(measure)) for measure in table.measures)]
            )
            + " \\\\",
            "\\midrule",
        ]
        for row in table.rows:
            cells = [_latex(row.system.name)]
            cells += [
                f"\\textbf{{{_latex(e.text)}}}" if e.best else _latex(e.text)
                for e in row.entries
            ]
            lines.append(" & ".join(cells) + " \\\\")
        signatures = "; ".join(
            f"{measure.label}: {measure.signature}"
            for measure in table.measures
            if measure.signature
        )
        caption = f"{section.name}. {section.verdict} {signatures}".strip()
        lines += [
            "\\bottomrule",
            "\\end{tabular}",
            f"\\caption{{{_latex(caption)}}}",
            "\\end{table}",
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def json_tables(data: ReportData) -> str:
    """Write all figures and comparisons as JSON; missing ones are not in it."""
    content: dict[str, Any] = {
        "title": data.title,
        "verdict": data.verdict,
        "created": data.created,
        "notes": list(data.notes),
        "provenance": dict(data.provenance),
        "sections": [
            {
                "name": section.name,
                "verdict": section.verdict,
                "notes": list(section.notes),
                "facts": dict(section.facts),
                "measures": [asdict(measure) for measure in section.measures],
                "systems": [
                    {
                        "name": system.name,
                        "details": dict(system.details),
                        "error": system.error,
                        "figures": {
                            key: _without_none(asdict(figure))
                            for key, figure in system.figures.items()
                        },
                    }
                    for system in section.systems
                ],
                "comparisons": [
                    _without_none(asdict(pair)) for pair in section.comparisons
                ],
            }
            for section in data.sections
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


TABLE_WRITERS: Final[dict[str, Callable[[ReportData], str]]] = {
    "md": markdown_tables,
    "tex": latex_tables,
    "json": json_tables,
}


def write_tables(folder: Path, data: ReportData) -> list[Path]:
    """Write ``tables.md``, ``tables.tex`` and ``tables.json`` into *folder*.

    Raises:
        InputError: A file cannot be written.
    """
    paths = []
    for suffix, writer in TABLE_WRITERS.items():
        path = folder / f"tables.{suffix}"
        write_atomically(path, writer(data).encode(errors="replace"), make_folders=True)
        paths.append(path)
    return paths


def _without_none(items: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in items.items() if value is not None}


def _markdown(text: str) -> str:
    r"""Keep a text from being markup.

    >>> _markdown("a|b_c <i>")
    'a\\|b\\_c \\<i>'
    """
    return re.sub(r"([\\`*_\[\]<|#])", r"\\\1", " ".join(text.split()))


_LATEX_SIGNS: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "−": "$-$",
    "–": "--",
    "…": r"\ldots{}",
    "→": r"$\rightarrow$",
    # In LaTeX's usual encoding of fonts these three print as other signs. A signature
    # has no space: without a break at its bars it would leave the page.
    "|": r"\textbar\allowbreak{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
} | {sign: f"\\{sign}" for sign in "&%$#_{}"}


def _latex(text: str) -> str:
    r"""Keep a text from being markup.

    >>> _latex("a_b 5 %")
    'a\\_b 5 \\%'
    """
    return "".join(_LATEX_SIGNS.get(sign, sign) for sign in " ".join(text.split()))
