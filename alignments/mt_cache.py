"""Translations of whole texts, remembered in the cache folder.

What `satzpaar translate` has translated, `satzpaar align` need not translate again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.version import satzpaar_version
from satzpaar.translate.models import cache_folder, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from satzpaar.translate.models import Model

MOST_BYTES: Final = 200_000_000  # of all that is remembered; the oldest goes first
LEVEL: Final = 6  # of gzip; the texts are small


@dataclass(frozen=True, slots=True)
class TranslationCache:
    """What one model has made of texts, by the model's content and the texts'.

    A cache that cannot be read or written costs time, not the run.
    """

    model: Model
    beam_size: int  # another one, another translation
    once: bool = False  # without the second look that `satzpaar translate` takes

    def find(self, segments: Sequence[str]) -> list[str] | None:
        """Return the translation of a text, segment by segment, if it is remembered."""
        path = self._path(segments)
        try:
            found = json.loads(gzip.decompress(path.read_bytes()))
        except (OSError, EOFError, ValueError):  # none, or damaged
            return None
        if not isinstance(found, list) or len(found) != len(segments):
            return None
        if not all(isinstance(translation, str) for translation in found):
            return None
        with suppress(OSError):
            path.touch()
        return found

    def keep(self, segments: Sequence[str], translations: Sequence[str]) -> None:
        """Remember the translation of a text, segment by segment."""
        if len(segments) != len(translations):
            raise ValueError(
                f"{len(translations)} translations of {len(segments)} segments"
            )
        path = self._path(segments)
        data = json.dumps(list(translations), ensure_ascii=False).encode()
        beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(gzip.compress(data, LEVEL, mtime=0))
            beside.replace(path)
            _tidy(path.parent)
        except OSError:
            with suppress(OSError):
                beside.unlink()

    def _path(self, segments: Sequence[str]) -> Path:
        # The version too: what is done around the model changes with it.
        model = content_hash(self.model)
        settings = [satzpaar_version(), model, self.beam_size, self.once]
        key = json.dumps([*settings, *segments])
        name = hashlib.sha256(key.encode()).hexdigest()
        return cache_folder() / "translations" / f"{name}.json.gz"


def recalled_or_made(
    model: Model,
    beam_size: int,
    segments: Sequence[str],
    translate: Callable[[], Iterable[str]],
) -> tuple[list[str], bool]:
    """Return a translation to align by, and whether it was remembered.

    One that ``satzpaar translate`` made will do, with a second look or without. One
    that is made now is remembered as without.

    Args:
        model: What translates.
        beam_size: As it translates.
        segments: The text.
        translate: Makes the translation, segment by segment, without a second look.
    """
    for once in (False, True):
        found = TranslationCache(model, beam_size, once=once).find(segments)
        if found is not None:
            return found, True
    made = list(translate())
    TranslationCache(model, beam_size, once=True).keep(segments, made)
    return made, False


def _tidy(folder: Path) -> None:
    entries = []
    with os.scandir(folder) as listed:
        for entry in listed:
            with suppress(OSError):  # another process has tidied too
                status = entry.stat()
                entries.append((status.st_mtime, status.st_size, entry.path))
    left = sum(size for _, size, _ in entries)
    for _, size, path in sorted(entries):
        if left <= MOST_BYTES:
            break
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108
        left -= size
