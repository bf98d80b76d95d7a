"""A notation for whole situations: facts, questions, and for every question its calculation.

A scene is written once and read in many ways: each wording of the facts meets each question, and the
question decides which numbers matter. The calculation beside it is a tiny program: `a-b,1*c` subtracts
b from a, then multiplies the first result by c. `a%r` is r percent of a. Capitals are known constants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from math import prod

from train.synthetic.draft import Draft, Family
from train.synthetic.world import COLORS, DAYS, UNIT_FRACTIONS, Number

CONSTANTS = {"T": 2, "R": 3, "W": 7, "D": 12, "H": 60, "I": 1, "P": 24}
# twice or half, three times or a third, days of a week, a dozen or the months of a year, minutes of an hour, oneself, hours of a day

# How a number is drawn. (2, 9): between two bounds. ("a",): a proper part of a. ("a", 2, 9) and ("a*b", 2, 9):
# a multiple of a, or of a times b. ("of", 10, 20): one of these. ("$", 2, 9): a price. ("fraction",): k for "one k-th".
Rule = tuple


@dataclass(frozen=True)
class Ask:
    """One complete wording of a scene, with its calculation."""

    text: str
    program: str


@dataclass(frozen=True)
class More:
    """Further facts and asks of a scene, for training alone."""

    facts: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Scene:
    """Facts in several wordings, and the questions that can be asked about them."""

    kind: str
    numbers: dict[str, Rule]
    facts: tuple[str, ...]
    asks: tuple[tuple[str, str], ...]

    def families(self, name: str) -> dict[str, Family]:
        """One family for each number of steps among the questions."""
        return {
            f"{name}_{n}": Family(self.make, (n,), asks, calm=False)
            for n, asks in _by_steps(product(self.facts, self.asks)).items()
        }

    def more(self, name: str, more: More) -> dict[str, tuple[Ask, ...]]:
        """The wordings that `more` adds to each of these families: what is new, with all there is."""
        new = chain(
            product(more.facts, self.asks + more.asks),
            product(self.facts, more.asks),
        )
        return {f"{name}_{n}": asks for n, asks in _by_steps(new).items()}

    def make(self, d: Draft) -> dict:
        """Draw the numbers, run the program of the chosen question, and fill the names."""
        values: dict = dict(CONSTANTS)
        slots: dict = {}
        for key, rule in self.numbers.items():
            values[key] = slots[key] = _draw(d, rule, values)
            if rule[0] == "fraction":
                slots[key] = UNIT_FRACTIONS[values[key]]
        results: list = []
        for x, operator, y in _parse(d.phrasing.program):
            left, right = (results[int(z) - 1] if z.isdigit() else values[z] for z in (x, y))
            d.need(operator != "-" or left > right)
            results.append(_OPERATIONS[operator](d, left, right))
        p, q = d.people(2)
        t, u, v = d.kinds(self.kind, 3)
        c1, c2 = d.picks(COLORS, 2)
        day = d.n(0, 4)
        slots |= {
            "p": p,
            "q": q,
            "t": t,
            "u": u,
            "v": v,
            "c1": c1,
            "c2": c2,
            "d1": DAYS[day],
            "d2": DAYS[day + 1],
            "d3": DAYS[day + 2],
        }
        return slots | {"text": d.phrasing.text}


def _by_steps(wordings: Iterable[tuple[str, tuple[str, str]]]) -> dict[int, tuple[Ask, ...]]:
    found: dict[int, list[Ask]] = {}
    for fact, (question, program) in wordings:
        depth = program.count(",") + 1 + program.count("%")
        found.setdefault(depth, []).append(Ask(f"{fact} {question}", program))
    return {depth: tuple(asks) for depth, asks in found.items()}


_OPERATIONS: dict[str, Callable[..., Number]] = {
    "+": Draft.plus,
    "-": Draft.minus,
    "*": Draft.times,
    "/": Draft.over,
    "%": Draft.percent,
}


@cache
def _parse(program: str) -> tuple[tuple[str, str, str], ...]:
    """`a-b,1*c` as `(("a", "-", "b"), ("1", "*", "c"))`."""
    return tuple((step[0], step[1], step[2]) for step in program.split(","))


def _draw(d: Draft, rule: Rule, values: dict) -> Number:
    head = rule[0]
    if isinstance(head, int):
        return d.n(*rule)
    if head == "of":
        return d.pick(rule[1:])
    if head == "$":
        return d.price(rule[1], rule[2])
    if head == "fraction":
        return d.pick((2, 2, 3, 3, 4, 4, 5, 6, 8, 10))
    if len(rule) == 1:
        return d.part(values[head])
    return prod(values[key] for key in head.split("*")) * d.n(rule[1], rule[2])


def families(scenes: dict[str, Scene]) -> dict[str, Family]:
    """All families of a table of scenes."""
    return {
        name: family
        for key, scene in scenes.items()
        for name, family in scene.families(key).items()
    }
