"""Word alignments of the training pairs, between tokens, packed in files.

One head of the network is trained on them: guided alignment (Chen et al. 2016, "Guided
Alignment Training for Topic-Aware Neural Machine Translation").
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from satzpaar.translate.errors import ModelError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from satzpaar.translate.training.prepare import Prepared
    from satzpaar.translate.training.settings import Aligner, Guidance, Link

    Ids = NDArray[np.int64]

# eflomal's own choice, three samplers and 35 iterations of the last model for 20,000
# pairs, takes ten times as long for 0.02 of error rate (docs/training.md).
ITERATIONS = (4, 4, 8)  # of IBM 1, HMM, HMM with fertility
SAMPLERS = 1

# Fewer pairs than this say little about which word goes with which (docs/training.md).
FEW_PAIRS = 5_000

NEIGHBOURS = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]


def require_eflomal() -> None:
    """Refuse to begin what will need eflomal where it is missing.

    Raises:
        UsageError: It is not installed.
    """
    if find_spec("eflomal") is None:
        raise UsageError(
            "--guided-alignment needs eflomal, which finds the word alignments; "
            "pip install 'satzpaar[guided]' (it is built by a C compiler)"
        )


def eflomal_links(
    sources: Sequence[Ids], targets: Sequence[Ids], folder: Path
) -> Iterator[tuple[set[Link], set[Link]]]:
    """Link words by eflomal.

    Source: Östling and Tiedemann (2016), "Efficient Word Alignment with Markov Chain
    Monte Carlo", The Prague Bulletin of Mathematical Linguistics 106.

    Raises:
        UsageError: eflomal is not installed.
        ModelError: It failed.
    """
    require_eflomal()
    import eflomal

    paths = [folder / "links.forward", folder / "links.reverse"]
    for path in paths:
        path.unlink(missing_ok=True)  # of a run that was killed
    eflomal.Aligner(model=3, n_samplers=SAMPLERS, n_iterations=ITERATIONS).align(
        _lines(sources),
        _lines(targets),
        links_filename_fwd=str(paths[0]),
        links_filename_rev=str(paths[1]),
    )
    found = 0
    try:
        with paths[0].open() as forward, paths[1].open() as reverse:
            for ahead, back in zip(forward, reverse, strict=False):  # counted below
                yield _links(ahead), _links(back)
                found += 1
    except FileNotFoundError:
        pass  # counted below
    finally:
        for path in paths:
            path.unlink(missing_ok=True)
    if found != len(sources):
        raise ModelError(
            f"eflomal aligned {found} of {len(sources)} pairs; it may have run out of "
            "memory: fewer --guided-pairs take less"
        )


def _lines(rows: Sequence[Ids]) -> list[str]:
    return [" ".join(map(str, row.tolist())) for row in rows]


def _links(line: str) -> set[Link]:
    halves = (link.split("-") for link in line.split())
    return {(int(source), int(target)) for source, target in halves}


def symmetrized(forward: set[Link], reverse: set[Link]) -> set[Link]:
    """Join the links of two directions: grow-diag-final-and.

    Source: Koehn et al. (2005), "Edinburgh System Description for the 2005 IWSLT
    Speech Translation Evaluation"; Koehn, Och and Marcu (2003), section 3.

    >>> sorted(symmetrized({(0, 0), (1, 1)}, {(0, 0), (1, 2)}))
    [(0, 0), (1, 1), (1, 2)]
    """
    links, union = forward & reverse, forward | reverse
    sources = {source for source, _ in links}
    targets = {target for _, target in links}

    def add(link: Link) -> None:
        links.add(link)
        sources.add(link[0])
        targets.add(link[1])

    fresh = sorted(links)
    while fresh:
        grown = []
        for source, target in fresh:
            for down, right in NEIGHBOURS:
                link = (source + down, target + right)
                if (
                    link in union
                    and link not in links
                    and (link[0] not in sources or link[1] not in targets)
                ):
                    add(link)
                    grown.append(link)
        fresh = grown
    for direction in (forward, reverse):
        for link in sorted(direction):
            if link[0] not in sources and link[1] not in targets:
                add(link)
    return links


@dataclass(frozen=True, slots=True)
class BatchLinks:
    """The links of a batch, one an entry."""

    row: Ids
    target: Ids
    source: Ids
    share: NDArray[np.float32]  # those of one target token sum to 1


class Links:
    """The links of all pairs, mapped into memory; many pairs may have none."""

    def __init__(self, folder: Path) -> None:
        self._counts = np.fromfile(folder / "links.counts", "<u2").astype(np.int64)
        self._starts = np.cumsum(self._counts) - self._counts
        path = folder / "links.pairs"
        flat: NDArray[Any] = np.memmap(path, "<u2", "r")
        self._links = flat.reshape(-1, 2)  # (links + 1, 2), source and target
        if self._counts.sum() + 1 != len(self._links):
            raise ModelError(f"{path}: not what was written; delete the work folder")

    @property
    def coverage(self) -> float:
        """The part of the pairs that has links; 1 if none has."""
        return float((self._counts > 0).mean()) or 1.0

    def batch(self, index: Ids) -> BatchLinks:
        """Return the links of some pairs, the rows counted from 0 in their order."""
        counts = self._counts[index]
        row = np.repeat(np.arange(len(index)), counts)
        within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        found = self._links[self._starts[index][row] + within].astype(np.int64)
        _, token, times = np.unique(
            row * 2**16 + found[:, 1], return_inverse=True, return_counts=True
        )
        share = (1 / times[token]).astype(np.float32)
        return BatchLinks(row, found[:, 1], found[:, 0], share)


def prepare_links(
    prepared: Prepared,
    guidance: Guidance,
    folder: Path,
    *,
    seed: int,
    tell: Callable[[str], None],
) -> Links:
    """Align the training pairs, unless an earlier call has; all of it or nothing.

    Raises:
        UsageError: eflomal is not installed.
        ModelError: The alignment failed.
    """
    done = folder / "links.counts"
    if not done.exists():
        pairs = len(prepared.source.lengths)
        chosen = np.arange(pairs)
        if pairs > guidance.pairs:
            random = np.random.default_rng(seed)
            chosen = np.sort(random.choice(pairs, guidance.pairs, replace=False))
        tell(f"aligning the words of {len(chosen)} pairs")
        if len(chosen) < FEW_PAIRS:
            tell(
                f"only {len(chosen)} pairs to learn word alignments from; --general "
                "with more text makes them better"
            )
        _write(prepared, guidance.aligner or eflomal_links, chosen, folder)
    return Links(folder)


def _write(prepared: Prepared, aligner: Aligner, chosen: Ids, folder: Path) -> None:
    from satzpaar.translate.tokenizer import MarianTokenizer

    tokenizer = MarianTokenizer(prepared.model)
    sources, targets = (
        [folded[row] for row in packed.rows(chosen)]
        for packed, folded in (
            (prepared.source, _folded(tokenizer.source_ids)),
            (prepared.target, _folded(tokenizer.target_ids)),
        )
    )
    counts = np.zeros(len(prepared.source.lengths), "<u2")
    with (folder / "links.pairs").open("wb") as file:
        for number, (forward, reverse) in zip(
            chosen, aligner(sources, targets, folder), strict=True
        ):
            links = sorted(symmetrized(forward, reverse))
            counts[number] = len(links)
            file.write(np.array(links, "<u2").tobytes())
        file.write(np.zeros(2, "<u2").tobytes())  # an empty file cannot be mapped
    # Last, and by renaming: where it is, everything is.
    counts.tofile(folder / "links.tmp")
    (folder / "links.tmp").replace(folder / "links.counts")


def _folded(ids: dict[str, int]) -> Ids:
    """Map each id to that of a token that differs in capitals alone.

    A word is rarer in each of its forms than in all together.
    """
    first: dict[str, int] = {}
    folded = np.arange(len(ids))
    for token, number in ids.items():
        folded[number] = first.setdefault(token.lower(), number)
    return folded
