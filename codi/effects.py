"""Which thoughts matter? Change one, go on from there, and look at the answer.

The question and the thoughts are read once. Each changed thought then goes on from a fork of the
cache, many changes side by side as rows of one batch, next to an unchanged row that they are compared
with. So the whole table costs a few dozen passes of one vector each instead of a full run per cell.

What it shows: the answer depends on this thought, in this question, when it is changed in this way.
What it does not prove: that an unchanged answer did not need the thought (others may carry a copy), or
that a lost answer was stored there (a zero vector is an input that the model never met).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from codi.branch import (
    ANSWER_TOKENS,
    Written,
    agree,
    read_questions,
    score,
    shown,
    thoughts_of,
    top1,
    write,
)
from codi.decode import apply
from codi.estimate import Estimate
from codi.model import CodiModel
from codi.rollout import Context, think
from codi.trace import Array, Candidate, Edit


@dataclass(frozen=True)
class Effect:
    """What one change did.

    Attributes:
        name: `zero`, `mean`, `swap`, `repeat`, `noise 0.5`, `scale 2`, or `stop`.
        latent: the thought that was changed, 1..K; for `stop` how many thoughts were kept, 0..K-1.
        edit: None for `stop`.
        answer: what the model writes after the change.
        kept: whether that is the original answer.
        logprob_change: log-probability (nats) of the original answer after minus before the change.
        thoughts: most probable token at bot, z1, .. after the change; those before `latent` are the
            original ones.
    """

    name: str
    latent: int
    edit: Edit | None
    answer: str
    kept: bool
    logprob_change: float
    thoughts: tuple[Candidate, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; the vectors of `mean` and `swap` are left out."""
        edit = self.edit and {"strength": self.edit.strength, "seed": self.edit.seed}
        thoughts = [vars(candidate).copy() for candidate in self.thoughts]
        return {**vars(self), "edit": edit, "thoughts": thoughts}


@dataclass(frozen=True)
class EffectTable:
    """The effects found so far on one question.

    Attributes:
        answer: the original answer; `logprob` (nats) is its log-probability, cue and eos included.
        thoughts: most probable token at bot, z1 .. zK.
        effects: grows while the sweep runs.
        planned: how many effects there will be.
    """

    question: str
    answer: str
    logprob: float
    thoughts: tuple[Candidate, ...]
    effects: tuple[Effect, ...]
    planned: int

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            **vars(self),
            "thoughts": [vars(candidate).copy() for candidate in self.thoughts],
            "effects": [effect.to_dict() for effect in self.effects],
        }


def edits_of(
    num_latents: int,
    *,
    mean: Array | None = None,
    donor: Array | None = None,
    noise: Sequence[float] = (1.0,),
    seeds: int = 3,
) -> list[Edit]:
    """Every kind of edit on every thought: the rows of the usual sweep.

    Args:
        mean: [K, D] mean thoughts (`used.mean_thoughts`); None leaves these edits out.
        donor: [K, D] another question's thoughts (`Trace.latents`); None leaves these edits out.
        noise: strengths, in units of the thought's root mean square; each with `seeds` seeds.
    """
    edits = []
    for k in range(1, num_latents + 1):
        edits.append(Edit(k, "zero"))
        edits.append(Edit(k, "scale", 2.0))
        edits += [Edit(k, "noise", strength, seed) for strength in noise for seed in range(seeds)]
        if k > 1:
            edits.append(Edit(k, "repeat"))
        if mean is not None:
            edits.append(Edit(k, "mean", source=tuple(mean[k - 1].tolist())))
        if donor is not None:
            edits.append(Edit(k, "swap", source=tuple(donor[k - 1].tolist())))
    return edits


@torch.inference_mode()
def sweep(
    model: CodiModel,
    question: str,
    edits: Sequence[Edit],
    *,
    num_latents: int | None = None,
    stops: bool = True,
    rows: int = 32,
    max_new_tokens: int = ANSWER_TOKENS,
) -> Iterator[EffectTable]:
    """Yield a longer table after every group of passes: first the original answer with no effect yet.

    Each edit is made alone. Edits are sorted by thought and run `rows` at a time from a fork at the
    first thought of their group; the caller stops the sweep by not asking for more.

    Args:
        stops: also answer after 0..K-1 thoughts.
        rows: how many edits share a pass; bounds the memory.
        max_new_tokens: longest answer, cue and eos included.

    Raises:
        ValueError: no thoughts, empty question, an edit beyond K or of another model's width.
    """
    count = thoughts_of(model, num_latents)
    ordered = sorted(edits, key=lambda edit: edit.latent)
    if ordered and ordered[-1].latent > count:
        raise ValueError(
            f"an edit names thought z{ordered[-1].latent} but only {count} are thought"
        )
    run = _Run(model, question, count, max_new_tokens)
    table = run.table(planned=len(ordered) + stops * count)
    yield table
    for start in range(0, len(ordered), rows):
        table = replace(table, effects=(*table.effects, *run.change(ordered[start : start + rows])))
        yield table
    for kept in range(count if stops else 0):
        table = replace(table, effects=(*table.effects, run.stop(kept)))
        yield table


