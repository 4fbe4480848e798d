"""From bitexts to what a run reads: cleaned, a part held out, cut into ids, on disk."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

import numpy as np

from satzpaar.translate.checkpoint import CONFIG, copy_tokenizer
from satzpaar.translate.errors import InputError
from satzpaar.translate.training.cleaning import Cleaner, Cleaning, side_keys
from satzpaar.translate.training.packed import Packed, PackedWriter
from satzpaar.translate.training.parting import (
    part_source,
    part_text,
    words_parted,
)
from satzpaar.translate.training.settings import Scratch
from satzpaar.translate.training.vocabulary import (
    PairEncoder,
    cut_anew,
    scratch_model,
    train_vocabulary,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.bitext import Corpus, Pair
    from satzpaar.translate.training.settings import Vocabulary

# A part of the bitext, so that a small one is not held out altogether. Ours.
HELD_OUT_PART = 10  # one in so many

# Pairs whose words are counted for a new vocabulary; more change little.
VOCABULARY_PAIRS = 2_000_000

CHUNK = 10_000  # pairs tokenised at once

_FACTS = "data.json"


@dataclass(frozen=True, slots=True)
class Sources:
    """The bitexts of a run."""

    data: Sequence[Corpus]
    general: Corpus | None = None
    valid: Corpus | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run reads."""

    model: Model  # whose vocabulary the ids are of
    source: Packed
    target: Packed
    origin: np.ndarray[Any, np.dtype[np.uint16]]  # number of each pair's corpus
    valid: list[Pair]  # never trained on
    general: list[Pair]  # the same, of the general bitext
    facts: dict[str, Any]  # counts: kept, dropped by reason, pairs and tokens by corpus


