"""Quantities that remember where they come from, and stories told about them.

A composed story says more than its question needs. So it is first told, as facts about `Quantity`
objects that are combined with ordinary arithmetic; then one of the possible questions is chosen, by the
number of steps that its answer takes, and only those steps are written. What was said beside it stays
in the text: irrelevant numbers come for free, and one story gives many problems.

    apples = Quantity(3) * Quantity(12)     3 boxes of 12
    rest = apples - Quantity(5)             5 are eaten
    rest.solve(draft)                       writes 3*12=36, 36-5=31
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from train.synthetic.draft import Draft, Redraw, tidy
from train.synthetic.world import Number

LARGEST = 20_000  # a product on the way to a percentage
COMPOSED = ("",)  # the phrasings of a family that writes its own text


class Quantity:
    """A number told, or an operation on two others; what makes no sense raises `Redraw`."""

    __slots__ = ("operator", "parts", "value")

    def __init__(self, value: Number, operator: str = "", parts: tuple[Quantity, ...] = ()):
        self.value = value
        self.operator = operator
        self.parts = parts

    def __add__(self, other: Quantity) -> Quantity:
        return _made("+", self, other, self.value + other.value)

    def __sub__(self, other: Quantity) -> Quantity:
        return _made("-", self, other, self.value - other.value)

    def __mul__(self, other: Quantity) -> Quantity:
        return _made("*", self, other, self.value * other.value)

    def __truediv__(self, other: Quantity) -> Quantity:
        exact = Decimal(self.value) / Decimal(other.value)
        whole = isinstance(self.value, int) and isinstance(other.value, int)
        if exact != round(exact, 0 if whole else 2):
            raise Redraw
        return _made("/", self, other, exact)

    def percent(self, share: Quantity) -> Quantity:
        """So many percent of this, over a product with whole numbers."""
        return (self * share) / Quantity(100)

    def operations(self) -> set[Quantity]:
        """All operations that this rests on: their number is the number of steps."""
        own = {self} if self.operator else set()
        return own.union(*(part.operations() for part in self.parts))

    def solve(self, draft: Draft) -> Number:
        """Write the steps, each once, and return the value."""
        done: dict[Quantity, Number] = {}
        methods: dict[str, Callable[..., Number]] = {
            "+": draft.plus,
            "-": draft.minus,
            "*": draft.times,
            "/": draft.over,
        }

        def result(quantity: Quantity) -> Number:
            if not quantity.operator:
                return quantity.value
            if quantity not in done:
                left, right = map(result, quantity.parts)
                done[quantity] = methods[quantity.operator](left, right)
            return done[quantity]

        return result(self)


def _made(operator: str, left: Quantity, right: Quantity, value: Number) -> Quantity:
    if not 0 < value <= LARGEST:
        raise Redraw
    return Quantity(tidy(value), operator, (left, right))


def total(quantities: list[Quantity]) -> Quantity:
    """The sum of all, from left to right."""
    first, *others = quantities
    for other in others:
        first = first + other
    return first


class Telling:
    """Facts told so far, the numbers in them, and the questions that they answer."""

    def __init__(self, draft: Draft):
        self.d = draft
        self.slots: dict[str, object] = {}
        self.facts: list[str] = []
        self.asks: list[tuple[str, Quantity, int]] = []  # and how many facts were told before

    def number(self, quantity: Quantity | Number, spec: str = "") -> str:
        """The blank where this number will be written; `spec` as in `Figure`."""
        value = quantity.value if isinstance(quantity, Quantity) else quantity
        key = f"n{len(self.slots)}"
        self.slots[key] = value
        return f"{{{key}:{spec}}}" if spec else f"{{{key}}}"

    def draw(self, low: int, high: int) -> Quantity:
        """A whole number, both ends included."""
        return Quantity(self.d.n(low, high))

    def part(self, whole: Quantity, most: int = 200) -> Quantity:
        """A number smaller than this one, at least 2."""
        return self.draw(2, min(int(whole.value) - 1, most)) if whole.value >= 4 else _redraw()

    def divisor(self, whole: Quantity, low: int = 2, high: int = 12) -> Quantity:
        """A number that divides this one into more than one part."""
        fitting = [k for k in range(low, high + 1) if whole.value % k == 0 and whole.value > k]
        return Quantity(self.d.pick(fitting)) if fitting else _redraw()

    def chance(self, share: float) -> bool:
        """True in this share of all stories."""
        return self.d.rng.random() < share

    def say(self, *wordings: str) -> None:
        """Add one sentence, in one of its wordings."""
        self.facts.append(self.d.pick(wordings))

    def ask(self, quantity: Quantity, *wordings: str) -> None:
        """Add a question that may be asked from here on, in one of its wordings."""
        self.asks.append((self.d.pick(wordings), quantity, len(self.facts)))

    def finish(self) -> dict[str, object]:
        """Choose a question of the wanted number of steps, solve it, and return the slots.

        The story ends where the question was thought of: what comes later might change the answer.
        """
        fitting = [ask for ask in self.asks if len(ask[1].operations()) == self.d.depth]
        self.d.need(bool(fitting))
        question, quantity, told = self.d.pick(fitting)
        quantity.solve(self.d)
        *facts, last = self.facts[:told]
        first = last.partition(" ")[0]
        if (
            self.chance(0.12)
            and first not in _TIED
            and ". " not in last
            and question.startswith("How")
        ):
            opening = last[0].lower() if first in _LOWERED else last[0]
            question = f"If {opening}{last[1:].rstrip('.')}, how{question[3:]}"
        else:
            facts.append(last)
        return {**self.slots, "text": " ".join([*facts, question])}


# A sentence that begins so leans on the one before it, and cannot follow an "if".
_TIED = {"Then", "That", "Later", "After", "Half", "With", "They", "All", "This", "But"}
_LOWERED = {
    "The",
    "Each",
    "There",
    "On",
    "He",
    "She",
    "A",
    "An",
    "In",
    "For",
    "Every",
    "It",
    "One",
    "Of",
    "At",
    "Last",
    "His",
    "Her",
    "Their",
}


def _redraw() -> Quantity:
    raise Redraw
