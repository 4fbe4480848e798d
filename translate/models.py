"""From a model's name to files on disk: bundled, a local folder, or the hub."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from satzpaar.translate.checkpoint import (
    NEEDED_FILES,
    PICKLE,
    SAFETENSORS,
    Checkpoint,
    HeadPlace,
    read_json,
    weights_path,
)
from satzpaar.translate.errors import ModelError, UsageError

Normalization = Literal["none", "moses"]

BUNDLED = "bundled"
_BUNDLED_FOLDER = Path(__file__).parent / "bundled"

_GENERATION = "generation_config.json"
_OPTIONAL_FILES = (
    _GENERATION,
    "tokenizer_config.json",
    "special_tokens_map.json",
    "target_vocab.json",
)

# OWNER/NAME, and after "@" the revision: a branch, a tag, a commit, refs/pr/N.
_HUB_ID = re.compile(
    r"(?P<id>[\w-][\w.-]*/[\w-][\w.-]*)(?:@(?P<revision>[\w./-]+))?", re.ASCII
)

# Helsinki-NLP's names end in the pair: opus-mt-de-en, opus-mt-tc-big-de-en.
_PAIR = re.compile(
    r"opus-mt-(?:tc-\w+-)?(?P<source>[a-z]{2,3})-(?P<target>[a-z]{2,3})$"
)
_OPUS = re.compile(r"(?:^|[/\\]|--)opus-mt-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Model:
    """A Marian checkpoint on disk, found and checked."""

    name: str  # as the user said it
    folder: Path
    source_language: str | None  # None: the checkpoint does not say
    target_language: str | None
    max_source_tokens: int  # end of sentence included
    max_target_tokens: int  # end of sentence included
    normalization: Normalization  # of punctuation, before tokenisation
    allow_pickle: bool = False  # the user lets pytorch_model.bin be loaded
    alignment_head: HeadPlace | None = None  # None: no head shows word alignments
    length_penalty: float = 1.0  # with which it is best; see ``DecodingOptions``
    overruled: bool = False  # its English words, by the dictionary (docs/dictionary.md)
    reads_context: bool = False  # for its pronouns (docs/context.md)
    plain_idioms: bool = False  # are put in plain words for it (docs/idioms.md)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What there is to know of a model."""

    model: Model
    encoder_layers: int
    decoder_layers: int
    model_width: int
    heads: int  # of the encoder's attention
    vocabulary: int  # tokens of the source side
    parameters: int
    size: int  # bytes of all its files
    content_hash: str
    converted: bool  # for CTranslate2, int8


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model that is at hand without a network."""

    name: str  # what --model takes
    place: Literal["bundled", "hub cache"]
    folder: Path
    size: int  # bytes of all its files
    converted: bool  # for CTranslate2, int8


def cache_folder() -> Path:
    """Say where what can be made again is kept; SATZPAAR_CACHE names another place."""
    named = os.environ.get("SATZPAAR_CACHE")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("satzpaar", appauthor=False))


def find_model(
    name: str | os.PathLike[str] = BUNDLED,
    *,
    offline: bool | None = None,
    allow_pickle: bool = False,
) -> Model:
    """Find a model by its name and check its files.

    Args:
        name: ``bundled``; a folder; or a hub id, ``OWNER/NAME`` or
            ``OWNER/NAME@REVISION``. The network is asked only for a hub id that
            is not in the local Hugging Face cache.
        offline: Never ask the network. None: as HF_HUB_OFFLINE says.
        allow_pickle: Take ``pytorch_model.bin`` where there is no safetensors file.

    Raises:
        ModelError: There is no such model, or its files are damaged or foreign.
        UsageError: The name is neither a folder nor a hub id.
    """
    name = os.fspath(name)
    if name == BUNDLED:
        return _model(name, _BUNDLED_FOLDER, allow_pickle=False)
    folder = Path(name).expanduser()
    if name and folder.is_dir():  # Path("") would be the folder we are in
        return _model(name, folder, allow_pickle=allow_pickle)
    hub_name = _HUB_ID.fullmatch(name)
    if name and folder.exists():
        raise ModelError(f"{name}: a file; a model's folder is expected")
    if not hub_name:
        if os.sep in name or "/" in name:
            raise ModelError(f"{name}: no such folder; a model's folder is expected")
        raise UsageError(
            f"no model {name!r}; {BUNDLED!r}, a folder, or a hub id OWNER/NAME is "
            "expected"
        )
    found = _cached_snapshot(hub_name, allow_pickle=allow_pickle)
    if found is None:
        if offline or (offline is None and _hub_is_offline()):
            raise ModelError(
                f"{name}: no such folder, not in the local Hugging Face cache, and the "
                f"network may not be asked; {_how_to_get(name)}"
            )
        found = _download(hub_name, allow_pickle=allow_pickle)
    return _model(name, found, allow_pickle=allow_pickle)


def download_model(name: str, *, allow_pickle: bool = False) -> Model:
    """Fetch a model of the hub into the local Hugging Face cache, the newest there is.

    Raises:
        UsageError: The name is no hub id.
        ModelError: It cannot be fetched, or is no Marian model.
    """
    hub_name = _HUB_ID.fullmatch(name)
    if not hub_name:
        raise UsageError(f"{name!r} is no hub id; OWNER/NAME is expected")
    if _hub_is_offline():
        raise ModelError(f"{name}: HF_HUB_OFFLINE forbids to ask the network")
    folder = _download(hub_name, allow_pickle=allow_pickle)
    return _model(name, folder, allow_pickle=allow_pickle)


def list_models() -> list[ListedModel]:
    """List the models at hand: the bundled one and the Hugging Face cache's."""
    names = [(BUNDLED, _BUNDLED_FOLDER)]
    names += [(name, folder) for name, folder in _cached_models()]
    return [
        ListedModel(
            name=name,
            place="bundled" if name == BUNDLED else "hub cache",
            folder=folder,
            size=_size(folder),
            converted=_is_converted(name, folder),
        )
        for name, folder in names
    ]


