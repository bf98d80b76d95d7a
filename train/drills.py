"""Arithmetic without a story: "58 plus 38", "What is half of 96?", "6 times 8, then minus 3".

A model must compute its last step silently, and a word problem teaches one sum for every fifty tokens
of story. A drill teaches one for every ten, and visitors type drills too. Steps follow the conventions
of the generated problems: one operation each, whole numbers, nothing below zero.
"""

from __future__ import annotations

import random

from train.data import Example

_FIRST = {
    "+": ["{a}+{b}", "{a} + {b}", "{a} plus {b}", "the sum of {a} and {b}", "{b} more than {a}", "{a} and {b} more"],
    "-": ["{a}-{b}", "{a} - {b}", "{a} minus {b}", "{b} less than {a}", "{a} take away {b}", "{b} taken from {a}"],
    "*": ["{a}*{b}", "{a} x {b}", "{a} times {b}", "{a} multiplied by {b}", "{a} groups of {b}"],
    "/": ["{a}/{b}", "{a} / {b}", "{a} divided by {b}", "{a} shared by {b}"],
}  # fmt: skip
_THEN = {
    "+": [", plus {b}", ", then add {b}", ", and {b} more"],
    "-": [", minus {b}", ", then take away {b}", ", less {b}"],
    "*": [", times {b}", ", then multiply by {b}"],
    "/": [", divided by {b}", ", then share by {b}"],
}
_ASK = [
    "{}",
    "{} = ?",
    "What is {}?",
    "What is {}?",
    "Calculate {}.",
    "How much is {}?",
    "Find {}.",
]


def drill(seed: int, index: int, max_steps: int = 3) -> Example:
    """Drill number `index`: a pure function of its arguments, 1 to `max_steps` operations."""
    rng = random.Random(f"{seed}/drill/{index}")
    value = _number(rng)
    text, steps = "", []
    for count in range(
        rng.choices(range(1, max_steps + 1), [0.6, 0.3, 0.1, 0.05, 0.05][:max_steps])[0]
    ):
        op, other, result = _operation(rng, value)
        phrases = _THEN if count else _FIRST
        text += rng.choice(phrases[op]).format(a=value, b=other)
        steps.append(f"{value}{op}{other}={result}")
        value = result
    question = rng.choice(_ASK).format(text)
    return Example(question, tuple(steps), str(value), f"drill/{seed}/{index}")


def _number(rng: random.Random) -> int:
    """Mostly below a hundred, as in word problems."""
    return rng.randint(1, rng.choices((12, 50, 100, 400), (3, 4, 4, 2))[0])


def _operation(rng: random.Random, value: int) -> tuple[str, int, int]:
    """(sign, second operand, result) with a whole result from 0 to 999."""
    while True:
        op = rng.choice("++--**/")
        other = (
            _number(rng) if op in "+-" else rng.choice((2, rng.randint(2, 12), rng.randint(2, 25)))
        )
        if op == "/" and value % other == 0:
            return op, other, value // other
        results = {"+": value + other, "-": value - other, "*": value * other}
        if op != "/" and 0 <= results[op] <= 999:
            return op, other, results[op]
