"""What the aligner goes by: a machine translation of the source, new, kept or given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.alignments.aligner import Aligner, AlignerOptions
from satzpaar.alignments.mt_cache import recalled_or_made
from satzpaar.alignments.rescoring import EngineScorer
from satzpaar.translate.errors import InputError
from satzpaar.translate.files import LINE_END, decode, read_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from satzpaar.alignments.cost import Cost
    from satzpaar.alignments.sides import Side
    from satzpaar.cli.progress import Progress
    from satzpaar.translate.models import Model
    from satzpaar.translate.translator import Translator

BEAM_SIZE = 4  # that of `satzpaar translate`, whose translation can then be reused


class Evidence:
    """The translation of the source, and the model for whatever else asks it."""

    def __init__(
        self, options: argparse.Namespace, model: Model | None, progress: Progress
    ) -> None:
        self._options = options
        self._model = model
        self._progress = progress
        self._translator: Translator | None = None
        self.description = "no MT: lengths, numbers and names alone"
        self._cost: Cost | None = None
        if options.labse:  # at once: it may not be installed
            from satzpaar.alignments.labse import LabseCost

            self._cost = LabseCost(offline=options.offline)
            self.description = "no MT: LaBSE"

    @property
    def model_name(self) -> str | None:
        """What translated, as it is to be remembered with each pair."""
        if self._options.mt:
            return f"file {Path(self._options.mt).name}"
        asked = not self._options.no_mt and not self._options.labse
        return self._model.name if asked and self._model is not None else None

    def translation(self, source: Side) -> list[str] | None:
        """Return the source's translation, a text for each segment; None without MT."""
        texts = [segment.text for segment in source.text.segments]
        if self._options.no_mt or self._options.labse:
            return None
        if self._options.mt:
            self.description = f"MT: {self._options.mt}"
            return _lines(self._options.mt, texts, source.place)
        assert self._model is not None  # `run` finds one where it will be asked
        self.description = f"MT: {self._model.name}"

        def translate() -> Iterator[str]:
            self._progress.expect(len(texts))
            translated = self.translator().translate_segments(source.text.segments)
            return (one.target.text for one in self._progress.watch(translated))

        if self._options.no_cache:
            return list(translate())
        found, recalled = recalled_or_made(self._model, BEAM_SIZE, texts, translate)
        if recalled:
            self.description += " (remembered)"
        return found

    def back_translation(self, target: Side) -> list[str] | None:
        """Return the target's translation, if the command line gives one."""
        if not self._options.back_mt:
            return None
        self.description += f", back: {self._options.back_mt}"
        texts = [segment.text for segment in target.text.segments]
        return _lines(self._options.back_mt, texts, target.place)

    def aligner(self) -> Aligner:
        """Return the aligner that the command line describes."""
        options = AlignerOptions(max_side=self._options.max_side)
        rescore = self._options.rescore
        scorer = EngineScorer(self.translator().engine) if rescore else None
        return Aligner(self._cost, options, scorer=scorer)

    def translator(self) -> Translator:
        """Return the model, loaded at the first time."""
        from satzpaar.translate import load_translator

        if self._translator is None:
            assert self._model is not None
            self._translator = load_translator(
                self._model,
                threads=self._options.threads,
                beam_size=BEAM_SIZE,
                once=True,  # to align by, the gist will do
            )
        return self._translator


def _lines(path: str, texts: Sequence[str], place: str) -> list[str]:
    """Read a translation of one line for each segment."""
    found = LINE_END.split(decode(read_bytes(path), place=path).text)
    if not found[-1]:
        found.pop()
    if len(found) != len(texts):
        raise InputError(
            path,
            f"{len(found)} lines, but {place} has {len(texts)} segments; line N is "
            "expected to be the translation of segment N",
        )
    return found