def model_info(model: Model) -> ModelInfo:
    """Tell what the files of a model say."""
    from satzpaar.translate.conversion import is_converted

    checkpoint = Checkpoint(model.folder, allow_pickle=model.allow_pickle)
    config = checkpoint.config
    return ModelInfo(
        model=model,
        encoder_layers=config.encoder_layers,
        decoder_layers=config.decoder_layers,
        model_width=config.model_width,
        heads=config.encoder_heads,
        vocabulary=config.vocabulary,
        parameters=checkpoint.weights.parameters(),
        size=_size(model.folder),
        content_hash=content_hash(model),
        converted=is_converted(model),
    )


def content_hash(model: Model) -> str:
    """Hash the files that decide what a model says: 64 hexadecimal digits.

    Each file's hash is remembered in the cache folder under its path, size and time
    of change, so that only a first start reads the weights for it.
    """
    weights = weights_path(model.folder, allow_pickle=model.allow_pickle)
    others = {"target_vocab.json", "tokenizer_config.json", _GENERATION}
    names = {*NEEDED_FILES, *others, weights.name}
    paths = [path for name in sorted(names) if (path := model.folder / name).is_file()]
    stamps = []
    for path in paths:
        status = path.stat()
        stamps.append([str(path.resolve()), status.st_size, status.st_mtime_ns])
    key = hashlib.sha256(json.dumps(stamps).encode()).hexdigest()
    memo = cache_folder() / "hashes" / key
    try:
        remembered = memo.read_text(encoding="ascii")
    except (OSError, ValueError):
        remembered = ""
    if re.fullmatch("[0-9a-f]{64}", remembered):
        return remembered
    total = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.name} {digest}\n".encode())
    _remember(memo, total.hexdigest())
    return total.hexdigest()


def _remember(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="ascii")
        beside.replace(path)
    except OSError:  # a cache that cannot be written costs time, not the run
        with suppress(OSError):
            beside.unlink()


def _model(name: str, folder: Path, *, allow_pickle: bool) -> Model:
    """Describe a checkpoint.

    Raises:
        ModelError: A file is missing, damaged, foreign, or does not fit the others.
    """
    config = Checkpoint(folder, allow_pickle=allow_pickle).config
    content = read_json(folder / "config.json")
    settings: dict[str, Any] = {}
    if (folder / "tokenizer_config.json").is_file():
        settings = read_json(folder / "tokenizer_config.json")
    names = (name.partition("@")[0], str(content.get("_name_or_path", "")), folder.name)
    pair = next((found for text in names if (found := _PAIR.search(text))), None)
    longest = settings.get("model_max_length", config.positions)
    if not isinstance(longest, int | float) or longest < 2:
        raise ModelError(
            f"{folder / 'tokenizer_config.json'}: model_max_length is {longest!r}, "
            "but a number from 2 is expected"
        )
    return Model(
        name=name,
        folder=folder,
        source_language=settings.get("source_lang") or (pair and pair["source"]),
        target_language=settings.get("target_lang") or (pair and pair["target"]),
        max_source_tokens=int(min(config.positions, longest)),
        max_target_tokens=config.positions,
        normalization="moses" if any(map(_OPUS.search, names)) else "none",
        allow_pickle=allow_pickle,
        alignment_head=config.alignment_head,
        length_penalty=_length_penalty(folder / _GENERATION),
        overruled=config.overruled,
        reads_context=config.reads_context,
        plain_idioms=config.plain_idioms,
    )


