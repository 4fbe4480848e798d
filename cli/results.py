"""What `satzpaar align` writes: the pairs, what was left out, a page, a line or two."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.bead_lists import LISTERS, write_beads
from satzpaar.alignments.filters import REJECTED
from satzpaar.alignments.formats import files_of, write_bitext
from satzpaar.alignments.formats.beads import texts_beside
from satzpaar.alignments.formats.options import HALF_EMPTY, INLINE_CODES
from satzpaar.alignments.page import Heading, page_of
from satzpaar.alignments.summary import summary_of
from satzpaar.alignments.units import CONFIDENCE, Origin, unit_of
from satzpaar.cli.jobs import STREAM, document_name
from satzpaar.cli.progress import counted
from satzpaar.translate.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from satzpaar.alignments.alignment import Alignment
    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.alignments.formats import Losses
    from satzpaar.alignments.sides import Side


@dataclass(frozen=True, slots=True)
class Destinations:
    """Where the results go."""

    output: str  # "-" is standard output
    format: str
    rejected: str | None
    rejected_format: str | None
    page: Path | None
    lines: bool  # the texts have a segment a line: a list of beads needs no other

    def files(self, languages: tuple[str, str]) -> Iterator[Path]:
        """Yield every file that is to be written; some formats are several."""
        for name, format in (
            (self.output, self.format),
            (self.rejected, self.rejected_format),
        ):
            if format in LISTERS and self.lines:
                yield from [Path(name)] if name not in {None, STREAM} else []
            elif name is not None:
                yield from files_of(
                    name,
                    format=format,
                    source_language=languages[0],
                    target_language=languages[1],
                )
        if self.page is not None:
            yield self.page


@dataclass(frozen=True, slots=True)
class Results:
    """An alignment, and all that its files tell of where it comes from."""

    alignment: Alignment
    source: Side
    target: Side
    mt_model: str | None
    created: datetime

    def summary(self, covered: float) -> str:
        """One line: the texts, the beads by type, how sure they are."""
        numbers = summary_of(self.alignment)
        kinds = ", ".join(f"{kind} {count}" for kind, count in numbers.kinds.items())
        told = [
            f"{numbers.sources} and {counted(numbers.targets, 'segment')}",
            f"{counted(numbers.beads, 'bead')} ({kinds})",
            f"coverage {covered:.0%}",
        ]
        if numbers.confidence is not None:
            told.append(f"mean confidence {numbers.confidence:.2f}")
        told.append(f"{numbers.doubtful} doubtful")
        return ", ".join(told)

    def write(self, where: Destinations, least: float) -> str:
        """Write the pairs, and say in a line how many and where to.

        Args:
            where: The files.
            least: Pairs with less confidence are rejected.
        """
        place = "<stdout>" if where.output == STREAM else where.output
        if where.format in LISTERS:
            languages = self.source.language, self.target.language
            texts = None if where.lines else texts_beside(where.output, languages)
            write_beads(where.output, self.alignment, where.format, texts=texts)
            return f"{place}: {counted(len(self.alignment.beads), 'bead')}"
        kept: list[TranslationUnit] = []
        rejected: list[TranslationUnit] = []
        lone = 0
        for unit in self._units():
            confidence = unit.get(CONFIDENCE)
            if not unit.source.text or not unit.target.text:
                lone += 1
                rejected.append(_rejected(unit, "no counterpart"))
            elif confidence is not None and float(confidence) < least:
                told = f"confidence {confidence} < {least:g}"
                rejected.append(_rejected(unit, told))
            else:
                kept.append(unit)
        losses: Losses = Counter()
        lost: Losses = Counter()
        if where.rejected is not None:
            self._write(
                where.rejected, where.rejected_format, rejected, losses, header=True
            )
        self._write(where.output, where.format, kept, lost)
        line = f"{place}: {counted(len(kept), 'pair')}"
        if unsure := len(rejected) - lone:
            line += f"; {unsure} below confidence {least:g} left out"
        if lone:
            line += f"; {counted(lone, 'bead')} without a counterpart left out"
        if where.rejected is not None and rejected:
            held = len(rejected) - losses[HALF_EMPTY]
            line += f"; {where.rejected} has {held} of them"
            if losses[HALF_EMPTY]:
                line += f" (a {where.rejected_format} has no units of one side)"
        elif where.rejected is not None:
            line += f"; nothing was left out, {where.rejected} is empty"
        codes = lost[INLINE_CODES]
        return line + (f"; not kept: {INLINE_CODES} ({codes})" if codes else "")

    def _units(self) -> Iterator[TranslationUnit]:
        """Make each bead a unit, those without a counterpart too."""
        origin = Origin(
            self.source.language,
            self.target.language,
            _name(self.source),
            _name(self.target),
            mt_model=self.mt_model,
            created=self.created,
        )
        return (unit_of(self.alignment, bead, origin) for bead in self.alignment.beads)

    def _write(
        self,
        name: str,
        format: str | None,
        units: list[TranslationUnit],
        losses: Losses,
        *,
        header: bool = False,
    ) -> None:
        write_bitext(
            name,
            units,
            format=format,
            header=header,  # of TSV: it could not hold the reasons otherwise
            source_language=self.source.language,
            target_language=self.target.language,
            created=self.created,
            losses=losses,
        )

    def write_page(self, path: Path, remarks: tuple[str, ...]) -> None:
        """Write the page to look through the pairs."""
        source, target = _name(self.source), _name(self.target)
        day = f"{self.created:%Y-%m-%d}"
        heading = Heading(
            f"{source} – {target}",
            source,
            target,
            self.source.language,
            self.target.language,
            (self.alignment.method, *remarks, day),
        )
        write_atomically(path, "".join(page_of(self.alignment, heading)).encode())


def _rejected(unit: TranslationUnit, why: str) -> TranslationUnit:
    return replace(unit, properties=(*unit.properties, (REJECTED, why)))


def _name(side: Side) -> str:
    """Return what a text is called in its pairs; their ids depend on it."""
    return "stdin" if side.place == "<stdin>" else document_name(Path(side.place))
