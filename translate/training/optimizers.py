"""What moves the weights: AdamW for all of them, or Muon for the layers' matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from satzpaar.translate.training.network import Network, trained_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from satzpaar.translate.training.settings import Learning

# As in Vaswani et al. (2017), "Attention Is All You Need".
ADAM_BETAS = (0.9, 0.98)
ADAM_EPSILON = 1e-9

MOMENTUM = 0.95  # as in Jordan et al. (2024), "Muon"
# Liu et al. (2025), "Muon is Scalable for LLM Training": steps as long as AdamW's,
# so that one learning rate serves both. 0.5 was tried and is much worse.
UPDATE_RMS = 0.2

# Of the polynomials a x + b x^3 + c x^5 that bring singular values to one, the first
# four of Amsel et al. (2025), "The Polar Express". Values above a thousandth of the
# norm end between 0.4 and 1.6, which is enough.
_POLYNOMIALS = (
    (8.28721201814563, -23.595886519098837, 17.300387312530933),
    (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
    (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
    (3.3184196573706015, -2.488488024314874, 0.51004894012372),
)
# Theirs too: in bfloat16 what is rounded to above the bound would grow without end.
_MARGIN = 1.01
_ROUNDED_POLYNOMIALS = (
    *(
        (first / _MARGIN, second / _MARGIN**3, third / _MARGIN**5)
        for first, second, third in _POLYNOMIALS[:-1]
    ),
    _POLYNOMIALS[-1],
)
_HEADROOM = 1.01  # the norm bounds the largest singular value, but for rounding

# The entry of a group of weights that says that they are the embeddings.
EMBEDDINGS = "embeddings"


def make_optimizers(
    network: Network, learning: Learning, *, precision: torch.dtype
) -> list[torch.optim.Optimizer]:
    """Share the weights out among optimizers; no weight is with two.

    Args:
        network: On its device.
        learning: Which, and how fast.
        precision: In what Muon multiplies.

    """
    weights = trained_weights(network)
    made: list[torch.optim.Optimizer] = []
    tables = {
        id(module.weight)
        for module in network.modules()
        if isinstance(module, torch.nn.Embedding) or module is network.lm_head
    }
    if learning.optimizer == "muon":
        hidden = [
            name
            for name, weight in weights.items()
            if weight.dim() == 2 and id(weight) not in tables
        ]
        made.append(
            Muon(
                [weights.pop(name) for name in hidden],
                lr=learning.rate,
                weight_decay=learning.weight_decay,
                precision=precision,
            )
        )
    decaying = [each for each in weights.values() if each.dim() > 1]
    groups = [
        {"params": decaying, "weight_decay": learning.weight_decay},
        {
            "params": [each for each in weights.values() if each.dim() <= 1],
            "weight_decay": 0.0,
        },
    ]
    if learning.tables_apart:
        groups[0]["params"] = [each for each in decaying if id(each) not in tables]
        groups.append(
            {
                "params": [each for each in decaying if id(each) in tables],
                "weight_decay": learning.weight_decay,
                EMBEDDINGS: True,
            }
        )
    adam = torch.optim.AdamW(
        [group for group in groups if group["params"]],
        lr=learning.rate,
        betas=ADAM_BETAS,
        eps=ADAM_EPSILON,
        fused=True,
    )
    return [*made, adam]


class Muon(torch.optim.Optimizer):
    """Momentum whose singular values are brought near one before it moves a matrix.

    ``torch.optim.Muon`` does the same, but always multiplies in bfloat16, very slow on
    a CPU without units for it (see ``network.BFLOAT16_GAIN``), one matrix at a time.

    Args:
        weights: Matrices.
        lr: The root mean square of a step is UPDATE_RMS times this.
        weight_decay: Times lr, taken off each weight at each step.
        precision: In what to multiply; momentum and weights stay what they are.

    """

    def __init__(
        self,
        weights: Iterable[torch.nn.Parameter],
        *,
        lr: float,
        weight_decay: float,
        precision: torch.dtype = torch.float32,
    ) -> None:
        super().__init__(weights, {"lr": lr, "weight_decay": weight_decay})
        self._precision = precision

    # The base class declares an overload for a closure that gives the loss.
    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Move all matrices that have a gradient, those of one shape together."""
        if closure is not None:
            raise TypeError("Muon does not evaluate a closure")
        for group in self.param_groups:
            shapes: dict[tuple[int, int], list[torch.Tensor]] = {}
            for weight in group["params"]:
                if weight.grad is not None:
                    rows, columns = sorted(weight.shape)
                    shapes.setdefault((rows, columns), []).append(weight)
            for (_, columns), weights in shapes.items():
                wide = [_turned(each, self._direction(each)) for each in weights]
                moves = orthogonal(torch.stack(wide), self._precision)
                length = UPDATE_RMS * columns**0.5 * group["lr"]
                for weight, move in zip(weights, moves, strict=True):
                    weight.mul_(1 - group["lr"] * group["weight_decay"])
                    weight.sub_(_turned(weight, move), alpha=length)

    def _direction(self, weight: torch.Tensor) -> torch.Tensor:
        """Take the gradient into the momentum, and look ahead as Nesterov does."""
        gradient: Any = weight.grad
        state = self.state[weight]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(weight)
        momentum: torch.Tensor = state["momentum"]
        momentum.lerp_(gradient, 1 - MOMENTUM)
        return torch.lerp(gradient, momentum, MOMENTUM)


def _turned(weight: torch.Tensor, matrix: torch.Tensor) -> torch.Tensor:
    """Turn a matrix of a weight's shape to be no higher than wide, and back again."""
    return matrix.t() if weight.shape[0] > weight.shape[1] else matrix


def orthogonal(
    matrices: torch.Tensor, precision: torch.dtype = torch.float32
) -> torch.Tensor:
    """Bring the singular values near one and keep the singular vectors.

    Args:
        matrices: (number, rows, columns), rows <= columns. A matrix of zeros stays so.
        precision: Of the products, and of what is returned.

    """
    norms: torch.Tensor = matrices.norm(dim=(1, 2), keepdim=True)
    found = matrices / (norms * _HEADROOM).clamp_min(torch.finfo(norms.dtype).tiny)
    rounded = precision != torch.float32
    if rounded or found.shape[1] == found.shape[2]:
        found = found.to(precision)
        for each in _ROUNDED_POLYNOMIALS if rounded else _POLYNOMIALS:
            found = torch.bmm(_factor(torch.bmm(found, found.mT), each), found)
        return found
    # In the small dimension only: X X^T of p(X X^T) X is p X X^T p. Rounded as bfloat16
    # rounds, X X^T gets negative eigenvalues, which grow from step to step.
    gram = torch.bmm(found, found.mT)
    product = factor = _factor(gram, _POLYNOMIALS[0])
    for polynomial in _POLYNOMIALS[1:]:
        gram = torch.bmm(torch.bmm(factor, gram), factor)
        factor = _factor(gram, polynomial)
        product = torch.bmm(factor, product)
    return torch.bmm(product, found)


def _factor(gram: torch.Tensor, polynomial: tuple[float, float, float]) -> torch.Tensor:
    """Return a + b G + c G^2."""
    first, second, third = polynomial
    factor = torch.baddbmm(gram, gram, gram, beta=second, alpha=third)
    factor.diagonal(dim1=1, dim2=2).add_(first)
    return factor
