"""Which documents of two folders are each other's translation: by name, by content."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from satzpaar.alignments.texts import TEXT_SUFFIXES
from satzpaar.alignments.vectors import (
    character_ngrams,
    folded,
    inverse_frequencies,
    numbers_of,
    weighted,
)
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from satzpaar.alignments.vectors import Sparse

# Documents of formats that are not read, and would be missed.
OTHER_SUFFIXES: Final = frozenset(
    {
        ".adoc", ".csv", ".doc", ".idml", ".ods", ".odp", ".pages", ".ppt", ".pptx",
        ".rst", ".rtf", ".tex", ".xls", ".xlsx", ".xml",
    }
)  # fmt: skip
# What Word lays beside a document while it is open, with the document's suffix.
LOCK: Final = "~$"

# What stands at the end of a name for its language: ".de", "_de", "-de_AT".
LANGUAGE: Final = r"[._-]{language}(?:[-_][A-Za-z]{{2}})?$"

# A document is told by its rarest n-grams; more of them change no best match on the
# WMT news sets, cut into 2,000 documents of five to fifteen lines.
MOST_NGRAMS: Final = 1000

# Below this cosine nothing speaks for a pair but that there is no better one.
LEAST_LIKENESS: Final = 0.05


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Two documents that may be each other's translation."""

    name: str  # unique in its corpus: the source's path in its folder
    source: Path
    target: Path
    likeness: float | None = None  # cosine of their contents; None: paired by name


@dataclass(frozen=True, slots=True)
class Matches:
    """What pairs there are, in the order of their names, and what is left over."""

    pairs: tuple[DocumentPair, ...]
    sources: tuple[Path, ...] = ()  # without a counterpart
    targets: tuple[Path, ...] = ()


def list_documents(
    folder: Path, language: str, *, only_named: bool = False
) -> dict[str, Path]:
    """List the documents of a folder by what their names say without the language.

    ``news/artikel.de.txt`` is ``news/artikel``.

    Args:
        folder: Is searched in depth; hidden files and Word's locks are left out.
        language: ``de`` or ``de-AT``; what is cut off the names.
        only_named: Leave out names that do not say the language: the folder holds
            documents of both.

    Raises:
        InputError: There is no such folder, it has no document, or two documents would
            have one name.
    """
    if not folder.is_dir():
        what = "a file, expected a folder" if folder.exists() else "no such folder"
        raise InputError(folder, what)
    found: dict[str, Path] = {}
    ending = re.compile(
        LANGUAGE.format(language=re.escape(re.split("[-_]", language)[0])),
        re.IGNORECASE,
    )
    for path in _documents_below(folder):
        relative = path.relative_to(folder)
        stem = relative.stem
        if only_named and not ending.search(stem):
            continue
        name = (relative.parent / (ending.sub("", stem) or stem)).as_posix()
        if name in found:
            raise InputError(
                path,
                f"is {name!r} in {language} as {found[name]} is; each document's name "
                "may stand for one file alone",
            )
        found[name] = path
    if not found:
        raise InputError(folder, f"no file here ends in .{language} before its suffix")
    return found


def _documents_below(folder: Path) -> Iterator[Path]:
    """Yield each document once, sorted in its folder."""
    seen: set[Path] = set()
    for path in _files_below(folder):
        is_document = path.suffix.lower() in TEXT_SUFFIXES
        if is_document and path.resolve() not in seen:
            seen.add(path.resolve())
            yield path
    if not seen:
        raise InputError(
            folder, f"no file here ends in one of {', '.join(TEXT_SUFFIXES)}"
        )


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", LOCK)):
                yield Path(parent, name)


def passed_over(folder: Path) -> Counter[str]:
    """Count the documents of a folder that are of no format that is read, by suffix."""
    suffixes = (path.suffix.lower() for path in _files_below(folder))
    return Counter(suffix for suffix in suffixes if suffix in OTHER_SUFFIXES)


