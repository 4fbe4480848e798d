"""The data that the page's script works with, as JSON that is safe within HTML."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from satzpaar.eval.report.data import Comparison, Figure, ReportData, Section

# Within <script> a text could end it or open a comment; JSON may write any character
# as an escape. The last two end a line in JavaScript, though not in JSON.
_ESCAPES: Final = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
)


def payload(data: ReportData) -> str:
    r"""Return what the page's script reads.

    Columns rather than objects a segment: 13 systems on 3,000 segments are a few
    megabytes, most of it text.
    """
    content = {
        "sections": [_section(section) for section in data.sections],
        "history": [asdict(point) for point in data.history],
    }
    text = json.dumps(
        content, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return text.translate(_ESCAPES)


def _section(section: Section) -> dict[str, Any]:
    places = {error.key: place for place, error in enumerate(section.error_classes)}
    systems = range(len(section.systems))
    segments = section.segments
    marked = any(segment.issues for segment in segments)
    return {
        "name": section.name,
        "segmentMeasure": section.segment_measure,
        "languages": section.languages,
        "measures": [asdict(measure) for measure in section.measures],
        "systems": [
            {
                "name": system.name,
                "baseline": system.baseline,
                "figures": {
                    key: _figure(figure) for key, figure in system.figures.items()
                },
            }
            for system in section.systems
        ],
        "comparisons": [_comparison(pair) for pair in section.comparisons],
        "classes": [asdict(error) for error in section.error_classes],
        "traits": [asdict(trait) for trait in section.traits],
        "traitMeasure": section.trait_measure,
        "segments": {
            "source": [segment.source for segment in segments],
            "references": [segment.references for segment in segments],
            "document": [segment.document for segment in segments],
            "outputs": [[s.outputs[at] for s in segments] for at in systems],
            "scores": [[_rounded(s.scores[at]) for s in segments] for at in systems],
            "issues": [
                [
                    [places[key] for key in s.issues[at]] if s.issues else []
                    for s in segments
                ]
                for at in systems
            ]
            if marked
            else [],
            "remarks": [[s.remarks[at] for s in segments] for at in systems]
            if segments and all(segment.remarks for segment in segments)
            else [],
            "referenceIssues": [
                [places[key] for key in segment.reference_issues]
                for segment in segments
            ]
            if marked
            else [],
        },
    }


def _figure(figure: Figure) -> list[float | None]:
    return [figure.value, figure.low, figure.high]


def _comparison(pair: Comparison) -> dict[str, Any]:
    content = asdict(pair)
    content["pAdjusted"] = content.pop("p_adjusted")
    return content


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 2)
