"""The endless, seeded stream of training batches.

Example number i of a run is a pure function of (seed, i): nothing is stored, nothing repeats, and a run
resumes by counting. Rows of similar length share a batch; they are sorted inside a *pool* of
consecutive examples, and a pool's batches come in a seeded random order.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from torch.utils.data import Dataset

from codi.model import CodiModel
from train.batch import Batch, collate, tokenise
from train.config import TrainConfig
from train.data import Example
from train.drills import drill
from train.resample import Template, binary, build, draw
from train.synthetic import generate
from train.views import codi_view

POOL = 32
"""Batches in a pool."""
CHUNK = 4
"""Batches among which rows are sorted by their steps."""


class Mixture:
    """example(i) for i = 0, 1, ...: a source is drawn by share, then an example from it."""

    def __init__(self, config: TrainConfig, problems: Sequence[Example] = ()) -> None:
        self.config = config
        self.problems = list(problems)
        self.templates: list[Template] = []
        self.dropped: dict[str, int] = {}
        if config.mixture.get("resampled"):
            found, self.dropped = build(self.problems)
            self.templates = [t for t in found if len(t.nodes) <= config.max_steps]
        for source, pool in (("resampled", self.templates), ("original", self.problems)):
            if config.mixture.get(source) and not pool:
                raise ValueError(
                    f"the mixture asks for {source} problems but there are none; "
                    "give an annotated file with --problems"
                )

    def example(self, index: int) -> Example:
        """Example number `index` of the run."""
        config = self.config
        rng = random.Random(f"{config.seed}/mixture/{index}")
        source = rng.choices(list(config.mixture), weights=list(config.mixture.values()))[0]
        if source == "synthetic":
            found = generate(config.seed, index, max_steps=config.max_steps)
        elif source == "drills":
            found = drill(config.seed, index, config.max_steps)
        elif source == "resampled":
            found = draw(rng.choice(self.templates), config.seed, index)
        else:
            found = rng.choice(self.problems)
        if not config.binary_steps:
            return found
        return Example(found.question, binary(found.steps), found.answer, found.id)


class Pools(Dataset[list[Batch]]):
    """Pool number p as a list of batches; a process takes every `processes`-th row."""

    process, processes = 0, 1
    """Which of how many processes this is; the trainer says so."""

    def __init__(self, model: CodiModel, mixture: Mixture) -> None:
        self.model = model
        self.mixture = mixture

    def __getitem__(self, pool: int) -> list[Batch]:
        config = self.mixture.config
        size = POOL * config.batch_size
        first = (pool * self.processes + self.process) * size
        rows = [
            tokenise(self.model, codi_view(self.mixture.example(i)))
            for i in range(first, first + size)
        ]
        rows.sort(key=lambda row: len(row.question))
        # Among questions of similar length, steps of similar length: both are padded.
        for i in range(0, size, CHUNK * config.batch_size):
            chunk = slice(i, i + CHUNK * config.batch_size)
            rows[chunk] = sorted(rows[chunk], key=lambda row: len(row.teacher))
        groups = [rows[i : i + config.batch_size] for i in range(0, size, config.batch_size)]
        random.Random(f"{config.seed}/pool/{pool}").shuffle(groups)
        return [collate(self.model, group) for group in groups]

    def __len__(self) -> int:
        config = self.mixture.config
        size = POOL * config.batch_size * self.processes
        return -(-config.examples // size)
