"""What moves the weights: who moves which, Muon's steps, and going on with either."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
import torch

from satzpaar.translate.errors import UsageError
from satzpaar.translate.training import (
    Architecture,
    Budget,
    Conduct,
    Corpus,
    Job,
    Learning,
    StoppedError,
    train,
)
from satzpaar.translate.training.network import make_network, trained_weights
from satzpaar.translate.training.optimizers import (
    UPDATE_RMS,
    Muon,
    make_optimizers,
    orthogonal,
)
from satzpaar.translate.training.reports import Report, Validation
from satzpaar.translate.training.work import Work, load_tensors, save_tensors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from satzpaar.translate.models import Model

SHAPE = Architecture(
    width=16, encoder_layers=1, decoder_layers=1, feed_forward=32, heads=2
)
ADAMW = Learning(rate=2e-3, batch_tokens=512, micro_tokens=256, longest=64, dropout=0.1)
MUON = dataclasses.replace(ADAMW, optimizer="muon")


@pytest.fixture
def job(
    new_pairs: list[tuple[str, str]], tiny_model: Model, tmp_path: Path
) -> Callable[..., Job]:
    """Make a job of some seconds."""

    def make(name: str, learning: Learning) -> Job:
        return Job(
            output=tmp_path / name,
            data=[Corpus("memory", new_pairs, "fingerprint")],
            start=tiny_model,
            budget=Budget(tokens=4000),
            learning=learning,
            conduct=Conduct(
                validations=2, log_seconds=0, score_sentences=5, precision="float32"
            ),
            keep_anyway=True,
        )

    return make


class TestOrthogonal:
    @pytest.mark.parametrize("shape", [(2, 24, 24), (3, 16, 48)])
    def test_singular_values_come_near_one_and_vectors_stay(
        self, shape: tuple[int, int, int]
    ) -> None:
        """Against the singular value decomposition, over three orders of magnitude."""
        torch.manual_seed(1)
        u, _, v = torch.linalg.svd(torch.randn(shape), full_matrices=False)
        values = torch.logspace(0, -2.5, shape[1])

        found = u.mT @ orthogonal(u * values @ v) @ v.mT

        diagonal = found.diagonal(dim1=1, dim2=2)
        assert diagonal.min() > 0.4
        assert diagonal.max() < 1.6
        assert (found - torch.diag_embed(diagonal)).abs().max() < 1e-3

    @pytest.mark.parametrize("shape", [(2, 24, 24), (3, 64, 256)])
    def test_bfloat16_is_as_good_as_its_digits(
        self, shape: tuple[int, int, int]
    ) -> None:
        """Nothing grows out of its rounding."""
        torch.manual_seed(1)
        u, _, v = torch.linalg.svd(torch.randn(shape), full_matrices=False)
        matrices = u * torch.logspace(0, -2.5, shape[1]) @ v

        found = orthogonal(matrices, torch.bfloat16)

        assert found.dtype == torch.bfloat16
        exact = orthogonal(matrices).flatten()
        similarity = torch.cosine_similarity(found.float().flatten(), exact, dim=0)
        assert similarity > 0.96
        assert torch.linalg.matrix_norm(found.float(), 2).max() < 1.7

    def test_nothing_stays_nothing(self) -> None:
        """A layer that got no gradient at all does not become NaN."""
        assert not orthogonal(torch.zeros(1, 4, 8)).any()


class TestMuon:
    @pytest.mark.parametrize("shape", [(24, 24), (16, 48), (48, 16)])
    def test_steps_as_the_librarys(self, shape: tuple[int, int]) -> None:
        """The same way and as far, but for two polynomials that are near one."""
        reference = getattr(torch.optim, "Muon", None)
        if reference is None:
            pytest.skip("this torch has no Muon of its own")
        torch.manual_seed(1)
        start = torch.randn(shape)
        ours, theirs = (torch.nn.Parameter(start.clone()) for _ in range(2))
        optimizers = (
            Muon([ours], lr=1e-2, weight_decay=0.1),
            reference(
                [theirs], lr=1e-2, weight_decay=0.1, adjust_lr_fn="match_rms_adamw"
            ),
        )

        for _ in range(3):
            gradient = torch.randn(shape)
            for weight, optimizer in zip((ours, theirs), optimizers, strict=True):
                weight.grad = gradient.clone()
                optimizer.step()

        moved, expected = (
            (weight.detach() - start).flatten() for weight in (ours, theirs)
        )
        assert torch.cosine_similarity(moved, expected, dim=0) > 0.95
        assert float(moved.norm() / expected.norm()) == pytest.approx(1, abs=0.25)

    def test_a_step_is_as_long_as_its_rate_says(self) -> None:
        """So that AdamW's learning rates may be kept."""
        torch.manual_seed(1)
        weight = torch.nn.Parameter(torch.zeros(32, 32))
        weight.grad = torch.randn(32, 32)

        Muon([weight], lr=1e-2, weight_decay=0).step()

        length = float(weight.detach().square().mean().sqrt())
        assert length == pytest.approx(UPDATE_RMS * 1e-2, rel=0.3)

    def test_a_closure_is_refused(self) -> None:
        """Instead of never being called."""
        with pytest.raises(TypeError, match="closure"):
            Muon([torch.nn.Parameter(torch.ones(2, 2))], lr=1, weight_decay=0).step(
                lambda: 0.0
            )


