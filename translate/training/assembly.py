"""What a run trains: its network, how often it takes a pair, and what judges it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from satzpaar.translate.errors import UsageError
from satzpaar.translate.tokenizer import MarianTokenizer
from satzpaar.translate.training.examples import Examples
from satzpaar.translate.training.growth import deepen, widen
from satzpaar.translate.training.guide import Guide
from satzpaar.translate.training.network import (
    choose_device,
    choose_precision,
    clear_padding,
    load_network,
    make_network,
    output_layer,
    set_dropout,
)
from satzpaar.translate.training.pieces import change_vocabulary
from satzpaar.translate.training.progress import Goal
from satzpaar.translate.training.reports import Note
from satzpaar.translate.training.settings import Scratch
from satzpaar.translate.training.shortlist import Shortlist
from satzpaar.translate.training.splitting import Splitter
from satzpaar.translate.training.trainer import Trainer
from satzpaar.translate.training.validation import Validator, drawn_rows
from satzpaar.translate.training.vocabulary import PairEncoder
from satzpaar.translate.training.work import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from satzpaar.translate.training.job import Job
    from satzpaar.translate.training.links import Links
    from satzpaar.translate.training.network import Network
    from satzpaar.translate.training.prepare import Prepared
    from satzpaar.translate.training.reports import Report
    from satzpaar.translate.training.settings import Precision
    from satzpaar.translate.training.validation import Rows
    from satzpaar.translate.training.work import Work

# Pairs of each bitext whose loss is told beside that of the held-out ones.
PROBED = 200
# Source sentences by which new layers are fitted in.
SAMPLED = 64


def make_trainer(
    job: Job,
    prepared: Prepared,
    links: Links | None,
    work: Work,
    report: Callable[[Report], None],
    check: Callable[[], None],
) -> Trainer:
    """Make what trains the network of a job, on a device and in a precision."""
    learning, conduct = job.fitted, job.conduct
    if conduct.threads:
        torch.set_num_threads(conduct.threads)
    device = choose_device(conduct.device)
    precision = _precision(conduct.precision, device, work)
    encoder = PairEncoder(prepared.model)
    network = _network(job, prepared, encoder)
    network.to(device)
    if device == "cuda":
        torch.set_float32_matmul_precision("high")
    else:
        # The fused kernel's gradient is slow on a CPU where sentences are short.
        network.set_attn_implementation("eager")
    parameters = sum(weight.numel() for weight in network.parameters())
    report(
        Note(
            f"{parameters / 1e6:.1f} million parameters on {device} in "
            f"{str(precision).removeprefix('torch.')}"
        )
    )
    validator = Validator(prepared.valid, encoder, longest=learning.longest)
    if not len(validator):
        raise UsageError("no held-out pair is short enough for the model")
    ends = (encoder.end, encoder.target_end)
    guide = None
    if job.guidance is not None and links is not None:
        guide = Guide(network, links, job.guidance.weight)
    splitter = None
    if learning.split_pieces:
        splitter = Splitter(
            encoder.tokenizer.source_ids,
            encoder.tokenizer.source_scores(),
            learning.split_pieces,
        )
    return Trainer(
        network,
        prepared,
        _times(job, prepared),
        Examples(network, prepared, ends, learning, guide=guide, splitter=splitter),
        validator,
        learning=learning,
        goal=_goal(job, prepared),
        conduct=conduct,
        precision=precision,
        work=work,
        report=report,
        check=check,
        guide=guide,
        shortlist=Shortlist(
            prepared.target.counts(len(output_layer(network)[0])),
            learning.softmax,
        )
        if learning.softmax
        else None,
        probes=_probes(job, prepared, ends),
    )


def _network(job: Job, prepared: Prepared, encoder: PairEncoder) -> Network:
    """Make a new network, or the start's with what the job changes of it."""
    learning = job.fitted
    if isinstance(job.start, Scratch):
        vocabulary = len(encoder.tokenizer.source_ids)
        network = make_network(job.start.architecture, vocabulary, seed=learning.seed)
    else:
        network = load_network(job.start)
        if job.vocabulary is not None:
            old = MarianTokenizer(job.start)
            network = change_vocabulary(network, old, encoder.tokenizer)
        if grown := job.grown():
            network = widen(network, *grown, seed=learning.seed)
        if job.encoder_layers is not None:  # at full width: new layers have no copies
            sample = _sample(prepared, encoder.end, network.config.pad_token_id)
            network = deepen(network, job.encoder_layers, sample, seed=learning.seed)
    if learning.dropout is not None:
        set_dropout(network, learning.dropout)
    clear_padding(network)
    return network


def _probes(job: Job, prepared: Prepared, ends: tuple[int, int]) -> dict[str, Rows]:
    """Draw pairs of each bitext, to tell which are remembered by now; of one, none."""
    corpora = [*job.data, *([job.general] if job.general else [])]
    if len(corpora) == 1:
        return {}
    names = [Path(corpus.name).name for corpus in corpora]
    names = [
        name if names.count(name) == 1 else f"{name} #{number}"
        for number, name in enumerate(names, 1)
    ]
    found = drawn_rows(prepared, len(names), PROBED, ends, seed=job.learning.seed)
    return {name: rows for name, rows in zip(names, found, strict=True) if len(rows)}


def _sample(prepared: Prepared, end: int, padding: int) -> torch.Tensor:
    """Return the first source sentences; always the same of the same pairs."""
    index = np.arange(min(SAMPLED, len(prepared.source.lengths)))
    width = int(prepared.source.lengths[index].max()) + 1
    rows = prepared.source.padded(index, width, end=end, padding=padding)
    return torch.from_numpy(rows)


def _precision(wanted: Precision, device: str, work: Work) -> torch.dtype:
    """Choose in what to multiply; a run that goes on keeps what was measured for it."""
    kept = read_json(work.precision) if work.precision.exists() else {}
    if wanted == "auto" and device in kept:
        return torch.bfloat16 if kept[device] == "bfloat16" else torch.float32
    found = choose_precision(wanted, device)
    name = str(found).removeprefix("torch.")
    write_json(work.precision, {**kept, device: name})
    return found


def _weights(job: Job, prepared: Prepared, *, cooldown: bool) -> list[float]:
    """Return how often an epoch takes a pair, by corpus."""
    pairs = prepared.facts["pairs"]
    weights = [corpus.wanted(cooldown=cooldown) for corpus in job.data]
    own = sum(n * weight for n, weight in zip(pairs, weights, strict=False))
    if job.general is not None:
        general = pairs[len(job.data)] if len(pairs) > len(job.data) else 0
        weights.append(job.general_share * own / general if general else 0.0)
    return weights


def _times(job: Job, prepared: Prepared) -> tuple[Any, Any]:
    usual, cooling = (
        np.array(_weights(job, prepared, cooldown=cooldown))[prepared.origin]
        for cooldown in (False, True)
    )
    return usual, cooling


def _goal(job: Job, prepared: Prepared) -> Goal:
    budget = job.budget
    if budget.minutes is not None:
        return Goal("seconds", budget.minutes * 60)
    if budget.tokens is not None:
        return Goal("tokens", budget.tokens)
    tokens = prepared.facts["target_tokens"]
    weights = _weights(job, prepared, cooldown=False)
    an_epoch = sum(n * weight for n, weight in zip(tokens, weights, strict=False))
    return Goal("tokens", max(1.0, (budget.epochs or 0) * an_epoch))
