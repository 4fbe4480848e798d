"""A whole training: prepare, score the start, train, compare, put in place."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from satzpaar.translate.errors import ModelError
from satzpaar.translate.training.job import Job, Outcome, StoppedError
from satzpaar.translate.training.reports import Note
from satzpaar.translate.training.settings import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.bitext import Pair
    from satzpaar.translate.training.prepare import Prepared
    from satzpaar.translate.training.reports import Report
    from satzpaar.translate.training.settings import Conduct
    from satzpaar.translate.training.validation import Scores
    from satzpaar.translate.training.work import Work

HELD_OUT, GENERAL = "held out", "general"

# Fewer held-out pairs than this say little: chrF on them varies by more than most
# fine-tunings gain.
FEW_HELD_OUT = 100

# Held-out pairs by which the head for word alignments is found: seconds.
JUDGED = 300


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
    from satzpaar.translate.training.assembly import make_trainer
    from satzpaar.translate.training.export import export, write_card
    from satzpaar.translate.training.network import choose_device
    from satzpaar.translate.training.prepare import Sources, prepare
    from satzpaar.translate.training.work import load_tensors

    choose_device(job.conduct.device)  # refuses one that is not there before all else
    prepared = prepare(
        Sources(job.data, job.general, job.valid),
        job.start,
        job.cleaning,
        work.data,
        vocabulary=job.vocabulary,
        part_words=job.part_words,
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
    trainer = make_trainer(job, prepared, links, work, report, check)
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
