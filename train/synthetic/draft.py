"""A problem being written: numbers are drawn, and every calculation leaves its step behind.

A family draws numbers and calls `plus`, `minus`, `times` and `over`. Each returns the exact result and
appends the equation, so a step can never disagree with the answer. What makes no sense (a negative
rest, a fraction of a marble) raises `Redraw`, and `generate` simply draws again: families state their
conditions instead of solving them.

Conventions of all steps, so that the teacher's text is predictable:
    groups times size       "3 boxes of 12"        3*12=36
    whole minus part        "gave away 5 of 16"    16-5=11
    percent, in integers    "20 percent of 50"     50*20=1000, 1000/100=10
    fractions, unit first   "three quarters of 48" 48/4=12, 12*3=36
    listed sums             mostly two at a time; one time in five as one chain 3+4+5=12
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from train.synthetic.world import PEOPLE, THINGS, Number, Person, Thing, digits

T = TypeVar("T")


class Redraw(Exception):
    """The numbers drawn do not make a sensible problem."""


def tidy(value: Number) -> Number:
    """Integers as int, so that equal numbers look equal."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


class Draft:
    """Random source, steps so far, and what this problem was asked to be."""

    __slots__ = ("depth", "phrasing", "rng", "steps")

    def __init__(self, rng: Random, depth: int, phrasing: Any):
        self.rng = rng
        self.depth = depth
        self.phrasing = phrasing
        self.steps: list[str] = []

    # ---- drawing
    def n(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.rng.random() * (high - low + 1))

    def count(self, top: int = 400) -> int:
        """How many of something: mostly small, sometimes large, large ones often round."""
        roll = self.rng.random()
        if roll < 0.45:
            return self.n(3, min(20, top))
        if roll < 0.85:
            return self.n(10, min(99, top))
        big = self.n(min(50, top), top)
        return max(big // 10 * 10, 10) if roll > 0.93 else big

    def part(self, whole: Number) -> int:
        """A proper part of a whole."""
        if whole < 4:
            raise Redraw
        return self.n(2, int(whole) - 2)

    def price(self, low: int, high: int) -> Number:
        """A price in dollars, one time in six with cents."""
        if self.rng.random() < 0.16:
            unit = 4 if self.rng.random() < 0.7 else 10  # quarters of a dollar, or tenths
            return tidy(Decimal(self.n(low * unit, high * unit)) / unit)
        return self.n(low, high)

    def pick(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[int(self.rng.random() * len(options))]

    def picks(self, options: Sequence[T], k: int) -> list[T]:
        """Several different ones."""
        return self.rng.sample(options, k)

    def person(self) -> Person:
        """Somebody."""
        return self.pick(PEOPLE)

    def people(self, k: int) -> list[Person]:
        """Several different people."""
        return self.picks(PEOPLE, k)

    def thing(self, kind: str) -> Thing:
        """A noun of this kind."""
        return self.pick(THINGS[kind])

    def kinds(self, kind: str, k: int) -> list[Thing]:
        """Several different nouns of this kind."""
        return self.picks(THINGS[kind], k)

    # ---- calculating
    def plus(self, *terms: Number) -> Number:
        """The sum of listed numbers, pair by pair or (one time in five) in one chain."""
        if len(terms) > 2 and self.rng.random() < 0.2:
            return self._step("+".join(map(digits, terms)), sum(terms))
        total = terms[0]
        for term in terms[1:]:
            total = self._step(f"{digits(total)}+{digits(term)}", total + term)
        return total

    def minus(self, whole: Number, *parts: Number) -> Number:
        """What is left of a whole after its parts, one by one."""
        for part in parts:
            whole = self._step(f"{digits(whole)}-{digits(part)}", whole - part)
        return whole

    def times(self, count: Number, size: Number) -> Number:
        """So many groups of this size."""
        return self._step(f"{digits(count)}*{digits(size)}", count * size)

    def over(self, whole: Number, parts: Number) -> Number:
        """Division that comes out even: whole numbers stay whole, money may end in cents."""
        if not parts:
            raise Redraw
        if isinstance(whole, int) and isinstance(parts, int):
            result, rest = divmod(whole, parts)
            if rest:
                raise Redraw
            return self._step(f"{whole}/{parts}", result)
        exact = Decimal(whole) / Decimal(parts)
        if exact * parts != whole or exact != round(exact, 2):
            raise Redraw
        return self._step(f"{digits(whole)}/{digits(parts)}", exact)

    def percent(self, n: Number, p: int) -> Number:
        """`p` percent of `n` in two steps: n*p, then /100."""
        return self.over(self.times(n, p), 100)

    def _step(self, left: str, result: Number) -> Number:
        if result < 0:
            raise Redraw
        result = tidy(result)
        self.steps.append(f"{left}={digits(result)}")
        return result

    def need(self, condition: bool) -> None:
        """State what must hold of the numbers drawn."""
        if not condition:
            raise Redraw


@dataclass(frozen=True)
class Family:
    """One kind of problem: a function that draws numbers and slots, and the ways to say it.

    Attributes:
        make: draws, calculates, and returns the slots of the phrasing.
        depths: how many steps it takes, counting a chain as its pairs.
        phrasings: texts with `{slots}` and `[one|other]` wordings; stories use a `Theme` instead.
        calm: takes a distracting sentence before its question without becoming ambiguous.
        weight: how often it is drawn, against others of the same depth; a composed family stands for many.
    """

    make: Callable[[Draft], Mapping[str, object]]
    depths: tuple[int, ...]
    phrasings: tuple
    calm: bool = True
    weight: int = 1
