"""Do the thoughts name the results of the steps?

A state names a number if one of its top-k tokens is that whole number; matching is exact, never fuzzy.
The steps are the teacher's (`split_steps(trace.steps_text)`) or the data set's. The bot state counts:
without it the published rates collapse (method.md 2.6). A hit is not a use, and some hits are luck:
`match_rates` gives the rate for another problem's steps beside it. A tokenizer that has no token for a
whole number (`Prompt.names_whole_numbers`) can only ever match single digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from codi.answers import parse_answer
from codi.estimate import Estimate
from codi.trace import Trace

_STEP = re.compile(r"<<([^<>]+)>>")


@dataclass(frozen=True)
class StepMatch:
    """One written step and where its result was named.

    Attributes:
        step: `16-3=13`; `result`: `13`.
        found: (state, rank) pairs: state 0 is bot, k is zk; rank 1 is the top token.
    """

    step: str
    result: str
    found: tuple[tuple[int, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**vars(self), "found": [list(pair) for pair in self.found]}


def split_steps(text: str) -> tuple[str, ...]:
    """The equations of a written chain `<<16-3=13>> <<13*2=26>>`; the inverse of `join_steps`."""
    return tuple(step.replace(" ", "") for step in _STEP.findall(text))


def named_numbers(trace: Trace, top_k: int = 5) -> tuple[tuple[int, ...], ...]:
    """For each state (bot, z1, ..) the whole numbers among its top-k tokens, best first, once each.

    `top_k` beyond what the trace kept (`Options.top_k`) changes nothing.
    """
    named = []
    for step in trace.thoughts:
        texts = [candidate.text.strip() for candidate in step.top[:top_k]]
        numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
        named.append(tuple(dict.fromkeys(numbers)))
    return tuple(named)


def match_steps(trace: Trace, steps: Sequence[str], top_k: int = 5) -> tuple[StepMatch, ...]:
    """Where each step's result is named. Give the intermediate steps, or all to see the answer too."""
    tops = [[candidate.text.strip() for candidate in step.top[:top_k]] for step in trace.thoughts]
    matches = []
    for step in steps:
        result = step.rpartition("=")[2].strip()
        value = parse_answer(result)
        found = [
            (state, next(rank for rank, text in enumerate(top, start=1) if _is(text, value)))
            for state, top in enumerate(tops)
            if any(_is(text, value) for text in top)
        ]
        matches.append(StepMatch(step, result, tuple(found)))
    return tuple(matches)


def _is(text: str, value: object) -> bool:
    return text.isascii() and text.isdigit() and int(text) == value


@dataclass(frozen=True)
class MatchRate:
    """Step matches of the problems that have `values` intermediate results.

    Attributes:
        hit: share of results that some state names.
        chance: the same with the results of another such problem.
        by_state: [values][K+1] share of problems whose i-th result is named by that state.
    """

    values: int
    hit: Estimate
    chance: Estimate
    by_state: tuple[tuple[float, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        by_state = [list(row) for row in self.by_state]
        return {
            "values": self.values,
            "hit": self.hit.to_dict(),
            "chance": self.chance.to_dict(),
            "by_state": by_state,
        }


def match_rates(
    traces: Sequence[Trace], steps: Sequence[Sequence[str]], top_k: int = 5
) -> list[MatchRate]:
    """Hit rates by number of intermediate results (all steps but the last), as in the paper's Table 3.

    Per result, over the union of bot, z1 .. zK: the rule that reproduces the published numbers.
    Keep only correctly answered problems beforehand to compare with the paper.
    """
    groups: dict[int, list[tuple[Trace, Sequence[str]]]] = {}
    for trace, chain in zip(traces, steps, strict=True):
        if len(chain) > 1:
            groups.setdefault(len(chain) - 1, []).append((trace, chain[:-1]))
    rates = []
    for values, group in sorted(groups.items()):
        own = [match_steps(trace, chain, top_k) for trace, chain in group]
        other = [
            match_steps(trace, group[(i + 1) % len(group)][1], top_k)
            for i, (trace, _) in enumerate(group)
        ]
        states = len(group[0][0].thoughts)
        by_state = [
            [sum(state in dict(row[i].found) for row in own) / len(own) for state in range(states)]
            for i in range(values)
        ]
        rates.append(
            MatchRate(
                values,
                hit=Estimate.share(bool(match.found) for row in own for match in row),
                chance=Estimate.share(
                    bool(match.found) for row in other[: len(group) > 1 and None] for match in row
                ),
                by_state=tuple(map(tuple, by_state)),
            )
        )
    return rates
