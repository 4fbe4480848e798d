"""A whole training: prepare, score the start, train, compare, put in place."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.training.job import Job, Outcome, StoppedError
from satzpaar.translate.training.reports import Note
from satzpaar.translate.training.settings import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.bitext import Pair
    from satzpaar.translate.training.links import Links
    from satzpaar.translate.training.prepare import Prepared
    from satzpaar.translate.training.progress import Goal
    from satzpaar.translate.training.reports import Report
    from satzpaar.translate.training.settings import Conduct, Precision
    from satzpaar.translate.training.trainer import Trainer
    from satzpaar.translate.training.validation import Rows, Scores
    from satzpaar.translate.training.work import Work

HELD_OUT, GENERAL = "held out", "general"

# Fewer held-out pairs than this say little: chrF on them varies by more than most
# fine-tunings gain.
FEW_HELD_OUT = 100

# Held-out pairs by which the head for word alignments is found: seconds.
JUDGED = 300
# Pairs of each bitext whose loss is told beside that of the held-out ones.
PROBED = 200
# Source sentences by which new layers are fitted in.
SAMPLED = 64


def train(
    job: Job,
    *,
    report: Callable[[Report], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Train, or go on where an earlier call of the same job was left.

    Args:
        job: What and where.
        report: Told how it goes.
        stop: Asked often, once the training has begun; True ends it.

    Raises:
        InputError: A bitext is bad.
        ModelError: The model is, or the training diverged.
        UsageError: The output is not free, or of a run with other settings.
        StoppedError: ``stop`` said so.

    """
    from satzpaar.translate.training.work import Work

    if job.guidance is not None and job.guidance.aligner is None:
        from satzpaar.translate.training.links import require_eflomal

        require_eflomal()
    work = Work(job.output)
    manifest = job.manifest()
    with work.opened(manifest):

        def told(what: Report) -> None:
            work.append(what)
            report(what)

        def check() -> None:
            if stop():
                raise StoppedError(f"stopped; {work.folder} has what is done so far")

        return _train(job, manifest, work, told, check)


def _train(
    job: Job,
    manifest: dict[str, Any],
    work: Work,
    report: Callable[[Report], None],
    check: Callable[[], None],
) -> Outcome:
    from satzpaar.translate.training.export import export, write_card
    from satzpaar.translate.training.prepare import Sources, prepare
    from satzpaar.translate.training.work import load_tensors

    prepared = prepare(
        Sources(job.data, job.general, job.valid),
        job.start,
        job.cleaning,
        work.data,
        vocabulary=job.vocabulary,
        held_out=job.conduct.held_out,
        longest=job.fitted.longest,
        seed=job.learning.seed,
    )
    _tell_data(prepared, report)
    held_out = {HELD_OUT: prepared.valid, GENERAL: prepared.general}
    pairs = {
        name: some[: job.conduct.score_sentences]
        for name, some in held_out.items()
        if some
    }
    start_scores: dict[str, Scores] = {}
    if not isinstance(job.start, Scratch):
        start_scores = _start_scores(job, pairs, work, check)
        for name, found in start_scores.items():
            report(Note(f"the start, {name}: {_said(found)}"))

    links = None
    if job.guidance is not None:
        from satzpaar.translate.training.links import prepare_links

        links = prepare_links(
            prepared,
            job.guidance,
            work.data,
            seed=job.learning.seed,
            tell=lambda text: report(Note(text)),
        )
    trainer = _trainer(job, prepared, links, work, report, check)
    trainer.run()
    if not work.best.exists():
        raise ModelError("the training gave no usable weights")
    made = export(
        trainer.network,
        load_tensors(work.best),
        prepared.model,
        work.folder / "made",
        kind=job.weights,
    )
    made = _with_head(job, made, prepared.valid, report)
    scores = _score(made, job.conduct, pairs, check)
    for name, found in scores.items():
        report(Note(f"the result, {name}: {_said(found)}"))
    complaint = _complaint(start_scores, scores, job.may_lose)
    accepted = job.keep_anyway or not complaint
    course = trainer.course
    rejected = work.folder / f"rejected-{course.step}"
    outcome = Outcome(
        accepted=accepted,
        folder=job.output if accepted else rejected,
        complaint=complaint,
        scores=scores,
        start_scores=start_scores,
        facts=prepared.facts,
        steps=course.step,
        tokens=course.tokens,
        seconds=course.seconds,
        work=work.folder,
        work_size=work.size(),
    )
    write_card(made.folder, job, outcome, manifest)
    (made.folder / "training-log.jsonl").write_bytes(work.log.read_bytes())
    if accepted:
        work.place(made.folder)
    else:
        shutil.rmtree(rejected, ignore_errors=True)
        made.folder.rename(rejected)
    return outcome


