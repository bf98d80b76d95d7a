"""The endless, seeded stream of training batches.

Example number i of a run is a pure function of (seed, i): nothing is stored, nothing repeats, and a run
resumes by counting. Rows of similar length share a batch; they are sorted inside a *pool* of
consecutive examples, and a pool's batches come in a seeded random order.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count

from torch import Tensor
from torch.utils.data import Dataset

from codi.model import CodiModel
from train.batch import Batch, Row, collate, tokenise
from train.config import TrainConfig
from train.data import Example
from train.drills import drill
from train.guard import Guard
from train.hardest import hardest
from train.resample import Template, binary, build, draw
from train.synthetic import generate
from train.views import View, codi_view
from train.written import written

POOL = 32
"""Batches in a pool."""
AGAIN = 1 << 40
"""Added to the number of a problem that the guard refused: larger than any run is long."""
CHUNK = 4
"""Batches among which rows are sorted by their steps."""


class Mixture:
    """example(i) for i = 0, 1, ...: a source is drawn by share, then an example from it.

    What meets the guard, because it shares eight telling words with an evaluation question, is dropped,
    and another one drawn; `refused` counts these by source, as far as this process drew them.
    """

    def __init__(
        self, config: TrainConfig, problems: Sequence[Example] = (), guard: Guard | None = None
    ) -> None:
        self.config = config
        self.guard = guard or Guard.load()
        self.refused: Counter[str] = Counter()
        self.problems = [each for each in problems if not self.guard.met(each.question)]
        self.templates: list[Template] = []
        self.dropped: dict[str, int] = {}
        if config.mixture.get("resampled"):
            found, self.dropped = build(self.problems)
            self.templates = [t for t in found if len(t.nodes) <= config.max_steps]
        if guarded := len(problems) - len(self.problems):
            self.dropped["shares words with an evaluation question"] = guarded
        for source, pool in (("resampled", self.templates), ("original", self.problems)):
            if config.mixture.get(source) and not pool:
                raise ValueError(
                    f"the mixture asks for {source} problems but there are none; "
                    "give an annotated file with --problems"
                )

    def example(self, index: int) -> Example:
        """Example number `index` of the run."""
        source, rng = self._source(index)
        for attempt in count():
            found = self._draw(source, rng, index + attempt * AGAIN)
            if not self.guard.met(found.question):
                break
            self.refused[source] += 1
        # Chains such as 16-3-4=9 become steps of one operation each.
        return Example(found.question, binary(found.steps), found.answer, found.id)

    def source(self, index: int) -> str:
        """Where example number `index` comes from."""
        return self._source(index)[0]

    def _source(self, index: int) -> tuple[str, random.Random]:
        rng = random.Random(f"{self.config.seed}/mixture/{index}")
        shares = self.config.mixture
        return rng.choices(list(shares), weights=list(shares.values()))[0], rng

    def _draw(self, source: str, rng: random.Random, number: int) -> Example:
        config = self.config
        if source == "synthetic":
            return generate(config.seed, number, max_steps=config.max_steps)
        if source == "written":
            return written(config.seed, number, max_steps=config.max_steps)
        if source == "drills":
            return drill(config.seed, number, config.max_steps)
        if source == "resampled":
            return draw(rng.choice(self.templates), config.seed, number)
        return rng.choice(self.problems)

    def view(self, index: int, last_step: float) -> View:
        """Example number `index`, with its last step in a share `last_step` of all cases."""
        keep = random.Random(f"{self.config.seed}/last/{index}").random() < last_step
        return codi_view(self.example(index), keep_last_step=keep)


class Pools(Dataset[list[Row]]):
    """Pool number p as rows, and as batches; each process draws its own rows of a pool."""

    process, processes = 0, 1
    """Which of how many processes this is; the trainer says so."""

    def __init__(self, model: CodiModel, mixture: Mixture) -> None:
        self.model = model
        self.mixture = mixture

    def __getitem__(self, pool: int) -> list[Row]:
        """What is drawn for a pool: `draws` times as many rows as will be trained on."""
        config = self.mixture.config
        size = POOL * config.batch_size
        drawn = size * config.draws
        first = (pool * self.processes + self.process) * drawn
        # A pool is read in any order: one that reaches into a stage without last steps shows none.
        start, whole = pool * self.processes * size, self.processes * size
        ends = (config.stage(start)[0], config.stage(start + whole - 1)[0])
        share = min(stage.last_step for stage in ends)
        views = (self.mixture.view(i, share) for i in range(first, first + drawn))
        return [tokenise(self.model, view) for view in views]

    def batches(self, pool: int, rows: list[Row], loss: Callable[[Batch], Tensor]) -> list[Batch]:
        """The rows of pool number `pool`, or those with the largest loss [B], as its batches.

        Not part of `__getitem__`, which may run in another process: the choice asks the model.
        """
        config = self.mixture.config
        size = POOL * config.batch_size
        if config.draws > 1:
            rows = hardest(rows, size, partial(collate, self.model), loss)
        rows = sorted(rows, key=lambda row: len(row.question))
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
