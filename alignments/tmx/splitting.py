"""One bitext to several: by size, by document, or into parts for training and tests."""

from __future__ import annotations

import re
import secrets
import shutil
from collections import Counter, OrderedDict
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from satzpaar.alignments.formats.options import STREAM
from satzpaar.alignments.formats.streams import PACKED_SUFFIXES
from satzpaar.alignments.keys import key_of
from satzpaar.alignments.tmx.duplicates import normalised_text
from satzpaar.translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from types import TracebackType

    from satzpaar.alignments.bitext import TranslationUnit
    from satzpaar.alignments.formats.options import Write

SHOWN: Final = 40  # characters, of what a message quotes
MOST_OPEN: Final = 200  # files at once; systems allow some thousand, or 256
NO_NAME: Final = re.compile(r"[^\w.-]+")
LONGEST_NAME: Final = 120  # characters that a document gives its file; systems: 255


def by_size(units: int) -> Callable[[TranslationUnit], str]:
    """Make parts of so many units, numbered from 1; the last has the rest."""
    seen = 0

    def part(_: TranslationUnit) -> str:
        nonlocal seen
        seen += 1
        return f"{(seen - 1) // units + 1:04}"

    return part


def by_property(name: str) -> Callable[[TranslationUnit], str]:
    """Name the parts by what a property says, such as the document's name."""

    def part(unit: TranslationUnit) -> str:
        value = unit.get(name)
        if value is None:
            text = unit.source.text
            start = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
            raise InputError(
                unit.id or f"the unit »{start}«",
                f"no property {name} to split by; satzpaar tmx filter --where "
                f"'{name}~.' takes the units that have it",
            )
        return value

    return part


def by_hash(
    shares: Mapping[str, float], *, seed: int = 1
) -> Callable[[TranslationUnit], str]:
    """Draw the part of each unit, the same for the same source each time.

    Units whose sources are the same but for case and punctuation are in one part: no
    sentence is learnt in training and met again in the test. What is drawn does not
    hang on the other units or on their order.

    Args:
        shares: Of the parts, which sum to 1.
        seed: Another one draws otherwise.
    """

    def part(unit: TranslationUnit) -> str:
        drawn = key_of(str(seed), normalised_text(unit.source.text)) / 2**64
        for name, share in shares.items():
            drawn -= share
            if drawn < 0:
                return name
        return name

    return part


def parse_shares(text: str) -> dict[str, float]:
    """Parse ``train=0.98,dev=0.01,test=0.01``; one part may be left without a share.

    >>> parse_shares("train,dev=.1")
    {'train': 0.9, 'dev': 0.1}

    Raises:
        UsageError: It is none, or the shares do not sum to 1.
    """
    shares: dict[str, float] = {}
    rest: str | None = None
    for item in text.split(","):
        name, sign, share = item.strip().partition("=")
        if not re.fullmatch(r"[\w-]+", name) or name in shares:
            raise UsageError(f"{text}: parts such as train=0.9,dev=0.1 are expected")
        if not sign and rest is None:
            rest, shares[name] = name, 0.0
            continue
        try:
            shares[name] = float(share)
        except ValueError:
            shares[name] = -1.0
        if not 0 <= shares[name] <= 1:
            raise UsageError(f"{text}: {name} needs a share from 0 to 1")
    total = sum(shares.values())
    if rest is not None:
        shares[rest] = round(1 - total, 12)
        total = 1.0 if shares[rest] >= 0 else total
    if abs(total - 1) > 1e-6:
        raise UsageError(f"{text}: the shares sum to {total:g}, 1 is expected")
    return shares


def part_path(path: Path | str, part: str) -> Path:
    """Name the file of a part.

    >>> part_path("out/corpus.tmx.gz", "dev").as_posix()
    'out/corpus.dev.tmx.gz'
    """
    path = Path(path)
    packing = path.suffix if path.suffix.lower() in PACKED_SUFFIXES else ""
    plain = path.with_suffix("") if packing else path
    name = NO_NAME.sub("_", part).strip(".")[:LONGEST_NAME] or "_"
    return plain.with_name(f"{plain.stem}.{name}{plain.suffix}{packing}")


def split(
    units: Iterable[TranslationUnit],
    part: Callable[[TranslationUnit], str],
    path: Path | str,
    open_part: Callable[[Path], AbstractContextManager[Write]],
    *,
    one_by_one: bool = False,
) -> Counter[Path]:
    """Write each unit to its part's file; all of them are there at the end, or none.

    Args:
        units: Are read once.
        part: Names a unit's part.
        path: What the files are named after, `part_path` says how.
        open_part: Opens a file.
        one_by_one: A part is finished when another one begins.

    Returns:
        How many units each file has.

    Raises:
        InputError: A part goes on after its file had to be closed, or two parts would
            have the same file.
    """
    if str(path) == STREAM:
        raise UsageError("several files are written: -o FILE is expected, no stream")
    counts: Counter[Path] = Counter()
    with _folder_beside(Path(path)) as folder:
        files = _Files(folder, Path(path), open_part, 1 if one_by_one else MOST_OPEN)
        with files:
            for unit in units:
                name = part(unit)
                files.write(name, unit)
                counts[part_path(path, name)] += 1
    return counts


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """Make a folder whose files move beside *path* at the end."""
    folder = path.with_name(f".satzpaar-{secrets.token_hex(8)}.tmp")
    try:
        folder.mkdir()
    except OSError as error:
        if not path.parent.exists():
            raise InputError(path, f"there is no folder {path.parent}") from None
        raise InputError(path, f"cannot be written: {error.strerror}") from error
    try:
        yield folder
        for file in sorted(folder.iterdir()):
            file.replace(path.with_name(file.name))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Files:
    """The files of the parts, those in use open."""

    def __init__(
        self,
        folder: Path,
        path: Path,
        open_part: Callable[[Path], AbstractContextManager[Write]],
        most_open: int,
    ) -> None:
        self._folder = folder
        self._path = path
        self._open_part = open_part
        self._most_open = most_open
        self._open: OrderedDict[str, tuple[ExitStack, Write]] = OrderedDict()
        self._owners: dict[str, str] = {}  # of files, also of closed ones

    def __enter__(self) -> None:
        return

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for stack, _write in self._open.values():
            stack.__exit__(kind, error, traceback)

    def write(self, name: str, unit: TranslationUnit) -> None:
        """Write a unit to its part."""
        opened = self._open.get(name)
        if opened is None:
            opened = self._begin(name)
        else:
            self._open.move_to_end(name)
        opened[1](unit)

    def _begin(self, name: str) -> tuple[ExitStack, Write]:
        file = part_path(self._path, name).name
        owner = self._owners.setdefault(file, name)
        if owner != name:
            raise InputError(file, f"would hold both {owner} and {name}")
        if (self._folder / file).exists():
            raise InputError(
                file,
                f"{name} goes on after {self._most_open} others; sort the units by it",
            )
        while len(self._open) >= self._most_open:
            _, (oldest, _write) = self._open.popitem(last=False)
            oldest.close()
        stack = ExitStack()
        write = stack.enter_context(self._open_part(self._folder / file))
        self._open[name] = stack, write
        return self._open[name]