def _with_head(
    job: Job, made: Model, pairs: list[Pair], report: Callable[[Report], None]
) -> Model:
    """Write down which head of the result shows word alignments."""
    from satzpaar.translate.checkpoint import read_config
    from satzpaar.translate.training.export import write_head
    from satzpaar.translate.training.heads import TooFewAnchorsError, find_head

    if job.guidance is not None:
        return write_head(made, read_config(made.folder).guided_head)
    try:
        place = find_head(made, pairs[:JUDGED])
    except TooFewAnchorsError as error:
        report(Note(f"the head for word alignments is as at the start: {error}"))
        return made
    shown = place or "shown by no head; marks are placed without"
    report(Note(f"word alignments: {shown}"))
    return write_head(made, place)


def _trainer(
    job: Job,
    prepared: Prepared,
    links: Links | None,
    work: Work,
    report: Callable[[Report], None],
    check: Callable[[], None],
) -> Trainer:
    import torch

    from satzpaar.translate.tokenizer import MarianTokenizer
    from satzpaar.translate.training.growth import deepen
    from satzpaar.translate.training.guide import Guide
    from satzpaar.translate.training.network import (
        choose_device,
        clear_padding,
        load_network,
        make_network,
        output_layer,
        set_dropout,
    )
    from satzpaar.translate.training.pieces import change_vocabulary
    from satzpaar.translate.training.shortlist import Shortlist
    from satzpaar.translate.training.splitting import Splitter
    from satzpaar.translate.training.trainer import Trainer
    from satzpaar.translate.training.validation import Validator
    from satzpaar.translate.training.vocabulary import PairEncoder

    learning, conduct = job.fitted, job.conduct
    if conduct.threads:
        torch.set_num_threads(conduct.threads)
    device = choose_device(conduct.device)
    precision = _precision(conduct.precision, device, work)
    encoder = PairEncoder(prepared.model)
    if isinstance(job.start, Scratch):
        vocabulary = len(encoder.tokenizer.source_ids)
        network = make_network(job.start.architecture, vocabulary, seed=learning.seed)
    else:
        network = load_network(job.start)
        if job.vocabulary is not None:
            old = MarianTokenizer(job.start)
            network = change_vocabulary(network, old, encoder.tokenizer)
        if job.encoder_layers is not None:
            sample = _sample(prepared, encoder.end, network.config.pad_token_id)
            network = deepen(network, job.encoder_layers, sample, seed=learning.seed)
    if learning.dropout is not None:
        set_dropout(network, learning.dropout)
    clear_padding(network)
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
    return Trainer(
        network,
        prepared,
        _times(job, prepared),
        validator,
        learning=learning,
        goal=_goal(job, prepared),
        conduct=conduct,
        precision=precision,
        ends=(encoder.end, encoder.target_end),
        work=work,
        report=report,
        check=check,
        guide=Guide(network, links, job.guidance.weight)
        if job.guidance is not None and links is not None
        else None,
        splitter=Splitter(
            encoder.tokenizer.source_ids,
            encoder.tokenizer.source_scores(),
            learning.split_pieces,
        )
        if learning.split_pieces
        else None,
        shortlist=Shortlist(
            prepared.target.counts(len(output_layer(network)[0])),
            learning.softmax,
        )
        if learning.softmax
        else None,
        probes=_probes(job, prepared, (encoder.end, encoder.target_end)),
    )


