"""Muon: momentum, made orthogonal (Jordan et al. 2024).

The momentum of a weight matrix is usually dominated by a few directions. Muon replaces it by the
nearest orthogonal matrix, found by a few Newton-Schulz iterations, so that every direction moves alike.
torch ships this optimizer, but computes the iteration in bfloat16 whatever the device; on a CPU without
bfloat16 units that takes longer than the rest of the step (docs/log.md). Ours does as it is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

_QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients with the steepest slope at zero: singular values end near 1 after five rounds."""


def orthogonal(matrix: Tensor, rounds: int = 5) -> Tensor:
    """About U V^T where `matrix` [M, N] = U S V^T; singular values within roughly 0.7..1.2."""
    a, b, c = _QUINTIC
    wide = matrix.T if matrix.shape[0] > matrix.shape[1] else matrix
    wide = wide / wide.norm().clamp(min=1e-7)
    for _ in range(rounds):
        gram = wide @ wide.T
        wide = torch.addmm(wide, torch.addmm(gram, gram, gram, beta=b, alpha=c), wide, beta=a)
    return wide.T if matrix.shape[0] > matrix.shape[1] else wide


class Muon(Optimizer):
    """For matrices only; everything else needs another optimizer.

    Args:
        params: matrices [M, N].
        lr: step in units of spectral norm, scaled by sqrt(M / N) for tall matrices.
        momentum: decay of the (Nesterov) momentum.
        weight_decay: decoupled, as in AdamW.
        dtype: of the iteration; None: the gradient's own.
    """

    def __init__(
        self,
        params: Iterable[Any],
        *,
        lr: float = 0.02,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
        dtype: torch.dtype | None = None,
    ) -> None:
        self.dtype = dtype
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move every matrix that has a gradient."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                state = self.state[parameter]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(parameter)
                momentum = state["momentum"].lerp_(parameter.grad, 1 - group["momentum"])
                ahead = parameter.grad.lerp(momentum, group["momentum"])
                rows, columns = parameter.shape
                scale = max(1.0, rows / columns) ** 0.5
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                moved = orthogonal(ahead.to(self.dtype or ahead.dtype)).to(parameter.dtype)
                parameter.add_(moved, alpha=-group["lr"] * scale)
