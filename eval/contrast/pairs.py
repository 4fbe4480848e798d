"""Minimal pairs: a reference, and the same with one error."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from random import Random
from typing import TYPE_CHECKING

from satzpaar.eval.contrast.perturbations import PERTURBATIONS
from satzpaar.translate.errors import InputError
from satzpaar.translate.files import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from satzpaar.eval.contrast.perturbations import Perturbation


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """A source, its reference, and the reference made wrong by one thing."""

    kind: str
    source: str
    reference: str
    contrast: str
    segment: int | None = None  # of the test set, from 1

    def __post_init__(self) -> None:
        if not self.kind:
            raise ValueError("a pair needs a kind")
        if self.reference == self.contrast:
            raise ValueError(f"the contrast is the reference: {self.reference!r}")


def make_pairs(
    segments: Iterable[tuple[str, str]],
    *,
    seed: int = 1,
    kinds: Mapping[str, Perturbation] = PERTURBATIONS,
) -> Iterator[ContrastPair]:
    """Yield a pair for each segment and kind that the segment offers a place for.

    What becomes of a segment depends on its text and the seed alone, never on its
    neighbours: a part of a test set gives a part of the pairs.

    Args:
        segments: Sources and references, in the order of the test set.
        seed: Of all chance.
        kinds: The perturbations by name.
    """
    for number, (source, reference) in enumerate(segments, start=1):
        for kind, perturb in kinds.items():
            key = f"{seed}\0{kind}\0{source}\0{reference}"
            random = Random(hashlib.sha256(key.encode()).digest())
            contrast = perturb(source, reference, random)
            if contrast is not None and contrast != reference:
                yield ContrastPair(kind, source, reference, contrast, number)


def write_pairs(pairs: Iterable[ContrastPair]) -> bytes:
    """Write pairs as JSON Lines, one object a line."""
    return b"".join(
        json.dumps(asdict(pair), ensure_ascii=False).encode() + b"\n" for pair in pairs
    )


def read_pairs(path: Path | str) -> list[ContrastPair]:
    """Read pairs from JSON Lines: objects with kind, source, reference, contrast.

    Other keys are ignored, so that the output of a run can be read again.

    Raises:
        InputError: A line is no such object.
    """
    text = decode(read_bytes(path), place=path).text
    pairs = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        pairs.append(_read_pair(line, path, number))
    if not pairs:
        raise InputError(path, "no pairs; one JSON object a line is expected")
    return pairs


def _read_pair(line: str, path: Path | str, number: int) -> ContrastPair:
    try:
        content = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(path, f"no JSON: {error.msg}", line=number) from None
    if not isinstance(content, dict):
        raise InputError(path, "an object is expected", line=number)
    for name in ("kind", "source", "reference", "contrast"):
        if not isinstance(content.get(name), str) or not content[name].strip():
            raise InputError(
                path,
                f"{name!r} is missing or empty; kind, source, reference and contrast "
                "are expected",
                line=number,
            )
    segment = content.get("segment")
    if segment is not None and type(segment) is not int:
        raise InputError(path, f"segment is {segment!r}, no number", line=number)
    names = {field.name for field in fields(ContrastPair)}
    try:
        return ContrastPair(
            **{name: value for name, value in content.items() if name in names}
        )
    except ValueError as error:
        raise InputError(path, str(error), line=number) from None