def test_every_weight_has_one_optimizer() -> None:
    """Muon has the layers' matrices; tables, gains and biases stay with AdamW."""
    network = make_network(SHAPE, 20, seed=1)
    names = {id(weight): name for name, weight in trained_weights(network).items()}

    muon, adamw = (
        [names[id(weight)] for group in each.param_groups for weight in group["params"]]
        for each in make_optimizers(network, MUON, precision=torch.float32)
    )

    assert sorted([*muon, *adamw]) == sorted(names.values())
    assert len(muon) == 4 + 2 + 8 + 2  # attention and feed-forward of both sides
    assert all(name.endswith("weight") for name in muon)
    assert any("shared" in name or "embed" in name for name in adamw)


def test_an_unknown_optimizer_is_refused() -> None:
    with pytest.raises(UsageError, match="'sgd'; adamw or muon is expected"):
        Learning(optimizer="sgd")  # type: ignore[arg-type]


class TestRuns:
    def test_learns_and_goes_on_to_the_bit(self, job: Callable[..., Job]) -> None:
        """A stopped run ends as an unbroken one, Muon's momentum and all."""
        reports: list[Report] = []
        train(job("unbroken", MUON), report=reports.append)
        answers = iter([*[False] * 7, True])
        with pytest.raises(StoppedError):
            train(job("broken", MUON), stop=lambda: next(answers, False))

        train(job("broken", MUON))

        unbroken, broken = (
            load_tensors(Work(job(name, MUON).output).state)["weights"]
            for name in ("unbroken", "broken")
        )
        assert all(torch.equal(unbroken[name], broken[name]) for name in unbroken)
        losses = [report.loss for report in reports if isinstance(report, Validation)]
        assert losses[-1] < 0.9 * losses[0]

    def test_a_checkpoint_from_before_the_choice_goes_on(
        self, job: Callable[..., Job]
    ) -> None:
        """It has the state of the one optimizer there was."""
        train(job("unbroken", ADAMW))
        answers = iter([*[False] * 7, True])
        with pytest.raises(StoppedError):
            train(job("old", ADAMW), stop=lambda: next(answers, False))
        path = Work(job("old", ADAMW).output).state
        state = load_tensors(path)
        (state["optimizer"],) = state.pop("optimizers")
        save_tensors(path, state)

        train(job("old", ADAMW))

        unbroken = load_tensors(Work(job("unbroken", ADAMW).output).state)["weights"]
        old = load_tensors(path)["weights"]
        assert all(torch.equal(unbroken[name], old[name]) for name in unbroken)

    def test_the_optimizer_may_not_change(self, job: Callable[..., Job]) -> None:
        """The one's momentum is not the other's."""
        answers = iter([*[False] * 4, True])
        with pytest.raises(StoppedError):
            train(job("run", MUON), stop=lambda: next(answers, False))

        with pytest.raises(UsageError, match='optimizer was "muon"'):
            train(job("run", ADAMW))
