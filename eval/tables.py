"""Results as tables: for the terminal, in Markdown, in LaTeX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from satzpaar.eval.compare import Comparison, MetricComparison
    from satzpaar.eval.score import Column, ScoreTable

Style = Literal["text", "markdown", "latex"]

GAP: Final = "  "  # between columns of text


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of text; all columns but the *names* first ones stand to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 1

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("each row has a cell under each header")


def rendered(table: Table, style: Style, *, width: int | None = None) -> str:
    """Write a table; the last line has no line end.

    Args:
        table: What to write.
        style: How.
        width: Of the screen, in characters. As text, a table that is wider is cut into
            several, each with the names; None: there is no screen.
    """
    if width is None or style != "text":
        return RENDERERS[style](table)
    return "\n\n".join(map(RENDERERS[style], _folded(table, width)))


def _text(table: Table) -> str:
    widths = _widths(table)
    lines = [_aligned(table.header, widths, table.names)]
    lines.append(GAP.join("-" * width for width in widths))
    lines += [_aligned(row, widths, table.names) for row in table.rows]
    return "\n".join(line.rstrip() for line in lines)


def _folded(table: Table, width: int) -> Iterator[Table]:
    """Cut a table between columns, as few times as the width allows."""
    widths = _widths(table)
    names = list(range(table.names))
    room = width - sum(widths[i] + len(GAP) for i in names)
    if room < max(widths[table.names :], default=0):
        yield table  # beside such names no column has room: cutting helps nobody
        return
    columns: list[int] = []
    free = room
    for i in range(table.names, len(widths)):
        if widths[i] > max(free, 0):
            yield _of_columns(table, [*names, *columns])
            columns, free = [], room
        columns.append(i)
        free -= widths[i] + len(GAP)
    yield _of_columns(table, [*names, *columns])


def _of_columns(table: Table, columns: Sequence[int]) -> Table:
    header, *rows = (
        tuple(row[i] for i in columns) for row in (table.header, *table.rows)
    )
    return Table(header, tuple(rows), table.names)


def _markdown(table: Table) -> str:
    escaped = _escaped(table, lambda cell: cell.replace("|", "\\|"))
    widths = [max(3, width) for width in _widths(escaped)]
    rule = [
        "-" * width if i < table.names else "-" * (width - 1) + ":"
        for i, width in enumerate(widths)
    ]
    rows = [
        _padded(escaped.header, widths, table.names),
        rule,
        *(_padded(row, widths, table.names) for row in escaped.rows),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


LATEX_ESCAPES = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "−": "$-$",
    "–": "--",
    # In LaTeX's usual encoding of fonts these three print as other signs.
    "|": r"\textbar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}


def _latex(table: Table) -> str:
    """Write a tabular with booktabs' rules."""
    escaped = _escaped(
        table, lambda cell: "".join(LATEX_ESCAPES.get(sign, sign) for sign in cell)
    )
    columns = "l" * table.names + "r" * (len(table.header) - table.names)
    lines = [
        f"\\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        " & ".join(escaped.header) + r" \\",
        r"\midrule",
        *(" & ".join(row) + r" \\" for row in escaped.rows),
        r"\bottomrule",
        r"\end{tabular}",
    ]
    return "\n".join(lines)


RENDERERS: dict[Style, Callable[[Table], str]] = {
    "text": _text,
    "markdown": _markdown,
    "latex": _latex,
}


def _escaped(table: Table, escape: Callable[[str], str]) -> Table:
    rows = tuple(tuple(map(escape, row)) for row in table.rows)
    return Table(tuple(map(escape, table.header)), rows, table.names)


def _widths(table: Table) -> list[int]:
    columns = zip(table.header, *table.rows, strict=True)
    return [max(map(len, column)) for column in columns]