def _length_penalty(path: Path) -> float:
    """Read what a checkpoint says of how it wants to be decoded; 1 if nothing."""
    found = read_json(path).get("length_penalty") if path.is_file() else None
    if found is None:
        return 1.0
    if type(found) not in (int, float) or not abs(found) < float("inf"):
        raise ModelError(f"{path}: length_penalty is {found!r}; a number is expected")
    return float(found)


def _size(folder: Path) -> int:
    names = {*NEEDED_FILES, *_OPTIONAL_FILES, SAFETENSORS, PICKLE}
    paths = (folder / name for name in names)
    return sum(path.stat().st_size for path in paths if path.is_file())


def _is_converted(name: str, folder: Path) -> bool:
    from satzpaar.translate.conversion import is_converted

    try:
        return is_converted(_model(name, folder, allow_pickle=True))
    except ModelError:
        return False


def _how_to_get(name: str) -> str:
    return (
        f"run `satzpaar models download {name}` where there is a network and copy the "
        "folder named by HF_HOME (~/.cache/huggingface) here, or give --model a folder"
    )


def _hub_is_offline() -> bool:
    # As huggingface_hub reads it, without its import.
    value = os.environ.get("HF_HUB_OFFLINE") or os.environ.get("TRANSFORMERS_OFFLINE")
    return (value or "").upper() in {"1", "ON", "YES", "TRUE"}


def _wanted_files(*, allow_pickle: bool) -> list[str]:
    wanted = [*NEEDED_FILES, *_OPTIONAL_FILES, SAFETENSORS]
    return [*wanted, PICKLE] if allow_pickle else wanted


def _cached_snapshot(hub_name: re.Match[str], *, allow_pickle: bool) -> Path | None:
    """Return the folder of a model in the local cache, None if it is not there."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(
        hub_name["id"], "config.json", revision=hub_name["revision"]
    )
    if not isinstance(found, str):
        return None
    folder = Path(found).parent
    weights = (SAFETENSORS, PICKLE) if allow_pickle else (SAFETENSORS,)
    complete = all((folder / name).is_file() for name in NEEDED_FILES) and any(
        (folder / name).is_file() for name in weights
    )
    # Some files only: another program looked the model up, or a download broke off.
    # Without a network what is there gives the better complaint.
    return folder if complete or _hub_is_offline() else None


def _download(hub_name: re.Match[str], *, allow_pickle: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
    from huggingface_hub.utils.tqdm import disable_progress_bars

    name, revision = hub_name["id"], hub_name["revision"]
    # The base of all that the hub's HTTP library raises; which library that is
    # differs between versions of huggingface_hub.
    transport_error: Any = HfHubHTTPError.__bases__[0]
    if not sys.stderr.isatty():
        disable_progress_bars()
    try:
        folder = snapshot_download(
            name,
            revision=revision,
            allow_patterns=_wanted_files(allow_pickle=allow_pickle),
        )
    except GatedRepoError as error:
        raise ModelError(
            f"{name}: its owner asks for an agreement; accept it on the model's page "
            "and log in with `hf auth login`"
        ) from error
    except RepositoryNotFoundError as error:
        raise ModelError(f"{name}: the hub has no such model") from error
    except RevisionNotFoundError as error:
        raise ModelError(f"{name}: has no revision {revision}") from error
    except (LocalEntryNotFoundError, ConnectionError, transport_error) as error:
        raise ModelError(
            f"{hub_name.group()}: no such folder, not in the local Hugging Face cache, "
            f"and the hub cannot be reached; {_how_to_get(hub_name.group())}"
        ) from error
    return Path(folder)


def _cached_models() -> list[tuple[str, Path]]:
    """Find Marian models in the Hugging Face cache, without its library's import."""
    home = os.environ.get("HF_HOME") or str(
        Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface"
    )
    hub = Path(os.environ.get("HF_HUB_CACHE") or Path(home) / "hub").expanduser()
    found = []
    for path in sorted(hub.glob("models--*--*/snapshots/*/config.json")):
        folder = path.parent
        repository = folder.parent.parent
        name = repository.name.removeprefix("models--").replace("--", "/", 1)
        try:
            marian = read_json(path).get("model_type") == "marian"
            main = repository / "refs" / "main"
            is_main = main.is_file() and main.read_text().strip() == folder.name
        except (ModelError, OSError):
            continue
        if marian:
            found.append((name if is_main else f"{name}@{folder.name}", folder))
    return found
