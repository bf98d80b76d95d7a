"""Many minds: shake the thoughts, answer many times, and count.

The question is read once and then continued n times in one batch. What differs between the samples is
chosen: Gaussian noise on every thought, dropout of a thought's coordinates, or the temperature of the
answer's tokens. The majority answer is the vote, its share of the samples is the agreement, and an
answer below a chosen agreement can be withheld (abstention). Beside the vote stands best-of-n, the
sample whose answer the model itself finds most probable.

Agreement says how stable an answer is under this shaking, not that it is right: a model can be wrong
the same way every time. `abstention_curve` measures what it is worth. Published strengths: noise of
standard deviation 1.4 on CODI's thoughts, which is about 1.4 root mean squares there (method.md 5.6;
dropout there is inside all layers, here on the thoughts only, so that every backbone can do it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import torch
from torch import Tensor

from codi.answers import parse_answer, same
from codi.branch import ANSWER_TOKENS, Written, read_questions, shown, thoughts_of, write
from codi.decode import random_stream
from codi.estimate import Estimate
from codi.model import CodiModel
from codi.rollout import think

MAX_SAMPLES = 256


@dataclass(frozen=True)
class Shake:
    """What makes the samples differ.

    Attributes:
        noise: strength in units of each thought's root mean square.
        dropout: share of each thought's coordinates set to zero, the others scaled up; 0 to below 1.
        temperature: of the answer's tokens; 0 writes the most probable ones.
        seed: with the question and the sample's number, names its random stream.

    Raises:
        ValueError: a value is out of range, or nothing is shaken.
    """

    noise: float = 0.0
    dropout: float = 0.0
    temperature: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.noise < float("inf") and 0 <= self.temperature < float("inf")):
            raise ValueError(
                f"noise and temperature must be 0 or more, got {self.noise} and {self.temperature}"
            )
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be at least 0 and below 1, got {self.dropout}")
        if not (self.noise or self.dropout or self.temperature):
            raise ValueError("nothing is shaken: give noise, dropout or a temperature above 0")


@dataclass(frozen=True)
class Votes:
    """n answers to one question, in the order of their random streams.

    Attributes:
        answers: [n] each answer's number as text, or all its text where it has none.
        counted: [n] whether it is a number; only numbers can win.
        logprobs: [n] log-probability (nats) that the model gives to each written answer.
    """

    question: str
    answers: tuple[str, ...]
    counted: tuple[bool, ...]
    logprobs: tuple[float, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Votes by answer, most first; ties go to the more probable answer."""
        votes: dict[str, int] = {}
        best: dict[str, float] = {}
        for answer, counts, logprob in zip(self.answers, self.counted, self.logprobs, strict=True):
            if counts:
                votes[answer] = votes.get(answer, 0) + 1
                best[answer] = max(best.get(answer, logprob), logprob)
        return dict(sorted(votes.items(), key=lambda pair: (-pair[1], -best[pair[0]])))

    @property
    def winner(self) -> str | None:
        """The majority answer; None if no sample wrote a number."""
        return next(iter(self.counts), None)

    @property
    def agreement(self) -> float:
        """The winner's share of all samples, 0..1."""
        return max(self.counts.values(), default=0) / len(self.answers)

    @property
    def best(self) -> str | None:
        """The answer of the most probable sample; None if no sample wrote a number."""
        numbered = [i for i, counts in enumerate(self.counted) if counts]
        return self.answers[max(numbered, key=self.logprobs.__getitem__)] if numbered else None

    def decide(self, threshold: float) -> str | None:
        """The winner, or None (abstain) if its agreement is below `threshold`."""
        return self.winner if self.agreement >= threshold else None

    def first(self, n: int) -> Votes:
        """What the first n samples say."""
        return replace(
            self,
            answers=self.answers[:n],
            counted=self.counted[:n],
            logprobs=self.logprobs[:n],
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        derived = ("counts", "winner", "agreement", "best")
        return {**vars(self), **{name: getattr(self, name) for name in derived}}


def vote(
    model: CodiModel, question: str, n: int, shake: Shake, *, num_latents: int | None = None
) -> Votes:
    """n samples of one question; raises as `vote_many`."""
    return vote_many(model, [question], n, shake, num_latents=num_latents)[0]


@torch.inference_mode()
def vote_many(
    model: CodiModel,
    questions: Sequence[str],
    n: int,
    shake: Shake,
    *,
    num_latents: int | None = None,
    max_new_tokens: int = ANSWER_TOKENS,
) -> list[Votes]:
    """n samples of each question, in one batch of len(questions) * n rows.

    A sample does not depend on the other questions, nor on n.

    Raises:
        ValueError: n is not 1..256, an empty question, or noise or dropout where K = 0.
    """
    if not 1 <= n <= MAX_SAMPLES:
        raise ValueError(f"the number of samples must be 1..{MAX_SAMPLES}, got {n}")
    count = model.config.num_latents if num_latents is None else num_latents
    if shake.noise or shake.dropout:
        count = thoughts_of(model, num_latents)
    streams = [random_stream(shake.seed, question, i) for question in questions for i in range(n)]

    def touch(k: int, latent: Tensor, previous: Tensor | None) -> Tensor:
        noise = torch.stack([torch.randn(model.width, generator=s) for s in streams])
        alive = torch.stack([torch.rand(model.width, generator=s) for s in streams])
        size = latent.pow(2).mean(-1, keepdim=True).sqrt()
        kept = latent * (alive.to(latent) >= shake.dropout) / (1 - shake.dropout)
        return kept + shake.noise * size * noise.to(latent)

    context, state = read_questions(model, questions)
    context, state = context.repeat(n), state.repeat_interleave(n, dim=0)
    for _ in think(context, state, count, touch=touch):
        pass
    written = write(
        context,
        temperature=shake.temperature,
        generators=streams,
        max_new_tokens=max_new_tokens,
    )
    return [_votes(question, written[i * n : (i + 1) * n]) for i, question in enumerate(questions)]


@dataclass(frozen=True)
class CurvePoint:
    """One point of a curve over a data set.

    Attributes:
        at: number of samples, or the least agreement that is answered.
        values: estimates by name.
    """

    at: float
    values: dict[str, Estimate]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"at": self.at, **{name: value.to_dict() for name, value in self.values.items()}}


