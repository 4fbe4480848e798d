"""What became of each document of a corpus, and of all of them together."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from satzpaar.alignments.filters import Verdict

# aligned; does not belong to the other; something is wrong with a file
Status = Literal["aligned", "unrelated", "failed"]

BINS: Final = 10  # of the histogram of confidence, each a tenth wide
BAR: Final = 40  # characters of its longest bar


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one pair of documents, before the filters."""

    name: str  # unique in the corpus
    source: str  # the files, relative to their folders
    target: str
    status: Status
    error: str | None = None  # one line, unless aligned
    source_hash: str | None = None  # SHA-256 of the file
    target_hash: str | None = None
    source_segments: int = 0
    target_segments: int = 0
    beads: Mapping[str, int] = field(default_factory=dict)  # by kind: "1-1", "2-1"
    confidences: tuple[int, ...] = (0,) * BINS  # beads by confidence, lowest first
    coverage: float | None = None  # the part of both texts that found a counterpart
    likeness: float | None = None  # of the contents; None: paired by name
    units: int = 0
    method: str | None = None  # what aligned them
    key: str | None = None  # names the stored units

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> DocumentReport:
        """Take what ``asdict`` gave, after it was written as JSON."""
        return cls(**{**content, "confidences": tuple(content["confidences"])})


@dataclass(slots=True)
class Cleaned:
    """What the filters did to some units."""

    kept: int = 0
    rejected: int = 0
    reasons: Counter[str] = field(default_factory=Counter)  # a unit may have several

    def add(self, verdict: Verdict) -> None:
        """Count a unit."""
        if verdict.kept:
            self.kept += 1
        else:
            self.rejected += 1
            self.reasons.update(reason.filter for reason in verdict.reasons)

    def as_json(self) -> dict[str, Any]:
        """Return it for the manifest."""
        reasons = dict(self.reasons.most_common())
        return {"kept": self.kept, "rejected": self.rejected, "reasons": reasons}


@dataclass(frozen=True, slots=True)
class CorpusSummary:
    """All documents together."""

    documents: Mapping[Status, int]
    without_counterpart: int  # documents of either side
    source_segments: int
    target_segments: int
    beads: Mapping[str, int]
    confidences: tuple[int, ...]
    cleaned: Cleaned

    def as_json(self) -> dict[str, Any]:
        """Return it for files that programs read."""
        content = asdict(self)
        content["cleaned"] = self.cleaned.as_json()
        return content

    def lines(self) -> list[str]:
        """Say it for people."""
        documents = ", ".join(
            f"{number:,} {status}" for status, number in self.documents.items()
        )
        if self.without_counterpart:
            documents += f", {self.without_counterpart:,} without a counterpart"
        kinds = ", ".join(f"{kind} {number:,}" for kind, number in self.beads.items())
        lines = [
            f"documents    {documents}",
            f"segments     {self.source_segments:,} and {self.target_segments:,}",
            f"beads        {sum(self.beads.values()):,}: {kinds}",
        ]
        if any(self.confidences):
            lines.append("confidence   beads")
            most = max(self.confidences)
            for number, beads in enumerate(self.confidences):
                bar = "#" * -(-BAR * beads // most)
                edges = f"{number / BINS:.1f}-{(number + 1) / BINS:.1f}"
                lines.append(f"  {edges}   {beads:>9,}  {bar}".rstrip())
        reasons = ", ".join(
            f"{name} {number:,}" for name, number in self.cleaned.reasons.most_common()
        )
        total = self.cleaned.kept + self.cleaned.rejected
        lines.append(
            f"units        {total:,}: {self.cleaned.kept:,} kept, "
            f"{self.cleaned.rejected:,} rejected"
        )
        if reasons:
            lines.append(f"rejected     {reasons}")
        return lines


def summary_of_corpus(
    reports: Iterable[DocumentReport], cleaned: Cleaned, *, without_counterpart: int
) -> CorpusSummary:
    """Add up the documents that were aligned, and count the others."""
    documents: Counter[Status] = Counter()
    beads: Counter[str] = Counter()
    confidences = [0] * BINS
    sources = targets = 0
    for report in reports:
        documents[report.status] += 1
        if report.status != "aligned":
            continue
        beads.update(report.beads)
        sources += report.source_segments
        targets += report.target_segments
        for number, found in enumerate(report.confidences):
            confidences[number] += found
    return CorpusSummary(
        documents=dict(sorted(documents.items())),
        without_counterpart=without_counterpart,
        source_segments=sources,
        target_segments=targets,
        beads=dict(sorted(beads.items(), key=lambda item: (-item[1], item[0]))),
        confidences=tuple(confidences),
        cleaned=cleaned,
    )
