"""Going on from a fork: the few moves that experiments share.

An experiment reads the question once and then asks "what if?" many times. Each what-if is a fork of
the context (`Context.fork`, `Context.repeat`), so its cost is the passes after the fork, not a full run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import torch
from torch import Tensor

from codi.answers import canonical, parse_answer, same
from codi.decode import left_pad, next_logprobs, pick
from codi.model import CodiModel
from codi.rollout import Context
from codi.trace import Candidate, Trace

ANSWER_TOKENS = 32
"""Longest answer an experiment lets the model write: cue, number, eos and room to go wrong."""


def thoughts_of(model: CodiModel, num_latents: int | None = None) -> int:
    """How many thoughts an experiment has to work with; at least 1.

    Raises:
        ValueError: none.
    """
    count = model.config.num_latents if num_latents is None else num_latents
    if count < 1:
        raise ValueError(
            "there are no thoughts to look at: this model answers with K = 0 thoughts; "
            "choose a model, or a number of thoughts, of at least 1"
        )
    return count


def read_questions(model: CodiModel, questions: Sequence[str]) -> tuple[Context, Tensor]:
    """The context that has read each question and bot, and the states [B, D] at bot. One pass.

    Raises:
        ValueError: an empty question.
    """
    rows = [model.prompt.question(question)[0] for question in questions]
    if not all(rows):
        raise ValueError("the question is empty; give a word problem")
    rows = [[*row, model.config.bot_id] for row in rows]
    ids, mask = left_pad(rows, model.config.pad_id, model.device)
    context = Context(model, len(rows))
    return context, context.read_ids(ids, mask).last[:, -1]


@dataclass(frozen=True)
class Written:
    """One answer.

    Attributes:
        ids: eos included, if it came.
        text: readable, cue included.
        answer: the number, read as `Trace.answer` reads it.
        logprob: log-probability (nats, temperature 1) of all ids together.
    """

    ids: tuple[int, ...]
    text: str
    answer: Decimal | None
    logprob: float


def agree(left: Trace | Written, right: Trace | Written) -> bool:
    """Whether two answers are one: equal numbers, or equal texts where neither has a number."""
    if left.answer is None and right.answer is None:
        return left.text == right.text
    return same(left.answer, right.answer)


def shown(answered: Trace | Written) -> str:
    """The number as text; all that was written where there is none."""
    return answered.text if answered.answer is None else canonical(answered.answer)


def write(
    context: Context,
    *,
    given: Sequence[int] = (),
    temperature: float = 0.0,
    generators: Sequence[torch.Generator] = (),
    max_new_tokens: int = ANSWER_TOKENS,
) -> list[Written]:
    """Close the thoughts and write an answer on every row of `context`, which grows.

    Args:
        given: first tokens of every answer, read at once and not chosen.
        temperature: 0 is greedy.
        generators: one for each row, used when the temperature is not 0.
    """
    model = context.model
    batch = len(context.mask)
    first = torch.tensor([[model.config.eot_id, *given]] * batch, device=model.device)
    logprobs = next_logprobs(model, context.read_ids(first).last)
    total = _picked(logprobs[:, :-1], first[:, 1:]).sum(1)
    rows = [list(given) for _ in range(batch)]
    is_open = torch.ones(batch, dtype=torch.bool, device=model.device)
    while True:
        latest = logprobs[:, -1]
        tokens = pick(latest, temperature, generators)
        total = total + latest.gather(1, tokens)[:, 0] * is_open
        for row, token, writes in zip(rows, tokens[:, 0].tolist(), is_open.tolist(), strict=True):
            if writes:
                row.append(token)
        is_open = is_open & (tokens[:, 0] != model.config.eos_id)
        if not is_open.any() or max(map(len, rows)) >= max_new_tokens:
            return [_written(model, r, p) for r, p in zip(rows, total.tolist(), strict=True)]
        output = context.read_ids(tokens, is_open[:, None].long())
        logprobs = next_logprobs(model, output.last)


def score(context: Context, ids: Sequence[int]) -> tuple[Tensor, Tensor]:
    """How probable the answer `ids` is on every row of `context`, which grows by one pass.

    Returns:
        [B] log-probability (nats) of the whole answer; [B] how many of its tokens, from the start,
        are also the most probable ones.
    """
    model = context.model
    read = torch.tensor([[model.config.eot_id, *ids[:-1]]] * len(context.mask), device=model.device)
    target = torch.tensor([list(ids)] * len(context.mask), device=model.device)
    logprobs = next_logprobs(model, context.read_ids(read).last)
    agree = (logprobs.argmax(-1) == target).long().cumprod(1).sum(1)
    return _picked(logprobs, target).sum(1), agree


def top1(model: CodiModel, states: Tensor) -> list[Candidate]:
    """The most probable next token at each of the states [N, D] behind the final norm."""
    best = torch.softmax(model.unembed(states).float(), dim=-1).max(dim=-1)
    pairs = zip(best.indices.tolist(), best.values.tolist(), strict=True)
    return [Candidate(model.prompt.piece(i), i, p) for i, p in pairs]


def _written(model: CodiModel, ids: list[int], logprob: float) -> Written:
    text = model.prompt.text(ids)
    after = text.rpartition(model.config.cue)[2].strip()
    return Written(tuple(ids), text, parse_answer(after or text), logprob)


def _picked(logprobs: Tensor, ids: Tensor) -> Tensor:
    return logprobs.gather(-1, ids[..., None])[..., 0]