def match_by_name(sources: dict[str, Path], targets: dict[str, Path]) -> Matches:
    """Pair the documents of `list_documents` that have one name."""
    return Matches(
        tuple(
            DocumentPair(name, sources[name], targets[name])
            for name in sorted(sources.keys() & targets.keys())
        ),
        tuple(sources[name] for name in sorted(sources.keys() - targets.keys())),
        tuple(targets[name] for name in sorted(targets.keys() - sources.keys())),
    )


def match_by_content(
    sources: dict[str, Path],
    targets: dict[str, Path],
    source_texts: Sequence[str],
    target_texts: Sequence[str],
) -> Matches:
    """Pair the documents that are each other's most alike.

    What is compared are character n-grams and numbers, the rare ones above all: names
    and numbers where the languages differ, and nearly everything where the sources were
    translated.

    Args:
        sources: The documents, as `list_documents` gives them.
        targets: The same of the other side.
        source_texts: The content of each source, best as a machine translates it.
        target_texts: The content of each target.
    """
    names, others = list(sources), list(targets)
    best, likeness = best_matches(source_texts, target_texts)
    back, _ = best_matches(target_texts, source_texts)
    pairs = [
        DocumentPair(names[i], sources[names[i]], targets[others[j]], float(value))
        for i, (j, value) in enumerate(zip(best, likeness, strict=True))
        if value >= LEAST_LIKENESS and back[j] == i
    ]
    taken = {pair.source for pair in pairs} | {pair.target for pair in pairs}
    return Matches(
        tuple(sorted(pairs, key=lambda pair: pair.name)),
        tuple(path for _, path in sorted(sources.items()) if path not in taken),
        tuple(path for _, path in sorted(targets.items()) if path not in taken),
    )


def best_matches(
    texts: Sequence[str], others: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return for each text which of the others is most like it, and the cosine.

    Of several that are as like as each other the first is taken.
    """
    sides = [_ngrams(texts), _ngrams(others)]
    weights = inverse_frequencies(*sides, power=1.0)
    rows, columns = (_normed(_rarest(weighted(side, weights))) for side in sides)
    order = np.argsort(columns.columns, kind="stable")
    sorted_columns = columns.columns[order]
    documents, values = columns.row_of_entry()[order], columns.values[order]
    best = np.zeros(len(texts), dtype=np.int64)
    likeness = np.zeros(len(texts))
    for number in range(len(texts)):
        row = rows.rows(number, number + 1)
        first = np.searchsorted(sorted_columns, row.columns, "left")
        sizes = np.searchsorted(sorted_columns, row.columns, "right") - first
        # The places of all entries that share a column with the row.
        offsets = np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        places = offsets + np.arange(sizes.sum())
        cosines = np.bincount(
            documents[places],
            np.repeat(row.values, sizes) * values[places],
            minlength=len(others),
        )
        best[number] = cosines.argmax()
        likeness[number] = cosines[best[number]]
    return best, likeness


def _ngrams(texts: Iterable[str]) -> Sparse:
    return character_ngrams([folded(text) + numbers_of(text) for text in texts])


def _rarest(rows: Sparse) -> Sparse:
    """Keep the heaviest entries of each row."""
    kept = np.ones(len(rows.columns), dtype=bool)
    for start, stop in zip(rows.starts[:-1], rows.starts[1:], strict=True):
        if stop - start > MOST_NGRAMS:
            values = rows.values[start:stop]
            lightest = np.argsort(values, kind="stable")[:-MOST_NGRAMS]
            kept[start + lightest] = False
    sizes = np.bincount(rows.row_of_entry()[kept], minlength=len(rows))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return replace(
        rows, starts=starts, columns=rows.columns[kept], values=rows.values[kept]
    )


def _normed(rows: Sparse) -> Sparse:
    lengths = np.sqrt(rows.squares())
    lengths[lengths == 0] = 1
    values = rows.values / lengths[rows.row_of_entry()]
    return replace(rows, values=values.astype(np.float32))
