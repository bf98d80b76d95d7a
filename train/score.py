"""From Traces to numbers, each with its uncertainty.

An accuracy over n questions is a coin thrown n times: its standard error is sqrt(p(1-p)/n), 1.4 points
for GSM8K at 43 %. Two modes asked the same questions are compared in pairs, which is much sharper:
questions that both get right, or both wrong, say nothing about the difference.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from codi.answers import parse_after_cue, parse_answer, same
from codi.estimate import Estimate
from codi.matching import MatchRate, match_rates
from codi.trace import Trace
from train.data import Example


@dataclass(frozen=True)
class Score:
    """One mode on one set of questions.

    Attributes:
        strict: share of questions where the number right after the cue is the answer.
        flexible: where the last number anywhere is (the official evaluation's rule).
        by_steps: strict, by the number of steps of the reference solution.
        finished: share of answers that the model ended by itself.
        tokens: mean written tokens a question, eos included.
        forward_passes: mean model steps a question; reading the question is one.
        seconds: wall-clock a question when decoded in batches: throughput, not the time of one answer.
        readings: student only: do the thoughts name the intermediate results of the problems that were
            answered correctly? The paper's Table 3, with chance beside it. It says what can be read
            out of the thoughts, not what is used.
    """

    strict: Estimate
    flexible: Estimate
    by_steps: dict[int, Estimate]
    finished: float
    tokens: float
    forward_passes: float
    seconds: float
    readings: list[MatchRate] | None


@dataclass(frozen=True)
class Comparison:
    """Two runs over the same questions, this one and a reference.

    Attributes:
        both, only_here, only_reference, neither: questions answered correctly by whom.
        ratio: accuracy here divided by the reference's; None if that is 0.
        p: exact McNemar test, two-sided: how often equal modes would differ at least this much.
    """

    both: int
    only_here: int
    only_reference: int
    neither: int
    ratio: float | None
    p: float


def grade(trace: Trace, gold: str) -> tuple[bool, bool]:
    """Whether the trace answers `gold`, read strictly and flexibly."""
    if gold.isalpha():  # a letter of a multiple choice
        letters = re.findall(r"\b[A-E]\b", trace.text)
        return trace.answer_text[:1] == gold, letters[-1:] == [gold]
    value = parse_answer(gold)
    strict = same(parse_after_cue(trace.text, trace.cue), value)
    return strict, same(parse_answer(trace.text), value)


def score(examples: Sequence[Example], traces: Sequence[Trace], seconds: float) -> Score:
    """Summarise one mode's answers; `seconds` is the wall-clock time of all of them together.

    Raises:
        ValueError: nothing to summarise.
    """
    if not traces:
        raise ValueError("a score needs at least one question")
    pairs = list(zip(examples, traces, strict=True))
    marks = [grade(trace, example.answer) for example, trace in pairs]
    groups: dict[int, list[bool]] = defaultdict(list)
    for (example, _), (strict, _) in zip(pairs, marks, strict=True):
        if example.steps:
            groups[len(example.steps)].append(strict)
    n = len(traces)
    return Score(
        strict=Estimate.share(strict for strict, _ in marks),
        flexible=Estimate.share(flexible for _, flexible in marks),
        by_steps={count: Estimate.share(groups[count]) for count in sorted(groups)},
        finished=sum(trace.done for trace in traces) / n,
        tokens=sum(step.token is not None for trace in traces for step in trace.steps) / n,
        forward_passes=sum(trace.forward_passes for trace in traces) / n,
        seconds=seconds / n,
        readings=_readings(pairs, marks) if traces[0].mode == "student" else None,
    )


def _readings(
    pairs: Sequence[tuple[Example, Trace]], marks: Sequence[tuple[bool, bool]]
) -> list[MatchRate]:
    chosen = [
        (example, trace)
        for (example, trace), (strict, _) in zip(pairs, marks, strict=True)
        if strict and all("=" in step for step in example.steps)
    ]
    return match_rates([trace for _, trace in chosen], [example.steps for example, _ in chosen])


def compare(here: Sequence[bool], reference: Sequence[bool]) -> Comparison:
    """Compare marks of the same questions in the same order."""
    table = Counter(zip(here, reference, strict=True))
    only_here, only_reference = table[True, False], table[False, True]
    differing = only_here + only_reference
    tail = sum(math.comb(differing, i) for i in range(min(only_here, only_reference) + 1))
    return Comparison(
        both=table[True, True],
        only_here=only_here,
        only_reference=only_reference,
        neither=table[False, False],
        ratio=sum(here) / sum(reference) if any(reference) else None,
        p=min(1.0, 2 * tail / 2**differing),
    )
