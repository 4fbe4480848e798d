"""Test sets of several plain files in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.eval.inputs.lines import read_lines
from satzpaar.eval.testset import Reference, SystemOutput, TestSet
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from satzpaar.eval.inputs import Languages


def read_metrics_eval_folder(folder: Path, languages: Languages) -> TestSet:
    """Read a test set as mt-metrics-eval keeps it, with its systems' outputs.

    ``sources/de-en.txt``, ``references/de-en.refA.txt``, ``documents/de-en.docs`` and
    ``system-outputs/de-en/NAME.txt``. Outputs that are a reference, there to be scored
    as if they were a system's, are left out.

    Raises:
        InputError: A file is missing or broken.
    """
    pair = "-".join(languages)
    references = sorted((folder / "references").glob(f"{pair}.*.txt"))
    if not references:
        files = (folder / "references").glob("*.txt")
        pairs = sorted({file.name.partition(".")[0] for file in files})
        raise InputError(
            folder,
            f"no references/{pair}.*.txt; there are {', '.join(pairs) or 'none'}",
        )
    names = [path.name.removeprefix(f"{pair}.")[: -len(".txt")] for path in references]
    documents = None
    ids = folder / "documents" / f"{pair}.docs"
    if ids.exists():  # the domain, then the document's name
        documents = tuple(line.split("\t")[-1] for line in read_lines(ids))
    outputs = sorted((folder / "system-outputs" / pair).glob("*.txt"))
    return TestSet(
        name=f"{folder.name}.{pair}",
        references=tuple(
            Reference(name, read_lines(path), str(path))
            for name, path in zip(names, references, strict=True)
        ),
        sources=read_lines(folder / "sources" / f"{pair}.txt"),
        documents=documents,
        source_language=languages[0],
        target_language=languages[1],
        systems=tuple(
            SystemOutput(path.name[: -len(".txt")], read_lines(path), place=str(path))
            for path in outputs
            if path.name[: -len(".txt")] not in names
        ),
    )


def with_prefix(prefix: Path) -> list[Path]:
    """List the files whose names begin with a path and a dot.

    >>> from pathlib import Path
    >>> with_prefix(Path("no/such/newstest"))
    []
    """
    if not prefix.name or not prefix.parent.is_dir():
        return []
    start = f"{prefix.name}."
    return sorted(
        path
        for path in prefix.parent.iterdir()
        if path.name.startswith(start) and path.is_file()
    )


def read_plain_files(
    place: Path, languages: Languages, files: Sequence[Path] | None = None
) -> TestSet:
    """Read plain files by their names.

    ``x.src.de`` or ``x.de`` are the sources; ``x.ref.A.en``, ``x.ref.en`` or ``x.en``
    are references, ``x.hyp.NAME.en`` systems' outputs, ``x.docs`` the document of each
    line.

    Args:
        place: What messages call the test set: a folder, or what the names begin with.
        languages: Of the sources and the references.
        files: Those that belong to it; None: all of the folder.

    Raises:
        InputError: No file is a reference, or two are the same part of a test set.
    """
    source_language, target_language = languages
    if files is None:
        files = sorted(path for path in place.iterdir() if path.is_file())
    sources: list[Path] = []
    documents: list[Path] = []
    references: dict[str, list[Path]] = {}
    systems: dict[str, list[Path]] = {}
    for path in files:
        parts = path.name.removesuffix(".txt").split(".")
        language = parts[-1]
        if language == "docs":
            documents.append(path)
        elif "src" in parts[:-1] and language == source_language:
            sources.append(path)
        elif "ref" in parts[:-1] and language == target_language:
            at = parts.index("ref")
            name = ".".join(parts[at + 1 : -1]) or "ref"
            references.setdefault(name, []).append(path)
        elif "hyp" in parts[:-1] and language == target_language:
            at = parts.index("hyp")
            name = ".".join(parts[at + 1 : -1]) or path.name
            systems.setdefault(name, []).append(path)
    if not references:
        sources, references = _bare_pair(files, languages)
    if not references:
        raise InputError(
            place,
            f"no file is a reference; names such as x.src.{source_language}, "
            f"x.ref.A.{target_language}, x.hyp.NAME.{target_language} or "
            f"x.{source_language} and x.{target_language} are expected",
        )
    _check_one_each(place, {"sources": sources, "the documents' ids": documents})
    _check_one_each(
        place, {f"the reference {name}": found for name, found in references.items()}
    )
    _check_one_each(
        place, {f"the system {name}": found for name, found in systems.items()}
    )
    return TestSet(
        name=place.name,
        references=tuple(
            Reference(name, read_lines(path), str(path))
            for name, (path,) in references.items()
        ),
        sources=read_lines(sources[0]) if sources else None,
        documents=read_lines(documents[0]) if documents else None,
        source_language=source_language,
        target_language=target_language,
        systems=tuple(
            SystemOutput(name, read_lines(path), place=str(path))
            for name, (path,) in systems.items()
        ),
    )


def _check_one_each(place: Path, files: Mapping[str, Sequence[Path]]) -> None:
    """Refuse two test sets in one place, of which one would take the other's part."""
    for role, found in files.items():
        if len(found) > 1:
            raise InputError(
                place,
                f"{len(found)} files are {role}: {', '.join(p.name for p in found)}; "
                "name one set by what its files begin with",
            )


def _bare_pair(
    files: Sequence[Path], languages: Languages
) -> tuple[list[Path], dict[str, list[Path]]]:
    """Find ``x.de`` and ``x.en``."""
    by_stem = {path.name.removesuffix(".txt"): path for path in files}
    stems = sorted(
        name.removesuffix(f".{languages[0]}")
        for name in by_stem
        if name.endswith(f".{languages[0]}")
    )
    pairs = [stem for stem in stems if f"{stem}.{languages[1]}" in by_stem]
    sources = [by_stem[f"{stem}.{languages[0]}"] for stem in pairs]
    if not pairs:
        return [], {}
    return sources, {"ref": [by_stem[f"{stem}.{languages[1]}"] for stem in pairs]}
