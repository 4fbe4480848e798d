"""One side of an alignment: segments, and where its paragraphs and headings are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.translate.document import Block, Segment

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from satzpaar.translate.document import BlockKind, Document


@dataclass(frozen=True, slots=True)
class Text:
    """The segments of a document in order.

    ``paragraphs[i]`` numbers the block that segment *i* stands in, from 0 and never
    falling; ``kinds[i]`` is that block's kind.
    """

    segments: tuple[Segment, ...]
    paragraphs: tuple[int, ...]
    kinds: tuple[BlockKind, ...]

    def __post_init__(self) -> None:
        sizes = {len(self.segments), len(self.paragraphs), len(self.kinds)}
        if len(sizes) != 1:
            raise ValueError("as many paragraphs and kinds as segments are expected")
        if list(self.paragraphs) != sorted(self.paragraphs):
            raise ValueError("the paragraphs' numbers fall")

    def __len__(self) -> int:
        return len(self.segments)

    def join(self, side: range) -> str:
        """Return the segments of one side of a bead as one text."""
        return " ".join(self.segments[i].text for i in side)

    @classmethod
    def of_document(cls, document: Document, *, without: Container[str] = ()) -> Text:
        """Take the segments of a document that was read, *without* some kinds.

        Left out is what stands in the markup of a sentence: the titles of its links
        would part it from the one before, and the other side has other links.
        """
        segments: list[Segment] = []
        paragraphs: list[int] = []
        kinds: list[BlockKind] = []
        blocks = (part for part in document.parts if isinstance(part, Block))
        chosen = (block for block in blocks if block.kind not in without)
        for number, block in enumerate(chosen):
            for segment in block.segments:
                segments.append(segment)
                paragraphs.append(number)
                kinds.append(block.kind)
        return cls(tuple(segments), tuple(paragraphs), tuple(kinds))

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> Text:
        """Take one segment a line; all are of one paragraph."""
        segments = tuple(Segment(" ".join(line.split())) for line in lines)
        kinds: list[BlockKind] = ["paragraph"] * len(segments)
        return cls(segments, (0,) * len(segments), tuple(kinds))
