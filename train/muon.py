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
import torch.distributed as dist
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
        """Move every matrix that has a gradient; processes share the iterations among them."""
        for group in self.param_groups:
            moving = [p for p in group["params"] if p.grad is not None]
            aims = [self._aim(p, group["momentum"]) for p in moving]
            for parameter, move in zip(moving, _orthogonal_by_all(aims), strict=True):
                rows, columns = parameter.shape
                scale = max(1.0, rows / columns) ** 0.5
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                parameter.add_(move.to(parameter.dtype), alpha=-group["lr"] * scale)

    def _aim(self, parameter: Tensor, decay: float) -> Tensor:
        """Update the momentum; where it points to, a step ahead (Nesterov)."""
        assert parameter.grad is not None
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(parameter)
        momentum = state["momentum"].lerp_(parameter.grad, 1 - decay)
        ahead = parameter.grad.lerp(momentum, decay)
        return ahead.to(self.dtype or ahead.dtype)


def _orthogonal_by_all(matrices: list[Tensor]) -> list[Tensor]:
    """Every matrix made orthogonal by one of the processes, and known to all of them."""
    if not matrices or not dist.is_initialized() or dist.get_world_size() == 1:
        return [orthogonal(matrix) for matrix in matrices]
    process, processes = dist.get_rank(), dist.get_world_size()
    found = torch.cat([
        (orthogonal(m) if i % processes == process else torch.zeros_like(m)).float().flatten()
        for i, m in enumerate(matrices)
    ])  # fmt: skip
    dist.all_reduce(found)
    parts = found.split([m.numel() for m in matrices])
    return [part.view_as(m) for part, m in zip(parts, matrices, strict=True)]
