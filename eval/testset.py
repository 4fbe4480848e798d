"""Test sets and what systems made of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self


def _texts(segments: Iterable[str], name: str) -> tuple[str, ...]:
    """Take the texts as a tuple: scripts have lists, which cannot be hashed.

    Raises:
        UsageError: It is one text, whose letters would be the segments.
    """
    if isinstance(segments, str):
        raise UsageError(f"{name}: one text; a list of segments is expected")
    return tuple(segments)


@dataclass(frozen=True, slots=True)
class Reference:
    """A human translation of a test set, segment by segment.

    Where a test set has several references, an empty segment is one that this
    translator left out.
    """

    name: str
    segments: tuple[str, ...]
    place: str = field(default="", compare=False)  # the file, for messages

    def __post_init__(self) -> None:
        object.__setattr__(self, "segments", _texts(self.segments, self.name))


@dataclass(frozen=True, slots=True)
class SystemOutput:
    """What one system made of a test set's sources, segment by segment."""

    name: str
    hypotheses: tuple[str, ...]
    # How the segments were found where the text did not have them, else "". It is
    # part of every signature.
    segmentation: str = ""
    place: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hypotheses", _texts(self.hypotheses, self.name))

    @property
    def content_hash(self) -> str:
        """SHA-256 of the text, whatever the system is called."""
        return hash_of(self.hypotheses, [self.segmentation])


@dataclass(frozen=True, slots=True)
class TestSet:
    """Sources and references of one length; segment N of each is the same.

    ``documents[i]`` names the document that segment *i* is of.
    """

    __test__: ClassVar[bool] = False  # not for pytest to collect

    name: str
    references: tuple[Reference, ...]
    sources: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    source_language: str | None = None  # "de"
    target_language: str | None = None
    # Systems' outputs that came with the test set, as in WMT's own files.
    systems: tuple[SystemOutput, ...] = ()

    def __post_init__(self) -> None:
        if not self.references:
            raise InputError(self.name, "no reference; at least one is expected")
        object.__setattr__(self, "references", tuple(self.references))
        for name in ("sources", "documents"):
            if (texts := getattr(self, name)) is not None:
                place = f"{self.name}: the {name}"
                object.__setattr__(self, name, _texts(texts, place))
        check_distinct_names([reference.name for reference in self.references])
        first = self.references[0]
        for other in self.references[1:]:
            check_length(other.place or other.name, other.segments, first)
        if self.sources is not None:
            check_length(f"{self.name}: the sources", self.sources, first)
        if self.documents is not None:
            check_length(f"{self.name}: the document ids", self.documents, first)
            object.__setattr__(self, "documents", self._filled(self.documents))
        for reference in self.references:
            if not any(segment.strip() for segment in reference.segments):
                place = reference.place or reference.name
                raise InputError(place, "the reference is empty; text is expected")

    def __len__(self) -> int:
        return len(self.references[0].segments)

    @property
    def content_hash(self) -> str:
        """SHA-256 of all texts and document ids, whatever the set is called."""
        parts = [reference.segments for reference in self.references]
        return hash_of(*parts, self.sources or (), self.documents or ())

    @property
    def reference_names(self) -> tuple[str, ...]:
        """The names of the references in order."""
        return tuple(reference.name for reference in self.references)

    def _filled(self, documents: tuple[str, ...]) -> tuple[str, ...]:
        """Let blank segments without an id go with the document before them.

        Raises:
            InputError: Another one has none; it would be a document of its own.
        """
        filled: list[str] = []
        columns = (reference.segments for reference in self.references)
        for document, *texts in zip(documents, *columns, strict=True):
            is_blank = not any(text.strip() for text in texts)
            if not document.strip() and not (filled and is_blank):
                raise InputError(
                    self.name,
                    f"segment {len(filled) + 1} has no document id; each needs one",
                )
            filled.append(document if document.strip() else filled[-1])
        return tuple(filled)

    def with_references(self, names: Sequence[str]) -> Self:
        """Return the same test set with only the references of these names."""
        kept = tuple(ref for ref in self.references if ref.name in names)
        return replace(self, references=kept)

    def document_numbers(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Return the document ids in order, and for each segment its document."""
        numbers: dict[str, int] = {}
        each = [numbers.setdefault(name, len(numbers)) for name in self.documents or ()]
        return tuple(numbers), tuple(each)


def hash_of(*texts: Iterable[str]) -> str:
    """Hash lists of texts; neither order nor borders can be confused.

    >>> hash_of(["ab"], ["c"]) == hash_of(["a"], ["bc"])
    False
    """
    digest = hashlib.sha256()
    for part in texts:
        for text in part:
            data = text.encode("utf-8", "surrogatepass")
            digest.update(b"%d:" % len(data) + data)
        digest.update(b";")
    return digest.hexdigest()


def check_systems(
    testset: TestSet, systems: Sequence[SystemOutput], *, advice: str = ""
) -> None:
    """Refuse outputs that cannot be scored against *testset*.

    sacreBLEU pairs by ``zip`` and would silently score the shorter part.

    Args:
        testset: What is scored against.
        systems: The outputs.
        advice: What helps where the number of segments differs.

    Raises:
        InputError: The number of segments differs, or the references are transposed.
        UsageError: There is no system, or two have one name.
    """
    if not systems:
        raise UsageError("no system to score; name the files of the translations")
    check_distinct_names([system.name for system in systems])
    reference = testset.references[0]
    for system in systems:
        if len(system.hypotheses) == len(testset):
            continue
        if len(testset.references) == len(system.hypotheses) > 1:
            raise InputError(
                reference.place or testset.name,
                f"{len(testset.references)} references of {counted(len(testset))} for "
                f"{counted(len(system.hypotheses))} look transposed; one reference "
                "holds a translation of every segment",
            )
        check_length(
            system.place or system.name,
            system.hypotheses,
            reference,
            advice=advice,
        )


def check_distinct_names(names: Sequence[str]) -> None:
    """Refuse names that occur twice.

    Raises:
        UsageError: One does.
    """
    for name in names:
        if names.count(name) > 1:
            raise UsageError(
                f"{name!r} names two systems or references; NAME=FILE gives another "
                "name"
            )


def check_length(
    place: str, found: Sequence[str], reference: Reference, *, advice: str = ""
) -> None:
    """Refuse a text whose segments are not as many as the reference's.

    Raises:
        InputError: They are more or fewer.
    """
    expected = len(reference.segments)
    if len(found) != expected:
        raise InputError(
            place,
            f"{counted(len(found))}, but {reference.place or reference.name} has "
            f"{expected}; line N of each must be the same segment{advice}",
        )


def counted(segments: int) -> str:
    """Return "1 segment", "2 segments"."""
    return f"{segments} segment" if segments == 1 else f"{segments} segments"
