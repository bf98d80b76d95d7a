"""Are the thoughts used? Take them away in four ways and count the right answers.

    all        the model as it is
    none       no thought at all: the answer follows the bot and eot markers
    zero       every thought replaced by the zero vector
    shuffled   every thought replaced by the same thought of another question
    mean       every thought replaced by the mean of that thought over all questions

If accuracy stays where it was, the thoughts carry nothing that the answer needs; several published
models fail this test on some tasks (method.md 5.9, 5.12). A drop proves less than it seems to: `none`
and `zero` are inputs that the model never met in training, so part of the drop is surprise. `shuffled`
and `mean` are the fair ones: real thoughts, wrong content.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from codi.answers import parse_answer, same
from codi.branch import ANSWER_TOKENS, agree, thoughts_of
from codi.decode import Options, decode_many
from codi.estimate import Estimate
from codi.model import CodiModel
from codi.trace import Array, Capture, Edit, Trace

CONTROLS = ("all", "none", "zero", "shuffled", "mean")


@dataclass(frozen=True)
class Control:
    """What one way of taking the thoughts away does to a data set.

    Attributes:
        accuracy: share of right answers.
        change: accuracy minus that of `all`, paired by question.
        kept: share of questions whose answer is the one given with all thoughts, right or wrong.
    """

    accuracy: Estimate
    change: Estimate
    kept: Estimate

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {name: getattr(self, name).to_dict() for name in ("accuracy", "change", "kept")}


def mean_thoughts(traces: Sequence[Trace]) -> Array:
    """[K, D] the mean of each thought over traces that captured them."""
    return np.mean([trace.latents for trace in traces], axis=0, dtype=np.float32)


def transplant(latents: Array, which: Sequence[int] | None = None) -> tuple[Edit, ...]:
    """Edits that put the rows of `latents` [K, D] in the place of thoughts `which` (1..K; None: all)."""
    chosen = range(1, len(latents) + 1) if which is None else which
    return tuple(Edit(k, "swap", source=tuple(latents[k - 1].tolist())) for k in chosen)


def thoughts_used(
    model: CodiModel,
    questions: Sequence[str],
    golds: Sequence[str],
    batch_size: int = 64,
    *,
    num_latents: int | None = None,
    max_new_tokens: int = ANSWER_TOKENS,
    seed: int = 0,
    progress: bool = False,
) -> dict[str, Control]:
    """Accuracy under each of `CONTROLS`, in that order; five decodings of the data set.

    Args:
        golds: the right answers, as text.
        seed: chooses whose thoughts each question gets when they are shuffled.

    Raises:
        ValueError: the model has no thoughts, fewer than two questions, or a gold without a number.
    """
    count = thoughts_of(model, num_latents)
    if len(questions) < 2 or len(questions) != len(golds):
        raise ValueError(
            f"shuffling needs at least two questions, each with its answer; got {len(questions)} "
            f"questions and {len(golds)} answers"
        )
    right = [parse_answer(gold) for gold in golds]
    if None in right:
        raise ValueError(f"the gold answer {golds[right.index(None)]!r} holds no number")

    def run(edits: Sequence[Sequence[Edit]] | None = None, latents: int = count) -> list[Trace]:
        options = Options(
            num_latents=latents,
            max_new_tokens=max_new_tokens,
            capture=Capture(latent=edits is None),
            top_k=1,
        )
        return decode_many(
            model, questions, "student", options,
            edits=edits, batch_size=batch_size, progress=progress,
        )  # fmt: skip

    everything = run()
    n = len(questions)
    donor = _others(n, seed)
    zeros = tuple(Edit(k, "zero") for k in range(1, count + 1))
    means = transplant(mean_thoughts(everything))
    traces = {
        "all": everything,
        "none": run(latents=0),
        "zero": run([zeros] * n),
        "shuffled": run([transplant(everything[donor[i]].latents) for i in range(n)]),
        "mean": run([means] * n),
    }
    correct = {
        name: [same(trace.answer, gold) for trace, gold in zip(run, right, strict=True)]
        for name, run in traces.items()
    }
    return {
        name: Control(
            accuracy=Estimate.share(correct[name]),
            change=Estimate.mean(
                float(now) - float(before)
                for now, before in zip(correct[name], correct["all"], strict=True)
            ),
            kept=Estimate.share(
                agree(now, before) for now, before in zip(traces[name], everything, strict=True)
            ),
        )
        for name in CONTROLS
    }


def _others(n: int, seed: int) -> list[int]:
    """For each of n questions another one; everyone gives and receives once."""
    order = list(range(n))
    random.Random(seed).shuffle(order)
    donor = [0] * n
    for place, question in enumerate(order):
        donor[question] = order[(place + 1) % n]
    return donor
