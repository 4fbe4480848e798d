"""Test sets kept under a name, with the checksums that they had."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from satzpaar.eval.inputs.folders import read_plain_files
from satzpaar.translate.errors import InputError, SatzpaarError, UsageError
from satzpaar.translate.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.eval.inputs import Languages
    from satzpaar.eval.testset import TestSet

MANIFEST: Final = "testset.json"
FORMAT: Final = 1
KINDS: Final = {
    "name": str,
    "languages": list,
    "segments": int,
    "references": list,
    "origin": str,
    "files": dict,
}  # of what a manifest holds
NAME: Final = re.compile(r"[\w][\w.+-]*")
NETWORK_TIMEOUT: Final = 60  # seconds without an answer


@dataclass(frozen=True, slots=True)
class StoredTestSet:
    """A test set that is at hand."""

    name: str
    languages: Languages
    segments: int
    references: tuple[str, ...]
    origin: str  # where it was imported from
    folder: Path


def testsets_folder() -> Path:
    """Say where imported test sets are; SATZPAAR_TESTSETS names another place."""
    named = os.environ.get("SATZPAAR_TESTSETS")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_dir

    return Path(user_data_dir("satzpaar", appauthor=False)) / "testsets"


def stored_testsets() -> list[StoredTestSet]:
    """List the test sets that were imported, by name, without `damaged_testsets`."""
    found = []
    for folder in _folders():
        with suppress(InputError):
            found.append(_described(folder, _manifest(folder)))
    return found


def damaged_testsets() -> list[tuple[str, InputError]]:
    """List the test sets with a damaged manifest, by name, with what is wrong."""
    found = []
    for folder in _folders():
        try:
            _manifest(folder)
        except InputError as error:
            found.append((folder.name.rpartition(".")[0], error))
    return found


def _folders() -> list[Path]:
    folder = testsets_folder()
    manifests = sorted(folder.glob(f"*/{MANIFEST}")) if folder.is_dir() else []
    return [path.parent for path in manifests]


def import_testset(
    name: str, testset: TestSet, *, origin: str, replace: bool = False
) -> StoredTestSet:
    """Keep a test set under a name: its texts as plain files, and their checksums.

    Raises:
        UsageError: The name cannot be one, or is taken.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r}: a name of letters, digits, . _ + - is expected")
    languages = (testset.source_language or "de", testset.target_language or "en")
    target = testsets_folder() / f"{name}.{'-'.join(languages)}"
    if target.exists() and not replace:
        raise UsageError(f"{name} is there already; --replace takes its place")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".importing-", dir=target.parent))
    try:
        files = {}
        for file, lines in _files(name, testset, languages):
            data = "".join(f"{line}\n" for line in lines).encode()
            (beside / file).write_bytes(data)
            files[file] = hashlib.sha256(data).hexdigest()
        manifest = {
            "format": FORMAT,
            "name": name,
            "languages": list(languages),
            "segments": len(testset),
            "references": list(testset.reference_names),
            "origin": origin,
            "files": files,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        (beside / MANIFEST).write_text(text, encoding="utf-8")
        beside.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return _described(target, manifest)


def _files(
    name: str, testset: TestSet, languages: Languages
) -> Iterator[tuple[str, tuple[str, ...]]]:
    source, target = languages
    if testset.sources is not None:
        yield f"{name}.src.{source}", testset.sources
    if testset.documents is not None:
        yield f"{name}.docs", testset.documents
    for reference in testset.references:
        yield f"{name}.ref.{_safe(reference.name)}.{target}", reference.segments
    for system in testset.systems:
        yield f"{name}.hyp.{_safe(system.name)}.{target}", system.hypotheses


def _safe(name: str) -> str:
    return re.sub(r"[^\w.+-]", "_", name)


def read_stored(folder: Path) -> TestSet:
    """Read a test set that was imported, after a look at its checksums.

    Raises:
        InputError: A file is missing, or is not what was imported.
    """
    manifest = _manifest(folder)
    for complaint in _damage(folder, manifest):
        raise complaint
    files = [folder / name for name in manifest["files"]]
    languages = (manifest["languages"][0], manifest["languages"][1])
    return read_plain_files(folder.parent / manifest["name"], languages, files)


def verify(stored: StoredTestSet) -> list[InputError]:
    """Say which files of a test set are missing or are not what was imported."""
    return list(_damage(stored.folder, _manifest(stored.folder)))


def _damage(folder: Path, manifest: dict[str, Any]) -> Iterator[InputError]:
    for name, wanted in manifest["files"].items():
        path = folder / name
        try:
            found = hashlib.sha256(read_bytes(path)).hexdigest()
        except InputError as error:
            yield error
            continue
        if found != wanted:
            yield InputError(
                path,
                f"fails its checksum: SHA-256 {found[:12]}…, {wanted[:12]}… is "
                "expected; import the test set anew",
            )


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(read_bytes(path))
    except ValueError as error:
        raise InputError(path, f"no JSON: {error}") from None
    if (
        not isinstance(manifest, dict)
        or manifest.get("format") != FORMAT
        or any(not isinstance(manifest.get(key), kind) for key, kind in KINDS.items())
        or len(manifest["languages"]) != 2
        or any(Path(file).name != file for file in manifest["files"])
    ):
        raise InputError(path, f"no manifest of a test set in format {FORMAT}")
    return manifest


def _described(folder: Path, manifest: dict[str, Any]) -> StoredTestSet:
    return StoredTestSet(
        name=manifest["name"],
        languages=(manifest["languages"][0], manifest["languages"][1]),
        segments=manifest["segments"],
        references=tuple(manifest["references"]),
        origin=manifest["origin"],
        folder=folder,
    )


def _folder(name: str, languages: Languages) -> Path:
    return testsets_folder() / f"{name.replace('/', '_')}.{'-'.join(languages)}"


def is_stored(name: str, languages: Languages) -> bool:
    """Say whether a test set of this name was imported."""
    return bool(name) and (_folder(name, languages) / MANIFEST).is_file()


def sacrebleu_names(languages: Languages) -> list[str]:
    """List sacreBLEU's test sets for a language pair."""
    from sacrebleu.dataset import DATASETS

    pair = "-".join(languages)
    return sorted(name for name, each in DATASETS.items() if pair in each.langpairs)


def is_known(name: str) -> bool:
    """Say whether a test set of this name is at hand or one of sacreBLEU's."""
    from sacrebleu.dataset import DATASETS

    return name in DATASETS or any(each.name == name for each in stored_testsets())


def load(name: str, languages: Languages) -> TestSet:
    """Read a test set by its name; no network is asked.

    Raises:
        InputError: It is damaged.
        UsageError: There is none, or it has to be fetched first.
    """
    if is_stored(name, languages):
        return read_stored(_folder(name, languages))
    pair = "-".join(languages)
    if name in sacrebleu_names(languages):
        raise UsageError(
            f"{name} ({pair}) is not at hand; where there is a network `satzpaar eval "
            f"testset get {name}` fetches it, once"
        )
    have = ", ".join(each.name for each in stored_testsets()) or "none"
    raise UsageError(
        f"no file, folder or test set {name!r} ({pair}); imported: {have}; sacreBLEU's "
        "are listed by `satzpaar eval testset list --all`"
    )


def fetch(name: str, languages: Languages, *, replace: bool = False) -> StoredTestSet:
    """Get one of sacreBLEU's test sets from the network and keep it.

    sacreBLEU checks the archive's checksum; ours are of the texts.

    Raises:
        SatzpaarError: The network cannot be reached.
        UsageError: sacreBLEU has no such test set in these languages.
    """
    import socket

    from sacrebleu.dataset import DATASETS
    from sacrebleu.utils import get_files, get_reference_files

    pair = "-".join(languages)
    if name not in sacrebleu_names(languages):
        raise UsageError(
            f"sacreBLEU has no test set {name!r} for {pair}; it has "
            + ", ".join(sacrebleu_names(languages))
        )
    dataset = DATASETS[name]
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(NETWORK_TIMEOUT)
    try:
        names, paths = dataset.fieldnames(pair), get_files(name, pair)
        fields = dict(zip(names, paths, strict=True))
        references = set(get_reference_files(name, pair))
    except (OSError, SystemExit) as error:
        reason = getattr(error, "reason", error)
        reason = getattr(reason, "strerror", None) or reason
        raise SatzpaarError(
            f"{name}: cannot be fetched ({reason}); the network is needed once, or "
            f"`satzpaar eval testset import {name} FOLDER` where its files are at hand"
        ) from None
    finally:
        socket.setdefaulttimeout(before)
    return import_testset(
        name.replace("/", "_"),
        _fetched(name, fields, references, languages),
        origin=f"sacreBLEU {name}",
        replace=replace,
    )


def _fetched(
    name: str, fields: dict[str, str], references: set[str], languages: Languages
) -> TestSet:
    from satzpaar.eval.inputs.lines import read_lines
    from satzpaar.eval.testset import Reference, TestSet

    documents = fields.get("docid")
    return TestSet(
        name=name,
        references=tuple(
            Reference(field.partition(":")[2] or field, read_lines(Path(path)), path)
            for field, path in fields.items()
            if path in references
        ),
        sources=read_lines(Path(fields["src"])),
        documents=read_lines(Path(documents)) if documents else None,
        source_language=languages[0],
        target_language=languages[1],
    )
