"""Whose answer comes out? Give a question the thoughts of its twin.

A twin is the same question with one number changed. The model answers both; then it answers the
question while thinking the twin's thoughts, all of them or some.

    follows   the twin's answer comes out: these thoughts carry what the answer is computed from
    keeps     the question's own answer comes out: it is computed past these thoughts
    other     neither: the transplant broke something

Pairs whose two answers are equal say nothing and are not counted. Others found that the answer follows
in 84 % of pairs when all number-bearing thoughts move together (z1, z3, z5 as counted here) and in
about 40 % when one moves (method.md 5.11). Following does not prove that a thought holds a number in a
readable form, only that the difference between the twins travels through it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from codi.branch import ANSWER_TOKENS, agree, shown, thoughts_of
from codi.decode import Options, decode_many
from codi.estimate import Estimate
from codi.model import CodiModel
from codi.trace import Capture, Edit, Trace
from codi.used import transplant

Verdict = Literal["follows", "keeps", "other", "alike"]
VERDICTS: tuple[Verdict, ...] = ("follows", "keeps", "other", "alike")

_WHOLE = re.compile(r"(?<![\w.,])\d+(?![\w%]|[.,:/]\d)", re.ASCII)


def twin(question: str, old: str | int, new: str | int) -> str:
    """The question with its first whole number `old` replaced by `new`.

    Raises:
        ValueError: `old` does not stand in the question as a whole number, or equals `new`.
    """
    if str(old) == str(new):
        raise ValueError(f"a twin needs another number; {old} and {new} are the same")
    for match in _WHOLE.finditer(question):
        if match.group() == str(old):
            return f"{question[: match.start()]}{new}{question[match.end() :]}"
    found = ", ".join(_WHOLE.findall(question)) or "none"
    raise ValueError(f"{old} is not a whole number of this question; it has: {found}")


def random_twin(question: str, seed: int = 0) -> str:
    """The question with one of its whole numbers moved by 1 to 3; small changes keep it sensible.

    Raises:
        ValueError: the question has no whole number in digits.
    """
    numbers = _WHOLE.findall(question)
    near = {
        old: [n for d in (-3, -2, -1, 1, 2, 3) if (n := int(old) + d) > 1 and str(n) not in numbers]
        for old in numbers
    }
    movable = [old for old in numbers if near[old]]
    if not movable:
        raise ValueError("the question has no whole number in digits to change")
    rng = random.Random(f"{seed}/{question}")
    old = rng.choice(movable)
    return twin(question, old, rng.choice(near[old]))


def thought_sets(num_latents: int) -> dict[str, tuple[int, ...]]:
    """Which thoughts are moved together: all, every second one, and each alone."""
    every = range(1, num_latents + 1)
    sets = {"all": tuple(every), "odd": tuple(every[::2]), "even": tuple(every[1::2])}
    sets |= {f"z{k}": (k,) for k in every}
    return {name: chosen for name, chosen in sets.items() if chosen}


@dataclass(frozen=True)
class Outcome:
    """What the question answers with some of the twin's thoughts."""

    thoughts: tuple[int, ...]
    answer: str
    verdict: Verdict


@dataclass(frozen=True)
class TwinResult:
    """One pair. `answer` and `twin_answer` are the model's own; `outcomes` by name of the set."""

    question: str
    twin: str
    answer: str
    twin_answer: str
    outcomes: Mapping[str, Outcome]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        outcomes = {name: vars(outcome).copy() for name, outcome in self.outcomes.items()}
        return {**vars(self), "outcomes": outcomes}


def twin_experiment(
    model: CodiModel,
    pairs: Sequence[tuple[str, str]],
    *,
    sets: Mapping[str, Sequence[int]] | None = None,
    num_latents: int | None = None,
    max_new_tokens: int = ANSWER_TOKENS,
    batch_size: int = 64,
    progress: bool = False,
) -> list[TwinResult]:
    """Transplant the thoughts of each pair's second question into its first.

    Args:
        pairs: (question, twin); any two questions are legal, twins are the telling case.
        sets: names and thoughts (1..K) to move together; None: `thought_sets`.

    Raises:
        ValueError: no thoughts, an empty question, a pair of equal questions, a thought beyond K.
    """
    count = thoughts_of(model, num_latents)
    if any(question == other for question, other in pairs):
        raise ValueError(
            "the donor question is the same as the question; change at least one number"
        )
    moved = {name: tuple(chosen) for name, chosen in (sets or thought_sets(count)).items()}
    if wrong := [k for chosen in moved.values() for k in chosen if not 1 <= k <= count]:
        raise ValueError(f"thoughts are z1 to z{count}; z{wrong[0]} cannot be moved")

    def run(texts: Sequence[str], edits: Sequence[Sequence[Edit]] | None = None) -> list[Trace]:
        options = Options(
            num_latents=count,
            max_new_tokens=max_new_tokens,
            capture=Capture(latent=edits is None),
            top_k=1,
        )
        return decode_many(
            model, texts, "student", options,
            edits=edits, batch_size=batch_size, progress=progress,
        )  # fmt: skip

    questions = [question for question, _ in pairs]
    own, others = run(questions), run([other for _, other in pairs])
    names = list(moved)
    mixed = run(
        [question for question in questions for _ in names],
        [transplant(other.latents, moved[name]) for other in others for name in names],
    )
    results = []
    for i, (question, other) in enumerate(pairs):
        traces = mixed[i * len(names) : (i + 1) * len(names)]
        outcomes = {
            name: Outcome(moved[name], shown(trace), _verdict(trace, own[i], others[i]))
            for name, trace in zip(names, traces, strict=True)
        }
        results.append(TwinResult(question, other, shown(own[i]), shown(others[i]), outcomes))
    return results


def twin_shares(results: Sequence[TwinResult]) -> dict[str, dict[str, Estimate]]:
    """For each set of thoughts the share of telling pairs that follow, keep or do neither.

    `alike`, the share of pairs that told nothing, is of all pairs.
    """
    shares: dict[str, dict[str, Estimate]] = {}
    for name in results[0].outcomes if results else ():
        verdicts = [result.outcomes[name].verdict for result in results]
        telling = [verdict for verdict in verdicts if verdict != "alike"]
        shares[name] = {
            verdict: Estimate.share(
                v == verdict for v in (verdicts if verdict == "alike" else telling)
            )
            for verdict in VERDICTS
        }
    return shares


def _verdict(mixed: Trace, own: Trace, other: Trace) -> Verdict:
    if agree(own, other):
        return "alike"
    if agree(mixed, other):
        return "follows"
    return "keeps" if agree(mixed, own) else "other"
