"""The pairs of a translation as a TMX file, written while it is translated."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from satzpaar.alignments.formats import write_bitext
from satzpaar.alignments.formats.options import primary
from satzpaar.alignments.units import MachineOrigin, translated_unit
from satzpaar.cli.progress import counted
from satzpaar.translate.errors import UsageError
from satzpaar.translate.translator import (
    USUAL_SOURCE_LANGUAGE,
    USUAL_TARGET_LANGUAGE,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.alignments.units import Translated
    from satzpaar.translate.models import Model
    from satzpaar.translate.translator import Translator


def language_tag(wanted: str | None, language: str, flag: str) -> str:
    """Return how a language is to be written: as wanted, if it is that language.

    >>> language_tag("de-AT", "de", "--source-language")
    'de-AT'
    """
    if wanted is None:
        return language
    if primary(wanted) != primary(language):
        raise UsageError(f"{flag} {wanted}: the model's is {language}")
    return wanted


def languages_of(options: argparse.Namespace, model: Model | None) -> tuple[str, str]:
    """Return the languages as they are to be written, which must be a model's own.

    Two of one name would be one in a file, whose pairs nobody could tell apart.
    """
    source, target = _languages_of(options, model)
    if source.casefold() == target.casefold():
        raise UsageError(f"source and target language are both {source}")
    return source, target


def _languages_of(options: argparse.Namespace, model: Model | None) -> tuple[str, str]:
    wanted = options.source_language, options.target_language
    if model is None:
        return wanted[0] or USUAL_SOURCE_LANGUAGE, wanted[1] or USUAL_TARGET_LANGUAGE
    return (
        language_tag(
            wanted[0],
            model.source_language or USUAL_SOURCE_LANGUAGE,
            "--source-language",
        ),
        language_tag(
            wanted[1],
            model.target_language or USUAL_TARGET_LANGUAGE,
            "--target-language",
        ),
    )


def now() -> datetime:
    """Return the time that files are stamped with; SOURCE_DATE_EPOCH sets it.

    Whoever sets it gets the same file from the same input.
    Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, expected seconds since 1970"
        ) from None


class PairsFile:
    """A TMX file with one unit for each segment that is translated."""

    def __init__(
        self, path: Path, translator: Translator, options: argparse.Namespace
    ) -> None:
        self.path = path
        self.written = 0
        self.left_out = 0  # segments whose translation is empty
        self.origin = MachineOrigin(
            language_tag(
                options.source_language,
                translator.source_language,
                "--source-language",
            ),
            language_tag(
                options.target_language,
                translator.target_language,
                "--target-language",
            ),
            translator.engine.model.name,
            translator.engine.name,
            now(),
        )

    def write(self, translated: Iterable[Translated]) -> None:
        """Write the file as its units come; a run that breaks off leaves none."""
        write_bitext(
            self.path,
            self._units(translated),
            format="tmx",
            source_language=self.origin.source_language,
            target_language=self.origin.target_language,
            created=self.origin.created,
        )

    def _units(self, translated: Iterable[Translated]) -> Iterator[TranslationUnit]:
        for one in translated:
            unit = translated_unit(one, self.origin)
            if unit.target.text:
                self.written += 1
                yield unit
            else:
                self.left_out += 1

    def summary(self) -> str:
        """One line: what stands in the file."""
        text = f"satzpaar: {self.path}: {counted(self.written, 'pair')}"
        if self.left_out:
            text += f"; {self.left_out} segments without a translation left out"
        return text