def accuracy_by_n(
    votes: Sequence[Votes], golds: Sequence[str], sizes: Sequence[int] = (1, 2, 4, 8, 16, 32, 64)
) -> list[CurvePoint]:
    """Accuracy of the first n samples, for every n of `sizes` that was sampled.

    `vote`: the majority; `best`: best-of-n by the model's own probability; `any`: some sample is right
    (what a perfect chooser could reach).
    """
    right = [parse_answer(gold) for gold in golds]
    points = []
    for n in sizes:
        if votes and n > min(len(vote.answers) for vote in votes):
            break
        pairs = [(vote.first(n), gold) for vote, gold in zip(votes, right, strict=True)]
        values = {
            "vote": Estimate.share(same(_value(vote.winner), gold) for vote, gold in pairs),
            "best": Estimate.share(same(_value(vote.best), gold) for vote, gold in pairs),
            "any": Estimate.share(
                any(same(_value(answer), gold) for answer in vote.counts) for vote, gold in pairs
            ),
        }
        points.append(CurvePoint(n, values))
    return points


def abstention_curve(votes: Sequence[Votes], golds: Sequence[str]) -> list[CurvePoint]:
    """For every agreement that occurs: `coverage`, the share answered, and `accuracy` among those."""
    right = [
        same(_value(vote.winner), parse_answer(gold))
        for vote, gold in zip(votes, golds, strict=True)
    ]
    points = []
    for threshold in sorted({vote.agreement for vote in votes}):
        answered = [vote.decide(threshold) is not None for vote in votes]
        values = {
            "coverage": Estimate.share(answered),
            "accuracy": Estimate.share(
                good for good, says in zip(right, answered, strict=True) if says
            ),
        }
        points.append(CurvePoint(threshold, values))
    return points


def _votes(question: str, written: Sequence[Written]) -> Votes:
    return Votes(
        question,
        answers=tuple(map(shown, written)),
        counted=tuple(answer.answer is not None for answer in written),
        logprobs=tuple(answer.logprob for answer in written),
    )


def _value(answer: str | None) -> Decimal | None:
    return None if answer is None else parse_answer(answer)
