"""Test sets read from whatever people keep them in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.eval.inputs.bitexts import read_bitext_testset
from satzpaar.eval.inputs.folders import (
    read_metrics_eval_folder,
    read_plain_files,
    with_prefix,
)
from satzpaar.eval.inputs.lines import columns_suffix, read_lines
from satzpaar.eval.inputs.records import read_jsonl, read_tsv
from satzpaar.eval.inputs.wmt_xml import read_wmt_xml
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from satzpaar.eval.testset import TestSet

Languages = tuple[str, str]  # of the sources and the references
DEFAULT_LANGUAGES: Final = ("de", "en")

# Files that hold more than one column of a test set, by suffix: `COLUMN_SUFFIXES`.
READERS: Final[dict[str, Callable[[Path, Languages], TestSet]]] = {
    ".tsv": read_tsv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".tmx": read_bitext_testset,
    ".xlf": read_bitext_testset,
    ".xliff": read_bitext_testset,
    ".xml": read_wmt_xml,
}

__all__ = [
    "DEFAULT_LANGUAGES",
    "READERS",
    "Languages",
    "check_languages",
    "load_testset",
    "read_lines",
    "reader_for",
]


def load_testset(name: str | Path, languages: Languages = DEFAULT_LANGUAGES) -> TestSet:
    """Read a test set by its path or its name.

    Args:
        name: A TSV, JSONL, TMX, XLIFF or WMT XML file, perhaps packed with gzip; a
            folder of plain files (``x.src.de``, ``x.ref.A.en``, ``x.hyp.mine.en``), of
            mt-metrics-eval, or one that ``satzpaar eval testset import`` made; what
            such plain files begin with, ``folder/newstest2018``; or the name of an
            imported test set or of one of sacreBLEU's.
        languages: Of the sources and the references.

    Raises:
        InputError: A file is not what it has to be, or fails its checksum.
        UsageError: Nothing is called so.
    """
    from satzpaar.eval import registry

    path = Path(name).expanduser()
    if path.is_file():
        reader = reader_for(path)
        if reader is None:
            raise InputError(
                path,
                "a plain file holds one text, which `score` and `testset import` take "
                "as --reference; expected is a folder or a file that ends in one of "
                + ", ".join(sorted(READERS)),
            )
        return reader(path, languages)
    if path.is_dir():
        if (path / registry.MANIFEST).is_file():
            return registry.read_stored(path)
        if (path / "references").is_dir():
            return read_metrics_eval_folder(path, languages)
        return read_plain_files(path, languages)
    if registry.is_stored(str(name), languages):
        return registry.load(str(name), languages)
    if files := with_prefix(path):
        return read_plain_files(path, languages, files)
    if path.name != str(name) and not registry.is_known(str(name)):
        raise InputError(path, "no such file or folder, and no file that begins so")
    return registry.load(str(name), languages)


def reader_for(path: Path) -> Callable[[Path, Languages], TestSet] | None:
    """Return the reader of a file of several columns; None: it is plain lines."""
    suffix = columns_suffix(path)
    return None if suffix is None else READERS[suffix]


def check_languages(text: str) -> Languages:
    """Read a pair of languages as users write it.

    Raises:
        UsageError: It is none.

    >>> check_languages("de-en")
    ('de', 'en')
    """
    source, _, target = text.partition("-")
    if not source or not target:
        raise UsageError(f"languages {text!r}: a pair such as de-en is expected")
    return source, target