def _probes(job: Job, prepared: Prepared, ends: tuple[int, int]) -> dict[str, Rows]:
    """Draw pairs of each bitext, to tell which are remembered by now; of one, none."""
    from satzpaar.translate.training.validation import drawn_rows

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
    import numpy as np
    import torch

    index = np.arange(min(SAMPLED, len(prepared.source.lengths)))
    width = int(prepared.source.lengths[index].max()) + 1
    rows = prepared.source.padded(index, width, end=end, padding=padding)
    return torch.from_numpy(rows)


def _precision(wanted: Precision, device: str, work: Work) -> torch.dtype:
    """Choose in what to multiply; a run that goes on keeps what was measured for it."""
    import torch

    from satzpaar.translate.training.network import choose_precision
    from satzpaar.translate.training.work import read_json, write_json

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
    import numpy as np

    usual, cooling = (
        np.array(_weights(job, prepared, cooldown=cooldown))[prepared.origin]
        for cooldown in (False, True)
    )
    return usual, cooling


def _goal(job: Job, prepared: Prepared) -> Goal:
    from satzpaar.translate.training.progress import Goal

    budget = job.budget
    if budget.minutes is not None:
        return Goal("seconds", budget.minutes * 60)
    if budget.tokens is not None:
        return Goal("tokens", budget.tokens)
    tokens = prepared.facts["target_tokens"]
    weights = _weights(job, prepared, cooldown=False)
    an_epoch = sum(n * weight for n, weight in zip(tokens, weights, strict=False))
    return Goal("tokens", max(1.0, (budget.epochs or 0) * an_epoch))


def _start_scores(
    job: Job, pairs: dict[str, list[Pair]], work: Work, check: Callable[[], None]
) -> dict[str, Scores]:
    from satzpaar.translate.training.validation import Scores
    from satzpaar.translate.training.work import read_json, write_json

    assert not isinstance(job.start, Scratch)
    sizes = {name: len(some) for name, some in pairs.items()}
    key = [sizes, job.conduct.engine]
    if work.start_scores.exists():
        kept = read_json(work.start_scores)
        if kept["key"] == key:
            return {name: Scores(**some) for name, some in kept["scores"].items()}
    scores = _score(job.start, job.conduct, pairs, check)
    written = {name: asdict(some) for name, some in scores.items()}
    write_json(work.start_scores, {"key": key, "scores": written})
    return scores


def _score(
    model: Model,
    conduct: Conduct,
    pairs: dict[str, list[Pair]],
    check: Callable[[], None],
) -> dict[str, Scores]:
    from satzpaar.translate.engines import load_engine
    from satzpaar.translate.training.validation import score_engine

    engine = load_engine(
        conduct.engine, model, device=conduct.device, threads=conduct.threads
    )
    return {
        name: score_engine(engine, some, check=check) for name, some in pairs.items()
    }


def _complaint(
    before: dict[str, Scores], after: dict[str, Scores], may_lose: float
) -> str:
    """Say in what the result is worse than the start; empty if in nothing."""
    for name, allowed in ((HELD_OUT, 0.0), (GENERAL, may_lose)):
        if name in before and after[name].chrf < before[name].chrf - allowed:
            return (
                f"worse than the start: {after[name].chrf:.1f} chrF on the {name} "
                f"pairs, {before[name].chrf:.1f} before"
            )
    return ""


def _said(scores: Scores) -> str:
    figures = f"chrF {scores.chrf:.1f}, BLEU {scores.bleu:.1f}"
    return f"{figures} on {scores.sentences} sentences"


def _tell_data(prepared: Prepared, report: Callable[[Report], None]) -> None:
    facts = prepared.facts
    reasons = ", ".join(
        f"{count} {reason}" for reason, count in facts["dropped"].items()
    )
    text = (
        f"{sum(facts['pairs'])} pairs, {sum(facts['target_tokens'])} target tokens; "
        f"held out: {facts['valid']}"
    )
    if facts["general"]:
        text += f" and {facts['general']} general"
    report(Note(f"{text}; left out: {reasons or 'none'}"))
    if facts["valid"] < FEW_HELD_OUT:
        report(
            Note(
                f"only {facts['valid']} pairs to judge by: the comparison is coarse; "
                "--valid takes more"
            )
        )
