"""Train on what the teacher does not know yet.

Most problems that are drawn late in a run are solved already and teach nothing: of the eighth bundled
checkpoint's stream, the third that its teacher finds hardest holds 92 % of the teacher's loss and 89 %
of the student's (docs/log.md). Reading a problem aloud without gradients costs about a tenth of
training on it. So a run may draw several problems for each one that it trains on (`draws`), and keep
those with the largest loss. What is left out has small gradients only because it is known; as soon as
it is forgotten its loss grows, and it is chosen again. The idea is known as selective backpropagation
(Jiang et al. 2019, arXiv 1910.00762).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from train.batch import Batch, Row

SCORED = 32
"""Rows of one forward pass: as many as stay in a core's cache."""


def hardest(
    rows: Sequence[Row],
    count: int,
    collate: Callable[[Sequence[Row]], Batch],
    loss: Callable[[Batch], Tensor],
) -> list[Row]:
    """The `count` rows with the largest `loss` (batch to [B]), hardest first."""
    ordered = sorted(rows, key=lambda row: len(row.question) + len(row.teacher))
    groups = [ordered[i : i + SCORED] for i in range(0, len(ordered), SCORED)]
    losses = torch.cat([loss(collate(group)) for group in groups])
    return [ordered[i] for i in losses.argsort(descending=True, stable=True)[:count].tolist()]