def prepare(
    sources: Sources,
    start: Model | Scratch,
    cleaning: Cleaning,
    folder: Path,
    *,
    vocabulary: Vocabulary | None = None,
    part_words: bool = False,
    held_out: int,
    longest: int,
    seed: int,
) -> Prepared:
    """Read the bitexts once and write what a run needs; all of it or nothing new.

    Args:
        sources: The bitexts.
        start: The model that goes on learning, or what a new one is to be.
        cleaning: What is left out.
        folder: For what is written.
        vocabulary: A new one for the start; None: its own.
        part_words: Whether words of the source are parted from the marks before them;
            where the start does so, they are in any case.
        held_out: Pairs, at most.
        longest: Tokens of a side, end included; longer pairs are left out.
        seed: Of what is drawn.

    Raises:
        InputError: A file is damaged, or nothing is left after cleaning.

    """
    wanted = start.vocabulary if isinstance(start, Scratch) else vocabulary
    if isinstance(start, Scratch):
        model = scratch_model(start, folder)
    else:
        parted = words_parted(start)
        if vocabulary is not None:
            model = cut_anew(start, folder)
        elif part_words and not parted:
            model = replace(start, folder=folder)
        else:
            model = start
        part_words = part_words or parted
    if not (folder / _FACTS).exists():
        folder.mkdir(parents=True, exist_ok=True)
        cleaner = Cleaner(cleaning)
        spool = folder / "clean.tsv"
        chosen = _spool(sources, cleaner, spool, held_out, seed)
        if wanted is not None:
            words = _words(spool, sources, chosen.pairs, parted=part_words)
            train_vocabulary(words, wanted, model, seed=seed)
        elif not isinstance(start, Scratch) and model is not start:
            copy_tokenizer(start.folder, folder)
            # Of an OPUS model it says what its name told; see export.
            shutil.copyfile(start.folder / CONFIG, folder / CONFIG)
        if part_words and model.folder == folder:
            part_source(folder)
        facts = _pack(spool, chosen, PairEncoder(model), folder, longest, cleaner)
        if not facts["pairs"]:
            reasons = ", ".join(
                f"{n} {reason}" for reason, n in facts["dropped"].items()
            )
            raise InputError(
                sources.data[0].name, f"no pair is left to learn from ({reasons})"
            )
        spool.unlink()
        # Last, and by renaming: where it is, everything is.
        (folder / "facts.tmp").write_text(json.dumps(facts), encoding="utf-8")
        (folder / "facts.tmp").replace(folder / _FACTS)
    facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
    return Prepared(
        model=model,
        source=Packed(folder, "source", facts["largest_id"]),
        target=Packed(folder, "target", facts["largest_id"]),
        origin=np.fromfile(folder / "origin", "<u2"),
        valid=list(_pairs(folder / "valid.tsv")),
        general=list(_pairs(folder / "general.tsv")),
        facts=facts,
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is held out, by the number of the pair in the spool."""

    valid: list[Pair]
    general: list[Pair]
    numbers: set[int]
    pairs: int  # in the spool


class _Sample:
    """Some of a stream's pairs, each with the same chance.

    Source: Vitter (1985), "Random Sampling with a Reservoir", algorithm R.
    """

    def __init__(self, size: int, seed: int) -> None:
        self._size = size
        self._random = random.Random(seed)
        self._kept: list[tuple[int, Pair]] = []
        self.passed = 0  # pairs there were to draw from

    def offer(self, number: int, pair: Pair) -> None:
        self.passed += 1
        if len(self._kept) < self._size:
            self._kept.append((number, pair))
        elif (place := self._random.randrange(self.passed)) < self._size:
            self._kept[place] = (number, pair)

    def taken(self, most: int | None = None) -> list[tuple[int, Pair]]:
        """Return at most so many, and no more than a part of all that was offered."""
        size = self._size if most is None else most
        self._random.shuffle(self._kept)
        return sorted(self._kept[: min(size, -(-self.passed // HELD_OUT_PART))])


def _as_wanted(
    samples: Sequence[_Sample], corpora: Sequence[Corpus], most: int
) -> list[tuple[int, Pair]]:
    """Take of each corpus as much as the end of the training takes of it.

    What a run is for is what it learns from last; a small bitext weighed up among
    large ones has to be heard when the result is judged.
    """
    shares = [
        sample.passed * corpus.wanted(cooldown=True)
        for sample, corpus in zip(samples, corpora, strict=True)
    ]
    most = min(most, -(-sum(sample.passed for sample in samples) // HELD_OUT_PART))
    whole = sum(shares) or 1.0  # 0: what has a weight has no clean pair
    ends = [round(most * end / whole) for end in accumulate(shares)]
    taken = []
    for sample, start, end in zip(samples, [0, *ends], ends, strict=False):
        taken += sample.taken(end - start)
    return sorted(taken)


def _spool(
    sources: Sources, cleaner: Cleaner, spool: Path, held_out: int, seed: int
) -> _Chosen:
    """Write the clean pairs, `ORIGIN TAB SOURCE TAB TARGET`, and choose from them."""
    own = [_Sample(held_out, seed) for _ in sources.data]
    general = _Sample(held_out, seed)
    corpora = [*sources.data, *([sources.general] if sources.general else [])]
    number = 0
    with spool.open("w", encoding="utf-8", newline="\n") as file:
        for origin, corpus in enumerate(corpora):
            sample = general if corpus is sources.general else own[origin]
            for pair in cleaner.clean(corpus.pairs):
                file.write(f"{origin}\t{pair[0]}\t{pair[1]}\n")
                sample.offer(number, pair)
                number += 1
    general_taken = general.taken()
    numbers = {number for number, _ in general_taken}
    if sources.valid is not None:
        checker = Cleaner(Cleaning(longest=10**6, ratio=10**6, letters=0, copies=True))
        valid = list(checker.clean(sources.valid.pairs))
        if not valid:
            raise InputError(sources.valid.name, "no pair to validate on")
    else:
        own_taken = _as_wanted(own, sources.data, held_out)
        numbers |= {number for number, _ in own_taken}
        valid = [pair for _, pair in own_taken]
    return _Chosen(valid, [pair for _, pair in general_taken], numbers, number)


def _pack(
    spool: Path,
    chosen: _Chosen,
    encoder: PairEncoder,
    folder: Path,
    longest: int,
    cleaner: Cleaner,
) -> dict[str, Any]:
    shunned = {
        key for pair in (*chosen.valid, *chosen.general) for key in side_keys(*pair)
    }
    dropped = cleaner.dropped.copy()
    by_origin: Counter[int] = Counter()
    tokens: Counter[int] = Counter()
    largest = encoder.largest_id
    rows = enumerate(_rows(spool))
    with (
        PackedWriter(folder, "source", largest) as sources,
        PackedWriter(folder, "target", largest) as targets,
        (folder / "origin").open("wb") as origins,
    ):
        while chunk := list(islice(rows, CHUNK)):
            fresh = []
            for number, (origin, source, target) in chunk:
                if number in chosen.numbers:
                    continue
                if shunned.intersection(side_keys(source, target)):
                    dropped["like a pair held out"] += 1
                    continue
                fresh.append((origin, source, target))
            encoded = zip(
                encoder.sources([source for _, source, _ in fresh]),
                encoder.targets([target for _, _, target in fresh]),
                (origin for origin, _, _ in fresh),
                strict=True,
            )
            good: list[tuple[list[int], list[int], int]] = []
            for source_ids, target_ids, origin in encoded:
                if target_ids is None:
                    dropped["characters the vocabulary lacks"] += 1
                elif max(len(source_ids), len(target_ids)) >= longest:
                    dropped["too many tokens"] += 1
                elif not source_ids or not target_ids:
                    dropped["empty"] += 1
                else:
                    good.append((source_ids, target_ids, origin))
                    by_origin[origin] += 1
                    tokens[origin] += len(target_ids) + 1
            sources.add([source_ids for source_ids, _, _ in good])
            targets.add([target_ids for _, target_ids, _ in good])
            origins.write(np.array([n for _, _, n in good], "<u2").tobytes())
    for name, pairs in (("valid", chosen.valid), ("general", chosen.general)):
        text = "".join(f"{source}\t{target}\n" for source, target in pairs)
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8", newline="\n")
    corpora = max(by_origin, default=-1) + 1
    return {
        "largest_id": largest,
        "pairs": [by_origin[origin] for origin in range(corpora)],
        "target_tokens": [tokens[origin] for origin in range(corpora)],
        "dropped": dict(dropped.most_common()),
        "valid": len(chosen.valid),
        "general": len(chosen.general),
    }


def _rows(spool: Path) -> Iterator[tuple[int, str, str]]:
    with spool.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            origin, source, target = line.removesuffix("\n").split("\t")
            yield int(origin), source, target


def _words(
    spool: Path, sources: Sources, pairs: int, *, parted: bool
) -> tuple[dict[str, float], dict[str, float]]:
    """Count the words of both sides, each as often as its bitext is taken."""
    weights = [corpus.weight for corpus in sources.data]
    if sources.general is not None:
        weights.append(sources.general.weight)
    left, right = defaultdict[str, float](float), defaultdict[str, float](float)
    step = -(-pairs // VOCABULARY_PAIRS)
    for origin, source, target in islice(_rows(spool), None, None, step):
        source = part_text(source) if parted else source
        for counts, text in ((left, source), (right, target)):
            for word in text.split():
                counts[word] += weights[origin]
    return left, right


def _pairs(path: Path) -> Iterator[Pair]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            source, target = line.removesuffix("\n").split("\t")
            yield source, target