class _Run:
    """The original run of one question, with a fork of its context before every thought."""

    def __init__(self, model: CodiModel, question: str, count: int, longest: int) -> None:
        self.model = model
        self.question = question
        self.count = count
        self.longest = longest
        self.forks: list[Context] = []
        context, state = read_questions(model, [question])

        def fork(k: int, latent: Tensor, previous: Tensor | None) -> Tensor:
            self.forks.append(context.fork())
            return latent

        self.states, self.latents = [state], []
        for _, latent, output in think(context, state, count, touch=fork):
            self.latents.append(latent[0])
            self.states.append(output.last[:, -1])
        self.thoughts = tuple(top1(model, torch.cat(self.states)))
        closed = context.fork()
        [self.original] = write(context, max_new_tokens=longest)
        # The same pass that scores the changed rows: reading token by token rounds differently.
        self.logprob = float(score(closed, self.original.ids)[0])

    def table(self, planned: int) -> EffectTable:
        answer = shown(self.original)
        return EffectTable(self.question, answer, self.logprob, self.thoughts, (), planned)

    def change(self, edits: Sequence[Edit]) -> list[Effect]:
        """All edits at once, from a fork at the first thought that one of them names."""
        first = edits[0].latent
        context = self.forks[first - 1].repeat(1 + len(edits))  # row 0 stays as it was

        def touch(i: int, latent: Tensor, previous: Tensor | None) -> Tensor:
            k = first + i - 1
            original = self.latents[k - 1]
            before = self.latents[k - 2] if k > 1 else None
            vectors = [original]
            for row, edit in enumerate(edits, start=1):
                if edit.latent == k:
                    vectors.append(apply(edit, original, before))
                else:
                    vectors.append(original if k < edit.latent else latent[row])
            return torch.stack(vectors)

        state = self.states[first - 1].expand(1 + len(edits), -1)
        steps = think(context, state, self.count - first + 1, touch=touch)
        seen = [top1(self.model, output.last[:, -1]) for _, _, output in steps]
        answers, logprobs = self._answers(context)
        return [
            Effect(
                name=_name(edit),
                latent=edit.latent,
                edit=edit,
                answer=shown(answers[row]),
                kept=agree(answers[row], self.original),
                logprob_change=logprobs[row] - logprobs[0],
                thoughts=(
                    *self.thoughts[: edit.latent],
                    *(top[row] for top in seen[edit.latent - first :]),
                ),
            )
            for row, edit in enumerate(edits, start=1)
        ]

    def stop(self, kept: int) -> Effect:
        """Answer after `kept` thoughts."""
        [answer], [logprob] = self._answers(self.forks[kept])
        return Effect(
            name="stop",
            latent=kept,
            edit=None,
            answer=shown(answer),
            kept=agree(answer, self.original),
            logprob_change=logprob - self.logprob,
            thoughts=self.thoughts[: kept + 1],
        )

    def _answers(self, context: Context) -> tuple[list[Written], list[float]]:
        """What each row writes, and the log-probability it gives to the original answer."""
        ids = self.original.ids
        logprob, agreed = score(context.fork(), ids)
        common = int(agreed.min())
        if common == len(ids):
            written = [self.original] * len(agreed)
        else:  # all rows begin alike, usually up to the number: read that much at once
            written = write(context.fork(), given=ids[:common], max_new_tokens=self.longest)
        return written, logprob.tolist()


@dataclass(frozen=True)
class EffectCell:
    """One cell of the effect matrix averaged over questions."""

    name: str
    latent: int
    kept: Estimate
    logprob_change: Estimate

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        averages = {"kept": self.kept.to_dict(), "logprob_change": self.logprob_change.to_dict()}
        return {**vars(self), **averages}


def average(tables: Sequence[EffectTable]) -> list[EffectCell]:
    """The effect matrix over questions, in the order of the tables.

    Seeds of one question are averaged first: they are not independent cases.
    """
    cells: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for table in tables:
        groups: dict[tuple[str, int], list[Effect]] = {}
        for effect in table.effects:
            groups.setdefault((effect.name, effect.latent), []).append(effect)
        for key, group in groups.items():
            kept = sum(effect.kept for effect in group) / len(group)
            change = sum(effect.logprob_change for effect in group) / len(group)
            cells.setdefault(key, []).append((kept, change))
    return [
        EffectCell(
            name,
            latent,
            kept=Estimate.mean(kept for kept, _ in cases),
            logprob_change=Estimate.mean(change for _, change in cases),
        )
        for (name, latent), cases in cells.items()
    ]


def _name(edit: Edit) -> str:
    return f"{edit.op} {edit.strength:g}" if edit.op in ("noise", "scale") else edit.op
