"""The output layer's loss and gradient, beside those that PyTorch finds by itself."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from satzpaar.translate.training.softmax import softmax_loss


def _drawn(tokens: int = 70, candidates: int = 300) -> tuple[torch.Tensor, ...]:
    """Return hidden states, weights, bias, all learning, and labels."""
    torch.manual_seed(1)
    learning = (
        torch.randn(tokens, 16, requires_grad=True),
        torch.randn(candidates, 16, requires_grad=True),
        torch.randn(candidates, requires_grad=True),
    )
    return *learning, torch.randint(0, candidates, (tokens,))


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("buffer", [None, 1000])  # all rows at once, three at a time
def test_it_is_the_cross_entropy(smoothing: float, buffer: int | None) -> None:
    """In its value and in its gradient, however many rows fit into the buffer."""
    hidden, weight, bias, labels = _drawn()

    found = softmax_loss(
        hidden, labels, weight, bias, smoothing=smoothing, buffer=buffer
    )
    expected = functional.cross_entropy(
        hidden @ weight.T + bias, labels, label_smoothing=smoothing, reduction="sum"
    )

    _assert_alike(found, expected, (hidden, weight, bias))


def test_a_token_that_stands_for_several_counts_as_often() -> None:
    """As if each of them were there, alike."""
    hidden, weight, bias, labels = _drawn(candidates=30)
    often = torch.where(torch.arange(30) < 20, 1, 4)  # no label is among the last
    labels = labels % 20
    every = torch.arange(30).repeat_interleave(often)

    few = softmax_loss(
        hidden, labels, weight, bias, smoothing=0.1, stands_for=often.float()
    )
    all_of_them = functional.cross_entropy(
        (hidden @ weight.T + bias)[:, every],
        labels,
        label_smoothing=0.1,
        reduction="sum",
    )

    _assert_alike(few, all_of_them, (hidden, weight, bias))


def test_a_token_that_stands_for_none_is_not_there() -> None:
    """However likely it would be."""
    hidden, weight, bias, labels = _drawn(candidates=30)
    there = torch.arange(30) < 20
    labels = labels % 20

    found = softmax_loss(
        hidden, labels, weight, bias + 9 * ~there, smoothing=0.1, stands_for=1.0 * there
    )
    of_the_others = functional.cross_entropy(
        (hidden @ weight.T + bias)[:, there],
        labels,
        label_smoothing=0.1,
        reduction="sum",
    )

    _assert_alike(found, of_the_others, (hidden, weight, bias))


def _assert_alike(
    found: torch.Tensor, expected: torch.Tensor, parts: tuple[torch.Tensor, ...]
) -> None:
    assert found.item() == pytest.approx(expected.item(), rel=1e-5)
    for ours, theirs in zip(
        torch.autograd.grad(3 * found, parts),
        torch.autograd.grad(3 * expected, parts),
        strict=True,
    ):
        assert torch.allclose(ours, theirs, atol=1e-4)


def test_bfloat16_is_near() -> None:
    """Where autocast is on; the sums are kept in float32."""
    hidden, weight, bias, labels = _drawn()
    exact = softmax_loss(hidden, labels, weight, bias, smoothing=0.1)

    with torch.autocast("cpu", torch.bfloat16):
        near = softmax_loss(hidden, labels, weight, bias, smoothing=0.1)

    assert near.dtype == torch.float32
    assert near.item() == pytest.approx(exact.item(), rel=5e-3)
    wanted, found = (torch.autograd.grad(each, weight)[0] for each in (exact, near))
    assert found.dtype == torch.float32
    assert torch.cosine_similarity(wanted.flatten(), found.flatten(), dim=0) > 0.999


def test_chances_too_small_for_a_number_do_no_harm() -> None:
    """A token is as good as impossible, and nothing is infinite."""
    hidden, weight, bias, labels = _drawn()

    loss = softmax_loss(100 * hidden, labels, weight, bias, smoothing=0.0)

    assert torch.isfinite(loss)
    assert torch.isfinite(torch.autograd.grad(loss, hidden)[0]).all()


def test_without_learning_there_is_the_value() -> None:
    """As a validation asks for it; nothing is kept for a gradient."""
    hidden, weight, bias, labels = _drawn()
    expected = softmax_loss(hidden, labels, weight, bias, smoothing=0.1)

    with torch.no_grad():
        found = softmax_loss(hidden, labels, weight, bias, smoothing=0.1)

    assert not found.requires_grad
    assert found.item() == expected.item()


def test_of_no_token_it_is_nothing() -> None:
    """A batch may have none that counts."""
    hidden, weight, bias, labels = _drawn(tokens=0)

    loss = softmax_loss(hidden, labels, weight, bias, smoothing=0.1)

    assert loss.item() == 0
    assert not torch.autograd.grad(loss, weight)[0].any()


def test_there_is_no_second_derivative() -> None:
    """What is not there is refused, not taken for zero."""
    hidden, weight, bias, labels = _drawn()
    loss = softmax_loss(hidden, labels, weight, bias, smoothing=0.0)
    (gradient,) = torch.autograd.grad(loss, hidden, create_graph=True)

    with pytest.raises(RuntimeError, match="does not require grad"):
        gradient.sum().backward()  # type: ignore[no-untyped-call]
