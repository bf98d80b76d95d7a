"""Start number tokens where arithmetic is easy.

Trained models come to represent an integer by waves: cosine and sine of its value at a handful of
periods, which turns addition into rotation (Zhou et al. 2024, "Pre-trained large language models use
Fourier features to compute addition"). A model from scratch would have to find a thousand such vectors
one by one; we start the embedding rows of 0..999 there and let training move them.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

PERIODS = (2, 4, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000)


def waves(values: Tensor) -> Tensor:
    """[N] numbers to [N, 2 * len(PERIODS) + 2] features: cosines, sines, size, logarithm."""
    angles = 2 * math.pi * values[:, None] / torch.tensor(PERIODS, dtype=values.dtype)
    size = torch.stack([values / 500 - 1, values.log1p() / 3.5 - 1], dim=1)
    return torch.cat([angles.cos(), angles.sin(), size], dim=1)


@torch.no_grad()
def place_numbers(embedding: Tensor, ids: list[int], values: list[float], seed: int) -> None:
    """Overwrite rows `ids` of `embedding` [V, D], keeping their overall scale."""
    generator = torch.Generator().manual_seed(seed)
    features = waves(torch.tensor(values))
    width = embedding.shape[1]
    directions = torch.randn(features.shape[1], width, generator=generator)
    rows = features @ torch.linalg.qr(directions.T).Q.T  # orthonormal directions
    rows = rows / rows.std() + 0.3 * torch.randn(rows.shape, generator=generator)
    embedding[ids] = (rows / rows.std() * embedding.std()).to(embedding)
