"""Arithmetic without a story: "58 plus 38", "What is half of 96?", "6 times 8, then minus 3".

A model must compute its last step silently, and a word problem teaches one sum for every fifty tokens
of story. A drill teaches one for every ten, and visitors type drills too. Steps follow the conventions
of the generated problems: one operation each, whole numbers, nothing below zero.
"""

from __future__ import annotations

import random
from math import gcd

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
_NAMED = {  # the words that small divisors and factors have of their own
    ("/", 2): ["half of {a}", "{a} halved"],
    ("/", 3): ["a third of {a}", "one third of {a}"],
    ("/", 4): ["a quarter of {a}", "one fourth of {a}"],
    ("/", 5): ["a fifth of {a}", "one fifth of {a}"],
    ("/", 10): ["a tenth of {a}"],
    ("*", 2): ["twice {a}", "double {a}", "two times {a}"],
    ("*", 3): ["triple {a}", "three times {a}"],
}
_PERCENT = ["{p}% of {a}", "{p} percent of {a}"]
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
    text = ""
    steps: list[str] = []
    length = rng.choices(range(1, max_steps + 1), [0.6, 0.3, 0.1, 0.05, 0.05][:max_steps])[0]
    if length > 1 and rng.random() < 0.2:
        text, steps, value = _percentage(rng)
    for count in range(len(steps), length):
        op, other, result = _operation(rng, value)
        phrases = _THEN[op] if count else _NAMED.get((op, other), []) * 2 + _FIRST[op]
        text += rng.choice(phrases).format(a=value, b=other)
        steps.append(f"{value}{op}{other}={result}")
        value = result
    question = rng.choice(_ASK).format(text)
    return Example(question, tuple(steps), str(value), f"drill/{seed}/{index}")


def _number(rng: random.Random) -> int:
    """Mostly below a hundred, as in word problems."""
    return rng.randint(1, rng.choices((12, 50, 100, 400), (3, 4, 4, 2))[0])


def _percentage(rng: random.Random) -> tuple[str, list[str], int]:
    """So many percent of a number, over the product as in the generated problems."""
    share = rng.choice((5, 10, 10, 15, 20, 20, 25, 25, 30, 40, 50, 60, 75, 80, 90))
    whole = rng.randint(1, 20) * (100 // gcd(share, 100))
    product = share * whole
    text = rng.choice(_PERCENT).format(p=share, a=whole)
    return text, [f"{whole}*{share}={product}", f"{product}/100={product // 100}"], product // 100


def _operation(rng: random.Random, value: int) -> tuple[str, int, int]:
    """(sign, second operand, result) with a whole result from 0 to 999."""
    while True:
        op = rng.choice("++--**//")
        if op == "/":
            even = [k for k in range(2, 26) if value % k == 0]
            if even:
                other = rng.choice(even)
                return op, other, value // other
            continue
        other = (
            _number(rng) if op in "+-" else rng.choice((2, rng.randint(2, 12), rng.randint(2, 25)))
        )
        result = {"+": value + other, "-": value - other, "*": value * other}[op]
        if 0 <= result <= 999:
            return op, other, result
