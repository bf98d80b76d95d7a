"""Numbers and equations, exactly: reading, computing, writing, and splitting into single operations."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from train.data import Example

Number = int | Fraction


@dataclass(frozen=True)
class Hole:
    """A place in an expression where a number of the question goes."""

    slot: int


Tree = Hole | Fraction | tuple  # a tuple is (operator, left, right)


def number(text: str) -> Number:
    """Read a number exactly; a whole one becomes an int."""
    return plain(Fraction(text.replace(",", "").strip("$ ")))


def plain(value: Number) -> Number:
    """A whole number as an int."""
    return value.numerator if value.denominator == 1 else value


def write(value: Number) -> str:
    """The canonical text of a number: `18`, `-3`, `0.5`; a repeating decimal is written `1/3`."""
    if isinstance(value, int):
        return str(value)
    places = decimals(value)
    if places is None:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def decimals(value: Number) -> int | None:
    """How many decimals a number has; None if they never end."""
    return next((n for n in range(7) if 10**n % value.denominator == 0), None)


def compute(operator: str, left: Number, right: Number) -> Number:
    """One operation, exactly."""
    if operator == "+":
        return plain(left + right)
    if operator == "-":
        return plain(left - right)
    if operator == "*":
        return plain(left * right)
    return plain(Fraction(left) / right)


def parse(text: str) -> Tree:
    """Read an expression; its leaves are Fractions. Raises ValueError on anything else."""
    operators = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}

    def read(node: ast.AST) -> Tree:
        if isinstance(node, ast.BinOp) and type(node.op) in operators:
            return operators[type(node.op)], read(node.left), read(node.right)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -Fraction(str(read(node.operand)))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return Fraction(str(node.value))
        raise ValueError(f"{text!r} is not a sum of numbers; write it with + - * / ( ) only.")

    try:
        return read(ast.parse(text, mode="eval").body)
    except SyntaxError as error:
        raise ValueError(f"{text!r} is not an expression.") from error


def value(tree: Tree, slots: Sequence[Number] = ()) -> Number:
    """What an expression comes to."""
    if isinstance(tree, tuple):
        return compute(tree[0], value(tree[1], slots), value(tree[2], slots))
    return slots[tree.slot] if isinstance(tree, Hole) else plain(tree)


def render(tree: Tree, leaves: Iterator[str], level: int = 0) -> str:
    """Write an expression with its leaves in order and no bracket more than it needs."""
    if not isinstance(tree, tuple):
        return next(leaves)
    own = 1 if tree[0] in "+-" else 2
    left = render(tree[1], leaves, own)
    right = render(tree[2], leaves, own + (tree[0] in "-/"))
    text = f"{left}{tree[0]}{right}"
    return f"({text})" if own < level else text


def leaves_of(tree: Tree) -> list[Hole | Fraction]:
    """The operands, from left to right."""
    return leaves_of(tree[1]) + leaves_of(tree[2]) if isinstance(tree, tuple) else [tree]


def subtrees(tree: Tree) -> list[Tree]:
    """The expression and all that it is made of."""
    return [tree, *subtrees(tree[1]), *subtrees(tree[2])] if isinstance(tree, tuple) else [tree]


def with_leaves(tree: Tree, leaves: Iterator[Tree]) -> Tree:
    """The same operations on other operands."""
    if isinstance(tree, tuple):
        return tree[0], with_leaves(tree[1], leaves), with_leaves(tree[2], leaves)
    return next(leaves)


def slots_of(tree: Tree) -> set[int]:
    """The numbers of the question that an expression rests on."""
    return {leaf.slot for leaf in leaves_of(tree) if isinstance(leaf, Hole)}


class Dropped(Exception):
    """The problem cannot be used; the message is the reason."""


def cleaned(row: Mapping[str, Any]) -> Example:
    """The problem with canonical steps.

    Raises:
        Dropped: there are none, or they do not compute to the answer.
    """
    steps = []
    if not row.get("steps"):
        raise Dropped("no steps")
    try:
        answer = number(str(row["answer"]))
        for step in row["steps"]:
            text = re.sub(r"<<|>>|[\s$,]|[A-Za-wyzA-WYZ°]", "", step)
            text = re.sub("[–−]", "-", re.sub("[xX×]", "*", text)).replace("÷", "/")
            text = re.sub(r"([\d.]+)%", r"(\1/100)", text)
            left, *middle, result = text.split("=")
            tree = parse(left)
            if any(value(parse(part)) != value(tree) for part in (*middle, result)):
                raise Dropped("a step does not compute")
            if decimals(value(tree)) is None:
                raise Dropped("a step gives a repeating decimal")
            leaves = (write(value(leaf)) for leaf in leaves_of(tree))
            steps.append(f"{render(tree, leaves)}={write(value(tree))}")
    except (ValueError, ZeroDivisionError):
        raise Dropped("a step is not an equation") from None
    if value(tree) != answer:
        raise Dropped("the last result is not the answer")
    return Example(row["question"].strip(), tuple(steps), write(answer), str(row.get("id", "")))


def usable(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Example], dict[str, int]]:
    """The problems that can be cleaned, and how many cannot, by reason."""
    found, dropped = [], Counter[str]()
    for row in rows:
        try:
            found.append(cleaned(row))
        except Dropped as error:
            dropped[str(error)] += 1
    return found, dict(dropped)


def binary(steps: Iterable[str]) -> tuple[str, ...]:
    """Split steps with several operators into steps with one.

    `16-3-4=9` becomes `16-3=13`, `13-4=9`. A division that leaves no whole number, and a
    subtraction that falls below zero, wait until the rest of their chain is done: `3/8*200=75`
    becomes `3*200=600`, `600/8=75`. Nothing is multiplied by 1: `1/4*80=20` becomes `80/4=20`. A step
    that would need a repeating decimal stays as it is.
    """
    split: list[str] = []
    for step in steps:
        tree = parse(step.rpartition("=")[0])
        parts: list[str] = []
        result = _split(tree, parts)
        exact = all("/" not in part.partition("=")[2] for part in parts)
        split += parts if parts and exact and result == value(tree) else [step]
    return tuple(split)


def _split(tree: Tree, parts: list[str]) -> Number:
    """Append the binary steps of an expression and return its value."""
    if not isinstance(tree, tuple):
        return value(tree)
    family = "+-" if tree[0] in "+-" else "*/"
    chain: list[tuple[str, Tree]] = []
    while isinstance(tree, tuple) and tree[0] in family:
        chain.insert(0, (tree[0], tree[2]))
        tree = tree[1]
    total = _split(tree, parts)
    terms = [(operator, _split(term, parts)) for operator, term in chain]
    waiting: list[tuple[str, Number]] = []
    for operator, term in terms:
        result = compute(operator, total, term)
        if operator == "*" and total == 1:
            total = term
        elif result < 0 or (operator == "/" and result.denominator > 1):
            waiting.append((operator, term))
        else:
            total = _step(operator, total, term, parts)
    for operator, term in waiting:
        total = _step(operator, total, term, parts)
    return total


def _step(operator: str, left: Number, right: Number, parts: list[str]) -> Number:
    result = compute(operator, left, right)
    parts.append(f"{write(left)}{operator}{write(right)}={write(result)}")
    return result