def _padded(row: Sequence[str], widths: Iterable[int], names: int) -> list[str]:
    return [
        cell.ljust(width) if i < names else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _aligned(row: Sequence[str], widths: Iterable[int], names: int) -> str:
    return GAP.join(_padded(row, widths, names))


def column_titles(columns: Sequence[Column]) -> list[str]:
    """Name columns shortly, and apart from each other.

    The references are named where there are several views of them, what else the
    signature says only where that sets two columns apart.
    """
    views = {column.references for column in columns}
    most = max((len(view) for view in views), default=0)
    titles = []
    for column in columns:
        title = column.metric
        if len(views) > 1 and len(column.references) < most:
            title += f" {', '.join(column.references)}"
        titles.append(title)
    for title in {title for title in titles if titles.count(title) > 1}:
        alike = [i for i, each in enumerate(titles) if each == title]
        shared = set.intersection(
            *(set(columns[i].signature.split("|")) for i in alike)
        )
        for i in alike:
            own = [p for p in columns[i].signature.split("|") if p not in shared]
            titles[i] += f" ({'|'.join(own)})" if own else ""
    return titles


def score_table(scores: ScoreTable) -> Table:
    """Make a row a system, the best by the first metric first."""
    titles = column_titles(scores.columns)
    header = ["system", *titles, "length"]
    with_empty = any(system.empty for system in scores.systems)
    if with_empty:
        header.append("empty")
    rows = []
    for number in ranked(scores):
        system = scores.systems[number]
        cells = [column.scores[number] for column in scores.columns]
        row = [
            system.name,
            *("" if cell is None else _number(cell.value) for cell in cells),
        ]
        row.append(f"{system.length_ratio:.3f}")
        if with_empty:
            row.append(str(len(system.empty)))
        rows.append(tuple(row))
    return Table(tuple(header), tuple(rows))


def ranked(scores: ScoreTable) -> list[int]:
    """Order the systems by the first column, the best first, those without last."""

    def place(number: int) -> tuple[bool, float]:
        column = scores.columns[0]
        score = column.scores[number]
        if score is None:
            return True, 0.0
        return False, -score.value if column.higher_is_better else score.value

    numbers = range(len(scores.systems))
    return sorted(numbers, key=place) if scores.columns else list(numbers)


def signature_lines(columns: Sequence[Column | MetricComparison]) -> list[str]:
    """Say each metric's signature once."""
    lines: dict[str, None] = {}
    for column in columns:
        lines[f"{column.metric}: {column.signature}"] = None
    return list(lines)


def pairs_table(compared: MetricComparison) -> Table:
    """Make a row a pair, as one metric sees it."""
    header = (
        "better",
        "other",
        compared.metric,
        "95 % interval",
        "p",
        "p (Holm)",
        "bootstrap (Holm)",
        "people",
        "",
    )
    rows = tuple(
        (
            pair.first,
            pair.second,
            f"{pair.difference:+.2f}",
            f"{pair.low:+.2f} to {pair.high:+.2f}",
            _p_value(pair.p),
            _p_value(pair.p_holm),
            _p_value(pair.p_bootstrap_holm),
            "" if pair.agreement is None else f"{pair.agreement:.0%}",
            {True: "*", False: "", None: "?"}[pair.better],
        )
        for pair in compared.pairs
    )
    return Table(header, rows, names=2)


def how_compared(comparison: Comparison) -> str:
    """Say in a line how the numbers of a comparison were made."""
    unsure = any(
        pair.better is None for metric in comparison.metrics for pair in metric.pairs
    )
    tests = (
        "sacreBLEU's tests" if comparison.compatible else "approximate randomisation"
    )
    return (
        f"{tests}, {comparison.trials} trials; bootstrap, {comparison.resamples} "
        f"resamples; of {comparison.blocks} {comparison.block}s, "
        f"seed {comparison.seed}; * p (Holm) < {comparison.alpha:g}"
        f"{'; ? no verdict' if unsure else ''}"
    )


def _p_value(p: float) -> str:
    return f"{p:.4f}"


def _number(value: float) -> str:
    return f"{value:.2f}"
