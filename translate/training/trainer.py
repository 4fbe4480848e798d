"""The loop: batches through the network until the budget is used up."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import asdict, fields
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from satzpaar.translate.errors import ModelError
from satzpaar.translate.training.batches import (
    IGNORED,
    Batch,
    plan_epoch,
    prefetch,
)
from satzpaar.translate.training.network import (
    Averages,
    Network,
    clear_padding,
    token_loss,
    trained_weights,
)
from satzpaar.translate.training.optimizers import EMBEDDINGS, make_optimizers
from satzpaar.translate.training.progress import Course, Goal
from satzpaar.translate.training.reports import Counter, Note, Validation
from satzpaar.translate.training.schedule import in_cooldown, rate_factor
from satzpaar.translate.training.work import Work, load_tensors, save_tensors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from satzpaar.translate.training.examples import Example, Examples
    from satzpaar.translate.training.guide import Guide
    from satzpaar.translate.training.prepare import Prepared
    from satzpaar.translate.training.reports import Report
    from satzpaar.translate.training.settings import Conduct, Learning
    from satzpaar.translate.training.shortlist import Shortlist
    from satzpaar.translate.training.validation import Rows, Validator

SHORT_PAIRS = 24  # tokens of a side, of the pairs that come first


class Trainer:
    """One run: a network, what it learns from, and where its checkpoints are.

    Args:
        network: On its device, in float32.
        prepared: The pairs.
        times: How often an epoch takes each pair, and the same in the cooldown.
        examples: Makes tensors of them.
        validator: Judges the averaged weights.
        learning: How the weights are moved.
        goal: When to end.
        conduct: The rest.
        precision: In what to multiply.
        work: Where the checkpoints are.
        report: Told how it goes.
        check: Asked between two steps; raises when somebody wants an end. A checkpoint
            is written first.
        guide: Trains a head on word alignments; None: none is.
        shortlist: Chooses tokens for the softmax; None: all take part.
        probes: Pairs of each bitext, by its name, of which validations tell the loss.

    """

    def __init__(
        self,
        network: Network,
        prepared: Prepared,
        times: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]],
        examples: Examples,
        validator: Validator,
        *,
        learning: Learning,
        goal: Goal,
        conduct: Conduct,
        precision: torch.dtype,
        work: Work,
        report: Callable[[Report], None],
        check: Callable[[], None],
        guide: Guide | None = None,
        shortlist: Shortlist | None = None,
        probes: Mapping[str, Rows] | None = None,
    ) -> None:
        self.network = network
        self.averages = Averages(network)
        self.course = Course(budget=str(goal))
        self._data, self._times, self._examples = prepared, times, examples
        self._validator, self._precision = validator, precision
        self._learning, self._goal, self._conduct = learning, goal, conduct
        self._work, self._report, self._check = work, report, check
        self._guide, self._shortlist = guide, shortlist
        self._probes = probes or {}
        # One row that is cut makes all of its batch wider; without that, padding costs
        # no more than going without it. A card's own attention wants the padding, and a
        # guide, which does not go with cut pieces, attention as transformers makes it.
        self._ragged = network.device.type == "cpu" and learning.split_pieces > 0
        self._counter = Counter()  # an epoch may be shorter than a report's time
        self._weights = list(trained_weights(network).values())
        self._optimizers = make_optimizers(network, learning, precision=precision)

    @property
    def progress(self) -> float:
        """The part of the budget that is used up."""
        return self._goal.progress(self.course)

    def run(self) -> None:
        """Train to the end of the budget, or until nothing is gained any more.

        Goes on from the last checkpoint where there is one. At the end ``best`` of
        the work folder holds the weights to keep.

        Raises:
            ModelError: The loss is no number any more.

        """
        network = self.network
        devices = [network.device] if network.device.type == "cuda" else []
        with torch.random.fork_rng(devices):
            torch.manual_seed(self._learning.seed)
            if self._work.state.exists():
                self._resume()
            else:
                self._validate()
            network.train()
            saved = time.monotonic()
            try:
                while self.progress < 1 and not self.course.stopped:
                    saved = self._epoch(saved)
            finally:
                network.eval()
            if self.course.best == float("inf"):
                self._validate()
            self._save(self._work.state)

    def _epoch(self, saved: float) -> float:
        course, conduct = self.course, self._conduct
        phase = self._phase()
        if phase != course.phase:
            course.epoch, course.place, course.phase = course.epoch + 1, 0, phase
        plan = self._plan()
        examples = partial(self._examples.of, epoch=course.epoch)
        clock = time.monotonic()
        for step in prefetch(plan[course.place :], examples):
            if self._phase() != phase:
                return saved
            if (
                in_cooldown(self.progress, self._learning.cooldown)
                and not course.cooling
            ):
                self._save(self._work.before_cooldown)
                course.cooling = True
            self._step(step)
            now = time.monotonic()
            course.seconds += now - clock
            self._counter.seconds += now - clock
            clock = now
            course.step, course.place = course.step + 1, course.place + 1
            if self._counter.seconds >= conduct.log_seconds:
                self._tell()
            if self.progress * conduct.validations >= course.validations + 1:
                self._validate()
                clock = time.monotonic()
            if self.progress >= 1 or course.stopped:
                return saved
            if now - saved >= conduct.save_minutes * 60:
                self._save(self._work.state)
                saved = clock = time.monotonic()
            try:
                self._check()
            except BaseException:
                self._save(self._work.state)
                raise
        course.epoch, course.place = course.epoch + 1, 0
        return saved

    def _phase(self) -> str:
        if self.progress < self._learning.short_first:
            return "short"
        return (
            "cooldown"
            if in_cooldown(self.progress, self._learning.cooldown)
            else "main"
        )

    def _plan(self) -> list[list[Batch]]:
        course, learning = self.course, self._learning
        plan = plan_epoch(
            self._data.source.lengths,
            self._data.target.lengths,
            self._times[course.phase == "cooldown"],
            micro_tokens=min(learning.micro_tokens, learning.batch_tokens),
            batches_a_step=max(1, round(learning.batch_tokens / learning.micro_tokens)),
            longest=min(SHORT_PAIRS, learning.longest)
            if course.phase == "short"
            else learning.longest,
            # A plan depends on nothing but this, so that it can be made again.
            random=np.random.default_rng([learning.seed, course.epoch]),
        )
        if not plan:
            raise ModelError(
                f"no pair to learn from in the {course.phase} part of the training; "
                "the bitext is too small for its weights"
            )
        return plan

    def _step(self, batches: Sequence[Example]) -> None:
        """Move the weights once, by the gradient of all batches together."""
        course, learning, device = self.course, self._learning, self.network.device
        rate = learning.rate * rate_factor(
            course.step,
            self.progress,
            warmup_steps=learning.warmup_steps,
            cooldown=learning.cooldown,
        )
        alone = course.step < learning.embeddings_first
        for optimizer in self._optimizers:
            for group in optimizer.param_groups:
                if group.get(EMBEDDINGS, False):
                    group["lr"] = rate * learning.embedding_rate
                else:
                    group["lr"] = 0.0 if alone else rate
        tokens = sum(int((batch.labels != IGNORED).sum()) for batch in batches)
        for batch in batches:
            source, decoder_input, labels = (
                part.to(device, non_blocking=True)
                for part in (batch.source, batch.decoder_input, batch.labels)
            )
            with (
                torch.autocast(
                    device.type,
                    torch.bfloat16,
                    enabled=self._precision == torch.bfloat16,
                ),
                self._guide.recording() if self._guide else nullcontext(),
            ):
                loss = token_loss(
                    self.network,
                    source,
                    decoder_input,
                    labels,
                    smoothing=learning.smoothing,
                    shortlist=self._shortlist,
                    ragged=self._ragged,
                )
            self._counter.loss += loss.detach()
            if self._guide and batch.links:
                mask = source != self.network.config.pad_token_id
                guided = self._guide.loss(batch.links, mask)
                self._counter.guided += guided.detach()
                self._counter.linked += batch.links.tokens
                loss = loss + self._guide.weight * guided
            (loss / tokens).backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self._weights, learning.clip)
        if not torch.isfinite(norm):
            raise ModelError(
                f"the loss is no number any more at step {course.step + 1}; a lower "
                "--learning-rate may help"
            )
        for optimizer in self._optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        clear_padding(self.network)
        self.averages.update(course.step, learning.averaging)
        course.tokens += tokens
        self._counter.tokens += tokens
        self._counter.rate = rate

    def _tell(self) -> None:
        counter, self._counter = self._counter, Counter()
        course = self.course
        self._report(counter.steps(course.step, self.progress, course.tokens))

    def _validate(self) -> None:
        """Judge the averaged weights; keep them if they are the best so far."""
        course, network = self.course, self.network
        course.validations = int(self.progress * self._conduct.validations)
        was_training = network.training
        network.eval()
        with self.averages.in_place():
            loss = self._validator.loss(network, self._precision)
            scores = self._validator.glance(network)
            learnt = {
                name: rows.loss(network, self._precision)
                for name, rows in self._probes.items()
            }
        network.train(was_training)
        best = course.step > 0 and loss < course.best
        self._report(
            Validation(
                step=course.step,
                progress=self.progress,
                loss=loss,
                bleu=scores.bleu,
                chrf=scores.chrf,
                best=best,
                learnt=learnt,
            )
        )
        if best:
            course.best = loss
            save_tensors(self._work.best, self.averages.state())
        if loss < course.lowest:
            course.lowest, course.without_gain = loss, 0
        else:
            course.without_gain += 1
        patience = self._conduct.patience
        if patience and course.without_gain >= patience and not course.stopped:
            course.stopped = True
            self._report(
                Note(f"nothing gained in {patience} validations: stopped early")
            )

    def _save(self, path: Any) -> None:
        state = {
            "course": asdict(self.course),
            "weights": {
                name: weight.detach()
                for name, weight in trained_weights(self.network).items()
            },
            "averages": self.averages.state(),
            "optimizers": [each.state_dict() for each in self._optimizers],
            "random": torch.get_rng_state(),
        }
        if self.network.device.type == "cuda":
            state["cuda random"] = torch.cuda.get_rng_state(self.network.device)
        save_tensors(path, state)

    def _resume(self) -> None:
        state = load_tensors(self._work.state)
        was = state["course"]
        if was["budget"] != str(self._goal):
            before = self._work.before_cooldown
            if was["cooling"] and before.exists():
                state = load_tensors(before)
                # The cooled weights stay the ones to keep until others are better.
                state["course"]["best"] = was["best"]
            state["course"]["stopped"] = False
            state["course"]["without_gain"] = 0
        known = {field.name for field in fields(Course)}
        self.course = Course(
            **{name: value for name, value in state["course"].items() if name in known}
        )
        self.course.budget = str(self._goal)
        self.course.validations = int(self.progress * self._conduct.validations)
        with torch.no_grad():
            for name, weight in trained_weights(self.network).items():
                weight.copy_(state["weights"][name])
        self.averages.load(state["averages"])
        # A run that began when AdamW was the only one has its state alone.
        states = state["optimizers"] if "optimizers" in state else [state["optimizer"]]
        for optimizer, found in zip(self._optimizers, states, strict=True):
            optimizer.load_state_dict(found)
        torch.set_rng_state(state["random"])
        if "cuda random" in state and self.network.device.type == "cuda":
            torch.cuda.set_rng_state(state["cuda random"], self.network.device)
        self._report(
            Note(f"going on from step {self.course.step}, {self.progress:.0%} done")
        )
