"""One sentence or two on a whole benchmark: who is best, and what the rest saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.eval.bench.manifest import Cell, Manifest
    from satzpaar.eval.report.data import Section

SPEED = "words_per_second"


def verdict_of(manifest: Manifest, sections: Sequence[Section]) -> str:
    """Sum up a run, a line for each test set; they are never averaged over."""
    parts = []
    several = len(sections) > 1
    for section in sections:
        place = f"{section.name}: " if several else ""
        cells = [
            cell
            for cell in manifest.cells
            if cell.test_set == section.name and cell.scores
        ]
        if not cells:
            parts.append(f"{place}no system has a score.")
            continue
        said = section.verdict or _alone(cells[0])
        parts.append(f"{place}{said}{_on_speed(cells)}")
    return "\n".join(parts)


def _alone(cell: Cell) -> str:
    score = next(iter(cell.scores.values()))
    return f"{cell.system} reaches {score.value:.2f} {score.metric}."


def _on_speed(cells: Sequence[Cell]) -> str:
    """Say what the fastest system costs in quality, by the first measure."""
    timed = [cell for cell in cells if SPEED in cell.costs]
    if len(timed) < 2:
        return ""
    measure, score = next(iter(timed[0].scores.items()))
    sign = 1 if score.higher_is_better else -1
    best = max(timed, key=lambda cell: sign * cell.scores[measure].value)
    fastest = max(timed, key=lambda cell: cell.costs[SPEED].median)
    speed = fastest.costs[SPEED].median
    if best is fastest:
        return (
            f" {best.system} has the best {score.metric} of those timed and is the "
            f"fastest, {speed:,.0f} words/s."
        )
    lost = abs(best.scores[measure].value - fastest.scores[measure].value)
    ratio = speed / best.costs[SPEED].median
    return (
        f" {fastest.system} is the fastest, {speed:,.0f} words/s: {ratio:.1f} times "
        f"{best.system}, which has the best {score.metric} of those timed, for "
        f"{lost:.2f} {score.metric} less."
    )
