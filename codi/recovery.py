"""Can the sum be rebuilt from what the thoughts name?

Start from the numbers of the question. Add each number that some state names if it is the sum,
difference, product or quotient of two that are known; go on until nothing new comes. If the answer that
the model gave is then one calculation away, the trace is *verified*. No gold steps are needed, so the
mark can stand beside any answer.

It is a mark of consistency, not a proof: a wrong answer can be verified by luck, and a right one can
be computed in ways that no state names. `trust` measures what the mark is worth, beside the rate at
which answers are verified by the thoughts of another question (others: 65-93 % of right and 24-36 % of
wrong answers can be rebuilt; method.md 5.9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from codi.answers import NUMBER_WORDS, canonical, parse_answer, same
from codi.estimate import Estimate
from codi.matching import named_numbers
from codi.trace import Trace

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d*\.\d+|\d+", re.ASCII)
_WORDS = NUMBER_WORDS | {"percent": 100}


@dataclass(frozen=True)
class Equation:
    """One rebuilt step; `state` named its result (0 is bot; None: it is the answer)."""

    left: Fraction
    op: str
    right: Fraction
    result: Fraction
    state: int | None = None

    @property
    def text(self) -> str:
        """`16-3=13`."""
        left, right, result = map(_digits, (self.left, self.right, self.result))
        return f"{left}{self.op}{right}={result}"


@dataclass(frozen=True)
class Recovered:
    """Equations, each after those that it needs.

    Attributes:
        verified: whether they reach the answer; if so, only those that lead to it are kept.
        thoughts_needed: how many numbers named by states lead to the answer. 0 in a verified trace:
            the question's numbers alone reach it, and the mark says nothing about the thoughts.
    """

    equations: tuple[Equation, ...]
    verified: bool
    thoughts_needed: int

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        equations = [{"text": step.text, "state": step.state} for step in self.equations]
        return {**vars(self), "equations": equations}


def recover(trace: Trace, top_k: int = 1) -> Recovered:
    """Rebuild the sum of one trace from the whole numbers among each state's top-k tokens.

    A small `top_k` is the stricter reading: every further candidate is one more chance for luck.
    """
    return rebuild(question_numbers(trace.question), named_numbers(trace, top_k), trace.answer)


def question_numbers(question: str) -> list[Fraction]:
    """Numbers in digits and in common words: `twice` and `half` count as 2, `dozen` 12, `%` 100."""
    found = [Fraction(text.replace(",", "")) for text in _NUMBER.findall(question)]
    words = re.findall(r"[a-z]+", question.lower().replace("%", " percent "))
    values = [_WORDS.get(word) or _WORDS.get(word.removesuffix("s")) for word in words]
    return found + [Fraction(value) for value in values if value]


def rebuild(
    given: Sequence[Fraction], named: Sequence[Sequence[int]], answer: Decimal | None
) -> Recovered:
    """Forward chaining from `given` over the numbers `named` by each state to `answer`."""
    goal = None if answer is None else Fraction(answer)
    states: dict[Fraction, int] = {}
    for state, numbers in enumerate(named):
        for number in numbers:
            states.setdefault(Fraction(number), state)
    known = list(given)  # a number that stands twice in the question may be used with itself
    wanted = set(states) - set(known) - {goal}
    made: dict[Fraction, Equation] = {}
    while True:
        fresh: dict[Fraction, Equation] = {}
        for step in _calculations(known):
            if step.result in wanted:
                fresh.setdefault(step.result, replace(step, state=states[step.result]))
        if not fresh:
            break
        made |= fresh
        known += fresh
        wanted -= set(fresh)

    ways = [step for step in _calculations(known) if step.result == goal]
    if not ways:
        return Recovered(tuple(made.values()), verified=False, thoughts_needed=0)

    def leaning(step: Equation) -> tuple[int, int]:
        used = [states[x] for x in (step.left, step.right) if x in made]
        return len(used), max(used, default=0)

    # Of several ways to the answer the one that leans most on the thoughts, and on late ones.
    chain = _chain(max(ways, key=leaning), made)
    return Recovered(tuple(chain), verified=True, thoughts_needed=len(chain) - 1)


@dataclass(frozen=True)
class Trust:
    """What the mark is worth on a data set.

    Attributes:
        accuracy: share of right answers, all questions.
        coverage: share of answers that are verified.
        precision: share of right answers among the verified; `rest`: among the others.
        right_verified, wrong_verified: share of right and of wrong answers that are verified.
        chance: share of answers verified by the thoughts of another question.
    """

    accuracy: Estimate
    coverage: Estimate
    precision: Estimate
    rest: Estimate
    right_verified: Estimate
    wrong_verified: Estimate
    chance: Estimate

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {name: estimate.to_dict() for name, estimate in vars(self).items()}


def trust(traces: Sequence[Trace], golds: Sequence[str], top_k: int = 1) -> Trust:
    """How well `verified` predicts that an answer is right."""
    right = [
        same(trace.answer, parse_answer(gold)) for trace, gold in zip(traces, golds, strict=True)
    ]
    marks = [recover(trace, top_k).verified for trace in traces]
    lucky = [
        rebuild(
            question_numbers(trace.question),
            named_numbers(traces[(i + 1) % len(traces)], top_k),
            trace.answer,
        ).verified
        for i, trace in enumerate(traces)
    ]
    pairs = list(zip(right, marks, strict=True))
    return Trust(
        accuracy=Estimate.share(right),
        coverage=Estimate.share(marks),
        precision=Estimate.share(good for good, mark in pairs if mark),
        rest=Estimate.share(good for good, mark in pairs if not mark),
        right_verified=Estimate.share(mark for good, mark in pairs if good),
        wrong_verified=Estimate.share(mark for good, mark in pairs if not good),
        chance=Estimate.share(lucky if len(traces) > 1 else []),
    )


def _calculations(known: Sequence[Fraction]) -> Iterator[Equation]:
    """Every sum, difference, product and quotient of two of the numbers that is not negative."""
    for one, two in combinations(known, 2):
        small, large = sorted((one, two))
        yield Equation(large, "+", small, large + small)
        yield Equation(large, "-", small, large - small)
        yield Equation(large, "*", small, large * small)
        for top, bottom in {(large, small), (small, large)}:
            if bottom:
                yield Equation(top, "/", bottom, top / bottom)


def _chain(last: Equation, made: Mapping[Fraction, Equation]) -> list[Equation]:
    """`last` after everything that it needs."""
    chain: list[Equation] = []
    for operand in (last.left, last.right):
        if operand in made:
            chain += [step for step in _chain(made[operand], made) if step not in chain]
    return [*chain, last]


def _digits(number: Fraction) -> str:
    return canonical(Decimal(number.numerator) / Decimal(number.denominator))
